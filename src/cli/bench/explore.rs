//! The window, used without a screen: how soon a verdict follows a slider, how long a frame takes, with and without searches and maps in the
//! background.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use crate::cli::arguments::ModelArguments;
use crate::explorer::Launch;
use crate::explorer::command::Command as Ask;
use crate::explorer::explore::controls::Control;
use crate::explorer::explore::view::View;
use crate::explorer::headless::Headless;
use crate::explorer::history::Gesture;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::search::state::Form;
use crate::explorer::state::State;
use flipscope_image::lesion::Raster;
use flipscope_image::lesion::synthetic::{self, Recipe};
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Direction, Mode, Preset, Strategy};

use super::maps::during_maps;
use super::memory::peak_mb;
use super::quantile::{milliseconds, quantile};
use super::report::{DuringMaps, DuringSearch, UiFrame};

/// Size of the photograph that is explored: 24 megapixels.
const PHOTOGRAPH: (u32, u32) = (6000, 4000);
/// Size of the window that it is explored in.
const WINDOW: egui::Vec2 = egui::vec2(1366.0, 768.0);

/// What moving sliders took.
pub(super) struct Dragged {
    pub(super) slider_to_verdict_ms: f64,
    pub(super) ui_frame_ms: UiFrame,
}

/// What was measured.
pub(super) struct Explored {
    pub(super) slider_to_verdict_ms: f64,
    pub(super) ui_frame_ms: UiFrame,
    pub(super) during_search: DuringSearch,
    pub(super) during_maps: DuringMaps,
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
    window.app().command(Ask::Look(view));
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
            slider_to_verdict_ms: busy.slider_to_verdict_ms,
            ui_frame_ms: busy.ui_frame_ms,
            evaluations_per_second,
        },
        during_maps,
        peak_memory_mb: peak_mb(),
        graphics: window.adapter().map(str::to_owned),
    })
}

/// Moves sliders, and waits for each verdict.
pub(super) fn drag(window: &mut Headless, repeat: u16) -> anyhow::Result<Dragged> {
    let mut answers = Vec::new();
    let mut frames = Vec::new();
    for step in 0..repeat {
        let Some(lesion) = window.app().state().current() else {
            anyhow::bail!("the photograph is gone");
        };
        let control = if step % 2 == 0 {
            Control::Rotation
        } else {
            Control::OffsetGreen
        };
        let altered = control.set(&lesion.perturbation, f64::from(step) - 20.5);
        window.app().command(Ask::Alter(
            Gesture::Control(control),
            std::sync::Arc::new(altered),
        ));
        frames.extend(run_until(window, "a verdict", |state| {
            state
                .current()
                .is_some_and(|lesion| lesion.current().is_some())
        })?);
        if let Some(judged) = window
            .app()
            .state()
            .current()
            .and_then(|lesion| lesion.current())
        {
            answers.push(f64::from(judged.total_ms));
        }
    }
    Ok(Dragged {
        slider_to_verdict_ms: quantile(answers, 0.5),
        ui_frame_ms: UiFrame {
            median: quantile(frames.clone(), 0.5),
            p99: quantile(frames.clone(), 0.99),
            frames: frames.len(),
        },
    })
}

/// Runs the window, at most 60 frames a second, until a condition holds; returns the milliseconds of each frame.
pub(super) fn run_until(
    window: &mut Headless,
    what: &str,
    done: impl Fn(&State) -> bool,
) -> anyhow::Result<Vec<f64>> {
    const PATIENCE: Duration = Duration::from_mins(2);
    let start = Instant::now();
    let mut times = Vec::new();
    // One frame first: it carries out the commands that are waiting.
    let mut drawn = Some(window.frame());
    loop {
        let busy = drawn.unwrap_or_default();
        times.extend(drawn.map(milliseconds));
        let state = window.app().state();
        if done(state) {
            break;
        }
        if let Some(message) = state.messages.iter().find(|message| message.is_error()) {
            anyhow::bail!("{}", message.text);
        }
        ensure!(
            start.elapsed() < PATIENCE,
            "{what} did not come within {} s",
            PATIENCE.as_secs()
        );
        // After a frame, until the next refresh of a screen; otherwise just long enough not to spin.
        let pause = if drawn.is_some() { 16 } else { 1 };
        std::thread::sleep(Duration::from_millis(pause).saturating_sub(busy));
        drawn = window.frame_if_due();
    }
    Ok(times)
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
