//! DIRECT (Jones, Perttunen and Stuckman 1993, J Optim Theory Appl 79: 157), in the locally biased form of Gablonsky and Kelley
//! (2001, J Glob Optim 21: 27): the size of a box is its longest side, and of boxes of one size only the best is divided.
//!
//! Points are in the unit cube, and are asked for and told by whole iterations, like generations. Nothing is random.

use std::collections::BTreeMap;

/// A box is divided only if it could lower the best value by this share (Jones' ε).
const WORTHWHILE: f64 = 1e-4;
/// A side is halved in thirds no further than this: 3⁻¹⁸ is below any step of a u8 frame.
const DEEPEST: u32 = 18;

/// A box: its centre, and how often each side was divided in three.
#[derive(Clone, Debug)]
struct Cell {
    centre: Vec<f64>,
    depths: Vec<u32>,
    value: f64,
}

impl Cell {
    /// Depth of its longest sides: the shallowest.
    fn depth(&self) -> u32 {
        self.depths.iter().copied().min().unwrap_or(0)
    }
}

/// One side of one cell that is being divided, and the points on either side of its centre.
struct Division {
    cell: usize,
    side: usize,
    points: [Vec<f64>; 2],
}

/// The division of the unit cube so far.
pub(in crate::search) struct Direct {
    cells: Vec<Cell>,
    dimensions: usize,
    open: Vec<Division>,
}

impl Direct {
    /// The whole unit cube.
    pub(in crate::search) fn new(dimensions: usize) -> Self {
        Self {
            cells: Vec::new(),
            dimensions,
            open: Vec::new(),
        }
    }

    /// The points whose values are needed next: the centre, then two for each side that is divided. None when there is nothing left
    /// to divide.
    pub(in crate::search) fn ask(&mut self) -> Vec<Vec<f64>> {
        if self.cells.is_empty() {
            return vec![vec![0.5; self.dimensions]];
        }
        self.open = (self.worth_dividing().into_iter())
            .flat_map(|cell| self.divisions(cell))
            .collect();
        (self.open.iter())
            .flat_map(|division| division.points.iter().cloned())
            .collect()
    }

    /// Takes the values of the points that were asked for, in order; infinite for one that was not evaluated.
    pub(in crate::search) fn tell(&mut self, values: &[f64]) {
        if self.cells.is_empty() {
            self.cells.push(Cell {
                centre: vec![0.5; self.dimensions],
                depths: vec![0; self.dimensions],
                value: values.first().copied().unwrap_or(f64::INFINITY),
            });
            return;
        }
        let (pairs, _) = values.as_chunks::<2>();
        let mut told: Vec<(Division, [f64; 2])> =
            self.open.drain(..).zip(pairs.iter().copied()).collect();
        // The sides with the best values are divided first, so that these keep the largest boxes.
        told.sort_by(|(a, of_a), (b, of_b)| {
            let least = |values: &[f64; 2]| values.iter().copied().fold(f64::INFINITY, f64::min);
            (a.cell.cmp(&b.cell)).then(least(of_a).total_cmp(&least(of_b)))
        });
        for (division, values) in told {
            let Some(parent) = self.cells.get_mut(division.cell) else {
                continue;
            };
            if let Some(depth) = parent.depths.get_mut(division.side) {
                *depth += 1;
            }
            let depths = parent.depths.clone();
            for (centre, value) in division.points.into_iter().zip(values) {
                self.cells.push(Cell {
                    centre,
                    depths: depths.clone(),
                    value,
                });
            }
        }
    }

