//! Charts: slowly varying fields sampled once on a coarse grid, because most of the skin's noise changes little from pixel to
//! pixel.

use rayon::prelude::*;

use super::maths::{Point, floor};

/// Nodes per field height, for charts of the skin.
pub(super) const NODES_OF_THE_FIELD: f32 = 160.0;
/// Nodes per mean radius, for charts of the lesion.
const NODES_OF_THE_LESION: f32 = 36.0;

/// `N` fields over a rectangle around the origin, read back through a quadratic B-spline: smooth, without creases at any zoom.
#[derive(Debug)]
pub(super) struct Chart<const N: usize> {
    /// Nodes per unit of length. Fields with a wavelength of at least four nodes keep their shape.
    nodes: f32,
    /// Grid coordinates of the first node.
    first: (i32, i32),
    rows: Vec<Vec<[f32; N]>>,
}

impl<const N: usize> Chart<N> {
    /// Samples `fields` over a rectangle that extends by `reach` to either side of the origin, with `nodes` per unit.
    pub(super) fn new(reach: Point, nodes: f32, fields: impl Fn(Point) -> [f32; N] + Sync) -> Self {
        let (columns, rows) = (half(reach.x * nodes), half(reach.y * nodes));
        let rows = (-rows..=rows)
            .into_par_iter()
            .map(|j| {
                (-columns..=columns)
                    .map(|i| fields(Point::new(i as f32, j as f32) * (1.0 / nodes)))
                    .collect()
            })
            .collect();
        Self {
            nodes,
            first: (-columns, -half(reach.y * nodes)),
            rows,
        }
    }

    /// Samples `fields` over the disc of this radius around the origin, in the lesion's own coordinates.
    pub(super) fn of_lesion(radius: f32, fields: impl Fn(Point) -> [f32; N] + Sync) -> Self {
        // A point in the disc reads nodes up to one and a half steps outside it.
        let beyond = radius + 3.0 / NODES_OF_THE_LESION;
        Self::new(Point::new(radius, radius), NODES_OF_THE_LESION, |at| {
            if at.dot(at) > beyond * beyond {
                [0.0; N]
            } else {
                fields(at)
            }
        })
    }

    /// The fields at a point of the sampled rectangle.
    pub(super) fn at(&self, p: Point) -> [f32; N] {
        let ((i, wx), (j, wy)) = (spline(p.x * self.nodes), spline(p.y * self.nodes));
        let (left, top) = self.first;
        let (column, row) = (
            (i - 1 - left).max(0) as usize,
            (j - 1 - top).max(0) as usize,
        );
        let mut sum = [0.0; N];
        for (row, weight) in self.rows.iter().skip(row).zip(wy) {
            for (node, across) in row.iter().skip(column).zip(wx) {
                let w = weight * across;
                for (total, value) in sum.iter_mut().zip(node) {
                    *total += w * value;
                }
            }
        }
        sum
    }
}

/// Number of nodes from the origin to beyond the edge, which is `reach` nodes away.
fn half(reach: f32) -> i32 {
    reach as i32 + 3
}

/// The node nearest to a grid coordinate and the weights of the three around it.
fn spline(t: f32) -> (i32, [f32; 3]) {
    let (node, rest) = floor(t + 0.5);
    let d = rest - 0.5;
    (
        node,
        [
            0.5 * (0.5 - d) * (0.5 - d),
            0.75 - d * d,
            0.5 * (0.5 + d) * (0.5 + d),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_gives_back_what_it_sampled() {
        let reach = Point::new(0.7, 0.5);
        let field = |p: Point| [1.0, 3.0 * p.x - p.y, (p.x * 20.0).sin()];
        let chart = Chart::new(reach, NODES_OF_THE_FIELD, field);
        for i in 0..500 {
            let p = Point::new((i % 29) as f32 * 0.05 - 0.7, (i / 29) as f32 * 0.0587 - 0.5);
            for (read, exact) in chart.at(p).iter().zip(field(p)) {
                assert!(
                    (read - exact).abs() < 5e-3,
                    "{read} instead of {exact} at {p:?}"
                );
            }
        }
    }
}
