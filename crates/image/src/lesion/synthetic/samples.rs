//! The samples offered at a first start.
//!
//! Chosen by drawing 450 recipes at [`SAMPLE_SIZE`] and classifying them with the demo model (ISIC-2017, framing `squash`): one
//! that it is sure is a nevus, one that it is sure is a melanoma, and a borderline one. `tests/synthetic_samples.rs` checks
//! what the captions say, and the choice must be repeated whenever the drawing or the demo model changes.

use std::borrow::Cow;
use std::sync::LazyLock;

use flipscope_language::{Text, id, text};

use super::Recipe;

/// Width and height in pixels at which the samples are drawn; the captions apply to this size.
pub const SAMPLE_SIZE: (u32, u32) = (600, 450);

/// A synthetic lesion that the window offers.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Its name in files; people read [`name_in_words`].
    pub name: &'static str,
    /// One line on the demo model's verdict.
    pub caption: Text,
    /// What is drawn.
    pub recipe: Recipe,
}

/// The name of a sample as people read it, in the thread's language; any other name as it is.
#[must_use]
pub fn name_in_words(name: &str) -> Cow<'_, str> {
    let at = samples().iter().position(|sample| sample.name == name);
    at.map_or(Cow::Borrowed(name), |at| {
        Cow::Owned(text!("sample-name", number = at + 1))
    })
}

/// The samples, in the order in which they are offered.
#[must_use]
pub fn samples() -> &'static [Sample; 3] {
    static SAMPLES: LazyLock<[Sample; 3]> = LazyLock::new(|| {
        [
            Sample {
                name: "Synthetic 1",
                caption: id!("sample-one"),
                recipe: Recipe::between(203, 0.8),
            },
            Sample {
                name: "Synthetic 2",
                caption: id!("sample-two"),
                recipe: Recipe::between(393, 0.9),
            },
            Sample {
                name: "Synthetic 3",
                caption: id!("sample-three"),
                recipe: Recipe::between(250, 1.0),
            },
        ]
    });
    &SAMPLES
}
