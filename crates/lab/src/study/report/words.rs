//! What figures say in words: titles, axes and captions, for families of perturbations and for attacks.

use crate::figures::axis::{Axis, Ticks};
use crate::figures::html::remedy_name;
use crate::study::sweep::{Channel, Family};
use flipscope_image::corruption::CorruptionKind;
use flipscope_image::perturb::NEUTRAL_KELVIN;
use flipscope_language::{as_text, text, within_sentence};
use flipscope_model::{Remedy, model_in_words};

/// The largest severity.
const SEVERITIES: f64 = 5.0;

/// A family as people read it, in this thread's language, and the title of its figure: "Added to green".
#[must_use]
pub fn title(family: Family) -> String {
    match family {
        Family::Unaltered => text!("report-unaltered").to_owned(),
        Family::Offset(channel) => text!("report-added", channel = as_text(&channels(channel))),
        Family::Gain(channel) => {
            let channels = channels(channel);
            let mut letters = channels.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            let capital: String = first.into_iter().chain(letters).collect();
            text!("report-multiplied", channel = capital)
        }
        Family::Illuminant => text!("report-under-another-lamp").to_owned(),
        Family::Rotation => text!("report-turned").to_owned(),
        Family::ShiftX => text!("report-moved-left-right").to_owned(),
        Family::ShiftY => text!("report-moved-up-down").to_owned(),
        Family::Flip => text!("report-mirrored").to_owned(),
        Family::Corruption(kind) => corruption(kind).to_owned(),
    }
}

/// A family's axis, with the ticks that suit its levels.
pub(super) fn axis(family: Family, levels: impl Iterator<Item = f64>) -> Axis {
    match family {
        Family::Offset(channel) => {
            let name = text!("report-axis-added", channel = as_text(&channels(channel)));
            Axis::around(&name, levels).with(Ticks::Every(10.0))
        }
        Family::Gain(channel) => {
            let name = text!("report-factor-on", channel = as_text(&channels(channel)));
            Axis::around(&name, levels).with(Ticks::Every(0.05))
        }
        Family::Illuminant => {
            // A lamp's colour changes fastest where it is warm; the one that the white balance is set for has no round number.
            let named = [2700.0, 4000.0, NEUTRAL_KELVIN, 8000.0, 10_000.0];
            let named = named
                .map(|kelvin| (kelvin, format!("{kelvin:.0}")))
                .to_vec();
            Axis::around(text!("report-colour-temperature-lamp-k"), levels)
                .with(Ticks::Named(named))
        }
        Family::Rotation => Axis::around(
            text!("report-degrees-counter-clockwise"),
            levels.chain([0.0, 360.0]),
        )
        .with(Ticks::Every(90.0)),
        Family::ShiftX => {
            Axis::around(text!("report-pixels-right"), levels).with(Ticks::Every(25.0))
        }
        Family::ShiftY => {
            Axis::around(text!("report-pixels-downwards"), levels).with(Ticks::Every(25.0))
        }
        Family::Flip => Axis::categories(
            "",
            &[
                text!("report-axis-unaltered"),
                text!("report-left-right"),
                text!("report-upside-down"),
                text!("report-both"),
            ],
        ),
        Family::Corruption(_) => {
            let severity = |at: u32| (f64::from(at), at.to_string());
            let mut named = vec![(0.0, text!("report-none").to_owned())];
            named.extend((1..=SEVERITIES as u32).map(severity));
            let ends = [-0.2, SEVERITIES + 0.2].into_iter();
            Axis::around(text!("report-severity"), ends).with(Ticks::Named(named))
        }
        Family::Unaltered => Axis::around("", levels),
    }
}

/// The width of a family's plane, in SVG units: as much as its levels and the names of its categories need.
pub(super) fn width(family: Family, levels: usize, models: usize) -> f64 {
    match family {
        Family::Flip => 330.0,
        _ => levels as f64 * (6.0 + 6.0 * models as f64),
    }
}

/// Where the unaltered pictures stand on a family's axis.
pub(super) fn unaltered(family: Family) -> f64 {
    family.origin().unwrap_or(0.0)
}

/// Whether the levels form a sequence, so that a line between them means something.
pub(super) fn is_sequence(family: Family) -> bool {
    family.origin().is_some()
}

fn channels(channel: Channel) -> &'static str {
    match channel {
        Channel::Red => text!("report-red"),
        Channel::Green => text!("report-green"),
        Channel::Blue => text!("report-blue"),
        Channel::All => text!("report-all-channels"),
    }
}

