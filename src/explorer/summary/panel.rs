//! The card of the smallest changes that flip: a bar for each family, and the stability in words.

use egui::{
    Button, Checkbox, Label, Rect, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use flipscope_base::human::{self, at_most_one_decimal, probability_beside};
use flipscope_lab::explain::summary::{Family, Smallest, Summary};
use flipscope_lab::proof::{Channels, ProofBox};
use flipscope_language::{text, within_sentence};

use crate::explorer::command::Command;
use crate::explorer::explain::panel::parts::exports;
use crate::explorer::panels::{Pane, page};
use crate::explorer::proof;
use crate::explorer::state::State;
use crate::explorer::summary::apply::{about, obstacle};
use crate::explorer::summary::command::SummaryCommand;
use crate::explorer::summary::findings;
use crate::explorer::theme;
use crate::explorer::widgets::Marked;

/// Width of the names, in points.
const NAME: f32 = 112.0;
/// Least and most width of the bars, and their share of a row: in a narrow window the words need the room.
const BAR: [f32; 2] = [70.0, 170.0];
const BARS_SHARE: f32 = 0.22;

/// The name of a family.
pub(crate) fn name(family: Family) -> &'static str {
    match family {
        Family::Noise => text!("summary-noise"),
        Family::Brightness => text!("summary-brightness"),
        Family::Red => text!("summary-red"),
        Family::Green => text!("summary-green"),
        Family::Blue => text!("summary-blue"),
        Family::Lamp => text!("summary-lamp"),
        Family::Shift => text!("summary-shift"),
        Family::Rotation => text!("summary-rotation"),
        Family::Colour => text!("summary-colour"),
    }
}

/// A size in the unit of its family: "12°", "4 %", "1.5 ΔE2000".
fn size(family: Family, value: f64) -> String {
    let number = at_most_one_decimal(value);
    match family {
        Family::Rotation => format!("{number}°"),
        Family::Shift => text!("summary-of-the-frame", size = number),
        Family::Noise => text!("summary-of-255", size = number),
        Family::Brightness | Family::Red | Family::Green | Family::Blue => format!("{number} %"),
        Family::Lamp => format!("{number} K"),
        Family::Colour => text!("summary-delta-e", size = number),
    }
}

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    page::card(ui, text!("summary-title"), |ui| content(pane, ui));
}

fn content(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let mut automatic = pane.state.summary.automatic;
    let tick = Marked(Checkbox::new(&mut automatic, text!("summary-automatic")));
    if ui
        .add(tick)
        .on_hover_text(text!("summary-automatic.hover"))
        .changed()
    {
        pane.emit(Command::Summary(SummaryCommand::Automatic(automatic)));
    }
    if let Some(why) = obstacle(pane.state) {
        ui.add(Label::new(RichText::new(why).color(palette.muted)).wrap());
        return;
    }
    let about = about(pane.state);
    let kept = (about.as_ref()).and_then(|about| pane.state.summary.of(about).cloned());
    let complete = kept.as_ref().is_some_and(|kept| kept.complete);
    let automatic = pane.state.summary.automatic;
    let task = pane.state.summary.task.as_ref();
    if let Some(task) = task.filter(|_| !complete && automatic) {
        let this = about.as_ref() == Some(&task.about) && !task.cancel.is_requested();
        let said = match task.progress {
            [done, of] if this && of > 0 => text!("summary-progress", done = done, of = of),
            // It has not begun, or what was looked for before has not ended yet.
            _ => text!("summary-waits").to_owned(),
        };
        // No spinner: it would have the window drawn all the time.
        ui.label(RichText::new(said).small().color(palette.muted));
    }
    let Some(kept) = kept else {
        // Nothing was looked for yet, but a search may have found something.
        if findings::is_there_any(pane.state) {
            for family in Family::ALL {
                not_judged(pane, ui, family);
            }
            of_no_row(pane, ui);
        }
        return;
    };
    for (family, one) in kept.summary.in_order() {
        match one {
            Some(one) => judged(pane, ui, &kept.summary, one),
            None => not_judged(pane, ui, family),
        }
    }
    of_no_row(pane, ui);
    ui.add_space(4.0);
    page::explanation(ui, RichText::new(statement(&kept.summary)).strong());
    let meaning = RichText::new(text!("summary-meaning")).small();
    page::explanation(ui, meaning.color(palette.muted));
    exports(pane, ui, true, |kind| {
        Command::Summary(SummaryCommand::AskSave(kind))
    });
}

/// A family that was not judged: its name, that it was not, and what a search found of it.
fn not_judged(pane: &Pane<'_>, ui: &mut Ui, family: Family) {
    let palette = theme::palette(ui.ctx());
    let found = findings::in_row(pane.state, family, None);
    ui.horizontal(|ui| {
        named(ui, family);
        let words = [Some(text!("summary-not-judged").to_owned()), found];
        let words: Vec<String> = words.into_iter().flatten().collect();
        let words = RichText::new(words.join("; ")).small();
        ui.add(Label::new(words.color(palette.muted)).wrap());
    });
}

/// Flips of kinds that no row is about, and what is counted where.
fn of_no_row(pane: &Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let others = findings::of_no_row(pane.state);
    let counted = findings::is_there_any(pane.state).then(|| text!("summary-findings").to_owned());
    for words in others.into_iter().chain(counted) {
        page::explanation(ui, RichText::new(words).small().color(palette.muted));
    }
}

