//! The reveal: one lesion after another, both pictures and their difference, the truth, what the network and the readers said.
//! Large enough for a lecture hall; the arrow keys turn the pages.

use std::path::Path;
use std::sync::Arc;

use egui::{Id, Key, Modifiers, RichText, Role, Sense, TextureId, Ui, WidgetInfo, vec2};

use flipscope_base::untrusted;
use flipscope_image::distance::difference;
use flipscope_image::lesion::Frame;
use flipscope_lab::reader::plan::Form;
use flipscope_lab::reader::results::RevealedPicture;
use flipscope_language::{decimal, text};
use flipscope_model::{Label, model_in_words};

use crate::explorer::command::Command;
use crate::explorer::icons::Icon;
use crate::explorer::page::Help;
use crate::explorer::panels::Pane;
use crate::explorer::readers::command::ReaderCommand;
use crate::explorer::readers::state::{OpenedReaderStudy, RevealedLesion};
use crate::explorer::theme;
use crate::explorer::widgets::{difference_scale, look};
use crate::explorer::wording::in_window;

/// Height for the text below the pictures, points.
const BELOW: f32 = 130.0;

/// Sizes of text in points: heading, change, what network and readers said.
struct Sizes {
    heading: f32,
    change: f32,
    said: f32,
    below: f32,
}

impl Sizes {
    /// Larger in presenter mode.
    fn of(pane: &Pane<'_>) -> Self {
        if pane.state.presenter.on {
            Self {
                heading: 30.0,
                change: 16.0,
                said: 16.0,
                below: 140.0,
            }
        } else {
            Self {
                heading: 26.0,
                change: 16.0,
                said: 15.0,
                below: BELOW,
            }
        }
    }
}

/// Space below that text, and between its lines, in presenter mode, points.
const EDGE: f32 = 2.0;
const CLOSE: f32 = 2.0;

/// Space above and below all of it in presenter mode, points.
pub(super) const ABOVE: i8 = 4;

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
    if pane.state.presenter.on {
        ui.spacing_mut().item_spacing.y = CLOSE;
    }
    keys(pane, ui);
    ui.horizontal_wrapped(|ui| {
        match page {
            // In a hall the pictures need the height.
            Some(Ok(page)) if pane.state.presenter.on => heading(pane, ui, page),
            _ => {
                let name = Path::new(opened.file.file_name().unwrap_or_default());
                ui.label(RichText::new(untrusted::path(name)).font(theme::large_number(20.0)));
            }
        }
        ui.add_space(theme::GAP);
        for (text, by, possible) in [
            (text!("view-previous-lesion"), -1, at > 0),
            (text!("view-next-lesion"), 1, at + 1 < lesions.len()),
        ] {
            let button = egui::Button::new(text);
            if ui.add_enabled(possible, button).clicked() {
                pane.emit(Command::Reader(ReaderCommand::Step(by)));
            }
        }
        ui.label(text!("study-done-of", done = at + 1, of = lesions.len()));
        ui.add_space(theme::GAP);
        if ui.button(text!("readers-end-button")).clicked() {
            pane.emit(Command::Reader(ReaderCommand::EndReveal));
        }
    });
    let judged_by = judged_by(opened, ui);
    if let (Some(Ok(page)), true) = (page, pane.state.presenter.on) {
        // On one line, where there is room: the pictures need the height.
        ui.horizontal_wrapped(|ui| {
            if let Some(change) = changed(page, Sizes::of(pane).change) {
                ui.add(egui::Label::new(change).wrap());
                ui.add_space(theme::GAP);
            }
            ui.add(egui::Label::new(judged_by).wrap());
        });
    } else {
        ui.add(egui::Label::new(judged_by).wrap());
        ui.add_space(theme::GAP);
    }
    // The previous page stays until the next one has been read, to avoid flicker.
    match page {
        Some(Ok(page)) => lesion(pane, ui, page, top + height),
        Some(Err(error)) => {
            let colour = theme::palette(ui.ctx()).error;
            ui.add(egui::Label::new(RichText::new(in_window(error)).color(colour)).wrap());
            if ui.button(text!("readers-try-again")).clicked() {
                pane.emit(Command::Reader(ReaderCommand::Step(0)));
            }
        }
        None => {
            ui.spinner();
        }
    }
}

