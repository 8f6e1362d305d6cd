//! A map of the picture: the frame as it was judged, the map over it, and the map alone.

use flipscope_image::lesion::Frame;
use flipscope_language::text;

use super::Caption;
use super::Range;
use super::paint::{painted, stretched};
use super::text::{foot, head, image, legend, line, title};
use crate::explain::map::{Map, Method};
use crate::explain::occlusion::Occlusion;
use crate::figures::FigureError;

const LEFT: f64 = 24.0;
const TOP: f64 = 72.0;
const GAP: f64 = 20.0;
const SIDE: f64 = Frame::SIDE as f64;

/// A map as values for every pixel of the frame: the letter's heat map of an occlusion, a coarse grid stretched.
#[must_use]
pub fn of_pixels(map: &Map) -> Vec<f32> {
    match map.method {
        Method::Occlusion { size, stride } => Occlusion { size, stride }.heat(&map.values),
        Method::Gradcam { .. } => {
            stretched(&map.values, map.rows.values.len(), map.columns.values.len())
        }
        _ => map.values.clone(),
    }
}

/// The figure as SVG. `frame` is the one that the map is of, `original` the unaltered one if it was altered; `opacity` (0 to 1) is
/// that of the map over the frame.
///
/// # Errors
/// If a picture cannot be encoded.
pub fn picture(
    map: &Map,
    frame: &Frame,
    original: Option<&Frame>,
    caption: &Caption,
    opacity: f64,
) -> Result<String, FigureError> {
    let values = of_pixels(map);
    let mut panels: Vec<(&str, Frame)> = Vec::new();
    if let Some(original) = original {
        panels.push((text!("figure-original"), original.clone()));
        panels.push((text!("figure-altered"), frame.clone()));
    } else {
        panels.push((text!("figure-original"), frame.clone()));
    }
    let range = Range::of(map, &values);
    if let Some(range) = &range {
        panels.push((
            text!("map-over-the-picture"),
            painted(frame, &values, range, opacity),
        ));
        panels.push((text!("map-alone"), painted(frame, &values, range, 1.0)));
    }
    let width = (2.0 * LEFT + panels.len() as f64 * (SIDE + GAP) - GAP).max(985.0);
    let mut body = line(
        LEFT,
        32.0,
        "font-size=\"18\" font-weight=\"600\"",
        &title(map, caption),
    );
    for (at, (name, picture)) in panels.iter().enumerate() {
        let x = LEFT + at as f64 * (SIDE + GAP);
        body += &line(x, 62.0, "font-size=\"14\"", name);
        body += &image(x, TOP, picture)?;
    }
    let below = TOP + SIDE;
    if let Some(range) = &range {
        let x = LEFT + (panels.len() - 1) as f64 * (SIDE + GAP);
        body += &legend(range, x, below + 10.0, SIDE);
    }
    let (text, height) = foot((map, None), caption, below + 52.0, LEFT);
    body += &text;
    Ok(format!("{}{body}</svg>\n", head(width, height)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::map::{Axis, Quantity};
    use crate::figures::draw;
    use flipscope_model::{Score, Verdict};

    fn map(values: Vec<f32>) -> Map {
        Map {
            method: Method::Gradcam {
                block: "Mixed_7c".to_owned(),
            },
            quantity: Quantity {
                class: "melanoma".to_owned(),
                score: Score::Logit(0),
            },
            columns: Axis::counted("column", 0..2),
            rows: Axis::counted("row", 0..2),
            values,
            base: 0.25,
            verdict: Verdict {
                probabilities: vec![0.7, 0.3],
                p_melanoma: 0.7,
            },
        }
    }

    #[test]
    fn a_flat_map_says_so_and_paints_nothing() {
        let frame = Frame::from_rgb(vec![90; Frame::BYTES]).unwrap();
        let caption = Caption {
            image: "a<b>.jpg".to_owned(),
            altered: None,
            p_original: None,
            truth: None,
            model: "m".to_owned(),
            threshold: 0.5,
            checks: Vec::new(),
        };
        let made = |values| picture(&map(values), &frame, None, &caption, 0.6).unwrap();
        let shown = made(vec![0.0, 1.0, 2.0, 3.0]);
        assert_eq!(shown.matches("<image").count(), 3);
        assert!(shown.contains("P(melanoma) 0.700: melanoma") && shown.contains("a&lt;b&gt;"));
        draw(&shown).unwrap();
        for (values, words) in [
            (vec![0.0; 4], "The map is flat"),
            (vec![f32::NAN; 4], "no finite value"),
        ] {
            let shown = made(values);
            assert_eq!(shown.matches("<image").count(), 1, "the original alone");
            assert!(shown.contains(words) && !shown.contains("url(#scale)"));
        }
        let caption = Caption {
            altered: Some("9 more green".to_owned()),
            p_original: Some(0.25),
            truth: Some("nevus".to_owned()),
            model: "demo model".to_owned(),
            ..caption
        };
        let altered = picture(
            &map(vec![0.0, 1.0, 2.0, 3.0]),
            &frame,
            Some(&frame),
            &caption,
            1.0,
        )
        .unwrap();
        assert_eq!(altered.matches("<image").count(), 4);
        for words in [
            "Original: P(melanoma) 0.250: nevus → altered: P(melanoma) 0.700: melanoma",
            "Altered: 9 more green.",
            "Label: nevus.",
            "threshold 0.5 · model demo · not a diagnosis",
        ] {
            assert!(altered.contains(words), "{words}");
        }
    }
}
