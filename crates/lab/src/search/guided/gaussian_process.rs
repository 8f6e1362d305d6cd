//! A Gaussian process (Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, MIT Press): what a few known values say about
//! a place in between, and how far it may be off.
//!
//! The covariance is that of a constant, a plane, and a Matérn function with ν = 5/2 whose height and length are those under which the
//! known values are most likely, among a few.

/// Coordinates of a place.
pub(super) type Place = [f64; 6];

/// Standard deviation of the constant.
const CONSTANT: f64 = 2.0;
/// Standard deviation of the slope along each coordinate.
const SLOPE: f64 = 0.3;
/// Heights of the Matérn function that are tried, and the likeliest beforehand. No smaller ones: what few values say of how much
/// the rest may differ is not to be believed.
const HEIGHTS: ([f64; 3], f64) = ([0.8, 1.6, 3.2], 0.8);
/// Its lengths.
const LENGTHS: ([f64; 4], f64) = ([4.0, 8.0, 16.0, 32.0], 16.0);
/// How far heights and lengths are from these beforehand: the standard deviation of their logarithms.
const SPREAD: f64 = 0.7;

/// A value that is known, up to a standard deviation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) at: Place,
    pub(super) value: f64,
    pub(super) deviation: f64,
}

/// What the known values say.
pub(super) struct Process {
    known: Vec<Known>,
    /// Subtracted from the values.
    base: f64,
    shape: Shape,
    /// The covariance of the known values is the product of this lower triangle, row by row, and its mirror image.
    triangle: Vec<Vec<f64>>,
    weights: Vec<f64>,
}

#[derive(Clone, Copy)]
struct Shape {
    height: f64,
    length: f64,
}

impl Shape {
    fn covariance(self, a: &Place, b: &Place) -> f64 {
        let (mut product, mut squared) = (0.0, 0.0);
        for (a, b) in a.iter().zip(b) {
            product += a * b;
            squared += (a - b) * (a - b);
        }
        let apart = (5.0 * squared).sqrt() / self.length;
        let matern = (1.0 + apart + apart * apart / 3.0) * (-apart).exp();
        CONSTANT * CONSTANT + SLOPE * SLOPE * product + self.height * self.height * matern
    }

    /// The logarithm of how likely it is beforehand, up to a constant.
    fn prior(self) -> f64 {
        let far = |value: f64, usual: f64| ((value / usual).ln() / SPREAD).powi(2);
        -0.5 * (far(self.height, HEIGHTS.1) + far(self.length, LENGTHS.1))
    }
}

impl Process {
    /// From known values; none if there is none.
    pub(super) fn new(known: Vec<Known>) -> Option<Self> {
        let base = known.first()?.value;
        let values: Vec<f64> = known.iter().map(|one| one.value - base).collect();
        let shapes =
            (HEIGHTS.0.iter()).flat_map(|&height| LENGTHS.0.map(|length| Shape { height, length }));
        let (_, shape, triangle, whitened) = shapes
            .filter_map(|shape| {
                let triangle = triangle(&known, shape)?;
                let whitened = forward(&triangle, &values);
                let logs: f64 = (triangle.iter())
                    .filter_map(|row| row.last())
                    .map(|pivot| pivot.ln())
                    .sum();
                let likely = shape.prior() - 0.5 * dot(&whitened, &whitened) - logs;
                Some((likely, shape, triangle, whitened))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0))?;
        Some(Self {
            weights: backward(&triangle, whitened),
            known,
            base,
            shape,
            triangle,
        })
    }

    /// The expected value at a place, and its standard deviation.
    pub(super) fn at(&self, place: &Place) -> (f64, f64) {
        let shared: Vec<f64> = (self.known.iter())
            .map(|one| self.shape.covariance(&one.at, place))
            .collect();
        let explained = forward(&self.triangle, &shared);
        let left = self.shape.covariance(place, place) - dot(&explained, &explained);
        (
            self.base + dot(&shared, &self.weights),
            left.max(0.0).sqrt(),
        )
    }

