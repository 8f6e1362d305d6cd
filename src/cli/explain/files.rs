//! The files that an explanation is written to: checked before the work, written together after it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::cli::{misuse, out_folder, output};
use flipscope_base::overwrite::{Overwrite, is_same_file};
use flipscope_lab::explain::figure::Format;

/// Where the figure and the numbers go.
pub(super) struct Files {
    out: PathBuf,
    format: Format,
    csv: Option<PathBuf>,
    overwrite: Overwrite,
    force: bool,
}

/// A further file, of a method of its own.
pub(super) type Further<'a> = (&'a Path, Vec<u8>);

impl Files {
    /// Checks that they may be written. `inputs` are never replaced.
    pub(super) fn new<'a>(
        out: &Path,
        csv: Option<&Path>,
        force: bool,
        inputs: impl Iterator<Item = &'a Path>,
    ) -> anyhow::Result<Self> {
        let ending = out.extension().and_then(OsStr::to_str).unwrap_or_default();
        let Ok(format) = ending.parse::<Format>() else {
            return Err(misuse(format_args!(
                "{}: give a name that ends in .png, .svg or .pdf",
                out.display()
            )));
        };
        if csv.is_some_and(|csv| csv == out || is_same_file(csv, out)) {
            let out = out.display();
            return Err(misuse(format_args!(
                "{out}: --csv is the same file as --out"
            )));
        }
        let files = Self {
            out: out.to_owned(),
            format,
            csv: csv.map(Path::to_owned),
            overwrite: Overwrite::new(force, inputs),
            force,
        };
        for path in [Some(out), csv].into_iter().flatten() {
            files.check(path)?;
        }
        Ok(files)
    }

    /// Whether a file may be written.
    pub(super) fn check(&self, path: &Path) -> anyhow::Result<()> {
        (self.overwrite.check(path))
            .map_err(|error| output::or_force(error, self.force))
            .with_context(|| path.display().to_string())?;
        out_folder::try_file(path)
    }

    /// Writes the figure and, if they are wanted, the numbers and further files: all or none. Returns which.
    pub(super) fn write(
        &self,
        svg: &str,
        csv: &str,
        further: &[Further<'_>],
    ) -> anyhow::Result<Written> {
        let figure = self.format.bytes(svg)?;
        let mut all: Vec<(PathBuf, &[u8])> = (further.iter())
            .map(|(path, bytes)| ((*path).to_owned(), bytes.as_slice()))
            .collect();
        if let Some(path) = &self.csv {
            all.push((path.clone(), csv.as_bytes()));
        }
        all.push((self.out.clone(), figure.as_slice()));
        (self.overwrite.write_all(&all)).map_err(|(path, error)| {
            let error = output::describe(&output::or_force(error, self.force));
            anyhow::anyhow!("{}: {error}", path.display())
        })?;
        // The figure is written last, and named first.
        let names = all.iter().rev().map(|(path, _)| path.clone());
        Ok(Written(names.collect()))
    }
}

/// The files that were written, the figure first.
pub(super) struct Written(Vec<PathBuf>);

impl Written {
    /// "written: map.png, map.csv"
    pub(super) fn in_words(&self) -> String {
        format!("written: {}", self.names().join(", "))
    }

    pub(super) fn names(&self) -> Vec<String> {
        let names = self.0.iter().map(|path| path.display().to_string());
        names.collect()
    }
}

/// Where the table of the unaltered picture goes: `map.csv` gives `map.original.csv`.
pub(super) fn original_beside(csv: &Path) -> PathBuf {
    csv.with_extension("original.csv")
}
