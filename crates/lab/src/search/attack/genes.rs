//! What the attacks have in common that vary a few numbers.

use crate::search::evolution::{Settings, Strategy};
use flipscope_image::perturb::Perturbation;

/// An attack on a few numbers, the genes: how they become a perturbation.
pub(in crate::search) trait Genes {
    /// Lower and upper bound of each gene.
    fn bounds(&self) -> Vec<[f64; 2]>;

    /// The genes that change nothing; they may lie outside the bounds.
    fn identity(&self) -> Vec<f64>;

    /// The perturbation of some genes within the bounds.
    fn perturbation(&self, genes: &[f64]) -> Perturbation;

    /// Whether it changes nothing but colours, each channel by a table ([`flipscope_image::perturb::colour_tables`]).
    fn is_colour(&self) -> bool {
        false
    }
}

/// The population of the letter's code: 20 per gene, otherwise SciPy's defaults; its callback ends the search at the 21st
/// generation (DESIGN: at most 20 after the first).
pub(super) fn letter_settings() -> Settings {
    Settings {
        strategy: Strategy::Best1Bin,
        population_per_gene: 20,
        generations: 21,
        tol: 1e-5,
        ..Settings::default()
    }
}
