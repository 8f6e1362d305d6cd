//! A landscape of one axis: P as a curve with the threshold.

use egui::{Align2, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, pos2};

use flipscope_lab::explain::landscape::Known;
use flipscope_language::{decimal, text};

use crate::explorer::landscape::panel::plot::{self, Pointed, Room, numbers_across, widening};
use crate::explorer::landscape::points::Marks;
use crate::explorer::landscape::state::{Field, Shown};
use crate::explorer::theme;

const ROOM: Room = Room {
    left: 40.0,
    edge: 6.0,
};

/// Shows one model's.
pub(super) fn show(
    ui: &mut Ui,
    (shown, field): (&Shown, &Field),
    marks: &Marks,
    size: Vec2,
) -> Pointed {
    let words = text!(
        "landscape-image-profile",
        x = shown.landscape.x.parameter.in_words()
    );
    let last = field.grid.columns() - 1;
    plot::show(
        ui,
        field,
        marks,
        (size, &ROOM, &words),
        |ui, painter, plot| draw(ui, painter, plot, (shown, field), marks),
        |plot, pointer| {
            plot.expand(4.0).contains(pointer).then(|| {
                let share = (pointer.x - plot.left()) / plot.width();
                let column = (share * last as f32).round().max(0.0) as usize;
                (0, column.min(last))
            })
        },
    )
}

/// The curve with its axes, the threshold, the findings and the sliders.
fn draw(ui: &Ui, painter: &Painter, plot: Rect, (shown, field): (&Shown, &Field), marks: &Marks) {
    let palette = theme::palette(ui.ctx());
    let axis = &shown.landscape.x;
    let count = field.grid.columns();
    let x = |column: f64| plot.left() + plot.width() * (column / (count - 1) as f64) as f32;
    let y = |p: f32| plot.bottom() - plot.height() * p.clamp(0.0, 1.0);
    let widened = widening(ui);
    let edge = Stroke::new(1.0, palette.line);
    painter.rect(plot, 0.0, palette.card, edge, StrokeKind::Outside);
    let font = egui::TextStyle::Small.resolve(ui.style());
    for p in [0.0_f32, 0.5, 1.0] {
        let beside = pos2(plot.left() - 6.0, y(p));
        painter.text(
            beside,
            Align2::RIGHT_CENTER,
            decimal(p),
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
        Stroke::new(1.5 * widened, palette.muted),
        5.0,
        4.0,
    ));
    numbers_across(ui, painter, plot, axis, |share| {
        x(share * (count - 1) as f64)
    });
    let known = (0..count).filter_map(|column| match field.grid.known(0, column) {
        Known::Judged(p) => Some(pos2(x(column as f64), y(p))),
        Known::Provisional(_) | Known::Unknown => None,
    });
    let line: Vec<Pos2> = known.collect();
    let complete = field.grid.is_complete();
    // Not all judged: dashed between those that are.
    if complete {
        painter.add(Shape::line(
            line.clone(),
            Stroke::new(2.0 * widened, palette.accent),
        ));
    } else {
        let pale = Stroke::new(1.5 * widened, palette.accent);
        painter.extend(Shape::dashed_line(&line, pale, 4.0, 4.0));
    }
    if count <= 120 || !complete {
        for at in &line {
            painter.circle_filled(*at, 2.0 * widened, palette.accent);
        }
    }
    for (finding, _) in &marks.findings {
        let at = x(finding.column);
        painter.vline(
            at,
            (plot.bottom() - 8.0)..=plot.bottom(),
            Stroke::new(2.0 * widened, palette.text),
        );
    }
    if let Some(here) = marks.here {
        let ink = Stroke::new(widened * if here.within { 2.0 } else { 1.0 }, palette.text);
        painter.vline(x(here.column), plot.top()..=plot.bottom(), ink);
    }
}
