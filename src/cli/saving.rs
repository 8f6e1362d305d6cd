//! Where `flipscope classify --save` writes frames, and which of them are already in a folder that it reads.

use std::collections::{HashMap, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::anyhow;

use super::naming::{Places, named};
use super::{out_folder, output};
use flipscope_base::overwrite::{Overwrite, concerns_every_file};
use flipscope_image::lesion::Frame;

/// A folder for altered frames.
pub(super) struct Saving {
    /// The file of each photograph's frame, by the photograph's path.
    files: HashMap<PathBuf, PathBuf>,
    places: Places,
    overwrite: Overwrite,
    force: bool,
    /// The files that are read, which are never overwritten.
    inputs: HashSet<PathBuf>,
}

impl Saving {
    /// Creates the folder, and names a file for each photograph.
    ///
    /// # Errors
    /// If nothing can be written there.
    pub(super) fn into_folder(
        folder: &Path,
        force: bool,
        photographs: &[PathBuf],
        model: Option<&Path>,
    ) -> anyhow::Result<Self> {
        out_folder::make(folder)?;
        let mut places = Places::default();
        let files = (named(photographs.to_vec()).into_iter())
            .map(|one| {
                let file = folder.join(format!("{}.altered.png", one.name));
                (places.of(&one.path), file)
            })
            .collect();
        let read: HashSet<PathBuf> = (photographs.iter().map(PathBuf::as_path).chain(model))
            .map(|path| places.of(path))
            .collect();
        let inputs = photographs.iter().map(PathBuf::as_path);
        Ok(Self {
            inputs: read,
            files,
            places,
            overwrite: Overwrite::new(force, inputs.chain(model)),
            force,
        })
    }

    /// Leaves out the files that this command is about to write: otherwise each run into its own folder would process what the
    /// last one saved. A file that is named explicitly stays. Returns how many were left out.
    pub(super) fn without_own(
        &mut self,
        photographs: Vec<PathBuf>,
        asked: &[PathBuf],
    ) -> (Vec<PathBuf>, usize) {
        let own: HashSet<PathBuf> = (self.files.values())
            .map(|file| self.places.of(file))
            .collect();
        let asked: HashSet<&PathBuf> = asked.iter().collect();
        let count = photographs.len();
        let kept: Vec<PathBuf> = (photographs.into_iter())
            .filter(|path| asked.contains(path) || !own.contains(&self.places.of(path)))
            .collect();
        let left_out = count - kept.len();
        (kept, left_out)
    }

    /// Writes the frame of a photograph. An error that concerns only this photograph is the inner one.
    ///
    /// # Errors
    /// If no further frame could be written either.
    pub(super) fn save(
        &mut self,
        photograph: &Path,
        frame: &Frame,
    ) -> anyhow::Result<Result<(), anyhow::Error>> {
        let place = self.places.of(photograph);
        let Some(file) = self.files.get(&place) else {
            return Ok(Err(anyhow!(
                "{}: has no name to be saved under",
                photograph.display()
            )));
        };
        let written = frame
            .to_png()
            .and_then(|png| self.overwrite.write(file, &png));
        let shown = file.display();
        match written {
            Ok(()) => Ok(Ok(())),
            Err(error) if concerns_every_file(&error) => Err(anyhow!(
                "{shown}: {error}: no further picture can be written"
            )),
            Err(error) => {
                let is_read = self.inputs.contains(&self.places.of(file));
                let error = if is_read && error.kind() == ErrorKind::AlreadyExists {
                    anyhow!(
                        "it is an input of this command, and is never overwritten: choose another folder for --save"
                    )
                } else {
                    output::or_force(error, self.force)
                };
                Ok(Err(anyhow!("{shown}: {error}")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use flipscope_image::lesion::{Framing, Raster};

    use super::*;

    #[test]
    fn a_file_that_is_read_is_never_offered_to_be_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let [photograph, into] = ["b.png", "s"].map(|name| folder.path().join(name));
        std::fs::create_dir(&into).unwrap();
        let own = into.join("b.altered.png");
        let raster = Raster::from_rgb(4, 3, vec![9; 36]).unwrap();
        for path in [&photograph, &own] {
            raster.write_png(path).unwrap();
        }
        let frame = Framing::Squash.apply(&raster);
        let save = |photographs: &[PathBuf]| {
            let mut saving = Saving::into_folder(&into, false, photographs, None).unwrap();
            let error = saving.save(&photograph, &frame).unwrap().unwrap_err();
            error.to_string()
        };
        let read = save(&[own.clone(), photograph.clone()]);
        assert!(
            read.contains("it is an input") && !read.contains("--force"),
            "{read}"
        );
        let other = save(std::slice::from_ref(&photograph));
        assert!(other.contains("--force"), "{other}");
    }
}
