//! The page *Landscape*: on the left the form, on the right the plane (of one axis, the profile).

mod form;
mod hall;
mod legend;
mod plane;
mod plot;
mod profile;
mod readout;

use egui::{Label, RichText, Ui};

use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::landscape::command::LandscapeCommand;
use crate::explorer::landscape::panel::plot::Pointed;
use crate::explorer::landscape::panel::readout::name;
use crate::explorer::landscape::points::{Marks, marks};
use crate::explorer::landscape::state::Shown;
use crate::explorer::panels::{Pane, page};
use crate::explorer::theme;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let state = pane.state;
    let there = (state.selected)
        .is_some_and(|id| state.landscape.of(id).is_some() || state.presenter.hides(id));
    if state.presenter.shows_form(!there) {
        page::form(ui, "next landscape", |ui| form::show(pane, ui));
    }
    page::canvas(ui, |ui, height| canvas(pane, ui, height));
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
            text!("explain-obstacle-hidden"),
        );
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
        other_sliders(ui, &marks);
        ui.add_space(4.0);
        fields(ui, shown, &marks, height)
    };
    if let Some(point) = asked {
        pane.emit(Command::Landscape(LandscapeCommand::MoveTo(point)));
    }
}

/// What is across and what upwards.
fn axes(shown: &Shown) -> String {
    match shown.landscape.y {
        Some(y) => text!(
            "landscape-heading",
            x = name(shown.landscape.x.parameter),
            y = name(y.parameter)
        ),
        None => text!(
            "landscape-heading-profile",
            x = name(shown.landscape.x.parameter)
        ),
    }
}

/// Says it, if the landscape is not around what the sliders say.
fn other_sliders(ui: &mut Ui, marks: &Marks) {
    if marks.here.is_none_or(|here| !here.within) {
        let palette = theme::palette(ui.ctx());
        let said = RichText::new(text!("landscape-of-other-sliders"));
        ui.add(Label::new(said.color(palette.warning)).wrap());
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

/// The plots of the models side by side, this high: what was asked of each, in their order.
fn plots(ui: &mut Ui, shown: &Shown, marks: &Marks, high: f32) -> Vec<Pointed> {
    let count = shown.fields.len().max(1) as f32;
    let room = (ui.available_width() - (count - 1.0) * theme::GROUP) / count;
    let mut all = Vec::new();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = theme::GROUP;
        for (at, field) in shown.fields.iter().enumerate() {
            ui.vertical(|ui| {
                ui.set_width(room);
                if shown.fields.len() > 1 {
                    let palette = theme::palette(ui.ctx());
                    let model = theme::section(field.loaded.info.name_in_words(), &palette);
                    ui.add(Label::new(model).truncate());
                }
                let size = egui::vec2(room, high);
                all.push(match shown.landscape.y {
                    Some(y) => plane::show(ui, (shown, at, field), &y, marks, size),
                    None => profile::show(ui, (shown, field), marks, size),
                });
            });
        }
    });
    all
}
