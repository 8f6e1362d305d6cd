//! Two models on the same altered frame.

use std::path::{Path, PathBuf};

use egui::Theme;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::state::State;
use flipscope_model::ModelSource;
use flipscope_model::scheduler::ModelSlot;

use super::support::{LECTURE_HALL, Window, launch, window};

/// The demo model in a file of its own, with another threshold.
fn strict(folder: &Path) -> PathBuf {
    let path = folder.join("strict.safetensors");
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo-model.safetensors");
    std::fs::copy(demo, &path).expect("copied");
    let sidecar = path.with_extension("json");
    std::fs::write(sidecar, r#"{"threshold": 0.9999}"#).expect("written");
    path
}

fn both_answer(state: &State) -> bool {
    state.comparison.ready.is_some()
        && state.current().is_some_and(|lesion| {
            ModelSlot::ALL.iter().all(|&slot| {
                let said = lesion.answers.of(slot);
                said.before.is_some() && said.current(&lesion.perturbation).is_some()
            })
        })
}

fn compare_with(window: &mut Window, name: &str) {
    window.click(Role::Button, "Model");
    window.click(Role::Button, "Compare with");
    window.click(Role::RadioButton, name);
}

#[test]
fn two_models_answer_side_by_side() {
    let Some(mut window) = window() else { return };
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    let alone = window.verdict();
    compare_with(&mut window, "Compare with: demo model");
    window.until("both models", both_answer);
    let second = window
        .lesion()
        .answers
        .comparison
        .before
        .clone()
        .expect("judged");
    assert_eq!(second.verdict, alone.verdict, "the same weights");
    assert_ne!(second.provenance.generation, alone.provenance.generation);

    // One move, two answers, two bands, two traces.
    let to = window.on_slider(Control::OffsetGreen, -10.0);
    window.click_at(to);
    window.until("both models", both_answer);
    let said = &window.lesion().answers;
    let newest = |slot: ModelSlot| said.of(slot).after.clone().expect("judged").verdict;
    assert_eq!(newest(ModelSlot::Primary), newest(ModelSlot::Comparison));
    assert_ne!(newest(ModelSlot::Comparison), alone.verdict);
    assert!(said.comparison.trace.len() >= 2);
    let shown = format!(
        "Altered, compared model: P(melanoma) {:.3}, {}",
        newest(ModelSlot::Comparison).p_melanoma,
        window.seen().label(&newest(ModelSlot::Comparison)).name()
    );
    window.get_by_label(&shown);
    window.until("the second model's bands", |state| {
        state.current().is_some_and(|lesion| {
            let bands = &lesion.answers.comparison.bands;
            let known = bands.get(Control::Rotation, &lesion.perturbation);
            known.is_some_and(|band| [0, 360, 720].iter().all(|&at| band.at(at).is_some()))
        })
    });

    window.click(Role::Button, "Model");
    window.click(Role::Button, "Stop comparing");
    assert!(window.seen().comparison.ready.is_none());
    assert!(window.lesion().answers.comparison.before.is_none());
    assert!(window.query_by_label(&shown).is_none());
    assert_eq!(window.verdict().verdict, newest_of(&window));
}

fn newest_of(window: &Window) -> flipscope_model::Verdict {
    let judged = window.lesion().answers.primary.after.clone();
    judged.expect("judged").verdict
}

#[test]
fn a_second_model_is_loaded_swapped_and_refused_as_the_first_is() {
    let Some(mut window) = window() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = strict(folder.path());
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    window.verdict();
    window.ask(Command::UseModel(
        ModelSlot::Comparison,
        ModelSource::File(path.clone()),
    ));
    window.until("both models", both_answer);
    assert_eq!(window.seen().recent, std::slice::from_ref(&path));
    // The same P(melanoma), each by its own threshold.
    let p = window.verdict().verdict.p_melanoma;
    assert!((0.5..0.9999).contains(&p), "{p}");
    window.get_by_label(&format!("Original: P(melanoma) {p:.3}, melanoma"));
    let second = format!("Original, compared model: P(melanoma) {p:.3}, nevus");
    window.get_by_label(&second);

    // One that is none is refused by name; both that are there stay.
    let broken = folder.path().join("broken.safetensors");
    std::fs::write(&broken, "no checkpoint").expect("written");
    window.ask(Command::UseModel(
        ModelSlot::Comparison,
        ModelSource::File(broken),
    ));
    window.until("the refusal", |state| state.comparison.loading.is_none());
    let text = window.seen().messages[0].text.clone();
    assert!(text.contains("broken.safetensors"), "{text}");
    assert!(text.contains("Still comparing with"), "{text}");
    let source = |state: &State, slot: ModelSlot| {
        let ready = state.model_of(slot).ready.as_ref();
        ready.map(|ready| ready.source.clone())
    };
    let file = Some(ModelSource::File(path));
    assert_eq!(source(window.seen(), ModelSlot::Comparison), file);

    window.click(Role::Button, "Model");
    window.click(Role::Button, "Swap the two models");
    window.until("the swap", |state| {
        source(state, ModelSlot::Primary) == file
            && source(state, ModelSlot::Comparison) == Some(ModelSource::DEMO)
    });
    window.until("both models", both_answer);
}

#[test]
fn a_start_offers_the_models_of_the_last_one_and_those_inside() {
    let folder = tempfile::tempdir().expect("a folder");
    let remembering = || Launch {
        memory: Some(folder.path().join("state/window.json")),
        ..Launch::default()
    };
    let path = strict(folder.path());
    let Some(mut first) = launch(remembering(), LECTURE_HALL, Theme::Dark) else {
        return;
    };
    first.ask(Command::UseModel(
        ModelSlot::Primary,
        ModelSource::File(path.clone()),
    ));
    first.until("the model", |state| {
        let ready = state.model.ready.as_ref();
        ready.is_some_and(|ready| ready.source == ModelSource::File(path.clone()))
    });
    let file = folder.path().join("state/window.json");
    first.until("the memory", |_| file.exists());
    drop(first);

    let mut second = launch(remembering(), LECTURE_HALL, Theme::Dark).expect("a window");
    assert_eq!(second.seen().recent, std::slice::from_ref(&path));
    second.get_by_label("Start with Synthetic 1").click();
    second.step();
    second.verdict();
    second.click(Role::Button, "Model");
    second.click(Role::Button, "Recent models");
    let shown = format!(
        "Use {}/strict.safetensors",
        folder.path().file_name().expect("a name").to_string_lossy()
    );
    second.get_by_role_and_label(Role::RadioButton, &shown);
}
