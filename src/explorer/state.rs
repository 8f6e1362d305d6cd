//! What the window shows, as plain data. Changed by [`super::apply`] only; threads, textures and channels live outside.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use flipscope_base::text::printable;
use flipscope_image::distance::difference;
use flipscope_image::lesion::{Frame, Framing, Photograph, Raster, Reading};
use flipscope_image::perturb::Perturbation;
use flipscope_model::scheduler::{Loaded, Seat, Seats};
use flipscope_model::{Account, DeviceChoice, Label, ModelInfo, ModelSource, Verdict};

use super::history::History;
use super::losses::Leaving;
use super::reader_studies::ReaderStudies;
use super::searches::Searches;
use super::studies::Studies;
use super::tracks::Tracks;
use super::wording;

/// Names one lesion of the library for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LesionId(pub u64);

/// Where the picture of a lesion is read from, and read again when framing or reading change.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// One of the embedded synthetic samples, by index.
    Sample(usize),
}

/// How far the reading of a lesion is.
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
        /// What is known of the file: format, size, orientation, profile, notes.
        facts: Vec<String>,
        /// The framing that made the frame.
        framing: Framing,
        /// SHA-256 of the file; `None` for a drawing.
        sha256: Option<String>,
    },
    /// Decoded and framed, of which a thumbnail is left: a list of thousands does not fit into memory. It is read again where its frame
    /// is needed.
    Released {
        /// SHA-256 of the frame's pixels.
        frame_sha256: String,
        /// The frame as the list shows it.
        thumbnail: Arc<Raster>,
    },
    /// Why it could not be read.
    Failed(String),
}

/// Whether the thread that reads photographs was asked for one and has not answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Requested {
    /// It was not asked.
    #[default]
    No,
    /// After those that were asked for before.
    InTurn,
    /// Before all others.
    AtOnce,
}

/// An answer of the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// What it said.
    pub verdict: Verdict,
    /// What was judged.
    pub perturbation: Arc<Perturbation>,
    /// What the verdict cost, and where it was made.
    pub account: Account,
    /// From the hand's move to the answer, milliseconds.
    pub total_ms: f32,
}

/// What one model says of a lesion.
#[derive(Clone, Debug, Default)]
pub struct Opinion {
    /// Verdict of the frame as it is (with the field of view, if one is set).
    pub before: Option<Judged>,
    /// Newest verdict of the altered frame.
    pub after: Option<Judged>,
    /// P(melanoma) of the altered frame over time, newest last.
    pub trace: VecDeque<TracePoint>,
    /// P(melanoma) along the sliders.
    pub tracks: Tracks,
}

impl Opinion {
    /// Length of the trace in answers.
    pub const TRACE: usize = 400;

    /// The newest answer for exactly this perturbation.
    pub fn current(&self, perturbation: &Perturbation) -> Option<&Judged> {
        self.after
            .as_ref()
            .filter(|judged| *judged.perturbation == *perturbation)
    }

    /// The answers for the original and for exactly this perturbation, once both are there. Until then nothing can be said of a
    /// change or a flip.
    pub fn answered(&self, perturbation: &Perturbation) -> Option<[&Judged; 2]> {
        Some([self.before.as_ref()?, self.current(perturbation)?])
    }
}

/// One lesion of the library.
#[derive(Clone, Debug)]
pub struct Lesion {
    /// Its name in commands and answers.
    pub id: LesionId,
    /// Where it is read from.
    pub origin: Origin,
    /// Name of its file, or of the sample; shown as [`Lesion::shown`].
    pub name: String,
    /// One line below the name, e.g. what a sample imitates.
    pub caption: Option<String>,
    /// The picture, as far as it is there.
    pub picture: Picture,
    /// Whether its frame is of an earlier framing or reading, and the one that is wanted is on its way.
    pub outdated: bool,
    /// Whether it is being read.
    pub requested: Requested,
    /// What the sliders say.
    pub perturbation: Arc<Perturbation>,
    /// What the model says of it, and the one beside it.
    pub said: Seats<Opinion>,
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
    /// Its name as it is shown: control characters escaped.
    pub fn shown(&self) -> Cow<'_, str> {
        printable(&self.name)
    }

    /// Whether it is one of the synthetic samples.
    pub fn is_synthetic(&self) -> bool {
        matches!(self.origin, Origin::Sample(_))
    }

    /// Forgets what was said of the frame as it is: with another field of view it is another one.
    pub(super) fn forget_originals(&mut self) {
        for seat in Seat::ALL {
            self.said.of_mut(seat).before = None;
        }
    }

    /// The frame, if the picture is there.
    pub fn frame(&self) -> Option<&Arc<Frame>> {
        match &self.picture {
            Picture::Ready { frame, .. } => Some(frame),
            _ => None,
        }
    }

    /// The frame as the list shows it, once the photograph was read.
    pub fn thumbnail(&self) -> Option<&Arc<Raster>> {
        match &self.picture {
            Picture::Ready { thumbnail, .. } | Picture::Released { thumbnail, .. } => {
                Some(thumbnail)
            }
            Picture::Loading | Picture::Failed(_) => None,
        }
    }

    /// SHA-256 of the frame's pixels, once the photograph was read.
    pub fn frame_sha256(&self) -> Option<&str> {
        match &self.picture {
            Picture::Ready { frame_sha256, .. } | Picture::Released { frame_sha256, .. } => {
                Some(frame_sha256)
            }
            Picture::Loading | Picture::Failed(_) => None,
        }
    }

    /// The frame, if it is the one that is wanted: an outdated one is shown, and not judged.
    pub fn frame_to_judge(&self) -> Option<&Arc<Frame>> {
        self.frame().filter(|_| !self.outdated)
    }

    /// The model's newest answer for exactly what the sliders say now.
    pub fn current(&self) -> Option<&Judged> {
        self.said.first.current(&self.perturbation)
    }
}

