//! Messages: in a place of their own, for as long as they mean something; and photographs that cannot be read.

use std::path::PathBuf;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::lesion::Picture;
use flipscope::explorer::page::Page;
use flipscope::explorer::study::command::StudyCommand;
use flipscope_model::ModelSource;
use flipscope_model::scheduler::ModelSlot;

use super::support::{Window, chart, window, window_without_model, write_chart};

fn refuse(window: &mut Window, name: &str) {
    let source = ModelSource::File(PathBuf::from(name));
    window.ask(Command::UseModel(ModelSlot::Primary, source));
    window.until("the refusal", |state| state.model.loading.is_none());
}

#[test]
fn they_are_bounded_merged_and_dismissed() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    for number in 0..12 {
        refuse(&mut window, &format!("no-such-model-{number}.safetensors"));
    }
    refuse(&mut window, "no-such-model-11.safetensors");
    assert_eq!(window.seen().messages.len(), 12);
    window.get_by_label("2 times");
    // Two are shown and the rest is counted; they cover nothing and nothing covers them.
    window.get_by_label("12 messages");
    let dismiss = |window: &Window| {
        window
            .query_all(by().role(Role::Button))
            .filter(|node| node.accesskit_node().label().as_deref() == Some("Dismiss message"))
            .count()
    };
    assert_eq!(dismiss(&window), 2);
    window.click(Role::Button, "Show all");
    assert!(window.seen().all_messages);
    window.run_steps(6);
    window.get_by_label("Messages");
    assert_eq!(dismiss(&window), 14);
    window.key(Key::Escape);
    assert_eq!(dismiss(&window), 2);
    assert_eq!(
        window.seen().messages.len(),
        12,
        "Escape closed the window in front"
    );
    window.key(Key::Escape);
    assert_eq!(window.seen().messages.len(), 11);
    assert!(
        window.query_by_label("2 times").is_none(),
        "the newest went first"
    );
    window.click(Role::Button, "Dismiss all");
    assert!(window.seen().messages.is_empty());
}

#[test]
fn those_of_a_page_leave_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    window.ask(Command::OpenPage(Page::Study));
    window.ask(Command::Study(StudyCommand::Open(PathBuf::from(
        "no-such.study",
    ))));
    window.until("the refusal", |state| !state.messages.is_empty());
    refuse(&mut window, "no-such-model.safetensors");
    assert_eq!(window.seen().messages.len(), 2);
    window.ask(Command::OpenPage(Page::Explore));
    let kept: Vec<_> = window
        .seen()
        .messages
        .iter()
        .map(|one| one.text.clone())
        .collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert!(kept[0].contains("no-such-model"));
}

/// It is no lesion that waits for a verdict: it says why, and is read again or closed.
#[test]
fn a_photograph_that_cannot_be_read_never_waits() {
    let Some(mut window) = window() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("half.png");
    let whole = chart().to_png().expect("a PNG");
    std::fs::write(&path, &whole[..whole.len() / 2]).expect("written");
    window.until("the model", |state| state.model.ready.is_some());
    window.drop_files(std::slice::from_ref(&path));
    window.until("the refusal", |state| {
        state
            .current()
            .is_some_and(|lesion| matches!(lesion.picture, Picture::Failed(_)))
    });
    window.run_steps(30);
    let waits = |window: &Window| {
        window.query_all(by().role(Role::Label)).any(|node| {
            let text = node.accesskit_node().value().unwrap_or_default();
            text.contains("updating") || text == "…"
        })
    };
    assert!(!waits(&window));
    window.get_by_label("This photograph cannot be read");
    window.node(Role::ListBoxOption, "half.png, cannot be read");
    window.ask(Command::DismissAll);
    window.click(Role::Button, "Try again");
    window.until("the refusal again", |state| !state.messages.is_empty());
    std::fs::write(&path, &whole).expect("written");
    window.click(Role::Button, "Try again");
    window.until("the photograph", |state| {
        state
            .current()
            .is_some_and(|lesion| lesion.frame().is_some())
    });
    window.verdict();
    std::fs::write(&path, b"nothing").expect("written");
    window.drop_files(&[folder.path().join("gone.png")]);
    window.until("the refusal", |state| {
        state
            .current()
            .is_some_and(|lesion| matches!(lesion.picture, Picture::Failed(_)))
    });
    let lesions = window.seen().lesions.len();
    window.click(Role::Button, "Close lesion");
    assert_eq!(window.seen().lesions.len(), lesions - 1);
}

/// They stand in front of the page: whoever is about to press something still presses it, and covers neither verdict nor sliders.
#[test]
fn nothing_moves_when_one_comes_or_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = write_chart(folder.path(), "chart.png");
    let Some(mut window) = window_without_model(vec![picture]) else {
        return;
    };
    for size in [[1366.0, 768.0], [900.0, 560.0]] {
        for page in [Page::Explore, Page::Study, Page::Explain] {
            window.set_size(size.into());
            window.ask(Command::OpenPage(page));
            window.run_steps(8);
            let places = |window: &Window| -> Vec<(String, egui::Rect)> {
                let all = window.query_all(by().recursive(true));
                all.filter_map(|node| {
                    let name = node.accesskit_node().label()?;
                    Some((name, node.rect()))
                })
                .collect()
            };
            let before = places(&window);
            refuse(&mut window, "no-such-model.safetensors");
            window.run_steps(4);
            let with = places(&window);
            for place in &before {
                assert!(with.contains(place), "{page:?} {size:?}: {place:?}");
            }
            if page == Page::Explore {
                let message = (window.query_all(by().role(Role::Button)))
                    .find(|node| {
                        node.accesskit_node().label().as_deref() == Some("Dismiss message")
                    })
                    .expect("a message")
                    .rect();
                let slider = window.place(Role::SpinButton, "Shift Y");
                assert!(message.right() < slider.left());
            }
            window.ask(Command::DismissAll);
            window.run_steps(4);
            assert_eq!(places(&window), before);
        }
    }
}
