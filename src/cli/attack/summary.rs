//! What a run prints: a line for each photograph, and a table at the end.

use serde_json::json;

use flipscope_base::human::{at_most_one_decimal, counted, probability_beside};
use flipscope_image::lesion::ColorHandling;
use flipscope_lab::search::{Finding, Scorer, SearchError, Size, StopReason};

use super::one::AttackRequest;
use crate::cli::judged_by;
use crate::cli::naming::Named as Photograph;
use crate::cli::output::{self, Line};

/// The results of a run so far.
#[derive(Default)]
pub(super) struct Summary {
    attack: String,
    from: &'static str,
    pub(super) skipped: usize,
    pub(super) nothing_to_flip: usize,
    pub(super) errors: usize,
    attacked: usize,
    flipped: usize,
    evaluations: Vec<u64>,
    /// Forward-equivalents up to the first flip of each that flips, where the finding says so.
    to_first_flip: Vec<f64>,
    sizes: Vec<Size>,
    seconds: f64,
}

impl Summary {
    pub(super) fn new(request: &AttackRequest) -> Self {
        Self {
            attack: format!(
                "{}, {}, preset {}{}",
                request.attack.name(),
                request.mode,
                request.attack.which_preset(),
                if request.attack.has_strategies() {
                    format!(", strategy {}", request.strategy)
                } else {
                    String::new()
                }
            ),
            from: request.direction.from().name(),
            ..Self::default()
        }
    }

    pub(super) fn count(&mut self, finding: &Finding) {
        self.attacked += 1;
        self.flipped += usize::from(finding.success);
        self.evaluations.push(finding.evaluations);
        (self.to_first_flip).extend(finding.forward_equivalents_to_first_flip);
        self.seconds += finding.seconds;
        if finding.success {
            self.sizes.push(finding.size);
        }
    }

    /// Whether no photograph was attacked, passed over or tried.
    fn is_empty(&self) -> bool {
        self.attacked + self.nothing_to_flip + self.errors == 0
    }

    /// Whether the network has said nothing of any photograph: there was none, or none could be read.
    pub(super) fn none_judged(&self) -> bool {
        self.attacked + self.nothing_to_flip == 0
    }

    /// How many of so many photographs were not searched to the end.
    pub(super) fn left_of(&self, photographs: usize) -> usize {
        // A finding of an earlier run counts as attacked, too.
        photographs.saturating_sub(self.attacked + self.nothing_to_flip + self.errors)
    }

    /// What is said after Ctrl-C, of a run on so many photographs.
    pub(super) fn cancelled(&self, photographs: usize) -> String {
        let of = counted(photographs, "photograph", "photographs");
        if self.is_empty() {
            return format!("cancelled before anything was done: {of} left");
        }
        let left = self.left_of(photographs);
        format!(
            "cancelled with {left} of {of} left: what was done is kept; the same command resumes from there"
        )
    }

    /// The table, one row per line; of nothing there is nothing to sum up: what went wrong has been said.
    pub(super) fn table(&self) -> Vec<String> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut rows = vec![
            ("attack", self.attack.clone()),
            (
                "attacked",
                format!("{} (called {})", self.attacked, self.from),
            ),
            ("flipped", rate(self.flipped, self.attacked)),
        ];
        if let Some(evaluations) = median(self.evaluations.iter().map(|&n| n as f64)) {
            rows.push((
                "frames judged",
                format!("{} (median)", at_most_one_decimal(evaluations)),
            ));
        }
        if let Some(cost) = median(self.to_first_flip.iter().copied()) {
            let cost = format!("{cost:.0}");
            let plural = if cost == "1" { "" } else { "s" };
            let cost = format!("{cost} forward-equivalent{plural} (median)");
            rows.push(("to first flip", cost));
        }
        let size = median(self.sizes.iter().map(|size| size.value));
        if let (Some(size), Some(Size { unit, .. })) = (size, self.sizes.first()) {
            let size = unit.size_in_words(size);
            rows.push(("size of a flip", format!("{size} (median)")));
        }
        rows.push((
            "searching",
            format!("{:.1} s, all searches added up", self.seconds),
        ));
        for (name, count) in [
            ("done before", self.skipped),
            ("not attacked", self.nothing_to_flip),
            ("not done", self.errors),
        ] {
            if count > 0 {
                rows.push((name, count.to_string()));
            }
        }
        rows.iter()
            .map(|(name, value)| format!("{name:<16}  {value}"))
            .collect()
    }
}

/// "k of n", with the Wilson interval of the rate.
fn rate(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "0 of 0".to_owned();
    }
    let (low, high) = wilson(part, whole);
    format!(
        "{part} of {whole}, {:.1} % (95 % interval {:.1} to {:.1})",
        100.0 * part as f64 / whole as f64,
        100.0 * low,
        100.0 * high
    )
}

/// Wilson's score interval of a rate, 95 %.
fn wilson(part: usize, whole: usize) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    let (n, p) = (whole as f64, part as f64 / whole as f64);
    let centre = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    ((centre - half) / scale, (centre + half) / scale)
}

/// The median; the mean of the two middle values if their number is even.
fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get(sorted.len().checked_sub(1)? / 2)?;
    Some(f64::midpoint(*lower, *upper))
}

/// The line of a photograph that was searched.
pub(super) fn found(finding: &Finding, photograph: &Photograph, json: bool) -> Line {
    line(finding, photograph, "searched", json)
}

/// The line of a photograph that already had a finding.
pub(super) fn skipped(finding: &Finding, photograph: &Photograph, json: bool) -> Line {
    line(finding, photograph, "done-before", json)
}

