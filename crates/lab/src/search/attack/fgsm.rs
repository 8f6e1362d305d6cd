//! FGSM (Goodfellow et al. 2015): noise along the sign of the gradient, in one step. In several, each projected back into the ε
//! ball, it is I-FGSM, also called BIM (Kurakin et al. 2017, arXiv 1607.02533).
//!
//! The loss is the cross entropy for the target class; the gradient goes through the normalisation to the values of the frame,
//! and the step is taken on the u8 frame, so that ε is a whole number of 255.

use flipscope_language::text;
use serde::{Deserialize, Serialize};

use crate::search::error::SearchError;

/// The noise attack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fgsm {
    /// Largest change of a channel value, 1 to 255.
    pub epsilon: u8,
    /// Steps, each along the sign of a new gradient; 1: FGSM, whose step is ε; more: I-FGSM (BIM).
    pub steps: u32,
    /// Change of a channel value in one step, 1 to 255; used if there are several.
    pub step: u8,
}

impl Fgsm {
    /// FGSM in one step. The letter does not publish its ε (its script is not in its repository): 8 of 255, the default of
    /// torchattacks 3.5.1, stands in for it.
    #[must_use]
    pub fn letter() -> Self {
        Self {
            epsilon: 8,
            steps: 1,
            step: 8,
        }
    }

    pub(super) fn validate(&self) -> Result<(), SearchError> {
        let wrong = |parameter, reason| Err(SearchError::Parameter { parameter, reason });
        if self.epsilon == 0 {
            return wrong("epsilon", text!("bound-of-255"));
        }
        if self.step == 0 {
            return wrong("step", text!("bound-of-255"));
        }
        if !(1..=10_000).contains(&self.steps) {
            return wrong("steps", text!("bound-steps"));
        }
        Ok(())
    }

    /// One step: a gradient, and one frame for each ε; several steps: all of them for each ε.
    pub(in crate::search) fn evaluations_of_smallest(&self) -> u64 {
        let epsilons = u64::from(self.epsilon);
        if self.steps == 1 {
            1 + epsilons
        } else {
            epsilons * (u64::from(self.steps) + 1)
        }
    }
}

/// Ten steps of 2 of 255: as `PGD` of torchattacks 3.5.1, but from the frame itself rather than from a random one near it.
impl Default for Fgsm {
    fn default() -> Self {
        Self {
            epsilon: 8,
            steps: 10,
            step: 2,
        }
    }
}
