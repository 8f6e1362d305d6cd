//! Many altered pictures on pages, like Figure 2 of the letter: each as a pair, original and altered, with the verdicts and what
//! was changed in words.

use super::comparison::Comparison;
use super::one::check;
use super::parts::{EDGE, GAP, HEADING, NAME, SMALL, STRONG, verdict};
use super::{FigureError, FileFormat, Pixels};
use crate::figures::canvas::Canvas;
use crate::figures::paper::{Drawing, POINTS_PER_MM};
use flipscope_language::text;

/// A pair is at least this wide, in millimetres.
const PAIR_MM: f64 = 74.0;
/// A page is at most this high, in millimetres: A4 without its edges.
const PAGE_MM: f64 = 250.0;
/// Between pairs, and between rows, in points.
const APART: f64 = 16.0;

/// The pages, at a width on paper in millimetres within [`WIDTHS_MM`](super::WIDTHS_MM); as many pairs side by side as it has
/// room for, and no wider than these where they are fewer. No page without a picture.
///
/// # Errors
/// If the width is outside these bounds.
pub fn contact_sheet(
    comparisons: &[Comparison],
    width_mm: f64,
    pixels: Pixels,
) -> Result<Vec<Drawing>, FigureError> {
    check(width_mm)?;
    let (across, pair) = pairs(width_mm);
    let wide = match comparisons.len() {
        few if few < across => 2.0 * EDGE + few as f64 * (pair + APART) - APART,
        _ => width_mm * POINTS_PER_MM,
    };
    let high = PAGE_MM * POINTS_PER_MM;
    let mut pages = Vec::new();
    let mut page = Page::new(pixels);
    for row in comparisons.chunks(across) {
        let mut canvas = Canvas::new(pixels);
        let mut bottom = 0.0_f64;
        for (at, comparison) in row.iter().enumerate() {
            let x = EDGE + at as f64 * (pair + APART);
            bottom = bottom.max(draw(&mut canvas, x, pair, comparison));
        }
        let mut sources = page.sources.clone();
        add_sources(&mut sources, row);
        let foot = foot_height(&sources, wide);
        if !page.is_empty() && page.y + bottom + foot > high {
            pages.push(std::mem::replace(&mut page, Page::new(pixels)));
        }
        page.canvas.below(canvas, page.y);
        page.y += bottom + APART;
        add_sources(&mut page.sources, row);
    }
    if !page.is_empty() {
        pages.push(page);
    }
    Ok(pages.into_iter().map(|page| page.finish(wide)).collect())
}

/// How many pairs are side by side, and the width of one in points.
fn pairs(width_mm: f64) -> (usize, f64) {
    let across = ((width_mm / PAIR_MM).floor() as usize).max(1);
    let wide = width_mm * POINTS_PER_MM - 2.0 * EDGE - APART * (across - 1) as f64;
    (across, wide / across as f64)
}

/// How the pictures of a sheet are drawn as a file of a format: blended where there are too few dots to show each pixel.
#[must_use]
pub fn pixels_of_sheet(width_mm: f64, format: FileFormat, dpi: u32) -> Pixels {
    let (_, pair) = pairs(width_mm);
    Pixels::of((pair - GAP) / 2.0, format, dpi)
}

/// One pair, from the top of its own canvas; returns its lower edge.
fn draw(canvas: &mut Canvas, x: f64, wide: f64, comparison: &Comparison) -> f64 {
    let heading = match &comparison.attack {
        Some(attack) => format!("{}: {attack}", comparison.image),
        None => comparison.image.clone(),
    };
    let top = canvas.text([x, 0.0], wide, HEADING, &heading) + 1.0;
    let side = (wide - GAP) / 2.0;
    let mut bottom = top;
    let threshold = comparison.threshold;
    let pairs = comparison.pictures.iter().zip(comparison.verdicts);
    for ((at, name), (png, said)) in [text!("figure-original"), text!("figure-altered")]
        .iter()
        .enumerate()
        .zip(pairs)
    {
        let left = x + at as f64 * (side + GAP);
        canvas.line([left, top], "start", NAME, name);
        let above = top + NAME.line() + 1.0;
        canvas.picture([left, above], side, png);
        let below = [left, above + side + 3.0];
        bottom = bottom.max(verdict(canvas, below, side, (said, threshold)));
    }
    let changed = if comparison.flips() {
        comparison.changed.clone()
    } else {
        format!("{} {}", comparison.changed, text!("figure-no-flip"))
    };
    let mut y = bottom + 2.0;
    if let Some(label) = &comparison.label {
        y = canvas.text([x, y], wide, NAME, label);
    }
    let y = canvas.text([x, y], wide, STRONG, &changed);
    canvas.text([x, y + 1.0], wide, SMALL, &comparison.size)
}

/// What has been put on a page.
struct Page {
    canvas: Canvas,
    y: f64,
    /// Threshold and model of its findings, each once.
    sources: Vec<String>,
}

impl Page {
    fn new(pixels: Pixels) -> Self {
        Self {
            canvas: Canvas::new(pixels),
            y: EDGE,
            sources: Vec::new(),
        }
    }

    fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    fn finish(mut self, wide: f64) -> Drawing {
        let mut y = self.y - APART + 8.0;
        for source in &self.sources {
            y = self
                .canvas
                .text([EDGE, y], wide - 2.0 * EDGE, SMALL, source);
        }
        self.canvas.finish(wide, y + EDGE)
    }
}

fn add_sources(sources: &mut Vec<String>, row: &[Comparison]) {
    for comparison in row {
        if !sources.contains(&comparison.source) {
            sources.push(comparison.source.clone());
        }
    }
}

/// Height of the lines at the end of a page.
fn foot_height(sources: &[String], wide: f64) -> f64 {
    let mut canvas = Canvas::default();
    let mut y = EDGE;
    for source in sources {
        y = canvas.text([EDGE, y], wide - 2.0 * EDGE, SMALL, source);
    }
    y + EDGE
}
