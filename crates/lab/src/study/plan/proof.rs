//! A proof as a job of a study: one box around each picture of a class that is classified correctly.

use serde::{Deserialize, Serialize};

use crate::proof::{Draws, Plan, ProofBox, ProofError};
use crate::search::Direction;

/// A proof for every picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofJob {
    /// The box.
    #[serde(rename = "box")]
    pub region: ProofBox,
    /// The class whose pictures are proved, and the one that a frame would flip to.
    pub direction: Direction,
    /// The most frames that are judged for one picture; what is open then is said to be.
    pub budget: Option<u64>,
    /// Random frames, if the box has too many to be enumerated.
    pub draws: u64,
    /// Their seed.
    pub seed: u64,
    /// The most distinct frames that any picture has in the box.
    pub at_most: u64,
}

impl ProofJob {
    /// Random frames of a box that has too many, as in `flipscope prove`.
    pub const DRAWS: u64 = 1000;

    /// A job; counts the frames that its box has at most.
    ///
    /// # Errors
    /// If the box is impossible.
    pub fn new(
        region: ProofBox,
        direction: Direction,
        budget: Option<u64>,
        seed: u64,
    ) -> Result<Self, ProofError> {
        Ok(Self {
            at_most: region.most_frames()?,
            region,
            direction,
            budget,
            draws: Self::DRAWS,
            seed,
        })
    }

    /// Whether random frames are judged instead of all: in every picture or in none, so that their outcomes can be counted together.
    #[must_use]
    pub fn is_sampled(&self) -> bool {
        self.at_most > Plan::MOST_FRAMES
    }

    /// The random frames.
    #[must_use]
    pub fn draws(&self) -> Draws {
        Draws {
            count: self.draws,
            seed: self.seed,
        }
    }

    /// The most frames that the network judges for one picture.
    #[must_use]
    pub fn frames(&self) -> u64 {
        let all = if self.is_sampled() {
            self.draws
        } else {
            self.at_most
        };
        all.min(self.budget.unwrap_or(u64::MAX))
    }

    /// Everything that its outcome depends on except the model.
    #[must_use]
    pub fn details(&self) -> String {
        let frames = if self.is_sampled() {
            format!(
                "{} random frames with seed {}, since the box has more than {}",
                self.draws,
                self.seed,
                Plan::MOST_FRAMES
            )
        } else {
            format!("at most {} distinct frames a picture", self.at_most)
        };
        let budget = self.budget.map_or_else(
            || "no budget".to_owned(),
            |frames| format!("budget {frames} frames"),
        );
        format!("{}; {}; {frames}; {budget}", self.region, self.direction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::Channels;

    #[test]
    fn a_job_is_read_as_it_is_written_and_says_what_it_takes() {
        let job = |text: &str, budget| {
            let region = text.parse().unwrap();
            ProofJob::new(region, Direction::MelanomaToNevus, budget, 7).unwrap()
        };
        let one = job("offset:2", None);
        assert_eq!((one.frames(), one.is_sampled()), (125, false));
        let json = serde_json::to_string(&one).unwrap();
        assert!(json.starts_with(r#"{"box":{"kind":"offset","#), "{json}");
        assert_eq!(serde_json::from_str::<ProofJob>(&json).unwrap(), one);
        assert_eq!(job("offset:2", Some(20)).frames(), 20);
        let free = job("gain:0.1:each", None);
        assert_eq!(
            free.region,
            ProofBox::Gain {
                radius: 0.1,
                channels: Channels::Each
            }
        );
        assert_eq!((free.frames(), free.is_sampled()), (1000, true));
        assert!(free.details().contains("1000 random frames with seed 7"));
        assert!(one.details().contains("at most 125 distinct frames"));
    }
}
