//! What a figure says about one altered picture.

use std::sync::Arc;

use super::FigureError;
use crate::search::attack::SizeUnit;
use crate::search::finding::Finding;
use crate::search::run::SearchOutcome;
use flipscope_base::untrusted::printable;
use flipscope_image::distance::difference::{self, GAIN};
use flipscope_image::distance::{Distances, distances};
use flipscope_image::lesion::Frame;
use flipscope_image::lesion::synthetic::name_in_words;
use flipscope_image::perturb::Perturbation;
use flipscope_language::{decimal, text, within_sentence};
use flipscope_model::{Label, Remedy, bare_model_name, model_in_words};

/// Characters of a file name that fit into a line: the middle of a longer one is left out.
const NAME: usize = 48;

/// The network's answer about one of the pictures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// P(melanoma), 0 to 1.
    pub p_melanoma: f32,
    /// The verdict.
    pub label: Label,
}

/// Two frames to compare: the original as it was judged (with the field of view, if the alteration has one), and the altered one.
#[derive(Clone, Copy, Debug)]
pub struct Frames<'a> {
    /// The original.
    pub original: &'a Frame,
    /// The altered frame.
    pub altered: &'a Frame,
}

/// One altered picture, as figures show it. Texts are in plain words; names are printable and of limited length.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The photograph.
    pub image: String,
    /// What altered it, e.g. "colour", or none for an alteration made by hand.
    pub attack: Option<String>,
    /// PNGs of the original, the altered frame, and their difference times [`GAIN`].
    pub(super) pictures: [Arc<[u8]>; 3],
    /// The share of pixels that changed by more than the difference shows.
    pub(super) beyond: f64,
    /// The verdicts on the original and on the altered frame.
    pub verdicts: [Judgement; 2],
    /// What was changed, as a sentence.
    pub changed: String,
    /// The numbers of what was changed: typed again, they give the same altered frame.
    pub numbers: String,
    /// How large the change is: in the unit of the attack, if there is one, and as distances.
    pub size: String,
    /// Threshold and model.
    pub source: String,
    /// P(melanoma) at or above which the verdicts are melanoma: a P beside one has as many decimals as it takes to be seen on its side.
    pub(super) threshold: f32,
    /// The diagnosis that a table of labels states, as a sentence, if one does: what the verdicts are compared with.
    pub(super) label: Option<String>,
}

impl Comparison {
    /// What a search found.
    ///
    /// # Errors
    /// If the difference cannot be encoded.
    pub fn of_finding(found: &SearchOutcome) -> Result<Self, FigureError> {
        let Finding {
            subject,
            attack,
            perturbation,
            distances,
            size,
            threshold,
            model,
            remedy,
            ..
        } = &found.finding;
        let frames = Frames {
            original: &found.original.frame,
            altered: &found.altered.frame,
        };
        let verdicts = [
            (found.finding.p_before, found.finding.label_before),
            (found.finding.p_after, found.finding.label_after),
        ]
        .map(|(p_melanoma, label)| Judgement { p_melanoma, label });
        let difference = difference::picture(frames.original, frames.altered, GAIN).to_png()?;
        // For colour, the size is the mean ΔE, which is said anyway.
        let in_unit = size.unit.size_in_words(size.value);
        let apart = apart(distances);
        let size = if size.value == distances.delta_e_mean {
            apart
        } else {
            format!("{in_unit} · {apart}")
        };
        Ok(Self {
            image: elided(&name_in_words(&subject.image)),
            attack: Some(attack.kind().in_words().to_owned()),
            pictures: [
                found.original.png.clone().into(),
                found.altered.png.clone().into(),
                difference.into(),
            ],
            beyond: difference::beyond(frames.original, frames.altered, GAIN),
            verdicts,
            changed: sentence(perturbation),
            numbers: numbers(perturbation, frames),
            size,
            source: source(*threshold, model, *remedy),
            threshold: *threshold,
            label: None,
        })
    }

    /// An alteration made by hand.
    ///
    /// # Errors
    /// If a picture cannot be encoded.
    pub fn of_alteration(
        frames: Frames<'_>,
        perturbation: &Perturbation,
        verdicts: [Judgement; 2],
        image: &str,
        (threshold, model, remedy): (f32, &str, Remedy),
    ) -> Result<Self, FigureError> {
        let Frames { original, altered } = frames;
        let difference = difference::picture(original, altered, GAIN);
        let [original_png, altered_png, difference_png] =
            [original.to_png()?, altered.to_png()?, difference.to_png()?];
        Ok(Self {
            image: elided(&name_in_words(image)),
            attack: None,
            pictures: [original_png, altered_png, difference_png].map(Arc::from),
            beyond: difference::beyond(original, altered, GAIN),
            verdicts,
            changed: sentence(perturbation),
            numbers: numbers(perturbation, frames),
            size: apart(&distances(original, altered)),
            source: source(threshold, model, remedy),
            threshold,
            label: None,
        })
    }

