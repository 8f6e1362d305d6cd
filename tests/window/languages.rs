//! The window in German: it is chosen in the menu and remembered, no page, pane, menu or window in front says anything in English,
//! to the eye or to assistive technology, and everything fits.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::lesion::Picture;
use flipscope::explorer::explore::list::command::ListCommand;
use flipscope::explorer::figures::command::FigureCommand;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::page::{Help, Page, Tool};
use flipscope::explorer::palette::command::PaletteCommand;
use flipscope::explorer::presenter::command::PresenterCommand;
use flipscope::explorer::readers::command::ReaderCommand;
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::search::state::Form;
use flipscope::explorer::state::State;
use flipscope::explorer::study::command::StudyCommand;
use flipscope::explorer::tour::command::TourCommand;
use flipscope::texts::TEXTS;
use flipscope_image::perturb::Perturbation;
use flipscope_lab::search::Preset;
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_language::{Language, within};
use flipscope_model::ModelSource;
use flipscope_model::scheduler::ModelSlot;

use super::support::{Window, window};

/// Messages without variables whose German differs: none of them may be seen in a German window.
static ENGLISH: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let mut found = HashSet::new();
    let mut german = HashSet::new();
    let catalogues = [
        &TEXTS,
        &flipscope_base::texts::TEXTS,
        &flipscope_image::texts::TEXTS,
        &flipscope_model::texts::TEXTS,
        &flipscope_lab::texts::TEXTS,
    ];
    let files = catalogues.into_iter().flat_map(|texts| {
        let files = texts.sources(Language::English).iter();
        files.map(move |(_, content)| (texts, content))
    });
    for (texts, content) in files {
        let mut message = "";
        for line in content.lines() {
            let Some((name, _)) = line.split_once(" =") else {
                continue;
            };
            let id = match name.strip_prefix("    .") {
                Some(attribute) => format!("{message}.{attribute}"),
                None if name.starts_with(|c: char| c.is_ascii_lowercase()) => {
                    message = name;
                    name.to_owned()
                }
                None => continue,
            };
            let id: &'static str = id.leak();
            let of = |language| within(language, || texts.plain(id));
            let (there, here) = (of(Language::English), of(Language::German));
            german.insert(here);
            if there != here && there != id {
                found.insert(there);
            }
        }
    }
    // What is a text of its own in German too.
    found.retain(|text| !german.contains(text));
    found
});

/// All that assistive technology hears, and with it all that is written.
fn heard(window: &Window) -> Vec<String> {
    window
        .query_all(by())
        .flat_map(|node| {
            let node = node.accesskit_node();
            let data = node.data();
            [
                node.label(),
                node.value(),
                node.description(),
                data.placeholder().map(str::to_owned),
            ]
        })
        .flatten()
        .collect()
}

/// What the file of a model says: its classes, its framing, where its threshold comes from.
const OF_THE_MODEL: [&str; 5] = ["melanoma", "squash", "validation", "framing", "threshold"];

/// Pieces of the messages with variables of every catalogue: what is written between the variables, long enough to be known again.
static PIECES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let of = |language| {
        let catalogues = [
            &TEXTS,
            &flipscope_base::texts::TEXTS,
            &flipscope_image::texts::TEXTS,
            &flipscope_model::texts::TEXTS,
            &flipscope_lab::texts::TEXTS,
        ];
        let files = catalogues
            .into_iter()
            .flat_map(move |texts| texts.sources(language).iter());
        let lines = files.flat_map(|(_, content)| content.lines());
        let texts = lines.filter_map(|line| line.split_once([']', '=']));
        texts
            .flat_map(|(_, text)| text.split(['{', '}']).step_by(2))
            .map(str::trim)
            .filter(|piece| piece.len() >= 12 && piece.contains(' '))
            .collect::<HashSet<_>>()
    };
    let german = of(Language::German);
    let english = of(Language::English).into_iter();
    english.filter(|piece| !german.contains(piece)).collect()
});

