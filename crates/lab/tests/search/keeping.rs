//! What a search keeps when it is cancelled, runs out or fails; what its finding holds; several searches together.

use flipscope_base::cancel::Cancel;
use flipscope_image::perturb::{Fill, Perturbation, Sampling};
use flipscope_lab::search::attack::Colour;
use flipscope_lab::search::evolution::Settings;
use flipscope_lab::search::figure::{Comparison, Content, Pixels};
use flipscope_lab::search::save::{self, Ready};
use flipscope_lab::search::{
    Attack, AttackKind, Budget, Finding, Mode, Preset, Search, SearchError, StopReason, figure,
    run, run_together,
};

use crate::stand_in::{BATCH, StandIn, find, lesion, mean, search, timeless};

/// Falls with green, and flips at a gain of about 0.96.
fn network() -> StandIn {
    let green = mean(lesion().pixels().as_chunks().0, 1);
    StandIn::new(move |pixels| 0.7 + 0.04 * (mean(pixels, 1) - green))
}

fn colour() -> Search {
    let letter = Colour::letter();
    let evolution = Settings {
        population_per_gene: 8,
        generations: 6,
        ..letter.evolution.clone()
    };
    search(
        Attack::Colour(Colour {
            evolution,
            ..letter
        }),
        Mode::Lowest,
    )
}

#[test]
fn cancelled_it_ends_after_the_batch_and_keeps_its_best() {
    let (network, cancel) = (network(), Cancel::default());
    let mut best = None;
    let found = run(&network, &colour(), &cancel, &mut |progress| {
        if progress.evaluations == 5 * BATCH as u64 {
            cancel.request();
        }
        best = progress.best.clone();
    })
    .unwrap();
    let finding = found.finding;
    assert_eq!(finding.ended, StopReason::Cancelled);
    assert_eq!(finding.evaluations, 5 * BATCH as u64);
    let best = best.unwrap();
    assert_eq!(finding.perturbation, *best.perturbation);
    assert_eq!(finding.p_after, best.p_melanoma);
    // One frame alone before, five batches, one frame alone after.
    assert_eq!(*network.batches.borrow(), [1, 8, 8, 8, 8, 8, 1]);
}

#[test]
fn cancelled_before_it_began_it_gives_the_frame_as_it_is() {
    let cancel = Cancel::default();
    cancel.request();
    let finding = run(&network(), &colour(), &cancel, &mut |_| {})
        .unwrap()
        .finding;
    assert_eq!(
        (finding.ended, finding.evaluations),
        (StopReason::Cancelled, 0)
    );
    assert!(!finding.success && finding.perturbation.is_identity());
    assert_eq!(finding.frame_sha256, finding.altered_sha256);
}

#[test]
fn a_budget_is_kept_to_the_frame() {
    for evaluations in [1, 20, 24, 50] {
        let mut question = colour();
        question.budget = Budget {
            evaluations: Some(evaluations),
            seconds: None,
        };
        let finding = find(&network(), &question).unwrap().finding;
        assert_eq!(
            (finding.evaluations, finding.ended),
            (evaluations, StopReason::Budget)
        );
    }
    let mut question = colour();
    question.budget.seconds = Some(0.0);
    let finding = find(&network(), &question).unwrap().finding;
    assert_eq!(finding.ended, StopReason::Budget);
}

#[test]
fn a_failing_network_does_not_take_the_best_with_it() {
    let network = network();
    network.fails_after.set(1 + 3 * BATCH);
    let error = find(&network, &colour()).unwrap_err();
    let SearchError::Network {
        best: Some(best), ..
    } = &error
    else {
        panic!("{error:?}");
    };
    assert!(best.p_melanoma < 0.7);
    assert!(error.to_string().contains("the test wants it"), "{error}");
}

#[test]
fn a_network_that_fails_while_a_flip_is_confirmed_does_not_take_the_flip_with_it() {
    let first = Search {
        mode: Mode::First,
        ..colour()
    };
    let whole = network();
    assert!(find(&whole, &first).unwrap().finding.success);
    // The last frame that it judged was the flip, alone.
    let network = network();
    let frames = whole.batches.borrow().iter().sum::<usize>();
    network.fails_after.set(frames - 1);
    let error = find(&network, &first).unwrap_err();
    let SearchError::Network {
        best: Some(best), ..
    } = &error
    else {
        panic!("{error:?}");
    };
    assert!(best.flips);
}

