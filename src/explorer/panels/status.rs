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

/// Between two things that it says.
const SEPARATOR: &str = " · ";

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
                show_answers(pane, ui);
                return;
            }
            // In the letters of a hall, work that is under way may need a row of its own.
            if pane.state.presenter.on {
                ui.horizontal_wrapped(|ui| {
                    ui.label(use_);
                    under_way::show(pane, ui);
                    show_answers(pane, ui);
                });
                return;
            }
            ui.horizontal(|ui| {
                ui.label(use_);
                under_way::show(pane, ui);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    show_answers(pane, ui);
                });
            });
        });
}

/// The longest of what could be said that fits: what is cut in the middle of a number is worse than nothing.
fn show_answers(pane: &Pane<'_>, ui: &mut Ui) {
    let colour = theme::palette(ui.ctx()).muted;
    let font = egui::TextStyle::Small.resolve(ui.style());
    let painter = ui.painter().clone();
    let width = |text: &str| {
        let laid_out = painter.layout_no_wrap(text.to_owned(), font.clone(), colour);
        laid_out.size().x
    };
    let answers = answers(pane);
    let Some(fitting) = answers.fitting(ui.available_size_before_wrap().x, width) else {
        return;
    };
    let text = RichText::new(fitting).small().color(colour);
    let whole = format!("{}\n{}", answers.whole(), MEANING.get());
    ui.add(egui::Label::new(text).truncate())
        .on_hover_text(whole);
}

/// What the line on the right says, from what matters most on.
struct Answers {
    items: Vec<String>,
}

impl Answers {
    fn one(text: impl Into<String>) -> Self {
        Self {
            items: vec![text.into()],
        }
    }

    fn whole(&self) -> String {
        self.items.join(SEPARATOR)
    }

    /// As many of the first items as have room; of one that is alone, what has room.
    fn fitting(&self, room: f32, width: impl Fn(&str) -> f32) -> Option<String> {
        if let [alone] = &*self.items {
            return Some(alone.clone());
        }
        let lengths = (1..=self.items.len()).rev();
        lengths
            .filter_map(|many| Some(self.items.get(..many)?.join(SEPARATOR)))
            .find(|text| width(text) <= room)
    }
}

fn answers(pane: &Pane<'_>) -> Answers {
    if pane.state.figures.drawing > 0 {
        return Answers::one(text!("status-drawing"));
    }
    if pane.state.batch.writing > 0 {
        return Answers::one(text!("status-writing"));
    }
    let model = &pane.state.model;
    if let Some(loading) = model
        .loading
        .as_ref()
        .or(pane.state.comparison.loading.as_ref())
    {
        return Answers::one(match loading {
            flipscope_model::ModelSource::Embedded(demo) => {
                text!("status-loading-demo", name = demo.in_words())
            }
            flipscope_model::ModelSource::File(path) => {
                text!("status-loading", name = untrusted::path(path))
            }
        });
    }
    let Some(ready) = &model.ready else {
        return Answers::one(text!("status-no-model"));
    };
    let timing = pane
        .state
        .current()
        .and_then(Lesion::current)
        .map(|judged| {
            text!(
                "status-timing",
                precision = judged.provenance.precision.to_string(),
                network = format!("{:.0}", judged.provenance.ms),
                total = format!("{:.0}", judged.total_ms),
            )
        });
    let model = untrusted::printable(ready.info.name_in_words());
    let device = device_in_words(&ready.device);
    let model = format!("{model}{SEPARATOR}{device}");
    Answers {
        items: std::iter::once(model).chain(timing).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_is_left_out_as_a_whole() {
        let answers = Answers {
            items: vec!["model".to_owned(), "42 ms".to_owned()],
        };
        let fitting = |room| answers.fitting(room, |text| text.chars().count() as f32);
        assert_eq!(fitting(13.0).as_deref(), Some("model · 42 ms"));
        assert_eq!(fitting(12.9).as_deref(), Some("model"));
        assert_eq!(fitting(4.0), None);
    }
}
