//! Tests that each number of a recipe does what its name says, and that likeness to a melanoma can be measured.

use super::maths::Point;
use super::tests::bare;
use super::{Recipe, draw};
use crate::lesion::Raster;

/// How much the darkness of the lesion differs between the two sides of its centre of darkness, 0 to 1, averaged over eight
/// axes; and the spread of luminance inside it.
fn asymmetry_and_variegation(recipe: &Recipe) -> (f32, f32) {
    let (w, h) = (200, 150);
    let lesion = draw(recipe, w, h).unwrap();
    let skin = draw(
        &Recipe {
            pigment: 0.0,
            redness: 0.0,
            blotches: 0.0,
            globules: 0.0,
            veil: 0.0,
            regression: 0.0,
            ..recipe.clone()
        },
        w,
        h,
    )
    .unwrap();
    let luminance = |raster: &Raster| -> Vec<f32> {
        raster
            .pixels()
            .chunks_exact(3)
            .map(|p| 0.3 * f32::from(p[0]) + 0.6 * f32::from(p[1]) + 0.1 * f32::from(p[2]))
            .collect()
    };
    let dark: Vec<f32> = luminance(&skin)
        .iter()
        .zip(luminance(&lesion))
        .map(|(s, l)| (s - l).max(0.0))
        .collect();
    let total: f32 = dark.iter().sum();
    let at = |i: usize| Point::new((i as u32 % w) as f32, (i as u32 / w) as f32);
    let centre = dark
        .iter()
        .enumerate()
        .fold(Point::default(), |c, (i, d)| c + at(i) * (d / total));
    let value = |p: Point| {
        let (x, y) = (p.x.round(), p.y.round());
        if x < 0.0 || y < 0.0 || x >= w as f32 || y >= h as f32 {
            0.0
        } else {
            dark[y as usize * w as usize + x as usize]
        }
    };
    let mut asymmetry = 0.0;
    for axis in 0..8_u8 {
        let (sin, cos) = (f32::from(axis) / 8.0 * std::f32::consts::PI).sin_cos();
        let (axis, mut difference) = (Point::new(cos, sin), 0.0);
        for (i, d) in dark.iter().enumerate() {
            let offset = at(i) - centre;
            let mirrored = centre + axis * (2.0 * offset.dot(axis)) - offset;
            difference += (d - value(mirrored)).abs();
        }
        asymmetry += difference / (2.0 * total) / 8.0;
    }
    let inside: Vec<f32> = dark.iter().copied().filter(|d| *d > 12.0).collect();
    let mean = inside.iter().sum::<f32>() / inside.len() as f32;
    let spread =
        (inside.iter().map(|d| (d - mean) * (d - mean)).sum::<f32>() / inside.len() as f32).sqrt();
    (asymmetry, spread)
}

#[test]
fn melanoma_like_is_less_symmetrical_and_of_more_colours() {
    let mean = |malignancy: f32| {
        let (mut a, mut v) = (0.0, 0.0);
        for seed in 100..112 {
            let (asymmetry, spread) =
                asymmetry_and_variegation(&bare(&Recipe::between(seed, malignancy)));
            a += asymmetry / 12.0;
            v += spread / 12.0;
        }
        (a, v)
    };
    let (nevus, melanoma) = (mean(0.0), mean(1.0));
    assert!(
        melanoma.0 > 1.4 * nevus.0,
        "asymmetry: nevi {}, melanomas {}",
        nevus.0,
        melanoma.0
    );
    assert!(
        melanoma.1 > 1.3 * nevus.1,
        "spread of luminance: nevi {}, melanomas {}",
        nevus.1,
        melanoma.1
    );
}

/// Each ingredient alone changes the picture as its name says.
#[test]
fn every_parameter_shows() {
    let base = Recipe {
        network: 0.5,
        globules: 0.5,
        streaks: 0.3,
        veil: 0.3,
        regression: 0.3,
        blotches: 0.5,
        redness: 0.4,
        hair: 0.3,
        aperture: 0.3,
        bubbles: 0.5,
        gradient: 0.3,
        vignette: 0.3,
        ..Recipe::between(21, 0.5)
    };
    let picture = draw(&base, 120, 90).unwrap();
    let text = serde_json::to_value(&base).unwrap();
    for p in base.parameters() {
        let mut changed = text.clone();
        let value = if p.value > 0.5 * (p.low + p.high) {
            p.low
        } else {
            p.high
        };
        match p.name {
            "centre (x)" => changed["centre"][0] = value.into(),
            "centre (y)" => changed["centre"][1] = value.into(),
            name => changed[name] = value.into(),
        }
        let other = draw(&serde_json::from_value(changed).unwrap(), 120, 90).unwrap();
        let differing = picture
            .pixels()
            .iter()
            .zip(other.pixels())
            .filter(|(a, b)| a.abs_diff(**b) > 2)
            .count();
        assert!(
            differing > 100,
            "{} from {} to {value} changes {differing} bytes",
            p.name,
            p.value
        );
    }
}

#[test]
fn darker_pigment_and_skin_are_darker() {
    let mean = |recipe: &Recipe| {
        let raster = draw(recipe, 80, 60).unwrap();
        raster.pixels().iter().map(|v| f32::from(*v)).sum::<f32>() / raster.pixels().len() as f32
    };
    let base = bare(&Recipe::nevus(5));
    assert!(
        mean(&Recipe {
            pigment: 0.9,
            ..base.clone()
        }) + 2.0
            < mean(&Recipe {
                pigment: 0.2,
                ..base.clone()
            })
    );
    assert!(
        mean(&Recipe {
            skin_tone: 1.0,
            ..base.clone()
        }) + 30.0
            < mean(&Recipe {
                skin_tone: 0.0,
                ..base
            })
    );
}
