//! Frames to the normalised input of a network, with PyTorch's arithmetic in f32.

use candle_core::{Device, Result, Tensor};

use crate::lesion::Frame;

/// What becomes of each value of each channel: 256 floats a channel.
pub(super) struct Normalisation {
    tables: [[f32; 256]; 3],
}

/// Mean and standard deviation of ImageNet's channels, as `transform_input` writes them into its formula.
const IMAGENET: [(f64, f64); 3] = [(0.485, 0.229), (0.456, 0.224), (0.406, 0.225)];

impl Normalisation {
    /// `ToTensor` (v / 255), `Normalize` ((x − mean) / std), then, if asked for, torchvision's `transform_input`
    /// (x · std₁ / 0.5 + (mean₁ − 0.5) / 0.5 with ImageNet's mean₁ and std₁), each step rounded to f32.
    pub(super) fn new(mean: [f32; 3], std: [f32; 3], transform_input: bool) -> Self {
        let mut tables = [[0.0; 256]; 3];
        for ((table, (mean, std)), (mean1, std1)) in tables
            .iter_mut()
            .zip(mean.into_iter().zip(std))
            .zip(IMAGENET)
        {
            for (byte, value) in (0_u8..=255).zip(table) {
                *value = (f32::from(byte) / 255.0 - mean) / std;
                if transform_input {
                    *value = *value * ((std1 / 0.5) as f32) + ((mean1 - 0.5) / 0.5) as f32;
                }
            }
        }
        Self { tables }
    }

    /// A batch `[n, 3, 299, 299]`.
    pub(super) fn batch(&self, frames: &[Frame], device: &Device) -> Result<Tensor> {
        let side = Frame::SIDE as usize;
        let mut values = Vec::with_capacity(frames.len() * Frame::BYTES);
        for frame in frames {
            for (channel, table) in self.tables.iter().enumerate() {
                let bytes = frame.pixels().iter().skip(channel).step_by(3);
                values.extend(
                    bytes.map(|&byte| table.get(usize::from(byte)).copied().unwrap_or(0.0)),
                );
            }
        }
        Tensor::from_vec(values, (frames.len(), 3, side, side), device)
    }
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
    fn channels_are_taken_apart() {
        let pixels = (0..Frame::BYTES)
            .map(|n| (n % 251) as u8)
            .collect::<Vec<_>>();
        let frame = Frame::from_rgb(pixels.clone()).unwrap();
        let normalisation = Normalisation::new([0.0; 3], [1.0; 3], false);
        let batch = normalisation
            .batch(&[frame.clone(), frame], &Device::Cpu)
            .unwrap();
        let values = batch.flatten_all().unwrap().to_vec1::<f32>().unwrap();
        let plane = Frame::BYTES / 3;
        for (n, byte) in pixels.iter().enumerate() {
            let at = (n % 3) * plane + n / 3;
            assert_eq!(values[at], f32::from(*byte) / 255.0);
            assert_eq!(values[Frame::BYTES + at], f32::from(*byte) / 255.0);
        }
    }
}
