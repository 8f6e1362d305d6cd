//! A map as it is kept from one run to the next: all but what can be drawn from it again.

use serde::{Deserialize, Serialize};

use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::Map;
use flipscope_lab::explain::check::{Comparison, Curves};
use flipscope_lab::explain::figure::Caption;

use crate::explorer::explain::settings::Settings;
use crate::explorer::model::ModelIdentity;
use crate::explorer::shared::Shared;

/// A map of a lesion, which is named by its identifier or by its place in a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record<L> {
    /// Of which lesion.
    pub lesion: L,
    /// Its frame, by hash.
    pub frame_sha256: String,
    /// By which model.
    pub model: ModelIdentity,
    /// How it was made.
    pub settings: Settings,
    /// What the sliders said.
    pub perturbation: Shared<Perturbation>,
    /// What a figure says about lesion and model.
    pub caption: Caption,
    /// The maps: of the altered frame last.
    pub maps: Vec<Shared<Map>>,
    /// The curves, if they were drawn.
    pub curves: Option<Curves>,
    /// The comparison with random weights, if it was made.
    pub random: Option<Comparison>,
}

impl<L> Record<L> {
    /// The same with the lesion named in another way.
    pub fn of<M>(self, lesion: M) -> Record<M> {
        Record {
            lesion,
            frame_sha256: self.frame_sha256,
            model: self.model,
            settings: self.settings,
            perturbation: self.perturbation,
            caption: self.caption,
            maps: self.maps,
            curves: self.curves,
            random: self.random,
        }
    }
}