/// What is wrong with files is said in German, with the remedy, by whichever thread has read them.
#[test]
fn what_is_wrong_with_a_file_is_said_in_german() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("written");
        path
    };
    let Some(mut window) = super::support::window_without_model(vec![super::support::write_chart(
        folder.path(),
        "chart.png",
    )]) else {
        return;
    };
    window.ask(Command::Language(Language::German));
    let mut problems = Vec::new();
    let pictures = [
        ("empty.jpg", &b""[..], "ist leer"),
        ("text.png", b"no picture", "ist kein Bild: sie enthält Text"),
        ("half.jpg", b"\xff\xd8\xff", "ist abgeschnitten"),
        ("gif.png", b"GIF89a", "ist ein GIF-Bild"),
    ];
    for (name, content, says) in pictures {
        window.drop_files(&[write(name, content)]);
        window.until("the refusal", |state| {
            let failed = state.lesions.iter().filter(|lesion| lesion.name == name);
            failed
                .into_iter()
                .any(|lesion| matches!(lesion.picture, Picture::Failed(_)))
        });
        let lesion = window.seen().lesions.iter().find(|one| one.name == name);
        let lesion = lesion.expect("just seen");
        let Picture::Failed(why) = &lesion.picture else {
            panic!("just seen");
        };
        assert!(why.contains(says), "{name}: {why}");
        let id = lesion.id;
        window.ask(Command::Select(id));
        nothing_in_english(&window, name, &mut problems);
    }
    let models = [
        (
            "text.pth",
            &b"{}"[..],
            "dies ist ein JSON-Text und kein Checkpoint",
        ),
        ("page.pth", b"<html>", "dies ist eine Webseite (HTML)"),
        ("gone.safetensors", b"", "die Datei ist leer"),
    ];
    for (name, content, says) in models {
        let source = ModelSource::File(write(name, content));
        window.ask(Command::UseModel(ModelSlot::Primary, source));
        window.until("the refusal", |state| state.model.loading.is_none());
        let said = window
            .seen()
            .messages
            .iter()
            .any(|one| one.text.contains(says));
        assert!(said, "{name}: {:?}", window.seen().messages);
        nothing_in_english(&window, name, &mut problems);
    }
    let table = write("labels.csv", b"a,b\n1,2\n");
    window.ask(Command::List(ListCommand::Labels(table)));
    window.until("the refusal", |state| {
        let mut messages = state.messages.iter();
        messages.any(|one| one.text.contains("ist nicht der Kopf einer Tabelle"))
    });
    nothing_in_english(&window, "a table", &mut problems);
    for (name, open) in [
        (
            "a.study",
            Command::Study(StudyCommand::Open(write("a.study", b"no database"))),
        ),
        (
            "a.readers",
            Command::Reader(ReaderCommand::Open(write("a.readers", b"no database"))),
        ),
    ] {
        let before = window.seen().messages.len();
        window.ask(open);
        window.until("the refusal", |state| state.messages.len() > before);
        let message = &window.seen().messages[before];
        assert!(
            message.text.contains("keine SQLite-Datei"),
            "{name}: {}",
            message.text
        );
        nothing_in_english(&window, name, &mut problems);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn nothing_in_english(window: &Window, what: &str, problems: &mut Vec<String>) {
    let heard = heard(window);
    assert!(!heard.is_empty(), "{what}: nothing is said");
    let of_the_model = window.seen().help == Help::Model;
    let english = heard.iter().filter(|text| {
        let known =
            ENGLISH.contains(text.as_str()) || PIECES.iter().any(|piece| text.contains(piece));
        known && !(of_the_model && OF_THE_MODEL.contains(&text.as_str()))
    });
    problems.extend(english.map(|text| format!("{what}: “{text}”")));
    let of_the_file = |text: &String| {
        let model = window.seen().model.ready.as_ref();
        of_the_model
            && model.is_some_and(|model| model.info.metadata.values().any(|value| value == text))
    };
    let points = (heard.iter()).filter(|text| has_decimal_point(text) && !of_the_file(text));
    problems.extend(points.map(|text| format!("{what}: a decimal point in “{text}”")));
}

/// Whether a text has a number with a decimal point, which in German is one of thousands. Names of files, versions and DOIs are none.
fn has_decimal_point(text: &str) -> bool {
    // "[0.09–0.9]" is two numbers.
    let mut words = text.split(|c: char| c.is_whitespace() || c == '–');
    words.any(|word| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        word.split_once('.')
            .is_some_and(|(before, behind)| digits(before) && digits(behind))
    })
}

