//! The same forward pass in fewer operations.
//!
//! - `pool_later`: average pooling after the 1 × 1 convolution that reads it
//! - `merge`: 1 × 1 convolutions that read the same, as one

mod merge;
mod pool_later;

use super::Lowered;

impl Lowered {
    /// These steps, fewer or on fewer values where there is a way. They have no blocks, and are for no backward pass.
    pub(crate) fn in_fewer(&self) -> Self {
        let mut fewer = self.clone();
        fewer.blocks.clear();
        fewer.pool_later();
        fewer.merge();
        fewer
    }
}
