//! What is known about P(melanoma) along one slider: at which of its steps, what follows for the parts between them, and where
//! to evaluate next.
//!
//! A part between two judged steps is *settled* when it can hold nothing more that the slider could show. If the label changes
//! within it: when its ends are neighbouring steps. If not: when P at both ends is at least a tenth away from the threshold and
//! further than it changes between them, or when the part is a thirty-second of the slider. Until then it is shown as
//! provisional.

use std::collections::BTreeMap;

use flipscope_language::{decimal, text};

use crate::explorer::explore::controls::Control;

/// The slider is first judged at this many equal parts, before any part is refined.
const COARSE: u32 = 8;
/// A part with one label at both ends is not halved below this fraction of the slider.
const FINE: u32 = 32;
/// If P(melanoma) at both ends is closer to the threshold than this, it says nothing about what is between them.
const NEAR: f32 = 0.1;

/// Number of steps of a slider from its lower end to its upper end.
pub fn steps(control: Control) -> u32 {
    let (low, high) = control.range();
    ((high - low) / control.step()).round() as u32
}

/// The value of a slider this many steps above its lower end, rounded as the slider itself rounds.
pub fn value_at(control: Control, step: u32) -> f64 {
    let (low, _) = control.range();
    control.snap(low + control.step() * f64::from(step))
}

/// The step at which a slider has this value, if any.
pub(crate) fn step_of(control: Control, value: f64) -> Option<u32> {
    let (low, _) = control.range();
    let step = ((value - low) / control.step()).round();
    let step = (0.0..=f64::from(steps(control)))
        .contains(&step)
        .then_some(step as u32)?;
    (value_at(control, step) == value).then_some(step)
}

/// P(melanoma) by step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band(BTreeMap<u32, f32>);

/// A stretch of a slider with one label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Where it begins, in steps; between two where the label changes.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
    /// Whether P(melanoma) reaches the threshold.
    pub melanoma: bool,
    /// Whether everything in it is settled.
    pub settled: bool,
}

/// Two judged steps with no judged step between them.
#[derive(Clone, Copy)]
struct Part {
    from: (u32, f32),
    to: (u32, f32),
}

impl Part {
    fn flips(self, threshold: f32) -> bool {
        (self.from.1 >= threshold) != (self.to.1 >= threshold)
    }

    fn settled(self, steps: u32, threshold: f32) -> bool {
        let width = self.to.0 - self.from.0;
        if width <= 1 {
            return true;
        }
        if self.flips(threshold) || width > steps.div_ceil(COARSE) {
            return false;
        }
        let change = (self.from.1 - self.to.1).abs();
        let margin = (self.from.1 - threshold)
            .abs()
            .min((self.to.1 - threshold).abs());
        let far = margin >= NEAR && change <= margin;
        far || width <= steps.div_ceil(FINE)
    }
}

impl Band {
    /// Stores P(melanoma) at a step.
    pub fn put(&mut self, step: u32, p_melanoma: f32) {
        self.0.insert(step, p_melanoma);
    }

    /// P(melanoma) at a step, if it is known.
    pub fn at(&self, step: u32) -> Option<f32> {
        self.0.get(&step).copied()
    }