#[test]
fn the_judge_decides_and_not_the_search() {
    // In batches it flips by a hair; alone it does not.
    let mut network = network();
    network.alone = 0.3;
    let finding = find(&network, &colour()).unwrap().finding;
    assert!(!finding.success);
    assert!(finding.p_after >= 0.5);
    assert_eq!(finding.label_after, finding.label_before);
}

#[test]
fn progress_counts_up_and_ends_where_it_said() {
    let mut last = None;
    let mut generations = Vec::new();
    run(&network(), &colour(), &Cancel::default(), &mut |progress| {
        assert!(progress.evaluations <= progress.evaluations_at_most);
        assert!(progress.eta_seconds.unwrap() >= 0.0);
        generations.push(progress.generation);
        last = Some(progress.clone());
    })
    .unwrap();
    let last = last.unwrap();
    assert_eq!(last.evaluations, last.evaluations_at_most);
    assert!(generations.is_sorted());
    assert_eq!(
        (generations.first(), generations.last()),
        (Some(&0), Some(&6))
    );
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for kind in [AttackKind::Colour, AttackKind::Pose] {
        for mode in Mode::ALL {
            let mut question = search(Attack::preset(kind, Preset::Default), mode);
            question.budget.evaluations = Some(150);
            let [a, b] = [(); 2].map(|()| find(&network(), &question).unwrap());
            assert_eq!(timeless(&a.finding), timeless(&b.finding));
            assert_eq!(a.altered.png, b.altered.png);
            question.seed = 4;
            let other = find(&network(), &question).unwrap();
            assert_ne!(timeless(&a.finding), timeless(&other.finding));
        }
    }
}

#[test]
fn several_together_find_what_each_finds_alone() {
    let questions: Vec<Search> = (0..4).map(|seed| Search { seed, ..colour() }).collect();
    let together = network();
    let mut heard = [0; 4];
    let all = run_together(
        &together,
        &questions,
        &Cancel::default(),
        &mut |number, _| {
            heard[number] += 1;
        },
    );
    for (found, question) in all.iter().zip(&questions) {
        let alone = find(&network(), question).unwrap();
        assert_eq!(
            timeless(&found.as_ref().unwrap().finding),
            timeless(&alone.finding)
        );
    }
    assert!(heard.iter().all(|&times| times > 0), "{heard:?}");
    let cancel = Cancel::default();
    cancel.request();
    for found in run_together(&network(), &questions, &cancel, &mut |_, _| {}) {
        assert_eq!(found.unwrap().finding.ended, StopReason::Cancelled);
    }
}

#[test]
fn a_folder_has_a_finding_if_it_has_all_its_files_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let found = find(&network(), &colour()).unwrap();
    let ready = Ready::new(&found, Some("melanoma")).unwrap();
    let is_there = |name| ready.is_in(folder.path(), name).unwrap();
    assert!(!is_there("lesion"));
    ready.save(folder.path(), "lesion").unwrap();
    assert!(is_there("lesion") && !is_there("other"));
    // Of another label, the figure is another one.
    let other = Ready::new(&found, Some("nevus")).unwrap();
    assert!(!other.is_in(folder.path(), "lesion").unwrap());
    std::fs::remove_file(folder.path().join("lesion.colour.altered.png")).unwrap();
    assert!(!is_there("lesion"));
}

#[test]
fn a_finding_reads_back_and_names_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let found = find(&network(), &colour()).unwrap();
    let saved = save::save(&found, folder.path(), "lesion").unwrap();
    let path = save::path(folder.path(), "lesion", "colour");
    let text = std::fs::read_to_string(&path).unwrap();
    let read = Finding::from_json(&text).unwrap();
    assert_eq!(read, saved);
    assert_eq!(read.to_json().unwrap(), text);
    assert_eq!(read.altered_png, "lesion.colour.altered.png");
    assert_eq!(save::stem(&read), Some("lesion.colour"));
    assert_eq!(save::stem(&found.finding), None, "not before it is saved");
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    for field in [
        "attack",
        "preset",
        "mode",
        "seed",
        "success",
        "p_before",
        "p_after",
        "evaluations",
        "seconds",
        "framing",
        "perturbation",
        "image_sha256",
        "model_sha256",
        "frame_png",
        "altered_png",
        "schema",
        "version",
        "threshold",
        "direction",
        "distances",
        "parameters",
        "image",
    ] {
        assert!(value.get(field).is_some(), "{field}");
    }
    assert!(!text.contains(folder.path().to_str().unwrap()));
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected = [
        "altered.png",
        "figure.png",
        "figure.svg",
        "frame.png",
        "json",
    ];
    assert_eq!(
        names,
        expected.map(|ending| format!("lesion.colour.{ending}"))
    );
    let other = text.replace("\"schema\": 1", "\"schema\": 9");
    let error = Finding::from_json(&other).unwrap_err().to_string();
    assert!(error.contains("format 9"), "{error}");
    assert!(Finding::from_json("{}").is_err());
}

