//! The window in which a path is typed.

use egui::text::{CCursor, CCursorRange};
use egui::{Context, Frame, Id, Key, Label, Modal, RichText, TextEdit, Ui, accesskit};

use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;
use crate::explorer::typed_path::command::TypedPathCommand;
use crate::explorer::typed_path::state::TypedPath;
use crate::explorer::widgets::primary;
use crate::explorer::wording::sentence;

/// Width in points: a path is long.
const WIDTH: f32 = 560.0;

pub(crate) fn show(pane: &mut Pane<'_>, ctx: &Context) {
    let Some(typed) = &pane.state.typed_path else {
        return;
    };
    let frame = Frame::popup(&ctx.global_style()).inner_margin(16);
    let modal = Modal::new(Id::unique("typed path"))
        .frame(frame)
        .show(ctx, |ui| {
            ui.set_width(scroll_layout::modal_width(ui, WIDTH));
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(accesskit::Role::Dialog);
                node.set_label(typed.dialog.title());
                node.set_modal();
            });
            content(pane, ui, typed);
        });
    if modal.should_close() {
        pane.emit(Command::TypedPath(TypedPathCommand::Cancel));
    }
}

fn content(pane: &mut Pane<'_>, ui: &mut Ui, typed: &TypedPath) {
    let palette = theme::palette(ui.ctx());
    let title = RichText::new(typed.dialog.title()).font(theme::large_number(17.0));
    ui.add(Label::new(title).wrap());
    ui.add_space(theme::GAP);
    let label = ui.label(text!("typed-path"));
    let mut path = typed.text.clone();
    let enter = ui.input(|input| input.key_pressed(Key::Enter));
    let field = ui
        .add(TextEdit::singleline(&mut path).desired_width(f32::INFINITY))
        .labelled_by(label.id);
    let typing = field.has_focus() || field.lost_focus();
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
        // The cursor goes behind the proposed name: egui remembers where it was in what was typed here the last time.
        let end = CCursor::new(path.chars().count());
        let mut edit = TextEdit::load_state(ui.ctx(), field.id).unwrap_or_default();
        edit.cursor.set_char_range(Some(CCursorRange::one(end)));
        edit.store(ui.ctx(), field.id);
    }
    let is_there = !path.trim().is_empty();
    if path != typed.text {
        pane.emit(Command::TypedPath(TypedPathCommand::Set(path)));
    }
    if let Some(why) = &typed.refused {
        let why = RichText::new(sentence(why)).color(palette.error);
        ui.add(Label::new(why).wrap());
    }
    let writes = typed.dialog.writes().is_some();
    let hint = if writes {
        text!("typed-path-hint-to-write")
    } else {
        text!("typed-path-hint")
    };
    let hint = RichText::new(hint).small().color(palette.muted);
    ui.add(Label::new(hint).wrap());
    ui.add_space(theme::GROUP);
    let mut done = typing && enter && is_there;
    ui.horizontal_wrapped(|ui| {
        let take = if writes {
            text!("typed-path-write")
        } else {
            text!("typed-path-open")
        };
        done |= primary(ui, take, is_there).clicked();
        if ui.button(text!("cancel")).clicked() {
            pane.emit(Command::TypedPath(TypedPathCommand::Cancel));
        }
    });
    if done {
        pane.emit(Command::TypedPath(TypedPathCommand::Done));
    }
}
