//! Neutral greys, and what every screen is made of: headings, lines, buttons for keys.

use egui::{
    Button, Color32, Context, Frame, Margin, Response, RichText, Role, Stroke, Style, Theme, Ui,
    Visuals, WidgetInfo, vec2,
};

use crate::explorer::readers::reading::state::Reading;
use crate::explorer::theme;
use crate::explorer::wording::in_window;

/// The background: the middle of sRGB's greys.
pub(super) const GROUND: Color32 = Color32::from_gray(0x80);
pub(super) const TEXT: Color32 = Color32::from_gray(0x0C);
/// As soft as can be read on the ground.
pub(super) const SOFT: Color32 = Color32::from_gray(0x14);
pub(super) const KEY: Color32 = Color32::from_gray(0xC4);
pub(super) const LINE: Color32 = Color32::from_gray(0x60);
/// What was refused: on the grey of keys, for no red can be read on the ground.
pub(super) const ERROR: Color32 = Color32::from_rgb(0x70, 0x00, 0x14);
/// Width of text, in points.
pub(super) const COLUMN: f32 = 620.0;

/// Sets the look of the window, once.
pub(in crate::explorer::readers::reading) fn install(ctx: &Context) {
    theme::install(ctx);
    for theme in [Theme::Light, Theme::Dark] {
        let mut style: Style = (*ctx.style_of(theme)).clone();
        let mut visuals = Visuals::light();
        visuals.panel_fill = GROUND;
        visuals.window_fill = GROUND;
        visuals.extreme_bg_color = KEY;
        visuals.text_edit_bg_color = Some(KEY);
        visuals.override_text_color = Some(TEXT);
        visuals.error_fg_color = ERROR;
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

/// A column of text in the middle, from a third of the way down.
pub(super) fn column(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let above = ui.available_height() * 0.2;
    // On a small screen, or with a large zoom, the next button is reached by scrolling.
    egui::ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.add_space(above);
            ui.vertical_centered(|ui| {
                ui.set_max_width(COLUMN.min(ui.available_width() - 24.0));
                ui.spacing_mut().item_spacing.y = 10.0;
                content(ui);
            });
        });
}

pub(super) fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(theme::large_number(26.0)));
}

pub(super) fn line(ui: &mut Ui, text: &str) {
    ui.add(egui::Label::new(RichText::new(text).size(15.0)).wrap());
}

/// What was refused, and what to do instead, for the whole hall.
pub(super) fn refusal(ui: &mut Ui, text: &str) {
    Frame::new()
        .fill(KEY)
        .stroke(Stroke::new(2.0, ERROR))
        .corner_radius(4.0)
        .inner_margin(Margin::symmetric(10, 6))
        .show(ui, |ui| {
            let text = RichText::new(text).size(16.0).strong().color(ERROR);
            ui.add(egui::Label::new(text).wrap());
        });
}

/// A button for something that a key does as well.
pub(super) fn key(ui: &mut Ui, name: &str, key: &str, wide: f32) -> bool {
    button(ui, name, &format!("{name}   {key}"), wide)
}

/// A button that no key presses while another one has the focus.
pub(super) fn plain(ui: &mut Ui, name: &str, wide: f32) -> bool {
    button(ui, name, name, wide)
}

fn button(ui: &mut Ui, name: &str, text: &str, wide: f32) -> bool {
    let text = RichText::new(text).size(16.0);
    let response = ui.add(Button::new(text).min_size(vec2(wide, 40.0)));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.clicked()
}

/// A button for the teacher of a class, as wide as its column.
pub(super) fn large_key(ui: &mut Ui, name: &str) -> Response {
    let text = RichText::new(name).size(22.0);
    let size = vec2(ui.available_width(), 50.0);
    let response = ui.add(Button::new(text).min_size(size));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response
}

pub(super) fn error(ui: &mut Ui, reading: &Reading) {
    if let Some(error) = &reading.error {
        line(ui, &in_window(error));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2).
    fn luminance(colour: Color32) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue, _] = colour.to_array().map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    #[test]
    fn letters_can_be_read_on_the_ground_and_on_keys() {
        for (letters, ground) in [(TEXT, GROUND), (SOFT, GROUND), (TEXT, KEY), (ERROR, KEY)] {
            let (dark, light) = (luminance(letters) + 0.05, luminance(ground) + 0.05);
            assert!(
                light / dark >= 4.5,
                "{letters:?} on {ground:?}: {}",
                light / dark
            );
        }
    }
}
