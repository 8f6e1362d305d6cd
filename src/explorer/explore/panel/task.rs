//! The task of a sample, above its pictures: whichever way it was opened, and as long as the task holds. Once it is done, what did it, and
//! the way to the next one.

use egui::{Align, Color32, Label, Layout, Margin, Panel, RichText, TextStyle, Ui, vec2};

use flipscope_image::lesion::synthetic;
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::{Lesion, Origin};
use crate::explorer::panels::Pane;
use crate::explorer::theme;
use crate::explorer::tour::flipped;
use crate::explorer::tour::state::Tour;
use crate::explorer::tour::tasks;

/// The most lines of small letters that it takes from the pictures in presenter mode; where it needs more, it is cut, and whole on hover.
const MOST: f32 = 2.0;

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
            // One line, so that the pictures stay where they are when it is done. A class cannot point at it to read what was cut: there, where
            // one line has no room, all of it, in smaller letters and in two lines.
            let way = next_name(lesion).map(|name| text!("task-next", name = name));
            let wide = |ui: &Ui, text: &str, style: TextStyle| {
                let font = style.resolve(ui.style());
                let painter = ui.painter();
                let galley = painter.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
                galley.size().x
            };
            let beside = way.map_or(0.0, |way| {
                wide(ui, &way, TextStyle::Body) + 2.0 * ui.spacing().item_spacing.x
            });
            let room = (ui.available_width() - beside).max(1.0);
            let most = if pane.state.presenter.on { MOST } else { 1.0 };
            let style = if most <= 1.0 || wide(ui, &solved, TextStyle::Body) <= room {
                TextStyle::Body
            } else {
                TextStyle::Small
            };
            let lines = (wide(ui, &solved, style.clone()) / room).ceil();
            let line = ui.text_style_height(&style).ceil();
            let row = vec2(ui.available_width(), (lines.min(most) * line).max(high));
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
                next(pane, ui, lesion);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let text = RichText::new(&solved).text_style(style);
                    let label = Label::new(text.color(palette.text));
                    if lines > most {
                        ui.add(label.truncate()).on_hover_text(&solved);
                    } else {
                        ui.add(label.wrap());
                    }
                });
            });
        });
}

/// The way to the next sample; none after the last one.
fn next(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let (Origin::Sample(index), Some(name)) = (&lesion.origin, next_name(lesion)) else {
        return;
    };
    if ui.link(text!("task-next", name = name)).clicked() {
        pane.emit(Command::OpenSamples(index + 1));
    }
}

/// The name of the sample after this one.
fn next_name(lesion: &Lesion) -> Option<String> {
    let Origin::Sample(index) = lesion.origin else {
        return None;
    };
    let sample = synthetic::samples().get(index + 1)?;
    Some(synthetic::name_in_words(sample.name).to_string())
}
