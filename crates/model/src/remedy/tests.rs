//! Names, views and the way back, constancy: on noise, against the perturbations, formulas written anew and finite differences.

use super::*;
use flipscope_base::random::KeyedRng;
use flipscope_image::perturb::{self, Perturbation};

const SIDE: usize = Frame::SIDE as usize;

fn noise(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    (0..Frame::BYTES)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u8
        })
        .collect()
}

fn frame(pixels: Vec<u8>) -> Frame {
    Frame::from_rgb(pixels).unwrap()
}

#[test]
fn names_are_read_as_they_are_written() {
    for constancy in Constancy::ALL {
        for vote in Vote::ALL {
            let remedy = Remedy { constancy, vote };
            assert_eq!(remedy.to_string().parse(), Ok(remedy), "{remedy}");
            let json = serde_json::to_string(&remedy).unwrap();
            assert_eq!(serde_json::from_str::<Remedy>(&json).unwrap(), remedy);
        }
    }
    assert_eq!("none".parse(), Ok(Remedy::default()));
    for wrong in [
        "",
        "average",
        "average-8+grey-world",
        "grey-world+none",
        "none+average-4",
        "average-4+average-8",
    ] {
        let error = wrong.parse::<Remedy>().unwrap_err().to_string();
        assert!(
            error.contains("shades-of-grey+average-8"),
            "{wrong}: {error}"
        );
    }
}

#[test]
fn views_are_as_many_as_announced_and_the_first_is_the_frame() {
    let original = frame(noise(1));
    for vote in Vote::ALL {
        let remedy = Remedy {
            vote,
            ..Remedy::default()
        };
        let mut views = remedy.apply(&original);
        assert_eq!(views.len(), remedy.views(), "{remedy}");
        assert_eq!(views[0].take_pixels(), original.pixels(), "{remedy}");
    }
}

#[test]
fn quarter_turns_are_those_of_the_perturbation() {
    let original = frame(noise(2));
    for (at, mut view) in views::turned(original.pixels(), 4).into_iter().enumerate() {
        let rotate = 90.0 * at as f64;
        let turned = perturb::apply(
            &original,
            &Perturbation {
                rotate,
                ..Perturbation::default()
            },
        )
        .unwrap();
        assert_eq!(view.take_pixels(), turned.pixels(), "{rotate}°");
    }
}

#[test]
fn mirror_images_are_mirrored_and_all_sixteen_views_differ() {
    let original = frame(noise(3));
    let views: Vec<Vec<u8>> = views::turned(original.pixels(), 16)
        .iter_mut()
        .map(View::take_pixels)
        .collect();
    for row in 0..SIDE {
        for column in 0..SIDE {
            let at = |column: usize| (row * SIDE + column) * 3;
            let (here, there) = (at(column), at(SIDE - 1 - column));
            assert_eq!(
                views[4][here..here + 3],
                original.pixels()[there..there + 3]
            );
        }
    }
    for (at, view) in views.iter().enumerate() {
        assert!(
            views[..at].iter().all(|other| other != view),
            "view {at} is there twice"
        );
    }
}

#[test]
fn a_turn_by_45_degrees_keeps_the_centre_and_what_is_constant() {
    let mut pixels = vec![77; Frame::BYTES];
    let centre = (149 * SIDE + 149) * 3;
    pixels[centre..centre + 3].copy_from_slice(&[1, 2, 3]);
    let views: Vec<Vec<u8>> = views::turned(&pixels, 16)
        .iter_mut()
        .map(View::take_pixels)
        .collect();
    for view in views {
        assert_eq!(view[centre..centre + 3], [1, 2, 3]);
        assert_eq!(view[..3], [77; 3], "the corner takes the edge");
    }
}

/// ⟨view(x), g⟩ = ⟨x, back(g)⟩ for every linear view, apart from rounding.
#[test]
fn the_way_back_of_a_view_is_its_adjoint() {
    let pixels = noise(4);
    let gradient: Vec<f32> = noise(5)
        .into_iter()
        .map(|byte| f32::from(byte) - 127.5)
        .collect();
    let dot = |x: &[u8], g: &[f32]| {
        x.iter()
            .zip(g)
            .map(|(x, g)| f64::from(*x) * f64::from(*g))
            .sum::<f64>()
    };
    for (at, mut view) in views::turned(&pixels, 16).into_iter().enumerate() {
        let turned = view.take_pixels();
        let mut back = vec![0.0; Frame::BYTES];
        view.pull_back(&turned, &gradient, 0.5, &mut back);
        let (forward, backward) = (dot(&turned, &gradient), 2.0 * dot(&pixels, &back));
        // Rounding is at most half a level a value; its sum is that of a random walk.
        let tolerance = if at < 8 {
            1e-6 * forward.abs().max(1e6)
        } else {
            1e5
        };
        assert!(
            (forward - backward).abs() < tolerance,
            "view {at}: {forward} and {backward}"
        );
    }
}

#[test]
fn colours_are_multiplied_and_clipped_values_do_not_follow() {
    let pixels = [vec![100, 250, 255], vec![40; Frame::BYTES - 3]].concat();
    let mut views = colours::jittered(&pixels);
    let mut last = views.pop().unwrap();
    let lighter = last.take_pixels();
    assert_eq!(lighter[..4], [105, 255, 255, 42]);
    let mut back = vec![0.0; Frame::BYTES];
    last.pull_back(&lighter, &vec![1.0; Frame::BYTES], 1.0, &mut back);
    assert_eq!(back[..4], [1.05, 0.0, 0.0, 1.05]);
}

