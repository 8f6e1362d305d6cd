//! The reveal of a reader study, lesion by lesion.

use std::path::{Path, PathBuf};

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::readers::command::ReaderCommand;
use flipscope::explorer::readers::state::Reveal;
use flipscope_lab::reader::plan::{Form, Plan};
use flipscope_model::Label;

use super::reader_studies::{revealed, shown};
use crate::support::{HALL, LECTURE_HALL, Window, can_be_read_from_the_last_row};

/// The sides of the pictures of the reveal, in points.
fn sides(window: &Window) -> Vec<f32> {
    let pictures = window.query_all(by().role(Role::Image));
    let pictures = pictures.filter(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.starts_with("Revealed: ")
    });
    pictures.map(|picture| picture.rect().height()).collect()
}

/// A screen shows the pictures of this lesion in presenter mode at least as large as without it.
fn in_a_hall_they_are_no_smaller(window: &mut Window) {
    let before = window.ctx.content_rect().size();
    for screen in [LECTURE_HALL, [1920.0, 1080.0]] {
        window.set_size(screen.into());
        window.run_steps(4);
        let desk = sides(window);
        window.key(Key::F11);
        // What it says as it begins goes by itself.
        window.ask(Command::DismissAll);
        window.set_size(HALL.into());
        window.run_steps(4);
        let zoom = screen[1] / HALL[1];
        let hall: Vec<f32> = sides(window).iter().map(|side| side * zoom).collect();
        let mut both = hall.iter().zip(&desk);
        assert!(both.all(|(hall, desk)| hall >= desk), "{hall:?}, {desk:?}");
        window.set_size(screen.into());
        window.key(Key::F11);
    }
    window.set_size(before);
    window.run_steps(4);
}

/// A message takes a line of the screen, also of a small one (1000 × 640 pixels): the pictures make room for it.
fn with_a_message_nothing_scrolls(window: &mut Window) {
    let nothing = ReaderCommand::Open(PathBuf::from("nothing.readers"));
    window.ask(Command::Reader(nothing));
    window.until("the refusal", |state| {
        state.reader_studies.is_idle() && state.messages.len() == 1
    });
    for size in [HALL, [844.0, HALL[1]]] {
        window.set_size(size.into());
        window.run_steps(4);
        let top = window.get_by_label_contains("nothing.readers").rect().top();
        for said in window.query_all_by_label_contains("readers said melanoma") {
            let bottom = said.rect().bottom();
            assert!(bottom <= top, "{size:?}: {bottom} of {top}");
        }
    }
    window.ask(Command::DismissAll);
}

/// Looks at every lesion of the reveal. Eight cases are of six lesions, two of them in both forms.
pub(super) fn page_through(window: &mut Window, plan: &Plan) {
    revealed(window);
    let (count, at, first) = shown(window);
    assert_eq!((count, at), (6, 0));
    let truth = plan.lesions[first.expect("a lesion") as usize].truth;
    window.get_by_label_contains(match truth {
        Label::Melanoma => "is a melanoma",
        Label::Nevus => "is a nevus",
    });
    let everybody = "0 of 2 readers said melanoma (nobody), 2 nevus (anna, ben)";
    assert!(
        window
            .query_all_by_label_contains(everybody)
            .next()
            .is_some()
    );
    window.fits_everywhere("the reveal");
    // Whether the network was right, as a word; in presenter mode, too.
    let judged = |window: &Window| {
        let words =
            ["as labelled", "not as labelled"].map(|word| window.query_all_by_label(word).count());
        words.iter().sum::<usize>()
    };
    assert!(judged(window) >= 1);
    window.key(Key::F11);
    assert!(window.seen().presenter.on && judged(window) >= 1);
    window.get_by_label_contains("the arrow keys turn the pages, Esc ends the reveal");
    window.fits_everywhere("the reveal in presenter mode");
    let before = window.ctx.content_rect().size();
    window.set_size(HALL.into());
    window.run_steps(4);
    can_be_read_from_the_last_row(window, "the reveal");
    assert!(sides(window).iter().all(|side| *side >= 0.4 * HALL[1]));
    // What people said is in sight without scrolling.
    let bar = window
        .get_by_label_contains("Not a medical device")
        .rect()
        .top();
    for said in window.query_all_by_label_contains(everybody) {
        let bottom = said.rect().bottom();
        assert!(bottom <= bar, "{bottom} of {bar}");
    }
    with_a_message_nothing_scrolls(window);
    window.set_size(before);
    window.run_steps(4);
    window.key(Key::F11);
    assert!(!window.seen().presenter.on);
    let mut altered = 0;
    for step in 1..=count {
        in_a_hall_they_are_no_smaller(window);
        let Some(Reveal::Shown {
            page: Some(Ok(page)),
            ..
        }) = &window.seen().reader_studies.reveal
        else {
            panic!("nothing is revealed");
        };
        if let Some(frame) = page.frames.get(Form::Adversarial) {
            let lesion = &plan.lesions[page.revealed.lesion as usize];
            assert_eq!(
                Some(&*frame.sha256()),
                lesion.sha256(Form::Adversarial),
                "{step}"
            );
            window.get_by_role_and_label(Role::Image, "Revealed: altered");
            window.get_by_role_and_label(Role::Image, "Revealed: difference × 10");
            window.get_by_label_contains("Changed by FGSM");
            // Its scale in words, and whether that shows all of it.
            window.get_by_label_contains("Of 255, each channel; grey: no change");
            let beyond = page.beyond > 0.0;
            let said = window.query_by_label_contains("changed by more than the scale shows");
            assert_eq!(said.is_some(), beyond, "{}", page.beyond);
            altered += 1;
        }
        window.key(Key::ArrowRight);
        revealed(window);
        assert_eq!(shown(window).1, step.min(count - 1));
    }
    assert_eq!(altered, 2);
    window.click(Role::Button, "Previous lesion");
    revealed(window);
    assert_eq!(shown(window).1, count - 2);
}

/// A lesion of a file that is away for a while is tried again where it stands.
pub(super) fn comes_back(window: &mut Window, file: &Path) {
    let away = file.with_extension("away");
    std::fs::rename(file, &away).expect("moved");
    window.key(Key::ArrowRight);
    window.until("the refusal", |state| {
        let Some(Reveal::Shown { page, .. }) = &state.reader_studies.reveal else {
            return false;
        };
        matches!(page, Some(Err(_)))
    });
    std::fs::rename(&away, file).expect("moved back");
    window.click(Role::Button, "Try again");
    revealed(window);
    assert_eq!(shown(window).1, 1);
}
