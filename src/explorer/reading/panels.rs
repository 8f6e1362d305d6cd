//! How a reading looks: grey without a hue, so that no colour beside the picture changes how its colours are seen.

use std::sync::Arc;
use std::time::Instant;

use egui::{
    Align, Align2, Button, CentralPanel, Color32, Context, DragValue, FontId, Layout, Rect,
    RichText, Role, Sense, Stroke, Style, TextureHandle, TextureOptions, Theme, Ui, Visuals,
    WidgetInfo, pos2, vec2,
};

use super::super::theme;
use super::state::{Act, Part, Reading, Stage};
use crate::classifier::Label;
use crate::lesion::Frame;
use crate::reader::store::{Hands, Phase};
use crate::reader::{Feedback, Question, Shown};

/// The ground: the middle of sRGB's greys.
const GROUND: Color32 = Color32::from_gray(0x80);
const TEXT: Color32 = Color32::from_gray(0x0C);
const SOFT: Color32 = Color32::from_gray(0x2A);
const KEY: Color32 = Color32::from_gray(0xC4);
const LINE: Color32 = Color32::from_gray(0x60);
/// Height below the picture for the question, and above it for how far one is, points: the default of 598 points fits on 768.
const BELOW: f32 = 124.0;
const ABOVE: f32 = 32.0;
/// Width of text to be read, points.
const COLUMN: f32 = 620.0;

/// The picture in sight, by the frame that it was made of.
pub(super) type Picture = Option<(Arc<Frame>, TextureHandle)>;

/// Sets the look of the window, once.
pub(super) fn install(ctx: &Context) {
    theme::install(ctx);
    for theme in [Theme::Light, Theme::Dark] {
        let mut style: Style = (*ctx.style_of(theme)).clone();
        let mut visuals = Visuals::light();
        visuals.panel_fill = GROUND;
        visuals.window_fill = GROUND;
        visuals.extreme_bg_color = KEY;
        visuals.text_edit_bg_color = Some(KEY);
        visuals.override_text_color = Some(TEXT);
        visuals.selection.bg_fill = Color32::from_gray(0xE0);
        visuals.selection.stroke = Stroke::new(1.0, TEXT);
        let widgets = &mut visuals.widgets;
        for (state, fill) in [
            (&mut widgets.inactive, KEY),
            (&mut widgets.hovered, Color32::from_gray(0xD4)),
            (&mut widgets.active, Color32::from_gray(0xE0)),
        ] {
            state.bg_fill = fill;
            state.weak_bg_fill = fill;
            state.bg_stroke = Stroke::new(1.0, LINE);
            state.fg_stroke = Stroke::new(1.25, TEXT);
        }
        style.visuals = visuals;
        ctx.set_style_of(theme, style);
    }
}

/// Shows the screen; gives what is clicked.
pub(super) fn show(
    ui: &mut Ui,
    reading: &mut Reading,
    picture: &mut Picture,
    now: Instant,
) -> Vec<Act> {
    let mut acts = Vec::new();
    CentralPanel::no_frame()
        .frame(egui::Frame::new().fill(GROUND))
        .show(ui, |ui| match reading.stage {
            Stage::Name => name(ui, reading, &mut acts),
            Stage::Welcome => welcome(ui, reading, &mut acts),
            Stage::Case => case(ui, reading, picture, now, &mut acts),
            Stage::Told(feedback) => told(ui, feedback, &mut acts),
            Stage::Paused => paused(ui, reading, &mut acts),
            Stage::Finished => finished(ui, reading),
            Stage::Stopped => stopped(ui, reading),
            // Nothing, whatever it waits for.
            Stage::Blank { .. } | Stage::Keeping(_) | Stage::Joining => {}
        });
    acts
}

/// A column of text in the middle, from a third of the way down.
fn column(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ui.add_space(ui.available_height() * 0.2);
    ui.vertical_centered(|ui| {
        ui.set_max_width(COLUMN);
        ui.spacing_mut().item_spacing.y = 10.0;
        content(ui);
    });
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(theme::figure(26.0)));
}

fn line(ui: &mut Ui, text: &str) {
    ui.add(egui::Label::new(RichText::new(text).size(15.0)).wrap());
}

/// A button for what a key does too.
fn key(ui: &mut Ui, name: &str, key: &str, wide: f32) -> bool {
    let text = RichText::new(format!("{name}   {key}")).size(16.0);
    let response = ui.add(Button::new(text).min_size(vec2(wide, 40.0)));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.clicked()
}

fn error(ui: &mut Ui, reading: &Reading) {
    if let Some(error) = &reading.error {
        line(ui, error);
    }
}

