//! Landscapes: P over one or two parameters of the perturbation, the others as they are. Each value is that of the 8-bit frame that
//! the perturbation gives, so on the processor it is `flipscope classify`'s at the same parameters, to the last bit.

use std::fmt;
use std::ops::ControlFlow;
use std::str::FromStr;
use std::sync::Arc;

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Perturbation, UnknownName};
use flipscope_model::{Candidate, Score, Verdict};

use super::error::ExplainError;
use super::map::{Axis, Map, Method, Quantity};
use super::progress::Watch;
use crate::search::Scorer;

/// What an axis varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parameter {
    /// Rotation, degrees counter-clockwise.
    Rotate,
    /// Shift to the right, pixels.
    ShiftX,
    /// Shift down, pixels.
    ShiftY,
    /// The gain of one channel (0: red), or of all.
    Gain(Option<usize>),
    /// The offset of one channel, or of all.
    Offset(Option<usize>),
}

impl Parameter {
    /// Every parameter, in menu order.
    pub const ALL: [Self; 11] = [
        Self::Rotate,
        Self::ShiftX,
        Self::ShiftY,
        Self::Gain(None),
        Self::Gain(Some(0)),
        Self::Gain(Some(1)),
        Self::Gain(Some(2)),
        Self::Offset(None),
        Self::Offset(Some(0)),
        Self::Offset(Some(1)),
        Self::Offset(Some(2)),
    ];

    /// Its name on the command line and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rotate => "rotate",
            Self::ShiftX => "shift-x",
            Self::ShiftY => "shift-y",
            Self::Gain(None) => "gain",
            Self::Gain(Some(0)) => "gain-r",
            Self::Gain(Some(1)) => "gain-g",
            Self::Gain(Some(_)) => "gain-b",
            Self::Offset(None) => "offset",
            Self::Offset(Some(0)) => "offset-r",
            Self::Offset(Some(1)) => "offset-g",
            Self::Offset(Some(_)) => "offset-b",
        }
    }

    /// The unit of its values.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Rotate => "°",
            Self::ShiftX | Self::ShiftY => "px",
            Self::Gain(_) => "×",
            Self::Offset(_) => "of 255",
        }
    }

    /// The range that is looked at if none is given: the sliders', where searches look too.
    #[must_use]
    pub fn range(self) -> [f64; 2] {
        match self {
            Self::Rotate => [-180.0, 180.0],
            Self::ShiftX | Self::ShiftY => [-50.0, 50.0],
            Self::Gain(_) => [0.9, 1.1],
            Self::Offset(_) => [-30.0, 30.0],
        }
    }

    /// Sets it.
    pub fn set(self, perturbation: &mut Perturbation, value: f64) {
        let channels = |all: &mut [f64; 3], channel: Option<usize>| match channel {
            None => *all = [value; 3],
            Some(channel) => {
                if let Some(one) = all.get_mut(channel) {
                    *one = value;
                }
            }
        };
        match self {
            Self::Rotate => perturbation.rotate = value,
            Self::ShiftX => perturbation.shift[0] = value,
            Self::ShiftY => perturbation.shift[1] = value,
            Self::Gain(channel) => channels(&mut perturbation.gain, channel),
            Self::Offset(channel) => channels(&mut perturbation.offset, channel),
        }
    }

    /// Its value; of all channels, that of the first.
    #[must_use]
    pub fn get(self, perturbation: &Perturbation) -> f64 {
        let channel = |all: &[f64; 3], channel: Option<usize>| {
            all.get(channel.unwrap_or(0)).copied().unwrap_or_default()
        };
        match self {
            Self::Rotate => perturbation.rotate,
            Self::ShiftX => perturbation.shift[0],
            Self::ShiftY => perturbation.shift[1],
            Self::Gain(one) => channel(&perturbation.gain, one),
            Self::Offset(one) => channel(&perturbation.offset, one),
        }
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Parameter {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let found = Self::ALL.into_iter().find(|known| known.name() == name);
        found.ok_or_else(|| UnknownName {
            what: "axis",
            name: name.to_owned(),
            known: "rotate, shift-x, shift-y, gain, gain-r, gain-g, gain-b, offset, offset-r, offset-g, offset-b",
        })
    }
}

