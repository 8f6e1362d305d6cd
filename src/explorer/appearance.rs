//! How the window itself looks: its size, the zoom of the interface, the theme.

use serde::{Deserialize, Serialize};

use flipscope_language::Language;

use crate::explorer::theme;

/// The range of the interface's zoom, which is that of egui's own keys.
pub(super) const MIN_ZOOM: f32 = 0.2;
pub(super) const MAX_ZOOM: f32 = 5.0;

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How the window looks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Appearance {
    /// Width and height in points at zoom 1, when it is neither maximized nor full screen.
    pub size: Option<[f32; 2]>,
    /// Whether it fills the screen.
    pub maximized: bool,
    /// Zoom of the interface.
    pub zoom: f32,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// High contrast.
    pub contrast: bool,
    /// The language; as the system has it until one is chosen.
    pub language: Option<Language>,
}

impl Default for Appearance {
    fn default() -> Self {
        Self {
            size: None,
            maximized: false,
            zoom: 1.0,
            theme: ThemeChoice::System,
            contrast: false,
            language: None,
        }
    }
}

impl Appearance {
    /// How the window looks now; the last size of a maximized one is kept, and the language, which egui does not know.
    pub(super) fn of(ctx: &egui::Context, before: &Self) -> Self {
        let zoom = ctx.zoom_factor();
        let (maximized, full, rect) = ctx.input(|input| {
            let window = input.viewport();
            let is = |value: Option<bool>| value.unwrap_or(false);
            (
                is(window.maximized),
                is(window.fullscreen),
                window.inner_rect,
            )
        });
        // Tenths of a point: a window that is not resized has one size, whatever the scale of its screen.
        let tenths = |length: f32| (length * zoom * 10.0).round() / 10.0;
        let size = (rect.filter(egui::Rect::is_positive))
            .map(|rect| [tenths(rect.width()), tenths(rect.height())]);
        Self {
            size: size.filter(|_| !maximized && !full).or(before.size),
            maximized,
            zoom,
            theme: match ctx.options(|options| options.theme_preference) {
                egui::ThemePreference::System => ThemeChoice::System,
                egui::ThemePreference::Light => ThemeChoice::Light,
                egui::ThemePreference::Dark => ThemeChoice::Dark,
            },
            contrast: theme::is_high_contrast(ctx),
            language: before.language,
        }
    }

    /// Sets theme and zoom; the size belongs to whoever opens the window.
    pub(super) fn apply(&self, ctx: &egui::Context) {
        theme::set_high_contrast(ctx, self.contrast);
        ctx.set_theme(match self.theme {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        });
        if self.zoom.is_finite() {
            ctx.set_zoom_factor(self.zoom.clamp(MIN_ZOOM, MAX_ZOOM));
        }
    }
}
