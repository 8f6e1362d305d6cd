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
}

const LIGHT: Palette = Palette {
    canvas: Color32::from_rgb(0xE6, 0xE9, 0xEC),
    card: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    line: Color32::from_rgb(0xD3, 0xD9, 0xDF),
    text: Color32::from_rgb(0x1B, 0x24, 0x2E),
    muted: Color32::from_rgb(0x56, 0x63, 0x70),
    accent: Color32::from_rgb(0x2F, 0x4A, 0x63),
    on_accent: Color32::WHITE,
    melanoma: Color32::from_rgb(0xA8, 0x43, 0x00),
    nevus: Color32::from_rgb(0x00, 0x62, 0xA3),
    error: Color32::from_rgb(0xA1, 0x1D, 0x4C),
    warning: Color32::from_rgb(0x8A, 0x5A, 0x00),
};

const DARK: Palette = Palette {
    canvas: Color32::from_rgb(0x10, 0x14, 0x18),
    card: Color32::from_rgb(0x24, 0x2B, 0x33),
    line: Color32::from_rgb(0x38, 0x42, 0x4C),
    text: Color32::from_rgb(0xEC, 0xF0, 0xF3),
    muted: Color32::from_rgb(0xA3, 0xAF, 0xBA),
    accent: Color32::from_rgb(0x9C, 0xC1, 0xE0),
    on_accent: Color32::from_rgb(0x10, 0x1A, 0x24),
    melanoma: Color32::from_rgb(0xF2, 0x8E, 0x2B),
    nevus: Color32::from_rgb(0x6C, 0xBA, 0xF0),
    error: Color32::from_rgb(0xF0, 0x8A, 0xAD),
    warning: Color32::from_rgb(0xF0, 0xC0, 0x60),
};

/// The palette of the window's current theme.
pub(crate) fn palette(ctx: &egui::Context) -> Palette {
    of(ctx.theme())
}

fn of(theme: Theme) -> Palette {
    match theme {
        Theme::Light => LIGHT,
        Theme::Dark => DARK,
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
    for theme in [Theme::Light, Theme::Dark] {
        let mut style = (*ctx.style_of(theme)).clone();
        restyle(&mut style, theme);
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

fn restyle(style: &mut Style, theme: Theme) {
    let palette = of(theme);
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

    style.visuals = visuals(theme, &palette);
}

fn visuals(theme: Theme, palette: &Palette) -> Visuals {
    let mut visuals = match theme {
        Theme::Light => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    let (panel, raised, hovered, pressed) = match theme {
        Theme::Light => (
            Color32::from_rgb(0xF6, 0xF7, 0xF9),
            Color32::from_rgb(0xE9, 0xED, 0xF1),
            Color32::from_rgb(0xDE, 0xE5, 0xEB),
            Color32::from_rgb(0xCF, 0xD9, 0xE2),
        ),
        Theme::Dark => (
            Color32::from_rgb(0x1A, 0x20, 0x26),
            Color32::from_rgb(0x2C, 0x35, 0x3E),
            Color32::from_rgb(0x37, 0x42, 0x4D),
            Color32::from_rgb(0x43, 0x50, 0x5D),
        ),
    };
    visuals.panel_fill = panel;
    visuals.window_fill = panel;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
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
        state.bg_stroke = Stroke::new(1.0, edge);
        state.fg_stroke = Stroke::new(1.25, palette.text);
        state.corner_radius = CornerRadius::same(RADIUS);
        state.expansion = 0.0;
    }
    widgets.noninteractive.corner_radius = CornerRadius::same(RADIUS);
    visuals
}
