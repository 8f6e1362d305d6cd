//! Words, numbers and the legend of a figure.

use std::fmt::Write as _;

use super::{Caption, Range};
use crate::explain::landscape::Parameter;
use crate::explain::map::{Axis, Map, Method};
use crate::explain::summary::words::unit_in_words;
use crate::figures::escape::escaped_element;
use flipscope_base::human::probability_beside;
use flipscope_image::lesion::Frame;
use flipscope_image::lesion::synthetic::name_in_words;
use flipscope_language::{as_text, decimal, text};
use flipscope_model::{Label, bare_model_name, model_in_words};

/// Characters of a name that fit into a line.
const NAME: usize = 48;
/// Characters of a line of small print.
const LINE: usize = 150;

/// What a model says about a landscape: P at its points, and what the figure says about lesion and model.
pub(super) type OfModel<'a> = (&'a Map, &'a Caption);

/// The name of an axis, with its unit.
pub(super) fn named(axis: &Axis) -> String {
    let parameter = axis.name.parse::<Parameter>();
    let name = parameter.map_or(&*axis.name, |parameter| parameter.in_words());
    format!("{name} ({})", unit_in_words(&axis.unit))
}

/// A line of text.
pub(super) fn line(x: f64, y: f64, style: &str, words: &str) -> String {
    // Noncharacters are not allowed in XML at all.
    let words = escaped_element(&words.replace(['\u{fffe}', '\u{ffff}'], " "));
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" {style}>{words}</text>\n")
}

/// The head of a figure of this size, on white.
pub(super) fn head(width: f64, height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"Inter, sans-serif\" fill=\"#1a1a1a\">\n\
         <rect width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#ffffff\"/>\n"
    )
}

/// "photograph.jpg: occlusion, P(melanoma)".
pub(super) fn title(map: &Map, caption: &Caption) -> String {
    let quantity = match map.method {
        // The gradient of something.
        Method::Smoothgrad { .. } => text!("map-gradient-of", quantity = map.quantity.in_words()),
        _ => map.quantity.in_words(),
    };
    text!(
        "map-title",
        image = image_name(caption),
        method = name(&map.method),
        quantity = quantity
    )
}

/// The method as a title has it.
pub(super) fn name(method: &Method) -> &'static str {
    match method {
        Method::Occlusion { .. } => text!("map-occlusion"),
        Method::Landscape => text!("map-landscape"),
        Method::Gradient => text!("map-gradient"),
        Method::Smoothgrad { .. } => "SmoothGrad",
        Method::Integrated { .. } => text!("map-integrated"),
        Method::Gradcam { .. } => "Grad-CAM",
    }
}

/// What the numbers and the colours are. `above` is the map of the row above, if there is one with the same colours.
pub(super) fn meaning(map: &Map, above: Option<&Map>) -> String {
    let quantity = map.quantity.in_words();
    match &map.method {
        Method::Occlusion { size, stride } => text!(
            "map-meaning-occlusion",
            quantity = quantity,
            size = as_text(size),
            stride = as_text(stride),
            base = base(map, above)
        ),
        Method::Landscape => text!("map-meaning-landscape", quantity = quantity),
        Method::Gradient => text!("map-meaning-gradient", quantity = quantity),
        Method::Smoothgrad {
            samples, deviation, ..
        } => text!(
            "map-meaning-smoothgrad",
            quantity = quantity,
            samples = as_text(samples),
            deviation = decimal(format!("{deviation:.3}"))
        ),
        Method::Integrated {
            steps,
            sum,
            difference,
            ..
        } => text!(
            "map-meaning-integrated",
            quantity = quantity,
            sum = decimal(format!("{sum:.4}")),
            difference = decimal(format!("{difference:.4}")),
            steps = as_text(steps)
        ),
        Method::Gradcam { block } => text!(
            "map-meaning-gradcam",
            block = &**block,
            quantity = quantity,
            columns = as_text(&map.columns.values.len()),
            rows = as_text(&map.rows.values.len())
        ),
    }
}

/// What a square is compared with: for two rows, one number for each.
fn base(map: &Map, above: Option<&Map>) -> String {
    let shown = |map: &Map| number(f64::from(map.base));
    match above {
        Some(above) => text!("map-base-of-both", above = shown(above), below = shown(map)),
        None => shown(map),
    }
}

/// The small print below: verdict, meaning, checks, model.
pub(super) fn foot(
    (map, above): (&Map, Option<&Map>),
    caption: &Caption,
    first: f64,
    left: f64,
) -> (String, f64) {
    let verdict = of_both(map, caption);
    let mut text = line(
        left,
        first,
        "font-size=\"14\" font-weight=\"600\"",
        &verdict,
    );
    let mut words = vec![meaning(map, above)];
    words.extend(map.extent().complaint());
    words.extend(
        caption
            .altered
            .iter()
            .map(|altered| text!("map-altered", change = &**altered)),
    );
    words.extend(caption.checks.iter().cloned());
    words.extend(truth(caption));
    words.push(source(caption));
    let mut y = first;
    for words in words.iter().flat_map(|words| wrapped(words)) {
        y += 18.0;
        text += &line(left, y, "font-size=\"12\" fill=\"#555555\"", &words);
    }
    (text, y + 16.0)
}

