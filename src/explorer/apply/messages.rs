//! The life of messages: which page they belong to, when they disappear.

use std::time::{Duration, Instant};

use crate::explorer::apply::Effect;
use crate::explorer::command::Command;
use crate::explorer::message::{Message, Severity};
use crate::explorer::page::Page;
use crate::explorer::presenter::{hints, leaving};
use crate::explorer::state::State;

/// How long a note stays that nobody points at; a longer text stays longer.
const STAY: Duration = Duration::from_secs(6);
const A_CHARACTER: Duration = Duration::from_millis(30);

/// Carries something out; messages issued meanwhile belong to a page.
pub(crate) fn of_page(
    state: &mut State,
    page: Page,
    change: impl FnOnce(&mut State) -> Vec<Effect>,
) -> Vec<Effect> {
    let before = state.next_id;
    let effects = change(state);
    for message in &mut state.messages {
        if message.id > before {
            message.page = Some(page);
        }
    }
    effects
}

/// Another page opens: the messages of the old page disappear with it.
pub(super) fn turn(state: &mut State, page: Page) {
    let left = std::mem::replace(&mut state.page, page);
    if left != page {
        state.messages.retain(|message| message.page != Some(left));
        hints::forget(state);
    }
}

/// Carries out commands about messages.
pub(super) fn apply(state: &mut State, command: &Command, now: Instant) {
    let messages = &mut state.messages;
    match *command {
        Command::Dismiss(id) => messages.retain(|message| message.id != id),
        Command::DismissNewest => {
            messages.pop();
        }
        Command::DismissAll => {
            messages.clear();
            state.all_messages = false;
        }
        // Somebody points at it: its time starts again.
        Command::KeepMessage(id) => {
            if let Some(message) = messages.iter_mut().find(|message| message.id == id) {
                message.at = now;
            }
        }
        Command::AllMessages(shown) => state.all_messages = shown,
        _ => {}
    }
}

fn stays(message: &Message) -> Duration {
    STAY + A_CHARACTER * message.text.len().min(400) as u32
}

/// Removes notes, and the question of presenter mode, after some seconds; returns when the next one is due.
pub fn expire(state: &mut State, now: Instant) -> Option<Duration> {
    state.messages.retain(|message| {
        message.severity != Severity::Note || now.duration_since(message.at) < stays(message)
    });
    let asked = leaving::expire(state, now);
    let notes = state
        .messages
        .iter()
        .filter(|message| message.severity == Severity::Note)
        .map(|message| stays(message).saturating_sub(now.duration_since(message.at)));
    notes.chain(asked).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(state: &mut State, severity: Severity, text: &str) {
        state.say(severity, text, Instant::now());
    }

    #[test]
    fn notes_leave_and_errors_stay() {
        let mut state = State::default();
        say(&mut state, Severity::Note, "Saved a.png.");
        say(&mut state, Severity::Warning, "It was assumed.");
        say(&mut state, Severity::Error, "It is damaged.");
        let wait = expire(&mut state, Instant::now()).unwrap();
        assert!(wait <= STAY + A_CHARACTER * 12);
        let later = Instant::now() + Duration::from_mins(1);
        assert_eq!(expire(&mut state, later), None);
        let kept: Vec<_> = state.messages.iter().map(|one| one.severity).collect();
        assert_eq!(kept, [Severity::Warning, Severity::Error]);
        apply(&mut state, &Command::DismissNewest, Instant::now());
        assert_eq!(state.messages.len(), 1);
        apply(&mut state, &Command::DismissAll, Instant::now());
        assert!(state.messages.is_empty());
    }

    #[test]
    fn identical_ones_are_one_with_a_count() {
        let mut state = State::default();
        for text in ["a", "b", "a", "a"] {
            say(&mut state, Severity::Error, text);
        }
        let kept: Vec<_> = (state.messages.iter())
            .map(|one| (one.text.as_str(), one.count))
            .collect();
        assert_eq!(kept, [("b", 1), ("a", 3)]);
    }

    #[test]
    fn what_belongs_to_a_page_leaves_with_it() {
        let mut state = State::default();
        say(&mut state, Severity::Error, "of the window");
        // Issued while another page is open: it stays until its own page is left.
        of_page(&mut state, Page::Study, |state| {
            state.say(Severity::Error, "of the study", Instant::now());
            Vec::new()
        });
        turn(&mut state, Page::Study);
        assert_eq!(state.messages.len(), 2);
        turn(&mut state, Page::Study);
        assert_eq!(state.messages.len(), 2);
        turn(&mut state, Page::Explore);
        let kept: Vec<_> = state.messages.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(kept, ["of the window"]);
    }
}
