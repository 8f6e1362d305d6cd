//! The page *Explain* as plain data.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::Map;
use flipscope_lab::explain::check::{Comparison, Curves};
use flipscope_lab::explain::figure::{Caption, Range};

use crate::explorer::explain::pace::Pace;
use crate::explorer::explain::record::Record;
use crate::explorer::explain::settings::Settings;
use crate::explorer::explore::lesion::LesionId;
use crate::explorer::model::ModelIdentity;
use crate::explorer::shared::Shared;

/// Identifies one piece of work of this page for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExplainId(pub u64);

/// What a piece of work makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A map.
    Map,
    /// Deletion and insertion curves of a map.
    Curves,
    /// The same map of random weights.
    RandomWeights,
}

/// The piece of work under way.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its identifier in answers.
    pub id: ExplainId,
    /// What it makes.
    pub kind: Kind,
    /// For which lesion.
    pub lesion: LesionId,
    /// That lesion's name.
    pub name: String,
    /// Cancels it.
    pub cancel: Cancel,
    /// Inputs that the network has judged, and how many there are; 0 until that is known.
    pub progress: [usize; 2],
    /// How fast.
    pub pace: Pace,
}

/// A map of one frame, ready to be painted.
#[derive(Clone, Debug)]
pub struct Pictured {
    /// The frame that was explained.
    pub frame: Arc<Frame>,
    /// The same in grey.
    pub grey: Arc<Frame>,
    /// The map.
    pub map: Arc<Map>,
    /// A value for each pixel of the frame, row by row.
    pub values: Vec<f32>,
    /// Its colours, as red, green, blue and opacity; none if there is nothing to paint.
    pub colours: Option<(Range, Vec<u8>)>,
}

/// What was made for one lesion.
#[derive(Clone, Debug)]
pub struct Explained {
    /// Identifies it: what is drawn from it is kept under this number.
    pub id: ExplainId,
    /// Of which lesion.
    pub lesion: LesionId,
    /// How it was made.
    pub settings: Settings,
    /// The model, by its number in this run.
    pub generation: u64,
    /// The same model in every run.
    pub model: ModelIdentity,
    /// The lesion's frame, by hash.
    pub frame_sha256: String,
    /// What the sliders said.
    pub perturbation: Arc<Perturbation>,
    /// The maps: of the altered frame last; before it, if that was wanted, of the unaltered one.
    pub pictures: Vec<Pictured>,
    /// The unaltered frame, if the explained one is another.
    pub original: Option<Arc<Frame>>,
    /// What a figure says about lesion and model.
    pub caption: Caption,
}

impl Explained {
    /// The map of what the sliders said.
    pub fn newest(&self) -> Option<&Pictured> {
        self.pictures.last()
    }
}

/// A map with the checks that were made of it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What was made.
    pub explained: Arc<Explained>,
    /// What happens as the pixels that it names are covered or uncovered.
    pub curves: Option<Curves>,
    /// How alike it is to the map of random weights.
    pub random: Option<Comparison>,
}

impl Kept {
    /// What is kept of it from one run to the next.
    pub fn record(&self) -> Record<LesionId> {
        let explained = &self.explained;
        let maps = explained.pictures.iter();
        Record {
            lesion: explained.lesion,
            frame_sha256: explained.frame_sha256.clone(),
            model: explained.model.clone(),
            settings: explained.settings.clone(),
            perturbation: Shared(Arc::clone(&explained.perturbation)),
            caption: explained.caption.clone(),
            maps: maps.map(|one| Shared(Arc::clone(&one.map))).collect(),
            curves: self.curves.clone(),
            random: self.random,
        }
    }
}

/// A map of an earlier run, until its lesion is looked at and its model answers.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// What is kept of it.
    pub record: Record<LesionId>,
    /// Whether it is being drawn again.
    pub asked: bool,
}

/// The state of the page.
#[derive(Clone, Debug)]
pub struct Explain {
    /// The form.
    pub settings: Settings,
    /// Opacity of the maps over the pictures, 0 to 1.
    pub opacity: f32,
    /// What is under way.
    pub task: Option<Task>,
    /// The maps that were made: the newest last, at most one for a lesion.
    pub kept: Vec<Kept>,
    /// Maps of the session that are not drawn again yet.
    pub earlier: Vec<Earlier>,
    /// Files that are being written.
    pub writing: usize,
}

impl Default for Explain {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            opacity: 0.6,
            task: None,
            kept: Vec::new(),
            earlier: Vec::new(),
            writing: 0,
        }
    }
}

impl Explain {
    /// Maps that are kept: some megabytes each.
    const MOST: usize = 16;

    /// The map of a lesion.
    pub fn of(&self, lesion: LesionId) -> Option<&Kept> {
        self.kept
            .iter()
            .find(|kept| kept.explained.lesion == lesion)
    }

    /// Keeps a map, in place of an earlier one of the same lesion.
    pub(crate) fn keep(&mut self, new: Kept) {
        let lesion = new.explained.lesion;
        self.kept.retain(|kept| kept.explained.lesion != lesion);
        self.earlier.retain(|one| one.record.lesion != lesion);
        self.kept.push(new);
        if self.kept.len() > Self::MOST {
            self.kept.remove(0);
        }
    }
}
