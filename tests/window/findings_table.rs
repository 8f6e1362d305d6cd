//! The table of findings over lesions: sorted, applied by a click, saved as CSV, exported; what cancels the searches keeps.

use std::path::Path;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Galley, Key, Modifiers, Shape};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::batch::command::{BatchCommand, Whom};
use flipscope::explorer::batch::findings::Tally;
use flipscope::explorer::batch::state::SearchRun;
use flipscope::explorer::command::Command;
use flipscope::explorer::page::Tool;
use flipscope::explorer::search::state::{Form, Saved, Stage};
use flipscope::explorer::state::State;
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Budget, Finding, Preset};
use flipscope_language::Language;
use flipscope_model::Label;

use super::batch::{ask, cells, said, set};
use super::support::{Window, window};

/// Colour, with few frames.
pub(super) fn few(evaluations: u64) -> Form {
    Form {
        attack: Attack::preset(AttackKind::Colour, Preset::Default),
        budget: Budget {
            evaluations: Some(evaluations),
            seconds: None,
        },
        ..Form::default()
    }
}

/// The three samples, judged.
pub(super) fn samples() -> Option<Window> {
    let mut window = window()?;
    window.get_by_label("Start with Synthetic 2").click();
    window.step();
    window.until("every verdict", |state| {
        state.lesions.len() == 3
            && (state.lesions.iter()).all(|lesion| lesion.answers.primary.before.is_some())
    });
    Some(window)
}

pub(super) fn ended(state: &State) -> bool {
    let run = state.batch.search.as_ref();
    run.is_some_and(|run| !run.is_under_way())
}

/// What the findings of these searches are called.
const TITLE: &str = " · Colour, ";

/// The rows of the table of findings, from top to bottom.
pub(super) fn table(window: &Window, title: &str) -> Vec<String> {
    let mut rows: Vec<(f32, String)> = (window.query_all(by().role(Role::Button)))
        .filter_map(|node| Some((node.rect().top(), node.accesskit_node().label()?)))
        .filter(|(_, label)| label.contains(title))
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, label)| label).collect()
}

#[test]
fn all_are_searched_one_table_has_the_findings_and_all_are_exported() {
    let Some(mut window) = samples() else { return };
    window.click(Role::RadioButton, "Tools: Search");
    set(&mut window, few(30));
    window.node(Role::Button, "Search all 3").scroll_to_me();
    window.run_steps(12);
    window.click(Role::Button, "Search all 3");
    assert_eq!(window.seen().tool, Tool::Findings);
    window.until("the first search", |state| {
        state
            .searches
            .tasks
            .iter()
            .any(|one| one.stage == Stage::Running)
    });
    window.get_by_label_contains("of 3 searched");
    // What looks for the smallest changes by itself waits until all are searched.
    window.until("the end of the summary", |state| {
        state.summary.task.is_none()
    });
    assert!(!ended(window.seen()));
    window.until("the end", ended);
    let findings: Vec<Finding> = (window.seen().searches.findings.iter())
        .map(|kept| kept.found.finding.clone())
        .collect();
    assert_eq!(findings.len(), 3);
    // The direction follows the verdict.
    assert!(
        findings
            .iter()
            .all(|finding| finding.direction.from() == finding.label_before)
    );
    let before: Vec<Label> = findings
        .iter()
        .map(|finding| finding.label_before)
        .collect();
    assert!(before.contains(&Label::Melanoma) && before.contains(&Label::Nevus));
    let tally = Tally::of(findings.iter());
    assert!(tally.flipped > 0, "the borderline one flips");
    let tally = tally.in_words();
    window.get_by_label(&format!("3 of 3 searched: {tally}"));
    // All findings are of these searches: they are not summed up a second time.
    assert!(window.query_by_label_contains("3 findings:").is_none());
    assert!(said(
        window.seen(),
        &format!("Searched 3 lesions: {tally}.")
    ));

    // Sorted, reversed, as found.
    let as_found = table(&window, TITLE);
    assert_eq!(as_found.len(), 3, "{as_found:?}");
    window.click(Role::Button, "Sort findings by size");
    let mut sizes: Vec<(f64, usize)> = (findings.iter().enumerate())
        .map(|(at, finding)| (finding.size.value, at))
        .collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let sorted: Vec<&String> = sizes.iter().map(|(_, at)| &as_found[*at]).collect();
    assert_eq!(table(&window, TITLE).iter().collect::<Vec<_>>(), sorted);
    window.pause();
    window.click(Role::Button, "Sort findings by size");
    assert!(
        table(&window, TITLE)
            .iter()
            .eq(sorted.iter().rev().copied())
    );
    window.pause();
    window.click(Role::Button, "Sort findings by size");
    assert_eq!(table(&window, TITLE), as_found);

    directions_are_whole(&mut window);

    // A click opens the lesion with the finding on the sliders.
    let first = window.seen().searches.findings[0].lesion;
    let other = window
        .seen()
        .lesions
        .iter()
        .find(|lesion| lesion.id != first);
    let other = other.expect("another").id;
    window.ask(Command::Select(other));
    window.pause();
    window.click(Role::Button, &as_found[0]);
    assert_eq!(window.seen().selected, Some(first));
    assert_eq!(window.perturbation(), findings[0].perturbation);
    assert_eq!(window.seen().tool, Tool::Findings, "the table stays");

    let folder = tempfile::tempdir().expect("a folder");
    saved_as_csv(&mut window, folder.path(), &findings);
    exported_nowhere(&mut window, folder.path());
    exported(&mut window, folder.path(), &findings);
}

