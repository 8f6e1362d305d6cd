//! The page *Explain* as plain data.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::Map;
use flipscope_lab::explain::check::{Comparison, Curves};
use flipscope_lab::explain::figure::{Caption, Range};
use flipscope_lab::explain::occlusion::Occlusion;
use flipscope_lab::explain::request::{MapMethod, MapRequest, ScoreKind};
use flipscope_lab::explain::saliency::{Integrated, SmoothGrad};

use crate::explorer::explore::lesion::LesionId;

/// Identifies one piece of work of this page for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExplainId(pub u64);

/// How a map is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MethodChoice {
    /// A square of the mean colour over each place.
    #[default]
    Occlusion,
    /// Gradient × input.
    Gradient,
    /// The mean gradient of noisy copies.
    Smoothgrad,
    /// Integrated gradients.
    Integrated,
    /// Grad-CAM at the last block.
    Gradcam,
}

impl MethodChoice {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 5] = [
        Self::Occlusion,
        Self::Gradient,
        Self::Smoothgrad,
        Self::Integrated,
        Self::Gradcam,
    ];

    /// The name of its files.
    pub(crate) fn file_name(self) -> &'static str {
        match self {
            Self::Occlusion => "occlusion",
            Self::Gradient => "gradient",
            Self::Smoothgrad => "smoothgrad",
            Self::Integrated => "integrated",
            Self::Gradcam => "gradcam",
        }
    }
}

/// The form for the next map.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// How it is made.
    pub method: MethodChoice,
    /// The squares of an occlusion.
    pub occlusion: Occlusion,
    /// The noise of `SmoothGrad`.
    pub smooth: SmoothGrad,
    /// The steps of integrated gradients.
    pub integrated: Integrated,
    /// The class that the map is about; melanoma if none is named.
    pub class: Option<String>,
    /// Of a gradient: logit or probability.
    pub score: ScoreKind,
    /// Whether the unaltered picture has a map too, if the sliders alter it.
    pub both: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            method: MethodChoice::default(),
            occlusion: Occlusion::default(),
            smooth: SmoothGrad::default(),
            integrated: Integrated::default(),
            class: None,
            score: ScoreKind::default(),
            both: true,
        }
    }
}

impl Settings {
    /// The map that it asks for.
    pub fn request(&self) -> MapRequest {
        let method = match self.method {
            MethodChoice::Occlusion => MapMethod::Occlusion(self.occlusion),
            MethodChoice::Gradient => MapMethod::Gradient,
            MethodChoice::Smoothgrad => MapMethod::Smoothgrad(self.smooth),
            MethodChoice::Integrated => MapMethod::Integrated(self.integrated),
            MethodChoice::Gradcam => MapMethod::Gradcam,
        };
        MapRequest {
            method,
            class: self.class.clone(),
            score: self.score,
        }
    }
}

/// What a piece of work makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A map.
    Map,
    /// Deletion and insertion curves of a map.
    Curves,
    /// The same map of random weights.
    RandomWeights,
}

/// The piece of work under way.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its identifier in answers.
    pub id: ExplainId,
    /// What it makes.
    pub kind: Kind,
    /// For which lesion.
    pub lesion: LesionId,
    /// That lesion's name.
    pub name: String,
    /// Cancels it.
    pub cancel: Cancel,
    /// Inputs that the network has judged, and how many there are; 0 until that is known.
    pub progress: [usize; 2],
}

/// A map of one frame, ready to be painted.
#[derive(Clone, Debug)]
pub struct Pictured {
    /// The frame that was explained.
    pub frame: Arc<Frame>,
    /// The same in grey.
    pub grey: Arc<Frame>,
    /// The map.
    pub map: Map,
    /// A value for each pixel of the frame, row by row.
    pub values: Vec<f32>,
    /// Its colours, as red, green, blue and opacity; none if there is nothing to paint.
    pub colours: Option<(Range, Vec<u8>)>,
}

/// What was made for one lesion.
#[derive(Clone, Debug)]
pub struct Explained {
    /// Identifies it: what is drawn from it is kept under this number.
    pub id: ExplainId,
    /// Of which lesion.
    pub lesion: LesionId,
    /// How it was made.
    pub settings: Settings,
    /// The model, by its number in this run.
    pub generation: u64,
    /// What the sliders said.
    pub perturbation: Arc<Perturbation>,
    /// The maps: of the altered frame last; before it, if that was wanted, of the unaltered one.
    pub pictures: Vec<Pictured>,
    /// The unaltered frame, if the explained one is another.
    pub original: Option<Arc<Frame>>,
    /// What a figure says about lesion and model.
    pub caption: Caption,
}

impl Explained {
    /// The map of what the sliders said.
    pub fn newest(&self) -> Option<&Pictured> {
        self.pictures.last()
    }
}

/// A map with the checks that were made of it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What was made.
    pub explained: Arc<Explained>,
    /// What happens as the pixels that it names are covered or uncovered.
    pub curves: Option<Curves>,
    /// How alike it is to the map of random weights.
    pub random: Option<Comparison>,
}

/// The state of the page.
#[derive(Clone, Debug)]
pub struct Explain {
    /// The form.
    pub settings: Settings,
    /// Opacity of the maps over the pictures, 0 to 1.
    pub opacity: f32,
    /// What is under way.
    pub task: Option<Task>,
    /// The maps that were made: the newest last, at most one for a lesion.
    pub kept: Vec<Kept>,
    /// Files that are being written.
    pub writing: usize,
}

impl Default for Explain {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            opacity: 0.6,
            task: None,
            kept: Vec::new(),
            writing: 0,
        }
    }
}

impl Explain {
    /// Maps that are kept: some megabytes each.
    const MOST: usize = 16;

    /// The map of a lesion.
    pub fn of(&self, lesion: LesionId) -> Option<&Kept> {
        self.kept
            .iter()
            .find(|kept| kept.explained.lesion == lesion)
    }

    /// Keeps a map, in place of an earlier one of the same lesion.
    pub(crate) fn keep(&mut self, explained: Arc<Explained>) {
        let lesion = explained.lesion;
        self.kept.retain(|kept| kept.explained.lesion != lesion);
        self.kept.push(Kept {
            explained,
            curves: None,
            random: None,
        });
        if self.kept.len() > Self::MOST {
            self.kept.remove(0);
        }
    }
}
