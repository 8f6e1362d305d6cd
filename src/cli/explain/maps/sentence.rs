//! A map in one line.

use flipscope_base::human::probability;
use flipscope_lab::explain::figure::number;
use flipscope_lab::explain::{Extent, Map, Method};

/// The verdict, and what the map ranges over; or what is wrong with it.
pub(crate) fn sentence(map: &Map, threshold: f32) -> String {
    let label = map.verdict.label(threshold).name();
    let p = probability(map.verdict.p_melanoma, 4);
    let mut parts = vec![format!("P(melanoma) {p}, {label}")];
    if let Extent::Varies { low, high, .. } = map.extent() {
        let numbers = match map.method {
            Method::Occlusion { .. } | Method::Landscape => {
                [low, high].map(|value| probability(value, 4))
            }
            _ => [low, high].map(|value| number(f64::from(value))),
        };
        let [low, high] = numbers;
        let about = match map.method {
            Method::Occlusion { .. } | Method::Landscape => map.quantity.name(),
            _ => format!("map of the {}", map.quantity.name()),
        };
        parts.push(format!("{about} from {low} to {high}"));
    }
    if let Method::Integrated {
        steps,
        parts: of_the_way,
        sum,
        difference,
    } = map.method
    {
        let apart = (sum - difference).abs() / difference.abs().max(f64::MIN_POSITIVE);
        parts.push(format!(
            "attributions sum to {sum:.4}, the scores differ by {difference:.4}: {:.2} % apart with {steps} steps{}",
            100.0 * apart,
            match of_the_way {
                1 => String::new(),
                parts => format!(" in {parts} parts"),
            }
        ));
    }
    if let Some(complaint) = map.extent().complaint() {
        parts.push(complaint);
    }
    parts.join("; ")
}
