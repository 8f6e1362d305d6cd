//! One lesion of the list: its picture, its sliders, and the models' answers.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use flipscope_base::untrusted::printable;
use flipscope_image::lesion::synthetic;
use flipscope_image::lesion::{ColorHandling, Frame, Framing, Photograph, Raster};
use flipscope_image::perturb::Perturbation;
use flipscope_lab::search::Subject;
use flipscope_language::text;
use flipscope_model::scheduler::{ModelSlot, PerModel};
use flipscope_model::{Provenance, Verdict};

use crate::explorer::explore::bands::Bands;
use crate::explorer::explore::file_state::Refused;
use crate::explorer::explore::metadata::Metadata;

/// Identifies one lesion of the list for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LesionId(pub u64);

/// Where the picture of a lesion is read from, also when framing or reading change.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// One of the embedded synthetic samples, by index.
    Sample(usize),
}

/// The state of reading a lesion.
#[derive(Clone, Debug)]
pub enum Picture {
    /// Not decoded yet.
    Loading,
    /// Decoded and framed.
    Ready {
        /// What the network sees.
        frame: Arc<Frame>,
        /// SHA-256 of the frame's pixels.
        frame_sha256: String,
        /// The frame as the list shows it.
        thumbnail: Arc<Raster>,
        /// Full size, kept for the selected lesion only.
        photograph: Option<Arc<Photograph>>,
        /// What is known about the file.
        metadata: Metadata,
        /// The framing that made the frame.
        framing: Framing,
        /// SHA-256 of the file; `None` for a synthetic lesion.
        sha256: Option<String>,
    },
    /// Decoded and framed, but only a thumbnail is kept: a list of thousands does not fit into memory. It is read again when
    /// its frame is needed.
    Released {
        /// SHA-256 of the frame's pixels.
        frame_sha256: String,
        /// The frame as the list shows it.
        thumbnail: Arc<Raster>,
    },
    /// Why it could not be read.
    Failed(String),
}

/// Whether the thread that reads photographs has a request for it that it has not answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Requested {
    /// It has none.
    #[default]
    No,
    /// After the earlier requests.
    InTurn,
    /// Before all others.
    AtOnce,
}

/// An answer of the network.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelAnswer {
    /// Its verdict.
    pub verdict: Verdict,
    /// What was judged.
    pub perturbation: Arc<Perturbation>,
    /// What the verdict cost, and where it was computed.
    pub provenance: Provenance,
    /// From the input to the answer, milliseconds.
    pub total_ms: f32,
}

/// One model's answers about a lesion.
#[derive(Clone, Debug, Default)]
pub struct ModelAnswers {
    /// Verdict on the unaltered frame (with the field of view, if one is set).
    pub before: Option<ModelAnswer>,
    /// Newest verdict on the altered frame.
    pub after: Option<ModelAnswer>,
    /// P(melanoma) of the altered frame over time, newest last.
    pub trace: VecDeque<TracePoint>,
    /// P(melanoma) along the sliders.
    pub bands: Bands,
}

impl ModelAnswers {
    /// Length of the trace in answers.
    pub const TRACE: usize = 400;

    /// The trace goes on.
    pub(super) fn follow(&mut self, p_melanoma: f32, at: Instant) {
        self.trace.push_back(TracePoint { at, p_melanoma });
        while self.trace.len() > Self::TRACE {
            self.trace.pop_front();
        }
    }

    /// The newest answer, if it is for exactly this perturbation.
    pub fn current(&self, perturbation: &Perturbation) -> Option<&ModelAnswer> {
        self.after
            .as_ref()
            // Noise has a value for each pixel: what is the very same is not compared.
            .filter(|judged| {
                std::ptr::eq(&raw const *judged.perturbation, perturbation)
                    || *judged.perturbation == *perturbation
            })
    }

    /// The answers for the original and for exactly this perturbation, once both have arrived. Until then nothing can be said
    /// about a change or a flip.
    pub fn answered(&self, perturbation: &Perturbation) -> Option<[&ModelAnswer; 2]> {
        Some([self.before.as_ref()?, self.current(perturbation)?])
    }
}

/// One lesion of the list.
#[derive(Clone, Debug)]
pub struct Lesion {
    /// Its identifier in commands and answers.
    pub id: LesionId,
    /// Where it is read from.
    pub origin: Origin,
    /// Name of its file, or of the sample; shown as [`Lesion::shown`].
    pub name: String,
    /// The picture, as far as it has been read.
    pub picture: Picture,
    /// Whether its frame, or why there is none, is outdated, and the new one is being made.
    pub outdated: bool,
    /// Whether it is being read.
    pub requested: Requested,
    /// SHA-256 of its file, once it was read or if a session states it; none for a synthetic lesion.
    pub sha256: Option<String>,
    /// Whether it comes from a saved session: a file with another hash is not taken for it.
    pub from_session: bool,
    /// What is kept beside the words where its file could not be read; none for a synthetic lesion.
    pub refused: Option<Refused>,
    /// The sliders' values.
    pub perturbation: Arc<Perturbation>,
    /// The answers of the model, and of the comparison model.
    pub answers: PerModel<ModelAnswers>,
}

