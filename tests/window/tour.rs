//! First start: the samples' tasks can be done, and the tour goes from step to step by what the person does.

use std::sync::Arc;

use egui::accesskit::{Role, Toggled};
use egui::{Key, Shape, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::view::Layout;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::session::file;
use flipscope::explorer::tour::command::TourCommand;
use flipscope::explorer::tour::state::{Step, Tour};
use flipscope::explorer::tour::tasks::{OF_TOUR, TASKS};
use flipscope_base::human::probability;
use flipscope_image::lesion::synthetic::samples;
use flipscope_language::Language;

use super::opened::{keeping_bare, settled};
use super::support::{
    LECTURE_HALL, Window, launch, only, window, window_without_model, write_chart,
};

/// What each card asks for is so with the demo model: one slider, within its range, by hand.
#[test]
fn every_task_can_be_done() {
    let Some(mut window) = window() else {
        return;
    };
    for (index, task) in TASKS.iter().enumerate() {
        if index == 0 {
            let card = window.node(Role::Button, &format!("Start with {}", samples()[0].name));
            let says = card.accesskit_node().description().expect("a description");
            assert!(says.contains(task.text.get()), "{says}");
        }
        window.ask(Command::OpenSamples(index));
        let before = window.verdict();
        let label = window.seen().label(&before.verdict);
        assert_eq!(label, task.before, "sample {index}");
        let (low, high) = task.control.range();
        assert!((low..=high).contains(&task.flips_at));
        let from = window.on_slider(task.control, task.control.neutral());
        let to = window.on_slider(task.control, task.flips_at);
        window.drag(&[from, to]);
        let value = task.control.get(&window.perturbation());
        assert!((value - task.flips_at).abs() <= 1.0, "{value}");
        let after = window.verdict();
        let label = window.seen().label(&after.verdict);
        assert_ne!(label, task.before, "sample {index}: {}", task.text.get());
    }
}

fn step(window: &Window) -> Step {
    match window.seen().tour {
        Tour::At { step, .. } => step,
        ref other => panic!("{other:?}"),
    }
}

fn until(window: &mut Window, wanted: Step) {
    window.until(
        "the next step",
        |state| matches!(state.tour, Tour::At { step, .. } if step == wanted),
    );
    window.get_by_label_contains(&format!("Step {} of 5", wanted.number()));
}

/// The page below the card scrolls as a whole there; the card itself is in sight.
fn stays_on_small_screens(window: &mut Window, button: &str) {
    for size in [[450.0_f32, 300.0], [900.0, 600.0]] {
        window.set_size(size.into());
        window.run_steps(4);
        let place = window.place(Role::Button, button);
        let screen = window.ctx.content_rect();
        assert!(screen.contains_rect(place), "{place:?} on {screen:?}");
    }
    window.set_size(LECTURE_HALL.into());
    window.run_steps(4);
}

/// Whether a frame of the accent's colour is drawn just around a place.
fn is_framed(window: &Window, place: egui::Rect) -> bool {
    let theme = window.ctx.theme();
    let accent = window.ctx.style_of(theme).visuals.hyperlink_color;
    let mut shapes = window.output().shapes.iter();
    shapes.any(|clipped| {
        matches!(&clipped.shape, Shape::Rect(rect) if rect.stroke.color == accent
            && rect.rect.contains_rect(place)
            && rect.rect != place
            && place.expand(4.0).contains_rect(rect.rect))
    })
}

#[test]
fn the_tour_ends_with_the_persons_own_flip() {
    let Some(mut window) = window() else {
        return;
    };
    window.until("the model", |state| state.model.ready.is_some());
    window.click(Role::Button, "Take the tour");
    assert_eq!(step(&window), Step::Open);
    // It says which sample to choose, and marks its card.
    let card = window.place(Role::Button, "Start with Synthetic 2");
    assert!(is_framed(&window, card), "{card:?}");
    let other = window.place(Role::Button, "Start with Synthetic 1");
    assert!(!is_framed(&window, other), "{other:?}");
    window.fits_everywhere("the first step");
    // Another sample is not it.
    window.click(Role::Button, "Start with Synthetic 1");
    window.verdict();
    assert_eq!(step(&window), Step::Open);
    window.click(Role::Button, "Open the sample");
    until(&mut window, Step::Alter);
    assert_eq!(window.lesion().name, samples()[OF_TOUR].name);
    stays_on_small_screens(&mut window, "Skip the tour");
    // A key on a slider, a number, the picture itself: anything that alters it.
    let picture = window.place(Role::Image, "Altered picture");
    let at = picture.center();
    window.drag(&[at, at + egui::vec2(30.0, 0.0)]);
    until(&mut window, Step::Compare);
    window.key(Key::Num3);
    until(&mut window, Step::Reset);
    window.key(Key::R);
    until(&mut window, Step::Flip);
    window.verdict();
    assert_eq!(step(&window), Step::Flip, "nothing is altered");
    let task = TASKS[OF_TOUR];
    let from = window.on_slider(task.control, task.control.neutral());
    let to = window.on_slider(task.control, task.flips_at);
    window.drag(&[from, to]);
    window.until("the flip", |state| matches!(state.tour, Tour::Done { .. }));
    window.get_by_label("Your first flip");
    // Said once, and no task stands above what is done.
    assert!(window.query_by_label(task.text.get()).is_none());
    assert!(window.query_by_label_contains("Solved: ").is_none());
    // It follows the slider further.
    let task_value = task.control.get(&window.perturbation());
    let further = task_value + (task_value - task.control.neutral()).signum();
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(task.control, further)),
    ));
    window.until("the verdict on it", |state| {
        matches!(&state.tour, Tour::Done { flip, .. } if task.control.get(&flip.change) == further)
    });
    window.get_by_label_contains("What you changed: ");
    // It speaks the language of the window, also where that changes afterwards.
    window.ask(Command::Language(Language::German));
    window.get_by_label_contains("Ihre Veränderung: ");
    window.ask(Command::Language(Language::English));
    window.get_by_label_contains("What you changed: ");
    stays_on_small_screens(&mut window, "Close the tour");
    window.click(Role::Button, "Close the tour");
    assert_eq!(window.seen().tour, Tour::Off);
    // The pictures no longer blink: they did for the tour alone.
    let layout = window.node(Role::RadioButton, "Layout: Side by side");
    assert_eq!(layout.accesskit_node().toggled(), Some(Toggled::True));
}

