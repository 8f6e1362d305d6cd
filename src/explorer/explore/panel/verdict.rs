//! The verdict, before → after, large enough to read from the last row; the meter with the threshold, and the trace. If two
//! models are compared, there is a row for each. A verdict for an earlier setting is dimmed and labelled so; a change or a flip
//! is only shown once both verdicts belong to the picture shown.

use egui::{
    Align, Color32, FontId, RichText, Role, Sense, Shape, Stroke, TextStyle, Ui, WidgetInfo, vec2,
};

use flipscope_base::human::{change_beside, probability_beside, probability_is};
use flipscope_base::untrusted::printable;
use flipscope_language::{text, within_sentence};
use flipscope_model::Label;
use flipscope_model::scheduler::ModelSlot;

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::{Lesion, ModelAnswer};
use crate::explorer::guide::terms::P_MELANOMA;
use crate::explorer::icons::Icon;
use crate::explorer::panels::{Pane, assumed};
use crate::explorer::theme;
use crate::explorer::widgets::{Line, Meter, NewThreshold, look, trace, verdict_badge};

/// The label below a figure is never smaller than this: it is read from afar.
const SMALLEST_BADGE: f32 = 14.0;
/// Number of characters that are shown in full size, and the height of the line relative to the size.
const LONGEST: usize = 4;
const LINE: f32 = 1.21;
/// How much of its colour a verdict for an earlier setting keeps.
const DIMMED: f32 = 0.6;
/// Height of the line that says whether it flipped.
const BADGE: f32 = 24.0;
/// Space beside the text of its badge, in points.
const BADGE_EDGE: f32 = 8.0;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let threshold = pane.state.threshold();
    let said = &lesion.answers;
    let comparing = pane.state.comparison.ready.is_some();
    assumed::show(pane, ui);
    remedy(pane, ui);
    let width = ui.available_width();
    let numbers = |pane: &mut Pane<'_>, ui: &mut Ui| {
        if comparing {
            ui.vertical(|ui| {
                // Otherwise a model's long name would push the meter out of the window.
                ui.set_max_width(COMPARED.min(width));
                for slot in ModelSlot::ALL {
                    name(pane, ui, lesion, slot);
                    ui.horizontal_top(|ui| figures(pane, ui, lesion, slot, 24.0));
                }
            });
        } else {
            let size = if width > 620.0 { 46.0 } else { 30.0 };
            figures(pane, ui, lesion, ModelSlot::Primary, size);
        }
    };
    let meter = |pane: &mut Pane<'_>, ui: &mut Ui| {
        ui.vertical(|ui| {
            // The same height with and without the badge: otherwise the pictures would jump at a flip.
            let line = vec2(ui.available_width(), BADGE);
            ui.allocate_ui_with_layout(line, egui::Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_height(BADGE);
                flip(pane, ui, lesion);
            });
            self::meter(pane, ui, lesion);
            let line = |slot: ModelSlot| Line {
                points: &said.of(slot).trace,
                current: said.of(slot).current(&lesion.perturbation).is_some(),
            };
            let comparison = comparing.then(|| line(ModelSlot::Comparison));
            let high = if width < BESIDE { 28.0 } else { 44.0 };
            trace(
                ui,
                &line(ModelSlot::Primary),
                comparison.as_ref(),
                threshold,
                high,
            );
        });
    };
    if width < BESIDE {
        // The meter below the figures, if there is no room next to them.
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

/// What stands between the picture and the verdict, for one model or both.
fn remedy(pane: &Pane<'_>, ui: &mut Ui) {
    let state = pane.state;
    let of = |slot: ModelSlot| {
        let ready = state.model_of(slot).ready.as_ref();
        ready.map(|ready| ready.info.remedy)
    };
    let (primary, comparison) = (of(ModelSlot::Primary), of(ModelSlot::Comparison));
    let text = match (primary, comparison) {
        (Some(primary), Some(other)) if primary != other => {
            text!(
                "explore-remedy-compared",
                primary = primary.in_words(),
                other = within_sentence(&other.in_words()),
            )
        }
        (Some(primary), _) if !primary.is_none() => format!("{}.", primary.in_words()),
        _ => return,
    };
    let text = RichText::new(text).color(theme::palette(ui.ctx()).muted);
    ui.add(egui::Label::new(text).truncate())
        .on_hover_text(text!("explore-remedy-hover"));
}

/// Below this width in points, the meter is below the figures.
const BESIDE: f32 = 500.0;
/// Width of the figures of two models, points.
const COMPARED: f32 = 300.0;
/// Minimum width of a figure with its title, in points.
const TITLED: f32 = 122.0;

/// The meter; its mark moves the threshold.
pub(crate) fn meter(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let said = &lesion.answers.primary;
    let p_of =
        |judged: &Option<ModelAnswer>| judged.as_ref().map(|judged| judged.verdict.p_melanoma);
    let meter = Meter {
        before: p_of(&said.before),
        after: p_of(&said.after),
        current: lesion.current().is_some(),
        threshold: pane.state.threshold(),
    };
    match meter.show(ui) {
        Some(NewThreshold::At(threshold)) => pane.emit(Command::SetThreshold(Some(threshold))),
        Some(NewThreshold::Own) => pane.emit(Command::SetThreshold(None)),
        None => {}
    }
}

/// The name of a compared model, with a sample of its line; for the second one, whether it flips.
pub(crate) fn name(pane: &Pane<'_>, ui: &mut Ui, lesion: &Lesion, slot: ModelSlot) {
    let palette = theme::palette(ui.ctx());
    let Some(ready) = &pane.state.model_of(slot).ready else {
        return;
    };
    ui.horizontal(|ui| {
        let (line, _) = ui.allocate_exact_size(vec2(26.0, 14.0), Sense::hover());
        let ends = [line.left_center(), line.right_center()];
        let stroke = Stroke::new(1.5, palette.text);
        match slot {
            ModelSlot::Primary => {
                ui.painter().line_segment(ends, stroke);
            }
            ModelSlot::Comparison => {
                let dashes = Shape::dashed_line(&ends, stroke, 5.0, 3.0);
                ui.painter().extend(dashes);
            }
        }
        let mut text = printable(ready.info.name_in_words()).into_owned();
        let other = match slot {
            ModelSlot::Primary => &pane.state.comparison,
            ModelSlot::Comparison => &pane.state.model,
        };
        let other = other.ready.as_ref().map(|ready| ready.info.remedy);
        if other.is_some_and(|other| other != ready.info.remedy) {
            let remedy = within_sentence(&ready.info.remedy.in_words());
            text = format!("{text}, {remedy}");
        }
        let said = lesion.answers.of(slot);
        if slot == ModelSlot::Comparison {
            let threshold = pane.state.threshold_of(slot);
            text = match said.answered(&lesion.perturbation) {
                None => text!("verdict-compared-updating", name = text),
                Some(answers) => match answers.map(|judged| judged.verdict.label(threshold)) {
                    [from, to] if from == to => text!("verdict-compared-not-flipped", name = text),
                    [_, to] => text!(
                        "verdict-compared-flipped",
                        name = text,
                        label = to.in_words()
                    ),
                },
            };
        }
        ui.add(egui::Label::new(RichText::new(text).color(palette.muted)).truncate());
    });
}

/// A model's verdict, before → after.
pub(crate) fn figures(pane: &Pane<'_>, ui: &mut Ui, lesion: &Lesion, slot: ModelSlot, size: f32) {
    let palette = theme::palette(ui.ctx());
    let said = lesion.answers.of(slot);
    let can_be_answered = lesion.frame().is_some() && pane.state.model_of(slot).ready.is_some();
    let figure = |title, judged, current: bool| Figure {
        title,
        slot,
        judged,
        updating: can_be_answered && !current,
    };
    let before = said.before.as_ref();
    one(
        pane,
        ui,
        &figure(text!("explore-original"), before, before.is_some()),
        size,
    );
    ui.vertical(|ui| {
        ui.add_space(size * 0.75);
        Icon::Arrow.show(ui, size * 0.7, palette.muted);
    });
    let current = said.current(&lesion.perturbation).is_some();
    one(
        pane,
        ui,
        &figure(text!("explore-altered"), said.after.as_ref(), current),
        size,
    );
}

/// One verdict, large.
struct Figure<'a> {
    title: &'static str,
    slot: ModelSlot,
    /// The newest answer, if there is one.
    judged: Option<&'a ModelAnswer>,
    /// Whether the answer for the picture shown has not arrived yet.
    updating: bool,
}

