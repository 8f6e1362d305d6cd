//! The window, used without a screen: how soon a verdict follows a slider, how long a frame takes, with and without searches and maps in the
//! background.

use std::path::Path;

use anyhow::{Context as _, ensure};

use crate::cli::arguments::ModelArguments;
use crate::explorer::Launch;
use crate::explorer::command::Command as Ask;
use crate::explorer::explain::command::ExplainCommand;
use crate::explorer::explain::settings::Settings as MapSettings;
use crate::explorer::explore::view::View;
use crate::explorer::headless::Headless;
use crate::explorer::landscape::command::LandscapeCommand;
use crate::explorer::landscape::settings::Settings as LandscapeSettings;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::search::state::Form;
use crate::explorer::state::State;
use flipscope_image::lesion::Raster;
use flipscope_image::lesion::synthetic::{self, Recipe};
use flipscope_lab::explain::landscape::{LandscapeAxis, Parameter};
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Direction, Mode, Preset, Strategy};

use super::drag::{drag, run_until};
use super::maps::{OCCLUSION, VALUES};
use super::memory::peak_mb;
use super::report::{Dragged, DuringSearch, UiFrame};

/// Size of the photograph that is explored: 24 megapixels.
const PHOTOGRAPH: (u32, u32) = (6000, 4000);
/// Size of the window that it is explored in.
const WINDOW: egui::Vec2 = egui::vec2(1366.0, 768.0);

/// What was measured.
pub(super) struct Explored {
    pub(super) slider_to_verdict_ms: f64,
    pub(super) ui_frame_ms: UiFrame,
    pub(super) during_search: DuringSearch,
    pub(super) during_maps: Dragged,
    pub(super) peak_memory_mb: Option<f64>,
    pub(super) graphics: Option<String>,
}

pub(super) fn explore(
    model: &ModelArguments,
    repeat: u16,
    photograph: &Path,
) -> anyhow::Result<Explored> {
    let mut window = Headless::new(
        Launch {
            paths: vec![photograph.to_owned()],
            model: model.source(),
            overrides: model.overrides(),
            device: model.device(),
            ..Launch::default()
        },
        WINDOW,
    )?;
    let view = View {
        full_resolution: true,
        ..View::default()
    };
    window.app().command(Ask::SetView(view));
    run_until(&mut window, "the first verdict", |state| {
        state
            .current()
            .is_some_and(|lesion| lesion.answers.primary.before.is_some())
    })?;
    let alone = drag(&mut window, repeat)?;
    let state = window.app().state();
    let before = state
        .current()
        .and_then(|lesion| lesion.answers.primary.before.as_ref());
    let before = before.context("the photograph is gone")?;
    let form = Form {
        attack: Attack::preset(AttackKind::Pose, Preset::Default),
        direction: Direction::starting_from(state.label(&before.verdict)),
        // The search does not end before the drags do.
        mode: Mode::Smallest,
        strategy: Strategy::Evolution,
        ..Form::default()
    };
    window
        .app()
        .command(Ask::Search(SearchCommand::Set(Box::new(form))));
    window.app().command(Ask::Search(SearchCommand::Start));
    run_until(&mut window, "a search", |state| {
        (state.searches.open()).any(|one| one.progress.is_some())
    })?;
    let busy = drag(&mut window, repeat)?;
    let task = window.app().state().searches.open().next();
    let progress = task.and_then(|one| one.progress.as_ref());
    let progress = progress.context("the search ended before it could be measured beside")?;
    let evaluations_per_second = progress.evaluations_per_second;
    window.app().command(Ask::Search(SearchCommand::CancelAll));
    run_until(&mut window, "the end of the search", |state| {
        state.searches.open().next().is_none()
    })?;
    let during_maps = during_maps(&mut window, repeat)?;
    Ok(Explored {
        slider_to_verdict_ms: alone.slider_to_verdict_ms,
        ui_frame_ms: alone.ui_frame_ms,
        during_search: DuringSearch {
            dragged: busy,
            evaluations_per_second,
        },
        during_maps,
        peak_memory_mb: peak_mb(),
        graphics: window.adapter().map(str::to_owned),
    })
}

/// Moves sliders while the maps of the explored lesion are made.
fn during_maps(window: &mut Headless, repeat: u16) -> anyhow::Result<Dragged> {
    // It begins by itself, once nothing was done for a while.
    run_until(window, "the summary of smallest changes", |state| {
        (state.summary.task.as_ref()).is_some_and(|task| task.progress[0] > 0)
    })?;
    let map = MapSettings {
        occlusion: OCCLUSION,
        ..MapSettings::default()
    };
    let landscape = LandscapeSettings {
        x: LandscapeAxis::whole(Parameter::Rotate, VALUES),
        y: LandscapeAxis::whole(Parameter::ShiftX, VALUES),
        ..LandscapeSettings::default()
    };
    for command in [
        Ask::Explain(ExplainCommand::Set(Box::new(map))),
        Ask::Explain(ExplainCommand::Start),
        Ask::Landscape(LandscapeCommand::Set(landscape)),
        Ask::Landscape(LandscapeCommand::Start),
    ] {
        window.app().command(command);
    }
    run_until(window, "a first part of map and landscape", under_way)?;
    let dragged = drag(window, repeat)?;
    ensure!(
        under_way(window.app().state()),
        "a map ended before it could be measured beside"
    );
    window.app().command(Ask::Explain(ExplainCommand::Cancel));
    window.app().command(Ask::Landscape(LandscapeCommand::Stop));
    run_until(window, "the end of the maps", |state| {
        state.explain.task.is_none() && state.landscape.task.is_none()
    })?;
    Ok(dragged)
}

/// Whether map and landscape have begun and not ended.
fn under_way(state: &State) -> bool {
    let map = state.explain.task.as_ref();
    let landscape = state.landscape.task.as_ref();
    map.is_some_and(|task| task.progress[0] > 0)
        && landscape.is_some_and(|task| task.progress[0] > 0)
}

/// A synthetic lesion of 24 megapixels, as PNG. Drawn at a quarter of the size: its content does not matter here.
pub(super) fn write_photograph(path: &Path) -> anyhow::Result<()> {
    const FACTOR: u32 = 4;
    let (width, height) = PHOTOGRAPH;
    let small = synthetic::draw(&Recipe::melanoma(1), width / FACTOR, height / FACTOR)?;
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    for y in 0..height {
        for x in 0..width {
            pixels.extend_from_slice(&small.pixel(x / FACTOR, y / FACTOR).unwrap_or_default());
        }
    }
    let raster = Raster::from_rgb(width, height, pixels)?;
    raster.write_png(path)?;
    Ok(())
}
