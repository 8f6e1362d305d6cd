//! The page: the plan, the methods, the results, and which file holds the rest.

use std::fmt::Write as _;

use super::Drawn;
use super::figures::Tables;
use super::proofs;
use crate::figures::csv_reader::Row;
use crate::figures::escape::escaped;
use crate::figures::figure::{Figure, shown};
use crate::figures::html::{self, cell, files, of, p_value, rate, rows, short};
use crate::study::plan::{Job, Plan, Role};
use crate::study::tables::Options;
use flipscope_base::human::counted;
use flipscope_image::lesion::ColorHandling;
use flipscope_language::within_sentence;
use flipscope_model::Label;

/// The whole page.
pub(super) fn html(plan: &Plan, tables: &Tables, drawn: &Drawn, options: &Options) -> String {
    let title = format!("Study of {}", escaped(&plan.dataset));
    let mut page = html::begun(&title);
    page += &opening(plan, tables);
    page += &methods(plan, options);
    page += &evaluation(tables, &drawn.evaluation);
    if !tables.perturbations.is_empty() {
        page += &perturbations(tables, &drawn.perturbations);
    }
    if !tables.attacks.is_empty() {
        page += &attacks(tables, drawn);
    }
    if !tables.proofs.is_empty() {
        page += &proofs::section(tables);
    }
    if !tables.comparison.is_empty() {
        page += &comparison(tables);
    }
    page += &html::record(&tables.study);
    page + html::END
}

fn opening(plan: &Plan, tables: &Tables) -> String {
    let count = |label| plan.count(Role::Study, label);
    let models: Vec<String> = plan
        .models
        .iter()
        .map(|model| format!("{} (remedy {})", model.name, model.remedy))
        .collect();
    let mut text = format!(
        "<p>{} and {}, judged by {}.</p>\n",
        counted(count(Label::Melanoma), "melanoma", "melanomas"),
        counted(count(Label::Nevus), "nevus", "nevi"),
        escaped(&models.join("; ")),
    );
    for model in &plan.models {
        for assumption in model.assumptions.iter().filter(|one| one.is_severe()) {
            writeln!(
                text,
                "<p><strong>{}: {}</strong></p>",
                escaped(&model.name),
                escaped(&assumption.text)
            )
            .ok();
        }
    }
    let missing = tables.study.of(&[("fact", "results_missing")]).next();
    let missing = missing.map_or("0", |row| row.text("value"));
    if missing != "0" {
        let all = tables.study.of(&[("fact", "results")]).next();
        let all = all.map_or("", |row| row.text("value"));
        writeln!(
            text,
            "<p><strong>Incomplete: {missing} of {all} results are missing. All numbers below are based on the results so \
            far.</strong></p>"
        )
        .ok();
    }
    text + "<p class=\"note\">For research and teaching. Nothing here is a diagnosis, and no model here is a medical device.</p>\n"
}

