//! The page *Landscape*: on the left the form, on the right the plane (of one axis, the profile).

mod form;
mod hall;
mod legend;
mod parts;
mod plane;
mod plot;
mod profile;
mod readout;

use egui::Ui;

use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::landscape::command::LandscapeCommand;
use crate::explorer::landscape::panel::parts::{axes, elsewhere, plots};
use crate::explorer::landscape::points::{Marks, marks};
use crate::explorer::landscape::state::Shown;
use crate::explorer::page::Page;
use crate::explorer::panels::{Pane, page};
use crate::explorer::presenter::panel::reveal;
use crate::explorer::theme;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let state = pane.state;
    let there = (state.selected)
        .is_some_and(|id| state.landscape.of(id).is_some() || state.presenter.hides(id));
    if state.presenter.shows_form(!there) {
        page::form(ui, "next landscape", |ui| form::show(pane, ui));
    }
    page::canvas(ui, Page::Landscape, |ui, height| canvas(pane, ui, height));
}

fn canvas(pane: &mut Pane<'_>, ui: &mut Ui, height: f32) {
    let shown = pane
        .state
        .selected
        .and_then(|id| pane.state.landscape.of(id));
    let hidden = (pane.state.selected).is_some_and(|id| pane.state.presenter.hides(id));
    if hidden {
        page::introduction(
            ui,
            text!("landscape-title"),
            text!("landscape-obstacle-hidden"),
        );
        reveal::show(pane, ui);
        return;
    }
    let Some(shown) = shown else {
        page::introduction(
            ui,
            text!("landscape-title"),
            text!("landscape-introduction"),
        );
        return;
    };
    let marks = marks(pane.state, &shown.landscape, shown.lesion);
    let asked = if pane.state.presenter.on && ui.available_width() >= hall::LEAST {
        hall::show(ui, shown, &marks, height)
    } else {
        page::heading(ui, &axes(shown));
        elsewhere(ui, &marks);
        ui.add_space(4.0);
        fields(ui, shown, &marks, height)
    };
    if let Some(point) = asked {
        pane.emit(Command::Landscape(LandscapeCommand::MoveTo(point)));
    }
}

/// The models side by side, and the legend; returns the point that was clicked.
fn fields(ui: &mut Ui, shown: &Shown, marks: &Marks, height: f32) -> Option<usize> {
    let count = shown.fields.len().max(1) as f32;
    let room = (ui.available_width() - (count - 1.0) * theme::GROUP) / count;
    let high = (height - 170.0).clamp(180.0, 0.9 * room.max(200.0));
    let mut asked = None;
    for (field, pointed) in shown.fields.iter().zip(plots(ui, shown, marks, high)) {
        if let Some((row, column)) = pointed.under {
            let said = readout::point(shown, field, row, column);
            pointed.response.on_hover_text_at_pointer(said);
        }
        asked = asked.or(pointed.asked);
    }
    legend::show(ui, shown, ui.available_width().min(640.0));
    asked
}
