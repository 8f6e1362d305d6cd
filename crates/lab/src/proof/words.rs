//! Boxes, and a record as a sentence.

use super::channels::Channels;
use super::proof_box::ProofBox;
use super::record::{ProofOutcome, ProofRecord};
use flipscope_base::human::{grouped, probability_is};
use flipscope_language::{decimal, text};

impl ProofBox {
    /// The box in this thread's language: "offsets ±5 (each)".
    #[must_use]
    pub fn in_words(&self) -> String {
        let radius = decimal(self.radius());
        let [low, high] = self.interval().map(|end| end.round() as i64);
        match self {
            Self::Offset { channels, .. } => {
                text!(
                    "box-offset",
                    radius = radius,
                    channels = channels.in_words()
                )
            }
            Self::Gain { channels, .. } => {
                text!("box-gain", radius = radius, channels = channels.in_words())
            }
            Self::Illuminant { .. } => text!("box-lamp", low = low, high = high),
            Self::Rotation { .. } => text!("box-rotation", radius = radius),
        }
    }
}

impl Channels {
    /// Which channels a box varies, in this thread's language.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Together => text!("box-together"),
            Self::Each => text!("box-each"),
            Self::Red => text!("box-red"),
            Self::Green => text!("box-green"),
            Self::Blue => text!("box-blue"),
        }
    }
}

impl ProofRecord {
    /// What came out, in words: "steady: all 9,261 distinct frames of offsets of each channel within ±10 were judged; the
    /// closest comes to P(melanoma) = 0.61 (…)".
    #[must_use]
    pub fn in_words(&self) -> String {
        let region = &self.region;
        let frames = grouped(self.frames);
        let judged = grouped(self.judged);
        let change = self.closest.perturbation.in_words();
        let p = format!("P(melanoma) {}", probability_is(self.closest.p_melanoma, 3));
        match (self.outcome, &self.bound) {
            (ProofOutcome::Fragile, None) => format!(
                "fragile: {change} makes it {}, {p}; {}",
                self.closest.label.name(),
                self.nearness()
            ),
            (ProofOutcome::Fragile, Some(bound)) => format!(
                "fragile: of {judged} random frames of {region}, {} flip ({}); the nearest: {change}, {p}",
                grouped(bound.flips),
                shares(bound.share_at_least, bound.share_at_most),
            ),
            (ProofOutcome::Steady, _) => format!(
                "steady: all {frames} distinct frames of {region} were judged; the closest comes to {p} ({change})"
            ),
            (ProofOutcome::Screened, _) => format!(
                "screened, not proved: all {frames} distinct frames of {region} were looked at in {}, and those within {} of the \
                 threshold judged in {}; none flips, and the closest comes to {p} ({change})",
                self.screened_in.as_deref().unwrap_or("another type"),
                self.margin,
                self.precision
            ),
            (ProofOutcome::Bounded, bound) => format!(
                "not proved: {region} has {frames} distinct frames; none of {judged} random ones flips{}, and the closest comes \
                 to {p} ({change})",
                bound.map_or_else(String::new, |bound| format!(
                    " ({})",
                    shares(0.0, bound.share_at_most)
                ))
            ),
            (ProofOutcome::Open, _) => format!(
                "open: {judged} of {} frames of {region} were judged so far, and none flips; the closest comes to {p} ({change})",
                self.bound.map_or(frames, |_| "some random".to_owned())
            ),
        }
    }

    fn nearness(&self) -> String {
        let judged = grouped(self.judged);
        let frames = grouped(self.frames);
        if !self.finished {
            return format!("a nearer one may exist ({judged} of {frames} frames were judged)");
        }
        let within = match self.steady_within {
            Some(radius) if radius > 0.0 => format!("; steady within ±{radius}"),
            _ => String::new(),
        };
        format!("no nearer frame flips ({judged} of {frames} distinct frames were judged){within}")
    }
}

/// "95 % interval of the share of the box that flips: 0 to 0.37 %".
fn shares(low: f64, high: f64) -> String {
    let percent = |share: f64| {
        let text = format!("{:.2}", 100.0 * share);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    let (low, high) = (percent(low), percent(high));
    format!("95 % interval of the share of the box that flips: {low} to {high} %")
}
