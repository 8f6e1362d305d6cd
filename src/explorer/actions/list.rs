//! Every action, and what of it can be offered now.

use std::borrow::Cow;

use egui::KeyboardShortcut;

use flipscope_model::scheduler::ModelSlot;

use flipscope_language::{Text, text};

use crate::explorer::actions::action::{Action, Obstacle};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::{
    batch, edit, explain, figures, file, help, model, pages, presenter, readers, remedy, search,
    study, usable, view,
};
use crate::explorer::command::Command;
use crate::explorer::state::State;

/// The table, in the order in which it is listed: by group.
pub(crate) const ACTIONS: &[&[Action]] = &[
    file::ALL,
    edit::ALL,
    view::ALL,
    presenter::ALL,
    search::ALL,
    batch::ALL,
    figures::ALL,
    model::ALL,
    remedy::ALL,
    pages::ALL,
    study::ALL,
    readers::ALL,
    explain::ALL,
    help::ALL,
];

/// A command as it can be offered now. Besides the table: the models that are known by name.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// What it is known by, whatever the language: of an action, the id of its name.
    pub id: Cow<'static, str>,
    /// Its name.
    pub name: Cow<'static, str>,
    /// Other words that it is found by; empty if there are none.
    pub also_called: &'static str,
    /// Its topic.
    pub group: Group,
    /// Its keys, if it has any.
    pub keys: Option<KeyboardShortcut>,
    /// Why it is not available now.
    pub obstacle: Obstacle,
    /// The command.
    pub command: Command,
}

/// Everything that can be offered in a state, in the order of the table.
pub(crate) fn offers(state: &State) -> Vec<Offer> {
    let table = ACTIONS.iter().copied().flatten();
    let mut offers: Vec<Offer> = table
        .map(|action| Offer {
            id: action.name.id().into(),
            name: action.name.get().into(),
            also_called: action.also_called.map_or("", Text::get),
            group: action.group,
            keys: action.keys.first().copied(),
            obstacle: action.obstacle(state),
            command: (action.command)(state),
        })
        .collect();
    // After the other commands about models.
    let end = (offers.iter()).rposition(|offer| offer.group == Group::Model);
    let at = end.map_or(offers.len(), |end| end + 1);
    let models = ModelSlot::ALL.into_iter().flat_map(|slot| {
        model::known(state, slot)
            .into_iter()
            .map(move |model| Offer {
                id: format!("{slot:?} {:?}", model.source).into(),
                name: model.name.into(),
                also_called: "",
                group: Group::Model,
                keys: None,
                obstacle: usable::needs(!model.chosen, text!("obstacle-model-in-use")),
                command: Command::UseModel(slot, model.source),
            })
    });
    offers.splice(at..at, models);
    offers
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn table() -> impl Iterator<Item = &'static Action> {
        ACTIONS.iter().copied().flatten()
    }

    #[test]
    fn no_two_commands_share_a_shortcut_or_a_name() {
        let mut keys = HashSet::new();
        let mut names = HashSet::new();
        for action in table() {
            for shortcut in action.keys {
                assert!(
                    keys.insert(*shortcut),
                    "{}: {shortcut:?}",
                    action.name.get()
                );
            }
            assert!(names.insert(action.name.get()), "{}", action.name.get());
        }
        assert!(keys.len() > 20, "{}", keys.len());
    }

    #[test]
    fn the_table_is_grouped() {
        let mut groups: Vec<Group> = table().map(|action| action.group).collect();
        groups.dedup();
        let distinct: HashSet<Group> = groups.iter().copied().collect();
        assert_eq!(distinct.len(), groups.len(), "a group is in one piece");
        assert_eq!(groups.len(), ACTIONS.len(), "one file a group");
    }

    /// What is offered is the table, and the models; each obstacle is a sentence.
    #[test]
    fn everything_is_offered_with_its_obstacle() {
        let state = State::default();
        let offers = offers(&state);
        let names: HashSet<&str> = offers.iter().map(|offer| &*offer.name).collect();
        assert_eq!(names.len(), offers.len(), "names are unique");
        let ids: HashSet<&str> = offers.iter().map(|offer| &*offer.id).collect();
        assert_eq!(ids.len(), offers.len(), "ids are unique");
        assert!(table().all(|action| names.contains(action.name.get())));
        assert!(names.contains("Use demo model"), "{names:?}");
        let of = |name: &str| {
            let offer = offers.iter().find(|offer| offer.name == name);
            offer.and_then(|offer| offer.obstacle.as_deref())
        };
        assert_eq!(of("Undo"), Some("There is nothing to undo."));
        assert_eq!(of("Close study"), Some("Only on the page Study."));
        assert_eq!(of("Save altered picture…"), Some("No lesion is open."));
        assert_eq!(of("Quit"), None);
        for offer in &offers {
            if let Some(obstacle) = &offer.obstacle {
                assert!(obstacle.ends_with('.'), "{}: {obstacle}", offer.name);
            }
        }
    }
}
