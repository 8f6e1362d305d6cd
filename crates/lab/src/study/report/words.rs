//! What figures say in words: titles, axes and captions, for families of perturbations and for attacks.

use crate::figures::axis::{Axis, Ticks};
use crate::study::sweep::{Channel, Family};
use flipscope_image::corruption::CorruptionKind;
use flipscope_image::perturb::NEUTRAL_KELVIN;

/// The largest severity.
const SEVERITIES: f64 = 5.0;

/// The title of a family's figure, e.g. "Added to green".
pub(super) fn title(family: Family) -> String {
    match family {
        Family::Unaltered => "Unaltered".to_owned(),
        Family::Offset(channel) => format!("Added to {}", channels(channel)),
        Family::Gain(channel) => {
            let channels = channels(channel);
            let mut letters = channels.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            let capital: String = first.into_iter().chain(letters).collect();
            format!("{capital} multiplied")
        }
        Family::Illuminant => "Under another lamp".to_owned(),
        Family::Rotation => "Turned".to_owned(),
        Family::ShiftX => "Moved to the left or right".to_owned(),
        Family::ShiftY => "Moved up or down".to_owned(),
        Family::Flip => "Mirrored".to_owned(),
        Family::Corruption(kind) => corruption(kind).to_owned(),
    }
}

/// A family's axis, with the ticks that suit its levels.
pub(super) fn axis(family: Family, levels: impl Iterator<Item = f64>) -> Axis {
    match family {
        Family::Offset(channel) => {
            let name = format!("added to {}, of 255", channels(channel));
            Axis::around(&name, levels).with(Ticks::Every(10.0))
        }
        Family::Gain(channel) => {
            let name = format!("factor on {}", channels(channel));
            Axis::around(&name, levels).with(Ticks::Every(0.05))
        }
        Family::Illuminant => {
            // A lamp's colour changes fastest where it is warm; the one that the white balance is set for has no round number.
            let named = [2700.0, 4000.0, NEUTRAL_KELVIN, 8000.0, 10_000.0];
            let named = named
                .map(|kelvin| (kelvin, format!("{kelvin:.0}")))
                .to_vec();
            Axis::around("colour temperature of the lamp, K", levels).with(Ticks::Named(named))
        }
        Family::Rotation => Axis::around("degrees, counter-clockwise", levels.chain([0.0, 360.0]))
            .with(Ticks::Every(90.0)),
        Family::ShiftX => Axis::around("pixels to the right", levels).with(Ticks::Every(25.0)),
        Family::ShiftY => Axis::around("pixels downwards", levels).with(Ticks::Every(25.0)),
        Family::Flip => {
            Axis::categories("", &["unaltered", "left to right", "upside down", "both"])
        }
        Family::Corruption(_) => {
            let severity = |at: u32| (f64::from(at), at.to_string());
            let mut named = vec![(0.0, "none".to_owned())];
            named.extend((1..=SEVERITIES as u32).map(severity));
            let ends = [-0.2, SEVERITIES + 0.2].into_iter();
            Axis::around("severity", ends).with(Ticks::Named(named))
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
        Channel::Red => "red",
        Channel::Green => "green",
        Channel::Blue => "blue",
        Channel::All => "all channels",
    }
}

fn corruption(kind: CorruptionKind) -> &'static str {
    match kind {
        CorruptionKind::GaussianNoise => "Gaussian noise",
        CorruptionKind::ShotNoise => "Shot noise",
        CorruptionKind::ImpulseNoise => "Impulse noise",
        CorruptionKind::SpeckleNoise => "Speckle noise",
        CorruptionKind::GaussianBlur => "Gaussian blur",
        CorruptionKind::DefocusBlur => "Out of focus",
        CorruptionKind::MotionBlur => "Motion blur",
        CorruptionKind::ZoomBlur => "Zoom blur",
        CorruptionKind::BrightnessUp => "Brighter",
        CorruptionKind::BrightnessDown => "Darker",
        CorruptionKind::Contrast => "Contrast",
        CorruptionKind::Saturation => "Saturation",
        CorruptionKind::Pixelate => "Coarse pixels",
        CorruptionKind::Jpeg => "JPEG compression",
        CorruptionKind::BlackCorner => "Black corners",
        CorruptionKind::Characters => "Printed characters",
        CorruptionKind::Ruler => "Ruler marks",
        CorruptionKind::Bubbles => "Gel bubbles",
    }
}

/// An attack's name in a title.
pub(super) fn attack(name: &str) -> &str {
    match name {
        "fgsm" => "FGSM",
        "pixels" => "Pixels",
        "colour" => "Colour",
        "pose" => "Pose",
        "grid" => "Grid",
        other => other,
    }
}

/// What distinguishes a campaign, in words: the cells of its row.
pub(super) fn campaign(
    preset: &str,
    mode: &str,
    direction: &str,
    seed: &str,
    budget: &str,
) -> String {
    let preset = match preset {
        "letter" => "the bounds of Du-Harpur et al.",
        "default" => "flipscope’s own bounds",
        _ => "bounds of the user’s",
    };
    let mode = match mode {
        "smallest" => "search for the smallest change that flips",
        _ => "search for any change that flips",
    };
    let budget = match budget {
        "none" => "no limit of frames".to_owned(),
        frames => format!("at most {frames} frames a picture"),
    };
    let direction = direction.replace('-', " ");
    format!("{direction}; {mode}, within {preset}, {budget}, seed {seed}")
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
