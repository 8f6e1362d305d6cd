//! `perturb::apply` against Pillow and `NumPy`: committed hashes, more hashes on request, and `../shared` where it is present.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of tests: the lints exempt only functions marked as tests"
)]

mod shared;

use std::path::Path;

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{self, Perturbation};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Goldens {
    picture_sha256: String,
    mean_skin: [u8; 3],
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    perturbation: Perturbation,
    sha256: String,
}

/// The picture of `tests/golden/perturb/make_goldens.py`.
fn picture() -> Frame {
    let side = i64::from(Frame::SIDE);
    let pixels = (0..side)
        .flat_map(|y| (0..side).map(move |x| (x, y)))
        .flat_map(|(x, y)| {
            let near = (x - 140).pow(2) + (y - 160).pow(2) < 90 * 90;
            let vignette = (2 * x - 298).pow(2) + (2 * y - 298).pow(2) > 390 * 390;
            match (vignette, near) {
                (true, _) => [x % 5, y % 7, (x + y) % 3],
                (_, true) => [
                    60 + (x * 7 + y * 3) % 97,
                    30 + ((x * 5) ^ (y * 9)) % 61,
                    (x * x + 3 * y) % 256,
                ],
                _ => [
                    200 + (x * y / 11) % 50,
                    140 + (x * 13 + y) % 60,
                    120 + (x + y * y / 7) % 90,
                ],
            }
        });
    Frame::from_rgb(pixels.map(|v| u8::try_from(v).unwrap()).collect()).unwrap()
}

fn check(file: &Path) {
    let goldens: Goldens = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let picture = picture();
    assert_eq!(
        picture.sha256(),
        goldens.picture_sha256,
        "the formula of the picture differs"
    );
    assert_eq!(perturb::mean_skin(&picture), goldens.mean_skin);
    assert!(!goldens.rows.is_empty());
    let off: Vec<&Perturbation> = goldens
        .rows
        .iter()
        .filter(|row| {
            perturb::apply(&picture, &row.perturbation)
                .unwrap()
                .sha256()
                != row.sha256
        })
        .map(|row| &row.perturbation)
        .collect();
    assert!(
        off.is_empty(),
        "{} of {} differ from Pillow: {off:#?}",
        off.len(),
        goldens.rows.len()
    );
    println!("{} rows of {} agree", goldens.rows.len(), file.display());
}

#[test]
fn equals_pillow_on_the_committed_goldens() {
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/perturb/golden.json"));
    if let Some(more) = std::env::var_os("FLIPSCOPE_PERTURB_GOLDENS") {
        check(Path::new(&more));
    }
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
    perturbation: Perturbation,
    perturbed_sha256: Option<String>,
}

fn read(path: &Path) -> Frame {
    let picture = image::open(path).unwrap().into_rgb8();
    Frame::from_rgb(picture.into_raw()).unwrap()
}

#[test]
fn equals_pillow_on_the_shared_photographs() {
    let Some(folder) = shared::part("golden") else {
        return;
    };
    let text = std::fs::read(folder.join("golden.json")).unwrap();
    let goldens: SharedGoldens = serde_json::from_slice(&text).unwrap();
    let (mut exact, mut pictures) = (0, 0);
    for (number, row) in goldens.rows.iter().enumerate() {
        let stem = Path::new(&row.file).file_stem().unwrap().to_string_lossy();
        let name = format!("{stem}.{}", row.framing);
        let frame = folder.join(format!("frames/{name}.png"));
        if !frame.exists() {
            continue;
        }
        let frame = read(&frame);
        assert_eq!(frame.sha256(), row.frame_sha256, "{name}");
        let made = perturb::apply(&frame, &row.perturbation).unwrap();
        if let Some(expected) = &row.perturbed_sha256 {
            assert_eq!(&made.sha256(), expected, "{name}: {}", row.perturbation);
            exact += 1;
        }
        let png = folder.join(format!("frames/{name}.{number}.png"));
        if png.exists() {
            assert_eq!(made, read(&png), "{name}: {}", row.perturbation);
            pictures += 1;
        }
    }
    assert!(
        exact > 100 && pictures > 10,
        "{exact} hashes, {pictures} PNGs"
    );
    println!("{exact} hashes and {pictures} PNGs agree");
}

