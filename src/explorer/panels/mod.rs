//! The panels of the whole window, and how they are arranged with those of the features. They read the state and emit commands;
//! none of them changes the state itself.

pub(crate) mod assumed;
pub(crate) mod framing;
mod help;
mod menu;
pub(crate) mod messages;
pub(crate) mod page;
mod pane;
pub(crate) mod scroll_layout;
mod status;
mod tooltips;
mod under_way;
mod unsaved_work;
mod welcome;
pub(crate) mod width;

use egui::{CentralPanel, Ui, Vec2, vec2};

use crate::explorer::explain;
use crate::explorer::explore::panel::{lesion, list, tools};
use crate::explorer::figures;
use crate::explorer::landscape;
use crate::explorer::page::Page;
use crate::explorer::palette;
use crate::explorer::presenter;
use crate::explorer::readers;
use crate::explorer::state::State;
use crate::explorer::study;
use crate::explorer::tour;
use crate::explorer::typed_path;

pub(crate) use pane::Pane;
pub(crate) use status::INTENDED_USE;

/// The smallest size in points at which the page itself needs no scrolling.
fn least(state: &State, wide: bool) -> Vec2 {
    match state.page {
        Page::Explore if state.lesions.is_empty() => vec2(240.0, 160.0),
        Page::Explore if state.presenter.on => presenter::panel::least(state),
        Page::Explore if wide => vec2(scroll_layout::WIDE, 330.0),
        Page::Explore => vec2(722.0, 390.0),
        Page::Study | Page::Readers | Page::Explain | Page::Landscape => vec2(430.0, 260.0),
    }
}

/// Whether the page is the one that offers the samples.
pub(crate) fn offers_samples(state: &State) -> bool {
    state.page == Page::Explore && state.lesions.is_empty()
}

/// Shows the whole window.
pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let presenting = pane.state.presenter.on;
    if !presenting {
        menu::show(pane, ui);
    }
    if presenting && pane.state.page != Page::Explore {
        // That page does it itself, but for its list and its sliders.
        presenter::panel::enlarge(ui);
    }
    // The pictures and verdicts of presenter mode say it themselves.
    let said = presenting && pane.state.page == Page::Explore && !pane.state.lesions.is_empty();
    if !said {
        status::show(pane, ui);
    }
    if presenting {
        presenter::panel::leaving::show(pane, ui);
        messages::while_presenting(pane, ui, presenter::panel::enlarge);
    }
    let page = ui.available_rect_before_wrap();
    if !presenting {
        tour::panel::show(pane, ui);
    }
    let behind = egui::Frame::new().fill(ui.visuals().panel_fill);
    let least = least(pane.state, scroll_layout::is_wide(ui));
    CentralPanel::no_frame().frame(behind).show(ui, |ui| {
        scroll_layout::page(ui, pane.state.page, least, |ui| match pane.state.page {
            Page::Study => study::panel::show(pane, ui),
            Page::Readers => readers::panel::show(pane, ui),
            Page::Explain => explain::panel::show(pane, ui),
            Page::Landscape => landscape::panel::show(pane, ui),
            Page::Explore if offers_samples(pane.state) => welcome::show(pane, ui),
            Page::Explore if presenting => presenter::panel::show(pane, ui),
            Page::Explore => {
                // In the order of Tab: list, picture, sliders.
                list::show(pane, ui);
                tools::beside(pane.state, ui, |ui| lesion::show(pane, ui));
                tools::show(pane, ui);
            }
        });
    });
    tooltips::hide_behind_dialogs(pane.state, ui.ctx());
    messages::show(pane, ui.ctx(), page);
    messages::all(pane, ui.ctx());
    help::show(pane, ui.ctx());
    palette::panel::show(pane, ui.ctx());
    figures::panel::show(pane, ui.ctx());
    unsaved_work::show(pane, ui.ctx());
    typed_path::panel::show(pane, ui.ctx());
    welcome::hovering_files(ui.ctx(), pane.state.page);
    presenter::panel::pointer(pane.state, ui.ctx());
}