impl Figure<'_> {
    /// For assistive technology.
    fn in_words(&self, p: f32, label: Label, threshold: f32) -> String {
        let p = probability_beside(p, threshold, 3);
        let (title, label) = (self.title, label.in_words());
        match (self.slot, self.updating) {
            (ModelSlot::Primary, true) => text!("verdict-was", title = title, p = p),
            (ModelSlot::Primary, false) => {
                text!("verdict-said", title = title, p = p, label = label)
            }
            (ModelSlot::Comparison, true) => text!("verdict-was-compared", title = title, p = p),
            (ModelSlot::Comparison, false) => {
                text!("verdict-said-compared", title = title, p = p, label = label)
            }
        }
    }
}

fn one(pane: &Pane<'_>, ui: &mut Ui, figure: &Figure<'_>, size: f32) {
    let palette = theme::palette(ui.ctx());
    let model = pane.state.model_of(figure.slot);
    ui.allocate_ui_with_layout(
        vec2((size * 3.6).max(TITLED), size * 2.9),
        egui::Layout::top_down(Align::Min),
        |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.set_min_width((size * 3.4).max(TITLED));
            ui.set_max_width((size * 3.6).max(TITLED));
            let heading = if figure.updating {
                text!("verdict-updating-title", title = figure.title)
            } else {
                figure.title.to_owned()
            };
            ui.add(egui::Label::new(RichText::new(heading).color(palette.muted)).truncate())
                .on_hover_text(P_MELANOMA.get());
            let Some(judged) = figure.judged else {
                let text = if model.loading.is_some() {
                    text!("verdict-loading-model")
                } else {
                    "…"
                };
                let dash = RichText::new("–").font(theme::large_number(size));
                ui.label(dash.color(palette.muted));
                ui.label(RichText::new(text).color(palette.muted));
                return;
            };
            let threshold = pane.state.threshold_of(figure.slot);
            let label = judged.verdict.label(threshold);
            let p = judged.verdict.p_melanoma;
            let colour = if figure.updating {
                palette.muted.gamma_multiply(DIMMED)
            } else {
                look(label, &palette).0
            };
            let number = probability_beside(p, threshold, 2);
            // "< 0.001" in one line as high as that of other numbers: otherwise the pictures would jump.
            let fits = if number.len() > LONGEST { 0.6 } else { 1.0 };
            let number = RichText::new(number)
                .font(theme::large_number(size * fits))
                .line_height(Some(size * LINE));
            let response = ui.add(egui::Label::new(number.color(colour)).extend());
            let words = figure.in_words(p, label, threshold);
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
            let badge = (size * 0.45).max(SMALLEST_BADGE);
            if figure.updating {
                response.on_hover_text(text!("verdict-earlier"));
                // As high as the badge.
                ui.label(
                    RichText::new("…")
                        .font(theme::large_number(badge))
                        .color(colour),
                );
            } else {
                let exact = text!("verdict-exact", p = probability_is(p, 4));
                response.on_hover_text(format!("{exact}\n{}", P_MELANOMA.get()));
                verdict_badge(ui, label, badge);
            }
        },
    );
}

