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
    let mut pdf = to_pdf(&tree, options(), PageOptions::default()).map_err(failed)?;
    sort_resources(&mut pdf);
    Ok(pdf)
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
        // In the order of the file: its references to one another are in an order that differs from run to run.
        for old in chunk.refs() {
            number(old);
        }
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
    let mut pdf = pdf.finish();
    sort_resources(&mut pdf);
    Ok(pdf)
}

/// The lines that begin a dictionary of what a drawing refers to, each entry a line of its own.
const RESOURCES: [&[u8]; 5] = [
    b"/XObject <<\n",
    b"/Pattern <<\n",
    b"/ExtGState <<\n",
    b"/Shading <<\n",
    b"/ColorSpace <<\n",
];

/// Sorts these dictionaries: their entries are written in an order that differs from run to run. No entry changes its length, so that all
/// that the file says of positions in it stays true.
fn sort_resources(pdf: &mut [u8]) {
    let mut rest = pdf;
    while let Some(end) = rest.iter().position(|&byte| byte == b'\n') {
        let (line, after) = rest.split_at_mut(end + 1);
        rest = after;
        if !RESOURCES.iter().any(|first| line.ends_with(first)) {
            continue;
        }
        let entries = rest.split_inclusive(|&byte| byte == b'\n');
        let mut entries: Vec<&[u8]> = entries
            .take_while(|entry| entry.trim_ascii_start().starts_with(b"/"))
            .collect();
        entries.sort_unstable();
        let sorted = entries.concat();
        if let Some(place) = rest.get_mut(..sorted.len()) {
            place.copy_from_slice(&sorted);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// Twelve see-through squares, each with an opacity and a gradient of its own.
    fn many_resources() -> String {
        let mut svg =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"20\">".to_owned();
        for at in 0..12 {
            write!(
                svg,
                "<linearGradient id=\"g{at}\"><stop offset=\"0\" stop-color=\"#f00\"/><stop offset=\"1\" stop-color=\"#0{at:02}\"/>\
                 </linearGradient><rect x=\"{}\" width=\"9\" height=\"9\" fill=\"url(#g{at})\" opacity=\"0.{:02}\"/>",
                at * 10,
                at + 50
            )
            .unwrap();
        }
        svg + "</svg>"
    }

    #[test]
    fn the_same_drawings_give_the_same_bytes() {
        let svg = many_resources();
        let one = pdf(&svg).unwrap();
        let pages_of = || pages(&[(&svg, [120.0, 20.0]), (&svg, [240.0, 40.0])]).unwrap();
        let several = pages_of();
        let text = String::from_utf8_lossy(&one);
        assert!(
            text.contains("/ExtGState <<\n") || text.contains("/XObject <<\n"),
            "{text}"
        );
        for _ in 0..8 {
            assert!(one == pdf(&svg).unwrap() && several == pages_of());
        }
    }

    #[test]
    fn entries_are_sorted_where_they_stand() {
        let mut pdf = *b"<<\n  /XObject <<\n    /x1 6 0 R\n    /x0 15 0 R\n  >>\n  /Other <<\n    /b 1\n    /a 2\n  >>\n>>";
        sort_resources(&mut pdf);
        assert_eq!(
            pdf,
            *b"<<\n  /XObject <<\n    /x0 15 0 R\n    /x1 6 0 R\n  >>\n  /Other <<\n    /b 1\n    /a 2\n  >>\n>>"
        );
    }
}
