//! Above the rows: opening, searching, filtering, the menu, and how many there are.

use egui::{Align, Key, Label, Layout, ProgressBar, RichText, Role, TextEdit, Ui, WidgetInfo};

use flipscope_language::text;

use crate::explorer::actions;
use crate::explorer::batch;
use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Picture;
use crate::explorer::explore::list::arrange::Filter;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::explore::list::counts::Counts;
use crate::explorer::explore::list::keys::list_id;
use crate::explorer::explore::panel::list::menus;
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::panels::Pane;
use crate::explorer::theme;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    ui.horizontal(|ui| {
        ui.label(theme::section(text!("list-lesions"), &palette));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            menus::more(pane, ui);
            if icon_button(ui, Icon::Folder, text!("file-open-folder"), "").clicked() {
                pane.emit(Command::AskFolder);
            }
            if icon_button(ui, Icon::Picture, text!("file-open-photographs"), "").clicked() {
                pane.emit(Command::AskPhotographs);
            }
        });
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            menus::filter(pane, ui);
            search(pane, ui, text!("list-find-by-name"));
        });
    });
    if pane.state.listing > 0 {
        small(ui, text!("list-looking-for-pictures"));
    }
    let lesions = &pane.state.lesions;
    let loading = |picture: &Picture| matches!(picture, Picture::Loading);
    let reading = (lesions.iter()).filter(|lesion| loading(&lesion.picture));
    let (reading, all) = (reading.count(), lesions.len());
    if reading > 3 {
        let read = all - reading;
        small(ui, &text!("list-read", read = read, all = all));
        let bar = ProgressBar::new(read as f32 / all as f32);
        ui.add(bar.desired_height(4.0).fill(palette.accent));
    }
    counts(pane, ui);
    batch::panel::applied(pane, ui);
}

/// The same above thumbnails alone.
pub(super) fn narrow(pane: &mut Pane<'_>, ui: &mut Ui) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        menus::filter(pane, ui);
        menus::more(pane, ui);
    });
    search(pane, ui, text!("list-find"));
    let (shown, all) = (pane.state.list.shown().len(), pane.state.lesions.len());
    if shown < all {
        let text = and_not_judged(pane, text!("list-some", shown = shown, all = all));
        let hint = text!("list-some-shown", shown = shown, all = all);
        small(ui, &text).on_hover_text(hint);
    }
}

/// How many are shown, and how often the model is wrong.
fn counts(pane: &Pane<'_>, ui: &mut Ui) {
    let table = &pane.state.list;
    let (shown, all) = (table.shown().len(), pane.state.lesions.len());
    let mut text = if shown < all {
        text!("list-some-shown", shown = shown, all = all)
    } else {
        text!("lesions", count = all)
    };
    text = and_not_judged(pane, text);
    if !table.marked.is_empty() {
        let count = pane.state.marked().len();
        text = text!("list-and-selected", text = text, count = count);
    }
    if table.reading_named > 0 {
        text = text!("list-and-reading-labels", text = text);
    }
    small(ui, &text);
    // One lesion is a count, too.
    let counts = (!pane.state.presenter.guesses()).then_some(&table.counts);
    if let Some(text) = counts.and_then(Counts::in_words) {
        small(ui, &text).on_hover_text(text!("list-counts-hover"));
    }
}

/// How many are missing only because they are not judged yet: without them, a short list looks complete.
fn and_not_judged(pane: &Pane<'_>, text: String) -> String {
    match pane.state.list.not_judged {
        0 => text,
        count => text!("list-and-not-judged", text = text, count = count),
    }
}

fn small(ui: &mut Ui, text: &str) -> egui::Response {
    let text = RichText::new(text).small();
    ui.add(Label::new(text.color(theme::palette(ui.ctx()).muted)).wrap())
}

/// The field for part of a name. Escape clears it; Enter goes to the list.
fn search(pane: &mut Pane<'_>, ui: &mut Ui, hint: &str) {
    let table = &pane.state.list;
    let mut text = table.chosen.search.clone();
    let field = TextEdit::singleline(&mut text)
        .id(egui::Id::unique("search in the list"))
        .hint_text(hint)
        .desired_width(f32::INFINITY);
    let response = ui.add(field);
    let label = text!("list-find-by-name");
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::TextInput, true, label);
        info.current_text_value = Some(table.chosen.search.clone());
        info
    });
    let asked = egui::Id::unique("search in the list was asked for");
    if ui.data(|data| data.get_temp(asked).unwrap_or(0_u64)) != table.find {
        ui.data_mut(|data| data.insert_temp(asked, table.find));
        response.request_focus();
    }
    let left_by = |key| response.lost_focus() && ui.input(|input| input.key_pressed(key));
    if left_by(Key::Escape) {
        text.clear();
    } else if left_by(Key::Enter) {
        ui.memory_mut(|memory| memory.request_focus(list_id()));
        let hidden = |id| table.position(id).is_none();
        if pane.state.selected.is_none_or(hidden) {
            pane.emit(Command::List(ListCommand::First));
        }
    }
    if text != pane.state.list.chosen.search {
        pane.emit(Command::List(ListCommand::Search(text)));
    }
    let keys = actions::edit::FIND.keys_text(ui.ctx());
    response.on_hover_text(text!("list-find-by-name.hover", keys = keys));
}

/// In place of rows, if none is shown.
pub(super) fn nothing(pane: &mut Pane<'_>, ui: &mut Ui) {
    ui.add_space(theme::GAP);
    small(ui, text!("list-no-lesion-is-like-this"));
    if ui
        .small_button(text!("list-show-all"))
        .on_hover_text(text!("list-show-all.hover"))
        .clicked()
    {
        pane.emit(Command::List(ListCommand::Filter(Filter::All)));
        pane.emit(Command::List(ListCommand::Search(String::new())));
    }
}
