//! What a finding says, in words: for its card, its row, and as a text to be copied.

use flipscope_base::human::{self, probability_beside};
use flipscope_base::untrusted::printable;
use flipscope_lab::search::{Finding, Mode, StopReason, about_threshold};
use flipscope_language::{decimal, decimal_mark, text, within_sentence};
use flipscope_model::model_in_words;

use crate::explorer::explore::lesion::name_in_words;
use crate::explorer::panels::framing;
use crate::explorer::search::direction;
use crate::explorer::search::state::TrayFinding;

/// All of it in lines, without a picture or a sign that only a screen has: a verdict is a word and a number.
pub(crate) fn copied(kept: &TrayFinding) -> String {
    let finding = &kept.found.finding;
    let [before, after] = kept.verdicts().map(|verdict| {
        let label = verdict.label(finding.threshold).in_words();
        let p = probability_beside(verdict.p_melanoma, finding.threshold, 3);
        format!("{label}, {p}")
    });
    let verdicts = text!(
        "search-copied-verdicts",
        before = before,
        after = after,
        outcome = kept.outcome(),
        threshold = decimal(finding.threshold)
    );
    let network = text!(
        "search-copied-network",
        network = model_in_words(&printable(&finding.model)),
        remedy = within_sentence(&finding.remedy.in_words())
    );
    let mut lines = vec![
        format!("{}: {}", name_in_words(&kept.name), kept.title()),
        verdicts,
        changed(kept),
        finding.size.unit.size_in_words(finding.size.value),
        distances(finding),
        direction_and_framing(kept),
        how(finding),
    ];
    lines.extend(proposals(finding));
    lines.push(network);
    lines.join("\n")
}

/// From which verdict to which, and the framing of the frame.
pub(crate) fn direction_and_framing(kept: &TrayFinding) -> String {
    let finding = &kept.found.finding;
    text!(
        "search-asked",
        direction = direction::in_words(finding.direction),
        framing = framing::in_words(finding.subject.framing)
    )
}

/// What was changed, as a sentence.
pub(crate) fn changed(kept: &TrayFinding) -> String {
    let words = kept.found.finding.perturbation.in_words();
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => words,
    }
}

/// What the search cost. Where nothing flipped, the outcome says why it ended.
pub(crate) fn how(finding: &Finding) -> String {
    let (frames, seed) = (finding.evaluations, finding.seed.to_string());
    let seconds = decimal(format!("{:.1}", finding.seconds));
    match finding.ended {
        StopReason::Cancelled if finding.success => {
            text!(
                "search-how-cancelled",
                frames = frames,
                seconds = seconds,
                seed = seed
            )
        }
        StopReason::Budget if finding.success => {
            text!(
                "search-how-budget",
                frames = frames,
                seconds = seconds,
                seed = seed
            )
        }
        StopReason::Cancelled
        | StopReason::Budget
        | StopReason::Flipped
        | StopReason::Exhausted
        | StopReason::Converged
        | StopReason::Confident => {
            text!(
                "search-how",
                frames = frames,
                seconds = seconds,
                seed = seed
            )
        }
    }
}

/// In which type candidates were judged, and how near to deciding something they were judged again; nothing where one type judged everything.
pub(crate) fn proposals(finding: &Finding) -> Option<String> {
    let proposals = finding.proposal_precision.as_deref()?;
    let (fast, exact) = (proposals.to_owned(), finding.precision.clone());
    let measured = finding.proposal_margin.zip(finding.proposal_margin_frames);
    let Some((margin, frames)) = measured else {
        return Some(text!("search-proposals", fast = fast, exact = exact));
    };
    let margin_in_words = decimal(format!("{margin:.2}"));
    if finding.mode == Mode::Lowest {
        return Some(text!(
            "search-proposals-lowest",
            fast = fast,
            exact = exact,
            margin = margin_in_words,
            frames = frames
        ));
    }
    let [low, high] = about_threshold(finding.threshold, margin);
    Some(text!(
        "search-proposals-threshold",
        fast = fast,
        exact = exact,
        margin = margin_in_words,
        low = decimal(format!("{low:.3}")),
        high = decimal(format!("{high:.3}")),
        frames = frames
    ))
}

