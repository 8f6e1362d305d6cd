//! Where it is kept from one start to the next which plans were chosen on a card. This crate knows no folders: the program hands in what
//! reads and writes. Without, each start asks cuDNN anew, and gets the same answers.

use std::sync::OnceLock;

use super::graph::memory::Choices;

/// What reads and writes texts by their names, which are good names for files.
pub trait PlanStore: Send + Sync {
    /// The text of a name, if there is one that can be read.
    fn read(&self, name: &str) -> Option<String>;
    /// Replaces it. A failure costs time at the next start, no more.
    fn write(&self, name: &str, text: &str);
}

static STORE: OnceLock<Box<dyn PlanStore>> = OnceLock::new();

/// Keeps there what is chosen on cards that are opened from here on. The first call counts.
pub fn keep_plans(store: Box<dyn PlanStore>) {
    // Later calls are from tests at most.
    let _ = STORE.set(store);
}

/// Adds what was chosen in earlier starts.
pub(super) fn recall(choices: &mut Choices) {
    let text = STORE.get().and_then(|store| store.read(&choices.name()));
    if let Some(text) = text
        && !choices.recall(&text)
    {
        log::info!("the plans kept for this card cannot be read, and are chosen anew");
    }
}

/// Keeps what was chosen since.
pub(super) fn keep(choices: &mut Choices) {
    if let Some(store) = STORE.get()
        && let Some(text) = choices.news()
    {
        store.write(&choices.name(), &text);
    }
}
