//! How a search looks for what it is asked: the strategies.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use flipscope_image::perturb::UnknownName;

/// How a search looks for what it is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// The cheapest looks first, then more and more thorough ones, evolution last with what is left of the budget.
    #[default]
    Auto,
    /// Differential evolution alone (the letter's).
    Evolution,
    /// Along the gradient of the network alone.
    Gradient,
    /// DIRECT alone (Jones, Perttunen and Stuckman 1993, J Optim Theory Appl 79: 157): divides the bounds into ever smaller boxes.
    Direct,
    /// Uniform random draws: a baseline.
    Random,
    /// Every frame of a box, one after another: how a proof finds a flip. Nothing to ask a search for.
    Exhaustive,
}

impl Strategy {
    /// Every strategy that a search can have, in menu order.
    pub const ALL: [Self; 5] = [
        Self::Auto,
        Self::Evolution,
        Self::Gradient,
        Self::Direct,
        Self::Random,
    ];

    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Evolution => "evolution",
            Self::Gradient => "gradient",
            Self::Direct => "direct",
            Self::Random => "random",
            Self::Exhaustive => "exhaustive",
        }
    }

    /// That of findings and plans of older versions, which do not name it.
    pub(crate) fn of_older_files() -> Self {
        Self::Evolution
    }

    /// Whether it is left out of plans, as in those of older versions.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    pub(crate) fn is_of_older_files(&self) -> bool {
        *self == Self::of_older_files()
    }
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Strategy {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let found = Self::ALL.into_iter().find(|known| known.name() == name);
        found.ok_or_else(|| UnknownName {
            what: "strategy",
            name: name.to_owned(),
            known: "auto, evolution, gradient, direct, random",
        })
    }
}
