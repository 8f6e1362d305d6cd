//! The thread that hands out cases and stores answers: each is on disk before the next case is sent.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender};

use flipscope_lab::reader::store::Hands;
use flipscope_lab::reader::{Answer, Feedback, Progress, ReaderError, ReadingSession, Shown};
use flipscope_language::{Language, current};

/// A request to the thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Open the study under a pseudonym.
    Join(String),
    /// An answer, and its response time in milliseconds.
    Answer(Answer, u32),
    /// The votes of a class, likewise.
    Hands(Hands, u32),
    /// Time ran out, after this many milliseconds.
    TimeOut(u32),
    /// The session is paused.
    Pause,
    /// It resumes.
    Resume,
}

/// The response to a request.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The reader; none before somebody has joined.
    pub pseudonym: Option<String>,
    /// What there is to show now; none at the end.
    pub shown: Option<Shown>,
    /// The reader's progress; zero before somebody has joined.
    pub progress: Progress,
    /// In practice: the truth about the lesion.
    pub feedback: Option<Feedback>,
    /// Why nothing was stored, or what cannot be shown.
    pub error: Option<String>,
}

/// Where cases come from and answers go: a [`ReadingSession`] on its thread, or a stand-in in tests.
pub trait SessionPort {
    /// Sends a request; its response is returned once.
    fn ask(&mut self, request: Request);
    /// The response that has arrived since, if any.
    fn hear(&mut self) -> Option<Response>;
}

/// A [`ReadingSession`] on its own thread: the file may be on a slow disk.
pub struct SessionThread {
    requests: Sender<(Language, Request)>,
    responses: Receiver<Response>,
}

impl SessionThread {
    /// Starts the thread on a study's file, whose readers take a given slot (from 0), if any; `wake` is called after every
    /// response.
    ///
    /// # Errors
    /// If the system cannot start a thread.
    pub fn start(
        file: PathBuf,
        slot: Option<u32>,
        wake: Arc<dyn Fn() + Send + Sync>,
    ) -> std::io::Result<Self> {
        let (requests, asked) = crossbeam_channel::unbounded();
        let (responder, responses) = crossbeam_channel::unbounded();
        std::thread::Builder::new()
            .name("reading".to_owned())
            .spawn(move || {
                let mut session = None;
                for (language, request) in asked {
                    flipscope_language::set(language);
                    let result = carry_out(&file, slot, &mut session, &request);
                    let (feedback, error) = match result {
                        Ok(feedback) => (feedback, None),
                        Err(error) => (None, Some(error.to_string())),
                    };
                    let response = match &session {
                        None => Response {
                            error,
                            ..Response::default()
                        },
                        Some(session) => Response {
                            pseudonym: Some(session.reader().pseudonym.clone()),
                            shown: session.current().cloned(),
                            progress: session.progress(),
                            feedback,
                            error,
                        },
                    };
                    // Nobody listens any more: the window is closed, and every answer has been stored.
                    if responder.send(response).is_err() {
                        return;
                    }
                    wake();
                }
            })?;
        Ok(Self {
            requests,
            responses,
        })
    }
}

fn carry_out(
    file: &Path,
    slot: Option<u32>,
    session: &mut Option<ReadingSession>,
    request: &Request,
) -> Result<Option<Feedback>, ReaderError> {
    if let Request::Join(pseudonym) = request {
        *session = Some(ReadingSession::open_in_slot(file, pseudonym, slot)?);
    }
    let Some(session) = session else {
        return Ok(None);
    };
    match *request {
        Request::Join(_) => Ok(None),
        Request::Answer(answer, ms) => session.answer(answer, ms),
        Request::Hands(hands, ms) => session.answer_hands(hands, ms),
        Request::TimeOut(ms) => session.time_out(ms),
        Request::Pause => session.pause().map(|()| None),
        Request::Resume => session.resume().map(|()| None),
    }
}

impl SessionPort for SessionThread {
    fn ask(&mut self, request: Request) {
        // The thread ends after this handle is dropped.
        self.requests.send((current(), request)).ok();
    }

    fn hear(&mut self) -> Option<Response> {
        self.responses.try_recv().ok()
    }
}
