//! Summary statistics of the output of one block of a network.

use super::network::Output;

/// Mean and standard deviation of the output of one block of the network, to compare with another implementation.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockOutput {
    /// The block's name, as torchvision's.
    pub name: String,
    /// Batch, channels, rows, columns; batch and features after the last pooling.
    pub shape: Vec<usize>,
    /// Mean of all values.
    pub mean: f64,
    /// Standard deviation of all values (n − 1 in the denominator, as PyTorch's).
    pub std: f64,
}

/// Over all values of a block.
pub(crate) fn statistics(output: Output) -> BlockOutput {
    let count = output.values.len() as f64;
    let mean = output
        .values
        .iter()
        .map(|&value| f64::from(value))
        .sum::<f64>()
        / count;
    let squares: f64 = output
        .values
        .iter()
        .map(|&value| (f64::from(value) - mean).powi(2))
        .sum();
    BlockOutput {
        name: output.name.to_owned(),
        shape: output.shape,
        mean,
        std: (squares / (count - 1.0)).sqrt(),
    }
}
