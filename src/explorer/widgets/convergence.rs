//! How a search converged: P(melanoma) of the best candidate by evaluations, with the threshold as a line.

use egui::{Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use flipscope_base::human::probability_beside;
use flipscope_language::text;

use crate::explorer::search::state::Curve;
use crate::explorer::theme;

/// Shows the curve; its width stands for `most` evaluations.
pub(crate) fn convergence(ui: &mut Ui, curve: &Curve, most: u64, threshold: f32) {
    const HEIGHT: f32 = 38.0;
    let palette = theme::palette(ui.ctx());
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let points = curve.points();
    response.widget_info(|| {
        let text = match points.last() {
            Some((n, p)) => text!(
                "convergence",
                frames = *n,
                p = probability_beside(*p, threshold, 3)
            ),
            None => text!("convergence-none").to_owned(),
        };
        WidgetInfo::labeled(Role::Image, true, text)
    });
    response.on_hover_text(text!("convergence.hover"));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter_at(rect.expand(1.0));
    let edge = Stroke::new(1.0, palette.line);
    painter.rect(rect, 4.0, palette.canvas, edge, StrokeKind::Inside);
    let plot = Rect::from_min_max(rect.min + vec2(5.0, 5.0), rect.max - vec2(5.0, 5.0));
    let most = points.last().map_or(most, |(n, _)| most.max(*n)).max(1);
    let x = |n: u64| plot.left() + plot.width() * (n as f32 / most as f32);
    let y = |p: f32| plot.bottom() - plot.height() * p;
    let across = [
        pos2(plot.left(), y(threshold)),
        pos2(plot.right(), y(threshold)),
    ];
    let muted = Stroke::new(1.0, palette.muted);
    painter.extend(Shape::dashed_line(&across, muted, 4.0, 3.0));
    // A step extends to the next: nothing better was known in between.
    let mut line = Vec::with_capacity(2 * points.len());
    let mut last = None;
    for &(n, p) in points {
        if let Some(before) = last {
            line.push(pos2(x(n), y(before)));
        }
        line.push(pos2(x(n), y(p)));
        last = Some(p);
    }
    if let Some(&end) = line.last() {
        painter.circle_filled(end, 2.5, palette.text);
    }
    painter.add(Shape::line(line, Stroke::new(1.5, palette.text)));
}
