//! Whether a value under a customary key in a `.pth` can be the fact that the key names.

use serde_json::Value;

/// Whether a value in a `.pth` can be the fact that its key names.
pub(super) fn is_plausible(key: &str, value: &Value) -> bool {
    let triple = |from: f64| {
        let numbers = value.as_array().filter(|items| items.len() == 3);
        let fits = |item: &Value| item.as_f64().is_some_and(|n| n >= from && n <= 1.0);
        numbers.is_some_and(|items| items.iter().all(fits))
    };
    match key {
        "mean" => triple(0.0),
        "std" => triple(1e-3),
        "threshold" => value.as_f64().is_some_and(|p| (0.0..=1.0).contains(&p)),
        "input_size" => sides(value).is_some(),
        "framing" => matches!(value.as_str(), Some("crop" | "squash")),
        "transform_input" => value.is_boolean(),
        "melanoma_classes" => texts(value).is_some_and(|names| !names.is_empty()),
        "positive_class" => value.is_string(),
        _ => false,
    }
}

/// A list of texts.
pub(crate) fn texts(value: &Value) -> Option<Vec<String>> {
    value
        .as_array()?
        .iter()
        .map(|item| item.as_str().map(str::to_owned))
        .collect()
}

/// The sides of an input, from a number, a pair, `[3, height, width]`, or a text of one of them; none if it states none.
pub(crate) fn sides(value: &Value) -> Option<Vec<u64>> {
    let side = |value: &Value| {
        let whole = value.as_u64().or_else(|| {
            let number = value
                .as_f64()
                .filter(|number| *number >= 1.0 && number.fract() == 0.0);
            number.map(|number| number as u64)
        });
        whole.filter(|side| *side > 0)
    };
    match value {
        Value::Number(_) => Some(vec![side(value)?]),
        Value::Array(items) => {
            let mut sides: Vec<u64> = items.iter().map(side).collect::<Option<_>>()?;
            // Batch and channels; the channels come first or last.
            if sides.len() == 4 {
                sides.remove(0);
            }
            if sides.len() == 3 && sides.first() == Some(&3) {
                sides.remove(0);
            } else if sides.len() == 3 && sides.last() == Some(&3) {
                sides.pop();
            }
            matches!(sides.len(), 1 | 2).then_some(sides)
        }
        Value::Object(size) => {
            let of = |key: &str| size.get(key).and_then(side);
            match (of("height"), of("width"), of("shortest_edge")) {
                (Some(height), Some(width), _) => Some(vec![height, width]),
                (_, _, Some(edge)) => Some(vec![edge]),
                _ => None,
            }
        }
        Value::String(text) => {
            let text = text.trim().trim_matches(['(', ')', '[', ']']);
            let parts: Option<Vec<u64>> = text
                .split(['x', 'X', '×', ','])
                .map(|part| part.trim().parse().ok())
                .collect();
            sides(&Value::from(parts?))
        }
        _ => None,
    }
}
