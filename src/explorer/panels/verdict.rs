//! The verdict, before → after, large enough for the last row; the meter with the threshold, and the trace. Where two models are
//! compared, a row for each.

use egui::{Align, Color32, RichText, Role, Sense, Shape, Stroke, Ui, WidgetInfo, vec2};

use crate::base::text::printable;
use crate::classifier::scheduler::Seat;
use crate::words::{probability, probability_is};

use super::super::command::Command;
use super::super::icons::Icon;
use super::super::state::{Judged, Lesion};
use super::super::theme;
use super::super::widgets::{Asked, Meter, look, trace, verdict_badge};
use super::{Pane, assumed};

/// The label below a figure is never smaller: it is read from afar.
const SMALLEST_BADGE: f32 = 14.0;
/// Height of the line that says whether it flipped.
const BADGE: f32 = 24.0;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let threshold = pane.state.threshold();
    let said = &lesion.said;
    let p_of = |judged: &Option<Judged>| judged.as_ref().map(|judged| judged.verdict.p_melanoma);
    let comparing = pane.state.beside.ready.is_some();
    assumed::show(pane, ui);
    let width = ui.available_width();
    let numbers = |pane: &mut Pane<'_>, ui: &mut Ui| {
        if comparing {
            ui.vertical(|ui| {
                // Else a model's long name would push the meter off the window.
                ui.set_max_width(COMPARED.min(width));
                for seat in Seat::ALL {
                    name(pane, ui, lesion, seat);
                    ui.horizontal_top(|ui| figures(pane, ui, lesion, seat, 24.0));
                }
            });
        } else {
            let size = if width > 620.0 { 46.0 } else { 30.0 };
            figures(pane, ui, lesion, Seat::First, size);
        }
    };
    let meter = |pane: &mut Pane<'_>, ui: &mut Ui| {
        ui.vertical(|ui| {
            // As high with the badge as without it: else the pictures would jump when it flips.
            let line = vec2(ui.available_width(), BADGE);
            ui.allocate_ui_with_layout(line, egui::Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_height(BADGE);
                flip(pane, ui, lesion);
            });
            let meter = Meter {
                before: p_of(&said.first.before),
                after: p_of(&said.first.after),
                threshold,
            };
            match meter.show(ui) {
                Some(Asked::At(threshold)) => pane.emit(Command::Threshold(Some(threshold))),
                Some(Asked::Own) => pane.emit(Command::Threshold(None)),
                None => {}
            }
            let beside = comparing.then_some(&said.second.trace);
            let high = if width < BESIDE { 28.0 } else { 44.0 };
            trace(ui, &said.first.trace, beside, threshold, high);
        });
    };
    if width < BESIDE {
        // The meter below the figures, where there is no room beside them.
        ui.horizontal_top(|ui| numbers(pane, ui));
        meter(pane, ui);
    } else {
        ui.horizontal(|ui| {
            numbers(pane, ui);
            ui.add_space(theme::GAP);
            meter(pane, ui);
        });
    }
}

/// Narrower than this, points, the meter stands below the figures.
const BESIDE: f32 = 500.0;
/// Width of the figures of two models, points.
const COMPARED: f32 = 300.0;
/// Narrowest place of a figure with its title, points.
const TITLED: f32 = 122.0;

/// The name of a compared model, with a sample of its line; of the second one, whether it flips.
fn name(pane: &Pane<'_>, ui: &mut Ui, lesion: &Lesion, seat: Seat) {
    let palette = theme::palette(ui.ctx());
    let Some(ready) = &pane.state.model_of(seat).ready else {
        return;
    };
    ui.horizontal(|ui| {
        let (line, _) = ui.allocate_exact_size(vec2(26.0, 14.0), Sense::hover());
        let ends = [line.left_center(), line.right_center()];
        let stroke = Stroke::new(1.5, palette.text);
        match seat {
            Seat::First => {
                ui.painter().line_segment(ends, stroke);
            }
            Seat::Second => {
                let dashes = Shape::dashed_line(&ends, stroke, 5.0, 3.0);
                ui.painter().extend(dashes);
            }
        }
        let mut text = printable(&ready.info.name).into_owned();
        let said = lesion.said.of(seat);
        if let (Seat::Second, Some(before), Some(after)) = (seat, &said.before, &said.after) {
            let threshold = pane.state.threshold_of(seat);
            let (from, to) = (
                before.verdict.label(threshold),
                after.verdict.label(threshold),
            );
            text = if from == to {
                format!("{text}: not flipped")
            } else {
                format!("{text}: flipped to {}", to.name())
            };
        }
        ui.add(egui::Label::new(RichText::new(text).color(palette.muted)).truncate());
    });
}

/// What a model says, before → after.
fn figures(pane: &Pane<'_>, ui: &mut Ui, lesion: &Lesion, seat: Seat, size: f32) {
    let palette = theme::palette(ui.ctx());
    let said = lesion.said.of(seat);
    let stale = said.current(&lesion.perturbation).is_none();
    one(
        pane,
        ui,
        ("Original", seat),
        said.before.as_ref(),
        false,
        size,
    );
    ui.vertical(|ui| {
        ui.add_space(size * 0.75);
        Icon::Arrow.show(ui, size * 0.7, palette.muted);
    });
    one(
        pane,
        ui,
        ("Altered", seat),
        said.after.as_ref(),
        stale,
        size,
    );
}

fn one(
    pane: &Pane<'_>,
    ui: &mut Ui,
    (title, seat): (&str, Seat),
    judged: Option<&Judged>,
    stale: bool,
    size: f32,
) {
    let palette = theme::palette(ui.ctx());
    let model = pane.state.model_of(seat);
    ui.allocate_ui_with_layout(
        vec2((size * 3.6).max(TITLED), size * 2.9),
        egui::Layout::top_down(Align::Min),
        |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.set_min_width((size * 3.4).max(TITLED));
            ui.set_max_width((size * 3.6).max(TITLED));
            let heading = if stale && model.ready.is_some() {
                format!("{title} · updating")
            } else {
                title.to_owned()
            };
            ui.add(egui::Label::new(RichText::new(heading).color(palette.muted)).truncate());
            match judged {
                None => {
                    let text = if model.loading.is_some() {
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
                    let label = judged.verdict.label(pane.state.threshold_of(seat));
                    let (colour, _) = look(label, &palette);
                    let p = judged.verdict.p_melanoma;
                    let response = ui.label(
                        RichText::new(probability(p, 2))
                            .font(theme::figure(size))
                            .color(colour),
                    );
                    let who = match seat {
                        Seat::First => "",
                        Seat::Second => ", compared model",
                    };
                    response.widget_info(|| {
                        WidgetInfo::labeled(
                            Role::Label,
                            true,
                            format!(
                                "{title}{who}: P(melanoma) {}, {}",
                                probability(p, 3),
                                label.name()
                            ),
                        )
                    });
                    response.on_hover_text(format!("P(melanoma) {}", probability_is(p, 4)));
                    verdict_badge(ui, label, (size * 0.45).max(SMALLEST_BADGE));
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
    let (Some(before), Some(after)) = (&lesion.said.first.before, &lesion.said.first.after) else {
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
