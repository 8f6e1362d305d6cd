//! The CPU form: a u8 frame in, a u8 frame out, equal to Pillow and `NumPy` to the last bit.

use super::colour::colour_tables;
use super::error::PerturbationError;
use super::noise::Noise;
use super::perturbation::{Fill, Perturbation, PixelEdit};
use super::pose::{LinearStep, NearestStep, PoseResampling, Step};
use super::skin::mean_skin;
use crate::lesion::Frame;

/// Side of a frame in pixels.
const SIDE: usize = Frame::SIDE as usize;

/// The perturbed frame.
///
/// # Errors
/// Whatever [`Perturbation::validate`] refuses.
pub fn apply(frame: &Frame, p: &Perturbation) -> Result<Frame, PerturbationError> {
    p.validate()?;
    Ok(render(frame, p))
}

/// As [`apply`], for a perturbation that [`Perturbation::validate`] accepts.
#[must_use]
pub fn render(frame: &Frame, p: &Perturbation) -> Frame {
    let (source, _) = frame.pixels().as_chunks::<3>();
    let pose = PoseResampling::new(p);
    let mut pixels = None;
    // Taken from the original frame: both resamplings fill with the same colour, computed once.
    let mut outside = None;
    for step in pose.steps() {
        let outside = *outside.get_or_insert_with(|| Outside::new(p.fill, frame));
        let from = pixels.as_deref().unwrap_or(source);
        pixels = Some(match step {
            Step::Nearest(step) => nearest(from, step, outside),
            Step::Linear(step) => linear(from, step, outside),
        });
    }
    let mut pixels = pixels.unwrap_or_else(|| source.to_vec());
    if p.field_of_view {
        mask(&mut pixels);
    }
    if !p.keeps_colour() {
        balance(&mut pixels, p);
    }
    for &PixelEdit { x, y, rgb } in &p.pixels {
        if let Some(pixel) = pixels.get_mut(y as usize * SIDE + x as usize) {
            *pixel = rgb;
        }
    }
    if let Some(noise) = &p.noise {
        add(pixels.as_flattened_mut(), noise);
    }
    wrap(pixels, frame)
}

/// Whether the centre of pixel (x, y) lies within the circular field of view: the circle inscribed in the frame.
#[must_use]
pub fn inside_field_of_view(x: u32, y: u32) -> bool {
    // In half pixels, so that it is exact.
    let from_centre = |v: u32| 2 * i64::from(v) + 1 - i64::from(Frame::SIDE);
    from_centre(x).pow(2) + from_centre(y).pow(2) <= i64::from(Frame::SIDE).pow(2)
}

/// The number of pixels does not change, so the frame is only a fallback that the types require.
fn wrap(pixels: Vec<[u8; 3]>, frame: &Frame) -> Frame {
    Frame::from_rgb(pixels.into_flattened()).unwrap_or_else(|_| frame.clone())
}

/// What is read outside the frame.
#[derive(Clone, Copy)]
enum Outside {
    Colour([u8; 3]),
    Clamped,
    Mirrored,
}

impl Outside {
    fn new(fill: Fill, frame: &Frame) -> Self {
        match fill {
            Fill::Black => Self::Colour([0; 3]),
            Fill::Edge => Self::Clamped,
            Fill::Reflect => Self::Mirrored,
            Fill::MeanSkin => Self::Colour(mean_skin(frame)),
        }
    }

    /// The coordinate that is read for `v`; `None` if the colour is used instead.
    fn coordinate(self, v: i32) -> Option<usize> {
        let side = Frame::SIDE as i32;
        if (0..side).contains(&v) {
            return Some(v as usize);
        }
        match self {
            Self::Colour(_) => None,
            Self::Clamped => Some(v.clamp(0, side - 1) as usize),
            Self::Mirrored => {
                let v = v.rem_euclid(2 * side);
                Some(v.min(2 * side - 1 - v) as usize)
            }
        }
    }

