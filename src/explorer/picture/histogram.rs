//! How many pixels of a frame have each value, by channel.

use flipscope_image::lesion::Frame;

/// Counts for the values 0 to 255 of one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel(pub [u32; 256]);

impl Channel {
    /// Mean value; none of an empty one.
    pub fn mean(&self) -> Option<f64> {
        let (mut count, mut sum) = (0_u64, 0_u64);
        for (value, n) in (0_u64..).zip(self.0) {
            count += u64::from(n);
            sum += value * u64::from(n);
        }
        (count > 0).then(|| sum as f64 / count as f64)
    }

    /// The largest count between the ends: black corners and clipped highlights would make all others invisible.
    pub fn most(&self) -> u32 {
        let inner = self.0.get(1..255).unwrap_or_default();
        inner.iter().copied().max().unwrap_or(0)
    }
}

/// The channels red, green and blue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Histogram(pub [Channel; 3]);

impl Histogram {
    /// Counts the pixels of a frame.
    pub fn of(frame: &Frame) -> Self {
        let mut counts = [[0_u32; 256]; 3];
        let (pixels, _) = frame.pixels().as_chunks::<3>();
        for pixel in pixels {
            for (channel, &value) in counts.iter_mut().zip(pixel) {
                if let Some(count) = channel.get_mut(usize::from(value)) {
                    *count += 1;
                }
            }
        }
        Self(counts.map(Channel))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_is_counted_once_in_each_channel() {
        let pixels = (0..Frame::SIDE * Frame::SIDE).flat_map(|at| {
            let at = at % 256;
            [at as u8, 7, (at / 2) as u8]
        });
        let frame = Frame::from_rgb(pixels.collect()).unwrap();
        let Histogram([red, green, blue]) = Histogram::of(&frame);
        let all = Frame::SIDE * Frame::SIDE;
        for channel in [&red, &green, &blue] {
            assert_eq!(channel.0.iter().sum::<u32>(), all);
        }
        assert_eq!(green.0[7], all);
        assert_eq!(green.mean(), Some(7.0));
        assert_eq!(green.most(), all);
        assert!(
            red.0
                .iter()
                .all(|n| (all / 256..=all / 256 + 1).contains(n))
        );
        assert_eq!(blue.0[128], 0);
        assert!((blue.mean().unwrap() - 63.5).abs() < 0.1);
    }

    #[test]
    fn ends_do_not_set_the_scale() {
        let mut counts = [0; 256];
        (counts[0], counts[100], counts[255]) = (80_000, 40, 900);
        assert_eq!(Channel(counts).most(), 40);
        assert_eq!(Channel([0; 256]).mean(), None);
    }
}
