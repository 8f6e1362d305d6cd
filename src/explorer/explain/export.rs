//! Writes figures and tables of maps, landscapes and summaries: the same bytes as `flipscope explain` writes.

use std::path::{Path, PathBuf};

use flipscope_base::overwrite::Overwrite;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::figure::{self, Caption, bars, pair, picture};
use flipscope_lab::explain::{ExplainError, table};
use flipscope_language::{Language, carried, current};

use crate::explorer::apply::named;
use crate::explorer::explain::request::{Content, ExplainAnswer, Writing};
use crate::explorer::worker::{Answer, Outbox};

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
                ..said(&explained.caption, &explained.perturbation)
            };
            match explained.pictures.as_slice() {
                [before, after] => {
                    let maps = [before, after].map(|one| (&*one.map, &*one.frame));
                    pair(maps, &caption, *opacity)?
                }
                [.., one] => {
                    let original = explained.original.as_deref();
                    picture(&one.map, &one.frame, original, &caption, *opacity)?
                }
                [] => return Err(ExplainError::Cancelled),
            }
        }
        Content::Landscape { models, landscape } => {
            let abouts: Vec<Caption> = (models.iter())
                .map(|(_, about)| said(about, &landscape.around))
                .collect();
            let maps = models.iter().map(|(map, _)| map);
            let models: Vec<_> = maps.zip(&abouts).collect();
            figure::landscape(&models, landscape)
        }
        Content::Summary { summary, caption } => bars(summary, caption),
    })
}

/// What the figure says about lesion and model, in the window's language: what was altered is kept in English.
fn said(caption: &Caption, perturbation: &Perturbation) -> Caption {
    let in_words = || perturbation.in_words();
    Caption {
        altered: match current() {
            Language::English => caption.altered.clone(),
            Language::German => caption.altered.as_ref().map(|_| in_words()),
        },
        ..caption.clone()
    }
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
        Content::Landscape { models, .. } => {
            let maps: Vec<_> = models.iter().map(|(map, _)| map).collect();
            vec![(path, table::landscape_csv(&maps).into_bytes())]
        }
        Content::Summary { summary, .. } => {
            vec![(path, table::summary_csv(summary).into_bytes())]
        }
    }
}

/// `mole.csv`: `mole.original.csv`.
fn beside(path: &Path) -> PathBuf {
    path.with_extension("original.csv")
}
