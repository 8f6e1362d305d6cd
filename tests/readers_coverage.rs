//! Simulated readers: the intervals cover what is known about as often as they claim. `experiments/run simulate-readers` does it at length.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "readers/simulate.rs"]
mod simulate;

use simulate::{Design, Row, Setting, VARIANCES, run};

/// Studies that are simulated of each design.
const REPETITIONS: u64 = 400;

/// Each row within 3.5 standard deviations of the binomial distribution of 400 trials at 95 %: 365 to 395. An interval that covers
/// exactly as often as it claims falls outside once in 2,000 rows. The share right of all lesions may cover more often: its lesions
/// are drawn as a fixed mix and analysed as if drawn freely.
fn within_the_band(rows: &[Row]) {
    let n = REPETITIONS as f64;
    let spread = 3.5 * (n * 0.95 * 0.05).sqrt();
    for row in rows {
        let covered = row.covered as f64;
        let free = row.name.starts_with("share right");
        assert!(
            covered >= n * 0.95 - spread && (free || covered <= n * 0.95 + spread),
            "{row:?}"
        );
        // The biased variance is the exception.
        assert!(row.biased * 5 < row.repetitions, "{row:?}");
    }
}

fn setting(design: Design) -> Setting {
    Setting {
        readers: 8,
        lesions: 40,
        design,
        rates: [[0.80, 0.60], [0.75, 0.75]],
    }
}

#[test]
fn intervals_cover_where_all_readers_read_all_lesions() {
    within_the_band(&run(&setting(Design::Crossed), REPETITIONS, 1).unwrap());
}

#[test]
fn intervals_cover_where_a_reader_sees_a_lesion_in_one_form() {
    within_the_band(&run(&setting(Design::Counterbalanced), REPETITIONS, 2).unwrap());
}

#[test]
fn intervals_cover_where_readers_leave() {
    within_the_band(&run(&setting(Design::Leaving), REPETITIONS, 3).unwrap());
}

#[test]
fn a_simulation_is_repeatable_and_its_truth_is_what_was_asked() {
    assert!((VARIANCES.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    let covered = || -> Vec<(Option<f64>, u64)> {
        let rows = run(&setting(Design::Leaving), 20, 9).unwrap();
        rows.iter().map(|row| (row.truth, row.covered)).collect()
    };
    assert_eq!(covered(), covered());
    let truths: Vec<f64> = covered()
        .into_iter()
        .filter_map(|(truth, _)| truth)
        .collect();
    let expected = [0.80, 0.60, -0.20, 0.75, 0.75, 0.0, 0.775, 0.675, -0.10];
    assert_eq!(truths.len(), expected.len());
    for (truth, expected) in truths.iter().zip(expected) {
        assert!((truth - expected).abs() < 1e-12, "{truths:?}");
    }
}
