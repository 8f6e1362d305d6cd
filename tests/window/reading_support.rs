//! The window for readers as tests drive it, and a port that hands out what it is given.

use std::collections::VecDeque;
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, Node};
use flipscope::explorer::readers::reading::ReadingApp;
use flipscope::explorer::readers::reading::session_thread::{
    Request, Response, SessionPort, SessionThread,
};
use flipscope::explorer::readers::reading::stage::Stage;
use flipscope::explorer::readers::reading::state::Reading;
use flipscope_image::lesion::Frame;
use flipscope_lab::reader::store::Phase;
use flipscope_lab::reader::{Feedback, Progress, Question, Shown};

use crate::support::{HANG, graphics};

/// A screen that a picture of 598 points fits on.
pub(super) const SCREEN: [f32; 2] = [1024.0, 820.0];

pub(super) struct Screen(pub(super) Harness<'static, ReadingApp>);

impl Deref for Screen {
    type Target = Harness<'static, ReadingApp>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Screen {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

pub(super) fn screen(
    size: [f32; 2],
    port: impl FnOnce() -> Box<dyn SessionPort> + 'static,
) -> Option<Screen> {
    screen_of(size, false, port)
}

/// For one reader, or for a lecture hall.
pub(super) fn screen_of(
    size: [f32; 2],
    hall: bool,
    port: impl FnOnce() -> Box<dyn SessionPort> + 'static,
) -> Option<Screen> {
    graphics().then(|| {
        Screen(
            Harness::builder()
                .with_size(size)
                .with_max_steps(60)
                .with_step_dt(1.0 / 60.0)
                .with_render_cursor(false)
                .wgpu()
                .build_eframe(move |context| {
                    ReadingApp::new(&context.egui_ctx, None, hall, port())
                }),
        )
    })
}

impl Screen {
    pub(super) fn reading(&self) -> &Reading {
        self.state().reading()
    }

    pub(super) fn until(&mut self, what: &str, done: impl Fn(&Reading) -> bool) {
        let start = Instant::now();
        while !done(self.reading()) {
            assert!(start.elapsed() < HANG, "{what} did not come");
            self.step();
            std::thread::sleep(Duration::from_millis(4));
        }
        self.run_steps(2);
    }

    pub(super) fn key(&mut self, key: Key) {
        for pressed in [true, false] {
            self.event(Event::Key {
                key,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers: Modifiers::NONE,
            });
        }
        self.run_steps(2);
    }

    pub(super) fn case(&mut self) {
        self.until("a case", |reading| reading.stage == Stage::Case);
    }

    pub(super) fn button<'a>(&'a self, name: &'a str) -> Node<'a> {
        self.get_by_role_and_label(Role::Button, name)
    }

    /// Types a pseudonym, and goes on to the first case.
    pub(super) fn join(&mut self, pseudonym: &str) {
        self.run_steps(2);
        self.event(Event::Text(pseudonym.to_owned()));
        self.run_steps(2);
        self.key(Key::Enter);
        self.until("the welcome", |reading| reading.stage == Stage::Welcome);
    }
}

pub(super) fn position(reading: &Reading) -> Option<u32> {
    reading.shown.as_ref().map(|shown| shown.position)
}

/// A window on a study's file.
pub(super) fn open(file: &Path) -> Option<Screen> {
    let file = file.to_owned();
    screen(SCREEN, || {
        let port = SessionThread::start(file, None, Arc::new(|| ())).expect("a thread");
        Box::new(port)
    })
}

/// A port that hands out what it is given, and keeps what it is asked.
pub(super) struct Given {
    pub(super) cases: VecDeque<Shown>,
    pub(super) asked: Arc<Mutex<Vec<Request>>>,
    pub(super) told: Option<Response>,
    pub(super) refuse: Option<&'static str>,
    /// Said of every case that is answered.
    pub(super) feedback: Option<Feedback>,
}

impl Given {
    pub(super) fn new(cases: impl IntoIterator<Item = Shown>) -> Self {
        Self {
            cases: cases.into_iter().collect(),
            asked: Arc::default(),
            told: None,
            refuse: None,
            feedback: None,
        }
    }
}

impl SessionPort for Given {
    fn ask(&mut self, request: Request) {
        let answered = matches!(
            request,
            Request::Answer(..) | Request::Hands(..) | Request::TimeOut(_)
        );
        let error = self.refuse.take_if(|_| answered).map(str::to_owned);
        if answered && error.is_none() {
            self.cases.pop_front();
        }
        self.asked.lock().expect("one thread").push(request);
        self.told = Some(Response {
            pseudonym: Some("ben".to_owned()),
            shown: self.cases.front().cloned(),
            progress: Progress {
                practice: (0, 0),
                reading: (0, u32::from(!self.cases.is_empty())),
            },
            feedback: self.feedback.filter(|_| answered && error.is_none()),
            error,
        });
    }

    fn hear(&mut self) -> Option<Response> {
        self.told.take()
    }
}

pub(super) fn shown(frame: Frame) -> Shown {
    Shown {
        phase: Phase::Reading,
        position: 1,
        of: 1,
        frame: Arc::new(frame),
        side: 598,
        question: Question {
            confidence: false,
            biopsy: false,
            hands: false,
        },
        time_limit: None,
    }
}

pub(super) fn begun(size: [f32; 2], port: Given) -> Option<Screen> {
    let mut screen = screen(size, || Box::new(port))?;
    screen.join("ben");
    screen.key(Key::Enter);
    screen.case();
    Some(screen)
}
