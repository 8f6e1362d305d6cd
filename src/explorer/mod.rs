//! The window. Nothing below this module knows egui.
//!
//! - [`state`]: what is shown, as plain data; [`controls`], [`tracks`], [`band`], [`searches`], [`studies`], [`reader_studies`], [`history`],
//!   [`losses`]: its parts
//! - [`command`]: what a person can ask for; [`apply`]: the one place that carries it out
//! - [`worker`]: everything slow, on named threads; `memory`: what is remembered from one start to the next
//! - `panels`, `widgets`, `icons`, `theme`: how it looks; they emit commands and change nothing
//! - [`preview`]: the altered picture, drawn by the graphics processor
//! - `wording`: what the libraries say, in the words of the window
//! - `dropping`: what files let go over the window mean; [`app`]: ties them together
//! - [`reading`]: another window, in which readers of a reader study read

pub mod app;
pub mod apply;
mod assets;
pub mod band;
pub mod command;
mod command_line;
pub mod controls;
mod dropping;
pub mod headless;
pub mod history;
mod icons;
pub mod losses;
mod memory;
mod panels;
pub mod preview;
pub mod reader_studies;
pub mod reading;
pub mod searches;
pub mod state;
pub mod studies;
mod theme;
pub mod tracks;
mod widgets;
pub mod window;
mod wording;
pub mod worker;

pub use app::{App, Launch};
pub(crate) use memory::file as memory_file;
