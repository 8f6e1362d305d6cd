//! Widths of the panes at the sides. egui keeps the width that a pane had in the last frame, so one that had to be narrow in a small
//! window would stay narrow in a larger one. Here, whenever the room changes, a pane has the width again that a person gave it, or
//! its default, as far as there is room.

use egui::accesskit::Action;
use egui::containers::panel::PanelState;
use egui::{AsIdSalt, Id, IdSalt, Rect, Ui, vec2};

/// What is known of a pane from one frame to the next, in points.
#[derive(Clone, Copy, Default)]
struct Known {
    /// The room in which it was.
    room: f32,
    /// The width that a person gave it.
    wanted: Option<f32>,
}

/// Before a pane with this salt is shown in `ui`: gives it its width again if the room has changed.
pub(crate) fn before(ui: &Ui, salt: impl AsIdSalt, default: f32) {
    let panel = panel(ui, salt);
    let room = ui.available_width();
    let mut known = known(ui, panel);
    if known.room != room
        && let Some(mut state) = PanelState::load(ui.ctx(), panel)
    {
        let width = known.wanted.unwrap_or(default);
        let size = vec2(width, state.outer_rect.height());
        state.outer_rect = Rect::from_min_size(state.outer_rect.min, size);
        ui.data_mut(|data| data.insert_persisted(panel, state));
    }
    known.room = room;
    ui.data_mut(|data| data.insert_temp(panel.with("known"), known));
}

/// After it was shown with this width: keeps it if a person has just chosen it.
pub(crate) fn after(ui: &Ui, salt: impl AsIdSalt, width: f32) {
    let panel = panel(ui, salt);
    if dragged(ui, panel) {
        let known = Known {
            wanted: Some(width),
            ..known(ui, panel)
        };
        ui.data_mut(|data| data.insert_temp(panel.with("known"), known));
    }
}

fn known(ui: &Ui, panel: Id) -> Known {
    let known = ui.data(|data| data.get_temp(panel.with("known")));
    known.unwrap_or_default()
}

/// By which egui knows the pane.
fn panel(ui: &Ui, salt: impl AsIdSalt) -> Id {
    ui.scope_id().with_salt(IdSalt::new(salt))
}

/// Whether its edge is being moved, by pointer or by assistive technology.
fn dragged(ui: &Ui, panel: Id) -> bool {
    let edge = panel.with("__resize");
    let response = ui.ctx().read_response(edge);
    let by_pointer = response.is_some_and(|response| response.dragged() || response.drag_stopped());
    let asked = |action| ui.input(|input| input.has_accesskit_action_request(edge, action));
    by_pointer
        || [Action::Increment, Action::Decrement, Action::SetValue]
            .map(asked)
            .contains(&true)
}
