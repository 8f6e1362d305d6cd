//! The auxiliary head while a network learns: its forward pass, and its gradients.

use candle_core::backprop::GradStore;
use candle_core::{Tensor, Var};

use super::heads::AuxiliaryHead;
use flipscope_nn::ForwardCache;
use flipscope_nn::ops::{
    Pooling, avg_pool, global_avg_pool, global_avg_pool_backward, pool_backward,
};

/// The pooling before the auxiliary head's convolutions.
const AUXILIARY_POOL: Pooling = Pooling {
    kernel: 5,
    stride: 3,
    padding: 0,
};

/// What the auxiliary head's backward pass needs.
pub(super) struct AuxiliaryTrace {
    x: Tensor,
    pooled: Tensor,
    convs: ForwardCache,
    y: Tensor,
    pub(super) features: Var,
}

impl AuxiliaryHead {
    pub(super) fn forward(&self, x: &Tensor) -> candle_core::Result<AuxiliaryTrace> {
        let pooled = avg_pool(x, AUXILIARY_POOL)?;
        let (y, convs) = self.convs.forward(&pooled)?;
        Ok(AuxiliaryTrace {
            features: Var::from_tensor(&global_avg_pool(&y, self.head.features)?)?,
            x: x.clone(),
            pooled,
            convs,
            y,
        })
    }

    /// The gradient of the block's output.
    pub(super) fn backward(
        &self,
        one: AuxiliaryTrace,
        store: &mut GradStore,
    ) -> candle_core::Result<Tensor> {
        let dy = global_avg_pool_backward(&one.y, &taken(store, &one.features)?)?;
        let d_pooled = self.convs.backward(one.convs, &dy, true, store)?;
        let d_pooled = d_pooled.ok_or_else(no_gradient)?;
        pool_backward(&one.x, &one.pooled, &d_pooled, AUXILIARY_POOL, true)
    }
}

/// The gradient with respect to a head's features.
pub(super) fn taken(store: &mut GradStore, features: &Var) -> candle_core::Result<Tensor> {
    store.remove(features).ok_or_else(no_gradient)
}

fn no_gradient() -> candle_core::Error {
    candle_core::Error::Msg("a head has no gradient".to_owned())
}
