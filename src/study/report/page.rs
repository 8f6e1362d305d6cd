//! The page: what was asked, how, what came out, and which file holds the rest.

use std::fmt::Write as _;

use super::chart::escaped;
use super::figures::{Figure, Tables};
use super::table::{Row, Table};
use super::{Drawn, FIGURES, TABLES};
use crate::classifier::Label;
use crate::lesion::Reading;
use crate::study::plan::{Job, Plan, Role};
use crate::study::tables::Options;

/// Ink on paper: no colour carries meaning, tables do not break across pages.
const STYLE: &str = "\
body{font:15px/1.5 Inter,Helvetica,Arial,sans-serif;color:#111;background:#fff;max-width:72rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.7rem;line-height:1.2}h2{margin-top:2.4rem;border-bottom:1px solid #111}h3{margin-top:1.6rem}\
table{border-collapse:collapse;margin:1rem 0;font-size:13px;display:block;overflow-x:auto}\
th,td{padding:.25rem .5rem;text-align:right;border-bottom:1px solid #ccc}\
th{border-bottom:1px solid #111;vertical-align:bottom}td{overflow-wrap:anywhere;min-width:2.5rem}\
th:first-child,td:first-child,td.words{text-align:left}\
caption{text-align:left;font-weight:bold;padding:.4rem 0}figure{display:inline-block;margin:.5rem .5rem .5rem 0}\
svg{max-width:100%;height:auto}code{font-size:12px;overflow-wrap:anywhere}.note{color:#444;font-size:13px}\
@media print{body{max-width:none;margin:0;font-size:10pt}table{display:table;font-size:7pt}th,td{padding:.15rem .25rem}table,figure,tr{break-inside:avoid}h2,h3{break-after:avoid}}";

/// The whole page.
pub(super) fn html(plan: &Plan, tables: &Tables, drawn: &Drawn, options: &Options) -> String {
    let title = format!("Study of {}", escaped(&plan.dataset));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    page += &opening(plan, tables);
    page += &methods(plan, options);
    page += &evaluation(tables, &drawn.evaluation);
    if !tables.perturbations.is_empty() {
        page += &perturbations(tables, &drawn.perturbations);
    }
    if !tables.attacks.is_empty() {
        page += &attacks(tables, &drawn.attacks);
    }
    if !tables.comparison.is_empty() {
        page += &comparison(tables);
    }
    page += &record(tables);
    page + "</body>\n</html>\n"
}

fn opening(plan: &Plan, tables: &Tables) -> String {
    let count = |label| plan.count(Role::Study, label);
    let models: Vec<&str> = plan
        .models
        .iter()
        .map(|model| model.name.as_str())
        .collect();
    let mut text = format!(
        "<p>{} melanomas and {} nevi, judged by {}.</p>\n",
        count(Label::Melanoma),
        count(Label::Nevus),
        escaped(&models.join("; ")),
    );
    let missing = tables.study.of(&[("fact", "results_missing")]).next();
    let missing = missing.map_or("0", |row| row.text("value"));
    if missing != "0" {
        let all = tables.study.of(&[("fact", "results")]).next();
        let all = all.map_or("", |row| row.text("value"));
        writeln!(
            text,
            "<p><strong>Not complete: {missing} of {all} results are missing. Every number below is of what is there.</strong></p>"
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
        Reading::Raw => "as stored, without EXIF orientation or colour profile",
        Reading::Converted => "with EXIF orientation and colour profile applied",
    };
    let framings: Vec<String> = plan
        .models
        .iter()
        .map(|model| {
            format!(
                "{}: framing {}, threshold {}, {}",
                escaped(&model.name),
                model.framing,
                model.threshold,
                escaped(&model.precision)
            )
        })
        .collect();
    say(format!(
        "Photographs were read {reading}, and framed to 299 × 299 pixels of 8 bits a channel as each model expects ({}). A verdict is \
         melanoma where P(melanoma) is at or above the threshold.",
        framings.join("; ")
    ));
    say(format!(
        "Rates stand with their 95 % intervals: after Wilson for proportions, after DeLong for the area under the curve (AUC); for \
         balanced accuracy, and for the AUC by lesion, from {} bootstrap resamples of whole lesions or patients (seed {}).",
        options.resamples, plan.seed
    ));
    if !plan.sensitivities.is_empty() {
        let wanted: Vec<String> = plan.sensitivities.iter().map(f64::to_string).collect();
        say(format!(
            "Thresholds for a sensitivity of {} were chosen on {} melanomas and {} nevi of a tuning part, about which nothing else is \
             reported.",
            wanted.join(" and "),
            plan.count(Role::Tuning, Label::Melanoma),
            plan.count(Role::Tuning, Label::Nevus)
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
            "Every frame was judged again under {variants} systematic perturbations, each applied to the 8-bit frame and giving an \
             8-bit frame. A picture flips where its verdict is another than that of the unaltered frame."
        ));
    }
    for job in &plan.jobs {
        if let Job::Campaign(campaign) = job {
            say(format!(
                "Attack “{}” (preset {}, mode {}, {}, seed {}): on every {} that the model calls {}, and only on those. An attack \
                 counts as a flip if the altered frame, written as PNG, read back and judged alone, has the other verdict.",
                campaign.attack.name(),
                campaign.attack.which_preset(),
                campaign.mode,
                escaped(&campaign.direction.to_string()),
                campaign.seed,
                campaign.direction.from().name(),
                campaign.direction.from().name(),
            ));
        }
    }
    text
}

/// A column: its head, and what stands in it.
type Column<'a> = (&'a str, &'a dyn Fn(Row<'_>) -> String);

