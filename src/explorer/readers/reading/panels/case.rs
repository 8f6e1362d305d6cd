//! A case: the picture at its fixed size (in a class, as large as the screen has room for), the reader's progress, and the time that is
//! left; in practice, the picture again beside what is told about it.

use std::sync::Arc;
use std::time::Instant;

use egui::{
    Align2, Color32, FontId, Pos2, Rect, Role, Sense, TextureHandle, TextureOptions, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::explorer::readers::reading::panels::hall::{self, Places};
use crate::explorer::readers::reading::panels::question::ask;
use crate::explorer::readers::reading::panels::style::{SOFT, column, error, heading, line};
use crate::explorer::readers::reading::stage::Act;
use crate::explorer::readers::reading::state::Reading;
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
    let class = shown.question.hands;
    let places = if class {
        hall::places(screen)
    } else {
        Places::below(screen, shown.side as f32)
    };
    let Some(places) = places else {
        reading.out_of_sight(now);
        too_small(ui, &shown);
        return;
    };
    let scale = ui.pixels_per_point();
    let corner = places.picture.min;
    let corner = pos2(
        (corner.x * scale).round() / scale,
        (corner.y * scale).round() / scale,
    );
    let rect = Rect::from_min_size(corner, places.picture.size());
    paint(ui, picture, &shown, rect);
    reading.in_sight(now);
    progress(ui, &shown, places.progress);
    if let Some(left) = reading.time_left(now) {
        let bar = Rect::from_min_size(
            pos2(rect.left(), rect.bottom() + 6.0),
            vec2(rect.width() * left, if class { 6.0 } else { 3.0 }),
        );
        ui.painter().rect_filled(bar, 0.0, SOFT);
    }
    ui.scope_builder(egui::UiBuilder::new().max_rect(places.question), |ui| {
        ui.vertical_centered(|ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            ask(ui, reading, acts);
            error(ui, reading);
        });
    });
}

/// The picture of a practice case beside what is told about it; on a screen that has no room for both, only that.
pub(super) fn practised(
    ui: &mut Ui,
    reading: &Reading,
    picture: &mut Picture,
    told: impl FnOnce(&mut Ui),
) {
    let places = hall::places(ui.max_rect());
    let Some((places, shown)) = places.zip(reading.practised.as_ref()) else {
        told(ui);
        return;
    };
    // No larger than it was when it was asked for.
    let asked = if shown.question.hands {
        f32::INFINITY
    } else {
        shown.side as f32
    };
    let side = places.picture.width().min(asked);
    let rect = Rect::from_center_size(places.picture.center(), vec2(side, side));
    paint(ui, picture, shown, rect);
    ui.scope_builder(egui::UiBuilder::new().max_rect(places.question), told);
}

impl Places {
    /// The picture in the middle, this large, and the question below it; none if the screen is too small: at another size it would be
    /// another study.
    fn below(screen: Rect, side: f32) -> Option<Self> {
        if screen.width() < side || screen.height() < side + ABOVE + BELOW {
            return None;
        }
        let middle = pos2(
            screen.center().x,
            screen.top() + ABOVE + (screen.height() - ABOVE - BELOW) / 2.0,
        );
        let picture = Rect::from_center_size(middle, vec2(side, side));
        Some(Self {
            picture,
            question: Rect::from_min_max(
                pos2(screen.left(), picture.bottom() + 14.0),
                screen.right_bottom(),
            ),
            progress: pos2(screen.center().x, screen.top() + ABOVE / 2.0),
        })
    }
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

fn progress(ui: &Ui, shown: &Shown, at: Pos2) {
    let (position, of) = (shown.position, shown.of);
    let text = match shown.phase {
        Phase::Practice => text!("reading-practice-position", position = position, of = of),
        Phase::Reading => text!("reading-position", position = position, of = of),
    };
    let size = if shown.question.hands { 20.0 } else { 14.0 };
    let font = FontId::proportional(size);
    ui.painter()
        .text(at, Align2::CENTER_CENTER, text, font, SOFT);
}

fn too_small(ui: &mut Ui, shown: &Shown) {
    let points = |length: f32| format!("{length:.0}");
    let why = if shown.question.hands {
        let [width, height] = hall::LEAST.map(points);
        text!("reading-too-small-class", width = width, height = height)
    } else {
        let side = shown.side as f32;
        text!(
            "reading-too-small-why",
            side = points(side),
            width = points(side),
            height = points(side + ABOVE + BELOW),
        )
    };
    column(ui, |ui| {
        heading(ui, text!("reading-too-small"));
        line(ui, &why);
    });
}
