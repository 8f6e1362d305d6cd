//! The form of a new reader study: what it proposes, what it says is missing, what it refuses.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::page::{Page, Tool};
use flipscope::explorer::readers::command::ReaderCommand;
use flipscope::explorer::readers::state::Source;
use flipscope::explorer::search::command::SearchCommand;
use flipscope_lab::reader::plan::{Material as Lesions, Settings};
use flipscope_language::Language;

use super::reader_studies::{EACH, has_error, make, material, readers, ready, set, settings};
use crate::findings::Material;
use crate::support::Window;

/// What cannot be kept is said while it is typed, before any file is chosen; what was only proposed follows the cases that are asked for.
#[test]
fn the_gap_is_checked_while_it_is_typed_and_follows_the_cases() {
    let Some(mut window) = ready(material()) else {
        return;
    };
    let form = window.seen().reader_studies.form.clone();
    let with = |cases, gap| {
        let mut form = form.clone();
        (form.draft.settings.cases, form.draft.settings.gap) = (cases, gap);
        form
    };
    let refused =
        "A gap of 7 cases cannot be kept between the two forms of 4 lesions among 8 cases";
    set(&mut window, with(8, 7));
    window.run_steps(3);
    assert_eq!(window.seen().reader_studies.form.draft.settings.gap, 7);
    window.get_by_label_contains(refused);
    set(&mut window, with(8, 3));
    window.run_steps(3);
    assert!(window.query_by_label_contains(refused).is_none());
    let proposed = form.draft.settings.gap;
    set(&mut window, with(8, proposed));
    window.run_steps(3);
    assert_eq!(window.seen().reader_studies.form.draft.settings.gap, 2);
}

#[test]
fn the_form_says_what_is_missing_and_refuses_what_cannot_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let material = material();
    let Some(mut window) = ready(material) else {
        return;
    };
    window.get_by_label("Choose findings first, or search for some.");
    // To look at the page is no wish to search.
    assert_eq!(window.seen().tool, Tool::Alter);
    window.drop_files(&[material.findings()]);
    window.get_by_label("Choose the true diagnoses first.");
    window.until("the count of the findings", |state| {
        matches!(state.reader_studies.counted, Some((_, Some(_))))
    });
    window.run_steps(2);
    let found = Lesions::count(&[material.findings()], None, None).findings;
    window.get_by_label(&format!("{found} lesions that flip"));
    readers(&mut window, ReaderCommand::Data(material.data()));
    window.click(Role::CheckBox, "How sure, from 1 to 5?");
    let form = window.seen().reader_studies.form.clone();
    assert_eq!(form.draft.findings, [material.findings()]);
    assert_eq!(form.draft.data, Some(material.data()));
    assert!(form.draft.settings.confidence);
    // How long a reader sits follows from the lesions there are.
    window.until("the count", |state| {
        let counted = &state.reader_studies.counted;
        matches!(counted, Some((of, Some(_))) if of.data.is_some())
    });
    window.run_steps(2);
    let known = Lesions::count(&[material.findings()], Some(&material.data()), None);
    assert_eq!(known.labelled, 2 * EACH as usize);
    let mut form = window.seen().reader_studies.form.clone();
    let proposed = form.draft.settings.length();
    assert_eq!(proposed, Settings::default().suited(known));
    assert!(known.findings > 0 && proposed.cases <= Settings::MOST_CASES);
    // What a person enters stays.
    form.draft.settings.cases = Settings::default().cases;
    set(&mut window, form);
    window.run_steps(2);
    // Hands have no confidence.
    window.click(Role::CheckBox, "A class answers by show of hands");
    assert!(!window.seen().reader_studies.form.draft.settings.confidence);
    // Nor a size of their own, nor readers.
    window.get_by_label_contains("as large as the screen");
    window.get_by_label("Show both to the class");
    window.run_steps(2);
    assert!(window.query_by_label_contains("Planned readers").is_none());

    // What the letter asked needs more findings than there are: said, with what would do.
    assert_eq!(window.seen().reader_studies.form.draft.settings.cases, 204);
    let file = folder.path().join("mine.readers");
    readers(&mut window, ReaderCommand::Make(file.clone()));
    window.until("the refusal", |state| {
        state.reader_studies.is_idle() && !state.messages.is_empty()
    });
    assert!(has_error(window.seen(), "findings") && !file.exists());
    // Tried again with fewer cases, it is said no longer.
    let mut form = window.seen().reader_studies.form.clone();
    // One of them altered: there is no altered lesion of the other diagnosis, and what would add it is said.
    form.draft.settings = Settings {
        adversarial_share: 0.125,
        ..settings()
    };
    set(&mut window, form);
    make(&mut window, &file);
    assert!(!has_error(window.seen(), "findings") && file.exists());
    window.get_by_label_contains("For rates of both diagnoses");
}

