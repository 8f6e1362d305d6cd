//! What dragging, rotating and the mouse wheel do on the pictures.
//!
//! Three spaces: screen points; *view* coordinates, 0..1 of the frame; frame pixels, 0..299. A drag on the altered picture is a
//! shift in frame pixels, transformed back through the rotation, because the shift comes before it.

use std::sync::Arc;

use egui::accesskit::{Action, ActionData, ActionRequest};
use egui::{
    CursorIcon, Id, PointerButton, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2,
    vec2,
};

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::explore::view::{Layout, View};
use crate::explorer::history::Gesture;
use crate::explorer::panels::Pane;
use crate::explorer::theme::Palette;
use crate::explorer::widgets::Quantity as _;

/// Radius of the rotation handle.
const HANDLE: f32 = 9.0;

/// The wheel zooms at the pointer; Shift or another button drags the zoomed picture, if the press may do so.
pub(super) fn zoom_and_pan(
    pane: &mut Pane<'_>,
    ui: &Ui,
    (response, rect): (&Response, Rect),
    may_pan: bool,
) {
    let view = &pane.state.view;
    if let Some(pointer) = response.hover_pos() {
        let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        let factor = pinch * (scroll * 0.004).exp();
        if (factor - 1.0).abs() > 1e-4 {
            let zoom = (view.zoom * factor).clamp(1.0, View::CLOSEST);
            let [left, top, right, bottom] = visible(view);
            let at = (pointer - rect.min) / rect.size();
            // The point under the pointer stays there.
            let here = [left + (right - left) * at.x, top + (bottom - top) * at.y];
            let centre = [here[0] + (0.5 - at.x) / zoom, here[1] + (0.5 - at.y) / zoom];
            pane.emit(Command::SetView(View {
                zoom,
                centre,
                ..view.clone()
            }));
            return;
        }
    }
    let pan = response.dragged_by(PointerButton::Secondary)
        || response.dragged_by(PointerButton::Middle)
        || (response.dragged_by(PointerButton::Primary) && ui.input(|input| input.modifiers.shift));
    if may_pan && pan && view.zoom > 1.0 {
        let delta = response.drag_delta() / rect.size() / view.zoom;
        let [x, y] = view.centre;
        pane.emit(Command::SetView(View {
            centre: [x - delta.x, y - delta.y],
            ..view.clone()
        }));
    }
}

/// What a press on the altered picture takes hold of.
#[derive(Clone, Copy, PartialEq)]
enum Held {
    Picture,
    Wipe,
    Handle,
}

/// What is held, where the press was, and the perturbation then.
#[derive(Clone)]
struct Grip {
    held: Held,
    pointer: Pos2,
    start: Arc<Perturbation>,
}

fn half_steps(value: f64) -> f64 {
    (value * 2.0).round() / 2.0
}

/// The altered picture can be shifted, its handle rotates it, and the line of a wipe can be moved. egui gives a press to what is
/// under the pointer at the end of a frame; in a slow frame, the pointer has left the handle by then. So it is the place of
/// the press that decides. Whether the press holds something in front of the picture.
pub(super) fn drag(
    pane: &mut Pane<'_>,
    ui: &Ui,
    picture: &Response,
    rect: Rect,
    lesion: &Lesion,
    palette: &Palette,
) -> bool {
    if picture.hovered() {
        ui.ctx().set_cursor_icon(if picture.dragged() {
            CursorIcon::Grabbing
        } else {
            CursorIcon::Grab
        });
    }
    // Below the handle, which is on the line if nothing is rotated.
    let wipe = (pane.state.view.layout == Layout::Wipe).then(|| wipe(pane, ui, rect));
    let handle = handle(ui, rect, lesion, palette);
    let all = [Some(picture), wipe.as_ref(), Some(&handle)];
    let all = all.into_iter().flatten();
    let id = Id::unique("grip on the altered picture");
    if all.clone().any(Response::drag_started)
        && let Some(pointer) = ui.input(|input| input.pointer.press_origin())
    {
        let there = |one: &Response| one.rect.contains(pointer);
        let held = if there(&handle) {
            Held::Handle
        } else if wipe.as_ref().is_some_and(there) {
            Held::Wipe
        } else {
            Held::Picture
        };
        let start = Arc::clone(&lesion.perturbation);
        let grip = Grip {
            held,
            pointer,
            start,
        };
        ui.data_mut(|data| data.insert_temp(id, grip));
    }
    let Some(Grip {
        held,
        pointer,
        start,
    }) = ui.data(|data| data.get_temp(id))
    else {
        return false;
    };
    let dragged = |one: &&Response| one.dragged_by(PointerButton::Primary);
    let Some(to) = all
        .clone()
        .find(dragged)
        .and_then(Response::interact_pointer_pos)
    else {
        return false;
    };
    match held {
        Held::Picture if ui.input(|input| input.modifiers.shift) => {}
        Held::Picture => shift(pane, rect, lesion, (&start, to - pointer)),
        Held::Wipe => {
            let wipe = ((to.x - rect.left()) / rect.width()).clamp(0.0, 1.0);
            let view = pane.state.view.clone();
            pane.emit(Command::SetView(View { wipe, ..view }));
        }
        Held::Handle => {
            let turn = |point: Pos2| {
                let arm = rect.center() - point;
                f64::from(arm.x.atan2(arm.y)).to_degrees()
            };
            let in_steps = ui.input(|input| input.modifiers.command);
            let rotate = start.rotate + turn(to) - turn(pointer);
            rotate_to(pane, lesion, rotate, in_steps);
        }
    }
    held != Held::Picture
}

