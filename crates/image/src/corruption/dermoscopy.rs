//! What a dermatoscope adds to the picture: dark corners, text, a ruler, bubbles.
//!
//! The kinds are SAM-C's (black corner, characters, bubbles) and those of Katsch, Rinner and Tschandl 2022 (rulers). Their
//! strengths at each severity were not published, and are our own.

use std::f64::consts::TAU;

use super::canvas::{Canvas, SIDE};
use super::glyphs;
use crate::lesion::Frame;
use flipscope_base::random::{RandomStream as _, Seeded};

/// Half the width of the soft edge of a circle, pixels.
const SOFT: f64 = 2.0;
/// Ink of text and rulers.
const INK: [f64; 3] = [0.08, 0.08, 0.1];
/// How much of the skin the ink covers.
const OPAQUE: f64 = 0.9;

/// Black outside a circle about the centre.
pub(super) fn black_corner(frame: &Frame, radius: f64) -> Frame {
    let half = SIDE as f64 / 2.0;
    let mut canvas = Canvas::of(frame);
    for y in 0..SIDE as isize {
        for x in 0..SIDE as isize {
            let from_centre = |v: isize| v as f64 + 0.5 - half;
            let beyond = from_centre(x).hypot(from_centre(y)) - radius * half;
            let share = ((beyond + SOFT) / (2.0 * SOFT)).clamp(0.0, 1.0);
            canvas.mix(x, y, [0.0; 3], share);
        }
    }
    canvas.frame(frame)
}

/// Letters and digits of 5 × 7 pixels enlarged two or three times, at random places.
pub(super) fn characters(frame: &Frame, count: u32, random: &mut Seeded) -> Frame {
    let mut canvas = Canvas::of(frame);
    for _ in 0..count {
        let glyph = glyphs::ALL.get(random.below(glyphs::ALL.len())).copied();
        let size = 2 + random.below(2);
        let x = random.below(SIDE - glyphs::WIDTH * size) as isize;
        let y = random.below(SIDE - glyphs::HEIGHT * size) as isize;
        if let Some(glyph) = glyph {
            write(&mut canvas, glyph, size as isize, (x, y));
        }
    }
    canvas.frame(frame)
}

fn write(canvas: &mut Canvas, glyph: glyphs::Glyph, size: isize, (left, top): (isize, isize)) {
    for (row, bits) in glyph.iter().enumerate() {
        for column in 0..glyphs::WIDTH {
            if bits >> (glyphs::WIDTH - 1 - column) & 1 == 0 {
                continue;
            }
            for off in 0..size * size {
                let x = left + column as isize * size + off % size;
                let y = top + row as isize * size + off / size;
                canvas.mix(x, y, INK, OPAQUE);
            }
        }
    }
}

/// Ticks every eight pixels along one of the four sides, every fifth longer, every tenth numbered.
pub(super) fn ruler(frame: &Frame, depth: u32, random: &mut Seeded) -> Frame {
    const SPACING: isize = 8;
    let mut canvas = Canvas::of(frame);
    let side = random.below(4);
    let phase = random.below(SPACING as usize) as isize;
    let depth = depth as isize;
    let last = SIDE as isize - 1;
    // Along the side, and away from it.
    let place = |along: isize, away: isize| match side {
        0 => (along, away),
        1 => (along, last - away),
        2 => (away, along),
        _ => (last - away, along),
    };
    for (number, along) in (phase..=last).step_by(SPACING as usize).enumerate() {
        let length = if number % 5 == 0 { depth } else { depth / 2 };
        for away in 0..length {
            let (x, y) = place(along, away);
            canvas.mix(x, y, INK, OPAQUE);
        }
        let digit = glyphs::ALL.get(number / 10 % 10).copied();
        if let Some(glyph) = digit.filter(|_| number % 10 == 0) {
            let (x, y) = place(along, depth + 2);
            let (x, y) = match side {
                0 | 2 => (x, y),
                1 => (x, y - glyphs::HEIGHT as isize),
                _ => (x - glyphs::WIDTH as isize, y),
            };
            write(&mut canvas, glyph, 1, (x, y));
        }
    }
    canvas.frame(frame)
}

/// Circles with a radius of 4 to 18 pixels: slightly lighter inside, a bright rim, and a highlight on one side.
pub(super) fn bubbles(frame: &Frame, count: u32, random: &mut Seeded) -> Frame {
    const WHITE: [f64; 3] = [1.0; 3];
    let mut canvas = Canvas::of(frame);
    for _ in 0..count {
        let radius = 4.0 + 14.0 * random.uniform();
        let centre = [random.uniform(), random.uniform()].map(|v| v * SIDE as f64);
        let towards = TAU * random.uniform();
        let [cx, cy] = centre;
        let reach = radius.ceil() as isize + 2;
        let (left, top) = (cx as isize, cy as isize);
        for y in top - reach..=top + reach {
            for x in left - reach..=left + reach {
                let (dx, dy) = (x as f64 + 0.5 - cx, y as f64 + 0.5 - cy);
                let distance = dx.hypot(dy);
                let within = (radius - distance + 0.5).clamp(0.0, 1.0);
                let rim = (1.0 - (distance - radius + 1.0).abs() / 1.5).max(0.0);
                let (hx, hy) = (
                    dx - 0.5 * radius * towards.cos(),
                    dy - 0.5 * radius * towards.sin(),
                );
                let highlight = (1.0 - hx.hypot(hy) / (0.3 * radius)).max(0.0);
                let share = within * (0.12 + 0.6 * highlight) + 0.55 * rim;
                canvas.mix(x, y, WHITE, share.min(1.0));
            }
        }
    }
    canvas.frame(frame)
}
