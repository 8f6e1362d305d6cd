//! A perturbation as a sentence for people who read pictures, not parameters: "moved 43 px left and 12 px up, then turned 35°
//! clockwise, 13 % more red". For reading beside the numbers, never instead of them: about two digits are kept, and how the
//! picture was resampled, what fills its corners, and a field of view (which the original has too) are left to the numbers.

use std::collections::HashSet;

use flipscope_base::human::{at_most_one_decimal, two_digits};
use flipscope_language::{decimal, text};

use super::illuminant::NEUTRAL_KELVIN;
use super::perturbation::Perturbation;

impl Perturbation {
    /// What is changed, in words of the thread's language, in the order in which it is done; "unchanged" if nothing is.
    #[must_use]
    pub fn in_words(&self) -> String {
        let epsilon = self.noise.as_ref().map_or(0, super::Noise::epsilon);
        let mut parts = Vec::new();
        parts.extend(self.pose_in_words());
        parts.extend(self.lamp_in_words());
        parts.extend(gains(self.gain));
        parts.extend(offsets(self.offset));
        let places: HashSet<_> = self.pixels.iter().map(|edit| (edit.x, edit.y)).collect();
        if !places.is_empty() {
            parts.push(text!("changed-pixels", count = places.len()));
        }
        if epsilon > 0 {
            parts.push(text!("changed-noise", epsilon = epsilon));
        }
        if parts.is_empty() {
            return text!("changed-nothing").to_owned();
        }
        parts.join(", ")
    }

    /// Shift, then rotation: the other order would be another picture.
    fn pose_in_words(&self) -> Option<String> {
        let [x, y] = self.shift;
        let across = fine(x.abs());
        let across = match x {
            x if x < 0.0 => Some(text!("shift-left", pixels = across)),
            x if x > 0.0 => Some(text!("shift-right", pixels = across)),
            _ => None,
        };
        let along = fine(y.abs());
        let along = match y {
            y if y < 0.0 => Some(text!("shift-up", pixels = along)),
            y if y > 0.0 => Some(text!("shift-down", pixels = along)),
            _ => None,
        };
        let moved = match (across, along) {
            (Some(across), Some(along)) => {
                Some(text!("changed-shifts", across = across, along = along))
            }
            (one, other) => one
                .or(other)
                .map(|shift| text!("changed-shift", shift = shift)),
        };
        match (moved, turn(self.rotate)) {
            (Some(moved), Some(turned)) => {
                Some(text!("changed-pose", moved = moved, turned = turned))
            }
            (moved, turned) => moved.or(turned),
        }
    }

    /// "lamp at 5,400 K instead of 6,504 K, tinted green (Duv 0.003)".
    fn lamp_in_words(&self) -> Option<String> {
        if self.keeps_lamp() {
            return None;
        }
        let colour = (self.kelvin != NEUTRAL_KELVIN).then(|| {
            text!(
                "changed-lamp",
                kelvin = told_apart(self.kelvin),
                neutral = NEUTRAL_KELVIN
            )
        });
        let size = format!("{:.4}", self.tint.abs());
        let size = decimal(size.trim_end_matches('0').trim_end_matches('.'));
        let tint = match self.tint {
            tint if tint > 0.0 => Some(text!("tint-green", duv = size)),
            tint if tint < 0.0 => Some(text!("tint-magenta", duv = size)),
            _ => None,
        };
        match (colour, tint) {
            (Some(colour), Some(tint)) => Some(format!("{colour}, {tint}")),
            (None, Some(tint)) => Some(text!("changed-tint", tint = tint)),
            (colour, None) => colour,
        }
    }
}

