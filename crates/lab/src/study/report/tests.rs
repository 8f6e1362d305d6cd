//! The report of the study whose tables are computed by hand in the tables' tests.

use super::*;
use crate::figures::html::texts_of;
use crate::search::{Attack, AttackKind, Direction, Mode, Preset, Strategy};
use crate::study::plan::{AttackJob, Job, Shard};
use crate::study::store::tests::plan;
use crate::study::store::{Outcome, Score};
use crate::study::tables::tests::study;
use flipscope_language::{Language, within};

fn report(folder: &Path) -> String {
    let store = study(folder);
    let out = folder.join("report");
    std::fs::create_dir(&out).unwrap();
    let page = write(&store, &out, &Options::default()).unwrap();
    std::fs::read_to_string(page).unwrap()
}

#[test]
fn the_page_stands_alone_and_says_what_the_tables_say() {
    let folder = tempfile::tempdir().unwrap();
    let page = report(folder.path());
    // Nothing is fetched, nothing is run.
    let elsewhere = page.replace("http://www.w3.org/2000/svg", "");
    for part in [
        "http:", "https:", "<script", "<link", "<img", "@import", "url(",
    ] {
        assert!(!elsewhere.contains(part), "{part}");
    }
    // For the first model: one of two melanomas and one of two nevi, with Wilson's interval (statsmodels).
    for words in [
        "<td>1 of 2</td><td>0.500 (0.095 to 0.905)</td>",
        "2 melanomas and 2 nevi",
        "<td>pose</td><td>one</td>",
        "mBCE",
        "McNemar, exact",
        "model_1_sha256",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(!page.contains("Incomplete"));
    for name in [
        "roc",
        "reliability",
        "perturbation-jpeg",
        "perturbation-offset-green",
    ] {
        let file = folder.path().join(format!("report/figures/{name}.svg"));
        let svg = std::fs::read_to_string(&file).unwrap();
        assert!(page.contains(&svg), "{name}");
        assert!(file.with_extension("png").exists());
        let pdf = std::fs::read(file.with_extension("pdf")).unwrap();
        assert!(
            pdf.starts_with(b"%PDF-") && pdf.ends_with(b"%%EOF"),
            "{name}"
        );
        // Vectors, not a raster image of them.
        let image: &[u8] = b"/Subtype /Image";
        assert!(
            !pdf.windows(image.len()).any(|part| part == image),
            "{name}"
        );
    }
    assert!(folder.path().join("report/tables/evaluation.csv").exists());
}

#[test]
fn the_same_results_give_the_same_page() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [one, two] = folders.each_ref().map(|folder| report(folder.path()));
    assert_eq!(one, two);
    let [one, two] = folders.each_ref().map(|folder| {
        let figure = folder.path().join("report/figures/roc.pdf");
        std::fs::read(figure).unwrap()
    });
    assert!(one == two, "the same figure as PDF");
}

#[test]
fn a_german_report_is_german_and_its_tables_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let store = study(folder.path());
    let [english, german] = Language::ALL.map(|language| {
        let out = folder.path().join(language.tag());
        std::fs::create_dir(&out).unwrap();
        let page = within(language, || write(&store, &out, &Options::default())).unwrap();
        std::fs::read_to_string(page).unwrap()
    });
    assert!(english.contains("<html lang=\"en\">") && german.contains("<html lang=\"de\">"));
    let headings = ["h1", "h2", "caption", "th", "figcaption"];
    let [said, gesagt] = [&english, &german].map(|page| texts_of(page, &headings));
    assert!(said.len() > 60 && said.len() == gesagt.len());
    let alike: Vec<&str> = (said.iter().zip(&gesagt))
        .filter_map(|(one, other)| (one == other).then_some(*one))
        .collect();
    assert!(
        alike.iter().all(|word| ["AUC", "p"].contains(word)),
        "{alike:?}"
    );
    // A point is none of a German number; the record below keeps to the words of the tables.
    let (shown, _) = german.split_once("<h2>Protokoll").unwrap();
    let cells = texts_of(shown, &["td"]);
    let point = |cell: &&&str| cell.parse::<f64>().is_ok() && cell.contains('.');
    assert_eq!(cells.iter().find(point), None);
    for (page, sentence) in [
        (&english, "For research and teaching."),
        (&english, "A picture flips if its verdict differs"),
        (&german, "Für Forschung und Lehre."),
        (&german, "Ein Bild kippt, wenn sein Urteil"),
        (&german, "0,500 (0,095 bis 0,905)"),
    ] {
        assert!(page.contains(sentence), "{sentence}");
    }
    let table = |language: Language, name: &str| {
        let folder = folder.path().join(language.tag()).join("tables");
        std::fs::read(folder.join(name)).unwrap()
    };
    for name in ["study.csv", "evaluation.csv", "families.csv", "attacks.csv"] {
        let [one, other] = Language::ALL.map(|language| table(language, name));
        assert!(one == other, "{name}");
    }
}

