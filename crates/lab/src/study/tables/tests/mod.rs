//! Tables of a study small enough to compute by hand.

mod cells;

use std::collections::BTreeMap;

use super::*;
use crate::search::{Attack, AttackKind, Direction, Mode, Preset, Strategy};
use crate::study::plan::{AttackJob, Job, Model, WorkUnit};
use crate::study::store::tests::plan;
use crate::study::store::{Outcome, Score};
use crate::study::sweep::{Channel, Family};
use flipscope_image::corruption::CorruptionKind;
use flipscope_image::perturb::{Fill, Sampling};

type Row = BTreeMap<String, String>;

/// P(melanoma) of four pictures, melanoma, nevus, melanoma, nevus: two are classified correctly.
const CLEAN: [f32; 4] = [0.9, 0.2, 0.4, 0.6];

/// Two melanomas and two nevi; JPEG and green offsets; an attack; and a second model that is always right, with a remedy.
pub(in crate::study) fn study(folder: &Path) -> Store {
    let mut plan = plan(4);
    plan.jobs = vec![
        Job::evaluation(),
        Job::perturbations(
            &[
                Family::Offset(Channel::Green),
                Family::Corruption(CorruptionKind::Jpeg),
            ],
            Sampling::Nearest,
            Fill::Black,
        ),
        Job::Attack(Box::new(AttackJob {
            attack: Attack::preset(AttackKind::Pose, Preset::Default),
            mode: Mode::Smallest,
            strategy: Strategy::Evolution,
            direction: Direction::MelanomaToNevus,
            seed: 1,
            budget: Some(50),
        })),
    ];
    let right = Model {
        name: "right".to_owned(),
        sha256: "1".repeat(64),
        remedy: "average-8".parse().unwrap(),
        ..plan.models[0].clone()
    };
    plan.models.push(right);
    let path = folder.join("a.study");
    Store::create(&path, &plan).unwrap();
    let mut store = Store::open(&path).unwrap();
    let runner = store.enter("test", Shard::WHOLE).unwrap();
    for unit in plan.all_units(Shard::WHOLE) {
        let image = unit.image as usize;
        if let Some(Job::Attack(_)) = plan.job(unit) {
            store.keep_outcome(runner, unit, &outcome(unit)).unwrap();
            continue;
        }
        let variants = plan.job(unit).unwrap().variants();
        let scores: Vec<Score> = (0..)
            .zip(variants)
            .map(|(variant, what)| Score {
                unit,
                variant,
                p_melanoma: match (unit.model, image, what.name().as_str()) {
                    (1, 0 | 2, _) => 0.75,
                    (1, _, _) => 0.25,
                    (_, 0, "jpeg 3" | "offset-green -10") | (_, 3, "jpeg 5") => 0.4,
                    _ => CLEAN[image],
                },
            })
            .collect();
        store
            .keep_scores(runner, &scores, &[(unit, scores.len() as u64)])
            .unwrap();
    }
    store
}

/// Picture 0 flips; picture 2 is misclassified by the first model, and withstands the attack on the second.
fn outcome(unit: WorkUnit) -> Outcome {
    let attacked = unit.model == 1 || unit.image == 0;
    let flipped = unit.image == 0;
    Outcome {
        attacked,
        flipped,
        p_before: if attacked { 0.9 } else { 0.4 },
        p_after: attacked.then_some(if flipped { 0.25 } else { 0.7 }),
        size: attacked.then_some(3.5),
        unit: attacked.then(|| "pixels".to_owned()),
        evaluations: if attacked { 50 } else { 0 },
        json: String::new(),
    }
}

fn exported() -> BTreeMap<String, Vec<Row>> {
    let folder = tempfile::tempdir().unwrap();
    let store = study(folder.path());
    let files = export(&store, folder.path(), &Options::default()).unwrap();
    let read = |path: &PathBuf| -> Vec<Row> {
        let mut reader = csv::Reader::from_path(path).unwrap();
        reader.deserialize().map(|row| row.unwrap()).collect()
    };
    let named = files.iter().map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, read(path))
    });
    named.collect()
}

/// The only row with these cells.
fn row<'a>(table: &'a [Row], cells: &[(&str, &str)]) -> &'a Row {
    let mut found =
        (table.iter()).filter(|row| cells.iter().all(|(key, value)| row[*key] == *value));
    let first = found
        .next()
        .unwrap_or_else(|| panic!("no row has {cells:?}"));
    assert!(found.next().is_none(), "{cells:?}");
    first
}

fn holds(row: &Row, cells: &[(&str, &str)]) {
    for (key, value) in cells {
        assert_eq!(row[*key], *value, "{key} of {row:?}");
    }
}