#[test]
fn it_can_be_skipped_and_started_again() {
    let Some(mut window) = launch(Launch::default(), LECTURE_HALL, Theme::Dark) else {
        return;
    };
    window.click(Role::Button, "Take the tour");
    window.click(Role::Button, "Skip the tour");
    assert_eq!(window.seen().tour, Tour::Off);
    assert!(window.query_by_label_contains("Step 1 of 5").is_none());
    window.click(Role::Button, "Help");
    window.click(Role::Button, "Tour: five steps to a first flip");
    assert_eq!(step(&window), Step::Open);
    window.check_accessibility();
}

/// Captions and tasks are of the demo model as it comes: with another threshold they may be false, and the cards say so.
#[test]
fn a_task_is_only_given_where_it_holds() {
    let Some(mut window) = window() else {
        return;
    };
    let says = |window: &Window| {
        let card = window.node(Role::Button, "Start with Synthetic 1");
        card.accesskit_node().description().expect("a description")
    };
    let task = TASKS[0].text.get();
    assert!(says(&window).contains(task));
    window.ask(Command::SetThreshold(Some(0.95)));
    assert!(!says(&window).contains(task));
    assert!(
        says(&window).contains("not with this one"),
        "{}",
        says(&window)
    );
    window.ask(Command::SetThreshold(None));
    assert!(says(&window).contains(task));
}

/// Also where it was saved during the tour, and nothing is done after its end.
#[test]
fn the_layout_of_the_tour_is_not_the_one_of_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = write_chart(folder.path(), "own.png");
    let Some(mut window) = keeping_bare(folder.path(), vec![own]) else {
        return;
    };
    window.until("the photograph", settled);
    window.ask(Command::Tour(TourCommand::Start));
    window.click(Role::RadioButton, "Layout: Wipe");
    let last = folder.path().join("last.session");
    let kept = || {
        let read = last.exists().then(|| file::open(&last))?;
        Some(read.expect("a session").session.contents.view.layout)
    };
    window.until("the session", |_| kept() == Some(Layout::Wipe));
    window.click(Role::Button, "Skip the tour");
    drop(window);
    assert_eq!(kept(), Some(Layout::SideBySide));
}

