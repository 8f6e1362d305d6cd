//! The system's file dialogs, and writing files, each on a thread of its own: none of them holds up the window.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::classifier::ModelSource;
use crate::lesion::Frame;
use crate::perturb::{self, Perturbation};

use super::super::apply::Dialog;
use super::super::command::{Command, SearchCommand};
use super::{Answer, Outbox};

/// No person closes a dialog faster than this: an empty answer within it means that none was shown.
const NOBODY: Duration = Duration::from_millis(150);

/// Shows a dialog; what was chosen comes back as a command, and nothing at all if it was cancelled.
///
/// # Errors
/// If the system starts no thread.
pub fn show(dialog: Dialog, outbox: Outbox) -> std::io::Result<()> {
    // The dialog is made here, on the thread of the window, because macOS demands it; it is waited for elsewhere.
    let files = rfd::AsyncFileDialog::new();
    let asked: std::pin::Pin<Box<dyn Future<Output = Option<Command>> + Send>> = match dialog {
        Dialog::Photographs => {
            let asked = files
                .set_title("Open photographs")
                .add_filter(
                    "Photographs",
                    &["jpg", "jpeg", "png", "tif", "tiff", "webp", "bmp"],
                )
                .add_filter("Every file", &["*"])
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
            let asked = files
                .set_title("Open a folder of photographs")
                .pick_folder();
            Box::pin(async { Some(Command::Open(vec![asked.await?.path().to_owned()])) })
        }
        Dialog::Model(seat) => {
            let asked = files
                .set_title("Open a model")
                .add_filter("Checkpoints", &["safetensors", "pth", "pt"])
                .pick_file();
            Box::pin(async move {
                let path = asked.await?.path().to_owned();
                Some(Command::UseModel(seat, ModelSource::File(path)))
            })
        }
        Dialog::Export(id) => {
            let asked = files
                .set_title("Export the finding into a folder")
                .pick_folder();
            Box::pin(async move {
                Some(Command::Search(SearchCommand::Export(
                    id,
                    asked.await?.path().to_owned(),
                )))
            })
        }
        Dialog::Save(name) => {
            let asked = files
                .set_title("Save the altered picture")
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
                None if start.elapsed() < NOBODY => outbox.send(Answer::NoDialog),
                None => {}
            }
        })?;
    Ok(())
}

/// Writes the altered frame as PNG: exactly the pixels that the network judges.
///
/// # Errors
/// If the system starts no thread; what goes wrong with the file comes back as an answer.
pub fn save(
    path: PathBuf,
    frame: Arc<Frame>,
    perturbation: Arc<Perturbation>,
    outbox: Outbox,
) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("save".to_owned())
        .spawn(move || {
            let result = perturb::apply(&frame, &perturbation)
                .map_err(|error| error.to_string())
                .and_then(|altered| altered.write_png(&path).map_err(|error| error.to_string()));
            outbox.send(Answer::Saved { path, result });
        })?;
    Ok(())
}
