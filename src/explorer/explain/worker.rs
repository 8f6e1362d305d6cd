//! The threads that make maps and check them: each batch is a turn of the scheduler, so that a slider goes first.

use std::sync::Arc;
use std::time::{Duration, Instant};

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{self, Perturbation};
use flipscope_lab::explain::check::{SEED, STEPS, compare, curves, importance};
use flipscope_lab::explain::figure::{Range, coloured, grey, of_pixels};
use flipscope_lab::explain::{ExplainError, Map, ScheduledNetwork, Watch};
use flipscope_model::scheduler::Jobs;
use flipscope_model::{Classifier, DeviceChoice, Score};

use crate::explorer::explain::request::{
    ExplainAnswer, ExplainTask, ExplainWork, ExplainedModel, Made, Redrawing, WantedMap,
};
use crate::explorer::explain::state::{Explained, Kept, Pictured};
use crate::explorer::explain::thread;
use crate::explorer::model::ModelIdentity;
use crate::explorer::worker::{Answer, Outbox};

/// How often progress is reported: often enough to look live.
const OFTEN: Duration = Duration::from_millis(80);

/// Starts a piece of work on a thread of its own; answers come from the outbox.
///
/// # Errors
/// If the system cannot start a thread.
pub(crate) fn start(work: ExplainWork, jobs: Jobs, outbox: Outbox) -> std::io::Result<()> {
    let id = work.id;
    thread::start(
        "explain",
        outbox,
        move |outbox| carry_out(&work, &jobs, outbox),
        move |result| Answer::Explain(ExplainAnswer::Ended(id, result)),
    )
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
    let network = || network(&work.model, jobs);
    match &work.task {
        ExplainTask::Map(wanted) => {
            let explained = map(work, wanted, &network()?, &mut report)?;
            Ok(Made::Map(Arc::new(explained)))
        }
        ExplainTask::Curves(explained) => {
            let one = explained.newest().ok_or(ExplainError::Cancelled)?;
            let classes = match &one.map.quantity.score {
                Score::Logit(class) => vec![*class],
                Score::Probability(classes) => classes.clone(),
            };
            let order = importance(&one.map);
            let mut watch = Watch::new(&work.cancel, &mut report);
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
            let mut watch = Watch::new(&work.cancel, &mut report);
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
    work: &ExplainWork,
    wanted: &WantedMap,
    network: &ScheduledNetwork,
    report: &mut dyn FnMut(usize, usize),
) -> Result<Explained, ExplainError> {
    let ExplainWork { id, model, .. } = work;
    let [original, altered] = frames(&wanted.frame, &wanted.perturbation)?;
    let is_altered = altered != original;
    let request = wanted.settings.request();
    // Both are about the same number.
    let quantity = request.quantity(network, &altered)?;
    let mut frames = vec![Arc::clone(&altered)];
    if is_altered && wanted.settings.both {
        frames.insert(0, Arc::clone(&original));
    }
    let (mut maps, all) = (Vec::new(), frames.len());
    for (at, frame) in frames.into_iter().enumerate() {
        // Both maps are one piece of work, of about the same length each: the bar runs once.
        let mut of_all = |done, of| report(at * of + done, all * of);
        let mut watch = Watch::new(&work.cancel, &mut of_all);
        let map = request.map(network, &frame, &quantity, &mut watch)?;
        maps.push((frame, Arc::new(map)));
    }
    Ok(Explained {
        id: *id,
        lesion: wanted.lesion,
        settings: wanted.settings.clone(),
        generation: model.loaded.generation,
        model: ModelIdentity::of(&model.loaded),
        frame_sha256: wanted.frame_sha256.clone(),
        perturbation: Arc::clone(&wanted.perturbation),
        pictures: pictured(maps),
        original: is_altered.then_some(original),
        caption: wanted.caption.clone(),
    })
}

/// The unaltered frame, and the altered one.
fn frames(frame: &Frame, sliders: &Perturbation) -> Result<[Arc<Frame>; 2], ExplainError> {
    let original = perturb::apply(frame, &sliders.of_original())?;
    Ok([original, perturb::apply(frame, sliders)?].map(Arc::new))
}

/// Draws a map of an earlier run on a thread of its own; the answer comes from the outbox.
///
/// # Errors
/// If the system cannot start a thread.
pub(crate) fn redraw(work: Redrawing, outbox: Outbox) -> std::io::Result<()> {
    let lesion = work.record.lesion;
    thread::start(
        "explain",
        outbox,
        move |_| redrawn(work).map(Box::new),
        move |result| Answer::Explain(ExplainAnswer::Redrawn(lesion, result)),
    )
}

fn redrawn(work: Redrawing) -> Result<Kept, ExplainError> {
    let record = work.record;
    let [original, altered] = frames(&work.frame, &record.perturbation)?;
    let is_altered = altered != original;
    let of = match record.maps.len() {
        0 | 1 => vec![altered],
        _ => vec![Arc::clone(&original), altered],
    };
    let maps = record.maps.into_iter().map(|map| map.0);
    let explained = Explained {
        id: work.id,
        lesion: record.lesion,
        settings: record.settings,
        generation: work.generation,
        model: record.model,
        frame_sha256: record.frame_sha256,
        perturbation: record.perturbation.0,
        pictures: pictured(of.into_iter().zip(maps).collect()),
        original: is_altered.then_some(original),
        caption: record.caption,
    };
    Ok(Kept {
        explained: Arc::new(explained),
        curves: record.curves,
        random: record.random,
    })
}

/// Maps with their colours; of two, with the same ones.
fn pictured(maps: Vec<(Arc<Frame>, Arc<Map>)>) -> Vec<Pictured> {
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
