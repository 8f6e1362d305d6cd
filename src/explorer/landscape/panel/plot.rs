//! What plane and profile have in common: the pointer reads the plot out, a click or the arrow keys move the sliders; the numbers of the
//! axis from left to right.

use egui::{
    Align2, EventFilter, Key, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind,
    TextStyle, Ui, Vec2, WidgetInfo, pos2,
};

use flipscope_lab::explain::landscape::LandscapeAxis;
use flipscope_language::text;

use crate::explorer::landscape::panel::readout;
use crate::explorer::landscape::points::{Marks, Place};
use crate::explorer::landscape::state::Field;
use crate::explorer::theme;

/// Room left of the plot, and above and right of it, in points.
pub(super) struct Room {
    pub left: f32,
    pub edge: f32,
}
/// Size of the letters in points at which lines and marks have their own widths.
const LETTERS: f32 = 11.5;
/// Parts of an axis between its numbers.
pub(super) const PARTS: usize = 4;

/// What a person does with a plot.
pub(super) struct Pointed {
    /// The point to which the sliders are to move.
    pub asked: Option<usize>,
    /// The row and the column under the pointer.
    pub under: Option<(usize, usize)>,
    /// The plot.
    pub response: Response,
}

/// How much wider than usual lines and marks are: as letters are larger.
pub(super) fn widening(ui: &Ui) -> f32 {
    (TextStyle::Small.resolve(ui.style()).size / LETTERS).max(1.0)
}

/// A plot of one model that is drawn by `draw`, and whose points `under` finds (row, column).
pub(super) fn show(
    ui: &mut Ui,
    field: &Field,
    marks: &Marks,
    (size, room, words): (Vec2, &Room, &str),
    draw: impl FnOnce(&Ui, &Painter, Rect),
    under: impl Fn(Rect, Pos2) -> Option<(usize, usize)>,
) -> Pointed {
    let palette = theme::palette(ui.ctx());
    // The numbers of an axis, and its name below them.
    let below = 2.0 * ui.text_style_height(&TextStyle::Small) + 10.0;
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let plot = Rect::from_min_max(
        pos2(rect.left() + room.left, rect.top() + room.edge),
        pos2(rect.right() - room.edge, rect.bottom() - below),
    );
    let words = format!("{words} {}", readout::whole(field, &in_words(marks)));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    if ui.is_rect_visible(rect) {
        let painter = ui.painter().with_clip_rect(rect.expand(2.0));
        draw(ui, &painter, plot);
    }
    if response.has_focus() {
        let ring = Stroke::new(1.5, palette.accent);
        ui.painter()
            .rect_stroke(rect, 3.0, ring, StrokeKind::Inside);
    }
    let under = |pointer| under(plot, pointer);
    let mut asked = None;
    if response.clicked() {
        response.request_focus();
        asked = response.interact_pointer_pos().and_then(under);
    }
    let cells = [field.grid.columns(), field.grid.rows()];
    asked = asked.or_else(|| stepped(ui, &response, marks.here, cells));
    let under = response.hover_pos().and_then(under);
    Pointed {
        asked: asked.map(|(row, column)| row * field.grid.columns() + column),
        under,
        response,
    }
}

/// The numbers of the axis from left to right, and its name; `at` says where a share of it lies.
pub(super) fn numbers_across(
    ui: &Ui,
    painter: &Painter,
    plot: Rect,
    axis: &LandscapeAxis,
    at: impl Fn(f64) -> f32,
) {
    let palette = theme::palette(ui.ctx());
    let font = TextStyle::Small.resolve(ui.style());
    let line = ui.text_style_height(&TextStyle::Small);
    let widest = widest(ui, axis) + 8.0;
    // As many of them as there is room for, and the ends in any case.
    let every = (1..=PARTS)
        .filter(|every| PARTS.is_multiple_of(*every))
        .find(|every| (PARTS / every + 1) as f32 * widest <= plot.width())
        .unwrap_or(PARTS);
    for part in (0..=PARTS).step_by(every) {
        let share = part as f64 / PARTS as f64;
        let x = at(share);
        let ink = Stroke::new(1.0, palette.text);
        painter.vline(x, plot.bottom()..=(plot.bottom() + 4.0), ink);
        let number = painter.layout_no_wrap(number(axis, share), font.clone(), palette.text);
        // Below its mark, and not beyond the plot.
        let wide = number.size().x;
        let last = (plot.right() - wide).max(plot.left());
        let left = (x - wide / 2.0).clamp(plot.left(), last);
        painter.galley(pos2(left, plot.bottom() + 6.0), number, palette.text);
    }
    let middle = pos2(plot.center().x, plot.bottom() + 8.0 + line);
    let name = axis.parameter.in_words();
    painter.text(middle, Align2::CENTER_TOP, name, font, palette.muted);
}

/// Width of the widest number of an axis, in points.
pub(super) fn widest(ui: &Ui, axis: &LandscapeAxis) -> f32 {
    let font = TextStyle::Small.resolve(ui.style());
    let widths = (0..=PARTS).map(|part| {
        let number = number(axis, part as f64 / PARTS as f64);
        let colour = ui.visuals().text_color();
        let galley = ui.painter().layout_no_wrap(number, font.clone(), colour);
        galley.size().x
    });
    widths.fold(0.0, f32::max)
}

/// The value of an axis at a share of its length.
pub(super) fn number(axis: &LandscapeAxis, share: f64) -> String {
    readout::value(axis.parameter, axis.from + (axis.to - axis.from) * share)
}

/// The cell that an arrow key asks for: one beside the sliders'.
fn stepped(
    ui: &Ui,
    response: &Response,
    here: Option<Place>,
    [columns, rows]: [usize; 2],
) -> Option<(usize, usize)> {
    if !response.has_focus() {
        return None;
    }
    let here = here?;
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input(|input| input.num_presses(key)) as i64;
    let across = pressed(Key::ArrowRight) - pressed(Key::ArrowLeft);
    let up = pressed(Key::ArrowUp) - pressed(Key::ArrowDown);
    if across == 0 && up == 0 {
        return None;
    }
    let moved = |place: f64, by: i64, count: usize| {
        (place.round() as i64 + by).clamp(0, count as i64 - 1) as usize
    };
    Some((
        moved(here.row, up, rows),
        moved(here.column, across, columns),
    ))
}

/// What is drawn in, in words.
fn in_words(marks: &Marks) -> String {
    let here = match marks.here {
        Some(here) if here.within => text!("landscape-here"),
        Some(_) => text!("landscape-here-other"),
        None => text!("landscape-here-beyond"),
    };
    let findings = text!("landscape-findings", count = marks.findings.len());
    format!("{here} {findings}")
}
