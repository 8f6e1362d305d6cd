//! Batch norm, folded into the convolution before it (inference).

/// Batch norm of one layer with its running statistics, one value a channel.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchNorm {
    /// Scale (γ).
    pub weight: Vec<f32>,
    /// Shift (β).
    pub bias: Vec<f32>,
    /// Running mean.
    pub mean: Vec<f32>,
    /// Running variance, not negative.
    pub var: Vec<f32>,
    /// Added to the variance: 0.001 in torchvision's Inception-v3, PyTorch's default of 1e-5 in its residual networks.
    pub eps: f64,
}

impl BatchNorm {
    /// Scales a convolution's weights (output channel first, row-major) by γ/√(var + ε) and gives its bias,
    /// β − mean·γ/√(var + ε). In double precision up to the last rounding.
    pub fn fold_into(&self, weight: &mut [f32]) -> Vec<f32> {
        let scales = self.scales();
        let row = (weight.len() / scales.len().max(1)).max(1);
        for (row, scale) in weight.chunks_exact_mut(row).zip(&scales) {
            for value in row {
                *value = (f64::from(*value) * scale) as f32;
            }
        }
        let biases = self.biases(&scales);
        biases.map(|value| value as f32).collect()
    }

    /// The same weights and biases without the last rounding.
    pub(crate) fn folded_double(&self, weight: &[f32]) -> (Vec<f64>, Vec<f64>) {
        let scales = self.scales();
        let row = (weight.len() / scales.len().max(1)).max(1);
        let folded = (weight.chunks_exact(row).zip(&scales))
            .flat_map(|(row, scale)| row.iter().map(move |value| f64::from(*value) * scale));
        (folded.collect(), self.biases(&scales).collect())
    }

    /// γ/√(var + ε).
    fn scales(&self) -> Vec<f64> {
        (self.weight.iter().zip(&self.var))
            .map(|(&weight, &var)| f64::from(weight) / (f64::from(var) + self.eps).sqrt())
            .collect()
    }

    fn biases(&self, scales: &[f64]) -> impl Iterator<Item = f64> {
        let all = (self.bias.iter().zip(&self.mean)).zip(scales);
        all.map(|((&bias, &mean), scale)| f64::from(bias) - f64::from(mean) * scale)
    }
}
