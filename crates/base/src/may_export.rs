//! Whether tables, figures and a page may be written into a folder: only files of an earlier export of the same study are
//! replaced.

use flipscope_language::text;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::overwrite::is_same_file;
use super::read;

/// The most bytes of the table that identifies the study.
const MAX_FACTS: u64 = 1 << 20;

/// What is about to be written, and where.
#[derive(Debug)]
pub struct Export<'a> {
    /// The study's file.
    pub study: &'a Path,
    /// Identifies the study: an earlier export of it has the same in its `study.csv`.
    pub plan_sha256: &'a str,
    /// The folder for the tables.
    pub tables: &'a Path,
    /// Every table that may be written.
    pub names: &'a [&'a str],
    /// The folder for the page, with the figures inside it, if there are any.
    pub page: Option<&'a Path>,
}

impl Export<'_> {
    /// Whether it may be written. With `force` everything may be replaced except the study itself.
    ///
    /// # Errors
    /// The file that is in the way, and [`ErrorKind::AlreadyExists`].
    pub fn check(&self, force: bool) -> Result<(), (PathBuf, io::Error)> {
        let own = self.is_of_this_study();
        for path in self.existing() {
            let why = if is_same_file(&path, self.study) {
                text!("export-onto-study")
            } else if !own && !force {
                text!("export-onto-foreign-file")
            } else {
                continue;
            };
            return Err((path, io::Error::new(ErrorKind::AlreadyExists, why)));
        }
        Ok(())
    }

    /// `study.csv` is written first: if it names this study, the other files belong to it too.
    fn is_of_this_study(&self) -> bool {
        let facts = read::text(&self.tables.join("study.csv"), MAX_FACTS);
        facts.is_ok_and(|facts| {
            let mut lines = facts.lines();
            lines.next() == Some("fact,value")
                && lines.any(|line| line.strip_prefix("plan_sha256,") == Some(self.plan_sha256))
        })
    }

    /// Files that exist and may be replaced.
    fn existing(&self) -> impl Iterator<Item = PathBuf> {
        let tables = self.names.iter().map(|name| self.tables.join(name));
        let page = self.page.map(|page| page.join("report.html"));
        let figures = self.page.map(|page| page.join("figures"));
        let figures = figures.and_then(|folder| std::fs::read_dir(folder).ok());
        let figures = (figures.into_iter().flatten())
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| {
                let ending = path.extension();
                ending.is_some_and(|ending| ["svg", "png", "pdf"].iter().any(|one| ending == *one))
            });
        (tables.chain(page).chain(figures)).filter(|path| std::fs::symlink_metadata(path).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_an_earlier_export_of_the_same_study_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (study, tables) = (folder.path().join("a.study"), folder.path().join("tables"));
        fs::write(&study, "").unwrap();
        fs::create_dir_all(folder.path().join("figures")).unwrap();
        fs::create_dir(&tables).unwrap();
        let export = Export {
            study: &study,
            plan_sha256: "aa",
            tables: &tables,
            names: &["study.csv", "lesions.csv"],
            page: Some(folder.path()),
        };
        let stands = |force| export.check(force).map_err(|(path, _)| path);
        assert_eq!(stands(false), Ok(()));
        fs::write(tables.join("own.csv"), "").unwrap();
        assert_eq!(stands(false), Ok(()), "it is not written over");
        for name in ["report.html", "figures/roc.svg", "tables/lesions.csv"] {
            let path = folder.path().join(name);
            fs::write(&path, "").unwrap();
            assert_eq!(stands(false), Err(path.clone()));
            assert_eq!(stands(true), Ok(()));
            fs::remove_file(path).unwrap();
        }
        fs::write(tables.join("lesions.csv"), "").unwrap();
        fs::write(tables.join("study.csv"), "fact,value\nplan_sha256,bb\n").unwrap();
        assert!(stands(false).is_err());
        fs::write(tables.join("study.csv"), "fact,value\nplan_sha256,aa\n").unwrap();
        assert_eq!(stands(false), Ok(()));
        fs::remove_file(tables.join("lesions.csv")).unwrap();
        fs::hard_link(&study, tables.join("lesions.csv")).unwrap();
        assert!(stands(true).is_err(), "the study itself");
    }
}
