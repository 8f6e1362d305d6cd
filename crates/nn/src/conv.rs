//! What a convolution is, with and without its weights, and the linear layer at the end.

use super::norm::BatchNorm;

/// What a convolution is: where its weights lie in a checkpoint, its geometry, and whether a ReLU follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvSpec {
    /// Name in the state dict, e.g. `Mixed_5b.branch1x1` or `layer1.0.conv1`.
    pub name: String,
    /// Where the tensors of its batch norm are.
    pub norm: NormName,
    /// Channels in.
    pub c_in: usize,
    /// Channels out.
    pub c_out: usize,
    /// Kernel, `[rows, columns]`.
    pub kernel: [usize; 2],
    /// Stride, the same along both axes.
    pub stride: usize,
    /// Zeros around the input, `[rows, columns]`, on both sides of each axis.
    pub padding: [usize; 2],
    /// Whether a ReLU follows its batch norm.
    pub relu: bool,
}

/// How a convolution and its batch norm are called in a state dict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NormName {
    /// Both inside a module of the convolution's name: `NAME.conv.weight`, `NAME.bn.weight` and so on.
    Inside,
    /// The norm is a module of its own, of this name: `conv1.weight`, `bn1.weight` and so on.
    Separate(String),
}

impl ConvSpec {
    /// Name of the tensor of its weights.
    #[must_use]
    pub fn weight_name(&self) -> String {
        match &self.norm {
            NormName::Inside => format!("{}.conv.weight", self.name),
            NormName::Separate(_) => format!("{}.weight", self.name),
        }
    }

    /// Name of a tensor of its batch norm: `weight`, `bias`, `running_mean` or `running_var`.
    #[must_use]
    pub fn norm_name(&self, part: &str) -> String {
        format!("{}.{part}", self.norm_prefix())
    }

    /// What the names of its batch norm's tensors begin with, e.g. `Mixed_5b.branch1x1.bn` or `layer1.0.bn1`.
    #[must_use]
    pub fn norm_prefix(&self) -> String {
        match &self.norm {
            NormName::Inside => format!("{}.bn", self.name),
            NormName::Separate(norm) => norm.clone(),
        }
    }

    /// Shape of the weights: `[c_out, c_in, rows, columns]`.
    #[must_use]
    pub fn weight_shape(&self) -> [usize; 4] {
        let [rows, columns] = self.kernel;
        [self.c_out, self.c_in, rows, columns]
    }
}

/// Values that do not fit the layer that they are given to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{layer} takes {expected} values and was given {given}")]
pub struct LayerError {
    /// The layer.
    pub layer: String,
    /// Values that it takes.
    pub expected: usize,
    /// Values that it was given.
    pub given: usize,
}

impl LayerError {
    pub(crate) fn check(layer: &str, expected: usize, given: usize) -> Result<(), Self> {
        if expected == given {
            return Ok(());
        }
        Err(Self {
            layer: layer.to_owned(),
            expected,
            given,
        })
    }
}

/// A convolution with its weights, its bias, and its ReLU where it has one.
#[derive(Clone, Debug, PartialEq)]
pub struct Conv {
    /// Channels in.
    pub c_in: usize,
    /// Channels out.
    pub c_out: usize,
    /// Kernel, `[rows, columns]`.
    pub kernel: [usize; 2],
    /// Stride, the same along both axes.
    pub stride: usize,
    /// Zeros around the input, `[rows, columns]`, on both sides of each axis.
    pub padding: [usize; 2],
    /// `[c_out, c_in, rows, columns]`, row-major; a batch norm is folded in.
    pub weight: Vec<f32>,
    /// `[c_out]`.
    pub bias: Vec<f32>,
    /// Whether negative results become 0.
    pub relu: bool,
}

