//! The attacks: what each may change, and the parameters of its search.
//!
//! Each is a plain struct with two presets. `letter`: the values of the letter's public code (thelynchlab/adversarial,
//! `difev_adversarial.py`, 3 April 2020), or substitutes where the code has none; `default`: the product's own, with how they
//! differ. `Default` of each struct is its `default` preset.

mod colour;
mod early_stop;
mod fgsm;
mod genes;
mod grid;
mod pixels;
mod pose;
mod range;
mod unit;

use std::fmt;
use std::str::FromStr;

use flipscope_language::text;
use serde::{Deserialize, Serialize};

pub use colour::{Balance, Colour};
pub use early_stop::EarlyStop;
pub use fgsm::Fgsm;
pub(super) use genes::Genes;
pub use grid::Grid;
pub use pixels::Pixels;
pub use pose::Pose;
pub(crate) use pose::moved;
pub use unit::SizeUnit;

use super::error::SearchError;
use super::question::Preset;
use flipscope_image::perturb::{Perturbation, UnknownName};

/// One of the attacks with its parameters. In JSON: `"attack": NAME, "parameters": {…}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "attack", content = "parameters", rename_all = "kebab-case")]
pub enum Attack {
    /// Noise along the sign of the gradient.
    Fgsm(Fgsm),
    /// A few pixels of any colour.
    Pixels(Pixels),
    /// The colour balance.
    Colour(Colour),
    /// Rotation and shift.
    Pose(Pose),
    /// Every pose of a grid.
    Grid(Grid),
}

/// The attacks without their parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttackKind {
    /// [`Attack::Fgsm`].
    Fgsm,
    /// [`Attack::Pixels`].
    Pixels,
    /// [`Attack::Colour`].
    Colour,
    /// [`Attack::Pose`].
    Pose,
    /// [`Attack::Grid`].
    Grid,
}

impl AttackKind {
    /// Every attack, in menu order.
    pub const ALL: [Self; 5] = [
        Self::Fgsm,
        Self::Pixels,
        Self::Colour,
        Self::Pose,
        Self::Grid,
    ];

    /// Its name as people read it, in the thread's language.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Fgsm => text!("attack-fgsm"),
            Self::Pixels => text!("attack-pixels"),
            Self::Colour => text!("attack-colour"),
            Self::Pose => text!("attack-pose"),
            Self::Grid => text!("attack-grid"),
        }
    }

    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fgsm => "fgsm",
            Self::Pixels => "pixels",
            Self::Colour => "colour",
            Self::Pose => "pose",
            Self::Grid => "grid",
        }
    }
}

impl fmt::Display for AttackKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for AttackKind {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let found = Self::ALL.into_iter().find(|known| known.name() == name);
        found.ok_or_else(|| UnknownName {
            what: "attack",
            name: name.to_owned(),
            known: "fgsm, pixels, colour, pose, grid",
        })
    }
}

impl Attack {
    /// An attack with the parameters of a preset. `Custom` is not a preset: it gives the default.
    #[must_use]
    pub fn preset(kind: AttackKind, preset: Preset) -> Self {
        let letter = preset == Preset::Letter;
        match kind {
            AttackKind::Fgsm if letter => Self::Fgsm(Fgsm::letter()),
            AttackKind::Fgsm => Self::Fgsm(Fgsm::default()),
            AttackKind::Pixels if letter => Self::Pixels(Pixels::letter()),
            AttackKind::Pixels => Self::Pixels(Pixels::default()),
            AttackKind::Colour if letter => Self::Colour(Colour::letter()),
            AttackKind::Colour => Self::Colour(Colour::default()),
            AttackKind::Pose if letter => Self::Pose(Pose::letter()),
            AttackKind::Pose => Self::Pose(Pose::default()),
            AttackKind::Grid if letter => Self::Grid(Grid::letter()),
            AttackKind::Grid => Self::Grid(Grid::default()),
        }
    }

    /// Which preset it equals, if any.
    #[must_use]
    pub fn which_preset(&self) -> Preset {
        let is = |preset| *self == Self::preset(self.kind(), preset);
        if is(Preset::Letter) {
            Preset::Letter
        } else if is(Preset::Default) {
            Preset::Default
        } else {
            Preset::Custom
        }
    }

    /// Which attack it is.
    #[must_use]
    pub fn kind(&self) -> AttackKind {
        match self {
            Self::Fgsm(_) => AttackKind::Fgsm,
            Self::Pixels(_) => AttackKind::Pixels,
            Self::Colour(_) => AttackKind::Colour,
            Self::Pose(_) => AttackKind::Pose,
            Self::Grid(_) => AttackKind::Grid,
        }
    }

    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.kind().name()
    }

    /// The unit for the size of its changes.
    #[must_use]
    pub fn unit(&self) -> SizeUnit {
        match self {
            Self::Fgsm(_) => SizeUnit::Epsilon,
            Self::Pixels(_) => SizeUnit::PixelsSet,
            Self::Colour(_) => SizeUnit::DeltaE2000,
            Self::Pose(_) | Self::Grid(_) => SizeUnit::PixelsMoved,
        }
    }

    /// The perturbation that makes the frame to compare with: its field of view, and nothing else.
    #[must_use]
    pub fn of_original(&self) -> Perturbation {
        let field_of_view = match self {
            Self::Pose(pose) => pose.field_of_view,
            Self::Grid(grid) => grid.pose.field_of_view,
            Self::Fgsm(_) | Self::Pixels(_) | Self::Colour(_) => false,
        };
        Perturbation {
            field_of_view,
            ..Perturbation::default()
        }
    }

    /// Checks that its parameters are valid.
    ///
    /// # Errors
    /// The first parameter that is not.
    pub fn validate(&self) -> Result<(), SearchError> {
        match self {
            Self::Fgsm(fgsm) => fgsm.validate(),
            Self::Pixels(pixels) => pixels.validate(),
            Self::Colour(colour) => colour.validate(),
            Self::Pose(pose) => pose.validate(),
            Self::Grid(grid) => grid.validate(),
        }
    }
}