/// Which network judged the study's pictures.
fn judged_by(opened: &OpenedReaderStudy, ui: &Ui) -> RichText {
    let network = &opened.plan.network;
    let text = text!(
        "readers-judged-by",
        network = model_in_words(&untrusted::printable(&network.name)),
        threshold = decimal(network.threshold),
        remedy = network.remedy_in_words(),
    );
    RichText::new(text).color(theme::palette(ui.ctx()).muted)
}

/// What was changed, if the lesion has an altered picture.
fn changed(page: &RevealedLesion, size: f32) -> Option<RichText> {
    let altered = page.revealed.pictures.adversarial.as_ref();
    let change = altered.and_then(|one| one.change.as_ref())?;
    let text = text!("readers-changed-by", change = change.as_str());
    Some(RichText::new(text).size(size))
}

/// The keys of the reveal, unless a menu, help or a question is in front of it.
fn keys(pane: &mut Pane<'_>, ui: &Ui) {
    let state = pane.state;
    let in_front = state.help != Help::Closed
        || state.leaving.is_some()
        || state.palette.open.is_some()
        || state.is_typing_path();
    if in_front || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let presses = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
    for (key, command) in [
        (Key::ArrowRight, ReaderCommand::Step(1)),
        (Key::PageDown, ReaderCommand::Step(1)),
        (Key::ArrowLeft, ReaderCommand::Step(-1)),
        (Key::PageUp, ReaderCommand::Step(-1)),
        (Key::Escape, ReaderCommand::EndReveal),
    ] {
        for _ in 0..presses(key) {
            pane.emit(Command::Reader(command.clone()));
        }
    }
}

/// What the lesion is.
fn heading(pane: &Pane<'_>, ui: &mut Ui, page: &RevealedLesion) {
    let palette = theme::palette(ui.ctx());
    let truth = page.revealed.truth;
    let number = page.revealed.lesion + 1;
    let heading = match truth {
        Label::Melanoma => text!("readers-lesion-is-melanoma", number = number),
        Label::Nevus => text!("readers-lesion-is-nevus", number = number),
    };
    let size = Sizes::of(pane).heading;
    let (colour, icon) = look(truth, &palette);
    icon.show(ui, size * 0.9, colour);
    let heading = RichText::new(heading).font(theme::large_number(size));
    ui.label(heading.color(colour));
}

