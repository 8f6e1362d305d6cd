//! The form for the next map.

use serde::{Deserialize, Serialize};

use flipscope_lab::explain::occlusion::Occlusion;
use flipscope_lab::explain::request::{MapMethod, MapRequest, ScoreKind};
use flipscope_lab::explain::saliency::{Integrated, SmoothGrad};

/// How a map is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MethodChoice {
    /// A square of the mean colour over each place.
    #[default]
    Occlusion,
    /// Gradient × input.
    Gradient,
    /// The mean gradient of noisy copies.
    Smoothgrad,
    /// Integrated gradients.
    Integrated,
    /// Grad-CAM at the last block.
    Gradcam,
}

impl MethodChoice {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 5] = [
        Self::Occlusion,
        Self::Gradient,
        Self::Smoothgrad,
        Self::Integrated,
        Self::Gradcam,
    ];

    /// The name of its files.
    pub(crate) fn file_name(self) -> &'static str {
        match self {
            Self::Occlusion => "occlusion",
            Self::Gradient => "gradient",
            Self::Smoothgrad => "smoothgrad",
            Self::Integrated => "integrated",
            Self::Gradcam => "gradcam",
        }
    }
}

/// The form for the next map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// How it is made.
    pub method: MethodChoice,
    /// The squares of an occlusion.
    pub occlusion: Occlusion,
    /// The noise of `SmoothGrad`.
    pub smooth: SmoothGrad,
    /// The steps of integrated gradients.
    pub integrated: Integrated,
    /// The class that the map is about; melanoma if none is named.
    pub class: Option<String>,
    /// Of a gradient: logit or probability.
    pub score: ScoreKind,
    /// Whether the unaltered picture has a map too, if the sliders alter it.
    pub both: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            method: MethodChoice::default(),
            occlusion: Occlusion::default(),
            smooth: SmoothGrad::default(),
            integrated: Integrated::default(),
            class: None,
            score: ScoreKind::default(),
            both: true,
        }
    }
}

impl Settings {
    /// The map that it asks for.
    pub fn request(&self) -> MapRequest {
        let method = match self.method {
            MethodChoice::Occlusion => MapMethod::Occlusion(self.occlusion),
            MethodChoice::Gradient => MapMethod::Gradient,
            MethodChoice::Smoothgrad => MapMethod::Smoothgrad(self.smooth),
            MethodChoice::Integrated => MapMethod::Integrated(self.integrated),
            MethodChoice::Gradcam => MapMethod::Gradcam,
        };
        MapRequest {
            method,
            class: self.class.clone(),
            score: self.score,
        }
    }
}
