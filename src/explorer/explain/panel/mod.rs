//! The page *Explain*: on the left the form for the next map, on the right the maps of the explored lesion.

mod checks;
mod form;
mod maps;
pub(crate) mod parts;
mod words;

use egui::Ui;

use flipscope_language::text;

use crate::explorer::page::Page;
use crate::explorer::panels::{Pane, page};
use crate::explorer::presenter::panel::reveal;
use crate::explorer::summary;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let state = pane.state;
    let there = (state.selected)
        .is_some_and(|id| state.explain.of(id).is_some() || state.presenter.hides(id));
    if state.presenter.shows_form(!there) {
        page::form(ui, "next map", |ui| form::show(pane, ui));
    }
    page::canvas(ui, Page::Explain, |ui, height| canvas(pane, ui, height));
}

fn canvas(pane: &mut Pane<'_>, ui: &mut Ui, height: f32) {
    let Some(lesion) = pane.state.current() else {
        page::introduction(ui, text!("explain-title"), text!("explain-introduction"));
        return;
    };
    if pane.state.presenter.hides(lesion.id) {
        page::introduction(ui, text!("explain-title"), text!("explain-obstacle-hidden"));
        reveal::show(pane, ui);
        return;
    }
    let id = lesion.id;
    match pane.state.explain.of(id).cloned() {
        Some(kept) => {
            maps::show(pane, ui, &kept.explained, height);
            checks::show(pane, ui, &kept);
        }
        None => page::introduction(ui, text!("explain-title"), text!("explain-introduction")),
    }
    summary::panel::show(pane, ui);
}
