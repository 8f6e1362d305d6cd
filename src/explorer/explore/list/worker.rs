//! Reads tables of labels on a thread: finding the photographs of a table of thousands takes longer than a frame.

use std::path::{Path, PathBuf};

use flipscope_base::untrusted;
use flipscope_lab::dataset::{Dataset, DatasetError, Part};
use flipscope_language::{carried, text};
use flipscope_model::Label;

use crate::explorer::explore::list::request::LabelledData;
use crate::explorer::explore::list::request::{Labels, LabelsAnswer, LabelsRequest, LabelsSource};
use crate::explorer::explore::list::truth::Truth;
use crate::explorer::worker::{Answer, Outbox};

/// Reads labels; the answer comes from the outbox.
///
/// # Errors
/// If the system cannot start a thread.
pub(crate) fn read(request: LabelsRequest, outbox: Outbox) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("labels".to_owned())
        .spawn(carried(move || {
            outbox.send(Answer::Labels(answer(request)));
        }))?;
    Ok(())
}

fn answer(request: LabelsRequest) -> LabelsAnswer {
    let mut answer = LabelsAnswer::default();
    match request {
        LabelsRequest::Opened(paths) => {
            let paths = paths.iter().map(|path| whole(path));
            for folder in paths.filter(|path| path.is_dir()) {
                beside(&folder, &mut answer);
            }
        }
        LabelsRequest::Table { table, photographs } => {
            answer.named = true;
            named(&whole(&table), &photographs, &mut answer);
        }
        LabelsRequest::Again { from, photographs } => {
            answer.again = true;
            for source in from {
                match source {
                    LabelsSource::Opened(folder) => beside(&folder, &mut answer),
                    LabelsSource::Table(table) => named(&table, &photographs, &mut answer),
                }
            }
        }
    }
    answer
}

/// A path that is valid from any folder: lesions have such paths too.
fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The labels of a folder that was opened: most folders have none, and that is no problem.
fn beside(folder: &Path, answer: &mut LabelsAnswer) {
    let source = LabelsSource::Opened(folder.to_owned());
    match Dataset::read(folder, Some(folder)) {
        Ok(dataset) => {
            let labels = match dataset.table.clone() {
                Some(table) => labels(source, &table, Some(folder), dataset),
                None => labels(source, folder, None, dataset),
            };
            answer.read.push(labels);
        }
        Err(DatasetError::NoLabels { .. }) => {}
        // What cannot be listed was said when its photographs were looked for.
        Err(DatasetError::Io { path, .. }) if path == folder => {}
        Err(error @ DatasetError::SeveralTables { .. }) => {
            let error = error.to_string();
            (answer.problems).push(text!("list-no-labels-menu", error = error));
        }
        Err(DatasetError::NoFolder { path }) => answer.gone.push(path),
        Err(error) => answer.problems.push(no_labels(&error)),
    }
}

fn no_labels(error: &DatasetError) -> String {
    text!("list-no-labels", error = error.to_string())
}

/// The labels of a table that a person named, for photographs that may be elsewhere.
fn named(table: &Path, photographs: &[PathBuf], answer: &mut LabelsAnswer) {
    let mut folders = folders(photographs);
    if folders.is_empty() {
        folders.extend(table.parent().map(Path::to_owned));
    }
    let (mut refused, mut fits) = (None, false);
    for folder in folders {
        match Dataset::read(table, Some(&folder)) {
            Ok(dataset) => {
                let source = LabelsSource::Table(table.to_owned());
                answer
                    .read
                    .push(labels(source, table, Some(&folder), dataset));
                fits = true;
            }
            Err(error) => {
                refused.get_or_insert(error);
            }
        }
    }
    // Where it fits the photographs of one folder, it need not fit those of another.
    if let Some(error) = refused.filter(|_| !fits) {
        let text = error.to_string();
        match error {
            DatasetError::NoFolder { path } => answer.gone.push(path),
            DatasetError::NothingLabelled { .. } => {
                (answer.problems).push(text!("list-no-labels-names", error = text));
            }
            _ => (answer.problems).push(text!("list-no-labels-table", error = text)),
        }
    }
}

