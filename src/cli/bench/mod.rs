//! `flipscope bench`: what this machine does, in medians.

mod hand;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use clap::Args;
use serde::Serialize;

use crate::explorer::Launch;
use crate::explorer::command::Command as Ask;
use crate::explorer::explore::controls::Control;
use crate::explorer::explore::view::View;
use crate::explorer::headless::Headless;
use crate::explorer::history::Gesture;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::search::state::Form;
use crate::explorer::state::State;
use flipscope_image::lesion::synthetic::{self, Recipe};
use flipscope_image::lesion::{Frame, Framing, Raster};
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Direction, Mode, Preset};
use flipscope_model::Classifier;

use super::arguments::ModelArguments;
use super::{Outcome, output};
use hand::Hand;

/// Size of the photograph that is explored: 24 megapixels.
const PHOTOGRAPH: (u32, u32) = (6000, 4000);
/// Size of the window that it is explored in.
const WINDOW: egui::Vec2 = egui::vec2(1366.0, 768.0);

#[expect(clippy::doc_markdown, reason = "clap prints this comment as help")]
/// Measures this machine.
///
/// forward_ms: one frame alone, and one of eight at once. hand_ms: from a question to the network to its answer without a window,
/// alone and during a job of 300 candidates, of whose running batch the hand waits for the rest. slider_to_verdict_ms: from a command of the Alter pane to its
/// verdict in the window's state. ui_frame_ms: how long the window's thread is busy with one frame while the network runs
/// (layout, tessellation, upload and submission; not what the graphics adapter takes to draw). during_search: both again,
/// while a search runs in the background. start_to_verdict_ms: a
/// process of its own, from its start to the end of one classification. peak_memory_mb: resident, exploring one synthetic
/// photograph of 24 megapixels at full resolution. Medians.
#[derive(Debug, Args)]
pub(super) struct Bench {
    /// Print one JSON object
    #[arg(long)]
    json: bool,

    /// Repetitions of each measurement
    #[arg(long, value_name = "N", default_value_t = 9, value_parser = clap::value_parser!(u16).range(1..=1000))]
    repeat: u16,

    #[command(flatten)]
    model: ModelArguments,
}

#[derive(Serialize)]
struct Report {
    device: String,
    precision: String,
    threads: usize,
    forward_ms: BTreeMap<String, f64>,
    hand_ms: Hand,
    slider_to_verdict_ms: f64,
    ui_frame_ms: UiFrame,
    during_search: DuringSearch,
    start_to_verdict_ms: f64,
    peak_memory_mb: Option<f64>,
    graphics: Option<String>,
    model_sha256: String,
    version: &'static str,
}

#[derive(Serialize)]
struct DuringSearch {
    slider_to_verdict_ms: f64,
    ui_frame_ms: UiFrame,
    evaluations_per_second: f64,
}

#[derive(Serialize)]
struct UiFrame {
    median: f64,
    p99: f64,
    frames: usize,
}

impl Bench {
    pub(super) fn run(self) -> Outcome {
        let folder = tempfile::tempdir().context("no temporary folder can be made")?;
        let photograph = folder.path().join("synthetic-24mp.png");
        write_photograph(&photograph)?;
        output::report("exploring a synthetic photograph of 24 megapixels…");
        let explored = self.explore(&photograph)?;
        output::report("starting…");
        let small = folder.path().join("synthetic.png");
        synthetic::draw(&Recipe::nevus(1), 600, 450)?.write_png(&small)?;
        let start_to_verdict_ms = self.start_to_verdict(&small)?;
        output::report("questions to the network…");
        let hand_ms = hand::measure(&self.model, self.repeat)?;
        output::report("forward passes…");
        let classifier = self.model.load()?;
        let report = Report {
            device: classifier.device().to_owned(),
            precision: classifier.precision().to_owned(),
            threads: rayon::current_num_threads(),
            forward_ms: self.forward(&classifier)?,
            hand_ms,
            slider_to_verdict_ms: explored.slider_to_verdict_ms,
            ui_frame_ms: explored.ui_frame_ms,
            during_search: explored.during_search,
            start_to_verdict_ms,
            peak_memory_mb: explored.peak_memory_mb,
            graphics: explored.graphics,
            model_sha256: classifier.info().sha256.clone(),
            version: env!("CARGO_PKG_VERSION"),
        };
        if self.json {
            output::json(&report)?;
        } else {
            table(&report)?;
        }
        Ok(Ok(()))
    }

