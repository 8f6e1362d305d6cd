//! Reader studies on separate threads: made, opened, read, revealed, exported, merged.
//!
//! Reading is another process of this program, in a separate window: it shows nothing of this one, and outlives it.

mod making;
mod open;
mod reading;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flipscope_image::distance::difference;
use flipscope_image::lesion::Frame;
use flipscope_lab::reader::plan::{Form, Material};
use flipscope_lab::reader::results::{Evidence, Forms};
use flipscope_lab::reader::store::{Phase, Store, merge};
use flipscope_lab::reader::{ReaderError, report, tables};
use flipscope_language::text;
use flipscope_model::scheduler::Jobs;

use crate::explorer::readers::request::{ReaderAnswer, ReaderWork};
use crate::explorer::readers::state::{OpenedReaderStudy, ReaderStudyId, RevealedLesion};
use crate::explorer::readers::worker::open::open;
use crate::explorer::study::request::Writing;
use crate::explorer::worker::{Answer, Outbox};

/// Does the work on a separate thread; the result is reported under `id`.
///
/// # Errors
/// If the system cannot start a thread.
pub fn start(
    id: ReaderStudyId,
    work: ReaderWork,
    jobs: Jobs,
    outbox: Outbox,
) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("reader-study".to_owned())
        .spawn(flipscope_language::carried(move || {
            let tell = |answer| outbox.send(Answer::Reader(id, answer));
            let failed = failure(&work);
            // A bug must not leave the window waiting.
            if catch_unwind(AssertUnwindSafe(|| carry_out(work, &jobs, &tell))).is_err() {
                let why = text!("bug");
                failed(why.to_owned()).into_iter().for_each(tell);
            }
        }))?;
    Ok(())
}

/// How a piece of work reports a failure; work that reports nothing to the user also fails silently.
fn failure(work: &ReaderWork) -> Box<dyn Fn(String) -> Option<ReaderAnswer>> {
    match work {
        ReaderWork::Follow { .. } | ReaderWork::Count(_) => Box::new(|_| None),
        ReaderWork::Read { .. } => Box::new(|why| Some(ReaderAnswer::Ended(Err(why)))),
        ReaderWork::Reveal { file, lesion } => {
            let (file, lesion) = (file.clone(), *lesion);
            Box::new(move |why| {
                Some(ReaderAnswer::Revealed {
                    file: file.clone(),
                    lesion,
                    result: Err(why),
                })
            })
        }
        ReaderWork::Write { file, what, .. } => {
            let (file, what) = (file.clone(), *what);
            Box::new(move |why| {
                Some(ReaderAnswer::Written {
                    file: file.clone(),
                    what,
                    result: Err(why),
                })
            })
        }
        ReaderWork::Make { .. } | ReaderWork::Open(_) | ReaderWork::Merge { .. } => {
            Box::new(|why| Some(ReaderAnswer::Opened(Err(why))))
        }
    }
}

fn carry_out(work: ReaderWork, jobs: &Jobs, tell: &dyn Fn(ReaderAnswer)) {
    let opened = |result: Result<OpenedReaderStudy, String>| {
        tell(ReaderAnswer::Opened(result.map(Box::new)));
    };
    match work {
        ReaderWork::Make {
            file,
            form,
            tray,
            loaded,
            cancel,
        } => opened(making::make(
            &making::StudyToMake {
                file: &file,
                form: &form,
                tray: &tray,
                loaded: &loaded,
                cancel: &cancel,
            },
            jobs,
            tell,
        )),
        ReaderWork::Count(origins) => {
            let (data, images) = (origins.data.as_deref(), origins.images.as_deref());
            let material = if origins.tray.is_empty() {
                Material::count(&origins.findings, data, images)
            } else {
                Material::of(&origins.tray, data, images)
            };
            tell(ReaderAnswer::Counted(origins, material));
        }
        ReaderWork::Open(file) => {
            let file = std::path::absolute(&file).unwrap_or(file);
            opened(open(&file).map_err(|error| error.to_string()));
        }
        ReaderWork::Merge { from, into } => {
            let merged = merge(&into, &from, false).and_then(|_| open(&into));
            opened(merged.map_err(|error| error.to_string()));
        }
        ReaderWork::Read { file, slot } => tell(ReaderAnswer::Ended(reading::read(&file, slot))),
        ReaderWork::Follow { file, stop } => reading::follow(&file, &stop, tell),
        ReaderWork::Reveal { file, lesion } => {
            let result = reveal(&file, lesion).map(Box::new);
            let result = result.map_err(|error| error.to_string());
            tell(ReaderAnswer::Revealed {
                file,
                lesion,
                result,
            });
        }
        ReaderWork::Write { file, what, folder } => {
            let result = write(&file, what, &folder).map_err(|error| error.to_string());
            tell(ReaderAnswer::Written { file, what, result });
        }
    }
}

fn reveal(file: &Path, lesion: u32) -> Result<RevealedLesion, ReaderError> {
    let store = Store::open(file)?;
    store.check()?;
    let (readers, answers) = (store.readers()?, store.answers(Phase::Reading)?);
    let evidence = Evidence::new(store.plan(), &readers, &answers);
    let revealed = evidence.reveal(lesion).ok_or_else(|| {
        ReaderError::Plan(text!(
            "readers-no-lesion",
            file = file.display().to_string(),
            lesion = lesion + 1,
        ))
    })?;
    let frame = |form: Form| -> Result<Option<Arc<Frame>>, ReaderError> {
        if revealed.pictures.get(form).is_none() {
            return Ok(None);
        }
        let (_, frame) = store.picture(lesion, form)?;
        Ok(Some(Arc::new(frame)))
    };
    let frames = Forms {
        unmodified: frame(Form::Unmodified)?,
        adversarial: frame(Form::Adversarial)?,
    };
    let gain = difference::GAIN;
    let (difference, beyond) = match (&frames.unmodified, &frames.adversarial) {
        (Some(original), Some(altered)) => {
            let picture = difference::picture(original, altered, gain);
            let beyond = difference::beyond(original, altered, gain);
            (Some(Arc::new(picture)), beyond)
        }
        _ => (None, 0.0),
    };
    Ok(RevealedLesion {
        revealed,
        frames,
        difference,
        beyond,
    })
}

/// Writes tables, or a report, of the results so far.
fn write(file: &Path, what: Writing, folder: &Path) -> Result<PathBuf, ReaderError> {
    let store = Store::open(file)?;
    tables::may_write(&store, file, folder, what == Writing::Report, false)?;
    match what {
        Writing::Tables => {
            tables::export(&store, folder)?;
            Ok(folder.to_owned())
        }
        Writing::Report => report::write(&store, folder),
    }
}
