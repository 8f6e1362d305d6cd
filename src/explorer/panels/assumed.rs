//! What was assumed about a model and could give P(melanoma) another meaning: a line shown before every verdict of it.

use egui::{CornerRadius, Frame, Label, Margin, RichText, Stroke, Ui};

use flipscope_model::scheduler::ModelSlot;

use crate::explorer::panels::Pane;
use crate::explorer::theme;

/// A line for each serious assumption about the models in use, with the remedy on hover; nothing if everything is stated.
pub(crate) fn show(pane: &Pane<'_>, ui: &mut Ui) {
    let comparing = pane.state.comparison.ready.is_some();
    for slot in ModelSlot::ALL {
        let Some(ready) = &pane.state.model_of(slot).ready else {
            continue;
        };
        for assumption in ready.info.assumptions.iter().filter(|one| one.is_severe()) {
            let text = if comparing {
                format!("{}: {}", ready.info.name_in_words(), assumption.said())
            } else {
                assumption.said().to_owned()
            };
            line(ui, &text, assumption.said_remedy());
        }
    }
}

/// Whether [`show`] would show anything.
pub(crate) fn is_any(pane: &Pane<'_>) -> bool {
    let of = |slot| pane.state.model_of(slot).ready.as_ref();
    (ModelSlot::ALL.into_iter().filter_map(of)).any(|ready| {
        ready
            .info
            .assumptions
            .iter()
            .any(flipscope_model::Assumption::is_severe)
    })
}

/// One line, as a prominent warning.
pub(crate) fn line(ui: &mut Ui, text: &str, remedy: &str) {
    let palette = theme::palette(ui.ctx());
    Frame::new()
        .stroke(Stroke::new(1.5, palette.warning))
        .corner_radius(CornerRadius::same(4))
        .inner_margin(Margin::symmetric(8, 3))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let text = RichText::new(text).color(palette.warning).strong();
            let response = ui.add(Label::new(text).wrap());
            if !remedy.is_empty() {
                response.on_hover_text(remedy);
            }
        });
    ui.add_space(theme::GAP);
}
