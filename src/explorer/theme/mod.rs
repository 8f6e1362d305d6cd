//! The look of the window, in one place: type scale, spacing, colours, corner radii, both themes.

mod palette;

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke,
    Style, TextStyle, Theme, Visuals, vec2,
};

pub(crate) use palette::{Palette, is_high_contrast, palette};
use palette::{contrast_id, palette_of};

/// Space between things that belong together, points.
pub(crate) const GAP: f32 = 8.0;
/// Space between groups, points.
pub(crate) const GROUP: f32 = 16.0;
/// Radius of buttons, fields and pictures, points.
pub(crate) const RADIUS: u8 = 5;

/// Puts both themes in high contrast, or back.
pub(crate) fn set_high_contrast(ctx: &egui::Context, contrast: bool) {
    if is_high_contrast(ctx) != contrast {
        ctx.data_mut(|data| data.insert_temp(contrast_id(), contrast));
        restyle_both(ctx, contrast);
    }
}

/// The heavier weight of the window's typeface.
pub(crate) fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// Large numbers: P(melanoma), readable from the back of a lecture hall.
pub(crate) fn large_number(size: f32) -> FontId {
    FontId::new(size, semibold())
}

/// Headings of panels.
pub(crate) fn section(text: &str, palette: &Palette) -> egui::RichText {
    egui::RichText::new(text)
        .font(FontId::new(13.0, semibold()))
        .color(palette.text)
}

/// Installs fonts and both themes. Call once, before the first frame.
pub(crate) fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    restyle_both(ctx, false);
}

fn restyle_both(ctx: &egui::Context, contrast: bool) {
    for theme in [Theme::Light, Theme::Dark] {
        let mut style = (*ctx.style_of(theme)).clone();
        restyle(&mut style, theme, contrast);
        ctx.set_style_of(theme, style);
    }
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in [
        (
            "inter",
            include_bytes!("../../../assets/fonts/Inter-Regular.otf").as_slice(),
        ),
        (
            "inter-semibold",
            include_bytes!("../../../assets/fonts/Inter-SemiBold.otf").as_slice(),
        ),
    ] {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    // egui's own fonts follow ours for the characters that Inter lacks.
    let fallback = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let chain = |first: &str| {
        std::iter::once(first.to_owned())
            .chain(fallback.iter().cloned())
            .collect::<Vec<_>>()
    };
    fonts
        .families
        .insert(FontFamily::Proportional, chain("inter"));
    fonts.families.insert(semibold(), chain("inter-semibold"));
    fonts
}

fn restyle(style: &mut Style, theme: Theme, contrast: bool) {
    let palette = palette_of(theme, contrast);
    style.text_styles = [
        (
            TextStyle::Small,
            FontId::new(11.5, FontFamily::Proportional),
        ),
        (TextStyle::Body, FontId::new(13.5, FontFamily::Proportional)),
        (
            TextStyle::Button,
            FontId::new(13.5, FontFamily::Proportional),
        ),
        (TextStyle::Heading, FontId::new(20.0, semibold())),
        (
            TextStyle::Monospace,
            FontId::new(12.5, FontFamily::Monospace),
        ),
    ]
    .into();
    style.drag_value_text_style = TextStyle::Body;
    style.animation_time = 0.1;

    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(GAP, 6.0);
    spacing.button_padding = vec2(10.0, 5.0);
    spacing.interact_size = vec2(36.0, 26.0);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(14);
    spacing.icon_width = 16.0;
    spacing.icon_spacing = 6.0;
    spacing.scroll = egui::style::ScrollStyle {
        // The handle has the colour of text: otherwise it could hardly be distinguished from its track.
        foreground_color: true,
        ..egui::style::ScrollStyle::thin()
    };

    style.visuals = visuals(theme, contrast, &palette);
}

fn visuals(theme: Theme, contrast: bool, palette: &Palette) -> Visuals {
    let mut visuals = match theme {
        Theme::Light => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    visuals.panel_fill = palette.panel;
    visuals.window_fill = palette.panel;
    let edge_width = if contrast { 1.5 } else { 1.0 };
    visuals.window_stroke = Stroke::new(edge_width, palette.line);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(6);
    visuals.popup_shadow = Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: Color32::from_black_alpha(if theme == Theme::Dark { 110 } else { 40 }),
    };
    visuals.window_shadow = visuals.popup_shadow;
    visuals.faint_bg_color = palette.raised;
    visuals.extreme_bg_color = palette.card;
    visuals.text_edit_bg_color = Some(palette.card);
    visuals.weak_text_color = Some(palette.muted);
    visuals.hyperlink_color = palette.accent;
    visuals.warn_fg_color = palette.warning;
    visuals.error_fg_color = palette.error;
    visuals.selection.bg_fill = palette.accent;
    visuals.selection.stroke = Stroke::new(1.0, palette.on_accent);
    visuals.slider_trailing_fill = false;
    visuals.striped = false;

    let widgets = &mut visuals.widgets;
    widgets.noninteractive.bg_fill = palette.panel;
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, palette.line);
    widgets.noninteractive.fg_stroke = Stroke::new(1.0, palette.text);
    for (state, fill, edge) in [
        (&mut widgets.inactive, palette.raised, palette.line),
        (&mut widgets.hovered, palette.hovered, palette.line),
        (&mut widgets.active, palette.pressed, palette.accent),
        (&mut widgets.open, palette.hovered, palette.line),
    ] {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(edge_width, edge);
        state.fg_stroke = Stroke::new(1.25, palette.text);
        state.corner_radius = CornerRadius::same(RADIUS);
        state.expansion = 0.0;
    }
    widgets.noninteractive.corner_radius = CornerRadius::same(RADIUS);
    visuals
}

