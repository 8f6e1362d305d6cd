//! The page *Landscape* as plain data.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::explain::Map;
use flipscope_lab::explain::Quantity;
use flipscope_lab::explain::figure::Caption;
use flipscope_lab::explain::landscape::{Grid, Landscape};
use flipscope_model::scheduler::Loaded;
use flipscope_model::{Score, Verdict};

use crate::explorer::explain::pace::Pace;
use crate::explorer::explore::lesion::LesionId;
use crate::explorer::landscape::record::{FieldRecord, Record};
use crate::explorer::landscape::settings::Settings;
use crate::explorer::model::ModelIdentity;
use crate::explorer::shared::Shared;

/// Identifies one landscape for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LandscapeId(pub u64);

/// What one model says about the points.
#[derive(Clone, Debug)]
pub struct Field {
    /// The model.
    pub loaded: Box<Loaded>,
    /// P(melanoma) at or above which it says melanoma.
    pub threshold: f32,
    /// The points, as far as they are judged.
    pub grid: Grid,
    /// Its verdict at what the landscape is around.
    pub here: Option<Verdict>,
}

impl Field {
    /// Whether the verdict flips within what is judged.
    pub fn has_a_contour(&self) -> bool {
        let mut known = self.grid.values().iter().filter(|p| p.is_finite());
        let above = |p: &f32| *p >= self.threshold;
        let first = known.next().map(above);
        first.is_some_and(|first| known.any(|p| above(p) != first))
    }

    /// What the numbers are: P of the classes that mean melanoma.
    pub fn quantity(&self) -> Quantity {
        Quantity {
            class: "melanoma".to_owned(),
            score: Score::Probability(self.loaded.info.melanoma_classes.clone()),
        }
    }
}

/// The landscape that is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its identifier in answers.
    pub id: LandscapeId,
    /// Of which lesion.
    pub lesion: LesionId,
    /// The lesion's frame.
    pub frame: Arc<Frame>,
    /// Its hash.
    pub frame_sha256: String,
    /// The axes, and what they are around.
    pub landscape: Arc<Landscape>,
    /// One for each model.
    pub fields: Vec<Field>,
    /// What a figure says about lesion and model.
    pub caption: Caption,
    /// Counts what has come: what is drawn from it stays until it changes.
    pub version: u64,
}

impl Shown {
    /// What is kept of it from one run to the next.
    pub fn record(&self) -> Record<LesionId> {
        let fields = self.fields.iter().map(|field| FieldRecord {
            model: ModelIdentity::of(&field.loaded),
            threshold: field.threshold,
            grid: field.grid.clone(),
            here: field.here.clone(),
        });
        Record {
            lesion: self.lesion,
            frame_sha256: self.frame_sha256.clone(),
            landscape: Shared(Arc::clone(&self.landscape)),
            fields: fields.collect(),
            caption: self.caption.clone(),
        }
    }

    /// The values of a model as a map; what is not judged is no number. None before the first verdict.
    pub fn map(&self, field: &Field) -> Option<Map> {
        let here = field.here.clone()?;
        let (base, values) = (here.p_melanoma, field.grid.values());
        Some((self.landscape).to_map(&field.quantity(), values, base, here))
    }

    /// What a figure says about lesion and this model.
    pub fn caption(&self, field: &Field) -> Caption {
        Caption {
            model: field.loaded.info.name.clone(),
            threshold: field.threshold,
            ..self.caption.clone()
        }
    }

    /// Whether every point is judged.
    pub fn is_complete(&self) -> bool {
        let complete = |field: &Field| field.here.is_some() && field.grid.is_complete();
        self.fields.iter().all(complete)
    }
}

/// What is under way.
#[derive(Clone, Debug)]
pub struct Task {
    /// Of which landscape.
    pub id: LandscapeId,
    /// That lesion's name.
    pub name: String,
    /// Stops it; what is judged stays.
    pub cancel: Cancel,
    /// Points that are judged, and how many there are; 0 until that is known.
    pub progress: [usize; 2],
    /// How fast.
    pub pace: Pace,
}

/// The state of the page.
#[derive(Clone, Debug, Default)]
pub struct Landscapes {
    /// The form.
    pub settings: Settings,
    /// The landscape that is shown.
    pub shown: Option<Shown>,
    /// That of the session, until its lesion is looked at and its models answer.
    pub earlier: Option<Record<LesionId>>,
    /// What is under way.
    pub task: Option<Task>,
}

impl Landscapes {
    /// The landscape of a lesion.
    pub fn of(&self, lesion: LesionId) -> Option<&Shown> {
        self.shown.as_ref().filter(|shown| shown.lesion == lesion)
    }
}