/// A rotation by the shorter way; none by whole turns.
fn turn(degrees: f64) -> Option<String> {
    let around = degrees.rem_euclid(360.0);
    if around == 0.0 {
        return None;
    }
    let clockwise = around > 180.0;
    let angle = fine(if clockwise { 360.0 - around } else { around });
    Some(match (&*angle, clockwise) {
        // The same either way.
        ("180", _) => text!("turned-round").to_owned(),
        (angle, true) => text!("turned-clockwise", degrees = angle),
        (angle, false) => text!("turned-counter-clockwise", degrees = angle),
    })
}

/// A change of some channels in words: how much, whether that is only said to be less than something, and whether it is more of them.
#[derive(PartialEq)]
struct Change {
    amount: String,
    slight: bool,
    more: bool,
}

impl Change {
    fn of(value: f64) -> Option<Self> {
        (value != 0.0).then(|| Self {
            amount: rounded(value.abs()),
            slight: value.abs() < LEAST,
            more: value > 0.0,
        })
    }
}

/// Factors as percentages: "13 % more red, 4 % less blue"; the slightest ones without a "less than … less": "red lowered by less than 0.1 %".
fn gains(gain: [f64; 3]) -> Vec<String> {
    let changes = gain.map(|factor| Change::of((factor - 1.0) * 100.0));
    let words = |(change, channels): (&Change, Channels)| {
        let percent = &*change.amount;
        match (channels, change.more) {
            (Channels::Some(names), true) if change.slight => {
                text!("gain-raised", channels = names, percent = percent)
            }
            (Channels::Some(names), false) if change.slight => {
                text!("gain-lowered", channels = names, percent = percent)
            }
            (Channels::Some(names), true) => {
                text!("gain-more", percent = percent, channels = names)
            }
            (Channels::Some(names), false) => {
                text!("gain-less", percent = percent, channels = names)
            }
            (Channels::All, true) => text!("gain-brighter", percent = percent),
            (Channels::All, false) => text!("gain-darker", percent = percent),
        }
    };
    grouped(&changes).into_iter().map(words).collect()
}

/// Added values: "red raised by 4 of 255, green lowered by 10 of 255". They are added to whole numbers and the sum is truncated, so
/// what a pixel loses or gains is the next lower whole number: with −0.3 it loses 1, with 0.6 it stays.
fn offsets(offset: [f64; 3]) -> Vec<String> {
    let changes = offset.map(|offset| Change::of(offset.floor()));
    let words = |(change, channels): (&Change, Channels)| {
        let names = match channels {
            Channels::Some(names) => names,
            Channels::All => text!("all-colours").to_owned(),
        };
        let amount = &*change.amount;
        if change.more {
            text!("offset-raised", channels = names, amount = amount)
        } else {
            text!("offset-lowered", channels = names, amount = amount)
        }
    };
    grouped(&changes).into_iter().map(words).collect()
}

/// The channels that a change concerns.
enum Channels {
    All,
    Some(String),
}

/// Equal changes together, in the order of the channels; what does not change is left out.
fn grouped(changes: &[Option<Change>; 3]) -> Vec<(&Change, Channels)> {
    let names = [
        text!("colour-red"),
        text!("colour-green"),
        text!("colour-blue"),
    ];
    let mut groups: Vec<(&Change, Vec<&str>)> = Vec::new();
    for (change, channel) in changes.iter().zip(names) {
        let Some(change) = change else { continue };
        match groups.iter_mut().find(|(known, _)| *known == change) {
            Some((_, channels)) => channels.push(channel),
            None => groups.push((change, vec![channel])),
        }
    }
    groups
        .into_iter()
        .map(|(change, channels)| {
            let channels = match &*channels {
                [one] => Channels::Some((*one).to_owned()),
                [one, other] => Channels::Some(text!("colours-two", one = *one, other = *other)),
                _ => Channels::All,
            };
            (change, channels)
        })
        .collect()
}

/// What would be rounded to 0 with one decimal is said to be less than 0.1.
const LEAST: f64 = 0.05;

