//! The question at the start, and the recent sessions in the menu *File*.

use egui::{Frame, Label, Margin, RichText, Stroke, Ui, vec2};

use flipscope_base::text;

use crate::explorer::command::Command;
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::session::command::SessionCommand;
use crate::explorer::session::state::Offer;
use crate::explorer::theme;
use crate::explorer::widgets::primary;

/// Largest width of the question in points.
const WIDTH: f32 = 470.0;

/// The question whether to go on with the last session; nothing if there is none.
pub(crate) fn offer(pane: &mut Pane<'_>, ui: &mut Ui) {
    let Some(offer) = pane.state.sessions.offer.clone() else {
        return;
    };
    let palette = theme::palette(ui.ctx());
    Frame::new()
        .fill(palette.card)
        .stroke(Stroke::new(1.0, palette.accent))
        .corner_radius(8.0)
        .inner_margin(Margin::same(14))
        .show(ui, |ui| {
            ui.set_width(WIDTH.min(ui.available_width()));
            ui.vertical(|ui| question(pane, ui, &offer));
        });
    ui.add_space(theme::GROUP);
}

fn question(pane: &mut Pane<'_>, ui: &mut Ui, offer: &Offer) {
    let palette = theme::palette(ui.ctx());
    ui.label(RichText::new("Your last session").font(theme::figure(15.0)));
    let text = RichText::new(summary(offer)).color(palette.muted);
    ui.add(Label::new(text).wrap());
    ui.add_space(theme::GAP);
    ui.horizontal_wrapped(|ui| {
        let hint = "Opens the photographs, sliders, findings and model of your last session";
        let go_on = primary(ui, "Continue where you left off", true).on_hover_text(hint);
        // Enter goes on; Tab leads to the other button.
        if ui.memory(|memory| memory.focused().is_none()) {
            go_on.request_focus();
        }
        if go_on.clicked() {
            pane.emit(Command::Session(SessionCommand::Continue));
        }
        let fresh = egui::Button::new("Start fresh").min_size(vec2(0.0, 30.0));
        let hint = "Opens nothing. File > Open previous session brings your last session back";
        if ui.add(fresh).on_hover_text(hint).clicked() {
            pane.emit(Command::Session(SessionCommand::StartFresh));
        }
    });
}

fn summary(offer: &Offer) -> String {
    let session = &offer.opened.session;
    let counted = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        more => format!("{more} {one}s"),
    };
    let contents = &session.contents;
    let mut parts = Vec::new();
    for (count, one) in [
        (contents.open.len(), "lesion"),
        (contents.tray.len(), "finding"),
    ] {
        if count > 0 {
            parts.push(counted(count, one));
        }
    }
    if contents.study.is_some() {
        parts.push("a study".to_owned());
    }
    if contents.reader_study.is_some() {
        parts.push("a reader study".to_owned());
    }
    let mut text = parts.join(", ");
    text = format!("{text} · saved {}", offer.age);
    let missing = offer.opened.missing.len();
    if missing > 0 {
        text = format!("{text} · {} missing", counted(missing, "photograph"));
    }
    text
}

/// The recent sessions, as a menu in the menu *File*; nothing if there are none.
pub(crate) fn recent(pane: &mut Pane<'_>, ui: &mut Ui) {
    let recent = pane.state.sessions.recent.clone();
    if recent.is_empty() {
        return;
    }
    ui.menu_button("Recent sessions", |ui| {
        scroll_layout::menu(ui, |ui| {
            for path in recent {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let name = text::printable(&name).into_owned();
                let button = ui.button(&name).on_hover_text(text::path(&path));
                if button.clicked() {
                    pane.emit(Command::Session(SessionCommand::Open(path)));
                    ui.close();
                }
            }
        });
    });
}
