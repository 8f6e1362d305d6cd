//! Maps of every method on the page Explain, and what says whether one can be believed: the checks, and a map that is flat.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use flipscope::explorer::command::Command;
use flipscope::explorer::explain::command::ExplainCommand;
use flipscope::explorer::explain::settings::{MethodChoice, Settings};
use flipscope::explorer::page::Page;
use flipscope_lab::explain::figure::FileKind;

use super::explained::{files, opened, picture, said, small};
use super::explaining::{explain, made};
use super::tiny;

#[test]
fn every_method_gives_a_map_and_checks_say_in_words_whether_to_believe_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(folder.path()) else {
        return;
    };
    window.ask(Command::OpenPage(Page::Explain));
    let mut settings = Settings::default();
    settings.smooth.samples = 3;
    settings.integrated.steps = 8;
    settings.integrated.at_most = 8;
    for method in MethodChoice::ALL.into_iter().skip(1) {
        settings.method = method;
        explain(&mut window, ExplainCommand::Set(Box::new(settings.clone())));
        explain(&mut window, ExplainCommand::Start);
        let explained = made(&mut window);
        assert_eq!(explained.settings.method, method);
        assert_eq!(explained.pictures.len(), 1, "nothing is altered");
        assert!(explained.pictures[0].colours.is_some(), "{method:?}");
        window.run_steps(2);
        picture(&window, "Original: P(melanoma)");
    }
    window.get_by_label("Can this map be believed?");
    window.reach(Role::Button, "Deletion and insertion");
    window.until("the curves", |state| {
        state.explain.task.is_none() && state.explain.kept[0].curves.is_some()
    });
    window.get_by_label_contains("Area under P: deletion 0.");
    window.reach(Role::Button, "Random weights");
    window.until("the comparison", |state| {
        state.explain.task.is_none() && state.explain.kept[0].random.is_some()
    });
    window.get_by_label_contains("Rank correlation with the map of random weights");
    // The figure says so too.
    let svg = folder.path().join("map.svg");
    explain(
        &mut window,
        ExplainCommand::Save(FileKind::Svg, svg.clone()),
    );
    window.until("the file", |state| said(state, "map.svg"));
    let svg = std::fs::read_to_string(svg).expect("a file");
    assert!(svg.contains("Deletion 0.") && svg.contains("random weights"));
    // Closed with its lesion.
    let id = window.lesion().id;
    window.ask(Command::Close(id));
    assert!(window.seen().explain.kept.is_empty());
}

#[test]
fn a_flat_map_says_so_and_is_not_painted() {
    let folder = tempfile::tempdir().expect("a folder");
    let (photograph, model) = files(folder.path());
    let mut tensors = tiny::checkpoint(3);
    let head = tensors.tensors.get_mut("fc.weight").expect("the head");
    head.values.fill(0.0);
    tensors.write(&model).expect("a checkpoint");
    let Some(mut window) = opened(photograph, model) else {
        return;
    };
    window.ask(Command::OpenPage(Page::Explain));
    let settings = Settings {
        method: MethodChoice::Gradcam,
        ..Settings::default()
    };
    explain(&mut window, ExplainCommand::Set(Box::new(settings)));
    explain(&mut window, ExplainCommand::Start);
    let explained = made(&mut window);
    assert!(explained.pictures[0].colours.is_none());
    window.run_steps(2);
    let (shown, _) = picture(&window, "Original: ");
    assert!(
        shown.contains("The map is flat: every value is 0"),
        "{shown}"
    );
    let scales = window.query_all(by().role(Role::Image)).filter(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.starts_with("Scale of the map")
    });
    assert_eq!(scales.count(), 0);
    explain(&mut window, ExplainCommand::CheckCurves);
    assert!(said(window.seen(), "nothing to check"));
}
