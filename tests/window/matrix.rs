//! Every page at every size, zoom and theme, as PNGs to be looked at: `FLIPSCOPE_SCREENS=FOLDER cargo test --test window matrix -- --ignored`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Theme, Vec2};
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::Launch;
use flipscope::explorer::command::Command;
use flipscope::explorer::explain::command::ExplainCommand;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::landscape::command::LandscapeCommand;
use flipscope::explorer::page::{Help, Page, Tool};
use flipscope_image::perturb::Perturbation;
use flipscope_model::ModelSource;
use flipscope_model::scheduler::ModelSlot;

use super::explained::small;
use super::support::{LECTURE_HALL, Window, launch};

const SCREENS: [[f32; 2]; 4] = [
    [900.0, 600.0],
    [1366.0, 768.0],
    [1440.0, 900.0],
    [3840.0, 2160.0],
];
const ZOOMS: [f32; 3] = [1.0, 1.5, 2.0];

fn save(window: &mut Window, folder: &Path, what: &str) {
    for screen in SCREENS {
        for zoom in ZOOMS {
            window.set_pixels_per_point(zoom);
            // The frame in which the scale changes keeps the old size.
            window.step();
            window.set_size(Vec2::from(screen) / zoom);
            window.remove_cursor();
            window.run_steps(8);
            let image = window.render().expect("rendered");
            let name = format!("{what}-{}x{}-{:.0}.png", screen[0], screen[1], zoom * 100.0);
            image.save(folder.join(name)).expect("written");
        }
    }
    window.set_pixels_per_point(1.0);
    window.step();
    window.set_size(LECTURE_HALL.into());
    window.run_steps(4);
}

#[test]
#[ignore = "writes pictures of the window, to be looked at"]
fn the_matrix_of_screens() {
    let folder = std::env::var_os("FLIPSCOPE_SCREENS").expect("FLIPSCOPE_SCREENS names a folder");
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    for theme in [Theme::Light, Theme::Dark] {
        let Some(mut window) = launch(Launch::default(), LECTURE_HALL, theme) else {
            return;
        };
        let of = |what: &str| format!("{what}-{theme:?}").to_lowercase();
        window.until("the model", |state| state.model.ready.is_some());
        save(&mut window, &folder, &of("welcome"));
        window.get_by_label("Start with Synthetic 1").click();
        window.step();
        window.verdict();
        let found = Perturbation {
            shift: [-31.287_364_512_987, 8.000_123_456_789],
            rotate: -123.456_789_012_345,
            gain: [
                1.077_684_099_585_512,
                0.923_412_345_678_9,
                1.099_999_999_999_9,
            ],
            ..Perturbation::default()
        };
        window.ask(Command::Alter(Gesture::Click, Arc::new(found)));
        window.verdict();
        save(&mut window, &folder, &of("quiet"));
        for name in [
            "no-such-model-with-a-rather-long-name.safetensors",
            "another.pth",
        ] {
            let source = ModelSource::File(PathBuf::from(name));
            window.ask(Command::UseModel(ModelSlot::Primary, source));
            window.until("the refusal", |state| state.model.loading.is_none());
        }
        save(&mut window, &folder, &of("alter"));
        window.ask(Command::ShowTool(Tool::Search));
        save(&mut window, &folder, &of("search"));
        for page in [Page::Study, Page::Readers, Page::Explain, Page::Landscape] {
            window.ask(Command::OpenPage(page));
            save(&mut window, &folder, &of(&format!("{page:?}")));
        }
        window.ask(Command::Help(Help::Keys));
        save(&mut window, &folder, &of("keys"));
        window.ask(Command::Help(Help::Closed));
        window.ask(Command::AllMessages(true));
        save(&mut window, &folder, &of("messages"));
    }
}

/// Only what the maps and landscapes of a small network look like, on the smallest and the largest screen that people gave.
#[test]
#[ignore = "writes pictures of the window, to be looked at"]
fn the_pages_that_explain() {
    let folder = std::env::var_os("FLIPSCOPE_SCREENS").expect("FLIPSCOPE_SCREENS names a folder");
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let lesion = tempfile::tempdir().expect("a folder");
    let Some(mut window) = small(lesion.path()) else {
        return;
    };
    window.ask(Command::SetThreshold(Some(0.63)));
    let altered = Perturbation {
        offset: [0.0, -20.0, 0.0],
        ..Perturbation::default()
    };
    window.ask(Command::Alter(Gesture::Click, Arc::new(altered)));
    window.verdict();
    window.ask(Command::OpenPage(Page::Explain));
    window.ask(Command::Explain(ExplainCommand::Start));
    window.until("the map and the summary", |state| {
        let summary = &state.summary;
        let complete = summary.kept.iter().any(|kept| kept.complete);
        state.explain.task.is_none() && !state.explain.kept.is_empty() && complete
    });
    window.ask(Command::Landscape(LandscapeCommand::Start));
    window.until("the landscape", |state| {
        state.landscape.task.is_none() && state.landscape.shown.is_some()
    });
    for theme in [Theme::Light, Theme::Dark] {
        window.ask(Command::Theme(theme));
        for (page, name) in [(Page::Explain, "explain"), (Page::Landscape, "landscape")] {
            window.ask(Command::OpenPage(page));
            for (screen, zoom) in [([1366.0, 768.0], 1.0), ([3840.0, 2160.0], 2.0)] {
                window.set_pixels_per_point(zoom);
                window.step();
                window.set_size(Vec2::from(screen) / zoom);
                window.remove_cursor();
                window.run_steps(8);
                let image = window.render().expect("rendered");
                let name = format!("{name}-{theme:?}-{}.png", screen[0]).to_lowercase();
                image.save(folder.join(name)).expect("written");
            }
        }
    }
}
