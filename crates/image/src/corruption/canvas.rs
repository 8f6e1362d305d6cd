//! A frame as floating-point values, on which the corruptions compute.

use crate::lesion::Frame;

/// Side of a frame in pixels.
pub(super) const SIDE: usize = Frame::SIDE as usize;

/// SIDE × SIDE pixels, R, G, B from 0 to 1, row by row.
#[derive(Clone)]
pub(super) struct Canvas(Vec<[f64; 3]>);

impl Canvas {
    pub(super) fn of(frame: &Frame) -> Self {
        let (pixels, _) = frame.pixels().as_chunks::<3>();
        let unit = |rgb: &[u8; 3]| rgb.map(|v| f64::from(v) / 255.0);
        Self(pixels.iter().map(unit).collect())
    }

    /// The pixel in a column and a row; outside the frame, the nearest pixel inside.
    pub(super) fn nearest(&self, x: isize, y: isize) -> [f64; 3] {
        let last = SIDE as isize - 1;
        let at = y.clamp(0, last) * SIDE as isize + x.clamp(0, last);
        self.0.get(at as usize).copied().unwrap_or_default()
    }

    /// The pixel at a position between pixels, by bilinear interpolation; outside the frame, the nearest inside.
    pub(super) fn between(&self, x: f64, y: f64) -> [f64; 3] {
        let (left, top) = (x.floor(), y.floor());
        let (dx, dy) = (x - left, y - top);
        let at =
            |right: isize, below: isize| self.nearest(left as isize + right, top as isize + below);
        let (a, b, c, d) = (at(0, 0), at(1, 0), at(0, 1), at(1, 1));
        let mut mixed = [0.0; 3];
        for ((((out, a), b), c), d) in mixed.iter_mut().zip(a).zip(b).zip(c).zip(d) {
            let (above, below) = (a + (b - a) * dx, c + (d - c) * dx);
            *out = above + (below - above) * dy;
        }
        mixed
    }

    /// All pixels, row by row.
    pub(super) fn pixels(&self) -> &[[f64; 3]] {
        &self.0
    }

    /// All pixels, to be changed in place.
    pub(super) fn pixels_mut(&mut self) -> &mut [[f64; 3]] {
        &mut self.0
    }

    /// A canvas computed column by column and row by row.
    pub(super) fn from_fn(mut pixel: impl FnMut(isize, isize) -> [f64; 3]) -> Self {
        let mut pixels = Vec::with_capacity(SIDE * SIDE);
        for y in 0..SIDE as isize {
            pixels.extend((0..SIDE as isize).map(|x| pixel(x, y)));
        }
        Self(pixels)
    }

    /// Mixes a colour into a pixel: 0 keeps the pixel, 1 gives the colour. Does nothing outside the frame.
    pub(super) fn mix(&mut self, x: isize, y: isize, colour: [f64; 3], share: f64) {
        if !(0..SIDE as isize).contains(&x) || !(0..SIDE as isize).contains(&y) {
            return;
        }
        if let Some(pixel) = self.0.get_mut((y * SIDE as isize + x) as usize) {
            for (value, colour) in pixel.iter_mut().zip(colour) {
                *value += (colour - *value) * share;
            }
        }
    }

    /// The frame: values clamped to 0 to 1, times 255, truncated (`numpy.uint8`). `like` is returned if the number of pixels is
    /// wrong, which it never is.
    pub(super) fn frame(&self, like: &Frame) -> Frame {
        let bytes = self.0.as_flattened().iter();
        let bytes = bytes.map(|value| (value.clamp(0.0, 1.0) * 255.0) as u8);
        Frame::from_rgb(bytes.collect()).unwrap_or_else(|_| like.clone())
    }
}

/// Each value of a frame, from 0 to 1, mapped to another.
pub(super) fn each_value(frame: &Frame, mut with: impl FnMut(f64) -> f64) -> Frame {
    let mut canvas = Canvas::of(frame);
    for value in canvas.pixels_mut().as_flattened_mut() {
        *value = with(*value);
    }
    canvas.frame(frame)
}

/// A frame mirrored.
pub(super) fn flip(frame: &Frame, horizontal: bool, vertical: bool) -> Frame {
    let (pixels, _) = frame.pixels().as_chunks::<3>();
    let mut rows: Vec<Vec<[u8; 3]>> = pixels.chunks(SIDE).map(<[_]>::to_vec).collect();
    if horizontal {
        for row in &mut rows {
            row.reverse();
        }
    }
    if vertical {
        rows.reverse();
    }
    Frame::from_rgb(rows.concat().into_flattened()).unwrap_or_else(|_| frame.clone())
}
