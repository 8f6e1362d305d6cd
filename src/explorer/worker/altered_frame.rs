//! Writes the altered frame on a thread of its own.

use std::path::PathBuf;
use std::sync::Arc;

use flipscope_base::overwrite::Overwrite;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::altered::{self, JudgedFrame};
use flipscope_lab::search::Subject;

use crate::explorer::apply::named;
use crate::explorer::worker::{Answer, Outbox, SavedPicture};

/// Writes the altered frame as PNG, exactly the pixels that the network judges, and what altered it beside it as JSON. The dialog
/// has asked whether the PNG may be replaced; one of `never` may not.
///
/// # Errors
/// If the system cannot start a thread; an error with a file comes back as an answer.
pub(crate) fn start(
    (path, never): (PathBuf, Vec<PathBuf>),
    (frame, perturbation): (Arc<Frame>, Arc<Perturbation>),
    (subject, judged): (Subject, Option<JudgedFrame>),
    outbox: Outbox,
) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("save".to_owned())
        .spawn(flipscope_language::carried(move || {
            let path = named(path, "png");
            let overwrite = Overwrite::new(true, never.iter().map(PathBuf::as_path));
            let written = altered::save(&path, &frame, &perturbation, subject, judged, &overwrite);
            let result = written.map(|_| ()).map_err(|error| error.to_string());
            outbox.send(Answer::Saved(SavedPicture {
                path,
                perturbation,
                result,
            }));
        }))?;
    Ok(())
}
