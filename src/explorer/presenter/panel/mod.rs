//! The window in presenter mode: pictures, and below them the verdict; list and sliders if they are asked for. There is no menu
//! and no status line: commands come from keys and from the command palette.

pub(crate) mod leaving;
mod pointer;
pub(crate) mod reveal;
mod verdict;

use egui::{CentralPanel, FontId, Frame, Margin, Panel, TextStyle, Ui, Vec2, vec2};

use flipscope_language::text;

use crate::explorer::explore::lesion::Picture;
use crate::explorer::explore::panel::{lesion, list, tools};
use crate::explorer::panels::Pane;
use crate::explorer::state::State;
use crate::explorer::theme;

pub(crate) use pointer::show as pointer;

/// Sizes of text in presenter mode, in points of a screen that is [`crate::explorer::presenter::fit::HEIGHT`] points high.
const SIZES: [(TextStyle, f32); 3] = [
    (TextStyle::Small, 13.0),
    (TextStyle::Body, 16.0),
    (TextStyle::Button, 15.0),
];

/// The smallest size in points at which it needs no scrolling.
pub(crate) fn least(state: &State) -> Vec2 {
    let panes = [
        // Pictures alone, where there is no room for more.
        (state.presenter.list, 82.0),
        (state.presenter.tools, 320.0),
    ];
    let beside: f32 = panes
        .iter()
        .filter(|(on, _)| *on)
        .map(|(_, wide)| wide)
        .sum();
    vec2(336.0 + beside, 400.0)
}

/// Text as large as the last row needs it.
pub(crate) fn enlarge(ui: &mut Ui) {
    let style = ui.style_mut();
    for (name, size) in SIZES {
        if let Some(font) = style.text_styles.get_mut(&name) {
            *font = FontId::new(size, font.family.clone());
        }
    }
    style.spacing.interact_size.y = 28.0;
}

/// The page *Explore*, if a lesion is open.
pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    if pane.state.presenter.list {
        list::show(pane, ui);
    }
    if pane.state.presenter.tools {
        tools::beside(pane.state, ui, |ui| lesion_alone(pane, ui));
        tools::show(pane, ui);
    } else {
        lesion_alone(pane, ui);
    }
}

/// The pictures, and the verdict below them.
fn lesion_alone(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    enlarge(ui);
    CentralPanel::no_frame()
        .frame(Frame::new().fill(palette.canvas))
        .show(ui, |ui| {
            let Some(lesion) = pane.state.current() else {
                ui.centered_and_justified(|ui| ui.label(text!("presenter-first-lesion")));
                return;
            };
            if !matches!(lesion.picture, Picture::Failed(_)) {
                Panel::bottom("presented verdict")
                    .resizable(false)
                    .frame(
                        Frame::new()
                            .fill(ui.visuals().panel_fill)
                            .inner_margin(Margin::symmetric(18, 8)),
                    )
                    .show(ui, |ui| verdict::show(pane, ui, lesion));
            }
            CentralPanel::no_frame().show(ui, |ui| lesion::picture(pane, ui, lesion));
        });
}
