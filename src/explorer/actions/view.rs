//! How the pictures and the window are displayed.

use egui::{Key, Theme};

use flipscope_language::{Language, id, text};

use crate::explorer::actions::action::{Action, Obstacle, plain};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable;
use crate::explorer::actions::usable::needs;
use crate::explorer::command::Command;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::explore::view::{Layout, View};
use crate::explorer::page::{Page, Tool};
use crate::explorer::state::State;

fn layout(state: &State, layout: Layout) -> Command {
    Command::SetView(View {
        layout,
        ..state.view.clone()
    })
}

fn full_resolution(state: &State, full_resolution: bool) -> Command {
    Command::SetView(View {
        full_resolution,
        ..state.view.clone()
    })
}

pub(crate) const SIDE_BY_SIDE: Action =
    Action::new(id!("view-side-by-side"), Group::View, |state| {
        layout(state, Layout::SideBySide)
    })
    .keys(&[plain(Key::Num1)])
    .on(Page::Explore);

pub(crate) const WIPE: Action = Action::new(id!("view-wipe"), Group::View, |state| {
    layout(state, Layout::Wipe)
})
.keys(&[plain(Key::Num2)])
.on(Page::Explore);

pub(crate) const BLINK: Action = Action::new(id!("view-blink"), Group::View, |state| {
    layout(state, Layout::Blink)
})
.keys(&[plain(Key::Num3)])
.on(Page::Explore);

pub(crate) const DIFFERENCE: Action = Action::new(id!("view-difference"), Group::View, |state| {
    layout(state, Layout::Difference)
})
.keys(&[plain(Key::Num4)])
.on(Page::Explore);

/// The action that chooses a layout.
pub(crate) fn of_layout(layout: Layout) -> &'static Action {
    match layout {
        Layout::SideBySide => &SIDE_BY_SIDE,
        Layout::Wipe => &WIPE,
        Layout::Blink => &BLINK,
        Layout::Difference => &DIFFERENCE,
    }
}

pub(crate) const NETWORK_RESOLUTION: Action =
    Action::new(id!("view-network-resolution"), Group::View, |state| {
        full_resolution(state, false)
    })
    .on(Page::Explore);

pub(crate) const FULL_RESOLUTION: Action =
    Action::new(id!("view-full-resolution"), Group::View, |state| {
        full_resolution(state, true)
    })
    .on(Page::Explore);

pub(crate) const TOGGLE_RESOLUTION: Action =
    Action::new(id!("view-toggle-resolution"), Group::View, |state| {
        full_resolution(state, !state.view.full_resolution)
    })
    .keys(&[plain(Key::F)])
    .on(Page::Explore);

pub(crate) const ZOOM_IN: Action =
    Action::new(id!("view-zoom-in"), Group::View, |_| Command::Zoom(true))
        .keys(&[plain(Key::Plus), plain(Key::Equals)])
        .on(Page::Explore)
        .unless(|state| {
            usable::lesion(state).or_else(|| {
                let closest = state.view.zoom >= View::CLOSEST;
                needs(!closest, text!("obstacle-zoomed-in"))
            })
        });

pub(crate) const ZOOM_OUT: Action =
    Action::new(id!("view-zoom-out"), Group::View, |_| Command::Zoom(false))
        .keys(&[plain(Key::Minus)])
        .on(Page::Explore)
        .unless(|state| needs(state.view.zoom > 1.0, text!("obstacle-zoomed-out")));

pub(crate) const HISTOGRAM: Action = Action::new(id!("view-histogram"), Group::View, |state| {
    Command::SetView(View {
        histogram: !state.view.histogram,
        ..state.view.clone()
    })
})
.keys(&[plain(Key::H)])
.on(Page::Explore)
.unless(usable::lesion);

pub(crate) const WHOLE_PICTURE: Action =
    Action::new(id!("view-whole-picture"), Group::View, |state| {
        Command::SetView(View {
            zoom: 1.0,
            centre: [0.5, 0.5],
            ..state.view.clone()
        })
    })
    .keys(&[plain(Key::Home)])
    .on(Page::Explore)
    .unless(|state| needs(state.view.zoom > 1.0, text!("obstacle-zoomed-out")));

