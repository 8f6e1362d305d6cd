//! Grad-CAM (Selvaraju et al. 2017, arXiv 1610.02391) at the last block before the pooling: `Mixed_7c` of Inception-v3, 8 × 8.
//!
//! The weight of a channel is the mean gradient of the score over its pixels. Between that block and the logits there are only the mean
//! over the pixels and a linear layer, so the gradient is the same at every pixel, and no backward pass is needed. The map is
//! max(0, Σ weight · channel): of a class that nothing speaks for, it is zero everywhere.

use std::sync::Arc;

use flipscope_image::lesion::Frame;

use super::error::ExplainError;
use super::map::{Axis, Map, Method, Quantity};
use super::network::ProbedNetwork;
use super::progress::Watch;

/// The map: a row for each row of the block's pixels, from the top.
///
/// # Errors
/// If the network fails, or it is cancelled.
pub fn map(
    network: &dyn ProbedNetwork,
    frame: &Arc<Frame>,
    quantity: &Quantity,
    watch: &mut Watch<'_>,
) -> Result<Map, ExplainError> {
    watch.expect(1);
    watch.check()?;
    let block = network.last_block(frame, &quantity.score)?;
    watch.judged(1)?;
    let pixels = block.values.chunks_exact(block.channels.max(1));
    let values = pixels.map(|channels| {
        let products = (channels.iter().zip(&block.by_value))
            .map(|(value, weight)| f64::from(*value) * f64::from(*weight));
        products.sum::<f64>().max(0.0) as f32
    });
    Ok(Map {
        method: Method::Gradcam {
            block: block.name.to_owned(),
        },
        quantity: quantity.clone(),
        columns: Axis::counted("column", 0..block.columns),
        rows: Axis::counted("row", 0..block.rows),
        values: values.collect(),
        base: quantity.score.of(&block.probed),
        verdict: block.probed.verdict,
    })
}
