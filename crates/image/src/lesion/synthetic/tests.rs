//! What holds for every drawn picture: the same bytes for the same recipe, and the same lesion at any size.

use super::*;
use crate::lesion::{Raster, Source};

/// The mean colour of each cell of a grid over a picture.
fn thumbnail(raster: &Raster, columns: u32, rows: u32) -> Vec<[f32; 3]> {
    let mut cells = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            let (x0, x1) = (
                column * raster.width() / columns,
                (column + 1) * raster.width() / columns,
            );
            let (y0, y1) = (
                row * raster.height() / rows,
                (row + 1) * raster.height() / rows,
            );
            let (mut sum, mut count) = ([0.0_f32; 3], 0.0);
            for y in y0..y1.max(y0 + 1) {
                for x in x0..x1.max(x0 + 1) {
                    let pixel = raster.pixel(x, y).unwrap();
                    sum = [0, 1, 2].map(|c| sum[c] + f32::from(pixel[c]));
                    count += 1.0;
                }
            }
            cells.push(sum.map(|v| v / count));
        }
    }
    cells
}

/// A recipe without what hides or alters the lesion.
pub(super) fn bare(recipe: &Recipe) -> Recipe {
    Recipe {
        hair: 0.0,
        bubbles: 0.0,
        aperture: 0.0,
        gradient: 0.0,
        vignette: 0.0,
        noise: 0.0,
        ..recipe.clone()
    }
}

#[test]
fn the_same_recipe_gives_the_same_bytes_with_any_number_of_threads() {
    let recipe = Recipe::between(11, 0.6);
    let all = draw(&recipe, 160, 120).unwrap();
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let again = one.install(|| draw(&recipe, 160, 120)).unwrap();
    assert_eq!(all.pixels(), again.pixels());
}

#[test]
fn seeds_differ() {
    let first = draw(&bare(&Recipe::nevus(1)), 64, 48).unwrap();
    // The same numbers, with only the seed of the details changed.
    let second = draw(
        &Recipe {
            seed: 2,
            ..bare(&Recipe::nevus(1))
        },
        64,
        48,
    )
    .unwrap();
    let changed = first
        .pixels()
        .iter()
        .zip(second.pixels())
        .filter(|(a, b)| a != b)
        .count();
    assert!(
        changed > first.pixels().len() / 4,
        "only {changed} bytes differ"
    );
}

#[test]
fn every_size_in_range_is_drawn() {
    let recipe = Recipe::melanoma(4);
    for (w, h) in [
        (16, 16),
        (17, 301),
        (640, 16),
        (8192, 16),
        (16, 8192),
        (299, 299),
        (123, 49),
    ] {
        let raster = draw(&recipe, w, h).unwrap();
        assert_eq!((raster.width(), raster.height()), (w, h));
    }
}

#[test]
fn sizes_and_numbers_out_of_range_are_refused_by_name() {
    let recipe = Recipe::nevus(1);
    for (w, h) in [(15, 100), (100, 15), (8193, 100), (0, 0), (100, u32::MAX)] {
        let error = draw(&recipe, w, h).unwrap_err();
        assert_eq!(
            error,
            DrawError::Size {
                width: w,
                height: h
            }
        );
        assert!(error.to_string().contains(&format!("{w} × {h}")), "{error}");
    }
    for value in [-0.1, 1.1, f32::NAN, f32::INFINITY] {
        let error = draw(
            &Recipe {
                veil: value,
                ..recipe.clone()
            },
            32,
            32,
        )
        .unwrap_err()
        .to_string();
        assert!(
            error.contains("veil") && error.contains(&value.to_string()),
            "{error}"
        );
    }
    let off = Recipe {
        centre: [0.0, 0.5],
        ..recipe
    };
    assert!(
        draw(&off, 32, 32)
            .unwrap_err()
            .to_string()
            .contains("centre (y)")
    );
}

#[test]
fn a_recipe_shows_the_same_lesion_at_any_size() {
    for recipe in [
        bare(&Recipe::nevus(8)),
        bare(&Recipe::melanoma(9)),
        Recipe::melanoma(3),
    ] {
        let small = thumbnail(&draw(&recipe, 200, 150).unwrap(), 20, 15);
        let large = thumbnail(&draw(&recipe, 600, 450).unwrap(), 20, 15);
        let other = thumbnail(
            &draw(
                &Recipe {
                    seed: 99,
                    ..recipe.clone()
                },
                600,
                450,
            )
            .unwrap(),
            20,
            15,
        );
        let distance = |a: &[[f32; 3]], b: &[[f32; 3]]| {
            let sum: f32 = a
                .iter()
                .zip(b)
                .flat_map(|(a, b)| [0, 1, 2].map(|c| (a[c] - b[c]).abs()))
                .sum();
            sum / (3 * a.len()) as f32
        };
        let (same, different) = (distance(&small, &large), distance(&large, &other));
        assert!(
            same < 2.0 && same < 0.35 * different,
            "same lesion {same}, another one {different} of 255"
        );
    }
}

#[test]
fn a_wide_picture_shows_the_lesion_of_the_4_to_3_one_in_its_middle() {
    let recipe = bare(&Recipe::nevus(8));
    let narrow = draw(&recipe, 400, 300).unwrap();
    let wide = draw(&recipe, 800, 300).unwrap();
    for y in (0..300).step_by(7) {
        for x in (0..400).step_by(7) {
            let (a, b) = (narrow.pixel(x, y).unwrap(), wide.pixel(x + 200, y).unwrap());
            // At the narrow picture's border, the blur covers fewer pixels than in the middle of the wide one.
            if (8..392).contains(&x) {
                assert!(
                    (0..3).all(|c| a[c].abs_diff(b[c]) <= 1),
                    "{a:?} and {b:?} at {x}, {y}"
                );
            }
        }
    }
}

#[test]
fn a_sample_is_a_photograph_that_says_it_is_synthetic_and_is_drawn_once() {
    let sample = &samples()[1];
    let photograph = sample.photograph().unwrap();
    assert_eq!(
        photograph.source,
        Source::Synthetic {
            name: sample.name.to_owned(),
            seed: sample.recipe.seed
        }
    );
    let drawn = draw(&sample.recipe, SAMPLE_SIZE.0, SAMPLE_SIZE.1).unwrap();
    assert!(*photograph.raster == drawn);
    assert_eq!((photograph.format, photograph.exif_orientation), (None, 1));
    let again = sample.photograph().unwrap();
    assert!(std::sync::Arc::ptr_eq(&photograph.raster, &again.raster));
}

/// Goldens of exact bytes. They hold on any machine: the drawing uses integer arithmetic and the operations that IEEE 754
/// determines to the last bit, never libm (see `maths`), and takes raw words from `ChaCha`, never one of rand's distributions.
/// A change to the drawing changes them; then the samples' captions must be checked again as well.
#[test]
fn the_samples_are_the_same_bytes_on_every_machine() {
    use sha2::{Digest as _, Sha256};
    let hashes = [0, 1, 2].map(|i| {
        let digest = Sha256::digest(draw(&samples()[i].recipe, 120, 90).unwrap().pixels());
        u64::from_be_bytes(digest[..8].try_into().unwrap())
    });
    assert_eq!(
        hashes,
        [
            0x6223_0e5c_02c8_b672,
            0x3b1a_638c_f8df_9109,
            0xb522_0944_b258_c2b9
        ]
    );
}
