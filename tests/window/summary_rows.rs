//! The rows of the smallest changes: what they say of their grids and of searches, and that nothing of them is looked for twice.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::page::Page;
use flipscope::explorer::search::state::Form;
use flipscope::explorer::state::State;
use flipscope::explorer::summary::command::SummaryCommand;
use flipscope_lab::explain::summary::Family;
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Budget, Mode, Preset};

use super::explained::small;

fn complete(state: &State) -> bool {
    state.summary.task.is_none() && state.summary.kept.iter().any(|kept| kept.complete)
}

#[test]
fn rows_name_their_steps_and_what_a_search_found_between_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    // Close to the P of this lesion.
    window.ask(Command::SetThreshold(Some(0.63)));
    let form = Form {
        attack: Attack::preset(AttackKind::Pose, Preset::Default),
        mode: Mode::Smallest,
        budget: Budget {
            evaluations: Some(200),
            seconds: None,
        },
        ..Form::default()
    };
    window.search(form);
    window.ask(Command::OpenPage(Page::Explain));
    window.until("the summary", complete);
    window.run_steps(3);
    let rows: Vec<String> = (window.query_all(by().role(Role::Image)))
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    let row = |begins: &str| {
        let found = rows.iter().find(|row| row.starts_with(begins));
        found.unwrap_or_else(|| panic!("no row {begins}: {rows:?}"))
    };
    for (name, step) in [
        ("Shift: ", "steps of 1\u{a0}px"),
        ("Rotation: ", "steps of 1°"),
        ("Green: ", "steps of 0.5\u{a0}%"),
        ("Lamp: ", "steps of 158\u{a0}K"),
    ] {
        assert!(row(name).contains(step), "{}", row(name));
    }
    for name in ["Noise (FGSM): ", "Colour balance: "] {
        assert!(!row(name).contains("steps of"), "{}", row(name));
    }
    // The pose that was found is said where it alters less.
    let kept = &window.seen().searches.findings[0];
    let finding = &kept.found.finding;
    assert!(finding.success, "{:?}", finding.perturbation);
    let families = &window.seen().summary.kept[0].summary.families;
    let title = kept.title();
    let mut said = 0;
    for one in families {
        let row = row(&format!("{}: ", shown(one.family)));
        let least = one.flip.as_ref().map_or(f64::INFINITY, |flip| flip.delta_e);
        let less = Family::of(&finding.perturbation).contains(&one.family)
            && finding.distances.delta_e_mean < least;
        assert_eq!(row.contains(&format!("({title})")), less, "{row}");
        said += usize::from(less);
    }
    assert!(said > 0, "{:?}: {rows:?}", finding.perturbation);
    // Noise cannot be put on the sliders, and its button says why.
    let noise = families.iter().find(|one| one.family == Family::Noise);
    if noise.is_some_and(|one| one.flip.is_some()) {
        let button = window.node(Role::Button, "Apply to the sliders: Noise (FGSM)");
        assert!(button.accesskit_node().is_disabled());
    }
    // Another threshold, another question: the finding may not be a flip then.
    window.get_by_label_contains("in the steps that each row names");
}

/// What searches have put into the tray is named before anything was looked for, and where it is of no family.
#[test]
fn findings_are_named_in_rows_that_are_not_judged_and_where_there_is_no_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::Summary(SummaryCommand::Automatic(false)));
    window.ask(Command::SetThreshold(Some(0.63)));
    for (at, kind) in [AttackKind::Pose, AttackKind::Pixels]
        .into_iter()
        .enumerate()
    {
        let form = Form {
            attack: Attack::preset(kind, Preset::Default),
            mode: Mode::Smallest,
            budget: Budget {
                evaluations: Some(200),
                seconds: None,
            },
            ..Form::default()
        };
        window.search(form);
        let finding = &window.seen().searches.findings[at].found.finding;
        assert!(finding.success, "{kind:?}");
    }
    window.ask(Command::OpenPage(Page::Explain));
    window.run_steps(4);
    assert!(window.seen().summary.kept.is_empty());
    let [pose, pixels] = [0, 1].map(|at| window.seen().searches.findings[at].title());
    let row = "not judged yet; a search found one: ";
    let rows: Vec<_> = window.query_all_by_label_contains(row).collect();
    assert!(!rows.is_empty());
    for row in rows {
        let said = row.accesskit_node().value().unwrap_or_default();
        assert!(said.contains(&format!("({pose})")), "{said}");
    }
    window.get_by_label_contains("Of no row: ");
    window.get_by_label_contains(&format!("({pixels})"));
    window.get_by_label_contains("Findings of this lesion that flip are named in the row");
}

/// As the window calls it.
fn shown(family: Family) -> &'static str {
    match family {
        Family::Noise => "Noise (FGSM)",
        Family::Brightness => "Brightness",
        Family::Red => "Red",
        Family::Green => "Green",
        Family::Blue => "Blue",
        Family::Lamp => "Lamp",
        Family::Shift => "Shift",
        Family::Rotation => "Rotation",
        Family::Colour => "Colour balance",
    }
}

/// Whoever goes to and fro never sees it fall behind, and it comes to an end though no visit is long enough for a whole family.
#[test]
fn leaving_the_page_again_and_again_takes_nothing_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    let mut reached = 0;
    let mut kept_between = 0;
    for _ in 0..6 {
        window.ask(Command::OpenPage(Page::Explain));
        window.until("more of it", |state| {
            let progress = state.summary.task.as_ref().map(|task| task.progress);
            let told = progress.filter(|[_, of]| *of > 0);
            assert!(told.is_none_or(|[done, _]| done >= reached), "{told:?}");
            complete(state) || told.is_some_and(|[done, _]| done > reached)
        });
        let Some(task) = &window.seen().summary.task else {
            break;
        };
        reached = task.progress[0];
        window.ask(Command::OpenPage(Page::Study));
        window.until("the end", |state| state.summary.task.is_none());
        let begun = window.seen().summary.begun.iter();
        kept_between += begun.map(|begun| begun.memory.len()).sum::<usize>();
    }
    assert!(kept_between > 0, "what was judged is kept");
    // Neither does another threshold take it away.
    let families = |state: &State| {
        let kept = state.summary.kept.first();
        kept.map_or(0, |kept| kept.summary.families.len())
    };
    let before = families(window.seen());
    let threshold = window.seen().threshold;
    window.ask(Command::OpenPage(Page::Explain));
    window.ask(Command::SetThreshold(Some(0.3)));
    window.until("a summary at another threshold", |state| {
        state.summary.kept.len() > 1
    });
    window.ask(Command::SetThreshold(threshold));
    assert!(before > 0 && families(window.seen()) >= before);
    window.until("the summary", complete);
    // What is complete needs no memory; the other threshold's summary was left under way.
    let begun = &window.seen().summary.begun;
    let threshold = window.seen().threshold();
    assert!(begun.iter().all(|one| one.about.threshold != threshold));
}
