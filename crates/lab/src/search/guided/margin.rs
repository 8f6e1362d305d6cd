//! The margin of a verdict: the log-odds of the verdict that a search starts from. Unlike the probability, it is nearly linear in small
//! changes and does not saturate.

/// Probabilities closer to 0 or 1 than this count as this.
const LEAST: f64 = 1e-12;

/// The log-odds of an energy, 0..=1.
pub(super) fn margin(energy: f64) -> f64 {
    let energy = energy.clamp(LEAST, 1.0 - LEAST);
    (energy / (1.0 - energy)).ln()
}

/// The factor from the slope of the cross entropy of the wanted class, −ln(1 − energy), to that of the margin: exact where the model
/// has two classes.
pub(super) fn of_cross_entropy(energy: f64) -> f64 {
    1.0 / energy.clamp(1e-6, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_of_the_margin_are_those_of_the_cross_entropy_scaled() {
        for energy in [0.02, 0.4, 0.5, 0.97] {
            let step = 1e-6;
            let of_margin = (margin(energy + step) - margin(energy - step)) / (2.0 * step);
            let cross_entropy = |energy: f64| -(1.0 - energy).ln();
            let of_entropy =
                (cross_entropy(energy + step) - cross_entropy(energy - step)) / (2.0 * step);
            let scaled = of_entropy * of_cross_entropy(energy);
            assert!((of_margin - scaled).abs() < 1e-5 * of_margin, "{energy}");
        }
    }
}
