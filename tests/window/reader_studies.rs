//! The *Readers* page: a reader study made from findings and from the tray, followed, written down, merged and revealed.

use std::path::Path;
use std::sync::OnceLock;

use egui::Key;
use egui::Modifiers;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::message::Severity;
use flipscope::explorer::page::{Page, Tool};
use flipscope::explorer::readers::command::ReaderCommand;
use flipscope::explorer::readers::state::{ReaderForm, Reveal, Source};
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::state::State;
use flipscope::explorer::study::request::Writing;
use flipscope_lab::reader::plan::{Draft, Settings};
use flipscope_lab::reader::store::Store;
use flipscope_lab::reader::{Answer, ReadingSession};
use flipscope_lab::search::attack::Fgsm;
use flipscope_lab::search::{Attack, Direction};
use flipscope_language::Language;
use flipscope_model::{Label, ModelSource};

use super::reader_reveals::{comes_back, page_through};
use crate::findings::{Material, succeeds};
use crate::support::{LECTURE_HALL, Window, launch};

/// Lesions of a class.
pub(super) const EACH: u64 = 40;

/// As many of them are searched on.
pub(super) const SEARCHED: usize = 8;

pub(super) fn readers(window: &mut Window, command: ReaderCommand) {
    window.ask(Command::Reader(command));
}

/// A window with the material's model, on the page.
pub(super) fn ready(material: &Material) -> Option<Window> {
    let start = Launch {
        model: ModelSource::File(material.model()),
        ..Launch::default()
    };
    let mut window = launch(start, LECTURE_HALL, egui::Theme::Light)?;
    window.until("the model", |state| state.model.ready.is_some());
    window.keys(Modifiers::COMMAND, Key::Num3);
    assert_eq!(window.seen().page, Page::Readers);
    Some(window)
}

/// Enough lesions for the network to tell the classes apart; made once for all tests.
pub(super) fn material() -> &'static Material {
    static MATERIAL: OnceLock<(Material, tempfile::TempDir)> = OnceLock::new();
    let (material, _) = MATERIAL.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        (Material::new(folder.path(), EACH), folder)
    });
    material
}

pub(super) fn settings() -> Settings {
    Settings {
        cases: 8,
        adversarial_share: 0.25,
        gap: 1,
        practice: 1,
        readers: 2,
        ..Settings::default()
    }
}

pub(super) fn set(window: &mut Window, form: ReaderForm) {
    readers(window, ReaderCommand::Set(Box::new(form)));
}

pub(super) fn make(window: &mut Window, file: &Path) {
    readers(window, ReaderCommand::Make(file.to_owned()));
    window.until("the reader study", |state| {
        let studies = &state.reader_studies;
        studies.is_idle() && studies.open.is_some()
    });
}

/// Says nevus of everything.
fn read(file: &Path, pseudonym: &str) {
    let mut session = ReadingSession::open(file, pseudonym).expect("a session");
    while session.current().is_some() {
        let answer = Answer {
            call: Label::Nevus,
            confidence: None,
            biopsy: None,
        };
        session.answer(answer, 1000).expect("kept");
    }
}

pub(super) fn has_error(state: &State, text: &str) -> bool {
    let mut messages = state.messages.iter();
    messages.any(|message| message.severity == Severity::Error && message.text.contains(text))
}

pub(super) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        let name = entry.expect("an entry").file_name();
        name.to_string_lossy().into_owned()
    };
    entries.map(name).collect()
}

pub(super) fn shown(window: &Window) -> (usize, usize, Option<u32>) {
    let Some(Reveal::Shown { lesions, at, page }) = &window.seen().reader_studies.reveal else {
        panic!("nothing is revealed");
    };
    let page = page.as_ref().and_then(|page| page.as_ref().ok());
    let page = page.map(|page| page.revealed.lesion);
    (lesions.len(), *at, page)
}

pub(super) fn revealed(window: &mut Window) {
    window.until("the lesion", |state| {
        matches!(&state.reader_studies.reveal,
            Some(Reveal::Shown { lesions, at, page: Some(Ok(page)) }) if lesions[*at] == page.revealed.lesion)
    });
}

