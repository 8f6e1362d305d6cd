//! The panes of the window. They read the state and emit commands; none changes the state itself.

mod alter;
mod assumed;
mod help;
mod leaving;
mod lesion;
mod library;
mod menu;
mod messages;
mod page;
mod photograph;
mod pictures;
mod reader_study;
mod resampling;
mod room;
mod search;
mod status;
mod study;
mod tools;
mod verdict;
mod welcome;

use egui::{CentralPanel, Vec2, vec2};

use super::assets::Assets;
use super::command::Command;
use super::state::{Page, State};

/// What a pane works with.
pub(crate) struct Pane<'a> {
    /// What to show.
    pub state: &'a State,
    /// Textures.
    pub assets: &'a mut Assets,
    /// What the person asked for.
    pub commands: &'a mut Vec<Command>,
}

impl Pane<'_> {
    /// Asks for something.
    pub(crate) fn emit(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// A button that asks for something; on hover it says what that is.
    pub(crate) fn button(&mut self, ui: &mut egui::Ui, text: &str, hint: &str, command: Command) {
        if ui.button(text).on_hover_text(hint).clicked() {
            self.emit(command);
        }
    }

    /// The smallest size of the page that needs no scrolling of the page itself, points.
    fn least(&self, wide: bool) -> Vec2 {
        match self.state.page {
            Page::Explore if self.state.lesions.is_empty() => vec2(240.0, 160.0),
            Page::Explore if wide => vec2(room::WIDE, 330.0),
            Page::Explore => vec2(722.0, 390.0),
            Page::Study | Page::Readers => vec2(430.0, 260.0),
        }
    }

    /// Shows the whole window.
    pub(crate) fn show(&mut self, ui: &mut egui::Ui) {
        menu::show(self, ui);
        status::show(self, ui);
        messages::show(self, ui);
        let behind = egui::Frame::new().fill(ui.visuals().panel_fill);
        let least = self.least(room::is_wide(ui));
        CentralPanel::no_frame().frame(behind).show(ui, |ui| {
            room::page(ui, least, |ui| match self.state.page {
                Page::Study => study::show(self, ui),
                Page::Readers => reader_study::show(self, ui),
                Page::Explore if self.state.lesions.is_empty() => welcome::show(self, ui),
                Page::Explore => {
                    library::show(self, ui);
                    tools::show(self, ui);
                    lesion::show(self, ui);
                }
            });
        });
        messages::all(self, ui.ctx());
        help::show(self, ui.ctx());
        leaving::show(self, ui.ctx());
        welcome::hovering_files(ui.ctx(), self.state.page);
    }
}
