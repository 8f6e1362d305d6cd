//! The pictures themselves: where they stand, and what dragging, turning and the wheel do on them.
//!
//! Three spaces: screen points; *view* coordinates, 0..1 of the frame; frame pixels, 0..299. A drag on the altered picture
//! is a shift in frame pixels, taken back through the rotation, because the shift comes before it.

use std::sync::Arc;

use egui::accesskit::{Action, ActionData, ActionRequest};
use egui::{
    Align2, CursorIcon, Id, Key, PointerButton, Rect, Response, Role, Sense, Stroke, StrokeKind,
    Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::explore::view::{Layout, View};
use crate::explorer::history::Gesture;
use crate::explorer::panels::Pane;
use crate::explorer::preview::{Preview, Show};
use crate::explorer::theme;
use crate::explorer::theme::Palette;
use crate::explorer::widgets::{SCALE, difference_scale};

/// Space around the pictures.
const MARGIN: f32 = 14.0;
/// Height of the line above a picture.
const TITLE: f32 = 22.0;
/// Radius of the rotation handle.
const HANDLE: f32 = 9.0;
/// Widest that the scale of the difference is.
const WIDEST_SCALE: f32 = 320.0;
/// Seconds that each picture of a blink stays.
const BLINK: f64 = 0.6;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let area = ui.available_rect_before_wrap().shrink(MARGIN);
    let view = &pane.state.view;
    let peek = ui.input(|input| input.key_down(Key::B)) && !ui.ctx().text_edit_focused();
    match view.layout {
        Layout::SideBySide => {
            let side = ((area.width() - MARGIN) / 2.0)
                .min(area.height() - TITLE)
                .max(40.0);
            let left = area.center().x - side - MARGIN / 2.0;
            let top = area.center().y - f32::midpoint(side, TITLE) + TITLE;
            let original = Rect::from_min_size(pos2(left, top), vec2(side, side));
            let altered = original.translate(vec2(side + MARGIN, 0.0));
            one(pane, ui, lesion, original, "Original", Show::Original);
            let shown = if peek { Show::Original } else { Show::Altered };
            one(pane, ui, lesion, altered, "Altered", shown);
        }
        layout => {
            let difference = layout == Layout::Difference;
            // Its scale stands below it.
            let below = if difference { SCALE } else { 0.0 };
            let area = Rect::from_min_max(area.min, area.max - vec2(0.0, below));
            let side = area.width().min(area.height() - TITLE).max(40.0);
            let top = area.center().y - f32::midpoint(side, TITLE) + TITLE;
            let rect =
                Rect::from_min_size(pos2(area.center().x - side / 2.0, top), vec2(side, side));
            let gain = view.difference_gain;
            let changed = format!("Difference × {gain}");
            let (title, shown) = match layout {
                Layout::Wipe => ("Original | Altered", Show::Wipe(view.wipe)),
                Layout::Difference => (changed.as_str(), Show::Difference { gain }),
                _ => {
                    let time = ui.input(|input| input.time);
                    ui.ctx()
                        .request_repaint_after_secs((BLINK - time % BLINK) as f32);
                    if (time / BLINK) as i64 % 2 == 0 {
                        ("Altered", Show::Altered)
                    } else {
                        ("Original", Show::Original)
                    }
                }
            };
            let shown = if peek { Show::Original } else { shown };
            one(pane, ui, lesion, rect, title, shown);
            if difference {
                let width = side.min(WIDEST_SCALE);
                let left = rect.center().x - width / 2.0;
                let place = Rect::from_min_size(pos2(left, rect.bottom()), vec2(width, SCALE));
                ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
                    difference_scale(ui, gain, width);
                });
            }
        }
    }
}