fn name(ui: &mut Ui, reading: &Reading, acts: &mut Vec<Act>) {
    column(ui, |ui| {
        heading(ui, "Who reads?");
        line(
            ui,
            "A pseudonym, the same one whenever you go on. Who is behind it is for the study's own records.",
        );
        let mut pseudonym = reading.pseudonym.clone();
        let field = egui::TextEdit::singleline(&mut pseudonym)
            .desired_width(300.0)
            .font(FontId::proportional(18.0))
            .align(egui::Align2::CENTER_CENTER);
        let response = ui.add(field);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Pseudonym"));
        // Asked of a window that is not in front, focus is refused, and would be asked for again and again.
        let in_front = ui.input(|input| input.focused);
        if in_front && !response.has_focus() && pseudonym.is_empty() {
            response.request_focus();
        }
        if pseudonym != reading.pseudonym {
            acts.push(Act::Type(pseudonym.clone()));
        }
        ui.add_space(12.0);
        ui.add_enabled_ui(!pseudonym.trim().is_empty(), |ui| {
            if key(ui, "Go on", "Enter", 200.0) {
                acts.push(Act::Next);
            }
        });
        error(ui, reading);
    });
}

fn welcome(ui: &mut Ui, reading: &Reading, acts: &mut Vec<Act>) {
    let (practised, practice) = reading.progress.practice;
    let (read, cases) = reading.progress.reading;
    column(ui, |ui| {
        heading(ui, "Melanoma or nevus?");
        let left = cases - read.min(cases);
        let again = if read > 0 || practised > 0 {
            format!("{}: welcome back. ", reading.pseudonym)
        } else {
            format!("{}: ", reading.pseudonym)
        };
        line(
            ui,
            &format!(
                "{again}{left} pictures of skin lesions, one after another. Say of each whether it is a melanoma or a nevus."
            ),
        );
        if practised < practice {
            let first = practice - practised;
            line(
                ui,
                &format!("{first} for practice come first: there the answer is told afterwards."),
            );
        }
        if let Some(question) = reading.question() {
            for text in keys(question) {
                line(ui, text);
            }
        }
        if let Some(limit) = reading.shown.as_ref().and_then(|shown| shown.time_limit) {
            let seconds = limit.as_secs();
            line(
                ui,
                &format!("A picture stays for {seconds} seconds at most."),
            );
        }
        line(
            ui,
            "An answer is kept at once and cannot be changed. Escape pauses; nothing is lost, and you go on where you were.",
        );
        ui.add_space(12.0);
        if key(ui, "Begin", "Enter", 200.0) {
            acts.push(Act::Next);
        }
        error(ui, reading);
        ui.add_space(18.0);
        let text = "For research and teaching. Not a medical device: what is shown here may have been altered.";
        ui.label(RichText::new(text).small().color(SOFT));
    });
}

/// What is asked, with the keys.
fn keys(question: Question) -> Vec<&'static str> {
    if question.hands {
        return vec!["The class raises hands; type both counts, and press Enter on the button."];
    }
    let mut lines = vec!["M: melanoma.  N: nevus."];
    if question.confidence {
        lines.push("Then how sure you are: 1 (a guess) to 5 (certain).");
    }
    if question.biopsy {
        lines.push("Then whether you would biopsy it: Y or N.");
    }
    if question.confidence || question.biopsy {
        lines.push("Backspace takes a part back before the answer is whole.");
    }
    lines
}

fn case(
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
        // Another size would be another study.
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

/// The picture: each of its pixels alike, if the side is a whole multiple; the same smoothing for every case, if it is not.
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
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "The lesion"));
}

fn progress(ui: &Ui, shown: &Shown, screen: Rect) {
    let (position, of) = (shown.position, shown.of);
    let text = match shown.phase {
        Phase::Practice => format!("Practice: {position} of {of}"),
        Phase::Reading => format!("{position} of {of}"),
    };
    let font = FontId::proportional(14.0);
    let at = pos2(screen.center().x, screen.top() + ABOVE / 2.0);
    ui.painter()
        .text(at, Align2::CENTER_CENTER, text, font, SOFT);
}

fn too_small(ui: &mut Ui, side: f32) {
    column(ui, |ui| {
        heading(ui, "This window is too small");
        let (width, height) = (side, side + ABOVE + BELOW);
        line(
            ui,
            &format!(
                "This study shows every picture at {side:.0} × {side:.0} points. Make the window larger, {width:.0} × {height:.0} points at \
                 least, or go to a larger screen. The time for the picture stands still."
            ),
        );
    });
}