/// A positive number with about two digits: whole from 10 on, one decimal below, and never 0.
fn rounded(value: f64) -> String {
    if value < LEAST {
        return text!("less-than", value = decimal(0.1));
    }
    if value >= 10.0 {
        return format!("{value:.0}");
    }
    at_most_one_decimal(value)
}

/// With one decimal, as the fields of a pose are typed, and with two digits that count below 1: there are flips that move a picture by less
/// than a tenth of a pixel.
fn fine(value: f64) -> String {
    const LEAST: f64 = 0.001;
    if value >= 1.0 {
        at_most_one_decimal(value)
    } else if value < LEAST {
        text!("less-than", value = decimal(LEAST))
    } else {
        two_digits(value)
    }
}

/// Kelvin with as many decimals as it takes to tell it from the neutral lamp, up to two.
fn told_apart(kelvin: f64) -> f64 {
    let rounded = [1.0, 10.0, 100.0].map(|scale| (kelvin * scale).round() / scale);
    let told = rounded.into_iter().find(|value| *value != NEUTRAL_KELVIN);
    told.unwrap_or(kelvin)
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
    fn it_speaks_the_language_of_the_thread() {
        let german = flipscope_language::within(flipscope_language::Language::German, || {
            with(|p| {
                p.shift = [-43.0, -12.0];
                p.rotate = -35.0;
                p.kelvin = 5400.0;
                p.gain = [1.13, 1.0, 0.96];
                p.offset = [0.0, -10.0, 0.0];
            })
        });
        assert_eq!(
            german,
            "43 px nach links und 12 px nach oben verschoben, dann um 35° im Uhrzeigersinn gedreht, Lampe mit 5\u{a0}400 K \
             statt 6\u{a0}504 K, 13 % mehr Rot, 4 % weniger Blau, Grün um 10 von 255 verringert"
        );
    }

    #[test]
    fn the_slightest_gain_is_no_less_than_less_in_german_either() {
        let words = flipscope_language::within(flipscope_language::Language::German, || {
            [0.9999, 1.0001].map(|red| with(|p| p.gain = [red, 1.0, 1.0]))
        });
        let wanted = ["verringert", "erhöht"].map(|how| format!("Rot um weniger als 0,1 % {how}"));
        assert_eq!(words, wanted);
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
            (-35.4, "turned 35.4° clockwise"),
            (28.5, "turned 28.5° counter-clockwise"),
            (350.0, "turned 10° clockwise"),
            (-350.0, "turned 10° counter-clockwise"),
            (0.3, "turned 0.3° counter-clockwise"),
            (359.99, "turned 0.01° clockwise"),
            (359.9999, "turned less than 0.001° clockwise"),
            (0.0172, "turned 0.017° counter-clockwise"),
            (180.0, "turned 180°"),
            (-180.0, "turned 180°"),
            (179.8, "turned 179.8° counter-clockwise"),
            (179.96, "turned 180°"),
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
            ([43.4, 12.6], "moved 43.4 px right and 12.6 px down"),
            ([0.0, -7.25], "moved 7.2 px up"),
            ([0.5, 0.0], "moved 0.5 px right"),
            ([0.0841, -0.96], "moved 0.084 px right and 0.96 px up"),
            ([0.0004, 0.0], "moved less than 0.001 px right"),
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
            ([1.0, 1.0, 1.0001], "blue raised by less than 0.1 %"),
            ([1.0, 1.0, 0.9999], "blue lowered by less than 0.1 %"),
            (
                [0.96, 0.9999, 0.9999],
                "4 % less red, green and blue lowered by less than 0.1 %",
            ),
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
        assert_eq!(lamp(6503.6, 0.0), "lamp at 6503.6 K instead of 6,504 K");
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
            // As `colour_tables` does it.
            (
                [-0.35, -0.56, -3.83],
                "red and green lowered by 1 of 255, blue lowered by 4 of 255",
            ),
            ([0.6, 0.0, 1.9], "blue raised by 1 of 255"),
            ([0.6, 0.0, 0.0], "unchanged"),
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
