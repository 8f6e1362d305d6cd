//! How commands and answers change what is known about pixels.

use std::sync::Arc;

use crate::explorer::apply::Effect;
use crate::explorer::picture::command::PictureCommand;
use crate::explorer::picture::state::{Inspection, Wanted};
use crate::explorer::state::State;

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: PictureCommand) -> Vec<Effect> {
    match command {
        PictureCommand::Inspect => {
            let wanted = state.current().and_then(Wanted::of);
            state.pixels.asked.clone_from(&wanted);
            wanted.into_iter().map(Effect::Inspect).collect()
        }
    }
}

/// Keeps what the thread answered.
pub(crate) fn receive(state: &mut State, answer: Arc<Inspection>) {
    state.pixels.newest = Some(answer);
}
