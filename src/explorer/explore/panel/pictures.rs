//! The pictures themselves: their positions, and how they are painted.

use std::sync::Arc;

use egui::{
    Align2, Color32, Key, Label, Rect, RichText, Role, Sense, Stroke, StrokeKind, TextStyle, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use flipscope_image::distance::difference;
use flipscope_image::lesion::Frame;
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::explore::panel::gestures::{drag, handle_place, visible, zoom_and_pan};
use crate::explorer::explore::view::Layout;
use crate::explorer::panels::Pane;
use crate::explorer::picture;
use crate::explorer::picture::command::PictureCommand;
use crate::explorer::preview::{Preview, Show};
use crate::explorer::theme;
use crate::explorer::widgets::{SCALE, difference_scale};

/// Space around the pictures.
const MARGIN: f32 = 14.0;
/// Space around the title above a picture.
const TITLE: f32 = 6.0;
/// Maximum width of the scale of the difference.
const WIDEST_SCALE: f32 = 320.0;
/// Seconds for which each picture of a blink is shown.
const BLINK: f64 = 0.6;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let area = ui.available_rect_before_wrap().shrink(MARGIN);
    let view = &pane.state.view;
    // Larger in presenter mode.
    let title_height = (ui.text_style_height(&TextStyle::Body) + TITLE).round();
    let peek = ui.input(|input| input.key_down(Key::B)) && !ui.ctx().text_edit_focused();
    match view.layout {
        Layout::SideBySide => {
            let side = ((area.width() - MARGIN) / 2.0)
                .min(area.height() - title_height)
                .max(40.0);
            let left = area.center().x - side - MARGIN / 2.0;
            let top = area.center().y - f32::midpoint(side, title_height) + title_height;
            let original = Rect::from_min_size(pos2(left, top), vec2(side, side));
            let altered = original.translate(vec2(side + MARGIN, 0.0));
            let title = text!("explore-original");
            one(pane, ui, lesion, (original, false), title, Show::Original);
            let shown = if peek { Show::Original } else { Show::Altered };
            one(
                pane,
                ui,
                lesion,
                (altered, true),
                text!("explore-altered"),
                shown,
            );
        }
        layout => {
            let differs = layout == Layout::Difference;
            let gain = view.difference_gain;
            let clipped = if differs {
                beyond(pane, lesion, gain)
            } else {
                0.0
            };
            let below = if differs {
                // With room for all that may be said, so that nothing moves under a slider.
                SCALE + height(ui, words(0.99), area.width())
            } else {
                0.0
            };
            let area = Rect::from_min_max(area.min, area.max - vec2(0.0, below));
            let side = area.width().min(area.height() - title_height).max(40.0);
            let top = area.center().y - f32::midpoint(side, title_height) + title_height;
            let rect =
                Rect::from_min_size(pos2(area.center().x - side / 2.0, top), vec2(side, side));
            let changed = text!("explore-difference-times", gain = gain.to_string());
            let (title, shown) = match layout {
                Layout::Wipe => (text!("explore-wiped"), Show::Wipe(view.wipe)),
                Layout::Difference => (changed.as_str(), Show::Difference { gain }),
                _ => {
                    let time = ui.input(|input| input.time);
                    ui.ctx()
                        .request_repaint_after_secs((BLINK - time % BLINK) as f32);
                    if (time / BLINK) as i64 % 2 == 0 {
                        (text!("explore-altered"), Show::Altered)
                    } else {
                        (text!("explore-original"), Show::Original)
                    }
                }
            };
            let shown = if peek { Show::Original } else { shown };
            one(pane, ui, lesion, (rect, true), title, shown);
            if differs {
                let width = side.min(WIDEST_SCALE);
                let left = rect.center().x - width / 2.0;
                let place = Rect::from_min_size(pos2(left, rect.bottom()), vec2(width, SCALE));
                ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
                    difference_scale(ui, gain, width);
                });
                let words = words(clipped);
                let room = Rect::from_x_y_ranges(
                    area.x_range(),
                    place.bottom()..=place.bottom() + below - SCALE,
                );
                let layout = egui::Layout::top_down(egui::Align::Center);
                ui.scope_builder(UiBuilder::new().max_rect(room).layout(layout), |ui| {
                    let colour = theme::palette(ui.ctx()).text;
                    ui.add(Label::new(RichText::new(words).small().color(colour)).wrap());
                });
            }
        }
    }
}

