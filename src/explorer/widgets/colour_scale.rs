//! The legend of a map: its colours from low to high, with the numbers at the ends and in the middle.

use egui::{Align2, Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use flipscope_lab::explain::figure::{Range, Scale, number};
use flipscope_language::text;

use crate::explorer::theme;

/// Height of the bar, and of the whole with its numbers.
const BAR: f32 = 10.0;
const HEIGHT: f32 = 32.0;
/// Shades of the bar.
const SHADES: u8 = 96;

/// Shows it at a width in points; `about` says what the numbers are.
pub(crate) fn colour_scale(ui: &mut Ui, range: &Range, about: &str, width: f32) {
    let palette = theme::palette(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    let [low, high] = range.shown.map(f64::from);
    let ends = [low, high].map(number);
    let [first, last] = &ends;
    let words = text!(
        "explain-scale",
        about = about,
        low = first.as_str(),
        high = last.as_str()
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    response.on_hover_text(&words);
    let bar = Rect::from_min_size(rect.min, vec2(rect.width(), BAR));
    let painter = ui.painter();
    let shade = bar.width() / f32::from(SHADES);
    for at in 0..SHADES {
        let share = (f64::from(at) + 0.5) / f64::from(SHADES);
        let [r, g, b] = (range.scale).colour(range.share((low + (high - low) * share) as f32));
        let left = bar.left() + f32::from(at) * shade;
        // A little wider than the shade, so that no seam shows.
        let part = Rect::from_min_size(pos2(left, bar.top()), vec2(shade + 0.5, BAR));
        painter.rect_filled(part.intersect(bar), 0.0, Color32::from_rgb(r, g, b));
    }
    let edge = Stroke::new(1.0, palette.line);
    painter.rect_stroke(bar, 0.0, edge, StrokeKind::Outside);
    let font = egui::TextStyle::Small.resolve(ui.style());
    let write = |x: f32, align: Align2, text: String| {
        painter.text(
            pos2(x, bar.bottom() + 4.0),
            align,
            text,
            font.clone(),
            palette.text,
        );
    };
    let [less, more] = if range.clipped {
        ["≤ ", "≥ "]
    } else {
        ["", ""]
    };
    let less = if low == 0.0 { "" } else { less };
    write(bar.left(), Align2::LEFT_TOP, format!("{less}{first}"));
    write(bar.right(), Align2::RIGHT_TOP, format!("{more}{last}"));
    let middle = f64::midpoint(f64::from(range.low), f64::from(range.high));
    let share = ((middle - low) / (high - low)) as f32;
    if range.scale == Scale::Diverging && (0.25..=0.75).contains(&share) {
        let x = bar.left() + bar.width() * share;
        let ink = Stroke::new(1.5, palette.text);
        painter.vline(x, bar.top()..=(bar.bottom() + 3.0), ink);
        write(x, Align2::CENTER_TOP, number(middle));
    }
}
