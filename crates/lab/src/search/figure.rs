//! A finding as a figure: the original, the altered frame, their difference × 10 with its scale, and the verdicts. One SVG,
//! from which the PNG is drawn too; the same finding gives the same bytes of both.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub use crate::figures::{FigureError, draw};

use super::finding::Finding;
use super::run::SearchOutcome;
use crate::figures::escape::escaped_element;
use flipscope_base::human::probability;
use flipscope_image::distance::difference::{self, GAIN};
use flipscope_image::lesion::Frame;
use flipscope_model::Label;

/// Width and height of the figure, in units of the SVG.
const SIZE: (u32, u32) = (985, 476);
/// Characters of a file name that fit into a line: the middle of a longer one is left out, but the finding has all of it.
const NAME: usize = 48;
/// Left edges of the three pictures, and their upper edge.
const LEFT: [u32; 3] = [24, 343, 662];
const TOP: u32 = 72;

/// The figure as SVG, self-contained except for the typeface (Inter, or what the viewer has).
///
/// # Errors
/// If a picture cannot be encoded.
pub fn svg(found: &SearchOutcome) -> Result<String, FigureError> {
    let finding = &found.finding;
    let difference =
        difference::picture(&found.original.frame, &found.altered.frame, GAIN).to_png()?;
    let changed = format!("Difference × {GAIN}");
    let pictures = [
        (
            "Original",
            &found.original.png,
            verdict_text(finding.p_before, finding.label_before),
        ),
        (
            "Altered",
            &found.altered.png,
            verdict_text(finding.p_after, finding.label_after),
        ),
        (&*changed, &difference, size(finding)),
    ];
    let (width, height) = SIZE;
    let line = |x: u32, y: u32, style: &str, words: &str| {
        let words = escaped(words);
        format!("<text x=\"{x}\" y=\"{y}\" {style}>{words}</text>\n")
    };
    let [left, ..] = LEFT;
    let mut parts = vec![
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"Inter, sans-serif\" fill=\"#1a1a1a\">\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
        ),
        line(
            left,
            32,
            "font-size=\"18\" font-weight=\"600\"",
            &title(finding),
        ),
    ];
    for (words, y) in foot(finding).iter().zip([424, 442, 460]) {
        let style = "font-size=\"12\" fill=\"#555555\"";
        parts.push(line(left, y, style, words));
    }
    for ((name, png, below), x) in pictures.iter().zip(LEFT) {
        let side = Frame::SIDE;
        let data = STANDARD.encode(png);
        parts.push(line(x, 62, "font-size=\"14\"", name));
        parts.push(format!(
            "<image x=\"{x}\" y=\"{TOP}\" width=\"{side}\" height=\"{side}\" image-rendering=\"optimizeSpeed\" \
             href=\"data:image/png;base64,{data}\"/>\n"
        ));
        parts.push(line(x, 394, "font-size=\"14\" font-weight=\"600\"", below));
    }
    parts.push(scale());
    parts.push("</svg>\n".to_owned());
    Ok(parts.concat())
}

/// The scale of the difference, above and below the right end of its picture.
fn scale() -> String {
    let [.., left] = LEFT;
    let right = left + Frame::SIDE;
    let [black, white] = difference::ends_in_words(GAIN);
    let text = |x: u32, y: u32, anchor: &str, words: &str| {
        format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"11\" fill=\"#555555\" text-anchor=\"{anchor}\">{words}</text>\n"
        )
    };
    [
        "<linearGradient id=\"scale\"><stop offset=\"0\" stop-color=\"#000000\"/><stop offset=\"1\" \
         stop-color=\"#ffffff\"/></linearGradient>\n"
            .to_owned(),
        format!(
            "<rect x=\"{}\" y=\"53\" width=\"70\" height=\"9\" fill=\"url(#scale)\" stroke=\"#555555\" stroke-width=\"0.5\"/>\n",
            right - 106
        ),
        text(right - 110, 62, "end", &black),
        text(right, 62, "end", &white),
        text(right, 394, "end", "grey: no change; of 255, each channel"),
    ]
    .concat()
}

fn title(finding: &Finding) -> String {
    let flipped = if finding.success {
        format!(
            "{} → {}",
            finding.label_before.name(),
            finding.label_after.name()
        )
    } else {
        "no flip".to_owned()
    };
    format!(
        "{}: {}, {flipped}",
        elided(&finding.subject.image),
        finding.attack.name()
    )
}

fn verdict_text(p_melanoma: f32, label: Label) -> String {
    format!(
        "P(melanoma) {}: {}",
        probability(p_melanoma, 3),
        label.name()
    )
}

fn size(finding: &Finding) -> String {
    format!("{} {}", shown(finding.size.value), finding.size.unit)
}

/// What was changed, in words and in numbers, and the source of the verdicts, one line each.
fn foot(finding: &Finding) -> [String; 3] {
    let distances = &finding.distances;
    [
        finding.perturbation.in_words(),
        format!(
            "{} · ΔE2000 {:.2} on average, {:.2} at most · SSIM {:.3}",
            finding.perturbation, distances.delta_e_mean, distances.delta_e_max, distances.ssim,
        ),
        format!(
            "threshold {} · model {} · no diagnosis",
            finding.threshold,
            elided(&finding.model),
        ),
    ]
}

/// A name that fits: the beginning and the end of a long one.
fn elided(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    match (
        characters.first_chunk::<{ NAME / 2 }>(),
        characters.last_chunk::<{ NAME / 2 }>(),
    ) {
        (Some(first), Some(last)) if characters.len() > NAME => {
            let [first, last] = [first, last].map(|part| part.iter().collect::<String>());
            format!("{first}…{last}")
        }
        _ => name.to_owned(),
    }
}

/// Whole numbers unchanged, others with two decimals.
fn shown(value: f64) -> String {
    if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

/// Text of an element; noncharacters are not allowed in XML at all.
fn escaped(text: &str) -> String {
    escaped_element(&text.replace(['\u{fffe}', '\u{ffff}'], " "))
}
