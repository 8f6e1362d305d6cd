//! The page: the questions, the results, and every case revealed.

use std::fmt::Write as _;

use super::reveal;
use super::tables::Tables;
use crate::figures::csv_reader::Row;
use crate::figures::escape::escaped;
use crate::figures::figure::{Figure, shown};
use crate::figures::html::{self, cell, files, of, p_value, rate, rows, short};
use crate::reader::error::ReaderError;
use crate::reader::store::Store;

/// The whole page.
pub(super) fn html(
    store: &Store,
    tables: &Tables,
    figures: &[Figure],
) -> Result<String, ReaderError> {
    let plan = store.plan();
    let mut page = html::begun("Reader study");
    page += &opening(tables);
    page += "<h2>Methods</h2>\n";
    for paragraph in plan.methods() {
        writeln!(page, "<p>{}</p>", escaped(&paragraph)).ok();
    }
    for caution in plan.cautions() {
        writeln!(page, "<p><strong>Note:</strong> {}.</p>", escaped(&caution)).ok();
    }
    if plan.settings.classroom {
        page += &hands(tables);
    } else {
        page += &readers(tables, figures);
        page += &forms(tables);
        page += &agreement(tables);
        page += &times(tables);
    }
    page += &reveal::cases(store)?;
    page += &html::record(&tables.study);
    Ok(page + html::END)
}

/// What the network's verdicts on the page depend on: "threshold 0.5, remedy none".
fn terms(tables: &Tables) -> String {
    let [threshold, remedy] = ["network_threshold", "network_remedy"].map(|name| tables.fact(name));
    format!("threshold {threshold}, remedy {remedy}")
}

fn opening(tables: &Tables) -> String {
    let of = |count: &str, one, several| if count == "1" { one } else { several };
    let [cases, planned, joined, finished, answers] = [
        "cases",
        "readers",
        "readers_joined",
        "readers_finished",
        "answers",
    ]
    .map(|name| escaped(tables.fact(name)));
    let mut text = format!(
        "<p>{cases} {} for each reader; {planned} {} planned, {joined} joined, {finished} finished; {answers} {}.</p>\n",
        of(&cases, "case", "cases"),
        of(&planned, "reader", "readers"),
        of(&answers, "answer", "answers")
    );
    if joined != finished {
        text += "<p><strong>Incomplete: some readers have not finished. All numbers below are based on the answers so \
        far.</strong></p>\n";
    }
    text + "<p class=\"note\">For research and teaching. Nothing here is a diagnosis, and the network is no medical device. The \
            last part reveals the truth of every case: keep this page from readers who have not finished.</p>\n"
}

/// Rates of each reader, of all, and of the network.
fn readers(tables: &Tables, figures: &[Figure]) -> String {
    let mut text = "<h2>Readers and the network</h2>\n".to_owned();
    let together = format!(
        "All readers together, and the network ({}) on the same pictures",
        terms(tables)
    );
    let head = |who: &'static str| move |row: Row<'_>| row.text(who).to_owned();
    for (caption, who, table) in [
        ("Each reader", "reader", &tables.readers),
        (together.as_str(), "who", &tables.pooled),
    ] {
        text += &rows(
            caption,
            &[
                (who, &head(who)),
                ("form", &cell("form")),
                ("melanomas found", &of("true_positives", "melanomas")),
                ("sensitivity", &rate("sensitivity")),
                ("nevi left alone", &of("true_negatives", "nevi")),
                ("specificity", &rate("specificity")),
                ("right", &of("right", "answered")),
                ("accuracy", &rate("accuracy")),
                ("timed out", &cell("timed_out")),
            ],
            table.rows(),
        );
    }
    text += "<p class=\"note\">Intervals for all readers together treat every answer as independent, which they are not; the \
             next part accounts for readers and lesions.</p>\n";
    text += &shown(figures);
    text + &files(&["readers.csv", "pooled.csv", "answers.csv"])
}

