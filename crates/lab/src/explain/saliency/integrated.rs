//! Integrated gradients, with as many steps as completeness needs.
//!
//! Completeness: the attributions sum to the score of the frame less that of a frame of the mean colour. How far they are from it is a
//! sign of how good the integral is: a necessary one, not a sufficient one. The gradient jumps along the way, so the error falls slowly; each
//! attempt begins anew, so that its map is the one that Captum makes with as many steps.

use flipscope_language::text;
use std::sync::Arc;

use flipscope_image::lesion::Frame;
use flipscope_model::{Change, Probe};

use super::super::error::ExplainError;
use super::super::map::{Method, Quantity};
use super::super::network::ProbedNetwork;
use super::super::progress::Watch;
use super::legendre::points;
use super::{Attributions, probed, summed};

/// The parameters of integrated gradients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Integrated {
    /// Points on the way, 1 to 10,000.
    pub steps: usize,
    /// If completeness is not within 1 %, half as many again are tried, up to so many.
    pub at_most: usize,
}

/// 50, as Captum's, and up to 850.
impl Default for Integrated {
    fn default() -> Self {
        Self {
            steps: 50,
            at_most: 850,
        }
    }
}

/// How far the sum of the attributions may be from the difference of the scores, as a share of it.
const TOLERANCE: f64 = 0.01;

impl Integrated {
    /// The attributions.
    ///
    /// # Errors
    /// If a parameter is out of range, the network fails, or it is cancelled.
    pub fn attributions(
        &self,
        network: &dyn ProbedNetwork,
        frame: &Arc<Frame>,
        quantity: &Quantity,
        watch: &mut Watch<'_>,
    ) -> Result<Attributions, ExplainError> {
        if !(1..=10_000).contains(&self.steps) {
            return Err(ExplainError::Parameter {
                parameter: text!("explain-steps-2"),
                reason: text!("explain-give-1-10-000").to_owned(),
            });
        }
        let scaled = |share: f32| Probe {
            frame: Arc::clone(frame),
            change: Change::Scaled(share),
        };
        let unchanged = probed(
            network,
            Probe {
                frame: Arc::clone(frame),
                change: Change::Nothing,
            },
        )?;
        let score = |answer| f64::from(quantity.score.of(answer));
        let difference = score(&unchanged) - score(&probed(network, scaled(0.0))?);
        let x = network.normalised(frame);
        let mut steps = self.steps;
        loop {
            watch.expect(steps);
            let way = points(steps)
                .into_iter()
                .map(|(share, weight)| (scaled(share as f32), weight));
            let mean = summed(network, way, quantity, watch)?;
            let values: Vec<f32> = (mean.iter().zip(&x))
                .map(|(mean, x)| (mean * f64::from(*x)) as f32)
                .collect();
            let sum = values.iter().map(|&value| f64::from(value)).sum::<f64>();
            let complete = (sum - difference).abs() <= TOLERANCE * difference.abs();
            let more = steps + steps.div_ceil(2);
            if complete || more > self.at_most {
                return Ok(Attributions {
                    values,
                    method: Method::Integrated {
                        steps,
                        sum,
                        difference,
                    },
                    quantity: quantity.clone(),
                    frame: unchanged,
                });
            }
            steps = more;
        }
    }
}
