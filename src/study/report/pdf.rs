//! A figure as PDF: the vectors and the text of its SVG, so that a journal can scale it and a reader can search it.

use svg2pdf::{ConversionOptions, PageOptions, to_pdf};

use crate::search::figure::{self, FigureError};

/// The figure on a page of its own size, one point a pixel. The typeface is embedded, as far as it is used.
///
/// # Errors
/// If it cannot be drawn.
pub(super) fn pdf(svg: &str) -> Result<Vec<u8>, FigureError> {
    let tree = figure::tree(svg)?;
    to_pdf(&tree, ConversionOptions::default(), PageOptions::default())
        .map_err(|error| FigureError::Draw(error.to_string()))
}
