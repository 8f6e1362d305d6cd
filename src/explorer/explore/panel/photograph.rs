//! What is known about the photograph: format, size, orientation, profile, framing.

use egui::{RichText, Ui};

use crate::explorer::explore::lesion::{Lesion, Picture};
use crate::explorer::panels::Pane;
use crate::explorer::theme;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let palette = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.label(RichText::new("Photograph").color(palette.muted));
    ui.add(egui::Label::new(lesion.shown()).wrap());
    // It says what the network makes of a sample.
    let caption = (lesion.caption.as_ref()).filter(|_| !pane.state.presenter.hides(lesion.id));
    if let Some(caption) = caption {
        ui.add(egui::Label::new(RichText::new(caption).color(palette.muted)).wrap());
    }
    match &lesion.picture {
        Picture::Loading | Picture::Released { .. } => {
            ui.label("Reading…");
        }
        // The reason is given in the middle of the window.
        Picture::Failed(_) => {
            ui.label(RichText::new("Cannot be read").color(palette.error));
        }
        Picture::Ready { facts, framing, .. } => {
            for fact in facts {
                ui.add(egui::Label::new(RichText::new(fact).small().color(palette.muted)).wrap());
            }
            let by = if pane.state.framing.is_some() {
                "your choice"
            } else {
                "model default"
            };
            ui.label(
                RichText::new(format!("Framing: {framing} ({by})"))
                    .small()
                    .color(palette.muted),
            );
        }
    }
}