    /// The cells that are potentially optimal: the best of each size on the lower right convex hull of size and value.
    fn worth_dividing(&self) -> Vec<usize> {
        let mut by_depth: BTreeMap<u32, usize> = BTreeMap::new();
        for (at, cell) in self.cells.iter().enumerate() {
            if cell.depth() >= DEEPEST || !cell.value.is_finite() {
                continue;
            }
            let best = by_depth.entry(cell.depth()).or_insert(at);
            if (self.cells.get(*best)).is_some_and(|best| cell.value < best.value) {
                *best = at;
            }
        }
        // From the smallest boxes to the largest.
        let sized: Vec<(f64, f64, usize)> = (by_depth.into_iter().rev())
            .filter_map(|(depth, at)| {
                let value = self.cells.get(at)?.value;
                Some((3_f64.powi(-depth.cast_signed()), value, at))
            })
            .collect();
        let least = sized.iter().map(|one| one.1).fold(f64::INFINITY, f64::min);
        let wanted = least - WORTHWHILE * least.abs();
        let mut hull: Vec<(f64, f64, usize)> = Vec::new();
        for &one in &sized {
            // Nothing smaller with a value that is not lower belongs to the hull.
            while hull.last().is_some_and(|last| one.1 <= last.1) {
                hull.pop();
            }
            while let [.., before, last] = hull.as_slice() {
                let rises = |from: &(f64, f64, usize), to: &(f64, f64, usize)| {
                    (to.1 - from.1) / (to.0 - from.0)
                };
                if rises(before, last) < rises(before, &one) {
                    break;
                }
                hull.pop();
            }
            hull.push(one);
        }
        (hull.iter().enumerate())
            .filter(|(at, (size, value, _))| {
                // The steepest slope that the hull allows: towards the next larger box; the largest box may be as good as any.
                hull.get(at + 1).is_none_or(|next| {
                    let slope = (next.1 - value) / (next.0 - size);
                    value - slope * size <= wanted
                })
            })
            .map(|(_, &(_, _, at))| at)
            .collect()
    }

    /// A division of every longest side of a cell.
    fn divisions(&self, at: usize) -> Vec<Division> {
        let Some(cell) = self.cells.get(at) else {
            return Vec::new();
        };
        let depth = cell.depth();
        let step = 3_f64.powi(-(depth + 1).cast_signed());
        (cell.depths.iter().enumerate())
            .filter(|&(_, &of_side)| of_side == depth)
            .map(|(side, _)| Division {
                cell: at,
                side,
                points: [-step, step].map(|step| {
                    let mut point = cell.centre.clone();
                    if let Some(value) = point.get_mut(side) {
                        *value += step;
                    }
                    point
                }),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The least value after so many evaluations, and where.
    fn minimise(
        dimensions: usize,
        evaluations: usize,
        function: impl Fn(&[f64]) -> f64,
    ) -> (f64, Vec<f64>) {
        let mut direct = Direct::new(dimensions);
        let (mut best, mut used) = ((f64::INFINITY, Vec::new()), 0);
        while used < evaluations {
            let points = direct.ask();
            assert!(!points.is_empty());
            let values: Vec<f64> = points.iter().map(|point| function(point)).collect();
            used += values.len();
            for (point, &value) in points.iter().zip(&values) {
                assert!(point.iter().all(|x| (0.0..=1.0).contains(x)), "{point:?}");
                if value < best.0 {
                    best = (value, point.clone());
                }
            }
            direct.tell(&values);
        }
        best
    }

    #[test]
    fn a_bowl_is_followed_to_its_ground() {
        let ground = [0.3, 0.81, 0.55];
        let bowl = |x: &[f64]| x.iter().zip(ground).map(|(x, g)| (x - g).powi(2)).sum();
        let (value, at) = minimise(3, 300, bowl);
        assert!(value < 1e-4, "{value} at {at:?}");
    }

    #[test]
    fn the_deeper_of_two_valleys_is_found() {
        let function = |x: &[f64]| {
            let near = |at: [f64; 2], wide: f64| {
                let apart: f64 = x.iter().zip(at).map(|(x, a)| (x - a).powi(2)).sum();
                (-apart / wide).exp()
            };
            -near([0.2, 0.25], 0.08) - 1.5 * near([0.85, 0.9], 0.01)
        };
        let (value, at) = minimise(2, 250, function);
        assert!(value < -1.4, "{value} at {at:?}");
    }

    #[test]
    fn no_point_is_asked_for_twice_and_boxes_fill_the_cube() {
        let mut direct = Direct::new(2);
        let mut seen: Vec<Vec<f64>> = Vec::new();
        for _ in 0..12 {
            let points = direct.ask();
            for point in &points {
                let close =
                    |other: &Vec<f64>| (other.iter().zip(point)).all(|(a, b)| (a - b).abs() < 1e-9);
                assert!(!seen.iter().any(close), "{point:?}");
            }
            let values: Vec<f64> = points.iter().map(|p| (p[0] * 7.0).sin() + p[1]).collect();
            seen.extend(points);
            direct.tell(&values);
        }
        let volume: f64 = (direct.cells.iter())
            .map(|cell| 3_f64.powi(-cell.depths.iter().sum::<u32>().cast_signed()))
            .sum();
        assert!((volume - 1.0).abs() < 1e-9, "{volume}");
    }
}
