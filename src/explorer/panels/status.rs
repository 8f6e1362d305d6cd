//! The bottom line: what this program is not for, which model and device answer, and how fast.

use egui::{Panel, RichText, Ui};
use flipscope_model::device_in_words;

use crate::explorer::explore::lesion::Lesion;
use crate::explorer::panels::{Pane, under_way};
use crate::explorer::theme;
use flipscope_base::untrusted;
use flipscope_language::{Text, id, text};

/// The sentence below every verdict.
pub(crate) const INTENDED_USE: Text = id!("intended-use");

/// What the line on the right says.
const MEANING: Text = id!("status-meaning");

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
            let use_ = RichText::new(INTENDED_USE.get())
                .small()
                .color(palette.muted);
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
                        .on_hover_text(MEANING.get());
                });
            });
        });
}

fn answers(pane: &Pane<'_>) -> String {
    if pane.state.figures.drawing > 0 {
        return text!("status-drawing").to_owned();
    }
    if pane.state.batch.writing > 0 {
        return text!("status-writing").to_owned();
    }
    let model = &pane.state.model;
    if let Some(loading) = model
        .loading
        .as_ref()
        .or(pane.state.comparison.loading.as_ref())
    {
        return match loading {
            flipscope_model::ModelSource::Embedded(demo) => {
                text!("status-loading-demo", name = demo.in_words())
            }
            flipscope_model::ModelSource::File(path) => {
                text!("status-loading", name = untrusted::path(path))
            }
        };
    }
    let Some(ready) = &model.ready else {
        return text!("status-no-model").to_owned();
    };
    let timing = pane
        .state
        .current()
        .and_then(Lesion::current)
        .map(|judged| {
            let timing = text!(
                "status-timing",
                precision = judged.provenance.precision.to_string(),
                network = format!("{:.0}", judged.provenance.ms),
                total = format!("{:.0}", judged.total_ms),
            );
            format!(" · {timing}")
        })
        .unwrap_or_default();
    format!(
        "{} · {}{timing}",
        untrusted::printable(ready.info.name_in_words()),
        device_in_words(&ready.device)
    )
}