fn corruption(kind: CorruptionKind) -> &'static str {
    match kind {
        CorruptionKind::GaussianNoise => text!("report-gaussian-noise"),
        CorruptionKind::ShotNoise => text!("report-shot-noise"),
        CorruptionKind::ImpulseNoise => text!("report-impulse-noise"),
        CorruptionKind::SpeckleNoise => text!("report-speckle-noise"),
        CorruptionKind::GaussianBlur => text!("report-gaussian-blur"),
        CorruptionKind::DefocusBlur => text!("report-out-focus"),
        CorruptionKind::MotionBlur => text!("report-motion-blur"),
        CorruptionKind::ZoomBlur => text!("report-zoom-blur"),
        CorruptionKind::BrightnessUp => text!("report-brighter"),
        CorruptionKind::BrightnessDown => text!("report-darker"),
        CorruptionKind::Contrast => text!("report-contrast"),
        CorruptionKind::Saturation => text!("report-saturation"),
        CorruptionKind::Pixelate => text!("report-coarse-pixels"),
        CorruptionKind::Jpeg => text!("report-jpeg-compression"),
        CorruptionKind::BlackCorner => text!("report-black-corners"),
        CorruptionKind::Characters => text!("report-printed-characters"),
        CorruptionKind::Ruler => text!("report-ruler-marks"),
        CorruptionKind::Bubbles => text!("report-gel-bubbles"),
    }
}

/// An attack's name in a title.
pub(super) fn attack(name: &str) -> &str {
    match name {
        "fgsm" => "FGSM",
        "pixels" => text!("report-attack-pixels"),
        "colour" => text!("report-attack-colour"),
        "pose" => text!("report-attack-pose"),
        "grid" => text!("report-attack-grid"),
        other => other,
    }
}

/// From which verdict to which an attack leads, by its name in tables.
pub(super) fn direction(name: &str) -> String {
    match name {
        "melanoma-to-nevus" => text!("report-to-nevus").to_owned(),
        "nevus-to-melanoma" => text!("report-to-melanoma").to_owned(),
        other => other.replace('-', " "),
    }
}

/// A model with its remedy, by their names in tables: "demo model, remedy none".
pub(super) fn with_remedy(model: &str, remedy: &str) -> String {
    text!(
        "report-model-remedy",
        model = model_in_words(model),
        remedy = remedy_name(remedy)
    )
}

/// The remedies of models as a sentence, each in words if there is one model, else by the names of the tables.
pub(super) fn remedies(of: &[(&str, &str)]) -> String {
    if let [(_, remedy)] = of {
        let name = remedy_name(remedy);
        let known = remedy.parse::<Remedy>().ok().filter(|one| !one.is_none());
        return match known.map(|one| within_sentence(&one.in_words())) {
            Some(words) => text!("report-remedy-in-words", words = words, remedy = name),
            None => text!("report-remedy", remedy = name),
        };
    }
    let each = of.iter().map(|(model, remedy)| {
        text!(
            "report-model-its-remedy",
            model = model_in_words(model),
            remedy = remedy_name(remedy)
        )
    });
    text!(
        "report-remedies",
        remedies = each.collect::<Vec<_>>().join("; ")
    )
}

/// What distinguishes a campaign, in words: the cells of its row.
pub(super) fn campaign(preset: &str, mode: &str, called: &str, seed: &str, budget: &str) -> String {
    let preset = match preset {
        "letter" => text!("report-bounds-du-harpur-et"),
        "default" => text!("report-flipscope-s-own-bounds"),
        _ => text!("report-bounds-user-s"),
    };
    let mode = match mode {
        "smallest" => text!("report-search-for-smallest-change"),
        _ => text!("report-search-for-any-change"),
    };
    let budget = match budget {
        "none" => text!("report-no-limit-frames").to_owned(),
        frames => text!("report-at-most-frames-picture", frames = as_text(&frames)),
    };
    text!(
        "report-within-seed",
        direction = direction(called),
        mode = as_text(&mode),
        preset = as_text(&preset),
        budget = as_text(&budget),
        seed = as_text(&seed)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_has_a_title_of_its_own_and_its_unaltered_point_within_its_axis() {
        let mut titles: Vec<String> = Family::all().into_iter().map(title).collect();
        let count = titles.len();
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), count);
        for family in Family::all() {
            let variants = family.variants(
                flipscope_image::perturb::Sampling::Nearest,
                flipscope_image::perturb::Fill::Black,
            );
            let origin = unaltered(family);
            let levels = variants.iter().map(|variant| variant.level);
            let axis = axis(family, levels.chain([origin]));
            let place = axis.place(origin);
            assert!(place > 0.01 && place < 0.99, "{family}: {place}");
            let ticks = axis.ticks();
            assert!((3..=8).contains(&ticks.len()), "{family}: {ticks:?}");
            assert!(
                ticks.iter().any(|(at, _)| (at - origin).abs() < 1e-9),
                "{family}"
            );
        }
        assert_eq!(title(Family::Gain(Channel::All)), "All channels multiplied");
    }
}
