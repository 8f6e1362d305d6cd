//! A case: the picture at its fixed size, the reader's progress, and the time that is left.

use std::sync::Arc;
use std::time::Instant;

use egui::{
    Align2, Color32, FontId, Rect, Role, Sense, TextureHandle, TextureOptions, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::explorer::readers::reading::panels::question::ask;
use crate::explorer::readers::reading::panels::style::{SOFT, column, error, heading, line};
use crate::explorer::readers::reading::state::{Act, Reading};
use flipscope_image::lesion::Frame;
use flipscope_lab::reader::Shown;
use flipscope_lab::reader::store::Phase;
use flipscope_language::text;

/// Height below the picture for the question, and above it for the progress, in points: the default of 598 points fits on 768.
const BELOW: f32 = 124.0;
const ABOVE: f32 = 32.0;

/// The current picture, with the frame that it was made from.
pub(in crate::explorer::readers::reading) type Picture = Option<(Arc<Frame>, TextureHandle)>;

pub(super) fn show(
    ui: &mut Ui,
    reading: &mut Reading,
    picture: &mut Picture,
    now: Instant,
    acts: &mut Vec<Act>,
) {
    let Some(shown) = reading.shown.clone() else {
        return;
    };
    let screen = ui.max_rect();
    let side = shown.side as f32;
    if screen.width() < side || screen.height() < side + ABOVE + BELOW {
        // At another size it would be another study.
        reading.out_of_sight(now);
        too_small(ui, side);
        return;
    }
    let middle = pos2(
        screen.center().x,
        screen.top() + ABOVE + (screen.height() - ABOVE - BELOW) / 2.0,
    );
    let scale = ui.pixels_per_point();
    let corner = middle - vec2(side, side) / 2.0;
    let corner = pos2(
        (corner.x * scale).round() / scale,
        (corner.y * scale).round() / scale,
    );
    let rect = Rect::from_min_size(corner, vec2(side, side));
    paint(ui, picture, &shown, rect);
    reading.in_sight(now);
    progress(ui, &shown, screen);
    if let Some(left) = reading.time_left(now) {
        let bar = Rect::from_min_size(
            pos2(rect.left(), rect.bottom() + 6.0),
            vec2(side * left, 3.0),
        );
        ui.painter().rect_filled(bar, 0.0, SOFT);
    }
    let below = Rect::from_min_max(
        pos2(screen.left(), rect.bottom() + 14.0),
        screen.right_bottom(),
    );
    ui.scope_builder(egui::UiBuilder::new().max_rect(below), |ui| {
        ui.vertical_centered(|ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            ask(ui, reading, acts);
            error(ui, reading);
        });
    });
}

/// The picture: all pixels equally large, if the side is a whole multiple; otherwise the same smoothing for every case.
fn paint(ui: &Ui, picture: &mut Picture, shown: &Shown, rect: Rect) {
    let is_it = |(frame, _): &(Arc<Frame>, TextureHandle)| Arc::ptr_eq(frame, &shown.frame);
    if !picture.as_ref().is_some_and(is_it) {
        let size = [Frame::SIDE as usize; 2];
        let image = egui::ColorImage::from_rgb(size, shown.frame.pixels());
        let pixels = rect.width() * ui.pixels_per_point() / Frame::SIDE as f32;
        let options = if (pixels - pixels.round()).abs() < 1e-3 {
            TextureOptions::NEAREST
        } else {
            TextureOptions::LINEAR
        };
        let texture = ui.ctx().load_texture("case", image, options);
        *picture = Some((Arc::clone(&shown.frame), texture));
    }
    if let Some((_, texture)) = picture {
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter()
            .image(texture.id(), rect, whole, Color32::WHITE);
    }
    let response = ui.interact(rect, ui.scope_id().with("case"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, text!("reading-lesion")));
}

fn progress(ui: &Ui, shown: &Shown, screen: Rect) {
    let (position, of) = (shown.position, shown.of);
    let text = match shown.phase {
        Phase::Practice => text!("reading-practice-position", position = position, of = of),
        Phase::Reading => text!("reading-position", position = position, of = of),
    };
    let font = FontId::proportional(14.0);
    let at = pos2(screen.center().x, screen.top() + ABOVE / 2.0);
    ui.painter()
        .text(at, Align2::CENTER_CENTER, text, font, SOFT);
}

fn too_small(ui: &mut Ui, side: f32) {
    column(ui, |ui| {
        heading(ui, text!("reading-too-small"));
        let (width, height) = (side, side + ABOVE + BELOW);
        let points = |length: f32| format!("{length:.0}");
        line(
            ui,
            &text!(
                "reading-too-small-why",
                side = points(side),
                width = points(width),
                height = points(height),
            ),
        );
    });
}
