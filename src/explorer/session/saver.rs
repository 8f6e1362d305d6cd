//! Who saves the session: it notices what changes it, and has it saved when it is time. The clock is passed in.

use std::time::{Duration, Instant};

use crate::explorer::appearance::Appearance;
use crate::explorer::apply::Effect;
use crate::explorer::command::Command;
use crate::explorer::explain::request::ExplainAnswer;
use crate::explorer::figures::state::Settings;
use crate::explorer::landscape::request::LandscapeAnswer;
use crate::explorer::proof::request::ProofAnswer;
use crate::explorer::readers::request::ReaderAnswer;
use crate::explorer::search::request::SearchAnswer;
use crate::explorer::session::autosave::Autosave;
use crate::explorer::session::capture::capture;
use crate::explorer::session::request::SessionWork;
use crate::explorer::state::State;
use crate::explorer::study::request::StudyAnswer;
use crate::explorer::summary::request::SummaryAnswer;
use crate::explorer::tour::command::TourCommand;
use crate::explorer::worker::Answer;

/// What is saved, and since when something is not.
#[derive(Debug, Default)]
pub(crate) struct Saver {
    autosave: Autosave,
    /// The window's size and look, and how figures are drawn, when they were last remembered.
    remembered: Option<(Appearance, Settings)>,
}

impl Saver {
    /// Something has changed.
    pub(crate) fn changed(&mut self, now: Instant) {
        self.autosave.changed(now);
    }

    /// A person has asked for something.
    pub(crate) fn hear_command(&mut self, command: &Command, now: Instant) {
        let of_the_moment = matches!(
            command,
            Command::InSight(_)
                | Command::EndGesture
                | Command::KeepMessage(_)
                | Command::Dismiss(_)
                | Command::DismissNewest
                | Command::DismissAll
                | Command::AllMessages(_)
                | Command::Help(_)
                | Command::Picture(_)
                | Command::Presenter(_)
                | Command::TypedPath(_)
                // Its end puts back what was open before it.
                | Command::Tour(TourCommand::Start | TourCommand::OpenSample)
        );
        if !of_the_moment {
            self.changed(now);
        }
    }

    /// A thread has answered.
    pub(crate) fn hear_answer(&mut self, answer: &Answer, now: Instant) {
        let changes = match answer {
            Answer::Listed { .. }
            | Answer::Read { .. }
            | Answer::Model { .. }
            | Answer::Labels(_) => true,
            Answer::Search(answer) => matches!(
                answer,
                SearchAnswer::Ended { .. }
                    | SearchAnswer::Exported { .. }
                    | SearchAnswer::Opened(_)
            ),
            Answer::Explain(answer) => matches!(
                answer,
                ExplainAnswer::Ended(_, Ok(_)) | ExplainAnswer::Redrawn(..)
            ),
            Answer::Landscape(answer) => matches!(answer, LandscapeAnswer::Judged(..)),
            Answer::Summary(answer) => !matches!(answer, SummaryAnswer::Progress(..)),
            Answer::Proof(answer) => {
                matches!(answer, ProofAnswer::SoFar(..) | ProofAnswer::Ended(..))
            }
            Answer::Session(answer) => answer.changes_what_is_open(),
            Answer::Study(_, answer) => matches!(answer, StudyAnswer::Opened(_)),
            Answer::Reader(_, answer) => matches!(answer, ReaderAnswer::Opened(_)),
            _ => false,
        };
        if changes {
            self.changed(now);
        }
    }

    /// What is to be saved now, or how long until then.
    pub(crate) fn save(&mut self, state: &State, now: Instant) -> (Vec<Effect>, Option<Duration>) {
        match self.autosave.wait(now) {
            Some(Duration::ZERO) if state.sessions.may_save() => (self.end(state), None),
            Some(wait) if state.sessions.may_save() => (Vec::new(), Some(wait)),
            _ => (Vec::new(), None),
        }
    }

    /// What is not saved yet.
    pub(crate) fn end(&mut self, state: &State) -> Vec<Effect> {
        if !state.sessions.may_save() || !self.autosave.is_pending() {
            return Vec::new();
        }
        self.autosave.saved();
        let mut effects = vec![Effect::Session(SessionWork::Save(Box::new(capture(state))))];
        let now = (state.appearance, state.figures.chosen.clone());
        if self.remembered.as_ref() != Some(&now) {
            self.remembered = Some(now);
            effects.push(Effect::Remember(Box::new(state.remembered())));
        }
        effects
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::proof::state::ProofId;

    /// A proof may have taken an hour: nobody needs to touch anything for it to be saved.
    #[test]
    fn the_end_of_a_proof_is_saved_by_itself() {
        let now = Instant::now();
        let pending = |answer| {
            let mut saver = Saver::default();
            saver.hear_answer(&Answer::Proof(answer), now);
            saver.autosave.is_pending()
        };
        let id = ProofId(1);
        assert!(pending(ProofAnswer::Ended(id, Err(String::new()))));
        assert!(!pending(ProofAnswer::Counted(id, Err(String::new()))));
    }
}
