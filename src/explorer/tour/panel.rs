//! The tour's card above the page, and the mark around what its step is about.

use egui::{
    Align, Button, Frame, Label, Layout, Margin, Panel, Rect, RichText, Stroke, StrokeKind, Ui,
    vec2,
};

use flipscope_language::text;

use crate::explorer::actions;
use crate::explorer::command::Command;
use crate::explorer::explore::controls::Control;
use crate::explorer::explore::lesion::Origin;
use crate::explorer::page::Page;
use crate::explorer::panels::Pane;
use crate::explorer::state::State;
use crate::explorer::theme;
use crate::explorer::tour::command::TourCommand;
use crate::explorer::tour::flip::Flip;
use crate::explorer::tour::state::{Step, Tour};
use crate::explorer::tour::tasks;
use crate::explorer::widgets::primary;

/// What a step is about, on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The card of a sample on the first page, by its position.
    Sample(usize),
    /// A slider.
    Slider(Control),
    /// The choice of the layout.
    Layouts,
    /// The button that resets every slider.
    Reset,
}

/// The card; nothing if no tour is under way.
pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    if pane.state.tour == Tour::Off || pane.state.page != Page::Explore {
        return;
    }
    let palette = theme::palette(ui.ctx());
    Panel::top("tour")
        .resizable(false)
        .frame(
            Frame::new()
                .fill(palette.card)
                .stroke(Stroke::new(1.5, palette.accent))
                .inner_margin(Margin::symmetric(14, 7)),
        )
        .show(ui, |ui| {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                buttons(pane, ui);
                ui.vertical(|ui| {
                    // Every step is as high: the page does not jump from one to the next.
                    ui.set_min_height(42.0);
                    text(pane.state, ui);
                });
            });
        });
}

fn buttons(pane: &mut Pane<'_>, ui: &mut Ui) {
    match &pane.state.tour {
        Tour::Off => {}
        Tour::At { step, from, .. } => {
            let skip = ui.button(text!("tour-skip"));
            if skip.on_hover_text(text!("tour-skip.hover")).clicked() {
                pane.emit(Command::Tour(TourCommand::End));
            }
            let sample = Origin::Sample(tasks::OF_TOUR);
            let current = pane.state.current();
            let open = current.is_some_and(|lesion| lesion.origin == sample && from.is_none());
            if *step == Step::Open
                && !pane.state.lesions.is_empty()
                && !open
                && primary(ui, text!("tour-open-sample"), true).clicked()
            {
                pane.emit(Command::Tour(TourCommand::OpenSample));
            }
        }
        Tour::Done { .. } => {
            if primary(ui, text!("tour-close"), true).clicked() {
                pane.emit(Command::Tour(TourCommand::End));
            }
            if ui.add(Button::new(text!("tour-again"))).clicked() {
                pane.emit(Command::Tour(TourCommand::Start));
            }
        }
    }
}

fn text(state: &State, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    ui.spacing_mut().item_spacing.y = 2.0;
    let (heading, text) = match &state.tour {
        Tour::Off => return,
        Tour::At { step, .. } => (
            text!(
                "tour-step",
                number = step.number(),
                count = Step::ALL.len(),
                title = title(*step),
            ),
            explained(state, *step, ui),
        ),
        Tour::Done { flip, .. } => (
            text!("tour-done").to_owned(),
            text!("tour-done.text", flip = in_words(flip)),
        ),
    };
    let heading = RichText::new(heading).font(theme::large_number(14.0));
    ui.add(Label::new(heading.color(palette.text)).wrap());
    ui.add(Label::new(text).wrap());
}

/// What the person changed, and what it did to the verdict.
fn in_words(flip: &Flip) -> String {
    let [from, to] = flip.in_words();
    text!(
        "tour-flip",
        change = flip.change.in_words(),
        from = from,
        to = to,
    )
}

fn title(step: Step) -> &'static str {
    match step {
        Step::Open => text!("tour-open"),
        Step::Alter => text!("tour-alter"),
        Step::Compare => text!("tour-compare"),
        Step::Reset => text!("tour-reset"),
        Step::Flip => text!("tour-flipping"),
    }
}

fn explained(state: &State, step: Step, ui: &Ui) -> String {
    let task = tasks::now(state);
    let slider = task
        .map_or(Control::GainRed, |task| task.control)
        .short_name();
    match step {
        Step::Open => text!("tour-open.text", sample = tasks::sample_of_tour()),
        Step::Alter => text!("tour-alter.text").to_owned(),
        Step::Compare => text!("tour-compare.text").to_owned(),
        Step::Reset => text!(
            "tour-reset.text",
            reset = actions::edit::RESET_ALL.keys_text(ui.ctx()),
            undo = actions::edit::UNDO.keys_text(ui.ctx()),
        ),
        Step::Flip => match task {
            Some(task) => text!("tour-flipping.text", task = task.text.get()),
            None => text!("tour-flipping.any", slider = slider),
        },
    }
}

/// Marks a place if the current step is about it.
pub(crate) fn mark(state: &State, ui: &Ui, target: Target, place: Rect) {
    let Tour::At { step, .. } = state.tour else {
        return;
    };
    if state.presenter.on {
        return;
    }
    let task = tasks::now(state);
    let wanted = match step {
        Step::Open => Some(Target::Sample(tasks::OF_TOUR)),
        Step::Alter | Step::Flip => task.map(|task| Target::Slider(task.control)),
        Step::Compare => Some(Target::Layouts),
        Step::Reset => Some(Target::Reset),
    };
    if wanted == Some(target) {
        let palette = theme::palette(ui.ctx());
        ui.painter().rect_stroke(
            // Beside the letters; a pane cuts off what is further away.
            place.expand2(vec2(3.0, 1.0)),
            f32::from(theme::RADIUS),
            Stroke::new(2.0, palette.accent),
            StrokeKind::Inside,
        );
    }
}