/// One lesion; `bottom` is the lower edge of the window when nothing is scrolled.
fn lesion(pane: &mut Pane<'_>, ui: &mut Ui, page: &RevealedLesion, bottom: f32) {
    let revealed = &page.revealed;
    let sizes = Sizes::of(pane);
    let hall = pane.state.presenter.on;
    let class = pane.state.reader_studies.of_a_class();
    if !hall {
        ui.horizontal(|ui| heading(pane, ui, page));
        if let Some(change) = changed(page, sizes.change) {
            ui.add(egui::Label::new(change).wrap());
        }
        ui.add_space(theme::GAP);
    }
    let columns = if page.difference.is_some() { 3.0 } else { 1.0 };
    // Narrower in a hall: three pictures side by side are as wide as it has room for.
    let gap = if hall { 8.0 } else { 16.0 };
    let wide = (ui.available_width() - gap * (columns - 1.0)) / columns;
    // A single picture has its text beside it in a hall.
    let beside = hall && page.difference.is_none();
    let below = match text_below(ui) {
        _ if beside => gap,
        Some(measured) if hall => measured,
        _ => sizes.below,
    };
    let high = bottom - ui.cursor().top() - below;
    let wide = if beside { wide * 0.6 } else { wide };
    let side = wide.min(high).clamp(SMALLEST, 2.0 * Frame::SIDE as f32);
    // The text has its whole column, whatever the picture's size: so its height does not depend on the picture that makes room for it.
    let column = if hall { wide } else { side };
    let mut lowest = 0.0_f32;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for form in Form::ALL {
            let (Some(picture), Some(frame)) = (revealed.pictures.get(form), page.frames.get(form))
            else {
                continue;
            };
            if beside {
                let texture = pane.assets.whole(ui.ctx(), frame);
                paint(ui, texture, side, form_name(form));
            }
            ui.vertical(|ui| {
                let top = ui.cursor().top();
                if !beside {
                    ui.set_width(column);
                    let texture = pane.assets.whole(ui.ctx(), frame);
                    paint(ui, texture, side, form_name(form));
                }
                let name = RichText::new(form_name(form)).strong();
                ui.label(name.size(sizes.said));
                network(ui, picture, revealed.truth, sizes.said);
                let text = match picture.case {
                    Some(_) => picture.answers.sentence(),
                    None if class => text!("readers-not-shown-class").to_owned(),
                    None => text!("readers-not-shown").to_owned(),
                };
                ui.add(egui::Label::new(RichText::new(text).size(sizes.said)).wrap());
                lowest = lowest.max(ui.min_rect().bottom() - top - side);
            });
        }
        if let Some(frame) = &page.difference {
            ui.vertical(|ui| {
                let top = ui.cursor().top();
                ui.set_width(column);
                let gain = difference::GAIN;
                let name = text!("readers-difference", gain = gain.to_string());
                // Blocks: between two pixels of noise a smooth picture would be grey.
                let texture = pane.assets.whole_in_blocks(ui.ctx(), frame);
                paint(ui, texture, side, &name);
                ui.label(RichText::new(name).strong().size(sizes.said));
                difference_scale(ui, gain, side.min(240.0));
                let mut words = text!("difference-in-words").to_owned();
                if page.beyond > 0.0 {
                    let percent = difference::share_in_words(page.beyond);
                    let more = text!("difference-beyond", percent = percent);
                    words = format!("{words}. {more}");
                }
                ui.add(egui::Label::new(RichText::new(words).small()).wrap());
                lowest = lowest.max(ui.min_rect().bottom() - top - side);
            });
        }
    });
    if hall && !beside {
        keep_text_below(ui, lowest + EDGE);
    }
}

/// Where the height of the text below the pictures is kept, in points: a hall reads all of it without scrolling.
fn height_below() -> Id {
    Id::unique("height of the text below a reveal's pictures")
}

/// The height when a reveal was last shown in a hall.
fn text_below(ui: &Ui) -> Option<f32> {
    ui.data(|data| data.get_temp(height_below()))
}

/// Keeps it for the next pass, which comes at once where it is another one.
fn keep_text_below(ui: &Ui, height: f32) {
    if text_below(ui).is_none_or(|before| (before - height).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(height_below(), height));
        ui.ctx().request_discard("another lesion has another text");
    }
}

/// What a form is called here.
fn form_name(form: Form) -> &'static str {
    match form {
        Form::Unmodified => text!("readers-form-unmodified"),
        Form::Adversarial => text!("readers-form-adversarial"),
    }
}

/// What the network said: ▲ or ○, word, number; and whether it is right.
fn network(ui: &mut Ui, picture: &RevealedPicture, truth: Label, size: f32) {
    let palette = theme::palette(ui.ctx());
    let (colour, icon) = look(picture.call, &palette);
    let text = text!(
        "readers-network",
        call = picture.call.in_words(),
        p = picture.p_in_words(),
    );
    let (mark, word, judged) = if picture.call == truth {
        (Icon::Check, text!("readers-right"), palette.text)
    } else {
        (Icon::Close, text!("readers-wrong"), palette.warning)
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        icon.show(ui, size * 0.9, colour);
        ui.label(RichText::new(text).size(size).color(colour));
        mark.show(ui, size * 0.9, judged);
        ui.label(
            RichText::new(word)
                .font(theme::large_number(size))
                .color(judged),
        );
    });
}

fn paint(ui: &mut Ui, texture: TextureId, side: f32, name: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    let whole = egui::Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
    ui.painter()
        .image(texture, rect, whole, egui::Color32::WHITE);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Image, true, text!("readers-revealed", name = name))
    });
}
