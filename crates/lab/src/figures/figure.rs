//! A figure of a page: inside it as SVG, and next to it as SVG, PNG and PDF.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use super::chart::Chart;
use super::csv_reader::Row;
use super::error::{FigureError, OutputError};
use super::escape::escaped;
use super::folders::FIGURES;
use super::pdf::pdf;
use super::rasterise::draw;
use super::series::Point;
use flipscope_base::atomic::{self, Existing};
use flipscope_image::lesion::Raster;

/// A figure with the name of its file.
pub(crate) struct Figure {
    pub(crate) name: String,
    /// What it shows, in sentences.
    pub(crate) caption: String,
    pub(crate) content: Content,
}

/// What a figure consists of.
pub(crate) enum Content {
    /// A chart.
    Chart(Chart),
    /// Pictures with words, as SVG, under a title.
    Pictures {
        /// The title.
        title: String,
        /// The whole figure.
        svg: String,
    },
}

impl Figure {
    /// What it shows, in a few words.
    pub(crate) fn title(&self) -> &str {
        match &self.content {
            Content::Chart(chart) => &chart.title,
            Content::Pictures { title, .. } => title,
        }
    }

    /// As SVG.
    pub(crate) fn svg(&self) -> Cow<'_, str> {
        match &self.content {
            Content::Chart(chart) => chart.svg().into(),
            Content::Pictures { svg, .. } => svg.into(),
        }
    }

    /// As pixels, at twice its size.
    ///
    /// # Errors
    /// If it cannot be drawn.
    pub(crate) fn drawn(&self) -> Result<Raster, OutputError> {
        draw(&self.svg()).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &FigureError) -> OutputError {
        OutputError::Figure {
            name: self.name.clone(),
            reason: error.to_string(),
        }
    }
}

/// A rate of a row as a point, with its interval.
pub(crate) fn point(row: Row<'_>, x: f64, y: &str) -> Option<Point> {
    let end = |end: &str| row.number(&format!("{y}_{end}"));
    Some(Point {
        x,
        y: row.number(y)?,
        interval: end("lower").zip(end("upper")),
        ringed: false,
    })
}

/// Figures on a page.
pub(crate) fn shown(figures: &[Figure]) -> String {
    let mut text = String::new();
    for figure in figures {
        writeln!(
            text,
            "<figure>\n{}<figcaption class=\"note\">{} <code>{FIGURES}/{}.svg</code></figcaption></figure>",
            figure.svg(),
            escaped(&figure.caption),
            escaped(&figure.name)
        )
        .ok();
    }
    text
}

/// A figure as SVG, as PNG and as PDF.
pub(crate) fn save(figure: &Figure, folder: &Path) -> Result<(), OutputError> {
    let svg = figure.svg();
    let png = figure.drawn()?.to_png();
    let png = png.map_err(|error| figure.failed(&FigureError::Encode(error)))?;
    let pdf = pdf(&svg).map_err(|error| figure.failed(&error))?;
    for (ending, bytes) in [
        ("svg", svg.as_bytes()),
        ("png", png.as_slice()),
        ("pdf", pdf.as_slice()),
    ] {
        let path = folder.join(format!("{}.{ending}", figure.name));
        atomic::write(&path, bytes, Existing::Replace)
            .map_err(|source| OutputError::Io { path, source })?;
    }
    Ok(())
}
