//! One line of the table: a command with its name, group and keys, and when it is available.

use std::borrow::Cow;

use egui::{Key, KeyboardShortcut, Modifiers};

use flipscope_language::{Text, text};

use crate::explorer::actions::group::Group;
use crate::explorer::actions::key_names;
use crate::explorer::command::Command;
use crate::explorer::page::{Help, Page};
use crate::explorer::state::State;

/// Why a command is not available now, as a sentence; none if it is.
pub(crate) type Obstacle = Option<Cow<'static, str>>;

/// A command with a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Action {
    /// Its name, as in the menus.
    pub name: Text,
    /// Other words that it is found by.
    pub also_called: Option<Text>,
    /// Its topic.
    pub group: Group,
    /// Its keys; the first is the one shown in menus.
    pub keys: &'static [KeyboardShortcut],
    /// The page that it concerns, if it concerns one alone; and further ones where it is available.
    pub page: Option<Page>,
    also: &'static [Page],
    /// Whether its keys work while help or the messages are open in front of the page.
    in_front: bool,
    /// The command, made from the state as it is now.
    pub command: fn(&State) -> Command,
    /// What else stands in its way.
    unless: fn(&State) -> Obstacle,
}

impl Action {
    /// An action that is always available and has no keys.
    pub(super) const fn new(name: Text, group: Group, command: fn(&State) -> Command) -> Self {
        Self {
            name,
            also_called: None,
            group,
            keys: &[],
            page: None,
            also: &[],
            in_front: false,
            command,
            unless: |_| None,
        }
    }

    /// The same with keys.
    pub(super) const fn keys(self, keys: &'static [KeyboardShortcut]) -> Self {
        Self { keys, ..self }
    }

    /// The same, found by other words too.
    pub(super) const fn called(self, also: Text) -> Self {
        Self {
            also_called: Some(also),
            ..self
        }
    }

    /// The same, available on one page only.
    pub(super) const fn on(self, page: Page) -> Self {
        Self {
            page: Some(page),
            ..self
        }
    }

    /// The same, available on further pages.
    pub(super) const fn also_on(self, also: &'static [Page]) -> Self {
        Self { also, ..self }
    }

    /// Whether it is available on a page.
    pub(super) fn is_on(&self, page: Page) -> bool {
        self.page.is_none_or(|own| own == page) || self.also.contains(&page)
    }

    /// The same with keys that also work while help or the messages are open in front of the page.
    pub(super) const fn in_front(self) -> Self {
        Self {
            in_front: true,
            ..self
        }
    }

    /// Whether its keys work with what is open.
    pub(super) fn hears_keys(&self, state: &State) -> bool {
        let covered = state.help != Help::Closed || state.all_messages;
        self.in_front || !covered
    }

    /// The same, unless something stands in its way.
    pub(super) const fn unless(self, unless: fn(&State) -> Obstacle) -> Self {
        Self { unless, ..self }
    }

    /// Why it is not available now.
    pub(crate) fn obstacle(&self, state: &State) -> Obstacle {
        match self.page {
            Some(page) if !self.is_on(state.page) => {
                Some(text!("obstacle-only-on-page", page = page.name()).into())
            }
            _ => (self.unless)(state),
        }
    }

    /// Its first keys as text; empty if it has none.
    pub(crate) fn keys_text(&self, ctx: &egui::Context) -> String {
        let keys = self.keys.first();
        keys.map(|keys| key_names::shortcut(ctx, *keys))
            .unwrap_or_default()
    }
}

/// A key alone.
pub(super) const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

/// A key with Ctrl (⌘ on a Mac).
pub(super) const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

/// A key with Ctrl (⌘ on a Mac) and Shift.
pub(super) const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}
