//! The task of a sample, above its pictures: whichever way it was opened, and as long as the task holds.

use egui::{Label, Margin, Panel, RichText, TextStyle, Ui};

use crate::explorer::explore::lesion::Lesion;
use crate::explorer::panels::Pane;
use crate::explorer::theme;
use crate::explorer::tour::state::Tour;
use crate::explorer::tour::tasks;

pub(super) fn show(pane: &Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let Some(task) = tasks::of(lesion) else {
        return;
    };
    // It says what the verdict is; and the tour comes to it in its own time.
    if pane.state.presenter.guesses() || matches!(pane.state.tour, Tour::At { .. }) {
        return;
    }
    let palette = theme::palette(ui.ctx());
    // Its place stays while it does not hold: the pictures do not jump with the threshold.
    let holds = tasks::hold(pane.state);
    let ground = if holds { palette.card } else { palette.canvas };
    Panel::top("task")
        .resizable(false)
        .frame(
            egui::Frame::new()
                .fill(ground)
                .inner_margin(Margin::symmetric(12, 3)),
        )
        .show(ui, |ui| {
            ui.set_min_height(ui.text_style_height(&TextStyle::Body).ceil());
            if holds {
                let text = RichText::new(task.text.get()).color(palette.text);
                ui.add(Label::new(text).wrap());
            }
        });
}
