//! The system's file dialogs, and writing files, each on a separate thread: none of them blocks the window.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use flipscope_base::overwrite::Overwrite;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::altered::{self, JudgedFrame};
use flipscope_lab::explain::figure::FileKind;
use flipscope_lab::search::Subject;
use flipscope_lab::search::figure::FileFormat;
use flipscope_language::text;
use flipscope_model::ModelSource;

use crate::explorer::apply::{Dialog, named};
use crate::explorer::batch;
use crate::explorer::command::Command;
use crate::explorer::command::Decision;
use crate::explorer::explain::command::ExplainCommand;
use crate::explorer::explain::request::ExportOf;
use crate::explorer::explore::table::command::TableCommand;
use crate::explorer::figures::command::FigureCommand;
use crate::explorer::landscape::command::LandscapeCommand;
use crate::explorer::readers::command::{AskReader, ReaderCommand};
use crate::explorer::search::command::SearchCommand;
use crate::explorer::session::command::SessionCommand;
use crate::explorer::study::command::{AskStudy, StudyCommand};
use crate::explorer::study::request::Writing;
use crate::explorer::summary::command::SummaryCommand;
use crate::explorer::worker::asked::Asked;
use crate::explorer::worker::{Answer, Outbox};

/// No person closes a dialog faster than this: if it returns nothing within this time, none was shown.
const NOBODY: Duration = Duration::from_millis(150);

/// Shows a dialog; the choice comes back as a command, and nothing comes back if it was cancelled.
///
/// # Errors
/// If the system cannot start a thread.
#[allow(clippy::too_many_lines, reason = "an arm for each dialog")]
pub fn show(dialog: Dialog, outbox: Outbox) -> std::io::Result<()> {
    // The dialog is created here, on the thread of the window, because macOS requires it; another thread waits for it.
    let files = rfd::AsyncFileDialog::new();
    let writes = dialog.writes();
    let asked: Asked = match dialog {
        Dialog::Photographs => {
            let asked = files
                .set_title(text!("dialog-photographs"))
                .add_filter(
                    text!("dialog-photographs-filter"),
                    &flipscope_image::lesion::ENDINGS,
                )
                .add_filter(text!("dialog-every-file"), &["*"])
                .pick_files();
            Box::pin(async {
                let paths = asked
                    .await?
                    .iter()
                    .map(|file| file.path().to_owned())
                    .collect();
                Some(Command::Open(paths))
            })
        }
        Dialog::Folder => {
            let asked = files.set_title(text!("dialog-folder")).pick_folder();
            Box::pin(async { Some(Command::Open(vec![asked.await?.path().to_owned()])) })
        }
        Dialog::Labels => {
            let asked = files
                .set_title(text!("dialog-labels"))
                .add_filter(text!("dialog-tables"), &["csv", "tsv", "txt"])
                .pick_file();
            Box::pin(async {
                let path = asked.await?.path().to_owned();
                Some(Command::Table(TableCommand::Labels(path)))
            })
        }
        Dialog::Model(slot) => {
            let asked = files
                .set_title(text!("dialog-model"))
                .add_filter(text!("dialog-checkpoints"), &["safetensors", "pth", "pt"])
                .pick_file();
            Box::pin(async move {
                let path = asked.await?.path().to_owned();
                Some(Command::UseModel(slot, ModelSource::File(path)))
            })
        }
        Dialog::Findings => {
            let asked = files
                .set_title(text!("dialog-findings"))
                .add_filter(text!("dialog-findings-filter"), &["json"])
                .pick_files();
            Box::pin(async {
                let files = asked.await?;
                let paths = files.iter().map(|file| file.path().to_owned()).collect();
                Some(Command::Search(SearchCommand::Open(paths)))
            })
        }
        Dialog::Export(id) => {
            let asked = files.set_title(text!("dialog-export")).pick_folder();
            Box::pin(async move {
                Some(Command::Search(SearchCommand::Export(
                    id,
                    asked.await?.path().to_owned(),
                )))
            })
        }
        Dialog::ExportLost => {
            let asked = files.set_title(text!("dialog-save-findings")).pick_folder();
            Box::pin(async move {
                let folder = asked.await?.path().to_owned();
                Some(Command::Decide(Decision::SaveInto(folder)))
            })
        }
        Dialog::OpenSession => open_session(files),
        Dialog::SaveSession => save_session(files),
        Dialog::Batch(asked) => batch::worker::dialog(files, &asked),
        Dialog::Figure(name, format) => figure(files, name, format),
        Dialog::Explanation(of, name, kind) => explanation(files, of, name, kind),
        Dialog::Study(asked) => about_studies(files, asked),
        Dialog::Reader(asked) => about_readers(files, asked),
        Dialog::Save(name) => {
            let asked = files
                .set_title(text!("dialog-save-altered"))
                .add_filter("PNG", &["png"])
                .set_file_name(name)
                .save_file();
            Box::pin(async { Some(Command::SaveAltered(asked.await?.path().to_owned())) })
        }
    };
    std::thread::Builder::new()
        .name("dialog".to_owned())
        .spawn(move || {
            let start = Instant::now();
            match pollster::block_on(asked) {
                Some(command) => outbox.send(Answer::Chosen(command)),
                None if start.elapsed() < NOBODY => outbox.send(Answer::NoDialog { writes }),
                None => {}
            }
        })?;
    Ok(())
}

