//! A search whose candidates are judged in a faster type: what [`Proposals`] tell, kept and counted.

use std::ops::ControlFlow;

use super::Session;
use crate::search::error::SearchError;
use crate::search::proposals::{Heard, Proposals};
use flipscope_model::Candidate;

impl Session<'_> {
    /// Candidates judged in a faster type, and those that may count again. Each judging is a frame of the budget.
    pub(super) fn propose(
        &mut self,
        proposals: &mut Proposals,
        candidates: &[Candidate],
        energies: &mut [f64],
    ) -> Result<(), SearchError> {
        let scorer = self.scorer;
        let mut from = 0;
        while from < candidates.len() && self.goes_on() {
            let rest = candidates.get(from..).unwrap_or_default();
            let together = proposals.together(rest.len(), self.cost.left());
            let asked = rest.get(..together.max(1)).unwrap_or_default();
            let mut hear = |heard: Heard<'_>| match heard {
                Heard::Frames(frames) => {
                    self.count_and_report(frames);
                    if self.goes_on() {
                        ControlFlow::Continue(())
                    } else {
                        ControlFlow::Break(())
                    }
                }
                Heard::Judged {
                    at,
                    perturbation,
                    p_melanoma,
                } => {
                    let energy = self.search.direction.energy(p_melanoma);
                    if let Some(energies) = at.and_then(|at| energies.get_mut(from + at)) {
                        *energies = energy;
                    }
                    if self.flips(energy) {
                        // Its frame is counted already.
                        self.cost.note_flip(0);
                    }
                    self.remember(perturbation, p_melanoma);
                    ControlFlow::Continue(())
                }
            };
            let judged = match asked {
                [one] if together == 0 => proposals.decide(scorer, one, &mut hear),
                asked => proposals.judge(scorer, asked, &mut hear),
            };
            from += asked.len();
            judged.map_err(|source| self.network_error(source))?;
        }
        Ok(())
    }
}
