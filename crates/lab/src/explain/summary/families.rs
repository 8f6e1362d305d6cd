//! The families of changes, and what is looked at of each.

use serde::{Deserialize, Serialize};

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Fill, NEUTRAL_KELVIN, Perturbation, Sampling};

use crate::search::Attack;
use crate::search::attack::{Colour, Fgsm};

/// A family of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Noise along the sign of the gradient, in one step.
    Noise,
    /// All channels brighter or darker by the same factor.
    Brightness,
    /// More or less red.
    Red,
    /// More or less green.
    Green,
    /// More or less blue.
    Blue,
    /// Another lamp, redder or bluer.
    Lamp,
    /// A move in one of eight directions.
    Shift,
    /// A turn.
    Rotation,
    /// Colour balance: a factor for each channel, all three at once.
    Colour,
}

/// What is looked at.
pub(super) enum Look {
    /// Settings with their sizes, the smallest first.
    Grid(Vec<(f64, Perturbation)>),
    /// A search for the smallest.
    Search(Attack),
}

/// Gains from 1 to 10 per cent more and less, in steps of so much.
pub(super) const PER_CENT: f64 = 0.5;
/// The largest move in pixels: a tenth of the frame.
const PIXELS: usize = 30;
/// The lamps that are looked at: from an incandescent lamp to a blue sky, in steps that hit the lamp of the white balance.
const LAMPS: [f64; 2] = [2_712.0, 10_008.0];
pub(super) const KELVIN: f64 = 158.0;
/// The largest noise, of 255.
const EPSILON: u8 = 8;
/// The largest change of the colour balance that the search allows itself, about; its bounds are gains of 0.9 to 1.1.
const DELTA_E: f64 = 10.0;

impl Family {
    /// Every family, the cheapest first.
    pub const ALL: [Self; 9] = [
        Self::Noise,
        Self::Brightness,
        Self::Red,
        Self::Green,
        Self::Blue,
        Self::Lamp,
        Self::Shift,
        Self::Rotation,
        Self::Colour,
    ];

    /// Its name in tables and figures.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Noise => "noise (FGSM)",
            Self::Brightness => "brightness",
            Self::Red => "red",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Lamp => "lamp",
            Self::Shift => "shift",
            Self::Rotation => "rotation",
            Self::Colour => "colour balance",
        }
    }

    /// The unit of its sizes.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Noise => "of 255",
            Self::Brightness | Self::Red | Self::Green | Self::Blue => "%",
            Self::Lamp => "K",
            Self::Shift => "% of the frame",
            Self::Rotation => "°",
            Self::Colour => "ΔE2000",
        }
    }

    /// The families that a change is of; none if they do not say all that it alters.
    #[must_use]
    pub fn of(change: &Perturbation) -> &'static [Self] {
        let moved = change.shift != [0.0; 2];
        let turned = change.rotate != 0.0;
        let noisy = change.noise.is_some();
        let lamp = !change.keeps_lamp();
        let (gains, offsets) = (change.gain != [1.0; 3], change.offset != [0.0; 3]);
        if !change.pixels.is_empty() {
            return &[];
        }
        match (noisy, moved, turned, lamp, gains, offsets) {
            (true, false, false, false, false, false) => &[Self::Noise],
            (false, true, false, false, false, false) => &[Self::Shift],
            (false, false, true, false, false, false) => &[Self::Rotation],
            (false, true, true, false, false, false) => &[Self::Shift, Self::Rotation],
            (false, false, false, true, false, false) => &[Self::Lamp],
            (false, false, false, false, true, false) => of_gains(change.gain),
            (false, false, false, _, _, true) | (false, false, false, true, true, false) => {
                &[Self::Colour]
            }
            _ => &[],
        }
    }

    /// The largest change that is looked at, in its unit.
    pub(super) fn limit(self) -> f64 {
        match self {
            Self::Noise => f64::from(EPSILON),
            Self::Brightness | Self::Red | Self::Green | Self::Blue => 10.0,
            Self::Lamp => NEUTRAL_KELVIN - LAMPS[0],
            Self::Shift => of_the_frame(PIXELS as f64),
            Self::Rotation => 180.0,
            Self::Colour => DELTA_E,
        }
    }

    /// The most frames that it takes.
    pub(super) fn at_most(self, budget: usize) -> usize {
        match self.look() {
            Look::Grid(settings) => settings.len().min(budget),
            Look::Search(Attack::Fgsm(_)) => (usize::from(EPSILON) + 1).min(budget),
            Look::Search(_) => budget,
        }
    }

    /// What is looked at.
    pub(super) fn look(self) -> Look {
        match self {
            Self::Noise => Look::Search(Attack::Fgsm(Fgsm {
                epsilon: EPSILON,
                steps: 1,
                step: EPSILON,
            })),
            Self::Colour => Look::Search(Attack::Colour(Colour::default())),
            Self::Brightness => gains([true; 3]),
            Self::Red => gains([true, false, false]),
            Self::Green => gains([false, true, false]),
            Self::Blue => gains([false, false, true]),
            Self::Lamp => lamps(),
            Self::Shift => shifts(),
            Self::Rotation => turns(),
        }
    }
}

