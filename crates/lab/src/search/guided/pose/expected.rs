//! The margin of a pose as it is expected from those of poses that were judged: a Gaussian process (Rasmussen and Williams 2006) that learns a
//! few values at a time, and what it expects of each place, which is brought up to date rather than computed anew.

use super::place::{Covariance, Place};

/// As many values as this say, before any is known, how much margins differ: as the constants of [`Covariance`] do.
const USUAL: f64 = 10.0;

/// What is known of the margins of some places.
pub(super) struct Process {
    covariance: Covariance,
    /// Subtracted from the values.
    base: f64,
    known: Vec<Place>,
    /// The covariance of the known values is the product of this lower triangle, row by row, and its mirror image.
    triangle: Vec<Vec<f64>>,
    /// The values as independent ones of the same variance; fewer than places where some are not known yet.
    independent: Vec<f64>,
}

/// What is expected of a place.
pub(super) struct Expectation {
    at: Place,
    /// What it has in common with the independent values.
    shared: Vec<f64>,
    /// How many of these the mean takes into account.
    learned: usize,
    mean: f64,
    variance: f64,
}

impl Process {
    /// Nothing is known, except that values are around `base`.
    pub(super) fn new(covariance: Covariance, base: f64) -> Self {
        Self {
            covariance,
            base,
            known: Vec::new(),
            triangle: Vec::new(),
            independent: Vec::new(),
        }
    }

    /// What is expected of a place.
    pub(super) fn expect(&self, at: Place) -> Expectation {
        let mut expectation = Expectation {
            variance: self.covariance.between(&at, &at),
            at,
            shared: Vec::new(),
            learned: 0,
            mean: self.base,
        };
        self.update(&mut expectation);
        expectation
    }

    /// Brings an expectation up to date.
    pub(super) fn update(&self, expectation: &mut Expectation) {
        for (place, row) in (self.known.iter().zip(&self.triangle)).skip(expectation.shared.len()) {
            let covariance = self.covariance.between(place, &expectation.at);
            let pivot = row.last().copied().unwrap_or(1.0);
            let shared = (covariance - dot(row, &expectation.shared)) / pivot;
            expectation.variance -= shared * shared;
            expectation.shared.push(shared);
        }
        let news = (expectation.shared.iter().zip(&self.independent)).skip(expectation.learned);
        expectation.mean += news.map(|(shared, value)| shared * value).sum::<f64>();
        expectation.learned = self.independent.len();
    }

    /// Takes a place into account whose value is about to be known: elsewhere, less is to be learned about.
    pub(super) fn announce(&mut self, expectation: &Expectation) {
        let mut row = expectation.shared.clone();
        let noise = self.covariance.noise;
        row.push((expectation.variance.max(0.0) + noise * noise).sqrt());
        self.triangle.push(row);
        self.known.push(expectation.at.clone());
    }

    /// Takes the values of places into account that were announced, in their order.
    pub(super) fn learn(&mut self, values: &[f64]) {
        for value in values {
            let Some(row) = self.triangle.get(self.independent.len()) else {
                break;
            };
            let pivot = row.last().copied().unwrap_or(1.0);
            let expected = dot(row, &self.independent);
            self.independent
                .push((value - self.base - expected) / pivot);
        }
    }

    /// By which factor values differ more from what is expected than the covariance says.
    pub(super) fn scale(&self) -> f64 {
        let differ = dot(&self.independent, &self.independent);
        ((USUAL + differ) / (USUAL + self.independent.len() as f64)).sqrt()
    }
}

impl Expectation {
    /// The expected value.
    pub(super) fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation of the value, before [`Process::scale`].
    pub(super) fn deviation(&self, process: &Process) -> f64 {
        (self.variance.max(0.0) + process.covariance.noise.powi(2)).sqrt()
    }
}

/// Over as many as the shorter has.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_image::perturb::{Perturbation, Sampling};

    fn place(rotate: f64, x: f64) -> Place {
        Place::of(&Perturbation {
            rotate,
            shift: [x, 0.0],
            sampling: Sampling::Bilinear,
            ..Perturbation::default()
        })
    }

    fn process() -> Process {
        Process::new(Covariance::of(Sampling::Bilinear), 1.0)
    }

    #[test]
    fn what_is_known_is_expected_where_it_is_known() {
        let mut process = process();
        for (at, value) in [(0.0, 1.0), (3.0, 0.2), (7.0, -0.5)] {
            let expectation = process.expect(place(0.0, at));
            process.announce(&expectation);
            process.learn(&[value]);
        }
        for (at, value) in [(0.0, 1.0), (3.0, 0.2), (7.0, -0.5)] {
            let expectation = process.expect(place(0.0, at));
            assert!((expectation.mean() - value).abs() < 0.02, "{at}");
            assert!(expectation.deviation(&process) < 0.05);
        }
        assert!(process.expect(place(90.0, 40.0)).deviation(&process) > 0.5);
    }

    #[test]
    fn an_expectation_that_is_brought_up_to_date_is_one_made_anew() {
        let mut process = process();
        let mut watched = process.expect(place(1.0, 2.0));
        let before = watched.deviation(&process);
        let batch = [(0.0, 0.0), (0.5, 2.0), (2.0, -1.0)];
        for (rotate, x) in batch {
            let expectation = process.expect(place(rotate, x));
            process.announce(&expectation);
        }
        // Announced, a place makes its neighbours better known, whatever its value will be.
        process.update(&mut watched);
        assert!(watched.deviation(&process) < before);
        assert!((watched.mean() - 1.0).abs() < 1e-12);
        process.learn(&[1.5, 0.3]);
        process.update(&mut watched);
        process.learn(&[2.0]);
        process.update(&mut watched);
        let anew = process.expect(place(1.0, 2.0));
        assert!((watched.mean() - anew.mean()).abs() < 1e-12);
        assert!((watched.deviation(&process) - anew.deviation(&process)).abs() < 1e-12);
    }

    #[test]
    fn values_that_differ_more_than_usual_widen_what_is_expected() {
        let mut calm = process();
        let mut wild = process();
        for at in 0..40 {
            for (process, height) in [(&mut calm, 0.3), (&mut wild, 6.0)] {
                let expectation = process.expect(place(f64::from(at) * 9.0, 0.0));
                process.announce(&expectation);
                process.learn(&[if at % 2 == 0 { height } else { -height }]);
            }
        }
        assert!(
            calm.scale() < 1.0 && wild.scale() > 1.5,
            "{} {}",
            calm.scale(),
            wild.scale()
        );
    }
}
