//! What the file guarantees: at most one transaction is lost, nothing is done twice, nothing is changed.

use std::path::PathBuf;

use rusqlite::params;

use super::*;
use crate::study::plan::{Image, Job, Model, Plan, Role, Shard, WorkUnit};
use crate::study::sweep::Family;
use flipscope_image::corruption::CorruptionKind;
use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_image::perturb::{Fill, Sampling};
use flipscope_language::{Language, within};
use flipscope_model::Label;

/// A plan with one model; pictures with even numbers are melanomas.
pub(in crate::study) fn plan(pictures: u32) -> Plan {
    let image = |number: u32| Image {
        id: format!("picture {number}"),
        role: Role::Study,
        label: if number.is_multiple_of(2) {
            Label::Melanoma
        } else {
            Label::Nevus
        },
        cluster: number,
        sha256: format!("{number:064}"),
        path: PathBuf::from(format!("{number}.png")),
    };
    Plan {
        seed: 1,
        dataset: "pictures".to_owned(),
        color_handling: ColorHandling::Converted,
        sensitivities: Vec::new(),
        root: PathBuf::from("/somewhere"),
        models: vec![Model {
            name: "one".to_owned(),
            file: None,
            sha256: "0".repeat(64),
            framing: Framing::Squash,
            threshold: 0.5,
            precision: "f32".to_owned(),
            classes: vec!["melanoma".to_owned(), "nevus".to_owned()],
            melanoma_classes: vec!["melanoma".to_owned()],
            mean: [0.5; 3],
            std: [0.5; 3],
            transform_input: false,
            weights: None,
            positive_class: None,
            remedy: flipscope_model::Remedy::default(),
            assumptions: Vec::new(),
        }],
        images: (0..pictures).map(image).collect(),
        jobs: vec![
            Job::evaluation(),
            Job::perturbations(
                &[Family::Corruption(CorruptionKind::Jpeg)],
                Sampling::Nearest,
                Fill::Black,
            ),
        ],
    }
}

pub(super) fn made(pictures: u32) -> (tempfile::TempDir, PathBuf, Plan) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.study");
    let plan = plan(pictures);
    Store::create(&path, &plan).unwrap();
    (folder, path, plan)
}

fn all(plan: &Plan) -> Vec<WorkUnit> {
    plan.all_units(Shard::WHOLE).collect()
}

/// Scores of all variants of a unit.
fn scores(plan: &Plan, unit: WorkUnit, p_melanoma: f32) -> Vec<Score> {
    let variants = 0..plan.job(unit).unwrap().variants().len() as u32;
    variants
        .map(|variant| Score {
            unit,
            variant,
            p_melanoma,
        })
        .collect()
}

pub(super) fn finish_all(path: &Path, plan: &Plan, shard: Shard, p_melanoma: f32) {
    let mut store = Store::open(path).unwrap();
    let runner = store.enter("test", shard).unwrap();
    for unit in plan.all_units(shard) {
        let scores = scores(plan, unit, p_melanoma);
        let frames = scores.len() as u64;
        store
            .keep_scores(runner, &scores, &[(unit, frames)])
            .unwrap();
    }
}

#[test]
fn a_plan_is_read_as_it_was_written_and_a_changed_one_is_refused() {
    let (_folder, path, plan) = made(4);
    assert_eq!(Store::open(&path).unwrap().plan().unwrap(), plan);
    assert!(matches!(
        Store::create(&path, &plan),
        Err(StudyError::Exists { .. })
    ));
    let elsewhere = Plan {
        root: PathBuf::from("/elsewhere"),
        ..plan.clone()
    };
    assert_eq!(elsewhere.sha256().unwrap(), plan.sha256().unwrap());
    let store = Store::open(&path).unwrap();
    let change = "UPDATE fact SET value = '2' WHERE key = 'seed'";
    store.connection.execute(change, []).unwrap();
    assert!(matches!(
        Store::open(&path),
        Err(StudyError::Changed { .. })
    ));
}

