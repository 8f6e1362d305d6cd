//! The report of the study whose tables are computed by hand in the tables' tests.

use super::*;
use crate::figures::html::texts_of;
use crate::reader::ReadingSession;
use crate::reader::plan::Settings;
use crate::reader::plan::tests::small;
use crate::reader::store::Hands;
use crate::reader::store::tests::file;
use crate::reader::tables::tests::{class, study};
use flipscope_language::{Language, within};

fn report(store: &Store, folder: &Path) -> String {
    let out = folder.join("report");
    std::fs::create_dir(&out).unwrap();
    let page = write(store, &out).unwrap();
    std::fs::read_to_string(page).unwrap()
}

#[test]
fn the_page_stands_alone_and_says_what_the_tables_say() {
    let (folder, store) = study();
    let page = report(&store, folder.path());
    let elsewhere = page.replace("http://www.w3.org/2000/svg", "");
    for part in [
        "http:", "https:", "<script", "<link", "@import", "url(", "src=\"/",
    ] {
        assert!(!elsewhere.contains(part), "{part}");
    }
    for words in [
        "Reader study",
        "2 joined, 1 finished",
        "Incomplete",
        "Wilson",
        "McNemar",
        "multi-reader multi-case",
        "plan_sha256",
        "The cases, revealed",
        "data:image/png;base64,",
        "changed by pixels: 1 pixel",
        "the network says melanoma (P(melanoma) 0.750)",
        "href=\"#lesion-",
    ] {
        assert!(page.contains(words), "{words}");
    }
    for name in ["sensitivity", "specificity", "accuracy"] {
        let svg = folder.path().join(format!("report/figures/{name}.svg"));
        assert!(
            page.contains(&std::fs::read_to_string(svg).unwrap()),
            "{name}"
        );
    }
    // Every picture of the reading is included, but none of the practice round.
    let plan = store.plan();
    let pictures: usize = (plan.lesions.iter())
        .filter(|lesion| lesion.turn != crate::reader::plan::Turn::Practice)
        .map(|lesion| 1 + usize::from(lesion.altered.is_some()))
        .sum();
    assert_eq!(page.matches("<img ").count(), pictures);
    // The same answers give the same page.
    let again = tempfile::tempdir().unwrap();
    assert_eq!(report(&store, again.path()), page);
}

#[test]
fn a_class_has_hands_and_no_intervals() {
    let (folder, store) = class();
    let page = report(&store, folder.path());
    assert!(page.contains("Hands of each class") && page.contains("hands were for melanoma"));
    assert!(!page.contains("Each reader<") && !page.contains("Agreement"));
    assert!(!folder.path().join("report/figures").exists(), "of none");
}

/// A class of which one case is answered, with lesions that it sees in one form only.
fn class_under_way() -> (tempfile::TempDir, Store) {
    let settings = Settings {
        classroom: true,
        both_forms: false,
        biopsy: true,
        ..small()
    };
    let (folder, path) = file(&settings);
    let mut session = ReadingSession::open(&path, "year 4").unwrap();
    let hands = Hands {
        melanoma: 7,
        nevus: 3,
        biopsy: Some(2),
    };
    session.answer_hands(hands, 5000).unwrap();
    let store = Store::open(&path).unwrap();
    (folder, store)
}

/// What is sent on with a study for a class speaks of classes, but for the kind of study and the names in its tables.
#[test]
fn a_class_is_not_called_readers() {
    for (folder, store) in [class(), class_under_way()] {
        for language in Language::ALL {
            let out = folder.path().join(language.tag());
            std::fs::create_dir(&out).unwrap();
            let (protocol, page) = within(language, || {
                let protocol = store.plan().protocol().unwrap().to_string();
                (protocol, write(&store, &out).unwrap())
            });
            let page = std::fs::read_to_string(page).unwrap();
            // A picture's letters may spell anything.
            let mut words = protocol;
            for part in page.split("data:image/png;base64,") {
                let picture = part.find('"').filter(|_| !part.starts_with('<'));
                words += part.get(picture.unwrap_or_default()..).unwrap_or_default();
            }
            let mut words = words.to_lowercase();
            for name in [
                "reader study",
                "readers_joined",
                "readers_finished",
                "befunderstudie",
            ] {
                words = words.replace(name, "");
            }
            for other in ["reader", "befund", "wilson"] {
                let at = words.find(other);
                let near = at.map(|at| words[..at].chars().rev().take(60).collect::<String>());
                let near = near.map(|near| near.chars().rev().collect::<String>());
                assert_eq!(near, None, "{other}, {}", language.tag());
            }
            assert!(
                words.contains(["each class judges", "jede klasse beurteilt"][language as usize])
            );
        }
    }
}

#[test]
fn a_german_report_is_german() {
    let (study_folder, study) = study();
    let (class_folder, class) = class();
    for (folder, store) in [(&study_folder, &study), (&class_folder, &class)] {
        let [english, german] = Language::ALL.map(|language| {
            let out = folder.path().join(language.tag());
            std::fs::create_dir(&out).unwrap();
            let page = within(language, || write(store, &out)).unwrap();
            std::fs::read_to_string(page).unwrap()
        });
        let headings = ["h1", "h2", "h3", "caption", "th", "figcaption", "strong"];
        let [said, gesagt] = [&english, &german].map(|page| texts_of(page, &headings));
        assert!(said.len() > 15 && said.len() == gesagt.len());
        let alike: Vec<&str> = (said.iter().zip(&gesagt))
            .filter_map(|(one, other)| (one == other).then_some(*one))
            .collect();
        let same_in_both = ["p", "κ"];
        assert!(
            alike.iter().all(|word| same_in_both.contains(word)),
            "{alike:?}"
        );
        assert!(german.contains("Für Forschung und Lehre.") && german.contains("Das Netz ist"));
        assert!(
            german.contains("0,5") && english.contains("0.5"),
            "the threshold"
        );
        let tables = folder.path().join("en").join("tables");
        let mut compared = 0;
        for table in std::fs::read_dir(tables).unwrap() {
            let name = table.unwrap().file_name();
            let [one, other] = ["en", "de"].map(|language| {
                let folder = folder.path().join(language).join("tables");
                std::fs::read_to_string(folder.join(&name)).unwrap()
            });
            assert_eq!(one, other, "{}", name.display());
            compared += 1;
        }
        assert!(compared > 1);
    }
}
