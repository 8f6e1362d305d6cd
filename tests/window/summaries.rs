//! The smallest changes that flip: looked for in the background on the page Explain, cancelled with the lesion, said in words.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::page::Page;
use flipscope::explorer::state::State;
use flipscope::explorer::summary::command::SummaryCommand;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::figure::FileKind;

use super::explaining::small;
use super::support::write_chart;

fn complete(state: &State) -> bool {
    state.summary.task.is_none() && state.summary.kept.iter().any(|kept| kept.complete)
}

#[test]
fn they_are_found_in_the_background_and_applied_to_the_sliders() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    assert!(window.seen().summary.task.is_none(), "not on Explore");
    // Close to the P of this lesion.
    window.ask(Command::Threshold(Some(0.63)));
    window.ask(Command::Turn(Page::Explain));
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
    window.get_by_label_contains("It flips with any one of:");
    window.check_accessibility();
    window.ask(Command::Summary(SummaryCommand::Apply(at)));
    let flip = one.flip.as_ref().expect("a flip");
    assert_eq!(Some(window.perturbation()), flip.perturbation);
    let after = window.verdict().verdict;
    assert_ne!(after.label(0.63), label);
    assert_eq!(after.p_melanoma, flip.p_melanoma);
    // The same table as the command line's.
    let csv = folder.path().join("summary.csv");
    window.ask(Command::Summary(SummaryCommand::Save(
        FileKind::Csv,
        csv.clone(),
    )));
    window.until("the file", |state| {
        state
            .messages
            .iter()
            .any(|one| one.text.contains("summary.csv"))
    });
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_flipscope"))
        .args([
            "explain",
            "summary",
            "--threshold",
            "0.63",
            "--device",
            "cpu",
        ])
        .arg(folder.path().join("mole.png"))
        .arg("--model")
        .arg(folder.path().join("tiny.safetensors"))
        .arg("--out")
        .arg(folder.path().join("line.svg"))
        .arg("--csv")
        .arg(folder.path().join("line.csv"))
        .output()
        .expect("the program");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{error}");
    let text = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
    assert_eq!(text("summary.csv"), text("line.csv"));
    // The list has it as the smallest change.
    let flips = (kept.summary.families.iter()).filter_map(|one| one.flip.as_ref());
    let least = flips.map(|flip| flip.delta_e).fold(f64::INFINITY, f64::min);
    let change = window.seen().table.rows[0].smallest.as_ref();
    assert_eq!(change.expect("known").delta_e, least);
    // It is kept; another threshold is another question.
    window.ask(Command::Turn(Page::Explore));
    window.ask(Command::Turn(Page::Explain));
    assert!(window.seen().summary.task.is_none());
    window.ask(Command::Threshold(Some(0.6)));
    assert!(window.seen().summary.task.is_some());
}

#[test]
fn another_lesion_cancels_it_and_it_can_be_turned_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::Turn(Page::Explain));
    let first = window.seen().summary.task.clone().expect("it begins");
    let other = write_chart(folder.path(), "chart.png");
    window.ask(Command::Open(vec![other]));
    window.until("the picture", |state| {
        state.lesions.len() == 2 && state.listing == 0
    });
    assert!(first.cancel.is_requested(), "another page, another lesion");
    window.ask(Command::Turn(Page::Explain));
    window.until("the next", |state| {
        let task = state.summary.task.as_ref();
        task.is_some_and(|task| Some(task.about.lesion) == state.selected)
    });
    window.reach(Role::CheckBox, "Look for them in the background");
    assert!(!window.seen().summary.automatic);
    window.until("the end", |state| state.summary.task.is_none());
    assert_eq!(window.perturbation(), Perturbation::default());
}
