//! Requests to the threads of the page *Explain*, and their answers.

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::Map;
use flipscope_lab::explain::check::{Comparison, Curves};
use flipscope_lab::explain::figure::{Caption, FileKind};
use flipscope_lab::explain::landscape::Landscape;
use flipscope_lab::explain::summary::Summary;
use flipscope_language::text;
use flipscope_model::scheduler::Loaded;
use flipscope_model::{ModelSource, Overrides};

use crate::explorer::explain::record::Record;
use crate::explorer::explain::settings::Settings;
use crate::explorer::explain::state::{ExplainId, Explained, Kept};
use crate::explorer::explore::lesion::LesionId;

/// The model that explains, and how it is loaded once more: with random weights, or onto the processor.
#[derive(Clone, Debug)]
pub struct ExplainedModel {
    /// The one in use.
    pub loaded: Box<Loaded>,
    /// Where it came from.
    pub source: ModelSource,
    /// What is stated about it.
    pub overrides: Box<Overrides>,
}

/// A map that is wanted.
#[derive(Clone, Debug)]
pub struct WantedMap {
    /// Of which lesion.
    pub lesion: LesionId,
    /// How.
    pub settings: Settings,
    /// The lesion's frame.
    pub frame: Arc<Frame>,
    /// Its hash.
    pub frame_sha256: String,
    /// What the sliders say.
    pub perturbation: Arc<Perturbation>,
    /// What a figure says about lesion and model.
    pub caption: Caption,
}

/// What is to be made.
#[derive(Clone, Debug)]
pub enum ExplainTask {
    /// A map.
    Map(Box<WantedMap>),
    /// The deletion and insertion curves of a map.
    Curves(Arc<Explained>),
    /// The same map of random weights.
    RandomWeights(Arc<Explained>),
}

/// A piece of work.
#[derive(Clone, Debug)]
pub struct ExplainWork {
    /// Its identifier in answers.
    pub id: ExplainId,
    /// What is to be made.
    pub task: ExplainTask,
    /// By which model.
    pub model: ExplainedModel,
    /// Stops it.
    pub cancel: Cancel,
}

/// A map of an earlier run that is to be drawn again.
#[derive(Clone, Debug)]
pub struct Redrawing {
    /// Its identifier from now on.
    pub id: ExplainId,
    /// What was kept of it.
    pub record: Record<LesionId>,
    /// The lesion's frame.
    pub frame: Arc<Frame>,
    /// The model, by its number in this run.
    pub generation: u64,
}

/// What a piece of work has made.
#[derive(Debug)]
pub enum Made {
    /// A map.
    Map(Arc<Explained>),
    /// The curves of a map.
    Curves(Arc<Explained>, Curves),
    /// How alike a map is to that of random weights.
    Random(Arc<Explained>, Comparison),
}

/// Why nothing was made.
#[derive(Debug)]
pub enum NotMade {
    /// It was cancelled.
    Cancelled,
    /// It failed, and why.
    Failed(String),
}

/// What the threads of the page report.
#[derive(Debug)]
pub enum ExplainAnswer {
    /// Inputs that the network has judged, and how many there are.
    Progress(ExplainId, [usize; 2]),
    /// A piece of work has ended.
    Ended(ExplainId, Result<Made, NotMade>),
    /// A map of an earlier run of a lesion is drawn again, or cannot be.
    Redrawn(LesionId, Result<Box<Kept>, NotMade>),
    /// Files of a map, a landscape or a summary were written, or not.
    Written(Result<Vec<PathBuf>, String>),
}

/// Which explanation a dialog is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportOf {
    /// The shown map.
    Map,
    /// The shown landscape.
    Landscape,
    /// The smallest changes that flip.
    Summary,
}

impl ExportOf {
    /// The title of the dialog that asks where to.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Map => text!("explain-save-map"),
            Self::Landscape => text!("explain-save-landscape"),
            Self::Summary => text!("explain-save-summary"),
        }
    }
}

/// What is written.
#[derive(Clone, Debug)]
pub enum Content {
    /// A map of the picture.
    Map {
        /// What was made.
        explained: Arc<Explained>,
        /// What the checks say, a sentence each.
        checks: Vec<String>,
        /// Opacity of the map over the picture, 0 to 1.
        opacity: f64,
    },
    /// A landscape.
    Landscape {
        /// The values of each model, and what the figure says about lesion and model.
        models: Vec<(Map, Caption)>,
        /// Its axes, and what they are around.
        landscape: Arc<Landscape>,
    },
    /// A summary.
    Summary {
        /// What was found.
        summary: Arc<Summary>,
        /// What the figure says about lesion and model.
        caption: Caption,
    },
}

/// A file that is to be written.
#[derive(Clone, Debug)]
pub struct Writing {
    /// What.
    pub content: Content,
    /// As what.
    pub kind: FileKind,
    /// Where to.
    pub path: PathBuf,
    /// Files that are open, and must not be overwritten.
    pub never: Vec<PathBuf>,
}