/// What is said below the scale of the difference: what it is, and what share of the pixels it shows too little of.
fn words(clipped: f64) -> String {
    let meaning = text!("difference-in-words");
    if clipped > 0.0 {
        let percent = difference::share_in_words(clipped);
        let clipped = text!("difference-beyond", percent = percent);
        format!("{meaning}. {clipped}")
    } else {
        meaning.to_owned()
    }
}

/// The height that words take, at most so wide.
fn height(ui: &Ui, words: String, wide: f32) -> f32 {
    let small = TextStyle::Small.resolve(ui.style());
    let laid_out = ui.painter().layout(words, small, Color32::WHITE, wide);
    laid_out.size().y
}

/// The share of pixels that changed by more than the difference shows: that of a moment ago, until the pixels are known.
fn beyond(pane: &mut Pane<'_>, lesion: &Lesion, gain: f32) -> f64 {
    let pixels = &pane.state.pixels;
    if pixels.is_missing(lesion) {
        pane.emit(Command::Picture(PictureCommand::Inspect));
    }
    let of_frame = pixels.newest.as_ref().filter(|newest| {
        let frame = lesion.frame();
        frame.is_some_and(|frame| Arc::ptr_eq(frame, &newest.of.frame))
    });
    of_frame.map_or(0.0, |newest| {
        let [original, altered] = &newest.frames;
        difference::beyond(original, altered, gain)
    })
}

/// One picture with its title and its pointer actions. The pointer stays on a blinking picture when the original is shown: it is
/// still the altered one.
fn one(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    lesion: &Lesion,
    (rect, altered): (Rect, bool),
    title: &str,
    shown: Show,
) {
    let palette = theme::palette(ui.ctx());
    let id = ui.scope_id().with(("picture", altered));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let name = if altered {
        text!("explore-altered-picture")
    } else {
        text!("explore-original-picture")
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));

    paint(pane, ui, lesion, rect, shown);
    // Marks the edge of the picture even if its corners are as black as the canvas.
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
    // Its accessible name says it too, if there is no room next to the title.
    if lesion.is_synthetic() && rect.width() > 124.0 {
        ui.painter().text(
            rect.right_top() - vec2(0.0, 5.0),
            Align2::RIGHT_BOTTOM,
            text!("explore-synthetic"),
            font,
            palette.muted,
        );
    }

    picture::panel::menu(pane, &response);
    if response.has_focus() {
        let ring = Stroke::new(2.0, palette.accent);
        ui.painter()
            .rect_stroke(rect.expand(2.0), 2.0, ring, StrokeKind::Outside);
    }
    let elsewhere = altered && drag(pane, ui, &response, rect, lesion, &palette);
    zoom_and_pan(pane, ui, (&response, rect), !elsewhere);
    // In front of the line of a wipe.
    let seen = visible(&pane.state.view);
    let handle = altered.then(|| handle_place(rect, lesion));
    picture::panel::readout(pane, ui, lesion, (&response, rect), seen, handle);
}

fn paint(pane: &mut Pane<'_>, ui: &Ui, lesion: &Lesion, rect: Rect, shown: Show) {
    let view = &pane.state.view;
    let Some(frame) = lesion.frame() else { return };
    let Some(picture) = pane.assets.picture(lesion, view.full_resolution) else {
        return;
    };
    if pane.assets.can_preview() {
        // From about three screen pixels per frame pixel on, blocks show best what the network sees.
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
