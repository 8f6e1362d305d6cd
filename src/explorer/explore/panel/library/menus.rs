//! The menus of the list: which lesions are shown; labels, order, selecting and closing.

use egui::{Button, Popup, Ui};

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::panel::library::header::titles;
use crate::explorer::explore::table::command::TableCommand;
use crate::explorer::explore::table::rows::{Column, Filter, NEAR, Sort};
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;

/// The choice of the lesions that are shown.
pub(super) fn filter(pane: &mut Pane<'_>, ui: &mut Ui) {
    let chosen = pane.state.table.chosen.filter;
    let now = format!("Now: {}", name(chosen));
    let button = icon_button(ui, Icon::Filter, "Filter the list", &now);
    if chosen != Filter::All {
        // Some are hidden: that is marked.
        let at = button.rect.right_top() + egui::vec2(-5.0, 5.0);
        let palette = theme::palette(ui.ctx());
        ui.painter().circle_filled(at, 3.0, palette.accent);
    }
    Popup::menu(&button).show(|ui| {
        scroll_layout::menu(ui, |ui| {
            let known = pane.state.table.counts.known > 0;
            for filter in Filter::ALL {
                let enabled = known || !filter.needs_truth() || filter == chosen;
                let radio = egui::RadioButton::new(filter == chosen, name(filter));
                let hint = if enabled {
                    hint(filter)
                } else {
                    "Needs labels: Labels… in the list's menu".to_owned()
                };
                let radio = ui.add_enabled(enabled, radio).on_hover_text(&hint);
                if radio.on_disabled_hover_text(hint).clicked() {
                    pane.emit(Command::Table(TableCommand::Filter(filter)));
                    ui.close();
                }
            }
        });
    });
}

/// A filter's name in the menu.
fn name(filter: Filter) -> &'static str {
    match filter {
        Filter::All => "All lesions",
        Filter::Wrong => "Wrong verdicts",
        Filter::Flipped => "Flipped",
        Filter::NearThreshold => "Near the threshold",
        Filter::Melanomas => "Melanomas",
        Filter::Nevi => "Nevi",
    }
}

fn hint(filter: Filter) -> String {
    match filter {
        Filter::All => "Everything that is open".to_owned(),
        Filter::Wrong => "Those whose verdict is not the truth".to_owned(),
        Filter::Flipped => "Those whose verdict the sliders or a finding turn".to_owned(),
        Filter::NearThreshold => {
            format!("Those whose P(melanoma) is within {NEAR} of the threshold")
        }
        Filter::Melanomas => "Those that are melanomas according to the labels".to_owned(),
        Filter::Nevi => "Those that are nevi according to the labels".to_owned(),
    }
}

/// Everything else about the list.
pub(super) fn more(pane: &mut Pane<'_>, ui: &mut Ui) {
    let hint = "Labels, order, grid or table, selecting and closing";
    let button = icon_button(ui, Icon::More, "Menu of the list", hint);
    Popup::menu(&button).show(|ui| {
        scroll_layout::menu(ui, |ui| {
            let labels = "Reads the diagnoses of the open photographs from a table (CSV)";
            entry(pane, ui, ("Labels…", labels), true, TableCommand::AskLabels);
            let any = !pane.state.table.truths.is_empty();
            let forget = (
                "Forget labels",
                "Takes truth, right and wrong out of the list",
            );
            entry(pane, ui, forget, any, TableCommand::ForgetLabels);
            ui.separator();
            ui.menu_button("Sort by", |ui| sort(pane, ui));
            let grid = pane.state.table.grid;
            let hint = "Shows the pictures side by side, to look at many at once";
            if ui
                .radio(grid, "Grid of pictures")
                .on_hover_text(hint)
                .clicked()
            {
                pane.emit(Command::Table(TableCommand::Grid(true)));
                ui.close();
            }
            let hint = "Shows one lesion a row, with as many columns as the list has room for";
            if ui.radio(!grid, "Table").on_hover_text(hint).clicked() {
                pane.emit(Command::Table(TableCommand::Grid(false)));
                ui.close();
            }
            ui.separator();
            let all = ("Select all", "Selects every lesion that the list shows");
            entry(pane, ui, all, true, TableCommand::MarkAll);
            let marked = pane.state.marked();
            closing(pane, ui, &marked);
        });
    });
}

fn sort(pane: &mut Pane<'_>, ui: &mut Ui) {
    let now = pane.state.table.chosen.sort;
    for column in Column::ALL {
        let (_, name, meaning) = titles(column);
        let mut capital = name.to_owned();
        if let Some(first) = capital.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let chosen = now.is_some_and(|sort| sort.column == column);
        let text = match now {
            Some(Sort { reversed: true, .. }) if chosen => format!("{capital}, reversed"),
            _ => capital,
        };
        if ui.radio(chosen, text).on_hover_text(meaning).clicked() {
            pane.emit(Command::Table(TableCommand::Sort(column)));
            ui.close();
        }
    }
}

/// The ways of closing: what is selected, everything else, everything.
pub(super) fn closing(pane: &mut Pane<'_>, ui: &mut Ui, selected: &[LesionId]) {
    let all: Vec<LesionId> = pane.state.lesions.iter().map(|lesion| lesion.id).collect();
    let others = (all.iter().copied()).filter(|id| !selected.contains(id));
    let others: Vec<LesionId> = others.collect();
    let close = match selected.len() {
        0 | 1 => "Close lesion".to_owned(),
        count => format!("Close {count} lesions"),
    };
    let undone = "Takes them out of the list; undo brings them back";
    let command = TableCommand::Close(selected.to_vec());
    entry(pane, ui, (&close, undone), !selected.is_empty(), command);
    let any = !others.is_empty() && !selected.is_empty();
    let command = TableCommand::Close(others);
    entry(pane, ui, ("Close others", undone), any, command);
    entry(
        pane,
        ui,
        ("Close all", undone),
        true,
        TableCommand::Close(all),
    );
}

fn entry(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    (text, hint): (&str, &str),
    enabled: bool,
    command: TableCommand,
) {
    let button = ui
        .add_enabled(enabled, Button::new(text))
        .on_hover_text(hint);
    if button.clicked() {
        pane.emit(Command::Table(command));
        ui.close();
    }
}