/// The tour brings its sample into a list of one's own, and takes it out again.
#[test]
fn it_leaves_a_list_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = write_chart(folder.path(), "own.png");
    let Some(mut window) = window_without_model(vec![own]) else {
        return;
    };
    let names = |window: &Window| -> Vec<String> {
        let lesions = window.seen().lesions.iter();
        lesions.map(|lesion| lesion.name.clone()).collect()
    };
    window.ask(Command::Tour(TourCommand::Start));
    window.click(Role::Button, "Open the sample");
    assert_eq!(names(&window), ["own.png", samples()[OF_TOUR].name]);
    assert_eq!(window.lesion().name, samples()[OF_TOUR].name);
    window.click(Role::Button, "Skip the tour");
    assert_eq!(names(&window), ["own.png"]);
    assert_eq!(window.lesion().name, "own.png");
}

/// Filled with the accent: only the main action.
#[test]
fn the_welcome_page_has_one_main_action() {
    let Some(mut window) = window() else {
        return;
    };
    window.remove_cursor();
    window.run_steps(2);
    let photographs = window.place(Role::Button, "Open photographs…");
    let accent = window.ctx.style_of(Theme::Light).visuals.selection.bg_fill;
    let filled = |window: &Window| -> Vec<egui::Rect> {
        let shapes = window.output().shapes.iter();
        let rects = shapes.filter_map(|clipped| match &clipped.shape {
            Shape::Rect(rect) if rect.fill == accent => Some(rect.rect),
            _ => None,
        });
        rects.collect()
    };
    let found = filled(&window);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(photographs.contains(found[0].center()));
}

/// Whichever way a sample was opened, its task stands above the pictures, as long as it holds; in the tour, the tour says it.
#[test]
fn a_sample_says_its_task_wherever_it_is_explored() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "mine.png");
    let start = Launch {
        paths: vec![picture],
        ..Launch::default()
    };
    let Some(mut window) = launch(start, LECTURE_HALL, Theme::Light) else {
        return;
    };
    window.until("the photograph", |state| {
        state
            .current()
            .is_some_and(|lesion| lesion.frame().is_some())
    });
    for (index, task) in TASKS.iter().enumerate() {
        window.ask(Command::OpenSamples(index));
        window.verdict();
        window.get_by_label(task.text.get());
    }
    // From the list, and back to a photograph of one's own.
    let mine = window.seen().lesions[0].id;
    let sample = window.seen().lesions[1 + OF_TOUR].id;
    let said = |window: &Window| {
        let all = TASKS.iter().map(|task| task.text.get());
        all.filter(|text| window.query_by_label(text).is_some())
            .count()
    };
    window.ask(Command::Select(mine));
    assert_eq!(said(&window), 0);
    window.ask(Command::Select(sample));
    window.verdict();
    assert_eq!(said(&window), 1);
    window.key(Key::F11);
    assert_eq!(said(&window), 1, "in presenter mode too");
    window.key(Key::G);
    assert_eq!(said(&window), 0, "it gives the verdict away");
    // The first only asks, for it shows every verdict.
    window.key(Key::F11);
    window.key(Key::F11);
    // At another threshold it may not be so.
    window.ask(Command::SetThreshold(Some(0.9)));
    assert_eq!(said(&window), 0);
    window.ask(Command::SetThreshold(None));
    assert_eq!(said(&window), 1);
    window.ask(Command::Tour(TourCommand::Start));
    assert_eq!(said(&window), 0);
}