#[test]
fn the_labels_of_the_open_photographs_are_proposed_and_can_be_refused() {
    let material = material();
    let Some(mut window) = ready(material) else {
        return;
    };
    let data = |window: &Window| window.seen().reader_studies.form.draft.data.clone();
    assert_eq!(data(&window), None);
    window.ask(Command::Open(vec![material.data()]));
    window.until("the labels", |state| {
        state.list.reading == 0 && state.listing == 0 && !state.list.data.is_empty()
    });
    window.ask(Command::OpenPage(Page::Readers));
    window.run_steps(2);
    assert_eq!(data(&window), Some(material.data()));
    window.click(Role::Button, "Forget");
    window.run_steps(2);
    assert_eq!(data(&window), None, "a person has refused them");
}

/// The form starts with the findings of the window where there are some: once, and not where files were chosen.
#[test]
fn the_findings_of_the_window_are_proposed_and_can_be_refused() {
    let material = material();
    let entries = std::fs::read_dir(material.findings()).expect("a folder");
    let files = entries.map(|entry| entry.expect("an entry").path());
    let json = |path: &std::path::PathBuf| path.extension().is_some_and(|one| one == "json");
    let files: Vec<_> = files.filter(json).collect();
    let source = |window: &Window| window.seen().reader_studies.form.source;
    for chosen in [false, true] {
        let Some(mut window) = ready(material) else {
            return;
        };
        if chosen {
            window.drop_files(&[material.findings()]);
        }
        assert_eq!(source(&window), Source::Files);
        window.ask(Command::Search(SearchCommand::Open(files.clone())));
        window.until("a finding that flips", |state| {
            let mut findings = state.searches.findings.iter();
            findings.any(|kept| kept.found.finding.success)
        });
        window.ask(Command::OpenPage(Page::Readers));
        window.run_steps(3);
        if chosen {
            assert_eq!(source(&window), Source::Files, "files were chosen");
            continue;
        }
        assert_eq!(source(&window), Source::Tray);
        the_tray_says_what_is_left_out(&mut window, material);
        window.click(Role::RadioButton, "Findings: Files");
        window.run_steps(3);
        assert_eq!(source(&window), Source::Files, "a person has refused them");
    }
}

/// A reader study for a class speaks of a class. That none has answered is said once, and never that it has not finished.
#[test]
fn a_study_for_a_class_speaks_of_a_class() {
    let folder = tempfile::tempdir().expect("a folder");
    let material = material();
    let Some(mut window) = ready(material) else {
        return;
    };
    window.drop_files(&[material.findings()]);
    readers(&mut window, ReaderCommand::Data(material.data()));
    let mut form = window.seen().reader_studies.form.clone();
    form.draft.settings = Settings {
        classroom: true,
        confidence: false,
        ..settings()
    };
    set(&mut window, form);
    make(&mut window, &folder.path().join("class.readers"));
    window.run_steps(2);
    for (language, words, none, warning) in [
        (
            Language::English,
            ["Classes", "Slot of a new class", "Let a class answer…"],
            "No class has answered yet",
            "A class that has seen the reveal can no longer answer.",
        ),
        (
            Language::German,
            [
                "Klassen",
                "Platz einer neuen Klasse",
                "Klasse antworten lassen…",
            ],
            "Noch hat keine Klasse geantwortet",
            "Eine Klasse, die die Auflösung gesehen hat, kann nicht mehr antworten.",
        ),
    ] {
        window.ask(Command::Language(language));
        window.run_steps(2);
        for words in words {
            window.get_by_label(words);
        }
        window.get_by_label(none);
        readers(&mut window, ReaderCommand::Reveal);
        window.run_steps(2);
        window.get_by_label(warning);
        window.get_by_label(none);
        readers(&mut window, ReaderCommand::EndReveal);
    }
    window.ask(Command::Language(Language::English));
    window.run_steps(2);
    window.get_by_label_contains("8 cases for the class");
    window.fits_everywhere("an open study for a class");
}

/// Labels of some lesions only: the others with findings are counted, and not among those that the study can take.
fn the_tray_says_what_is_left_out(window: &mut Window, material: &Material) {
    let some = tempfile::tempdir().expect("a folder");
    let class = some.path().join("nevus");
    std::fs::create_dir(&class).expect("a folder");
    let entries = std::fs::read_dir(material.data().join("nevus")).expect("a folder");
    for entry in entries {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), class.join(entry.file_name())).expect("copied");
    }
    let labelled = |window: &mut Window, data: std::path::PathBuf| {
        readers(window, ReaderCommand::Data(data.clone()));
        window.until("the count", |state| {
            let counted = &state.reader_studies.counted;
            matches!(counted, Some((of, Some(_))) if of.data.as_ref() == Some(&data))
        });
        window.run_steps(2);
        let mut choices = window.query_all(by().role(Role::RadioButton));
        let label = choices.find_map(|one| {
            let label = one.accesskit_node().label()?;
            label.strip_prefix("Findings: Tray (").map(str::to_owned)
        });
        label.expect("the tray")
    };
    let [all, part] = [material.data(), some.path().to_owned()].map(|data| labelled(window, data));
    let all = all.trim_end_matches(')');
    assert!(all.parse::<usize>().is_ok_and(|count| count > 0), "{all}");
    assert!(part.ends_with(&format!(" of {all})")), "{part}");
    assert!(!part.starts_with(&format!("{all} ")), "{part}");
}
