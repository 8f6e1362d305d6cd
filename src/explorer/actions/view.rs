//! How the pictures and the window are displayed.

use egui::{Key, Theme};

use crate::explorer::actions::action::{Action, Obstacle, plain};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable;
use crate::explorer::actions::usable::needs;
use crate::explorer::command::Command;
use crate::explorer::explore::table::command::TableCommand;
use crate::explorer::explore::view::{Layout, View};
use crate::explorer::page::{Page, Tool};
use crate::explorer::state::State;

fn layout(state: &State, layout: Layout) -> Command {
    Command::Look(View {
        layout,
        ..state.view.clone()
    })
}

fn full_resolution(state: &State, full_resolution: bool) -> Command {
    Command::Look(View {
        full_resolution,
        ..state.view.clone()
    })
}

pub(crate) const SIDE_BY_SIDE: Action = Action::new("Side by side", Group::View, |state| {
    layout(state, Layout::SideBySide)
})
.keys(&[plain(Key::Num1)])
.on(Page::Explore);

pub(crate) const WIPE: Action =
    Action::new("Wipe", Group::View, |state| layout(state, Layout::Wipe))
        .keys(&[plain(Key::Num2)])
        .on(Page::Explore);

pub(crate) const BLINK: Action =
    Action::new("Blink", Group::View, |state| layout(state, Layout::Blink))
        .keys(&[plain(Key::Num3)])
        .on(Page::Explore);

pub(crate) const DIFFERENCE: Action = Action::new("Difference", Group::View, |state| {
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
    Action::new("The network's 299 × 299", Group::View, |state| {
        full_resolution(state, false)
    })
    .on(Page::Explore);

pub(crate) const FULL_RESOLUTION: Action = Action::new("Full resolution", Group::View, |state| {
    full_resolution(state, true)
})
.on(Page::Explore);

pub(crate) const TOGGLE_RESOLUTION: Action =
    Action::new("Toggle full resolution", Group::View, |state| {
        full_resolution(state, !state.view.full_resolution)
    })
    .keys(&[plain(Key::F)])
    .on(Page::Explore);

pub(crate) const ZOOM_IN: Action = Action::new("Zoom into the picture", Group::View, |state| {
    Command::Look(state.view.zoomed(true))
})
.keys(&[plain(Key::Plus), plain(Key::Equals)])
.on(Page::Explore)
.unless(|state| {
    usable::lesion(state).or_else(|| {
        let closest = state.view.zoom >= View::CLOSEST;
        needs(!closest, "It cannot be shown any closer.")
    })
});

pub(crate) const ZOOM_OUT: Action = Action::new("Zoom out of the picture", Group::View, |state| {
    Command::Look(state.view.zoomed(false))
})
.keys(&[plain(Key::Minus)])
.on(Page::Explore)
.unless(|state| needs(state.view.zoom > 1.0, "The whole picture is shown already."));

pub(crate) const HISTOGRAM: Action =
    Action::new("Histograms below the sliders", Group::View, |state| {
        Command::Look(View {
            histogram: !state.view.histogram,
            ..state.view.clone()
        })
    })
    .keys(&[plain(Key::H)])
    .on(Page::Explore)
    .unless(usable::lesion);

pub(crate) const WHOLE_PICTURE: Action =
    Action::new("Show the whole picture", Group::View, |state| {
        Command::Look(View {
            zoom: 1.0,
            centre: [0.5, 0.5],
            ..state.view.clone()
        })
    })
    .keys(&[plain(Key::Home)])
    .on(Page::Explore)
    .unless(|state| needs(state.view.zoom > 1.0, "The whole picture is shown already."));

pub(crate) const SLIDERS: Action = Action::new("Show the sliders", Group::View, |_| {
    Command::Show(Tool::Alter)
})
.keys(&[plain(Key::A)])
.on(Page::Explore)
.unless(usable::lesion);

pub(crate) const SEARCHES: Action = Action::new("Show the searches", Group::View, |_| {
    Command::Show(Tool::Search)
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
    Action::new("Next lesion", Group::View, |_| Command::Step(1))
        .keys(&[plain(Key::PageDown)])
        .on(Page::Explore)
        .unless(|state| another(state, 1, "This is the last lesion of the list."));

pub(crate) const PREVIOUS_LESION: Action =
    Action::new("Previous lesion", Group::View, |_| Command::Step(-1))
        .keys(&[plain(Key::PageUp)])
        .on(Page::Explore)
        .unless(|state| another(state, -1, "This is the first lesion of the list."));

pub(crate) const GRID: Action = Action::new("Grid of pictures", Group::View, |_| {
    Command::Table(TableCommand::Grid(true))
})
.on(Page::Explore)
.unless(usable::lesions);

pub(crate) const TABLE: Action = Action::new("Table of lesions", Group::View, |_| {
    Command::Table(TableCommand::Grid(false))
})
.on(Page::Explore)
.unless(usable::lesions);

pub(crate) const SYSTEM_THEME: Action =
    Action::new("Theme of the system", Group::View, |_| Command::SystemTheme);

pub(crate) const CONTRAST: Action = Action::new("High contrast", Group::View, |state| {
    Command::Contrast(!state.appearance.contrast)
});

pub(crate) const LIGHT: Action =
    Action::new("Light theme", Group::View, |_| Command::Theme(Theme::Light));

pub(crate) const DARK: Action =
    Action::new("Dark theme", Group::View, |_| Command::Theme(Theme::Dark));

pub(crate) const MESSAGES: Action = Action::new("Show all messages", Group::View, |_| {
    Command::AllMessages(true)
})
.unless(|state| needs(!state.messages.is_empty(), "There are no messages."));

pub(crate) const DISMISS_MESSAGES: Action =
    Action::new("Dismiss all messages", Group::View, |_| Command::DismissAll)
        .unless(|state| needs(!state.messages.is_empty(), "There are no messages."));

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
    MESSAGES,
    DISMISS_MESSAGES,
];