/// Its parameters stand below one another, and are German in a German window.
fn the_protocol_has_columns_and_speaks_german(window: &mut Window) {
    let collapsed = window.get_by_label("Protocol").rect().center();
    window.click_at(collapsed);
    window.run_steps(30);
    let left = |window: &Window, label: &str| window.get_by_label(label).rect().left();
    let sha256 = |window: &Window| {
        let open = window.seen().reader_studies.open.as_ref();
        open.expect("it is open").sha256.clone()
    };
    let hash = sha256(window);
    assert_eq!(
        left(window, "plan_sha256"),
        left(window, "adversarial_share")
    );
    let software = env!("CARGO_PKG_VERSION");
    assert_eq!(left(window, &hash), left(window, software));
    assert!(left(window, &hash) > window.get_by_label("plan_sha256").rect().right());
    window.ask(Command::Language(Language::German));
    window.run_steps(2);
    window.get_by_label("Anteil veränderter Fälle");
    let open = window.seen().reader_studies.open.as_ref();
    let protocol = &open.expect("it is open").protocol;
    let searches = protocol
        .parameters
        .iter()
        .find(|(name, _)| *name == "Suchen");
    let (_, searches) = searches.expect("searches");
    let in_words = ["Melanom zu Nävus", "Nävus zu Melanom"];
    assert!(
        in_words.iter().any(|words| searches.contains(words)),
        "{searches}"
    );
    assert!(window.query_by_label("adversarial_share").is_none());
    window.ask(Command::Language(Language::English));
    window.run_steps(2);
    window.fits_everywhere("a protocol");
}

#[test]
fn a_reader_study_is_made_followed_written_merged_and_revealed() {
    let folder = tempfile::tempdir().expect("a folder");
    let material = material();
    let Some(mut window) = ready(material) else {
        return;
    };
    let draft = Draft {
        findings: vec![material.findings()],
        data: Some(material.data()),
        settings: settings(),
        ..Draft::default()
    };
    let source = Source::Files;
    set(
        &mut window,
        ReaderForm {
            source,
            draft,
            ..ReaderForm::default()
        },
    );
    let file = folder.path().join("mine.readers");
    make(&mut window, &file);
    window.get_by_label_contains("8 cases for each reader");
    window.get_by_label_contains("2 planned, 0 joined, 0 finished");
    assert!(
        window
            .query_by_label_contains("For rates of both diagnoses")
            .is_none()
    );
    // As the command line makes it.
    let other = folder.path().join("other.readers");
    let flags = "--cases 8 --adversarial-share 0.25 --gap 1 --practice 1 --readers 2";
    let flags: Vec<&str> = flags.split(' ').collect();
    succeeds(&material.study(&other, &flags));
    let plan = |file: &Path| Store::open(file).expect("a study").plan().clone();
    assert_eq!(plan(&file), plan(&other));

    // Nobody has read: the reveal is warned of first.
    window.click(Role::Button, "Reveal…");
    window.get_by_label_contains("0 of 2 readers have finished");
    // However often it is clicked.
    readers(&mut window, ReaderCommand::Reveal);
    assert!(matches!(
        window.seen().reader_studies.reveal,
        Some(Reveal::Warned)
    ));
    window.click(Role::Button, "Do not");
    assert!(window.seen().reader_studies.reveal.is_none());
    // Whoever reads elsewhere is followed; one of two planned has finished.
    readers(&mut window, ReaderCommand::Slot(Some(1)));
    read(&file, "anna");
    window.until("the reader's end", |state| {
        let open = state.reader_studies.open.as_ref().expect("it is open");
        open.finished() == 1
    });
    window.click(Role::Button, "Reveal…");
    // The slot was for her; whoever comes next is not held to it.
    assert_eq!(window.seen().reader_studies.slot, None);
    window.get_by_label_contains("1 of 2 readers has finished");
    window.click(Role::Button, "Reveal anyway");
    revealed(&mut window);
    comes_back(&mut window, &file);
    window.click(Role::Button, "End the reveal");
    read(&other, "ben");
    let whole = folder.path().join("whole.readers");
    readers(
        &mut window,
        ReaderCommand::Merge(vec![file, other], whole.clone()),
    );
    window.until("the merged study", |state| {
        let open = state.reader_studies.open.as_ref().expect("it stays open");
        open.file == whole
    });
    window.get_by_label_contains("2 planned, 2 joined, 2 finished");

    let tables = folder.path().join("tables");
    let report = folder.path().join("report");
    for (what, folder) in [(Writing::Tables, &tables), (Writing::Report, &report)] {
        std::fs::create_dir(folder).expect("a folder");
        readers(&mut window, ReaderCommand::Write(what, folder.clone()));
        window.until("the results", |state| state.reader_studies.writing == 0);
    }
    assert!(names(&tables).contains(&"pooled.csv".to_owned()));
    assert!(names(&report).contains(&"report.html".to_owned()));
    window.click(Role::Button, "Copy its path");

    // All have finished: no warning.
    window.click(Role::Button, "Reveal…");
    page_through(&mut window, &plan(&whole));
    window.key(Key::Escape);
    assert!(window.seen().reader_studies.reveal.is_none());
    window.fits_everywhere("an open reader study");
    the_protocol_has_columns_and_speaks_german(&mut window);
    window.reach(Role::Button, "Close reader study");
    window.get_by_label("No reader study is open");
    window.fits_everywhere("the readers page");
}

