//! Opening, saving and closing.

use egui::Key;

use flipscope_language::{id, text};

use crate::explorer::actions::action::{Action, ctrl, ctrl_shift};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable;
use crate::explorer::actions::usable::needs;
use crate::explorer::command::Command;
use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::page::Page;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::session::command::SessionCommand;

pub(crate) const OPEN_PHOTOGRAPHS: Action =
    Action::new(id!("file-open-photographs"), Group::File, |_| {
        Command::AskPhotographs
    })
    .keys(&[ctrl(Key::O)]);

pub(crate) const OPEN_FOLDER: Action =
    Action::new(id!("file-open-folder"), Group::File, |_| Command::AskFolder)
        .keys(&[ctrl_shift(Key::O)]);

pub(crate) const OPEN_FINDINGS: Action =
    Action::new(id!("file-open-findings"), Group::File, |_| {
        Command::Search(SearchCommand::AskOpen)
    });

pub(crate) const OPEN_SAMPLES: Action = Action::new(id!("file-open-samples"), Group::File, |_| {
    Command::OpenSamples(0)
});

pub(crate) const LABELS: Action = Action::new(id!("file-labels"), Group::File, |_| {
    Command::List(ListCommand::AskLabels)
})
.unless(usable::lesions);

pub(crate) const OPEN_SESSION: Action = Action::new(id!("file-open-session"), Group::File, |_| {
    Command::Session(SessionCommand::AskOpen)
});

pub(crate) const OPEN_PREVIOUS_SESSION: Action =
    Action::new(id!("file-open-previous-session"), Group::File, |_| {
        Command::Session(SessionCommand::OpenPrevious)
    })
    .unless(|state| {
        needs(
            state.sessions.replaced.previous,
            text!("obstacle-no-earlier-session"),
        )
    });

pub(crate) const SAVE_SESSION: Action = Action::new(id!("file-save-session"), Group::File, |_| {
    Command::Session(SessionCommand::AskSaveAs)
})
.keys(&[ctrl_shift(Key::S)])
.unless(usable::lesions);

pub(crate) const SAVE_ALTERED: Action =
    Action::new(id!("file-save-altered"), Group::File, |_| Command::AskSave)
        .keys(&[ctrl(Key::S)])
        .on(Page::Explore)
        .unless(usable::picture);

pub(crate) const COPY_COMMAND_LINE: Action =
    Action::new(id!("file-copy-command-line"), Group::File, |_| {
        Command::CopyCommandLine
    })
    .keys(&[ctrl_shift(Key::K)])
    .on(Page::Explore)
    .unless(usable::picture);

pub(crate) const CLOSE_LESION: Action =
    Action::new(id!("file-close-lesion"), Group::File, |state| {
        // Without a lesion it is not available, and no lesion has the number 0.
        Command::Close(state.selected.unwrap_or(LesionId(0)))
    })
    .on(Page::Explore)
    .unless(usable::lesion);

pub(crate) const QUIT: Action = Action::new(id!("file-quit"), Group::File, |_| Command::Quit)
    .keys(&[ctrl(Key::Q)])
    .in_front();

pub(super) const ALL: &[Action] = &[
    OPEN_PHOTOGRAPHS,
    OPEN_FOLDER,
    OPEN_FINDINGS,
    OPEN_SAMPLES,
    LABELS,
    OPEN_SESSION,
    OPEN_PREVIOUS_SESSION,
    SAVE_SESSION,
    SAVE_ALTERED,
    COPY_COMMAND_LINE,
    CLOSE_LESION,
    QUIT,
];
