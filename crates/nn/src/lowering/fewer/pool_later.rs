//! Average pooling after the 1 × 1 convolution that reads it, in place of before.
//!
//! Both are linear, and where the pooling counts its padding as zeros each pixel of the mean is the same sum of pixels divided by 9: so they
//! may change places, if the bias and the ReLU come after both. The mean is then over the channels that the convolution gives, which are
//! fewer. The sums are the same but for their order: the results differ by rounding.

use crate::lowering::{Filters, Layer, Lowered, Step};

impl Lowered {
    /// Changes their places wherever the convolution is all that reads the mean, and gives fewer channels than it takes.
    pub(super) fn pool_later(&mut self) {
        for at in 0..self.steps.len() {
            let Some((pool, reader)) = self.pooled_before(at) else {
                continue;
            };
            let Some(conv) = self.steps.get(reader).cloned() else {
                continue;
            };
            let Layer::Conv { index, relu, .. } = conv.layer else {
                continue;
            };
            // The mean's activation takes what the convolution gives: it has the same rows and columns.
            let (value, made) = (pool.output, self.channels_written(&conv));
            if let Some(shape) = self.activations.get_mut(value) {
                shape.parts = vec![made];
            }
            let convolve = Step {
                layer: Layer::Conv {
                    index: self.filters.len(),
                    padding: [0, 0],
                    relu: false,
                    pointwise: true,
                },
                parts: 0..1,
                ..pool
            };
            let mean = Step {
                layer: Layer::AvgPoolBias { index, relu },
                reads: 0..1,
                ..conv
            };
            for (place, step) in [(at, convolve), (reader, mean)] {
                if let Some(former) = self.steps.get_mut(place) {
                    *former = step;
                }
            }
            self.filters.push(Filters {
                of: vec![index],
                bare: true,
            });
        }
    }

    /// An average pooling at this step, and which step is the convolution that it may come after.
    fn pooled_before(&self, at: usize) -> Option<(Step, usize)> {
        let pool = self.steps.get(at)?;
        let value = pool.output;
        let mut touching =
            self.steps.iter().enumerate().filter(|(other, step)| {
                *other != at && (step.input == value || step.output == value)
            });
        let (reader, conv) = touching.next()?;
        let alone = touching.next().is_none() && value != self.output;
        let pointwise = matches!(
            conv.layer,
            Layer::Conv {
                pointwise: true,
                ..
            }
        );
        let fewer = self.channels_written(conv) < self.channels_written(pool);
        let fits = pool.layer == Layer::AvgPool && alone && pointwise && conv.input == value;
        (fits && reader > at && fewer).then(|| (pool.clone(), reader))
    }

    /// How many channels a step writes.
    fn channels_written(&self, step: &Step) -> usize {
        let shape = self.shape(step.output);
        shape.map_or(0, |shape| shape.channels_of(&step.parts).len())
    }
}