#[test]
fn it_is_chosen_in_the_menu_and_remembered() {
    let folder = tempfile::tempdir().expect("a folder");
    let start = || Launch {
        memory: Some(folder.path().join("window.json")),
        model: ModelSource::File(PathBuf::from("no-such-model.safetensors")),
        ..Launch::default()
    };
    let Some(mut window) = super::support::launch(start(), [1280.0, 700.0], egui::Theme::Light)
    else {
        return;
    };
    window.click(Role::Button, "View");
    window.run_steps(3);
    window.click(Role::Button, "Language");
    window.run_steps(6);
    window.click(Role::RadioButton, "Deutsch");
    window.run_steps(4);
    assert_eq!(window.seen().language(), Language::German);
    window.node(Role::Button, "Ansicht");
    assert_eq!(
        window
            .query_all(by().role(Role::Button).label("View"))
            .count(),
        0
    );

    window.until("it is saved", |_| {
        let saved = std::fs::read_to_string(folder.path().join("window.json"));
        saved.is_ok_and(|saved| {
            saved.contains("\"language\":\"de\"") || saved.contains("\"language\": \"de\"")
        })
    });
    drop(window);
    let mut again =
        super::support::launch(start(), [1280.0, 700.0], egui::Theme::Light).expect("just drawn");
    again.run_steps(2);
    again.node(Role::Button, "Ansicht");
}

