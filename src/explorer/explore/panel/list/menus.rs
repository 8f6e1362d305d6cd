//! The menus of the list: which lesions are shown; labels, order, selecting and closing.

use egui::{Button, Popup, Ui};

use flipscope_language::{decimal, text};

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::list::arrange::{Filter, NEAR, Sort};
use crate::explorer::explore::list::columns::Column;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::explore::panel::list::header::titles;
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;
use crate::explorer::widgets::Marked;

/// The choice of the lesions that are shown.
pub(super) fn filter(pane: &mut Pane<'_>, ui: &mut Ui) {
    let hides = pane.state.presenter.guesses();
    let chosen = match pane.state.list.chosen.filter {
        filter if hides && filter.gives_away() => Filter::All,
        filter => filter,
    };
    let now = text!("list-filter.hover", name = name(chosen));
    let button = icon_button(ui, Icon::Filter, text!("list-filter"), &now);
    if chosen != Filter::All {
        // Some are hidden: that is marked.
        let at = button.rect.right_top() + egui::vec2(-5.0, 5.0);
        let palette = theme::palette(ui.ctx());
        ui.painter().circle_filled(at, 3.0, palette.accent);
    }
    Popup::menu(&button).show(|ui| {
        scroll_layout::menu(ui, |ui| {
            let known = pane.state.list.counts.known > 0;
            for filter in Filter::ALL {
                let hidden = hides && filter.gives_away();
                let enabled = !hidden && (known || !filter.needs_truth() || filter == chosen);
                let radio = Marked(egui::RadioButton::new(filter == chosen, name(filter)));
                let hint = if enabled {
                    hint(filter)
                } else if hidden {
                    text!("list-filter-hidden").to_owned()
                } else {
                    text!("list-filter-needs-labels").to_owned()
                };
                let radio = ui.add_enabled(enabled, radio).on_hover_text(&hint);
                if radio.on_disabled_hover_text(hint).clicked() {
                    pane.emit(Command::List(ListCommand::Filter(filter)));
                    ui.close();
                }
            }
        });
    });
}

/// A filter's name in the menu.
fn name(filter: Filter) -> &'static str {
    match filter {
        Filter::All => text!("list-filter-all"),
        Filter::Wrong => text!("list-filter-wrong"),
        Filter::Flipped => text!("list-filter-flipped"),
        Filter::NearThreshold => text!("list-filter-near"),
        Filter::Melanomas => text!("list-filter-melanomas"),
        Filter::Nevi => text!("list-filter-nevi"),
    }
}

fn hint(filter: Filter) -> String {
    match filter {
        Filter::All => text!("list-filter-all.hover").to_owned(),
        Filter::Wrong => text!("list-filter-wrong.hover").to_owned(),
        Filter::Flipped => text!("list-filter-flipped.hover").to_owned(),
        Filter::NearThreshold => {
            text!("list-filter-near.hover", near = decimal(NEAR))
        }
        Filter::Melanomas => text!("list-filter-melanomas.hover").to_owned(),
        Filter::Nevi => text!("list-filter-nevi.hover").to_owned(),
    }
}

/// Everything else about the list.
pub(super) fn more(pane: &mut Pane<'_>, ui: &mut Ui) {
    let button = icon_button(ui, Icon::More, text!("list-menu"), text!("list-menu.hover"));
    Popup::menu(&button).show(|ui| {
        scroll_layout::menu(ui, |ui| {
            let labels = (text!("list-labels"), text!("list-labels.hover"));
            entry(pane, ui, labels, true, ListCommand::AskLabels);
            let any = !pane.state.list.truths.is_empty();
            let forget = (
                text!("list-forget-labels"),
                text!("list-forget-labels.hover"),
            );
            entry(pane, ui, forget, any, ListCommand::ForgetLabels);
            ui.separator();
            ui.menu_button(text!("list-sort-by"), |ui| sort(pane, ui));
            let grid = pane.state.list.grid;
            let hint = text!("list-grid.hover");
            if ui
                .add(Marked(egui::RadioButton::new(grid, text!("list-grid"))))
                .on_hover_text(hint)
                .clicked()
            {
                pane.emit(Command::List(ListCommand::Grid(true)));
                ui.close();
            }
            let hint = text!("list-table.hover");
            if ui
                .add(Marked(egui::RadioButton::new(!grid, text!("list-table"))))
                .on_hover_text(hint)
                .clicked()
            {
                pane.emit(Command::List(ListCommand::Grid(false)));
                ui.close();
            }
            ui.separator();
            let all = (text!("list-select-all"), text!("list-select-all.hover"));
            entry(pane, ui, all, true, ListCommand::MarkAll);
            let marked = pane.state.marked();
            closing(pane, ui, &marked);
        });
    });
}

fn sort(pane: &mut Pane<'_>, ui: &mut Ui) {
    let now = pane.state.list.chosen.sort;
    for column in Column::ALL {
        let titles = titles(column);
        let chosen = now.is_some_and(|sort| sort.column == column);
        let text = match now {
            Some(Sort { reversed: true, .. }) if chosen => {
                text!("list-sorted-reversed", column = titles.menu)
            }
            _ => titles.menu.to_owned(),
        };
        // It would say something about verdicts that are to be guessed.
        let hidden = pane.state.presenter.guesses() && column.gives_away();
        let radio = ui.add_enabled(
            !hidden,
            Marked(egui::RadioButton::new(chosen && !hidden, text)),
        );
        let radio = radio.on_disabled_hover_text(text!("list-sorted-hidden"));
        if radio.on_hover_text(titles.meaning).clicked() {
            pane.emit(Command::List(ListCommand::Sort(column)));
            ui.close();
        }
    }
}

/// The ways of closing: what is selected, everything else, everything.
pub(super) fn closing(pane: &mut Pane<'_>, ui: &mut Ui, selected: &[LesionId]) {
    let all: Vec<LesionId> = pane.state.lesions.iter().map(|lesion| lesion.id).collect();
    let others = (all.iter().copied()).filter(|id| !selected.contains(id));
    let others: Vec<LesionId> = others.collect();
    let close = text!("list-close", count = selected.len().max(1));
    let undone = text!("list-close-hover");
    let command = ListCommand::Close(selected.to_vec());
    entry(pane, ui, (&close, undone), !selected.is_empty(), command);
    let any = !others.is_empty() && !selected.is_empty();
    let command = ListCommand::Close(others);
    entry(pane, ui, (text!("list-close-others"), undone), any, command);
    entry(
        pane,
        ui,
        (text!("list-close-all"), undone),
        true,
        ListCommand::Close(all),
    );
}

fn entry(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    (text, hint): (&str, &str),
    enabled: bool,
    command: ListCommand,
) {
    let button = ui
        .add_enabled(enabled, Button::new(text))
        .on_hover_text(hint);
    if button.clicked() {
        pane.emit(Command::List(command));
        ui.close();
    }
}
