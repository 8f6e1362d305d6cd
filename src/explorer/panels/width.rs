//! Widths of the panes beside the pictures: what a person chose by dragging, otherwise what suits the room that there is now. A
//! small window makes a pane narrower only as long as it is small, and presenter mode has widths of its own.

use egui::{Context, Event, Id, PanelState, Rangef, Rect, Ui, vec2};

use crate::explorer::widgets::name_edge;

/// A pane, by the salt of its panel, before it is shown.
#[derive(Clone, Copy)]
pub(crate) struct Width {
    /// Where egui keeps the size of the panel.
    panel: Id,
    /// Where the chosen width is kept.
    chosen: Id,
    /// Where the width that it got is kept, with the one that it was to have.
    got: Id,
    /// The width that it is to have, in points.
    wanted: f32,
}

impl Width {
    /// Of the panel with this salt in `ui`.
    pub(crate) fn of(ui: &Ui, salt: Id, default: f32, range: Rangef) -> Self {
        let chosen = salt.with("chosen");
        let wanted = ui.data(|data| data.get_temp(chosen)).unwrap_or(default);
        Self {
            panel: ui.scope_id().with(salt),
            chosen,
            got: salt.with("got"),
            wanted: range.clamp(wanted),
        }
    }

    /// The width that it has: as in the last frame if nothing has changed since then.
    pub(crate) fn expected(&self, ctx: &Context) -> f32 {
        let got = ctx.data(|data| data.get_temp::<[f32; 2]>(self.got));
        let got = got.filter(|[wanted, _]| *wanted == self.wanted);
        got.map_or(self.wanted, |[_, got]| got)
    }

    /// Makes the panel as wide as wanted; to be called before it is shown.
    pub(crate) fn set(&self, ctx: &Context) {
        let outer_rect = Rect::from_min_size(egui::Pos2::ZERO, vec2(self.wanted, 1.0));
        ctx.data_mut(|data| data.insert_persisted(self.panel, PanelState { outer_rect }));
    }

    /// Takes in how wide it is, after it was shown: a person may have dragged its edge.
    pub(crate) fn shown(&self, ctx: &Context, width: f32) {
        let changed = (width - self.wanted).abs() > 0.5;
        let asked = |event: &Event| matches!(event, Event::AccessKitActionRequest(_));
        let by_hand = ctx.input(|input| {
            let pointer = &input.pointer;
            pointer.any_down() || pointer.any_released() || input.events.iter().any(asked)
        });
        name_edge(ctx, self.panel);
        let before = self.expected(ctx);
        ctx.data_mut(|data| {
            data.insert_temp(self.got, [self.wanted, width]);
            if changed && by_hand {
                data.insert_temp(self.chosen, width);
            }
        });
        if width != before {
            ctx.request_repaint();
        }
    }
}
