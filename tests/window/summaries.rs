//! The smallest changes that flip: looked for in the background of the lesion that is looked at, cancelled with it, said in words.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::explain;
use flipscope::explorer::explain::command::ExplainCommand;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::explore::lesion::Lesion;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::page::Page;
use flipscope::explorer::state::State;
use flipscope::explorer::summary::command::SummaryCommand;
use flipscope::explorer::summary::state::Task;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::figure::FileKind;
use flipscope_lab::explain::occlusion::Occlusion;
use flipscope_lab::explain::summary::{Family, Smallest};
use flipscope_model::ModelSource;

use super::explained::{command_line, files, judged, said, small, text};
use super::opened::keeping;
use super::support::{Window, only, write_chart};

fn complete(state: &State) -> bool {
    state.summary.task.is_none() && state.summary.kept.iter().any(|kept| kept.complete)
}

#[test]
fn they_are_found_in_the_background_and_applied_to_the_sliders() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    // Close to the P of this lesion.
    window.ask(Command::SetThreshold(Some(0.63)));
    window.ask(Command::OpenPage(Page::Explain));
    assert!(window.seen().summary.task.is_some());
    window.until("the summary", complete);
    window.run_steps(3);
    let kept = window.seen().summary.kept[0].clone();
    assert_eq!(kept.summary.families.len(), 9);
    let label = kept.summary.label;
    let found = kept.summary.families.iter().enumerate().find(|(_, one)| {
        one.flip
            .as_ref()
            .is_some_and(|flip| flip.perturbation.is_some())
    });
    let (at, one) = found.expect("something flips");
    // Bars are said.
    let bars = window.query_all(by().role(Role::Image)).filter(|node| {
        let said = node.accesskit_node().label().unwrap_or_default();
        said.contains("P(melanoma) 0.") || said.contains("no flip")
    });
    assert!(bars.count() >= 9);
    // In the words of the figure, directions included.
    let statement = kept.summary.statement_in_words();
    assert!(statement.contains("It flips with "));
    window.get_by_label_contains(&statement);
    let noise = (kept.summary.families.iter()).find(|one| one.family == Family::Noise);
    if let Some(words) = noise.and_then(Smallest::flip_in_words) {
        assert!(words.starts_with("noise up to "), "{words}");
        let row = format!("Noise (FGSM): {words}; P(melanoma) ");
        window.get_by_label_contains(&row);
    }
    window.check_accessibility();
    window.ask(Command::Summary(SummaryCommand::Apply(at)));
    let flip = one.flip.as_ref().expect("a flip");
    assert_eq!(Some(window.perturbation()), flip.perturbation);
    let after = window.verdict().verdict;
    assert_ne!(after.label(0.63), label);
    assert_eq!(after.p_melanoma, flip.p_melanoma);
    // Undone on this page, and done again.
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.perturbation(), Perturbation::default());
    assert_eq!(window.seen().page, Page::Explain);
    window.node(Role::Button, "Undo");
    window.keys(Modifiers::COMMAND, Key::Y);
    assert_eq!(Some(window.perturbation()), flip.perturbation);
    // Each says how much it changes in the unit that all have, in that order.
    let order = kept.summary.in_order();
    assert!(order.is_sorted_by_key(|(_, one)| {
        let flip = one.and_then(|one| one.flip.as_ref());
        flip.map_or(f64::INFINITY, |flip| flip.delta_e)
    }));
    let shown = format!("mean ΔE2000 {:.2}", flip.delta_e);
    assert!(window.query_all_by_label_contains(&shown).count() >= 1);
    // The same table as the command line's.
    let csv = folder.path().join("summary.csv");
    window.ask(Command::Summary(SummaryCommand::Save(
        FileKind::Csv,
        csv.clone(),
    )));
    window.until("the file", |state| said(state, "summary.csv"));
    command_line(folder.path(), "summary", &["--threshold", "0.63"]);
    let text = |name: &str| text(folder.path(), name);
    assert_eq!(text("summary.csv"), text("line.csv"));
    // The list has it as the smallest change.
    let flips = (kept.summary.families.iter()).filter_map(|one| one.flip.as_ref());
    let least = flips.map(|flip| flip.delta_e).fold(f64::INFINITY, f64::min);
    let change = window.seen().list.rows[0].smallest.as_ref();
    assert_eq!(change.expect("known").delta_e, least);
    // It is kept; another threshold is another question.
    window.ask(Command::OpenPage(Page::Explore));
    window.ask(Command::OpenPage(Page::Explain));
    assert!(window.seen().summary.task.is_none());
    window.ask(Command::SetThreshold(Some(0.6)));
    assert!(window.seen().summary.task.is_some());
}

