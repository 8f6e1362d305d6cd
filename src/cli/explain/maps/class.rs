//! The class and the number that a map by gradients is about, and the type that the gradients are computed in.

use clap::{Args, ValueEnum};

use flipscope_lab::explain::request::ScoreKind;

/// The number that a map by gradients is about.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ScoreFlag {
    /// The logit, before the softmax
    Logit,
    /// The probability
    Probability,
}

/// The class that a map by gradients is about.
#[derive(Debug, Args)]
pub(super) struct ClassFlags {
    /// The class; by default melanoma (of several classes that mean it, the most likely; with --score probability, their sum)
    #[arg(long, value_name = "NAME", help_heading = "Map")]
    pub(super) class: Option<String>,

    /// The number that is explained
    #[arg(long, value_enum, default_value = "logit", help_heading = "Map")]
    score: ScoreFlag,
}

/// The type that gradients are computed in.
#[derive(Debug, Args)]
pub(super) struct PrecisionFlags {
    /// Compute the gradients in f64, on the processor and more slowly: in f32, a ReLU whose input is 0 up to the rounding passes a
    /// gradient or does not, by chance. P(melanoma) stays that of `classify`
    #[arg(long, help_heading = "Map")]
    pub(super) double: bool,
}

impl ClassFlags {
    /// The number.
    pub(super) fn score(&self) -> ScoreKind {
        match self.score {
            ScoreFlag::Logit => ScoreKind::Logit,
            ScoreFlag::Probability => ScoreKind::Probability,
        }
    }
}
