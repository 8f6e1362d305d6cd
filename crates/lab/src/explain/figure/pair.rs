//! Two maps of one lesion, before and after an alteration, one below the other with one scale of colours.

use flipscope_image::lesion::Frame;
use flipscope_language::text;

use super::Caption;
use super::Range;
use super::paint::painted;
use super::picture::of_pixels;
use super::text::{foot, head, image, legend, line, title};
use crate::explain::map::Map;
use crate::figures::FigureError;

const LEFT: f64 = 24.0;
const TOP: f64 = 72.0;
const GAP: f64 = 20.0;
const SIDE: f64 = Frame::SIDE as f64;
const WIDTH: f64 = 985.0;

/// The figure as SVG: a row for each map, with its frame, the map over it, and the map alone.
///
/// # Errors
/// If a picture cannot be encoded.
pub fn pair(
    [original, altered]: [(&Map, &Frame); 2],
    caption: &Caption,
    opacity: f64,
) -> Result<String, FigureError> {
    let rows = [
        (text!("figure-original"), original),
        (text!("figure-altered"), altered),
    ];
    let values = [of_pixels(original.0), of_pixels(altered.0)];
    let [first, second] = &values;
    let ranges = Range::shared([(original.0, first), (altered.0, second)]);
    let mut body = line(
        LEFT,
        32.0,
        "font-size=\"18\" font-weight=\"600\"",
        &title(altered.0, caption),
    );
    let mut y = TOP;
    for (((name, (map, frame)), values), range) in rows.iter().zip(&values).zip(&ranges) {
        let mut panels: Vec<(&str, Frame)> = vec![(name, (*frame).clone())];
        if let Some(range) = range {
            let over = painted(frame, values, range, opacity);
            panels.push((text!("map-over-the-picture"), over));
            panels.push((text!("map-alone"), painted(frame, values, range, 1.0)));
        } else {
            let words = map.extent().complaint().unwrap_or_default();
            let (x, middle) = (LEFT + SIDE + GAP, y + SIDE / 2.0);
            body += &line(x, middle, "font-size=\"12\"", &words);
        }
        for (at, (name, picture)) in panels.iter().enumerate() {
            let x = LEFT + at as f64 * (SIDE + GAP);
            body += &line(x, y - 10.0, "font-size=\"14\"", name);
            body += &image(x, y, picture)?;
        }
        y += SIDE + 34.0;
    }
    let below = y - 34.0;
    // The same for both: an occlusion's as the change against no square.
    if let Some(range) = ranges.iter().flatten().next() {
        let x = LEFT + 2.0 * (SIDE + GAP);
        body += &legend(&range.as_change(), x, below + 10.0, SIDE);
    }
    let caption = Caption {
        p_original: Some(original.0.verdict.p_melanoma),
        ..caption.clone()
    };
    let (text, height) = foot((altered.0, Some(original.0)), &caption, below + 52.0, LEFT);
    body += &text;
    Ok(format!("{}{body}</svg>\n", head(WIDTH, height)))
}

#[cfg(test)]
mod tests {
    use flipscope_language::{Language, within};
    use flipscope_model::{Score, Verdict};

    use super::*;
    use crate::explain::map::{Axis, Method, Quantity};

    fn map(base: f32) -> Map {
        Map {
            method: Method::Occlusion {
                size: 59,
                stride: 240,
            },
            quantity: Quantity {
                class: "melanoma".to_owned(),
                score: Score::Probability(vec![0]),
            },
            columns: Axis::counted("column", 0..2),
            rows: Axis::counted("row", 0..2),
            values: vec![base, base - 0.1, base + 0.05, base],
            base,
            verdict: Verdict {
                probabilities: vec![base, 1.0 - base],
                p_melanoma: base,
            },
        }
    }

    /// White is another value in each row, and no legend says what blue is.
    #[test]
    fn two_occlusions_say_what_is_white_in_each_and_what_the_colours_mean() {
        let frame = Frame::from_rgb(vec![90; Frame::BYTES]).unwrap();
        let caption = Caption {
            image: "mole.jpg".to_owned(),
            altered: Some("2 more green".to_owned()),
            p_original: None,
            truth: None,
            model: "m".to_owned(),
            threshold: 0.5,
            checks: Vec::new(),
        };
        let (before, after) = (map(0.689), map(0.497));
        let drawn = || pair([(&before, &frame), (&after, &frame)], &caption, 0.6).unwrap();
        // Lines are broken where they are full.
        let words = |svg: &str| {
            let lines = svg.lines().filter(|line| line.starts_with("<text"));
            let lines = lines.filter_map(|line| line.split(['>', '<']).nth(2));
            lines.collect::<Vec<_>>().join(" ")
        };
        let said = words(&drawn());
        for part in [
            "White: as without a square (0.689 above, 0.497 below).",
            "Blue: lower, so what lies there speaks for the class. Brown: higher.",
        ] {
            assert!(said.contains(part), "{said}");
        }
        let said = words(&within(Language::German, drawn));
        let part = "Weiß: wie ohne Quadrat (oben 0,689, unten 0,497). Blau: niedriger";
        assert!(said.contains(part), "{said}");
    }
}
