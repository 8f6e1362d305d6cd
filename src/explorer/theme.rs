//! The look of the window, in one place: type scale, spacing, colours, corner radii, both themes.
//!
//! Melanoma and nevus are distinguished by word, icon and position first; their two colours (vermilion and blue of the
//! Okabe–Ito palette) stay distinct for every common form of colour blindness and in greyscale.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke,
    Style, TextStyle, Theme, Visuals, vec2,
};

/// Space between things that belong together, points.
pub(crate) const GAP: f32 = 8.0;
/// Space between groups, points.
pub(crate) const GROUP: f32 = 16.0;
/// Radius of buttons, fields and pictures, points.
pub(crate) const RADIUS: u8 = 5;

/// Colours that egui's visuals have no name for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Palette {
    /// Background behind the pictures.
    pub canvas: Color32,
    /// Fill of cards on a panel.
    pub card: Color32,
    /// Hairlines and outlines.
    pub line: Color32,
    /// The unfilled part of a bar or of a slider.
    pub groove: Color32,
    /// Primary text.
    pub text: Color32,
    /// Secondary text.
    pub muted: Color32,
    /// What is selected, and the primary button.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Melanoma.
    pub melanoma: Color32,
    /// Nevus.
    pub nevus: Color32,
    /// An error's edge.
    pub error: Color32,
    /// A warning's edge.
    pub warning: Color32,
    /// The ring around the pointer in presenter mode: as bright as a laser.
    pub pointer: Color32,
}

/// The ring's colour stays the same: it has to be seen on pictures.
const POINTER: Color32 = Color32::from_rgb(0xFF, 0xD4, 0x00);

const LIGHT: Palette = Palette {
    canvas: Color32::from_rgb(0xE6, 0xE9, 0xEC),
    card: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    line: Color32::from_rgb(0xD3, 0xD9, 0xDF),
    groove: Color32::from_rgb(0xD3, 0xD9, 0xDF),
    text: Color32::from_rgb(0x1B, 0x24, 0x2E),
    muted: Color32::from_rgb(0x56, 0x63, 0x70),
    accent: Color32::from_rgb(0x2F, 0x4A, 0x63),
    on_accent: Color32::WHITE,
    melanoma: Color32::from_rgb(0xA8, 0x43, 0x00),
    nevus: Color32::from_rgb(0x00, 0x62, 0xA3),
    error: Color32::from_rgb(0xA1, 0x1D, 0x4C),
    warning: Color32::from_rgb(0x8A, 0x5A, 0x00),
    pointer: POINTER,
};

const DARK: Palette = Palette {
    canvas: Color32::from_rgb(0x10, 0x14, 0x18),
    card: Color32::from_rgb(0x24, 0x2B, 0x33),
    line: Color32::from_rgb(0x38, 0x42, 0x4C),
    groove: Color32::from_rgb(0x38, 0x42, 0x4C),
    text: Color32::from_rgb(0xEC, 0xF0, 0xF3),
    muted: Color32::from_rgb(0xA3, 0xAF, 0xBA),
    accent: Color32::from_rgb(0x9C, 0xC1, 0xE0),
    on_accent: Color32::from_rgb(0x10, 0x1A, 0x24),
    melanoma: Color32::from_rgb(0xF2, 0x8E, 0x2B),
    nevus: Color32::from_rgb(0x6C, 0xBA, 0xF0),
    error: Color32::from_rgb(0xF0, 0x8A, 0xAD),
    warning: Color32::from_rgb(0xF0, 0xC0, 0x60),
    pointer: POINTER,
};

/// High contrast: text at least 7 to 1 on every ground (WCAG 2.2, criterion 1.4.6), edges as strong as text.
const LIGHT_CONTRAST: Palette = Palette {
    canvas: Color32::from_rgb(0xF2, 0xF2, 0xF2),
    card: Color32::WHITE,
    line: Color32::from_rgb(0x3A, 0x3A, 0x3A),
    groove: Color32::from_rgb(0xD0, 0xD0, 0xD0),
    text: Color32::BLACK,
    muted: Color32::from_rgb(0x2C, 0x2C, 0x2C),
    accent: Color32::from_rgb(0x12, 0x2B, 0x6E),
    on_accent: Color32::WHITE,
    melanoma: Color32::from_rgb(0x7A, 0x2C, 0x00),
    nevus: Color32::from_rgb(0x00, 0x42, 0x78),
    error: Color32::from_rgb(0x86, 0x00, 0x36),
    warning: Color32::from_rgb(0x5E, 0x3B, 0x00),
    pointer: POINTER,
};

