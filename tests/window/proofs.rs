//! *Prove it steady…*: counted beforehand, judged in the background, cancelled and continued, said, applied and saved.

use std::path::Path;

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::command::Command;
use flipscope::explorer::page::{Page, Tool};
use flipscope::explorer::proof::command::ProofCommand;
use flipscope::explorer::state::State;
use flipscope_lab::proof::{Channels, ProofBox, ProofOutcome, ProofRecord};

use flipscope_model::ModelSource;

use super::explained::{files, judged, small};
use super::opened::keeping;
use super::sessions::go_on;
use super::support::Window;

fn offsets(radius: f64, channels: Channels) -> ProofBox {
    ProofBox::Offset { radius, channels }
}

fn proof(window: &mut Window, command: ProofCommand) {
    window.ask(Command::Proof(command));
}

fn ended(state: &State) -> bool {
    state.proofs.task.is_none()
}

fn newest(window: &Window) -> ProofRecord {
    let kept = window.seen().proofs.kept.last().expect("an outcome");
    kept.record.as_ref().clone()
}

/// A window with a small network and a lesion; the button is pressed, and the frames of a box are counted.
fn shown(folder: &Path, region: &ProofBox, threshold: f32) -> Option<Window> {
    let mut window = small(folder)?;
    window.ask(Command::SetThreshold(Some(threshold)));
    window.ask(Command::ShowTool(Tool::Search));
    window.reach(Role::Button, "Prove it steady…");
    assert!(window.seen().proofs.shown);
    proof(&mut window, ProofCommand::Set(region.clone()));
    window.until("the number of frames", |state| {
        let counted = state.proofs.counted.last();
        state.proofs.counting.is_none() && counted.is_some_and(|one| one.about.region == *region)
    });
    window.run_steps(2);
    Some(window)
}

#[test]
fn a_box_is_counted_proved_steady_said_and_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = shown(folder.path(), &offsets(1.0, Channels::Each), 0.02) else {
        return;
    };
    window.get_by_label_contains("27 distinct frames. At most about");
    window.reach(Role::RadioButton, "Channels of the box: green");
    assert_eq!(window.seen().proofs.region, offsets(1.0, Channels::Green));
    proof(&mut window, ProofCommand::Set(offsets(1.0, Channels::Each)));
    window.reach(Role::Button, "Prove");
    window.until("the proof", ended);
    window.run_steps(2);
    let record = newest(&window);
    assert_eq!(record.outcome, ProofOutcome::Steady);
    assert_eq!((record.frames, record.judged), (27, 27));
    // Whoever looks elsewhere by now is told.
    let told = &window.seen().messages;
    assert!(
        told.iter()
            .any(|one| one.text.starts_with("Proof ended, mole") && one.text.ends_with("Steady")),
        "{told:?}"
    );
    window.get_by_label_contains("All 27 distinct frames of offsets ±1 (each) were judged");
    window.get_by_label("Steady");
    window.check_accessibility();
    // Known now: it is not judged again.
    window.get_by_label_contains("This is proved already");
    proof(&mut window, ProofCommand::Start);
    assert!(ended(window.seen()));
    // The summary of the smallest flips knows it.
    window.ask(Command::OpenPage(Page::Explain));
    window.until("a summary", |state| {
        (state.summary.kept.iter()).any(|kept| kept.complete)
    });
    window.run_steps(3);
    let known = "proved steady: offsets ±1 (each) (27 frames)";
    assert!(window.query_all_by_label_contains(known).next().is_some());
    window.ask(Command::OpenPage(Page::Explore));
    // The record as a file is what the command line checks.
    proof(&mut window, ProofCommand::Save(0, folder.path().to_owned()));
    window.until("the record", |state| {
        let mut said = state.messages.iter();
        said.any(|one| one.text.contains("mole.offset.proof.json"))
    });
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_flipscope"))
        .args(["replay", "--all", "--device", "cpu", "--model"])
        .arg(folder.path().join("tiny.safetensors"))
        .arg(folder.path().join("mole.offset.proof.json"))
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
}