fn methods(plan: &Plan, options: &Options) -> String {
    let mut text = "<h2>Methods</h2>\n".to_owned();
    let mut say = |sentence: String| {
        writeln!(text, "<p>{sentence}</p>").ok();
    };
    let reading = match plan.reading {
        ColorHandling::Raw => "as stored, without EXIF orientation or colour profile",
        ColorHandling::Converted => "with EXIF orientation and colour profile applied",
    };
    let models: Vec<String> = plan
        .models
        .iter()
        .map(|model| format!("{}: {}", escaped(&model.name), escaped(&model.terms())))
        .collect();
    say(format!(
        "Photographs were read {reading}, and framed to 299 × 299 pixels of 8 bits a channel as each model expects ({}). A \
         verdict is melanoma if P(melanoma) is at or above the threshold.",
        models.join("; ")
    ));
    for model in &plan.models {
        if !model.remedy.is_none() {
            say(format!(
                "Every frame that {} judged, unaltered, altered or proposed by an attack, went through the remedy {} ({}): its verdicts \
                 are those of the network with the remedy.",
                escaped(&model.name),
                model.remedy,
                within_sentence(&model.remedy.in_words())
            ));
        }
    }
    for model in &plan.models {
        let assumed: Vec<String> = model
            .assumptions
            .iter()
            .map(|one| escaped(&one.text))
            .collect();
        if !assumed.is_empty() {
            say(format!(
                "Assumed about {}, which does not state it: {}",
                escaped(&model.name),
                assumed.join(" ")
            ));
        }
    }
    say(format!(
        "Rates are given with 95 % intervals: after Wilson for proportions; after DeLong for the area under the curve (AUC), or \
         after Newcombe (2006, method 5) where DeLong's variance is 0, as with perfect separation; for balanced accuracy from \
         Wilson's intervals of sensitivity and specificity (MOVER, Zou and Donner 2008). The tables also have intervals by \
         lesion, from {} bootstrap resamples of whole lesions or patients (seed {}). If a method gives no interval, the value \
         is given alone, and the tables say why.",
        options.resamples, plan.seed
    ));
    if !plan.sensitivities.is_empty() {
        let wanted: Vec<String> = plan.sensitivities.iter().map(f64::to_string).collect();
        say(format!(
            "Thresholds for a sensitivity of {} were chosen on {} and {} of a tuning part, about which nothing else is \
             reported.",
            wanted.join(" and "),
            counted(
                plan.count(Role::Tuning, Label::Melanoma),
                "melanoma",
                "melanomas"
            ),
            counted(plan.count(Role::Tuning, Label::Nevus), "nevus", "nevi")
        ));
    }
    let variants: usize = plan
        .jobs
        .iter()
        .filter(|job| matches!(job, Job::Perturbations { .. }))
        .map(|job| job.variants().len())
        .sum();
    if variants > 0 {
        say(format!(
            "Every frame was judged again under {variants} systematic perturbations, each applied to the 8-bit frame and giving \
             an 8-bit frame. A picture flips if its verdict differs from that of the unaltered frame."
        ));
    }
    for job in &plan.jobs {
        if let Job::Attack(campaign) = job {
            say(format!(
                "Attack “{}” ({}): on every {} that the model calls {}, and only on those. An attack counts as a flip if the \
                 altered frame, written as PNG, read back and judged on its own, has the other verdict.",
                campaign.attack.name(),
                escaped(&campaign.details()),
                campaign.direction.from().name(),
                campaign.direction.from().name(),
            ));
        }
        if let Job::Proof(proof) = job {
            say(proofs::method(proof));
        }
    }
    text
}

fn evaluation(tables: &Tables, figures: &[Figure]) -> String {
    let mut text = "<h2>As they are</h2>\n".to_owned();
    text += &rows(
        "Verdicts at each threshold",
        &[
            ("model", &cell("model")),
            ("remedy", &cell("remedy")),
            ("framing", &cell("framing")),
            ("threshold", &cell("threshold")),
            ("P at least", &short("p_melanoma_at_least")),
            ("melanomas found", &of("true_positives", "melanomas")),
            ("sensitivity", &rate("sensitivity")),
            ("nevi left alone", &of("true_negatives", "nevi")),
            ("specificity", &rate("specificity")),
            ("balanced accuracy", &rate("balanced_accuracy")),
        ],
        tables.evaluation.rows(),
    );
    text += &rows(
        "Without a threshold",
        &[
            ("model", &cell("model")),
            ("remedy", &cell("remedy")),
            ("melanomas", &cell("melanomas")),
            ("nevi", &cell("nevi")),
            ("AUC", &rate("auc")),
            ("interval of the AUC", &cell("auc_interval")),
            (
                "expected calibration error",
                &short("expected_calibration_error"),
            ),
            ("Brier score", &short("brier_score")),
        ],
        tables.areas.rows(),
    );
    text += &shown(figures);
    text + &files(&[
        "evaluation.csv",
        "auc_calibration.csv",
        "reliability.csv",
        "lesions.csv",
    ])
}

