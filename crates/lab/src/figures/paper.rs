//! A drawing with its size on paper, as SVG, as PDF, and as PNG of a chosen resolution. The same drawing gives the same bytes.

use std::fmt;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::error::FigureError;
use super::{pdf, png_density, rasterise};
use flipscope_base::overwrite::Overwrite;
use flipscope_image::lesion::Raster;

/// Points in a millimetre.
pub(crate) const POINTS_PER_MM: f64 = 72.0 / 25.4;
/// Pixels in an inch, as SVG defines them.
const CSS_DPI: f32 = 96.0;
/// The most pixels of a PNG: drawing it takes four bytes for each.
const MOST_PIXELS: f64 = 120e6;

/// Width on paper in millimetres: from a narrow column to the longer side of A3.
pub const WIDTHS_MM: RangeInclusive<f64> = 80.0..=420.0;
/// Dots of a PNG in an inch.
pub const RESOLUTIONS: RangeInclusive<u32> = 72..=1200;

/// What a figure is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileFormat {
    /// Vectors that a drawing program can edit; the text needs the typeface Inter, or is shown in another one.
    Svg,
    /// Vectors on a page of the figure's size, text as outlines.
    #[default]
    Pdf,
    /// Pixels, with their density.
    Png,
}

impl FileFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Svg, Self::Png];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Svg => "SVG",
            Self::Pdf => "PDF",
            Self::Png => "PNG",
        }
    }

    /// The extension of its files.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Png => "png",
        }
    }

    /// The format that a file's name asks for, if it is one of them.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        path.extension()?.to_str()?.parse().ok()
    }
}

impl FromStr for FileFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = text.to_ascii_lowercase();
        (Self::ALL.into_iter())
            .find(|format| format.extension() == wanted)
            .ok_or_else(|| format!("{text} is not svg, pdf or png"))
    }
}

impl fmt::Display for FileFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.extension())
    }
}

/// A drawing on white.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    svg: String,
    size_mm: [f64; 2],
}

impl Drawing {
    pub(crate) fn new(svg: String, size_mm: [f64; 2]) -> Self {
        Self { svg, size_mm }
    }

    /// As SVG, with its size in millimetres.
    #[must_use]
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// Width and height on paper, in millimetres.
    #[must_use]
    pub fn size_mm(&self) -> [f64; 2] {
        self.size_mm
    }

    /// As pixels.
    ///
    /// # Errors
    /// If it would have too many pixels, or cannot be drawn.
    pub fn raster(&self, dpi: u32) -> Result<Raster, FigureError> {
        let [width, height] = self.size_mm;
        let pixels = width * height * (f64::from(dpi) / 25.4).powi(2);
        if pixels > MOST_PIXELS {
            return Err(FigureError::TooManyPixels {
                width_mm: width,
                height_mm: height,
                dpi,
            });
        }
        rasterise::draw_scaled(&self.svg, dpi as f32 / CSS_DPI)
    }

    /// As the contents of a file; `dpi` matters for PNG alone.
    ///
    /// # Errors
    /// As [`Self::raster`].
    pub fn bytes(&self, format: FileFormat, dpi: u32) -> Result<Vec<u8>, FigureError> {
        match format {
            FileFormat::Svg => Ok(self.svg.clone().into_bytes()),
            FileFormat::Pdf => pdf_of(std::slice::from_ref(self)),
            FileFormat::Png => {
                let png = self.raster(dpi)?.to_png()?;
                Ok(png_density::with_density(png, dpi))
            }
        }
    }
}

