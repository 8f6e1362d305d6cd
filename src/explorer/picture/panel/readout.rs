//! The values under the pointer: red, green and blue, before → after, on the picture's lower edge (the upper one while the pointer
//! is on the lower).

use egui::{Color32, Rect, Response, TextStyle, Ui, pos2, vec2};

use flipscope_image::lesion::Frame;

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::panels::Pane;
use crate::explorer::picture::command::PictureCommand;

/// Space around the text, in points.
const EDGE: f32 = 5.0;

/// Shows them while the pointer is on a picture; `visible` is the part of the frame that the picture shows, in 0..1.
pub(crate) fn show(
    pane: &mut Pane<'_>,
    ui: &Ui,
    lesion: &Lesion,
    (response, rect): (&Response, Rect),
    visible: [f32; 4],
) {
    let Some(pointer) = response.hover_pos() else {
        return;
    };
    if pane.state.pixels.is_missing(lesion) {
        pane.emit(Command::Picture(PictureCommand::Inspect));
    }
    let Some((x, y)) = pixel(pointer, rect, visible) else {
        return;
    };
    let text = match pane.state.pixels.of(lesion).and_then(|one| one.at(x, y)) {
        Some(values) => in_words((x, y), values),
        None => format!("x {x}, y {y}"),
    };
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(text.as_str());
    });
    let font = TextStyle::Small.resolve(ui.style());
    let wide = (rect.width() - 4.0 * EDGE).max(40.0);
    let galley = ui.painter().layout(text, font, Color32::WHITE, wide);
    let size = galley.size() + vec2(2.0 * EDGE, EDGE);
    let low = pointer.y > rect.bottom() - size.y - 24.0;
    let top = if low {
        rect.top() + EDGE
    } else {
        rect.bottom() - EDGE - size.y
    };
    let place = Rect::from_min_size(pos2(rect.left() + EDGE, top), size);
    ui.painter()
        .rect_filled(place, 3.0, Color32::from_black_alpha(190));
    let at = place.min + vec2(EDGE, EDGE / 2.0);
    ui.painter().galley(at, galley, Color32::WHITE);
}

/// The pixel of the frame under the pointer.
fn pixel(
    pointer: egui::Pos2,
    rect: Rect,
    [left, top, right, bottom]: [f32; 4],
) -> Option<(u32, u32)> {
    let at = (pointer - rect.min) / rect.size();
    let side = Frame::SIDE as f32;
    let of = |from: f32, to: f32, at: f32| {
        let place = ((from + (to - from) * at) * side).floor();
        (0.0..side).contains(&place).then_some(place as u32)
    };
    Some((of(left, right, at.x)?, of(top, bottom, at.y)?))
}

/// "x 120, y 88 · R 120 → 110 · G 88 · B 60": an unchanged channel is named once.
fn in_words((x, y): (u32, u32), [before, after]: [[u8; 3]; 2]) -> String {
    let channels = ["R", "G", "B"].iter().zip(before).zip(after);
    let parts: Vec<String> = channels
        .map(|((name, before), after)| {
            if before == after {
                format!("{name} {before}")
            } else {
                format!("{name} {before} → {after}")
            }
        })
        .collect();
    format!("x {x}, y {y} · {}", parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pixel_under_the_pointer_is_that_of_the_frame() {
        let rect = Rect::from_min_size(pos2(100.0, 50.0), vec2(598.0, 598.0));
        let whole = [0.0, 0.0, 1.0, 1.0];
        assert_eq!(pixel(pos2(100.0, 50.0), rect, whole), Some((0, 0)));
        assert_eq!(pixel(pos2(103.0, 52.5), rect, whole), Some((1, 1)));
        assert_eq!(pixel(pos2(697.9, 647.9), rect, whole), Some((298, 298)));
        assert_eq!(pixel(pos2(699.0, 60.0), rect, whole), None);
        // Zoomed to the lower right quarter.
        let quarter = [0.5, 0.5, 1.0, 1.0];
        assert_eq!(pixel(pos2(101.0, 51.0), rect, quarter), Some((149, 149)));
    }

    #[test]
    fn only_changed_channels_have_two_values() {
        assert_eq!(
            in_words((3, 4), [[10, 20, 30], [10, 15, 30]]),
            "x 3, y 4 · R 10 · G 20 → 15 · B 30"
        );
    }
}
