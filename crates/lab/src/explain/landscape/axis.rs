//! One axis of a landscape.

use serde::{Deserialize, Serialize};

use super::Parameter;
use crate::explain::map::Axis;

/// One axis: a parameter and where it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
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

    /// So many values from one number to another.
    #[must_use]
    pub const fn new(parameter: Parameter, [from, to]: [f64; 2], count: usize) -> Self {
        Self {
            parameter,
            from,
            to,
            count,
        }
    }

    /// So many values over the range that a parameter is looked at if none is given.
    #[must_use]
    pub fn whole(parameter: Parameter, count: usize) -> Self {
        Self::new(parameter, parameter.range(), count)
    }

    /// The values: `from + i · (to − from) / (count − 1)`, and the last one exactly `to`.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        (0..self.count).filter_map(|at| self.value(at)).collect()
    }

    /// One of the values.
    #[must_use]
    pub fn value(&self, at: usize) -> Option<f64> {
        let last = self.count.checked_sub(1)?;
        if at >= last {
            return (at == last).then_some(self.to);
        }
        let share = at as f64 / last as f64;
        Some(self.from + (self.to - self.from) * share)
    }

    pub(super) fn axis(&self) -> Axis {
        Axis {
            name: self.parameter.name().to_owned(),
            unit: self.parameter.unit().to_owned(),
            values: self.values(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_image::perturb::Perturbation;

    #[test]
    fn axes_hold_both_ends_and_are_read_back() {
        let values = LandscapeAxis::new(Parameter::Rotate, [-180.0, 180.0], 25).values();
        assert_eq!(
            (values.len(), values[0], values[12], values[24]),
            (25, -180.0, 0.0, 180.0)
        );
        for (count, last) in [(2, 1.1), (7, 0.3)] {
            assert_eq!(
                LandscapeAxis::new(Parameter::Gain(None), [0.1, last], count)
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
}
