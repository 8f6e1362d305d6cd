//! The titles above the rows: a click sorts, another one reverses, a third one restores the order as opened.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::explore::list::arrange::Sort;
use crate::explorer::explore::list::columns::Column;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::explore::panel::list::columns::{Card, Form, P_OF_CARD};
use crate::explorer::panels::Pane;
use crate::explorer::theme;

/// Height of a line in points.
const HEIGHT: f32 = 20.0;

/// How a column is called.
pub(super) struct Titles {
    /// Above the column.
    pub above: &'static str,
    /// The action that sorts by it.
    pub sort: &'static str,
    /// Among the columns in the menu.
    pub menu: &'static str,
    /// What it says.
    pub meaning: &'static str,
}

pub(super) fn titles(column: Column) -> Titles {
    match column {
        Column::Name => Titles {
            above: text!("list-column-name"),
            sort: text!("list-column-name.sort"),
            menu: text!("list-column-name.menu"),
            meaning: text!("list-column-name.hover"),
        },
        Column::Truth => Titles {
            above: text!("list-column-truth"),
            sort: text!("list-column-truth.sort"),
            menu: text!("list-column-truth.menu"),
            meaning: text!("list-column-truth.hover"),
        },
        Column::P => Titles {
            above: text!("list-column-p"),
            sort: text!("list-column-p.sort"),
            menu: text!("list-column-p.menu"),
            meaning: text!("list-column-p.hover"),
        },
        Column::Verdict => Titles {
            above: text!("list-column-verdict"),
            sort: text!("list-column-verdict.sort"),
            menu: text!("list-column-verdict.menu"),
            meaning: text!("list-column-verdict.hover"),
        },
        Column::Outcome => Titles {
            above: text!("list-column-outcome"),
            sort: text!("list-column-outcome.sort"),
            menu: text!("list-column-outcome.menu"),
            meaning: text!("list-column-outcome.hover"),
        },
        Column::Altered => Titles {
            above: text!("list-column-altered"),
            sort: text!("list-column-altered.sort"),
            menu: text!("list-column-altered.menu"),
            meaning: text!("list-column-altered.hover"),
        },
        Column::FlippedBy => Titles {
            above: text!("list-column-flipped-by"),
            sort: text!("list-column-flipped-by.sort"),
            menu: text!("list-column-flipped-by.menu"),
            meaning: text!("list-column-flipped-by.hover"),
        },
        Column::Smallest => Titles {
            above: text!("list-column-smallest"),
            sort: text!("list-column-smallest.sort"),
            menu: text!("list-column-smallest.menu"),
            meaning: text!("list-column-smallest.hover"),
        },
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
            // P stands above the label, and the titles side by side: a third line would be a third of a lesion.
            let first = row.with_max_y(row.center().y);
            let second = row.with_min_y(row.center().y);
            let card = Card::of(row);
            let at = card.verdict.left() + P_OF_CARD * card.verdict.width().max(0.0);
            let places = [
                (Column::Name, card.name, first),
                (Column::P, card.verdict.with_max_x(at - 4.0), second),
                (Column::Outcome, card.verdict.with_min_x(at), second),
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
    let titles = titles(column);
    let sort = (pane.state.list.chosen.sort).filter(|sort| sort.column == column);
    let id = egui::Id::unique(("title of a column", column as u8));
    let hidden = pane.state.presenter.guesses() && column.gives_away();
    let sort = sort.filter(|_| !hidden);
    let sense = if hidden {
        Sense::hover()
    } else {
        Sense::click()
    };
    let response = ui.interact(place, id, sense);
    response
        .widget_info(|| WidgetInfo::selected(Role::Button, !hidden, sort.is_some(), titles.sort));
    let (now, next) = match sort {
        None if hidden => (text!("list-sorted-not"), text!("list-sorted-hidden")),
        None => (text!("list-sorted-not"), text!("list-sorted-not.next")),
        Some(Sort {
            reversed: false, ..
        }) => (text!("list-sorted-up"), text!("list-sorted-up.next")),
        Some(Sort { reversed: true, .. }) => {
            (text!("list-sorted-down"), text!("list-sorted-down.next"))
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
    let text = painter.text(left, Align2::LEFT_CENTER, titles.above, font, colour);
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
    let response = response.on_hover_text(format!("{}\n{next}", titles.meaning));
    if response.clicked() {
        pane.emit(Command::List(ListCommand::Sort(column)));
    }
}

/// Upwards: the smallest first.
fn arrow(centre: Pos2, down: bool, colour: egui::Color32) -> Shape {
    let y = if down { -2.5 } else { 2.5 };
    let corners = [vec2(-3.5, y), vec2(3.5, y), vec2(0.0, -y)];
    let corners = corners.map(|corner| centre + corner).to_vec();
    Shape::convex_polygon(corners, colour, Stroke::NONE)
}
