//! Distances between frames against scikit-image: `tests/golden/distance/make_goldens.py`.

#![allow(clippy::unwrap_used, reason = "tests")]

use flipscope_image::distance::{Distances, distances};
use flipscope_image::lesion::Frame;
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    pairs: Vec<Pair>,
}

#[derive(Deserialize)]
struct Pair {
    kind: String,
    #[serde(flatten)]
    distances: Distances,
}

/// As the script's.
fn pair(kind: &str) -> (Frame, Frame) {
    let value = |x: u32, y: u32, c: u32| (x * 3 + y * 5 + c * 70 + x * y / 40) % 256;
    let other = |x: u32, y: u32, c: u32| {
        let a = value(x, y, c);
        match kind {
            "noise" => (a + (x * 7 + y * 13 + c * 11 + x * y) % 23)
                .saturating_sub(11)
                .min(255),
            "darker" => a * 9 / 10,
            "one pixel" if (x, y) == (100, 200) => 255 - a,
            "grey" => value(x, y, 1),
            _ => a,
        }
    };
    let frame = |value: &dyn Fn(u32, u32, u32) -> u32| {
        let pixels = (0..Frame::SIDE)
            .flat_map(|y| (0..Frame::SIDE).map(move |x| (x, y)))
            .flat_map(|(x, y)| [0, 1, 2].map(|c| value(x, y, c) as u8));
        Frame::from_rgb(pixels.collect()).unwrap()
    };
    (frame(&value), frame(&other))
}

#[test]
fn distances_are_scikit_images() {
    let golden: Golden =
        serde_json::from_str(include_str!("golden/distance/distances.json")).unwrap();
    assert_eq!(golden.pairs.len(), 5);
    for Pair { kind, distances: g } in golden.pairs {
        let (a, b) = pair(&kind);
        let d = distances(&a, &b);
        println!("{kind}: {d:?}");
        assert_eq!((d.l_inf, d.pixels), (g.l_inf, g.pixels), "{kind}");
        assert!((d.l2 - g.l2).abs() < 1e-9, "{kind}");
        assert!(
            (d.ssim - g.ssim).abs() < 1e-9,
            "{kind}: {} {}",
            d.ssim,
            g.ssim
        );
        // Both take sRGB to CIE XYZ with matrices rounded to a few digits, not the same ones.
        for (ours, theirs) in [
            (d.delta_e_mean, g.delta_e_mean),
            (d.delta_e_max, g.delta_e_max),
        ] {
            assert!(
                (ours - theirs).abs() <= 2e-3 * (1.0 + theirs),
                "{kind}: {ours} {theirs}"
            );
        }
        assert_eq!(distances(&b, &a).l2, d.l2, "either way");
    }
}
