//! A landscape of one axis: P as a curve with the threshold; the pointer reads it out, a click or the arrow keys move the sliders.

use egui::{
    Align2, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
};

use flipscope_lab::explain::landscape::Known;
use flipscope_language::text;

use crate::explorer::landscape::panel::plane::{in_words, stepped};
use crate::explorer::landscape::panel::readout::{self, name};
use crate::explorer::landscape::points::Marks;
use crate::explorer::landscape::state::{Field, Shown};
use crate::explorer::theme;

/// Room for the numbers, in points.
const LEFT: f32 = 40.0;
const BELOW: f32 = 38.0;

/// Shows one model's; returns the point to which the sliders are to move.
pub(super) fn show(
    ui: &mut Ui,
    (shown, field): (&Shown, &Field),
    marks: &Marks,
    size: Vec2,
) -> Option<usize> {
    let palette = theme::palette(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let plot = Rect::from_min_max(
        pos2(rect.left() + LEFT, rect.top() + 6.0),
        pos2(rect.right() - 6.0, rect.bottom() - BELOW),
    );
    let axis = &shown.landscape.x;
    let words = format!(
        "{} {}",
        text!("landscape-image-profile", x = name(axis.parameter)),
        readout::whole(field, &in_words(marks))
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    let count = field.grid.columns();
    if ui.is_rect_visible(rect) {
        draw(ui, plot, (shown, field), marks);
    }
    if response.has_focus() {
        let ring = Stroke::new(1.5, palette.accent);
        ui.painter()
            .rect_stroke(rect, 3.0, ring, StrokeKind::Inside);
    }
    let under = |pointer: Pos2| {
        plot.expand(4.0).contains(pointer).then(|| {
            let share = (pointer.x - plot.left()) / plot.width();
            ((share * (count - 1) as f32).round().max(0.0) as usize).min(count - 1)
        })
    };
    let mut asked = None;
    if response.clicked() {
        response.request_focus();
        asked = response.interact_pointer_pos().and_then(under);
    }
    asked = asked.or_else(|| stepped(ui, &response, marks.here, [count, 1]).map(|(_, at)| at));
    if let Some(column) = response.hover_pos().and_then(under) {
        let said = readout::point(shown, field, 0, column);
        response.on_hover_text_at_pointer(said);
    }
    asked
}

/// The curve with its axes, the threshold, the findings and the sliders.
fn draw(ui: &Ui, plot: Rect, (shown, field): (&Shown, &Field), marks: &Marks) {
    let palette = theme::palette(ui.ctx());
    let axis = &shown.landscape.x;
    let count = field.grid.columns();
    let x = |column: f64| plot.left() + plot.width() * (column / (count - 1) as f64) as f32;
    let y = |p: f32| plot.bottom() - plot.height() * p.clamp(0.0, 1.0);
    let painter = ui.painter();
    let edge = Stroke::new(1.0, palette.line);
    painter.rect(plot, 0.0, palette.card, edge, StrokeKind::Outside);
    let font = egui::TextStyle::Small.resolve(ui.style());
    for p in [0.0_f32, 0.5, 1.0] {
        let beside = pos2(plot.left() - 6.0, y(p));
        painter.text(
            beside,
            Align2::RIGHT_CENTER,
            p.to_string(),
            font.clone(),
            palette.text,
        );
    }
    let across = [
        pos2(plot.left(), y(field.threshold)),
        pos2(plot.right(), y(field.threshold)),
    ];
    painter.extend(Shape::dashed_line(
        &across,
        Stroke::new(1.5, palette.muted),
        5.0,
        4.0,
    ));
    for part in 0..=4_usize {
        let column = part as f64 / 4.0 * (count - 1) as f64;
        let number = axis.from + (axis.to - axis.from) * part as f64 / 4.0;
        let align = [
            Align2::LEFT_TOP,
            Align2::CENTER_TOP,
            Align2::CENTER_TOP,
            Align2::CENTER_TOP,
            Align2::RIGHT_TOP,
        ];
        let align = align.get(part).copied().unwrap_or(Align2::CENTER_TOP);
        let below = pos2(x(column), plot.bottom() + 6.0);
        let said = readout::value(axis.parameter, number);
        painter.text(below, align, said, font.clone(), palette.text);
    }
    let middle = pos2(plot.center().x, plot.bottom() + 22.0);
    painter.text(
        middle,
        Align2::CENTER_TOP,
        name(axis.parameter),
        font,
        palette.muted,
    );
    let known = (0..count).filter_map(|column| match field.grid.known(0, column) {
        Known::Judged(p) => Some(pos2(x(column as f64), y(p))),
        Known::Provisional(_) | Known::Unknown => None,
    });
    let line: Vec<Pos2> = known.collect();
    let complete = field.grid.is_complete();
    // Not all judged: dashed between those that are.
    if complete {
        painter.add(Shape::line(line.clone(), Stroke::new(2.0, palette.accent)));
    } else {
        let pale = Stroke::new(1.5, palette.accent);
        painter.extend(Shape::dashed_line(&line, pale, 4.0, 4.0));
    }
    if count <= 120 || !complete {
        for at in &line {
            painter.circle_filled(*at, 2.0, palette.accent);
        }
    }
    for (finding, _) in &marks.findings {
        let at = x(finding.column);
        painter.vline(
            at,
            (plot.bottom() - 8.0)..=plot.bottom(),
            Stroke::new(2.0, palette.text),
        );
    }
    if let Some(here) = marks.here {
        let ink = Stroke::new(if here.within { 2.0 } else { 1.0 }, palette.text);
        painter.vline(x(here.column), plot.top()..=plot.bottom(), ink);
    }
}