/// One picture with its title and what the pointer does on it.
fn one(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion, rect: Rect, title: &str, shown: Show) {
    let palette = theme::palette(ui.ctx());
    let side_by_side = pane.state.view.layout == Layout::SideBySide;
    // The hand on a blinking picture stays on it when the original's turn comes.
    let altered = !(side_by_side && title == "Original");
    let id = ui.scope_id().with(("picture", altered));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let name = if altered {
        "Altered picture"
    } else {
        "Original picture"
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));

    paint(pane, ui, lesion, rect, shown);
    // Where the picture ends, also where its corners are as black as the canvas.
    ui.painter().rect_stroke(
        rect,
        0.0,
        Stroke::new(1.0, palette.line),
        StrokeKind::Outside,
    );
    let font = egui::TextStyle::Body.resolve(ui.style());
    ui.painter().text(
        rect.left_top() - vec2(0.0, 5.0),
        Align2::LEFT_BOTTOM,
        title,
        font.clone(),
        palette.text,
    );
    // Its name says it too, where there is no room for it beside the title.
    if lesion.is_synthetic() && rect.width() > 124.0 {
        ui.painter().text(
            rect.right_top() - vec2(0.0, 5.0),
            Align2::RIGHT_BOTTOM,
            "synthetic",
            font,
            palette.muted,
        );
    }

    zoom_and_pan(pane, ui, &response, rect);
    if altered {
        drag_to_shift(pane, ui, &response, rect, lesion);
        // Below the handle, which stands on the line where nothing is rotated.
        if pane.state.view.layout == Layout::Wipe {
            wipe(pane, ui, rect);
        }
        handle_to_rotate(pane, ui, rect, lesion, &palette);
    }
}

fn visible(view: &View) -> [f32; 4] {
    let half = 0.5 / view.zoom;
    let [x, y] = view.centre;
    [x - half, y - half, x + half, y + half]
}

fn paint(pane: &mut Pane<'_>, ui: &Ui, lesion: &Lesion, rect: Rect, shown: Show) {
    let view = &pane.state.view;
    let Some(frame) = lesion.frame() else { return };
    let Some(picture) = pane.assets.picture(lesion, view.full_resolution) else {
        return;
    };
    if pane.assets.can_preview() {
        // From about three screen pixels a frame pixel on, blocks say best what the network sees.
        let pixels = rect.width() * ui.ctx().pixels_per_point() * view.zoom / Frame::SIDE as f32;
        // A smooth difference would be grey between two pixels of noise.
        let blocks = pixels >= 3.0 || matches!(shown, Show::Difference { .. });
        let preview = Preview {
            picture,
            frame: Arc::clone(frame),
            perturbation: Arc::clone(&lesion.perturbation),
            show: shown,
            view: visible(view),
            crisp: blocks && !view.full_resolution,
        };
        preview.paint(ui.painter(), rect);
    } else {
        ui.painter()
            .rect_filled(rect, 0.0, theme::palette(ui.ctx()).line);
    }
}

