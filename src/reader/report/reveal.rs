//! The reveal: lesion by lesion, both pictures, the truth, what was changed, what the network and the readers said.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Tables;
use crate::lesion::Frame;
use crate::reader::error::ReaderError;
use crate::reader::plan::Form;
use crate::reader::store::Store;
use crate::study::report::chart::escaped;
use crate::study::report::html::files;
use crate::study::report::table::Row;

/// Every lesion that was planned for reading, by its number, with links to step from one to the next.
pub(super) fn cases(store: &Store, tables: &Tables) -> Result<String, ReaderError> {
    let mut numbers: Vec<u32> = tables
        .cases
        .rows()
        .filter_map(|row| row.text("lesion").parse().ok())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut text = "<h2 id=\"reveal\">The cases, revealed</h2>\n".to_owned();
    for (at, number) in numbers.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| numbers.get(before));
        text += &lesion(store, tables, *number, before, numbers.get(at + 1))?;
    }
    Ok(text + &files(&["cases.csv"]))
}

/// One lesion; numbers count from 1.
fn lesion(
    store: &Store,
    tables: &Tables,
    number: u32,
    before: Option<&u32>,
    after: Option<&u32>,
) -> Result<String, ReaderError> {
    let name = number.to_string();
    let wanted = [("lesion", name.as_str())];
    let mut rows: Vec<Row<'_>> = tables.cases.of(&wanted).collect();
    // The unmodified form first.
    rows.sort_by_key(|row| row.text("form") == Form::Adversarial.name());
    let truth = rows.first().map_or("", |row| row.text("truth"));
    let mut text = format!(
        "<section id=\"lesion-{number}\">\n<h3>Lesion {number}: {}</h3>\n",
        escaped(truth)
    );
    for form in Form::ALL {
        // A lesion that is only shown altered has its original revealed all the same.
        let planned = store.plan().lesions.get(number as usize - 1);
        if planned.and_then(|lesion| lesion.sha256(form)).is_none() {
            continue;
        }
        let (png, _) = store.picture(number - 1, form)?;
        let row = rows.iter().find(|row| row.text("form") == form.name());
        let caption = row.map_or_else(
            || format!("{}, not shown to readers", form.name()),
            |row| caption(*row),
        );
        let side = Frame::SIDE;
        writeln!(
            text,
            "<figure>\n<img width=\"{side}\" height=\"{side}\" alt=\"{}\" src=\"data:image/png;base64,{}\">\n\
             <figcaption class=\"note\">{}</figcaption></figure>",
            escaped(&format!("lesion {number}, {}", form.name())),
            STANDARD.encode(png),
            escaped(&caption)
        )
        .ok();
    }
    for row in &rows {
        writeln!(text, "<p>{}</p>", said(tables, *row)).ok();
    }
    let link = |to: Option<&u32>, word: &str| {
        to.map(|to| format!("<a href=\"#lesion-{to}\">{word}</a> "))
            .unwrap_or_default()
    };
    writeln!(
        text,
        "<p class=\"note\">{}{}</p>\n</section>",
        link(before, "previous"),
        link(after, "next")
    )
    .ok();
    Ok(text)
}

/// What a picture is, and what the network said.
fn caption(row: Row<'_>) -> String {
    let p = row.number("network_p_melanoma").unwrap_or_default();
    let mut text = format!(
        "{}, {}: the network says {} (P(melanoma) {p:.3})",
        row.text("form"),
        row.text("case"),
        row.text("network_call"),
    );
    if !row.text("changed").is_empty() {
        let size = row.number("size").unwrap_or_default();
        write!(
            text,
            "; changed by {}: {} ({size:.2} {})",
            row.text("attack"),
            row.text("changed"),
            row.text("size_unit")
        )
        .ok();
    }
    text
}

/// What the readers said of a picture.
fn said(tables: &Tables, row: Row<'_>) -> String {
    let form = escaped(row.text("form"));
    let case = row.text("case");
    if row.text("readers") == "0" {
        return format!("On the {form} form nobody has answered.");
    }
    if !row.text("hands_melanoma").is_empty() {
        return format!(
            "On the {form} form {} hands were for melanoma, {} for nevus.",
            escaped(row.text("hands_melanoma")),
            escaped(row.text("hands_nevus"))
        );
    }
    let who = |call: &str| {
        let wanted = [("case", case), ("call", call)];
        let names: Vec<String> = tables
            .answers
            .of(&wanted)
            .map(|row| escaped(row.text("reader")))
            .collect();
        if names.is_empty() {
            return "nobody".to_owned();
        }
        names.join(", ")
    };
    let mut text = format!(
        "On the {form} form {} of {} readers said melanoma ({}), {} nevus ({})",
        escaped(row.text("called_melanoma")),
        escaped(row.text("readers")),
        who("melanoma"),
        escaped(row.text("called_nevus")),
        who("nevus"),
    );
    if row.text("timed_out") != "0" {
        write!(
            text,
            "; for {} time ran out",
            escaped(row.text("timed_out"))
        )
        .ok();
    }
    if row.text("would_biopsy") != "0" {
        write!(text, "; {} would biopsy", escaped(row.text("would_biopsy"))).ok();
    }
    text + "."
}