#[test]
fn a_tint_is_written_with_a_comma_in_german() {
    let Some(mut window) = window() else {
        return;
    };
    window.ask(Command::Language(Language::German));
    window.ask(Command::OpenSamples(0));
    window.verdict();
    let tinted = Perturbation {
        tint: -0.005,
        ..Perturbation::default()
    };
    window.ask(Command::Alter(Gesture::Click, Arc::new(tinted)));
    window.get_by_label_contains("Duv −0,005");
    let mut problems = Vec::new();
    nothing_in_english(&window, "a tint", &mut problems);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn german_says_nothing_in_english() {
    let Some(mut window) = window() else {
        return;
    };
    let mut problems = Vec::new();
    window.ask(Command::Language(Language::German));
    nothing_in_english(&window, "the empty window", &mut problems);
    window.ask(Command::OpenSamples(0));
    window.verdict();
    nothing_in_english(&window, "a sample", &mut problems);

    window.ask(Command::ShowTool(Tool::Search));
    for kind in AttackKind::ALL {
        let form = Form {
            attack: Attack::preset(kind, Preset::Default),
            ..Form::default()
        };
        window.ask(Command::Search(SearchCommand::Set(Box::new(form))));
        nothing_in_english(&window, &format!("the search {kind:?}"), &mut problems);
    }
    let judged = window.verdict();
    let label = window.seen().label(&judged.verdict);
    let mut form = Form {
        attack: Attack::preset(AttackKind::Colour, Preset::Default),
        ..Form::default()
    };
    if form.direction.from() != label {
        form.direction = [
            flipscope_lab::search::Direction::MelanomaToNevus,
            flipscope_lab::search::Direction::NevusToMelanoma,
        ]
        .into_iter()
        .find(|direction| direction.from() == label)
        .expect("one of both");
    }
    form.budget.evaluations = Some(24);
    window.ask(Command::Search(SearchCommand::Set(Box::new(form))));
    window.ask(Command::Search(SearchCommand::Start));
    window.until("a finding", |state| !state.searches.findings.is_empty());
    nothing_in_english(&window, "a finding", &mut problems);
    let id = window.seen().searches.findings[0].id;
    window.ask(Command::Search(SearchCommand::Apply(id)));
    window.verdict();
    window.ask(Command::ShowTool(Tool::Alter));
    nothing_in_english(&window, "a finding on the sliders", &mut problems);
    window.ask(Command::ShowTool(Tool::Findings));
    nothing_in_english(&window, "the table of findings", &mut problems);
    window.ask(Command::Figure(FigureCommand::OpenFigure));
    nothing_in_english(&window, "a figure", &mut problems);
    window.ask(Command::Figure(FigureCommand::Close));

    for help in [
        Help::Keys,
        Help::About,
        Help::Model,
        Help::Numbers,
        Help::Letter,
        Help::Cite,
    ] {
        window.ask(Command::Help(help));
        nothing_in_english(&window, &format!("help: {help:?}"), &mut problems);
    }
    window.ask(Command::Help(Help::Closed));
    window.ask(Command::Palette(PaletteCommand::Open));
    nothing_in_english(&window, "the command palette", &mut problems);
    window.ask(Command::Palette(PaletteCommand::Close));
    window.ask(Command::Tour(TourCommand::Start));
    nothing_in_english(&window, "the tour", &mut problems);
    window.ask(Command::Tour(TourCommand::End));
    window.ask(Command::Presenter(PresenterCommand::Toggle));
    nothing_in_english(&window, "presenter mode", &mut problems);
    window.ask(Command::Presenter(PresenterCommand::Toggle));
    for menu in [
        TEXTS.plain("menu-file"),
        TEXTS.plain("menu-edit"),
        TEXTS.plain("menu-view"),
        TEXTS.plain("menu-batch"),
        TEXTS.plain("menu-model"),
        TEXTS.plain("menu-help"),
    ] {
        window.click(Role::Button, menu);
        window.run_steps(3);
        nothing_in_english(&window, &format!("the menu {menu}"), &mut problems);
        window.key(egui::Key::Escape);
        window.run_steps(2);
    }
    for page in [Page::Landscape, Page::Explain, Page::Study, Page::Readers] {
        window.ask(Command::OpenPage(page));
        nothing_in_english(&window, &format!("the page {page:?}"), &mut problems);
    }
    window.ask(Command::OpenPage(Page::Explore));
    let missing = ModelSource::File(PathBuf::from("missing.pth"));
    window.ask(Command::UseModel(ModelSlot::Comparison, missing));
    window.until("the refusal", |state| !state.messages.is_empty());
    nothing_in_english(&window, "a message", &mut problems);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What is wrong with a file, and what was noticed about one, follows the language of the window, and is not said once more as a message.
#[test]
fn what_is_known_of_a_file_follows_the_language() {
    let folder = tempfile::tempdir().expect("a folder");
    let chart = super::support::write_chart(folder.path(), "chart.png");
    let broken = folder.path().join("empty.jpg");
    std::fs::write(&broken, b"").expect("written");
    let clear = folder.path().join("clear.png");
    image::RgbaImage::from_pixel(64, 64, image::Rgba([120, 90, 80, 128]))
        .save(&clear)
        .expect("a PNG");
    let Some(mut window) = super::support::window_without_model(vec![chart]) else {
        return;
    };
    window.drop_files(&[broken, clear]);
    let failed = |state: &State, words: &str| {
        state
            .lesions
            .iter()
            .any(|lesion| matches!(&lesion.picture, Picture::Failed(why) if why.contains(words)))
    };
    window.until("both", |state| {
        failed(state, "is empty") && state.lesions[2].frame().is_some()
    });
    let clear = window.seen().lesions[2].id;
    window.ask(Command::Select(clear));
    window.get_by_label_contains("transparency");
    let messages = window.seen().messages.len();
    window.ask(Command::Language(Language::German));
    window.until("both in German", |state| {
        failed(state, "ist leer") && !state.lesions[2].outdated
    });
    window.run_steps(3);
    window.get_by_label_contains("Transparenz");
    assert!(window.query_by_label_contains("transparency").is_none());
    assert_eq!(window.seen().messages.len(), messages);
}

/// The names that flipscope gives are German; those of files, and what files keep, are not.
#[test]
fn samples_and_models_have_german_names() {
    let Some(mut window) = window() else {
        return;
    };
    window.ask(Command::Language(Language::German));
    window.run_steps(2);
    window.node(Role::Button, "Mit Synthetisch 1 beginnen");
    window.ask(Command::OpenSamples(0));
    window.verdict();
    let lesion = window.lesion();
    assert_eq!(
        (lesion.name.as_str(), &*lesion.shown()),
        ("Synthetic 1", "Synthetisch 1")
    );
    let heard = heard(&window);
    let said = |words: &str| heard.iter().any(|text| text.contains(words));
    assert!(
        said("Synthetisch 1, ") && said("Demomodell · "),
        "{heard:?}"
    );
    assert!(!said("Synthetic") && !said("demo model"), "{heard:?}");
    window.ask(Command::Language(Language::English));
    window.run_steps(2);
    assert_eq!(window.lesion().shown(), "Synthetic 1");
}
