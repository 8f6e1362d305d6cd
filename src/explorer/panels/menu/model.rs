//! The *Model* menu: which models answer, on which device, and how photographs are prepared for them.

use egui::Ui;

use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_language::text;
use flipscope_model::scheduler::ModelSlot;
use flipscope_model::{DeviceChoice, ModelSource};

use crate::explorer::actions::model::KnownModel;
use crate::explorer::actions::{explain, model, remedy};
use crate::explorer::command::Command;
use crate::explorer::panels::Pane;
use crate::explorer::panels::menu::entry::{choice, entry, short_choice, switch};
use crate::explorer::panels::scroll_layout;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    entry(pane, ui, &model::OPEN);
    let known = model::known(pane.state, ModelSlot::Primary);
    let (inside, files) = known
        .into_iter()
        .partition(|model| matches!(model.source, ModelSource::Embedded(_)));
    sources(pane, ui, ModelSlot::Primary, inside);
    if !files.is_empty() {
        ui.menu_button(text!("menu-recent-models"), |ui| {
            scroll_layout::menu(ui, |ui| sources(pane, ui, ModelSlot::Primary, files));
        });
    }
    entry(pane, ui, &model::ABOUT);
    ui.separator();
    ui.menu_button(text!("menu-compare-with"), |ui| {
        scroll_layout::menu(ui, |ui| {
            let known = model::known(pane.state, ModelSlot::Comparison);
            sources(pane, ui, ModelSlot::Comparison, known);
            entry(pane, ui, &model::COMPARE);
        });
    });
    ui.menu_button(text!("menu-remedy"), |ui| {
        scroll_layout::menu(ui, |ui| {
            let now = pane.state.remedy.primary;
            for (constancy, action) in remedy::CONSTANCIES {
                choice(pane, ui, action, now.constancy == *constancy);
            }
            ui.separator();
            for (vote, action) in remedy::VOTES {
                choice(pane, ui, action, now.vote == *vote);
            }
            ui.separator();
            entry(pane, ui, &remedy::COMPARE_WITHOUT);
        });
    });
    entry(pane, ui, &model::SWAP);
    entry(pane, ui, &model::STOP_COMPARING);
    ui.separator();
    ui.menu_button(text!("menu-device"), |ui| {
        let device = pane.state.device;
        for (each, action) in [
            (DeviceChoice::Auto, &model::FASTEST_DEVICE),
            (DeviceChoice::Cpu, &model::PROCESSOR),
            (DeviceChoice::Cuda(0), &model::GRAPHICS_CARD),
        ] {
            choice(pane, ui, action, device == each);
        }
    });
    ui.menu_button(text!("menu-framing"), |ui| {
        let framing = pane.state.framing();
        choice(pane, ui, &model::CROP, framing == Framing::Crop);
        choice(pane, ui, &model::SQUASH, framing == Framing::Squash);
        entry(pane, ui, &model::OWN_FRAMING);
    });
    ui.separator();
    let color_handling = pane.state.color_handling;
    let converted = color_handling == ColorHandling::Converted;
    choice(pane, ui, &model::CONVERTED, converted);
    choice(pane, ui, &model::RAW, color_handling == ColorHandling::Raw);
    ui.separator();
    entry(pane, ui, &model::OWN_THRESHOLD);
    entry(pane, ui, &model::OPERATING_POINT);
    ui.separator();
    let automatic = pane.state.summary.automatic;
    switch(pane, ui, &explain::SUMMARIES, automatic);
}

/// Models to choose from for a slot.
fn sources(pane: &mut Pane<'_>, ui: &mut Ui, slot: ModelSlot, models: Vec<KnownModel>) {
    for model in models {
        let command = Command::UseModel(slot, model.source);
        // The menu of the comparison is called so already.
        let shown = match slot {
            ModelSlot::Primary => &model.name,
            ModelSlot::Comparison => &model.model,
        };
        short_choice(pane, ui, (shown, &model.name), model.chosen, command);
    }
}