/// The folders of photographs, without those inside another.
fn folders(photographs: &[PathBuf]) -> Vec<PathBuf> {
    let folder = |path: &PathBuf| {
        let path = whole(path);
        if path.is_dir() {
            Some(path)
        } else {
            path.parent().map(Path::to_owned)
        }
    };
    let mut all: Vec<PathBuf> = photographs.iter().filter_map(folder).collect();
    all.sort();
    let mut outer: Vec<PathBuf> = Vec::new();
    for folder in all {
        if !outer.last().is_some_and(|last| folder.starts_with(last)) {
            outer.push(folder);
        }
    }
    outer
}

fn labels(source: LabelsSource, from: &Path, images: Option<&Path>, dataset: Dataset) -> Labels {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let data = LabelledData {
        from: whole(from),
        images: images.map(whole),
        part: only_part(&dataset),
    };
    let [melanomas, nevi] = [Label::Melanoma, Label::Nevus].map(|label| dataset.count(label));
    let others = dataset.examples.len() - melanomas - nevi;
    let mut parts = vec![
        text!("list-count-melanomas", count = melanomas),
        text!("list-count-nevi", count = nevi),
    ];
    if others > 0 {
        parts.push(text!("list-count-others", count = others));
    }
    let summary = parts.join(", ");
    let truths = (dataset.examples.into_iter())
        .map(|example| {
            let truth = Truth {
                label: example.diagnosis.label,
                text: untrusted::printable(&example.diagnosis.text).into(),
            };
            (whole(&example.path), truth)
        })
        .collect();
    let name = from.file_name().unwrap_or(from.as_os_str());
    Labels {
        source,
        name: untrusted::path(Path::new(name)),
        truths,
        summary,
        found: dataset.found,
        assumptions: dataset.assumptions,
        data,
    }
}

