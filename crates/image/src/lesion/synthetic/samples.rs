//! The samples offered at a first start.
//!
//! Chosen by drawing 450 recipes at [`SAMPLE_SIZE`] and classifying them with the demo model (ISIC-2017, framing `squash`): one
//! that it is sure is a nevus, one that it is sure is a melanoma, and a borderline one. `tests/synthetic_samples.rs` checks
//! what the captions say, and the choice must be repeated whenever the drawing or the demo model changes.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock, OnceLock};

use flipscope_language::{Text, id, text};

use super::{DrawError, Recipe, draw};
use crate::lesion::{ColorHandling, Photograph, Raster, Source};

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
    /// The sample at [`SAMPLE_SIZE`], once somebody has asked for it.
    drawn: OnceLock<Arc<Raster>>,
}

impl Sample {
    fn new(name: &'static str, caption: Text, recipe: Recipe) -> Self {
        Self {
            name,
            caption,
            recipe,
            drawn: OnceLock::new(),
        }
    }

    /// The sample at [`SAMPLE_SIZE`] as a photograph. It is drawn the first time, and kept.
    ///
    /// # Errors
    /// See [`DrawError`].
    pub fn photograph(&self) -> Result<Photograph, DrawError> {
        let raster = if let Some(drawn) = self.drawn.get() {
            drawn
        } else {
            let (width, height) = SAMPLE_SIZE;
            let drawn = draw(&self.recipe, width, height)?;
            self.drawn.get_or_init(|| Arc::new(drawn))
        };
        Ok(Photograph {
            raster: Arc::clone(raster),
            source: Source::Synthetic {
                name: self.name.to_owned(),
                seed: self.recipe.seed,
            },
            color_handling: ColorHandling::default(),
            format: None,
            exif_orientation: 1,
            colour_profile: None,
            notes: Vec::new(),
        })
    }
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
            Sample::new("Synthetic 1", id!("sample-one"), Recipe::between(203, 0.8)),
            Sample::new("Synthetic 2", id!("sample-two"), Recipe::between(393, 0.9)),
            Sample::new(
                "Synthetic 3",
                id!("sample-three"),
                Recipe::between(250, 1.0),
            ),
        ]
    });
    &SAMPLES
}
