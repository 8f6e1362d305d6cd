//! Draws the README's pictures of the window into a folder: `window.png`, `presenter.png`, `german.png`, and `first-flip.gif`, an
//! animation of a slider that is dragged until the verdict flips.
//!
//! `cargo run --release --example draw_pictures -- docs/images`. The lesion is synthetic; every verdict is the demo model's. Made
//! with a software adapter, so that every machine draws the same.

#![allow(clippy::print_stdout, reason = "a program that says what it has drawn")]

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use egui::{Theme, Vec2};
use egui_kittest::Harness;
use flipscope::explorer::command::Command;
use flipscope::explorer::history::Gesture;
use flipscope::explorer::page::Tool;
use flipscope::explorer::presenter::command::PresenterCommand;
use flipscope::explorer::search::command::SearchCommand;
use flipscope::explorer::state::State;
use flipscope::explorer::{App, Launch, preview};
use flipscope_image::perturb::Perturbation;
use flipscope_language::Language;

/// The window in the README.
const SIZE: [f32; 2] = [1280.0, 720.0];
/// The window in the animation: as small as still shows everything.
const SMALL: [f32; 2] = [1024.0, 640.0];
/// Hundredths of a second that a picture of the animation stays, and that the first and the last stay.
const STEP: u16 = 9;
const PAUSE: u16 = 180;
/// The sample that flips with a little less green.
const SAMPLE: usize = 1;
/// A step of the green slider, and how far it is dragged at most.
const STEP_OF_GREEN: f64 = 0.001;
const MOST: f64 = 0.35;
/// Only bounds a hang.
const HANG: Duration = Duration::from_mins(5);

type Picture = image::RgbaImage;

fn main() -> anyhow::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.context("name the folder for the pictures, such as docs/images")?;
    flip(&folder.join("first-flip.gif"))?;
    let mut window = Window::start(SIZE, Theme::Dark)?;
    window.found()?;
    window.save(&folder.join("window.png"))?;
    window.ask(Command::Language(Language::German));
    window.save(&folder.join("german.png"))?;
    window.ask(Command::Language(Language::English));
    window.ask(Command::Presenter(PresenterCommand::Toggle));
    window.0.run_steps(20);
    window.save(&folder.join("presenter.png"))
}