/// The name of a lesion for display, as kept with a finding: see [`Lesion::shown`].
pub(crate) fn name_in_words(name: &str) -> Cow<'_, str> {
    match synthetic::name_in_words(name) {
        Cow::Borrowed(name) => printable(name),
        sample @ Cow::Owned(_) => sample,
    }
}

/// One point of the trace.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TracePoint {
    /// When it was answered.
    pub at: Instant,
    /// P(melanoma).
    pub p_melanoma: f32,
}

impl Lesion {
    /// Its name for display: a sample's in the window's language, control characters escaped.
    pub fn shown(&self) -> Cow<'_, str> {
        name_in_words(&self.name)
    }

    /// One line on what the demo model makes of it, if it is a sample.
    pub fn caption(&self) -> Option<&'static str> {
        match self.origin {
            Origin::Sample(index) => {
                let sample = synthetic::samples().get(index);
                sample.map(|sample| sample.caption.get())
            }
            Origin::File(_) => None,
        }
    }

    /// Its name without the extension: the beginning of the names of its files.
    pub(crate) fn stem(&self) -> &str {
        (self.name.rsplit_once('.')).map_or(&*self.name, |(stem, _)| stem)
    }

    /// Whether a file with this hash is its photograph.
    ///
    /// # Errors
    /// If its session was saved with another file: what happened, and what to do.
    pub(crate) fn accepts(&self, found: Option<&str>) -> Result<(), String> {
        match (&self.sha256, found) {
            (Some(then), Some(now)) if self.from_session && then != now => Err(text!(
                "explore-photograph-changed",
                name = self.shown(),
                now = format!("{now:.12}"),
                then = format!("{then:.12}"),
            )),
            _ => Ok(()),
        }
    }

    /// Whether it is one of the synthetic samples.
    pub fn is_synthetic(&self) -> bool {
        matches!(self.origin, Origin::Sample(_))
    }

    /// Puts its sliders to other values.
    pub(crate) fn put(&mut self, perturbation: &Arc<Perturbation>) {
        if self.perturbation.field_of_view != perturbation.field_of_view {
            self.forget_originals();
        }
        self.perturbation = Arc::clone(perturbation);
    }

    /// Forgets the verdicts on the unaltered frame: with another field of view it is a different frame.
    pub(crate) fn forget_originals(&mut self) {
        for slot in ModelSlot::ALL {
            self.answers.of_mut(slot).before = None;
        }
    }

    /// Keeps only the thumbnail in memory.
    pub(crate) fn release(&mut self) {
        if let Picture::Ready {
            frame_sha256,
            thumbnail,
            ..
        } = &mut self.picture
        {
            self.picture = Picture::Released {
                frame_sha256: std::mem::take(frame_sha256),
                thumbnail: Arc::clone(thumbnail),
            };
        }
    }

    /// The frame, if the picture has been read.
    pub fn frame(&self) -> Option<&Arc<Frame>> {
        match &self.picture {
            Picture::Ready { frame, .. } => Some(frame),
            _ => None,
        }
    }

    /// The frame as the list shows it, once the photograph has been read.
    pub fn thumbnail(&self) -> Option<&Arc<Raster>> {
        match &self.picture {
            Picture::Ready { thumbnail, .. } | Picture::Released { thumbnail, .. } => {
                Some(thumbnail)
            }
            Picture::Loading | Picture::Failed(_) => None,
        }
    }

    /// SHA-256 of the frame's pixels, once the photograph has been read.
    pub fn frame_sha256(&self) -> Option<&str> {
        match &self.picture {
            Picture::Ready { frame_sha256, .. } | Picture::Released { frame_sha256, .. } => {
                Some(frame_sha256)
            }
            Picture::Loading | Picture::Failed(_) => None,
        }
    }

    /// What a search or a file says about the photograph of its frame, if that has been read.
    pub(crate) fn subject(&self, color_handling: ColorHandling) -> Option<Subject> {
        let Picture::Ready {
            framing, sha256, ..
        } = &self.picture
        else {
            return None;
        };
        Some(Subject {
            image: self.name.clone(),
            image_sha256: sha256.clone(),
            framing: *framing,
            color_handling,
        })
    }

    /// The frame, if it is up to date: an outdated one is shown, but not judged.
    pub fn frame_to_judge(&self) -> Option<&Arc<Frame>> {
        self.frame().filter(|_| !self.outdated)
    }

    /// The model's newest answer, if it is for exactly the current sliders.
    pub fn current(&self) -> Option<&ModelAnswer> {
        self.answers.primary.current(&self.perturbation)
    }
}
