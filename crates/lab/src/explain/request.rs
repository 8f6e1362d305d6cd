//! Which map of the picture is wanted: the method with its parameters, and the number that the map is about.

use serde::{Deserialize, Serialize};

use std::sync::Arc;

use flipscope_image::lesion::Frame;
use flipscope_model::{Change, Probe};

use super::error::ExplainError;
use super::gradcam;
use super::map::{Map, Quantity};
use super::network::ProbedNetwork;
use super::occlusion::Occlusion;
use super::progress::Watch;
use super::saliency::{Integrated, SmoothGrad, gradient_times_input};

/// A method with its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MapMethod {
    /// A square over each place.
    Occlusion(Occlusion),
    /// The gradient times the normalised pixel.
    Gradient,
    /// The mean gradient of noisy copies.
    Smoothgrad(SmoothGrad),
    /// The mean gradient on the way from the mean colour.
    Integrated(Integrated),
    /// The last block's channels, weighted by their gradients.
    Gradcam,
}

/// The number that a map by gradients is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScoreKind {
    /// The logit of a class, before the softmax.
    #[default]
    Logit,
    /// Its probability.
    Probability,
}

/// A map that is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct MapRequest {
    /// How it is made.
    pub method: MapMethod,
    /// The class; by default melanoma.
    pub class: Option<String>,
    /// The number; occlusion knows the probability only.
    pub score: ScoreKind,
}

impl MapRequest {
    /// What the map is about. A logit without a named class is that of the melanoma class that the network finds most likely for
    /// this frame.
    ///
    /// # Errors
    /// If there is no such class, or the network fails.
    pub fn quantity(
        &self,
        network: &dyn ProbedNetwork,
        frame: &Arc<Frame>,
    ) -> Result<Quantity, ExplainError> {
        let class = self.class.as_deref();
        match (self.method, self.score) {
            (MapMethod::Occlusion(_), _) | (_, ScoreKind::Probability) => {
                Quantity::probability(network.info(), class)
            }
            (_, ScoreKind::Logit) => {
                let probe = Probe {
                    frame: Arc::clone(frame),
                    change: Change::Nothing,
                };
                let probed = network.probe(&[probe])?.pop();
                let probed = probed.ok_or(ExplainError::Cancelled)?;
                Quantity::logit(network.info(), class, &probed)
            }
        }
    }

    /// The map of a frame.
    ///
    /// # Errors
    /// If a parameter is out of range, the network fails, or it is cancelled.
    pub fn map(
        &self,
        network: &dyn ProbedNetwork,
        frame: &Arc<Frame>,
        quantity: &Quantity,
        watch: &mut Watch<'_>,
    ) -> Result<Map, ExplainError> {
        let attributions = match self.method {
            MapMethod::Occlusion(occlusion) => {
                return occlusion.map(network, frame, quantity, watch);
            }
            MapMethod::Gradcam => return gradcam::map(network, frame, quantity, watch),
            MapMethod::Gradient => gradient_times_input(network, frame, quantity, watch)?,
            MapMethod::Smoothgrad(smooth) => {
                smooth.attributions(network, frame, quantity, watch)?
            }
            MapMethod::Integrated(integrated) => {
                integrated.attributions(network, frame, quantity, watch)?
            }
        };
        Ok(attributions.map())
    }
}
