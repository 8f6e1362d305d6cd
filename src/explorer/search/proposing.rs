//! In which type the candidates of a search are judged.

use flipscope_lab::search::attack::Attack;
use flipscope_lab::search::{Mode, Proposing, Search, Strategy};
use flipscope_model::scheduler::Loaded;
use flipscope_model::{DeviceKind, Precision};

use crate::explorer::model::ReadyModel;
use crate::explorer::search::state::Form;

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
