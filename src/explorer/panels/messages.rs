//! Messages, stacked in the lower right corner until they are dismissed.

use egui::{Align2, Area, Id, Label, Margin, RichText, Stroke, vec2};

use super::super::command::Command;
use super::super::icons::{Icon, icon_button};
use super::super::state::Gravity;
use super::super::theme;
use super::Pane;

/// Messages shown at once; the rest waits behind them.
const SHOWN: usize = 4;

pub(super) fn show(pane: &mut Pane<'_>, ctx: &egui::Context) {
    if pane.state.messages.is_empty() {
        return;
    }
    let palette = theme::palette(ctx);
    Area::new(Id::unique("messages"))
        .anchor(Align2::RIGHT_BOTTOM, vec2(-14.0, -42.0))
        .order(egui::Order::Foreground)
        .show(ctx, |ui| {
            ui.set_max_width(440.0);
            let hidden = pane.state.messages.len().saturating_sub(SHOWN);
            if hidden > 0 {
                ui.label(
                    RichText::new(format!("and {hidden} more"))
                        .small()
                        .color(palette.muted),
                );
            }
            for message in pane.state.messages.iter().skip(hidden) {
                let (edge, title) = match message.gravity {
                    Gravity::Note => (palette.accent, None),
                    Gravity::Warning => (palette.warning, Some("Note")),
                    Gravity::Error => (palette.error, Some("This did not work")),
                };
                egui::Frame::new()
                    .fill(palette.card)
                    .stroke(Stroke::new(1.0, edge))
                    .corner_radius(6.0)
                    .shadow(ui.visuals().popup_shadow)
                    .inner_margin(Margin::symmetric(12, 9))
                    .show(ui, |ui| {
                        ui.horizontal_top(|ui| {
                            ui.vertical(|ui| {
                                ui.set_width(370.0);
                                if let Some(title) = title {
                                    ui.horizontal(|ui| {
                                        Icon::Warning.show(ui, 13.0, edge);
                                        ui.label(
                                            RichText::new(title)
                                                .font(theme::figure(13.0))
                                                .color(edge),
                                        );
                                    });
                                }
                                ui.add(Label::new(&message.text).wrap().selectable(true));
                            });
                            if icon_button(ui, Icon::Close, "Dismiss message", "").clicked() {
                                pane.commands.push(Command::Dismiss(message.id));
                            }
                        });
                    });
            }
        });
}
