//! The page: the plan, the methods, the results, and which file holds the rest.

use super::Drawn;
use super::figures::Tables;
use super::proofs;
use crate::figures::csv_reader::Row;
use crate::figures::escape::escaped;
use crate::figures::figure::{Figure, shown};
use crate::figures::html::{self, cell, files, model, of, p_value, rate, rows, short};
use crate::search::SizeUnit;
use crate::study::plan::{Job, Model, Plan, Role, details_in_words};
use crate::study::tables::Options;
use flipscope_image::lesion::ColorHandling;
use flipscope_language::{as_text, text, within_sentence};
use flipscope_model::{Assumption, Label, model_in_words};

/// The whole page, in this thread's language; cells are those of the tables.
pub(super) fn html(plan: &Plan, tables: &Tables, drawn: &Drawn, options: &Options) -> String {
    let title = text!("page-study-of", dataset = &*plan.dataset);
    let mut page = html::begun(&escaped(&title));
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
        page += &proofs::section(plan, tables);
    }
    if !tables.comparison.is_empty() {
        page += &comparison(tables);
    }
    page += &html::record(&tables.study);
    page + html::END
}

/// "12 melanomas and 6 nevi".
fn lesions(plan: &Plan, role: Role) -> String {
    let [melanomas, nevi] = [Label::Melanoma, Label::Nevus].map(|label| plan.count(role, label));
    let nevi = text!("plan-nevi", count = nevi);
    text!("plan-lesions", count = melanomas, nevi = nevi)
}

fn opening(plan: &Plan, tables: &Tables) -> String {
    let models: Vec<String> = plan
        .models
        .iter()
        .map(|model| {
            text!(
                "page-model-with-remedy",
                model = model_in_words(&model.name),
                remedy = html::remedy_name(&model.remedy.to_string())
            )
        })
        .collect();
    let mut text = html::paragraph(&text!(
        "page-judged-by",
        lesions = lesions(plan, Role::Study),
        models = models.join("; ")
    ));
    for model in &plan.models {
        for assumption in model.assumptions.iter().filter(|one| one.is_severe()) {
            let name = model_in_words(&model.name);
            text += &html::warning(&format!("{name}: {}", assumption.said()));
        }
    }
    let fact = |name: &str| {
        let row = tables.study.rows().find(|row| row.text("fact") == name);
        row.map_or("", |row| row.text("value"))
    };
    let missing = fact("results_missing");
    if !matches!(missing, "" | "0") {
        let all = fact("results");
        text += &html::warning(&text!("page-incomplete", missing = missing, all = all));
    }
    text + &html::note(text!("page-no-diagnosis"))
}

fn methods(plan: &Plan, options: &Options) -> String {
    let mut page = html::heading(text!("page-methods"));
    let mut say = |sentence: String| page += &html::paragraph(&sentence);
    let models: Vec<String> = (plan.models.iter())
        .map(|model| format!("{}: {}", model_in_words(&model.name), terms(model)))
        .collect();
    let models = models.join("; ");
    say(match plan.reading {
        ColorHandling::Raw => text!("page-read-raw", models = models),
        ColorHandling::Converted => text!("page-read-converted", models = models),
    });
    for model in &plan.models {
        if !model.remedy.is_none() {
            say(text!(
                "page-remedy-applied",
                model = model_in_words(&model.name),
                remedy = as_text(&model.remedy),
                words = within_sentence(&model.remedy.in_words())
            ));
        }
    }
    for model in &plan.models {
        let assumed: Vec<&str> = (model.assumptions.iter()).map(Assumption::said).collect();
        if !assumed.is_empty() {
            say(text!(
                "page-assumed",
                model = model_in_words(&model.name),
                assumed = assumed.join(" ")
            ));
        }
    }
    say(text!(
        "page-intervals",
        resamples = as_text(&options.resamples),
        seed = as_text(&plan.seed)
    ));
    if !plan.sensitivities.is_empty() {
        let wanted: Vec<String> = plan.sensitivities.iter().map(f64::to_string).collect();
        say(text!(
            "page-thresholds",
            wanted = wanted.join(text!("page-and")),
            lesions = lesions(plan, Role::Tuning)
        ));
    }
    let variants: usize = plan
        .jobs
        .iter()
        .filter(|job| matches!(job, Job::Perturbations { .. }))
        .map(|job| job.variants().len())
        .sum();
    if variants > 0 {
        say(text!("page-perturbed", variants = as_text(&variants)));
    }
    for job in &plan.jobs {
        if let Job::Attack(campaign) = job {
            let attack = details_in_words(campaign.attack.name());
            let details = details_in_words(&campaign.details());
            say(match campaign.direction.from() {
                Label::Melanoma => {
                    text!("page-attack-melanomas", attack = attack, details = details)
                }
                Label::Nevus => text!("page-attack-nevi", attack = attack, details = details),
            });
        }
        if let Job::Proof(proof) = job {
            say(proofs::method(proof));
        }
    }
    page
}

