//! The combinations of bounds: where a change is as large as it can be, on some of the numbers.

/// Every combination of lower bound, origin and upper bound.
pub(super) fn lattice(bounds: &[[f64; 2]], origin: &[f64]) -> Vec<Vec<f64>> {
    let mut points = vec![Vec::new()];
    for (&[low, high], &origin) in bounds.iter().zip(origin) {
        let mut levels = vec![low, high, origin];
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        points = (points.iter())
            .flat_map(|point: &Vec<f64>| {
                levels.iter().map(|&level| {
                    let mut point = point.clone();
                    point.push(level);
                    point
                })
            })
            .collect();
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lattice_has_every_combination_once() {
        let points = lattice(&[[0.9, 1.1], [0.0, 5.0], [2.0, 2.0]], &[1.0, 0.0, 2.0]);
        assert_eq!(points.len(), 6);
        assert!(points.contains(&vec![1.0, 5.0, 2.0]));
        assert!(points.contains(&vec![0.9, 0.0, 2.0]));
    }
}
