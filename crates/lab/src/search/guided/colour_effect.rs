//! Where a change of colour lies: by what it does to a frame, not by the numbers that make it.
//!
//! For each channel, how much the values of all pixels change on average, and how much more the bright ones change than the dark ones,
//! both in levels of 8 bits. So whatever makes them, gain, offset or lamp, alike changes are near one another, and the steps of 8 bits, of
//! which the numbers know nothing, are seen.

use super::gaussian_process::Place;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Perturbation, colour_tables};

/// The values of a frame.
pub(super) struct Places(Vec<Channel>);

/// One channel: the values that occur, and their shares.
struct Channel {
    shares: Vec<(u8, f64)>,
    mean: f64,
    deviation: f64,
}

impl Places {
    pub(super) fn new(frame: &Frame) -> Self {
        let mut counts = [[0_u32; 256]; 3];
        let (pixels, _) = frame.pixels().as_chunks::<3>();
        for pixel in pixels {
            for (counts, &value) in counts.iter_mut().zip(pixel) {
                if let Some(count) = counts.get_mut(usize::from(value)) {
                    *count += 1;
                }
            }
        }
        let whole = pixels.len().max(1) as f64;
        let channel = |counts: &[u32; 256]| {
            let shares: Vec<(u8, f64)> = ((0_u8..=255).zip(counts))
                .filter(|&(_, &count)| count > 0)
                .map(|(value, &count)| (value, f64::from(count) / whole))
                .collect();
            let sum = |of: &dyn Fn(f64) -> f64| -> f64 {
                (shares.iter())
                    .map(|&(value, share)| share * of(f64::from(value)))
                    .sum()
            };
            let mean = sum(&|value| value);
            let variance = sum(&|value| (value - mean).powi(2));
            Channel {
                deviation: variance.sqrt().max(1.0),
                mean,
                shares,
            }
        };
        Self(counts.iter().map(channel).collect())
    }

    /// Where a change lies.
    pub(super) fn of(&self, p: &Perturbation) -> Place {
        let mut place = [0.0; 6];
        let (coordinates, _) = place.as_chunks_mut::<2>();
        for ((channel, table), [level, tilt]) in
            (self.0.iter().zip(colour_tables(p))).zip(coordinates)
        {
            for &(value, share) in &channel.shares {
                let from = f64::from(value);
                let to = table.get(usize::from(value)).copied().unwrap_or(value);
                let change = share * (f64::from(to) - from);
                *level += change;
                *tilt += change * (from - channel.mean) / channel.deviation;
            }
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_mean_change_and_that_of_bright_against_dark() {
        let bytes = (0..Frame::BYTES).map(|at| if at / 3 % 2 == 0 { 100 } else { 200 });
        let places = Places::new(&Frame::from_rgb(bytes.collect()).unwrap());
        let change = |gain, offset| {
            places.of(&Perturbation {
                gain: [gain, 1.0, 1.0],
                offset: [offset, 0.0, 0.0],
                ..Perturbation::default()
            })
        };
        let near = |a: Place, b: [f64; 2]| {
            (a[0] - b[0]).abs() < 0.01 && (a[1] - b[1]).abs() < 0.01 && a[2..] == [0.0; 4]
        };
        assert!(near(change(1.0, 4.0), [4.0, 0.0]));
        assert!(near(change(1.1, 0.0), [15.0, 5.0]));
        // Just below 1 every value is a level lower.
        assert!(near(change(0.9999, 0.0), [-1.0, 0.0]));
    }
}
