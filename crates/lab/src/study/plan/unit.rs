//! The smallest piece of work, and shards.

use std::fmt;
use std::str::FromStr;

/// One job for one model and one picture, by their indices in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkUnit {
    /// Index of the job.
    pub job: u32,
    /// Index of the model.
    pub model: u32,
    /// Index of the picture.
    pub image: u32,
}

/// One of several equal parts of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    number: u32,
    /// Of how many.
    of: u32,
}

impl Shard {
    /// Everything.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Whether the shard includes the picture at an index of the plan.
    #[must_use]
    pub fn has(self, image: u32) -> bool {
        image % self.of == self.number - 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(number, of)| {
            let (number, of) = (number.parse().ok()?, of.parse().ok()?);
            (1..=of).contains(&number).then_some(Self { number, of })
        });
        parsed.ok_or_else(|| "a shard is I/N, e.g. 2/4 for the second of four".to_owned())
    }
}
