//! From frames to the normalised input of a network, with PyTorch's arithmetic in f32.

use super::candidate::Candidate;
use super::probe::Probe;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb;

/// Frames to judge.
#[derive(Clone, Copy)]
pub(crate) enum Pictures<'a> {
    /// Unaltered.
    Frames(&'a [Frame]),
    /// Described by their parameters, which are known to be valid.
    Candidates(&'a [Candidate]),
    /// Changed after the normalisation, to values that no picture has.
    Probes(&'a [Probe]),
}

/// Frames to judge together, with what is needed to make a network's input of them.
#[derive(Clone, Copy)]
pub(crate) struct Batch<'a> {
    pub(crate) pictures: Pictures<'a>,
    pub(crate) normalisation: &'a Normalisation,
}

impl Batch<'_> {
    pub(crate) fn len(&self) -> usize {
        match self.pictures {
            Pictures::Frames(frames) => frames.len(),
            Pictures::Candidates(candidates) => candidates.len(),
            Pictures::Probes(probes) => probes.len(),
        }
    }

    /// Whether 8-bit pixels are all that there is to say: what a card's own rendering needs.
    #[cfg_attr(
        not(feature = "cudnn"),
        expect(dead_code, reason = "other devices take any values")
    )]
    pub(crate) fn is_of_bytes(&self) -> bool {
        !matches!(self.pictures, Pictures::Probes(_))
    }

    /// Writes the normalised pixels of one of them, `[row][column][channel]`.
    pub(crate) fn write(&self, at: usize, pixels: &mut [f32]) {
        match self.pictures {
            Pictures::Frames(frames) => {
                if let Some(frame) = frames.get(at) {
                    self.normalisation.write(frame, pixels);
                }
            }
            Pictures::Candidates(candidates) => {
                if let Some(one) = candidates.get(at) {
                    let frame = perturb::render(&one.frame, &one.perturbation);
                    self.normalisation.write(&frame, pixels);
                }
            }
            Pictures::Probes(probes) => {
                if let Some(probe) = probes.get(at) {
                    self.normalisation.normalise(&probe.frame, pixels);
                    probe.change.apply(pixels);
                    self.normalisation.transform(pixels);
                }
            }
        }
    }
}

/// What each value of each channel becomes: 256 floats per channel.
pub(crate) struct Normalisation {
    tables: [[f32; 256]; 3],
    mean: [f32; 3],
    std: [f32; 3],
    /// Factor and summand of `transform_input` for each channel, if it is applied.
    transform: Option<[(f64, f64); 3]>,
}

/// Mean and standard deviation of ImageNet's channels, as `transform_input` writes them into its formula.
const IMAGENET: [(f64, f64); 3] = [(0.485, 0.229), (0.456, 0.224), (0.406, 0.225)];

impl Normalisation {
    /// `ToTensor` (v / 255), `Normalize` ((x − mean) / std), then, if asked for, torchvision's `transform_input`
    /// (x · std₁ / 0.5 + (mean₁ − 0.5) / 0.5 with ImageNet's mean₁ and std₁), each step rounded to f32.
    pub(crate) fn new(mean: [f32; 3], std: [f32; 3], transform_input: bool) -> Self {
        let transform =
            transform_input.then(|| IMAGENET.map(|(mean, std)| (std / 0.5, (mean - 0.5) / 0.5)));
        let mut tables = [[0.0; 256]; 3];
        for (channel, table) in tables.iter_mut().enumerate() {
            let part = |values: [f32; 3]| values.get(channel).copied().unwrap_or_default();
            let (mean, std) = (part(mean), part(std));
            let transform = transform.as_ref().and_then(|all| all.get(channel));
            for (byte, value) in (0_u8..=255).zip(table) {
                *value = (f32::from(byte) / 255.0 - mean) / std;
                if let Some(&(factor, summand)) = transform {
                    *value = *value * factor as f32 + summand as f32;
                }
            }
        }
        Self {
            tables,
            mean,
            std,
            transform,
        }
    }

    /// Writes a frame's pixels after mean and standard deviation and before `transform_input`, `[row][column][channel]`.
    pub(crate) fn normalise(&self, frame: &Frame, to: &mut [f32]) {
        let ([m0, m1, m2], [s0, s1, s2]) = (self.mean, self.std);
        let one = |byte: u8, mean: f32, std: f32| (f32::from(byte) / 255.0 - mean) / std;
        let (pixels, _) = frame.pixels().as_chunks::<3>();
        let (to, _) = to.as_chunks_mut::<3>();
        for (to, [r, g, b]) in to.iter_mut().zip(pixels) {
            *to = [one(*r, m0, s0), one(*g, m1, s1), one(*b, m2, s2)];
        }
    }

