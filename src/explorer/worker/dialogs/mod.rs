//! The system's file dialogs. Each waits on a thread of its own: none blocks the window.

mod studies;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use directories::BaseDirs;
use rfd::AsyncFileDialog;

use flipscope_base::overwrite::Overwrite;
use flipscope_base::system;
use flipscope_language::text;
use flipscope_model::ModelSource;

use crate::explorer::apply::Dialog;
use crate::explorer::batch;
use crate::explorer::command::{Command, Decision};
use crate::explorer::explain::command::ExplainCommand;
use crate::explorer::explain::request::ExportOf;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::figures::command::FigureCommand;
use crate::explorer::landscape::command::LandscapeCommand;
use crate::explorer::proof::command::ProofCommand;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::session::command::SessionCommand;
use crate::explorer::summary::command::SummaryCommand;
use crate::explorer::worker::choice::{Choice, file, folder, new_file, several};
use crate::explorer::worker::{Answer, Outbox};

/// No person sees a dialog and closes it faster than this: if it returns nothing within this time, none was shown. Where there is no portal,
/// looking for one may already take some tenths of a second.
const NOBODY: Duration = Duration::from_millis(500);

/// Shows a dialog; the choice comes back as a command, and nothing comes back if it was cancelled.
///
/// # Errors
/// If the system cannot start a thread.
pub fn show(dialog: Dialog, outbox: Outbox) -> std::io::Result<()> {
    let Choice { ask, made, new } = build(&AsyncFileDialog::new(), dialog.clone());
    let asked = ask();
    std::thread::Builder::new()
        .name("dialog".to_owned())
        .spawn(move || {
            let start = Instant::now();
            match pollster::block_on(asked).and_then(made) {
                Some(command) => outbox.send(Answer::Chosen(command)),
                None if start.elapsed() < NOBODY => {
                    outbox.send(Answer::NoDialog {
                        dialog: Box::new(dialog),
                        proposed: new,
                    });
                }
                None => {}
            }
        })?;
    Ok(())
}

/// Takes a path that was typed as what was chosen in a dialog. No dialog has asked whether a file may be replaced: none is.
///
/// # Errors
/// If the system cannot start a thread.
pub fn typed(dialog: Dialog, path: PathBuf, outbox: Outbox) -> std::io::Result<()> {
    let Choice { made, new, .. } = build(&AsyncFileDialog::new(), dialog.clone());
    std::thread::Builder::new()
        .name("dialog".to_owned())
        .spawn(flipscope_language::carried(move || {
            let whole = meant(&path);
            let writes = dialog.writes().is_some();
            let usable = match &new {
                Some(name) => is_free(&whole, name),
                None if writes => Ok(()),
                None => is_there(&whole),
            };
            match usable {
                // As if it was dropped: a dialog of the system shows what can be chosen, and here either may be typed.
                Ok(()) if dialog == Dialog::Findings && whole.is_dir() => {
                    outbox.send(Answer::Chosen(Command::Open(vec![whole])));
                }
                Ok(()) => {
                    if let Some(command) = made(vec![whole]) {
                        outbox.send(Answer::Chosen(command));
                    }
                }
                Err(error) => outbox.send(Answer::PathRefused {
                    dialog: Box::new(dialog),
                    path,
                    why: error.to_string(),
                }),
            }
        }))?;
    Ok(())
}

/// The whole path of one that was typed: `~` is the person's own folder, as in a shell.
fn meant(path: &Path) -> PathBuf {
    let home = BaseDirs::new().map(|folders| folders.home_dir().to_owned());
    let path = match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    };
    std::path::absolute(&path).unwrap_or(path)
}

/// Whether there is something to open.
fn is_there(path: &Path) -> std::io::Result<()> {
    let there = path.metadata().map(|_| ());
    there.map_err(|error| system::about(path, error))
}

/// Whether no file has a name that was typed, nor the one that it gets where its extension was left out.
fn is_free(path: &Path, proposed: &Path) -> std::io::Result<()> {
    let nothing = Overwrite::nothing();
    nothing.check(path)?;
    match (path.extension(), proposed.extension()) {
        (None, Some(extension)) => nothing.check(&path.with_extension(extension)),
        _ => Ok(()),
    }
}

