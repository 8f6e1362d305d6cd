//! Colour balance: gain, offset, or both, one gene per channel; or the lamp, one gene.

use flipscope_language::text;
use serde::{Deserialize, Serialize};

use super::early_stop::{EarlyStop, check_stop};
use super::genes::{Genes, letter_settings};
use super::range::{check_range, check_some_vary};
use crate::search::error::SearchError;
use crate::search::evolution::Settings;
use flipscope_image::perturb::{NEUTRAL_KELVIN, Perturbation};

/// Which of the colour controls vary.
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
    /// The lamp's colour temperature, one number for all channels.
    Lamp,
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
    /// Lowest and highest colour temperature of the lamp, 1,700 to 25,000 K; used if the lamp varies. Not written where it is the
    /// usual one, as older versions do not know it.
    #[serde(skip_serializing_if = "is_usual")]
    pub kelvin: [f64; 2],
    /// The population.
    pub evolution: Settings,
    /// When to stop early.
    pub early_stop: EarlyStop,
}

/// From an incandescent lamp to a blue sky, in kelvin.
const KELVIN: [f64; 2] = [2_700.0, 10_000.0];

fn is_usual(kelvin: &[f64; 2]) -> bool {
    *kelvin == KELVIN
}

impl Colour {
    /// The letter's `ColorAttack`: gain 0.9 to 1.1 per channel. (Its offset is not used: ±10 is that of its systematic study.)
    #[must_use]
    pub fn letter() -> Self {
        Self {
            balance: Balance::Gain,
            gain: [0.9, 1.1],
            offset: [-10.0, 10.0],
            kelvin: KELVIN,
            evolution: letter_settings(),
            early_stop: EarlyStop::LETTER,
        }
    }

    pub(super) fn validate(&self) -> Result<(), SearchError> {
        let (gain, offset) = (Perturbation::MAX_GAIN, Perturbation::MAX_OFFSET);
        check_range("gain", self.gain, [0.0, gain], text!("bound-gain-range"))?;
        check_range(
            "offset",
            self.offset,
            [-offset, offset],
            text!("bound-offset-range"),
        )?;
        check_range(
            "kelvin",
            self.kelvin,
            Perturbation::KELVIN,
            text!("bound-kelvin-range"),
        )?;
        let varied = match self.balance {
            Balance::Gain => "gain",
            Balance::Offset => "offset",
            Balance::Both => "gain, offset",
            Balance::Lamp => "kelvin",
        };
        check_some_vary(varied, &self.bounds(), text!("bound-empty-range"))?;
        self.evolution.validate(&self.bounds())?;
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
            Balance::Lamp => (false, false),
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
        bounds.extend((self.balance == Balance::Lamp).then_some(self.kelvin));
        bounds
    }

    fn identity(&self) -> Vec<f64> {
        let (gain, offset) = self.varies();
        let mut genes = Vec::new();
        genes.extend(gain.then_some([1.0; 3]).into_iter().flatten());
        genes.extend(offset.then_some([0.0; 3]).into_iter().flatten());
        genes.extend((self.balance == Balance::Lamp).then_some(NEUTRAL_KELVIN));
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
        if self.balance == Balance::Lamp {
            p.kelvin = genes.next().unwrap_or(NEUTRAL_KELVIN);
        }
        p
    }
}
