//! Flags of each attack: what they replace in the preset.

use clap::{Args, ValueEnum};

use crate::cli::arguments::two;
use crate::cli::misuse;
use flipscope_image::perturb::{Fill, Sampling};
use flipscope_lab::search::attack::{Balance, Grid, Pose};
use flipscope_lab::search::evolution::Settings;
use flipscope_lab::search::{Attack, AttackKind, Preset};

/// `fgsm`.
#[derive(Debug, Clone, Args)]
pub(super) struct FgsmFlags {
    /// Largest change of a channel value, in units of 1 of 255 (letter and default: 8)
    #[arg(long, value_name = "1..255")]
    epsilon: Option<u8>,

    /// Steps along the sign of the gradient, recomputed for each (letter: 1, FGSM itself; more is I-FGSM, also called BIM;
    /// default: 10)
    #[arg(long, value_name = "N")]
    steps: Option<u32>,

    /// Change of a channel value in one step, if there are several (default: 2)
    #[arg(long, value_name = "1..255")]
    step: Option<u8>,
}

/// The population of an attack that uses differential evolution.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Population")]
pub(super) struct PopulationFlags {
    /// Members of the population for each number that varies (20)
    #[arg(long, value_name = "N")]
    population: Option<usize>,

    /// The most generations after the first population (21)
    #[arg(long, value_name = "N")]
    generations: Option<usize>,
}

/// `pixels`.
#[derive(Debug, Clone, Args)]
pub(super) struct PixelsFlags {
    /// How many pixels may be set (3)
    #[arg(long, value_name = "1..32")]
    count: Option<usize>,

    #[command(flatten)]
    population: PopulationFlags,
}

/// Which colour control varies.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum BalanceFlag {
    /// A factor per channel
    Gain,
    /// An offset per channel
    Offset,
    /// Both
    Both,
    /// The lamp's colour temperature
    Lamp,
}

/// `colour`.
#[derive(Debug, Clone, Args)]
pub(super) struct ColourFlags {
    /// Which colour control varies (gain)
    #[arg(long, value_enum)]
    balance: Option<BalanceFlag>,

    /// Smallest and largest gain of a channel (0.9,1.1)
    #[arg(long, value_name = "LOW,HIGH", value_parser = two, allow_hyphen_values = true)]
    gain: Option<[f64; 2]>,

    /// Smallest and largest offset of a channel, in units of 1 of 255 (-10,10)
    #[arg(long, value_name = "LOW,HIGH", value_parser = two, allow_hyphen_values = true)]
    offset: Option<[f64; 2]>,

    /// Lowest and highest colour temperature of the lamp (2700,10000)
    #[arg(long, value_name = "LOW,HIGH", value_parser = two)]
    kelvin: Option<[f64; 2]>,

    #[command(flatten)]
    population: PopulationFlags,
}

/// The bounds of `pose` and `grid`.
#[derive(Debug, Clone, Args)]
pub(super) struct PoseFlags {
    /// Smallest and largest rotation, degrees counter-clockwise (letter: 0,360; default: -180,180)
    #[arg(long, value_name = "LOW,HIGH", value_parser = two, allow_hyphen_values = true)]
    rotate: Option<[f64; 2]>,

    /// Smallest and largest shift to the right, pixels of the frame (letter: -50,0; default: -50,50)
    #[arg(long, value_name = "LOW,HIGH", value_parser = two, allow_hyphen_values = true)]
    shift_x: Option<[f64; 2]>,

    /// Smallest and largest shift down, pixels of the frame (letter: -50,0; default: -50,50)
    #[arg(long, value_name = "LOW,HIGH", value_parser = two, allow_hyphen_values = true)]
    shift_y: Option<[f64; 2]>,

    /// Resampling: nearest (letter) or bilinear (default)
    #[arg(long)]
    sampling: Option<Sampling>,

    /// What fills the uncovered area: black (letter), mean-skin (default), edge or reflect
    #[arg(long)]
    fill: Option<Fill>,

    /// A circular field of view on both the original and the altered frame, so that the corners do not give it away
    #[arg(long)]
    field_of_view: bool,
}

/// The density of `grid`.
#[derive(Debug, Clone, Args)]
pub(super) struct GridFlags {
    #[command(flatten)]
    pose: PoseFlags,

    /// Number of rotations (31)
    #[arg(long, value_name = "N")]
    rotations: Option<usize>,

