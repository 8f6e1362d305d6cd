//! Every answer, and the other events.

use std::path::{Path, PathBuf};

use crate::figures::csv_writer::{Sheet, text as guarded};
use crate::reader::error::ReaderError;
use crate::reader::results::Evidence;
use crate::reader::store::{AnswerRecord, EventRecord, Reader};

/// A row for every answer, by reader and position.
pub(super) fn answers(
    evidence: &Evidence<'_>,
    given: &[AnswerRecord],
    folder: &Path,
) -> Result<PathBuf, ReaderError> {
    let header = [
        "reader",
        "slot",
        "position",
        "case",
        "lesion",
        "form",
        "truth",
        "call",
        "right",
        "confidence",
        "biopsy",
        "hands_melanoma",
        "hands_nevus",
        "hands_biopsy",
        "timed_out",
        "response_ms",
        "answered_at",
    ];
    let mut sheet = Sheet::new(folder, "answers.csv", &header)?;
    for (one, given) in evidence.judgements().zip(given) {
        let reply = one.reply;
        let yes = |is: bool| u8::from(is).to_string();
        let hands = |count: Option<u32>| text(count);
        sheet.row([
            guarded(&one.reader.pseudonym),
            (one.reader.slot + 1).to_string(),
            (one.position + 1).to_string(),
            one.case.id.clone(),
            (one.case.lesion + 1).to_string(),
            one.case.form.name().to_owned(),
            one.lesion.truth.name().to_owned(),
            reply.call.map_or("", |call| call.name()).to_owned(),
            one.right().map(yes).unwrap_or_default(),
            text(reply.confidence),
            reply.biopsy.map(yes).unwrap_or_default(),
            hands(reply.hands.map(|hands| hands.melanoma)),
            hands(reply.hands.map(|hands| hands.nevus)),
            hands(reply.hands.and_then(|hands| hands.biopsy)),
            yes(reply.timed_out),
            reply.response_ms.to_string(),
            given.at.to_string(),
        ])?;
    }
    Ok(sheet.finish()?)
}

/// A row for every event, in order.
pub(super) fn events(
    readers: &[Reader],
    events: &[EventRecord],
    folder: &Path,
) -> Result<PathBuf, ReaderError> {
    let header = ["reader", "phase", "position", "event", "at"];
    let mut sheet = Sheet::new(folder, "events.csv", &header)?;
    for event in events {
        let reader = readers.iter().find(|reader| reader.number == event.reader);
        sheet.row([
            reader.map_or_else(String::new, |reader| guarded(&reader.pseudonym)),
            event.phase.name().to_owned(),
            (event.position + 1).to_string(),
            event.what.name().to_owned(),
            event.at.to_string(),
        ])?;
    }
    Ok(sheet.finish()?)
}

/// A number; empty if there is none.
fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