/// The part that all melanomas and nevi are in, where the table says so.
fn only_part(dataset: &Dataset) -> Option<Part> {
    let mut parts = dataset.labelled().map(|(example, _)| example.part);
    let first = parts.next()??;
    parts.all(|part| part == Some(first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(path: &Path) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        // Nothing is decoded: any file with a picture's extension will do.
        std::fs::write(path, "picture").unwrap();
    }

    fn folder_of(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            picture(&folder.path().join(name));
        }
        folder
    }

    fn opened(folder: &Path) -> LabelsAnswer {
        answer(LabelsRequest::Opened(vec![folder.to_owned()]))
    }

    #[test]
    fn a_folder_without_labels_is_no_problem_and_a_file_has_none() {
        let folder = folder_of(&["album/a.png", "album/inner/b.png"]);
        for path in [
            folder.path().join("album"),
            folder.path().join("album/a.png"),
        ] {
            let answer = opened(&path);
            assert!(answer.read.is_empty() && answer.problems.is_empty());
        }
    }

    #[test]
    fn labels_csv_comes_before_other_tables_and_must_fit() {
        let folder = folder_of(&["a.png", "deep/b.png", "c.png"]);
        let table = "image_id,diagnosis\na,melanoma\nB.PNG,nevus\nc,seborrheic keratosis\n";
        std::fs::write(folder.path().join("Labels.csv"), table).unwrap();
        std::fs::write(folder.path().join("other.csv"), table).unwrap();
        let answer = opened(folder.path());
        assert!(answer.problems.is_empty(), "{:?}", answer.problems);
        let [labels] = answer.read.as_slice() else {
            panic!("one table");
        };
        assert_eq!(labels.name, "Labels.csv");
        assert_eq!(
            labels.summary,
            "1 melanoma, 1 nevus, 1 with another diagnosis"
        );
        let of = |name: &str| {
            let path = folder.path().join(name);
            let found = labels.truths.iter().find(|(other, _)| *other == path);
            found.map(|(_, truth)| truth.name().to_owned()).unwrap()
        };
        assert_eq!(of("a.png"), "melanoma");
        assert_eq!(of("deep/b.png"), "nevus");
        assert_eq!(of("c.png"), "seborrheic keratosis");

        std::fs::write(folder.path().join("Labels.csv"), "name,colour\na,brown\n").unwrap();
        let answer = opened(folder.path());
        assert!(answer.read.is_empty());
        assert!(
            answer.problems[0].contains("Labels.csv")
                && answer.problems[0].contains("name, colour")
        );
    }

    #[test]
    fn labels_one_folder_up_are_found_and_said_to_be_there() {
        let folder = folder_of(&["images/a.png", "images/b.png", "images/c.png"]);
        let (images, table) = (
            folder.path().join("images"),
            folder.path().join("labels.csv"),
        );
        std::fs::write(&table, "image_id,diagnosis\na,melanoma\nb,nevus\nz,nevus\n").unwrap();
        let answer = opened(&images);
        assert!(answer.problems.is_empty(), "{:?}", answer.problems);
        let [labels] = answer.read.as_slice() else {
            panic!("one table")
        };
        assert_eq!(labels.summary, "1 melanoma, 1 nevus");
        let found = labels.found.as_deref().unwrap();
        assert!(
            found.contains("beside the folder of the photographs"),
            "{found}"
        );
        assert_eq!(
            (&labels.data.from, &labels.data.images),
            (&table, &Some(images.clone()))
        );
        assert_eq!(labels.data.images_elsewhere(), Some(images.clone()));
        // That of other photographs says nothing about these.
        std::fs::write(&table, "image_id,diagnosis\nz,nevus\n").unwrap();
        let answer = opened(&images);
        assert!(answer.read.is_empty() && answer.problems.is_empty());
    }

    #[test]
    fn several_tables_are_named_and_one_can_be_chosen() {
        let folder = folder_of(&["a.png"]);
        for name in ["one.csv", "two.csv"] {
            std::fs::write(folder.path().join(name), "image_id,diagnosis\na,nevus\n").unwrap();
        }
        let answer = opened(folder.path());
        assert!(
            answer.problems[0].contains("one.csv, two.csv"),
            "{:?}",
            answer.problems
        );
        let answer = super::answer(LabelsRequest::Table {
            table: folder.path().join("two.csv"),
            photographs: vec![folder.path().join("a.png")],
        });
        assert_eq!(answer.read[0].summary, "0 melanomas, 1 nevus");
    }

    #[test]
    fn a_table_elsewhere_is_for_the_photographs_that_are_open_and_says_where_it_fits_none() {
        let folder = folder_of(&["x/a.png", "y/b.png", "tables/unused.txt"]);
        let table = folder.path().join("tables/truth.csv");
        std::fs::write(&table, "image_id,diagnosis\na,melanoma\nb,nevus\n").unwrap();
        let photographs = |names: &[&str]| LabelsRequest::Table {
            table: table.clone(),
            photographs: names.iter().map(|name| folder.path().join(name)).collect(),
        };
        let both = answer(photographs(&["x/a.png", "y", "y/b.png"]));
        let truths: usize = both.read.iter().map(|one| one.truths.len()).sum();
        assert!(both.problems.is_empty() && truths == 2);
        picture(&folder.path().join("z/other.png"));
        let none = answer(photographs(&["z/other.png"]));
        assert!(none.read.is_empty());
        assert!(
            none.problems[0].contains("truth.csv"),
            "{:?}",
            none.problems
        );
        assert!(none.problems[0].contains("names must be those of the open photographs"));
    }

    #[test]
    fn labels_are_read_again_in_the_same_order_and_what_is_gone_is_named() {
        let folder = folder_of(&["a.png", "b.png"]);
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("labels.csv"), "image_id,diagnosis\na,nevus\nb,nevus\n").unwrap();
        std::fs::write(at("second.csv"), "image_id,diagnosis\na,melanoma\n").unwrap();
        let from = vec![
            LabelsSource::Opened(folder.path().to_owned()),
            LabelsSource::Table(at("second.csv")),
        ];
        let again = || {
            answer(LabelsRequest::Again {
                from: from.clone(),
                photographs: vec![at("a.png"), at("b.png")],
            })
        };
        let read = again();
        assert!(read.again && !read.named && read.problems.is_empty());
        let sources: Vec<_> = read.read.iter().map(|labels| &labels.source).collect();
        assert_eq!(sources, from.iter().collect::<Vec<_>>());
        std::fs::remove_file(at("second.csv")).unwrap();
        let read = again();
        assert_eq!(read.read.len(), 1);
        assert!(
            read.problems[0].contains("second.csv"),
            "{:?}",
            read.problems
        );
    }
}
