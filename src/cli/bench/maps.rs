//! The network while an occlusion map and a landscape are made in the background, without a window.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{scope, sleep};
use std::time::Duration;

use anyhow::Context as _;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::landscape::{Landscape, LandscapeAxis, Parameter};
use flipscope_lab::explain::occlusion::Occlusion;
use flipscope_lab::explain::{ExplainError, Quantity, ScheduledNetwork, Watch};
use flipscope_lab::search::ScheduledScorer;
use flipscope_model::Score;
use flipscope_model::scheduler::{Loaded, Priority, Scheduler};

/// Squares of the occlusion map: 295 × 295 of them, so that it does not end before the drags do.
pub(super) const OCCLUSION: Occlusion = Occlusion { size: 5, stride: 1 };
/// Values along each axis of the landscape: 130,321 points.
pub(super) const VALUES: usize = 361;

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
    let jobs = scheduler.jobs().at(Priority::Lowest);
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