impl Conv {
    /// A convolution with its weights (`[c_out, c_in, rows, columns]`, row-major), the batch norm that follows it, folded in,
    /// and its ReLU where it has one.
    ///
    /// # Errors
    /// If the numbers of weights and channels do not fit the spec.
    pub fn folded(
        spec: &ConvSpec,
        mut weight: Vec<f32>,
        norm: &BatchNorm,
    ) -> Result<Self, LayerError> {
        LayerError::check(
            &spec.name,
            spec.weight_shape().iter().product(),
            weight.len(),
        )?;
        let bias = norm.fold_into(&mut weight);
        LayerError::check(&spec.name, spec.c_out, bias.len())?;
        Ok(Self {
            c_in: spec.c_in,
            c_out: spec.c_out,
            kernel: spec.kernel,
            stride: spec.stride,
            padding: spec.padding,
            weight,
            bias,
            relu: spec.relu,
        })
    }
}

/// Rows and columns of a convolution's output, if the padded input holds one kernel at least and the stride moves.
pub(crate) fn output_size(
    kernel: [usize; 2],
    stride: usize,
    padding: [usize; 2],
    [rows, columns]: [usize; 2],
) -> Option<[usize; 2]> {
    let ([kernel_rows, kernel_columns], [pad_rows, pad_columns]) = (kernel, padding);
    let along = |side: usize, kernel: usize, padding: usize| {
        Some(
            (side + 2 * padding)
                .checked_sub(kernel)?
                .checked_div(stride)?
                + 1,
        )
    };
    Some([
        along(rows, kernel_rows, pad_rows)?,
        along(columns, kernel_columns, pad_columns)?,
    ])
}

/// A linear layer: `x · weightᵀ + bias`.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    /// `[classes][features]`.
    weight: Vec<f32>,
    /// `[classes]`.
    bias: Vec<f32>,
}

impl Linear {
    /// A layer from its weights (`[classes, features]`, row-major) and its bias.
    ///
    /// # Errors
    /// If the numbers do not fit each other.
    pub fn new(weight: Vec<f32>, bias: Vec<f32>) -> Result<Self, LayerError> {
        let features = weight.len() / bias.len().max(1);
        LayerError::check("the linear layer", features * bias.len(), weight.len())?;
        Ok(Self { weight, bias })
    }

    /// Features that it takes.
    #[must_use]
    pub fn features(&self) -> usize {
        self.weight.len() / self.bias.len().max(1)
    }

    /// One logit a class. The sums are made in the order of the features, so that a frame's logits do not depend on what it
    /// was judged together with.
    #[must_use]
    pub fn forward(&self, features: &[f32]) -> Vec<f32> {
        let features: Vec<f64> = features.iter().copied().map(f64::from).collect();
        let logits = self.forward_double(&features).into_iter();
        logits.map(|logit| logit as f32).collect()
    }

    /// The same without rounding features or logits to f32.
    #[must_use]
    pub(crate) fn forward_double(&self, features: &[f64]) -> Vec<f64> {
        let rows = self.weight.chunks_exact(self.features().max(1));
        self.bias
            .iter()
            .zip(rows)
            .map(|(bias, row)| {
                let products = row.iter().zip(features).map(|(w, x)| f64::from(*w) * x);
                f64::from(*bias) + products.sum::<f64>()
            })
            .collect()
    }

    /// The derivative by each feature of a function of which the derivative by each logit is given.
    #[must_use]
    pub fn backward(&self, by_logit: &[f32]) -> Vec<f32> {
        let mut by_feature = vec![0.0; self.features()];
        for (by_logit, row) in by_logit
            .iter()
            .zip(self.weight.chunks_exact(self.features().max(1)))
        {
            for (by_feature, w) in by_feature.iter_mut().zip(row) {
                *by_feature += by_logit * w;
            }
        }
        by_feature
    }
    /// The same in f64.
    #[must_use]
    pub(crate) fn backward_double(&self, by_logit: &[f64]) -> Vec<f64> {
        let mut by_feature = vec![0.0; self.features()];
        let rows = self.weight.chunks_exact(self.features().max(1));
        for (by_logit, row) in by_logit.iter().zip(rows) {
            for (by_feature, w) in by_feature.iter_mut().zip(row) {
                *by_feature += by_logit * f64::from(*w);
            }
        }
        by_feature
    }
}