/// The family of factors that change something.
fn of_gains([red, green, blue]: [f64; 3]) -> &'static [Family] {
    match [red == 1.0, green == 1.0, blue == 1.0] {
        [false, true, true] => &[Family::Red],
        [true, false, true] => &[Family::Green],
        [true, true, false] => &[Family::Blue],
        _ if red == green && green == blue => &[Family::Brightness],
        _ => &[Family::Colour],
    }
}

fn gains(channels: [bool; 3]) -> Look {
    let steps = (10.0 / PER_CENT) as usize;
    let settings = (1..=steps).flat_map(|step| {
        let percent = step as f64 * PER_CENT;
        [-1.0, 1.0].map(|sign| {
            let gain = 1.0 + sign * percent / 100.0;
            let perturbation = Perturbation {
                gain: channels.map(|varies| if varies { gain } else { 1.0 }),
                ..Perturbation::default()
            };
            (percent, perturbation)
        })
    });
    Look::Grid(settings.collect())
}

/// Redder and bluer lamps: each as far from the lamp of the white balance as its size says.
fn lamps() -> Look {
    let [reddest, bluest] = LAMPS;
    let steps = ((bluest - reddest) / KELVIN) as usize;
    let mut settings: Vec<(f64, Perturbation)> = (0..=steps)
        .map(|step| reddest + step as f64 * KELVIN)
        .filter(|kelvin| *kelvin != NEUTRAL_KELVIN)
        .map(|kelvin| {
            let perturbation = Perturbation {
                kelvin,
                ..Perturbation::default()
            };
            ((kelvin - NEUTRAL_KELVIN).abs(), perturbation)
        })
        .collect();
    settings.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    Look::Grid(settings)
}

/// As a second photograph would have it: no black corners, and between pixels.
fn posed() -> Perturbation {
    Perturbation {
        sampling: Sampling::Bilinear,
        fill: Fill::MeanSkin,
        ..Perturbation::default()
    }
}

fn shifts() -> Look {
    let mut settings: Vec<(f64, Perturbation)> = (1..=PIXELS)
        .flat_map(|pixels| {
            let directions = (-1_i32..=1).flat_map(|x| (-1_i32..=1).map(move |y| (x, y)));
            directions
                .filter(|direction| *direction != (0, 0))
                .map(move |(x, y)| {
                    let shift = [x, y].map(|way| f64::from(way) * pixels as f64);
                    let perturbation = Perturbation { shift, ..posed() };
                    (of_the_frame(shift[0].hypot(shift[1])), perturbation)
                })
        })
        .collect();
    settings.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    Look::Grid(settings)
}

fn turns() -> Look {
    let settings = (1..=180_u16).flat_map(|degrees| {
        let angle = f64::from(degrees);
        let ways = if degrees == 180 {
            vec![angle]
        } else {
            vec![-angle, angle]
        };
        ways.into_iter().map(move |rotate| {
            let perturbation = Perturbation { rotate, ..posed() };
            (angle, perturbation)
        })
    });
    Look::Grid(settings.collect())
}

fn of_the_frame(pixels: f64) -> f64 {
    100.0 * pixels / f64::from(Frame::SIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a grid looks at is of its own family, and no other.
    #[test]
    fn a_change_is_of_its_family() {
        for family in Family::ALL {
            if let Look::Grid(settings) = family.look() {
                assert!((settings.iter()).all(|(_, change)| Family::of(change) == [family]));
            }
        }
        let change = |shift: [f64; 2], rotate: f64, gain: [f64; 3]| Perturbation {
            shift,
            rotate,
            gain,
            ..Perturbation::default()
        };
        let none = [1.0; 3];
        let pose = change([0.09, 0.0], 0.2, none);
        assert_eq!(Family::of(&pose), [Family::Shift, Family::Rotation]);
        let colour = change([0.0; 2], 0.0, [1.01, 1.0, 0.99]);
        assert_eq!(Family::of(&colour), [Family::Colour]);
        for other in [
            change([0.0; 2], 0.0, none),
            change([1.0, 0.0], 0.0, [1.1; 3]),
        ] {
            assert!(Family::of(&other).is_empty());
        }
    }

    #[test]
    fn settings_are_valid_and_the_smallest_comes_first() {
        for family in Family::ALL {
            let Look::Grid(settings) = family.look() else {
                continue;
            };
            assert!(
                settings.windows(2).all(|two| two[0].0 <= two[1].0),
                "{family:?}"
            );
            for (size, perturbation) in &settings {
                assert!(perturbation.validate().is_ok() && !perturbation.is_identity());
                assert!(*size > 0.0);
            }
            let [smallest, largest] = [settings.first(), settings.last()].map(Option::unwrap);
            assert!(smallest.0 < 1.5 || family == Family::Lamp && smallest.0 < 160.0);
            assert!(largest.0 >= family.limit() - 1e-9, "{family:?}");
            assert_eq!(family.at_most(7), 7);
        }
    }
}