/// The difference between the forms.
fn forms(tables: &Tables) -> String {
    let mut text = "<h2>Adversarial against unmodified</h2>\n".to_owned();
    let value = |row: Row<'_>| match row.text("why_not") {
        "" => row.rate("value"),
        why => format!("– ({why})"),
    };
    let biased = |row: Row<'_>| match row.text("variance_is_biased") {
        "1" => "biased".to_owned(),
        "0" => "unbiased".to_owned(),
        _ => "–".to_owned(),
    };
    text += &rows(
        "Across readers and lesions (multi-reader multi-case analysis)",
        &[
            ("measure", &cell("measure")),
            ("quantity", &cell("quantity")),
            ("readers", &cell("readers")),
            ("lesions", &cell("lesions")),
            ("value", &value),
            ("degrees of freedom", &short("degrees_of_freedom")),
            ("variance", &biased),
            ("interval", &cell("interval")),
            ("p", &p_value("p")),
        ],
        tables.across.rows(),
    );
    text += &rows(
        "Lesions judged in both forms by the same reader",
        &[
            ("who", &cell("who")),
            ("lesions", &cell("lesions")),
            ("both right", &cell("both_right")),
            ("only unmodified right", &cell("only_unmodified_right")),
            ("only adversarial right", &cell("only_adversarial_right")),
            ("both wrong", &cell("both_wrong")),
            ("difference", &short("difference")),
            ("test", &cell("test")),
            ("p", &p_value("p")),
        ],
        tables.paired.rows(),
    );
    text + &files(&["across.csv", "paired.csv", "calls.imrmc", "right.imrmc"])
}

fn agreement(tables: &Tables) -> String {
    let kappa = |row: Row<'_>| match row.text("why_not") {
        "" => row.rate("kappa"),
        why => format!("– ({why})"),
    };
    let text = rows(
        "κ: Fleiss' of all readers, Cohen's of two",
        &[
            ("first", &cell("first")),
            ("second", &cell("second")),
            ("form", &cell("form")),
            ("called the same", &of("called_the_same", "cases")),
            ("κ", &kappa),
            ("interval", &cell("interval")),
        ],
        tables.agreement.rows(),
    );
    format!("<h2>Agreement</h2>\n{text}{}", files(&["agreement.csv"]))
}

fn times(tables: &Tables) -> String {
    let seconds = |column: &'static str| {
        move |row: Row<'_>| match row.number(column) {
            Some(ms) => format!("{:.1} s", ms / 1000.0),
            None => "–".to_owned(),
        }
    };
    let right = |row: Row<'_>| match row.text("right") {
        "1" => "right".to_owned(),
        _ => "wrong".to_owned(),
    };
    let text = rows(
        "From the picture's appearance to the answer, without pauses",
        &[
            ("who", &cell("who")),
            ("form", &cell("form")),
            ("call", &right),
            ("answers", &cell("answers")),
            ("lower quartile", &seconds("lower_quartile_ms")),
            ("median", &seconds("median_ms")),
            ("upper quartile", &seconds("upper_quartile_ms")),
        ],
        tables.times.rows(),
    );
    format!("<h2>Response times</h2>\n{text}{}", files(&["times.csv"]))
}

/// The votes of classes, and the network for comparison.
fn hands(tables: &Tables) -> String {
    let mut text = "<h2>Show of hands, and the network</h2>\n".to_owned();
    text += &rows(
        "Hands of each class",
        &[
            ("class", &cell("class")),
            ("form", &cell("form")),
            ("hands right", &of("hands_right", "hands")),
            ("share", &short("share_of_hands_right")),
            (
                "cases that the majority got right",
                &of("cases_most_hands_right", "cases"),
            ),
        ],
        tables.hands.rows(),
    );
    text += "<p class=\"note\">Hands in one class are not independent readers: there is no interval and no test.</p>\n";
    text += &rows(
        &format!("The network ({}) on the same pictures", terms(tables)),
        &[
            ("who", &cell("who")),
            ("form", &cell("form")),
            ("melanomas found", &of("true_positives", "melanomas")),
            ("nevi left alone", &of("true_negatives", "nevi")),
            ("right", &of("right", "answered")),
        ],
        tables.pooled.rows(),
    );
    text + &files(&["hands.csv", "pooled.csv", "answers.csv"])
}
