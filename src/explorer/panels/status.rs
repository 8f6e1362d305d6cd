//! The bottom line: what this program is not for, which model and device answer, and how fast.

use egui::{Panel, RichText, Ui};

use crate::explorer::explore::lesion::Lesion;
use crate::explorer::panels::{Pane, under_way};
use crate::explorer::theme;
use flipscope_base::text;

/// The sentence below every verdict.
pub(crate) const INTENDED_USE: &str =
    "For research and teaching. Not a medical device: its verdicts are not diagnoses.";

/// What the line on the right says.
const MEANING: &str = "Which model answers, on which device; how long the network computed for the newest verdict, and how long it \
     took from your hand to that verdict";

/// Below this width in points, it takes two rows.
const ONE_ROW: f32 = 700.0;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    Panel::bottom("status")
        .frame(
            egui::Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(egui::Margin::symmetric(12, 5)),
        )
        .show(ui, |ui| {
            let use_ = RichText::new(INTENDED_USE).small().color(palette.muted);
            if ui.available_width() < ONE_ROW {
                ui.add(egui::Label::new(use_).wrap());
                ui.horizontal_wrapped(|ui| under_way::show(pane, ui));
                let text = RichText::new(answers(pane)).small().color(palette.muted);
                let label = ui.add(egui::Label::new(text).truncate());
                label.on_hover_text(answers(pane));
                return;
            }
            ui.horizontal(|ui| {
                ui.label(use_);
                under_way::show(pane, ui);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let text = RichText::new(answers(pane)).small().color(palette.muted);
                    ui.add(egui::Label::new(text).truncate())
                        .on_hover_text(MEANING);
                });
            });
        });
}

fn answers(pane: &Pane<'_>) -> String {
    if pane.state.figures.drawing > 0 {
        return "Drawing the figure…".to_owned();
    }
    if pane.state.batch.writing > 0 {
        return "Writing the table…".to_owned();
    }
    let model = &pane.state.model;
    if let Some(loading) = model
        .loading
        .as_ref()
        .or(pane.state.comparison.loading.as_ref())
    {
        return match loading {
            flipscope_model::ModelSource::Embedded(demo) => {
                format!("Loading the {}…", demo.title())
            }
            flipscope_model::ModelSource::File(path) => format!("Loading {}…", text::path(path)),
        };
    }
    let Some(ready) = &model.ready else {
        return "No model: open one with Model > Open model…".to_owned();
    };
    let timing = pane
        .state
        .current()
        .and_then(Lesion::current)
        .map(|judged| {
            format!(
                " · {} · network {:.0} ms, input to verdict {:.0} ms",
                judged.provenance.precision, judged.provenance.ms, judged.total_ms
            )
        })
        .unwrap_or_default();
    format!(
        "{} · {}{timing}",
        text::printable(&ready.info.name),
        ready.device
    )
}
