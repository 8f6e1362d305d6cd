//! Photograph → frame: decoding with limits, orientation, colour profile, framing, synthetic lesions.
//!
//! Pixels are 8-bit sRGB, interleaved, row by row from the top left.
//!
//! A file is read by [`open`]: [`sniff`] recognises its format, [`jpeg`], [`tiff`] and [`bitmap`] decode it within [`limits`],
//! [`colours`] and [`orientation`] make it sRGB and upright. [`Framing`] makes a frame of it using [`resample`].

mod bitmap;
mod catch_panic;
mod channels;
mod colours;
mod decode;
mod decoded;
mod error;
mod frame;
mod framing;
mod ifd;
mod jpeg;
mod jpeg_errors;
mod jpeg_markers;
mod limits;
mod listing;
mod memory_budget;
mod orientation;
mod photograph;
mod preflight;
mod profile;
mod raster;
mod resample;
mod rows;
mod shrink;
mod sniff;
mod structure;
pub mod synthetic;
mod tiff;
mod tiff_file;
mod tiff_pages;
mod tiff_pieces;

pub use decode::{decode, open, open_with};
pub use error::why_unread;
pub use error::{LesionError, Problem};
pub use frame::Frame;
pub use framing::{Framing, Region, UnknownFramingError};
pub use limits::{MAX_FILE_BYTES, MAX_MEMORY_BYTES, MAX_PIXELS, MAX_SIDE};
pub use listing::{ENDINGS, has_picture_ending, pictures_beneath};
pub use listing::{Listing, find_pictures};
pub use photograph::{ColorHandling, Photograph, Source};
pub use raster::{Raster, RasterSizeError};
pub use shrink::shrink;
pub use sniff::is_picture;

pub use flipscope_base::hex;