/// A cell of a finding.
type Of = fn(&Finding) -> String;

/// As wide as the table is at first, each row says from which verdict to which, in both languages.
fn directions_are_whole(window: &mut Window) {
    fn collect(shape: &Shape, into: &mut Vec<Arc<Galley>>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, into)),
            Shape::Text(text) => into.push(Arc::clone(&text.galley)),
            _ => {}
        }
    }
    let directions = [
        (Language::German, ["Melanom → Nävus", "Nävus → Melanom"]),
        (Language::English, ["Melanoma → nevus", "Nevus → melanoma"]),
    ];
    for (language, directions) in directions {
        window.ask(Command::Language(language));
        window.run_steps(4);
        let mut galleys = Vec::new();
        for clipped in &window.output().shapes {
            collect(&clipped.shape, &mut galleys);
        }
        let says = |galley: &&Arc<Galley>| {
            let text = galley.text();
            directions.iter().any(|direction| text.contains(direction))
        };
        let rows: Vec<_> = galleys.iter().filter(says).collect();
        assert_eq!(rows.len(), 3, "{language:?}");
        for galley in rows {
            assert!(!galley.elided, "{}", galley.text());
        }
    }
}

fn saved_as_csv(window: &mut Window, folder: &Path, findings: &[Finding]) {
    let csv = folder.join("findings");
    ask(window, BatchCommand::FindingsCsv(csv));
    window.until("the table", |state| said(state, "findings.csv"));
    let csv = folder.join("findings.csv");
    let words: Vec<String> = findings
        .iter()
        .map(|finding| finding.perturbation.in_words())
        .collect();
    assert_eq!(cells(&csv, "changed"), words);
    let after: Vec<String> = findings
        .iter()
        .map(|finding| finding.p_after.to_string())
        .collect();
    assert_eq!(cells(&csv, "p_after"), after);
    // As the JSON of a finding says it.
    let flips = |finding: &Finding| finding.success.to_string();
    assert!(
        cells(&csv, "flipped")
            .into_iter()
            .eq(findings.iter().map(flips))
    );
    assert_eq!(cells(&csv, "files"), ["", "", ""], "they have none yet");
    // Where every number comes from.
    let provenance: [(&str, Of); 14] = [
        ("ended", |one| one.ended.name().to_owned()),
        ("direction", |one| one.direction.to_string()),
        ("mode", |one| one.mode.to_string()),
        ("strategy", |one| one.strategy.to_string()),
        ("preset", |one| one.preset.to_string()),
        ("budget", |one| {
            one.budget.evaluations.expect("a budget").to_string()
        }),
        ("seed", |one| one.seed.to_string()),
        ("gradients", |one| one.gradients.to_string()),
        ("forward_equivalents", |one| {
            one.forward_equivalents.expect("counted").to_string()
        }),
        ("device", |one| one.device.clone()),
        ("sampling", |one| one.perturbation.sampling.to_string()),
        ("uncovered", |one| one.perturbation.fill.to_string()),
        ("model_sha256", |one| one.model_sha256.clone()),
        ("version", |one| one.version.clone()),
    ];
    for (column, of) in provenance {
        let expected: Vec<String> = findings.iter().map(of).collect();
        assert_eq!(cells(&csv, column), expected, "{column}");
    }
}

