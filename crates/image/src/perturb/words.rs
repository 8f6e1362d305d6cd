//! A perturbation as a sentence for people who read pictures, not parameters: "moved 43 px left and 12 px up, then turned 35°
//! clockwise, 13 % more red". For reading beside the numbers, never instead of them: about two digits are kept, and how the
//! picture was resampled, what fills its corners, and a field of view (which the original has too) are left to the numbers.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::illuminant::NEUTRAL_KELVIN;
use super::perturbation::Perturbation;
use flipscope_base::human;

/// The channels in the order of [`Perturbation::gain`] and [`Perturbation::offset`].
const CHANNELS: [&str; 3] = ["red", "green", "blue"];

impl Perturbation {
    /// What is changed, in words, in the order in which it is done; "unchanged" if nothing is.
    #[must_use]
    pub fn in_words(&self) -> String {
        let epsilon = self.noise.as_ref().map_or(0, super::Noise::epsilon);
        let mut parts = Vec::new();
        parts.extend(self.pose_in_words());
        parts.extend(self.lamp_in_words());
        parts.extend(gains(self.gain));
        parts.extend(offsets(self.offset));
        let places: HashSet<_> = self.pixels.iter().map(|edit| (edit.x, edit.y)).collect();
        match places.len() {
            0 => {}
            1 => parts.push("1 pixel set".to_owned()),
            n => parts.push(format!("{n} pixels set")),
        }
        if epsilon > 0 {
            parts.push(format!("noise up to {epsilon} of 255"));
        }
        if parts.is_empty() {
            return "unchanged".to_owned();
        }
        parts.join(", ")
    }

    /// Shift, then rotation: the other order would be another picture.
    fn pose_in_words(&self) -> Option<String> {
        let [x, y] = self.shift;
        let direction = |value: f64, negative: &str, positive: &str| {
            let word = if value < 0.0 { negative } else { positive };
            (value != 0.0).then(|| format!("{} px {word}", rounded(value.abs())))
        };
        let moved: Vec<String> = [direction(x, "left", "right"), direction(y, "up", "down")]
            .into_iter()
            .flatten()
            .collect();
        let moved = (!moved.is_empty()).then(|| format!("moved {}", moved.join(" and ")));
        match (moved, turn(self.rotate)) {
            (Some(moved), Some(turned)) => Some(format!("{moved}, then {turned}")),
            (moved, turned) => moved.or(turned),
        }
    }
}

impl Perturbation {
    /// "lamp at 5,400 K instead of 6,504 K, tinted green (Duv 0.003)".
    fn lamp_in_words(&self) -> Option<String> {
        if self.keeps_lamp() {
            return None;
        }
        // Whole kelvin, unless that would be the neutral lamp.
        let kelvin = |value: f64| match human::grouped(value.round() as u64) {
            _ if value != NEUTRAL_KELVIN && value.round() == NEUTRAL_KELVIN => {
                let [thousands, rest] = [(value / 1000.0).floor(), value.rem_euclid(1000.0)];
                format!("{thousands:.0},{rest:05.1} K")
            }
            whole => format!("{whole} K"),
        };
        let neutral = kelvin(NEUTRAL_KELVIN);
        let mut text = if self.kelvin == NEUTRAL_KELVIN {
            "lamp".to_owned()
        } else {
            format!("lamp at {} instead of {neutral}", kelvin(self.kelvin))
        };
        if self.tint != 0.0 {
            let way = if self.tint > 0.0 { "green" } else { "magenta" };
            let size = format!("{:.4}", self.tint.abs());
            let size = size.trim_end_matches('0').trim_end_matches('.');
            let comma = if self.kelvin == NEUTRAL_KELVIN {
                ""
            } else {
                ","
            };
            write!(text, "{comma} tinted {way} (Duv {size})").ok();
        }
        Some(text)
    }
}

/// A rotation by the shorter way; none by whole turns.
fn turn(degrees: f64) -> Option<String> {
    let around = degrees.rem_euclid(360.0);
    if around == 0.0 {
        return None;
    }
    let (angle, way) = if around > 180.0 {
        (360.0 - around, "clockwise")
    } else {
        (around, "counter-clockwise")
    };
    Some(match &*rounded(angle) {
        // The same either way.
        "180" => "turned 180°".to_owned(),
        text => format!("turned {text}° {way}"),
    })
}