fn perturbations(tables: &Tables, figures: &[Figure]) -> String {
    let mut text = "<h2>Systematically perturbed</h2>\n".to_owned();
    let threshold = tables.threshold().to_owned();
    let at = [("threshold", threshold.as_str())];
    let seed = tables.families.rows().next();
    let seed = seed.map_or("", |row| row.text("seed"));
    text += &rows(
        &format!("Families of perturbations, threshold {threshold}, seed {seed}"),
        &[
            ("family", &cell("family")),
            ("model", &cell("model")),
            ("remedy", &cell("remedy")),
            ("rendering", &cell("rendering")),
            ("variants", &cell("variants")),
            ("mean balanced error", &short("mean_balanced_error")),
            ("more than unaltered", &short("relative_balanced_error")),
            ("always right", &of("always_right", "pictures")),
            ("always wrong", &cell("always_wrong")),
            ("right → wrong", &cell("right_to_wrong")),
            ("wrong → right", &cell("wrong_to_right")),
            ("right → wrong, rate", &rate("right_to_wrong_rate")),
            (
                "of the melanomas",
                &of("melanomas_right_to_wrong", "melanomas"),
            ),
        ],
        tables.families.of(&at),
    );
    text += &rows(
        "Benchmark figures (not divided by a baseline network's)",
        &[
            ("figure", &cell("figure")),
            ("model", &cell("model")),
            ("remedy", &cell("remedy")),
            ("threshold", &cell("threshold")),
            ("value", &short("value")),
            ("families", &cell("families")),
        ],
        tables.robustness.rows(),
    );
    text += &shown(figures);
    text + &files(&[
        "perturbations.csv",
        "families.csv",
        "robustness.csv",
        "scores.csv",
    ])
}

fn attacks(tables: &Tables, drawn: &Drawn) -> String {
    let mut text = "<h2>Attacked</h2>\n".to_owned();
    let size = |row: Row<'_>| match row.number("size_of_flips_median") {
        Some(median) => format!("{median:.2} {}", row.text("size_unit")),
        None => "–".to_owned(),
    };
    text += &rows(
        "Attacks",
        &[
            ("attack", &cell("attack")),
            ("model", &cell("model")),
            ("remedy", &cell("remedy")),
            ("framing", &cell("framing")),
            ("threshold", &cell("threshold")),
            ("preset", &cell("preset")),
            ("mode", &cell("mode")),
            ("direction", &cell("direction")),
            ("budget, frames", &cell("budget_frames")),
            ("seed", &cell("seed")),
            ("attacked", &of("attacked", "labelled")),
            ("flipped", &of("flipped", "attacked")),
            ("rate", &rate("flip_rate")),
            ("frames judged (median)", &short("frames_judged_median")),
            ("size of flips (median)", &size),
            ("parameters", &cell("parameters")),
        ],
        tables.attacks.rows(),
    );
    text += &shown(&drawn.attacks);
    for note in &drawn.notes {
        writeln!(text, "<p class=\"note\">{}</p>", escaped(note)).ok();
    }
    text + &files(&[
        "attacks.csv",
        "attack_confidence.csv",
        "attack_sizes.csv",
        "attack_lesions.csv",
    ])
}

fn comparison(tables: &Tables) -> String {
    let text = rows(
        "Two models on the same pictures; p corrected after Holm over all comparisons of the study",
        &[
            ("first", &cell("first")),
            ("second", &cell("second")),
            ("remedy of the first", &cell("first_remedy")),
            ("remedy of the second", &cell("second_remedy")),
            ("question", &cell("question")),
            ("threshold", &cell("threshold")),
            ("first", &short("first_value")),
            ("second", &short("second_value")),
            ("difference", &short("difference")),
            ("only first right", &cell("only_first_right")),
            ("only second right", &cell("only_second_right")),
            ("test", &cell("test")),
            ("p", &p_value("p")),
            ("p, corrected", &p_value("p_holm")),
            ("note", &cell("note")),
        ],
        tables.comparison.rows(),
    );
    format!("<h2>Compared</h2>\n{text}{}", files(&["comparison.csv"]))
}