fn any_perturbation() -> impl Strategy<Value = Perturbation> {
    let fill = prop::sample::select(perturb::Fill::ALL.to_vec());
    let sampling = prop::sample::select(perturb::Sampling::ALL.to_vec());
    let gain = prop::array::uniform3(0.5..1.5);
    (
        prop::array::uniform2(-320.0..320.0),
        -720.0..720.0,
        sampling,
        fill,
        any::<bool>(),
        gain,
    )
        .prop_map(
            |(shift, rotate, sampling, fill, field_of_view, gain)| Perturbation {
                shift,
                rotate,
                sampling,
                fill,
                field_of_view,
                gain,
                ..Default::default()
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_valid_perturbation_applies_and_reads_back(p in any_perturbation()) {
        prop_assert!(perturb::apply(&picture(), &p).is_ok());
        let json = serde_json::to_string(&p).unwrap();
        prop_assert_eq!(serde_json::from_str::<Perturbation>(&json).unwrap(), p);
    }

    #[test]
    fn whole_shifts_move_pixels_exactly(x in -300_i32..300, y in -300_i32..300, bilinear: bool) {
        let sampling = if bilinear { perturb::Sampling::Bilinear } else { perturb::Sampling::Nearest };
        let frame = picture();
        let p = Perturbation { shift: [x.into(), y.into()], sampling, ..Default::default() };
        let moved = perturb::apply(&frame, &p).unwrap();
        for (row, column) in [(0, 0), (298, 298), (3, 290), (150, 149), (77, 200)] {
            let from = |v: u32, by: i32| u32::try_from(v as i32 - by).unwrap_or(u32::MAX);
            let expected = frame.raster().pixel(from(column, x), from(row, y)).unwrap_or_default();
            prop_assert_eq!(moved.raster().pixel(column, row), Some(expected));
        }
    }

    #[test]
    fn fills_agree_where_the_picture_covers(mut p in any_perturbation()) {
        // White with the fill black: what stays white through both resamplings is covered under nearest sampling.
        p.sampling = perturb::Sampling::Nearest;
        p.gain = [1.0; 3];
        let white = Frame::from_rgb(vec![255; Frame::BYTES]).unwrap();
        let black = Perturbation { fill: perturb::Fill::Black, ..p.clone() };
        let covered = perturb::apply(&white, &black).unwrap();
        let (a, b) = (perturb::apply(&picture(), &p).unwrap(), perturb::apply(&picture(), &black).unwrap());
        for ((a, b), covered) in a.pixels().iter().zip(b.pixels()).zip(covered.pixels()) {
            prop_assert!(*covered == 0 || a == b);
        }
    }
}

#[test]
fn four_quarter_turns_and_opposite_turns_are_the_identity() {
    let frame = picture();
    for sampling in perturb::Sampling::ALL {
        let turn = |frame: &Frame, rotate: f64| {
            let p = Perturbation {
                rotate,
                sampling,
                ..Default::default()
            };
            perturb::apply(frame, &p).unwrap()
        };
        let once = turn(&frame, 90.0);
        assert_ne!(once, frame);
        assert_eq!(turn(&turn(&turn(&once, 90.0), 90.0), 90.0), frame);
        assert_eq!(turn(&once, 270.0), frame);
        assert_eq!(turn(&turn(&frame, 180.0), 180.0), frame);
        assert_eq!(turn(&frame, 360.0), frame);
    }
}

#[test]
fn the_field_of_view_is_the_same_on_both() {
    let frame = picture();
    let p = Perturbation {
        field_of_view: true,
        rotate: 30.0,
        fill: perturb::Fill::Edge,
        ..Default::default()
    };
    let (before, after) = (
        perturb::apply(&frame, &p.of_original()).unwrap(),
        perturb::apply(&frame, &p).unwrap(),
    );
    for (x, y) in [(0, 0), (298, 0), (43, 43)] {
        assert!(!perturb::inside_field_of_view(x, y));
        assert_eq!(
            (before.raster().pixel(x, y), after.raster().pixel(x, y)),
            (Some([0; 3]), Some([0; 3]))
        );
    }
    for (x, y) in [(149, 0), (149, 149), (298, 149), (44, 44)] {
        assert!(perturb::inside_field_of_view(x, y));
        assert_eq!(before.raster().pixel(x, y), frame.raster().pixel(x, y));
    }
}

#[test]
fn pixels_come_before_noise_and_noise_is_clamped() {
    let frame = picture();
    let p = Perturbation {
        pixels: vec![perturb::PixelEdit {
            x: 2,
            y: 1,
            rgb: [250, 3, 100],
        }],
        noise: Some(perturb::Noise {
            field: [7, -7, 1].repeat(Frame::BYTES / 3),
        }),
        ..Default::default()
    };
    let made = perturb::apply(&frame, &p).unwrap();
    assert_eq!(made.raster().pixel(2, 1), Some([255, 0, 101]));
    let [r, g, b] = frame.raster().pixel(149, 149).unwrap();
    assert_eq!(made.raster().pixel(149, 149), Some([r + 7, g - 7, b + 1]));
}

#[derive(Deserialize)]
struct Lamps {
    rows: Vec<Lamp>,
}

#[derive(Deserialize)]
struct Lamp {
    kelvin: f64,
    tint: f64,
    gains: [f64; 3],
    table: String,
    doubtful: Vec<usize>,
}

/// Colour-science sums the observer in steps of 1 nm and computes on; only where its result is next to the middle between two bytes
/// may that make another byte.
#[test]
fn lamps_are_those_of_colour_science() {
    let text = include_str!("golden/illuminant/illuminant.json");
    let lamps: Lamps = serde_json::from_str(text).unwrap();
    assert!(lamps.rows.len() > 20);
    for lamp in lamps.rows {
        let gains = perturb::lamp_gains(lamp.kelvin, lamp.tint);
        for (here, there) in gains.iter().zip(lamp.gains) {
            assert!(
                (here - there).abs() < 1e-4,
                "{} K: {here} {there}",
                lamp.kelvin
            );
        }
        let p = Perturbation {
            kelvin: lamp.kelvin,
            tint: lamp.tint,
            ..Perturbation::default()
        };
        let table = perturb::colour_tables(&p);
        let there: Vec<u8> = (0..768)
            .map(|at| u8::from_str_radix(&lamp.table[2 * at..2 * at + 2], 16).unwrap())
            .collect();
        for (at, (here, there)) in table.as_flattened().iter().zip(there).enumerate() {
            let apart = here.abs_diff(there);
            let allowed = u8::from(lamp.doubtful.contains(&at));
            assert!(
                apart <= allowed,
                "{} K, entry {at}: {here} {there}",
                lamp.kelvin
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn the_neutral_lamp_is_none_and_any_other_is_its_table(kelvin in 2000.0..20_000.0, tint in -0.02..0.02) {
        let frame = Frame::from_rgb((0..Frame::BYTES).map(|at| (at * 7 % 256) as u8).collect()).unwrap();
        let neutral = Perturbation { kelvin: 6504.0, tint: 0.0, ..Perturbation::default() };
        prop_assert_eq!(&perturb::apply(&frame, &neutral).unwrap(), &frame);
        let p = Perturbation { kelvin, tint, ..Perturbation::default() };
        let altered = perturb::apply(&frame, &p).unwrap();
        let tables = perturb::colour_tables(&p);
        for (at, (from, to)) in frame.pixels().iter().zip(altered.pixels()).enumerate().step_by(97) {
            prop_assert_eq!(tables[at % 3][usize::from(*from)], *to);
        }
    }
}
