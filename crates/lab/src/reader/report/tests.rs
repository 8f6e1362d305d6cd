//! The report of the study whose tables are computed by hand in the tables' tests.

use super::*;
use crate::figures::html::texts_of;
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
