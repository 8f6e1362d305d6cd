//! One view of a frame, and the way back: what a gradient with respect to the view says about the frame.
//!
//! Quarter turns and mirror images only move pixels. Turns by 45° are bilinear about the centre of the frame; what lies outside it takes
//! the nearest pixel of its edge. Pixels are `[row][column][channel]` of a frame.

use flipscope_image::lesion::Frame;

const SIDE: usize = Frame::SIDE as usize;

/// A frame that the network judges in place of another.
pub(crate) struct View {
    pixels: Vec<u8>,
    way: Way,
}

/// How a view comes from its frame.
#[derive(Clone, Copy)]
enum Way {
    /// Every channel multiplied.
    Coloured([f64; 3]),
    Turned(Turn),
}

/// Quarter turns counter-clockwise, then mirrored left to right, after an eighth of a turn.
#[derive(Clone, Copy, Default)]
struct Turn {
    quarters: usize,
    mirrored: bool,
    diagonal: bool,
}

impl View {
    /// The frame itself.
    pub(super) fn whole(pixels: Vec<u8>) -> Self {
        Self {
            pixels,
            way: Way::Turned(Turn::default()),
        }
    }

    /// Every channel multiplied, rounded and clipped.
    pub(super) fn coloured(pixels: &[u8], gains: [f64; 3]) -> Self {
        let mut coloured = pixels.to_vec();
        for pixel in coloured.as_chunks_mut::<3>().0 {
            for (value, gain) in pixel.iter_mut().zip(gains) {
                *value = (f64::from(*value) * gain).round().clamp(0.0, 255.0) as u8;
            }
        }
        Self {
            pixels: coloured,
            way: Way::Coloured(gains),
        }
    }

    /// Its pixels, which are taken out.
    pub(crate) fn take_pixels(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.pixels)
    }

    /// Adds `weight` times the gradient with respect to this view to `frame`, the gradient with respect to its frame. `pixels`: those of this
    /// view.
    pub(crate) fn pull_back(
        &self,
        pixels: &[u8],
        gradient: &[f32],
        weight: f32,
        frame: &mut [f32],
    ) {
        match self.way {
            Way::Coloured(gains) => {
                let (frame, _) = frame.as_chunks_mut::<3>();
                let each = gradient
                    .as_chunks::<3>()
                    .0
                    .iter()
                    .zip(pixels.as_chunks::<3>().0);
                for (sum, (slope, value)) in frame.iter_mut().zip(each) {
                    for (((sum, slope), gain), value) in
                        sum.iter_mut().zip(slope).zip(gains).zip(value)
                    {
                        // A clipped value does not follow the frame.
                        if gain <= 1.0 || *value < 255 {
                            *sum += weight * slope * gain as f32;
                        }
                    }
                }
            }
            Way::Turned(turn) => {
                let (frame, _) = frame.as_chunks_mut::<3>();
                let slopes = gradient.as_chunks::<3>().0;
                for (at, slope) in slopes.iter().enumerate() {
                    for (from, share) in turn.sources(at) {
                        if let Some(sum) = frame.get_mut(from) {
                            for (sum, slope) in sum.iter_mut().zip(slope) {
                                *sum += weight * slope * share;
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The first `n` of: four rotations, their mirror images, and these eight with another 45°.
pub(super) fn turned(pixels: &[u8], n: usize) -> Vec<View> {
    let turns = (0..n).map(|at| Turn {
        quarters: at % 4,
        mirrored: at / 4 % 2 == 1,
        diagonal: at / 8 == 1,
    });
    turns.map(|turn| turn.view(pixels)).collect()
}

impl Turn {
    fn view(self, pixels: &[u8]) -> View {
        let (from, _) = pixels.as_chunks::<3>();
        let mut turned = Vec::with_capacity(pixels.len());
        for at in 0..SIDE * SIDE {
            let mut sum = [0.0_f32; 3];
            for (from, share) in self
                .sources(at)
                .into_iter()
                .filter_map(|(at, share)| from.get(at).zip(Some(share)))
            {
                for (sum, value) in sum.iter_mut().zip(from) {
                    *sum += share * f32::from(*value);
                }
            }
            turned.extend(sum.map(|value| value.round().clamp(0.0, 255.0) as u8));
        }
        View {
            pixels: turned,
            way: Way::Turned(self),
        }
    }

    /// The pixels of the frame that make the pixel `at` of the view, with their shares, which sum to 1.
    fn sources(self, at: usize) -> [(usize, f32); 4] {
        let (row, column) = (at / SIDE, at % SIDE);
        let column = if self.mirrored {
            SIDE - 1 - column
        } else {
            column
        };
        // Turned counter-clockwise by a quarter: the view's (row, column) shows the frame's (column, side − 1 − row).
        let (row, column) =
            (0..self.quarters).fold((row, column), |(row, column), _| (column, SIDE - 1 - row));
        if !self.diagonal {
            return [(row * SIDE + column, 1.0), (0, 0.0), (0, 0.0), (0, 0.0)];
        }
        let centre = (SIDE - 1) as f32 / 2.0;
        let (x, y) = (column as f32 - centre, row as f32 - centre);
        let half = std::f32::consts::FRAC_1_SQRT_2;
        let last = (SIDE - 1) as f32;
        let (x, y) = (
            (centre + half * (x - y)).clamp(0.0, last),
            (centre + half * (x + y)).clamp(0.0, last),
        );
        let (left, top) = (x.floor(), y.floor());
        let (right_share, bottom_share) = (x - left, y - top);
        let (left, top) = (left as usize, top as usize);
        let (right, bottom) = ((left + 1).min(SIDE - 1), (top + 1).min(SIDE - 1));
        [
            (
                top * SIDE + left,
                (1.0 - right_share) * (1.0 - bottom_share),
            ),
            (top * SIDE + right, right_share * (1.0 - bottom_share)),
            (bottom * SIDE + left, (1.0 - right_share) * bottom_share),
            (bottom * SIDE + right, right_share * bottom_share),
        ]
    }
}
