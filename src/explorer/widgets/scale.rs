//! The scale of a difference: which grey stands for which change of a channel.

use egui::{Align2, Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use flipscope_image::distance::difference;
use flipscope_language::text;

use crate::explorer::theme;

/// Height of the whole.
pub(crate) const SCALE: f32 = 22.0;
/// Height of the bar, and the space at either end for a number.
const BAR: f32 = 10.0;
const NUMBER: f32 = 40.0;
/// Below this width there is no room for numbers: only the bar is shown, and the numbers appear on hover.
const NARROW: f32 = 2.0 * NUMBER + 24.0;
/// Shades of the bar.
const SHADES: u8 = 64;

/// Shows it at this width in points.
pub(crate) fn difference_scale(ui: &mut Ui, gain: f32, width: f32) {
    let palette = theme::palette(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(width, SCALE), Sense::hover());
    let [black, white] = difference::ends_in_words(gain);
    let words = text!("difference-scale", black = &*black, white = &*white);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    response.on_hover_text(&words);
    let numbered = width >= NARROW;
    let beside = if numbered { NUMBER } else { 1.0 };
    let bar = Rect::from_min_max(
        pos2(rect.left() + beside, rect.center().y - BAR / 2.0),
        pos2(rect.right() - beside, rect.center().y + BAR / 2.0),
    );
    let painter = ui.painter();
    let shade = bar.width() / f32::from(SHADES);
    for at in 0..SHADES {
        let left = bar.left() + f32::from(at) * shade;
        let part = Rect::from_min_max(pos2(left, bar.top()), pos2(left + shade, bar.bottom()));
        let grey = (f32::from(at) / f32::from(SHADES - 1) * 255.0) as u8;
        painter.rect_filled(part, 0.0, Color32::from_gray(grey));
    }
    painter.rect_stroke(
        bar,
        0.0,
        Stroke::new(1.0, palette.line),
        StrokeKind::Outside,
    );
    // No change.
    let middle = bar.center().x;
    painter.vline(
        middle,
        (bar.bottom())..=(bar.bottom() + 3.0),
        Stroke::new(1.0, palette.muted),
    );
    if !numbered {
        return;
    }
    let font = egui::TextStyle::Small.resolve(ui.style());
    for (x, align, text) in [
        (bar.left() - 5.0, Align2::RIGHT_CENTER, black),
        (bar.right() + 5.0, Align2::LEFT_CENTER, white),
    ] {
        painter.text(
            pos2(x, bar.center().y),
            align,
            text,
            font.clone(),
            palette.text,
        );
    }
}
