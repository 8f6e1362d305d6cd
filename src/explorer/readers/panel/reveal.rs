//! The reveal: one lesion after another, both pictures and their difference, the truth, what the network and the readers said.
//! Large enough for a lecture hall; the arrow keys turn the pages.

use std::path::Path;
use std::sync::Arc;

use egui::{Key, Modifiers, RichText, Role, Sense, TextureId, Ui, WidgetInfo, vec2};

use flipscope_base::human::probability;
use flipscope_base::text;
use flipscope_image::distance::difference;
use flipscope_image::lesion::Frame;
use flipscope_lab::reader::plan::Form;
use flipscope_model::Label;

use crate::explorer::command::Command;
use crate::explorer::page::Help;
use crate::explorer::panels::Pane;
use crate::explorer::readers::command::ReaderCommand;
use crate::explorer::readers::state::{OpenedReaderStudy, RevealedLesion};
use crate::explorer::theme;
use crate::explorer::widgets::difference_scale;
use crate::explorer::wording::in_window;

/// Height for the text below the pictures, points.
const BELOW: f32 = 130.0;
/// Smallest side of a picture, points: below it the page scrolls.
const SMALLEST: f32 = 160.0;

pub(super) fn show(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    opened: &OpenedReaderStudy,
    (lesions, at): (&[u32], usize),
    page: Option<&Result<Arc<RevealedLesion>, String>>,
    height: f32,
) {
    let top = ui.cursor().top();
    keys(pane, ui);
    ui.horizontal(|ui| {
        let name = Path::new(opened.file.file_name().unwrap_or_default());
        ui.label(RichText::new(text::path(name)).font(theme::figure(20.0)));
        ui.add_space(theme::GAP);
        for (text, by, possible) in [
            ("Previous lesion", -1, at > 0),
            ("Next lesion", 1, at + 1 < lesions.len()),
        ] {
            let button = egui::Button::new(text);
            if ui.add_enabled(possible, button).clicked() {
                pane.emit(Command::Reader(ReaderCommand::Step(by)));
            }
        }
        ui.label(format!("{} of {}", at + 1, lesions.len()));
        ui.add_space(theme::GAP);
        if ui.button("End the reveal").clicked() {
            pane.emit(Command::Reader(ReaderCommand::EndReveal));
        }
    });
    ui.add_space(theme::GAP);
    // The previous page stays until the next one has been read, to avoid flicker.
    match page {
        Some(Ok(page)) => lesion(pane, ui, page, top + height),
        Some(Err(error)) => {
            let colour = theme::palette(ui.ctx()).error;
            ui.add(egui::Label::new(RichText::new(in_window(error)).color(colour)).wrap());
            if ui.button("Try again").clicked() {
                pane.emit(Command::Reader(ReaderCommand::Step(0)));
            }
        }
        None => {
            ui.spinner();
        }
    }
}

/// The keys of the reveal, unless a menu, help or a question is in front of it.
fn keys(pane: &mut Pane<'_>, ui: &Ui) {
    let state = pane.state;
    let in_front =
        state.help != Help::Closed || state.leaving.is_some() || state.palette.open.is_some();
    if in_front || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    for (key, command) in [
        (Key::ArrowRight, ReaderCommand::Step(1)),
        (Key::PageDown, ReaderCommand::Step(1)),
        (Key::ArrowLeft, ReaderCommand::Step(-1)),
        (Key::PageUp, ReaderCommand::Step(-1)),
        (Key::Escape, ReaderCommand::EndReveal),
    ] {
        if pressed(key) {
            pane.emit(Command::Reader(command));
        }
    }
}

/// One lesion; `bottom` is the lower edge of the window when nothing is scrolled.
fn lesion(pane: &mut Pane<'_>, ui: &mut Ui, page: &RevealedLesion, bottom: f32) {
    let palette = theme::palette(ui.ctx());
    let revealed = &page.revealed;
    let truth = match revealed.truth {
        Label::Melanoma => "a melanoma",
        Label::Nevus => "a nevus",
    };
    let heading = format!("Lesion {} is {truth}", revealed.lesion + 1);
    ui.label(RichText::new(heading).font(theme::figure(26.0)));
    if let Some(change) =
        (revealed.pictures.adversarial.as_ref()).and_then(|one| one.change.as_ref())
    {
        let text = RichText::new(format!("Changed by {change}")).size(16.0);
        ui.add(egui::Label::new(text).wrap());
    }
    ui.add_space(theme::GAP);
    let columns = if page.difference.is_some() { 3.0 } else { 1.0 };
    let gap = 16.0;
    let wide = (ui.available_width() - gap * (columns - 1.0)) / columns;
    let high = bottom - ui.cursor().top() - BELOW;
    let side = wide.min(high).clamp(SMALLEST, 2.0 * Frame::SIDE as f32);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for form in Form::ALL {
            let (Some(picture), Some(frame)) = (revealed.pictures.get(form), page.frames.get(form))
            else {
                continue;
            };
            ui.vertical(|ui| {
                ui.set_width(side);
                let texture = pane.assets.whole(ui.ctx(), frame);
                paint(ui, texture, side, form.name());
                let network = format!(
                    "Network: {}, P(melanoma) {}",
                    picture.call.name(),
                    probability(picture.p_melanoma, 3)
                );
                let right = picture.call == revealed.truth;
                let colour = if right { palette.muted } else { palette.error };
                ui.label(RichText::new(form.name()).strong());
                ui.label(RichText::new(network).size(15.0).color(colour));
                let text = match picture.case {
                    Some(_) => picture.answers.sentence(),
                    None => "Not shown to readers.".to_owned(),
                };
                ui.add(egui::Label::new(RichText::new(text).size(15.0)).wrap());
            });
        }
        if let Some(frame) = &page.difference {
            ui.vertical(|ui| {
                ui.set_width(side);
                let gain = difference::GAIN;
                let name = format!("difference × {gain}");
                // Blocks: between two pixels of noise a smooth picture would be grey.
                let texture = pane.assets.whole_in_blocks(ui.ctx(), frame);
                paint(ui, texture, side, &name);
                ui.label(RichText::new(name).strong());
                difference_scale(ui, gain, side.min(240.0));
            });
        }
    });
}

fn paint(ui: &mut Ui, texture: TextureId, side: f32, name: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    let whole = egui::Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
    ui.painter()
        .image(texture, rect, whole, egui::Color32::WHITE);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Revealed: {name}")));
}