/// The wheel zooms where the pointer is; Shift or another button drags the zoomed picture.
fn zoom_and_pan(pane: &mut Pane<'_>, ui: &Ui, response: &Response, rect: Rect) {
    let view = &pane.state.view;
    if let Some(pointer) = response.hover_pos() {
        let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        let factor = pinch * (scroll * 0.004).exp();
        if (factor - 1.0).abs() > 1e-4 {
            let zoom = (view.zoom * factor).clamp(1.0, 32.0);
            let [left, top, right, bottom] = visible(view);
            let at = (pointer - rect.min) / rect.size();
            // The point under the pointer stays under it.
            let here = [left + (right - left) * at.x, top + (bottom - top) * at.y];
            let centre = [here[0] + (0.5 - at.x) / zoom, here[1] + (0.5 - at.y) / zoom];
            pane.emit(Command::Look(View {
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
    if pan && view.zoom > 1.0 {
        let delta = response.drag_delta() / rect.size() / view.zoom;
        let [x, y] = view.centre;
        pane.emit(Command::Look(View {
            centre: [x - delta.x, y - delta.y],
            ..view.clone()
        }));
    }
}

#[derive(Clone)]
struct Grip {
    pointer: egui::Pos2,
    start: Arc<Perturbation>,
}

fn half_steps(value: f64) -> f64 {
    (value * 2.0).round() / 2.0
}

fn drag_to_shift(pane: &mut Pane<'_>, ui: &Ui, response: &Response, rect: Rect, lesion: &Lesion) {
    if response.hovered() {
        ui.ctx().set_cursor_icon(if response.dragged() {
            CursorIcon::Grabbing
        } else {
            CursorIcon::Grab
        });
    }
    let Some(grip) = grip(ui, response, lesion) else {
        return;
    };
    if ui.input(|input| input.modifiers.shift) || !response.dragged_by(PointerButton::Primary) {
        return;
    }
    let Some(pointer) = response.interact_pointer_pos() else {
        return;
    };
    let scale = f64::from(Frame::SIDE) / f64::from(rect.width() * pane.state.view.zoom);
    let moved = pointer - grip.pointer;
    let (x, y) = (f64::from(moved.x) * scale, f64::from(moved.y) * scale);
    let (sin, cos) = grip.start.rotate.to_radians().sin_cos();
    let [start_x, start_y] = grip.start.shift;
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

/// Where a drag began, and from which perturbation.
fn grip(ui: &Ui, response: &Response, lesion: &Lesion) -> Option<Grip> {
    let id = response.id.with("grip");
    if response.drag_started() {
        let pointer = ui.input(|input| input.pointer.press_origin())?;
        let grip = Grip {
            pointer,
            start: Arc::clone(&lesion.perturbation),
        };
        ui.data_mut(|data| data.insert_temp(id, grip));
    }
    ui.data(|data| data.get_temp(id))
}

fn handle_to_rotate(pane: &mut Pane<'_>, ui: &Ui, rect: Rect, lesion: &Lesion, palette: &Palette) {
    let centre = rect.center();
    // Small on a small picture: it shall not hide what it turns.
    let size = HANDLE.min(rect.width() * 0.05);
    let radius = rect.width() / 2.0 - size - 6.0;
    let angle = lesion.perturbation.rotate.to_radians() as f32;
    let at = centre + vec2(-angle.sin(), -angle.cos()) * radius;
    let id = Id::unique("rotation handle");
    let response = ui.interact(
        Rect::from_center_size(at, vec2(HANDLE, HANDLE) * 2.6),
        id,
        Sense::drag(),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Rotation handle"));
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
    let response = response.on_hover_text(format!(
        "Rotation {:.1}° (Ctrl: in steps of 15°)",
        lesion.perturbation.rotate
    ));

    let Some(grip) = grip(ui, &response, lesion) else {
        return;
    };
    if !response.dragged() {
        return;
    }
    let Some(pointer) = response.interact_pointer_pos() else {
        return;
    };
    let turn = |point: egui::Pos2| {
        let arm = centre - point;
        f64::from(arm.x.atan2(arm.y)).to_degrees()
    };
    let mut rotate = grip.start.rotate + turn(pointer) - turn(grip.pointer);
    rotate = if ui.input(|input| input.modifiers.command) {
        (rotate / 15.0).round() * 15.0
    } else {
        half_steps(rotate)
    };
    // Into −180..180, where the slider is.
    rotate = (rotate + 180.0).rem_euclid(360.0) - 180.0;
    let perturbation = Perturbation {
        rotate,
        ..(*lesion.perturbation).clone()
    };
    pane.emit(Command::Alter(Gesture::DragRotate, Arc::new(perturbation)));
}

/// The line of the wipe, and its handle.
fn wipe(pane: &mut Pane<'_>, ui: &Ui, rect: Rect) {
    let x = rect.left() + rect.width() * pane.state.view.wipe;
    let grab = Rect::from_center_size(pos2(x, rect.center().y), vec2(18.0, rect.height()));
    let response = ui.interact(grab, Id::unique("wipe"), Sense::drag());
    response.widget_info(|| WidgetInfo::slider(true, f64::from(pane.state.view.wipe), "Wipe"));
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
    let pointer = response
        .interact_pointer_pos()
        .filter(|_| response.dragged());
    let dragged = pointer.map(|at| ((at.x - rect.left()) / rect.width()).clamp(0.0, 1.0));
    if let Some(wipe) = dragged.or(asked) {
        let view = pane.state.view.clone();
        pane.emit(Command::Look(View { wipe, ..view }));
    }
}