/// One axis: a parameter and where it is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LandscapeAxis {
    /// What varies.
    pub parameter: Parameter,
    /// The first value.
    pub from: f64,
    /// The last value.
    pub to: f64,
    /// Values, evenly spaced, both ends included; 2 to [`LandscapeAxis::MOST`].
    pub count: usize,
}

impl LandscapeAxis {
    /// The most values along one axis.
    pub const MOST: usize = 1001;

    /// The values: `from + i · (to − from) / (count − 1)`, and the last one exactly `to`.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        let last = self.count.saturating_sub(1);
        let between = (0..last).map(|at| {
            let share = at as f64 / last as f64;
            self.from + (self.to - self.from) * share
        });
        between.chain(std::iter::once(self.to)).collect()
    }

    fn axis(&self) -> Axis {
        Axis {
            name: self.parameter.name().to_owned(),
            unit: self.parameter.unit().to_owned(),
            values: self.values(),
        }
    }
}

/// Which perturbations are looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Landscape {
    /// From left to right.
    pub x: LandscapeAxis,
    /// From bottom to top; without it, the landscape is a profile.
    pub y: Option<LandscapeAxis>,
    /// Everything that the axes do not vary, and where the sliders are.
    pub around: Perturbation,
}

impl Landscape {
    /// Frames that are judged.
    #[must_use]
    pub fn count(&self) -> usize {
        self.x.count * self.y.map_or(1, |y| y.count)
    }

    /// The perturbation of every point: row by row, the first row the lowest value of `y`.
    #[must_use]
    pub fn perturbations(&self) -> Vec<Perturbation> {
        let rows = self.y.map_or_else(
            || vec![None],
            |y| y.values().into_iter().map(Some).collect(),
        );
        let columns = self.x.values();
        let mut all = Vec::with_capacity(self.count());
        for row in rows {
            for &column in &columns {
                let mut perturbation = self.around.clone();
                if let (Some(y), Some(value)) = (self.y, row) {
                    y.parameter.set(&mut perturbation, value);
                }
                self.x.parameter.set(&mut perturbation, column);
                all.push(perturbation);
            }
        }
        all
    }

    fn validate(&self) -> Result<(), ExplainError> {
        for (parameter, axis) in [
            ("the first axis", Some(self.x)),
            ("the second axis", self.y),
        ] {
            let Some(axis) = axis else { continue };
            let wrong = |reason: String| Err(ExplainError::Parameter { parameter, reason });
            if !(2..=LandscapeAxis::MOST).contains(&axis.count) {
                return wrong(format!(
                    "{} values: give 2 to {}",
                    axis.count,
                    LandscapeAxis::MOST
                ));
            }
            if !(axis.to - axis.from).is_finite() || axis.from >= axis.to {
                return wrong("give two numbers, the lower one first".to_owned());
            }
        }
        let overlap = |x: Parameter, y: Parameter| match (x, y) {
            (Parameter::Gain(a), Parameter::Gain(b))
            | (Parameter::Offset(a), Parameter::Offset(b)) => a.is_none() || b.is_none() || a == b,
            (x, y) => x == y,
        };
        if self
            .y
            .is_some_and(|y| overlap(self.x.parameter, y.parameter))
        {
            return Err(ExplainError::Parameter {
                parameter: "the second axis",
                reason: "it varies what the first varies: give another".to_owned(),
            });
        }
        self.around.validate()?;
        for perturbation in self.perturbations() {
            perturbation.validate()?;
        }
        Ok(())
    }

