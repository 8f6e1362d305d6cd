//! A landscape of two axes: P as colours, faded where it is provisional; the contour of the threshold; the sliders, their path and the
//! findings.

use std::sync::Arc;

use egui::{
    Align2, Color32, ColorImage, Context, Id, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui,
    Vec2, pos2, vec2,
};

use flipscope_lab::explain::figure::{Range, Segment, colour_of, contour};
use flipscope_lab::explain::landscape::{Known, LandscapeAxis};
use flipscope_language::text;

use crate::explorer::landscape::panel::plot::{
    self, PARTS, Pointed, Room, number, numbers_across, widening, widest,
};
use crate::explorer::landscape::points::{Marks, Place};
use crate::explorer::landscape::state::{Field, Shown};
use crate::explorer::theme;
use crate::explorer::widgets::texture;

/// Room left of the plot for the numbers of the axis upwards, at least, and above and right of it, in points.
const LEFT: f32 = 62.0;
const EDGE: f32 = 4.0;
/// How much of its colour what is provisional keeps.
const PALE: f32 = 0.45;

/// Shows one model's.
pub(super) fn show(
    ui: &mut Ui,
    (shown, at, field): (&Shown, usize, &Field),
    y: &LandscapeAxis,
    marks: &Marks,
    size: Vec2,
) -> Pointed {
    let words = text!(
        "landscape-image",
        x = shown.landscape.x.parameter.in_words(),
        y = y.parameter.in_words()
    );
    let (columns, rows) = (field.grid.columns(), field.grid.rows());
    let room = Room {
        left: LEFT.max(widest(ui, y) + 12.0),
        edge: EDGE,
    };
    plot::show(
        ui,
        field,
        marks,
        (size, &room, &words),
        |ui, painter, plot| draw(ui, painter, plot, (shown, at, field), (y, marks)),
        |plot, pointer| {
            plot.contains(pointer).then(|| {
                let share = (pointer - plot.min) / plot.size();
                let column = ((share.x * columns as f32) as usize).min(columns - 1);
                let row = (((1.0 - share.y) * rows as f32) as usize).min(rows - 1);
                (row, column)
            })
        },
    )
}

/// The colours, the contour, the marks, the axes.
fn draw(
    ui: &Ui,
    painter: &Painter,
    plot: Rect,
    (shown, at, field): (&Shown, usize, &Field),
    (y, marks): (&LandscapeAxis, &Marks),
) {
    let palette = theme::palette(ui.ctx());
    let cells = [field.grid.columns(), field.grid.rows()];
    let dark = u64::from(ui.visuals().dark_mode) << 63;
    let key = dark | shown.id.0 << 32 | shown.version;
    let texture = texture(ui.ctx(), Id::unique(("landscape", at)), key, || {
        image(field, palette.canvas)
    });
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    painter.image(texture.id(), plot, whole, Color32::WHITE);
    let turns = turns(ui.ctx(), at, key, field);
    let widened = widening(ui);
    for (ink, width) in [(Color32::WHITE, 3.5), (Color32::BLACK, 1.5)] {
        for [from, to] in turns.iter() {
            let ends = [from, to].map(|(x, y)| on_plot(plot, cells, *x, *y));
            painter.line_segment(ends, Stroke::new(widened * width, ink));
        }
    }
    let place = |place: &Place| on_plot(plot, cells, place.column, place.row);
    draw_marks(painter, marks, widened, &place);
    let edge = Stroke::new(1.0, palette.text);
    painter.rect_stroke(plot, 0.0, edge, StrokeKind::Outside);
    let along = |share: f64, count: usize| share * (count - 1) as f64;
    let x = &shown.landscape.x;
    numbers_across(ui, painter, plot, x, |share| {
        on_plot(plot, cells, along(share, x.count), 0.0).x
    });
    let font = egui::TextStyle::Small.resolve(ui.style());
    for part in 0..=PARTS {
        let share = part as f64 / PARTS as f64;
        let at = on_plot(plot, cells, 0.0, along(share, y.count)).y;
        painter.hline((plot.left() - 4.0)..=plot.left(), at, edge);
        let beside = pos2(plot.left() - 6.0, at);
        let (align, number) = (Align2::RIGHT_CENTER, number(y, share));
        painter.text(beside, align, number, font.clone(), palette.text);
    }
}