fn line(finding: &Finding, photograph: &Photograph, status: &str, json: bool) -> Line {
    let file = photograph.path.display();
    if json {
        let object = json!({
            "status": status,
            "finding": format!("{}.{}.json", photograph.name, finding.attack.name()),
            "attack": finding.attack.name(), "preset": finding.preset, "mode": finding.mode,
            "direction": finding.direction, "seed": finding.seed, "success": finding.success,
            "p_before": judged_by::short(finding.p_before),
            "p_after": judged_by::short(finding.p_after), "size": finding.size,
            "evaluations": finding.evaluations, "seconds": finding.seconds, "ended": finding.ended,
            "strategy": finding.strategy, "found_by": finding.found_by, "gradients": finding.gradients,
            "forward_equivalents": finding.forward_equivalents,
            "forward_equivalents_to_first_flip": finding.forward_equivalents_to_first_flip,
            "without_gradients": finding.without_gradients,
            "image_sha256": finding.subject.image_sha256, "framing": finding.subject.framing,
            "raw_values": finding.subject.color_handling == ColorHandling::Raw,
            "frame_sha256": finding.frame_sha256, "altered_sha256": finding.altered_sha256,
        });
        let object = judged_by::with(object, judged_by::network_of(finding));
        return Line::Json(output::with_file("file", &photograph.path, object));
    }
    let outcome = if finding.success { "flips" } else { "stays" };
    let again = if status == "searched" {
        ""
    } else {
        ", done before"
    };
    let budget = if finding.ended == StopReason::Budget {
        ", budget spent"
    } else {
        ""
    };
    let gradients = match (&finding.without_gradients, finding.gradients) {
        (Some(_), _) => ", no gradients".to_owned(),
        (None, 0) => String::new(),
        (None, n) => format!(", {}", counted(n, "gradient", "gradients")),
    };
    let proposals = match &finding.proposal_precision {
        Some(proposals) => format!(", candidates in {proposals}"),
        None => String::new(),
    };
    Line::Text(format!(
        "{outcome}  {} → {}  {file}  {}; {}{gradients}{proposals}{budget}{again}",
        probability_beside(finding.p_before, finding.threshold, 3),
        probability_beside(finding.p_after, finding.threshold, 3),
        changed(finding),
        counted(finding.evaluations, "frame", "frames"),
    ))
}

/// What was changed, in words, and how much that is where the words do not say it; the numbers are in the finding.
fn changed(finding: &Finding) -> String {
    let words = finding.perturbation.in_words();
    let Size { value, unit } = finding.size;
    if value == 0.0 || unit.is_said_in_words() {
        words
    } else {
        format!("{words} ({})", unit.size_in_words(value))
    }
}

/// The line of a photograph that is not attacked, since it already has the target verdict.
/// `scorer` has judged it.
pub(super) fn nothing(
    error: &SearchError,
    photograph: &Photograph,
    request: &AttackRequest,
    scorer: &dyn Scorer,
    json: bool,
) -> Line {
    // P(melanoma) has its column.
    let (p, why) = match error {
        SearchError::NothingToFlip {
            label,
            p_melanoma,
            threshold,
        } => (
            Some(*p_melanoma),
            format!(
                "it is called {} already (threshold {threshold})",
                label.name()
            ),
        ),
        error => (None, error.to_string()),
    };
    if json {
        let object = json!({
            "status": "nothing-to-flip", "attack": request.attack.name(),
            "direction": request.direction, "p_before": p.map(judged_by::short),
            "framing": request.framing, "raw_values": request.color_handling == ColorHandling::Raw,
        });
        let (device, precision) = (scorer.device(), scorer.precision());
        let network = judged_by::network(&request.model, request.threshold, device, precision);
        let object = judged_by::with(object, network);
        return Line::Json(output::with_file("file", &photograph.path, object));
    }
    Line::Text(format!(
        "-      {}          {}  not attacked: {why}",
        p.map_or_else(
            || "–".to_owned(),
            |p| probability_beside(p, request.threshold, 3)
        ),
        photograph.path.display()
    ))
}

/// The line of a photograph that could not be searched; none for people, who read the error.
pub(super) fn failed(error: &anyhow::Error, photograph: &Photograph, json: bool) -> Option<Line> {
    let line = || {
        let object = judged_by::failed(&photograph.path, error);
        Line::Json(judged_by::with(object, json!({"status": "failed"})))
    };
    json.then(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_ctrl_c_it_says_how_many_are_left() {
        let mut summary = Summary::default();
        assert_eq!(
            summary.cancelled(1),
            "cancelled before anything was done: 1 photograph left"
        );
        (summary.attacked, summary.skipped) = (2, 1);
        (summary.nothing_to_flip, summary.errors) = (3, 1);
        let said = summary.cancelled(10);
        assert!(
            said.starts_with("cancelled with 4 of 10 photographs left: what was done is kept"),
            "{said}"
        );
        assert_eq!(summary.left_of(6), 0);
    }

    #[test]
    fn wilson_is_scipys() {
        // scipy.stats.binomtest(k, n).proportion_ci(method="wilson")
        for (part, whole, low, high) in [
            (7, 20, 0.181_191_824_101, 0.567_145_723_315),
            (0, 5, 0.0, 0.434_482_464_783),
            (71, 71, 0.948_672_047_810, 1.0),
        ] {
            let (l, h) = wilson(part, whole);
            assert!(
                (l - low).abs() < 1e-9 && (h - high).abs() < 1e-9,
                "{part} of {whole}: {l} {h}"
            );
        }
    }
}