/// Factors as percentages: "13 % more red, 4 % less blue".
fn gains(gain: [f64; 3]) -> Vec<String> {
    let changes = gain.map(|factor| (factor - 1.0) * 100.0);
    let said = changes.map(|percent| {
        (percent != 0.0).then(|| {
            let amount = rounded(percent.abs());
            let more = if percent < 0.0 { "less" } else { "more" };
            format!("{amount} % {more}")
        })
    });
    grouped(&said)
        .into_iter()
        .map(|(said, channels)| match channels {
            Channels::Some(names) => format!("{said} {names}"),
            Channels::All => match said.strip_suffix("more") {
                Some(amount) => format!("{amount}brighter"),
                None => format!("{}darker", said.trim_end_matches("less")),
            },
        })
        .collect()
}

/// Added values: "red raised by 4 of 255, green lowered by 10 of 255".
fn offsets(offset: [f64; 3]) -> Vec<String> {
    let said = offset.map(|value| {
        (value != 0.0).then(|| {
            let way = if value < 0.0 { "lowered" } else { "raised" };
            format!("{way} by {} of 255", rounded(value.abs()))
        })
    });
    grouped(&said)
        .into_iter()
        .map(|(said, channels)| match channels {
            Channels::All => format!("all colours {said}"),
            Channels::Some(names) => format!("{names} {said}"),
        })
        .collect()
}

/// The channels that a change concerns.
enum Channels {
    All,
    Some(String),
}

/// Equal changes together, in the order of the channels; what does not change is left out.
fn grouped(said: &[Option<String>; 3]) -> Vec<(String, Channels)> {
    let mut groups: Vec<(&String, Vec<&str>)> = Vec::new();
    for (change, channel) in said.iter().zip(CHANNELS) {
        let Some(change) = change else { continue };
        match groups.iter_mut().find(|(known, _)| *known == change) {
            Some((_, channels)) => channels.push(channel),
            None => groups.push((change, vec![channel])),
        }
    }
    groups
        .into_iter()
        .map(|(change, channels)| {
            let channels = if channels.len() == CHANNELS.len() {
                Channels::All
            } else {
                Channels::Some(channels.join(" and "))
            };
            (change.clone(), channels)
        })
        .collect()
}