#[test]
fn another_lesion_cancels_it_and_it_can_be_turned_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::OpenPage(Page::Explain));
    let first = window.seen().summary.task.clone().expect("it begins");
    let other = write_chart(folder.path(), "chart.png");
    window.ask(Command::Open(vec![other]));
    window.until("the picture", |state| {
        state.lesions.len() == 2 && state.listing == 0
    });
    assert!(first.cancel.is_requested(), "another page, another lesion");
    window.ask(Command::OpenPage(Page::Explain));
    window.until("the next", |state| {
        let task = state.summary.task.as_ref();
        task.is_some_and(|task| Some(task.about.lesion) == state.selected)
    });
    window.reach(Role::CheckBox, "Look for them in the background");
    assert!(!window.seen().summary.automatic);
    window.until("the end", |state| state.summary.task.is_none());
    assert_eq!(window.perturbation(), Perturbation::default());
}

/// The search on the lesion before may still wait for the network: it is not taken for that on this one.
#[test]
fn what_is_left_of_another_lesion_is_not_said_of_this_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    let first = window.seen().selected.expect("a lesion");
    let other = write_chart(folder.path(), "chart.png");
    window.ask(Command::Open(vec![other]));
    window.until("both pictures", |state| {
        let read = |lesion: &Lesion| lesion.frame().is_some();
        state.lesions.len() == 2 && state.lesions.iter().all(read)
    });
    window.ask(Command::Select(first));
    judged(&mut window);
    window.ask(Command::OpenPage(Page::Explain));
    window.until("the search", |state| {
        let task = state.summary.task.as_ref();
        task.is_some_and(|task| task.about.lesion == first && begun(task))
    });
    // A map goes first, and takes long.
    let settings = explain::settings::Settings {
        occlusion: Occlusion {
            size: 59,
            stride: 1,
        },
        ..explain::settings::Settings::default()
    };
    let explain = |window: &mut Window, command| window.ask(Command::Explain(command));
    explain(&mut window, ExplainCommand::Set(Box::new(settings)));
    explain(&mut window, ExplainCommand::Start);
    window.until("the map", |state| {
        let task = state.explain.task.as_ref();
        task.is_some_and(|task| task.progress[0] > 0)
    });
    window.get_by_label_contains("Looking: ");
    let mut lesions = window.seen().lesions.iter().map(|lesion| lesion.id);
    let second = lesions.find(|id| *id != first).expect("two");
    window.ask(Command::Select(second));
    window.ask(Command::OpenPage(Page::Explain));
    window.run_steps(3);
    let seen = window.seen();
    let task = seen.summary.task.as_ref().expect("behind the map");
    assert!(task.about.lesion == first && seen.selected != Some(first));
    assert!(window.query_by_label_contains("Looking: ").is_none());
    let said = "Looking for the smallest flips of mole.png";
    assert!(window.query_by_label_contains(said).is_none());
    window.get_by_label_contains("Begins when nothing else needs the network");
    explain(&mut window, ExplainCommand::Cancel);
    window.until("the next", |state| {
        let task = state.summary.task.as_ref();
        task.is_some_and(|task| Some(task.about.lesion) == state.selected)
    });
}

