//! In which type the candidates of a search are judged, and what follows for its place in the queue.

use flipscope_lab::search::attack::Attack;
use flipscope_lab::search::{Mode, Proposing, Search, Strategy};
use flipscope_model::scheduler::Loaded;
use flipscope_model::{DeviceKind, Precision};

use crate::explorer::model::ReadyModel;
use crate::explorer::search::state::{Form, SearchTask};
use crate::explorer::state::State;

/// The type in which a search's candidates are judged by a loaded model, if it is not that of the verdicts.
pub(super) fn proposing(loaded: &Loaded, search: &Search) -> Option<Precision> {
    let asked = (&search.attack, search.mode, search.strategy);
    choice(loaded.kind, loaded.precision, asked)
}

/// The same of a form that would be searched by the model that answers.
pub(super) fn of_form(ready: &ReadyModel, form: &Form) -> Option<Precision> {
    let asked = (&form.attack, form.mode, form.strategy);
    choice(ready.kind, ready.precision, asked)
}

/// How many of the searches that wait or run have to end before one of a form begins. It joins those that run if there is room, and their
/// candidates are judged as its own would be.
pub(super) fn run_first(state: &State, form: &Form) -> usize {
    let Some(ready) = &state.model.ready else {
        return state.searches.open().count();
    };
    let judged = |one: &SearchTask| {
        let asked = (&one.search.attack, one.search.mode, one.search.strategy);
        choice(ready.kind, ready.precision, asked)
    };
    let open: Vec<Option<Precision>> = state.searches.open().map(judged).collect();
    let own = of_form(ready, form);
    let other = open.iter().rposition(|one| *one != own);
    let room = (open.len() + 1).saturating_sub(state.searches_together());
    other.map_or(0, |at| at + 1).max(room)
}

fn choice(
    device: DeviceKind,
    precision: &str,
    (attack, mode, strategy): (&Attack, Mode, Strategy),
) -> Option<Precision> {
    let proposing = Proposing {
        device,
        verdicts: precision.parse().ok()?,
        attack,
        mode,
        strategy,
    };
    proposing.precision(None)
}