    /// The map: the first row is the lowest value of `y`.
    ///
    /// # Errors
    /// If an axis or a perturbation is invalid, the network fails, or it is cancelled.
    pub fn map(
        &self,
        scorer: &dyn Scorer,
        frame: &Arc<Frame>,
        quantity: &Quantity,
        watch: &mut Watch<'_>,
    ) -> Result<Map, ExplainError> {
        self.validate()?;
        let here = std::iter::once(self.around.clone());
        let candidates: Vec<Candidate> = here
            .chain(self.perturbations())
            .map(|perturbation| Candidate {
                frame: Arc::clone(frame),
                perturbation: Arc::new(perturbation),
            })
            .collect();
        watch.expect(candidates.len());
        watch.check()?;
        let mut values = Vec::with_capacity(candidates.len());
        let mut verdict = None;
        scorer.score(&candidates, &mut |verdicts| {
            verdict = verdict.take().or_else(|| verdicts.first().cloned());
            values.extend(verdicts.iter().map(|one| p(quantity, scorer, one)));
            match watch.judged(verdicts.len()) {
                Err(_) if values.len() < candidates.len() => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        })?;
        let (Some(verdict), true) = (verdict, values.len() == candidates.len()) else {
            return Err(ExplainError::Cancelled);
        };
        let nothing = || Axis {
            name: String::new(),
            unit: String::new(),
            values: vec![0.0],
        };
        let base = values.remove(0);
        Ok(Map {
            method: Method::Landscape,
            quantity: quantity.clone(),
            columns: self.x.axis(),
            rows: self.y.map_or_else(nothing, |y| y.axis()),
            values,
            base,
            verdict,
        })
    }
}

/// P as the verdict states it, so that its bits are `classify`'s: P(melanoma), or that of a class.
fn p(quantity: &Quantity, scorer: &dyn Scorer, verdict: &Verdict) -> f32 {
    match &quantity.score {
        Score::Probability(classes) if *classes == scorer.info().melanoma_classes => {
            verdict.p_melanoma
        }
        Score::Probability(classes) => (classes.iter())
            .filter_map(|&class| verdict.probabilities.get(class))
            .sum(),
        Score::Logit(_) => f32::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(parameter: Parameter, from: f64, to: f64, count: usize) -> LandscapeAxis {
        LandscapeAxis {
            parameter,
            from,
            to,
            count,
        }
    }

    #[test]
    fn axes_hold_both_ends_and_are_read_back() {
        let values = axis(Parameter::Rotate, -180.0, 180.0, 25).values();
        assert_eq!(
            (values.len(), values[0], values[12], values[24]),
            (25, -180.0, 0.0, 180.0)
        );
        for (count, last) in [(2, 1.1), (7, 0.3)] {
            assert_eq!(
                axis(Parameter::Gain(None), 0.1, last, count)
                    .values()
                    .last(),
                Some(&last)
            );
        }
        for parameter in Parameter::ALL {
            assert_eq!(parameter.name().parse(), Ok(parameter));
            let mut perturbation = Perturbation::default();
            parameter.set(&mut perturbation, 0.25);
            assert_eq!(parameter.get(&perturbation), 0.25);
            assert!(!perturbation.is_identity());
        }
    }

    #[test]
    fn points_go_row_by_row_and_keep_what_is_not_varied() {
        let landscape = Landscape {
            x: axis(Parameter::Rotate, 0.0, 90.0, 4),
            y: Some(axis(Parameter::Gain(Some(1)), 0.9, 1.1, 3)),
            around: Perturbation {
                offset: [0.0, -10.0, 0.0],
                rotate: 7.0,
                ..Perturbation::default()
            },
        };
        let points = landscape.perturbations();
        assert_eq!(points.len(), landscape.count());
        assert_eq!((points[1].rotate, points[1].gain), (30.0, [1.0, 0.9, 1.0]));
        assert_eq!(
            (points[11].rotate, points[11].gain),
            (90.0, [1.0, 1.1, 1.0])
        );
        assert!(points.iter().all(|point| point.offset == [0.0, -10.0, 0.0]));
        assert!(landscape.validate().is_ok());
    }

    #[test]
    fn axes_that_make_no_sense_are_refused() {
        let good = axis(Parameter::ShiftX, -5.0, 5.0, 3);
        let gain = |one, from, to| axis(Parameter::Gain(one), from, to, 3);
        for (x, y) in [
            (axis(Parameter::ShiftX, 5.0, -5.0, 3), None),
            (axis(Parameter::ShiftX, 0.0, 5.0, 1), None),
            (axis(Parameter::ShiftX, 0.0, f64::NAN, 9), None),
            (axis(Parameter::ShiftX, 0.0, 5000.0, 9), None),
            (good, Some(good)),
            (gain(None, 0.9, 1.1), Some(gain(Some(2), 0.9, 1.1))),
        ] {
            let around = Perturbation::default();
            assert!(
                Landscape { x, y, around }.validate().is_err(),
                "{x:?} {y:?}"
            );
        }
        let (x, y) = (gain(Some(0), 0.9, 1.1), Some(gain(Some(2), 0.9, 1.1)));
        let around = Perturbation::default();
        assert!(Landscape { x, y, around }.validate().is_ok());
    }
}
