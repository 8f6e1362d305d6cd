//! A convolution whose weights are borrowed: its geometry, and a view of its weights.

use crate::Conv;
use crate::conv::output_size;
use crate::lowering::ShapeError;

/// A convolution whose weights lie elsewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConvView<'a> {
    pub(crate) c_in: usize,
    pub(crate) c_out: usize,
    pub(crate) kernel: [usize; 2],
    pub(crate) stride: usize,
    pub(crate) padding: [usize; 2],
    /// `[c_out][c_in][row][column]`.
    pub(crate) weight: &'a [f32],
    /// `[c_out]`.
    pub(crate) bias: &'a [f32],
    pub(crate) relu: bool,
}

impl Conv {
    /// The same without owning the weights.
    pub(crate) fn view(&self) -> ConvView<'_> {
        ConvView {
            c_in: self.c_in,
            c_out: self.c_out,
            kernel: self.kernel,
            stride: self.stride,
            padding: self.padding,
            weight: &self.weight,
            bias: &self.bias,
            relu: self.relu,
        }
    }
}

impl ConvView<'_> {
    /// Rows and columns of the output.
    ///
    /// # Errors
    /// If the numbers of weights and channels do not fit each other, or the padded input holds no kernel.
    pub(crate) fn output(&self, rows: usize, columns: usize) -> Result<[usize; 2], ShapeError> {
        let [kernel_rows, kernel_columns] = self.kernel;
        let weights = self.c_out * self.c_in * kernel_rows * kernel_columns;
        if self.weight.len() != weights || self.bias.len() != self.c_out || weights == 0 {
            return Err(ShapeError(format!(
                "a convolution from {} to {} channels over {kernel_rows} × {kernel_columns} has {} weights and {} biases",
                self.c_in,
                self.c_out,
                self.weight.len(),
                self.bias.len()
            )));
        }
        output_size(self.kernel, self.stride, self.padding, [rows, columns]).ok_or_else(|| {
            ShapeError(format!(
                "a kernel of {kernel_rows} × {kernel_columns} does not fit into {rows} × {columns} pixels"
            ))
        })
    }

    /// One weight.
    pub(crate) fn at(&self, out: usize, channel: usize, row: usize, column: usize) -> f32 {
        let [rows, columns] = self.kernel;
        let at = ((out * self.c_in + channel) * rows + row) * columns + column;
        self.weight.get(at).copied().unwrap_or(0.0)
    }
}