/// The dialog that writes a figure.
fn figure(files: rfd::AsyncFileDialog, name: String, format: FileFormat) -> Asked {
    let asked = (files.set_title(text!("dialog-figure")))
        .add_filter(format.name(), &[format.extension()])
        .set_file_name(name)
        .save_file();
    Box::pin(async {
        let path = asked.await?.path().to_owned();
        Some(Command::Figure(FigureCommand::Save(path)))
    })
}

/// The dialog that writes a map, a landscape or a summary.
fn explanation(files: rfd::AsyncFileDialog, of: ExportOf, name: String, kind: FileKind) -> Asked {
    let asked = (files.set_title(text!("explain-save-dialog")))
        .add_filter(kind.name(), &[kind.extension()])
        .set_file_name(name)
        .save_file();
    Box::pin(async move {
        let path = asked.await?.path().to_owned();
        Some(match of {
            ExportOf::Map => Command::Explain(ExplainCommand::Save(kind, path)),
            ExportOf::Landscape => Command::Landscape(LandscapeCommand::Save(kind, path)),
            ExportOf::Summary => Command::Summary(SummaryCommand::Save(kind, path)),
        })
    })
}

/// The dialog that opens a session.
fn open_session(files: rfd::AsyncFileDialog) -> Asked {
    let asked = (files.set_title(text!("dialog-open-session")))
        .add_filter(text!("dialog-sessions"), &["session"])
        .pick_file();
    Box::pin(async {
        let path = asked.await?.path().to_owned();
        Some(Command::Session(SessionCommand::Open(path)))
    })
}

/// The dialog that saves a session.
fn save_session(files: rfd::AsyncFileDialog) -> Asked {
    let asked = (files.set_title(text!("dialog-save-session")))
        .add_filter(text!("dialog-sessions"), &["session"])
        .set_file_name(text!("dialog-session-name"))
        .save_file();
    Box::pin(async {
        let path = asked.await?.path().to_owned();
        Some(Command::Session(SessionCommand::SaveAs(path)))
    })
}

/// A dialog about studies.
fn about_studies(files: rfd::AsyncFileDialog, asked: AskStudy) -> Asked {
    type Made = fn(PathBuf) -> StudyCommand;
    let one = |files: rfd::AsyncFileDialog, made: Made| -> Asked {
        let asked = files.pick_file();
        Box::pin(async move { Some(Command::Study(made(asked.await?.path().to_owned()))) })
    };
    let folder = |title: &str, made: Made| -> Asked {
        let asked = files.clone().set_title(title).pick_folder();
        Box::pin(async move { Some(Command::Study(made(asked.await?.path().to_owned()))) })
    };
    let study = |title: &str| {
        let files = files.clone().set_title(title);
        files.add_filter(text!("dialog-studies"), &["study"])
    };
    match asked {
        AskStudy::Table => one(
            (files.set_title(text!("dialog-table"))).add_filter(text!("dialog-tables"), &["csv"]),
            StudyCommand::Data,
        ),
        AskStudy::Classes => folder(text!("dialog-classes"), StudyCommand::Data),
        AskStudy::Images => folder(text!("dialog-images"), StudyCommand::Images),
        AskStudy::Split => one(
            (files.set_title(text!("dialog-split"))).add_filter(text!("dialog-splits"), &["json"]),
            StudyCommand::Split,
        ),
        AskStudy::Open => one(study(text!("dialog-open-study")), StudyCommand::Open),
        AskStudy::New => {
            let files = study(text!("dialog-make-study")).set_file_name(text!("dialog-study-name"));
            let asked = files.save_file();
            Box::pin(async {
                let path = asked.await?.path().to_owned();
                Some(Command::Study(StudyCommand::Make(path)))
            })
        }
        AskStudy::MergeFrom => {
            let asked = study(text!("dialog-merge-study")).pick_files();
            Box::pin(async {
                let files = asked.await?;
                let paths = files.iter().map(|file| file.path().to_owned()).collect();
                Some(Command::Study(StudyCommand::MergeFrom(paths)))
            })
        }
        AskStudy::MergeInto(from) => {
            let files =
                study(text!("dialog-merge-into")).set_file_name(text!("dialog-whole-study-name"));
            let asked = files.save_file();
            Box::pin(async move {
                let into = asked.await?.path().to_owned();
                Some(Command::Study(StudyCommand::Merge(from, into)))
            })
        }
        AskStudy::Write(Writing::Tables) => folder(text!("dialog-write-tables"), |path| {
            StudyCommand::Write(Writing::Tables, path)
        }),
        AskStudy::Write(Writing::Report) => folder(text!("dialog-write-report"), |path| {
            StudyCommand::Write(Writing::Report, path)
        }),
    }
}

