//! P(melanoma) over time: the newest answers from right to left, with the threshold as a line.

use std::collections::VecDeque;

use egui::{Align2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use flipscope_base::human::probability;

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
        let updating = if self.current { "" } else { ", updating" };
        Some(format!("newest {}{updating}", probability(p, 3)))
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
            Some(newest) => {
                let count = points.len();
                format!("Trace of P(melanoma), {count} answers, {newest}")
            }
            None => "Trace of P(melanoma), no answers yet".to_owned(),
        };
        let comparison = match comparison.and_then(Line::newest) {
            Some(newest) => format!("; compared model, {newest}"),
            None => String::new(),
        };
        WidgetInfo::labeled(Role::Image, true, text + &comparison)
    });
    response.on_hover_text(if comparison.is_some() {
        "P(melanoma) of the altered picture: each point is one answer; dashed is the compared model"
    } else {
        "P(melanoma) of the altered picture: each point is one answer of the network"
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
            "P(melanoma) over time",
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
