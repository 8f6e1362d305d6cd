//! The form for the next landscape.

use serde::{Deserialize, Serialize};

use flipscope_lab::explain::landscape::{LandscapeAxis, Parameter};

/// The form for the next landscape.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
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

/// Values along an axis, if no other number is given.
pub(crate) const COUNT: usize = 25;
/// The most values along an axis: a turn in steps of a degree.
pub(crate) const MOST: usize = 361;

impl Default for Settings {
    fn default() -> Self {
        Self {
            x: LandscapeAxis::whole(Parameter::Rotate, COUNT),
            y: LandscapeAxis::whole(Parameter::ShiftX, COUNT),
            profile: false,
            compare: true,
        }
    }
}

impl Settings {
    /// Whether the form can show it: a file may hold anything.
    pub fn is_valid(&self) -> bool {
        let valid = |axis: &LandscapeAxis| (2..=MOST).contains(&axis.count);
        valid(&self.x) && valid(&self.y)
    }

    /// Points that are judged.
    pub fn count(&self) -> usize {
        self.x.count * if self.profile { 1 } else { self.y.count }
    }
}
