//! Reads in the format of iMRMC, the FDA's program for multi-reader multi-case studies (github.com/DIDSR/iMRMC).
//!
//! The format, according to its input files `000_iMRMC/inputFiles/*.imrmc` and its reader `mrmc/core/InputFile.java`, and as
//! accepted by `DfReadDataFile` of the R package `RJafroc`: free text with the lines `NR:`, `N0:`, `N1:`, `NM:` (readers, cases
//! without and with the signal, modalities); the line `BEGIN DATA:`; then rows of reader, case, modality, score. Rows of reader
//! −1 give the truth of a case, 0 or 1. All four are numbers here, which both programs accept; the text before explains them.
//!
//! - `calls.imrmc`: the signal is melanoma. The score is 1 for melanoma and 0 for nevus; if confidence was asked, 5 +
//!   confidence for melanoma and 6 − confidence for nevus (1, surely a nevus, to 10, surely a melanoma). iMRMC's AUC for calls
//!   alone is the mean of sensitivity and specificity.
//! - `right.imrmc`: as iMRMC's `test_binary_data.imrmc`: the lesions are the cases with the signal, with score 1 if the call
//!   was right and 0 if not; for each there is a case without the signal and with score 0.5, so that the AUC is the share of
//!   right calls.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::reader::error::ReaderError;
use crate::reader::plan::Form;
use crate::reader::results::{Evidence, Judgement};
use flipscope_base::atomic::{self, Existing};
use flipscope_base::untrusted::printable;
use flipscope_model::Label;

/// A row of data.
struct Row {
    reader: u32,
    case: u32,
    modality: u32,
    score: f64,
}

/// Both files.
pub(super) fn write(evidence: &Evidence<'_>, folder: &Path) -> Result<Vec<PathBuf>, ReaderError> {
    let called: Vec<Judgement<'_>> = evidence
        .persons()
        .filter(|one| one.reply.call.is_some())
        .collect();
    let sha256 = evidence.plan().sha256()?;
    let readers: Vec<(u32, &str)> = (evidence.readers().iter())
        .filter(|reader| called.iter().any(|one| one.reader.number == reader.number))
        .map(|reader| (reader.number, reader.pseudonym.as_str()))
        .collect();
    let texts = [
        (
            "calls.imrmc",
            calls(&called),
            "a score is higher for melanoma; truth 1 is melanoma",
        ),
        (
            "right.imrmc",
            right(&called),
            "score 1 is a right call, 0 a wrong one, 0.5 a stand-in",
        ),
    ];
    let mut files = Vec::new();
    for (name, (truths, rows), about) in texts {
        let path = folder.join(name);
        let text = file(&sha256, &readers, about, &truths, &rows);
        atomic::write(&path, text.as_bytes(), Existing::Replace).map_err(ReaderError::io(&path))?;
        files.push(path);
    }
    Ok(files)
}

fn row(one: &Judgement<'_>, case: u32, score: f64) -> Row {
    Row {
        reader: one.reader.number,
        case,
        modality: match one.case.form {
            Form::Unmodified => 1,
            Form::Adversarial => 2,
        },
        score,
    }
}

type Data = (BTreeMap<u32, bool>, Vec<Row>);

fn calls(called: &[Judgement<'_>]) -> Data {
    let mut data = Data::default();
    for one in called {
        let case = one.case.lesion + 1;
        let melanoma = one.reply.call == Some(Label::Melanoma);
        let score = match (one.reply.confidence, melanoma) {
            (None, _) => f64::from(u8::from(melanoma)),
            (Some(confidence), true) => 5.0 + f64::from(confidence),
            (Some(confidence), false) => 6.0 - f64::from(confidence),
        };
        data.0.insert(case, one.lesion.truth == Label::Melanoma);
        data.1.push(row(one, case, score));
    }
    data
}

fn right(called: &[Judgement<'_>]) -> Data {
    let beyond = called
        .iter()
        .map(|one| one.case.lesion + 1)
        .max()
        .unwrap_or(0);
    let mut data = Data::default();
    for one in called {
        let case = one.case.lesion + 1;
        let right = one.right() == Some(true);
        data.0.insert(case, true);
        data.0.insert(beyond + case, false);
        data.1.push(row(one, case, f64::from(u8::from(right))));
        data.1.push(row(one, beyond + case, 0.5));
    }
    data
}

fn file(
    sha256: &str,
    readers: &[(u32, &str)],
    about: &str,
    truths: &BTreeMap<u32, bool>,
    rows: &[Row],
) -> String {
    let with = truths.values().filter(|signal| **signal).count();
    let mut text = format!("flipscope reader study {sha256}: {about}\n");
    text.push_str("Modalities: 1 unmodified, 2 adversarial. Cases are lesions.\n");
    for (number, pseudonym) in readers {
        // A comma or colon in a name must not be taken for a column or a count.
        let name = printable(pseudonym).replace([',', ':'], " ");
        writeln!(text, "Reader {number} is {name}").ok();
    }
    write!(
        text,
        "\nNR: {}\nN0: {}\nN1: {with}\nNM: 2\n\nBEGIN DATA:\n",
        readers.len(),
        truths.len() - with
    )
    .ok();
    for (case, signal) in truths {
        writeln!(text, "-1,{case},0,{}", u8::from(*signal)).ok();
    }
    for row in rows {
        let Row {
            reader,
            case,
            modality,
            score,
        } = row;
        writeln!(text, "{reader},{case},{modality},{score}").ok();
    }
    text
}
