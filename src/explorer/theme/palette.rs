//! The colours of both themes, plain and in high contrast.
//!
//! Melanoma and nevus are distinguished by word, icon and position first; their two colours (vermilion and blue of the
//! Okabe–Ito palette) stay distinct for every common form of colour blindness and in greyscale.

use egui::{Color32, Theme};

/// The colours of a theme.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Palette {
    /// Background of panels and windows.
    pub panel: Color32,
    /// Buttons at rest.
    pub raised: Color32,
    /// Buttons under the pointer.
    pub hovered: Color32,
    /// Buttons while they are pressed.
    pub pressed: Color32,
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
    panel: Color32::from_rgb(0xF6, 0xF7, 0xF9),
    raised: Color32::from_rgb(0xE9, 0xED, 0xF1),
    hovered: Color32::from_rgb(0xDE, 0xE5, 0xEB),
    pressed: Color32::from_rgb(0xCF, 0xD9, 0xE2),
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
    panel: Color32::from_rgb(0x1A, 0x20, 0x26),
    raised: Color32::from_rgb(0x2C, 0x35, 0x3E),
    hovered: Color32::from_rgb(0x37, 0x42, 0x4D),
    pressed: Color32::from_rgb(0x43, 0x50, 0x5D),
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
    panel: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    raised: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    hovered: Color32::from_rgb(0xEC, 0xEC, 0xEC),
    pressed: Color32::from_rgb(0xDC, 0xDC, 0xDC),
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
    panel: Color32::from_rgb(0x00, 0x00, 0x00),
    raised: Color32::from_rgb(0x10, 0x10, 0x10),
    hovered: Color32::from_rgb(0x26, 0x26, 0x26),
    pressed: Color32::from_rgb(0x38, 0x38, 0x38),
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
    palette_of(ctx.theme(), is_high_contrast(ctx))
}

pub(super) fn palette_of(theme: Theme, contrast: bool) -> Palette {
    match (theme, contrast) {
        (Theme::Light, false) => LIGHT,
        (Theme::Dark, false) => DARK,
        (Theme::Light, true) => LIGHT_CONTRAST,
        (Theme::Dark, true) => DARK_CONTRAST,
    }
}

/// Where egui keeps whether both themes are in high contrast.
pub(super) fn contrast_id() -> egui::Id {
    egui::Id::unique("high contrast")
}

/// Whether both themes are in high contrast.
pub(crate) fn is_high_contrast(ctx: &egui::Context) -> bool {
    ctx.data(|data| data.get_temp(contrast_id()).unwrap_or(false))
}