/// How the two pictures are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Original left, altered right.
    #[default]
    SideBySide,
    /// One picture, original left of a line, altered right of it.
    Wipe,
    /// One picture, original and altered in turn.
    Blink,
    /// The signed difference, enlarged: [`flipscope_image::distance::difference`].
    Difference,
}

impl Layout {
    /// Every layout, in the order of the toolbar and of the keys 1 to 4.
    pub const ALL: [Self; 4] = [Self::SideBySide, Self::Wipe, Self::Blink, Self::Difference];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::SideBySide => "Side by side",
            Self::Wipe => "Wipe",
            Self::Blink => "Blink",
            Self::Difference => "Difference",
        }
    }
}

/// How the pictures are looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Arrangement of original and altered.
    pub layout: Layout,
    /// Where the wipe's line stands, 0 (left) to 1.
    pub wipe: f32,
    /// Factor of the difference.
    pub difference_gain: f32,
    /// 1 shows the whole frame.
    pub zoom: f32,
    /// Centre of what is shown, in 0..1 of the frame.
    pub centre: [f32; 2],
    /// The photograph's own pixels instead of the 299 × 299 that the network sees.
    pub full_resolution: bool,
}

impl Default for View {
    fn default() -> Self {
        Self {
            layout: Layout::SideBySide,
            wipe: 0.5,
            difference_gain: difference::GAIN,
            zoom: 1.0,
            centre: [0.5, 0.5],
            full_resolution: false,
        }
    }
}

/// What is known of the model in one seat.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The one that answers now.
    pub ready: Option<ReadyModel>,
    /// The one being loaded.
    pub loading: Option<ModelSource>,
}

/// A loaded model.
#[derive(Clone, Debug)]
pub struct ReadyModel {
    /// Where it came from.
    pub source: ModelSource,
    /// What its checkpoint says.
    pub info: ModelInfo,
    /// The device that was asked for.
    pub choice: DeviceChoice,
    /// The device that answers, in words.
    pub device: Arc<str>,
    /// The type that it computes in.
    pub precision: &'static str,
    /// Counts the models of this run, so that answers of an earlier one are not mixed in.
    pub generation: u64,
}

impl ReadyModel {
    /// What a job is given of it.
    pub fn loaded(&self) -> Loaded {
        Loaded {
            info: self.info.clone(),
            device: Arc::clone(&self.device),
            note: None,
            precision: self.precision,
            generation: self.generation,
        }
    }
}

/// What the window is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Page {
    /// One lesion, by hand.
    #[default]
    Explore,
    /// A whole labelled set.
    Study,
    /// People, beside the network.
    Readers,
}

/// What the right side of the window shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tool {
    /// The sliders.
    #[default]
    Alter,
    /// Searches and findings.
    Search,
}

/// How grave a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    /// Something went well; goes away by itself.
    Note,
    /// Something was assumed or left out.
    Warning,
    /// Something was not done.
    Error,
}

/// A message to the person, shown until dismissed (a note: for some seconds).
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Its name in commands.
    pub id: u64,
    /// How grave it is.
    pub gravity: Gravity,
    /// What happened, to which file, and what to do.
    pub text: String,
    /// When it came, or was looked at last.
    pub at: Instant,
    /// How often the same was said.
    pub count: usize,
    /// The page that it belongs to, and leaves with; none where it is of the whole window.
    pub page: Option<Page>,
}

impl Message {
    /// How often a note that somebody looks at is kept anew.
    pub(super) const READ: Duration = Duration::from_secs(1);

