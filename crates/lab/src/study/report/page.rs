//! The page: the plan, the methods, the results, and which file holds the rest.

use super::Drawn;
use super::proofs;
use super::read_tables::Tables;
use crate::figures::csv_reader::Row;
use crate::figures::escape::escaped;
use crate::figures::figure::{Figure, shown};
use crate::figures::html::{
    self, cell, count, exact, files, framing, model, of, p_value, preset, rate, remedy, rows, short,
};
use crate::search::SizeUnit;
use crate::study::plan::{Job, Model, Plan, Role, details_in_words};
use crate::study::tables::Options;
use flipscope_image::lesion::ColorHandling;
use flipscope_language::{as_text, decimal, text, within_sentence};
use flipscope_model::{Assumption, Label, model_in_words};

/// The whole page, in this thread's language; cells are those of the tables.
pub(super) fn html(plan: &Plan, tables: &Tables, drawn: &Drawn, options: &Options) -> String {
    let title = text!("html-study-of", dataset = &*plan.dataset);
    let mut page = html::begun(&escaped(&title));
    page += &opening(plan, tables);
    page += &methods(plan, options);
    for sentence in &drawn.proposals {
        page += &html::paragraph(sentence);
    }
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
                "html-model-with-remedy",
                model = model_in_words(&model.name),
                remedy = html::remedy_name(&model.remedy.to_string())
            )
        })
        .collect();
    let mut text = html::paragraph(&text!(
        "html-judged-by",
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
        text += &html::warning(&text!("html-incomplete", missing = missing, all = all));
    }
    text + &html::note(text!("html-no-diagnosis"))
}

