//! Maps, landscapes and summaries of a session are there again after a restart, and nothing of them is judged again.

use std::path::Path;
use std::sync::Arc;

use flipscope::explorer::command::Command;
use flipscope::explorer::explain::command::ExplainCommand;
use flipscope::explorer::explain::settings::{MethodChoice, Settings};
use flipscope::explorer::explain::state::Kept;
use flipscope::explorer::explore::controls::Control;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::landscape;
use flipscope::explorer::landscape::command::LandscapeCommand;
use flipscope::explorer::landscape::state::Shown;
use flipscope::explorer::page::Page;
use flipscope::explorer::state::State;
use flipscope_lab::explain::figure::FileKind;
use flipscope_lab::explain::landscape::{LandscapeAxis, Parameter};
use flipscope_lab::explain::occlusion::Occlusion;
use flipscope_model::ModelSource;
use flipscope_model::scheduler::ModelSlot;

use super::explained::{files, judged, picture, said, text};
use super::opened::keeping;
use super::sessions::go_on;
use super::support::{Window, only};
use super::tiny;

fn map(state: &State) -> Option<&Kept> {
    state.selected.and_then(|id| state.explain.of(id))
}

fn shown(state: &State) -> Option<&Shown> {
    state.selected.and_then(|id| state.landscape.of(id))
}

/// Makes a map with its check, and waits for the summary; returns the map's settings.
fn explain(window: &mut Window) -> Settings {
    window.ask(Command::OpenPage(Page::Explain));
    let settings = Settings {
        method: MethodChoice::Occlusion,
        occlusion: Occlusion {
            size: 100,
            stride: 60,
        },
        ..Settings::default()
    };
    window.ask(Command::Explain(ExplainCommand::Set(Box::new(
        settings.clone(),
    ))));
    window.ask(Command::Explain(ExplainCommand::Opacity(0.35)));
    window.ask(Command::Explain(ExplainCommand::Start));
    window.until("the map", |state| {
        state.explain.task.is_none() && map(state).is_some()
    });
    window.ask(Command::Explain(ExplainCommand::CheckRandom));
    window.until("the check", |state| {
        state.explain.task.is_none() && map(state).is_some_and(|map| map.random.is_some())
    });
    window.until("the summary", |state| {
        state.summary.kept.iter().any(|kept| kept.complete)
    });
    settings
}

/// Judges some points of a landscape; returns its axes.
fn landscape(window: &mut Window) -> landscape::settings::Settings {
    window.ask(Command::OpenPage(Page::Landscape));
    let axes = landscape::settings::Settings {
        x: LandscapeAxis::new(Parameter::Rotate, [-180.0, 180.0], 61),
        y: LandscapeAxis::new(Parameter::ShiftX, [-12.0, 12.0], 49),
        ..landscape::settings::Settings::default()
    };
    window.ask(Command::Landscape(LandscapeCommand::Set(axes)));
    window.ask(Command::Landscape(LandscapeCommand::Start));
    window.until("some points", |state| {
        shown(state).is_some_and(|shown| shown.fields[0].grid.judged() > 20)
    });
    window.ask(Command::Landscape(LandscapeCommand::Stop));
    window.until("the stop", |state| state.landscape.task.is_none());
    axes
}

/// Saves the map.
fn save(window: &mut Window, folder: &Path, name: &str) {
    let save = ExplainCommand::Save(FileKind::Svg, folder.join(name));
    window.ask(Command::Explain(save));
    window.until("the file", |state| said(state, name));
}

#[test]
fn maps_landscapes_and_summaries_are_there_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = tempfile::tempdir().expect("a folder");
    let (photograph, model) = files(folder.path());
    let open =
        |paths, model: &Path| keeping(kept.path(), paths, ModelSource::File(model.to_owned()));
    let Some(mut window) = open(vec![photograph], &model) else {
        return;
    };
    judged(&mut window);
    window.ask(Command::Alter(
        Gesture::Click,
        Arc::new(only(Control::OffsetGreen, -30.0)),
    ));
    let settings = explain(&mut window);
    let axes = landscape(&mut window);
    save(&mut window, folder.path(), "before.svg");
    let (first, points) = (
        map(window.seen()).expect("a map").record(),
        shown(window.seen()).expect("a landscape").record(),
    );
    let summary = window.seen().summary.kept[0].summary.clone();
    drop(window);

    let mut window = open(Vec::new(), &model).expect("as before");
    go_on(&mut window);
    window.until("the map", |state| map(state).is_some());
    window.until("the landscape", |state| shown(state).is_some());
    let seen = window.seen();
    assert_eq!(seen.page, Page::Landscape);
    assert_eq!(
        (&seen.explain.settings, seen.explain.opacity),
        (&settings, 0.35)
    );
    assert_eq!(seen.landscape.settings, axes);
    let id = seen.selected.expect("a lesion");
    assert_eq!(map(seen).expect("a map").record(), first.clone().of(id));
    // What is not judged is no number, and equals nothing.
    let again = shown(seen).expect("a landscape");
    let bits = |values: &[f32]| values.iter().map(|p| p.to_bits()).collect::<Vec<_>>();
    assert_eq!(
        bits(again.fields[0].grid.values()),
        bits(points.fields[0].grid.values())
    );
    assert_eq!(*again.landscape, *points.landscape);
    assert_eq!(again.fields[0].here, points.fields[0].here);
    assert_eq!(seen.summary.kept[0].summary, summary);
    assert!(seen.explain.task.is_none() && seen.landscape.task.is_none());
    window.run_steps(3);
    let (words, _) = picture(&window, "Landscape, ");
    assert!(words.contains(" of 2,989 points judged"), "{words}");
    // It goes on from there.
    let before = points.fields[0].grid.judged();
    window.ask(Command::Landscape(LandscapeCommand::GoOn));
    window.until("more points", |state| {
        shown(state).is_some_and(|shown| shown.fields[0].grid.judged() > before)
    });
    window.ask(Command::Landscape(LandscapeCommand::Stop));
    window.until("the stop", |state| state.landscape.task.is_none());
    window.ask(Command::OpenPage(Page::Explain));
    window.run_steps(3);
    picture(&window, "Altered: P(melanoma)");
    save(&mut window, folder.path(), "after.svg");
    assert_eq!(
        text(folder.path(), "before.svg"),
        text(folder.path(), "after.svg")
    );
    drop(window);

    // While another model answers they are not shown, and not forgotten.
    let other = folder.path().join("other.safetensors");
    tiny::checkpoint(5).write(&other).expect("a checkpoint");
    let mut window = open(Vec::new(), &other).expect("as before");
    go_on(&mut window);
    judged(&mut window);
    let seen = window.seen();
    assert!(map(seen).is_none() && shown(seen).is_none());
    assert!(seen.explain.earlier.len() == 1 && seen.landscape.earlier.is_some());
    let first = ModelSource::File(model.clone());
    window.ask(Command::UseModel(ModelSlot::Primary, first));
    window.until("the map", |state| map(state).is_some());
    assert!(shown(window.seen()).is_some());
}