/// What a model's verdicts depend on: "framing squash, threshold 0.5, f32, remedy none".
fn terms(model: &Model) -> String {
    text!(
        "page-terms",
        framing = as_text(&model.framing),
        threshold = as_text(&model.threshold),
        precision = &*model.precision,
        remedy = html::remedy_name(&model.remedy.to_string())
    )
}

fn evaluation(tables: &Tables, figures: &[Figure]) -> String {
    let mut page = html::heading(text!("page-as-they-are"));
    page += &rows(
        text!("page-verdicts"),
        &[
            (text!("page-model"), &model("model")),
            (text!("page-remedy"), &cell("remedy")),
            (text!("page-framing"), &cell("framing")),
            (text!("page-threshold"), &cell("threshold")),
            (text!("page-p-at-least"), &short("p_melanoma_at_least")),
            (
                text!("page-melanomas-found"),
                &of("true_positives", "melanomas"),
            ),
            (text!("page-sensitivity"), &rate("sensitivity")),
            (text!("page-nevi-left"), &of("true_negatives", "nevi")),
            (text!("page-specificity"), &rate("specificity")),
            (text!("page-balanced-accuracy"), &rate("balanced_accuracy")),
        ],
        tables.evaluation.rows(),
    );
    page += &rows(
        text!("page-without-threshold"),
        &[
            (text!("page-model"), &model("model")),
            (text!("page-remedy"), &cell("remedy")),
            (text!("page-melanomas"), &cell("melanomas")),
            (text!("page-nevi"), &cell("nevi")),
            (text!("page-auc"), &rate("auc")),
            (text!("page-auc-interval"), &cell("auc_interval")),
            (
                text!("page-calibration-error"),
                &short("expected_calibration_error"),
            ),
            (text!("page-brier"), &short("brier_score")),
        ],
        tables.areas.rows(),
    );
    page += &shown(figures);
    page + &files(&[
        "evaluation.csv",
        "auc_calibration.csv",
        "reliability.csv",
        "lesions.csv",
    ])
}

