//! The tables of a study, as the report reads them.

use std::path::Path;

use super::words;
use crate::figures::csv_reader::Table;
use crate::study::error::StudyError;

/// The tables that figures are made of.
pub(super) struct Tables {
    pub(super) study: Table,
    pub(super) lesions: Table,
    pub(super) evaluation: Table,
    pub(super) areas: Table,
    pub(super) reliability: Table,
    pub(super) perturbations: Table,
    pub(super) families: Table,
    pub(super) robustness: Table,
    pub(super) attacks: Table,
    pub(super) confidence: Table,
    pub(super) sizes: Table,
    pub(super) proofs: Table,
    pub(super) comparison: Table,
}

impl Tables {
    /// Reads them from a folder.
    ///
    /// # Errors
    /// If one is missing or cannot be read.
    pub(super) fn read(folder: &Path) -> Result<Self, StudyError> {
        let table = |name: &str| Table::read(folder, name);
        Ok(Self {
            study: table("study.csv")?,
            lesions: table("lesions.csv")?,
            evaluation: table("evaluation.csv")?,
            areas: table("auc_calibration.csv")?,
            reliability: table("reliability.csv")?,
            perturbations: table("perturbations.csv")?,
            families: table("families.csv")?,
            robustness: table("robustness.csv")?,
            attacks: table("attacks.csv")?,
            confidence: table("attack_confidence.csv")?,
            sizes: table("attack_sizes.csv")?,
            proofs: table("proofs.csv")?,
            comparison: table("comparison.csv")?,
        })
    }

    /// The models, in the order of the study.
    pub(super) fn models(&self) -> Vec<&str> {
        self.evaluation.distinct("model")
    }

    /// A model as legends and headings name it: with its remedy, since two models of a study may differ in nothing else.
    pub(super) fn shown(&self, model: &str) -> String {
        words::with_remedy(model, self.remedy(model))
    }

    /// A model's remedy, by its name in tables.
    fn remedy(&self, model: &str) -> &str {
        let mut rows = self.evaluation.rows();
        let row = rows.find(|row| row.text("model") == model);
        row.map_or("", |row| row.text("remedy"))
    }

    /// The remedies of all models, as the last sentence of a caption.
    pub(super) fn remedies(&self) -> String {
        let models = self.models().into_iter();
        words::remedies(
            &models
                .map(|model| (model, self.remedy(model)))
                .collect::<Vec<_>>(),
        )
    }

    /// The threshold that figures use: the first.
    pub(super) fn threshold(&self) -> &str {
        self.evaluation
            .rows()
            .next()
            .map_or("", |row| row.text("threshold"))
    }
}