/// Names of files may be of any length; the figure's text ends before its edge all the same, and what is said last is there.
#[test]
fn a_figure_holds_its_text_whatever_the_names() {
    let mut found = run(&network(), &colour(), &Cancel::default(), &mut |_| {}).unwrap();
    found.finding.subject.image = "Ein sehr langer Name ".repeat(20);
    found.finding.model = "WWWW".repeat(40);
    // The longest that one attack says.
    found.finding.perturbation = Perturbation {
        rotate: -201.682,
        shift: [-47.396_8, -46.735_2],
        sampling: Sampling::Bilinear,
        fill: Fill::MeanSkin,
        field_of_view: true,
        ..Perturbation::default()
    };
    for width in [80.0, 120.0, figure::WIDTH_MM, 420.0] {
        let comparison = Comparison::of_finding(&found).unwrap();
        let label = "a diagnosis in the words of a table ".repeat(8);
        let comparison = comparison.with_label(Some(&label));
        let one = figure::one(&comparison, width, &Content::default()).unwrap();
        let pages = figure::contact_sheet(&[comparison], width, Pixels::Blocks).unwrap();
        for drawing in pages.iter().chain([&one]) {
            // The last words of the last line.
            assert!(drawing.svg().contains("diagnosis</text>"));
            let drawn = drawing.raster(144).unwrap();
            let wide = drawn.width() as usize;
            for row in drawn.pixels().chunks(3 * wide) {
                // The edge is 6 points, and a point two pixels.
                let margin = &row[3 * (wide - 11)..];
                assert!(margin.iter().all(|&value| value == 255), "{width} mm");
            }
        }
    }
}

/// Nobody takes the verdicts for the diagnosis where a table of labels states that.
#[test]
fn figures_state_the_label_where_it_is_known() {
    let found = run(&network(), &colour(), &Cancel::default(), &mut |_| {}).unwrap();
    for label in [None, Some("melanoma")] {
        let comparison = Comparison::of_finding(&found).unwrap().with_label(label);
        let one = figure::one(&comparison, figure::WIDTH_MM, &Content::default()).unwrap();
        let pages = figure::contact_sheet(&[comparison], figure::WIDTH_MM, Pixels::Blocks).unwrap();
        let saved = figure::of_finding(&found, label).unwrap();
        for drawing in pages.iter().chain([&one, &saved]) {
            assert_eq!(drawing.svg().contains("Label: melanoma"), label.is_some());
        }
    }
}

/// One finding has a page of its own width: no half of it is empty.
#[test]
fn a_contact_sheet_is_as_wide_as_what_is_on_it() {
    let found = run(&network(), &colour(), &Cancel::default(), &mut |_| {}).unwrap();
    let comparison = Comparison::of_finding(&found).unwrap();
    let wide = |count: usize, width| {
        let comparisons = vec![comparison.clone(); count];
        let pages = figure::contact_sheet(&comparisons, width, Pixels::Blocks).unwrap();
        let svg = pages[0].svg();
        let (_, rest) = svg.split_once("width=\"").unwrap();
        rest.split_once("mm").unwrap().0.parse::<f64>().unwrap()
    };
    let one = wide(1, 180.0);
    assert!((80.0..95.0).contains(&one), "{one}");
    assert_eq!(
        [wide(2, 180.0), wide(3, 180.0), wide(1, 85.0)],
        [180.0, 180.0, 85.0]
    );
    assert!((150.0..180.0).contains(&wide(2, 420.0)));
}
