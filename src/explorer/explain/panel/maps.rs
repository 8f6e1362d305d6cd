//! The maps of a lesion: over its picture, before and after the alteration side by side, with one legend.

use egui::{
    Color32, ColorImage, Id, Label, Rect, RichText, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use flipscope_base::human::probability_beside;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::figure::number;
use flipscope_lab::explain::{Extent, Method};
use flipscope_language::text;
use flipscope_model::class_in_words;

use crate::explorer::explain::panel::form;
use crate::explorer::explain::state::{Explained, Pictured};
use crate::explorer::panels::{Pane, page};
use crate::explorer::theme;
use crate::explorer::widgets::{colour_scale, texture};

/// The largest side of a picture, and the least, in points.
const SIDES: [f32; 2] = [150.0, 640.0];
/// What is needed below and above the pictures, in points: usually, and in presenter mode, where what explains the map comes below.
const BESIDES: f32 = 190.0;
const PRESENTED: f32 = 112.0;
/// Size of a verdict in points, usually and in presenter mode.
const VERDICT: f32 = 13.5;
const VERDICT_PRESENTED: f32 = 18.0;
const SIDE: usize = Frame::SIDE as usize;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, explained: &Explained, height: f32) {
    let palette = theme::palette(ui.ctx());
    let method = form::name(explained.settings.method);
    let about = explained.newest().map(about).unwrap_or_default();
    page::heading(
        ui,
        &text!("explain-heading", method = method, about = about.as_str()),
    );
    outdated(pane, ui, explained);
    ui.add_space(4.0);
    let count = explained.pictures.len().max(1) as f32;
    let room = (ui.available_width() - (count - 1.0) * theme::GROUP) / count;
    let [least, most] = SIDES;
    let besides = if pane.state.presenter.on {
        PRESENTED
    } else {
        BESIDES
    };
    let side = room.min(height - besides).clamp(least, most);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = theme::GROUP;
        for (at, one) in explained.pictures.iter().enumerate() {
            let altered = explained.original.is_some() && at + 1 == explained.pictures.len();
            ui.vertical(|ui| {
                ui.set_width(side);
                picture(pane, ui, (explained, at), one, altered, side);
            });
        }
    });
    let legend = explained
        .pictures
        .iter()
        .find_map(|one| one.colours.as_ref());
    if let Some((range, _)) = legend {
        let width = (count * side + (count - 1.0) * theme::GROUP).min(ui.available_width());
        let shared = explained.pictures.len() > 1;
        let range = if shared { range.as_change() } else { *range };
        colour_scale(ui, &range, &about, width);
    }
    if let Some(one) = explained.newest() {
        let words = RichText::new(meaning(one, explained.pictures.len() > 1));
        ui.add(Label::new(words.small().color(palette.muted)).wrap());
    }
    ui.add_space(theme::GAP);
}

/// What the numbers are about: "P(melanoma)", "logit of melanoma".
fn about(one: &Pictured) -> String {
    let class = class_in_words(&one.map.quantity.class);
    match one.map.quantity.score {
        flipscope_model::Score::Logit(_) => text!("explain-logit-of", class = class),
        flipscope_model::Score::Probability(_) => text!("explain-p-of", class = class),
    }
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
    let title = if altered {
        text!("explain-altered")
    } else {
        text!("explain-original")
    };
    ui.label(theme::section(title, &palette));
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    let (verdict, threshold) = (&one.map.verdict, explained.caption.threshold);
    let p = probability_beside(verdict.p_melanoma, threshold, 3);
    let label = verdict.label(threshold).in_words();
    let verdict = text!("explain-map-verdict", p = p.as_str(), label = label);
    let said = said(one);
    let words = format!("{title}: {verdict}. {said}");
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
    let size = if pane.state.presenter.on {
        VERDICT_PRESENTED
    } else {
        VERDICT
    };
    ui.label(RichText::new(verdict).font(theme::large_number(size)));
    ui.add(Label::new(RichText::new(&said).small().color(palette.muted)).wrap());
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

/// What the map ranges over; or what is wrong with it.
fn said(one: &Pictured) -> String {
    let extent = one.map.extent();
    match extent {
        Extent::Varies { low, high, missing } => {
            let [low, high] = [low, high].map(|value| number(f64::from(value)));
            let ranges = text!("explain-ranges", low = low.as_str(), high = high.as_str());
            match missing {
                0 => ranges,
                count => format!("{ranges} {}", text!("explain-missing", count = count)),
            }
        }
        Extent::Flat { value } => {
            let value = number(f64::from(value));
            text!("explain-flat", value = value.as_str())
        }
        Extent::Nothing => text!("explain-nothing").to_owned(),
    }
}

/// What a number of the map is, in words.
fn meaning(one: &Pictured, shared: bool) -> String {
    let about = about(one);
    let about = about.as_str();
    let meaning = match &one.map.method {
        Method::Occlusion { size, stride } => {
            text!(
                "explain-meaning-occlusion",
                about = about,
                size = *size,
                stride = *stride
            )
        }
        Method::Gradient | Method::Landscape => text!("explain-meaning-gradient", about = about),
        Method::Smoothgrad { samples, .. } => {
            text!(
                "explain-meaning-smoothgrad",
                about = about,
                count = *samples
            )
        }
        Method::Integrated {
            steps,
            sum,
            difference,
            ..
        } => {
            let [sum, difference] = [sum, difference].map(|value| number(*value));
            text!(
                "explain-meaning-integrated",
                about = about,
                steps = *steps,
                sum = sum.as_str(),
                difference = difference.as_str()
            )
        }
        Method::Gradcam { block } => {
            text!(
                "explain-meaning-gradcam",
                about = about,
                block = block.as_str()
            )
        }
    };
    if shared {
        format!("{meaning} {}", text!("explain-one-scale"))
    } else {
        meaning
    }
}