/// A dialog about reader studies.
fn about_readers(files: rfd::AsyncFileDialog, asked: AskReader) -> Asked {
    type Made = fn(PathBuf) -> ReaderCommand;
    type MadeOfMany = fn(Vec<PathBuf>) -> ReaderCommand;
    let one = |files: rfd::AsyncFileDialog, made: Made| -> Asked {
        let asked = files.pick_file();
        Box::pin(async move { Some(Command::Reader(made(asked.await?.path().to_owned()))) })
    };
    let many = |files: rfd::AsyncFileDialog, made: MadeOfMany| -> Asked {
        let asked = files.pick_files();
        Box::pin(async move {
            let files = asked.await?;
            let paths = files.iter().map(|file| file.path().to_owned()).collect();
            Some(Command::Reader(made(paths)))
        })
    };
    let folder = |title: &str, made: Made| -> Asked {
        let asked = files.clone().set_title(title).pick_folder();
        Box::pin(async move { Some(Command::Reader(made(asked.await?.path().to_owned()))) })
    };
    let study = |title: &str| {
        let files = files.clone().set_title(title);
        files.add_filter(text!("dialog-reader-studies"), &["readers"])
    };
    match asked {
        AskReader::Findings => many(
            (files.set_title(text!("dialog-findings")))
                .add_filter(text!("dialog-findings-filter"), &["json"]),
            ReaderCommand::Findings,
        ),
        AskReader::Folder => folder(text!("dialog-findings-folder"), |path| {
            ReaderCommand::Findings(vec![path])
        }),
        AskReader::Table => one(
            (files.set_title(text!("dialog-table"))).add_filter(text!("dialog-tables"), &["csv"]),
            ReaderCommand::Data,
        ),
        AskReader::Classes => folder(text!("dialog-classes"), ReaderCommand::Data),
        AskReader::Images => folder(text!("dialog-images"), ReaderCommand::Images),
        AskReader::Open => one(study(text!("dialog-open-readers")), ReaderCommand::Open),
        AskReader::New => {
            let files =
                study(text!("dialog-make-readers")).set_file_name(text!("dialog-readers-name"));
            let asked = files.save_file();
            Box::pin(async {
                let path = asked.await?.path().to_owned();
                Some(Command::Reader(ReaderCommand::Make(path)))
            })
        }
        AskReader::MergeFrom => many(
            study(text!("dialog-merge-readers")),
            ReaderCommand::MergeFrom,
        ),
        AskReader::MergeInto(from) => {
            let files =
                study(text!("dialog-merge-into")).set_file_name(text!("dialog-whole-readers-name"));
            let asked = files.save_file();
            Box::pin(async move {
                let into = asked.await?.path().to_owned();
                Some(Command::Reader(ReaderCommand::Merge(from, into)))
            })
        }
        AskReader::Write(Writing::Tables) => folder(text!("dialog-write-tables"), |path| {
            ReaderCommand::Write(Writing::Tables, path)
        }),
        AskReader::Write(Writing::Report) => folder(text!("dialog-write-report"), |path| {
            ReaderCommand::Write(Writing::Report, path)
        }),
    }
}

/// Writes the altered frame as PNG, exactly the pixels that the network judges, and what altered it beside it as JSON. The dialog
/// has asked whether the PNG may be replaced; one of `never` may not.
///
/// # Errors
/// If the system cannot start a thread; an error with a file comes back as an answer.
pub fn save(
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
            outbox.send(Answer::Saved { path, result });
        }))?;
    Ok(())
}