#[test]
fn a_study_that_may_not_be_written_says_so_with_the_remedy_and_not_in_the_words_of_sqlite() {
    let (_folder, path, _) = made(4);
    let mut store = Store::open(&path).unwrap();
    // What SQLite says of a file without permission to write; the test may run as root, who may write any.
    store
        .connection
        .pragma_update(None, "query_only", true)
        .unwrap();
    let error = store.enter("test", Shard::WHOLE).unwrap_err();
    assert!(matches!(
        error,
        StudyError::ReadOnly {
            of_folder: false,
            ..
        }
    ));
    let said = error.to_string();
    assert!(said.contains("a.study may not be written"), "{said}");
    assert!(said.contains("or copy it into a folder"), "{said}");
    assert!(!said.contains("database"), "{said}");
    let german = within(Language::German, || error.to_string());
    assert!(
        german.contains("a.study darf nicht geschrieben"),
        "{german}"
    );
}

#[test]
fn what_is_no_study_is_told_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.study");
    assert!(matches!(Store::open(&path), Err(StudyError::Io { .. })));
    let said = |path| Store::open(path).err().unwrap().to_string();
    let of_folder = said(folder.path());
    assert!(
        of_folder.contains("a folder, not a file: name the study's file itself")
            && of_folder.contains("`flipscope study new`"),
        "{of_folder}"
    );
    std::fs::write(
        &path,
        "some text that is longer than the head of a database file, so that it is read as one",
    )
    .unwrap();
    assert!(matches!(
        Store::open(&path),
        Err(StudyError::NoStudy { .. })
    ));
    let of_text = said(&path);
    assert!(
        of_text.contains("b.study is not a study made by flipscope: it holds something else")
            && of_text.contains("or make one with `flipscope study new`"),
        "{of_text}"
    );
    std::fs::write(&path, "").unwrap();
    assert!(matches!(
        Store::open(&path),
        Err(StudyError::NoStudy { .. })
    ));
    let (_folder, path, _) = made(2);
    let store = Store::open(&path).unwrap();
    store
        .connection
        .pragma_update(None, "user_version", 7)
        .unwrap();
    assert!(matches!(
        Store::open(&path),
        Err(StudyError::Schema { found: 7, .. })
    ));
}

#[test]
fn two_runners_share_the_work_and_then_do_what_the_other_has_left() {
    let (_folder, path, plan) = made(5);
    let (mut a, mut b) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    let (one, two) = (
        a.enter("a", Shard::WHOLE).unwrap(),
        b.enter("b", Shard::WHOLE).unwrap(),
    );
    let (mut first, mut second) = (Queue::new(all(&plan)), Queue::new(all(&plan)));
    let ours = a.claim(one, &mut first, 3).unwrap();
    let theirs = b.claim(two, &mut second, 5).unwrap();
    assert_eq!((ours.len(), theirs.len()), (3, 5));
    assert!(ours.iter().all(|unit| !theirs.contains(unit)));
    for unit in &theirs {
        let scores = scores(&plan, *unit, 0.25);
        b.keep_scores(two, &scores, &[(*unit, scores.len() as u64)])
            .unwrap();
    }
    // The first is killed. The second takes what is free, and what the first had claimed once it takes it for dead.
    let mut rest = b.claim(two, &mut second, 100).unwrap();
    assert_eq!(rest.len(), 2);
    let left = b.left(&all(&plan)).unwrap();
    let claimed = left.iter().filter(|(_, runner)| *runner == Some(one));
    assert!(claimed.map(|(unit, _)| *unit).eq(ours.iter().copied()));
    let of_the_dead = || Queue::of(ours.iter().map(|unit| (*unit, Some(one))));
    rest.extend(b.claim(two, &mut of_the_dead(), 100).unwrap());
    assert!(ours.iter().all(|unit| rest.contains(unit)));
    // A third, which thought the same, finds that they are the second's.
    let three = a.enter("c", Shard::WHOLE).unwrap();
    assert!(a.claim(three, &mut of_the_dead(), 100).unwrap().is_empty());
    for unit in &rest {
        let kept = b.keep_scores(two, &scores(&plan, *unit, 0.25), &[(*unit, 1)]);
        assert_eq!(kept.unwrap().units, 1);
    }
    // The first was only slow, and comes too late: nothing is done twice, nor counted.
    let late = a.keep_scores(one, &scores(&plan, ours[0], 0.75), &[(ours[0], 1)]);
    assert_eq!(late.unwrap(), Kept::default());
    assert_eq!(a.scores(0, 0, 0).unwrap()[&ours[0].image], 0.25);
    assert!(a.claim(one, &mut first, 100).unwrap().is_empty());
    assert!(a.gaps(&plan).unwrap().is_empty());
    let status = a.status().unwrap();
    assert_eq!(status.done, vec![(0, 0, 5), (1, 0, 5)]);
    assert_eq!((status.claimed, status.runs), (0, 3));
    assert!(a.left(&all(&plan)).unwrap().is_empty());
}

