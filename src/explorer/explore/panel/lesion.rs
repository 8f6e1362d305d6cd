//! The centre: toolbar, the pictures, the verdict below them.

use egui::{CentralPanel, Panel, RichText, Slider, Ui};

use flipscope_language::{decimal, text};

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::{Lesion, Picture};
use crate::explorer::explore::panel::{pictures, task, verdict};
use crate::explorer::explore::view::{Layout, View};
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::panels::{Pane, assumed, messages, scroll_layout};
use crate::explorer::session::command::SessionCommand;
use crate::explorer::session::missing;
use crate::explorer::theme;
use crate::explorer::tour;
use crate::explorer::tour::panel::Target;
use crate::explorer::widgets::{Marked, Railed, segmented};

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    CentralPanel::no_frame()
        .frame(egui::Frame::new().fill(palette.canvas))
        .show(ui, |ui| {
            let Some(lesion) = pane.state.current() else {
                ui.centered_and_justified(|ui| ui.label(text!("explore-choose-a-lesion")));
                return;
            };
            let bar = egui::Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(egui::Margin::symmetric(12, 5));
            Panel::top("toolbar")
                .frame(bar)
                .show(ui, |ui| toolbar(pane, ui));
            let strip = egui::Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(egui::Margin::symmetric(16, 8));
            // A file that cannot be read has no verdict, and none to wait for.
            if !matches!(lesion.picture, Picture::Failed(_)) {
                Panel::bottom("verdict")
                    .frame(strip)
                    .show(ui, |ui| verdict::show(pane, ui, lesion));
            } else if assumed::is_any(pane) {
                // The verdicts in the list are still the model's.
                Panel::bottom("assumed")
                    .frame(strip)
                    .show(ui, |ui| assumed::show(pane, ui));
            }
            CentralPanel::no_frame().show(ui, |ui| picture(pane, ui, lesion));
        });
}

pub(crate) fn picture(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    messages::in_front_of_pictures(ui);
    let palette = theme::palette(ui.ctx());
    match &lesion.picture {
        Picture::Loading | Picture::Released { .. } => {
            ui.centered_and_justified(|ui| {
                ui.label(RichText::new(text!("explore-reading-photograph")).color(palette.muted))
            });
        }
        Picture::Failed(error) => {
            let above = ui.available_height() * 0.25;
            scroll_layout::column(ui, egui::Id::unique("failed"), 200.0, |ui| {
                ui.vertical_centered(|ui| {
                    ui.add_space(above);
                    Icon::Warning.show(ui, 36.0, palette.error);
                    ui.add_space(theme::GAP);
                    ui.set_max_width((ui.available_width() - 2.0 * theme::GROUP).min(520.0));
                    ui.label(RichText::new(text!("explore-cannot-be-read")).heading());
                    ui.add(egui::Label::new(error).wrap());
                    ui.add_space(theme::GAP);
                    let (again, hint) =
                        (text!("explore-try-again"), text!("explore-try-again.hover"));
                    pane.button(ui, again, hint, Command::ReadAgain);
                    if missing::is_missing(lesion) {
                        let ask = Command::Session(SessionCommand::AskPhotographs);
                        let (text, hint) = (text!("session-where"), text!("session-where.hover"));
                        pane.button(ui, text, hint, ask);
                    }
                    let (close, hint) = (
                        text!("explore-close-lesion"),
                        text!("explore-close-lesion.hover"),
                    );
                    pane.button(ui, close, hint, Command::Close(lesion.id));
                });
            });
        }
        Picture::Ready { .. } => {
            task::show(pane, ui, lesion);
            CentralPanel::no_frame().show(ui, |ui| pictures::show(pane, ui, lesion));
        }
    }
}

