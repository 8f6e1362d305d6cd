//! Models, devices, and how photographs are prepared for them.

use std::path::Path;

use egui::Key;

use flipscope_base::untrusted::printable;
use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_model::scheduler::ModelSlot;
use flipscope_model::{DemoModel, DeviceChoice, ModelSource};

use flipscope_language::{id, text};

use crate::explorer::actions::action::{Action, Obstacle, ctrl, ctrl_shift};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable;
use crate::explorer::actions::usable::needs;
use crate::explorer::command::Command;
use crate::explorer::page::Help;
use crate::explorer::state::State;

pub(crate) const OPEN: Action = Action::new(id!("model-open"), Group::Model, |_| {
    Command::AskModel(ModelSlot::Primary)
})
.keys(&[ctrl(Key::M)]);

pub(crate) const ABOUT: Action = Action::new(id!("model-about"), Group::Model, |_| {
    Command::Help(Help::Model)
})
.unless(usable::model);

pub(crate) const COMPARE: Action = Action::new(id!("model-compare"), Group::Model, |_| {
    Command::AskModel(ModelSlot::Comparison)
})
.keys(&[ctrl_shift(Key::M)]);

pub(crate) const SWAP: Action =
    Action::new(id!("model-swap"), Group::Model, |_| Command::SwapModels).unless(|state| {
        usable::model(state).or_else(|| {
            needs(
                state.comparison.ready.is_some(),
                text!("obstacle-no-comparison"),
            )
        })
    });

pub(crate) const STOP_COMPARING: Action =
    Action::new(id!("model-stop-comparing"), Group::Model, |_| {
        Command::StopComparing
    })
    .unless(|state| {
        let compared = &state.comparison;
        needs(
            compared.ready.is_some() || compared.loading.is_some(),
            text!("obstacle-no-comparison"),
        )
    });

/// A model is loaded, or being loaded: on a device alone there is nothing to do.
fn any_model(state: &State) -> Obstacle {
    let known = ModelSlot::ALL.into_iter().any(|slot| {
        let model = state.model_of(slot);
        model.ready.is_some() || model.loading.is_some()
    });
    needs(known, text!("obstacle-no-model"))
}

pub(crate) const FASTEST_DEVICE: Action =
    Action::new(id!("model-fastest-device"), Group::Model, |_| {
        Command::UseDevice(DeviceChoice::Auto)
    })
    .unless(any_model);

pub(crate) const PROCESSOR: Action = Action::new(id!("model-processor"), Group::Model, |_| {
    Command::UseDevice(DeviceChoice::Cpu)
})
.unless(any_model);

pub(crate) const GRAPHICS_CARD: Action =
    Action::new(id!("model-graphics-card"), Group::Model, |_| {
        Command::UseDevice(DeviceChoice::Cuda(0))
    })
    .unless(any_model);

pub(crate) const CROP: Action = Action::new(id!("model-crop"), Group::Model, |_| {
    Command::SetFraming(Some(Framing::Crop))
});

pub(crate) const SQUASH: Action = Action::new(id!("model-squash"), Group::Model, |_| {
    Command::SetFraming(Some(Framing::Squash))
});

pub(crate) const OWN_FRAMING: Action = Action::new(id!("model-own-framing"), Group::Model, |_| {
    Command::SetFraming(None)
})
.unless(|state| needs(state.framing.is_some(), text!("obstacle-used-already")));

pub(crate) const CONVERTED: Action = Action::new(id!("model-converted"), Group::Model, |_| {
    Command::SetColorHandling(ColorHandling::Converted)
});

pub(crate) const RAW: Action = Action::new(id!("model-raw"), Group::Model, |_| {
    Command::SetColorHandling(ColorHandling::Raw)
});

pub(crate) const OWN_THRESHOLD: Action =
    Action::new(id!("model-own-threshold"), Group::Model, |_| {
        Command::SetThreshold(None)
    })
    .unless(|state| needs(state.threshold.is_some(), text!("obstacle-used-already")));

/// The operating point of the model in use.
fn operating_point(state: &State) -> Option<f32> {
    state.model.ready.as_ref()?.info.operating_point()
}

pub(crate) const OPERATING_POINT: Action =
    Action::new(id!("model-operating-point"), Group::Model, |state| {
        Command::SetThreshold(operating_point(state))
    })
    .unless(|state| match operating_point(state) {
        None => Some(text!("obstacle-no-operating-point").into()),
        point => needs(state.threshold != point, text!("obstacle-used-already")),
    });

pub(super) const ALL: &[Action] = &[
    OPEN,
    ABOUT,
    COMPARE,
    SWAP,
    STOP_COMPARING,
    FASTEST_DEVICE,
    PROCESSOR,
    GRAPHICS_CARD,
    CROP,
    SQUASH,
    OWN_FRAMING,
    CONVERTED,
    RAW,
    OWN_THRESHOLD,
    OPERATING_POINT,
];

/// A model to choose for a slot.
pub(crate) struct KnownModel {
    /// What choosing it does.
    pub name: String,
    /// The model's own name, where it is clear what choosing it does.
    pub model: String,
    /// The model.
    pub source: ModelSource,
    /// Whether it is the one in use.
    pub chosen: bool,
}

/// The models to choose from for a slot: the demo models, and those that were loaded recently.
pub(crate) fn known(state: &State, slot: ModelSlot) -> Vec<KnownModel> {
    let ready = state.model_of(slot).ready.as_ref();
    let now = ready.map(|ready| &ready.source);
    let files = state.recent.iter().cloned().map(ModelSource::File);
    let inside = DemoModel::ALL.into_iter().map(ModelSource::Embedded);
    inside
        .chain(files)
        .map(|source| {
            let model = match &source {
                ModelSource::Embedded(demo) => demo.in_words().to_owned(),
                ModelSource::File(path) => short(path),
            };
            let name = match slot {
                ModelSlot::Primary => text!("model-use", name = model.as_str()),
                ModelSlot::Comparison => text!("model-compare-with", name = model.as_str()),
            };
            let chosen = now == Some(&source);
            KnownModel {
                name,
                model,
                source,
                chosen,
            }
        })
        .collect()
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
