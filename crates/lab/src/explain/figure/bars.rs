//! A summary: a bar for each family of changes, as long as the smallest change that flips is on the way to the largest one looked at.

use std::fmt::Write as _;

use super::Caption;
use super::text::{head, image_name, line, source, truth, verdict, wrapped};
use crate::explain::summary::words::{flipped, sized, statement};
use crate::explain::summary::{Family, Smallest, Summary};
use flipscope_base::human::{self, probability_beside};
use flipscope_language::text;

const LEFT: f64 = 150.0;
const TOP: f64 = 84.0;
const WIDE: f64 = 230.0;
const ROW: f64 = 30.0;
const WIDTH: f64 = 985.0;

/// The figure as SVG. A family without a flip has an open bar of full length, one that was not judged a dashed one.
#[must_use]
pub fn bars(summary: &Summary, caption: &Caption) -> String {
    let title = text!("smallest-title", image = image_name(caption));
    let verdict = verdict(summary.p_melanoma, summary.label, caption.threshold);
    let mut body = line(24.0, 32.0, "font-size=\"18\" font-weight=\"600\"", &title);
    body += &line(24.0, 58.0, "font-size=\"14\" font-weight=\"600\"", &verdict);
    let rows = summary.in_order();
    for (row, (family, one)) in rows.iter().enumerate() {
        let y = TOP + row as f64 * ROW;
        let (share, look, words) = said(*one, caption.threshold);
        body += &line(
            LEFT - 12.0,
            y + 14.0,
            "font-size=\"13\" text-anchor=\"end\"",
            family.in_words(),
        );
        writeln!(
            body,
            "<rect x=\"{LEFT}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"18\" {look} stroke=\"#0b4a8f\"/>",
            (WIDE * share).max(2.0)
        )
        .ok();
        body += &line(LEFT + WIDE + 14.0, y + 14.0, "font-size=\"12\"", &words);
    }
    let mut y = TOP + rows.len() as f64 * ROW + 24.0;
    let not_judged: Vec<&str> = summary.not_judged().map(Family::in_words).collect();
    let unfinished = (!not_judged.is_empty())
        .then(|| text!("smallest-unfinished", families = not_judged.join(", ")));
    let notes = [
        unfinished,
        Some(statement(summary.label, &summary.families)),
        Some(text!("smallest-bars").to_owned()),
        truth(caption),
        Some(source(caption)),
    ];
    for words in notes.iter().flatten().flat_map(|words| wrapped(words)) {
        body += &line(24.0, y, "font-size=\"12\" fill=\"#555555\"", &words);
        y += 18.0;
    }
    format!("{}{body}</svg>\n", head(WIDTH, y + 6.0))
}

/// The length of a bar, as a share of the longest; how it is drawn; and the words beside it.
fn said(one: Option<&Smallest>, threshold: f32) -> (f64, &'static str, String) {
    const OPEN: &str = "fill=\"none\"";
    let Some(one) = one else {
        let dashed = "fill=\"none\" stroke-dasharray=\"4 3\"";
        return (1.0, dashed, text!("smallest-not-judged").to_owned());
    };
    match &one.flip {
        Some(flip) => (
            (flip.size / one.up_to.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0),
            "fill=\"#0b4a8f\"",
            text!(
                "smallest-flip",
                change = flipped(one, flip),
                p = probability_beside(flip.p_melanoma, threshold, 3),
                size = human::size(flip.delta_e)
            ),
        ),
        None if one.exhaustive => (
            1.0,
            OPEN,
            text!(
                "smallest-no-flip",
                size = sized(one.up_to, one.unit),
                count = one.judged
            ),
        ),
        None => (1.0, OPEN, text!("smallest-none-found", count = one.judged)),
    }
}
