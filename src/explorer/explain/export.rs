//! Writes figures and tables of maps, landscapes and summaries: the same bytes as `flipscope explain` writes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use flipscope_base::overwrite::Overwrite;
use flipscope_lab::explain::figure::{Caption, FileKind, bars, pair, picture, plane};
use flipscope_lab::explain::landscape::Landscape;
use flipscope_lab::explain::summary::Summary;
use flipscope_lab::explain::{ExplainError, Map, table};
use flipscope_language::carried;

use crate::explorer::apply::named;
use crate::explorer::explain::request::ExplainAnswer;
use crate::explorer::explain::state::Explained;
use crate::explorer::worker::{Answer, Outbox};

/// Which explanation a dialog is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportOf {
    /// The shown map.
    Map,
    /// The shown landscape.
    Landscape,
    /// The smallest changes that flip.
    Summary,
}

/// What is written.
#[derive(Clone, Debug)]
pub enum Content {
    /// A map of the picture.
    Map {
        /// What was made.
        explained: Arc<Explained>,
        /// What the checks say, a sentence each.
        checks: Vec<String>,
        /// Opacity of the map over the picture, 0 to 1.
        opacity: f64,
    },
    /// A landscape.
    Landscape {
        /// Its values.
        map: Box<Map>,
        /// Its axes, and what they are around.
        landscape: Arc<Landscape>,
        /// What the figure says about lesion and model.
        caption: Caption,
    },
    /// A summary.
    Summary {
        /// What was found.
        summary: Arc<Summary>,
        /// What the figure says about lesion and model.
        caption: Caption,
    },
}

/// A file that is to be written.
#[derive(Clone, Debug)]
pub struct Writing {
    /// What.
    pub content: Content,
    /// As what.
    pub kind: FileKind,
    /// Where to.
    pub path: PathBuf,
    /// Files that are open, and must not be overwritten.
    pub never: Vec<PathBuf>,
}

/// Starts writing; the answer comes from the outbox.
///
/// # Errors
/// If the system cannot start a thread.
pub(crate) fn start(writing: Writing, outbox: Outbox) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("export".to_owned())
        .spawn(carried(move || {
            let result = write(&writing);
            outbox.send(Answer::Explain(ExplainAnswer::Written(result)));
        }))?;
    Ok(())
}

fn write(writing: &Writing) -> Result<Vec<PathBuf>, String> {
    let kind = writing.kind;
    let path = named(writing.path.clone(), kind.extension());
    let files = match kind.format() {
        Some(format) => {
            let svg = svg(&writing.content).map_err(|error| error.to_string())?;
            let bytes = format.bytes(&svg).map_err(|error| error.to_string())?;
            vec![(path, bytes)]
        }
        None => tables(&writing.content, path),
    };
    let borrowed: Vec<(PathBuf, &[u8])> = (files.iter())
        .map(|(path, bytes)| (path.clone(), bytes.as_slice()))
        .collect();
    // The dialog has asked about one file; a second one must have a free name.
    let overwrite = Overwrite::new(files.len() == 1, writing.never.iter().map(PathBuf::as_path));
    (overwrite.write_all(&borrowed))
        .map_err(|(path, error)| format!("{}: {error}", path.display()))?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

fn svg(content: &Content) -> Result<String, ExplainError> {
    Ok(match content {
        Content::Map {
            explained,
            checks,
            opacity,
        } => {
            let caption = Caption {
                checks: checks.clone(),
                ..explained.caption.clone()
            };
            match explained.pictures.as_slice() {
                [before, after] => {
                    let maps = [before, after].map(|one| (&one.map, &*one.frame));
                    pair(maps, &caption, *opacity)?
                }
                [.., one] => {
                    let original = explained.original.as_deref();
                    picture(&one.map, &one.frame, original, &caption, *opacity)?
                }
                [] => return Err(ExplainError::Cancelled),
            }
        }
        Content::Landscape {
            map,
            landscape,
            caption,
        } => plane(map, landscape, caption)?,
        Content::Summary { summary, caption } => bars(summary, caption),
    })
}

/// The table; of two maps, that of the unaltered picture goes beside it.
fn tables(content: &Content, path: PathBuf) -> Vec<(PathBuf, Vec<u8>)> {
    match content {
        Content::Map { explained, .. } => {
            let beside = beside(&path);
            let maps = explained.pictures.iter().rev();
            (maps.zip([path, beside]))
                .map(|(one, path)| (path, table::csv(&one.map).into_bytes()))
                .collect()
        }
        Content::Landscape { map, .. } => vec![(path, table::csv(map).into_bytes())],
        Content::Summary { summary, .. } => {
            vec![(path, table::summary_csv(summary).into_bytes())]
        }
    }
}

/// `mole.csv`: `mole.original.csv`.
fn beside(path: &Path) -> PathBuf {
    path.with_extension("original.csv")
}
