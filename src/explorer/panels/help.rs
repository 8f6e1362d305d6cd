//! Help: the keys, what this program is and is not, and the model's card.

use egui::{Context, Grid, Id, Modal, RichText, Ui};
use flipscope_model::device_in_words;

use flipscope_base::human::probability;
use flipscope_base::untrusted::{printable, printable_lines};
use flipscope_language::text;

use crate::explorer::actions::Group;
use crate::explorer::actions::key_names;
use crate::explorer::actions::{ACTIONS, Action};
use crate::explorer::command::Command;
use crate::explorer::guide;
use crate::explorer::page::Help;
use crate::explorer::panels::status::INTENDED_USE;
use crate::explorer::panels::{Pane, framing::in_words, scroll_layout};
use crate::explorer::theme;
use crate::explorer::wording::in_window;

pub(super) fn show(pane: &mut Pane<'_>, ctx: &Context) {
    let help = pane.state.help;
    if help == Help::Closed {
        return;
    }
    // Each with a name of its own, so that none opens scrolled as another one was.
    let modal = Modal::new(Id::unique(("help", help))).show(ctx, |ui| {
        ui.set_width(scroll_layout::modal_width(ui, 480.0));
        match help {
            Help::Closed => {}
            Help::Keys => keys(ui, pane.state.presenter.on),
            Help::About => about(ui),
            Help::Model => model(pane, ui),
            Help::Numbers => guide::terms::show(ui),
            Help::Letter => guide::letter::show(pane, ui),
            Help::Cite => guide::cite::show(pane, ui),
        }
        ui.add_space(theme::GROUP);
        ui.button(text!("close")).clicked()
    });
    if modal.inner || modal.should_close() {
        pane.emit(Command::Help(Help::Closed));
    }
}

fn keys(ui: &mut Ui, presenting: bool) {
    ui.heading(text!("help-keys"));
    ui.add_space(theme::GAP);
    let mouse = [
        (text!("mouse-drag"), text!("mouse-drag-does")),
        (text!("mouse-handle"), text!("mouse-handle-does")),
        (text!("mouse-wheel"), text!("mouse-wheel-does")),
        (text!("mouse-pan"), text!("mouse-pan-does")),
        (
            text!("mouse-slider-reset"),
            text!("mouse-slider-reset-does"),
        ),
        (text!("keys-slider"), text!("keys-slider-does")),
        (text!("keys-slider-pages"), text!("keys-slider-pages-does")),
        (text!("keys-slider-home"), text!("mouse-slider-reset-does")),
        (text!("keys-list"), text!("keys-list-does")),
        (text!("mouse-select"), text!("mouse-select-does")),
        (text!("keys-delete"), text!("keys-delete-does")),
        (text!("keys-hold"), text!("keys-hold-does")),
        (text!("keys-zoom"), text!("keys-zoom-does")),
        (text!("keys-menu"), text!("keys-menu-does")),
    ];
    // The close button stays on the screen.
    let ctx = ui.ctx().clone();
    // The keys that do something now come first.
    let of_presenter = |group: &[Action]| {
        let group = group.first().map(|action| action.group);
        presenting && group == Some(Group::Presenter)
    };
    let (first, others): (Vec<_>, Vec<_>) =
        (ACTIONS.iter().copied()).partition(|group| of_presenter(group));
    scroll_layout::in_front(ui, |ui| {
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
        for group in first.into_iter().chain(others) {
            let with_keys = group.iter().filter(|action| !action.keys.is_empty());
            for (at, action) in with_keys.enumerate() {
                if at == 0 {
                    heading(ui, action.group.name());
                }
                line(ui, &all_keys(action, &ctx), action.name.get());
            }
        }
        heading(ui, text!("keys-other"));
        for (gesture, what) in mouse {
            line(ui, gesture, what);
        }
    });
}

/// The keys of an action as text: "Ctrl+Y" or "Ctrl+Shift+Z or Ctrl+Y".
fn all_keys(action: &Action, ctx: &Context) -> String {
    let keys: Vec<String> = (action.keys.iter())
        .map(|keys| key_names::shortcut(ctx, *keys))
        .collect();
    let or = text!("keys-or");
    keys.join(or)
}

fn heading(ui: &mut Ui, text: &str) {
    let palette = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.label(theme::section(text, &palette));
}

fn about(ui: &mut Ui) {
    ui.heading(format!("flipscope {}", env!("CARGO_PKG_VERSION")));
    ui.add_space(theme::GAP);
    scroll_layout::in_front(ui, about_text);
}

fn about_text(ui: &mut Ui) {
    ui.label(text!("about-question"));
    ui.label(text!("about-letter"));
    ui.add_space(theme::GAP);
    ui.label(RichText::new(INTENDED_USE.get()).strong());
    ui.label(text!("about-private"));
}

fn model(pane: &Pane<'_>, ui: &mut Ui) {
    let Some(ready) = &pane.state.model.ready else {
        return;
    };
    let info = &ready.info;
    ui.heading(printable(info.name_in_words()));
    ui.add_space(theme::GAP);
    let rows = [
        (text!("card-architecture"), info.architecture.clone()),
        (text!("card-classes"), info.classes.join(", ")),
        (
            text!("card-melanoma-means"),
            info.melanoma_classes
                .iter()
                .filter_map(|&class| info.classes.get(class).cloned())
                .collect::<Vec<_>>()
                .join(", "),
        ),
        (text!("card-framing"), in_words(info.framing).to_owned()),
        (text!("card-threshold"), probability(info.threshold, 2)),
        (text!("card-device"), device_in_words(&ready.device)),
        ("SHA-256", info.sha256.clone()),
    ];
    scroll_layout::in_front(ui, |ui| {
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
            let text = RichText::new(in_window(assumption.said()));
            let text = if assumption.is_severe() {
                text.color(theme::palette(ui.ctx()).warning).strong()
            } else {
                text.weak()
            };
            ui.label(text)
                .on_hover_text(in_window(assumption.said_remedy()));
        }
    });
}
