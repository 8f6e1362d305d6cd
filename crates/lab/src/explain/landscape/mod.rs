//! Landscapes: P over one or two parameters of the perturbation, the others as they are. Each value is that of the 8-bit frame that
//! the perturbation gives, so on the processor it is `flipscope classify`'s at the same parameters, to the last bit.

mod axis;
mod grid;
mod parameter;

use flipscope_language::{as_text, text};
use serde::{Deserialize, Serialize};

use std::ops::ControlFlow;
use std::sync::Arc;

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_model::{Candidate, Score, Verdict};

use super::error::ExplainError;
use super::map::{Axis, Map, Method, Quantity};
use super::progress::Watch;
use crate::search::Scorer;

pub use axis::LandscapeAxis;
pub use grid::{Grid, Known};
pub use parameter::Parameter;

/// Points that are handed over together: few enough that alterations with noise, which are as large as the picture, fit into memory.
const TOGETHER: usize = 64;

/// Called with the numbers of some points, and P there.
pub type Found<'a> = &'a mut dyn FnMut(&[(usize, f32)]);

/// Which perturbations are looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

    /// Its points, of which nothing is known yet.
    #[must_use]
    pub fn grid(&self) -> Grid {
        Grid::new(self.x.count, self.y.map_or(1, |y| y.count))
    }

    /// The perturbation of every point: row by row, the first row the lowest value of `y`.
    #[must_use]
    pub fn perturbations(&self) -> Vec<Perturbation> {
        (0..self.count())
            .filter_map(|point| self.at(point))
            .collect()
    }

    /// The perturbation of one point, by its number in [`Landscape::perturbations`].
    #[must_use]
    pub fn at(&self, point: usize) -> Option<Perturbation> {
        let columns = self.x.count;
        let (row, column) = (point.checked_div(columns)?, point % columns);
        let mut perturbation = self.around.clone();
        match self.y {
            Some(y) => y.parameter.set(&mut perturbation, y.value(row)?),
            None if row == 0 => {}
            None => return None,
        }
        self.x
            .parameter
            .set(&mut perturbation, self.x.value(column)?);
        Some(perturbation)
    }

    /// Whether it makes sense.
    ///
    /// # Errors
    /// What does not.
    pub fn validate(&self) -> Result<(), ExplainError> {
        for (parameter, axis) in [
            (text!("parameter-first-axis"), Some(self.x)),
            (text!("parameter-second-axis"), self.y),
        ] {
            let Some(axis) = axis else { continue };
            let wrong = |reason: String| Err(ExplainError::Parameter { parameter, reason });
            if !(2..=LandscapeAxis::MOST).contains(&axis.count) {
                return wrong(text!(
                    "parameter-axis-count",
                    axis = as_text(&axis.count),
                    most = as_text(&LandscapeAxis::MOST)
                ));
            }
            if !(axis.to - axis.from).is_finite() || axis.from >= axis.to {
                return wrong(text!("parameter-axis-order").to_owned());
            }
        }
        let overlaps = |y: LandscapeAxis| self.x.parameter.overlaps(y.parameter);
        if self.y.is_some_and(overlaps) {
            return Err(ExplainError::Parameter {
                parameter: text!("parameter-second-axis"),
                reason: text!("parameter-axes-overlap").to_owned(),
            });
        }
        self.around.validate()?;
        // What lies between the corners is within the same bounds.
        let (columns, last) = (self.x.count, self.count().saturating_sub(1));
        for corner in [0, columns - 1, last + 1 - columns, last] {
            if let Some(perturbation) = self.at(corner) {
                perturbation.validate()?;
            }
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
        let verdict = self.here(scorer, frame, watch)?;
        let mut grid = self.grid();
        let open = grid.open();
        self.judge(scorer, (frame, quantity), &open, watch, &mut |judged| {
            grid.put(judged);
        })?;
        Ok(self.to_map(
            quantity,
            grid.values(),
            p(quantity, scorer, &verdict),
            verdict,
        ))
    }

    /// The verdict at what the landscape is around.
    ///
    /// # Errors
    /// As [`Landscape::map`].
    pub fn here(
        &self,
        scorer: &dyn Scorer,
        frame: &Arc<Frame>,
        watch: &mut Watch<'_>,
    ) -> Result<Verdict, ExplainError> {
        self.validate()?;
        watch.expect(1);
        watch.check()?;
        let mut verdict = None;
        let here = candidate(frame, self.around.clone());
        scorer.score(&[here], &mut |some| {
            verdict = some.first().cloned();
            ControlFlow::Continue(())
        })?;
        watch.judged(1)?;
        verdict.ok_or(ExplainError::Cancelled)
    }

    /// Judges some points, in this order, and passes on what is found batch by batch: the number of a point, and P there. What has been
    /// passed on stays valid if it is cancelled; the others can be judged later.
    ///
    /// # Errors
    /// As [`Landscape::map`].
    pub fn judge(
        &self,
        scorer: &dyn Scorer,
        (frame, quantity): (&Arc<Frame>, &Quantity),
        points: &[usize],
        watch: &mut Watch<'_>,
        found: Found<'_>,
    ) -> Result<(), ExplainError> {
        self.validate()?;
        watch.expect(points.len());
        watch.check()?;
        for some in points.chunks(TOGETHER) {
            let candidates: Vec<Candidate> = (some.iter())
                .filter_map(|point| Some(candidate(frame, self.at(*point)?)))
                .collect();
            let (mut done, mut cancelled) = (0, false);
            scorer.score(&candidates, &mut |verdicts| {
                let judged: Vec<(usize, f32)> = (some.iter().skip(done).zip(verdicts))
                    .map(|(point, verdict)| (*point, p(quantity, scorer, verdict)))
                    .collect();
                found(&judged);
                done += verdicts.len();
                cancelled = watch.judged(verdicts.len()).is_err();
                if cancelled {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })?;
            if cancelled || done < candidates.len() {
                return Err(ExplainError::Cancelled);
            }
        }
        Ok(())
    }

    /// Values in the order of [`Landscape::perturbations`] as a map; what is not a number was not judged.
    #[must_use]
    pub fn to_map(&self, quantity: &Quantity, values: &[f32], base: f32, verdict: Verdict) -> Map {
        let nothing = || Axis {
            name: String::new(),
            unit: String::new(),
            values: vec![0.0],
        };
        Map {
            method: Method::Landscape,
            quantity: quantity.clone(),
            columns: self.x.axis(),
            rows: self.y.map_or_else(nothing, |y| y.axis()),
            values: values.to_vec(),
            base,
            verdict,
        }
    }
}

fn candidate(frame: &Arc<Frame>, perturbation: Perturbation) -> Candidate {
    Candidate {
        frame: Arc::clone(frame),
        perturbation: Arc::new(perturbation),
    }
}

/// P as the verdict states it, so that its bits are `classify`'s: P(melanoma), or that of a class.
#[must_use]
pub fn p(quantity: &Quantity, scorer: &dyn Scorer, verdict: &Verdict) -> f32 {
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

    #[test]
    fn points_go_row_by_row_and_keep_what_is_not_varied() {
        let landscape = Landscape {
            x: LandscapeAxis::new(Parameter::Rotate, [0.0, 90.0], 4),
            y: Some(LandscapeAxis::new(Parameter::Gain(Some(1)), [0.9, 1.1], 3)),
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
        let shift = |from, to, count| LandscapeAxis::new(Parameter::ShiftX, [from, to], count);
        let gain = |one, from, to| LandscapeAxis::new(Parameter::Gain(one), [from, to], 3);
        let good = shift(-5.0, 5.0, 3);
        for (x, y) in [
            (shift(5.0, -5.0, 3), None),
            (shift(0.0, 5.0, 1), None),
            (shift(0.0, f64::NAN, 9), None),
            (shift(0.0, 5000.0, 9), None),
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
