//! The threads that make maps and check them: each batch is a turn of the scheduler, so that a slider goes first.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use flipscope_image::lesion::Frame;
use flipscope_image::perturb;
use flipscope_lab::explain::check::{SEED, STEPS, compare, curves, importance};
use flipscope_lab::explain::figure::{Range, coloured, grey, of_pixels};
use flipscope_lab::explain::{ExplainError, Map, ScheduledNetwork, Watch};
use flipscope_language::{carried, text};
use flipscope_model::scheduler::Jobs;
use flipscope_model::{Classifier, DeviceChoice, Score};

use crate::explorer::explain::request::{
    ExplainAnswer, ExplainTask, ExplainWork, ExplainedModel, Made, NotMade, WantedMap,
};
use crate::explorer::explain::state::{ExplainId, Explained, Pictured};
use crate::explorer::worker::{Answer, Outbox};

/// How often progress is reported: often enough to look live.
const OFTEN: Duration = Duration::from_millis(80);

/// Starts a piece of work on a thread of its own; answers come from the outbox.
///
/// # Errors
/// If the system cannot start a thread.
pub(crate) fn start(work: ExplainWork, jobs: Jobs, outbox: Outbox) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("explain".to_owned())
        .spawn(carried(move || {
            let id = work.id;
            let made = catch_unwind(AssertUnwindSafe(|| carry_out(&work, &jobs, &outbox)));
            let result = match made {
                Ok(Ok(made)) => Ok(made),
                Ok(Err(ExplainError::Cancelled)) => Err(NotMade::Cancelled),
                Ok(Err(error)) => Err(NotMade::Failed(error.to_string())),
                Err(_) => Err(NotMade::Failed(text!("explain-bug").to_owned())),
            };
            outbox.send(Answer::Explain(ExplainAnswer::Ended(id, result)));
        }))?;
    Ok(())
}

fn carry_out(work: &ExplainWork, jobs: &Jobs, outbox: &Outbox) -> Result<Made, ExplainError> {
    let mut last: Option<Instant> = None;
    let mut report = |done, of| {
        if done < of && last.is_some_and(|at| at.elapsed() < OFTEN) {
            return;
        }
        last = Some(Instant::now());
        let progress = ExplainAnswer::Progress(work.id, [done, of]);
        outbox.send(Answer::Explain(progress));
    };
    let mut watch = Watch::new(&work.cancel, &mut report);
    let network = || network(&work.model, jobs);
    match &work.task {
        ExplainTask::Map(wanted) => {
            let explained = map(work.id, wanted, &work.model, &network()?, &mut watch)?;
            Ok(Made::Map(Arc::new(explained)))
        }
        ExplainTask::Curves(explained) => {
            let one = explained.newest().ok_or(ExplainError::Cancelled)?;
            let classes = match &one.map.quantity.score {
                Score::Logit(class) => vec![*class],
                Score::Probability(classes) => classes.clone(),
            };
            let order = importance(&one.map);
            let drawn = curves(
                &network()?,
                &one.frame,
                &classes,
                &order,
                (STEPS, SEED),
                &mut watch,
            )?;
            Ok(Made::Curves(Arc::clone(explained), drawn))
        }
        ExplainTask::RandomWeights(explained) => {
            let one = explained.newest().ok_or(ExplainError::Cancelled)?;
            let model = &work.model;
            let shuffled = Classifier::load_shuffled(
                &model.source,
                DeviceChoice::Cpu,
                &model.overrides,
                SEED,
            )?;
            let loaded = (*model.loaded).clone();
            let network = ScheduledNetwork::in_place_of(jobs.clone(), loaded, shuffled);
            let request = explained.settings.request();
            let random = request.map(&network, &one.frame, &one.map.quantity, &mut watch)?;
            let comparison = compare(&one.map, &random);
            Ok(Made::Random(Arc::clone(explained), comparison))
        }
    }
}

/// The network that explains: the one in use, or on a graphics card, which judges whole pictures only, the same on the processor.
fn network(model: &ExplainedModel, jobs: &Jobs) -> Result<ScheduledNetwork, ExplainError> {
    let loaded = (*model.loaded).clone();
    let on_processor = jobs
        .turn(loaded.generation, |model| Ok(model.on_processor()))
        .unwrap_or(Ok(true))?;
    if on_processor {
        return Ok(ScheduledNetwork::new(jobs.clone(), loaded));
    }
    let own = Classifier::load_with(&model.source, DeviceChoice::Cpu, &model.overrides)?;
    Ok(ScheduledNetwork::in_place_of(jobs.clone(), loaded, own))
}

fn map(
    id: ExplainId,
    wanted: &WantedMap,
    model: &ExplainedModel,
    network: &ScheduledNetwork,
    watch: &mut Watch<'_>,
) -> Result<Explained, ExplainError> {
    let altered = Arc::new(perturb::apply(&wanted.frame, &wanted.perturbation)?);
    let original = Arc::new(perturb::apply(
        &wanted.frame,
        &wanted.perturbation.of_original(),
    )?);
    let is_altered = altered != original;
    let request = wanted.settings.request();
    // Both are about the same number.
    let quantity = request.quantity(network, &altered)?;
    let mut frames = vec![Arc::clone(&altered)];
    if is_altered && wanted.settings.both {
        frames.insert(0, Arc::clone(&original));
    }
    let mut maps = Vec::new();
    for frame in frames {
        let map = request.map(network, &frame, &quantity, watch)?;
        maps.push((frame, map));
    }
    Ok(Explained {
        id,
        lesion: wanted.lesion,
        settings: wanted.settings.clone(),
        generation: model.loaded.generation,
        perturbation: Arc::clone(&wanted.perturbation),
        pictures: pictured(maps),
        original: is_altered.then_some(original),
        caption: wanted.caption.clone(),
    })
}

/// Maps with their colours; of two, with the same ones.
fn pictured(maps: Vec<(Arc<Frame>, Map)>) -> Vec<Pictured> {
    let values: Vec<Vec<f32>> = maps.iter().map(|(_, map)| of_pixels(map)).collect();
    let ranges: Vec<Option<Range>> = match (maps.as_slice(), values.as_slice()) {
        ([(_, before), (_, after)], [first, second]) => {
            Range::shared([(before, first), (after, second)]).into()
        }
        _ => (maps.iter().zip(&values))
            .map(|((_, map), values)| Range::of(map, values))
            .collect(),
    };
    (maps.into_iter().zip(values).zip(ranges))
        .map(|(((frame, map), values), range)| Pictured {
            grey: Arc::new(grey(&frame)),
            frame,
            colours: range.map(|range| (range, coloured(&values, &range))),
            map,
            values,
        })
        .collect()
}