#[test]
fn findings_of_the_tray_become_a_reader_study_and_what_is_none_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let material = material();
    let Some(mut window) = ready(material) else {
        return;
    };
    window.click(Role::RadioButton, "Findings: Tray (0)");
    window.get_by_label_contains("The tray holds no finding that flips");
    // Searches in this window, each away from what the lesion is.
    window.click(Role::Button, "Search…");
    assert_eq!(window.seen().page, Page::Explore);
    assert_eq!(window.seen().tool, Tool::Search);
    let classes = [
        ("melanoma", Direction::MelanomaToNevus),
        ("nevus", Direction::NevusToMelanoma),
    ];
    for (class, direction) in classes {
        let folder = material.data().join(class);
        let before = window.seen().lesions.len();
        window.ask(Command::Open(vec![folder]));
        window.until("the pictures", |state| {
            state.listing == 0
                && state.lesions.len() == before + EACH as usize
                && state.lesions.iter().all(|one| one.frame().is_some())
        });
        let mut search = window.seen().searches.form.clone();
        search.direction = direction;
        search.attack = Attack::Fgsm(Fgsm {
            epsilon: 24,
            ..Fgsm::letter()
        });
        window.ask(Command::Search(SearchCommand::Set(Box::new(search))));
        for at in before..before + SEARCHED {
            let id = window.seen().lesions[at].id;
            window.ask(Command::Select(id));
            window.ask(Command::Search(SearchCommand::Start));
        }
    }
    window.until("the findings", |state| {
        state.searches.open().next().is_none()
    });
    let flipped = (window.seen().searches.findings.iter())
        .filter(|kept| kept.found.finding.success)
        .count();
    assert!(flipped >= 2, "{flipped} flip");

    window.keys(Modifiers::COMMAND, Key::Num3);
    let draft = Draft {
        data: Some(material.data()),
        settings: Settings {
            cases: 4,
            adversarial_share: 0.5,
            gap: 0,
            practice: 0,
            ..settings()
        },
        ..Draft::default()
    };
    let source = Source::Tray;
    set(
        &mut window,
        ReaderForm {
            source,
            draft,
            ..ReaderForm::default()
        },
    );
    let file = folder.path().join("tray.readers");
    make(&mut window, &file);
    assert_eq!(Store::open(&file).expect("a study").plan().pairs(), 2);

    // What is none is refused, and what was open stays open.
    let other = folder.path().join("other.readers");
    std::fs::write(&other, "not a study").expect("a file");
    window.drop_files(std::slice::from_ref(&other));
    window.until("the refusal", |state| has_error(state, "other.readers"));
    readers(&mut window, ReaderCommand::Make(file.clone()));
    window.until("the refusal", |state| has_error(state, "exists already"));
    let open = window.seen().reader_studies.open.as_ref();
    assert_eq!(open.expect("it stays open").file, file);
}
