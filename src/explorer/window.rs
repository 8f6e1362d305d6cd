//! The real window: graphics adapter, icon, size, and what is reported if no window can be opened.

use std::sync::Arc;

use eframe::egui_wgpu;

use crate::explorer::app::App;
use crate::explorer::launch::Launch;
use crate::explorer::preview;
use crate::explorer::priority;
use crate::explorer::remembered_file::remembered_appearance;

/// Why there is no window, and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// No display server.
    #[error(
        "There is no display to open a window on (neither WAYLAND_DISPLAY nor DISPLAY is set).\n\
         The same verdicts without a window: flipscope classify PHOTOGRAPH… [--rotate DEG] [--offset R,G,B] …\n\
         (flipscope classify --help says more)"
    )]
    NoDisplay,
    /// No display server, when a reader wants to read.
    #[error(
        "There is no display to show pictures on (neither WAYLAND_DISPLAY nor DISPLAY is set): reading needs a screen.\nThe file \
         is self-contained: copy it to a machine that has one, read there, and merge the copies with flipscope reader merge"
    )]
    NoDisplayToRead,
    /// A display server is configured but does not answer.
    #[error(
        "The display does not answer ({display}). Is its server running, and may this user reach it?\n\
         The same verdicts without a window: flipscope classify PHOTOGRAPH… (flipscope classify --help says more)"
    )]
    Unreachable {
        /// The variable that configures it, and its value.
        display: String,
    },
    /// No adapter, or the window system refused.
    #[error(
        "The window could not be opened: {0}\n\
         It needs Vulkan, Metal, DirectX 12 or OpenGL ES 3; on Debian and Ubuntu the packages mesa-vulkan-drivers or \
         libgl1-mesa-dri with libegl1 serve without a graphics card.\n\
         The same verdicts without a window: flipscope classify PHOTOGRAPH… (flipscope classify --help says more)"
    )]
    Refused(String),
}

/// The initial size in points: with its title and the system's bar it fits on a screen of 1366 × 768.
const FIRST: [f32; 2] = [1280.0, 660.0];
/// The smallest size in points: small enough for a screen of 1366 × 768 that shows everything at twice the size.
const SMALLEST: [f32; 2] = [480.0, 320.0];

/// Lengths in points that a window of the last run may have had.
const SMALLEST_SIDE: f32 = 100.0;
const LARGEST_SIDE: f32 = 20_000.0;

/// Opens the window and runs until it is closed.
///
/// # Errors
/// [`WindowError`], before anything is shown.
pub fn run(launch: Launch) -> Result<(), WindowError> {
    priority::start_workers();
    let appearance = (launch.memory.as_deref()).map(remembered_appearance);
    let appearance = appearance.unwrap_or_default();
    let usable =
        |length: &f32| length.is_finite() && (SMALLEST_SIDE..LARGEST_SIDE).contains(length);
    let size = (appearance.size).filter(|size| size.iter().all(usable));
    let viewport = egui::ViewportBuilder::default()
        .with_title("flipscope")
        .with_inner_size(size.unwrap_or(FIRST))
        .with_maximized(appearance.maximized)
        .with_min_inner_size(SMALLEST)
        // And no larger than the screen, if that is even smaller.
        .with_clamp_size_to_monitor_size(true);
    native(WindowError::NoDisplay, viewport, move |context| {
        let render_state = context.wgpu_render_state.as_ref();
        if let Some(render_state) = render_state {
            preview::install(render_state);
            priority::rasteriser_yields();
        }
        let app = App::new(&context.egui_ctx, render_state.is_some(), launch)?;
        Ok(Box::new(app))
    })
}

/// The function that makes an application, once there is a window for it.
type Made = Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>>;

/// Opens a window for an application, and runs until it is closed; `none` is the error if there is no display.
pub(super) fn native(
    none: WindowError,
    viewport: egui::ViewportBuilder,
    app: impl FnOnce(&eframe::CreationContext<'_>) -> Made + 'static,
) -> Result<(), WindowError> {
    if cfg!(all(unix, not(target_os = "macos"))) && !has_display() {
        return Err(none);
    }
    let options = eframe::NativeOptions {
        viewport: viewport
            .with_app_id("flipscope")
            .with_icon(Arc::new(icon())),
        renderer: eframe::Renderer::Wgpu,
        wgpu_options: egui_wgpu::WgpuConfiguration::default(),
        // Dithering would change the pixels of the picture.
        dithering: false,
        ..eframe::NativeOptions::default()
    };
    eframe::run_native("flipscope", options, Box::new(app)).map_err(|error| match error {
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => WindowError::Unreachable {
            display: named_displays(),
        },
        error => WindowError::Refused(error.to_string()),
    })
}

/// The variables that configure a display, with their values.
fn named_displays() -> String {
    ["WAYLAND_DISPLAY", "DISPLAY"]
        .iter()
        .filter_map(|name| Some(format!("{name}={}", std::env::var(name).ok()?)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn has_display() -> bool {
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// The icon: a mole whose right half is recoloured.
fn icon() -> egui::IconData {
    const SIDE: u32 = 64;
    let mut rgba = Vec::with_capacity((SIDE * SIDE * 4) as usize);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let (dx, dy) = (x as f32 - 31.5, y as f32 - 31.5);
            let radius = (dx * dx + dy * dy * 1.15).sqrt();
            let wobble = 2.0 * (dy * 0.35).sin();
            let pixel = if (dx * dx + dy * dy).sqrt() > 31.0 {
                [0, 0, 0, 0]
            } else if radius < 17.0 + wobble {
                if dx < 0.0 {
                    [0x5A, 0x33, 0x22, 0xFF]
                } else {
                    [0x24, 0x62, 0x8F, 0xFF]
                }
            } else if dx < 0.0 {
                [0xF0, 0xCF, 0xB8, 0xFF]
            } else {
                [0xDD, 0xE7, 0xEF, 0xFF]
            };
            rgba.extend_from_slice(&pixel);
        }
    }
    egui::IconData {
        rgba,
        width: SIDE,
        height: SIDE,
    }
}
