//! Synthetic lesions: plausible dermoscopic pictures drawn from a seed.
//!
//! They are the samples offered at a first start and the test pictures of the suite, and are labelled *synthetic* wherever they
//! are shown: no patient, no diagnosis. Everything is a function of a point of the *field* (the largest 4:3 rectangle in the
//! picture, of height 1, its centre at 0, y down), so a recipe shows the same lesion at any size, any thread can draw any
//! pixel, and the bytes are the same on every machine (see `maths`).
//!
//! Layers, from the bottom: [`skin`] → pigment inside the outline ([`border`], [`pigment`]) → veil and regression ([`veil`]) →
//! [`hair`] → bubbles ([`fluid`]) → lamp, lens and sensor ([`optics`]); [`draw()`] combines them.

mod border;
mod chart;
mod draw;
mod fluid;
mod hair;
mod maths;
mod noise;
mod optics;
mod pigment;
mod recipe;
mod samples;
mod skin;
mod veil;

pub use draw::{DrawError, SIDE_MAX, SIDE_MIN, draw};
pub use recipe::{Parameter, Recipe};
pub use samples::{SAMPLE_SIZE, Sample, name_in_words, samples};

#[cfg(test)]
mod recipe_tests;
#[cfg(test)]
mod tests;
