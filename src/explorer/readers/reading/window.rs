//! The full-screen window for readers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::explorer::readers::reading::app::ReadingApp;
use crate::explorer::readers::reading::session_thread::SessionThread;
use crate::explorer::remembered_file::{
    file as memory_file, remembered_appearance, system_language,
};
use crate::explorer::window::{WindowError, native};
use flipscope_base::untrusted;
use flipscope_lab::reader::store::Store;

/// The classes that have joined; none if the file cannot be read, for the thread that opens it says why.
fn known(file: &Path) -> Vec<String> {
    let readers = Store::open(file).and_then(|store| store.readers());
    let readers = readers.unwrap_or_default().into_iter();
    readers.map(|reader| reader.pseudonym).collect()
}

/// Opens the window on a study's file, and runs until it is closed. Without a pseudonym it asks for one; readers take the given
/// slot (from 0), if any. With `hall`, it is large enough for a class in a lecture hall.
///
/// # Errors
/// [`WindowError`], before anything is shown.
pub fn run(
    file: PathBuf,
    pseudonym: Option<String>,
    slot: Option<u32>,
    windowed: bool,
    hall: bool,
) -> Result<(), WindowError> {
    let remembered = memory_file().map(|file| remembered_appearance(&file));
    let language = remembered.and_then(|appearance| appearance.language);
    flipscope_language::set(language.unwrap_or_else(system_language));
    let viewport = egui::ViewportBuilder::default()
        .with_title(format!("flipscope: {}", untrusted::path(&file)))
        .with_inner_size([1024.0, 860.0])
        .with_clamp_size_to_monitor_size(true)
        .with_fullscreen(!windowed);
    native(WindowError::NoDisplayToRead, viewport, move |context| {
        let ctx = context.egui_ctx.clone();
        let wake = Arc::new(move || ctx.request_repaint());
        let classes = if hall && pseudonym.is_none() {
            known(&file)
        } else {
            Vec::new()
        };
        let port = SessionThread::start(file, slot, wake)?;
        let app = ReadingApp::new(&context.egui_ctx, pseudonym, hall, Box::new(port));
        let app = app.knowing(classes);
        Ok(Box::new(app))
    })
}