pub(crate) const SLIDERS: Action = Action::new(id!("view-sliders"), Group::View, |_| {
    Command::ShowTool(Tool::Alter)
})
.keys(&[plain(Key::A)])
.on(Page::Explore)
.unless(usable::lesion);

pub(crate) const SEARCHES: Action = Action::new(id!("view-searches"), Group::View, |_| {
    Command::ShowTool(Tool::Search)
})
.keys(&[plain(Key::S)])
.on(Page::Explore)
.unless(usable::lesion);

/// Whether the list goes on in a direction.
fn another(state: &State, by: isize, none: &'static str) -> Obstacle {
    let at = (state.lesions.iter()).position(|lesion| Some(lesion.id) == state.selected);
    let next = at.and_then(|at| at.checked_add_signed(by));
    usable::lesion(state)
        .or_else(|| needs(next.is_some_and(|next| next < state.lesions.len()), none))
}

pub(crate) const NEXT_LESION: Action =
    Action::new(id!("view-next-lesion"), Group::View, |_| Command::Step(1))
        .keys(&[plain(Key::PageDown)])
        .on(Page::Explore)
        .unless(|state| another(state, 1, text!("obstacle-last-lesion")));

pub(crate) const PREVIOUS_LESION: Action =
    Action::new(id!("view-previous-lesion"), Group::View, |_| {
        Command::Step(-1)
    })
    .keys(&[plain(Key::PageUp)])
    .on(Page::Explore)
    .unless(|state| another(state, -1, text!("obstacle-first-lesion")));

pub(crate) const GRID: Action = Action::new(id!("view-grid"), Group::View, |_| {
    Command::List(ListCommand::Grid(true))
})
.on(Page::Explore)
.unless(usable::lesions);

pub(crate) const TABLE: Action = Action::new(id!("view-table"), Group::View, |_| {
    Command::List(ListCommand::Grid(false))
})
.on(Page::Explore)
.unless(usable::lesions);

pub(crate) const SYSTEM_THEME: Action = Action::new(id!("view-system-theme"), Group::View, |_| {
    Command::SystemTheme
});

pub(crate) const CONTRAST: Action = Action::new(id!("view-contrast"), Group::View, |state| {
    Command::Contrast(!state.appearance.contrast)
});

pub(crate) const ENGLISH: Action = Action::new(id!("view-english"), Group::View, |_| {
    Command::Language(Language::English)
});

pub(crate) const GERMAN: Action = Action::new(id!("view-german"), Group::View, |_| {
    Command::Language(Language::German)
});

pub(crate) const LIGHT: Action = Action::new(id!("view-light"), Group::View, |_| {
    Command::Theme(Theme::Light)
});

pub(crate) const DARK: Action = Action::new(id!("view-dark"), Group::View, |_| {
    Command::Theme(Theme::Dark)
});

pub(crate) const MESSAGES: Action = Action::new(id!("view-messages"), Group::View, |_| {
    Command::AllMessages(true)
})
.unless(|state| needs(!state.messages.is_empty(), text!("obstacle-no-messages")));

pub(crate) const DISMISS_MESSAGES: Action =
    Action::new(id!("view-dismiss-messages"), Group::View, |_| {
        Command::DismissAll
    })
    .unless(|state| needs(!state.messages.is_empty(), text!("obstacle-no-messages")));

pub(super) const ALL: &[Action] = &[
    SIDE_BY_SIDE,
    WIPE,
    BLINK,
    DIFFERENCE,
    NETWORK_RESOLUTION,
    FULL_RESOLUTION,
    TOGGLE_RESOLUTION,
    ZOOM_IN,
    ZOOM_OUT,
    WHOLE_PICTURE,
    HISTOGRAM,
    SLIDERS,
    SEARCHES,
    NEXT_LESION,
    PREVIOUS_LESION,
    GRID,
    TABLE,
    SYSTEM_THEME,
    LIGHT,
    DARK,
    CONTRAST,
    ENGLISH,
    GERMAN,
    MESSAGES,
    DISMISS_MESSAGES,
];
