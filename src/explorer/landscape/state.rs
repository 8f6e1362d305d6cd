//! The page *Landscape* as plain data.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::explain::Map;
use flipscope_lab::explain::Quantity;
use flipscope_lab::explain::figure::Caption;
use flipscope_lab::explain::landscape::{Grid, Landscape, LandscapeAxis, Parameter};
use flipscope_model::scheduler::Loaded;
use flipscope_model::{Score, Verdict};

use crate::explorer::explore::lesion::LesionId;

/// Identifies one landscape for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LandscapeId(pub u64);

/// The form for the next landscape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// From left to right.
    pub x: LandscapeAxis,
    /// From bottom to top.
    pub y: LandscapeAxis,
    /// Whether only the first axis is looked at: a profile.
    pub profile: bool,
    /// Whether the comparison model has a landscape too.
    pub compare: bool,
}

/// An axis over the whole range of a parameter, with so many values.
pub(crate) fn axis(parameter: Parameter, count: usize) -> LandscapeAxis {
    let [from, to] = parameter.range();
    LandscapeAxis {
        parameter,
        from,
        to,
        count,
    }
}

/// Values along an axis, if no other number is given.
pub(crate) const COUNT: usize = 25;
/// The most values along an axis: a turn in steps of a degree.
pub(crate) const MOST: usize = 361;

impl Default for Settings {
    fn default() -> Self {
        Self {
            x: axis(Parameter::Rotate, COUNT),
            y: axis(Parameter::ShiftX, COUNT),
            profile: false,
            compare: true,
        }
    }
}

impl Settings {
    /// Points that are judged.
    pub fn count(&self) -> usize {
        self.x.count * if self.profile { 1 } else { self.y.count }
    }
}

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
    /// The values of a model as a map; what is not judged is no number. None before the first verdict.
    pub fn map(&self, field: &Field) -> Option<Map> {
        let here = field.here.clone()?;
        let (base, values) = (here.p_melanoma, field.grid.values());
        Some((self.landscape).to_map(&field.quantity(), values, base, here))
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
}

/// The state of the page.
#[derive(Clone, Debug, Default)]
pub struct Landscapes {
    /// The form.
    pub settings: Settings,
    /// The landscape that is shown.
    pub shown: Option<Shown>,
    /// What is under way.
    pub task: Option<Task>,
}

impl Landscapes {
    /// The landscape of a lesion.
    pub fn of(&self, lesion: LesionId) -> Option<&Shown> {
        self.shown.as_ref().filter(|shown| shown.lesion == lesion)
    }
}
