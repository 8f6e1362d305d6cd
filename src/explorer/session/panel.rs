//! The question at the start, and the recent sessions in the menu *File*.

use std::path::PathBuf;
use std::time::Duration;

use egui::{Frame, Label, Margin, RichText, Stroke, Ui, vec2};

use flipscope_base::untrusted;
use flipscope_language::text;

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
    ui.label(RichText::new(text!("session-last")).font(theme::large_number(15.0)));
    let text = RichText::new(summary(offer)).color(palette.muted);
    ui.add(Label::new(text).wrap());
    ui.add_space(theme::GAP);
    ui.horizontal_wrapped(|ui| {
        let hint = text!("session-continue.hover");
        let go_on = primary(ui, text!("session-continue"), true).on_hover_text(hint);
        // Enter goes on; Tab leads to the other button.
        if ui.memory(|memory| memory.focused().is_none()) {
            go_on.request_focus();
        }
        if go_on.clicked() {
            pane.emit(Command::Session(SessionCommand::Continue));
        }
        let fresh = egui::Button::new(text!("session-fresh")).min_size(vec2(0.0, 30.0));
        let hint = text!("session-fresh.hover");
        if ui.add(fresh).on_hover_text(hint).clicked() {
            pane.emit(Command::Session(SessionCommand::StartFresh));
        }
    });
}

fn summary(offer: &Offer) -> String {
    let session = &offer.opened.session;
    let contents = &session.contents;
    let mut parts = Vec::new();
    let (lesions, findings) = (contents.open.len(), contents.tray.len());
    if lesions > 0 {
        parts.push(text!("session-lesions", count = lesions));
    }
    if findings > 0 {
        parts.push(text!("session-findings", count = findings));
    }
    if contents.study.is_some() {
        parts.push(text!("session-a-study").to_owned());
    }
    if contents.reader_study.is_some() {
        parts.push(text!("session-a-reader-study").to_owned());
    }
    let mut parts = vec![
        parts.join(", "),
        text!("session-saved-age", age = ago(offer.age)),
    ];
    let missing = offer.opened.missing.len();
    if missing > 0 {
        parts.push(text!("session-missing-photographs", count = missing));
    }
    parts.join(" · ")
}

/// How long ago something was, in the largest unit that fits.
fn ago(age: Duration) -> String {
    let seconds = age.as_secs();
    match seconds {
        0..60 => text!("session-just-now").to_owned(),
        60..3_600 => text!("session-minutes-ago", count = seconds / 60),
        3_600..86_400 => text!("session-hours-ago", count = seconds / 3_600),
        _ => text!("session-days-ago", count = seconds / 86_400),
    }
}

/// The recent sessions and those that were replaced, as a menu in the menu *File*; nothing if there are none.
pub(crate) fn recent(pane: &mut Pane<'_>, ui: &mut Ui) {
    let recent = pane.state.sessions.recent.clone();
    let earlier = pane.state.sessions.replaced.earlier.clone();
    if recent.is_empty() && earlier.is_empty() {
        return;
    }
    ui.menu_button(text!("session-recent"), |ui| {
        scroll_layout::menu(ui, |ui| {
            let between = !recent.is_empty() && !earlier.is_empty();
            for path in recent {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let name = untrusted::printable(&name).into_owned();
                let hint = untrusted::path(&path);
                entry(pane, ui, path, &name, &hint);
            }
            if between {
                ui.separator();
            }
            for one in earlier {
                let name = text!("session-earlier", date = one.date());
                entry(pane, ui, one.path, &name, text!("session-earlier.hover"));
            }
        });
    });
}

fn entry(pane: &mut Pane<'_>, ui: &mut Ui, path: PathBuf, name: &str, hint: &str) {
    if ui.button(name).on_hover_text(hint).clicked() {
        pane.emit(Command::Session(SessionCommand::Open(path)));
        ui.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_in_the_largest_unit_that_fits() {
        for (seconds, words) in [
            (5, "just now"),
            (61, "1 minute ago"),
            (7_200, "2 hours ago"),
            (86_400 * 3 + 5, "3 days ago"),
        ] {
            assert_eq!(ago(Duration::from_secs(seconds)), words);
        }
    }
}
