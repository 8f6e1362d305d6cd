//! Remedies in the window: chosen in the menu, said above the verdict, compared with the model without them.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::state::State;
use flipscope_model::scheduler::ModelSlot;
use flipscope_model::{Classifier, DeviceChoice, ModelSource, Overrides};

use super::support::{Window, window};

fn answers(state: &State, slot: ModelSlot) -> Option<f32> {
    let lesion = state.current()?;
    let said = lesion.answers.of(slot);
    let current = said.current(&lesion.perturbation)?;
    Some(current.verdict.p_melanoma)
}

/// What the library says of the lesion on screen.
fn expected(window: &Window, remedy: &str) -> f32 {
    let overrides = Overrides {
        remedy: remedy.parse().expect("a remedy"),
        ..Overrides::default()
    };
    let model = Classifier::load_with(&ModelSource::DEMO, DeviceChoice::Cpu, &overrides);
    let frame = window.lesion().frame().expect("a frame");
    let verdicts = model.and_then(|model| model.classify(std::slice::from_ref(frame)));
    verdicts.expect("a verdict")[0].p_melanoma
}

fn choose(window: &mut Window, role: Role, name: &str) {
    window.click(Role::Button, "Model");
    window.click(Role::Button, "Remedy");
    window.click(role, name);
}

#[test]
fn a_remedy_is_chosen_said_and_compared_with_none() {
    let Some(mut window) = window() else { return };
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    let plain = window.verdict().verdict.p_melanoma;
    choose(&mut window, Role::RadioButton, "Average over 4 rotations");
    window.until("the average", |state| {
        let ready = state.model.ready.as_ref();
        ready.is_some_and(|ready| ready.info.remedy.views() == 4)
            && answers(state, ModelSlot::Primary).is_some()
    });
    let average = answers(window.seen(), ModelSlot::Primary).expect("a verdict");
    assert!((average - expected(&window, "average-4")).abs() < 1e-6);
    assert_ne!(average, plain);
    window.get_by_label("Average over 4 rotations.");

    choose(
        &mut window,
        Role::Button,
        "Compare with this model without its remedy",
    );
    window.until("both", |state| {
        state.comparison.ready.is_some() && answers(state, ModelSlot::Comparison).is_some()
    });
    assert_eq!(answers(window.seen(), ModelSlot::Comparison), Some(plain));
    window.get_by_label("Average over 4 rotations. Compared with: no remedy.");

    // Swapped, each keeps its remedy.
    window.click(Role::Button, "Model");
    window.click(Role::Button, "Swap the two models");
    window.until("the swap", |state| {
        let views = |slot| {
            let ready = state.model_of(slot).ready.as_ref();
            ready.map(|ready| ready.info.remedy.views())
        };
        (views(ModelSlot::Primary), views(ModelSlot::Comparison)) == (Some(1), Some(4))
            && answers(state, ModelSlot::Primary).is_some()
            && answers(state, ModelSlot::Comparison).is_some()
    });
    assert_eq!(answers(window.seen(), ModelSlot::Primary), Some(plain));
    assert_eq!(answers(window.seen(), ModelSlot::Comparison), Some(average));
}

/// Without its remedy, the model would be compared with itself.
#[test]
fn a_comparison_with_the_model_without_its_remedy_ends_with_the_remedy() {
    let Some(mut window) = window() else { return };
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    window.verdict();
    choose(
        &mut window,
        Role::RadioButton,
        "Colour constancy, grey world",
    );
    let remedied = |state: &State| {
        let ready = state.model.ready.as_ref();
        ready.is_some_and(|ready| !ready.info.remedy.is_none())
    };
    window.until("the remedy", remedied);
    choose(
        &mut window,
        Role::Button,
        "Compare with this model without its remedy",
    );
    window.until("both", |state| state.comparison.ready.is_some());
    choose(&mut window, Role::RadioButton, "Colours as they are");
    assert!(window.seen().comparison.ready.is_none());
    // Said at once: a note leaves before a slow machine has loaded the model.
    let said = "Both models are the same now: the comparison has ended.";
    let messages = &window.seen().messages;
    assert!(messages.iter().any(|one| one.text == said), "{messages:?}");
    window.until("the model alone", |state| {
        let loading = state.model.loading.is_some() || state.comparison.loading.is_some();
        !loading && !remedied(state) && answers(state, ModelSlot::Primary).is_some()
    });
    assert!(window.seen().comparison.ready.is_none());
}