/// The part of the answer that is wanted now.
fn ask(ui: &mut Ui, reading: &Reading, acts: &mut Vec<Act>) {
    match reading.part() {
        Some(Part::Call) => {
            row(ui, 2, |ui| {
                for (label, name, letter) in [
                    (Label::Melanoma, "Melanoma", "M"),
                    (Label::Nevus, "Nevus", "N"),
                ] {
                    if key(ui, name, letter, WIDE) {
                        acts.push(Act::Call(label));
                    }
                }
            });
        }
        Some(Part::Confidence) => {
            line(ui, "How sure are you, from 1 (a guess) to 5 (certain)?");
            row(ui, 5, |ui| {
                for number in 1..=5_u8 {
                    let text = RichText::new(number.to_string()).size(16.0);
                    let response = ui.add(Button::new(text).min_size(vec2(NARROW, 40.0)));
                    let name = format!("Confidence {number}");
                    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                    if response.clicked() {
                        acts.push(Act::Confidence(number));
                    }
                }
            });
        }
        Some(Part::Biopsy) => {
            line(ui, "Would you biopsy it?");
            row(ui, 2, |ui| {
                for (yes, name, letter) in [(true, "Yes", "Y"), (false, "No", "N")] {
                    if key(ui, name, letter, WIDE) {
                        acts.push(Act::Biopsy(yes));
                    }
                }
            });
        }
        Some(Part::Hands) => hands(ui, reading, acts),
        None => {}
    }
}

/// Width of a button with a word, and with a number.
const WIDE: f32 = 170.0;
const NARROW: f32 = 62.0;

/// Buttons beside each other, in the middle.
fn row(ui: &mut Ui, count: usize, content: impl FnOnce(&mut Ui)) {
    let each = if count > 2 { NARROW } else { WIDE };
    let width = count as f32 * (each + 10.0) - 10.0;
    ui.allocate_ui_with_layout(
        vec2(width, 40.0),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            content(ui);
        },
    );
}

/// The hands of a class.
fn hands(ui: &mut Ui, reading: &Reading, acts: &mut Vec<Act>) {
    let mut hands = reading.hands;
    let biopsy = reading.question().is_some_and(|question| question.biopsy);
    ui.allocate_ui_with_layout(
        vec2(if biopsy { 640.0 } else { 470.0 }, 40.0),
        Layout::left_to_right(Align::Center),
        |ui| {
            count(ui, "Hands for melanoma", "Melanoma", &mut hands.melanoma);
            count(ui, "Hands for nevus", "Nevus", &mut hands.nevus);
            if biopsy {
                let mut wanted = hands.biopsy.unwrap_or(0);
                count(ui, "Hands for a biopsy", "Biopsy", &mut wanted);
                hands.biopsy = Some(wanted);
            }
            if key(ui, "Enter hands", "", 120.0) {
                acts.push(Act::EnterHands);
            }
        },
    );
    if hands != reading.hands {
        // What is typed comes before the button that was clicked with it.
        acts.insert(0, Act::Hands(Hands { ..hands }));
    }
}

fn count(ui: &mut Ui, name: &str, word: &str, value: &mut u32) {
    ui.label(RichText::new(word).size(15.0));
    let field = DragValue::new(value)
        .range(0..=100_000)
        .speed(0.1)
        .update_while_editing(true);
    let response = ui.add_sized([64.0, 34.0], field);
    response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, name));
}

fn told(ui: &mut Ui, feedback: Feedback, acts: &mut Vec<Act>) {
    column(ui, |ui| {
        let truth = match feedback.truth {
            Label::Melanoma => "a melanoma",
            Label::Nevus => "a nevus",
        };
        let text = match feedback.right {
            Some(true) => format!("Right: it is {truth}."),
            Some(false) => format!("No: it is {truth}."),
            None => format!("It is {truth}."),
        };
        heading(ui, &text);
        line(ui, "In the study itself nothing is told.");
        ui.add_space(12.0);
        if key(ui, "Go on", "Enter", 200.0) {
            acts.push(Act::Next);
        }
    });
}

fn paused(ui: &mut Ui, reading: &Reading, acts: &mut Vec<Act>) {
    column(ui, |ui| {
        heading(ui, "Paused");
        let (read, cases) = reading.progress.reading;
        line(
            ui,
            &format!(
                "{read} of {cases} pictures are answered. Go on when you like; or close, and open the study again under the name {}.",
                reading.pseudonym
            ),
        );
        ui.add_space(12.0);
        if key(ui, "Go on", "Enter", 200.0) {
            acts.push(Act::Next);
        }
        close(ui);
        error(ui, reading);
    });
}

fn finished(ui: &mut Ui, reading: &Reading) {
    column(ui, |ui| {
        heading(ui, "Thank you");
        let cases = reading.progress.reading.1;
        line(
            ui,
            &format!("All {cases} pictures are answered, and every answer is kept."),
        );
        ui.add_space(12.0);
        close(ui);
    });
}

fn stopped(ui: &mut Ui, reading: &Reading) {
    column(ui, |ui| {
        heading(ui, "The next picture cannot be shown");
        error(ui, reading);
        line(ui, "What was answered is kept.");
        ui.add_space(12.0);
        close(ui);
    });
}

fn close(ui: &mut Ui) {
    if key(ui, "Close", "", 200.0) {
        ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
    }
}
