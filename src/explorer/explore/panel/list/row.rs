//! One row of the list: what it says, what its clicks and its menu do. How it looks is in `paint`.

use egui::{Id, Rect, Role, Sense, Ui, WidgetInfo};

use flipscope_base::human::{self, probability_beside};
use flipscope_base::untrusted;
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::{Lesion, LesionId, Origin, Picture};
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::explore::list::rows::{Outcome, Row};
use crate::explorer::explore::panel::list::columns::Form;
use crate::explorer::explore::panel::list::menus;
use crate::explorer::explore::panel::list::paint::Painted;
use crate::explorer::panels::Pane;

pub(super) fn show(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    form: &Form,
    rect: Rect,
    (lesion, data): (&Lesion, &Row),
) {
    let id = Id::unique(("row of a lesion", lesion.id.0));
    // The list as a whole has the keyboard, not one of its rows: those come and go as it scrolls.
    let response = ui.interact(rect, id, Sense::CLICK);
    // Until it is revealed, a row names the lesion and nothing else.
    let hidden = pane.state.presenter.hides(lesion.id);
    let concealed = hidden.then(|| data.concealed());
    let data = concealed.as_ref().unwrap_or(data);
    let said = if hidden {
        text!("list-row-hidden").to_owned()
    } else {
        said(pane, lesion)
    };
    let outcome = data.outcome(pane.state.threshold());
    let name = accessible_name(lesion, data, &said, outcome);
    let marked = pane.state.is_marked(lesion.id);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, marked, &name));
    if let Some(by) = &data.flipped_by {
        let by = by.shown();
        let flipped = match &data.smallest {
            Some(change) => {
                let size = human::size(change.delta_e);
                text!("list-row-flipped-smallest", by = by, size = size)
            }
            None => text!("list-row-flipped", by = by),
        };
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_description(flipped);
        });
    }
    if ui.is_rect_visible(rect) {
        let painted = Painted {
            lesion,
            data,
            said: &said,
            outcome,
            hidden,
        };
        painted.paint(pane, ui, form, &response);
    }
    let response = response.on_hover_ui(|ui| {
        ui.label(tip((lesion, hidden), data, &said, outcome));
    });
    response.context_menu(|ui| {
        if matches!(lesion.picture, Picture::Failed(_))
            && ui.button(text!("explore-try-again")).clicked()
        {
            pane.emit(Command::ReadAgain);
            ui.close();
        }
        let selected = if marked {
            pane.state.marked()
        } else {
            vec![lesion.id]
        };
        menus::closing(pane, ui, &selected);
    });
    if response.clicked() {
        clicked(pane, ui, lesion.id);
    }
}

/// A row was clicked: the list has the keyboard from the next frame on. In this one, a number that is being typed is still
/// taken in.
pub(super) fn keyboard_to_list() -> Id {
    Id::unique("the list gets the keyboard")
}

/// Ctrl adds, Shift selects up to here; otherwise it is explored.
fn clicked(pane: &mut Pane<'_>, ui: &Ui, id: LesionId) {
    ui.data_mut(|data| data.insert_temp(keyboard_to_list(), true));
    let modifiers = ui.input(|input| input.modifiers);
    if modifiers.command {
        pane.emit(Command::List(ListCommand::Mark(id)));
    } else if modifiers.shift {
        pane.emit(Command::List(ListCommand::MarkTo(id)));
    } else {
        pane.emit(Command::List(ListCommand::MarkNone));
        pane.emit(Command::Select(id));
    }
}

/// The verdict, or why there is none yet.
fn said(pane: &Pane<'_>, lesion: &Lesion) -> String {
    match (&lesion.picture, &lesion.answers.primary.before) {
        (Picture::Loading, _) => text!("list-row-reading").to_owned(),
        (Picture::Failed(_), _) => text!("list-row-unreadable").to_owned(),
        (_, None) if pane.state.model.ready.is_some() => text!("list-row-updating").to_owned(),
        (_, None) => "…".to_owned(),
        (_, Some(judged)) => format!(
            "{} {}",
            probability_beside(judged.verdict.p_melanoma, pane.state.threshold(), 2),
            pane.state.label(&judged.verdict).in_words()
        ),
    }
}

fn accessible_name(lesion: &Lesion, data: &Row, said: &str, outcome: Option<Outcome>) -> String {
    let name = lesion.shown();
    match (&data.truth, outcome) {
        (None, _) => format!("{name}, {said}"),
        (Some(truth), None) => text!(
            "list-row-truth",
            name = name,
            said = said,
            truth = truth.shown(),
        ),
        (Some(truth), Some(outcome)) => text!(
            "list-row-outcome",
            name = name,
            said = said,
            truth = truth.shown(),
            outcome = outcome.shown(),
        ),
    }
}

/// All that is known, for a row that has no room for it.
fn tip(
    (lesion, hidden): (&Lesion, bool),
    data: &Row,
    said: &str,
    outcome: Option<Outcome>,
) -> String {
    let mut lines = vec![lesion.shown().into_owned()];
    match (&lesion.picture, lesion.caption().filter(|_| !hidden)) {
        (Picture::Failed(error), _) => return error.clone(),
        (_, Some(caption)) => lines.push(caption.to_owned()),
        _ => {}
    }
    // Photographs of the same name are told apart by their folders, which may be named by the diagnosis.
    if let (Origin::File(path), false) = (&lesion.origin, hidden)
        && let Some(folder) = path.parent()
    {
        lines.push(text!("list-tip-folder", folder = untrusted::path(folder)));
    }
    lines.push(text!("list-tip-verdict", said = said));
    if let Some(truth) = &data.truth {
        let shown = if truth.text.is_empty() || *truth.text == *truth.name() {
            truth.shown().to_owned()
        } else {
            text!("list-tip-term", truth = truth.shown(), term = &*truth.text,)
        };
        lines.push(match outcome {
            None => text!("list-tip-truth", truth = shown),
            Some(Outcome::Right) => text!("list-tip-truth-right", truth = shown),
            Some(Outcome::Wrong) => text!("list-tip-truth-wrong", truth = shown),
        });
    }
    if let Some(by) = &data.flipped_by {
        lines.push(text!("list-tip-flipped", by = by.shown()));
    }
    if let Some(change) = &data.smallest {
        let size = human::size(change.delta_e);
        lines.push(text!(
            "list-tip-smallest",
            size = size,
            what = &*change.title.shown
        ));
    }
    lines.join("\n")
}
