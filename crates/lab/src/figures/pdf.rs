//! Drawings as PDF: the vectors of an SVG, its text as outlines, so that a journal can scale it; several as the pages of one file.
//!
//! The same drawings give the same bytes.

use flipscope_language::text;
use std::collections::HashMap;

use pdf_writer::{Content, Name, Pdf, Rect, Ref};
use svg2pdf::{ConversionError, ConversionOptions, PageOptions, to_chunk, to_pdf};

use super::error::FigureError;
use super::rasterise;

/// What a page calls the drawing on it.
const DRAWING: Name<'_> = Name(b"Drawing");

fn options() -> ConversionOptions {
    ConversionOptions {
        // Fonts would be embedded in an order that differs from run to run.
        embed_text: false,
        ..ConversionOptions::default()
    }
}

fn failed(error: ConversionError) -> FigureError {
    FigureError::Draw(error.to_string())
}

/// A drawing on a page of its own size, one point a pixel.
///
/// # Errors
/// If it cannot be drawn.
pub(crate) fn pdf(svg: &str) -> Result<Vec<u8>, FigureError> {
    let tree = rasterise::tree(svg)?;
    to_pdf(&tree, options(), PageOptions::default()).map_err(failed)
}

/// Drawings as the pages of one file: the SVG of each, and the width and height of its page in points, to which it is scaled.
///
/// `to_pdf` scales as well, but not its gradients, which then lie beside what they fill.
///
/// # Errors
/// If one cannot be drawn.
pub(crate) fn pages(drawings: &[(&str, [f32; 2])]) -> Result<Vec<u8>, FigureError> {
    let mut next = Ref::new(1);
    let (catalog, tree) = (next.bump(), next.bump());
    let places: Vec<(Ref, Ref)> = (drawings.iter())
        .map(|_| (next.bump(), next.bump()))
        .collect();
    let count = i32::try_from(places.len())
        .map_err(|_| FigureError::Draw(text!("figure-too-many-pages").to_owned()))?;
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree)
        .count(count)
        .kids(places.iter().map(|(page, _)| *page));
    for (&(svg, [width, height]), (page, content)) in drawings.iter().zip(places) {
        let (chunk, root) = to_chunk(&rasterise::tree(svg)?, options()).map_err(failed)?;
        let mut numbers = HashMap::new();
        let mut number = |old| *numbers.entry(old).or_insert_with(|| next.bump());
        let drawing = number(root);
        let chunk = chunk.renumber(&mut number);
        let mut page = pdf.page(page);
        page.media_box(Rect::new(0.0, 0.0, width, height))
            .parent(tree)
            .contents(content);
        page.resources().x_objects().pair(DRAWING, drawing);
        drop(page);
        // The drawing is one point wide and high.
        let mut shown = Content::new();
        shown
            .transform([width, 0.0, 0.0, height, 0.0, 0.0])
            .x_object(DRAWING);
        pdf.stream(content, &shown.finish());
        pdf.extend(&chunk);
    }
    Ok(pdf.finish())
}
