//! The values under the pointer: red, green and blue, before → after, in the picture's lower left corner, or in another one while the pointer, or
//! the handle that rotates the picture, is there.

use egui::{Color32, Pos2, Rect, Response, TextStyle, Ui, Vec2, pos2, vec2};

use flipscope_image::lesion::Frame;

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::panels::Pane;
use crate::explorer::picture::command::PictureCommand;

/// Space around the text, in points.
const EDGE: f32 = 5.0;

/// How far from the pointer they are, in points.
const APART: f32 = 24.0;

/// Shows them while the pointer is on a picture; `visible` is the part of the frame that the picture shows, in 0..1. `taken` is not covered.
pub(crate) fn show(
    pane: &mut Pane<'_>,
    ui: &Ui,
    lesion: &Lesion,
    (response, rect): (&Response, Rect),
    visible: [f32; 4],
    taken: Option<Rect>,
) {
    // What reacts to the pointer near it reaches a little beyond it.
    let Some(pointer) = response.hover_pos().filter(|at| rect.contains(*at)) else {
        return;
    };
    if pane.state.pixels.is_missing(lesion) {
        pane.emit(Command::Picture(PictureCommand::Inspect));
    }
    let Some((x, y)) = pixel(pointer, rect, visible) else {
        return;
    };
    let values = pane.state.pixels.of(lesion).and_then(|one| one.at(x, y));
    let [text, short] = match values {
        Some(values) => [in_words((x, y), values), in_short((x, y), values)],
        None => [format!("x {x}, y {y}"), format!("{x}, {y}")],
    };
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(text.as_str());
    });
    let font = TextStyle::Small.resolve(ui.style());
    let wide = (rect.width() - 4.0 * EDGE).max(40.0);
    // On one line, if there is any way: the more lines there are, the less of the picture is left beside the pointer and the handle.
    let line = |text: &str| {
        let painter = ui.painter();
        let galley = painter.layout_no_wrap(text.to_owned(), font.clone(), Color32::WHITE);
        (galley.size().x <= wide).then_some(galley)
    };
    let galley = line(&text).or_else(|| line(&short)).unwrap_or_else(|| {
        let lines = short.replace(" · ", "\n");
        ui.painter()
            .layout(lines, font.clone(), Color32::WHITE, wide)
    });
    let size = galley.size() + vec2(2.0 * EDGE, EDGE);
    let place = place(rect, size, pointer, taken);
    ui.painter()
        .rect_filled(place, 3.0, Color32::from_black_alpha(190));
    let at = place.min + vec2(EDGE, EDGE / 2.0);
    ui.painter().galley(at, galley, Color32::WHITE);
}

/// The corner for a text of this size: the lower left one, unless the pointer or what is not to be covered is there. A wide text is in none of
/// them beside something in the middle of an edge: then it is below or above that.
fn place(rect: Rect, size: Vec2, pointer: Pos2, taken: Option<Rect>) -> Rect {
    let inner = rect.shrink(EDGE);
    let left = [inner.left_bottom() - vec2(0.0, size.y), inner.left_top()];
    let right = [
        inner.right_bottom() - size,
        inner.right_top() - vec2(size.x, 0.0),
    ];
    let beside = taken.map(|taken| {
        let [below, above] = [taken.bottom() + 2.0, taken.top() - 2.0 - size.y];
        [below, above].map(|y| pos2(inner.left(), y))
    });
    let corners = left
        .into_iter()
        .chain(right)
        .chain(beside.into_iter().flatten());
    let corners = corners.map(|at| Rect::from_min_size(at, size));
    let corners = corners.filter(|place| inner.expand(1.0).contains_rect(*place));
    let away = |place: &Rect| !place.y_range().expand(APART).contains(pointer.y);
    let free = |place: &Rect| taken.is_none_or(|taken| !taken.intersects(*place));
    let best = corners.clone().find(|place| away(place) && free(place));
    let best = best.or_else(|| corners.clone().find(|place| away(place)));
    best.unwrap_or_else(|| Rect::from_min_size(inner.left_top(), size))
}

/// The pixel of the frame under the pointer.
fn pixel(pointer: Pos2, rect: Rect, [left, top, right, bottom]: [f32; 4]) -> Option<(u32, u32)> {
    let at = (pointer - rect.min) / rect.size();
    let side = Frame::SIDE as f32;
    let of = |from: f32, to: f32, at: f32| {
        let place = ((from + (to - from) * at) * side).floor();
        (0.0..side).contains(&place).then_some(place as u32)
    };
    Some((of(left, right, at.x)?, of(top, bottom, at.y)?))
}

/// "x 120, y 88 · R 120 → 110 · G 88 · B 60": an unchanged channel is named once.
fn in_words((x, y): (u32, u32), values: [[u8; 3]; 2]) -> String {
    format!("x {x}, y {y} · {}", channels(values, " → ").join(" · "))
}

/// The same for a small picture: "120, 88 · R 120→110 G 88 B 60", where no line ends inside a channel.
fn in_short((x, y): (u32, u32), values: [[u8; 3]; 2]) -> String {
    let channels = channels(values, "→").map(|channel| channel.replace(' ', "\u{a0}"));
    format!("{x}, {y} · {}", channels.join(" "))
}

/// What each channel is before and after, with something between both.
fn channels([before, after]: [[u8; 3]; 2], to: &str) -> [String; 3] {
    let [red, green, blue] = before;
    let [new_red, new_green, new_blue] = after;
    let channels = [
        ("R", red, new_red),
        ("G", green, new_green),
        ("B", blue, new_blue),
    ];
    channels.map(|(name, before, after)| {
        if before == after {
            format!("{name} {before}")
        } else {
            format!("{name} {before}{to}{after}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_cover_neither_the_pointer_nor_the_handle() {
        let rect = Rect::from_min_size(pos2(100.0, 50.0), vec2(300.0, 300.0));
        let size = vec2(180.0, 18.0);
        let handle = |x: f32, y: f32| Some(Rect::from_center_size(pos2(x, y), vec2(26.0, 26.0)));
        let at = |pointer, taken| {
            let place = place(rect, size, pointer, taken);
            assert!(rect.contains_rect(place));
            assert!(
                taken.is_none_or(|taken| !taken.intersects(place)),
                "{place:?}"
            );
            [place.left() < 110.0, place.top() < 60.0]
        };
        let middle = pos2(250.0, 200.0);
        assert_eq!(at(middle, None), [true, false]);
        assert_eq!(at(middle, handle(250.0, 70.0)), [true, false]);
        assert_eq!(
            at(middle, handle(250.0, 330.0)),
            [true, true],
            "turned by 180°"
        );
        assert_eq!(at(pos2(250.0, 340.0), None), [true, true]);
        // The pointer is on the lower edge, and the handle, turned a little to the left, at the upper one.
        assert_eq!(at(pos2(250.0, 340.0), handle(150.0, 66.0)), [false, true]);
        // Not turned: neither upper corner is wide enough.
        assert_eq!(at(pos2(250.0, 340.0), handle(250.0, 66.0)), [true, false]);
    }

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
        let values = [[10, 20, 30], [10, 15, 30]];
        assert_eq!(
            in_words((3, 4), values),
            "x 3, y 4 · R 10 · G 20 → 15 · B 30"
        );
        let short = in_short((3, 4), values);
        assert_eq!(short, "3, 4 · R\u{a0}10 G\u{a0}20→15 B\u{a0}30");
    }
}
