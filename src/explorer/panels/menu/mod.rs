//! The menu bar: every command is here, with its keys.

mod entry;
mod model;

use egui::{MenuBar, Panel, Theme, Ui};

use crate::explorer::command::{Command, keys_of};
use crate::explorer::explore::view::{Layout, View};
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::page::{Help, Page};
use crate::explorer::panels::menu::entry::{choice, entry};
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::session;
use crate::explorer::theme;
use crate::explorer::widgets::segmented;

/// From this width in points on, the bar has its name, and the choice of page in the same row.
const NAMED: f32 = 560.0;
const ONE_ROW: f32 = 520.0;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    Panel::top("menu")
        .frame(
            egui::Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(egui::Margin::symmetric(12, 5)),
        )
        .show(ui, |ui| {
            MenuBar::new().ui(ui, |ui| {
                let room = ui.available_width();
                if room > NAMED {
                    ui.label(egui::RichText::new("flipscope").font(theme::figure(16.0)));
                    ui.add_space(theme::GAP);
                }
                ui.menu_button("File", |ui| scroll_layout::menu(ui, |ui| file(pane, ui)));
                ui.menu_button("Edit", |ui| scroll_layout::menu(ui, |ui| edit(pane, ui)));
                ui.menu_button("View", |ui| scroll_layout::menu(ui, |ui| view(pane, ui)));
                ui.menu_button("Model", |ui| {
                    scroll_layout::menu(ui, |ui| model::show(pane, ui));
                });
                ui.menu_button("Help", |ui| scroll_layout::menu(ui, |ui| help(pane, ui)));
                if room > ONE_ROW {
                    ui.add_space(theme::GROUP);
                    pages(pane, ui);
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    ui.add_enabled_ui(can_redo(pane), |ui| {
                        if icon_button(ui, Icon::Redo, "Redo", &keys_of("Redo", ui.ctx())).clicked()
                        {
                            pane.emit(Command::Redo);
                        }
                    });
                    ui.add_enabled_ui(can_undo(pane), |ui| {
                        if icon_button(ui, Icon::Undo, "Undo", &keys_of("Undo", ui.ctx())).clicked()
                        {
                            pane.emit(Command::Undo);
                        }
                    });
                });
            });
            if ui.available_width() <= ONE_ROW {
                ui.horizontal_wrapped(|ui| pages(pane, ui));
            }
        });
}

/// The choice of page.
fn pages(pane: &mut Pane<'_>, ui: &mut Ui) {
    let [explore, study, readers] = ["Go to Explore", "Go to Study", "Go to Readers"]
        .map(|what| format!("{what} ({})", keys_of(what, ui.ctx())));
    let pages = [
        (Page::Explore, "Explore", explore.as_str()),
        (Page::Study, "Study", study.as_str()),
        (Page::Readers, "Readers", readers.as_str()),
    ];
    ui.scope(|ui| {
        // The bar's buttons have less padding than those of a choice.
        ui.spacing_mut().button_padding = egui::vec2(10.0, 2.0);
        if let Some(page) = segmented(ui, "Page", pane.state.page, &pages) {
            pane.emit(Command::Turn(page));
        }
    });
}

/// Whether there is a step to undo on what is shown.
fn can_undo(pane: &Pane<'_>) -> bool {
    pane.state.page == Page::Explore && pane.state.history.can_undo()
}

/// Whether there is a step to redo on what is shown.
fn can_redo(pane: &Pane<'_>) -> bool {
    pane.state.page == Page::Explore && pane.state.history.can_redo()
}

fn file(pane: &mut Pane<'_>, ui: &mut Ui) {
    entry(
        pane,
        ui,
        "Open photographs…",
        "Open photographs",
        true,
        Command::AskPhotographs,
    );
    entry(
        pane,
        ui,
        "Open folder…",
        "Open a folder",
        true,
        Command::AskFolder,
    );
    entry(
        pane,
        ui,
        "Open synthetic samples",
        "",
        true,
        Command::OpenSamples(0),
    );
    ui.separator();
    session::panel::menu(pane, ui);
    ui.separator();
    let there = pane
        .state
        .current()
        .is_some_and(|lesion| lesion.frame().is_some());
    entry(
        pane,
        ui,
        "Save altered picture…",
        "Save the altered picture",
        there,
        Command::AskSave,
    );
    entry(
        pane,
        ui,
        "Copy as command line",
        "Copy as command line",
        there,
        Command::CopyCommandLine,
    );
    if let Some(id) = pane.state.selected {
        entry(pane, ui, "Close lesion", "", true, Command::Close(id));
    }
    ui.separator();
    entry(pane, ui, "Quit", "Quit", true, Command::Quit);
}

fn edit(pane: &mut Pane<'_>, ui: &mut Ui) {
    let (undo, redo) = (can_undo(pane), can_redo(pane));
    entry(pane, ui, "Undo", "Undo", undo, Command::Undo);
    entry(pane, ui, "Redo", "Redo", redo, Command::Redo);
    ui.separator();
    entry(
        pane,
        ui,
        "Reset every slider",
        "Reset every slider",
        pane.state.page == Page::Explore,
        Command::ResetAll,
    );
}

fn view(pane: &mut Pane<'_>, ui: &mut Ui) {
    let view = pane.state.view.clone();
    for layout in Layout::ALL {
        let command = Command::Look(View {
            layout,
            ..view.clone()
        });
        choice(pane, ui, layout.name(), view.layout == layout, command);
    }
    ui.separator();
    let full = View {
        full_resolution: true,
        ..view.clone()
    };
    let network = View {
        full_resolution: false,
        ..view.clone()
    };
    choice(
        pane,
        ui,
        "The network's 299 × 299",
        !view.full_resolution,
        Command::Look(network),
    );
    choice(
        pane,
        ui,
        "Full resolution",
        view.full_resolution,
        Command::Look(full),
    );
    entry(
        pane,
        ui,
        "Show the whole picture",
        "Show the whole picture",
        view.zoom > 1.0,
        Command::Look(View {
            zoom: 1.0,
            centre: [0.5, 0.5],
            ..view
        }),
    );
    ui.separator();
    egui::gui_zoom::zoom_menu_buttons(ui);
    ui.separator();
    let theme = ui.ctx().theme();
    choice(
        pane,
        ui,
        "Light",
        theme == Theme::Light,
        Command::Theme(Theme::Light),
    );
    choice(
        pane,
        ui,
        "Dark",
        theme == Theme::Dark,
        Command::Theme(Theme::Dark),
    );
}

fn help(pane: &mut Pane<'_>, ui: &mut Ui) {
    entry(
        pane,
        ui,
        "Keys and mouse",
        "These keys",
        true,
        Command::Help(Help::Keys),
    );
    entry(
        pane,
        ui,
        "About flipscope",
        "",
        true,
        Command::Help(Help::About),
    );
}
