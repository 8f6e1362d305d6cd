//! Messages: the newest in a strip between the page and the status line, where they cover nothing; all of them in a window in
//! front, on request.

use egui::{Context, Id, Label, Margin, Modal, Panel, RichText, ScrollArea, Stroke, Ui};
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::message::{Message, Severity};
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;

/// Messages shown at once; the rest are counted.
const SHOWN: usize = 2;
/// The largest share of the window's height that the strip takes.
const SHARE: f32 = 0.28;
/// Below this height in points, the strip is a single line.
const ROOM: f32 = 560.0;

/// The strip.
pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let count = pane.state.messages.len();
    if count == 0 {
        return;
    }
    if ui.available_height() < ROOM {
        return one_line(pane, ui);
    }
    let most = ui.ctx().content_rect().height() * SHARE;
    Panel::bottom("messages")
        .resizable(false)
        .frame(
            egui::Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(Margin::symmetric(12, 5)),
        )
        .show(ui, |ui| {
            let messages = &pane.state.messages;
            ScrollArea::vertical()
                .max_height(most)
                // As high as its content, also in the frame in which it grows.
                .min_scrolled_height(most)
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 4.0;
                    for message in messages.iter().rev().take(SHOWN) {
                        card(pane, ui, message);
                    }
                });
            if count > SHOWN {
                ui.horizontal_wrapped(|ui| {
                    let palette = theme::palette(ui.ctx());
                    let text = text!("messages-count", count = count);
                    ui.label(RichText::new(text).small().color(palette.muted));
                    if ui.small_button(text!("messages-show-all")).clicked() {
                        pane.emit(Command::AllMessages(true));
                    }
                    if ui.small_button(text!("messages-dismiss-all")).clicked() {
                        pane.emit(Command::DismissAll);
                    }
                });
            }
        });
}

/// The newest message in one line, if the window is low; the verdict stays in view.
fn one_line(pane: &mut Pane<'_>, ui: &mut Ui) {
    let Some(message) = pane.state.messages.last() else {
        return;
    };
    let count = pane.state.messages.len();
    let palette = theme::palette(ui.ctx());
    let (edge, _) = look_of(message.severity, &palette);
    Panel::bottom("newest message")
        .resizable(false)
        .frame(
            egui::Frame::new()
                .fill(palette.card)
                .stroke(Stroke::new(1.0, edge))
                .inner_margin(Margin::symmetric(12, 2)),
        )
        .show(ui, |ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if icon_button(ui, Icon::Close, text!("messages-dismiss"), "Esc").clicked() {
                    pane.emit(Command::Dismiss(message.id));
                }
                let all = match count {
                    1 => text!("messages-show").to_owned(),
                    count => text!("messages-show-these", count = count),
                };
                if ui.small_button(all).clicked() {
                    pane.emit(Command::AllMessages(true));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    if message.severity != Severity::Note {
                        Icon::Warning.show(ui, 13.0, edge);
                    }
                    let text = message.text.lines().next().unwrap_or_default();
                    let label = ui.add(Label::new(text).truncate());
                    label.on_hover_text(&message.text);
                });
            });
        });
}

/// Edge and title of a message.
fn look_of(severity: Severity, palette: &theme::Palette) -> (egui::Color32, Option<&'static str>) {
    match severity {
        Severity::Note => (palette.accent, None),
        Severity::Warning => (palette.warning, Some(text!("messages-note"))),
        Severity::Error => (palette.error, Some(text!("messages-error"))),
    }
}

/// All of them, in front of the page.
pub(super) fn all(pane: &mut Pane<'_>, ctx: &Context) {
    if !pane.state.all_messages {
        return;
    }
    let messages = &pane.state.messages;
    let modal = Modal::new(Id::unique("all messages")).show(ctx, |ui| {
        ui.set_width(scroll_layout::modal_width(ui, 620.0));
        ui.heading(text!("messages"));
        ui.add_space(theme::GAP);
        ScrollArea::vertical()
            .max_height(scroll_layout::modal_height(ui))
            .show(ui, |ui| {
                for message in messages.iter().rev() {
                    card(pane, ui, message);
                }
                if messages.is_empty() {
                    ui.label(text!("messages-none"));
                }
            });
        ui.add_space(theme::GAP);
        ui.horizontal(|ui| {
            let close = ui.button(text!("close")).clicked();
            if ui.button(text!("messages-dismiss-all")).clicked() {
                pane.emit(Command::DismissAll);
            }
            close
        })
        .inner
    });
    if modal.inner || modal.should_close() {
        pane.emit(Command::AllMessages(false));
    }
}

fn card(pane: &mut Pane<'_>, ui: &mut Ui, message: &Message) {
    let palette = theme::palette(ui.ctx());
    let (edge, title) = look_of(message.severity, &palette);
    let shown = egui::Frame::new()
        .fill(palette.card)
        .stroke(Stroke::new(1.0, edge))
        .corner_radius(6.0)
        .inner_margin(Margin::symmetric(10, 4))
        .show(ui, |ui| {
            ui.horizontal_top(|ui| {
                // Space for the button is reserved before the text takes the rest.
                let text = ui.available_width() - 44.0;
                ui.vertical(|ui| {
                    ui.set_width(text.max(120.0));
                    ui.spacing_mut().item_spacing.y = 1.0;
                    if title.is_some() || message.count > 1 {
                        ui.horizontal(|ui| {
                            if let Some(title) = title {
                                Icon::Warning.show(ui, 13.0, edge);
                                let title = RichText::new(title).font(theme::figure(13.0));
                                ui.label(title.color(edge));
                            }
                            if message.count > 1 {
                                let times =
                                    RichText::new(text!("messages-times", count = message.count));
                                ui.label(times.small().color(palette.muted));
                            }
                        });
                    }
                    ui.add(Label::new(&message.text).wrap().selectable(true));
                });
                if icon_button(ui, Icon::Close, text!("messages-dismiss"), "Esc").clicked() {
                    pane.emit(Command::Dismiss(message.id));
                }
            });
        });
    // A message that is being read stays.
    let read = ui.rect_contains_pointer(shown.response.rect);
    if read && message.severity == Severity::Note && message.at.elapsed() > Message::READ {
        pane.emit(Command::KeepMessage(message.id));
    }
}
