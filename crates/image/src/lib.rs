//! Pictures: from a photograph to a frame, from a frame to another frame, and how far apart the two are.
//!
//! - [`lesion`]: from a photograph to a [`Frame`](lesion::Frame) of 299 × 299 pixels (decoding, colour profile, framing), and
//!   synthetic lesions
//! - [`perturb`]: plain numbers that turn a frame into another frame
//! - [`corruption`]: noise, blur, light, compression, dermoscopic artefacts
//! - [`distance`]: how far an altered frame is from its original
//!
//! Conventions: pixels are u8 sRGB, row by row, R, G, B; positions and angles are those of [`perturb`]. The same input gives
//! the same bytes on every machine; everything random is seeded. Nothing here depends on a network.
//!
//! ```
//! use flipscope_image::distance::distances;
//! use flipscope_image::lesion::{Framing, synthetic};
//! use flipscope_image::perturb::{Perturbation, apply};
//!
//! let raster = synthetic::draw(&synthetic::Recipe::melanoma(5), 400, 300)?;
//! let frame = Framing::Squash.apply(&raster);
//! let altered = apply(&frame, &Perturbation::default())?;
//! assert_eq!(distances(&frame, &altered).l_inf, 0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod corruption;
pub mod distance;
pub mod lesion;
pub mod perturb;
pub mod texts;
