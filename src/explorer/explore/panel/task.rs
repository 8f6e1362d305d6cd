//! The task of a sample, above its pictures: whichever way it was opened, and as long as the task holds. Once it is done, what did it, and
//! the way to the next one.

use egui::{Align, Label, Layout, Margin, Panel, RichText, TextStyle, Ui, vec2};

use flipscope_image::lesion::synthetic;
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::{Lesion, Origin};
use crate::explorer::panels::Pane;
use crate::explorer::theme;
use crate::explorer::tour::flipped;
use crate::explorer::tour::state::Tour;
use crate::explorer::tour::tasks;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let Some(task) = tasks::of(lesion) else {
        return;
    };
    // It says what the verdict is; the tour comes to it in its own time, and says itself how it ended.
    let toured = match &pane.state.tour {
        Tour::Off => false,
        Tour::At { .. } => true,
        Tour::Done { lesion: of, .. } => *of == lesion.id && !pane.state.presenter.on,
    };
    if pane.state.presenter.guesses() || toured {
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
            let high = ui.text_style_height(&TextStyle::Body).ceil();
            ui.set_min_height(high);
            // A link is no higher than the text beside it.
            ui.spacing_mut().interact_size.y = high;
            if !holds {
                return;
            }
            let Some(flip) = flipped::newest(pane.state, lesion) else {
                let text = RichText::new(task.text.get()).color(palette.text);
                ui.add(Label::new(text).wrap());
                return;
            };
            let [from, to] = flip.in_words();
            let change = flip.change.in_words();
            let solved = text!("task-solved", change = change, from = from, to = to);
            // One line, so that the pictures stay where they are when it is done.
            let row = vec2(ui.available_width(), high);
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
                next(pane, ui, lesion);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let text = RichText::new(&solved).color(palette.text);
                    ui.add(Label::new(text).truncate()).on_hover_text(&solved);
                });
            });
        });
}

/// The way to the next sample; none after the last one.
fn next(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let Origin::Sample(index) = lesion.origin else {
        return;
    };
    let Some(sample) = synthetic::samples().get(index + 1) else {
        return;
    };
    let name = synthetic::name_in_words(sample.name);
    if ui.link(text!("task-next", name = name)).clicked() {
        pane.emit(Command::OpenSamples(index + 1));
    }
}