/// Where the verdict flips, computed once for what is known.
fn turns(ctx: &Context, at: usize, key: u64, field: &Field) -> Arc<Vec<Segment>> {
    type Known = (u64, Arc<Vec<Segment>>);
    let place = Id::unique(("turns of the landscape", at));
    let kept: Option<Known> = ctx.data(|data| data.get_temp(place));
    if let Some((known, turns)) = kept
        && known == key
    {
        return turns;
    }
    let turns = contour(&field.grid.shown(), field.grid.columns(), field.threshold);
    let turns = Arc::new(turns);
    ctx.data_mut(|data| data.insert_temp(place, (key, Arc::clone(&turns))));
    turns
}

/// Every point as a pixel, the highest row first.
fn image(field: &Field, ground: Color32) -> ColorImage {
    let (columns, rows) = (field.grid.columns(), field.grid.rows());
    let pixels = (0..rows).rev().flat_map(|row| {
        (0..columns).map(move |column| {
            let colour =
                |p| colour_of(&Range::PROBABILITY, p).map(|[r, g, b]| Color32::from_rgb(r, g, b));
            match field.grid.known(row, column) {
                Known::Judged(p) => colour(p).unwrap_or(ground),
                Known::Provisional(p) => {
                    colour(p).map_or(ground, |colour| ground.lerp_to_gamma(colour, PALE))
                }
                Known::Unknown => ground,
            }
        })
    });
    ColorImage::new([columns, rows], pixels.collect())
}

/// Where a place lies; every value is the middle of its cell.
fn on_plot(plot: Rect, [columns, rows]: [usize; 2], column: f64, row: f64) -> Pos2 {
    let share = |place: f64, count: usize| ((place + 0.5) / count as f64) as f32;
    pos2(
        plot.left() + plot.width() * share(column, columns),
        plot.bottom() - plot.height() * share(row, rows),
    )
}

/// The path, the findings and the sliders: white below black shows on every colour. What does not lie in the landscape is hollow.
fn draw_marks(painter: &Painter, marks: &Marks, widened: f32, place: &dyn Fn(&Place) -> Pos2) {
    let path: Vec<Pos2> = marks.path.iter().map(place).collect();
    for (ink, width) in [(Color32::WHITE, 3.0), (Color32::BLACK, 1.0)] {
        let width = widened * width;
        painter.add(Shape::line(path.clone(), Stroke::new(width, ink)));
        for at in &path {
            painter.circle_filled(*at, width, ink);
        }
    }
    for (finding, flips) in &marks.findings {
        let at = place(finding);
        let corners = [
            vec2(0.0, -6.0),
            vec2(6.0, 0.0),
            vec2(0.0, 6.0),
            vec2(-6.0, 0.0),
        ];
        let corners = corners.map(|corner| at + widened * corner).to_vec();
        let filled = finding.within && *flips;
        let fill = if filled {
            Color32::BLACK
        } else {
            Color32::WHITE
        };
        let edge = if filled {
            Color32::WHITE
        } else {
            Color32::BLACK
        };
        painter.add(Shape::convex_polygon(corners, fill, Stroke::new(1.5, edge)));
    }
    if let Some(here) = &marks.here {
        let at = place(here);
        for (ink, width) in [(Color32::WHITE, 4.5), (Color32::BLACK, 2.0)] {
            let stroke = Stroke::new(widened * width, ink);
            if here.within {
                for arm in [vec2(8.0, 0.0), vec2(0.0, 8.0)] {
                    painter.line_segment([at - widened * arm, at + widened * arm], stroke);
                }
            } else {
                painter.circle_stroke(at, 7.0 * widened, stroke);
            }
        }
    }
}
