//! Several runs on one file: what to do when everything that is left is claimed by another run, which may be slow or dead.

use std::time::{Duration, Instant};

use super::Work;
use super::progress::Event;
use crate::study::error::StudyError;
use crate::study::plan::{Job, WorkUnit};
use crate::study::store::{Queue, Store};

/// How often the file is looked at.
const OFTEN: Duration = Duration::from_millis(100);
/// The shortest time after which another run counts as dead that has got on with none of its units.
const PATIENCE: Duration = Duration::from_secs(3);
/// The same, as a multiple of the longest time that this run has taken from one commit to the next of the same kind of work.
const TIMES: u32 = 2;

impl Work<'_> {
    /// What this run is to do now of units that are not complete: those that nobody has claimed, or, once nothing of them has got on for a
    /// while, those of the others. None if all are complete, or cannot be done. `longest` is how long this run has taken for one of the kind.
    ///
    /// A run that is taken for dead and is not finds its units done, or does them too: the first result counts.
    pub(super) fn left_by_others(
        &mut self,
        store: &Store,
        units: &[WorkUnit],
        longest: Duration,
    ) -> Result<Option<Queue>, StudyError> {
        let (mut version, mut asked) = (None, units.to_vec());
        let mut since = Instant::now();
        let mut signs = None;
        let mut left = Vec::new();
        while !self.cancel.is_requested() {
            let now = store.version()?;
            if version != Some(now) {
                version = Some(now);
                left = store.left(&asked)?;
                // What this run has claimed and not finished cannot be done: its photograph is missing.
                left.retain(|(unit, runner)| {
                    *runner != Some(self.runner) && !self.missed.contains(&unit.image)
                });
                asked = left.iter().map(|(unit, _)| *unit).collect();
                if left.is_empty() {
                    return Ok(None);
                }
                // Whoever writes something else into the file keeps nothing alive.
                let is_proof =
                    |unit: &&WorkUnit| matches!(self.plan.job(**unit), Some(Job::Proof(_)));
                let proofs: Vec<WorkUnit> = asked.iter().filter(is_proof).copied().collect();
                let seen = Some((left.clone(), store.parts(&proofs)?));
                if signs != seen {
                    (signs, since) = (seen, Instant::now());
                    (self.tell)(Event::Waiting(left.len()));
                }
            }
            let is_free = |one: &(WorkUnit, Option<i64>)| one.1.is_none();
            if left.iter().any(is_free) {
                left.retain(is_free);
                return Ok(Some(self.queue(left)));
            }
            if since.elapsed() >= PATIENCE.max(longest * TIMES) {
                return Ok(Some(self.queue(left)));
            }
            std::thread::sleep(OFTEN);
        }
        Ok(None)
    }

    fn queue(&mut self, left: Vec<(WorkUnit, Option<i64>)>) -> Queue {
        // The wait says nothing about the speed.
        self.pace.begin();
        Queue::of(left)
    }
}