    /// The squared distance of the nearest known value.
    pub(super) fn nearest(&self, place: &Place) -> f64 {
        let apart = |one: &Known| -> f64 {
            let coordinates = one.at.iter().zip(place);
            coordinates.map(|(a, b)| (a - b) * (a - b)).sum()
        };
        self.known.iter().map(apart).fold(f64::INFINITY, f64::min)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Cholesky's factor of the covariance of the known values; none if it is not positive, in floating-point numbers.
fn triangle(known: &[Known], shape: Shape) -> Option<Vec<Vec<f64>>> {
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(known.len());
    for one in known {
        let mut row = Vec::with_capacity(known.len());
        for (other, earlier) in known.iter().zip(&rows) {
            let left = shape.covariance(&one.at, &other.at) - dot(&row, earlier);
            row.push(left / earlier.last()?);
        }
        let own = shape.covariance(&one.at, &one.at) + one.deviation * one.deviation;
        let left = own - dot(&row, &row);
        if left.is_nan() || left <= 0.0 {
            return None;
        }
        row.push(left.sqrt());
        rows.push(row);
    }
    Some(rows)
}

/// The vector that the triangle turns into this one.
fn forward(triangle: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    let mut solved = Vec::with_capacity(vector.len());
    for (row, value) in triangle.iter().zip(vector) {
        let pivot = row.last().copied().unwrap_or(1.0);
        solved.push((value - dot(&solved, row)) / pivot);
    }
    solved
}

/// The vector that the triangle's mirror image turns into this one.
fn backward(triangle: &[Vec<f64>], mut vector: Vec<f64>) -> Vec<f64> {
    let mut solved = Vec::with_capacity(vector.len());
    for row in triangle.iter().rev() {
        let (Some(value), Some(pivot)) = (vector.pop(), row.last()) else {
            break;
        };
        let value = value / pivot;
        for (left, along) in vector.iter_mut().zip(row) {
            *left -= along * value;
        }
        solved.push(value);
    }
    solved.reverse();
    solved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(at: [f64; 2], value: f64) -> Known {
        Known {
            at: [at[0], at[1], 0.0, 0.0, 0.0, 0.0],
            value,
            deviation: 0.01,
        }
    }

    #[test]
    fn a_plane_is_continued_and_doubted_the_further_the_more() {
        let plane = |[x, y]: [f64; 2]| 2.0 - 0.1 * x + 0.05 * y;
        let places = [[0.0, 0.0], [2.0, 0.0], [0.0, 2.0], [3.0, 3.0]];
        let process = Process::new(places.map(|at| known(at, plane(at))).to_vec()).unwrap();
        let (near, sure) = process.at(&known([1.0, 1.0], 0.0).at);
        assert!((near - plane([1.0, 1.0])).abs() < 0.02, "{near}");
        let (far, unsure) = process.at(&known([12.0, -8.0], 0.0).at);
        assert!((far - plane([12.0, -8.0])).abs() < 0.3, "{far}");
        assert!(sure < 0.1 * unsure, "{sure} {unsure}");
        assert!(process.nearest(&known([2.0, 1.0], 0.0).at) == 1.0);
    }

    #[test]
    fn a_bend_is_followed_between_known_values() {
        let bend = |[x, y]: [f64; 2]| (x / 8.0).sin() + 0.02 * y * y;
        let places = (0..25).map(|at| [f64::from(at % 5) * 3.0, f64::from(at / 5) * 3.0]);
        let process = Process::new(places.map(|at| known(at, bend(at))).collect()).unwrap();
        for at in [[1.5, 1.5], [7.0, 5.0], [10.0, 11.0]] {
            let (value, doubt) = process.at(&known(at, 0.0).at);
            let off = (value - bend(at)).abs();
            assert!(off < 0.05 && off < 4.0 * doubt, "{at:?} {off} {doubt}");
        }
        assert!(Process::new(Vec::new()).is_none());
    }
}
