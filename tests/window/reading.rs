//! The window of a reader study: a whole session by keyboard, nothing lost by a pause, and nothing on the screen that tells the two forms
//! of a lesion apart but the pixels that were changed.

use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::readers::reading::ReadingApp;
use flipscope::explorer::readers::reading::session_thread::{Request, SessionPort, SessionThread};
use flipscope::explorer::readers::reading::stage::{Part, Stage};
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{self, Perturbation};
use flipscope_lab::reader::store::{Phase, Store};
use flipscope_lab::reader::{Answer, Feedback, Question, Shown};
use flipscope_model::Label;

use super::reading_support::{Given, SCREEN, Screen, begun, open, position, screen_of, shown};
use crate::findings::{Material, succeeds};
use crate::support::{HALL, chart};

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
