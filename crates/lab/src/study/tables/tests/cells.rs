//! The contents of cells: intervals, what a rate depends on, untrusted text; and options.

use super::*;

#[test]
fn no_interval_is_a_point() {
    let tables = exported();
    // The second model makes no mistake: DeLong's variance and the bootstrap's spread are 0.
    holds(
        row(&tables["auc_calibration.csv"], &[("model", "right")]),
        &[
            ("auc", "1.000000"),
            ("auc_upper", "1.000000"),
            (
                "auc_interval",
                "Newcombe 2006, method 5 (DeLong's variance is 0)",
            ),
            ("auc_lower_by_lesion", ""),
            ("auc_upper_by_lesion", ""),
            (
                "auc_interval_by_lesion",
                "none: all resamples have the same value",
            ),
        ],
    );
    holds(
        row(&tables["evaluation.csv"], &[("model", "right")]),
        &[
            ("balanced_accuracy", "1.000000"),
            // Wilson's for 2 of 2 is 0.342380 to 1: half the hypotenuse of both distances is subtracted.
            ("balanced_accuracy_lower", "0.534993"),
            ("balanced_accuracy_upper", "1.000000"),
            ("balanced_accuracy_interval", "MOVER of Wilson's"),
            ("balanced_accuracy_lower_by_lesion", ""),
            (
                "balanced_accuracy_interval_by_lesion",
                "none: all resamples have the same value",
            ),
        ],
    );
    for (name, rows) in &tables {
        for row in rows {
            for (column, lower) in row {
                let Some(value) = column.strip_suffix("_lower") else {
                    continue;
                };
                let upper = &row[&format!("{value}_upper")];
                assert!(
                    lower.is_empty() || lower != upper,
                    "{name}: {column} {row:?}"
                );
            }
        }
    }
}

#[test]
fn what_a_rate_depends_on_stands_beside_it() {
    let tables = exported();
    for name in [
        "attacks.csv",
        "attack_confidence.csv",
        "attack_sizes.csv",
        "attack_lesions.csv",
    ] {
        for row in &tables[name] {
            holds(
                row,
                &[
                    ("framing", "squash"),
                    ("threshold", "0.5"),
                    ("budget_frames", "50"),
                    ("preset", "default"),
                    ("mode", "smallest"),
                    ("seed", "1"),
                ],
            );
            for words in [
                "rotate -180.0 to 180.0",
                "sampling ",
                "fill ",
                "population per gene",
            ] {
                assert!(row["parameters"].contains(words), "{words}: {row:?}");
            }
        }
    }
    let jpeg = [("model", "one"), ("family", "jpeg"), ("level", "3")];
    let jpeg = row(&tables["perturbations.csv"], &jpeg);
    holds(
        jpeg,
        &[
            ("framing", "squash"),
            ("p_melanoma_at_least", "0.5"),
            ("seed", "1"),
        ],
    );
    assert!(jpeg["parameters"].contains("quality"), "{jpeg:?}");
    let study = &tables["study.csv"];
    let details = row(study, &[("fact", "job_3_details")]);
    assert!(details["value"].contains("budget 50 frames"), "{details:?}");
}

/// Of a model without one it is said that there is none: an empty cell would leave it open.
#[test]
fn the_remedy_stands_beside_every_number_of_a_model() {
    let tables = exported();
    let of = |model: &str| match model {
        "one" => "none",
        _ => "average-8",
    };
    let mut named = 0;
    for (name, rows) in &tables {
        for row in rows {
            if let Some(model) = row.get("model") {
                assert_eq!(row["remedy"], of(model), "{name}: {row:?}");
                named += 1;
            }
        }
    }
    assert!(named > 50, "{named}");
    for row in &tables["comparison.csv"] {
        for which in ["first", "second"] {
            assert_eq!(row[&format!("{which}_remedy")], of(&row[which]), "{row:?}");
        }
    }
    for (number, model) in [(1, "one"), (2, "right")] {
        let fact = format!("model_{number}_remedy");
        let row = row(&tables["study.csv"], &[("fact", &fact)]);
        assert_eq!(row["value"], of(model));
    }
}

#[test]
fn photographs_are_named_by_their_hashes() {
    let tables = exported();
    for name in ["lesions.csv", "attack_lesions.csv"] {
        for row in &tables[name] {
            let number: u32 = row["id"].strip_prefix("picture ").unwrap().parse().unwrap();
            assert_eq!(row["image_sha256"], format!("{number:064}"), "{name}");
        }
    }
}

