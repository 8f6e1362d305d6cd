//! The right side: the sliders, or the searches.

use egui::{Panel, Ui};

use crate::explorer::batch;
use crate::explorer::command::Command;
use crate::explorer::explore::panel::alter;
use crate::explorer::page::Tool;
use crate::explorer::panels::Pane;
use crate::explorer::search;
use crate::explorer::widgets::segmented;

/// Minimum width in points: every row of a form fits.
const LEAST: f32 = 320.0;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let most = (ui.available_width() * 0.38).clamp(LEAST, 520.0);
    Panel::right("tools")
        .default_size(352.0_f32.min(most))
        .size_range(LEAST..=most)
        .frame(
            egui::Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(egui::Margin::symmetric(14, 8)),
        )
        .show(ui, |ui| {
            let Some(lesion) = pane.state.current() else {
                return;
            };
            let tool = pane.state.tool;
            ui.horizontal(|ui| {
                let tools = [
                    (Tool::Alter, "Alter", "Sliders for colour and pose (A)"),
                    (
                        Tool::Search,
                        "Search",
                        "Let the computer look for the change that flips (S)",
                    ),
                    (
                        Tool::Findings,
                        "Findings",
                        "What searches have found on all lesions",
                    ),
                ];
                if let Some(tool) = segmented(ui, "Tools", tool, &tools) {
                    pane.emit(Command::Show(tool));
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let altered = !lesion.perturbation.is_identity();
                    if ui
                        .add_enabled(altered, egui::Button::new("Reset all"))
                        .clicked()
                    {
                        pane.emit(Command::ResetAll);
                    }
                });
            });
            match tool {
                Tool::Alter => alter::show(pane, ui, lesion),
                Tool::Search => search::panel::show(pane, ui, lesion),
                Tool::Findings => batch::panel::findings(pane, ui),
            }
        });
}