/// A drag on the picture: the content follows.
fn shift(
    pane: &mut Pane<'_>,
    rect: Rect,
    lesion: &Lesion,
    (start, moved): (&Perturbation, egui::Vec2),
) {
    let scale = f64::from(Frame::SIDE) / f64::from(rect.width() * pane.state.view.zoom);
    let (x, y) = (f64::from(moved.x) * scale, f64::from(moved.y) * scale);
    let (sin, cos) = start.rotate.to_radians().sin_cos();
    let [start_x, start_y] = start.shift;
    let limit = f64::from(Frame::SIDE);
    let shift = [
        half_steps(start_x + x * cos - y * sin).clamp(-limit, limit),
        half_steps(start_y + x * sin + y * cos).clamp(-limit, limit),
    ];
    let perturbation = Perturbation {
        shift,
        ..(*lesion.perturbation).clone()
    };
    pane.emit(Command::Alter(Gesture::DragShift, Arc::new(perturbation)));
}

/// A drag on the handle.
fn rotate_to(pane: &mut Pane<'_>, lesion: &Lesion, rotate: f64, in_steps: bool) {
    let rotate = if in_steps {
        (rotate / 15.0).round() * 15.0
    } else {
        half_steps(rotate)
    };
    // Wrapped to −180..180, the range of the slider.
    let rotate = (rotate + 180.0).rem_euclid(360.0) - 180.0;
    let perturbation = Perturbation {
        rotate,
        ..(*lesion.perturbation).clone()
    };
    pane.emit(Command::Alter(Gesture::DragRotate, Arc::new(perturbation)));
}

/// Where it is, and what a press on it hits.
pub(super) fn handle_place(rect: Rect, lesion: &Lesion) -> Rect {
    let (at, _) = on_circle(rect, lesion);
    Rect::from_center_size(at, vec2(HANDLE, HANDLE) * 2.6)
}

/// Its middle, and the radius of the circle that it moves on.
fn on_circle(rect: Rect, lesion: &Lesion) -> (Pos2, f32) {
    let radius = rect.width() / 2.0 - handle_size(rect) - 6.0;
    let angle = lesion.perturbation.rotate.to_radians() as f32;
    let at = rect.center() + vec2(-angle.sin(), -angle.cos()) * radius;
    (at, radius)
}

/// Small on a small picture, so as not to hide what it rotates.
fn handle_size(rect: Rect) -> f32 {
    HANDLE.min(rect.width() * 0.05)
}

/// The handle that rotates the picture.
fn handle(ui: &Ui, rect: Rect, lesion: &Lesion, palette: &Palette) -> Response {
    let centre = rect.center();
    let size = handle_size(rect);
    let (at, radius) = on_circle(rect, lesion);
    let id = Id::unique("rotation handle");
    let response = ui.interact(handle_place(rect, lesion), id, Sense::drag());
    response
        .widget_info(|| WidgetInfo::labeled(Role::Button, true, text!("explore-rotation-handle")));
    let lit = response.hovered() || response.dragged();
    if lit {
        ui.ctx().set_cursor_icon(CursorIcon::Alias);
        ui.painter().circle_stroke(
            centre,
            radius,
            Stroke::new(1.0, palette.card.gamma_multiply(0.7)),
        );
    }
    let dark = egui::Color32::from_black_alpha(170);
    ui.painter().circle(at, size + 1.0, dark, Stroke::NONE);
    ui.painter().circle_stroke(
        at,
        size - 2.0,
        Stroke::new(if lit { 3.0 } else { 2.0 }, egui::Color32::WHITE),
    );
    let angle = lesion.perturbation.rotate.shown((1, 1));
    response.on_hover_text(text!("explore-rotation-handle.hover", angle = angle))
}

/// The line of the wipe.
fn wipe(pane: &mut Pane<'_>, ui: &Ui, rect: Rect) -> Response {
    let x = rect.left() + rect.width() * pane.state.view.wipe;
    let grab = Rect::from_center_size(pos2(x, rect.center().y), vec2(18.0, rect.height()));
    let response = ui.interact(grab, Id::unique("wipe"), Sense::drag());
    response.widget_info(|| {
        WidgetInfo::slider(true, f64::from(pane.state.view.wipe), text!("view-wipe"))
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(1.0);
        node.add_action(Action::SetValue);
    });
    let asked = ui.input(|input| {
        let requests = input.accesskit_action_requests(response.id, Action::SetValue);
        let value = |request: &ActionRequest| match request.data {
            Some(ActionData::NumericValue(value)) => Some(value.clamp(0.0, 1.0) as f32),
            _ => None,
        };
        requests.filter_map(value).last()
    });
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    ui.painter().vline(
        x,
        rect.y_range(),
        Stroke::new(3.0, egui::Color32::from_black_alpha(120)),
    );
    ui.painter()
        .vline(x, rect.y_range(), Stroke::new(1.5, egui::Color32::WHITE));
    if let Some(wipe) = asked {
        let view = pane.state.view.clone();
        pane.emit(Command::SetView(View { wipe, ..view }));
    }
    response
}

pub(super) fn visible(view: &View) -> [f32; 4] {
    let half = 0.5 / view.zoom;
    let [x, y] = view.centre;
    [x - half, y - half, x + half, y + half]
}