    /// The same with the diagnosis that a table of labels states for the lesion, in words, if one does.
    #[must_use]
    pub fn with_label(self, label: Option<&str>) -> Self {
        let label = label.map(|label| text!("figure-label", label = &*elided(label)));
        Self { label, ..self }
    }

    /// Whether the verdicts differ.
    #[must_use]
    pub fn flips(&self) -> bool {
        let [before, after] = self.verdicts;
        before.label != after.label
    }

    /// One line: the photograph, the attack, and what became of the verdict.
    pub(super) fn title(&self) -> String {
        let [before, after] = self.verdicts;
        let outcome = if self.flips() {
            format!("{} → {}", before.label.in_words(), after.label.in_words())
        } else {
            text!("figure-outcome-no-flip").to_owned()
        };
        match &self.attack {
            Some(attack) => format!("{}: {attack}, {outcome}", self.image),
            None => format!("{}: {outcome}", self.image),
        }
    }
}

/// The numbers with as many digits as it takes to make the altered frame again.
fn numbers(perturbation: &Perturbation, frames: Frames<'_>) -> String {
    let short = perturbation.shortest(frames.original, frames.altered);
    short.numbers_in_words()
}

/// What was changed, with a capital and a full stop.
fn sentence(perturbation: &Perturbation) -> String {
    let words = perturbation.in_words();
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => words,
    }
}

fn apart(distances: &Distances) -> String {
    text!(
        "figure-apart",
        mean = SizeUnit::DeltaE2000.number(distances.delta_e_mean),
        most = SizeUnit::DeltaE2000.number(distances.delta_e_max),
        ssim = distances.ssim_in_words()
    )
}

fn source(threshold: f32, model: &str, remedy: Remedy) -> String {
    let model = elided(model_in_words(model));
    let remedy = match remedy {
        remedy if remedy.is_none() => String::new(),
        remedy => format!(" · {}", within_sentence(&remedy.in_words())),
    };
    text!(
        "figure-source",
        threshold = decimal(threshold),
        model = bare_model_name(&model),
        remedy = remedy
    )
}

/// A name that fits: the beginning and the end of a long one.
fn elided(name: &str) -> String {
    let name = printable(name);
    let characters: Vec<char> = name.chars().collect();
    match (
        characters.first_chunk::<{ NAME / 2 }>(),
        characters.last_chunk::<{ NAME / 2 }>(),
    ) {
        (Some(first), Some(last)) if characters.len() > NAME => {
            let [first, last] = [first, last].map(|part| part.iter().collect::<String>());
            format!("{first}…{last}")
        }
        _ => name.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_image::perturb::{Sampling, render};

    fn numbers_of(perturbation: &Perturbation) -> String {
        let pixels = (0..Frame::BYTES).map(|at| (at * 7 % 256) as u8).collect();
        let original = Frame::from_rgb(pixels).unwrap();
        let altered = render(&original, perturbation);
        let frames = Frames {
            original: &original,
            altered: &altered,
        };
        let verdict = |p_melanoma, label| Judgement { p_melanoma, label };
        let verdicts = [verdict(0.6, Label::Melanoma), verdict(0.4, Label::Nevus)];
        let source = (0.5, "network", Remedy::default());
        Comparison::of_alteration(frames, perturbation, verdicts, "mole.jpg", source)
            .unwrap()
            .numbers
    }

    #[test]
    fn printed_numbers_make_the_same_frame_again() {
        let exact = Perturbation {
            gain: [172.000_5 / 173.0, 0.997_712_345_678, 0.993_512_345_678],
            ..Perturbation::default()
        };
        let said = numbers_of(&exact);
        let gains = said.strip_prefix("gain ").unwrap().split(' ');
        let gains: Vec<f64> = gains.map(|gain| gain.parse().unwrap()).collect();
        let typed = Perturbation {
            gain: gains.try_into().unwrap(),
            ..Perturbation::default()
        };
        assert!(typed.has_colours_of(&exact), "{said}");
        assert!(said.len() < 40, "no more digits than that takes: {said}");

        // A pose as well; and few digits stay few.
        let exact = Perturbation {
            shift: [0.084_123_456_789, 0.0],
            sampling: Sampling::Bilinear,
            ..Perturbation::default()
        };
        let said = numbers_of(&exact);
        let number = said.strip_prefix("shift ").unwrap();
        assert!(number.starts_with("0.0841"), "{said}");
        let typed = Perturbation {
            rotate: -33.3,
            ..Perturbation::default()
        };
        assert_eq!(numbers_of(&typed), "rotate −33.3°");
    }
}
