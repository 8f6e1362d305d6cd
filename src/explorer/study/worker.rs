//! Studies on separate threads: made, opened, run, exported, merged.
//!
//! Models that are loaded in the window are used through jobs of the scheduler, so that the sliders stay live; a study's other
//! models are loaded for it alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use flipscope_base::atomic::AtomicFile;
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::ColorHandling;
use flipscope_lab::dataset::split::Split;
use flipscope_lab::dataset::{Dataset, DatasetError};
use flipscope_lab::search::{ScheduledScorer, Scorer, together_on};
use flipscope_lab::study::plan::{Model, choose};
use flipscope_lab::study::store::{Store, merge};
use flipscope_lab::study::tables::{self, Options, headlines};
use flipscope_lab::study::{
    Event, ModelRunner, Proposer, RunReport, Settings, StudyError, estimate, photographs_not_in,
    report, run,
};
use flipscope_language::text;
use flipscope_model::scheduler::{Jobs, Loaded};
use flipscope_model::{Classifier, DeviceChoice};

use crate::explorer::study::request::{StudyAnswer, StudyWork, Writing};
use crate::explorer::study::state::{
    Beginning, Drawing, Opened, StudyFigure, StudyForm, StudyId, StudyStatus,
};
use crate::explorer::worker::{Answer, Outbox};

/// How often a run reports to the window.
const OFTEN: Duration = Duration::from_millis(80);
/// How often results are read again during a run.
const RESULTS: Duration = Duration::from_millis(1500);

/// Does the work on a separate thread; the result is reported under `id`.
///
/// # Errors
/// If the system cannot start a thread.
pub fn start(id: StudyId, work: StudyWork, jobs: Jobs, outbox: Outbox) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("study".to_owned())
        .spawn(flipscope_language::carried(move || {
            let tell = |answer| outbox.send(Answer::Study(id, answer));
            let failed = ending(&work);
            // A bug must not leave the window waiting.
            if catch_unwind(AssertUnwindSafe(|| carry_out(work, &jobs, &tell))).is_err() {
                let why = text!("bug");
                tell(failed(why.to_owned()));
            }
        }))?;
    Ok(())
}

/// How a piece of work reports a failure.
fn ending(work: &StudyWork) -> Box<dyn Fn(String) -> StudyAnswer> {
    match work {
        StudyWork::Run { .. } => Box::new(|why| StudyAnswer::Ended(Err(why))),
        StudyWork::Write { file, what, .. } => {
            let (file, what) = (file.clone(), *what);
            Box::new(move |why| StudyAnswer::Written {
                file: file.clone(),
                what,
                result: Err(why),
            })
        }
        StudyWork::Draw(file) => {
            let file = file.clone();
            Box::new(move |why| StudyAnswer::Drawn {
                file: file.clone(),
                result: Err(why),
            })
        }
        StudyWork::Make { .. } | StudyWork::Open { .. } | StudyWork::Merge { .. } => {
            Box::new(|why| StudyAnswer::Opened(Err(why)))
        }
    }
}

fn carry_out(work: StudyWork, jobs: &Jobs, tell: &(dyn Fn(StudyAnswer) + Sync)) {
    let opened = |result: Result<Opened, StudyError>| {
        let result = result.map(Box::new).map_err(|error| error.to_string());
        tell(StudyAnswer::Opened(result));
    };
    match work {
        StudyWork::Make {
            file,
            form,
            models,
            loaded,
            color_handling,
            cancel,
        } => {
            let scorer = ScheduledScorer::new(jobs.clone(), *loaded);
            opened(make(
                &file,
                &form,
                models,
                &scorer,
                color_handling,
                &cancel,
                tell,
            ));
        }
        StudyWork::Open { file, root } => {
            let whole = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
            let root = root.map(whole);
            opened(open(&whole(file)).map(|opened| {
                let absent = root
                    .as_deref()
                    .map(|root| photographs_not_in(&opened.plan, root));
                Opened {
                    root,
                    not_in_root: absent.unwrap_or(0),
                    ..opened
                }
            }));
        }
        StudyWork::Merge { from, into } => {
            // The window shows what is missing, and can do it.
            opened(merge(&into, &from, true).and_then(|merged| {
                let mut made = open(&into)?;
                let damaged = merged.damaged.into_iter();
                made.notes
                    .extend(damaged.map(|name| text!("study-note-damaged", name = name)));
                Ok(made)
            }));
        }
        StudyWork::Run {
            file,
            root,
            loaded,
            device,
            cancel,
        } => {
            let settings = Settings {
                root,
                ..Settings::default()
            };
            let result = carry_on((&file, &settings), &loaded, device, &cancel, jobs, tell);
            if let Ok(status) = Store::open(&file).and_then(|store| status(&store)) {
                tell(StudyAnswer::Status(status));
            }
            tell(StudyAnswer::Ended(
                result.map_err(|error| error.to_string()),
            ));
        }
        StudyWork::Draw(file) => {
            let result = draw(&file).map_err(|error| error.to_string());
            tell(StudyAnswer::Drawn { file, result });
        }
        StudyWork::Write { file, what, folder } => {
            let result = write(&file, what, &folder).map_err(|error| error.to_string());
            tell(StudyAnswer::Written { file, what, result });
        }
    }
}