    fn forward(&self, classifier: &Classifier) -> anyhow::Result<BTreeMap<String, f64>> {
        let mut frames = Vec::new();
        for seed in 0..8 {
            let raster = synthetic::draw(&Recipe::between(seed, 0.5), 299, 299)?;
            frames.push(Framing::Squash.apply(&raster));
        }
        let mut medians = BTreeMap::new();
        for batch in [1, 8] {
            let frames: &[Frame] = frames.get(..batch).unwrap_or_default();
            classifier.classify(frames)?;
            let mut times = Vec::new();
            for _ in 0..self.repeat {
                let start = Instant::now();
                classifier.classify(frames)?;
                times.push(milliseconds(start.elapsed()) / batch as f64);
            }
            medians.insert(batch.to_string(), quantile(times, 0.5));
        }
        Ok(medians)
    }

    fn start_to_verdict(&self, photograph: &Path) -> anyhow::Result<f64> {
        let program = std::env::current_exe().context("this program does not find itself")?;
        let mut times = Vec::new();
        for _ in 0..self.repeat.min(5) {
            let mut command = Command::new(&program);
            command
                .arg("classify")
                .arg(photograph)
                .stdin(Stdio::null())
                .stdout(Stdio::null());
            if let flipscope_model::ModelSource::File(path) = self.model.source() {
                command.arg("--model").arg(path);
            }
            let start = Instant::now();
            let status = command
                .status()
                .context("this program does not start itself")?;
            ensure!(status.success(), "flipscope classify ended with {status}");
            times.push(milliseconds(start.elapsed()));
        }
        Ok(quantile(times, 0.5))
    }

    fn explore(&self, photograph: &Path) -> anyhow::Result<Explored> {
        let mut window = Headless::new(
            Launch {
                paths: vec![photograph.to_owned()],
                model: self.model.source(),
                overrides: self.model.overrides(),
                device: self.model.device(),
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
                .is_some_and(|lesion| lesion.said.first.before.is_some())
        })?;
        let alone = self.drag(&mut window)?;
        let state = window.app().state();
        let before = state
            .current()
            .and_then(|lesion| lesion.said.first.before.as_ref());
        let before = before.context("the photograph is gone")?;
        let form = Form {
            attack: Attack::preset(AttackKind::Pose, Preset::Default),
            direction: Direction::starting_from(state.label(&before.verdict)),
            // It does not end before the drags do.
            mode: Mode::Smallest,
            ..Form::default()
        };
        window
            .app()
            .command(Ask::Search(SearchCommand::Set(Box::new(form))));
        window.app().command(Ask::Search(SearchCommand::Start));
        run_until(&mut window, "a search", |state| {
            (state.searches.open()).any(|one| one.progress.is_some())
        })?;
        let busy = self.drag(&mut window)?;
        let pursuit = window.app().state().searches.open().next();
        let progress = pursuit.and_then(|one| one.progress.as_ref());
        let progress = progress.context("the search ended before it could be measured beside")?;
        let evaluations_per_second = progress.evaluations_per_second;
        window.app().command(Ask::Search(SearchCommand::CallOffAll));
        run_until(&mut window, "the end of the search", |state| {
            state.searches.open().next().is_none()
        })?;
        Ok(Explored {
            slider_to_verdict_ms: alone.slider_to_verdict_ms,
            ui_frame_ms: alone.ui_frame_ms,
            during_search: DuringSearch {
                slider_to_verdict_ms: busy.slider_to_verdict_ms,
                ui_frame_ms: busy.ui_frame_ms,
                evaluations_per_second,
            },
            peak_memory_mb: peak_memory_mb(),
            graphics: window.adapter().map(str::to_owned),
        })
    }

