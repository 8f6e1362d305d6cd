//! The pointer of presenter mode: a ring that can be seen from the last row, as the dot of a laser pointer can.

use egui::{Color32, Context, Id, LayerId, Order, Pos2, Rect, Stroke, Vec2};

use crate::explorer::state::State;
use crate::explorer::theme;

/// Radius and width of the ring, in points.
const RADIUS: f32 = 26.0;
const WIDTH: f32 = 4.0;

/// How the points of the window lie on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Points {
    zoom: f32,
    /// Where the window's content begins, in points.
    origin: Vec2,
}

impl Points {
    fn of(ctx: &Context) -> Self {
        let content = ctx.input(|input| input.viewport().inner_rect);
        let content = content.filter(Rect::is_positive);
        Self {
            zoom: ctx.zoom_factor(),
            origin: content.map_or(Vec2::ZERO, |content| content.min.to_vec2()),
        }
    }
}

/// Where the pointer was when it last moved.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Moved {
    at: Pos2,
    points: Points,
}

impl Moved {
    /// The same place of the screen, in the points of now: the window may have become another one under a pointer that rests.
    fn now(self, points: Points) -> Pos2 {
        let on_screen = (self.at.to_vec2() + self.points.origin) * self.points.zoom;
        (on_screen / points.zoom - points.origin).to_pos2()
    }
}

/// Where the pointer is. What egui knows is where it was when it last moved, in the points of then.
fn place(ctx: &Context) -> Option<Pos2> {
    let at = ctx.pointer_latest_pos()?;
    let points = Points::of(ctx);
    let id = Id::unique("pointer when it last moved");
    let known = ctx.data(|data| data.get_temp::<Moved>(id));
    let moved = known.filter(|moved| moved.at == at);
    let moved = moved.unwrap_or(Moved { at, points });
    ctx.data_mut(|data| data.insert_temp(id, moved));
    Some(moved.now(points))
}

/// Draws the ring around the pointer, in front of everything.
pub(crate) fn show(state: &State, ctx: &Context) {
    // Also while there is no ring: the pointer may rest when presenter mode begins.
    let place = place(ctx);
    if !state.presenter.on || !state.presenter.pointer {
        return;
    }
    let Some(at) = place else {
        return;
    };
    let layer = LayerId::new(Order::Tooltip, Id::unique("ring around the pointer"));
    let painter = ctx.layer_painter(layer);
    let palette = theme::palette(ctx);
    // Dark and light edges: it is visible on skin, on black corners and on the panels.
    for (wider, colour) in [
        (4.0, Color32::from_black_alpha(150)),
        (2.0, Color32::from_white_alpha(230)),
        (0.0, palette.pointer),
    ] {
        painter.circle_stroke(at, RADIUS, Stroke::new(WIDTH + wider, colour));
    }
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    #[test]
    fn a_pointer_that_rests_stays_on_its_place_of_the_screen() {
        let before = Points {
            zoom: 1.0,
            origin: vec2(100.0, 60.0),
        };
        let moved = Moved {
            at: pos2(300.0, 200.0),
            points: before,
        };
        assert_eq!(moved.now(before), moved.at);
        let enlarged = Points {
            zoom: 2.0,
            origin: vec2(0.0, 0.0),
        };
        assert_eq!(moved.now(enlarged), pos2(200.0, 130.0));
    }
}