fn build(files: &AsyncFileDialog, dialog: Dialog) -> Choice {
    let titled = |title: &str| files.clone().set_title(title);
    let filtered =
        |title: &str, kind: &str, endings: &[&str]| titled(title).add_filter(kind, endings);
    let sessions = |title: &str| filtered(title, text!("dialog-sessions"), &["session"]);
    match dialog {
        Dialog::Photographs => {
            let endings = &flipscope_image::lesion::ENDINGS;
            let photographs = text!("dialog-photographs-filter");
            let files = filtered(text!("dialog-photographs"), photographs, endings);
            several(
                files.add_filter(text!("dialog-every-file"), &["*"]),
                Command::Open,
            )
        }
        Dialog::Folder => folder(titled(text!("dialog-folder")), |path| {
            Command::Open(vec![path])
        }),
        Dialog::Labels => {
            let (title, kind) = (text!("dialog-labels"), text!("dialog-tables"));
            file(filtered(title, kind, &["csv", "tsv", "txt"]), |path| {
                Command::List(ListCommand::Labels(path))
            })
        }
        Dialog::Model(slot) => {
            let (title, kind) = (text!("dialog-model"), text!("dialog-checkpoints"));
            let files = filtered(title, kind, &["safetensors", "pth", "pt"]);
            file(files, move |path| {
                Command::UseModel(slot, ModelSource::File(path))
            })
        }
        Dialog::Findings => {
            let (title, kind) = (text!("dialog-findings"), text!("dialog-findings-filter"));
            several(filtered(title, kind, &["json"]), |paths| {
                Command::Search(SearchCommand::Open(paths))
            })
        }
        Dialog::Export(id) => folder(titled(text!("dialog-export")), move |path| {
            Command::Search(SearchCommand::Export(id, path))
        }),
        Dialog::Proof(at) => folder(titled(text!("dialog-proof")), move |path| {
            Command::Proof(ProofCommand::Save(at, path))
        }),
        Dialog::ExportLost => folder(titled(text!("dialog-save-findings")), |path| {
            Command::Decide(Decision::SaveInto(path))
        }),
        Dialog::OpenSession => file(sessions(text!("dialog-open-session")), |path| {
            Command::Session(SessionCommand::Open(path))
        }),
        Dialog::MissingPhotographs => folder(titled(text!("dialog-missing-photographs")), |path| {
            Command::Session(SessionCommand::LookIn(path))
        }),
        Dialog::SaveSession => {
            let files = sessions(text!("dialog-save-session"));
            new_file(files, text!("dialog-session-name"), |path| {
                Command::Session(SessionCommand::SaveAs(path))
            })
        }
        Dialog::Figure(name, format) => {
            let (title, ending) = (text!("dialog-figure"), format.extension());
            let files = filtered(title, format.name(), &[ending]);
            new_file(files, &name, |path| {
                Command::Figure(FigureCommand::Save(path))
            })
        }
        Dialog::Explanation(of, name, kind) => {
            let (title, ending) = (of.title(), kind.extension());
            let files = filtered(title, kind.name(), &[ending]);
            new_file(files, &name, move |path| match of {
                ExportOf::Map => Command::Explain(ExplainCommand::Save(kind, path)),
                ExportOf::Landscape => Command::Landscape(LandscapeCommand::Save(kind, path)),
                ExportOf::Summary => Command::Summary(SummaryCommand::Save(kind, path)),
            })
        }
        Dialog::Save(name) => {
            let files = filtered(text!("dialog-save-altered"), "PNG", &["png"]);
            new_file(files, &name, Command::SaveAltered)
        }
        Dialog::Batch(asked) => batch::worker::dialog(files, &asked),
        Dialog::Study(asked) => studies::of_studies(files, asked),
        Dialog::Reader(asked) => studies::of_readers(files, asked),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use flipscope_lab::explain::figure::FileKind;

    use super::*;
    use crate::explorer::study::command::{AskStudy, StudyCommand};

    /// The command that a typed path leads to, or why it is refused.
    fn said(dialog: Dialog, path: PathBuf) -> Result<Command, String> {
        let (sender, answers) = crossbeam_channel::unbounded();
        let wake = Arc::new(|| ());
        typed(dialog, path, Outbox { sender, wake }).unwrap();
        match answers.recv().unwrap() {
            Answer::Chosen(command) => Ok(command),
            Answer::PathRefused { why, .. } => Err(why),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_typed_path_means_what_it_would_mean_in_the_dialog_and_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let new = || Dialog::Study(AskStudy::New);
        let made = StudyCommand::Make(at("one.study"));
        assert_eq!(said(new(), at("one.study")), Ok(Command::Study(made)));
        std::fs::write(at("one.study"), "a study").unwrap();
        for name in ["one.study", "one"] {
            let why = said(new(), at(name)).unwrap_err();
            assert!(why.contains("exists already, and is not replaced"), "{why}");
        }
        // What is opened is there.
        let opened = StudyCommand::Open(at("one.study"));
        let open = Dialog::Study(AskStudy::Open);
        assert_eq!(said(open, at("one.study")), Ok(Command::Study(opened)));
        let gone = said(Dialog::Photographs, at("a.png")).unwrap_err();
        assert!(gone.contains("there is no such file"), "{gone}");
        std::fs::write(at("a.png"), "a photograph").unwrap();
        let several = said(Dialog::Photographs, at("a.png"));
        assert_eq!(several, Ok(Command::Open(vec![at("a.png")])));
        // A folder of findings, as if it was dropped.
        let folder = said(Dialog::Findings, at(""));
        assert_eq!(folder, Ok(Command::Open(vec![at("")])));
        // What is written into a folder may make it.
        let export = Dialog::ExportLost;
        assert!(said(export, at("new")).is_ok());
    }

    #[test]
    fn what_is_saved_is_named_by_the_title() {
        for (of, title) in [
            (ExportOf::Map, "Save the map"),
            (ExportOf::Landscape, "Save the landscape"),
            (ExportOf::Summary, "Save the smallest changes that flip"),
        ] {
            let dialog = Dialog::Explanation(of, "mole.svg".to_owned(), FileKind::Svg);
            assert_eq!(dialog.title(), title);
            let proposed = build(&AsyncFileDialog::new(), dialog).new;
            assert_eq!(proposed, Some(PathBuf::from("mole.svg")));
        }
    }

    #[test]
    fn a_tilde_is_the_persons_own_folder() {
        let home = BaseDirs::new().unwrap().home_dir().to_owned();
        assert_eq!(meant(Path::new("~/moles")), home.join("moles"));
        assert_eq!(meant(Path::new("/moles/~")), Path::new("/moles/~"));
        // A name that begins so is none.
        assert!(meant(Path::new("~moles")).ends_with("~moles"));
    }
}