    fn colour(self) -> [u8; 3] {
        match self {
            Self::Colour(colour) => colour,
            Self::Clamped | Self::Mirrored => [0; 3],
        }
    }
}

fn nearest(source: &[[u8; 3]], step: &NearestStep, outside: Outside) -> Vec<[u8; 3]> {
    let colour = outside.colour();
    let mut out = Vec::with_capacity(source.len());
    for &row in &step.rows {
        out.extend(step.columns.iter().map(|&column| {
            let [x, y] = NearestStep::source(column, row);
            match (outside.coordinate(x), outside.coordinate(y)) {
                (Some(x), Some(y)) => source.get(y * SIDE + x).copied().unwrap_or(colour),
                _ => colour,
            }
        }));
    }
    out
}

/// Pillow's `bilinear_filter32RGB`: in double precision, neighbours clamped to the border, truncated to u8. Pillow treats a
/// position as outside when it leaves [0, 299) on either axis, so that the outermost half pixel reads clamped neighbours.
fn linear(source: &[[u8; 3]], step: &LinearStep, outside: Outside) -> Vec<[u8; 3]> {
    let side = 0.0..f64::from(Frame::SIDE);
    let neighbours = match outside {
        Outside::Colour(_) | Outside::Clamped => Outside::Clamped,
        Outside::Mirrored => Outside::Mirrored,
    };
    let row = |y: i32| {
        let start = neighbours.coordinate(y).unwrap_or(0) * SIDE;
        source.get(start..start + SIDE).unwrap_or_default()
    };
    let mut out = Vec::with_capacity(source.len());
    for y in 0..Frame::SIDE {
        for x in 0..Frame::SIDE {
            let [sx, sy] = step.source(x, y);
            if let Outside::Colour(colour) = outside
                && !(side.contains(&sx) && side.contains(&sy))
            {
                out.push(colour);
                continue;
            }
            let (sx, sy) = (sx - 0.5, sy - 0.5);
            let (left, top) = (sx.floor(), sy.floor());
            let (dx, dy) = (sx - left, sy - top);
            let (left, top) = (left as i32, top as i32);
            let x0 = neighbours.coordinate(left).unwrap_or(0);
            let x1 = neighbours.coordinate(left + 1).unwrap_or(0);
            let mix = |row: &[[u8; 3]]| {
                let a = row.get(x0).copied().unwrap_or_default().map(f64::from);
                let b = row.get(x1).copied().unwrap_or_default().map(f64::from);
                blend(a, b, dx)
            };
            out.push(blend(mix(row(top)), mix(row(top + 1)), dy).map(|v| v as u8));
        }
    }
    out
}

/// `a + (b − a) · t` per channel, in this order of operations.
fn blend(a: [f64; 3], b: [f64; 3], t: f64) -> [f64; 3] {
    let [a0, a1, a2] = a;
    let [b0, b1, b2] = b;
    [a0 + (b0 - a0) * t, a1 + (b1 - a1) * t, a2 + (b2 - a2) * t]
}

fn mask(pixels: &mut [[u8; 3]]) {
    for (y, row) in (0..).zip(pixels.chunks_mut(SIDE)) {
        for (x, pixel) in (0..).zip(row) {
            if !inside_field_of_view(x, y) {
                *pixel = [0; 3];
            }
        }
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "a u8 is always inside a table of 256 entries: no check is compiled"
)]
fn balance(pixels: &mut [[u8; 3]], p: &Perturbation) {
    let [red, green, blue] = colour_tables(p);
    for [r, g, b] in pixels {
        *r = red[usize::from(*r)];
        *g = green[usize::from(*g)];
        *b = blue[usize::from(*b)];
    }
}

fn add(values: &mut [u8], noise: &Noise) {
    for (value, &change) in values.iter_mut().zip(&noise.field) {
        *value = (i16::from(*value) + change).clamp(0, 255) as u8;
    }
}
