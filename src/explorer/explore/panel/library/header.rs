//! The titles above the rows: a click sorts, another one reverses, a third one restores the order as opened.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::explorer::command::Command;
use crate::explorer::explore::panel::library::columns::{Card, Form};
use crate::explorer::explore::table::command::TableCommand;
use crate::explorer::explore::table::rows::{Column, Sort};
use crate::explorer::panels::Pane;
use crate::explorer::theme;

/// Height of a line in points.
const HEIGHT: f32 = 20.0;

/// The title of a column, its name in a sentence, and what it says.
pub(super) fn titles(column: Column) -> (&'static str, &'static str, &'static str) {
    match column {
        Column::Name => ("Name", "name", "The photograph's file name"),
        Column::Truth => (
            "Truth",
            "truth",
            "The diagnosis that the table of labels gives",
        ),
        Column::P => (
            "P",
            "P(melanoma)",
            "P(melanoma): the model's probability of melanoma for the unaltered picture",
        ),
        Column::Verdict => (
            "Verdict",
            "verdict",
            "What the model calls it: melanoma if P(melanoma) is at or above the threshold",
        ),
        Column::Outcome => (
            "Right?",
            "right or wrong",
            "Whether the verdict agrees with the truth",
        ),
        Column::Altered => (
            "Altered",
            "P(melanoma), altered",
            "P(melanoma) of the picture as its sliders alter it, and the verdict; empty if they alter nothing",
        ),
        Column::FlippedBy => (
            "Flipped by",
            "what flips it",
            "The sliders or findings that turn the verdict into the other one",
        ),
        Column::Smallest => (
            "Smallest ΔE",
            "smallest change",
            "The smallest change that is known to flip the verdict: ΔE2000, mean over the picture",
        ),
    }
}

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, form: &Form) {
    let lines = match form {
        // The pictures of a grid are sorted by the list's menu.
        Form::Thumbnails | Form::Grid(_) => return,
        Form::Table(_) => 1.0,
        Form::Cards => 2.0,
    };
    let size = vec2(ui.available_width(), lines * HEIGHT);
    let (row, _) = ui.allocate_exact_size(size, Sense::hover());
    match form {
        Form::Thumbnails | Form::Grid(_) => {}
        Form::Table(cells) => {
            for cell in cells {
                title(pane, ui, cell.column, cell.within(row));
            }
        }
        Form::Cards => {
            // Each above what it sorts: P, right and wrong are in the second line of a card.
            let first = row.with_max_y(row.center().y);
            let second = row.with_min_y(row.center().y);
            let card = Card::of(row);
            let places = [
                (Column::Name, card.name, first),
                (Column::P, card.p, second),
                (Column::Outcome, card.outcome, second),
            ];
            for (column, of_card, line) in places {
                let place = Rect::from_x_y_ranges(of_card.x_range(), line.y_range());
                title(pane, ui, column, place);
            }
        }
    }
}

fn title(pane: &mut Pane<'_>, ui: &mut Ui, column: Column, place: Rect) {
    let palette = theme::palette(ui.ctx());
    let (title, name, meaning) = titles(column);
    let sort = (pane.state.table.chosen.sort).filter(|sort| sort.column == column);
    let id = egui::Id::unique(("title of a column", title));
    let response = ui.interact(place, id, Sense::click());
    let label = format!("Sort by {name}");
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, sort.is_some(), &label));
    let (now, next) = match sort {
        None => ("not sorted by it", "Click to sort"),
        Some(Sort {
            reversed: false, ..
        }) => ("sorted, the smallest first", "Click to reverse"),
        Some(Sort { reversed: true, .. }) => {
            ("sorted, the largest first", "Click for the order as opened")
        }
    };
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(now);
    });
    let strong = sort.is_some() || response.hovered() || response.has_focus();
    let colour = if strong { palette.text } else { palette.muted };
    let font = FontId::new(11.5, theme::semibold());
    let left = place.left_center();
    let painter = ui.painter().with_clip_rect(place);
    let text = painter.text(left, Align2::LEFT_CENTER, title, font, colour);
    if let Some(sort) = sort {
        let tip = pos2(
            (text.right() + 7.0).min(place.right() - 4.0),
            place.center().y,
        );
        ui.painter().add(arrow(tip, sort.reversed, colour));
    }
    if response.has_focus() {
        let edge = Stroke::new(1.0, palette.accent);
        let radius = f32::from(theme::RADIUS);
        (ui.painter()).rect_stroke(place, radius, edge, egui::StrokeKind::Inside);
    }
    let response = response.on_hover_text(format!("{meaning}\n{next}"));
    if response.clicked() {
        pane.emit(Command::Table(TableCommand::Sort(column)));
    }
}

/// Upwards: the smallest first.
fn arrow(centre: Pos2, down: bool, colour: egui::Color32) -> Shape {
    let y = if down { -2.5 } else { 2.5 };
    let corners = [vec2(-3.5, y), vec2(3.5, y), vec2(0.0, -y)];
    let corners = corners.map(|corner| centre + corner).to_vec();
    Shape::convex_polygon(corners, colour, Stroke::NONE)
}
