//! What is drawn of batch actions: what an alteration does to the lesions of the list, the buttons that start them, and the table of
//! findings.

mod findings;
mod progress;

use egui::{Button, Label, ProgressBar, RichText, Ui};

use flipscope_language::text;

use crate::explorer::batch::command::{BatchCommand, Whom};
use crate::explorer::batch::{applying, searching};
use crate::explorer::command::Command;
use crate::explorer::explore::list::arrange::Filter;
use crate::explorer::explore::list::command::ListCommand;
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
    let heading = RichText::new(text!("batch-altered", words = words))
        .small()
        .strong();
    ui.add(Label::new(heading).wrap());
    for line in counts.in_words() {
        let line = if counts.is_complete() {
            line
        } else {
            text!("batch-so-far", line = line)
        };
        let text = RichText::new(line).small();
        ui.add(Label::new(text).wrap());
    }
    if counts.failed > 0 {
        let text = RichText::new(text!("batch-unreadable", count = counts.failed)).small();
        ui.add(Label::new(text.color(palette.muted)).wrap());
    }
    if counts.is_complete()
        && counts.changed > 0
        && pane.state.list.chosen.filter != Filter::Flipped
    {
        let only = ui
            .button(text!("batch-list-flipped"))
            .on_hover_text(text!("batch-list-flipped.hover"));
        if only.clicked() {
            pane.emit(Command::List(ListCommand::Filter(Filter::Flipped)));
        }
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
                let hint = text!("batch-cancel-applying.hover");
                let cancel = ui
                    .button(text!("batch-cancel-applying"))
                    .on_hover_text(hint);
                if cancel.clicked() {
                    pane.emit(Command::Batch(BatchCommand::StopApplying));
                }
            }
        });
    }
}

/// Below the sliders: their values on other lesions.
pub(crate) fn apply_buttons(pane: &mut Pane<'_>, ui: &mut Ui) {
    let shown = pane.state.list.shown().len();
    if shown < 2 {
        return;
    }
    let palette = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.label(RichText::new(text!("batch-on-others")).color(palette.muted));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        let hint = text!("batch-apply-to-all-hover");
        let text = text!("batch-apply-to-all", count = shown);
        let command = BatchCommand::Apply(Whom::All);
        let why = applying::obstacle(pane.state, Whom::All);
        button(pane, ui, (&text, hint), why, command);
        let selected = pane.state.marked().len();
        if selected > 1 {
            let hint = text!("batch-apply-to-selected-hover");
            let text = text!("batch-apply-to-selected", count = selected);
            let command = BatchCommand::Apply(Whom::Selected);
            let why = applying::obstacle(pane.state, Whom::Selected);
            button(pane, ui, (&text, hint), why, command);
        }
    });
}

/// Below the form of searches: the same search on other lesions.
pub(crate) fn search_buttons(pane: &mut Pane<'_>, ui: &mut Ui) {
    let shown = searching::searchable(pane.state, Whom::All);
    if shown < 2 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let hint = text!("batch-search-every-hover");
        let (before, of) = searching::searched_of(pane.state, Whom::All);
        let text = if (1..of).contains(&before) {
            text!("batch-search-others", count = of - before)
        } else {
            text!("batch-search-every", count = shown)
        };
        let why = searching::obstacle(pane.state, Whom::All);
        button(
            pane,
            ui,
            (&text, hint),
            why,
            BatchCommand::Search(Whom::All),
        );
        let selected = searching::searchable(pane.state, Whom::Selected);
        if selected > 1 {
            let hint = text!("batch-search-marked-hover");
            let text = text!("batch-search-marked", count = selected);
            let why = searching::obstacle(pane.state, Whom::Selected);
            let command = BatchCommand::Search(Whom::Selected);
            button(pane, ui, (&text, hint), why, command);
        }
    });
    let palette = theme::palette(ui.ctx());
    let direction = RichText::new(text!("batch-search-direction"));
    ui.add(Label::new(direction.small().color(palette.muted)).wrap());
    searched_before(pane, ui);
}

/// How many lesions of the list were searched before as the form says, and the choice to search them again.
fn searched_before(pane: &mut Pane<'_>, ui: &mut Ui) {
    let (before, of) = searching::searched_of(pane.state, Whom::All);
    if before == 0 {
        return;
    }
    let palette = theme::palette(ui.ctx());
    ui.horizontal_wrapped(|ui| {
        let text = text!("batch-searched-of", before = before, count = of);
        ui.label(RichText::new(text).small().color(palette.muted));
        let text = text!("batch-search-again", count = of);
        let hint = text!("batch-search-again-hover");
        let why = searching::obstacle_to_again(pane.state, Whom::All);
        let command = BatchCommand::SearchAgain(Whom::All);
        button(pane, ui, (&text, hint), why, command);
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
