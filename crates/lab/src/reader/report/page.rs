//! The page: the questions, the results, and every case revealed.

use super::reveal;
use super::tables::Tables;
use crate::figures::csv_reader::Row;
use crate::figures::figure::{Figure, shown};
use crate::figures::html::{self, cell, files, of, p_value, rate, rows, short};
use crate::reader::error::ReaderError;
use crate::reader::plan::Form;
use crate::reader::store::Store;
use flipscope_language::text;

/// The whole page, in this thread's language; cells are those of the tables.
pub(super) fn html(
    store: &Store,
    tables: &Tables,
    figures: &[Figure],
) -> Result<String, ReaderError> {
    let plan = store.plan();
    let mut page = html::begun(text!("page-reader-study"));
    page += &opening(tables);
    page += &html::heading(text!("page-methods"));
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
    let remedy = html::remedy_name(remedy);
    if classroom {
        text!("page-network-on", threshold = threshold, remedy = remedy)
    } else {
        text!("page-together", threshold = threshold, remedy = remedy)
    }
}

fn opening(tables: &Tables) -> String {
    let count = |name: &str| tables.fact(name).parse::<u64>().unwrap_or(0);
    let [joined, finished] = ["readers_joined", "readers_finished"].map(count);
    let mut page = html::paragraph(&text!(
        "page-progress",
        cases = count("cases"),
        planned = count("readers"),
        joined = joined,
        finished = finished,
        answers = count("answers")
    ));
    if joined != finished {
        page += &html::warning(text!("page-readers-incomplete"));
    }
    page + &html::note(text!("page-keep-from-readers"))
}

/// The form of a row, in words.
fn form(row: Row<'_>) -> String {
    let written = row.text("form");
    let known = Form::ALL.into_iter().find(|form| form.name() == written);
    known.map_or(written, |form| form.in_words()).to_owned()
}

/// Rates of each reader, of all, and of the network.
fn readers(tables: &Tables, figures: &[Figure]) -> String {
    let mut page = html::heading(text!("page-readers-part"));
    let together = on_the_same(tables, false);
    for (caption, who, column, table) in [
        (
            text!("page-each-reader"),
            text!("page-reader"),
            "reader",
            &tables.readers,
        ),
        (&*together, text!("page-who"), "who", &tables.pooled),
    ] {
        page += &rows(
            caption,
            &[
                (who, &cell(column)),
                (text!("page-form"), &form),
                (
                    text!("page-melanomas-found"),
                    &of("true_positives", "melanomas"),
                ),
                (text!("page-sensitivity"), &rate("sensitivity")),
                (text!("page-nevi-left"), &of("true_negatives", "nevi")),
                (text!("page-specificity"), &rate("specificity")),
                (text!("page-right"), &of("right", "answered")),
                (text!("page-accuracy"), &rate("accuracy")),
                (text!("page-timed-out"), &cell("timed_out")),
            ],
            table.rows(),
        );
    }
    page += &html::note(text!("page-not-independent"));
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
    let mut page = html::heading(text!("page-forms-part"));
    let biased = |row: Row<'_>| match row.text("variance_is_biased") {
        "1" => text!("page-biased").to_owned(),
        "0" => text!("page-unbiased").to_owned(),
        _ => "–".to_owned(),
    };
    page += &rows(
        text!("page-across"),
        &[
            (text!("page-measure"), &cell("measure")),
            (text!("page-quantity"), &cell("quantity")),
            (text!("page-readers"), &cell("readers")),
            (text!("page-lesions"), &cell("lesions")),
            (text!("page-value"), &value_or_why("value")),
            (text!("page-freedom"), &short("degrees_of_freedom")),
            (text!("page-variance"), &biased),
            (text!("page-interval-method"), &cell("interval")),
            (text!("page-p"), &p_value("p")),
        ],
        tables.across.rows(),
    );
    page += &rows(
        text!("page-both-forms"),
        &[
            (text!("page-who"), &cell("who")),
            (text!("page-lesions"), &cell("lesions")),
            (text!("page-both-right"), &cell("both_right")),
            (
                text!("page-only-unmodified-right"),
                &cell("only_unmodified_right"),
            ),
            (
                text!("page-only-adversarial-right"),
                &cell("only_adversarial_right"),
            ),
            (text!("page-both-wrong"), &cell("both_wrong")),
            (text!("page-difference"), &short("difference")),
            (text!("page-test"), &cell("test")),
            (text!("page-p"), &p_value("p")),
        ],
        tables.paired.rows(),
    );
    page + &files(&["across.csv", "paired.csv", "calls.imrmc", "right.imrmc"])
}

fn agreement(tables: &Tables) -> String {
    let page = rows(
        text!("page-kappas"),
        &[
            (text!("page-first-reader"), &cell("first")),
            (text!("page-second-reader"), &cell("second")),
            (text!("page-form"), &form),
            (
                text!("page-called-the-same"),
                &of("called_the_same", "cases"),
            ),
            (text!("page-kappa"), &value_or_why("kappa")),
            (text!("page-interval-method"), &cell("interval")),
        ],
        tables.agreement.rows(),
    );
    html::heading(text!("page-agreement-part")) + &page + &files(&["agreement.csv"])
}

fn times(tables: &Tables) -> String {
    let seconds = |column: &'static str| {
        move |row: Row<'_>| match row.number(column) {
            Some(ms) => format!("{:.1} s", ms / 1000.0),
            None => "–".to_owned(),
        }
    };
    let right = |row: Row<'_>| match row.text("right") {
        "1" => text!("page-right").to_owned(),
        _ => text!("page-wrong").to_owned(),
    };
    let page = rows(
        text!("page-from-appearance"),
        &[
            (text!("page-who"), &cell("who")),
            (text!("page-form"), &form),
            (text!("page-call"), &right),
            (text!("page-answers"), &cell("answers")),
            (text!("page-lower-quartile"), &seconds("lower_quartile_ms")),
            (text!("page-median"), &seconds("median_ms")),
            (text!("page-upper-quartile"), &seconds("upper_quartile_ms")),
        ],
        tables.times.rows(),
    );
    html::heading(text!("page-times-part")) + &page + &files(&["times.csv"])
}

/// The votes of classes, and the network for comparison.
fn hands(tables: &Tables) -> String {
    let mut page = html::heading(text!("page-hands-part"));
    page += &rows(
        text!("page-hands-of-each"),
        &[
            (text!("page-class"), &cell("class")),
            (text!("page-form"), &form),
            (text!("page-hands-right"), &of("hands_right", "hands")),
            (text!("page-share"), &short("share_of_hands_right")),
            (
                text!("page-majority-right"),
                &of("cases_most_hands_right", "cases"),
            ),
        ],
        tables.hands.rows(),
    );
    page += &html::note(text!("page-hands-not-independent"));
    page += &rows(
        &on_the_same(tables, true),
        &[
            (text!("page-who"), &cell("who")),
            (text!("page-form"), &form),
            (
                text!("page-melanomas-found"),
                &of("true_positives", "melanomas"),
            ),
            (text!("page-nevi-left"), &of("true_negatives", "nevi")),
            (text!("page-right"), &of("right", "answered")),
        ],
        tables.pooled.rows(),
    );
    page + &files(&["hands.csv", "pooled.csv", "answers.csv"])
}