fn make(
    file: &Path,
    form: &StudyForm,
    models: Vec<Model>,
    scorer: &ScheduledScorer,
    color_handling: ColorHandling,
    cancel: &Cancel,
    tell: &(dyn Fn(StudyAnswer) + Sync),
) -> Result<Opened, StudyError> {
    if file.exists() {
        return Err(StudyError::Exists {
            path: file.to_owned(),
        });
    }
    // Found out before the photographs are read.
    AtomicFile::create(file).map_err(|source| StudyError::Io {
        path: file.to_owned(),
        source,
    })?;
    let Some(data) = &form.data else {
        return Err(StudyError::Plan(text!("study-no-photographs").to_owned()));
    };
    let dataset = Dataset::read(data, form.images.as_deref())?;
    let said = dataset.found.iter().chain(&dataset.assumptions);
    let mut notes: Vec<String> = said.cloned().collect();
    if !dataset.problems.is_empty() {
        notes.push(text!("study-note-left-out", what = dataset.summary()));
    }
    let split = form.split.as_deref().map(Split::read).transpose()?;
    let choice = form.draft.choice(split.as_ref());
    let read = |done, total| tell(StudyAnswer::Read(done, total));
    let chosen = choose(&dataset, &choice, &read, cancel)?;
    let left_out = chosen.left_out.iter();
    notes.extend(left_out.map(|one| {
        text!(
            "study-note-one-left-out",
            name = one.id.as_str(),
            why = one.reason.to_string()
        )
    }));
    let lesions = chosen.lesions;
    let plan = form.draft.plan(&dataset, chosen, models, color_handling)?;
    plan.validate()?;
    let Some(first) = plan.models.first() else {
        return Err(StudyError::Plan(text!("study-needs-a-model").to_owned()));
    };
    let measured = estimate(&plan, first, &Settings::default(), scorer)?;
    if cancel.is_requested() {
        return Err(DatasetError::Cancelled.into());
    }
    Store::create(file, &plan)?;
    let sample = form.draft.seconds_of_a_sample(measured.seconds(), lesions);
    Ok(Opened {
        estimate: Some((measured, sample)),
        notes,
        ..open(file)?
    })
}

fn open(file: &Path) -> Result<Opened, StudyError> {
    let store = Store::open(file)?;
    let plan = store.plan()?;
    let mut notes = Vec::new();
    match store.check(&plan) {
        // It can be opened all the same: the next run repeats the damaged work.
        Err(error @ StudyError::Damaged { .. }) => notes.push(error.to_string()),
        other => other?,
    }
    if !store.has_checksums() {
        notes.push(text!("study-note-old").to_owned());
    }
    Ok(Opened {
        file: file.to_owned(),
        sha256: plan.sha256()?,
        plan,
        status: status(&store)?,
        estimate: None,
        notes,
        root: None,
        not_in_root: 0,
    })
}

fn status(store: &Store) -> Result<StudyStatus, StudyError> {
    let plan = store.plan()?;
    Ok(StudyStatus {
        jobs: store.status()?.jobs(&plan),
        summaries: match headlines(store, &plan) {
            // Damage is not reported here.
            Err(StudyError::Damaged { .. }) => Vec::new(),
            other => other?,
        },
    })
}