/// How far the altered frame is from the original.
pub(crate) fn distances(finding: &Finding) -> String {
    let d = &finding.distances;
    text!(
        "search-distances",
        mean = short(d.delta_e_mean),
        most = short(d.delta_e_max),
        linf = d.l_inf.to_string(),
        l2 = short(d.l2),
        ssim = d.ssim_in_words()
    )
}

/// About three digits; what is not zero is not shown as zero.
fn short(value: f64) -> String {
    match value.abs() {
        small if small < 10.0 => human::size(value),
        middling if middling < 100.0 => decimal(format!("{value:.1}")),
        _ if value < 1000.0 => format!("{value:.0}"),
        _ => thousands(value.round() as u64),
    }
}

/// A whole number with the language's mark between its thousands.
fn thousands(value: u64) -> String {
    let grouped = human::grouped(value);
    match decimal_mark() {
        ',' => grouped.replace(',', "\u{a0}"),
        _ => grouped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_has_about_three_digits_and_is_zero_only_if_it_is() {
        let shown = [0.0, 0.0004, 1.234, 23.45, 345.6, 12_345.0].map(short);
        assert_eq!(shown, ["0.00", "< 0.01", "1.23", "23.4", "346", "12,345"]);
    }

    /// A finding of a search that judged one frame.
    #[cfg(feature = "demo-model")]
    fn finding() -> Finding {
        use flipscope_base::cancel::Cancel;
        use flipscope_image::lesion::{ColorHandling, Framing, synthetic};
        use flipscope_lab::search::{
            Attack, AttackKind, Budget, Direction, Preset, Search, Strategy, Subject, run,
        };
        use flipscope_model::{Classifier, DeviceChoice, ModelSource};

        let recipe = &synthetic::samples()[0].recipe;
        let raster = synthetic::draw(recipe, 400, 300).unwrap();
        let search = Search {
            subject: Subject {
                image: "synthetic".to_owned(),
                image_sha256: None,
                framing: Framing::Squash,
                color_handling: ColorHandling::Converted,
            },
            frame: std::sync::Arc::new(Framing::Squash.apply(&raster)),
            attack: Attack::preset(AttackKind::Colour, Preset::Default),
            mode: Mode::First,
            strategy: Strategy::Random,
            direction: Direction::MelanomaToNevus,
            threshold: 0.5,
            seed: 1,
            budget: Budget {
                evaluations: Some(1),
                seconds: None,
            },
        };
        let demo = Classifier::load(&ModelSource::DEMO, DeviceChoice::Cpu).unwrap();
        let found = run(&demo, &search, &Cancel::default(), &mut |_| {});
        found.unwrap().finding
    }

    #[cfg(feature = "demo-model")]
    #[test]
    fn the_type_of_proposals_and_their_margin_are_said_in_words() {
        use flipscope_language::{Language, within};
        let mut finding = finding();
        assert_eq!(proposals(&finding), None);
        finding.proposal_precision = Some("bf16".to_owned());
        let said = proposals(&finding).unwrap();
        assert_eq!(said, "Candidates judged in bf16, what is reported in f32");
        (finding.proposal_margin, finding.proposal_margin_frames) = (Some(0.04), Some(9));
        let said = proposals(&finding).unwrap();
        let margin = "within the margin of the threshold: 0.04 in log-odds (P from 0.490 to 0.510)";
        assert!(said.contains(margin), "{said}");
        assert!(said.contains("on 9 frames"), "{said}");
        let german = within(Language::German, || proposals(&finding).unwrap());
        assert!(
            german.contains("0,04 in Log-Odds (P von 0,490 bis 0,510)"),
            "{german}"
        );
        finding.mode = Mode::Lowest;
        let said = proposals(&finding).unwrap();
        let margin = "within the margin of the lowest: 0.04 in log-odds, twice";
        assert!(said.contains(margin), "{said}");
        finding.proposal_margin_frames = Some(1);
        let german = within(Language::German, || proposals(&finding).unwrap());
        assert!(
            german.contains("0,04") && german.contains("an 1 Bild"),
            "{german}"
        );
    }
}
