//! Figures of altered pictures: the original, the altered frame, their difference with its scale, the verdicts, and what was
//! changed in words. The same layout serves a finding, an alteration made by hand, and, in small, the contact sheet.
//!
//! - [`Comparison`]: what is said about one altered picture
//! - [`one()`]: one of them as a figure; [`contact_sheet()`]: many on pages, like Figure 2 of the letter
//! - `parts`: what both draw: verdicts, scale, lines of text
//!
//! Readable in black and white: a verdict is a word with a mark of its own shape, and the difference is signed by lightness.

mod comparison;
mod contact_sheet;
mod one;
mod parts;

pub use crate::figures::canvas::Pixels;
pub use crate::figures::paper::{
    Drawing, FileFormat, RESOLUTIONS, WIDTHS_MM, page_path, write_pages,
};
pub use crate::figures::{FigureError, draw};
pub use comparison::{Comparison, Frames, Judgement};
pub use contact_sheet::{contact_sheet, pixels_of_sheet};
pub use one::{Content, one, pixels_of_one};

use super::run::SearchOutcome;

/// Width of a finding's figure in millimetres: two columns of a journal.
pub const WIDTH_MM: f64 = 180.0;
/// Resolution of its PNG.
pub const DPI: u32 = 300;

/// The figure of a finding, as it is saved beside it, with the diagnosis that a table of labels states for the lesion, if one does.
///
/// # Errors
/// If a picture cannot be encoded.
pub fn of_finding(found: &SearchOutcome, label: Option<&str>) -> Result<Drawing, FigureError> {
    one(
        &Comparison::of_finding(found)?.with_label(label),
        WIDTH_MM,
        &Content::default(),
    )
}
