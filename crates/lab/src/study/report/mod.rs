//! The report of a study: one HTML page that needs no network connection and no scripts, with its figures embedded as SVG; next
//! to it the same figures as files, and the tables.
//!
//! Every number on the page is read from the tables next to it, but for how many searches judged their candidates in another type. Figures distinguish models by shape and dash, so that a
//! black-and-white print shows the same. The same results give the same bytes.

mod attack_figures;
mod figures;
mod flipped;
mod page;
mod proofs;
mod proposals;
mod read_tables;
#[cfg(test)]
mod tests;
mod words;

use std::path::{Path, PathBuf};

use super::error::StudyError;
use super::plan::Plan;
use super::store::Store;
use super::tables::{self, Options};
use crate::figures::figure::Figure;
use crate::figures::report_files::{save_figures, save_page, tables_folder};
use flipscope_image::lesion::Raster;
use read_tables::Tables;

pub use words::title as family_in_words;

/// Writes the report into a folder, in this thread's language but for the tables, and returns the page's path.
///
/// # Errors
/// As [`tables::export`], and if a figure cannot be drawn or a file not be written.
pub fn write(store: &Store, folder: &Path, options: &Options) -> Result<PathBuf, StudyError> {
    let csv = tables_folder(folder)?;
    tables::export(store, &csv, options)?;
    let plan = store.plan()?;
    let tables = Tables::read(&csv)?;
    let drawn = Drawn::of(store, &plan, &tables)?;
    save_figures(folder, drawn.all())?;
    let page = page::html(&plan, &tables, &drawn, options);
    Ok(save_page(folder, &page)?)
}

/// The figures of a report as pictures.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// Each with its title, its pixels at twice its size.
    pub figures: Vec<(String, Raster)>,
    /// Why there is no figure where one could be expected, one sentence each.
    pub notes: Vec<String>,
    /// Whether one is missing because the photographs were not found.
    pub photographs_missing: bool,
}

/// The figures of the report in this thread's language. The tables that they are made from are written into an empty folder, and nothing
/// else.
///
/// # Errors
/// As [`write()`].
pub fn pictures(store: &Store, folder: &Path, options: &Options) -> Result<Pictures, StudyError> {
    tables::export(store, folder, options)?;
    let drawn = Drawn::of(store, &store.plan()?, &Tables::read(folder)?)?;
    let figures = drawn
        .all()
        .map(|figure| Ok((figure.title().to_owned(), figure.drawn()?)))
        .collect::<Result<_, StudyError>>()?;
    Ok(Pictures {
        figures,
        notes: drawn.notes,
        photographs_missing: drawn.photographs_missing,
    })
}

/// The figures, by the part of the page that they belong to.
struct Drawn {
    evaluation: Vec<Figure>,
    perturbations: Vec<Figure>,
    attacks: Vec<Figure>,
    /// What of the attacks has no figure, one sentence each.
    notes: Vec<String>,
    photographs_missing: bool,
    /// In which type candidates were judged, where that is not the type of the verdicts.
    proposals: Vec<String>,
}

impl Drawn {
    fn of(store: &Store, plan: &Plan, tables: &Tables) -> Result<Self, StudyError> {
        let (mut attacks, mut notes) = attack_figures::attacks(tables);
        let flipped = flipped::pages(store, plan)?;
        attacks.extend(flipped.figures);
        notes.extend(flipped.notes);
        let mut drawn = Self {
            notes,
            photographs_missing: flipped.photographs_missing,
            proposals: proposals::sentences(store, plan)?,
            evaluation: figures::evaluation(tables),
            perturbations: figures::perturbations(tables),
            attacks,
        };
        // A figure is shown without the page, too: its caption says what the verdicts went through.
        let remedies = tables.remedies();
        let parts = [
            &mut drawn.evaluation,
            &mut drawn.perturbations,
            &mut drawn.attacks,
        ];
        for figure in parts.into_iter().flatten() {
            figure.caption = format!("{} {remedies}", figure.caption);
        }
        Ok(drawn)
    }

    fn all(&self) -> impl Iterator<Item = &Figure> {
        let parts = [&self.evaluation, &self.perturbations, &self.attacks];
        parts.into_iter().flatten()
    }
}
