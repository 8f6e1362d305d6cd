//! What happens to every picture before the network sees it: a photograph becomes a frame, a frame becomes an altered one.

#![allow(clippy::unwrap_used, reason = "benches, like tests, may panic")]

use divan::Bencher;
use divan::counter::ItemsCount;
use flipscope_image::lesion::{Frame, Framing, Raster, synthetic};
use flipscope_image::perturb::{self, Fill, Noise, Perturbation, Sampling};

fn main() {
    divan::main();
}

/// Width and height of photographs: of ISIC's archive, and of a telephone.
const PHOTOGRAPHS: [(u32, u32); 2] = [(1022, 767), (4000, 3000)];

/// A photograph with something in every pixel.
fn photograph((width, height): (u32, u32)) -> Raster {
    let pixels = (0..height).flat_map(|y| {
        (0..width).flat_map(move |x| [x ^ y, x.wrapping_mul(y) >> 4, x + y].map(|v| v as u8))
    });
    Raster::from_rgb(width, height, pixels.collect()).unwrap()
}

#[divan::bench(args = PHOTOGRAPHS)]
fn crop(bencher: Bencher<'_, '_>, size: (u32, u32)) {
    framing(bencher, Framing::Crop, size);
}

#[divan::bench(args = PHOTOGRAPHS)]
fn squash(bencher: Bencher<'_, '_>, size: (u32, u32)) {
    framing(bencher, Framing::Squash, size);
}

/// An item is a pixel of the photograph.
fn framing(bencher: Bencher<'_, '_>, framing: Framing, size: (u32, u32)) {
    let photograph = photograph(size);
    bencher
        .counter(ItemsCount::new(size.0 * size.1))
        .bench(|| framing.apply(divan::black_box(&photograph)));
}

/// The perturbations, one of each kind.
const RENDERED: [&str; 5] = [
    "identity",
    "pose, nearest",
    "pose, bilinear",
    "colour",
    "noise",
];

fn perturbation(kind: &str) -> Perturbation {
    let pose = Perturbation {
        shift: [12.5, -7.25],
        rotate: 33.0,
        ..Perturbation::default()
    };
    match kind {
        "pose, nearest" => pose,
        "pose, bilinear" => Perturbation {
            sampling: Sampling::Bilinear,
            fill: Fill::MeanSkin,
            ..pose
        },
        "colour" => Perturbation {
            gain: [1.1, 0.95, 1.0],
            offset: [3.0, -4.0, 10.0],
            ..Perturbation::default()
        },
        "noise" => Perturbation {
            noise: Some(Noise {
                field: (0..Frame::BYTES).map(|at| (at % 9) as i16 - 4).collect(),
            }),
            ..Perturbation::default()
        },
        _ => Perturbation::default(),
    }
}

#[divan::bench(args = RENDERED)]
fn render(bencher: Bencher<'_, '_>, kind: &str) {
    let recipe = synthetic::Recipe::melanoma(5);
    let raster = synthetic::draw(&recipe, 400, 300).unwrap();
    let frame = Framing::Squash.apply(&raster);
    let perturbation = perturbation(kind);
    bencher.bench(|| perturb::render(divan::black_box(&frame), &perturbation));
}
