//! How many digits of a perturbation's numbers matter: as a person types them again, they must give the same frame.

use super::apply::render;
use super::colour::colour_tables;
use super::perturbation::Perturbation;
use crate::lesion::Frame;

/// Decimals that are always kept, as far as a number has them.
const LEAST: usize = 4;
/// Decimals beyond which a number is kept as it is.
const MOST: usize = 15;

impl Perturbation {
    /// With its numbers rounded to as few decimals as give the same altered frame of this one, but no fewer than four: what a
    /// person can type again. Itself, where no rounding does.
    #[must_use]
    pub fn shortest(&self, frame: &Frame, altered: &Frame) -> Self {
        let exact = self.numbers();
        (LEAST..=MOST)
            .map(|decimals| self.rounded(decimals))
            .find(|rounded| {
                // A change that is there does not round to none.
                let none = Self::default().numbers();
                let mut pairs = exact.iter().zip(rounded.numbers()).zip(none);
                let kept =
                    pairs.all(|((exact, rounded), none)| (*exact == none) == (rounded == none));
                kept && (rounded == self || render(frame, rounded) == *altered)
            })
            .unwrap_or_else(|| self.clone())
    }

    /// Whether lamp and colour balance do the same to every value of every channel.
    #[must_use]
    pub fn has_colours_of(&self, other: &Self) -> bool {
        colour_tables(self) == colour_tables(other)
    }

    /// Every number but those of pixels and noise.
    fn numbers(&self) -> [f64; 11] {
        let [x, y] = self.shift;
        let [red, green, blue] = self.gain;
        let [more_red, more_green, more_blue] = self.offset;
        let pose = [x, y, self.rotate];
        let lamp = [self.kelvin, self.tint];
        let balance = [red, green, blue, more_red, more_green, more_blue];
        let mut all = pose.into_iter().chain(lamp).chain(balance);
        std::array::from_fn(|_| all.next().unwrap_or_default())
    }

    /// With every number but those of pixels and noise rounded.
    fn rounded(&self, decimals: usize) -> Self {
        let round = |value: f64| to_decimals(value, decimals);
        Self {
            shift: self.shift.map(round),
            rotate: round(self.rotate),
            kelvin: round(self.kelvin),
            tint: round(self.tint),
            gain: self.gain.map(round),
            offset: self.offset.map(round),
            ..self.clone()
        }
    }
}

/// The number that a person reads who is shown so many decimals.
#[must_use]
pub fn to_decimals(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::perturb::{Fill, Sampling};

    /// Every value of every channel, and no two neighbours alike.
    fn frame() -> Frame {
        let pixels = (0..Frame::BYTES).map(|at| (at * 7 % 256) as u8).collect();
        Frame::from_rgb(pixels).unwrap()
    }

    fn shortest(p: &Perturbation) -> Perturbation {
        let frame = frame();
        let altered = render(&frame, p);
        let short = p.shortest(&frame, &altered);
        assert!(render(&frame, &short) == altered, "{p:?}");
        short
    }

    #[test]
    fn as_many_digits_are_kept_as_the_frame_needs() {
        // 173 becomes 172; with four digits, 0.9942 · 173 = 171.997 becomes 171.
        let p = Perturbation {
            gain: [172.000_5 / 173.0, 1.0, 1.0],
            ..Perturbation::default()
        };
        let four = p.rounded(4);
        assert!(!four.has_colours_of(&p));
        let short = shortest(&p);
        assert!(short.has_colours_of(&p));
        let digits = short.gain[0].to_string().len() - 2;
        assert!((5..=7).contains(&digits), "{short:?}");
        let one_fewer = p.rounded(digits - 1);
        assert!(!one_fewer.has_colours_of(&p), "{short:?}");
    }

    #[test]
    fn a_bilinear_pose_is_shortened_by_what_it_gives() {
        let p = Perturbation {
            shift: [0.084_112_233_445_566_77, -0.031_234_567_890_123],
            rotate: 0.017_234_567_890_123,
            sampling: Sampling::Bilinear,
            fill: Fill::Edge,
            ..Perturbation::default()
        };
        let short = shortest(&p);
        assert!(short != p, "{short:?}");
    }

    #[test]
    fn what_a_person_typed_stays_and_no_change_is_lost() {
        for p in [
            // With nearest sampling, 7 would give the same frame.
            Perturbation {
                shift: [7.25, 0.0],
                ..Perturbation::default()
            },
            Perturbation {
                shift: [0.000_01, 0.0],
                ..Perturbation::default()
            },
            Perturbation {
                tint: 1e-7,
                ..Perturbation::default()
            },
        ] {
            let short = shortest(&p);
            assert_eq!(short, p);
        }
    }
}