#[test]
fn a_flip_becomes_a_finding_and_goes_to_the_sliders() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(window) = small(folder.path()) else {
        return;
    };
    // A threshold so close to P that some offset crosses it.
    let p = window.seen().current().and_then(|lesion| {
        let before = lesion.answers.primary.before.as_ref()?;
        Some(before.verdict.p_melanoma)
    });
    drop(window);
    let threshold = p.expect("a verdict") - 1e-4;
    let region = offsets(3.0, Channels::Each);
    let Some(mut window) = shown(folder.path(), &region, threshold) else {
        return;
    };
    window.reach(Role::Button, "Prove");
    window.until("the proof", ended);
    window.run_steps(2);
    let record = newest(&window);
    assert_eq!(record.outcome, ProofOutcome::Fragile);
    assert!(record.finished);
    window.get_by_label("Fragile");
    window.get_by_label_contains("No nearer frame of offsets ±3 (each) flips");
    let found = window.seen().searches.findings.last().expect("a finding");
    let change = found.found.finding.perturbation.clone();
    assert_eq!(change, record.closest.perturbation);
    window.reach(Role::Button, "Apply nearest flip (offsets ±3 (each))");
    assert_eq!(window.perturbation(), change);
    let after = window.verdict().verdict;
    assert_eq!(after.p_melanoma, record.closest.p_melanoma);
}

#[test]
fn a_cancelled_proof_says_how_far_it_is_and_continues_from_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let region = offsets(10.0, Channels::Each);
    let Some(mut window) = shown(folder.path(), &region, 0.0001) else {
        return;
    };
    window.get_by_label_contains("9,261 distinct frames");
    window.reach(Role::Button, "Prove");
    window.until("some frames", |state| {
        let task = state.proofs.task.as_ref();
        task.is_none_or(|task| task.progress.is_some_and(|told| told.judged > 0))
    });
    window.run_steps(2);
    window.get_by_label_contains("of at most 9,261 frames, none flips");
    window.get_by_label_contains("Under way: Proof of mole.png");
    // The sliders are answered meanwhile.
    window.ask(Command::ShowTool(Tool::Alter));
    window.run_steps(2);
    window.type_number(
        flipscope::explorer::explore::controls::Control::OffsetGreen,
        "-7",
    );
    window.verdict();
    window.ask(Command::ShowTool(Tool::Search));
    window.reach(Role::Button, "Cancel proof");
    window.until("the end", ended);
    window.run_steps(2);
    let first = newest(&window);
    assert_eq!(first.outcome, ProofOutcome::Open);
    assert!(first.judged > 0 && first.judged < first.frames);
    window.get_by_label("Open");
    window.get_by_label_contains("frames of offsets ±10 (each) were judged so far");
    window.reach(Role::Button, "Continue (offsets ±10 (each))");
    window.until("more frames", |state| {
        let task = state.proofs.task.as_ref();
        let told = task.and_then(|task| task.progress);
        task.is_none() || told.is_some_and(|told| told.judged as u64 > first.judged)
    });
    window.reach(Role::Button, "Cancel proof");
    window.until("the end", ended);
    let second = newest(&window);
    assert!(second.judged > first.judged);
    assert_eq!(window.seen().proofs.kept.len(), 1);
    window.reach(Role::Button, "Remove: offsets ±10 (each)");
    assert!(window.seen().proofs.kept.is_empty());
}