fn methods(plan: &Plan, options: &Options) -> String {
    let mut page = html::heading(text!("html-methods"));
    let mut say = |sentence: String| page += &html::paragraph(&sentence);
    let models: Vec<String> = (plan.models.iter())
        .map(|model| format!("{}: {}", model_in_words(&model.name), terms(model)))
        .collect();
    let models = models.join("; ");
    say(match plan.color_handling {
        ColorHandling::Raw => text!("html-read-raw", models = models),
        ColorHandling::Converted => text!("html-read-converted", models = models),
    });
    for model in &plan.models {
        if !model.remedy.is_none() {
            say(text!(
                "html-remedy-applied",
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
                "html-assumed",
                model = model_in_words(&model.name),
                assumed = assumed.join(" ")
            ));
        }
    }
    say(text!(
        "html-intervals",
        resamples = as_text(&options.resamples),
        seed = as_text(&plan.seed)
    ));
    if !plan.sensitivities.is_empty() {
        let wanted: Vec<String> = plan.sensitivities.iter().map(decimal).collect();
        let and = text!("html-and");
        say(text!(
            "html-thresholds",
            wanted = wanted.join(and),
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
        say(text!("html-perturbed", variants = as_text(&variants)));
    }
    for job in &plan.jobs {
        if let Job::Attack(campaign) = job {
            let attack = details_in_words(campaign.attack.name());
            let details = details_in_words(&campaign.details());
            say(match campaign.direction.from() {
                Label::Melanoma => {
                    text!("html-attack-melanomas", attack = attack, details = details)
                }
                Label::Nevus => text!("html-attack-nevi", attack = attack, details = details),
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
        "html-terms",
        framing = html::framing_name(&model.framing.to_string()),
        threshold = decimal(model.threshold),
        precision = &*model.precision,
        remedy = html::remedy_name(&model.remedy.to_string())
    )
}

fn evaluation(tables: &Tables, figures: &[Figure]) -> String {
    let mut page = html::heading(text!("html-as-they-are"));
    page += &rows(
        text!("html-verdicts"),
        &[
            (text!("html-model"), &model("model")),
            (text!("html-remedy"), &remedy("remedy")),
            (text!("html-framing"), &framing("framing")),
            (text!("html-threshold"), &exact("threshold")),
            (text!("html-p-at-least"), &short("p_melanoma_at_least")),
            (
                text!("html-melanomas-found"),
                &of("true_positives", "melanomas"),
            ),
            (text!("html-sensitivity"), &rate("sensitivity")),
            (text!("html-nevi-left"), &of("true_negatives", "nevi")),
            (text!("html-specificity"), &rate("specificity")),
            (text!("html-balanced-accuracy"), &rate("balanced_accuracy")),
        ],
        tables.evaluation.rows(),
    );
    page += &rows(
        text!("html-without-threshold"),
        &[
            (text!("html-model"), &model("model")),
            (text!("html-remedy"), &remedy("remedy")),
            (text!("html-melanomas"), &cell("melanomas")),
            (text!("html-nevi"), &cell("nevi")),
            (text!("html-auc"), &rate("auc")),
            (text!("html-auc-interval"), &cell("auc_interval")),
            (
                text!("html-calibration-error"),
                &short("expected_calibration_error"),
            ),
            (text!("html-brier"), &short("brier_score")),
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
    let mut page = html::heading(text!("html-perturbed-part"));
    let threshold = tables.threshold().to_owned();
    let at = [("threshold", threshold.as_str())];
    let seed = tables.families.rows().next();
    let seed = seed.map_or("", |row| row.text("seed"));
    page += &rows(
        &text!(
            "html-families-of",
            threshold = decimal(&threshold),
            seed = seed
        ),
        &[
            (text!("html-family"), &cell("family")),
            (text!("html-model"), &model("model")),
            (text!("html-remedy"), &remedy("remedy")),
            (text!("html-rendering"), &cell("rendering")),
            (text!("html-variants"), &cell("variants")),
            (
                text!("html-mean-balanced-error"),
                &short("mean_balanced_error"),
            ),
            (
                text!("html-more-than-unaltered"),
                &short("relative_balanced_error"),
            ),
            (text!("html-always-right"), &of("always_right", "pictures")),
            (text!("html-always-wrong"), &cell("always_wrong")),
            (text!("html-right-to-wrong"), &cell("right_to_wrong")),
            (text!("html-wrong-to-right"), &cell("wrong_to_right")),
            (
                text!("html-right-to-wrong-rate"),
                &rate("right_to_wrong_rate"),
            ),
            (
                text!("html-of-melanomas"),
                &of("melanomas_right_to_wrong", "melanomas"),
            ),
        ],
        tables.families.of(&at),
    );
    page += &rows(
        text!("html-benchmark"),
        &[
            (text!("html-figure"), &cell("figure")),
            (text!("html-model"), &model("model")),
            (text!("html-remedy"), &remedy("remedy")),
            (text!("html-threshold"), &exact("threshold")),
            (text!("html-value"), &short("value")),
            (text!("html-families"), &cell("families")),
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
    let mut page = html::heading(text!("html-attacked-part"));
    let size = |row: Row<'_>| match row.number("size_of_flips_median") {
        Some(median) => {
            let text = row.text("size_unit");
            match SizeUnit::of_text(text) {
                Some(unit) => unit.size_in_words(median),
                None => format!("{} {text}", decimal(format!("{median:.2}"))),
            }
        }
        None => "–".to_owned(),
    };
    let in_words = |column: &'static str| move |row: Row<'_>| details_in_words(row.text(column));
    page += &rows(
        text!("html-attacks"),
        &[
            (text!("html-attack"), &in_words("attack")),
            (text!("html-model"), &model("model")),
            (text!("html-remedy"), &remedy("remedy")),
            (text!("html-framing"), &framing("framing")),
            (text!("html-threshold"), &exact("threshold")),
            (text!("html-preset"), &preset("preset")),
            (text!("html-mode"), &in_words("mode")),
            (text!("html-direction"), &in_words("direction")),
            (text!("html-budget"), &cell("budget_frames")),
            (text!("html-seed"), &cell("seed")),
            (text!("html-attacked"), &of("attacked", "labelled")),
            (text!("html-flipped"), &of("flipped", "attacked")),
            (text!("html-rate"), &rate("flip_rate")),
            (text!("html-frames-judged"), &count("frames_judged_median")),
            (text!("html-size-of-flips"), &size),
            (text!("html-parameters"), &in_words("parameters")),
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
        text!("html-two-models"),
        &[
            (text!("html-first"), &model("first")),
            (text!("html-second"), &model("second")),
            (text!("html-remedy-of-first"), &cell("first_remedy")),
            (text!("html-remedy-of-second"), &cell("second_remedy")),
            (text!("html-question"), &cell("question")),
            (text!("html-threshold"), &exact("threshold")),
            (text!("html-first"), &short("first_value")),
            (text!("html-second"), &short("second_value")),
            (text!("html-difference"), &short("difference")),
            (text!("html-only-first-right"), &cell("only_first_right")),
            (text!("html-only-second-right"), &cell("only_second_right")),
            (text!("html-test"), &cell("test")),
            (text!("html-p"), &p_value("p")),
            (text!("html-p-corrected"), &p_value("p_holm")),
            (text!("html-note"), &cell("note")),
        ],
        tables.comparison.rows(),
    );
    html::heading(text!("html-compared-part")) + &page + &files(&["comparison.csv"])
}
