//! Writing what a person sees on the pages *Explain* and *Landscape*: where to is asked first.

use std::path::PathBuf;

use flipscope_lab::explain::figure::FileKind;

use crate::explorer::apply::{Dialog, Effect};
use crate::explorer::explain::request::{Content, ExportOf, Writing};
use crate::explorer::explore::apply::saving::files_in_use;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::state::State;

/// Asks where to write something about a lesion; `what` is part of the proposed name.
pub(crate) fn ask(lesion: &Lesion, of: ExportOf, what: &str, kind: FileKind) -> Vec<Effect> {
    let name = format!("{}.{what}.{}", lesion.stem(), kind.extension());
    vec![Effect::Dialog(Dialog::Explanation(of, name, kind))]
}

/// Writes it; never over a file that is open.
pub(crate) fn write(
    state: &mut State,
    content: Content,
    kind: FileKind,
    path: PathBuf,
) -> Vec<Effect> {
    state.explain.writing += 1;
    vec![Effect::WriteExplanation(Box::new(Writing {
        content,
        kind,
        path,
        never: files_in_use(state),
    }))]
}
