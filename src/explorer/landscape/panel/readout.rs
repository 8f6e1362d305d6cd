//! Points of a landscape in words.

use flipscope_base::human::{probability, probability_beside};
use flipscope_lab::explain::landscape::{Known, LandscapeAxis, Parameter};
use flipscope_language::{decimal, text};

use crate::explorer::landscape::state::{Field, Shown};

/// A value of a parameter with its unit: "12.5°", "1.05 ×".
pub(super) fn value(parameter: Parameter, value: f64) -> String {
    let decimals = match parameter {
        Parameter::Gain(_) => 3,
        Parameter::Tint => 4,
        Parameter::Kelvin => 0,
        Parameter::Rotate | Parameter::ShiftX | Parameter::ShiftY | Parameter::Offset(_) => 1,
    };
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    };
    let text = if text == "-0" { "0".to_owned() } else { text };
    let text = decimal(text.replace('-', "\u{2212}"));
    match parameter {
        Parameter::Rotate => format!("{text}°"),
        Parameter::Offset(_) => text,
        _ => format!("{text} {}", parameter.unit()),
    }
}

fn on_axis(axis: &LandscapeAxis, at: usize) -> String {
    let number = axis.value(at).unwrap_or(axis.to);
    format!(
        "{} {}",
        axis.parameter.in_words(),
        value(axis.parameter, number)
    )
}

/// The values of a point, one line each.
pub(super) fn place(shown: &Shown, row: usize, column: usize) -> Vec<String> {
    let x = on_axis(&shown.landscape.x, column);
    let y = (shown.landscape.y.as_ref()).map(|y| on_axis(y, row));
    std::iter::once(x).chain(y).collect()
}

/// One point: its values, and P there.
pub(super) fn point(shown: &Shown, field: &Field, row: usize, column: usize) -> String {
    let place = place(shown, row, column).join(", ");
    let place = place.as_str();
    match field.grid.known(row, column) {
        Known::Judged(p) => {
            let p = probability_beside(p, field.threshold, 3);
            text!("landscape-point", place = place, p = p.as_str())
        }
        Known::Provisional(p) => {
            let p = probability(p, 3);
            text!("landscape-provisional", place = place, p = p.as_str())
        }
        Known::Unknown => text!("landscape-unknown", place = place),
    }
}

/// The whole landscape of one model, for those who do not see it.
pub(super) fn whole(field: &Field, marks: &str) -> String {
    let (judged, of) = (field.grid.judged(), field.grid.values().len());
    let known: Vec<f32> = (field.grid.values().iter().copied())
        .filter(|p| p.is_finite())
        .collect();
    if known.is_empty() {
        return text!("landscape-nothing-yet").to_owned();
    }
    let low = known.iter().copied().fold(f32::INFINITY, f32::min);
    let high = known.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let above = known.iter().filter(|p| **p >= field.threshold).count();
    let [low, high] = [low, high].map(|p| probability(p, 3));
    let percent = format!("{:.0}", 100.0 * above as f64 / known.len() as f64);
    let said = text!(
        "landscape-whole",
        judged = judged,
        of = of,
        low = low.as_str(),
        high = high.as_str(),
        percent = percent.as_str()
    );
    format!("{said} {marks}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_short_and_have_their_units() {
        for (parameter, number, text) in [
            (Parameter::Rotate, -12.5, "\u{2212}12.5°"),
            (Parameter::Rotate, -0.01, "0°"),
            (Parameter::ShiftX, 50.0, "50 px"),
            (Parameter::Gain(None), 1.05, "1.05 ×"),
            (Parameter::Kelvin, 5400.0, "5400 K"),
            (Parameter::Tint, -0.02, "\u{2212}0.02 Duv"),
            (Parameter::Offset(Some(1)), 100.0, "100"),
        ] {
            assert_eq!(value(parameter, number), text);
        }
    }
}
