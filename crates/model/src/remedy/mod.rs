//! Remedies: what is done to a frame, and how several views of it are combined, so that small changes flip fewer verdicts.
//!
//! A remedy is part of the scored pipeline, between the frame and the verdict: whoever asks a [`Classifier`](crate::Classifier) for
//! verdicts or gradients gets those of the remedied network. It changes no picture that is shown or saved: the frame stays the one that the
//! perturbation made. Its parts, in this order:
//!
//! - a [`Constancy`]: the colour of the light is estimated from the frame and taken out (`constancy.rs`);
//! - a [`Vote`]: several views of the result are judged and combined (`views.rs`, `colours.rs`).
//!
//! Everything is deterministic, and between the steps values are rounded to u8, as every frame is. Gradients go through all of it, the
//! rounding as if it were not there: an attacker who knows of the remedy.

mod colours;
mod constancy;
mod views;

use flipscope_language::{text, within_sentence};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use flipscope_image::lesion::Frame;

pub(crate) use views::View;

/// What stands between a frame and its verdict; nothing by default.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Remedy {
    /// Colour constancy, first.
    pub constancy: Constancy,
    /// Which views are judged, and how their verdicts become one.
    pub vote: Vote,
}

/// Colour constancy: the estimated colour of the light is taken out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Constancy {
    /// Colours stay as they are.
    #[default]
    None,
    /// The mean of every channel is the light: Buchsbaum 1980, doi 10.1016/0016-0032(80)90058-7.
    GreyWorld,
    /// Shades of grey: the Minkowski mean with p = 6 of every channel is the light. Finlayson and Trezzi 2004; for dermoscopy Barata et al.
    /// 2015, doi 10.1109/JBHI.2014.2336473.
    ShadesOfGrey,
}

/// Which views are judged, and how their verdicts become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Vote {
    /// The frame alone.
    #[default]
    One,
    /// Mean of the probabilities of the frame turned by 0°, 90°, 180° and 270°.
    Average4,
    /// Mean over these four and their mirror images.
    Average8,
    /// Mean over these eight, and over each of them turned by another 45°.
    Average16,
    /// The frame and eight versions with every channel 5 % lighter or darker: the verdict whose P(melanoma) is the median.
    MedianColours,
}

impl Constancy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::None, Self::GreyWorld, Self::ShadesOfGrey];

    /// The name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::GreyWorld => "grey-world",
            Self::ShadesOfGrey => "shades-of-grey",
        }
    }

    /// What it does, as a label in the thread's language.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::None => text!("constancy-none"),
            Self::GreyWorld => text!("constancy-grey-world"),
            Self::ShadesOfGrey => text!("constancy-shades-of-grey"),
        }
    }
}

impl Vote {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::One,
        Self::Average4,
        Self::Average8,
        Self::Average16,
        Self::MedianColours,
    ];

    /// The name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::One => "none",
            Self::Average4 => "average-4",
            Self::Average8 => "average-8",
            Self::Average16 => "average-16",
            Self::MedianColours => "median-colours",
        }
    }

    /// What it does, as a label in the thread's language.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::One => text!("vote-one"),
            Self::Average4 => text!("vote-average-4"),
            Self::Average8 => text!("vote-average-8"),
            Self::Average16 => text!("vote-average-16"),
            Self::MedianColours => text!("vote-median-colours"),
        }
    }
}

impl Remedy {
    /// Whether the network judges frames as they are.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// What it does, as a label in the thread's language.
    #[must_use]
    pub fn in_words(&self) -> String {
        match (self.constancy, self.vote) {
            (Constancy::None, Vote::One) => text!("remedy-none").to_owned(),
            (constancy, Vote::One) => constancy.in_words().to_owned(),
            (Constancy::None, vote) => vote.in_words().to_owned(),
            (constancy, vote) => format!(
                "{}; {}",
                constancy.in_words(),
                within_sentence(vote.in_words())
            ),
        }
    }

    /// How many frames the network judges for one verdict.
    #[must_use]
    pub fn views(&self) -> usize {
        match self.vote {
            Vote::One => 1,
            Vote::Average4 => 4,
            Vote::Average8 => 8,
            Vote::Average16 => 16,
            Vote::MedianColours => colours::GAINS.len(),
        }
    }

