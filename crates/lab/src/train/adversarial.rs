//! Adversarial retraining: frames of findings become training examples, under the true class of their photograph.
//!
//! A finding says what the model called the photograph, not what it is. The truth is the class of the training example with the
//! same file hash; findings on photographs outside the training part are left out, so that nothing from validation or test
//! leaks in.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::TrainError;
use super::pictures::Pictures;
use crate::search::{Finding, replay};
use flipscope_base::read;
use flipscope_base::system::in_words;
use flipscope_image::lesion::Frame;

/// The use of a folder's findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mixed {
    /// Altered frames that became training examples.
    pub added: usize,
    /// Findings that do not flip.
    pub no_flip: usize,
    /// Findings on photographs that are not in the training part.
    pub elsewhere: usize,
    /// One sentence for each file that cannot be used.
    pub problems: Vec<String>,
}

/// Adds the altered frames of a folder's findings that flip.
pub(super) fn mix(folder: &Path, training: &mut Pictures) -> Result<Mixed, TrainError> {
    let io = |source| TrainError::Io {
        file: folder.to_owned(),
        source,
    };
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(in_words)
        .map_err(io)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .filter(|path| !is_hidden(path))
        .collect();
    files.sort();
    let truth: HashMap<String, u32> = training
        .members
        .iter()
        .map(|member| (member.sha256.clone(), member.class))
        .collect();
    let mut mixed = Mixed::default();
    for file in files {
        match altered(&file) {
            Err(reason) => mixed.problems.push(format!("{}: {reason}", file.display())),
            Ok((finding, _)) if !finding.success => mixed.no_flip += 1,
            Ok((finding, frame)) => {
                let image = finding.subject.image_sha256.unwrap_or_default();
                match truth.get(&image) {
                    Some(&class) => {
                        training.add(frame, class);
                        mixed.added += 1;
                    }
                    None => mixed.elsewhere += 1,
                }
            }
        }
    }
    Ok(mixed)
}

/// Some systems put files of their own in every folder (`._mole.colour.json`).
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.as_encoded_bytes().starts_with(b".")
}

/// A finding, and its altered frame from the PNG next to it.
fn altered(file: &Path) -> Result<(Finding, Frame), String> {
    let text =
        read::text(file, read::MAX_JSON).map_err(|error| format!("cannot be read: {error}"))?;
    let finding = Finding::from_json(&text).map_err(|error| error.to_string())?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let frame = replay::read(folder, &finding.altered_png)
        .map_err(|error| error.to_string())?
        .map_err(|reason| format!("{} {reason}", finding.altered_png))?;
    if frame.sha256() != finding.altered_sha256 {
        return Err(format!(
            "{} is not the frame that was found: `flipscope replay` says more",
            finding.altered_png
        ));
    }
    Ok((finding, frame))
}
