//! A scripted user of a long list, in the window without a screen: opens thousands of pictures, scrolls, sorts, filters, searches,
//! moves with the keys, while the pictures are read and judged.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use egui::{Event, Key, Modifiers, MouseWheelUnit, Pos2, TouchPhase, Vec2};
use serde::Serialize;

use crate::cli::arguments::ModelArguments;
use crate::explorer::Launch;
use crate::explorer::command::Command as Ask;
use crate::explorer::explore::list::arrange::Filter;
use crate::explorer::explore::list::columns::Column;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::headless::{FrameTime, Headless};
use flipscope_image::lesion::synthetic::{self, Recipe};

use super::memory::resident_mb;
use super::quantile::{milliseconds, quantile};

/// Size of the window.
const WINDOW: Vec2 = egui::vec2(1366.0, 768.0);
/// A place in the list.
const IN_LIST: Pos2 = egui::pos2(100.0, 500.0);
/// Between two frames of a screen.
const REFRESH: Duration = Duration::from_micros(16_667);
/// Pictures that differ; the others are links to them.
const DIFFERENT: u32 = 24;
/// What bounds a hang.
const PATIENCE: Duration = Duration::from_mins(5);

/// Frames of one part of the script, in milliseconds.
#[derive(Serialize)]
pub(super) struct Part {
    pub(super) frames: usize,
    pub(super) median: f64,
    pub(super) p95: f64,
    pub(super) p99: f64,
    pub(super) slowest: f64,
}

/// What was measured.
#[derive(Serialize)]
pub(super) struct LongList {
    pub(super) pictures: usize,
    /// From the command to the list.
    pub(super) listed_ms: f64,
    /// Until all are listed, and while the first are read.
    pub(super) opening: Part,
    pub(super) scrolling: Part,
    pub(super) sorting: Part,
    pub(super) filtering: Part,
    pub(super) searching: Part,
    pub(super) exploring: Part,
    /// All frames.
    pub(super) all: Part,
    /// The processor's time in them (Linux), without waiting for a core.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) working: Option<Part>,
    /// The graphics adapter, after the window's thread has submitted a frame.
    pub(super) rasteriser: Part,
    pub(super) read: usize,
    pub(super) judged: usize,
    /// The most resident memory after a frame, in units of 10⁶ bytes.
    pub(super) memory_mb: Option<f64>,
}

/// A folder of this many pictures with a table of labels.
pub(super) fn write_pictures(folder: &Path, count: u32) -> anyhow::Result<()> {
    let name = |at: u32| format!("lesion-{at:05}.png");
    let mut labels = "image_id,diagnosis\n".to_owned();
    for at in 0..count {
        let melanoma = at % 3 == 0;
        let path = folder.join(name(at));
        if at < DIFFERENT {
            let share = at as f32 / DIFFERENT as f32;
            let recipe = Recipe::between(u64::from(at), share);
            synthetic::draw(&recipe, 600, 450)?.write_png(&path)?;
        } else {
            let source = folder.join(name(at % DIFFERENT));
            std::fs::hard_link(&source, &path)
                .or_else(|_| std::fs::copy(&source, &path).map(|_| ()))
                .with_context(|| format!("{} cannot be written", path.display()))?;
        }
        let diagnosis = if melanoma { "melanoma" } else { "nevus" };
        writeln!(labels, "lesion-{at:05},{diagnosis}").ok();
    }
    std::fs::write(folder.join("labels.csv"), labels).context("the labels cannot be written")
}