    /// Number of shifts along either axis (5)
    #[arg(long, value_name = "N")]
    shifts: Option<usize>,

    /// The finer grid: 61 rotations × 9 × 9 shifts
    #[arg(long, conflicts_with_all = ["rotations", "shifts"])]
    fine: bool,
}

impl PopulationFlags {
    fn set(&self, settings: &mut Settings) {
        settings.population_per_gene = self.population.unwrap_or(settings.population_per_gene);
        settings.generations = self.generations.unwrap_or(settings.generations);
    }
}

impl FgsmFlags {
    pub(super) fn attack(&self, preset: Preset) -> Attack {
        let mut attack = Attack::preset(AttackKind::Fgsm, preset);
        if let Attack::Fgsm(fgsm) = &mut attack {
            fgsm.epsilon = self.epsilon.unwrap_or(fgsm.epsilon);
            fgsm.steps = self.steps.unwrap_or(fgsm.steps);
            fgsm.step = self.step.unwrap_or(fgsm.step);
        }
        attack
    }
}

impl PixelsFlags {
    pub(super) fn attack(&self, preset: Preset) -> Attack {
        let mut attack = Attack::preset(AttackKind::Pixels, preset);
        if let Attack::Pixels(pixels) = &mut attack {
            pixels.count = self.count.unwrap_or(pixels.count);
            self.population.set(&mut pixels.evolution);
        }
        attack
    }
}

impl ColourFlags {
    /// Bounds of what does not vary are a mistake, not a wish.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        use BalanceFlag::{Both, Gain, Lamp, Offset};
        let balance = self.balance.unwrap_or(Gain);
        for (given, fits, flag, wanted) in [
            (
                self.gain.is_some(),
                matches!(balance, Gain | Both),
                "--gain",
                "gain or both",
            ),
            (
                self.offset.is_some(),
                matches!(balance, Offset | Both),
                "--offset",
                "offset or both",
            ),
            (
                self.kelvin.is_some(),
                matches!(balance, Lamp),
                "--kelvin",
                "lamp",
            ),
        ] {
            if given && !fits {
                return Err(misuse(format_args!(
                    "{flag} needs --balance {wanted}: nothing else varies it"
                )));
            }
        }
        Ok(())
    }

    pub(super) fn attack(&self, preset: Preset) -> Attack {
        let mut attack = Attack::preset(AttackKind::Colour, preset);
        if let Attack::Colour(colour) = &mut attack {
            colour.balance = match self.balance {
                Some(BalanceFlag::Gain) => Balance::Gain,
                Some(BalanceFlag::Offset) => Balance::Offset,
                Some(BalanceFlag::Both) => Balance::Both,
                Some(BalanceFlag::Lamp) => Balance::Lamp,
                None => colour.balance,
            };
            colour.gain = self.gain.unwrap_or(colour.gain);
            colour.offset = self.offset.unwrap_or(colour.offset);
            colour.kelvin = self.kelvin.unwrap_or(colour.kelvin);
            self.population.set(&mut colour.evolution);
        }
        attack
    }
}

impl PoseFlags {
    fn set(&self, pose: &mut Pose) {
        pose.rotate = self.rotate.unwrap_or(pose.rotate);
        pose.shift_x = self.shift_x.unwrap_or(pose.shift_x);
        pose.shift_y = self.shift_y.unwrap_or(pose.shift_y);
        pose.sampling = self.sampling.unwrap_or(pose.sampling);
        pose.fill = self.fill.unwrap_or(pose.fill);
        pose.field_of_view |= self.field_of_view;
    }

    pub(super) fn attack(&self, preset: Preset, population: &PopulationFlags) -> Attack {
        let mut attack = Attack::preset(AttackKind::Pose, preset);
        if let Attack::Pose(pose) = &mut attack {
            self.set(pose);
            population.set(&mut pose.evolution);
        }
        attack
    }
}

impl GridFlags {
    pub(super) fn attack(&self, preset: Preset) -> Attack {
        let mut attack = Attack::preset(AttackKind::Grid, preset);
        if let Attack::Grid(grid) = &mut attack {
            self.pose.set(&mut grid.pose);
            if self.fine {
                *grid = Grid::fine(grid.pose.clone());
            }
            grid.rotations = self.rotations.unwrap_or(grid.rotations);
            grid.shifts = self.shifts.unwrap_or(grid.shifts);
        }
        attack
    }
}
