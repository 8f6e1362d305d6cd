//! P(melanoma) over time: the newest answers from right to left, with the threshold as a line.

use std::collections::VecDeque;

use egui::{Align2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use flipscope_base::human::probability;
use flipscope_language::text;

use crate::explorer::explore::lesion::TracePoint;
use crate::explorer::theme;

/// The most answers shown.
const SHOWN: usize = 120;

/// The answers of one model.
pub(crate) struct Line<'a> {
    /// Newest last.
    pub points: &'a VecDeque<TracePoint>,
    /// Whether the newest is for the current setting.
    pub current: bool,
}

impl Line<'_> {
    /// The newest answer, for assistive technology.
    fn newest(&self) -> Option<String> {
        let p = self.points.back()?.p_melanoma;
        let p = probability(p, 3);
        Some(if self.current {
            text!("trace-newest", p = p)
        } else {
            text!("trace-newest-updating", p = p)
        })
    }
}

/// Shows the trace, with a mark at the newest answer: hollow and pale while the answer for the current setting is pending. If
/// there is a comparison model, its trace is a dashed line.
pub(crate) fn trace(
    ui: &mut Ui,
    first: &Line<'_>,
    comparison: Option<&Line<'_>>,
    threshold: f32,
    height: f32,
) {
    let palette = theme::palette(ui.ctx());
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let points = first.points;
    response.widget_info(|| {
        let text = match first.newest() {
            Some(newest) => text!("trace", count = points.len(), newest = newest),
            None => text!("trace-none").to_owned(),
        };
        let text = match comparison.and_then(Line::newest) {
            Some(newest) => text!("trace-compared", text = text, newest = newest),
            None => text,
        };
        WidgetInfo::labeled(Role::Image, true, text)
    });
    response.on_hover_text(if comparison.is_some() {
        text!("trace-hover-compared")
    } else {
        text!("trace-hover")
    });
    let painter = ui.painter_at(rect.expand(1.0));
    painter.rect(
        rect,
        4.0,
        palette.card,
        Stroke::new(1.0, palette.line),
        egui::StrokeKind::Inside,
    );
    let plot = Rect::from_min_max(rect.min + vec2(6.0, 6.0), rect.max - vec2(6.0, 6.0));
    let y = |p: f32| plot.bottom() - plot.height() * p;
    if points.is_empty() {
        painter.text(
            rect.center(),
            Align2::CENTER_CENTER,
            text!("trace-empty"),
            egui::TextStyle::Small.resolve(ui.style()),
            palette.muted,
        );
        return;
    }
    let dash = Shape::dashed_line(
        &[
            pos2(plot.left(), y(threshold)),
            pos2(plot.right(), y(threshold)),
        ],
        Stroke::new(1.0, palette.muted),
        4.0,
        3.0,
    );
    painter.extend(dash);
    let step = plot.width() / (SHOWN - 1) as f32;
    let line = |points: &VecDeque<TracePoint>| -> Vec<_> {
        let newest = points.iter().rev().take(SHOWN).enumerate();
        newest
            .map(|(age, point)| pos2(plot.right() - age as f32 * step, y(point.p_melanoma)))
            .collect()
    };
    if let Some(comparison) = comparison {
        let line = line(comparison.points);
        if let Some(&end) = line.first() {
            let colour = if comparison.current {
                palette.text
            } else {
                palette.muted.gamma_multiply(0.6)
            };
            painter.circle_stroke(end, 3.0, Stroke::new(1.5, colour));
        }
        painter.extend(Shape::dashed_line(
            &line,
            Stroke::new(1.5, palette.text),
            5.0,
            3.0,
        ));
    }
    let line = line(points);
    if let Some(&end) = line.first() {
        if first.current {
            painter.circle_filled(end, 3.0, palette.text);
        } else {
            let pale = Stroke::new(1.0, palette.muted.gamma_multiply(0.6));
            painter.circle(end, 3.0, palette.card, pale);
        }
    }
    painter.add(Shape::line(line, Stroke::new(1.5, palette.text)));
}
