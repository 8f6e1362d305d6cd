//! Opening a reader study's file.

use std::path::Path;
use std::sync::Arc;

use flipscope_lab::reader::ReaderError;
use flipscope_lab::reader::store::Store;

use crate::explorer::readers::state::OpenedReaderStudy;

/// Opens a file; damage is noted, but the file is not refused.
pub(super) fn open(file: &Path) -> Result<OpenedReaderStudy, ReaderError> {
    let store = Store::open(file)?;
    let plan = store.plan();
    let mut notes = Vec::new();
    match store.check() {
        Err(error @ ReaderError::Damaged { .. }) => notes.push(error.to_string()),
        other => other?,
    }
    Ok(OpenedReaderStudy {
        file: file.to_owned(),
        sha256: plan.sha256()?,
        summary: plan.summary(),
        cautions: plan.cautions(),
        one_sided: plan.counts().iter().flatten().any(|count| *count == 0),
        protocol: plan.protocol()?,
        readers: store.status()?,
        plan: Arc::new(plan.clone()),
        notes,
    })
}
