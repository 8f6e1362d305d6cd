//! The window while everything that it makes in the background is under way: an occlusion map, a landscape, the summary of smallest
//! changes, and the bands along the sliders.

use anyhow::ensure;

use crate::explorer::command::Command as Ask;
use crate::explorer::explain::command::ExplainCommand;
use crate::explorer::explain::settings::Settings as MapSettings;
use crate::explorer::headless::Headless;
use crate::explorer::landscape::command::LandscapeCommand;
use crate::explorer::landscape::settings::Settings as LandscapeSettings;
use crate::explorer::state::State;
use flipscope_lab::explain::landscape::{LandscapeAxis, Parameter};
use flipscope_lab::explain::occlusion::Occlusion;

use super::explore::{drag, run_until};
use super::report::DuringMaps;

/// Squares of the occlusion map: 295 × 295 of them, so that it does not end before the drags do.
const OCCLUSION: Occlusion = Occlusion { size: 5, stride: 1 };
/// Values along each axis of the landscape: 130,321 points.
const VALUES: usize = 361;

/// Moves sliders while the maps of the explored lesion are made.
pub(super) fn during_maps(window: &mut Headless, repeat: u16) -> anyhow::Result<DuringMaps> {
    // It begins by itself, once nothing was done for a while.
    run_until(window, "the summary of smallest changes", |state| {
        (state.summary.task.as_ref()).is_some_and(|task| task.progress[0] > 0)
    })?;
    let map = MapSettings {
        occlusion: OCCLUSION,
        ..MapSettings::default()
    };
    let landscape = LandscapeSettings {
        x: LandscapeAxis::whole(Parameter::Rotate, VALUES),
        y: LandscapeAxis::whole(Parameter::ShiftX, VALUES),
        ..LandscapeSettings::default()
    };
    for command in [
        Ask::Explain(ExplainCommand::Set(Box::new(map))),
        Ask::Explain(ExplainCommand::Start),
        Ask::Landscape(LandscapeCommand::Set(landscape)),
        Ask::Landscape(LandscapeCommand::Start),
    ] {
        window.app().command(command);
    }
    run_until(window, "a first part of map and landscape", under_way)?;
    let dragged = drag(window, repeat)?;
    ensure!(
        under_way(window.app().state()),
        "a map ended before it could be measured beside"
    );
    window.app().command(Ask::Explain(ExplainCommand::Cancel));
    window.app().command(Ask::Landscape(LandscapeCommand::Stop));
    run_until(window, "the end of the maps", |state| {
        state.explain.task.is_none() && state.landscape.task.is_none()
    })?;
    Ok(DuringMaps {
        slider_to_verdict_ms: dragged.slider_to_verdict_ms,
        ui_frame_ms: dragged.ui_frame_ms,
    })
}

/// Whether map and landscape have begun and not ended.
fn under_way(state: &State) -> bool {
    let map = state.explain.task.as_ref();
    let landscape = state.landscape.task.as_ref();
    map.is_some_and(|task| task.progress[0] > 0)
        && landscape.is_some_and(|task| task.progress[0] > 0)
}
