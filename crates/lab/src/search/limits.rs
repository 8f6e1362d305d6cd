//! What an attack can be asked: which strategies it can follow, and how many frames they take at most.

use super::attack::{Attack, AttackKind};
use super::error::SearchError;
use super::guided;
use super::question::{Mode, Preset};
use super::strategy::Strategy;
use flipscope_language::text;

impl AttackKind {
    /// The strategy where nothing else is said: the letter's searches are evolution, all others [`Strategy::Auto`].
    #[must_use]
    pub fn strategy(self, preset: Preset) -> Strategy {
        match (preset, self) {
            (Preset::Letter, Self::Colour | Self::Pose | Self::Pixels) => Strategy::Evolution,
            _ => Strategy::Auto,
        }
    }
}

impl Attack {
    /// Checks that the attack can follow a strategy.
    ///
    /// # Errors
    /// If it cannot: noise is made of the gradient, a grid has an order of its own, and a few pixels have too many numbers for
    /// DIRECT.
    pub fn check_strategy(&self, strategy: Strategy) -> Result<(), SearchError> {
        let reason = match (self, strategy) {
            (_, Strategy::Exhaustive) => text!("strategy-exhaustive-is-proof"),
            (Self::Fgsm(_), Strategy::Auto | Strategy::Gradient)
            | (Self::Grid(_), Strategy::Auto)
            | (Self::Colour(_) | Self::Pose(_), _) => return Ok(()),
            (Self::Fgsm(_), _) => text!("strategy-of-noise"),
            (Self::Grid(_), _) => text!("strategy-of-grid"),
            (Self::Pixels(_), Strategy::Direct) => {
                text!("strategy-of-pixels")
            }
            (Self::Pixels(_), _) => return Ok(()),
        };
        Err(SearchError::Parameter {
            parameter: "strategy",
            reason,
        })
    }

    /// Whether there is more than one way to search.
    #[must_use]
    pub fn has_strategies(&self) -> bool {
        matches!(self, Self::Colour(_) | Self::Pose(_) | Self::Pixels(_))
    }

    /// The most frames that a search takes within its bounds; for the smallest change, a first estimate.
    #[must_use]
    pub fn evaluations(&self, mode: Mode, strategy: Strategy) -> u64 {
        let (once, before) = match self {
            Self::Fgsm(fgsm) if mode == Mode::Smallest => return fgsm.evaluations_of_smallest(),
            Self::Fgsm(fgsm) => return u64::from(fgsm.steps) + 1,
            Self::Grid(grid) => return grid.count() as u64,
            Self::Pixels(pixels) => (
                pixels.evolution.max_evaluations(&pixels.bounds()),
                guided::evaluations_of_pixels(pixels.count),
            ),
            Self::Colour(colour) => (
                colour.evolution.max_evaluations(&colour.bounds()),
                guided::evaluations_before_evolution(colour, mode),
            ),
            Self::Pose(pose) => (
                pose.evolution.max_evaluations(&pose.bounds()),
                guided::evaluations_before_evolution(pose, mode),
            ),
        };
        match (strategy, mode) {
            (Strategy::Auto, Mode::Smallest) if !matches!(self, Self::Pixels(_)) => before,
            (Strategy::Auto, _) => before + once,
            (Strategy::Gradient, _) => before,
            (Strategy::Evolution, Mode::Smallest) => once * 2,
            (
                Strategy::Evolution | Strategy::Direct | Strategy::Random | Strategy::Exhaustive,
                _,
            ) => once,
        }
    }
}
