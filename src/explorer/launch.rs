//! What the window starts with, and the state that follows from it.

use std::path::PathBuf;

use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_language::Language;
use flipscope_model::scheduler::PerModel;
use flipscope_model::{DeviceChoice, ModelSource, Overrides};

use crate::explorer::figures::state::Figures;
use crate::explorer::readers::state::ReaderStudies;
use crate::explorer::remembered::Remembered;
use crate::explorer::search::state::Searches;
use crate::explorer::session::state::{Keeping, Sessions, Stated};
use crate::explorer::state::State;
use crate::explorer::study::state::Studies;
use crate::explorer::summary::state::Summaries;

/// What the window starts with.
#[derive(Clone, Debug, Default)]
pub struct Launch {
    /// Files and folders to open.
    pub paths: Vec<PathBuf>,
    /// The model.
    pub model: ModelSource,
    /// What flags state about a checkpoint that does not state it itself.
    pub overrides: Overrides,
    /// The device.
    pub device: DeviceChoice,
    /// A framing set by a flag.
    pub framing: Option<Framing>,
    /// How files are read.
    pub reading: ColorHandling,
    /// A threshold set by a flag.
    pub threshold: Option<f32>,
    /// The file that keeps recent models from one start to the next; sessions are kept next to it. Without it, all is forgotten.
    pub memory: Option<PathBuf>,
    /// How many searches of the queue run together; left to the device if it is not stated.
    pub searches_together: Option<usize>,
    /// The system's language, which the window speaks until another is chosen.
    pub language: Language,
}

impl Launch {
    /// The state of a window that starts with it, and with what is remembered of earlier ones.
    pub(super) fn state(&self, remembered: Remembered, keeping: Keeping) -> State {
        let remedy = self.overrides.remedy;
        State {
            overrides: self.overrides.clone(),
            device: self.device,
            remedy: PerModel {
                primary: remedy,
                comparison: remedy,
            },
            recent: remembered.models,
            appearance: remembered.appearance,
            system_language: self.language,
            sessions: Sessions {
                keeping,
                recent: remembered.sessions,
                stated: self.stated(),
                ..Sessions::default()
            },
            studies: Studies {
                recent: remembered.studies,
                ..Studies::default()
            },
            reader_studies: ReaderStudies {
                recent: remembered.reader_studies,
                ..ReaderStudies::default()
            },
            summary: Summaries {
                automatic: remembered.summaries,
                ..Summaries::default()
            },
            searches: Searches {
                together: self.searches_together,
                ..Searches::default()
            },
            figures: Figures::with(remembered.figures),
            framing: self.framing,
            color_handling: self.reading,
            threshold: self.threshold,
            ..State::default()
        }
    }

    /// The model under a name that is the same wherever the next window is started.
    pub(super) fn model_from_anywhere(&self) -> ModelSource {
        match &self.model {
            ModelSource::File(path) => {
                ModelSource::File(std::path::absolute(path).unwrap_or_else(|_| path.clone()))
            }
            embedded @ ModelSource::Embedded(_) => embedded.clone(),
        }
    }

    /// What flags state.
    fn stated(&self) -> Stated {
        Stated {
            model: self.model != ModelSource::default(),
            overrides: self.overrides != Overrides::default(),
            device: self.device != DeviceChoice::default(),
            framing: self.framing.is_some(),
            color_handling: self.reading != ColorHandling::default(),
            threshold: self.threshold.is_some(),
        }
    }
}
