//! A landscape of two axes: P as colours, faded where it is provisional; the contour of the threshold; the sliders, their path and the
//! findings. The pointer reads it out, a click or the arrow keys move the sliders.

use std::sync::Arc;

use egui::{
    Align2, Color32, ColorImage, Context, EventFilter, Id, Key, Painter, Pos2, Rect, Response,
    Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use flipscope_lab::explain::figure::{Segment, colour_of, contour};
use flipscope_lab::explain::landscape::{Known, LandscapeAxis};
use flipscope_language::text;

use crate::explorer::landscape::panel::legend::RANGE;
use crate::explorer::landscape::panel::readout::{self, name};
use crate::explorer::landscape::points::{Marks, Place};
use crate::explorer::landscape::state::{Field, Shown};
use crate::explorer::theme;
use crate::explorer::widgets::texture;

/// Room for the numbers of the axes, in points.
const LEFT: f32 = 62.0;
const BELOW: f32 = 38.0;
/// Parts of an axis between its numbers.
const PARTS: usize = 4;
/// How much of its colour what is provisional keeps.
const PALE: f32 = 0.45;

/// Shows one model's; returns the point to which the sliders are to move.
pub(super) fn show(
    ui: &mut Ui,
    (shown, at, field): (&Shown, usize, &Field),
    y: &LandscapeAxis,
    marks: &Marks,
    size: Vec2,
) -> Option<usize> {
    let palette = theme::palette(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let plot = Rect::from_min_max(
        pos2(rect.left() + LEFT, rect.top() + 4.0),
        pos2(rect.right() - 4.0, rect.bottom() - BELOW),
    );
    let words = format!(
        "{} {}",
        text!(
            "landscape-image",
            x = name(shown.landscape.x.parameter),
            y = name(y.parameter)
        ),
        readout::whole(field, &in_words(marks))
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    let (columns, rows) = (field.grid.columns(), field.grid.rows());
    if ui.is_rect_visible(rect) {
        let dark = u64::from(ui.visuals().dark_mode) << 63;
        let key = dark | shown.id.0 << 32 | shown.version;
        let texture = texture(ui.ctx(), Id::unique(("landscape", at)), key, || {
            image(field, palette.canvas)
        });
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        let painter = ui.painter().with_clip_rect(rect.expand(2.0));
        painter.image(texture.id(), plot, whole, Color32::WHITE);
        let turns = turns(ui.ctx(), at, key, field);
        for (ink, width) in [(Color32::WHITE, 3.5), (Color32::BLACK, 1.5)] {
            for [from, to] in turns.iter() {
                let ends = [from, to].map(|(x, y)| on_plot(plot, [columns, rows], *x, *y));
                painter.line_segment(ends, Stroke::new(width, ink));
            }
        }
        let place = |place: &Place| on_plot(plot, [columns, rows], place.column, place.row);
        draw_marks(&painter, marks, &place);
        painter.rect_stroke(
            plot,
            0.0,
            Stroke::new(1.0, palette.text),
            StrokeKind::Outside,
        );
        ticks(ui, &painter, plot, [&shown.landscape.x, y]);
    }
    if response.has_focus() {
        let ring = Stroke::new(1.5, palette.accent);
        ui.painter()
            .rect_stroke(rect, 3.0, ring, StrokeKind::Inside);
    }
    let under = |pointer: Pos2| {
        plot.contains(pointer).then(|| {
            let share = (pointer - plot.min) / plot.size();
            let column = ((share.x * columns as f32) as usize).min(columns - 1);
            let row = (((1.0 - share.y) * rows as f32) as usize).min(rows - 1);
            (row, column)
        })
    };
    let mut asked = None;
    if response.clicked() {
        response.request_focus();
        let pointer = response.interact_pointer_pos();
        asked = pointer.and_then(under);
    }
    asked = asked.or_else(|| stepped(ui, &response, marks.here, [columns, rows]));
    if let Some((row, column)) = response.hover_pos().and_then(under) {
        let said = readout::point(shown, field, row, column);
        response.on_hover_text_at_pointer(said);
    }
    asked.map(|(row, column)| row * columns + column)
}

/// Where the verdict turns, computed once for what is known.
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

/// The cell that an arrow key asks for: one beside the sliders'.
pub(super) fn stepped(
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

/// Every point as a pixel, the highest row first.
fn image(field: &Field, ground: Color32) -> ColorImage {
    let (columns, rows) = (field.grid.columns(), field.grid.rows());
    let pixels = (0..rows).rev().flat_map(|row| {
        (0..columns).map(move |column| {
            let colour = |p| colour_of(&RANGE, p).map(|[r, g, b]| Color32::from_rgb(r, g, b));
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

/// What is drawn in, in words.
pub(super) fn in_words(marks: &Marks) -> String {
    let here = match marks.here {
        Some(here) if here.within => text!("landscape-here"),
        Some(_) => text!("landscape-here-other"),
        None => text!("landscape-here-beyond"),
    };
    let findings = text!("landscape-findings", count = marks.findings.len());
    format!("{here} {findings}")
}

/// The path, the findings and the sliders: white below black shows on every colour. What does not lie in the landscape is hollow.
fn draw_marks(painter: &Painter, marks: &Marks, place: &dyn Fn(&Place) -> Pos2) {
    let path: Vec<Pos2> = marks.path.iter().map(place).collect();
    for (ink, width) in [(Color32::WHITE, 3.0), (Color32::BLACK, 1.0)] {
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
        let corners = corners.map(|corner| at + corner).to_vec();
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
            let stroke = Stroke::new(width, ink);
            if here.within {
                painter.line_segment([at - vec2(8.0, 0.0), at + vec2(8.0, 0.0)], stroke);
                painter.line_segment([at - vec2(0.0, 8.0), at + vec2(0.0, 8.0)], stroke);
            } else {
                painter.circle_stroke(at, 7.0, stroke);
            }
        }
    }
}

/// The numbers of both axes, and their names.
fn ticks(ui: &Ui, painter: &Painter, plot: Rect, [x, y]: [&LandscapeAxis; 2]) {
    let palette = theme::palette(ui.ctx());
    let font = egui::TextStyle::Small.resolve(ui.style());
    let ink = Stroke::new(1.0, palette.text);
    for part in 0..=PARTS {
        let share = part as f64 / PARTS as f64;
        let (count_x, count_y) = (x.count as f64, y.count as f64);
        let number = |axis: &LandscapeAxis| {
            readout::value(axis.parameter, axis.from + (axis.to - axis.from) * share)
        };
        let along = |count: f64| ((share * (count - 1.0) + 0.5) / count) as f32;
        let at = plot.left() + plot.width() * along(count_x);
        painter.vline(at, plot.bottom()..=(plot.bottom() + 4.0), ink);
        let align = match part {
            0 => Align2::LEFT_TOP,
            PARTS => Align2::RIGHT_TOP,
            _ => Align2::CENTER_TOP,
        };
        let below = pos2(at, plot.bottom() + 6.0);
        painter.text(below, align, number(x), font.clone(), palette.text);
        let at = plot.bottom() - plot.height() * along(count_y);
        painter.hline((plot.left() - 4.0)..=plot.left(), at, ink);
        let beside = pos2(plot.left() - 6.0, at);
        painter.text(
            beside,
            Align2::RIGHT_CENTER,
            number(y),
            font.clone(),
            palette.text,
        );
    }
    let middle = pos2(plot.center().x, plot.bottom() + 22.0);
    painter.text(
        middle,
        Align2::CENTER_TOP,
        name(x.parameter),
        font,
        palette.muted,
    );
}
