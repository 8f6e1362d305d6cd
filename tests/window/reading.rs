//! The window of a reader study: a whole session by keyboard, nothing lost by a pause, and nothing on the screen that tells the two forms
//! of a lesion apart but the pixels that were changed.

use std::collections::VecDeque;
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use flipscope::explorer::readers::reading::ReadingApp;
use flipscope::explorer::readers::reading::session_thread::{
    Request, Response, SessionPort, SessionThread,
};
use flipscope::explorer::readers::reading::stage::{Part, Stage};
use flipscope::explorer::readers::reading::state::Reading;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{self, Perturbation};
use flipscope_lab::reader::store::{Hands, Phase, Store};
use flipscope_lab::reader::{Answer, Feedback, Progress, Question, Shown};
use flipscope_model::Label;

use crate::findings::{Material, succeeds};
use crate::support::{HALL, HANG, can_be_read_from_the_last_row, chart, graphics};

/// A screen that a picture of 598 points fits on.
const SCREEN: [f32; 2] = [1024.0, 820.0];

struct Screen(Harness<'static, ReadingApp>);

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

fn screen(size: [f32; 2], port: impl FnOnce() -> Box<dyn SessionPort> + 'static) -> Option<Screen> {
    screen_of(size, false, port)
}

/// For one reader, or for a lecture hall.
fn screen_of(
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
    fn reading(&self) -> &Reading {
        self.state().reading()
    }

    fn until(&mut self, what: &str, done: impl Fn(&Reading) -> bool) {
        let start = Instant::now();
        while !done(self.reading()) {
            assert!(start.elapsed() < HANG, "{what} did not come");
            self.step();
            std::thread::sleep(Duration::from_millis(4));
        }
        self.run_steps(2);
    }

    fn key(&mut self, key: Key) {
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

    fn case(&mut self) {
        self.until("a case", |reading| reading.stage == Stage::Case);
    }

    fn button<'a>(&'a self, name: &'a str) -> Node<'a> {
        self.get_by_role_and_label(Role::Button, name)
    }

    /// Types a pseudonym, and goes on to the first case.
    fn join(&mut self, pseudonym: &str) {
        self.run_steps(2);
        self.event(Event::Text(pseudonym.to_owned()));
        self.run_steps(2);
        self.key(Key::Enter);
        self.until("the welcome", |reading| reading.stage == Stage::Welcome);
    }
}

fn position(reading: &Reading) -> Option<u32> {
    reading.shown.as_ref().map(|shown| shown.position)
}

/// A class that answers again is offered by name, and found however it is typed; before anything has begun, Escape goes back and closes.
#[test]
fn a_class_is_chosen_or_found_however_it_is_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.readers");
    let study = ["--gap", "1", "--cases", "4"];
    succeeds(&Material::new(folder.path(), 8).study(&file, &study));
    Store::open(&file)
        .and_then(|mut store| store.join("Kurs A", None))
        .expect("joined");
    for typed in [" kurs  a", "KURS A "] {
        let name = Store::open(&file).and_then(|mut store| store.join(typed, None));
        assert_eq!(name.expect("joined").pseudonym, "Kurs A", "{typed}");
    }
    let path = file.clone();
    let Some(screen) = screen_of(HALL, true, move || {
        Box::new(SessionThread::start(path, None, Arc::new(|| ())).expect("a thread"))
    }) else {
        return;
    };
    let mut screen = screen;
    screen.run_steps(2);
    let closes = |screen: &Screen| {
        let output = screen.output();
        let mut viewports = output.viewport_output.values();
        viewports.any(|one| one.commands.contains(&egui::ViewportCommand::Close))
    };
    assert!(
        screen
            .query_by_label_contains("a class that has answered")
            .is_none()
    );
    screen.join("kurs a");
    assert_eq!(
        screen.reading().pseudonym,
        "Kurs A",
        "as it is spelt in the study"
    );
    // Back to the name, and with the same key out.
    screen.get_by_label_contains("Kurs A: ");
    screen.key(Key::Escape);
    assert_eq!(screen.reading().stage, Stage::Name);
    screen.button("Close");
    assert!(!closes(&screen));
    screen.event(Event::Key {
        key: Key::Escape,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    });
    screen.step();
    assert!(closes(&screen));
    assert_eq!(
        Store::open(&file)
            .and_then(|store| store.readers())
            .expect("readers")
            .len(),
        1
    );

    let path = file.clone();
    let offered = move || -> Box<dyn SessionPort> {
        Box::new(SessionThread::start(path, None, Arc::new(|| ())).expect("a thread"))
    };
    let mut screen = Screen(Harness::builder().with_size(HALL).wgpu().build_eframe(
        move |context| {
            ReadingApp::new(&context.egui_ctx, None, true, offered())
                .knowing(vec!["Kurs A".to_owned()])
        },
    ));
    screen.run_steps(2);
    screen.get_by_label_contains("a class that has answered before");
    screen.button("Kurs A").click();
    screen.until("the welcome", |reading| reading.stage == Stage::Welcome);
    screen.button("Back");
}

/// A window on a study's file.
fn open(file: &Path) -> Option<Screen> {
    let file = file.to_owned();
    screen(SCREEN, || {
        let port = SessionThread::start(file, None, Arc::new(|| ())).expect("a thread");
        Box::new(port)
    })
}

#[test]
fn a_whole_session_is_read_by_keyboard_and_goes_on_where_it_was_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.readers");
    let study = [
        "--gap",
        "1",
        "--confidence",
        "--biopsy",
        "--cases",
        "6",
        "--practice",
        "1",
    ];
    succeeds(&Material::new(folder.path(), 12).study(&file, &study));
    let Some(mut first) = open(&file) else { return };
    first.run_steps(2);
    crate::fits::of_a_reading(&mut first.0, "who reads");
    first.join("anna");
    crate::fits::of_a_reading(&mut first.0, "the welcome");
    first.get_by_label_contains("6 pictures of skin lesions");
    first.get_by_label_contains("One picture for practice");
    first.key(Key::Enter);

    first.case();
    first.get_by_role_and_label(Role::Image, "The lesion");
    assert_eq!(first.reading().part(), Some(Part::Call));
    crate::fits::of_a_reading(&mut first.0, "a case");
    first.key(Key::N);
    assert_eq!(first.reading().part(), Some(Part::Confidence));
    first.key(Key::Backspace);
    first.key(Key::M);
    first.key(Key::Num4);
    assert_eq!(first.reading().part(), Some(Part::Biopsy));
    first.key(Key::Y);
    first.until("the truth", |reading| {
        matches!(reading.stage, Stage::Feedback(_))
    });
    first.get_by_label_contains("it is a");
    crate::fits::of_a_reading(&mut first.0, "the truth");
    first.key(Key::Space);

    // Two cases; then the window is closed without a word.
    for _ in 0..2 {
        first.case();
        let answered = position(first.reading());
        first.button("Nevus").click();
        first.run_steps(2);
        first.button("Confidence 2").click();
        first.run_steps(2);
        first.button("No").click();
        // The empty time counts from the answer: where storing it takes longer, nobody sees it.
        first.until("the next", |reading| position(reading) != answered);
    }
    first.case();
    let left = first.reading().shown.clone().expect("a case");
    first.key(Key::M);
    drop(first);

    let mut second = open(&file).expect("graphics");
    second.join("anna");
    second.get_by_label_contains("welcome back");
    second.get_by_label_contains("4 pictures");
    second.button("Begin").click();
    second.case();
    let again = second.reading().shown.clone().expect("a case");
    assert_eq!((again.phase, again.position), (Phase::Reading, 3));
    assert_eq!(again.frame, left.frame, "the case that has no answer");
    // A pause hides the picture; the answer so far and the time stand.
    second.key(Key::M);
    second.key(Key::Escape);
    assert_eq!(second.reading().stage, Stage::Paused);
    assert!(
        second
            .query_by_role_and_label(Role::Image, "The lesion")
            .is_none()
    );
    crate::fits::of_a_reading(&mut second.0, "a pause");
    second.key(Key::Enter);
    second.case();
    assert_eq!(second.reading().part(), Some(Part::Confidence));
    second.key(Key::Num1);
    second.key(Key::N);
    for _ in 0..3 {
        second.until("the next", |reading| reading.part() == Some(Part::Call));
        for key in [Key::M, Key::Num5, Key::Y] {
            second.key(key);
        }
    }
    second.until("the end", |reading| reading.stage == Stage::Finished);
    second.get_by_label("Thank you");
    crate::fits::of_a_reading(&mut second.0, "the end");

    let store = Store::open(&file).expect("the study");
    let answers = store.answers(Phase::Reading).expect("answers");
    let positions: Vec<u32> = answers.iter().map(|given| given.position).collect();
    assert_eq!(positions, [0, 1, 2, 3, 4, 5], "none lost, none asked twice");
    let said: Vec<_> = (answers.iter())
        .map(|given| (given.reply.call, given.reply.confidence, given.reply.biopsy))
        .collect();
    let (nevus, melanoma) = (Some(Label::Nevus), Some(Label::Melanoma));
    assert_eq!(said[0], (nevus, Some(2), Some(false)));
    assert_eq!(said[2], (melanoma, Some(1), Some(false)));
    assert_eq!(said[5], (melanoma, Some(5), Some(true)));
}

