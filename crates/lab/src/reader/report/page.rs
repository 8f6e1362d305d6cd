//! The page: the questions, the results, and every case revealed.

use super::reveal;
use super::tables::Tables;
use super::words::{who, worded};
use crate::figures::csv_reader::Row;
use crate::figures::figure::{Figure, shown};
use crate::figures::html::{self, cell, files, of, p_value, rate, rows, short};
use crate::reader::error::ReaderError;
use crate::reader::plan::Form;
use crate::reader::store::Store;
use flipscope_language::{decimal, text};

/// The whole page, in this thread's language.
pub(super) fn html(
    store: &Store,
    tables: &Tables,
    figures: &[Figure],
) -> Result<String, ReaderError> {
    let plan = store.plan();
    let mut page = html::begun(text!("html-reader-study"));
    page += &opening(tables, plan.settings.classroom);
    page += &html::heading(text!("html-methods"));
    for sentences in plan.methods() {
        page += &html::paragraph(&sentences);
    }
    for caution in plan.cautions() {
        let caution = text!("protocol-note", caution = caution);
        page += &html::warning(&caution);
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

/// All together, and the network, with what its verdicts depend on: "threshold 0.5, remedy none".
fn on_the_same(tables: &Tables, classroom: bool) -> String {
    let [threshold, remedy] = ["network_threshold", "network_remedy"].map(|name| tables.fact(name));
    let (threshold, remedy) = (decimal(threshold), html::remedy_name(remedy));
    if classroom {
        text!("html-network-on", threshold = threshold, remedy = remedy)
    } else {
        text!("html-together", threshold = threshold, remedy = remedy)
    }
}

fn opening(tables: &Tables, classroom: bool) -> String {
    let count = |name: &str| tables.fact(name).parse::<u64>().unwrap_or(0);
    let [joined, finished] = ["readers_joined", "readers_finished"].map(count);
    let (cases, answers) = (count("cases"), count("answers"));
    let (progress, incomplete, keep) = if classroom {
        let progress = text!(
            "html-progress-class",
            cases = cases,
            joined = joined,
            finished = finished,
            answers = answers
        );
        (
            progress,
            text!("html-readers-incomplete-class"),
            text!("html-keep-from-readers-class"),
        )
    } else {
        let progress = text!(
            "html-progress",
            cases = cases,
            planned = count("readers"),
            joined = joined,
            finished = finished,
            answers = answers
        );
        (
            progress,
            text!("html-readers-incomplete"),
            text!("html-keep-from-readers"),
        )
    };
    let mut page = html::paragraph(&progress);
    if joined != finished {
        page += &html::warning(incomplete);
    }
    page + &html::note(keep)
}

/// The form of a row, in words.
fn form(row: Row<'_>) -> String {
    let written = row.text("form");
    let known = Form::ALL.into_iter().find(|form| form.name() == written);
    known.map_or(written, |form| form.in_words()).to_owned()
}

/// Rates of each reader, of all, and of the network.
fn readers(tables: &Tables, figures: &[Figure]) -> String {
    let mut page = html::heading(text!("html-readers-part"));
    let together = on_the_same(tables, false);
    for (caption, of_whom, column, table) in [
        (
            text!("html-each-reader"),
            text!("html-reader"),
            "reader",
            &tables.readers,
        ),
        (&*together, text!("html-who"), "who", &tables.pooled),
    ] {
        page += &rows(
            caption,
            &[
                (of_whom, &who(column)),
                (text!("html-form"), &form),
                (
                    text!("html-melanomas-found"),
                    &of("true_positives", "melanomas"),
                ),
                (text!("html-sensitivity"), &rate("sensitivity")),
                (text!("html-nevi-left"), &of("true_negatives", "nevi")),
                (text!("html-specificity"), &rate("specificity")),
                (text!("html-right"), &of("right", "answered")),
                (text!("html-accuracy"), &rate("accuracy")),
                (text!("html-timed-out"), &cell("timed_out")),
            ],
            table.rows(),
        );
    }
    page += &html::note(text!("html-not-independent"));
    page += &shown(figures);
    page + &files(&["readers.csv", "pooled.csv", "answers.csv"])
}

/// A value with its interval, or why there is none.
fn value_or_why(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| match row.text("why_not") {
        "" => rate(column)(row),
        why => format!("– ({why})"),
    }
}

/// The difference between the forms.
fn forms(tables: &Tables) -> String {
    let mut page = html::heading(text!("html-forms-part"));
    let biased = |row: Row<'_>| match row.text("variance_is_biased") {
        "1" => text!("html-biased").to_owned(),
        "0" => text!("html-unbiased").to_owned(),
        _ => "–".to_owned(),
    };
    page += &rows(
        text!("html-across"),
        &[
            (text!("html-measure"), &worded("measure")),
            (text!("html-quantity"), &worded("quantity")),
            (text!("html-readers"), &cell("readers")),
            (text!("html-lesions"), &cell("lesions")),
            (text!("html-value"), &value_or_why("value")),
            (text!("html-freedom"), &short("degrees_of_freedom")),
            (text!("html-variance"), &biased),
            (text!("html-interval-method"), &worded("interval")),
            (text!("html-p"), &p_value("p")),
        ],
        tables.across.rows(),
    );
    page += &rows(
        text!("html-both-forms"),
        &[
            (text!("html-who"), &who("who")),
            (text!("html-lesions"), &cell("lesions")),
            (text!("html-both-right"), &cell("both_right")),
            (
                text!("html-only-unmodified-right"),
                &cell("only_unmodified_right"),
            ),
            (
                text!("html-only-adversarial-right"),
                &cell("only_adversarial_right"),
            ),
            (text!("html-both-wrong"), &cell("both_wrong")),
            (text!("html-difference"), &short("difference")),
            (text!("html-test"), &worded("test")),
            (text!("html-p"), &p_value("p")),
        ],
        tables.paired.rows(),
    );
    page + &files(&["across.csv", "paired.csv", "calls.imrmc", "right.imrmc"])
}

fn agreement(tables: &Tables) -> String {
    let page = rows(
        text!("html-kappas"),
        &[
            (text!("html-first-reader"), &cell("first")),
            (text!("html-second-reader"), &cell("second")),
            (text!("html-form"), &form),
            (
                text!("html-called-the-same"),
                &of("called_the_same", "cases"),
            ),
            (text!("html-kappa"), &value_or_why("kappa")),
            (text!("html-interval-method"), &worded("interval")),
        ],
        tables.agreement.rows(),
    );
    html::heading(text!("html-agreement-part")) + &page + &files(&["agreement.csv"])
}

fn times(tables: &Tables) -> String {
    let seconds = |column: &'static str| {
        move |row: Row<'_>| match row.number(column) {
            Some(ms) => decimal(format!("{:.1} s", ms / 1000.0)),
            None => "–".to_owned(),
        }
    };
    let right = |row: Row<'_>| match row.text("right") {
        "1" => text!("html-right").to_owned(),
        _ => text!("html-wrong").to_owned(),
    };
    let page = rows(
        text!("html-from-appearance"),
        &[
            (text!("html-who"), &who("who")),
            (text!("html-form"), &form),
            (text!("html-call"), &right),
            (text!("html-answers"), &cell("answers")),
            (text!("html-lower-quartile"), &seconds("lower_quartile_ms")),
            (text!("html-median"), &seconds("median_ms")),
            (text!("html-upper-quartile"), &seconds("upper_quartile_ms")),
        ],
        tables.times.rows(),
    );
    html::heading(text!("html-times-part")) + &page + &files(&["times.csv"])
}

/// The votes of classes, and the network for comparison.
fn hands(tables: &Tables) -> String {
    let mut page = html::heading(text!("html-hands-part"));
    page += &rows(
        text!("html-hands-of-each"),
        &[
            (text!("html-class"), &cell("class")),
            (text!("html-form"), &form),
            (text!("html-hands-right"), &of("hands_right", "hands")),
            (text!("html-share"), &short("share_of_hands_right")),
            (
                text!("html-majority-right"),
                &of("cases_most_hands_right", "cases"),
            ),
        ],
        tables.hands.rows(),
    );
    page += &html::note(text!("html-hands-not-independent"));
    page += &rows(
        &on_the_same(tables, true),
        &[
            (text!("html-who"), &who("who")),
            (text!("html-form"), &form),
            (
                text!("html-melanomas-found"),
                &of("true_positives", "melanomas"),
            ),
            (text!("html-nevi-left"), &of("true_negatives", "nevi")),
            (text!("html-right"), &of("right", "answered")),
        ],
        tables.pooled.rows(),
    );
    page + &files(&["hands.csv", "pooled.csv", "answers.csv"])
}
