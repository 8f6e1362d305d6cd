//! Who has searches for a pool, and hears of them.

use std::sync::Arc;

use crate::search::cost::Progress;
use crate::search::error::SearchError;
use crate::search::request::Search;
use crate::search::run::SearchOutcome;
use flipscope_base::cancel::Cancel;

/// A search that joins a pool.
#[derive(Clone, Debug)]
pub struct Joining {
    /// The search.
    pub search: Arc<Search>,
    /// Cancels it alone, or several that have clones of it.
    pub cancel: Cancel,
}

/// How a search of a pool ended.
#[derive(Debug)]
pub struct Ended {
    /// What [`run`](crate::search::run()) gives.
    pub result: Result<SearchOutcome, SearchError>,
    /// Whether no other search of the pool ran meanwhile. The seconds of one that was not alone are those of the others too.
    pub alone: bool,
}

/// Who has searches for a pool, and hears of them; called on the thread that runs the pool. Searches are numbered from 0 in the order in which
/// they join.
pub trait Host {
    /// The next search, if there is one now; asked whenever there is room, and several times a second while others run.
    fn next(&mut self, number: usize) -> Option<Joining>;

    /// The progress of a search, after every batch.
    fn hear(&mut self, number: usize, progress: &Progress);

    /// A search has ended.
    fn ended(&mut self, number: usize, ended: Ended);
}
