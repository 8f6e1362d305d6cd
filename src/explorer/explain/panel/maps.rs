//! The maps of a lesion: over its picture, before and after the alteration side by side, with one legend.

use egui::{
    Align, Color32, ColorImage, Id, Label, Layout, Rect, RichText, Role, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::figure::number;
use flipscope_language::text;

use crate::explorer::explain::panel::form;
use crate::explorer::explain::panel::words::{about, in_words, meaning, title};
use crate::explorer::explain::state::{Explained, Pictured};
use crate::explorer::panels::{Pane, page};
use crate::explorer::theme;
use crate::explorer::widgets::{colour_scale, texture};

/// The largest side of a picture, and the least, in points.
const SIDES: [f32; 2] = [150.0, 640.0];
/// What is needed below and above the pictures, in points: usually, and in presenter mode, where what explains the map comes below.
const BESIDES: f32 = 190.0;
const PRESENTED: f32 = 112.0;
/// In presenter mode one map fills the height, with its words beside it: width of their column, and from which width on there is room.
const BESIDE: f32 = 270.0;
const HALL: f32 = 620.0;
/// Size of a verdict in points, usually and in presenter mode.
const VERDICT: f32 = 13.5;
const VERDICT_PRESENTED: f32 = 18.0;
const SIDE: usize = Frame::SIDE as usize;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, explained: &Explained, height: f32) {
    if let [one] = &explained.pictures[..]
        && pane.state.presenter.on
        && ui.available_width() >= HALL
    {
        in_hall(pane, ui, explained, one, height);
        ui.add_space(theme::GAP);
        return;
    }
    let palette = theme::palette(ui.ctx());
    let hall = pane.state.presenter.on;
    let start = ui.cursor().top();
    let about = heading(pane, ui, explained);
    let count = explained.pictures.len().max(1) as f32;
    let room = (ui.available_width() - (count - 1.0) * theme::GROUP) / count;
    let [least, most] = SIDES;
    let besides = if hall {
        // As high as it was: what is said has the whole column, so that its height does not depend on the picture's.
        ui.data(|data| data.get_temp(besides_id()))
            .unwrap_or(PRESENTED)
    } else {
        BESIDES
    };
    let side = room.min(height - besides).clamp(least, most);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = theme::GROUP;
        for (at, one) in explained.pictures.iter().enumerate() {
            let altered = explained.original.is_some() && at + 1 == explained.pictures.len();
            ui.vertical(|ui| {
                ui.set_width(if hall { room } else { side });
                picture(pane, ui, (explained, at), one, altered, side);
            });
        }
    });
    let legend = explained
        .pictures
        .iter()
        .find_map(|one| one.colours.as_ref());
    if let Some((range, _)) = legend {
        let wide = if hall { room } else { side };
        let width = (count * wide + (count - 1.0) * theme::GROUP).min(ui.available_width());
        let shared = explained.pictures.len() > 1;
        let range = if shared { range.as_change() } else { *range };
        colour_scale(ui, &range, &about, width);
    }
    // What a number of the map means may be reached by scrolling; the colours and their numbers are needed at once.
    if hall {
        let needed = ui.cursor().top() - start - side;
        if (needed - besides).abs() > 0.5 {
            ui.data_mut(|data| data.insert_temp(besides_id(), needed));
            ui.ctx().request_discard("another map has other words");
        }
    }
    if let Some(one) = explained.newest() {
        let words = RichText::new(meaning(one, explained.pictures.len() > 1));
        page::explanation(ui, words.small().color(palette.muted));
    }
    ui.add_space(theme::GAP);
}

/// Where the height is kept that everything but the maps needs in a hall, in points.
fn besides_id() -> Id {
    Id::unique("height besides the maps in a hall")
}

/// What the maps are of; returns what their numbers are about.
fn heading(pane: &Pane<'_>, ui: &mut Ui, explained: &Explained) -> String {
    let method = form::name(explained.settings.method);
    let about = explained.newest().map(about).unwrap_or_default();
    let words = text!("explain-heading", method = method, about = about.as_str());
    let words = RichText::new(words).font(theme::large_number(20.0));
    ui.add(Label::new(words).wrap());
    outdated(pane, ui, explained);
    // In a hall the maps need the height.
    if !pane.state.presenter.on {
        ui.add_space(4.0);
    }
    about
}