    /// Whether something was not done.
    pub fn is_error(&self) -> bool {
        self.gravity == Gravity::Error
    }
}

/// Which help is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Help {
    /// None.
    #[default]
    Closed,
    /// The keys.
    Keys,
    /// What this is, and what it is not.
    About,
    /// The model card.
    Model,
}

/// Background questions whose answers are still to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// About the bands of the explored lesion.
    pub bands: usize,
    /// About the list.
    pub list: usize,
}

/// Everything that the window shows.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// What the window is used for.
    pub page: Page,
    /// The lesions, in the order of the list.
    pub lesions: Vec<Lesion>,
    /// The one that is explored.
    pub selected: Option<LesionId>,
    /// The part of the list that is in sight, by places.
    pub in_sight: Range<usize>,
    /// What the network has still to answer in the background.
    pub waiting: Waiting,
    /// How it is looked at.
    pub view: View,
    /// The network.
    pub model: Model,
    /// The one that it is compared with, if any.
    pub beside: Model,
    /// Where models are loaded.
    pub device: DeviceChoice,
    /// Checkpoints that were loaded in this run and, where the window remembers, in earlier ones; the newest first.
    pub recent: Vec<PathBuf>,
    /// A threshold set by hand; else the model's.
    pub threshold: Option<f32>,
    /// A framing set by hand; else the model's.
    pub framing: Option<Framing>,
    /// How files are read.
    pub reading: Reading,
    /// Undo and redo.
    pub history: History,
    /// What the right side shows.
    pub tool: Tool,
    /// Searches and findings.
    pub searches: Searches,
    /// Studies.
    pub studies: Studies,
    /// Reader studies.
    pub reader_studies: ReaderStudies,
    /// Messages, oldest first.
    pub messages: Vec<Message>,
    /// Whether all messages are shown in front of the page.
    pub all_messages: bool,
    /// Folders being listed right now.
    pub listing: usize,
    /// The open help window.
    pub help: Help,
    /// What a person has asked for that would lose something, until it is decided.
    pub leaving: Option<Leaving>,
    pub(super) next_id: u64,
}

impl State {
    /// A new number, unique in this run.
    pub fn fresh_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// The model of a seat.
    pub fn model_of(&self, seat: Seat) -> &Model {
        match seat {
            Seat::First => &self.model,
            Seat::Second => &self.beside,
        }
    }

    /// The model of a seat, to be changed.
    pub(super) fn model_of_mut(&mut self, seat: Seat) -> &mut Model {
        match seat {
            Seat::First => &mut self.model,
            Seat::Second => &mut self.beside,
        }
    }

    /// The threshold in force: the hand's, else the model's, else 0.5.
    pub fn threshold(&self) -> f32 {
        self.threshold_of(Seat::First)
    }

    /// The threshold of a seat: the hand's, else its model's, else 0.5.
    pub fn threshold_of(&self, seat: Seat) -> f32 {
        let ready = self.model_of(seat).ready.as_ref();
        self.threshold
            .or_else(|| ready.map(|model| model.info.threshold))
            .unwrap_or(0.5)
    }

    /// The framing in force: the hand's, else the model's, else the default.
    pub fn framing(&self) -> Framing {
        self.framing
            .or_else(|| self.model.ready.as_ref().map(|model| model.info.framing))
            .unwrap_or_default()
    }

    /// A lesion by its id.
    pub fn lesion(&self, id: LesionId) -> Option<&Lesion> {
        self.lesions.iter().find(|lesion| lesion.id == id)
    }

    /// A lesion by its id, to be changed.
    pub(super) fn lesion_mut(&mut self, id: LesionId) -> Option<&mut Lesion> {
        self.lesions.iter_mut().find(|lesion| lesion.id == id)
    }

    /// The selected lesion.
    pub fn current(&self) -> Option<&Lesion> {
        self.selected.and_then(|id| self.lesion(id))
    }

    /// Label of a verdict at the threshold in force.
    pub fn label(&self, verdict: &Verdict) -> Label {
        verdict.label(self.threshold())
    }

    /// Adds a message.
    pub(super) fn say(&mut self, gravity: Gravity, text: impl Into<String>) {
        let id = self.fresh_id();
        let text = wording::in_window(&text.into());
        // The same message again is counted, and the newest.
        let same = |message: &Message| message.text == text && message.gravity == gravity;
        let earlier = self.messages.iter().position(same);
        let earlier = earlier.map(|at| self.messages.remove(at));
        self.messages.push(Message {
            id,
            gravity,
            text,
            at: Instant::now(),
            count: 1 + earlier.map_or(0, |message| message.count),
            page: None,
        });
    }
}
