//! A figure of a page: inside it as SVG, and next to it as SVG, PNG and PDF.

use std::fmt::Write as _;
use std::path::Path;

use super::chart::{Chart, Point};
use super::csv_reader::Row;
use super::error::{FigureError, OutputError};
use super::escape::escaped;
use super::folders::FIGURES;
use super::pdf::pdf;
use super::rasterise::draw;
use flipscope_base::atomic::{self, Existing};

/// A figure with the name of its file.
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) chart: Chart,
}

/// A rate of a row as a point, with its interval.
pub(crate) fn point(row: Row<'_>, x: f64, y: &str) -> Option<Point> {
    let end = |end: &str| row.number(&format!("{y}_{end}"));
    Some(Point {
        x,
        y: row.number(y)?,
        interval: end("lower").zip(end("upper")),
    })
}

/// Figures on a page.
pub(crate) fn shown(figures: &[Figure]) -> String {
    let mut text = String::new();
    for figure in figures {
        writeln!(
            text,
            "<figure>\n{}<figcaption class=\"note\"><code>{FIGURES}/{}.svg</code></figcaption></figure>",
            figure.chart.svg(),
            escaped(&figure.name)
        )
        .ok();
    }
    text
}

/// A figure as SVG, as PNG and as PDF.
pub(crate) fn save(figure: &Figure, folder: &Path) -> Result<(), OutputError> {
    let drawn = figure.chart.svg();
    let failed = |error: FigureError| OutputError::Figure {
        name: figure.name.clone(),
        reason: error.to_string(),
    };
    let png = draw(&drawn).map_err(failed)?;
    let png = png
        .to_png()
        .map_err(|error| failed(FigureError::Encode(error)))?;
    let pdf = pdf(&drawn).map_err(failed)?;
    for (ending, bytes) in [
        ("svg", drawn.as_bytes()),
        ("png", png.as_slice()),
        ("pdf", pdf.as_slice()),
    ] {
        let path = folder.join(format!("{}.{ending}", figure.name));
        atomic::write(&path, bytes, Existing::Replace)
            .map_err(|source| OutputError::Io { path, source })?;
    }
    Ok(())
}