/// A task that is done says so, with what did it and the way to the next one; undone, it is the task again.
#[test]
fn a_task_that_is_done_says_what_did_it() {
    let Some(mut window) = window() else {
        return;
    };
    window.ask(Command::OpenSamples(OF_TOUR));
    window.verdict();
    let task = TASKS[OF_TOUR];
    let set = |window: &mut Window, value: f64| {
        let change = Arc::new(only(task.control, value));
        window.ask(Command::Alter(Gesture::Click, change));
    };
    window.get_by_label(task.text.get());
    set(&mut window, task.flips_at);
    window.verdict();
    window.run_steps(2);
    assert!(window.query_by_label(task.text.get()).is_none());
    let p = |window: &Window| {
        let answers = &window.lesion().answers.primary;
        let [before, after] = [answers.before.as_ref(), answers.after.as_ref()];
        [before, after].map(|answer| probability(answer.expect("judged").verdict.p_melanoma, 2))
    };
    let [before, after] = p(&window);
    window.get_by_label(&format!(
        "Solved: green lowered by 20 of 255, and melanoma ({before}) became nevus ({after})."
    ));
    // It does not flicker while the next verdict is on its way.
    set(&mut window, task.flips_at + 1.0);
    window.get_by_label_contains("Solved: ");
    window.verdict();
    // In presenter mode too, where nothing else says what was changed.
    window.key(Key::F11);
    window.get_by_label_contains("Solved: green lowered by 19 of 255");
    window.fits_everywhere("a solved task in presenter mode");
    window.key(Key::F11);
    window.ask(Command::Language(Language::German));
    window.get_by_label_contains("Geschafft: Grün um 19 von 255 verringert, und aus Melanom");
    window.ask(Command::Language(Language::English));
    window.key(Key::R);
    window.verdict();
    window.run_steps(2);
    window.get_by_label(task.text.get());
    set(&mut window, task.flips_at);
    window.verdict();
    window.run_steps(2);
    window.fits_everywhere("a solved task");
    window.click(Role::Link, "Next: Synthetic 3");
    window.verdict();
    window.run_steps(2);
    assert_eq!(window.lesion().name, samples()[2].name);
    window.get_by_label(TASKS[2].text.get());
    // The last one leads nowhere.
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(TASKS[2].control, TASKS[2].flips_at)),
    ));
    window.verdict();
    window.run_steps(2);
    window.get_by_label_contains("Solved: ");
    assert!(window.query_by_label_contains("Next: ").is_none());
}

/// What leads to the samples and the tour stands in the middle, in both languages.
#[test]
fn the_welcome_page_is_centred() {
    let Some(mut window) = window() else {
        return;
    };
    for (language, [question, samples, tour]) in [
        (
            Language::English,
            [
                "How little does it take to change the verdict?",
                "Or start with a synthetic sample and its task",
                "Take the tour",
            ],
        ),
        (
            Language::German,
            [
                "Wie wenig genügt, um das Urteil zu ändern?",
                "Oder beginnen Sie mit einem künstlichen Beispiel und seiner Aufgabe",
                "Rundgang beginnen",
            ],
        ),
    ] {
        window.ask(Command::Language(language));
        window.run_steps(2);
        let middle = window.get_by_label(question).rect().center().x;
        let left = window.get_by_label(samples).rect().left();
        let right = window.place(Role::Button, tour).right();
        let off = f32::midpoint(left, right) - middle;
        assert!(off.abs() <= 6.0, "{language:?}: {off}");
    }
    window.ask(Command::Language(Language::English));
}

/// What was done to the sample before is no step of the tour.
#[test]
fn it_begins_with_its_first_step_whatever_was_done_before() {
    let Some(mut window) = window() else {
        return;
    };
    window.get_by_label("Start with Synthetic 2").click();
    window.step();
    window.verdict();
    let task = TASKS[OF_TOUR];
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(task.control, task.flips_at)),
    ));
    window.verdict();
    window.ask(Command::Tour(TourCommand::Start));
    window.run_steps(3);
    until(&mut window, Step::Open);
    window.click(Role::Button, "Open the sample");
    until(&mut window, Step::Alter);
    window.verdict();
    assert_eq!(step(&window), Step::Alter, "nothing is altered yet");
    // What was done is one undo away.
    window.ask(Command::Undo);
    assert_eq!(task.control.get(&window.perturbation()), task.flips_at);
}