/// Text that is drawn cannot be searched for in the other formats.
fn svg(folder: &Path, name: &str) -> Option<String> {
    std::fs::read_to_string(folder.join(format!("report/figures/{name}.svg"))).ok()
}

#[test]
fn a_remedy_is_said_in_methods_tables_record_captions_and_legends_and_so_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let page = report(folder.path());
    for words in [
        "judged by one (remedy none); right (remedy average-8).",
        "one: framing squash, threshold 0.5, f32, remedy none; right: framing squash, threshold 0.5, f32, remedy average-8",
        "went through the remedy average-8 (average over 4 rotations and their mirror images)",
        "<td>right</td><td>average-8</td>",
        "<td>one</td><td>none</td>",
        "<td>model_1_remedy</td><td class=\"words\"><code>none</code></td>",
        "<td>model_2_remedy</td><td class=\"words\"><code>average-8</code></td>",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let captions = page.matches("<figcaption").count();
    let said = page.matches("Remedies: one: none; right: average-8. <code>");
    assert!(captions > 3 && said.count() == captions, "{captions}");
    let roc = svg(folder.path(), "roc").unwrap();
    assert!(roc.contains("one, remedy none") && roc.contains("right, remedy average-8"));
}

/// A study of four pictures by one model, attacked in both directions: melanomas withstand it, and no nevus is attacked, since none is
/// called nevus.
fn withstood(folder: &Path) -> Store {
    let mut plan = plan(4);
    let attack = |direction| {
        Job::Attack(Box::new(AttackJob {
            attack: Attack::preset(AttackKind::Pose, Preset::Default),
            mode: Mode::First,
            strategy: Strategy::Auto,
            direction,
            seed: 1,
            budget: Some(50),
        }))
    };
    plan.jobs = vec![
        Job::evaluation(),
        attack(Direction::MelanomaToNevus),
        attack(Direction::NevusToMelanoma),
    ];
    let path = folder.join("a.study");
    Store::create(&path, &plan).unwrap();
    let mut store = Store::open(&path).unwrap();
    let runner = store.enter("test", Shard::WHOLE).unwrap();
    for unit in plan.all_units(Shard::WHOLE) {
        let Some(Job::Attack(job)) = plan.job(unit) else {
            let score = Score {
                unit,
                variant: 0,
                p_melanoma: 0.75,
            };
            store.keep_scores(runner, &[score], &[(unit, 1)]).unwrap();
            continue;
        };
        let attacked = job.direction == Direction::MelanomaToNevus;
        let outcome = Outcome {
            attacked,
            flipped: false,
            p_before: 0.75,
            p_after: attacked.then_some(0.7),
            size: None,
            unit: None,
            evaluations: 50 * u64::from(attacked),
            json: String::new(),
        };
        store.keep_outcome(runner, unit, &outcome).unwrap();
    }
    store
}

#[test]
fn there_is_no_empty_figure_but_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let store = withstood(folder.path());
    let out = folder.path().join("report");
    std::fs::create_dir(&out).unwrap();
    let page = write(&store, &out, &Options::default()).unwrap();
    let page = std::fs::read_to_string(page).unwrap();
    let figure = |direction: &str, by: &str| {
        svg(
            folder.path(),
            &format!("attack-pose-default-first-{direction}-1-by-{by}"),
        )
    };
    // The direction is in the title, since the file is shown without the page, too.
    let drawn = figure("melanoma-to-nevus", "confidence").unwrap();
    assert!(drawn.contains("Pose attack, melanoma to nevus: flips by confidence"));
    assert!(page.contains(&drawn));
    assert_eq!(figure("melanoma-to-nevus", "size"), None);
    assert_eq!(figure("nevus-to-melanoma", "confidence"), None);
    assert_eq!(figure("nevus-to-melanoma", "size"), None);
    for words in [
        "Pose attack, melanoma to nevus: there is no figure of the sizes, since none of 2 pictures attacked flipped.",
        "Pose attack, nevus to melanoma: there is no figure, since no picture was attacked.",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    // A median of counts is a count; the table keeps its number.
    assert!(
        page.contains("<td>50</td>") && !page.contains("50.000"),
        "{page}"
    );
    let attacks = std::fs::read_to_string(out.join("tables/attacks.csv")).unwrap();
    assert!(attacks.contains(",50.000000,"), "{attacks}");
    assert!(
        attacks.contains("melanomas that the model calls melanoma at 0.5")
            && attacks.contains("nevi that the model calls nevus at 0.5"),
        "{attacks}"
    );
    // The window shows the same.
    let empty = tempfile::tempdir().unwrap();
    let shown = pictures(&store, empty.path(), &Options::default()).unwrap();
    assert_eq!(shown.notes.len(), 2, "{:?}", shown.notes);
    assert_eq!(shown.figures.len(), 3);
}
