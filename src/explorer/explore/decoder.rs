//! The thread that lists folders, decodes photographs and frames them.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use flipscope_base::natural;
use flipscope_image::lesion::synthetic;
use flipscope_image::lesion::{self, ColorHandling, Framing};
use flipscope_lab::search::save::finding_of;
use flipscope_language::{Language, current, text, within};

use crate::explorer::assets::THUMBNAIL_SIDE;
use crate::explorer::command::Command;
use crate::explorer::explore::file_state::{FileState, Refused};
use crate::explorer::explore::lesion::{LesionId, Origin};
use crate::explorer::explore::metadata::Metadata;
use crate::explorer::explore::request::ReadPicture;
use crate::explorer::priority::yield_to_window;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::worker::{Answer, Outbox};
use flipscope_base::inbox::Inbox;

enum Job {
    List(Vec<PathBuf>),
    Read {
        lesion: LesionId,
        origin: Origin,
        color_handling: ColorHandling,
        framing: Framing,
    },
}

/// The thread's handle, which takes along the language of each request; dropping it ends the thread after the picture that it is reading.
pub struct Decoder {
    inbox: Inbox<VecDeque<(Language, Job)>>,
    thread: Option<JoinHandle<()>>,
}

impl Decoder {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system cannot start a thread.
    pub fn start(outbox: Outbox) -> std::io::Result<Self> {
        let inbox = Inbox::<VecDeque<(Language, Job)>>::new();
        let theirs = inbox.clone();
        let thread = std::thread::Builder::new()
            .name("photographs".to_owned())
            .spawn(move || {
                yield_to_window();
                while let Some((language, job)) = theirs.next(|jobs| jobs.pop_front().into()) {
                    for answer in within(language, || carry_out(job)) {
                        outbox.send(answer);
                    }
                }
            })?;
        Ok(Self {
            inbox,
            thread: Some(thread),
        })
    }

    /// Finds the pictures in files and folders.
    pub fn list(&self, paths: Vec<PathBuf>) {
        self.inbox
            .put(|jobs| jobs.push_front((current(), Job::List(paths))));
    }

    /// Decodes and frames one picture; replaces an older request for the same lesion that is still waiting.
    pub fn read(
        &self,
        lesion: LesionId,
        origin: Origin,
        color_handling: ColorHandling,
        framing: Framing,
        urgent: bool,
    ) {
        self.inbox.put(|jobs| {
            jobs.retain(
                |job| !matches!(job, (_, Job::Read { lesion: other, .. }) if *other == lesion),
            );
            let job = Job::Read {
                lesion,
                origin,
                color_handling,
                framing,
            };
            if urgent {
                jobs.push_front((current(), job));
            } else {
                jobs.push_back((current(), job));
            }
        });
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        self.inbox.close();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn carry_out(job: Job) -> Vec<Answer> {
    match job {
        Job::List(paths) => list(paths),
        Job::Read {
            lesion,
            origin,
            color_handling,
            framing,
        } => vec![Answer::Read {
            lesion,
            color_handling,
            framing,
            // Before it is read: a file that changes meanwhile is another one.
            refused: match &origin {
                Origin::File(path) => Some(Refused {
                    language: current(),
                    file: FileState::of(path),
                }),
                Origin::Sample(_) => None,
            },
            result: read(&origin, color_handling, framing),
        }],
    }
}

/// The photographs among files and in folders, those of a folder in the order of their names, by paths that are valid from any folder. Findings
/// are opened as findings; in a folder, their pictures are no photographs.
fn list(paths: Vec<PathBuf>) -> Vec<Answer> {
    let whole = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    let (mut findings, paths): (Vec<PathBuf>, Vec<PathBuf>) = (paths.into_iter().map(whole))
        .partition(|path| path.extension().is_some_and(|ending| ending == "json"));
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in &paths {
        let mut found = lesion::find_pictures(std::slice::from_ref(path));
        files.append(&mut found.files);
        problems.append(&mut found.problems);
    }
    let mut photographs = Vec::new();
    for file in files {
        match finding_of(&file) {
            Some(finding) if !paths.contains(&file) => findings.push(finding),
            _ => photographs.push(file),
        }
    }
    findings.sort_by(|a, b| natural::order_of_paths(a, b));
    findings.dedup();
    let mut answers = vec![Answer::Listed {
        files: photographs,
        problems,
    }];
    if !findings.is_empty() {
        let open = SearchCommand::Open(findings);
        answers.push(Answer::Chosen(Command::Search(open)));
    }
    answers
}

fn read(
    origin: &Origin,
    color_handling: ColorHandling,
    framing: Framing,
) -> Result<ReadPicture, String> {
    let photograph = match origin {
        Origin::File(path) => {
            lesion::open(path, color_handling).map_err(|error| error.to_string())?
        }
        Origin::Sample(index) => {
            let sample = synthetic::samples()
                .get(*index)
                .ok_or_else(|| text!("explore-no-such-sample", index = *index))?;
            sample.photograph().map_err(|error| error.to_string())?
        }
    };
    let frame = framing.apply(&photograph.raster);
    Ok(ReadPicture {
        frame_sha256: frame.sha256(),
        thumbnail: Arc::new(lesion::shrink(frame.raster(), THUMBNAIL_SIDE)),
        frame: Arc::new(frame),
        metadata: Metadata::of(&photograph),
        photograph: Arc::new(photograph),
    })
}
