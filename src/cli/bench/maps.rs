//! The network and the window while what the window makes in the background is under way: an occlusion map, a landscape; in the
//! window also the summary of smallest changes, and the bands along the sliders.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{scope, sleep};
use std::time::Duration;

use anyhow::{Context as _, ensure};

use crate::explorer::command::Command as Ask;
use crate::explorer::explain::command::ExplainCommand;
use crate::explorer::explain::settings::Settings as MapSettings;
use crate::explorer::headless::Headless;
use crate::explorer::landscape::command::LandscapeCommand;
use crate::explorer::landscape::settings::Settings as LandscapeSettings;
use crate::explorer::state::State;
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::landscape::{Landscape, LandscapeAxis, Parameter};
use flipscope_lab::explain::occlusion::Occlusion;
use flipscope_lab::explain::{ExplainError, Quantity, ScheduledNetwork, Watch};
use flipscope_lab::search::ScheduledScorer;
use flipscope_model::Score;
use flipscope_model::scheduler::{Loaded, Priority, Scheduler};

use super::explore::{drag, run_until};
use super::report::DuringMaps;

/// Squares of the occlusion map: 295 × 295 of them, so that it does not end before the drags do.
const OCCLUSION: Occlusion = Occlusion { size: 5, stride: 1 };
/// Values along each axis of the landscape: 130,321 points.
const VALUES: usize = 361;

/// How often it is looked whether both maps have begun.
const LOOK: Duration = Duration::from_millis(5);

/// Measures something while an occlusion map and a landscape of a frame are made, without a window.
pub(super) fn beside_maps<T>(
    (scheduler, loaded): (&Scheduler, &Loaded),
    frame: &Arc<Frame>,
    measure: impl FnOnce() -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let quantity = Quantity {
        class: "melanoma".to_owned(),
        score: Score::Probability(loaded.info.melanoma_classes.clone()),
    };
    let landscape = Landscape {
        x: LandscapeAxis::whole(Parameter::Rotate, VALUES),
        y: Some(LandscapeAxis::whole(Parameter::ShiftX, VALUES)),
        around: Perturbation::default(),
    };
    let points: Vec<usize> = (0..landscape.count()).collect();
    let jobs = scheduler.jobs().at(Priority::Last);
    let (cancel, judged) = (Cancel::default(), [const { AtomicUsize::new(0) }; 2]);
    let [of_map, of_landscape] = &judged;
    scope(|scope| {
        let map = scope.spawn(|| {
            let network = ScheduledNetwork::new(jobs.clone(), loaded.clone());
            let mut report = |done, _| of_map.store(done, Ordering::Relaxed);
            let mut watch = Watch::new(&cancel, &mut report);
            OCCLUSION.map(&network, frame, &quantity, &mut watch)
        });
        let plane = scope.spawn(|| {
            let scorer = ScheduledScorer::new(jobs.clone(), loaded.clone());
            let mut report = |done, _| of_landscape.store(done, Ordering::Relaxed);
            let mut watch = Watch::new(&cancel, &mut report);
            let about = (frame, &quantity);
            landscape.judge(&scorer, about, &points, &mut watch, &mut |_| {})
        });
        while judged.iter().any(|done| done.load(Ordering::Relaxed) == 0)
            && !map.is_finished()
            && !plane.is_finished()
        {
            sleep(LOOK);
        }
        let measured = measure();
        cancel.request();
        let map = map.join().ok().context("the map's thread panicked")?;
        let plane = plane.join().ok();
        let plane = plane.context("the landscape's thread panicked")?;
        for ended in [map.map(|_| ()), plane] {
            match ended {
                Err(ExplainError::Cancelled) => {}
                Err(error) => return Err(error.into()),
                Ok(()) => anyhow::bail!("a map ended before it could be measured beside"),
            }
        }
        measured
    })
}

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
