//! The question before something is lost: what would be lost, and the choices.

use egui::accesskit;
use egui::{Button, Context, Frame, Id, Label, Modal, Response, RichText, Ui};
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::command::Decision;
use crate::explorer::explore::lesion::{Lesion, LesionId};
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::panels::Pane;
use crate::explorer::theme;
use crate::explorer::unsaved_work::UnsavedWork;
use crate::explorer::widgets::primary;

/// Width of the question in points.
const WIDTH: f32 = 460.0;

pub(super) fn show(pane: &mut Pane<'_>, ctx: &Context) {
    let Some(leaving) = &pane.state.leaving else {
        return;
    };
    let then = &*leaving.then;
    let losses = UnsavedWork::of(pane.state, then);
    let title = title(pane, then);
    let mut decided = None;
    let frame = Frame::popup(&ctx.global_style()).inner_margin(16);
    let modal = Modal::new(Id::unique("leaving"))
        .frame(frame)
        .show(ctx, |ui| {
            ui.set_width(WIDTH.min(ctx.content_rect().width() - 40.0));
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(accesskit::Role::AlertDialog);
                node.set_label(title.as_str());
                node.set_modal();
            });
            ui.label(RichText::new(&title).font(theme::large_number(17.0)));
            ui.add_space(theme::GAP);
            if losses.is_empty() {
                ui.label(text!("leaving-nothing-lost"));
            }
            for sentence in &losses.sentences {
                ui.add(Label::new(sentence).wrap());
            }
            let kept = UnsavedWork::kept_by_session(pane.state);
            if matches!(then, Command::Quit) && !losses.is_empty() && kept > 0 {
                let sentence = text!("leaving-session-keeps", count = kept);
                ui.add(Label::new(sentence).wrap());
            }
            ui.add_space(theme::GROUP);
            let saving = leaving.saving.is_some();
            ui.horizontal_wrapped(|ui| decided = buttons(ui, then, &losses, saving));
        });
    if modal.should_close() {
        decided = Some(Decision::Cancel);
    }
    if let Some(decision) = decided {
        pane.emit(Command::Decide(decision));
    }
}

fn title(pane: &Pane<'_>, then: &Command) -> String {
    match then {
        Command::Quit => text!("leaving-quit").to_owned(),
        Command::Close(id) => close(pane, &[*id]),
        Command::List(ListCommand::Close(ids)) => close(pane, ids),
        Command::Session(_) => text!("leaving-session").to_owned(),
        Command::Remedy(_) => text!("leaving-remedy").to_owned(),
        _ => text!("leaving-model").to_owned(),
    }
}

fn close(pane: &Pane<'_>, ids: &[LesionId]) -> String {
    match ids {
        [id] => {
            let lesion = pane.state.lesion(*id);
            let name = lesion.map_or(text!("leaving-the-lesion").into(), Lesion::shown);
            text!("leaving-close", name = name)
        }
        ids => text!("leaving-close-many", count = ids.len()),
    }
}

/// The choices. The keyboard focus stays on the buttons, first on the one that loses nothing.
fn buttons(ui: &mut Ui, then: &Command, losses: &UnsavedWork, saving: bool) -> Option<Decision> {
    let mut shown: Vec<(Response, Decision)> = Vec::new();
    if saving {
        ui.spinner();
        ui.label(text!("leaving-saving"));
    } else {
        if losses.can_be_saved(then) {
            let hint = text!("leaving-save.hover");
            let save = primary(ui, text!("leaving-save"), true).on_hover_text(hint);
            shown.push((save, Decision::Save));
        }
        let discard = match (then, losses.is_empty()) {
            (Command::Quit, true) => text!("file-quit"),
            // What is running stops, and is kept or cannot be: there is nothing to save.
            (Command::Quit, false) if !losses.can_be_saved(then) => text!("file-quit"),
            (Command::Quit, false) => text!("leaving-quit-anyway"),
            (Command::Close(_) | Command::List(ListCommand::Close(_)), true) => text!("close"),
            (Command::Close(_) | Command::List(ListCommand::Close(_)), false) => {
                text!("leaving-close-anyway")
            }
            (Command::Session(_), true) => text!("leaving-open"),
            (Command::Session(_), false) => text!("leaving-open-anyway"),
            (Command::Remedy(_), true) => text!("leaving-change"),
            (Command::Remedy(_), false) => text!("leaving-change-anyway"),
            (_, true) => text!("leaving-load"),
            (_, false) => text!("leaving-load-anyway"),
        };
        shown.push((ui.button(discard), Decision::Discard));
    }
    shown.push((ui.add(Button::new(text!("cancel"))), Decision::Cancel));
    if !shown.iter().any(|(button, _)| button.has_focus()) {
        let safe = (shown.iter()).find(|(_, decision)| *decision != Decision::Discard);
        if let Some((button, _)) = safe {
            button.request_focus();
        }
    }
    let clicked = shown.into_iter().find(|(button, _)| button.clicked());
    clicked.map(|(_, decision)| decision)
}
