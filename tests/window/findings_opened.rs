//! Findings from files, dropped on the window: each sits in the tray, with the photograph that it was found on.

use std::path::{Path, PathBuf};

use flipscope::explorer::command::Command;
use flipscope::explorer::page::Tool;
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::search::state::{Form, Saved};
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Budget, Finding, Preset};

use super::opened::{keeping_bare, message, names, settled};
use super::support::{Window, launch, window, write_chart};

/// Searches on the explored lesion, and exports what was found.
fn search(window: &mut Window, seed: u64, into: &Path) {
    let before = window.seen().searches.findings.len();
    let form = Form {
        attack: Attack::preset(AttackKind::Colour, Preset::Default),
        budget: Budget {
            evaluations: Some(6),
            seconds: None,
        },
        seed,
        ..Form::default()
    };
    window.ask(Command::Search(SearchCommand::Set(Box::new(form))));
    window.ask(Command::Search(SearchCommand::Start));
    window.until("the finding", |state| {
        state.searches.findings.len() > before && state.searches.tasks.is_empty()
    });
    let id = window.seen().searches.findings[before].id;
    let export = SearchCommand::Export(id, into.to_owned());
    window.ask(Command::Search(export));
    window.until("its files", |state| {
        let kept = state.searches.finding(id);
        kept.is_some_and(|kept| kept.saved == Saved::Done)
    });
}

/// Two findings on a photograph and one on a sample, in a folder next to the photograph.
fn findings(folder: &Path) -> Option<Vec<Finding>> {
    let mut window = window()?;
    let photograph = write_chart(folder, "mole.png");
    let into = folder.join("findings");
    std::fs::create_dir(&into).expect("a folder");
    // Whatever its verdict, it is one to search from.
    window.ask(Command::SetThreshold(Some(0.0)));
    window.ask(Command::Open(vec![photograph]));
    window.until("the photograph", settled);
    window.verdict();
    search(&mut window, 1, &into);
    search(&mut window, 2, &into);
    window.ask(Command::OpenSamples(1));
    window.verdict();
    search(&mut window, 3, &into);
    let findings = window.seen().searches.findings.iter();
    Some(findings.map(|kept| kept.found.finding.clone()).collect())
}

fn in_tray(window: &Window) -> Vec<(u64, String)> {
    let tray = window.seen().searches.findings.iter();
    let name = |id| window.seen().lesion(id).map(|one| one.name.clone());
    tray.map(|kept| {
        (
            kept.found.finding.seed,
            name(kept.lesion).expect("a lesion"),
        )
    })
    .collect()
}

#[test]
fn a_folder_of_findings_opens_with_its_photographs() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(made) = findings(folder.path()) else {
        return;
    };
    let at = |name: &str| folder.path().join(name);
    let kept = at("state");
    let mut window = keeping_bare(&kept, Vec::new()).expect("as before");
    window.drop_files(&[at("findings")]);
    window.until("the findings", |state| {
        settled(state) && state.searches.findings.len() == 3
    });
    // None of the findings' own pictures is taken for a photograph.
    let mut lesions = names(&window);
    lesions.sort_unstable();
    assert_eq!(lesions, ["Synthetic 2", "mole.png"]);
    let mut tray = in_tray(&window);
    tray.sort();
    let wanted = [(1, "mole.png"), (2, "mole.png"), (3, "Synthetic 2")];
    assert_eq!(tray, wanted.map(|(seed, name)| (seed, name.to_owned())));
    assert_eq!(window.seen().tool, Tool::Search);
    for kept in &window.seen().searches.findings {
        let finding = &kept.found.finding;
        let then = made.iter().find(|then| then.seed == finding.seed);
        let then = then.expect("one of them");
        assert_eq!(
            (kept.saved, &finding.distances),
            (Saved::Done, &then.distances)
        );
        assert_eq!(kept.altered.sha256(), then.altered_sha256);
    }
    // They can be used like any other.
    let id = window.seen().searches.findings[0].id;
    window.ask(Command::Search(SearchCommand::Apply(id)));
    let applied = window.seen().searches.findings[0].found.finding.clone();
    assert_eq!(window.perturbation(), applied.perturbation);

    // Dropped again, they are not doubled; and they are there after another start.
    window.drop_files(&[at("findings")]);
    window.until("the answer", |state| {
        state.listing == 0 && (state.messages.iter()).any(|one| one.text.contains("already"))
    });
    assert_eq!((in_tray(&window).len(), names(&window).len()), (3, 2));
    drop(window);
    let mut window = keeping_bare(&kept, Vec::new()).expect("as before");
    super::sessions::go_on(&mut window);
    assert_eq!(in_tray(&window).len(), 3);
}