const DARK_CONTRAST: Palette = Palette {
    canvas: Color32::BLACK,
    card: Color32::from_rgb(0x0A, 0x0A, 0x0A),
    line: Color32::from_rgb(0xC8, 0xC8, 0xC8),
    groove: Color32::from_rgb(0x48, 0x48, 0x48),
    text: Color32::WHITE,
    muted: Color32::from_rgb(0xDC, 0xDC, 0xDC),
    accent: Color32::from_rgb(0x8F, 0xD3, 0xFF),
    on_accent: Color32::BLACK,
    melanoma: Color32::from_rgb(0xFF, 0xA8, 0x55),
    nevus: Color32::from_rgb(0x8A, 0xD0, 0xFF),
    error: Color32::from_rgb(0xFF, 0xA3, 0xC4),
    warning: Color32::from_rgb(0xFF, 0xD8, 0x7A),
    pointer: POINTER,
};

/// The palette of the window's current theme.
pub(crate) fn palette(ctx: &egui::Context) -> Palette {
    of(ctx.theme(), is_high_contrast(ctx))
}

fn of(theme: Theme, contrast: bool) -> Palette {
    match (theme, contrast) {
        (Theme::Light, false) => LIGHT,
        (Theme::Dark, false) => DARK,
        (Theme::Light, true) => LIGHT_CONTRAST,
        (Theme::Dark, true) => DARK_CONTRAST,
    }
}

fn contrast_id() -> egui::Id {
    egui::Id::unique("high contrast")
}

/// Whether both themes are in high contrast.
pub(crate) fn is_high_contrast(ctx: &egui::Context) -> bool {
    ctx.data(|data| data.get_temp(contrast_id()).unwrap_or(false))
}

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

/// Large figures: P(melanoma), readable from the back of a lecture hall.
pub(crate) fn figure(size: f32) -> FontId {
    FontId::new(size, semibold())
}

/// Small capitals-like headings of panels.
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
            include_bytes!("../../assets/fonts/Inter-Regular.otf").as_slice(),
        ),
        (
            "inter-semibold",
            include_bytes!("../../assets/fonts/Inter-SemiBold.otf").as_slice(),
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
    let palette = of(theme, contrast);
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
    let [panel, raised, hovered, pressed] = grounds(theme, contrast);
    visuals.panel_fill = panel;
    visuals.window_fill = panel;
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
    visuals.faint_bg_color = raised;
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
    widgets.noninteractive.bg_fill = panel;
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, palette.line);
    widgets.noninteractive.fg_stroke = Stroke::new(1.0, palette.text);
    for (state, fill, edge) in [
        (&mut widgets.inactive, raised, palette.line),
        (&mut widgets.hovered, hovered, palette.line),
        (&mut widgets.active, pressed, palette.accent),
        (&mut widgets.open, hovered, palette.line),
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

/// Panels, and buttons at rest, under the pointer and pressed.
fn grounds(theme: Theme, contrast: bool) -> [Color32; 4] {
    match (theme, contrast) {
        (Theme::Light, false) => [0xF6_F7F9, 0xE9_EDF1, 0xDE_E5EB, 0xCF_D9E2],
        (Theme::Dark, false) => [0x1A_2026, 0x2C_353E, 0x37_424D, 0x43_505D],
        (Theme::Light, true) => [0xFF_FFFF, 0xFF_FFFF, 0xEC_ECEC, 0xDC_DCDC],
        (Theme::Dark, true) => [0x00_0000, 0x10_1010, 0x26_2626, 0x38_3838],
    }
    .map(|rgb: u32| {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Color32::from_rgb(red, green, blue)
    })
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
                let palette = of(theme, high);
                let [panel, raised, hovered, _] = grounds(theme, high);
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
                let palette = of(theme, high);
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