    /// Whether nothing is known yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn parts(&self) -> impl Iterator<Item = Part> {
        let known = || self.0.iter().map(|(&step, &p)| (step, p));
        let pairs = known().zip(known().skip(1));
        pairs.map(|(from, to)| Part { from, to })
    }

    /// The steps to be judged next, each with its rank (lower first): coarse ones until all are judged, then the middles of the
    /// parts that are not settled, first those where the label changes. Empty when the band is finished.
    pub fn missing(&self, steps: u32, threshold: f32) -> Vec<(u8, u32)> {
        let coarse = |eighth: u32| {
            let rank = match eighth {
                0 | 4 | 8 => 0,
                2 | 6 => 1,
                _ => 2,
            };
            (rank, steps * eighth / COARSE)
        };
        let wanted: Vec<_> = (0..=COARSE)
            .map(coarse)
            .filter(|(_, step)| self.at(*step).is_none())
            .collect();
        if !wanted.is_empty() {
            return wanted;
        }
        let open = self.parts().filter(|part| !part.settled(steps, threshold));
        let halved = open.map(|part| {
            let rank = if part.flips(threshold) { 3 } else { 4 };
            (rank, u32::midpoint(part.from.0, part.to.0))
        });
        halved.collect()
    }

    /// Whether every part of a slider of this many steps is settled.
    pub fn is_finished(&self, steps: u32, threshold: f32) -> bool {
        self.missing(steps, threshold).is_empty()
    }

    /// Stretches of one label, from the lowest judged step to the highest, divided where P crosses the threshold. Equal
    /// neighbours are merged.
    pub fn spans(&self, steps: u32, threshold: f32) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut add = |from: f32, to: f32, melanoma: bool, settled: bool| match spans.last_mut() {
            Some(last) if last.melanoma == melanoma && last.settled == settled => last.to = to,
            _ => spans.push(Span {
                from,
                to,
                melanoma,
                settled,
            }),
        };
        for part in self.parts() {
            let ((from, p_from), (to, p_to)) = (part.from, part.to);
            let (from, to) = (from as f32, to as f32);
            let settled = part.settled(steps, threshold);
            let (first, last) = (p_from >= threshold, p_to >= threshold);
            if first == last {
                add(from, to, first, settled);
            } else {
                let crossing = from + (to - from) * (threshold - p_from) / (p_to - p_from);
                add(from, crossing, first, settled);
                add(crossing, to, last, settled);
            }
        }
        spans
    }

    /// What the band shows, as text, for people who cannot see it.
    pub fn in_words(&self, control: Control, threshold: f32) -> String {
        let steps = steps(control);
        if self.is_empty() {
            return text!("band-not-computed").to_owned();
        }
        if !self.is_finished(steps, threshold) {
            return text!("band-provisional").to_owned();
        }
        let number = |step: f32| {
            let value = value_at(control, step.round() as u32);
            let (decimals, _) = control.decimals();
            let text = decimal(format!("{value:.decimals$}")).replace('-', "\u{2212}");
            format!("{text}{}", control.unit().suffix())
        };
        let spans = self.spans(steps, threshold);
        let melanoma = (spans.iter().filter(|span| span.melanoma))
            // The outermost steps that are called melanoma.
            .map(|span| {
                text!(
                    "band-range",
                    from = number(span.from.ceil()),
                    to = number(span.to.floor()),
                )
            })
            .reduce(|ranges, range| text!("band-ranges", ranges = ranges, range = range));
        match (melanoma, spans.len()) {
            (None, _) => text!("band-nevus").to_owned(),
            (Some(_), 1) => text!("band-melanoma").to_owned(),
            (Some(ranges), _) => text!("band-both", ranges = ranges),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The band refined until nothing is missing, with a stand-in for the network; and how many frames that took.
    fn refined(control: Control, threshold: f32, p: impl Fn(f64) -> f32) -> (Band, usize) {
        let steps = steps(control);
        let (mut band, mut asked) = (Band::default(), 0);
        loop {
            let missing = band.missing(steps, threshold);
            if missing.is_empty() {
                return (band, asked);
            }
            for (_, step) in missing {
                assert_eq!(band.at(step), None, "asked twice");
                band.put(step, p(value_at(control, step)));
                asked += 1;
            }
        }
    }

    #[test]
    fn a_crossing_is_located_to_one_step_wherever_it_is() {
        for control in Control::ALL {
            let (low, high) = control.range();
            for share in [0.013, 0.21, 0.4999, 0.5, 0.77, 0.998] {
                let flips_at = low + (high - low) * share;
                let p = |value: f64| if value < flips_at { 0.9 } else { 0.1 };
                let (band, asked) = refined(control, 0.5, p);
                let spans = band.spans(steps(control), 0.5);
                assert_eq!(spans.len(), 2, "{control:?} {share}");
                assert!(spans.iter().all(|span| span.settled));
                assert_eq!((spans[0].melanoma, spans[1].melanoma), (true, false));
                let shown = low + control.step() * f64::from(spans[0].to);
                assert!(
                    (shown - flips_at).abs() <= control.step(),
                    "{control:?}: {shown} for {flips_at}"
                );
                assert!(asked <= 9 + 8, "{control:?}: {asked} frames");
            }
        }
    }

    /// Rotation, melanoma only within ±28°: the first passes would show −90° to 90°, and then ±45°.
    #[test]
    fn what_the_coarse_passes_say_is_provisional() {
        let (control, threshold) = (Control::Rotation, 0.5);
        let steps = steps(control);
        let p = |value: f64| (0.9 - 0.4 * value.abs() / 28.0).max(0.05) as f32;
        let mut band = Band::default();
        assert!(band.in_words(control, threshold).contains("not computed"));
        for pass in [0, 1, 2] {
            let missing = band.missing(steps, threshold);
            for &(_, step) in missing.iter().filter(|(rank, _)| *rank == pass) {
                band.put(step, p(value_at(control, step)));
            }
            let spans = band.spans(steps, threshold);
            assert!(spans.iter().any(|span| span.melanoma));
            for span in spans.iter().filter(|span| span.melanoma) {
                assert!(!span.settled, "pass {pass}: {span:?}");
            }
            let words = band.in_words(control, threshold);
            assert!(words.contains("provisional"), "{words}");
        }
        let far = |span: &Span| span.to <= 90.0 || span.from >= 630.0;
        let spans = band.spans(steps, threshold);
        assert!(
            spans
                .iter()
                .filter(|span| far(span))
                .all(|span| span.settled),
            "far from the threshold the coarse points say it all: {spans:?}"
        );
        let (band, _) = refined(control, threshold, p);
        assert!(band.is_finished(steps, threshold));
        assert_eq!(
            band.in_words(control, threshold),
            "P(melanoma) along it is finished: melanoma from \u{2212}28.0\u{b0} to 28.0\u{b0}, else nevus"
        );
    }

    /// P dips below the threshold between two coarse points that are both close above it.
    #[test]
    fn near_the_threshold_the_same_label_at_both_ends_is_not_believed() {
        let (control, threshold) = (Control::Rotation, 0.5);
        let dip = |value: f64| {
            let near = (value - 112.0).abs() < 12.0;
            if near {
                0.3
            } else {
                0.52 + value.abs() as f32 / 2000.0
            }
        };
        let (band, _) = refined(control, threshold, dip);
        let spans = band.spans(steps(control), threshold);
        assert_eq!(spans.len(), 3, "{spans:?}");
        assert!((value_at(control, spans[1].from.round() as u32) - 100.0).abs() <= 0.5);
        assert!((value_at(control, spans[1].to.round() as u32) - 124.0).abs() <= 0.5);
    }

    #[test]
    fn another_threshold_opens_the_band_again() {
        let (control, p) = (Control::OffsetGreen, |value: f64| {
            0.5 + value as f32 / 100.0
        });
        let (band, _) = refined(control, 0.5, p);
        let steps = steps(control);
        assert!(band.is_finished(steps, 0.5));
        assert!(!band.is_finished(steps, 0.33));
        assert!(band.in_words(control, 0.33).contains("provisional"));
    }

    #[test]
    fn steps_are_the_values_that_the_slider_takes() {
        for control in Control::ALL {
            let (low, high) = control.range();
            let last = steps(control);
            assert_eq!((value_at(control, 0), value_at(control, last)), (low, high));
            for step in 0..=last {
                assert_eq!(step_of(control, value_at(control, step)), Some(step));
            }
            assert_eq!(step_of(control, low + control.step() / 3.0), None);
            assert_eq!(step_of(control, high + control.step()), None);
        }
    }
}
