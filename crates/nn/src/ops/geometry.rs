//! Strides, padding and windows of the operations.

/// A convolution's geometry; its channels are those of its weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConvGeometry {
    /// Stride, the same along both axes.
    pub stride: usize,
    /// Zeros around the input, `[rows, columns]`, on both sides of each axis.
    pub padding: [usize; 2],
}

/// A square window that moves over an activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pooling {
    /// Rows and columns of the window.
    pub kernel: usize,
    /// Pixels from one window to the next.
    pub stride: usize,
    /// Pixels around the input, half a window at most.
    pub padding: usize,
}
