//! How long the network takes for a frame: what is judged next is estimated from it.

use std::collections::VecDeque;

use flipscope_model::Provenance;

/// The model's last passes.
#[derive(Clone, Debug, Default)]
pub struct Passes {
    /// The model, by its number in this run.
    generation: u64,
    /// Seconds for a frame, the newest last.
    seconds: VecDeque<f64>,
    /// How many passes long a forward-equivalent of its last search was: it is also rendered and compared, and other programs compute.
    of_search: Option<f64>,
}

impl Passes {
    /// As many as are kept: a few seconds.
    const MOST: usize = 15;
    /// A search of fewer forward-equivalents says nothing about the next one: what it takes to begin and to end weighs too much.
    const LEAST: f64 = 20.0;

    /// A verdict has come. Another model's passes say nothing about those of this one.
    pub(crate) fn took(&mut self, provenance: &Provenance) {
        if provenance.generation != self.generation {
            self.generation = provenance.generation;
            self.seconds.clear();
            self.of_search = None;
        }
        let each = f64::from(provenance.ms) / provenance.batch.max(1) as f64 / 1000.0;
        self.seconds.push_back(each);
        if self.seconds.len() > Self::MOST {
            self.seconds.pop_front();
        }
    }

    /// A search has ended that had the network to itself. What one took that shared it is not told here: that depends on the others.
    pub(crate) fn searched(&mut self, generation: u64, seconds: f64, forward_equivalents: f64) {
        if let Some(each) = self.each(generation).filter(|each| *each > 0.0)
            && forward_equivalents >= Self::LEAST
        {
            self.of_search = Some((seconds / forward_equivalents / each).max(1.0));
        }
    }

    /// Seconds for a frame of a search, as far as the last one of this model tells.
    pub fn each_of_search(&self, generation: u64) -> Option<f64> {
        Some(self.each(generation)? * self.of_search.unwrap_or(1.0))
    }

    /// Seconds for a frame: the median, since the first pass after a start is slow, and so is one while other programs compute; none
    /// before this model's first verdict.
    pub fn each(&self, generation: u64) -> Option<f64> {
        if generation != self.generation {
            return None;
        }
        let mut sorted: Vec<f64> = self.seconds.iter().copied().collect();
        sorted.sort_by(f64::total_cmp);
        // Of two, the faster one.
        sorted.get(sorted.len().saturating_sub(1) / 2).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn took(passes: &mut Passes, generation: u64, ms: f32, batch: usize) {
        passes.took(&Provenance {
            device: "a stand-in".into(),
            precision: "f32",
            batch,
            ms,
            generation,
        });
    }

    #[test]
    fn a_slow_pass_among_others_changes_no_estimate() {
        let mut passes = Passes::default();
        assert_eq!(passes.each(1), None);
        took(&mut passes, 1, 400.0, 1);
        assert_eq!(passes.each(1), Some(0.4), "nothing else is known");
        took(&mut passes, 1, 50.0, 1);
        assert_eq!(passes.each(1), Some(0.05));
        for ms in [52.0, 48.0, 900.0] {
            took(&mut passes, 1, ms, 1);
        }
        assert_eq!(passes.each(1), Some(0.052));
        // Another model, in batches.
        took(&mut passes, 2, 64.0, 8);
        assert_eq!(passes.each(2), Some(0.008));
        assert_eq!(passes.each(1), None);
    }

    #[test]
    fn the_last_search_tells_how_long_the_next_one_takes() {
        let mut passes = Passes::default();
        passes.searched(1, 10.0, 100.0);
        assert_eq!(passes.each_of_search(1), None);
        took(&mut passes, 1, 50.0, 1);
        assert_eq!(passes.each_of_search(1), Some(0.05));
        passes.searched(1, 10.0, 100.0);
        assert_eq!(passes.each_of_search(1), Some(0.1));
        // Too short, of another model, or faster than the network is.
        passes.searched(1, 9.0, 3.0);
        passes.searched(2, 9.0, 100.0);
        assert_eq!(passes.each_of_search(1), Some(0.1));
        passes.searched(1, 1.0, 100.0);
        assert_eq!(passes.each_of_search(1), Some(0.05));
        passes.searched(1, 10.0, 100.0);
        took(&mut passes, 2, 50.0, 1);
        assert_eq!(passes.each_of_search(2), Some(0.05));
    }

    #[test]
    fn what_was_long_ago_is_forgotten() {
        let mut passes = Passes::default();
        for _ in 0..100 {
            took(&mut passes, 1, 500.0, 1);
        }
        for _ in 0..=Passes::MOST / 2 {
            took(&mut passes, 1, 50.0, 1);
        }
        assert_eq!(passes.each(1), Some(0.05));
    }
}
