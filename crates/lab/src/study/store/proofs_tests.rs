//! Proofs in the file: kept frame by frame, complete or not at all, merged, and damage is named. Files without them are as before.

use rusqlite::params;

use super::tests::plan;
use super::*;
use crate::proof::ProofOutcome;
use crate::search::Direction;
use crate::study::plan::{Plan, ProofJob, Shard, WorkUnit};

/// A study of four pictures, two of them melanomas, with a proof.
fn made() -> (tempfile::TempDir, PathBuf, Plan) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.study");
    let mut plan = plan(4);
    let region = "offset:1".parse().unwrap();
    let job = ProofJob::new(region, Direction::MelanomaToNevus, None, 1).unwrap();
    plan.jobs.truncate(1);
    plan.jobs.push(Job::Proof(Box::new(job)));
    Store::create(&path, &plan).unwrap();
    (folder, path, plan)
}

fn unit(image: u32) -> WorkUnit {
    WorkUnit {
        job: 1,
        model: 0,
        image,
    }
}

fn stored(p_closest: f64) -> StoredProof {
    StoredProof {
        outcome: Some(ProofOutcome::Steady),
        region: "{}".to_owned(),
        frames: 27,
        judged: 27,
        p_before: 0.75,
        p_closest: Some(p_closest),
        closest: Some("{}".to_owned()),
        hash: Some("0".repeat(64)),
        record: "{}".to_owned(),
    }
}

/// The hash of a plan identifies its study: it must stay what it was before there were proofs.
#[test]
fn a_study_without_proofs_is_written_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.study");
    let plan = plan(4);
    assert_eq!(plan.sha256().unwrap(), PLAN_OF_BEFORE);
    Store::create(&path, &plan).unwrap();
    let store = Store::open(&path).unwrap();
    let schema: i64 = database::pragma(&store.connection, "user_version").unwrap();
    assert_eq!(schema, 2);
    let names = "SELECT count(*) FROM sqlite_master WHERE name LIKE 'proof%'";
    let count: i64 = (store.connection)
        .query_row(names, [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 0);
    assert!(store.proofs(1, 0).unwrap().is_empty());
    assert!(store.damage(&plan).unwrap().is_empty());
}

const PLAN_OF_BEFORE: &str = "14413d4875957d8f39f6ee7c1cbbdb11da776ddec41b1e9950f8f2858571b10a";

#[test]
fn frames_are_kept_until_the_record_is_there() {
    let (_folder, path, plan) = made();
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.plan().unwrap(), plan);
    let runner = store.enter("test", Shard::WHOLE).unwrap();
    store.keep_frames(unit(0), &[(3, 0.5), (0, 0.25)]).unwrap();
    store.keep_frames(unit(0), &[(26, 1.0)]).unwrap();
    store.keep_frames(unit(2), &[(1, 0.0)]).unwrap();
    drop(store);
    let mut store = Store::open(&path).unwrap();
    assert_eq!(
        store.judged_frames(unit(0)).unwrap(),
        [(3, 0.5), (0, 0.25), (26, 1.0)]
    );
    assert!(!store.done().unwrap().contains(&unit(0)));
    let error = store.keep_frames(unit(0), &[(4, f32::NAN)]).unwrap_err();
    assert!(matches!(error, StudyError::Score(_)), "{error}");
    store.keep_proof(runner, unit(0), &stored(0.625)).unwrap();
    assert!(store.judged_frames(unit(0)).unwrap().is_empty());
    assert_eq!(store.judged_frames(unit(2)).unwrap().len(), 1);
    assert!(store.done().unwrap().contains(&unit(0)));
    assert_eq!(store.proofs(1, 0).unwrap()[&0], stored(0.625));
    // The first outcome counts, and it is never changed.
    store.keep_proof(runner, unit(0), &stored(0.5)).unwrap();
    // Nor does a slower run that goes on with it add to what is under way.
    assert!(!store.keep_frames(unit(0), &[(4, 0.5)]).unwrap());
    assert!(store.judged_frames(unit(0)).unwrap().is_empty());
    assert_eq!(store.proofs(1, 0).unwrap()[&0], stored(0.625));
    let change = store
        .connection
        .execute("UPDATE proof SET outcome = 'open'", []);
    assert!(change.unwrap_err().to_string().contains("never changed"));
    assert!(store.damage(&plan).unwrap().is_empty());
}

#[test]
fn damage_to_a_proof_is_named_and_mended() {
    let (_folder, path, plan) = made();
    let mut store = Store::open(&path).unwrap();
    let runner = store.enter("test", Shard::WHOLE).unwrap();
    store.keep_proof(runner, unit(0), &stored(0.625)).unwrap();
    store.keep_frames(unit(2), &[(1, 0.5)]).unwrap();
    for change in [
        "DROP TRIGGER proof_stays",
        "UPDATE proof SET outcome = 'fragile'",
        "UPDATE proof_part SET part = 7",
    ] {
        store.connection.execute(change, []).unwrap();
    }
    let damage = store.damage(&plan).unwrap();
    let names = damage.names.join("; ");
    assert!(names.contains("proof (offsets of each channel within ±1"));
    assert!(names.contains("picture 0 by one (its checksum does not match)"));
    assert!(names.contains("frames judged so far"), "{names}");
    store.mend(&damage).unwrap();
    assert!(store.damage(&plan).unwrap().is_empty());
    assert!(store.judged_frames(unit(2)).unwrap().is_empty());
    assert!(store.proofs(1, 0).unwrap().is_empty());
    assert!(!store.done().unwrap().contains(&unit(0)));
    let removed = store.connection.execute("DELETE FROM proof", params![]);
    assert_eq!(removed.unwrap(), 0, "there is nothing left");
}

#[test]
fn proofs_of_shards_are_merged_and_contradictions_are_named() {
    let (folder, path, _) = made();
    let copies = ["b", "c", "d"].map(|name| folder.path().join(name));
    for (copy, p, image) in [
        (&copies[0], 0.625, 0),
        (&copies[1], 0.5, 2),
        (&copies[2], 0.75, 0),
    ] {
        std::fs::copy(&path, copy).unwrap();
        let mut store = Store::open(copy).unwrap();
        let runner = store.enter("test", Shard::WHOLE).unwrap();
        store.keep_proof(runner, unit(image), &stored(p)).unwrap();
    }
    let out = folder.path().join("out");
    merge(&out, &copies[..2], true).unwrap();
    let merged = Store::open(&out).unwrap();
    assert_eq!(merged.proofs(1, 0).unwrap().len(), 2);
    assert!(merged.done().unwrap().contains(&unit(2)));
    let other = folder.path().join("other");
    let error = merge(&other, &copies, true).unwrap_err().to_string();
    assert!(
        error.contains("contradicts") && error.contains("picture 0"),
        "{error}"
    );
}
