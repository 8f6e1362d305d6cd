//! The dialogs about studies and reader studies.

use rfd::AsyncFileDialog;

use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::readers::command::{AskReader, ReaderCommand};
use crate::explorer::study::command::{AskStudy, StudyCommand};
use crate::explorer::study::request::Writing;
use crate::explorer::worker::choice::{Choice, file, folder, new_file, several};

/// A dialog about studies.
pub(super) fn of_studies(files: &AsyncFileDialog, asked: AskStudy) -> Choice {
    let titled = |title: &str| files.clone().set_title(title);
    let study = |title: &str| titled(title).add_filter(text!("dialog-studies"), &["study"]);
    let write = |title: &str, writing: Writing| {
        folder(titled(title), move |path| {
            Command::Study(StudyCommand::Write(writing, path))
        })
    };
    match asked {
        AskStudy::Table => {
            let files = titled(text!("dialog-table"));
            file(files.add_filter(text!("dialog-tables"), &["csv"]), |path| {
                Command::Study(StudyCommand::Data(path))
            })
        }
        AskStudy::Classes => folder(titled(text!("dialog-classes")), |path| {
            Command::Study(StudyCommand::Data(path))
        }),
        AskStudy::Images => folder(titled(text!("dialog-images")), |path| {
            Command::Study(StudyCommand::Images(path))
        }),
        AskStudy::Root => folder(titled(text!("dialog-study-photographs")), |path| {
            Command::Study(StudyCommand::RunWith(path))
        }),
        AskStudy::Split => {
            let files = titled(text!("dialog-split"));
            file(
                files.add_filter(text!("dialog-splits"), &["json"]),
                |path| Command::Study(StudyCommand::Split(path)),
            )
        }
        AskStudy::Open => file(study(text!("dialog-open-study")), |path| {
            Command::Study(StudyCommand::Open(path))
        }),
        AskStudy::New => {
            let files = study(text!("dialog-make-study"));
            new_file(files, text!("dialog-study-name"), |path| {
                Command::Study(StudyCommand::Make(path))
            })
        }
        AskStudy::MergeFrom => several(study(text!("dialog-merge-study")), |paths| {
            Command::Study(StudyCommand::MergeFrom(paths))
        }),
        AskStudy::MergeInto(from) => {
            let files = study(text!("dialog-merge-into"));
            new_file(files, text!("dialog-whole-study-name"), move |into| {
                Command::Study(StudyCommand::Merge(from, into))
            })
        }
        AskStudy::Write(Writing::Tables) => write(text!("dialog-write-tables"), Writing::Tables),
        AskStudy::Write(Writing::Report) => write(text!("dialog-write-report"), Writing::Report),
    }
}

/// A dialog about reader studies.
pub(super) fn of_readers(files: &AsyncFileDialog, asked: AskReader) -> Choice {
    let titled = |title: &str| files.clone().set_title(title);
    let study = |title: &str| {
        let files = titled(title);
        files.add_filter(text!("dialog-reader-studies"), &["readers"])
    };
    let write = |title: &str, writing: Writing| {
        folder(titled(title), move |path| {
            Command::Reader(ReaderCommand::Write(writing, path))
        })
    };
    match asked {
        AskReader::Findings => {
            let files = titled(text!("dialog-findings"));
            several(
                files.add_filter(text!("dialog-findings-filter"), &["json"]),
                |paths| Command::Reader(ReaderCommand::Findings(paths)),
            )
        }
        AskReader::Folder => folder(titled(text!("dialog-findings-folder")), |path| {
            Command::Reader(ReaderCommand::Findings(vec![path]))
        }),
        AskReader::Table => {
            let files = titled(text!("dialog-table"));
            file(files.add_filter(text!("dialog-tables"), &["csv"]), |path| {
                Command::Reader(ReaderCommand::Data(path))
            })
        }
        AskReader::Classes => folder(titled(text!("dialog-classes")), |path| {
            Command::Reader(ReaderCommand::Data(path))
        }),
        AskReader::Images => folder(titled(text!("dialog-images")), |path| {
            Command::Reader(ReaderCommand::Images(path))
        }),
        AskReader::Open => file(study(text!("dialog-open-readers")), |path| {
            Command::Reader(ReaderCommand::Open(path))
        }),
        AskReader::New => {
            let files = study(text!("dialog-make-readers"));
            new_file(files, text!("dialog-readers-name"), |path| {
                Command::Reader(ReaderCommand::Make(path))
            })
        }
        AskReader::MergeFrom => several(study(text!("dialog-merge-readers")), |paths| {
            Command::Reader(ReaderCommand::MergeFrom(paths))
        }),
        AskReader::MergeInto(from) => {
            let files = study(text!("dialog-merge-into"));
            new_file(files, text!("dialog-whole-readers-name"), move |into| {
                Command::Reader(ReaderCommand::Merge(from, into))
            })
        }
        AskReader::Write(Writing::Tables) => write(text!("dialog-write-tables"), Writing::Tables),
        AskReader::Write(Writing::Report) => write(text!("dialog-write-report"), Writing::Report),
    }
}