#[test]
fn an_outcome_is_there_after_a_restart_and_can_still_be_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = tempfile::tempdir().expect("a folder");
    let (photograph, model) = files(folder.path());
    let open = |paths| keeping(kept.path(), paths, ModelSource::File(model.clone()));
    let Some(mut window) = open(vec![photograph]) else {
        return;
    };
    judged(&mut window);
    window.ask(Command::SetThreshold(Some(0.02)));
    window.ask(Command::ShowTool(Tool::Search));
    let region = offsets(1.0, Channels::Each);
    proof(&mut window, ProofCommand::Set(region));
    proof(&mut window, ProofCommand::Start);
    window.until("the proof", |state| {
        ended(state) && !state.proofs.kept.is_empty()
    });
    let before = newest(&window);
    assert_eq!(before.outcome, ProofOutcome::Steady);
    drop(window);

    let mut window = open(Vec::new()).expect("as before");
    go_on(&mut window);
    judged(&mut window);
    assert_eq!(newest(&window), before);
    window.ask(Command::ShowTool(Tool::Search));
    proof(&mut window, ProofCommand::Show(true));
    window.run_steps(2);
    window.get_by_label("Steady");
    // It is about what is open, and not about an earlier model or threshold.
    assert!(
        window
            .query_by_label_contains("Proved for another model")
            .is_none()
    );
    proof(&mut window, ProofCommand::Save(0, folder.path().to_owned()));
    window.until("the record", |state| {
        let mut said = state.messages.iter();
        said.any(|one| one.text.contains(".offset.proof.json"))
    });
    let saved = std::fs::read_dir(folder.path()).expect("the folder");
    let saved = saved.filter_map(|one| Some(one.ok()?.path()));
    let name = |path: &Path| path.to_string_lossy().into_owned();
    let path = saved
        .into_iter()
        .find(|path| name(path).ends_with(".offset.proof.json"));
    let text = std::fs::read_to_string(path.expect("the record")).expect("its text");
    let read = ProofRecord::from_json(&text).expect("a record");
    assert_eq!((read.hash, read.frames), (before.hash, before.frames));
}

/// As after a kill: nothing has ended it, and nobody has touched anything since it began.
#[test]
fn what_a_proof_under_way_has_judged_is_in_the_session() {
    let folder = tempfile::tempdir().expect("a folder");
    let [kept, killed] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let (photograph, model) = files(folder.path());
    let open = |kept: &Path, paths| keeping(kept, paths, ModelSource::File(model.clone()));
    let Some(mut window) = open(kept.path(), vec![photograph]) else {
        return;
    };
    judged(&mut window);
    window.ask(Command::SetThreshold(Some(0.0001)));
    window.ask(Command::ShowTool(Tool::Search));
    let region = offsets(20.0, Channels::Each);
    proof(&mut window, ProofCommand::Set(region.clone()));
    proof(&mut window, ProofCommand::Start);
    window.until("what is judged so far", |state| {
        let task = state.proofs.task.as_ref();
        task.is_none_or(|task| task.so_far.is_some())
    });
    let task = window.seen().proofs.task.clone().expect("under way");
    let so_far = task.so_far.expect("some frames");
    assert!(so_far.judged > 0 && !so_far.finished);
    window.run_steps(2);
    // It is no outcome yet.
    assert!(window.seen().proofs.kept.is_empty());
    let [session, copy] = [&kept, &killed].map(|one| one.path().join("last.session"));
    window.until("the session", |_| {
        let text = std::fs::read_to_string(&session);
        text.is_ok_and(|text| text.contains("\"proof_schema\""))
    });
    std::fs::copy(&session, &copy).expect("a copy");
    drop(window);

    let mut window = open(killed.path(), Vec::new()).expect("as before");
    go_on(&mut window);
    judged(&mut window);
    assert_eq!(window.seen().proofs.region, region);
    let before = newest(&window);
    assert!(before.judged > 0 && !before.finished);
    window.ask(Command::ShowTool(Tool::Search));
    proof(&mut window, ProofCommand::Show(true));
    window.run_steps(2);
    window.reach(Role::Button, "Continue (offsets ±20 (each))");
    window.until("more frames", |state| {
        let task = state.proofs.task.as_ref();
        let told = task.and_then(|task| task.progress);
        task.is_none() || told.is_some_and(|told| told.judged as u64 > before.judged)
    });
    assert!(window.seen().proofs.failed.is_none());
    proof(&mut window, ProofCommand::Cancel);
    window.until("the end", ended);
    assert!(newest(&window).judged > before.judged);
}