#[test]
fn unaltered_pictures_are_counted_and_ranked() {
    let tables = exported();
    holds(
        row(&tables["evaluation.csv"], &[("model", "one")]),
        &[
            ("threshold", "0.5"),
            ("true_positives", "1"),
            ("false_negatives", "1"),
            ("true_negatives", "1"),
            ("false_positives", "1"),
            ("sensitivity", "0.500000"),
            // statsmodels: proportion_confint(1, 2, method="wilson")
            ("sensitivity_lower", "0.094531"),
            ("sensitivity_upper", "0.905469"),
            ("balanced_accuracy", "0.500000"),
        ],
    );
    holds(
        row(&tables["auc_calibration.csv"], &[("model", "one")]),
        &[("auc", "0.750000"), ("melanomas", "2"), ("lesions", "4")],
    );
    holds(
        row(&tables["auc_calibration.csv"], &[("model", "right")]),
        &[("auc", "1.000000"), ("brier_score", "0.062500")],
    );
}

#[test]
fn variants_and_families_are_counted_against_the_unaltered_pictures() {
    let tables = exported();
    let perturbations = &tables["perturbations.csv"];
    assert_eq!(perturbations.len(), 2 * 17);
    let one = ("model", "one");
    holds(
        row(
            perturbations,
            &[one, ("family", "offset-green"), ("level", "-10")],
        ),
        &[
            ("false_negatives", "2"),
            ("false_negatives_before", "1"),
            ("false_positives", "1"),
            ("flipped", "1"),
            ("flipped_to_nevus", "1"),
            ("flip_rate", "0.250000"),
            ("balanced_error", "0.750000"),
        ],
    );
    holds(
        row(&tables["families.csv"], &[one, ("family", "jpeg")]),
        &[
            ("pictures", "4"),
            ("always_right", "1"),
            ("always_wrong", "1"),
            ("right_to_wrong", "1"),
            ("wrong_to_right", "1"),
            ("melanomas_right_to_wrong", "1"),
            ("mean_balanced_error", "0.500000"),
            ("relative_balanced_error", "0.000000"),
            ("steps", "20"),
            ("steps_flipped", "3"),
        ],
    );
    holds(
        row(&tables["families.csv"], &[one, ("family", "offset-green")]),
        &[("steps", "48"), ("steps_flipped", "2")],
    );
    let robustness = &tables["robustness.csv"];
    holds(
        row(robustness, &[one, ("figure", "mBCE")]),
        &[("value", "0.500000"), ("families", "1")],
    );
    holds(
        row(robustness, &[one, ("figure", "mFR")]),
        &[("value", "0.041667"), ("families", "1")],
    );
}

#[test]
fn attacks_have_their_denominators() {
    let tables = exported();
    holds(
        row(&tables["attacks.csv"], &[("model", "one")]),
        &[
            ("labelled", "2"),
            ("attacked", "1"),
            ("flipped", "1"),
            (
                "denominator",
                "melanomas that the model calls melanoma at 0.5",
            ),
            ("size_of_flips_median", "3.500000"),
        ],
    );
    holds(
        row(&tables["attacks.csv"], &[("model", "right")]),
        &[
            ("attacked", "2"),
            ("flipped", "1"),
            ("flip_rate", "0.500000"),
        ],
    );
    holds(
        row(&tables["attack_confidence.csv"], &[("model", "right")]),
        &[
            ("p_melanoma_from", "0.900000"),
            ("attacked", "2"),
            ("flipped", "1"),
        ],
    );
    holds(
        row(&tables["attack_sizes.csv"], &[("model", "right")]),
        &[
            ("size_at_most", "3.500000"),
            ("flipped", "1"),
            ("attacked", "2"),
        ],
    );
    assert_eq!(tables["attack_lesions.csv"].len(), 4);
}

#[test]
fn two_models_are_compared_picture_by_picture() {
    let tables = exported();
    let comparison = &tables["comparison.csv"];
    assert_eq!(comparison.len(), 4);
    holds(
        row(comparison, &[("question", "auc")]),
        &[("difference", "-0.250000"), ("pictures", "4")],
    );
    // Both counts are those of the question.
    for (question, count) in [("auc", "4"), ("sensitivity", "2"), ("specificity", "2")] {
        holds(
            row(comparison, &[("question", question)]),
            &[("pictures", count), ("lesions", count)],
        );
    }
    holds(
        row(comparison, &[("question", "accuracy")]),
        &[
            ("first_value", "0.500000"),
            ("second_value", "1.000000"),
            ("only_first_right", "0"),
            ("only_second_right", "2"),
            ("test", "McNemar, exact"),
            ("p", "0.500000"),
        ],
    );
}

#[test]
fn a_study_that_is_not_complete_is_exported_only_where_that_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.study");
    Store::create(&path, &plan(4)).unwrap();
    let store = Store::open(&path).unwrap();
    let error = export(&store, folder.path(), &Options::default()).unwrap_err();
    assert!(
        error.to_string().contains("8 of 8 results are missing"),
        "{error}"
    );
    let options = Options {
        partial: true,
        ..Options::default()
    };
    assert_eq!(export(&store, folder.path(), &options).unwrap().len(), 9);
}