#[test]
fn results_are_never_changed_nor_removed() {
    let (_folder, path, plan) = made(2);
    finish_all(&path, &plan, Shard::WHOLE, 0.5);
    let store = Store::open(&path).unwrap();
    for change in ["UPDATE score SET p_melanoma = 1", "DELETE FROM score"] {
        let error = store.connection.execute(change, []).unwrap_err();
        assert!(error.to_string().contains("results are never"), "{error}");
    }
}

#[test]
fn a_full_disk_costs_the_batch_in_flight_and_nothing_else() {
    let (_folder, path, plan) = made(600);
    let mut store = Store::open(&path).unwrap();
    let runner = store.enter("test", Shard::WHOLE).unwrap();
    let pages: i64 = database::pragma(&store.connection, "page_count").unwrap();
    (store.connection)
        .pragma_update(None, "max_page_count", pages + 3)
        .unwrap();
    let mut kept = 0;
    let units = all(&plan);
    let error = loop {
        let unit = units[kept];
        match store.keep_scores(runner, &scores(&plan, unit, 0.125), &[(unit, 1)]) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, StudyError::Full { .. }), "{error}");
    assert!(kept > 10, "{kept}");
    drop(store);
    // Space has been freed.
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.done().unwrap().len(), kept);
    assert!(store.is_untouched(units[kept]));
    for unit in &units[kept..] {
        store
            .keep_scores(runner, &scores(&plan, *unit, 0.125), &[(*unit, 1)])
            .unwrap();
    }
    assert!(store.gaps(&plan).unwrap().is_empty());
    let check: String = (store.connection)
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(check, "ok");
}

#[test]
fn shards_are_merged_and_gaps_and_contradictions_are_named() {
    let (folder, path, plan) = made(6);
    let copies = ["b", "c", "d"].map(|name| folder.path().join(name));
    for copy in &copies {
        std::fs::copy(&path, copy).unwrap();
    }
    finish_all(&copies[0], &plan, "1/2".parse().unwrap(), 0.25);
    finish_all(&copies[1], &plan, "2/2".parse().unwrap(), 0.25);
    finish_all(&copies[2], &plan, "2/2".parse().unwrap(), 0.375);
    let out = folder.path().join("out");
    let error = merge(&out, &copies[..1], false).unwrap_err().to_string();
    assert!(error.contains("6 of 12 results are missing"), "{error}");
    assert!(error.contains("evaluation of picture 1 by one"), "{error}");
    let error = merge(&out, &copies, false).unwrap_err().to_string();
    assert!(error.contains("contradicts"), "{error}");
    assert!(
        error.contains("picture 1 by one") && error.contains("0.25 and 0.375"),
        "{error}"
    );
    assert!(!out.exists());
    let merged = merge(&out, &copies[..2], false).unwrap();
    assert_eq!((merged.done, merged.total), (12, 12));
    assert!(Store::open(&out).unwrap().gaps(&plan).unwrap().is_empty());
    let (_other, other, _) = made(7);
    let error = merge(&folder.path().join("x"), &[path, other], true).unwrap_err();
    assert!(matches!(error, StudyError::OtherStudy { .. }), "{error}");
}

#[test]
fn a_unit_that_was_begun_goes_on_where_it_stood() {
    let (_folder, path, plan) = made(2);
    let mut store = Store::open(&path).unwrap();
    let runner = store.enter("test", Shard::WHOLE).unwrap();
    let unit = WorkUnit {
        job: 1,
        model: 0,
        image: 1,
    };
    let scores = scores(&plan, unit, 0.5);
    store.keep_scores(runner, &scores[..2], &[]).unwrap();
    assert_eq!(store.missing(unit, 5).unwrap(), [2, 3, 4]);
    // Its frames are counted before it is complete.
    let job = &store.status().unwrap().jobs(&plan)[1];
    assert_eq!(
        (job.done, job.of, job.frames, job.frames_left),
        (0, 2, 2, 8)
    );
    assert!(!store.done().unwrap().contains(&unit));
    let count: i64 = (store.connection)
        .query_row(
            "SELECT count(*) FROM score WHERE image = ?1",
            params![1],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(count, 2);
}