/// A port that hands out what it is given, and keeps what it is asked.
struct Given {
    cases: VecDeque<Shown>,
    asked: Arc<Mutex<Vec<Request>>>,
    told: Option<Response>,
    refuse: Option<&'static str>,
    /// Said of every case that is answered.
    feedback: Option<Feedback>,
}

impl Given {
    fn new(cases: impl IntoIterator<Item = Shown>) -> Self {
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

fn shown(frame: Frame) -> Shown {
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

fn begun(size: [f32; 2], port: Given) -> Option<Screen> {
    let mut screen = screen(size, || Box::new(port))?;
    screen.join("ben");
    screen.key(Key::Enter);
    screen.case();
    Some(screen)
}

#[test]
fn two_forms_of_a_lesion_differ_on_screen_in_the_pixels_that_were_changed_and_in_nothing_else() {
    let original = chart();
    let perturbation = Perturbation {
        offset: [0.0, -10.0, 0.0],
        rotate: 3.0,
        ..Perturbation::default()
    };
    let altered = perturb::apply(&original, &perturbation).expect("an altered frame");
    let mut screens = Vec::new();
    for frame in [&original, &altered] {
        let Some(mut screen) = begun(SCREEN, Given::new([shown(frame.clone())])) else {
            return;
        };
        screens.push(screen.render().expect("a picture of the screen"));
    }
    let [one, two] = [&screens[0], &screens[1]];
    assert_eq!(one.dimensions(), two.dimensions());
    let (width, height) = one.dimensions();
    // The picture is centred between what stands above and below; found here by what it shows.
    let place = |image: &image::RgbaImage, frame: &Frame| -> Option<(u32, u32)> {
        let rows = 0..height.saturating_sub(597);
        let left = (width - 598) / 2;
        rows.map(|top| (left, top)).find(|&(left, top)| {
            (0..598).step_by(7).all(|y| {
                (0..598).step_by(7).all(|x| {
                    let pixel = image.get_pixel(left + x, top + y).0;
                    frame.raster().pixel(x / 2, y / 2) == Some([pixel[0], pixel[1], pixel[2]])
                })
            })
        })
    };
    let at =
        place(one, &original).expect("the unmodified frame, each pixel twice as wide and high");
    assert_eq!(
        place(two, &altered),
        Some(at),
        "the altered frame, in the same place"
    );
    let (left, top) = at;
    for (x, y, pixel) in one.enumerate_pixels() {
        let other = two.get_pixel(x, y);
        let inside = (left..left + 598).contains(&x) && (top..top + 598).contains(&y);
        if inside {
            let (column, row) = ((x - left) / 2, (y - top) / 2);
            let changed =
                original.raster().pixel(column, row) != altered.raster().pixel(column, row);
            assert_eq!(pixel != other, changed, "at {x}, {y}");
        } else {
            assert_eq!(pixel, other, "outside the picture, at {x}, {y}");
            let [r, g, b, _] = pixel.0;
            assert!(r == g && g == b, "a hue beside the picture, at {x}, {y}");
        }
    }
}

#[test]
fn what_is_not_kept_is_asked_again_and_a_small_window_shows_no_picture() {
    let mut port = Given::new([shown(chart())]);
    port.refuse = Some("the disk is full: make room");
    let asked = Arc::clone(&port.asked);
    let Some(mut screen) = begun(SCREEN, port) else {
        return;
    };
    screen.key(Key::M);
    screen.case();
    screen.get_by_label("the disk is full: make room");
    screen.set_size(Vec2::new(640.0, 480.0));
    screen.run_steps(2);
    screen.get_by_label("This window is too small");
    assert!(
        screen
            .query_by_role_and_label(Role::Image, "The lesion")
            .is_none()
    );
    screen.key(Key::M);
    let stage = screen.reading().stage;
    assert_eq!(stage, Stage::Case, "no answer to a picture out of sight");
    screen.set_size(SCREEN.into());
    screen.run_steps(2);
    screen.key(Key::N);
    screen.until("the end", |reading| reading.stage == Stage::Finished);
    let asked = asked.lock().expect("one thread");
    let calls: Vec<_> = (asked.iter())
        .filter_map(|request| match request {
            Request::Answer(Answer { call, .. }, ms) => Some((*call, *ms)),
            _ => None,
        })
        .collect();
    assert_eq!(calls.len(), 2);
    assert_eq!((calls[0].0, calls[1].0), (Label::Melanoma, Label::Nevus));
    assert!(calls[1].1 >= calls[0].1, "the time of the case runs on");
}

#[test]
fn time_runs_out_and_hands_are_counted() {
    let limited = Shown {
        time_limit: Some(Duration::from_millis(200)),
        ..shown(chart())
    };
    let class = Shown {
        question: Question {
            confidence: false,
            biopsy: false,
            hands: true,
        },
        ..shown(chart())
    };
    let port = Given::new([limited, class]);
    let asked = Arc::clone(&port.asked);
    let Some(mut screen) = begun(SCREEN, port) else {
        return;
    };
    screen.until("the class's case", |reading| {
        reading.part() == Some(Part::Hands)
    });
    for (name, hands) in [("Hands for melanoma", "12"), ("Hands for nevus", "7")] {
        screen.get_by_role_and_label(Role::SpinButton, name).click();
        screen.run_steps(2);
        screen.event(Event::Text(hands.to_owned()));
        screen.run_steps(2);
        screen.key(Key::Enter);
    }
    screen.button("Save hands").click();
    screen.until("the end", |reading| reading.stage == Stage::Finished);
    let asked = asked.lock().expect("one thread");
    assert!(
        asked
            .iter()
            .any(|request| matches!(request, Request::TimeOut(ms) if *ms >= 200))
    );
    let hands = Hands {
        melanoma: 12,
        nevus: 7,
        biopsy: None,
    };
    assert!(
        asked
            .iter()
            .any(|request| matches!(request, Request::Hands(given, _) if *given == hands))
    );
}

/// A teacher types with one hand: the first count has the focus, Enter goes on, and nothing is entered before the button is pressed.
#[test]
fn hands_are_entered_by_keys_alone() {
    let class = Shown {
        question: Question {
            confidence: false,
            biopsy: true,
            hands: true,
        },
        ..shown(chart())
    };
    let port = Given::new([class.clone(), class]);
    let asked = Arc::clone(&port.asked);
    let Some(mut screen) = begun(SCREEN, port) else {
        return;
    };
    let given = |asked: &Mutex<Vec<Request>>| -> Vec<Hands> {
        let asked = asked.lock().expect("one thread");
        let hands = asked.iter().filter_map(|request| match request {
            Request::Hands(hands, _) => Some(*hands),
            _ => None,
        });
        hands.collect()
    };
    let counts = [[12, 18, 3], [30, 0, 25]];
    for (case, counts) in counts.into_iter().enumerate() {
        screen.until("the class's case", |reading| {
            reading.part() == Some(Part::Hands)
        });
        for count in counts {
            screen.event(Event::Text(count.to_string()));
            screen.run_steps(2);
            screen.key(Key::Enter);
        }
        assert_eq!(given(&asked).len(), case, "the button is not pressed yet");
        assert!(screen.button("Save hands").accesskit_node().is_focused());
        screen.key(Key::Enter);
        screen.until("what is next", |reading| {
            reading.part().is_none() || reading.hands.melanoma == 0
        });
        let [melanoma, nevus, biopsy] = counts;
        let wanted = Hands {
            melanoma,
            nevus,
            biopsy: Some(biopsy),
        };
        assert_eq!(given(&asked).last(), Some(&wanted));
    }
    screen.until("the end", |reading| reading.stage == Stage::Finished);
}

/// What arrives in one frame, digits and Enter, is typed into one field after the other, and nothing into two of them; a number of hands that
/// no class has is not taken, and nothing is saved in its place.
#[test]
fn hands_that_are_typed_in_one_frame_go_into_one_field_each() {
    let class = Shown {
        question: Question {
            confidence: false,
            biopsy: true,
            hands: true,
        },
        ..shown(chart())
    };
    let port = Given::new([class]);
    let asked = Arc::clone(&port.asked);
    let Some(mut screen) = begun(SCREEN, port) else {
        return;
    };
    let text = |text: &str| Event::Text(text.to_owned());
    let enter = Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    screen.until("the class's case", |reading| {
        reading.part() == Some(Part::Hands)
    });
    for event in [
        text("2"),
        text("0"),
        enter.clone(),
        text("10"),
        enter.clone(),
    ] {
        screen.input_mut().events.push(event);
    }
    screen.run_steps(3);
    let hands = screen.reading().hands;
    assert_eq!((hands.melanoma, hands.nevus), (20, 10));
    let wanted = "Hands for a biopsy";
    // A number that no class has: the field keeps the focus, and says why.
    screen.event(text("2010"));
    screen.event(enter.clone());
    screen.run_steps(3);
    screen.get_by_label_contains("at most 999");
    assert_eq!(screen.reading().hands.biopsy.unwrap_or(0), 0);
    screen.button("Save hands").click();
    screen.run_steps(3);
    let given = |asked: &Mutex<Vec<Request>>| {
        let asked = asked.lock().expect("one thread");
        asked.iter().find_map(|request| match request {
            Request::Hands(hands, _) => Some(*hands),
            _ => None,
        })
    };
    assert_eq!(given(&asked), None, "nothing is saved in its place");
    screen
        .get_by_role_and_label(Role::SpinButton, wanted)
        .click();
    screen.run_steps(2);
    screen.event(text("7"));
    screen.event(enter);
    screen.run_steps(3);
    assert!(screen.query_by_label_contains("at most 999").is_none());
    screen.button("Save hands").click();
    screen.until("the end", |reading| reading.stage == Stage::Finished);
    let hands = Hands {
        melanoma: 20,
        nevus: 10,
        biopsy: Some(7),
    };
    assert_eq!(given(&asked), Some(hands));
}

/// Who leaves a mistyped count by Tab is told once, and the button leads back to that field instead of doing nothing.
#[test]
fn a_mistyped_count_that_was_left_by_tab_is_typed_again() {
    let class = Shown {
        question: Question {
            confidence: false,
            biopsy: false,
            hands: true,
        },
        ..shown(chart())
    };
    let port = Given::new([class]);
    let asked = Arc::clone(&port.asked);
    let Some(mut screen) = begun(SCREEN, port) else {
        return;
    };
    screen.until("the class's case", |reading| {
        reading.part() == Some(Part::Hands)
    });
    let tab = |screen: &mut Screen, modifiers| {
        screen.event(Event::Key {
            key: Key::Tab,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        });
        screen.run_steps(3);
    };
    let typed = |screen: &mut Screen, text: &str| {
        screen.event(Event::Text(text.to_owned()));
        screen.run_steps(2);
    };
    typed(&mut screen, "12");
    tab(&mut screen, Modifiers::NONE);
    tab(&mut screen, Modifiers::SHIFT);
    typed(&mut screen, "1o");
    tab(&mut screen, Modifiers::NONE);
    typed(&mut screen, "9");
    screen.key(Key::Enter);
    let hands = screen.reading().hands;
    assert_eq!((hands.melanoma, hands.nevus), (12, 9));
    let told = screen.query_all_by_label_contains("999").count();
    assert_eq!(told, 1, "once");
    screen.get_by_label_contains("Melanoma: not accepted");
    assert!(screen.button("Save hands").accesskit_node().is_focused());
    screen.key(Key::Enter);
    let wanted = "Hands for melanoma";
    let field = screen.get_by_role_and_label(Role::SpinButton, wanted);
    assert!(field.accesskit_node().is_focused(), "what was refused");
    typed(&mut screen, "10");
    tab(&mut screen, Modifiers::NONE);
    assert!(screen.query_by_label_contains("999").is_none());
    screen.key(Key::Enter);
    screen.key(Key::Enter);
    screen.until("the end", |reading| reading.stage == Stage::Finished);
    let asked = asked.lock().expect("one thread");
    let given = asked.iter().find_map(|request| match request {
        Request::Hands(hands, _) => Some((hands.melanoma, hands.nevus)),
        _ => None,
    });
    assert_eq!(given, Some((10, 9)));
}

/// In practice, who has missed the time is told so, not only the truth.
#[test]
fn a_practice_case_that_ran_out_of_time_says_so() {
    let limited = Shown {
        phase: Phase::Practice,
        time_limit: Some(Duration::from_millis(200)),
        ..shown(chart())
    };
    let mut port = Given::new([limited, shown(chart())]);
    port.feedback = Some(Feedback {
        truth: Label::Melanoma,
        right: None,
    });
    let Some(mut screen) = begun(SCREEN, port) else {
        return;
    };
    screen.until("the truth", |reading| {
        matches!(reading.stage, Stage::Feedback(_))
    });
    screen.get_by_label("It is a melanoma.");
    screen.get_by_label_contains("The time for this picture ran out");
}

/// What is told in practice stands beside the picture that it is about, for one reader and for a class; where there is no room, alone.
#[test]
fn practice_is_told_beside_the_picture() {
    for hands in [false, true] {
        let practice = Shown {
            phase: Phase::Practice,
            question: Question {
                hands,
                ..shown(chart()).question
            },
            time_limit: Some(Duration::from_millis(100)),
            ..shown(chart())
        };
        let mut port = Given::new([practice, shown(chart())]);
        port.feedback = Some(Feedback {
            truth: Label::Nevus,
            right: None,
        });
        let Some(mut screen) = begun(SCREEN, port) else {
            return;
        };
        screen.until("the truth", |reading| {
            matches!(reading.stage, Stage::Feedback(_))
        });
        let told = screen.get_by_label("It is a nevus.").rect();
        let picture = screen.get_by_role_and_label(Role::Image, "The lesion");
        let picture = picture.rect();
        assert!(picture.right() < told.left(), "{picture:?}, {told:?}");
        assert!(picture.width() > 400.0, "{picture:?}");
        assert!(screen.query_all_by_label_contains("of 1").next().is_none());
        crate::fits::of_a_reading(&mut screen.0, "practice");
        screen.set_size(Vec2::new(420.0, 400.0));
        screen.run_steps(3);
        screen.get_by_label("It is a nevus.");
        assert!(screen.query_by_label("The lesion").is_none());
        screen.set_size(SCREEN.into());
        screen.key(Key::Enter);
        screen.case();
        assert!(screen.query_by_label("It is a nevus.").is_none());
    }
}

/// A class in a lecture hall: the picture is nine tenths as high as the screen, beside it are the question and the counts, and every letter
/// on every screen is for the last row.
#[test]
fn a_hall_can_read_a_show_of_hands() {
    let class = Shown {
        question: Question {
            confidence: false,
            biopsy: true,
            hands: true,
        },
        time_limit: Some(Duration::from_mins(10)),
        ..shown(chart())
    };
    let port = Given::new([class.clone(), class]);
    let asked = Arc::clone(&port.asked);
    let Some(mut screen) = screen_of(HALL, true, || Box::new(port)) else {
        return;
    };
    screen.run_steps(2);
    can_be_read_from_the_last_row(&screen.0, "who reads");
    screen.get_by_label("Which class answers?");
    screen.join("class 3b");
    can_be_read_from_the_last_row(&screen.0, "the welcome");
    screen.key(Key::Enter);
    screen.case();
    screen.run_steps(2);
    can_be_read_from_the_last_row(&screen.0, "a case");
    let picture = screen
        .get_by_role_and_label(Role::Image, "The lesion")
        .rect();
    assert!(picture.height() >= 0.88 * HALL[1], "{picture:?}");
    let question = screen.get_by_label("Melanoma or nevus?").rect();
    assert!(question.left() > picture.right(), "{question:?}");
    let field = screen.get_by_role_and_label(Role::SpinButton, "Hands for melanoma");
    assert!(field.rect().height() >= 45.0, "{:?}", field.rect());
    crate::fits::of_a_reading(&mut screen.0, "a show of hands");
    screen.set_size(HALL.into());
    screen.run_steps(2);
    for (name, hands) in [("Hands for melanoma", "23"), ("Hands for nevus", "4")] {
        screen.get_by_role_and_label(Role::SpinButton, name).click();
        screen.run_steps(2);
        screen.event(Event::Text(hands.to_owned()));
        screen.run_steps(2);
        screen.key(Key::Enter);
    }
    screen.button("Save hands").click();
    screen.until("the next case", |reading| {
        reading.stage == Stage::Case && reading.hands.melanoma == 0
    });
    let given = Hands {
        melanoma: 23,
        nevus: 4,
        biopsy: Some(0),
    };
    let kept = asked.lock().expect("one thread");
    assert!(
        kept.iter()
            .any(|request| matches!(request, Request::Hands(hands, _) if *hands == given))
    );
    drop(kept);
    screen.key(Key::Escape);
    can_be_read_from_the_last_row(&screen.0, "a pause");
}

/// Digits go into a field wherever the last click was: on a word, into the one of its row; elsewhere, into the one that had them.
#[test]
fn a_click_beside_a_field_takes_no_digits_away() {
    let class = Shown {
        question: Question {
            hands: true,
            ..shown(chart()).question
        },
        ..shown(chart())
    };
    let port = Given::new([class]);
    let Some(mut screen) = begun(SCREEN, port) else {
        return;
    };
    screen.until("the fields", |reading| reading.part() == Some(Part::Hands));
    let value = |screen: &Screen, name: &str| {
        let field = screen.get_by_role_and_label(Role::SpinButton, name);
        field.accesskit_node().value().unwrap_or_default()
    };
    let click = |screen: &mut Screen, at: egui::Pos2| {
        screen.hover_at(at);
        for pressed in [true, false] {
            screen.event(Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
        }
        screen.run_steps(3);
    };
    for (clicked, typed, into) in [
        ("Nevus", "7", "Hands for nevus"),
        ("Melanoma or nevus?", "8", "Hands for nevus"),
        ("The lesion", "9", "Hands for nevus"),
        ("Melanoma", "12", "Hands for melanoma"),
        // Enter has gone on.
        ("The lesion", "13", "Hands for nevus"),
    ] {
        let at = screen.get_by_label(clicked).rect().center();
        click(&mut screen, at);
        screen.event(Event::Text(typed.to_owned()));
        screen.run_steps(2);
        screen.key(Key::Enter);
        assert_eq!(value(&screen, into), typed, "after a click on {clicked}");
    }
    // The button still is one.
    let at = screen.button("Save hands").rect().center();
    click(&mut screen, at);
    screen.until("the end", |reading| reading.stage == Stage::Finished);
}
