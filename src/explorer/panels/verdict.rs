//! The verdict, before → after, large enough for the last row; the meter with the threshold, and the trace.

use egui::{Align, Color32, RichText, Role, Ui, WidgetInfo, vec2};

use super::super::command::Command;
use super::super::icons::Icon;
use super::super::state::{Judged, Lesion};
use super::super::theme;
use super::super::widgets::{Asked, Meter, look, trace, verdict_badge};
use super::Pane;

/// Height of the line that says whether it flipped.
const BADGE: f32 = 24.0;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let threshold = pane.state.threshold();
    let p_of = |judged: &Option<Judged>| judged.as_ref().map(|judged| judged.verdict.p_melanoma);
    ui.horizontal(|ui| {
        let wide = ui.available_width() > 620.0;
        let size = if wide { 46.0 } else { 30.0 };
        let palette = theme::palette(ui.ctx());
        one(pane, ui, "Original", lesion.before.as_ref(), false, size);
        ui.vertical(|ui| {
            ui.add_space(size * 0.75);
            Icon::Arrow.show(ui, size * 0.7, palette.muted);
        });
        one(
            pane,
            ui,
            "Altered",
            lesion.after.as_ref(),
            lesion.current().is_none(),
            size,
        );
        ui.add_space(theme::GAP);
        ui.vertical(|ui| {
            // As high with the badge as without it: else the pictures would jump when it flips.
            let line = vec2(ui.available_width(), BADGE);
            ui.allocate_ui_with_layout(line, egui::Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_height(BADGE);
                flip(pane, ui, lesion);
            });
            let meter = Meter {
                before: p_of(&lesion.before),
                after: p_of(&lesion.after),
                threshold,
            };
            match meter.show(ui) {
                Some(Asked::At(threshold)) => pane.emit(Command::Threshold(Some(threshold))),
                Some(Asked::Own) => pane.emit(Command::Threshold(None)),
                None => {}
            }
            trace(ui, &lesion.trace, threshold, 44.0);
        });
    });
}

fn one(pane: &Pane<'_>, ui: &mut Ui, title: &str, judged: Option<&Judged>, stale: bool, size: f32) {
    let palette = theme::palette(ui.ctx());
    ui.allocate_ui_with_layout(
        vec2(size * 3.6, size * 2.9),
        egui::Layout::top_down(Align::Min),
        |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.set_min_width(size * 3.4);
            let heading = if stale && pane.state.model.ready.is_some() {
                format!("{title} · updating")
            } else {
                title.to_owned()
            };
            ui.label(RichText::new(heading).color(palette.muted));
            match judged {
                None => {
                    let text = if pane.state.model.loading.is_some() {
                        "loading the model"
                    } else {
                        "…"
                    };
                    ui.label(
                        RichText::new("–")
                            .font(theme::figure(size))
                            .color(palette.muted),
                    );
                    ui.label(RichText::new(text).color(palette.muted));
                }
                Some(judged) => {
                    let label = pane.state.label(&judged.verdict);
                    let (colour, _) = look(label, &palette);
                    let p = judged.verdict.p_melanoma;
                    let response = ui.label(
                        RichText::new(format!("{p:.2}"))
                            .font(theme::figure(size))
                            .color(colour),
                    );
                    response.widget_info(|| {
                        WidgetInfo::labeled(
                            Role::Label,
                            true,
                            format!("{title}: P(melanoma) {p:.3}, {}", label.name()),
                        )
                    });
                    response.on_hover_text(format!("P(melanoma) = {p:.4}"));
                    verdict_badge(ui, label, size * 0.45);
                }
            }
        },
    );
}

/// Says whether the change flipped the verdict.
fn flip(pane: &Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let palette = theme::palette(ui.ctx());
    // One line, also on the smallest screen.
    let narrow = ui.available_width() < 240.0;
    let (Some(before), Some(after)) = (&lesion.before, &lesion.after) else {
        ui.label(RichText::new("P(melanoma)").color(palette.muted));
        return;
    };
    let (from, to) = (
        pane.state.label(&before.verdict),
        pane.state.label(&after.verdict),
    );
    if from == to {
        let change = after.verdict.p_melanoma - before.verdict.p_melanoma;
        let what = if lesion.perturbation.is_identity() {
            "not altered".to_owned()
        } else {
            format!("{change:+.2}, not flipped")
        };
        let text = if narrow {
            what
        } else {
            format!("P(melanoma) · {what}")
        };
        ui.label(RichText::new(text.replace('-', "−")).color(palette.muted));
        return;
    }
    let (colour, _) = look(to, &palette);
    egui::Frame::new()
        .fill(colour)
        .corner_radius(4.0)
        .inner_margin(egui::Margin::symmetric(8, 2))
        .show(ui, |ui| {
            let text = if narrow {
                format!("Flipped to {}", to.name())
            } else {
                format!("Flipped: {} → {}", from.name(), to.name())
            };
            let on = if ui.visuals().dark_mode {
                Color32::BLACK
            } else {
                Color32::WHITE
            };
            ui.label(RichText::new(text).font(theme::figure(13.5)).color(on));
        });
}
