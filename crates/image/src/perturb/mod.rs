//! The perturbations: plain numbers that turn a u8 frame into another u8 frame, and their CPU form.
//!
//! Order: pose (shift, then rotation: two resamplings, as in the letter's code; then the field of view, if asked for) → lamp →
//! colour balance → pixels → noise. Rounding, centre and edges are Pillow's, to the last bit also for bilinear sampling; the WGSL
//! preview (`shaders/`) executes the same definition from the same tables ([`PoseResampling`], [`colour_tables`]).
//!
//! Fills other than black are defined here, since Pillow has none:
//! - [`Fill::Edge`]: a source coordinate outside the frame is clamped to it;
//! - [`Fill::Reflect`]: it is mirrored, the border pixel repeated (… 1 0 | 0 1 …, `NumPy`'s `symmetric`), so that pixels inside are the
//!   same under every fill;
//! - `mean-skin`: one colour, [`mean_skin`] of the frame.
//!
//! Each of the two resamplings uses the fill.

mod apply;
mod colour;
mod digits;
mod error;
mod illuminant;
mod noise;
mod observer;
mod perturbation;
mod pose;
mod skin;
mod text;
mod words;

pub use apply::{apply, inside_field_of_view, render};
pub use colour::colour_tables;
pub use digits::to_decimals;
pub use error::{PerturbationError, UnknownName};
pub use illuminant::{NEUTRAL_KELVIN, lamp_gains, lamp_table};
pub use noise::Noise;
pub use perturbation::{Fill, Perturbation, PixelEdit, Sampling};
pub use pose::{
    LinearStep, NearestStep, PoseResampling, Step, rotation_in_fixed_point, rotation_matrix,
};
pub use skin::mean_skin;
pub use text::number_in_words;
