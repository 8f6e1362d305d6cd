//! A drawing in points (1/72 of an inch) that grows downwards: text in lines, pictures, marks. It becomes one SVG with its size
//! on paper.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::escape::escaped_element;
use super::paper::{Drawing, FileFormat, POINTS_PER_MM};
use super::text_width::wrapped;
use flipscope_image::lesion::Frame;

/// Text in one style.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    /// Size of the font in points.
    pub(crate) size: f64,
    pub(crate) heavy: bool,
    pub(crate) colour: &'static str,
}

/// Between the baselines of two lines, in units of the size of the font.
const LEADING: f64 = 1.25;
/// From the top of a line to its baseline, likewise.
const ASCENT: f64 = 0.95;

impl Style {
    /// Height of a line in points.
    pub(crate) fn line(&self) -> f64 {
        self.size * LEADING
    }
}

/// How the pixels of a picture are shown when it is scaled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pixels {
    /// As blocks: for pictures that are enlarged.
    #[default]
    Blocks,
    /// Blended: where there are fewer dots than pixels, none may be lost.
    Smooth,
}

impl Pixels {
    /// What suits a frame with this side in points, drawn as a file of a format.
    pub(crate) fn of(side: f64, format: FileFormat, dpi: u32) -> Self {
        let dots = side / 72.0 * f64::from(dpi);
        if format == FileFormat::Png && dots < f64::from(Frame::SIDE) {
            Self::Smooth
        } else {
            Self::Blocks
        }
    }
}

/// What has been drawn so far.
#[derive(Default)]
pub(crate) struct Canvas {
    parts: Vec<String>,
    pixels: Pixels,
}

impl Canvas {
    pub(crate) fn new(pixels: Pixels) -> Self {
        Self {
            parts: Vec::new(),
            pixels,
        }
    }

    /// Text in lines of at most `most` points, from its top left corner; returns its lower edge.
    pub(crate) fn text(&mut self, [x, y]: [f64; 2], most: f64, style: Style, words: &str) -> f64 {
        let mut top = y;
        for line in wrapped(&clean(words), style.size, style.heavy, most) {
            self.line([x, top], "start", style, &line);
            top += style.line();
        }
        top
    }

    /// One line of text, from the top; `anchor` says which end of it is at x.
    pub(crate) fn line(&mut self, [x, y]: [f64; 2], anchor: &str, style: Style, words: &str) {
        let Style {
            size,
            heavy,
            colour,
        } = style;
        let weight = if heavy { 600 } else { 400 };
        let baseline = y + size * ASCENT;
        let words = escaped_element(&clean(words));
        self.parts.push(format!(
            "<text x=\"{x:.2}\" y=\"{baseline:.2}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{colour}\" \
             text-anchor=\"{anchor}\">{words}</text>\n"
        ));
    }

    /// A square picture.
    pub(crate) fn picture(&mut self, [x, y]: [f64; 2], side: f64, png: &[u8]) {
        let data = STANDARD.encode(png);
        let rendering = match self.pixels {
            Pixels::Blocks => "optimizeSpeed",
            Pixels::Smooth => "optimizeQuality",
        };
        self.parts.push(format!(
            "<image x=\"{x:.2}\" y=\"{y:.2}\" width=\"{side:.2}\" height=\"{side:.2}\" image-rendering=\"{rendering}\" \
             href=\"data:image/png;base64,{data}\"/>\n"
        ));
    }

    /// Any other element.
    pub(crate) fn element(&mut self, element: &str) {
        self.parts.push(format!("{element}\n"));
    }

    /// What another canvas holds, moved down.
    pub(crate) fn below(&mut self, other: Self, y: f64) {
        self.parts
            .push(format!("<g transform=\"translate(0 {y:.2})\">\n"));
        self.parts.extend(other.parts);
        self.parts.push("</g>\n".to_owned());
    }

    /// The drawing, on white; width and height in points.
    pub(crate) fn finish(self, width: f64, height: f64) -> Drawing {
        let [across, down] = [width, height].map(|length| length / POINTS_PER_MM);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{across:.2}mm\" height=\"{down:.2}mm\" \
             viewBox=\"0 0 {width:.2} {height:.2}\" font-family=\"Inter, sans-serif\">\n\
             <rect width=\"{width:.2}\" height=\"{height:.2}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            self.parts.concat()
        );
        Drawing::new(svg, [across, down])
    }
}

/// Noncharacters are not allowed in XML at all.
fn clean(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], " ")
}
