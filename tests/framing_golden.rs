//! Framing against torchvision on Pillow images: drawn patterns always, the photographs of `../shared` where present.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first fault"
)]

mod shared;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use flipscope_image::lesion::{ColorHandling, Frame, Framing, Raster, Region, open};
use proptest::prelude::*;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// One row of `golden/framing/framing.json`.
#[derive(Deserialize)]
struct Golden {
    width: u32,
    height: u32,
    picture_sha256: String,
    crop: String,
    squash: String,
}

/// `pattern` of `golden/framing/make_framing_goldens.py`.
fn pattern(width: u32, height: u32) -> Raster {
    let mut pixels = Vec::with_capacity(3 * width as usize * height as usize);
    for y in 0..u64::from(height) {
        for x in 0..u64::from(width) {
            for c in 0..3 {
                let slope = x * (3 + c) + y * (5 - c);
                let board = ((x / 5 + y / 7 + c) % 2) * 119;
                let noise = ((x * 7919 + y * 104_729 + c * 1_299_709) % 65_521) * 31 % 257;
                pixels.push(((slope + board + noise) % 256) as u8);
            }
        }
    }
    Raster::from_rgb(width, height, pixels).unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

#[test]
fn patterns_are_framed_as_torchvision_does() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/framing/framing.json");
    let goldens: Vec<Golden> = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for golden in &goldens {
        let picture = pattern(golden.width, golden.height);
        assert_eq!(
            sha256(picture.pixels()),
            golden.picture_sha256,
            "the pattern itself differs"
        );
        for (framing, expected) in [
            (Framing::Crop, &golden.crop),
            (Framing::Squash, &golden.squash),
        ] {
            if framing.apply(&picture).sha256() != *expected {
                wrong.push(format!("{} × {} {framing}", golden.width, golden.height));
            }
        }
    }
    println!(
        "{} of {} frames equal to the last bit",
        2 * goldens.len() - wrong.len(),
        2 * goldens.len()
    );
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[derive(Deserialize)]
struct SharedGoldens {
    rows: Vec<SharedRow>,
}

#[derive(Deserialize)]
struct SharedRow {
    file: String,
    framing: String,
    frame_sha256: String,
}

#[test]
fn photographs_are_framed_as_torchvision_does() {
    let (Some(golden), Some(data)) = (shared::part("golden/golden.json"), shared::part("data"))
    else {
        return;
    };
    let shared = data.parent().unwrap();
    let goldens: SharedGoldens = serde_json::from_slice(&fs::read(golden).unwrap()).unwrap();
    let frames: BTreeSet<_> = goldens
        .rows
        .iter()
        .map(|r| (&r.file, &r.framing, &r.frame_sha256))
        .collect();
    let mut differing = BTreeMap::new();
    for (file, framing, expected) in &frames {
        // The full-size set first: smaller copies of the same names lie in the other.
        let path = ["data/uda", "data/isic2017/images"]
            .iter()
            .map(|folder| shared.join(folder).join(file))
            .find(|path| path.is_file())
            .unwrap();
        let photograph = open(&path, ColorHandling::Raw).unwrap();
        let frame = framing
            .parse::<Framing>()
            .unwrap()
            .apply(&photograph.raster);
        if frame.sha256() != **expected {
            // Where the golden frame is kept as a picture, say by how much.
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let picture = shared.join(format!("golden/frames/{stem}.{framing}.png"));
            let off = fs::read(&picture).ok().map(|png| {
                let golden = Frame::from_png(&png, &picture).unwrap();
                let steps = || {
                    frame
                        .pixels()
                        .iter()
                        .zip(golden.pixels())
                        .map(|(a, b)| a.abs_diff(*b))
                };
                (steps().max().unwrap(), steps().filter(|d| *d > 0).count())
            });
            differing.insert(format!("{file} {framing}"), off);
        }
    }
    println!(
        "{} of {} golden frames equal to the last bit",
        frames.len() - differing.len(),
        frames.len()
    );
    assert!(
        differing.is_empty(),
        "largest step and number of values off: {differing:?}"
    );
}

#[test]
fn names_are_read_and_written() {
    for framing in Framing::ALL {
        assert_eq!(framing.to_string().parse(), Ok(framing));
    }
    assert!(
        "Crop"
            .parse::<Framing>()
            .unwrap_err()
            .to_string()
            .contains("'crop' or 'squash'")
    );
}

#[test]
fn extreme_shapes_are_framed_in_little_memory() {
    // Scaled whole, the crop of these would take 1.3 GB; the picture is constant along its length, so the crop shows that.
    for (width, height) in [(1, 5000), (5000, 1), (2, 100_000)] {
        let picture = Raster::from_rgb(
            width,
            height,
            [200, 100, 50].repeat((width * height) as usize),
        )
        .unwrap();
        for framing in Framing::ALL {
            let frame = framing.apply(&picture);
            assert!(
                frame.pixels().chunks_exact(3).all(|p| p == [200, 100, 50]),
                "{width} × {height} {framing}"
            );
        }
    }
}

#[test]
fn a_frame_survives_its_png() {
    let frame = Framing::Crop.apply(&pattern(640, 480));
    let png = frame.to_png().unwrap();
    assert_eq!(Frame::from_png(&png, "frame.png").unwrap(), frame);
    assert_eq!(png, frame.to_png().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("frame.png");
    frame.write_png(&path).unwrap();
    assert_eq!(fs::read(&path).unwrap(), png);
    let error = frame
        .write_png(folder.path().join("missing/frame.png"))
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("missing/frame.png: cannot be written"),
        "{error}"
    );
}

#[test]
fn only_a_png_of_its_size_is_a_frame() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/decoding");
    for (name, fault) in [("upright.png", "61 × 43"), ("grey.jpg", "JPEG")] {
        let bytes = fs::read(folder.join(name)).unwrap();
        let error = Frame::from_png(&bytes, name).unwrap_err().to_string();
        assert!(
            error.contains(fault) && error.contains("299 × 299"),
            "{error}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// The frame never leaves the range of the photograph's values: weights are positive and sum to one.
    #[test]
    fn frames_stay_within_the_photographs_range(width in 1u32..400, height in 1u32..400, low in 0u8..200, span in 0u8..55) {
        let pixels = pattern(width, height).into_pixels().iter().map(|v| low + v % (span + 1)).collect();
        let picture = Raster::from_rgb(width, height, pixels).unwrap();
        for framing in Framing::ALL {
            let frame = framing.apply(&picture);
            prop_assert!(frame.pixels().iter().all(|v| (low..=low + span).contains(v)));
        }
    }

    /// Framing a mirrored photograph gives the mirrored frame, but for the rounding of an odd crop.
    #[test]
    fn squash_commutes_with_mirroring(width in 1u32..400, height in 1u32..400) {
        let picture = pattern(width, height);
        let mirror = |raster: &Raster| {
            let rows = raster.pixels().chunks_exact(3 * raster.width() as usize);
            let pixels = rows.flat_map(|row| row.rchunks_exact(3).flatten().copied()).collect();
            Raster::from_rgb(raster.width(), raster.height(), pixels).unwrap()
        };
        let there = Framing::Squash.apply(&mirror(&picture));
        let back = mirror(Framing::Squash.apply(&picture).raster());
        prop_assert!(there.pixels().iter().zip(back.pixels()).all(|(a, b)| a.abs_diff(*b) <= 1));
    }

    /// The region lies in the photograph; a squash shows all of it, a crop the whole shorter side and the middle.
    #[test]
    fn regions_lie_in_the_photograph(width in 1u32..6000, height in 1u32..6000) {
        let (w, h) = (f64::from(width), f64::from(height));
        let whole = Framing::Squash.region(width, height);
        prop_assert!(whole.x0 == 0.0 && whole.y0 == 0.0);
        prop_assert!((whole.x1 - w).abs() < 1e-9 && (whole.y1 - h).abs() < 1e-9);
        let Region { x0, y0, x1, y1 } = Framing::Crop.region(width, height);
        prop_assert!(x0 >= 0.0 && y0 >= 0.0 && x1 <= w + 1e-9 && y1 <= h + 1e-9);
        let short = w.min(h);
        // torchvision truncates the long side and rounds the offset, up to one frame pixel.
        let slack = short / 299.0 + 1e-9;
        prop_assert!((x1 - x0 - short).abs() <= slack && (y1 - y0 - short).abs() <= slack);
        prop_assert!(((x0 + x1 - w) / 2.0).abs() <= slack && ((y0 + y1 - h) / 2.0).abs() <= slack);
    }
}
