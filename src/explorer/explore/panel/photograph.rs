//! What is known about the photograph: format, size, orientation, profile, framing.

use crate::explorer::panels::framing::in_words;
use egui::{RichText, Ui};

use flipscope_language::text;

use crate::explorer::explore::lesion::{Lesion, Picture};
use crate::explorer::panels::Pane;
use crate::explorer::theme;
use crate::explorer::tour::tasks;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let palette = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.label(RichText::new(text!("photograph")).color(palette.muted));
    ui.add(egui::Label::new(lesion.shown()).wrap());
    // It says what the network makes of a sample.
    let caption = (lesion.caption()).filter(|_| !pane.state.presenter.hides(lesion.id));
    if let Some(caption) = caption {
        ui.add(egui::Label::new(RichText::new(caption).color(palette.muted)).wrap());
        if !tasks::hold(pane.state) {
            let not_now = RichText::new(text!("task-of-another-model")).color(palette.muted);
            ui.add(egui::Label::new(not_now).wrap());
        }
    }
    match &lesion.picture {
        Picture::Loading | Picture::Released { .. } => {
            ui.label(text!("photograph-reading"));
        }
        // The reason is given in the middle of the window.
        Picture::Failed(_) => {
            ui.label(RichText::new(text!("photograph-unreadable")).color(palette.error));
        }
        Picture::Ready {
            metadata, framing, ..
        } => {
            for line in metadata.lines() {
                ui.add(egui::Label::new(RichText::new(line).small().color(palette.muted)).wrap());
            }
            let framing = in_words(*framing);
            let text = if pane.state.framing.is_some() {
                text!("photograph-framing-chosen", framing = framing)
            } else {
                text!("photograph-framing-model", framing = framing)
            };
            ui.label(RichText::new(text).small().color(palette.muted));
        }
    }
}
