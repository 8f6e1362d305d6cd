//! What is drawn of batch actions: what an alteration does to the lesions of the list, the buttons that start them, and the table of
//! findings.

mod findings;
mod progress;

use egui::{Button, Label, ProgressBar, RichText, Ui};

use crate::explorer::batch::command::{BatchCommand, Whom};
use crate::explorer::batch::{applying, searching};
use crate::explorer::command::Command;
use crate::explorer::panels::Pane;
use crate::explorer::theme;

pub(crate) use findings::show as findings;
pub(crate) use progress::searches;

/// What the alteration that was applied does to the lesions of the list; nothing if none is.
pub(crate) fn applied(pane: &mut Pane<'_>, ui: &mut Ui) {
    let Some(applied) = &pane.state.batch.applied else {
        return;
    };
    let counts = applied.counts;
    // They would give away what is guessed.
    if counts.total == 0 || pane.state.presenter.guesses() {
        return;
    }
    let palette = theme::palette(ui.ctx());
    let words = applied.perturbation.in_words();
    ui.separator();
    let heading = RichText::new(format!("Altered: {words}")).small().strong();
    ui.add(Label::new(heading).wrap());
    let so_far = if counts.is_complete() { "" } else { " so far" };
    for line in counts.in_words() {
        let text = RichText::new(format!("{line}{so_far}")).small();
        ui.add(Label::new(text).wrap());
    }
    if counts.failed > 0 {
        let text = RichText::new(format!("{} cannot be read", counts.failed)).small();
        ui.add(Label::new(text.color(palette.muted)).wrap());
    }
    if let Some(progress) = counts.progress() {
        let readable = counts.total - counts.failed;
        let share = counts.judged as f32 / readable.max(1) as f32;
        ui.add(
            ProgressBar::new(share)
                .desired_height(4.0)
                .fill(palette.accent),
        );
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(progress).small().color(palette.muted));
            if applied.asking {
                let hint =
                    "Asks for no further verdicts; the sliders stay, and undo takes them back";
                let cancel = ui.small_button("Cancel applying").on_hover_text(hint);
                if cancel.clicked() {
                    pane.emit(Command::Batch(BatchCommand::StopApplying));
                }
            }
        });
    }
}

/// Below the sliders: their values on other lesions.
pub(crate) fn apply_buttons(pane: &mut Pane<'_>, ui: &mut Ui) {
    let shown = pane.state.table.shown().len();
    if shown < 2 {
        return;
    }
    let palette = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.label(RichText::new("On other lesions").color(palette.muted));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        let hint = "Puts these sliders on every lesion of the list, and counts the verdicts that change. Undo takes it back";
        let text = format!("Apply to all {shown}");
        let command = BatchCommand::Apply(Whom::All);
        let why = applying::obstacle(pane.state, Whom::All);
        button(pane, ui, (&text, hint), why, command);
        let selected = pane.state.marked().len();
        if selected > 1 {
            let hint = "Puts these sliders on the lesions that are selected in the list. Undo takes it back";
            let text = format!("Apply to {selected} selected");
            let command = BatchCommand::Apply(Whom::Selected);
            let why = applying::obstacle(pane.state, Whom::Selected);
            button(pane, ui, (&text, hint), why, command);
        }
    });
}

/// Below the form of searches: the same search on other lesions.
pub(crate) fn search_buttons(pane: &mut Pane<'_>, ui: &mut Ui) {
    let shown = pane.state.table.shown().len();
    if shown < 2 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let hint = "Runs this search on every lesion of the list, one after another; the direction follows each lesion's verdict";
        let text = format!("Search all {shown}");
        let why = searching::obstacle(pane.state, Whom::All);
        button(pane, ui, (&text, hint), why, BatchCommand::Search(Whom::All));
        let selected = pane.state.marked().len();
        if selected > 1 {
            let hint = "Runs this search on the lesions that are selected in the list";
            let text = format!("Search {selected} selected");
            let why = searching::obstacle(pane.state, Whom::Selected);
            let command = BatchCommand::Search(Whom::Selected);
            button(pane, ui, (&text, hint), why, command);
        }
    });
}

/// A button that says why it is not available.
fn button(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    (text, hint): (&str, &str),
    obstacle: Option<impl Into<String>>,
    command: BatchCommand,
) {
    let button = ui.add_enabled(obstacle.is_none(), Button::new(text));
    let button = match obstacle {
        Some(why) => button.on_disabled_hover_text(why.into()),
        None => button.on_hover_text(hint),
    };
    if button.clicked() {
        pane.emit(Command::Batch(command));
    }
}