pub(super) fn long_list(
    model: &ModelArguments,
    folder: &Path,
    pictures: usize,
) -> anyhow::Result<LongList> {
    let mut user = User::new(model)?;
    let start = Instant::now();
    user.ask(Ask::Open(vec![folder.to_owned()]));
    while user.window.app().state().lesions.len() < pictures {
        ensure!(start.elapsed() < PATIENCE, "the list did not come");
        user.frame(Vec::new());
    }
    let listed_ms = milliseconds(start.elapsed());
    user.frames(60, |_| Vec::new());
    let opening = user.end_of_part();

    user.point();
    // Down in long strides, and back in short ones.
    user.frames(240, |_| wheel(-900.0));
    user.frames(240, |_| wheel(120.0));
    let scrolling = user.end_of_part();

    for column in [
        Column::P,
        Column::P,
        Column::Name,
        Column::Truth,
        Column::Outcome,
    ] {
        user.ask(Ask::List(ListCommand::Sort(column)));
        user.frames(12, |_| wheel(-300.0));
    }
    let sorting = user.end_of_part();

    for filter in [
        Filter::Melanomas,
        Filter::Nevi,
        Filter::Wrong,
        Filter::NearThreshold,
        Filter::All,
    ] {
        user.ask(Ask::List(ListCommand::Filter(filter)));
        user.frames(12, |_| wheel(-300.0));
    }
    let filtering = user.end_of_part();

    user.ask(Ask::List(ListCommand::Find));
    user.frames(4, |_| Vec::new());
    for letter in "lesion-012".chars() {
        user.frame(vec![Event::Text(letter.to_string())]);
        user.frames(4, |_| Vec::new());
    }
    user.ask(Ask::List(ListCommand::Search(String::new())));
    user.frames(12, |_| Vec::new());
    let searching = user.end_of_part();

    user.ask(Ask::List(ListCommand::First));
    for step in 0..60 {
        user.ask(Ask::Step(1));
        user.frames(3, |_| Vec::new());
        if step % 20 == 19 {
            user.frame(vec![key(Key::End, true), key(Key::End, false)]);
        }
    }
    let exploring = user.end_of_part();

    let state = user.window.app().state();
    let lesions = &state.lesions;
    let read = (lesions.iter()).filter(|lesion| lesion.thumbnail().is_some());
    let judged = (lesions.iter()).filter(|lesion| lesion.answers.primary.before.is_some());
    let (read, judged) = (read.count(), judged.count());
    let drawing = user.all.iter().map(|time| milliseconds(time.drawing));
    let drawing: Vec<f64> = drawing.collect();
    let working = user.all.iter().map(|time| time.working.map(milliseconds));
    let working: Option<Vec<f64>> = working.collect();
    Ok(LongList {
        pictures,
        listed_ms,
        opening,
        scrolling,
        sorting,
        filtering,
        searching,
        exploring,
        all: Part::of(&busy(&user.all)),
        working: working.as_deref().map(Part::of),
        rasteriser: Part::of(&drawing),
        read,
        judged,
        memory_mb: user.memory_mb,
    })
}

impl Part {
    fn of(times: &[f64]) -> Self {
        let at = |q| quantile(times.to_vec(), q);
        Self {
            frames: times.len(),
            median: at(0.5),
            p95: at(0.95),
            p99: at(0.99),
            slowest: at(1.0),
        }
    }
}

fn busy(frames: &[FrameTime]) -> Vec<f64> {
    frames.iter().map(|time| milliseconds(time.busy)).collect()
}

fn wheel(points: f32) -> Vec<Event> {
    vec![Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        source: egui::MouseWheelSource::Unknown,
        delta: egui::vec2(0.0, points),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    }]
}

fn key(key: Key, pressed: bool) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    }
}

/// A person at the window, who never waits.
struct User {
    window: Headless,
    all: Vec<FrameTime>,
    /// Where the current part begins.
    part: usize,
    memory_mb: Option<f64>,
}

impl User {
    fn new(model: &ModelArguments) -> anyhow::Result<Self> {
        let launch = Launch {
            model: model.source(),
            overrides: model.overrides(),
            device: model.device(),
            ..Launch::default()
        };
        let mut window = Headless::new(launch, WINDOW)?;
        let start = Instant::now();
        while window.app().state().model.ready.is_none() {
            ensure!(start.elapsed() < PATIENCE, "the model was not loaded");
            window.frame();
            std::thread::sleep(REFRESH);
        }
        Ok(Self {
            window,
            all: Vec::new(),
            part: 0,
            memory_mb: None,
        })
    }

    fn ask(&mut self, command: Ask) {
        self.window.app().command(command);
    }

    fn point(&mut self) {
        self.frame(vec![Event::PointerMoved(IN_LIST)]);
    }

    fn frames(&mut self, count: usize, events: impl Fn(usize) -> Vec<Event>) {
        for at in 0..count {
            self.frame(events(at));
        }
    }

    /// One frame, at the pace of a screen.
    fn frame(&mut self, events: Vec<Event>) {
        let start = Instant::now();
        self.all.push(self.window.frame_with(events));
        if self.all.len().is_multiple_of(30) {
            let now = resident_mb();
            self.memory_mb = self.memory_mb.into_iter().chain(now).reduce(f64::max);
        }
        std::thread::sleep(REFRESH.saturating_sub(start.elapsed()));
    }

    fn end_of_part(&mut self) -> Part {
        let times = busy(self.all.get(self.part..).unwrap_or_default());
        self.part = self.all.len();
        Part::of(&times)
    }
}
