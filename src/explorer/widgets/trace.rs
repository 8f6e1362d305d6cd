//! P(melanoma) over time: the newest answers from right to left, with the threshold as a line.

use std::collections::VecDeque;

use egui::{Align2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::words::probability;

use super::super::state::TracePoint;
use super::super::theme;

/// Answers shown at most.
const SHOWN: usize = 120;

/// Shows the trace; where there is another model beside, its trace as a dashed line.
pub(crate) fn trace(
    ui: &mut Ui,
    points: &VecDeque<TracePoint>,
    beside: Option<&VecDeque<TracePoint>>,
    threshold: f32,
    height: f32,
) {
    let palette = theme::palette(ui.ctx());
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let newest = |points: &VecDeque<TracePoint>| points.back().map(|point| point.p_melanoma);
    response.widget_info(|| {
        let text = match newest(points) {
            Some(p) => format!(
                "Trace of P(melanoma), {} answers, newest {}",
                points.len(),
                probability(p, 3)
            ),
            None => "Trace of P(melanoma), no answers yet".to_owned(),
        };
        let beside = match beside.map(newest) {
            Some(Some(p)) => format!("; compared model, newest {}", probability(p, 3)),
            _ => String::new(),
        };
        WidgetInfo::labeled(Role::Image, true, text + &beside)
    });
    response.on_hover_text(if beside.is_some() {
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
    if let Some(points) = beside {
        let line = line(points);
        if let Some(&end) = line.first() {
            painter.circle_stroke(end, 3.0, Stroke::new(1.5, palette.text));
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
        painter.circle_filled(end, 3.0, palette.text);
    }
    painter.add(Shape::line(line, Stroke::new(1.5, palette.text)));
}