/// What the network says about the picture; about the unaltered one too, if that is another and known.
fn of_both(map: &Map, caption: &Caption) -> String {
    let said = |p: f32| verdict(p, Label::at(p, caption.threshold), caption.threshold);
    let shown = said(map.verdict.p_melanoma);
    match caption.p_original {
        Some(original) => text!(
            "map-verdict-both",
            original = said(original),
            altered = shown
        ),
        None => shown,
    }
}

/// The label of the lesion, so that nobody takes the verdict for it.
pub(super) fn truth(caption: &Caption) -> Option<String> {
    let truth = caption.truth.as_ref()?;
    // A caption, which sessions keep, has the names that files have.
    let mut labels = [Label::Melanoma, Label::Nevus].into_iter();
    let label = labels.find(|label| label.name() == truth);
    let label = label.map_or(truth.as_str(), |label| label.in_words());
    Some(text!("map-label", label = label))
}

/// "P(melanoma) 0.912: melanoma"; with as many decimals as it takes to be seen on its side of the threshold.
pub(super) fn verdict(p: f32, label: Label, threshold: f32) -> String {
    text!(
        "map-verdict",
        p = probability_beside(p, threshold, 3),
        label = label.in_words()
    )
}

/// Threshold and model, and that it is no diagnosis.
pub(super) fn source(caption: &Caption) -> String {
    text!(
        "map-source",
        threshold = decimal(caption.threshold),
        model = bare_model_name(&model_name(caption))
    )
}

/// The name of the photograph, as a figure has it.
pub(super) fn image_name(caption: &Caption) -> String {
    elided(&name_in_words(&caption.image))
}

/// The name of the model, as a figure has it.
pub(super) fn model_name(caption: &Caption) -> String {
    elided(model_in_words(&caption.model))
}

/// Lines that fit.
pub(super) fn wrapped(words: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        if let Some(last) = lines.last_mut() {
            if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > LINE {
                lines.push(word.to_owned());
            } else {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(word);
            }
        }
    }
    lines
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

/// A number with about three digits, and a true minus sign.
#[must_use]
pub fn number(value: f64) -> String {
    let size = value.abs();
    let text = if size == 0.0 {
        "0".to_owned()
    } else if !(1e-3..1e5).contains(&size) {
        format!("{value:.1e}")
    } else if size >= 100.0 {
        format!("{value:.0}")
    } else if size >= 1.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.3}")
    };
    decimal(text.replace('-', "−"))
}

/// The scale of colours from left to right, with its ends and what is in the middle of the colours.
pub(super) fn legend(range: &Range, x: f64, y: f64, width: f64) -> String {
    const STOPS: usize = 32;
    let [low, high] = range.shown.map(f64::from);
    let mut text = String::from("<linearGradient id=\"scale\">");
    for at in 0..=STOPS {
        let share = at as f64 / STOPS as f64;
        let value = low + (high - low) * share;
        let [r, g, b] = range.scale.colour(range.share(value as f32));
        write!(
            text,
            "<stop offset=\"{share:.5}\" stop-color=\"#{r:02x}{g:02x}{b:02x}\"/>"
        )
        .ok();
    }
    text += "</linearGradient>\n";
    writeln!(
        text,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"10\" fill=\"url(#scale)\" stroke=\"#555555\" stroke-width=\"0.5\"/>"
    )
    .ok();
    let [less, more] = if range.clipped {
        ["≤ ", "≥ "]
    } else {
        ["", ""]
    };
    let less = if low == 0.0 { "" } else { less };
    let middle = f64::midpoint(f64::from(range.low), f64::from(range.high));
    let share = (middle - low) / (high - low);
    let mut marks = vec![
        (0.0, "start", format!("{less}{}", number(low))),
        (1.0, "end", format!("{more}{}", number(high))),
    ];
    // Not where it would run into an end.
    if (0.25..=0.75).contains(&share) {
        marks.push((share, "middle", number(middle)));
    }
    for (share, anchor, words) in marks {
        let style = format!("font-size=\"11\" fill=\"#555555\" text-anchor=\"{anchor}\"");
        text += &line(x + width * share, y + 23.0, &style, &words);
    }
    if (0.0..=1.0).contains(&share) && range.scale == super::Scale::Diverging {
        let x = x + width * share;
        writeln!(text, "<path d=\"M{x:.1} {y:.1}v12\" stroke=\"#1a1a1a\"/>").ok();
    }
    text
}

/// A picture at its own size, as part of the SVG.
pub(super) fn image(x: f64, y: f64, frame: &Frame) -> Result<String, crate::figures::FigureError> {
    use base64::Engine as _;
    let data = base64::engine::general_purpose::STANDARD.encode(frame.to_png()?);
    let side = Frame::SIDE;
    Ok(format!(
        "<image x=\"{x:.1}\" y=\"{y:.1}\" width=\"{side}\" height=\"{side}\" image-rendering=\"optimizeSpeed\" \
         href=\"data:image/png;base64,{data}\"/>\n"
    ))
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
