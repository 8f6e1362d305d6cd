//! Help: the keys, what this program is and is not, and the model's card.

use egui::{Context, Grid, Id, Modal, RichText, ScrollArea, Ui};

use flipscope_base::human::probability;
use flipscope_base::text::{printable, printable_lines};

use crate::explorer::actions::{ACTIONS, Action};
use crate::explorer::command::Command;
use crate::explorer::guide;
use crate::explorer::page::Help;
use crate::explorer::panels::status::INTENDED_USE;
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;
use crate::explorer::wording::in_window;

pub(super) fn show(pane: &mut Pane<'_>, ctx: &Context) {
    let help = pane.state.help;
    if help == Help::Closed {
        return;
    }
    let modal = Modal::new(Id::unique("help")).show(ctx, |ui| {
        ui.set_width(scroll_layout::modal_width(ui, 480.0));
        match help {
            Help::Closed => {}
            Help::Keys => keys(ui),
            Help::About => about(ui),
            Help::Model => model(pane, ui),
            Help::Numbers => guide::terms::show(ui),
            Help::Letter => guide::letter::show(pane, ui),
            Help::Cite => guide::cite::show(pane, ui),
        }
        ui.add_space(theme::GROUP);
        ui.button("Close").clicked()
    });
    if modal.inner || modal.should_close() {
        pane.emit(Command::Help(Help::Closed));
    }
}

fn keys(ui: &mut Ui) {
    ui.heading("Keys and mouse");
    ui.add_space(theme::GAP);
    let mouse = [
        ("Drag the altered picture", "Shift"),
        (
            "Drag the round handle",
            "Rotate (with Ctrl: in steps of 15°)",
        ),
        ("Wheel", "Zoom at the pointer"),
        ("Shift-drag or right-drag", "Move the zoomed picture"),
        ("Double-click a slider", "Reset it"),
        (
            "Arrow keys on a slider that was clicked",
            "One step (with Shift: ten)",
        ),
        (
            "Page Up and Page Down on a slider",
            "A tenth of its range up or down",
        ),
        ("Home on a slider", "Reset it"),
        (
            "Up, Down, Home and End in the list",
            "Move through the lesions (click one first)",
        ),
        ("Ctrl-click or Shift-click a lesion", "Select several"),
        ("Delete in the list", "Close the selected lesions"),
        ("Hold B", "See the original"),
        ("Ctrl + and Ctrl −", "Zoom the interface in and out"),
    ];
    // The close button stays on the screen.
    let ctx = ui.ctx().clone();
    let high = scroll_layout::modal_height(ui);
    ScrollArea::vertical()
        .max_height(high)
        // As high as its content at once, also after the window has grown.
        .min_scrolled_height(high)
        .show(ui, |ui| {
            // Two columns of equal width, in which long texts wrap.
            let half = (ui.available_width() - 20.0) / 2.0;
            let line = |ui: &mut Ui, keys: &str, what: &str| {
                ui.horizontal_top(|ui| {
                    for text in [RichText::new(keys).strong(), RichText::new(what)] {
                        ui.vertical(|ui| {
                            ui.set_width(half);
                            ui.add(egui::Label::new(text).wrap());
                        });
                    }
                });
            };
            for group in ACTIONS {
                let with_keys = group.iter().filter(|action| !action.keys.is_empty());
                for (at, action) in with_keys.enumerate() {
                    if at == 0 {
                        heading(ui, action.group.name());
                    }
                    line(ui, &all_keys(action, &ctx), action.name.get());
                }
            }
            heading(ui, "Mouse and other keys");
            for (gesture, what) in mouse {
                line(ui, gesture, what);
            }
        });
}

/// The keys of an action as text: "Ctrl+Y" or "Ctrl+Shift+Z or Ctrl+Y".
fn all_keys(action: &Action, ctx: &Context) -> String {
    let keys: Vec<String> = (action.keys.iter())
        .map(|keys| ctx.format_shortcut(keys))
        .collect();
    keys.join(" or ")
}

fn heading(ui: &mut Ui, text: &str) {
    let palette = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.label(theme::section(text, &palette));
}

fn about(ui: &mut Ui) {
    ui.heading(format!("flipscope {}", env!("CARGO_PKG_VERSION")));
    ui.add_space(theme::GAP);
    ScrollArea::vertical()
        .max_height(scroll_layout::modal_height(ui))
        .show(ui, about_text);
}

fn about_text(ui: &mut Ui) {
    ui.label(
        "How little does it take to flip a skin-cancer classifier? Open a dermoscopic photograph, move colour, rotation and \
         shift, and watch P(melanoma) of a real Inception-v3 follow.",
    );
    ui.label(
        "After Du-Harpur et al. 2020, \u{201c}Clinically relevant vulnerabilities of deep machine learning systems for skin \
         cancer diagnosis\u{201d}, J Invest Dermatol, doi 10.1016/j.jid.2020.07.034.",
    );
    ui.add_space(theme::GAP);
    ui.label(RichText::new(INTENDED_USE).strong());
    ui.label("Pictures stay on this computer: the program opens no network connection.");
}

fn model(pane: &Pane<'_>, ui: &mut Ui) {
    let Some(ready) = &pane.state.model.ready else {
        return;
    };
    let info = &ready.info;
    ui.heading(printable(&info.name));
    ui.add_space(theme::GAP);
    let rows = [
        ("Architecture", info.architecture.clone()),
        ("Classes", info.classes.join(", ")),
        (
            "Melanoma means",
            info.melanoma_classes
                .iter()
                .filter_map(|&class| info.classes.get(class).cloned())
                .collect::<Vec<_>>()
                .join(", "),
        ),
        ("Framing", info.framing.to_string()),
        ("Threshold", probability(info.threshold, 2)),
        ("Device", ready.device.to_string()),
        ("SHA-256", info.sha256.clone()),
    ];
    ScrollArea::vertical()
        .max_height(scroll_layout::modal_height(ui).min(420.0))
        .show(ui, |ui| {
            Grid::new("model")
                .num_columns(2)
                .spacing([16.0, 5.0])
                .show(ui, |ui| {
                    for (name, value) in rows {
                        ui.label(RichText::new(name).strong());
                        ui.add(egui::Label::new(printable(&value)).wrap());
                        ui.end_row();
                    }
                    for (name, value) in &info.metadata {
                        ui.label(RichText::new(printable(name)).weak());
                        ui.add(egui::Label::new(printable_lines(value)).wrap());
                        ui.end_row();
                    }
                });
            for assumption in &info.assumptions {
                let text = RichText::new(in_window(&assumption.text));
                let text = if assumption.is_severe() {
                    text.color(theme::palette(ui.ctx()).warning).strong()
                } else {
                    text.weak()
                };
                ui.label(text).on_hover_text(in_window(&assumption.remedy));
            }
        });
}