/// The boxes of check boxes and radio buttons: on a card of their own, with an edge as strong as secondary text, also in menus, which
/// have no edges otherwise.
pub(crate) fn outline_marks(visuals: &mut Visuals, palette: &Palette) {
    let widgets = &mut visuals.widgets;
    for (state, edge) in [
        (&mut widgets.inactive, palette.muted),
        (&mut widgets.hovered, palette.text),
        (&mut widgets.active, palette.text),
    ] {
        state.bg_fill = palette.card;
        state.bg_stroke = Stroke::new(1.5, edge);
        state.fg_stroke = Stroke::new(2.0, palette.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2).
    fn luminance(colour: Color32) -> f64 {
        let linear = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        (a / b).max(b / a)
    }

    #[test]
    fn text_can_be_read_on_every_ground_of_every_theme() {
        for theme in [Theme::Light, Theme::Dark] {
            for high in [false, true] {
                let palette = palette_of(theme, high);
                let [panel, raised, hovered] = [palette.panel, palette.raised, palette.hovered];
                let least = if high { 7.0 } else { 4.5 };
                let texts = [
                    palette.text,
                    palette.muted,
                    palette.melanoma,
                    palette.nevus,
                    palette.error,
                    palette.warning,
                ];
                for ground in [panel, palette.card, palette.canvas] {
                    for text in texts {
                        let found = contrast(text, ground);
                        assert!(
                            found >= least,
                            "{theme:?}, high {high}: {text:?} on {ground:?}: {found:.2}"
                        );
                    }
                }
                for ground in [raised, hovered] {
                    assert!(contrast(palette.text, ground) >= least);
                }
                assert!(contrast(palette.on_accent, palette.accent) >= least);
            }
        }
    }

    /// WCAG 2.2, criterion 1.4.11: at least 3 to 1 for what tells a mark from its box, and a box from what it is on.
    #[test]
    fn marks_and_their_boxes_can_be_seen_on_every_ground_of_every_theme() {
        for theme in [Theme::Light, Theme::Dark] {
            for high in [false, true] {
                let palette = palette_of(theme, high);
                let mut visuals = visuals(theme, high, &palette);
                // As in a menu.
                visuals.widgets.inactive.bg_stroke = Stroke::NONE;
                visuals.widgets.hovered.bg_stroke = Stroke::NONE;
                outline_marks(&mut visuals, &palette);
                let widgets = &visuals.widgets;
                let grounds = [visuals.panel_fill, palette.card, palette.canvas];
                for state in [&widgets.inactive, &widgets.hovered, &widgets.active] {
                    assert!(state.bg_stroke.width >= 1.0);
                    let pairs = (grounds.iter())
                        .map(|ground| (state.bg_stroke.color, *ground))
                        .chain([
                            (state.bg_stroke.color, state.bg_fill),
                            (state.fg_stroke.color, state.bg_fill),
                        ]);
                    for (one, other) in pairs {
                        let found = contrast(one, other);
                        assert!(
                            found >= 3.0,
                            "{theme:?}, high {high}: {one:?} on {other:?}: {found:.2}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn high_contrast_changes_both_themes_and_back() {
        let ctx = egui::Context::default();
        install(&ctx);
        let fill = |theme| ctx.style_of(theme).visuals.panel_fill;
        let before = [Theme::Light, Theme::Dark].map(fill);
        set_high_contrast(&ctx, true);
        assert!(is_high_contrast(&ctx));
        let during = [Theme::Light, Theme::Dark].map(fill);
        assert!(before.iter().zip(&during).all(|(a, b)| a != b));
        set_high_contrast(&ctx, false);
        assert_eq!([Theme::Light, Theme::Dark].map(fill), before);
    }
}
