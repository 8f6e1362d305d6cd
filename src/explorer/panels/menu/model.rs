//! The *Model* menu: which models answer, on which device, and how photographs are prepared for them.

use std::path::Path;

use egui::Ui;

use flipscope_base::text::printable;
use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_model::scheduler::ModelSlot;
use flipscope_model::{DemoModel, DeviceChoice, ModelSource};

use crate::explorer::command::Command;
use crate::explorer::page::Help;
use crate::explorer::panels::Pane;
use crate::explorer::panels::menu::entry::{choice, entry};
use crate::explorer::panels::scroll_layout;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    entry(
        pane,
        ui,
        "Open model…",
        "Open a model",
        true,
        Command::AskModel(ModelSlot::Primary),
    );
    sources(pane, ui, ModelSlot::Primary);
    let known = pane.state.model.ready.is_some();
    entry(
        pane,
        ui,
        "About this model…",
        "",
        known,
        Command::Help(Help::Model),
    );
    ui.separator();
    compare_with(pane, ui);
    let compared = pane.state.comparison.ready.is_some();
    entry(
        pane,
        ui,
        "Swap the two models",
        "",
        known && compared,
        Command::SwapModels,
    );
    let comparing = compared || pane.state.comparison.loading.is_some();
    entry(
        pane,
        ui,
        "Stop comparing",
        "",
        comparing,
        Command::StopComparing,
    );
    ui.separator();
    let device = pane.state.device;
    for (each, name) in [
        (DeviceChoice::Auto, "Device: the fastest there is"),
        (DeviceChoice::Cpu, "Device: the processor"),
        (DeviceChoice::Cuda(0), "Device: the graphics card (CUDA)"),
    ] {
        choice(pane, ui, name, device == each, Command::UseDevice(each));
    }
    ui.separator();
    let by_hand = pane.state.framing;
    let framing = pane.state.framing();
    for (each, name) in [
        (Framing::Crop, "Framing: crop (centre, aspect kept)"),
        (Framing::Squash, "Framing: squash (whole picture)"),
    ] {
        choice(pane, ui, name, framing == each, Command::Frame(Some(each)));
    }
    entry(
        pane,
        ui,
        "The model's own framing",
        "",
        by_hand.is_some(),
        Command::Frame(None),
    );
    ui.separator();
    let reading = pane.state.reading;
    choice(
        pane,
        ui,
        "Apply orientation and colour profile",
        reading == ColorHandling::Converted,
        Command::Read(ColorHandling::Converted),
    );
    choice(
        pane,
        ui,
        "Raw values, as the letter's pipeline",
        reading == ColorHandling::Raw,
        Command::Read(ColorHandling::Raw),
    );
    ui.separator();
    let set = pane.state.threshold.is_some();
    entry(
        pane,
        ui,
        "The model's own threshold",
        "",
        set,
        Command::Threshold(None),
    );
}

/// The model that is compared.
fn compare_with(pane: &mut Pane<'_>, ui: &mut Ui) {
    ui.menu_button("Compare with", |ui| {
        scroll_layout::menu(ui, |ui| {
            sources(pane, ui, ModelSlot::Comparison);
            entry(
                pane,
                ui,
                "Another model…",
                "Compare with a model",
                true,
                Command::AskModel(ModelSlot::Comparison),
            );
        });
    });
}

/// The models to choose from for a slot: the demo models, and those that were loaded recently.
fn sources(pane: &mut Pane<'_>, ui: &mut Ui, slot: ModelSlot) {
    let now = pane.state.model_of(slot).ready.as_ref();
    let now = now.map(|ready| ready.source.clone());
    let files = pane.state.recent.iter().cloned().map(ModelSource::File);
    let inside = DemoModel::ALL.into_iter().map(ModelSource::Embedded);
    let all: Vec<_> = inside.chain(files).collect();
    for source in all {
        let name = match &source {
            ModelSource::Embedded(demo) => demo.title().to_owned(),
            ModelSource::File(path) => short(path),
        };
        let name = match slot {
            ModelSlot::Primary => format!("Use {name}"),
            ModelSlot::Comparison => format!("Compared with: {name}"),
        };
        let chosen = now.as_ref() == Some(&source);
        choice(pane, ui, &name, chosen, Command::UseModel(slot, source));
    }
}

/// A checkpoint's file name, with its folder's, which is often more informative.
fn short(path: &Path) -> String {
    let part = |path: &Path| {
        path.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let shown = match (path.parent().and_then(part), part(path)) {
        (Some(folder), Some(file)) => format!("{folder}/{file}"),
        (None, Some(file)) => file,
        _ => path.display().to_string(),
    };
    printable(&shown).into_owned()
}
