//! The preview: original and altered picture drawn by the graphics card, live while a slider moves.
//!
//! Two shaders: `shaders/perturb.wgsl` makes the altered frame, 299 × 299, equal to [`flipscope_image::perturb::apply`] to the
//! last bit for nearest sampling and within 1 of 255, before the colour balance, for bilinear (Pillow truncates doubles: if one
//! is next to a whole number, as with a shift of 0.1, the last bits of a double decide); it runs once for every new
//! perturbation. `shaders/preview.wgsl` draws it into the window, every frame: side by side, wipe or difference, zoomed. At
//! full resolution it applies the same pose to the photograph instead, in continuous coordinates: a picture for the eye, not
//! what the network sees.
//!
//! Conventions: frame coordinates go from 0 to 299, x right and y down. Pixel values reach an 8-bit target in gamma space
//! (egui's) unchanged. [`install`] puts the renderer into egui's callback resources; each [`Preview`] keeps what it prepared,
//! so that any number of them can be painted in one window frame.

mod callback;
mod headless;
mod inputs;
mod pictures;
mod pipelines;
mod renderer;
mod uniforms;
mod view;

pub use callback::install;
pub use headless::{Headless, HeadlessError};
pub use view::{Picture, Preview, Show};
