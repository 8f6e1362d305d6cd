//! What is said about a map: the verdict on its picture, what its numbers are about and mean, what they range over.

use flipscope_base::human::probability_beside;
use flipscope_lab::explain::figure::number;
use flipscope_lab::explain::{Extent, Method};
use flipscope_language::text;
use flipscope_model::class_in_words;

use crate::explorer::explain::state::{Explained, Pictured};

/// What the network says of the picture, and what the map ranges over.
pub(super) fn in_words(explained: &Explained, one: &Pictured) -> (String, String) {
    let (verdict, threshold) = (&one.map.verdict, explained.caption.threshold);
    let p = probability_beside(verdict.p_melanoma, threshold, 3);
    let label = verdict.label(threshold).in_words();
    let verdict = text!("explain-map-verdict", p = p.as_str(), label = label);
    (verdict, said(one))
}

/// What the numbers are about: "P(melanoma)", "logit of melanoma".
pub(super) fn about(one: &Pictured) -> String {
    let class = class_in_words(&one.map.quantity.class);
    match one.map.quantity.score {
        flipscope_model::Score::Logit(_) => text!("explain-logit-of", class = class),
        flipscope_model::Score::Probability(_) => text!("explain-p-of", class = class),
    }
}

/// Of which picture a map is.
pub(super) fn title(altered: bool) -> &'static str {
    if altered {
        text!("explain-altered")
    } else {
        text!("explain-original")
    }
}

/// What the map ranges over; or what is wrong with it.
fn said(one: &Pictured) -> String {
    let extent = one.map.extent();
    match extent {
        Extent::Varies { low, high, missing } => {
            let [low, high] = [low, high].map(|value| number(f64::from(value)));
            let ranges = text!("explain-ranges", low = low.as_str(), high = high.as_str());
            match missing {
                0 => ranges,
                count => format!("{ranges} {}", text!("explain-missing", count = count)),
            }
        }
        Extent::Flat { value } => {
            let value = number(f64::from(value));
            text!("explain-flat", value = value.as_str())
        }
        Extent::Nothing => text!("explain-nothing").to_owned(),
    }
}

/// What a number of the map is, in words.
pub(super) fn meaning(one: &Pictured, shared: bool) -> String {
    let about = about(one);
    let about = about.as_str();
    let meaning = match &one.map.method {
        Method::Occlusion { size, stride } => {
            text!(
                "explain-meaning-occlusion",
                about = about,
                size = *size,
                stride = *stride
            )
        }
        Method::Gradient | Method::Landscape => text!("explain-meaning-gradient", about = about),
        Method::Smoothgrad { samples, .. } => {
            text!(
                "explain-meaning-smoothgrad",
                about = about,
                count = *samples
            )
        }
        Method::Integrated {
            steps,
            sum,
            difference,
            ..
        } => {
            let [sum, difference] = [sum, difference].map(|value| number(*value));
            text!(
                "explain-meaning-integrated",
                about = about,
                steps = *steps,
                sum = sum.as_str(),
                difference = difference.as_str()
            )
        }
        Method::Gradcam { block } => {
            text!(
                "explain-meaning-gradcam",
                about = about,
                block = block.as_str()
            )
        }
    };
    if shared {
        format!("{meaning} {}", text!("explain-one-scale"))
    } else {
        meaning
    }
}
