//! A record that was changed is noticed.

use std::path::Path;

use super::*;
use crate::proof::judged::Judged;
use crate::proof::{ProofOutcome, replay, save};
use crate::search::Replay;
use flipscope_base::overwrite::Overwrite;

/// One field of a record changed.
type Change = fn(&mut ProofRecord);

fn saved(folder: &Path, scorer: &StandIn, region: ProofBox) -> ProofRecord {
    let frame = striped(&[[100, 100, 100]]);
    let proved = run(scorer, &proof(&frame, region));
    let png = &proved.original.png;
    save::save(
        proved.record.clone(),
        png,
        folder,
        "mole",
        &Overwrite::nothing(),
    )
    .unwrap();
    let path = save::path(folder, "mole", proved.record.region.kind());
    ProofRecord::from_json(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn replayed(scorer: &StandIn, record: &ProofRecord, folder: &Path, all: bool) -> Replay {
    replay(scorer, record, folder, all, &Cancel::default()).unwrap()
}

/// The record with another checksum that fits.
fn sealed(record: &ProofRecord) -> ProofRecord {
    ProofRecord::from_json(&record.to_json().unwrap()).unwrap()
}

#[test]
fn a_record_holds_and_each_changed_field_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let scorer = StandIn::new(redder_is_safer);
    let record = saved(folder, &scorer, offsets(4.0));
    assert!(record.is_sealed());
    for all in [false, true] {
        let said = replayed(&scorer, &record, folder, all);
        assert!(said.holds(), "{said}");
    }
    let changes: [(&str, Change); 10] = [
        ("outcome", |r| r.outcome = ProofOutcome::Fragile),
        ("finished", |r| r.finished = false),
        ("frames", |r| r.frames += 1),
        ("judged", |r| r.judged -= 1),
        ("closest", |r| r.closest.p_melanoma = 0.59),
        ("axes", |r| r.axes.swap_remove(0).clear()),
        ("hash", |r| r.hash = "0".repeat(64)),
        ("p_before", |r| r.p_before = 0.9),
        ("steady_within", |r| r.steady_within = Some(9.0)),
        ("precision", |r| r.precision = "bf16".to_owned()),
    ];
    for (name, change) in changes {
        let mut changed = record.clone();
        change(&mut changed);
        assert!(!changed.is_sealed(), "{name}");
        let said = replayed(&scorer, &changed, folder, false);
        assert!(!said.holds(), "{name}");
        // Even with a checksum that fits.
        let said = replayed(&scorer, &sealed(&changed), folder, false);
        assert!(!said.holds(), "{name}: {said}");
    }
    let mut larger = record.clone();
    larger.region = offsets(5.0);
    assert!(!replayed(&scorer, &sealed(&larger), folder, false).holds());
}

#[test]
fn probabilities_that_were_made_up_consistently_are_noticed_when_judged_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let scorer = StandIn::new(redder_is_safer);
    let mut record = saved(folder, &scorer, offsets(7.0));
    assert_eq!(record.outcome, ProofOutcome::Fragile);
    // A forger turns it into a steady one: every number follows from the others, but not from the network.
    let frame = striped(&[[100, 100, 100]]);
    let plan = proof(&frame, offsets(7.0)).plan().unwrap();
    let mut forged = Judged::none(plan.len());
    for number in 0..plan.len() {
        forged.set(number, 0.6);
    }
    record.outcome = ProofOutcome::Steady;
    record.judged = plan.len() as u64;
    record.hash = forged.hash(&plan);
    record.probabilities = forged.to_text();
    record.closest.p_melanoma = 0.6;
    record.closest.perturbation = plan.perturbation(0);
    record.steady_within = Some(7.0);
    let said = replayed(&scorer, &sealed(&record), folder, false).to_string();
    assert!(said.starts_with("differs by P(melanoma) of"), "{said}");
}

#[test]
fn another_picture_or_model_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let scorer = StandIn::new(redder_is_safer);
    let record = saved(folder, &scorer, offsets(2.0));
    let mut other = StandIn::new(redder_is_safer);
    other.info.sha256 = "6".repeat(64);
    let said = replayed(&other, &record, folder, false);
    assert!(matches!(said, Replay::ModelNotTheSame { .. }));
    let png = striped(&[[101, 100, 100]]).to_png().unwrap();
    std::fs::write(folder.join(&record.frame_png), png).unwrap();
    let said = replayed(&scorer, &record, folder, false);
    assert!(matches!(said, Replay::ImageNotTheSame { .. }));
    assert!(save::is_of_a_record(&folder.join(&record.frame_png)));
    assert!(!save::is_of_a_record(&folder.join("other.proof.frame.png")));
}
