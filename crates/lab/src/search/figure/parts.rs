//! What the figure of one picture and the contact sheet draw alike: styles, verdicts with their marks, the scale of the
//! difference.

use super::comparison::Judgement;
use crate::figures::canvas::{Canvas, Style};
use crate::figures::text_width::width;
use flipscope_base::human::probability_beside;
use flipscope_image::distance::difference::{self, GAIN};
use flipscope_language::text;
use flipscope_model::Label;

/// Blank edge, and space between pictures, in points.
pub(super) const EDGE: f64 = 6.0;
pub(super) const GAP: f64 = 8.0;

const INK: &str = "#111111";
const GREY: &str = "#444444";

pub(super) const HEADING: Style = Style {
    size: 9.0,
    heavy: true,
    colour: INK,
};
pub(super) const NAME: Style = Style {
    size: 8.0,
    heavy: false,
    colour: INK,
};
pub(super) const STRONG: Style = Style {
    size: 8.0,
    heavy: true,
    colour: INK,
};
pub(super) const SMALL: Style = Style {
    size: 6.5,
    heavy: false,
    colour: GREY,
};

/// Side of a verdict's mark, in points.
const MARK: f64 = 6.5;

/// A verdict below its picture: mark and word, then P(melanoma), beside the threshold; returns the lower edge.
pub(super) fn verdict(
    canvas: &mut Canvas,
    [x, y]: [f64; 2],
    most: f64,
    (said, threshold): (Judgement, f32),
) -> f64 {
    mark(canvas, [x, y + 2.0], said.label);
    let left = x + MARK + 3.0;
    let below = canvas.text([left, y], most - MARK - 3.0, STRONG, said.label.in_words());
    let p = text!(
        "figure-p-melanoma",
        p = probability_beside(said.p_melanoma, threshold, 3)
    );
    canvas.text([x, below], most, NAME, &p)
}

/// A filled triangle is melanoma, an open circle nevus.
fn mark(canvas: &mut Canvas, [x, y]: [f64; 2], label: Label) {
    let (middle, right, bottom) = (x + MARK / 2.0, x + MARK, y + MARK);
    canvas.element(&match label {
        Label::Melanoma => {
            format!("<path d=\"M{middle:.2} {y:.2}L{right:.2} {bottom:.2}L{x:.2} {bottom:.2}Z\" fill=\"{INK}\"/>")
        }
        Label::Nevus => format!(
            "<circle cx=\"{middle:.2}\" cy=\"{:.2}\" r=\"{:.2}\" fill=\"none\" stroke=\"{INK}\"/>",
            y + MARK / 2.0,
            MARK / 2.0 - 0.5
        ),
    });
}

/// What the greys of the difference mean, and of what share of the pixels they show too little; returns the lower edge.
pub(super) fn scale(canvas: &mut Canvas, [x, y]: [f64; 2], most: f64, beyond: f64) -> f64 {
    let [black, white] = difference::ends_in_words(GAIN);
    let [left, right] = [&black, &white].map(|end| width(end, SMALL.size, false) + 3.0);
    canvas.line([x, y], "start", SMALL, &black);
    canvas.line([x + most, y], "end", SMALL, &white);
    let bar = (most - left - right).max(4.0);
    canvas.element(
        "<linearGradient id=\"scale\"><stop offset=\"0\" stop-color=\"#000000\"/><stop offset=\"1\" \
         stop-color=\"#ffffff\"/></linearGradient>",
    );
    canvas.element(&format!(
        "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{bar:.2}\" height=\"5\" fill=\"url(#scale)\" stroke=\"{GREY}\" \
         stroke-width=\"0.4\"/>",
        x + left,
        y + 1.5
    ));
    let meaning = text!("figure-difference-scale");
    let below = canvas.text([x, y + SMALL.line() + 1.0], most, SMALL, meaning);
    if beyond <= 0.0 {
        return below;
    }
    let percent = difference::share_in_words(beyond);
    let clipped = text!("figure-difference-clipped", percent = percent);
    canvas.text([x, below], most, SMALL, &clipped)
}