    /// The frames that the network judges in place of a frame; as many as [`Remedy::views`].
    pub(crate) fn apply(self, frame: &Frame) -> Vec<View> {
        let balanced = match self.constancy.minkowski() {
            None => frame.pixels().to_vec(),
            Some(p) => constancy::apply(frame.pixels(), p),
        };
        match self.vote {
            Vote::One => vec![View::whole(balanced)],
            Vote::Average4 => views::turned(&balanced, 4),
            Vote::Average8 => views::turned(&balanced, 8),
            Vote::Average16 => views::turned(&balanced, 16),
            Vote::MedianColours => colours::jittered(&balanced),
        }
    }

    /// How much each view's verdict counts, given their P(melanoma): the weights sum to 1.
    pub(crate) fn weights(self, p_melanoma: &[f64]) -> Vec<f64> {
        let n = p_melanoma.len().max(1);
        if self.vote != Vote::MedianColours {
            return vec![1.0 / n as f64; p_melanoma.len()];
        }
        let mut order: Vec<usize> = (0..p_melanoma.len()).collect();
        order.sort_by(|&a, &b| {
            p_melanoma
                .get(a)
                .unwrap_or(&0.0)
                .total_cmp(p_melanoma.get(b).unwrap_or(&0.0))
        });
        let median = order.get(n / 2).copied();
        (0..p_melanoma.len())
            .map(|at| if Some(at) == median { 1.0 } else { 0.0 })
            .collect()
    }

    /// The gradient with respect to a frame, from the sum of the gradients with respect to its balanced version. Values in units of 255.
    pub(crate) fn pull_back(self, frame: &Frame, gradient: Vec<f32>) -> Vec<f32> {
        match self.constancy.minkowski() {
            None => gradient,
            Some(p) => constancy::pull_back(frame.pixels(), p, &gradient),
        }
    }
}

impl Constancy {
    /// The exponent of the mean that estimates the light.
    fn minkowski(self) -> Option<i32> {
        match self {
            Self::None => None,
            Self::GreyWorld => Some(1),
            Self::ShadesOfGrey => Some(6),
        }
    }
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.constancy, self.vote) {
            (constancy, Vote::One) => f.write_str(constancy.name()),
            (Constancy::None, vote) => f.write_str(vote.name()),
            (constancy, vote) => write!(f, "{}+{}", constancy.name(), vote.name()),
        }
    }
}

/// Not the name of a remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no remedy: write none, grey-world, shades-of-grey, average-4, average-8, average-16 or median-colours, or one of the first \
    kind and one of the second with a plus, such as shades-of-grey+average-8"
)]
pub struct RemedyNameError(pub String);

impl FromStr for Remedy {
    type Err = RemedyNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || RemedyNameError(text.to_owned());
        let trimmed = text.trim();
        let constancy = |name: &str| {
            let mut all = Constancy::ALL.into_iter();
            all.find(|one| name.eq_ignore_ascii_case(one.name()))
        };
        let vote = |name: &str| {
            let mut all = Vote::ALL.into_iter();
            all.find(|one| name.eq_ignore_ascii_case(one.name()))
        };
        if let Some((first, second)) = trimmed.split_once('+') {
            let (constancy, vote) = (constancy(first.trim()), vote(second.trim()));
            return match (constancy, vote) {
                (Some(constancy), Some(vote))
                    if constancy != Constancy::None && vote != Vote::One =>
                {
                    Ok(Self { constancy, vote })
                }
                _ => Err(error()),
            };
        }
        match (constancy(trimmed), vote(trimmed)) {
            (Some(constancy), _) => Ok(Self {
                constancy,
                vote: Vote::One,
            }),
            (None, Some(vote)) => Ok(Self {
                constancy: Constancy::None,
                vote,
            }),
            (None, None) => Err(error()),
        }
    }
}

impl TryFrom<String> for Remedy {
    type Error = RemedyNameError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Remedy> for String {
    fn from(remedy: Remedy) -> Self {
        remedy.to_string()
    }
}

#[cfg(test)]
mod tests;