#[test]
fn equal_areas_without_a_variance_are_not_tested() {
    let folder = tempfile::tempdir().unwrap();
    let mut plan = plan(4);
    plan.jobs.truncate(1);
    let other = Model {
        name: "other".to_owned(),
        sha256: "2".repeat(64),
        ..plan.models[0].clone()
    };
    plan.models.push(other);
    let path = folder.path().join("c.study");
    Store::create(&path, &plan).unwrap();
    let mut store = Store::open(&path).unwrap();
    let runner = store.enter("test", Shard::WHOLE).unwrap();
    for unit in plan.all_units(Shard::WHOLE) {
        // The first is always right, the second always wrong: the difference of their areas is 1, without a variance.
        let is_melanoma = unit.image % 2 == 0;
        let p_melanoma = if is_melanoma == (unit.model == 0) {
            0.9
        } else {
            0.1
        };
        let score = Score {
            unit,
            variant: 0,
            p_melanoma,
        };
        store.keep_scores(runner, &[score], &[(unit, 1)]).unwrap();
    }
    export(&store, folder.path(), &Options::default()).unwrap();
    let mut reader = csv::Reader::from_path(folder.path().join("comparison.csv")).unwrap();
    let rows: Vec<Row> = reader.deserialize().map(|row| row.unwrap()).collect();
    holds(
        row(&rows, &[("question", "auc")]),
        &[
            ("difference", "1.000000"),
            ("statistic", ""),
            ("p", ""),
            ("p_holm", ""),
            ("note", "no test: the variance of the difference is 0"),
        ],
    );
    // The three other comparisons are corrected among themselves.
    holds(
        row(&rows, &[("question", "accuracy")]),
        &[("p", "0.125000"), ("p_holm", "0.375000")],
    );
}

#[test]
fn text_of_strangers_is_no_formula_and_no_escape_sequence() {
    let folder = tempfile::tempdir().unwrap();
    let mut plan = plan(4);
    plan.jobs.truncate(1);
    plan.dataset = "@SUM(A1)".to_owned();
    plan.models[0].name = "=cmd|' /C calc'!A0".to_owned();
    plan.images[0].id = "+1".to_owned();
    plan.images[1].id = "a\u{1b}[31mb\u{9b}1m".to_owned();
    plan.images[2].id = "-1".to_owned();
    let path = folder.path().join("d.study");
    Store::create(&path, &plan).unwrap();
    let mut store = Store::open(&path).unwrap();
    let runner = store.enter("test", Shard::WHOLE).unwrap();
    for unit in plan.all_units(Shard::WHOLE) {
        let score = Score {
            unit,
            variant: 0,
            p_melanoma: CLEAN[unit.image as usize],
        };
        store.keep_scores(runner, &[score], &[(unit, 1)]).unwrap();
    }
    let out = folder.path().join("report");
    std::fs::create_dir(&out).unwrap();
    let page = crate::study::report::write(&store, &out, &Options::default()).unwrap();
    let lesions = std::fs::read_to_string(out.join("tables/lesions.csv")).unwrap();
    for cell in [
        "'=cmd|' /C calc'!A0,none,'+1,",
        ",'-1,",
        ",a\\u{1b}[31mb\\u{9b}1m,",
    ] {
        assert!(lesions.contains(cell), "{cell} {lesions}");
    }
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("<td>=cmd|' /C calc'!A0</td>"), "{page}");
    for folder in ["tables", "figures", "."] {
        for entry in std::fs::read_dir(out.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue;
            };
            let is_raw = |c: char| c.is_control() && c != '\n';
            assert!(
                path.extension().is_some_and(|end| end == "pdf") || !text.contains(is_raw),
                "{path:?}"
            );
        }
    }
}

#[test]
fn options_have_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let store = study(folder.path());
    for (resamples, bins) in [(0, 10), (usize::MAX, 10), (2000, 0), (2000, usize::MAX)] {
        let options = Options {
            partial: false,
            resamples,
            bins,
        };
        let error = export(&store, folder.path(), &options)
            .unwrap_err()
            .to_string();
        assert!(error.contains("are not possible"), "{error}");
    }
}
