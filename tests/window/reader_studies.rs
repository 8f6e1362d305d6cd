//! The *Readers* page: a reader study made from findings and from the tray, followed, written down, merged and revealed.

use std::path::Path;
use std::sync::OnceLock;

use egui::Key;
use egui::Modifiers;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::message::Severity;
use flipscope::explorer::page::{Page, Tool};
use flipscope::explorer::readers::command::ReaderCommand;
use flipscope::explorer::readers::state::{ReaderForm, Reveal, Source};
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::state::State;
use flipscope::explorer::study::request::Writing;
use flipscope_lab::reader::plan::{Draft, Form, Material as Lesions, Plan, Settings};
use flipscope_lab::reader::store::Store;
use flipscope_lab::reader::{Answer, ReadingSession};
use flipscope_lab::search::attack::Fgsm;
use flipscope_lab::search::{Attack, Direction};
use flipscope_language::Language;
use flipscope_model::{Label, ModelSource};

use crate::findings::{Material, succeeds};
use crate::support::{HALL, LECTURE_HALL, Window, can_be_read_from_the_last_row, launch};

/// Lesions of a class.
const EACH: u64 = 40;
/// As many of them are searched on.
const SEARCHED: usize = 8;

fn readers(window: &mut Window, command: ReaderCommand) {
    window.ask(Command::Reader(command));
}

/// A window with the material's model, on the page.
fn ready(material: &Material) -> Option<Window> {
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
fn material() -> &'static Material {
    static MATERIAL: OnceLock<(Material, tempfile::TempDir)> = OnceLock::new();
    let (material, _) = MATERIAL.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        (Material::new(folder.path(), EACH), folder)
    });
    material
}

fn settings() -> Settings {
    Settings {
        cases: 8,
        adversarial_share: 0.25,
        gap: 1,
        practice: 1,
        readers: 2,
        ..Settings::default()
    }
}

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

fn set(window: &mut Window, form: ReaderForm) {
    readers(window, ReaderCommand::Set(Box::new(form)));
}

fn make(window: &mut Window, file: &Path) {
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

fn has_error(state: &State, text: &str) -> bool {
    let mut messages = state.messages.iter();
    messages.any(|message| message.severity == Severity::Error && message.text.contains(text))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        let name = entry.expect("an entry").file_name();
        name.to_string_lossy().into_owned()
    };
    entries.map(name).collect()
}

fn shown(window: &Window) -> (usize, usize, Option<u32>) {
    let Some(Reveal::Shown { lesions, at, page }) = &window.seen().reader_studies.reveal else {
        panic!("nothing is revealed");
    };
    let page = page.as_ref().and_then(|page| page.as_ref().ok());
    let page = page.map(|page| page.revealed.lesion);
    (lesions.len(), *at, page)
}

fn revealed(window: &mut Window) {
    window.until("the lesion", |state| {
        matches!(&state.reader_studies.reveal,
            Some(Reveal::Shown { lesions, at, page: Some(Ok(page)) }) if lesions[*at] == page.revealed.lesion)
    });
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
    // Nor a size of their own.
    window.get_by_label_contains("as large as the screen");

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
        window.click(Role::RadioButton, "Findings: Files");
        window.run_steps(3);
        assert_eq!(source(&window), Source::Files, "a person has refused them");
    }
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

/// Looks at every lesion of the reveal. Eight cases are of six lesions, two of them in both forms.
fn page_through(window: &mut Window, plan: &Plan) {
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
            window.get_by_role_and_label(Role::Image, "Revealed: adversarial");
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
fn comes_back(window: &mut Window, file: &Path) {
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