fn begun(task: &Task) -> bool {
    task.progress[1] > 0
}

#[test]
fn on_explore_they_are_looked_for_after_a_rest_and_the_menu_switches_it_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = tempfile::tempdir().expect("a folder");
    let (photograph, model) = files(folder.path());
    let open = |paths| keeping(kept.path(), paths, ModelSource::File(model.clone()));
    let Some(mut window) = open(vec![photograph]) else {
        return;
    };
    judged(&mut window);
    // Sliders that move, and a rest that has not come yet.
    assert_eq!(window.seen().page, Page::Explore);
    for step in 1..=5 {
        window.ask(Command::Alter(
            Gesture::Click,
            Arc::new(only(Control::OffsetRed, -f64::from(step))),
        ));
        window.verdict();
        let task = window.seen().summary.task.as_ref().expect("it waits");
        assert!(!begun(task), "while somebody works");
    }
    window.until("a rest", |state| {
        state.summary.task.as_ref().is_some_and(begun) || complete(state)
    });
    if window.seen().summary.task.is_some() {
        window.run_steps(2);
        window.get_by_label_contains("Looking for the smallest flips of mole.png");
    }
    window.until("the summary", complete);
    assert_eq!(window.seen().page, Page::Explore);
    assert!(
        window.seen().list.rows[0].smallest.is_some() || {
            let families = &window.seen().summary.kept[0].summary.families;
            families.iter().all(|one| one.flip.is_none())
        }
    );
    // Off, and off again after a restart.
    window.click(Role::Button, "Model");
    window.click(
        Role::CheckBox,
        "Look for the smallest flips in the background",
    );
    assert!(!window.seen().summary.automatic);
    drop(window);
    let mut window = open(Vec::new()).expect("as before");
    window.until("the model", |state| state.model.ready.is_some());
    assert!(!window.seen().summary.automatic);
}

#[test]
fn what_was_found_before_a_cancel_is_not_looked_for_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::OpenPage(Page::Explain));
    window.until("the first families", |state| {
        let kept = state.summary.kept.first();
        kept.is_some_and(|kept| kept.summary.families.len() >= 2)
    });
    window.ask(Command::OpenPage(Page::Study));
    window.until("the end", |state| state.summary.task.is_none());
    let before = window.seen().summary.kept[0].clone();
    // What is written of it meanwhile says what it does not know yet.
    let known = before.summary.families.len();
    if known < 9 {
        for kind in [FileKind::Csv, FileKind::Svg] {
            let path = folder
                .path()
                .join(format!("unfinished.{}", kind.extension()));
            window.ask(Command::Summary(SummaryCommand::Save(kind, path)));
        }
        window.until("the files", |state| {
            said(state, "unfinished.csv") && said(state, "unfinished.svg")
        });
        let csv = text(folder.path(), "unfinished.csv");
        let open = csv
            .lines()
            .filter(|line| line.contains(",,,") && line.contains(",0,,"));
        assert_eq!(open.count(), 9 - known, "{csv}");
        let svg = text(folder.path(), "unfinished.svg");
        assert!(svg.contains("Unfinished. Not judged yet: "));
        assert!(svg.contains("not judged yet"), "{svg}");
    }
    window.ask(Command::OpenPage(Page::Explain));
    window.run_steps(2);
    if known < 9 {
        window.get_by_label_contains(" Not judged yet: ");
        // What is known counts from the first report on.
        let told = |state: &State| state.summary.task.as_ref().map(|task| task.progress);
        window.until("its progress", |state| {
            told(state).is_none_or(|[_, of]| of > 0)
        });
        assert!(told(window.seen()).is_none_or(|[done, _]| done > 0));
    }
    window.until("the summary", complete);
    let after = &window.seen().summary.kept[0].summary.families;
    let known = &before.summary.families;
    assert_eq!(&after[..known.len()], &known[..]);
    assert_eq!(after.len(), 9);
}
