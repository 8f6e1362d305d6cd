//! The axes of charts: their range, and where their numbers or categories stand.

use flipscope_language::decimal;

/// Approximate number of ticks where nothing else is wanted.
const TICKS: f64 = 5.0;
/// Share of the range that is left free at both ends, so that marks do not touch the frame.
const SPARE: f64 = 0.04;

/// What an axis measures.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    pub(crate) name: String,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) ticks: Ticks,
}

/// Where numbers stand.
#[derive(Clone, Debug)]
pub(crate) enum Ticks {
    /// At round numbers: steps of 1, 2 or 5 times a power of ten.
    Round,
    /// At the multiples of a number that suits the quantity: quarters of a turn, tens of 255.
    Every(f64),
    /// At categories.
    Named(Vec<(f64, String)>),
}

impl Axis {
    /// From 0 to 1.
    pub(crate) fn share(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            low: 0.0,
            high: 1.0,
            ticks: Ticks::Round,
        }
    }

    /// As wide as the values, and a little more.
    pub(crate) fn around(name: &str, values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let (low, high) = if low.is_finite() {
            (low, high)
        } else {
            (0.0, 1.0)
        };
        let spare = if high > low {
            SPARE * (high - low)
        } else {
            0.5
        };
        Self {
            name: name.to_owned(),
            low: low - spare,
            high: high + spare,
            ticks: Ticks::Round,
        }
    }

    /// Categories at 0, 1, 2, …
    pub(crate) fn categories(name: &str, names: &[&str]) -> Self {
        let named = (0_u32..).zip(names);
        Self {
            name: name.to_owned(),
            low: -0.5,
            high: names.len() as f64 - 0.5,
            ticks: Ticks::Named(
                named
                    .map(|(at, name)| (f64::from(at), (*name).to_owned()))
                    .collect(),
            ),
        }
    }

    /// The same with numbers elsewhere.
    pub(crate) fn with(self, ticks: Ticks) -> Self {
        Self { ticks, ..self }
    }

    /// 0 at the start, 1 at the end.
    pub(crate) fn place(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0)
    }

    /// Where text stands on it, and what; all numbers have the same decimals.
    pub(crate) fn ticks(&self) -> Vec<(f64, String)> {
        let step = match &self.ticks {
            Ticks::Named(named) => return named.clone(),
            Ticks::Every(step) => *step,
            Ticks::Round => self.round(),
        };
        let first = (self.low / step - 1e-9).ceil() as i64;
        let last = (self.high / step + 1e-9).floor() as i64;
        let decimals = decimals(step);
        (first..=last)
            .map(|at| at as f64 * step)
            .map(|value| (value, number(value, decimals)))
            .collect()
    }

    fn round(&self) -> f64 {
        let rough = (self.high - self.low) / TICKS;
        let power = 10_f64.powf(rough.log10().floor());
        [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * power)
            .find(|step| *step >= rough * 0.999)
            .unwrap_or(power)
    }
}

/// The decimals that a step needs.
fn decimals(step: f64) -> usize {
    let exact = |decimals: usize| {
        let shifted = step * 10_f64.powi(decimals as i32);
        (shifted - shifted.round()).abs() < 1e-6
    };
    (0..6).find(|&decimals| exact(decimals)).unwrap_or(6)
}

/// A number with a true minus sign; zero has none.
fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let zero = text.trim_start_matches('-').chars();
    let zero = zero.filter(|digit| *digit != '.').all(|digit| digit == '0');
    decimal(if zero {
        text.trim_start_matches('-').to_owned()
    } else {
        text.replace('-', "−")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(axis: &Axis) -> Vec<String> {
        axis.ticks().into_iter().map(|(_, text)| text).collect()
    }

    fn from_to(low: f64, high: f64) -> Axis {
        Axis {
            low,
            high,
            ..Axis::share("")
        }
    }

    #[test]
    fn ticks_are_round_within_the_axis_and_have_the_same_decimals() {
        for (axis, wanted) in [
            (
                from_to(0.0, 1.0),
                vec!["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"],
            ),
            (
                from_to(0.9, 1.1),
                vec!["0.90", "0.95", "1.00", "1.05", "1.10"],
            ),
            (
                from_to(-31.0, 31.0).with(Ticks::Every(10.0)),
                vec!["−30", "−20", "−10", "0", "10", "20", "30"],
            ),
            (
                from_to(-5.0, 365.0).with(Ticks::Every(90.0)),
                vec!["0", "90", "180", "270", "360"],
            ),
        ] {
            assert_eq!(texts(&axis), wanted);
        }
    }

    #[test]
    fn categories_stand_where_they_are_counted() {
        let axis = Axis::categories("", &["none", "left to right"]);
        assert_eq!(
            axis.ticks(),
            [(0.0, "none".into()), (1.0, "left to right".into())]
        );
        assert!((axis.place(0.0) - 0.25).abs() < 1e-12);
        assert!((axis.place(1.0) - 0.75).abs() < 1e-12);
    }

    #[test]
    fn no_mark_touches_the_frame() {
        let axis = Axis::around("", [3.0, 5.0].into_iter());
        assert!(axis.place(3.0) > 0.02 && axis.place(5.0) < 0.98);
        let one = Axis::around("", [3.0].into_iter());
        assert!((one.place(3.0) - 0.5).abs() < 1e-12);
    }
}
