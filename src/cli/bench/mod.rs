//! `flipscope bench`: how fast this machine is, in medians.

mod drag;
mod explore;
mod latency;
mod list;
mod maps;
mod memory;
mod quantile;
mod report;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, ensure};
use clap::Args;

use flipscope_image::lesion::synthetic::{self, Recipe};
use flipscope_image::lesion::{Frame, Framing};
use flipscope_model::Classifier;

use super::arguments::ModelArguments;
use super::{Outcome, output};
use crate::explorer::priority;
use explore::{explore, write_photograph};
use list::{LongList, long_list, write_pictures};
use quantile::{milliseconds, quantile};
use report::{BenchReport, table};

#[expect(clippy::doc_markdown, reason = "clap prints this comment as help")]
/// Measure this machine: forward pass, slider to verdict, window frame, start, memory
///
/// forward_ms: one frame alone, and one of eight in a batch. latency_ms: from an interactive request to the network's answer
/// without a window, alone, beside an occlusion map and a landscape, and during a job of 300 candidates, where a request
/// waits for the rest of the running batch.
/// slider_to_verdict_ms: from a command of the Alter pane to its verdict in the window's state. ui_frame_ms: how long the
/// window's thread is busy with one frame while the network runs (layout, tessellation, upload and submission; not the time
/// that the graphics adapter takes to draw). during_search: both again, while a search runs in the background; during_maps: while an
/// occlusion map, a landscape and the summary of smallest changes are made.
/// start_to_verdict_ms: a separate process, from its start to the end of one classification. peak_memory_mb: resident memory
/// while exploring one synthetic photograph of 24 megapixels at full resolution. All of these are medians. long_list: a scripted
/// user opens thousands of pictures, scrolls, sorts, filters, searches and explores while they are read and judged: quantiles of
/// ui_frame_ms, apart from the rasteriser, whose own share is given beside them; the processor's time in them (Linux), as a frame also
/// waits for a core that the network has; and resident memory.
#[derive(Debug, Args)]
pub(super) struct Bench {
    /// Print one JSON object
    #[arg(long)]
    json: bool,

    /// Repetitions of each measurement
    #[arg(long, value_name = "N", default_value_t = 9, value_parser = clap::value_parser!(u16).range(1..=1000))]
    repeat: u16,

    /// Pictures in the long list; 0 leaves that part out
    #[arg(long, value_name = "N", default_value_t = 5000, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pictures: u32,

    #[command(flatten)]
    model: ModelArguments,
}

impl Bench {
    pub(super) fn run(self) -> Outcome {
        // Before anything else starts the threads that share the network's work: they yield to the window's thread as in the window.
        priority::start_workers();
        let folder = tempfile::tempdir().context("no temporary folder can be made")?;
        let photograph = folder.path().join("synthetic-24mp.png");
        write_photograph(&photograph)?;
        output::report("exploring a synthetic photograph of 24 megapixels…");
        let explored = explore(&self.model, self.repeat, &photograph)?;
        let long_list = self.long_list(folder.path())?;
        output::report("starting…");
        let small = folder.path().join("synthetic.png");
        synthetic::draw(&Recipe::nevus(1), 600, 450)?.write_png(&small)?;
        let start_to_verdict_ms = self.start_to_verdict(&small)?;
        output::report("requests to the network…");
        let latency_ms = latency::measure(&self.model, self.repeat)?;
        output::report("forward passes…");
        let classifier = self.model.load()?;
        let report = BenchReport {
            device: classifier.device().to_owned(),
            precision: classifier.precision().to_owned(),
            threads: rayon::current_num_threads(),
            forward_ms: self.forward(&classifier)?,
            latency_ms,
            slider_to_verdict_ms: explored.slider_to_verdict_ms,
            ui_frame_ms: explored.ui_frame_ms,
            during_search: explored.during_search,
            during_maps: explored.during_maps,
            start_to_verdict_ms,
            peak_memory_mb: explored.peak_memory_mb,
            long_list,
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

    fn long_list(&self, folder: &Path) -> anyhow::Result<Option<LongList>> {
        if self.pictures == 0 {
            return Ok(None);
        }
        output::report(&format!("using a list of {} pictures…", self.pictures));
        let folder = folder.join("list");
        std::fs::create_dir(&folder).context("no temporary folder can be made")?;
        write_pictures(&folder, self.pictures)?;
        long_list(&self.model, &folder, self.pictures as usize).map(Some)
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
        let program = std::env::current_exe().context("the path of this program is unknown")?;
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
                .context("this program cannot be started again")?;
            ensure!(status.success(), "flipscope classify ended with {status}");
            times.push(milliseconds(start.elapsed()));
        }
        Ok(quantile(times, 0.5))
    }
}