fn toolbar(pane: &mut Pane<'_>, ui: &mut Ui) {
    let width = ui.available_width();
    let difference = pane.state.view.layout == Layout::Difference;
    if width > ONE_ROW {
        ui.horizontal(|ui| {
            layouts(pane, ui);
            if difference && width > WITH_GAIN {
                difference_gain(pane, ui);
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                // From the right, so that they stand as in a row of their own.
                full_resolution(pane, ui);
                whole_picture(pane, ui);
                zoom(pane, ui);
            });
        });
    } else {
        layouts(pane, ui);
        ui.horizontal_wrapped(|ui| {
            zoom(pane, ui);
            whole_picture(pane, ui);
            full_resolution(pane, ui);
        });
    }
    if difference && width <= WITH_GAIN {
        ui.horizontal_wrapped(|ui| difference_gain(pane, ui));
    }
}

/// From this width in points on, the toolbar is one row, and includes the gain of the difference.
const ONE_ROW: f32 = 540.0;
const WITH_GAIN: f32 = 800.0;

fn layouts(pane: &mut Pane<'_>, ui: &mut Ui) {
    let view = &pane.state.view;
    let layouts: Vec<_> = Layout::ALL
        .into_iter()
        .map(|layout| (layout, layout.name(), hint(layout)))
        .collect();
    let chosen = ui.scope(|ui| segmented(ui, text!("explore-layout"), view.layout, &layouts));
    let place = chosen.response.rect;
    tour::panel::mark(pane.state, ui, Target::Layouts, place);
    if let Some(layout) = chosen.inner {
        let view = view.clone();
        pane.emit(Command::SetView(View { layout, ..view }));
    }
}

/// How close the pictures are looked at.
fn zoom(pane: &Pane<'_>, ui: &mut Ui) {
    ui.label(decimal(format!("{:.1} ×", pane.state.view.zoom)))
        .on_hover_text(text!("explore-zoom-hover"));
}

/// The resolution of the pictures.
fn full_resolution(pane: &mut Pane<'_>, ui: &mut Ui) {
    let view = pane.state.view.clone();
    let mut full_resolution = view.full_resolution;
    let full = ui.add(Marked(egui::Checkbox::new(
        &mut full_resolution,
        text!("explore-full-resolution"),
    )));
    if full
        .on_hover_text(text!("explore-full-resolution.hover"))
        .changed()
    {
        pane.emit(Command::SetView(View {
            full_resolution,
            ..view
        }));
    }
}

/// The button that shows the whole picture again.
fn whole_picture(pane: &mut Pane<'_>, ui: &mut Ui) {
    let view = pane.state.view.clone();
    // Always there, so that nothing jumps at the first turn of the wheel.
    ui.add_enabled_ui(view.zoom > 1.0, |ui| {
        let (name, keys) = (
            text!("explore-whole-picture"),
            text!("explore-whole-picture.keys"),
        );
        if icon_button(ui, Icon::Close, name, keys).clicked() {
            pane.emit(Command::SetView(View {
                zoom: 1.0,
                centre: [0.5, 0.5],
                ..view
            }));
        }
    });
}

fn difference_gain(pane: &mut Pane<'_>, ui: &mut Ui) {
    let view = &pane.state.view;
    let mut gain = view.difference_gain;
    let label = ui.label(text!("explore-difference-gain"));
    let slider = Slider::new(&mut gain, 1.0..=40.0).integer().prefix("× ");
    let response = ui.add(Railed(slider)).labelled_by(label.id);
    if response
        .on_hover_text(text!("explore-difference-gain.hover"))
        .changed()
    {
        let view = view.clone();
        pane.emit(Command::SetView(View {
            difference_gain: gain,
            ..view
        }));
    }
}

fn hint(layout: Layout) -> &'static str {
    match layout {
        Layout::SideBySide => text!("explore-side-by-side-hover"),
        Layout::Wipe => text!("explore-wipe-hover"),
        Layout::Blink => text!("explore-blink-hover"),
        Layout::Difference => {
            text!("explore-difference-hover")
        }
    }
}
