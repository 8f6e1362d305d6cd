//! The measurements, and the table that people read.

use std::collections::BTreeMap;

use serde::Serialize;

use super::latency::SchedulerLatency;
use super::list::{LongList, Part};
use crate::cli::output;

#[derive(Serialize)]
pub(super) struct BenchReport {
    pub(super) device: String,
    pub(super) precision: String,
    pub(super) threads: usize,
    pub(super) forward_ms: BTreeMap<String, f64>,
    pub(super) latency_ms: SchedulerLatency,
    pub(super) slider_to_verdict_ms: f64,
    pub(super) ui_frame_ms: UiFrame,
    pub(super) during_search: DuringSearch,
    pub(super) during_maps: Dragged,
    pub(super) start_to_verdict_ms: f64,
    pub(super) peak_memory_mb: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) long_list: Option<LongList>,
    pub(super) graphics: Option<String>,
    pub(super) model_sha256: String,
    pub(super) version: &'static str,
}

#[derive(Serialize)]
pub(super) struct DuringSearch {
    #[serde(flatten)]
    pub(super) dragged: Dragged,
    pub(super) evaluations_per_second: f64,
}

/// What moving sliders took.
#[derive(Serialize)]
pub(super) struct Dragged {
    pub(super) slider_to_verdict_ms: f64,
    pub(super) ui_frame_ms: UiFrame,
}

impl Dragged {
    fn in_words(&self) -> String {
        format!(
            "{:.1} ms slider to verdict; window frame {}",
            self.slider_to_verdict_ms,
            self.ui_frame_ms.in_words()
        )
    }
}

#[derive(Serialize)]
pub(super) struct UiFrame {
    pub(super) median: f64,
    pub(super) p99: f64,
    pub(super) frames: usize,
}

impl UiFrame {
    fn in_words(&self) -> String {
        format!(
            "{:.1} ms median, {:.1} ms 99th percentile of {}",
            self.median, self.p99, self.frames
        )
    }
}

pub(super) fn table(report: &BenchReport) -> anyhow::Result<()> {
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
            "request to answer",
            format!(
                "{:.1} ms, {:.1} ms beside maps, and {:.1} ms during a job whose batches take {:.1} ms",
                report.latency_ms.alone,
                report.latency_ms.during_maps,
                report.latency_ms.during_job,
                report.latency_ms.batch
            ),
        ),
        (
            "slider to verdict",
            format!("{:.1} ms", report.slider_to_verdict_ms),
        ),
        ("window frame", report.ui_frame_ms.in_words()),
        (
            "during a search",
            format!(
                "{}; {:.1} frames judged a second",
                report.during_search.dragged.in_words(),
                report.during_search.evaluations_per_second
            ),
        ),
        ("during maps", report.during_maps.in_words()),
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
    match &report.long_list {
        Some(list) => long_list(list),
        None => Ok(()),
    }
}

fn long_list(list: &LongList) -> anyhow::Result<()> {
    let memory = list.memory_mb;
    let memory = memory.map_or_else(String::new, |mb| format!("; {mb:.0} MB of memory"));
    output::line(&format!(
        "{:<18} {} pictures listed in {:.0} ms; {} read and {} judged by the end{memory}",
        "long list", list.pictures, list.listed_ms, list.read, list.judged
    ))?;
    let parts = [
        ("opening", &list.opening),
        ("scrolling", &list.scrolling),
        ("sorting", &list.sorting),
        ("filtering", &list.filtering),
        ("searching", &list.searching),
        ("exploring", &list.exploring),
        ("all frames", &list.all),
    ];
    let working = (list.working.iter()).map(|part| ("their own work", part));
    let beside = ("rasteriser beside", &list.rasteriser);
    for (name, part) in parts.into_iter().chain(working).chain([beside]) {
        let Part {
            frames,
            median,
            p95,
            p99,
            slowest,
        } = part;
        output::line(&format!(
            "  {name:<17} {median:.1} ms median, {p95:.1} ms 95th, {p99:.1} ms 99th percentile of {frames}, slowest {slowest:.1} ms"
        ))?;
    }
    Ok(())
}
