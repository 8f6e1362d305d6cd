//! A list of searches that run together, as a [`Pool`]: what is judged together depends on the searches alone, so that the same
//! list gives the same findings again, to the last bit of a device.

use std::sync::Arc;

use super::cost::Progress;
use super::error::SearchError;
use super::pool::{Ended, Host, Joining, Pool};
use super::request::Search;
use super::run::SearchOutcome;
use super::scorer::Scorer;
use flipscope_base::cancel::Cancel;

/// Runs several searches together; the results are those of [`run`](super::run()) for each, in order. `watch` is called with the number of a
/// search and its progress, on this thread. A single search runs on this thread, too.
pub fn run_together(
    scorer: &dyn Scorer,
    searches: &[Search],
    cancel: &Cancel,
    watch: &mut dyn FnMut(usize, &Progress),
) -> Vec<Result<SearchOutcome, SearchError>> {
    let mut list = List {
        searches,
        cancel,
        watch,
        outcomes: searches.iter().map(|_| Err(SearchError::Bug)).collect(),
    };
    Pool::new(scorer, searches.len()).run(&mut list);
    list.outcomes
}

/// The list, and what has come of it.
struct List<'l> {
    searches: &'l [Search],
    cancel: &'l Cancel,
    watch: &'l mut dyn FnMut(usize, &Progress),
    /// Each search ends with one.
    outcomes: Vec<Result<SearchOutcome, SearchError>>,
}

impl Host for List<'_> {
    fn next(&mut self, number: usize) -> Option<Joining> {
        Some(Joining {
            search: Arc::new(self.searches.get(number)?.clone()),
            cancel: self.cancel.clone(),
        })
    }

    fn hear(&mut self, number: usize, progress: &Progress) {
        (self.watch)(number, progress);
    }

    fn ended(&mut self, number: usize, ended: Ended) {
        if let Some(outcome) = self.outcomes.get_mut(number) {
            *outcome = ended.result;
        }
    }
}