/// Shows whether the change flipped the verdict.
pub(crate) fn flip(pane: &Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let palette = theme::palette(ui.ctx());
    // One line, also on the smallest screen and with the large letters of a lecture: where the long form has no room, the short one.
    let room = ui.available_width();
    let size = TextStyle::Body.resolve(ui.style());
    let wide = |ui: &Ui, text: &str, font: &FontId| {
        let painter = ui.painter();
        let galley = painter.layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER);
        galley.size().x
    };
    let narrow = |ui: &Ui, long: &str| room < 240.0 || wide(ui, long, &size) > room;
    let Some([before, after]) = lesion.answers.primary.answered(&lesion.perturbation) else {
        let updating = lesion.frame().is_some() && pane.state.model.ready.is_some();
        let text = if !updating {
            text!("verdict-p")
        } else if narrow(ui, text!("verdict-p-updating")) {
            text!("verdict-updating")
        } else {
            text!("verdict-p-updating")
        };
        ui.label(RichText::new(text).color(palette.muted))
            .on_hover_text(P_MELANOMA.get());
        return;
    };
    let (from, to) = (
        pane.state.label(&before.verdict),
        pane.state.label(&after.verdict),
    );
    if from == to {
        let what = if lesion.perturbation.is_identity() {
            text!("verdict-not-altered").to_owned()
        } else {
            let both = [before, after].map(|judged| judged.verdict.p_melanoma);
            let change = change_beside(both, pane.state.threshold(), 2);
            text!("verdict-not-flipped", change = change)
        };
        let long = text!("verdict-p-and", what = what.as_str());
        let text = if narrow(ui, &long) { what } else { long };
        ui.add(egui::Label::new(RichText::new(text).color(palette.muted)).truncate())
            .on_hover_text(P_MELANOMA.get());
        return;
    }
    let (colour, _) = look(to, &palette);
    let long = text!(
        "verdict-flipped",
        from = from.in_words(),
        to = to.in_words()
    );
    let font = theme::large_number(size.size);
    let text = if room < 240.0 || wide(ui, &long, &font) + 2.0 * BADGE_EDGE > room {
        text!("verdict-flipped-to", label = to.in_words())
    } else {
        long
    };
    egui::Frame::new()
        .fill(colour)
        .corner_radius(4.0)
        .inner_margin(egui::Margin::symmetric(BADGE_EDGE as i8, 2))
        .show(ui, |ui| {
            let on = if ui.visuals().dark_mode {
                Color32::BLACK
            } else {
                Color32::WHITE
            };
            let text = RichText::new(text).font(font).color(on);
            ui.add(egui::Label::new(text).truncate());
        });
}