/// The file of one of several pages that are files of their own: of a single one the path itself, of more `NAME-1.png`, `NAME-2.png`.
#[must_use]
pub fn page_path(path: &Path, at: usize, count: usize) -> PathBuf {
    if count <= 1 {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{}.{ending}", at + 1))
}

/// Drawings as the pages of one PDF.
fn pdf_of(pages: &[Drawing]) -> Result<Vec<u8>, FigureError> {
    let points = |length: f64| (length * POINTS_PER_MM) as f32;
    let pages: Vec<(&str, [f32; 2])> = (pages.iter())
        .map(|page| (page.svg.as_str(), page.size_mm.map(points)))
        .collect();
    pdf::pages(&pages)
}

/// Writes drawings as files, all or none; returns their paths. As PDF they are the pages of one file.
///
/// # Errors
/// If one cannot be drawn, or a file cannot be written.
pub fn write_pages(
    pages: &[Drawing],
    path: &Path,
    (format, dpi): (FileFormat, u32),
    overwrite: &Overwrite,
) -> Result<Vec<PathBuf>, FigureError> {
    let mut files = Vec::new();
    if format == FileFormat::Pdf && pages.len() > 1 {
        files.push((path.to_owned(), pdf_of(pages)?));
    } else {
        for (at, page) in pages.iter().enumerate() {
            let path = page_path(path, at, pages.len());
            files.push((path, page.bytes(format, dpi)?));
        }
    }
    let written: Vec<(PathBuf, &[u8])> = (files.iter())
        .map(|(path, bytes)| (path.clone(), bytes.as_slice()))
        .collect();
    overwrite
        .write_all(&written)
        .map_err(|(path, source)| FigureError::Write { path, source })?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::canvas::{Canvas, Pixels};

    fn drawing() -> Drawing {
        let mut canvas = Canvas::new(Pixels::Blocks);
        canvas.element("<rect width=\"36\" height=\"72\" fill=\"#000000\"/>");
        canvas.finish(72.0, 144.0)
    }

    #[test]
    fn an_inch_is_an_inch_in_every_format() {
        let drawing = drawing();
        let [width, height] = drawing.size_mm();
        assert!((width - 25.4).abs() < 1e-9 && (height - 50.8).abs() < 1e-9);
        let raster = drawing.raster(300).unwrap();
        assert_eq!((raster.width(), raster.height()), (300, 600));
        assert_eq!(raster.pixel(75, 100), Some([0; 3]));
        assert_eq!(raster.pixel(225, 100), Some([255; 3]));
        assert!(drawing.svg().contains("width=\"25.40mm\""));
        let pdf = drawing.bytes(FileFormat::Pdf, 72).unwrap();
        let text = String::from_utf8_lossy(&pdf);
        assert!(
            text.starts_with("%PDF") && text.contains("/MediaBox [0 0 72 144]"),
            "{text}"
        );
        assert_eq!(pdf, drawing.bytes(FileFormat::Pdf, 600).unwrap());
    }

    /// How many pages a PDF says that it has, and its objects, each number once.
    fn pages_of(pdf: &[u8]) -> (usize, Vec<usize>) {
        let text = String::from_utf8_lossy(pdf);
        let mut numbers: Vec<usize> = (text.split(" 0 obj"))
            .filter_map(|before| before.rsplit(char::is_whitespace).next()?.parse().ok())
            .collect();
        numbers.sort_unstable();
        (text.matches("/Type /Page\n").count(), numbers)
    }

    #[test]
    fn several_pages_are_one_pdf_and_one_png_each() {
        let folder = tempfile::tempdir().unwrap();
        let pages = [drawing(), drawing(), Canvas::default().finish(144.0, 36.0)];
        let written = |name: &str, format| {
            let path = folder.path().join(name);
            write_pages(&pages, &path, (format, 72), &Overwrite::nothing()).unwrap()
        };
        let one = written("sheet.pdf", FileFormat::Pdf);
        assert_eq!(one, [folder.path().join("sheet.pdf")]);
        let pdf = std::fs::read(&one[0]).unwrap();
        let text = String::from_utf8_lossy(&pdf);
        assert_eq!(text.matches("/MediaBox [0 0 72 144]").count(), 2, "{text}");
        assert_eq!(text.matches("/MediaBox [0 0 144 36]").count(), 1);
        assert!(text.contains("/Count 3"));
        let (count, numbers) = pages_of(&pdf);
        assert_eq!(count, 3);
        let expected: Vec<usize> = (1..=numbers.len()).collect();
        assert_eq!(numbers, expected, "every object has a number of its own");
        assert_eq!(pdf, pdf_of(&pages).unwrap());
        let pictures = written("sheet.png", FileFormat::Png);
        assert_eq!(pictures.len(), 3);
        assert_eq!(pictures[2], folder.path().join("sheet-3.png"));
    }

    /// Its matrix and the box of the drawing count in the same unit, pixels: a gradient counted in others lies beside what it fills, which
    /// is then black.
    #[test]
    fn a_gradient_lies_where_it_is_in_the_svg() {
        let mut canvas = Canvas::new(Pixels::Blocks);
        canvas.element(
            "<linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"#000000\"/><stop offset=\"1\" stop-color=\"#ffffff\"/>\
             </linearGradient><rect x=\"12\" y=\"24\" width=\"36\" height=\"12\" fill=\"url(#g)\"/>",
        );
        let pdf = canvas
            .finish(72.0, 144.0)
            .bytes(FileFormat::Pdf, 72)
            .unwrap();
        let text = String::from_utf8_lossy(&pdf);
        let form = text.find("/Subtype /Form").unwrap();
        assert!(text[form..].contains("/BBox [0 0 96 192]"), "{text}");
        // 36 × 12 points at 12, 24 from the top are 48 × 16 pixels at 16, 160 from the bottom.
        assert!(text.contains("/Matrix [48 0 0 -16 16 160]"), "{text}");
        assert!(text.contains("/MediaBox [0 0 72 144]"));
    }

    #[test]
    fn a_picture_that_no_memory_holds_is_refused_with_the_remedy() {
        let mut canvas = Canvas::new(Pixels::Blocks);
        canvas.element("<rect width=\"1\" height=\"1\"/>");
        let large = canvas.finish(1190.0, 1190.0);
        let error = large.raster(1200).unwrap_err().to_string();
        assert!(
            error.contains("1200 dpi") && error.contains("smaller"),
            "{error}"
        );
    }

    #[test]
    fn a_format_is_known_by_its_extension() {
        assert_eq!(FileFormat::of(Path::new("a/B.PDF")), Some(FileFormat::Pdf));
        assert_eq!(FileFormat::of(Path::new("a.jpg")), None);
        assert_eq!("png".parse(), Ok(FileFormat::Png));
        let page = |count| page_path(Path::new("a/sheet.x.pdf"), 1, count);
        assert_eq!(page(1), Path::new("a/sheet.x.pdf"));
        assert_eq!(page(3), Path::new("a/sheet.x-2.pdf"));
    }
}
