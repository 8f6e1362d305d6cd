//! The window. Nothing below this module knows egui.
//!
//! By feature, each with its state, commands, changes of state, threads and panel:
//! - [`explore`]: one lesion, its sliders and verdicts
//! - [`search`]: searches on it, and their findings
//! - [`batch`]: what is done to many lesions at once
//! - [`figures`]: figures of altered pictures, contact sheets, the clipboard
//! - [`explain`]: what the network looks at in a lesion
//! - [`landscape`]: where its verdict flips; [`summary`]: the smallest changes that flip it
//! - [`study`]: a whole labelled set
//! - [`readers`]: reader studies, and the window in which readers read
//! - [`session`]: everything that is open, kept from one run to the next; [`shared`]: what it shares with the state
//!
//! Around them:
//! - [`launch`]: what the window starts with; [`app`]: gathers commands and answers, has them applied, draws the panels; `cards`: the samples on the first page
//! - [`state`]: what the whole window shows, as plain data; [`page`], [`message`], [`model`], [`history`], [`pending_command`],
//!   [`unsaved_work`]: its parts
//! - [`command`]: what a person can ask for; [`apply`]: the one place that carries it out
//! - `actions`: the table of commands with their names and keys, for menus, keys and the command palette; [`palette`]: that palette
//! - `executor`: the one place that carries out effects; [`worker`]: answers from threads, and the system's dialogs; `remembered_file`,
//!   [`remembered`], [`appearance`]: what is remembered from one start to the next besides the session
//! - `panels`, `widgets`, `icons`, `theme`: appearance; they emit commands and change nothing
//! - [`picture`]: values under the pointer, histograms, the menu of a picture
//! - [`presenter`]: the window in a lecture hall; [`tour`]: five steps to a first flip; `guide`: numbers, letter and citation explained;
//!   [`title`]: the title bar
//! - [`preview`]: the altered picture, drawn by the graphics processor
//! - `wording`: the libraries' messages, in the words of the window
//! - `file_drop`: what to do with files dropped on the window; `input_order`: keys and clicks of one frame, one after another

mod actions;
pub mod app;
pub mod appearance;
pub mod apply;
mod assets;
pub mod batch;
mod cards;
pub mod command;
mod executor;
pub mod explain;
pub mod explore;
pub mod figures;
mod file_drop;
pub(crate) mod guide;
pub mod headless;
pub mod history;
mod icons;
mod input_order;
pub mod landscape;
pub mod launch;
pub mod message;
pub mod model;
pub mod page;
pub mod palette;
mod panels;
pub mod pending_command;
pub mod picture;
pub mod presenter;
pub mod preview;
pub(crate) mod priority;
pub mod proof;
pub mod readers;
pub mod remembered;
mod remembered_file;
pub mod search;
pub mod session;
pub mod shared;
pub mod state;
pub mod study;
pub mod summary;
mod theme;
pub mod title;
pub mod tour;
pub mod typed_path;
pub mod unsaved_work;
mod widgets;
pub mod window;
mod wording;
pub mod worker;

pub use app::App;
pub use launch::Launch;
pub(crate) use remembered_file::{file as memory_file, system_language};