fn rows<'a>(caption: &str, columns: &[Column<'_>], rows: impl Iterator<Item = Row<'a>>) -> String {
    let mut text = format!("<table>\n<caption>{}</caption>\n<tr>", escaped(caption));
    for (head, _) in columns {
        write!(text, "<th>{}</th>", escaped(head)).ok();
    }
    text.push_str("</tr>\n");
    for row in rows {
        text.push_str("<tr>");
        for (_, cell) in columns {
            write!(text, "<td>{}</td>", escaped(&cell(row))).ok();
        }
        text.push_str("</tr>\n");
    }
    text + "</table>\n"
}

/// The cells of a column as they are.
fn cell(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| row.text(column).to_owned()
}

/// A rate with its interval.
fn rate(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| row.rate(column)
}

/// One count of another.
fn of(count: &'static str, total: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| format!("{} of {}", row.text(count), row.text(total))
}

/// A number with three decimals.
fn short(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| {
        row.number(column)
            .map_or("–".to_owned(), |value| format!("{value:.3}"))
    }
}

fn shown(figures: &[Figure]) -> String {
    let mut text = String::new();
    for figure in figures {
        writeln!(
            text,
            "<figure>\n{}<figcaption class=\"note\"><code>{FIGURES}/{}.svg</code></figcaption></figure>",
            figure.chart.svg(),
            escaped(&figure.name)
        )
        .ok();
    }
    text
}

fn files(names: &[&str]) -> String {
    let names: Vec<String> = names
        .iter()
        .map(|name| format!("<code>{TABLES}/{name}</code>"))
        .collect();
    format!("<p class=\"note\">All numbers: {}.</p>\n", names.join(", "))
}

fn evaluation(tables: &Tables, figures: &[Figure]) -> String {
    let mut text = "<h2>As they are</h2>\n".to_owned();
    text += &rows(
        "Verdicts at each threshold",
        &[
            ("model", &cell("model")),
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
            ("melanomas", &cell("melanomas")),
            ("nevi", &cell("nevi")),
            ("AUC", &rate("auc")),
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
    text += &rows(
        &format!("Families of perturbations, threshold {threshold}"),
        &[
            ("family", &cell("family")),
            ("model", &cell("model")),
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
        "Benchmark figures (no baseline network divides them)",
        &[
            ("figure", &cell("figure")),
            ("model", &cell("model")),
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

fn attacks(tables: &Tables, figures: &[Figure]) -> String {
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
            ("preset", &cell("preset")),
            ("mode", &cell("mode")),
            ("direction", &cell("direction")),
            ("attacked", &of("attacked", "labelled")),
            ("flipped", &of("flipped", "attacked")),
            ("rate", &rate("flip_rate")),
            ("frames judged (median)", &short("frames_judged_median")),
            ("size of flips (median)", &size),
        ],
        tables.attacks.rows(),
    );
    text += &shown(figures);
    text + &files(&[
        "attacks.csv",
        "attack_confidence.csv",
        "attack_sizes.csv",
        "attack_lesions.csv",
    ])
}

fn comparison(tables: &Tables) -> String {
    let p = |row: Row<'_>, column: &str| match row.number(column) {
        Some(value) if value < 0.001 => "&lt; 0.001".replace("&lt;", "<"),
        Some(value) => format!("{value:.3}"),
        None => "–".to_owned(),
    };
    let text = rows(
        "Two models on the same pictures; p after Holm over all questions of the study",
        &[
            ("first", &cell("first")),
            ("second", &cell("second")),
            ("question", &cell("question")),
            ("threshold", &cell("threshold")),
            ("first", &short("first_value")),
            ("second", &short("second_value")),
            ("difference", &short("difference")),
            ("only first right", &cell("only_first_right")),
            ("only second right", &cell("only_second_right")),
            ("test", &cell("test")),
            ("p", &|row| p(row, "p")),
            ("p, corrected", &|row| p(row, "p_holm")),
        ],
        tables.comparison.rows(),
    );
    format!("<h2>Compared</h2>\n{text}{}", files(&["comparison.csv"]))
}

/// Every parameter and hash.
fn record(tables: &Tables) -> String {
    let list: &Table = &tables.study;
    let mut text = "<h2>Record</h2>\n<table>\n".to_owned();
    for row in list.rows() {
        writeln!(
            text,
            "<tr><td>{}</td><td class=\"words\"><code>{}</code></td></tr>",
            escaped(row.text("fact")),
            escaped(row.text("value"))
        )
        .ok();
    }
    text + "</table>\n"
}
