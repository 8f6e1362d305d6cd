//! Colour balance: gain, offset, or both, one gene per channel.

use serde::{Deserialize, Serialize};

use super::early_stop::{EarlyStop, check_stop};
use super::genes::{Genes, letter_settings};
use super::range::check_range;
use crate::search::error::SearchError;
use crate::search::evolution::Settings;
use flipscope_image::perturb::Perturbation;

/// Which of the two colour controls vary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Balance {
    /// A factor per channel: what the letter's search varies.
    #[default]
    Gain,
    /// An offset per channel: what the letter's systematic study varies.
    Offset,
    /// Both.
    Both,
}

/// The colour attack. In both modes the size of a change is the mean ΔE2000.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Colour {
    /// Which controls vary.
    pub balance: Balance,
    /// Smallest and largest gain of every channel, 0 to 10; used if gain varies.
    pub gain: [f64; 2],
    /// Smallest and largest offset of every channel, −255 to 255; used if offset varies.
    pub offset: [f64; 2],
    /// The population.
    pub evolution: Settings,
    /// When to stop early.
    pub early_stop: EarlyStop,
}

impl Colour {
    /// The letter's `ColorAttack`: gain 0.9 to 1.1 per channel. (Its offset is not used: ±10 is that of its systematic study.)
    #[must_use]
    pub fn letter() -> Self {
        Self {
            balance: Balance::Gain,
            gain: [0.9, 1.1],
            offset: [-10.0, 10.0],
            evolution: letter_settings(),
            early_stop: EarlyStop::LETTER,
        }
    }

    pub(super) fn validate(&self) -> Result<(), SearchError> {
        let (gain, offset) = (Perturbation::MAX_GAIN, Perturbation::MAX_OFFSET);
        check_range(
            "gain",
            self.gain,
            [0.0, gain],
            "give two numbers from 0 to 10, the lower one first",
        )?;
        check_range(
            "offset",
            self.offset,
            [-offset, offset],
            "give two numbers from −255 to 255, the lower one first",
        )?;
        check_stop(self.early_stop)
    }

    /// Lower and upper bound of each gene.
    #[must_use]
    pub fn bounds(&self) -> Vec<[f64; 2]> {
        Genes::bounds(self)
    }

    fn varies(&self) -> (bool, bool) {
        match self.balance {
            Balance::Gain => (true, false),
            Balance::Offset => (false, true),
            Balance::Both => (true, true),
        }
    }
}

/// The letter's bounds and population; stops after the first population if that is enough.
impl Default for Colour {
    fn default() -> Self {
        Self {
            early_stop: EarlyStop::DEFAULT,
            ..Self::letter()
        }
    }
}

impl Genes for Colour {
    fn bounds(&self) -> Vec<[f64; 2]> {
        let (gain, offset) = self.varies();
        let mut bounds = Vec::new();
        bounds.extend(gain.then_some([self.gain; 3]).into_iter().flatten());
        bounds.extend(offset.then_some([self.offset; 3]).into_iter().flatten());
        bounds
    }

    fn identity(&self) -> Vec<f64> {
        let (gain, offset) = self.varies();
        let mut genes = Vec::new();
        genes.extend(gain.then_some([1.0; 3]).into_iter().flatten());
        genes.extend(offset.then_some([0.0; 3]).into_iter().flatten());
        genes
    }

    fn is_colour(&self) -> bool {
        true
    }

    fn perturbation(&self, genes: &[f64]) -> Perturbation {
        let mut p = Perturbation::default();
        let (gain, offset) = self.varies();
        let mut genes = genes.iter().copied();
        if gain {
            p.gain = [(); 3].map(|()| genes.next().unwrap_or(1.0));
        }
        if offset {
            p.offset = [(); 3].map(|()| genes.next().unwrap_or(0.0));
        }
        p
    }
}