/// The name of a family, in a place of its own.
fn named(ui: &mut Ui, family: Family) {
    let place = vec2(NAME, ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(
        place,
        egui::Layout::left_to_right(egui::Align::Center),
        |ui| {
            ui.set_min_width(NAME);
            ui.label(name(family));
        },
    );
}

/// What was found of a family: its name, a bar, and words; a flip can be applied to the sliders.
fn judged(pane: &mut Pane<'_>, ui: &mut Ui, summary: &Summary, one: &Smallest) {
    let palette = theme::palette(ui.ctx());
    let up_to = size(one.family, one.up_to);
    let (share, words) = match &one.flip {
        Some(flip) => {
            let share = (flip.size / one.up_to.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
            let p = probability_beside(flip.p_melanoma, pane.state.threshold(), 3);
            let change = one.flip_in_words().unwrap_or_default();
            let words = text!("summary-flips", change = change.as_str(), p = p.as_str());
            (Some(share), words)
        }
        None if one.exhaustive => (
            None,
            text!(
                "summary-no-flip",
                up_to = up_to.as_str(),
                count = one.judged
            ),
        ),
        None => (None, text!("summary-none-found", count = one.judged)),
    };
    let delta_e = one.flip.as_ref().map(|flip| {
        let size = human::size(flip.delta_e);
        text!("summary-mean-delta-e", delta_e = size.as_str())
    });
    let least = one.flip.as_ref().map(|flip| flip.delta_e);
    let step = one.step_in_words();
    let in_steps = (step.as_deref()).map(|step| text!("summary-steps", step = step));
    let more = [
        delta_e,
        in_steps,
        findings::in_row(pane.state, one.family, least),
        proved(pane.state, one.family),
    ];
    let words = (more.into_iter().flatten()).fold(words, |words, more| format!("{words}; {more}"));
    let [narrowest, widest] = BAR;
    let long = (BARS_SHARE * ui.available_width()).clamp(narrowest, widest);
    ui.horizontal(|ui| {
        let height = ui.spacing().interact_size.y;
        named(ui, one.family);
        let (rect, response) = ui.allocate_exact_size(vec2(long, height), Sense::hover());
        let said = format!("{}: {words}", name(one.family));
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
        let bar = Rect::from_center_size(rect.center(), vec2(long, 12.0));
        let edge = Stroke::new(1.0, palette.muted);
        match share {
            Some(share) => {
                ui.painter().rect_filled(bar, 2.0, palette.groove);
                let part = vec2((long * share as f32).max(2.0), bar.height());
                let filled = Rect::from_min_size(bar.min, part);
                ui.painter().rect_filled(filled, 2.0, palette.accent);
            }
            None => {
                ui.painter().rect_stroke(bar, 2.0, edge, StrokeKind::Inside);
            }
        }
        response.on_hover_text(hint(one.family, &up_to, step.as_deref()));
        if let Some(flip) = &one.flip {
            // Of noise, only the size is kept.
            let applies = flip.perturbation.is_some();
            let button = ui.add_enabled(applies, Button::new(text!("summary-apply")));
            let label = text!("summary-apply-family", family = name(one.family));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, applies, &label));
            let button = button
                .on_hover_text(text!("summary-apply.hover"))
                .on_disabled_hover_text(text!("summary-apply-noise"));
            let mut families = summary.families.iter();
            let at = families.position(|known| known.family == one.family);
            if button.clicked()
                && let Some(at) = at
            {
                pane.emit(Command::Summary(SummaryCommand::Apply(at)));
            }
        }
        ui.add(Label::new(RichText::new(words).small()).wrap());
    });
}

/// What a bar means, and what was looked at for it.
fn hint(family: Family, up_to: &str, step: Option<&str>) -> String {
    let bar = text!("summary-bar", up_to = up_to);
    let bar = bar.as_str();
    match (step, family) {
        (Some(step), Family::Shift) => text!("summary-grid-of-shifts", bar = bar, step = step),
        (Some(step), _) => text!("summary-grid", bar = bar, step = step),
        (None, _) => text!("summary-upper-bound", bar = bar),
    }
}

/// The boxes of a family in which the verdict on the explored lesion is proved steady, in words.
fn proved(state: &State, family: Family) -> Option<String> {
    let about = proof::about::about(state)?;
    let boxes: Vec<String> = (state.proofs.steady(&about))
        .filter(|kept| is_of(family, &kept.about.region))
        .map(|kept| {
            let region = kept.about.region.in_words();
            let frames = kept.record.frames;
            text!("proof-in-summary", region = region, frames = frames)
        })
        .collect();
    (!boxes.is_empty()).then(|| boxes.join("; "))
}

/// Whether a box is one of a family's changes.
fn is_of(family: Family, region: &ProofBox) -> bool {
    match region {
        ProofBox::Rotation { .. } => family == Family::Rotation,
        ProofBox::Illuminant { .. } => family == Family::Lamp,
        // Offsets are changes of the colours as well, though not those that the families of gains look at.
        ProofBox::Offset { .. } => family == Family::Colour,
        ProofBox::Gain { channels, .. } => match channels {
            Channels::Together => family == Family::Brightness,
            Channels::Each => family == Family::Colour,
            Channels::Red => family == Family::Red,
            Channels::Green => family == Family::Green,
            Channels::Blue => family == Family::Blue,
        },
    }
}

/// The stability of the verdict in the words of the figure, and no more than was looked at.
fn statement(summary: &Summary) -> String {
    let said = summary.statement_in_words();
    let not_judged = summary
        .not_judged()
        .map(|family| within_sentence(name(family)));
    let not_judged: Vec<_> = not_judged.collect();
    if not_judged.is_empty() {
        return said;
    }
    let families = not_judged.join(", ");
    format!("{said} {}", text!("summary-so-far", families = families))
}
