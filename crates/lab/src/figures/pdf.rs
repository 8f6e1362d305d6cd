//! A figure as PDF: the vectors of its SVG, its text as outlines, so that a journal can scale it.

use svg2pdf::{ConversionOptions, PageOptions, to_pdf};

use super::error::FigureError;
use super::rasterise;

/// The figure on a page of its own size, one point a pixel. The same figure gives the same bytes.
///
/// # Errors
/// If it cannot be drawn.
pub(crate) fn pdf(svg: &str) -> Result<Vec<u8>, FigureError> {
    let tree = rasterise::tree(svg)?;
    let options = ConversionOptions {
        // Fonts would be embedded in an order that differs from run to run.
        embed_text: false,
        ..ConversionOptions::default()
    };
    to_pdf(&tree, options, PageOptions::default())
        .map_err(|error| FigureError::Draw(error.to_string()))
}