struct Window(Harness<'static, App>);

impl Window {
    /// With the first sample open and judged.
    fn start(size: [f32; 2], theme: Theme) -> anyhow::Result<Self> {
        let harness = Harness::builder()
            .with_size(size)
            .with_theme(theme)
            .with_max_steps(60)
            .with_render_cursor(false)
            .wgpu()
            .build_eframe(move |context| {
                let render_state = context.wgpu_render_state.as_ref();
                if let Some(render_state) = render_state {
                    preview::install(render_state);
                }
                // Without threads there is no window to draw.
                App::new(&context.egui_ctx, render_state.is_some(), Launch::default())
                    .unwrap_or_else(|error| unreachable!("{error}"))
            });
        let mut window = Self(harness);
        window.ask(Command::OpenSamples(SAMPLE));
        window.judged()?;
        window.until("the list's verdicts", |state| {
            (state.lesions.iter()).all(|lesion| lesion.answers.primary.before.is_some())
        })?;
        Ok(window)
    }

    fn state(&self) -> &State {
        self.0.state().state()
    }

    fn ask(&mut self, command: Command) {
        self.0.state_mut().command(command);
        self.0.run_steps(3);
    }

    fn until(&mut self, what: &str, done: impl Fn(&State) -> bool) -> anyhow::Result<()> {
        let start = Instant::now();
        while !done(self.state()) {
            if start.elapsed() > HANG {
                bail!("{what} did not come");
            }
            self.0.step();
            std::thread::sleep(Duration::from_millis(4));
        }
        self.0.run_steps(3);
        Ok(())
    }

    fn judged(&mut self) -> anyhow::Result<()> {
        self.until("a verdict", |state| {
            state.current().is_some_and(|lesion| {
                lesion.current().is_some() && lesion.answers.primary.before.is_some()
            })
        })
    }

    /// With the first flip that a search by colour finds on the sliders, and their bands.
    fn found(&mut self) -> anyhow::Result<()> {
        self.ask(Command::Search(SearchCommand::Start));
        self.until("a finding", |state| !state.searches.findings.is_empty())?;
        let finding = self.state().searches.findings.first().map(|kept| kept.id);
        self.ask(Command::Search(SearchCommand::Apply(
            finding.context("a finding")?,
        )));
        self.ask(Command::ShowTool(Tool::Alter));
        self.judged()?;
        for _ in 0..1500 {
            self.0.step();
            std::thread::sleep(Duration::from_millis(10));
        }
        let messages = self.state().messages.iter().map(|message| message.id);
        for id in messages.collect::<Vec<_>>() {
            self.ask(Command::Dismiss(id));
        }
        Ok(())
    }

    fn picture(&mut self) -> anyhow::Result<Picture> {
        self.0.remove_cursor();
        self.0.run_steps(2);
        self.0.render().map_err(anyhow::Error::msg)
    }

    fn save(&mut self, path: &Path) -> anyhow::Result<()> {
        self.picture()?.save(path)?;
        println!("{}", path.display());
        Ok(())
    }
}

/// The green slider is dragged down until the verdict flips.
fn flip(path: &Path) -> anyhow::Result<()> {
    let mut window = Window::start(SMALL, Theme::Dark)?;
    for _ in 0..1500 {
        window.0.step();
        std::thread::sleep(Duration::from_millis(10));
    }
    let before = window.label()?;
    let mut pictures = vec![(window.picture()?, PAUSE)];
    let mut less = 0.0;
    loop {
        less += STEP_OF_GREEN;
        if less > MOST {
            bail!(
                "the sample does not flip by green down to {:.3}",
                1.0 - MOST
            );
        }
        let mut altered = Perturbation::default();
        altered.gain[1] = 1.0 - less;
        window.ask(Command::Alter(Gesture::Click, Arc::new(altered)));
        window.judged()?;
        let flipped = window.label()? != before;
        pictures.push((window.picture()?, if flipped { PAUSE } else { STEP }));
        if flipped {
            break;
        }
    }
    animate(&pictures, path)?;
    println!("{}: flips at green × {:.3}", path.display(), 1.0 - less);
    Ok(())
}

impl Window {
    fn label(&self) -> anyhow::Result<flipscope_model::Label> {
        let lesion = self.state().current().context("a lesion")?;
        let answer = lesion.current().context("a verdict")?;
        Ok(self.state().label(&answer.verdict))
    }
}

/// Pictures one after the other, each with its duration in hundredths of a second; only what changes is stored.
fn animate(pictures: &[(Picture, u16)], path: &Path) -> anyhow::Result<()> {
    let (first, _) = pictures.first().context("no picture")?;
    let [width, height] = [first.width(), first.height()].map(|side| side as u16);
    let mut encoder = gif::Encoder::new(File::create(path)?, width, height, &[])?;
    encoder.set_repeat(gif::Repeat::Infinite)?;
    let mut before: Option<&Picture> = None;
    for (picture, delay) in pictures {
        let [left, top, wide, high] = changed(before, picture);
        let mut part = image::imageops::crop_imm(picture, left, top, wide, high)
            .to_image()
            .into_raw();
        let mut frame = gif::Frame::from_rgba_speed(wide as u16, high as u16, &mut part, 10);
        frame.left = left as u16;
        frame.top = top as u16;
        frame.delay = *delay;
        frame.dispose = gif::DisposalMethod::Keep;
        encoder.write_frame(&frame)?;
        before = Some(picture);
    }
    Ok(())
}

/// Left, top, width and height of what differs from the picture before; one pixel if nothing does.
fn changed(before: Option<&Picture>, picture: &Picture) -> [u32; 4] {
    let Some(before) = before else {
        return [0, 0, picture.width(), picture.height()];
    };
    let (mut from, mut to) = (Vec2::INFINITY, Vec2::ZERO);
    for ((x, y, pixel), earlier) in picture.enumerate_pixels().zip(before.pixels()) {
        if pixel != earlier {
            let at = Vec2::new(x as f32, y as f32);
            from = from.min(at);
            to = to.max(at + Vec2::splat(1.0));
        }
    }
    if from.x > to.x {
        return [0, 0, 1, 1];
    }
    let size = to - from;
    [from.x, from.y, size.x, size.y].map(|length| length as u32)
}