fn perturbations(tables: &Tables, figures: &[Figure]) -> String {
    let mut page = html::heading(text!("page-perturbed-part"));
    let threshold = tables.threshold().to_owned();
    let at = [("threshold", threshold.as_str())];
    let seed = tables.families.rows().next();
    let seed = seed.map_or("", |row| row.text("seed"));
    page += &rows(
        &text!("page-families-of", threshold = &*threshold, seed = seed),
        &[
            (text!("page-family"), &cell("family")),
            (text!("page-model"), &model("model")),
            (text!("page-remedy"), &cell("remedy")),
            (text!("page-rendering"), &cell("rendering")),
            (text!("page-variants"), &cell("variants")),
            (
                text!("page-mean-balanced-error"),
                &short("mean_balanced_error"),
            ),
            (
                text!("page-more-than-unaltered"),
                &short("relative_balanced_error"),
            ),
            (text!("page-always-right"), &of("always_right", "pictures")),
            (text!("page-always-wrong"), &cell("always_wrong")),
            (text!("page-right-to-wrong"), &cell("right_to_wrong")),
            (text!("page-wrong-to-right"), &cell("wrong_to_right")),
            (
                text!("page-right-to-wrong-rate"),
                &rate("right_to_wrong_rate"),
            ),
            (
                text!("page-of-melanomas"),
                &of("melanomas_right_to_wrong", "melanomas"),
            ),
        ],
        tables.families.of(&at),
    );
    page += &rows(
        text!("page-benchmark"),
        &[
            (text!("page-figure"), &cell("figure")),
            (text!("page-model"), &model("model")),
            (text!("page-remedy"), &cell("remedy")),
            (text!("page-threshold"), &cell("threshold")),
            (text!("page-value"), &short("value")),
            (text!("page-families"), &cell("families")),
        ],
        tables.robustness.rows(),
    );
    page += &shown(figures);
    page + &files(&[
        "perturbations.csv",
        "families.csv",
        "robustness.csv",
        "scores.csv",
    ])
}

fn attacks(tables: &Tables, drawn: &Drawn) -> String {
    let mut page = html::heading(text!("page-attacked-part"));
    let size = |row: Row<'_>| match row.number("size_of_flips_median") {
        Some(median) => {
            let unit = SizeUnit::text_in_words(row.text("size_unit"));
            format!("{median:.2} {unit}")
        }
        None => "–".to_owned(),
    };
    let in_words = |column: &'static str| move |row: Row<'_>| details_in_words(row.text(column));
    page += &rows(
        text!("page-attacks"),
        &[
            (text!("page-attack"), &in_words("attack")),
            (text!("page-model"), &model("model")),
            (text!("page-remedy"), &cell("remedy")),
            (text!("page-framing"), &cell("framing")),
            (text!("page-threshold"), &cell("threshold")),
            (text!("page-preset"), &cell("preset")),
            (text!("page-mode"), &cell("mode")),
            (text!("page-direction"), &in_words("direction")),
            (text!("page-budget"), &cell("budget_frames")),
            (text!("page-seed"), &cell("seed")),
            (text!("page-attacked"), &of("attacked", "labelled")),
            (text!("page-flipped"), &of("flipped", "attacked")),
            (text!("page-rate"), &rate("flip_rate")),
            (text!("page-frames-judged"), &short("frames_judged_median")),
            (text!("page-size-of-flips"), &size),
            (text!("page-parameters"), &in_words("parameters")),
        ],
        tables.attacks.rows(),
    );
    page += &shown(&drawn.attacks);
    for note in &drawn.notes {
        page += &html::note(note);
    }
    page + &files(&[
        "attacks.csv",
        "attack_confidence.csv",
        "attack_sizes.csv",
        "attack_lesions.csv",
    ])
}

fn comparison(tables: &Tables) -> String {
    let page = rows(
        text!("page-two-models"),
        &[
            (text!("page-first"), &model("first")),
            (text!("page-second"), &model("second")),
            (text!("page-remedy-of-first"), &cell("first_remedy")),
            (text!("page-remedy-of-second"), &cell("second_remedy")),
            (text!("page-question"), &cell("question")),
            (text!("page-threshold"), &cell("threshold")),
            (text!("page-first"), &short("first_value")),
            (text!("page-second"), &short("second_value")),
            (text!("page-difference"), &short("difference")),
            (text!("page-only-first-right"), &cell("only_first_right")),
            (text!("page-only-second-right"), &cell("only_second_right")),
            (text!("page-test"), &cell("test")),
            (text!("page-p"), &p_value("p")),
            (text!("page-p-corrected"), &p_value("p_holm")),
            (text!("page-note"), &cell("note")),
        ],
        tables.comparison.rows(),
    );
    html::heading(text!("page-compared-part")) + &page + &files(&["comparison.csv"])
}