/// A positive number with about two digits: whole from 10 on, one decimal below, and never 0.
fn rounded(value: f64) -> String {
    const LEAST: f64 = 0.05;
    if value < LEAST {
        return "less than 0.1".to_owned();
    }
    let text = format!("{value:.1}");
    if value >= 10.0 {
        return format!("{value:.0}");
    }
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesion::Frame;
    use crate::perturb::{Fill, Noise, PixelEdit, Sampling};

    fn with(change: impl FnOnce(&mut Perturbation)) -> String {
        let mut perturbation = Perturbation::default();
        change(&mut perturbation);
        perturbation.in_words()
    }

    #[test]
    fn nothing_changed_says_so() {
        assert_eq!(with(|_| {}), "unchanged");
        assert_eq!(with(|p| p.rotate = -720.0), "unchanged");
        let with_setting = with(|p| {
            p.sampling = Sampling::Bilinear;
            p.fill = Fill::Edge;
            p.field_of_view = true;
        });
        assert_eq!(with_setting, "unchanged");
        let side = Frame::SIDE as usize;
        let field = vec![0; side * side * 3];
        assert_eq!(with(|p| p.noise = Some(Noise { field })), "unchanged");
    }

    #[test]
    fn a_turn_takes_the_shorter_way() {
        for (degrees, words) in [
            (35.0, "turned 35° counter-clockwise"),
            (-35.4, "turned 35° clockwise"),
            (350.0, "turned 10° clockwise"),
            (-350.0, "turned 10° counter-clockwise"),
            (0.3, "turned 0.3° counter-clockwise"),
            (359.99, "turned less than 0.1° clockwise"),
            (180.0, "turned 180°"),
            (-180.0, "turned 180°"),
            (179.8, "turned 180°"),
            (181.0, "turned 179° clockwise"),
            (405.0, "turned 45° counter-clockwise"),
        ] {
            assert_eq!(with(|p| p.rotate = degrees), words, "{degrees}");
        }
    }

    #[test]
    fn a_shift_says_where_to() {
        for (shift, words) in [
            ([-43.0, -12.0], "moved 43 px left and 12 px up"),
            ([43.4, 12.6], "moved 43 px right and 13 px down"),
            ([0.0, -7.25], "moved 7.2 px up"),
            ([0.5, 0.0], "moved 0.5 px right"),
            ([-0.0, 3.0], "moved 3 px down"),
        ] {
            assert_eq!(with(|p| p.shift = shift), words, "{shift:?}");
        }
        let both = with(|p| {
            p.shift = [-43.0, -12.0];
            p.rotate = -35.0;
        });
        assert_eq!(
            both,
            "moved 43 px left and 12 px up, then turned 35° clockwise"
        );
    }

    #[test]
    fn gains_are_percentages() {
        for (gain, words) in [
            ([1.13, 1.0, 0.96], "13 % more red, 4 % less blue"),
            ([1.05, 1.05, 1.0], "5 % more red and green"),
            ([0.98, 1.1, 0.98], "2 % less red and blue, 10 % more green"),
            ([1.05; 3], "5 % brighter"),
            ([0.9; 3], "10 % darker"),
            ([0.9999; 3], "less than 0.1 % darker"),
            ([1.0372, 1.0, 1.0], "3.7 % more red"),
            ([1.0, 0.0, 1.0], "100 % less green"),
            ([1.0, 1.0, 1.0001], "less than 0.1 % more blue"),
            ([1.0, 1.0, 0.9999], "less than 0.1 % less blue"),
            ([1.0996, 1.0, 1.0], "10 % more red"),
            ([2.5, 1.0, 1.0], "150 % more red"),
        ] {
            assert_eq!(with(|p| p.gain = gain), words, "{gain:?}");
        }
    }

    #[test]
    fn a_lamp_is_said_in_kelvin() {
        let lamp = |kelvin, tint| {
            with(|p| {
                p.kelvin = kelvin;
                p.tint = tint;
            })
        };
        assert_eq!(lamp(5400.0, 0.0), "lamp at 5,400 K instead of 6,504 K");
        assert_eq!(lamp(6503.6, 0.0), "lamp at 6,503.6 K instead of 6,504 K");
        assert_eq!(lamp(6504.0, 0.003), "lamp tinted green (Duv 0.003)");
        assert_eq!(
            lamp(9000.4, -0.0105),
            "lamp at 9,000 K instead of 6,504 K, tinted magenta (Duv 0.0105)"
        );
    }

    #[test]
    fn offsets_are_of_255() {
        for (offset, words) in [
            ([0.0, -10.0, 0.0], "green lowered by 10 of 255"),
            (
                [4.0, -10.0, 4.0],
                "red and blue raised by 4 of 255, green lowered by 10 of 255",
            ),
            ([-10.0; 3], "all colours lowered by 10 of 255"),
            ([0.0, 0.0, 12.25], "blue raised by 12 of 255"),
            ([-0.01, 0.0, 0.0], "red lowered by less than 0.1 of 255"),
        ] {
            assert_eq!(with(|p| p.offset = offset), words, "{offset:?}");
        }
    }

    #[test]
    fn pixels_are_counted_once_and_noise_has_its_bound() {
        let pixel = |x| PixelEdit {
            x,
            y: 2,
            rgb: [3; 3],
        };
        assert_eq!(with(|p| p.pixels = vec![pixel(1)]), "1 pixel set");
        let three = vec![pixel(1), pixel(2), pixel(3)];
        assert_eq!(with(|p| p.pixels = three), "3 pixels set");
        let twice = vec![pixel(1), pixel(1)];
        assert_eq!(with(|p| p.pixels = twice), "1 pixel set");
        let side = Frame::SIDE as usize;
        let mut field = vec![0; side * side * 3];
        field[7] = -4;
        field[8] = 3;
        let noise = with(|p| p.noise = Some(Noise { field }));
        assert_eq!(noise, "noise up to 4 of 255");
    }

    #[test]
    fn everything_at_once_keeps_its_order() {
        let side = Frame::SIDE as usize;
        let all = with(|p| {
            p.noise = Some(Noise {
                field: vec![2; side * side * 3],
            });
            p.pixels = vec![PixelEdit {
                x: 0,
                y: 0,
                rgb: [0; 3],
            }];
            p.offset = [0.0, -10.0, 0.0];
            p.gain = [1.13, 1.0, 0.96];
            p.shift = [-43.0, -12.0];
            p.rotate = 325.0;
        });
        assert_eq!(
            all,
            "moved 43 px left and 12 px up, then turned 35° clockwise, 13 % more red, 4 % less blue, green lowered by 10 of 255, \
             1 pixel set, noise up to 2 of 255"
        );
    }
}