    /// Moves sliders, and waits for each verdict.
    fn drag(&self, window: &mut Headless) -> anyhow::Result<Dragged> {
        let mut answers = Vec::new();
        let mut frames = Vec::new();
        for step in 0..self.repeat {
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
}

struct Dragged {
    slider_to_verdict_ms: f64,
    ui_frame_ms: UiFrame,
}

struct Explored {
    slider_to_verdict_ms: f64,
    ui_frame_ms: UiFrame,
    during_search: DuringSearch,
    peak_memory_mb: Option<f64>,
    graphics: Option<String>,
}

/// Runs the window, with 60 frames a second at most, until something is so; the milliseconds of each frame.
fn run_until(
    window: &mut Headless,
    what: &str,
    done: impl Fn(&State) -> bool,
) -> anyhow::Result<Vec<f64>> {
    const PATIENCE: Duration = Duration::from_mins(2);
    let start = Instant::now();
    let mut times = Vec::new();
    // A frame first: it carries out the commands that wait.
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
        // Until the next refresh of a screen after a frame; else just long enough not to spin.
        let pause = if drawn.is_some() { 16 } else { 1 };
        std::thread::sleep(Duration::from_millis(pause).saturating_sub(busy));
        drawn = window.frame_if_due();
    }
    Ok(times)
}

/// A synthetic lesion of 24 megapixels, as PNG. Drawn at a quarter of the size: what it shows does not matter here.
fn write_photograph(path: &Path) -> anyhow::Result<()> {
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

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The nearest-rank quantile; NaN of nothing.
fn quantile(mut values: Vec<f64>, q: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (q * values.len() as f64).ceil() as usize;
    values
        .get(at.saturating_sub(1))
        .copied()
        .unwrap_or(f64::NAN)
}

/// The most memory that this process has had resident, in units of 10⁶ bytes; where the system tells (Linux).
fn peak_memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

fn table(report: &Report) -> anyhow::Result<()> {
    let none = || "not known here".to_owned();
    let rows = [
        (
            "device",
            format!(
                "{}, {}, {} threads",
                report.device, report.precision, report.threads
            ),
        ),
        (
            "graphics",
            report.graphics.clone().unwrap_or_else(|| "none".to_owned()),
        ),
        (
            "forward, batch 1",
            format!(
                "{:.1} ms",
                report.forward_ms.get("1").copied().unwrap_or(f64::NAN)
            ),
        ),
        (
            "forward, batch 8",
            format!(
                "{:.1} ms a frame",
                report.forward_ms.get("8").copied().unwrap_or(f64::NAN)
            ),
        ),
        (
            "question to answer",
            format!(
                "{:.1} ms, and {:.1} ms during a job whose batches take {:.1} ms",
                report.hand_ms.alone, report.hand_ms.during_job, report.hand_ms.batch
            ),
        ),
        (
            "slider to verdict",
            format!("{:.1} ms", report.slider_to_verdict_ms),
        ),
        (
            "window frame",
            format!(
                "{:.1} ms median, {:.1} ms 99th percentile of {}",
                report.ui_frame_ms.median, report.ui_frame_ms.p99, report.ui_frame_ms.frames
            ),
        ),
        (
            "during a search",
            format!(
                "{:.1} ms slider to verdict; window frame {:.1} ms median, {:.1} ms 99th percentile of {}; {:.1} frames judged a second",
                report.during_search.slider_to_verdict_ms,
                report.during_search.ui_frame_ms.median,
                report.during_search.ui_frame_ms.p99,
                report.during_search.ui_frame_ms.frames,
                report.during_search.evaluations_per_second
            ),
        ),
        (
            "start to verdict",
            format!("{:.0} ms", report.start_to_verdict_ms),
        ),
        (
            "peak memory",
            report
                .peak_memory_mb
                .map_or_else(none, |mb| format!("{mb:.0} MB")),
        ),
    ];
    for (name, value) in rows {
        output::line(&format!("{name:<18} {value}"))?;
    }
    Ok(())
}