fn carry_on(
    (file, settings): (&Path, &Settings),
    loaded: &[Loaded],
    device: DeviceChoice,
    cancel: &Cancel,
    jobs: &Jobs,
    tell: &(dyn Fn(StudyAnswer) + Sync),
) -> Result<RunReport, StudyError> {
    let store = Store::open(file)?;
    let mut load = |model: &Model| -> Result<ModelRunner, StudyError> {
        let at_hand = |one: &&Loaded| model.is(&one.info, one.precision);
        if let Some(one) = loaded.iter().find(at_hand) {
            let scorer = ScheduledScorer::new(jobs.clone(), one.clone());
            let own = scorer.clone();
            let load_in = move |precision| {
                let copy = own.copy_in(precision)?;
                Ok(Box::new(copy) as Box<dyn Scorer>)
            };
            return Ok(ModelRunner {
                proposer: Some(Proposer::new(one.kind, Box::new(load_in))),
                scorer: Box::new(scorer),
                batch: ModelRunner::BATCH,
                together: together_on(one.kind),
            });
        }
        tell(StudyAnswer::Begins(Beginning::Loading(model.name.clone())));
        let classifier = Classifier::load_with(&model.source()?, device, &model.overrides()?)?;
        Ok(ModelRunner::new(classifier))
    };
    let mut told: Option<Instant> = None;
    let mut begun = false;
    // The next reading of results waits twenty times as long as the last one took.
    let mut results = Instant::now() + RESULTS;
    let mut hear = |event: Event<'_>| {
        let often = told.is_some_and(|at| at.elapsed() < OFTEN);
        match event {
            Event::Problem(problem) | Event::Missing(problem) => {
                tell(StudyAnswer::Problem(problem.to_owned()));
            }
            Event::WithoutProposals(why) => {
                tell(StudyAnswer::WithoutProposals(why.to_owned()));
            }
            Event::Model(_) => {
                begun = false;
                tell(StudyAnswer::Begins(Beginning::Judging(0, 0)));
            }
            Event::Reading(done, of) if !often => {
                told = Some(Instant::now());
                tell(StudyAnswer::Begins(Beginning::Reading(done, of)));
            }
            Event::Judging(done, of) if !often || done == 0 => {
                told = Some(Instant::now());
                tell(StudyAnswer::Begins(Beginning::Judging(done, of)));
            }
            // The first one ends what is said of the beginning.
            Event::Progress(progress) if !often || !begun => {
                begun = true;
                told = Some(Instant::now());
                tell(StudyAnswer::Progress(progress.clone()));
            }
            Event::Proof(image, progress) if !often => {
                told = Some(Instant::now());
                tell(StudyAnswer::Proof(image.to_owned(), *progress));
            }
            Event::Search(image, progress) if !often => {
                told = Some(Instant::now());
                tell(StudyAnswer::Attack(image.to_owned(), progress.clone()));
            }
            Event::Waiting(units) => {
                // Whatever comes next ends the wait, and is told.
                told = None;
                tell(StudyAnswer::Waiting(units));
            }
            _ => {}
        }
        // Between two of its own, too: another run may do units of the same study.
        let works = matches!(
            event,
            Event::Progress(_)
                | Event::Judging(..)
                | Event::Search(..)
                | Event::Proof(..)
                | Event::Waiting(_)
        );
        if works && Instant::now() >= results {
            let began = Instant::now();
            // If it cannot be read now, it is read at the end.
            if let Ok(status) = status(&store) {
                tell(StudyAnswer::Status(status));
            }
            results = Instant::now() + RESULTS.max(began.elapsed() * 20);
        }
    };
    run(file, settings, &mut load, cancel, &mut hear)
}

/// The figures of a report of the results so far.
fn draw(file: &Path) -> Result<Drawing, StudyError> {
    let options = Options {
        partial: true,
        // The figures do not show the intervals that are resampled.
        resamples: Options::RESAMPLES.0,
        ..Options::default()
    };
    let folder = tempfile::tempdir().map_err(|source| StudyError::Io {
        path: PathBuf::from(text!("study-temporary-folder")),
        source,
    })?;
    let drawn = report::pictures(&Store::open(file)?, folder.path(), &options)?;
    let figures = drawn
        .figures
        .into_iter()
        .map(|(title, picture)| StudyFigure {
            title,
            picture: Arc::new(picture),
        });
    Ok(Drawing {
        figures: figures.collect(),
        notes: drawn.notes,
        photographs_missing: drawn.photographs_missing,
    })
}

/// Writes tables, or a report, of the results so far; both say what is missing.
fn write(file: &Path, what: Writing, folder: &Path) -> Result<PathBuf, StudyError> {
    let store = Store::open(file)?;
    let options = Options {
        partial: true,
        ..Options::default()
    };
    tables::may_write(&store, file, folder, what == Writing::Report, false)?;
    match what {
        Writing::Tables => {
            tables::export(&store, folder, &options)?;
            Ok(folder.to_owned())
        }
        Writing::Report => report::write(&store, folder, &options),
    }
}
