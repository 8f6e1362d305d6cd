//! The WGSL preview against the CPU form, without a window. Needs a graphics adapter; lavapipe (mesa-vulkan-drivers) suffices.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests: the lints exempt only functions marked as tests"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui_wgpu;
use flipscope::explorer::preview::{Headless, Picture, Preview, Show, install};
use flipscope_image::distance::difference;
use flipscope_image::lesion::{Frame, Raster};
use flipscope_image::perturb::{self, Fill, Noise, Perturbation, PixelEdit, Sampling};

const SIDE: u32 = Frame::SIDE;

/// The device, or `None` with a line that says so where this machine has no adapter. In CI that is a failure.
fn headless() -> Option<Headless> {
    match Headless::new() {
        Ok(headless) => {
            println!("on {}", headless.adapter());
            Some(headless)
        }
        Err(error) if std::env::var_os("CI").is_none() => {
            println!("skipped: {error}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// A lesion with noise, so that a pixel off by one shows.
fn raster(width: u32, height: u32) -> Raster {
    let mut state = 12345_u32;
    let mut pixels = Vec::with_capacity((3 * width * height) as usize);
    for y in 0..height {
        for x in 0..width {
            let (u, v) = (
                f64::from(x) / f64::from(width),
                f64::from(y) / f64::from(height),
            );
            let near = (u - 0.45).hypot(v - 0.55) < 0.3;
            for skin in [205, 160, 140_u32] {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let value = if near { skin / 3 } else { skin };
                pixels.push((value + (state >> 24) % 45) as u8);
            }
        }
    }
    Raster::from_rgb(width, height, pixels).unwrap()
}

fn preview(frame: &Arc<Frame>, p: &Perturbation, show: Show) -> Preview {
    Preview {
        picture: Picture {
            key: 1,
            raster: Arc::new(frame.raster().clone()),
            region: [0.0, 0.0, f64::from(SIDE), f64::from(SIDE)],
        },
        frame: frame.clone(),
        perturbation: Arc::new(p.clone()),
        show,
        view: [0.0, 0.0, 1.0, 1.0],
        crisp: true,
    }
}

fn rgb(rgba: &[u8]) -> Vec<u8> {
    rgba.chunks(4)
        .flat_map(|pixel| pixel[..3].to_vec())
        .collect()
}

/// Greatest difference, and how many values differ at all.
fn distance(a: &[u8], b: &[u8]) -> (u8, usize) {
    assert_eq!(a.len(), b.len());
    let each = || a.iter().zip(b).map(|(a, b)| a.abs_diff(*b));
    (each().max().unwrap(), each().filter(|&d| d > 0).count())
}

fn perturbations() -> Vec<Perturbation> {
    let base = Perturbation::default;
    let mut all = vec![base()];
    for sampling in Sampling::ALL {
        for fill in Fill::ALL {
            for (shift, rotate) in [
                ([33.0, -20.0], 0.0),
                ([-17.5, 42.25], 0.0),
                ([0.3, -0.7], 0.0),
                ([0.0, 0.0], 45.0),
                ([0.0, 0.0], 270.0),
                ([-31.0, -8.0], 123.4),
                ([12.7, 3.1], 359.9),
                ([-420.0, 610.5], -33.3),
            ] {
                all.push(Perturbation {
                    shift,
                    rotate,
                    sampling,
                    fill,
                    ..base()
                });
            }
        }
    }
    for rotate in [90.0, 180.0, 720.5, 1e-7, 179.999_999_999_999_97, -1e-20] {
        all.push(Perturbation { rotate, ..base() });
    }
    for (gain, offset) in [
        ([0.9, 1.0, 1.1], [0.0; 3]),
        ([1.043, 0.957, 0.981], [12.0, -7.5, 5.25]),
        ([0.0, 2.5, 1.0], [255.0, -255.0, 0.9]),
    ] {
        all.push(Perturbation {
            gain,
            offset,
            ..base()
        });
        all.push(Perturbation {
            gain,
            offset,
            rotate: 17.0,
            field_of_view: true,
            ..base()
        });
    }
    let pixels = [(0, 0), (298, 298), (150, 7), (150, 7)];
    let pixels = pixels
        .map(|(x, y)| PixelEdit {
            x,
            y,
            rgb: [255, x as u8, 128],
        })
        .to_vec();
    let noise = |n: i16| Noise {
        field: (0..Frame::BYTES)
            .map(|i| ((i * 7919 % 511) as i16 - 255) / n)
            .collect(),
    };
    all.push(Perturbation {
        pixels: pixels.clone(),
        gain: [0.5; 3],
        ..base()
    });
    all.push(Perturbation {
        noise: Some(noise(32)),
        shift: [-5.0, 9.0],
        ..base()
    });
    all.push(Perturbation {
        noise: Some(noise(1)),
        pixels,
        field_of_view: true,
        fill: Fill::Edge,
        rotate: 30.0,
        ..base()
    });
    all
}

#[test]
fn frames_are_those_of_the_cpu() {
    let Some(mut headless) = headless() else {
        return;
    };
    let frame = Arc::new(Frame::try_from(raster(SIDE, SIDE)).unwrap());
    let (mut exact, mut near, mut off) = (0, 0, 0);
    for p in perturbations() {
        let shown = headless
            .render(&preview(&frame, &p, Show::Original), SIDE, SIDE)
            .unwrap();
        assert_eq!(
            distance(
                &rgb(&shown),
                perturb::apply(&frame, &p.of_original()).unwrap().pixels()
            ),
            (0, 0),
            "original of {p}"
        );
        assert!(shown.chunks(4).all(|pixel| pixel[3] == 255));

        let shown = headless
            .render(&preview(&frame, &p, Show::Altered), SIDE, SIDE)
            .unwrap();
        let expected = perturb::apply(&frame, &p).unwrap();
        let (most, count) = distance(&rgb(&shown), expected.pixels());
        if p.sampling == Sampling::Nearest {
            assert_eq!((most, count), (0, 0), "{p}");
            exact += 1;
        } else {
            assert!(most <= 1, "{p}: {most} of 255 in {count} values");
            // Decimal shifts put values next to whole numbers, where the last bits of Pillow's doubles decide; others do not.
            let binary = p.shift.iter().all(|v| (v * 4.0).fract() == 0.0);
            assert!(!binary || count <= 400, "{p}: {count} values differ");
            (near, off) = (near + 1, off + count);
        }
    }
    println!(
        "{exact} equal; {near} bilinear within 1, {off} of {} values off",
        near * Frame::BYTES
    );
    assert!(exact > 40 && near > 20);
}

#[test]
fn wipe_difference_and_zoom_show_the_same_pixels() {
    let Some(mut headless) = headless() else {
        return;
    };
    let frame = Arc::new(Frame::try_from(raster(SIDE, SIDE)).unwrap());
    let p = Perturbation {
        rotate: 30.0,
        offset: [0.0, -10.0, 7.0],
        field_of_view: true,
        ..Default::default()
    };
    let (before, after) = (
        perturb::apply(&frame, &p.of_original()).unwrap(),
        perturb::apply(&frame, &p).unwrap(),
    );

    let shown = headless
        .render(&preview(&frame, &p, Show::Wipe(0.5)), SIDE, SIDE)
        .unwrap();
    for (at, pixel) in shown.chunks(4).enumerate() {
        // The centre of column 149 lies at a half, which is already altered.
        let side = if at % 299 < 149 { &before } else { &after };
        assert_eq!(pixel[..3], side.pixels()[3 * at..3 * at + 3], "pixel {at}");
    }

    for gain in [1.0, 8.0, difference::GAIN, 2.5] {
        let shown = headless
            .render(&preview(&frame, &p, Show::Difference { gain }), SIDE, SIDE)
            .unwrap();
        // The form that figures and reveals draw.
        let expected = difference::picture(&before, &after, gain).pixels().to_vec();
        // Half values (2.5 × an odd difference) may round either way.
        let (most, count) = distance(&rgb(&shown), &expected);
        assert!(
            most <= u8::from(gain == 2.5),
            "gain {gain}: {most} in {count}"
        );
    }

    // A quarter of the frame, four times as large, beginning off the left border: blocks, and nothing beyond the frame.
    let zoomed = Preview {
        view: [-0.25, 0.0, 0.25, 0.5],
        ..preview(&frame, &p, Show::Altered)
    };
    let side = 4 * SIDE;
    let shown = headless.render(&zoomed, side, side).unwrap();
    for (x, y) in [(0, 0), (597, 3), (598, 600), (700, 1000), (1195, 1195)] {
        let at = 4 * (y * side + x) as usize;
        let (column, row) = (
            (f64::from(x) + 0.5) / 8.0 - 74.75,
            (f64::from(y) + 0.5) / 8.0,
        );
        if column < 0.0 {
            assert_eq!(shown[at..at + 4], [0; 4], "({x}, {y})");
        } else {
            let [r, g, b] = after.raster().pixel(column as u32, row as u32).unwrap();
            assert_eq!(shown[at..at + 4], [r, g, b, 255], "({x}, {y})");
        }
    }
}

#[test]
fn smooth_is_smooth_and_equal_at_one_to_one() {
    let Some(mut headless) = headless() else {
        return;
    };
    let frame = Arc::new(Frame::try_from(raster(SIDE, SIDE)).unwrap());
    let p = Perturbation {
        shift: [10.0, 4.0],
        ..Default::default()
    };
    let smooth = Preview {
        crisp: false,
        ..preview(&frame, &p, Show::Altered)
    };
    let shown = headless.render(&smooth, SIDE, SIDE).unwrap();
    let (most, _) = distance(&rgb(&shown), perturb::apply(&frame, &p).unwrap().pixels());
    assert!(most <= 1, "{most}");
    let steps = |rgba: &[u8]| -> u64 {
        let row: Vec<u8> = rgb(&rgba[600 * 16 * SIDE as usize..601 * 16 * SIDE as usize]);
        row.windows(4)
            .map(|w| u64::from(w[0].abs_diff(w[3])).pow(2))
            .sum()
    };
    let blocks = headless
        .render(
            &Preview {
                crisp: true,
                ..smooth.clone()
            },
            4 * SIDE,
            4 * SIDE,
        )
        .unwrap();
    let smooth = headless.render(&smooth, 4 * SIDE, 4 * SIDE).unwrap();
    assert!(steps(&smooth) < steps(&blocks) / 2);
}

/// A photograph twice as wide as high, cropped to its middle: at full resolution the same pose as the frame's.
#[test]
fn the_photograph_moves_as_the_frame_does() {
    let Some(mut headless) = headless() else {
        return;
    };
    let (width, height) = (2392, 1196);
    let photograph = Arc::new(smooth_raster(width, height));
    let region = [598.0, 0.0, 1794.0, 1196.0];
    let frame = {
        let mut pixels = Vec::new();
        for y in 0..SIDE {
            for x in 0..SIDE {
                pixels.extend(photograph.pixel(598 + 4 * x + 2, 4 * y + 2).unwrap());
            }
        }
        Arc::new(Frame::from_rgb(pixels).unwrap())
    };
    let picture = Picture {
        key: 2,
        raster: photograph,
        region,
    };
    for p in [
        Perturbation::default(),
        Perturbation {
            shift: [40.0, -25.0],
            ..Default::default()
        },
        Perturbation {
            rotate: 50.0,
            shift: [12.0, 30.0],
            gain: [0.9, 1.0, 1.1],
            offset: [0.0, -12.0, 4.0],
            ..Default::default()
        },
        Perturbation {
            rotate: 200.0,
            shift: [-90.0, 60.0],
            fill: Fill::Reflect,
            field_of_view: true,
            ..Default::default()
        },
        Perturbation {
            rotate: -20.0,
            shift: [-90.0, 60.0],
            fill: Fill::Edge,
            ..Default::default()
        },
        Perturbation {
            rotate: 10.0,
            shift: [80.0, 0.0],
            fill: Fill::MeanSkin,
            ..Default::default()
        },
    ] {
        let p = Perturbation {
            sampling: Sampling::Bilinear,
            ..p
        };
        for (show, expected) in [
            (
                Show::Original,
                perturb::apply(&frame, &p.of_original()).unwrap(),
            ),
            (Show::Altered, perturb::apply(&frame, &p).unwrap()),
        ] {
            let full = Preview {
                picture: picture.clone(),
                crisp: false,
                ..preview(&frame, &p, show)
            };
            let shown = headless.render(&full, SIDE, SIDE).unwrap();
            let each = rgb(&shown);
            let close = each
                .iter()
                .zip(expected.pixels())
                .filter(|(a, b)| a.abs_diff(**b) <= 4)
                .count();
            // All but the jagged border of what is covered.
            assert!(
                close > Frame::BYTES * 97 / 100,
                "{show:?} {p}: {close} of {}",
                Frame::BYTES
            );
        }
    }
}

/// Colours that change slowly, so that every resampling gives nearly the same.
fn smooth_raster(width: u32, height: u32) -> Raster {
    let wave = |v: u32, period: f64, phase: f64| (f64::from(v) / period + phase).sin() * 50.0;
    let pixels = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .flat_map(|(x, y)| {
            [
                150.0 + wave(x, 200.0, 0.0) + wave(y, 300.0, 1.0),
                120.0 + wave(x, 330.0, 2.0) + wave(y, 170.0, 0.5),
                100.0 + wave(x, 260.0, 1.0) - wave(y, 240.0, 0.0),
            ]
            .map(|v: f64| v.round() as u8)
        });
    Raster::from_rgb(width, height, pixels.collect()).unwrap()
}

/// A chequerboard of single pixels is grey from afar: without mip levels it would show stripes.
#[test]
fn a_photograph_shown_small_does_not_alias() {
    let Some(mut headless) = headless() else {
        return;
    };
    let (width, height) = (1800, 1200);
    let pixels = (0..height)
        .flat_map(|y| (0..width).map(move |x| 255 * ((x + y) % 2) as u8))
        .flat_map(|v| [v; 3]);
    let board = Arc::new(Raster::from_rgb(width, height, pixels.collect()).unwrap());
    let frame = Arc::new(Frame::from_rgb(vec![128; Frame::BYTES]).unwrap());
    for (show, crisp) in [(Show::Original, true), (Show::Altered, false)] {
        let region = [0.0, 0.0, f64::from(width), f64::from(height)];
        let picture = Picture {
            key: 3,
            raster: board.clone(),
            region,
        };
        let p = Perturbation {
            rotate: 0.0,
            ..Default::default()
        };
        let small = Preview {
            picture,
            crisp,
            ..preview(&frame, &p, show)
        };
        let shown = headless.render(&small, 331, 331).unwrap();
        let (least, most) = rgb(&shown).iter().fold((255, 0), |(a, b), v| {
            (v.min(&a).to_owned(), v.max(&b).to_owned())
        });
        assert!(least > 120 && most < 136, "{show:?}: {least} to {most}");
    }
}

#[test]
fn a_refused_perturbation_is_drawn_as_the_identity() {
    let Some(mut headless) = headless() else {
        return;
    };
    let frame = Arc::new(Frame::try_from(raster(SIDE, SIDE)).unwrap());
    let p = Perturbation {
        shift: [1e12, f64::NAN],
        rotate: f64::INFINITY,
        ..Default::default()
    };
    let shown = headless
        .render(&preview(&frame, &p, Show::Altered), SIDE, SIDE)
        .unwrap();
    assert_eq!(rgb(&shown), frame.pixels());
    assert!(
        headless
            .render(&preview(&frame, &p, Show::Altered), 0, 5)
            .is_err()
    );
}

/// Through egui's own renderer: several previews in one window frame, one of them partly beyond the window's border.
#[test]
fn previews_of_one_window_do_not_disturb_each_other() {
    if headless().is_none() {
        return;
    }
    let frame = Arc::new(Frame::try_from(raster(SIDE, SIDE)).unwrap());
    let rotated = Perturbation {
        rotate: 77.0,
        ..Default::default()
    };
    let green = Perturbation {
        offset: [0.0, -10.0, 0.0],
        shift: [20.0, 0.0],
        ..Default::default()
    };
    let made = [
        perturb::apply(&frame, &rotated.of_original()).unwrap(),
        perturb::apply(&frame, &rotated).unwrap(),
        perturb::apply(&frame, &green).unwrap(),
    ];
    let shown = [
        preview(&frame, &rotated, Show::Original),
        preview(&frame, &rotated, Show::Altered),
        preview(&frame, &green, Show::Altered),
    ];
    let places = [
        egui::pos2(0.0, 0.0),
        egui::pos2(320.0, 10.0),
        egui::pos2(-100.0, 310.0),
    ];
    let state = egui_kittest::wgpu::create_render_state(
        egui_kittest::wgpu::default_wgpu_setup(),
        egui_wgpu::RendererOptions::PREDICTABLE,
    );
    install(&state);
    let side = SIDE as f32;
    let mut harness = egui_kittest::Harness::builder()
        .with_size(egui::vec2(640.0, 640.0))
        .renderer(egui_kittest::wgpu::WgpuTestRenderer::from_render_state(
            state,
        ))
        .build_ui(move |ui| {
            let whole = ui.ctx().content_rect();
            let painter = ui.painter().with_clip_rect(whole);
            for (preview, place) in shown.iter().zip(places) {
                let rect = egui::Rect::from_min_size(place, egui::vec2(side, side));
                preview.clone().paint(&painter, rect);
            }
        });
    harness.run();
    let window = harness.render().unwrap();
    for (made, place) in made.iter().zip(places) {
        for y in 0..SIDE {
            for x in 0..SIDE {
                let (left, top) = (x as i32 + place.x as i32, y as i32 + place.y as i32);
                if left >= 0 {
                    let pixel = window.get_pixel(left as u32, top as u32);
                    assert_eq!(
                        made.raster().pixel(x, y).unwrap(),
                        pixel.0[..3],
                        "({x}, {y}) of {place}"
                    );
                }
            }
        }
    }
}

/// A large photograph is uploaded on a thread: the frame is shown until then, and the window is repainted afterwards.
#[test]
fn a_large_photograph_comes_when_it_is_uploaded() {
    if headless().is_none() {
        return;
    }
    let frame = Arc::new(Frame::from_rgb(vec![10; Frame::BYTES]).unwrap());
    let large = Raster::from_rgb(6000, 4000, vec![200; 3 * 6000 * 4000]).unwrap();
    let large = Preview {
        picture: Picture {
            key: 9,
            raster: Arc::new(large),
            region: [1000.0, 0.0, 5000.0, 4000.0],
        },
        ..preview(&frame, &Perturbation::default(), Show::Original)
    };
    let state = egui_kittest::wgpu::create_render_state(
        egui_kittest::wgpu::default_wgpu_setup(),
        egui_wgpu::RendererOptions::PREDICTABLE,
    );
    install(&state);
    let mut harness = egui_kittest::Harness::builder()
        .with_size(egui::vec2(300.0, 300.0))
        .renderer(egui_kittest::wgpu::WgpuTestRenderer::from_render_state(
            state,
        ))
        .build_ui(move |ui| {
            let painter = ui.painter();
            large.clone().paint(painter, ui.ctx().content_rect());
        });
    let mut seen = Vec::new();
    let start = Instant::now();
    // Only bounds a hang.
    while start.elapsed() < Duration::from_mins(10) {
        harness.step();
        let value = harness.render().unwrap().get_pixel(150, 150).0[0];
        if seen.last() != Some(&value) {
            seen.push(value);
        }
        if value == 200 {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(seen, [10, 200]);
}

/// At full resolution the original is read between the photograph's pixels and what is altered is rounded: that alone is no difference.
/// The weakest noise of FGSM is one, by the same amount as in a figure.
#[test]
fn at_full_resolution_only_what_was_altered_is_a_difference() {
    let Some(mut headless) = headless() else {
        return;
    };
    let (width, height) = (1196, 1196);
    let photograph = Arc::new(smooth_raster(width, height));
    let frame = Arc::new(Frame::try_from(raster(SIDE, SIDE)).unwrap());
    let field = (0..Frame::BYTES).map(|at| if at % 2 == 0 { 1 } else { -1 });
    let noise = Perturbation {
        noise: Some(Noise {
            field: field.collect(),
        }),
        ..Default::default()
    };
    for (p, most) in [(Perturbation::default(), 0), (noise, 10)] {
        let gain = difference::GAIN;
        let full = Preview {
            picture: Picture {
                key: 7,
                raster: Arc::clone(&photograph),
                region: [0.0, 0.0, f64::from(width), f64::from(height)],
            },
            crisp: false,
            ..preview(&frame, &p, Show::Difference { gain })
        };
        let side = 2 * SIDE + 101;
        let shown = headless.render(&full, side, side).unwrap();
        let (wrong, all) = (rgb(&shown).iter()).fold((0, 0), |(wrong, all), &value| {
            (wrong + usize::from(value.abs_diff(128) != most), all + 1)
        });
        // Values at a half may be rounded either way by two roundings, and nothing is added to white or taken from black.
        assert!(
            wrong * 1000 < all,
            "{wrong} of {all} are not {most} from grey"
        );
    }
}