/// The formula of Barata et al., written anew in f64 and without rounding.
fn balanced(pixels: &[f64], p: f64) -> Vec<f64> {
    let mut light = [0.0_f64; 3];
    for (at, value) in pixels.iter().enumerate() {
        light[at % 3] += value.powf(p);
    }
    let n = (pixels.len() / 3) as f64;
    let light = light.map(|sum| (sum / n).powf(1.0 / p));
    let norm = light.iter().map(|e| e * e).sum::<f64>().sqrt();
    let scaled = pixels
        .iter()
        .enumerate()
        .map(|(at, value)| value / (light[at % 3] / norm * 3.0_f64.sqrt()));
    scaled.map(|value| value.min(255.0)).collect()
}

#[test]
fn constancy_is_the_published_formula_and_makes_grey_of_an_even_colour() {
    for (constancy, p) in [(Constancy::GreyWorld, 1.0), (Constancy::ShadesOfGrey, 6.0)] {
        let remedy = Remedy {
            constancy,
            ..Remedy::default()
        };
        let pixels: Vec<u8> = noise(6)
            .chunks(3)
            .flat_map(|rgb| [rgb[0], rgb[1] / 2, rgb[2] / 3])
            .collect();
        let ours = remedy
            .apply(&frame(pixels.clone()))
            .pop()
            .unwrap()
            .take_pixels();
        let formula = balanced(
            &pixels
                .iter()
                .map(|byte| f64::from(*byte))
                .collect::<Vec<_>>(),
            p,
        );
        for (ours, formula) in ours.iter().zip(formula) {
            assert!(
                (f64::from(*ours) - formula).abs() <= 0.5 + 1e-9,
                "{constancy:?}: {ours}, {formula}"
            );
        }
        let even = [200, 100, 50].repeat(SIDE * SIDE);
        let grey = remedy.apply(&frame(even)).pop().unwrap().take_pixels();
        assert!(grey.iter().all(|value| *value == grey[0]), "{constancy:?}");
    }
}

#[test]
fn constancy_of_a_black_picture_or_channel_changes_nothing_there() {
    for constancy in [Constancy::GreyWorld, Constancy::ShadesOfGrey] {
        let remedy = Remedy {
            constancy,
            ..Remedy::default()
        };
        let black = vec![0; Frame::BYTES];
        assert_eq!(
            remedy
                .apply(&frame(black.clone()))
                .pop()
                .unwrap()
                .take_pixels(),
            black
        );
        let no_blue = frame([90, 60, 0].repeat(SIDE * SIDE));
        let view = remedy.apply(&no_blue).pop().unwrap().take_pixels();
        assert!(view.chunks(3).all(|rgb| rgb[2] == 0 && rgb[0] == rgb[1]));
        let back = remedy.pull_back(&no_blue, vec![1.0; Frame::BYTES]);
        assert!(back.iter().all(|value| value.is_finite()));
    }
}

#[test]
fn the_gradient_through_constancy_is_that_of_finite_differences() {
    let mut rng = KeyedRng::new([7, 0, 0, 0]);
    for (constancy, p) in [(Constancy::GreyWorld, 1.0), (Constancy::ShadesOfGrey, 6.0)] {
        let remedy = Remedy {
            constancy,
            ..Remedy::default()
        };
        // Dark enough that nothing is clipped: there the function has a corner.
        let pixels: Vec<u8> = noise(8).into_iter().map(|byte| 10 + byte / 4).collect();
        let gradient: Vec<f32> = noise(9)
            .into_iter()
            .map(|byte| f32::from(byte) / 255.0 - 0.3)
            .collect();
        let back = remedy.pull_back(&frame(pixels.clone()), gradient.clone());
        let value = |pixels: &[f64]| -> f64 {
            balanced(pixels, p)
                .iter()
                .zip(&gradient)
                .map(|(x, g)| x * f64::from(*g))
                .sum()
        };
        let exact: Vec<f64> = pixels.iter().map(|byte| f64::from(*byte)).collect();
        for _ in 0..20 {
            let at = (rng.uniform() * Frame::BYTES as f64) as usize;
            let moved = |by: f64| {
                let mut moved = exact.clone();
                moved[at] += by;
                value(&moved)
            };
            let slope = (moved(0.01) - moved(-0.01)) / 0.02;
            assert!(
                (slope - f64::from(back[at])).abs() < 1e-3 * slope.abs().max(0.1),
                "{constancy:?} {at}: {slope}, {}",
                back[at]
            );
        }
        // A change of a whole channel shows what the gains contribute, which a single pixel hardly does.
        for channel in 0..3 {
            let moved = |by: f64| {
                let moved: Vec<f64> = exact
                    .iter()
                    .enumerate()
                    .map(|(at, value)| {
                        if at % 3 == channel {
                            value + by
                        } else {
                            *value
                        }
                    })
                    .collect();
                value(&moved)
            };
            let slope = (moved(0.001) - moved(-0.001)) / 0.002;
            let ours: f64 = back
                .iter()
                .skip(channel)
                .step_by(3)
                .map(|slope| f64::from(*slope))
                .sum();
            assert!(
                (slope - ours).abs() < 1e-3 * slope.abs().max(1.0),
                "{constancy:?} channel {channel}: {slope}, {ours}"
            );
        }
    }
}

#[test]
fn the_median_has_all_the_weight_and_averages_share_it() {
    let median = Remedy {
        vote: Vote::MedianColours,
        ..Remedy::default()
    };
    let ps = [0.9, 0.1, 0.5, 0.4, 0.6, 0.2, 0.8, 0.3, 0.7];
    let weights = median.weights(&ps);
    assert_eq!(weights.iter().sum::<f64>(), 1.0);
    assert_eq!(weights[2], 1.0, "of 0.5");
    let average = Remedy {
        vote: Vote::Average4,
        ..Remedy::default()
    };
    assert_eq!(average.weights(&ps[..4]), [0.25; 4]);
}