#[test]
fn without_the_photograph_its_frame_is_shown_and_what_is_no_finding_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(made) = findings(folder.path()) else {
        return;
    };
    let at = |name: &str| folder.path().join(name);
    let away = at("findings/deep");
    std::fs::create_dir(&away).expect("a folder");
    let photograph = away.join("mole.png");
    std::fs::rename(at("mole.png"), &photograph).expect("moved");
    let one: PathBuf = at("findings/mole.colour.json");
    let none = at("notes.json");
    std::fs::write(&none, "{\"colour\": 1}").expect("written");
    let mut window = keeping_bare(&at("state"), Vec::new()).expect("as before");
    window.drop_files(&[one.clone(), none]);
    window.until("the finding", |state| {
        settled(state) && state.searches.findings.len() == 1
    });
    assert!(message(&window, "notes.json").contains("holds no finding"));
    let text = message(&window, "the frame of 299 × 299 pixels");
    assert!(text.starts_with("mole.png is neither open"), "{text}");
    assert_eq!(names(&window), ["mole.png"]);
    let frame = window.lesion().frame().expect("read").sha256();
    assert_eq!(frame, made[0].frame_sha256);

    // With the photograph open, the finding belongs to it.
    window.ask(Command::Open(vec![photograph]));
    window.until("the photograph", |state| {
        settled(state) && state.lesions.len() == 2
    });
    window.drop_files(&[one]);
    window.until("the answer", |state| {
        (state.messages.iter()).any(|one| one.text.contains("already"))
    });
    let tray = in_tray(&window);
    assert_eq!(tray, [(made[0].seed, "mole.png".to_owned())]);

    // An altered picture of its frame is not taken for it.
    let json = at("findings/mole-2.colour.json");
    let other = at("findings/Synthetic 2.colour.frame.png");
    std::fs::copy(other, at("findings/mole-2.colour.frame.png")).expect("copied");
    window.drop_files(&[json]);
    window.until("the refusal", |state| {
        (state.messages.iter()).any(|one| one.text.contains("mole-2.colour.json"))
    });
    assert!(message(&window, "mole-2.colour.json").contains("other pixels"));
}

#[test]
fn findings_that_differ_in_their_budget_are_two_and_a_frame_is_called_like_its_photograph() {
    let folder = tempfile::tempdir().expect("a folder");
    if findings(folder.path()).is_none() {
        return;
    }
    let at = |name: &str| folder.path().join(name);
    let one: PathBuf = at("findings/mole.colour.json");
    let text = std::fs::read_to_string(&one).expect("a finding");
    let mut other: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    other["budget"]["evaluations"] = 7.into();
    let another = at("findings/mole-again.colour.json");
    std::fs::write(&another, other.to_string()).expect("written");
    std::fs::remove_file(at("mole.png")).expect("removed");
    let kept = at("state");
    let mut window = keeping_bare(&kept, Vec::new()).expect("as before");
    window.drop_files(&[one, another]);
    window.until("the findings", |state| {
        settled(state) && state.searches.findings.len() == 2
    });
    assert_eq!(names(&window), ["mole.png"]);
    drop(window);
    let mut window = keeping_bare(&kept, Vec::new()).expect("as before");
    super::sessions::go_on(&mut window);
    assert_eq!(
        (in_tray(&window).len(), names(&window)),
        (2, vec!["mole.png"])
    );
}

#[test]
fn findings_can_be_named_on_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    if findings(folder.path()).is_none() {
        return;
    }
    let start = flipscope::explorer::Launch {
        paths: vec![folder.path().join("findings/mole.colour.json")],
        model: super::opened::no_model(),
        ..flipscope::explorer::Launch::default()
    };
    let size = super::support::LECTURE_HALL;
    let mut window = launch(start, size, egui::Theme::Light).expect("as before");
    window.until("the finding", |state| {
        settled(state) && state.searches.findings.len() == 1
    });
    assert_eq!(names(&window), ["mole.png"]);
}

/// Another run of a search finds the same change: its file is a finding of its own. Only the same file again is not.
#[test]
fn findings_with_the_same_change_are_as_many_as_their_files() {
    let folder = tempfile::tempdir().expect("a folder");
    if findings(folder.path()).is_none() {
        return;
    }
    let at = |name: &str| folder.path().join(name);
    let one: PathBuf = at("findings/mole.colour.json");
    let text = std::fs::read_to_string(&one).expect("a finding");
    let mut again: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    again["seconds"] = 123.5.into();
    let another = at("findings/mole-again.colour.json");
    std::fs::write(&another, again.to_string()).expect("written");
    let same = at("findings/mole-same.colour.json");
    std::fs::copy(&one, &same).expect("copied");
    let mut window = keeping_bare(&at("state"), Vec::new()).expect("as before");
    window.drop_files(&[one, another, same]);
    window.until("the findings", |state| {
        settled(state) && state.searches.findings.len() == 2
    });
    message(
        &window,
        "2 findings are in the tray; 1 other was there already.",
    );
    assert_eq!(names(&window), ["mole.png"]);
}