/// Into a folder that takes nothing: one sentence, which says why once.
fn exported_nowhere(window: &mut Window, folder: &Path) {
    let nowhere = folder.join("nowhere");
    ask(window, BatchCommand::Export(nowhere));
    window.until("the refusal", |state| state.batch.export.is_none());
    let text = &window.seen().messages.last().expect("a message").text;
    assert!(
        text.starts_with("No finding was exported: there is no folder "),
        "{text}"
    );
    assert_eq!(text.matches("nowhere").count(), 1, "{text}");
    assert!((window.seen().searches.findings.iter()).all(|kept| kept.saved == Saved::No));
}

/// All of them into a folder, with their frames.
fn exported(window: &mut Window, folder: &Path, findings: &[Finding]) {
    let into = folder.join("all");
    std::fs::create_dir(&into).expect("a folder");
    ask(window, BatchCommand::Export(into.clone()));
    window.until("the export", |state| said(state, "Exported 3 findings"));
    assert!((window.seen().searches.findings.iter()).all(|kept| kept.saved == Saved::Done));
    let mut exported = Vec::new();
    for entry in std::fs::read_dir(&into).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let text = std::fs::read_to_string(&path).expect("text");
            let finding = Finding::from_json(&text).expect("a finding");
            assert!(
                into.join(&finding.frame_png).exists() && into.join(&finding.altered_png).exists()
            );
            exported.push(finding.altered_sha256);
        }
    }
    exported.sort();
    // Row by row, the table says which files these are.
    let csv = folder.join("again.csv");
    ask(window, BatchCommand::FindingsCsv(csv.clone()));
    window.until("the table", |state| said(state, "again.csv"));
    let of_rows = cells(&csv, "files")
        .into_iter()
        .zip(cells(&csv, "altered_sha256"));
    for (stem, altered) in of_rows {
        let text = std::fs::read_to_string(into.join(format!("{stem}.json"))).expect("text");
        let finding = Finding::from_json(&text).expect("a finding");
        assert_eq!(finding.altered_sha256, altered, "{stem}");
    }
    let mut found: Vec<String> = findings
        .iter()
        .map(|one| one.altered_sha256.clone())
        .collect();
    found.sort();
    assert_eq!(exported, found);

    // Once more into the same folder: nothing is written beside it; what is not there any more is.
    let names = || {
        let entries = std::fs::read_dir(&into).expect("a folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        names
    };
    let before = names();
    ask(window, BatchCommand::Export(into.clone()));
    window.until("the export", |state| said(state, "All 3 findings were in"));
    assert_eq!(names(), before);
    let gone = into.join(before.last().expect("a file"));
    let stem = |path: &Path| {
        let name = path.file_name().expect("a name").to_string_lossy();
        name.split_inclusive('.').take(2).collect::<String>()
    };
    let of_one = stem(&gone);
    for name in before.iter().map(|name| into.join(name)) {
        if stem(&name) == of_one {
            std::fs::remove_file(name).expect("removed");
        }
    }
    ask(window, BatchCommand::Export(into.clone()));
    window.until("the export", |state| {
        said(state, "Exported 1 finding,") && said(state, "2 were there already.")
    });
    assert_eq!(names(), before);
}

#[test]
fn one_button_cancels_all_and_what_was_found_is_kept() {
    let Some(mut window) = samples() else { return };
    set(&mut window, few(100_000));
    window.keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Enter);
    let first = |state: &State| (state.searches.tasks.iter()).any(|one| one.best.is_some());
    window.until("a first candidate", first);
    let run = window.seen().batch.search.as_ref();
    assert!(run.is_some_and(SearchRun::is_under_way));
    // No second batch beside it.
    ask(&mut window, BatchCommand::Search(Whom::All));
    assert!(said(window.seen(), "under way"));
    window.click(Role::Button, "Cancel all searches");
    window.until("the end", ended);
    let run = window.seen().batch.search.clone().expect("a run");
    assert_eq!((run.total, run.done), (3, 1), "{run:?}");
    assert_eq!(window.seen().searches.findings.len(), 1);
    assert!(window.seen().searches.tasks.is_empty());
    // The one that was running counts as cancelled too, unless it had a flip.
    let flipped = window.seen().searches.findings[0].found.finding.success;
    let cancelled = 3 - usize::from(flipped);
    assert_eq!(run.tally.cancelled, cancelled);
    assert!(said(window.seen(), &format!("{cancelled} cancelled")));
}
