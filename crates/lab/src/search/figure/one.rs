//! One altered picture as a figure: original, altered and difference side by side, what they are called below.

use super::comparison::Comparison;
use super::parts::{EDGE, GAP, HEADING, NAME, SMALL, STRONG, scale, verdict};
use super::{FigureError, FileFormat, Pixels, WIDTHS_MM};
use crate::figures::canvas::Canvas;
use crate::figures::paper::{Drawing, POINTS_PER_MM};
use flipscope_image::distance::difference::GAIN;
use flipscope_language::text;

/// What a figure has besides its pictures and verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Content {
    /// A title: the photograph, the attack, the verdicts.
    pub title: bool,
    /// The numbers behind the words: parameters, distances, threshold, model.
    pub details: bool,
    /// How the pictures' pixels are shown.
    pub pixels: Pixels,
}

impl Default for Content {
    fn default() -> Self {
        Self {
            title: true,
            details: true,
            pixels: Pixels::Blocks,
        }
    }
}

/// The figure, at a width on paper in millimetres within [`WIDTHS_MM`]. Text keeps its size, pictures take the rest.
///
/// # Errors
/// If the width is outside these bounds.
pub fn one(
    comparison: &Comparison,
    width_mm: f64,
    content: &Content,
) -> Result<Drawing, FigureError> {
    check(width_mm)?;
    let wide = width_mm * POINTS_PER_MM;
    let text = wide - 2.0 * EDGE;
    let side = side(width_mm);
    let mut canvas = Canvas::new(content.pixels);
    let mut y = EDGE;
    if content.title {
        y = canvas.text([EDGE, y], text, HEADING, &comparison.title()) + 3.0;
    }
    let difference = text!("figure-difference", gain = GAIN.to_string());
    let names = [
        text!("figure-original"),
        text!("figure-altered"),
        &difference,
    ];
    let below = y + NAME.line() + 1.0 + side + 3.0;
    let mut bottom = below;
    for (at, (name, png)) in names.iter().zip(&comparison.pictures).enumerate() {
        let x = EDGE + at as f64 * (side + GAP);
        canvas.line([x, y], "start", NAME, name);
        canvas.picture([x, y + NAME.line() + 1.0], side, png);
        let end = match comparison.verdicts.get(at) {
            Some(&said) => verdict(&mut canvas, [x, below], side, (said, comparison.threshold)),
            None => scale(&mut canvas, [x, below], side, comparison.beyond),
        };
        bottom = bottom.max(end);
    }
    y = bottom + 4.0;
    if let Some(label) = &comparison.label {
        y = canvas.text([EDGE, y], text, NAME, label);
    }
    y = canvas.text([EDGE, y], text, STRONG, &comparison.changed);
    if content.details {
        y += 2.0;
        for words in [&comparison.numbers, &comparison.size, &comparison.source] {
            y = canvas.text([EDGE, y], text, SMALL, words);
        }
    }
    Ok(canvas.finish(wide, y + EDGE))
}

/// Side of a picture in points.
fn side(width_mm: f64) -> f64 {
    (width_mm * POINTS_PER_MM - 2.0 * EDGE - 2.0 * GAP) / 3.0
}

/// How the pictures of a figure are drawn as a file of a format: blended where there are too few dots to show each pixel.
#[must_use]
pub fn pixels_of_one(width_mm: f64, format: FileFormat, dpi: u32) -> Pixels {
    Pixels::of(side(width_mm), format, dpi)
}

/// Whether a width can be drawn.
pub(super) fn check(width_mm: f64) -> Result<(), FigureError> {
    if WIDTHS_MM.contains(&width_mm) {
        Ok(())
    } else {
        Err(FigureError::Width(width_mm))
    }
}

#[cfg(test)]
mod tests {
    use super::super::comparison::{Frames, Judgement};
    use super::*;
    use flipscope_image::lesion::Frame;
    use flipscope_image::perturb::Perturbation;
    use flipscope_model::{Label, Remedy};

    #[test]
    fn where_the_difference_is_clipped_it_says_so_and_only_there() {
        let grey = |value| Frame::from_rgb(vec![value; Frame::BYTES]).unwrap();
        let original = grey(100);
        let says = |altered: u8| {
            let altered = grey(altered);
            let frames = Frames {
                original: &original,
                altered: &altered,
            };
            let verdict = |p_melanoma, label| Judgement { p_melanoma, label };
            let verdicts = [verdict(0.6, Label::Melanoma), verdict(0.4, Label::Nevus)];
            let (nothing, source) = (Perturbation::default(), (0.5, "network", Remedy::default()));
            let comparison =
                Comparison::of_alteration(frames, &nothing, verdicts, "mole.jpg", source).unwrap();
            let drawing = one(&comparison, 180.0, &Content::default()).unwrap();
            drawing.svg().contains("Clipped: 100 %")
        };
        assert!(!says(112) && says(113) && says(30));
    }
}
