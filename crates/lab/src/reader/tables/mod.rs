//! The answers and results of a reader study as tables: CSV files in a folder, each rate with its counts and interval.
//!
//! | file | a row is |
//! |---|---|
//! | `study.csv` | a fact of the study: parameters, hashes, how many have read |
//! | `answers.csv` | an answer: who, when in their order, which case, the answer, how long it took |
//! | `events.csv` | any other event: opened, paused, resumed, timed out, finished |
//! | `cases.csv` | a case: what it shows, what was changed, what the network and the readers said |
//! | `readers.csv` | a reader on one form: counts, sensitivity, specificity, accuracy |
//! | `pooled.csv` | all readers, and the network, likewise |
//! | `paired.csv` | a reader, all of them, or the network on lesions judged in both forms: McNemar's test |
//! | `across.csv` | a measure across readers and lesions (MRMC): each form, and their difference |
//! | `agreement.csv` | κ of all readers, of two, of one and the network, on one form |
//! | `times.csv` | response times of a reader, or of all, by form and by whether the call was right |
//! | `hands.csv` | a class on one form: hands; only for a study by show of hands |
//! | `calls.imrmc` | reads in iMRMC's format: the score says melanoma |
//! | `right.imrmc` | reads in iMRMC's format for binary data: the score says whether the call was right |
//!
//! Rates have six decimals and come from the counts next to them. Intervals are at 95 %: Wilson's for rates, that of the
//! analysis in `across.csv` and `agreement.csv`, where a column names the method, or why there is no interval. An empty cell is
//! a number that cannot be computed. The same answers give the same bytes.

mod answers;
mod cases;
mod imrmc;
mod performance;
#[cfg(test)]
pub(super) mod tests;

use std::path::{Path, PathBuf};

use super::error::ReaderError;
use super::results::Evidence;
use super::store::{Phase, Store};
use crate::figures::csv_writer::{Sheet, text};
use crate::results_file::may_write::{are_known, may_write_tables};

/// Every table that [`export`] may write.
const FILES: [&str; 13] = [
    "study.csv",
    "answers.csv",
    "events.csv",
    "cases.csv",
    "readers.csv",
    "pooled.csv",
    "paired.csv",
    "across.csv",
    "agreement.csv",
    "times.csv",
    "hands.csv",
    "calls.imrmc",
    "right.imrmc",
];

/// Whether the tables, or a report with its tables, may be written into a folder: not if they would replace files that are not
/// from an earlier export of this study (unless `force` is set), and never if they would replace `study`, the file itself.
///
/// # Errors
/// If not, with the file that is in the way.
pub fn may_write(
    store: &Store,
    study: &Path,
    folder: &Path,
    report: bool,
    force: bool,
) -> Result<(), ReaderError> {
    let sha256 = store.plan().sha256()?;
    Ok(may_write_tables(
        study, &sha256, &FILES, folder, report, force,
    )?)
}

/// Writes the tables of a reader study into an existing folder, and returns their paths. Each appears whole or not at all.
///
/// # Errors
/// If an answer is damaged; if a file cannot be read or written.
pub fn export(store: &Store, folder: &Path) -> Result<Vec<PathBuf>, ReaderError> {
    store.check()?;
    let (readers, given) = (store.readers()?, store.answers(Phase::Reading)?);
    let evidence = Evidence::new(store.plan(), &readers, &given);
    let results = evidence.results();
    let mut files = vec![
        facts(store, &evidence, folder)?,
        answers::answers(&evidence, &given, folder)?,
        answers::events(&readers, &store.events()?, folder)?,
        cases::cases(&evidence, folder)?,
    ];
    files.extend(performance::write(&evidence, &results, folder)?);
    if store.plan().settings.classroom {
        files.push(performance::hands(&results, folder)?);
    } else {
        files.extend(imrmc::write(&evidence, folder)?);
    }
    debug_assert!(are_known(&files, &FILES), "{files:?}");
    Ok(files)
}

/// The facts about the study.
fn facts(store: &Store, evidence: &Evidence<'_>, folder: &Path) -> Result<PathBuf, ReaderError> {
    let plan = store.plan();
    let mut sheet = Sheet::new(folder, "study.csv", &["fact", "value"])?;
    let mut row = |fact: &str, value: String| sheet.row([fact.to_owned(), value]);
    for (name, value) in plan.parameters()? {
        row(name, text(&value))?;
    }
    let of = plan.settings.cases;
    let mut finished = 0;
    for reader in evidence.readers() {
        finished += usize::from(store.answered(Phase::Reading, reader.number)? == of);
    }
    row("exported_by", env!("CARGO_PKG_VERSION").to_owned())?;
    row("readers_joined", evidence.readers().len().to_string())?;
    row("readers_finished", finished.to_string())?;
    row("answers", evidence.judgements().count().to_string())?;
    Ok(sheet.finish()?)
}