    /// Applies `transform_input`, if the network has it, to what [`Self::normalise`] wrote.
    pub(crate) fn transform(&self, pixels: &mut [f32]) {
        let Some(channels) = &self.transform else {
            return;
        };
        let channels = channels.map(|(factor, summand)| (factor as f32, summand as f32));
        for pixel in pixels.chunks_exact_mut(channels.len()) {
            for (value, (factor, summand)) in pixel.iter_mut().zip(channels) {
                *value = *value * factor + summand;
            }
        }
    }

    /// Factor and summand of `transform_input` for each channel: 1 and 0 without it.
    pub(crate) fn transform_double(&self) -> [(f64, f64); 3] {
        self.transform.unwrap_or([(1.0, 0.0); 3])
    }

    /// How much the network's input changes with what [`Self::normalise`] writes, for each channel.
    pub(crate) fn transform_slopes(&self) -> [f32; 3] {
        self.transform_double().map(|(factor, _)| factor as f32)
    }

    /// Writes a frame's normalised pixels, `[row][column][channel]`.
    pub(crate) fn write(&self, frame: &Frame, to: &mut [f32]) {
        let [red, green, blue] = &self.tables;
        let (pixels, _) = frame.pixels().as_chunks::<3>();
        let (to, _) = to.as_chunks_mut::<3>();
        for (to, [r, g, b]) in to.iter_mut().zip(pixels) {
            *to = [at(red, *r), at(green, *g), at(blue, *b)];
        }
    }

    /// The tables of R, G and B, one after another.
    #[cfg(feature = "cudnn")]
    pub(crate) fn table(&self) -> &[f32] {
        self.tables.as_flattened()
    }

    /// How much one step of 1/255 changes the normalised value, for each channel.
    pub(crate) fn slopes(&self) -> [f32; 3] {
        self.tables
            .map(|table| (at(&table, 255) - at(&table, 0)) / 255.0)
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "a u8 is always inside a table of 256 entries: no check is compiled"
)]
fn at(table: &[f32; 256], byte: u8) -> f32 {
    table[usize::from(byte)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_pytorch() {
        // torch: (torch.tensor(byte) / 255 - mean) / std, then x * (0.229 / 0.5) + (0.485 - 0.5) / 0.5
        let plain = Normalisation::new([0.485, 0.456, 0.406], [0.229, 0.224, 0.225], false);
        assert_eq!(plain.tables[0][0], -2.117_904);
        assert_eq!(plain.tables[1][128], 0.205_182_2);
        let moved = Normalisation::new([0.485, 0.456, 0.406], [0.229, 0.224, 0.225], true);
        for table in moved.tables {
            for (byte, value) in (0_u8..=255).zip(table) {
                assert!((value - (f32::from(byte) / 127.5 - 1.0)).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn pixels_stay_in_their_order() {
        let pixels = (0..Frame::BYTES)
            .map(|n| (n % 251) as u8)
            .collect::<Vec<_>>();
        let frame = Frame::from_rgb(pixels.clone()).unwrap();
        let normalisation = Normalisation::new([0.0, 0.5, 0.0], [1.0, 1.0, 2.0], false);
        let mut values = vec![f32::NAN; Frame::BYTES];
        normalisation.write(&frame, &mut values);
        for (n, (value, byte)) in values.iter().zip(pixels).enumerate() {
            let share = f32::from(byte) / 255.0;
            assert_eq!(*value, [share, share - 0.5, share / 2.0][n % 3]);
        }
        assert_eq!(normalisation.slopes()[2], 0.5 / 255.0);
    }

    #[test]
    fn in_two_steps_the_values_have_the_same_bits() {
        let pixels = (0..Frame::BYTES)
            .map(|n| (n % 256) as u8)
            .collect::<Vec<_>>();
        let frame = Frame::from_rgb(pixels).unwrap();
        for transform in [false, true] {
            let (mean, std) = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);
            let normalisation = Normalisation::new(mean, std, transform);
            let (mut once, mut twice) = (vec![0.0; Frame::BYTES], vec![0.0; Frame::BYTES]);
            normalisation.write(&frame, &mut once);
            normalisation.normalise(&frame, &mut twice);
            assert_eq!(once == twice, !transform);
            normalisation.transform(&mut twice);
            assert_eq!(once, twice);
        }
    }
}