/// One map as high as the page, and beside it all that is said about it.
fn in_hall(pane: &Pane<'_>, ui: &mut Ui, explained: &Explained, one: &Pictured, height: f32) {
    let palette = theme::palette(ui.ctx());
    let [least, _] = SIDES;
    let high = height - 4.0;
    let side = (ui.available_width() - BESIDE - theme::GROUP)
        .min(high)
        .clamp(least, 2.0 * SIDE as f32);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = theme::GROUP;
        image(pane, ui, (explained, 0), one, false, side);
        let room = vec2(ui.available_width(), high);
        ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            let about = heading(pane, ui, explained);
            let (verdict, said) = in_words(explained, one);
            let verdict = RichText::new(verdict).font(theme::large_number(VERDICT_PRESENTED));
            ui.add(Label::new(verdict).wrap());
            ui.add(Label::new(RichText::new(&said).color(palette.muted)).wrap());
            if let Some((range, _)) = &one.colours {
                let width = ui.available_width();
                colour_scale(ui, range, &about, width);
            }
            let words = RichText::new(meaning(one, false));
            ui.add(Label::new(words.small().color(palette.muted)).wrap());
        });
    });
}

/// Whether two perturbations give the same frame: what alters nothing may be sampled and filled in any way.
fn alike(one: &Perturbation, other: &Perturbation) -> bool {
    let neither = one.is_identity() && other.is_identity();
    one == other || (neither && one.field_of_view == other.field_of_view)
}

/// What was made is of other sliders, or by another model, than those of now.
fn outdated(pane: &Pane<'_>, ui: &mut Ui, explained: &Explained) {
    let palette = theme::palette(ui.ctx());
    let state = pane.state;
    let generation = state.model.ready.as_ref().map(|model| model.generation);
    let moved = (state.lesion(explained.lesion))
        .is_some_and(|lesion| !alike(&lesion.perturbation, &explained.perturbation));
    let said = if generation != Some(explained.generation) {
        text!("explain-of-other-model")
    } else if moved {
        text!("explain-of-other-sliders")
    } else {
        return;
    };
    ui.add(Label::new(RichText::new(said).color(palette.warning)).wrap());
}

fn picture(
    pane: &Pane<'_>,
    ui: &mut Ui,
    (explained, at): (&Explained, usize),
    one: &Pictured,
    altered: bool,
    side: f32,
) {
    let palette = theme::palette(ui.ctx());
    ui.label(theme::section(title(altered), &palette));
    image(pane, ui, (explained, at), one, altered, side);
    let (verdict, said) = in_words(explained, one);
    let size = if pane.state.presenter.on {
        VERDICT_PRESENTED
    } else {
        VERDICT
    };
    ui.label(RichText::new(verdict).font(theme::large_number(size)));
    ui.add(Label::new(RichText::new(&said).small().color(palette.muted)).wrap());
}

/// The map over its picture.
fn image(
    pane: &Pane<'_>,
    ui: &mut Ui,
    (explained, at): (&Explained, usize),
    one: &Pictured,
    altered: bool,
    side: f32,
) {
    let palette = theme::palette(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    let (verdict, said) = in_words(explained, one);
    let words = format!("{}: {verdict}. {said}", title(altered));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    if ui.is_rect_visible(rect) {
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        let painter = ui.painter();
        let key = explained.id.0;
        let grey = texture(ui.ctx(), Id::unique(("grey", at)), key, || {
            ColorImage::from_rgb([SIDE; 2], one.grey.pixels())
        });
        let plain = texture(ui.ctx(), Id::unique(("plain", at)), key, || {
            ColorImage::from_rgb([SIDE; 2], one.frame.pixels())
        });
        match &one.colours {
            Some((_, colours)) => {
                painter.image(grey.id(), rect, whole, Color32::WHITE);
                let map = texture(ui.ctx(), Id::unique(("map", at)), key, || {
                    ColorImage::from_rgba_unmultiplied([SIDE; 2], colours)
                });
                let opacity = (pane.state.explain.opacity * 255.0).round() as u8;
                painter.image(map.id(), rect, whole, Color32::from_white_alpha(opacity));
            }
            None => {
                painter.image(plain.id(), rect, whole, Color32::WHITE);
            }
        }
        let edge = Stroke::new(1.0, palette.line);
        painter.rect_stroke(rect, 0.0, edge, StrokeKind::Inside);
    }
    hover(&response, rect, one);
}

/// The value under the pointer.
fn hover(response: &egui::Response, rect: Rect, one: &Pictured) {
    let Some(pointer) = response.hover_pos() else {
        return;
    };
    let place = |share: f32| ((share * SIDE as f32) as usize).min(SIDE - 1);
    let share = (pointer - rect.min) / rect.width();
    let (column, row) = (place(share.x), place(share.y));
    let value = one
        .values
        .get(row * SIDE + column)
        .copied()
        .unwrap_or(f32::NAN);
    let value = if value.is_finite() {
        number(f64::from(value))
    } else {
        "–".to_owned()
    };
    let about = about(one);
    let said = text!(
        "explain-readout",
        column = column,
        row = row,
        value = value.as_str(),
        about = about.as_str()
    );
    response.clone().on_hover_text_at_pointer(said);
}
