//! Where a grid of values crosses a level: marching squares, linear between neighbouring values.

/// A piece of the contour, from one point to another: (column, row), in steps of the grid from its first value.
pub type Segment = [(f64, f64); 2];

/// The contour of a level in a grid of so many columns. Cells with a value that is not a number have none.
#[must_use]
pub fn contour(values: &[f32], columns: usize, level: f32) -> Vec<Segment> {
    let level = f64::from(level);
    let lines: Vec<&[f32]> = values.chunks_exact(columns.max(1)).collect();
    let mut segments = Vec::new();
    for (row, two) in lines.windows(2).enumerate() {
        let [above, below] = two else { continue };
        let cells = above.windows(2).zip(below.windows(2));
        for (column, (top, bottom)) in cells.enumerate() {
            if let ([a, b], [d, c]) = (top, bottom) {
                let corners = [*a, *b, *c, *d].map(f64::from);
                let at = (column as f64, row as f64);
                cell(corners, level, at, &mut segments);
            }
        }
    }
    segments
}

/// The pieces within one cell, whose corners are given clockwise from its first.
fn cell(corners: [f64; 4], level: f64, (x, y): (f64, f64), segments: &mut Vec<Segment>) {
    let [a, b, c, d] = corners;
    if !(a + b + c + d).is_finite() {
        return;
    }
    let inside = corners.map(|value| value >= level);
    let share = |from: f64, to: f64| (level - from) / (to - from);
    // Crossings of the four sides: between a and b, b and c, c and d, d and a.
    let sides = [
        (inside[0] != inside[1]).then(|| (x + share(a, b), y)),
        (inside[1] != inside[2]).then(|| (x + 1.0, y + share(b, c))),
        (inside[2] != inside[3]).then(|| (x + 1.0 - share(c, d), y + 1.0)),
        (inside[3] != inside[0]).then(|| (x, y + 1.0 - share(d, a))),
    ];
    if let [Some(first), Some(right), Some(last), Some(left)] = sides {
        // A saddle: the mean decides which corners belong together.
        let joins = ((a + b + c + d) / 4.0 >= level) == inside[0];
        if joins {
            segments.extend([[first, right], [last, left]]);
        } else {
            segments.extend([[first, left], [last, right]]);
        }
        return;
    }
    let mut found = sides.into_iter().flatten();
    if let (Some(one), Some(other)) = (found.next(), found.next()) {
        segments.push([one, other]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_has_a_straight_contour() {
        let values: Vec<f32> = (0..12).map(|at| (at % 4) as f32).collect();
        let segments = contour(&values, 4, 1.25);
        assert_eq!(segments.len(), 2);
        for segment in segments {
            assert!(segment.iter().all(|(x, _)| (x - 1.25).abs() < 1e-12));
        }
        assert!(contour(&values, 4, 9.0).is_empty());
        assert!(contour(&[0.0, 1.0], 2, 0.5).is_empty());
    }

    #[test]
    fn a_peak_is_surrounded_and_saddles_are_cut_apart() {
        let mut peak = [0.0; 25];
        peak[12] = 1.0;
        assert_eq!(contour(&peak, 5, 0.5).len(), 4);
        let saddle = [1.0, 0.0, 0.0, 1.0];
        let joined = contour(&saddle, 2, 0.4);
        assert_eq!(joined.len(), 2);
        let apart = contour(&saddle, 2, 0.6);
        assert_eq!(apart.len(), 2);
        // Joined, the low corners are cut off; apart, the high ones: (0, 0) is then within one piece.
        let near = |segments: &[Segment], (x, y): (f64, f64)| {
            segments.iter().any(|segment| {
                segment
                    .iter()
                    .all(|(a, b)| (a - x).abs() + (b - y).abs() < 0.7)
            })
        };
        assert!(near(&apart, (0.0, 0.0)) && !near(&joined, (0.0, 0.0)));
        assert!(contour(&[f32::NAN, 1.0, 0.0, 1.0], 2, 0.5).is_empty());
    }
}
