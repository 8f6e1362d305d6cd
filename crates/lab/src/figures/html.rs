//! The elements of pages: head and style, tables of rows, the record of every parameter.

use std::fmt::Write as _;

use super::csv_reader::{Row, Table};
use super::escape::escaped;
use super::folders::TABLES;
use flipscope_language::{current, decimal, text};
use flipscope_model::model_in_words;

/// Ink on paper: no colour carries meaning, and tables do not break across pages.
const STYLE: &str = "\
body{font:15px/1.5 Inter,Helvetica,Arial,sans-serif;color:#111;background:#fff;max-width:72rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.7rem;line-height:1.2}h2{margin-top:2.4rem;border-bottom:1px solid #111}h3{margin-top:1.6rem}\
table{border-collapse:collapse;margin:1rem 0;font-size:13px;display:block;overflow-x:auto}\
th,td{padding:.25rem .5rem;text-align:right;border-bottom:1px solid #ccc}\
th{border-bottom:1px solid #111;vertical-align:bottom}td{overflow-wrap:anywhere;min-width:2.5rem}td:first-child,td:nth-child(2){min-width:5.6rem}\
th:first-child,td:first-child,td.words{text-align:left}\
caption{text-align:left;font-weight:bold;padding:.4rem 0}figure{display:inline-block;vertical-align:top;margin:.5rem .5rem .5rem 0}figcaption{max-width:40rem}\
svg{max-width:100%;height:auto}code{font-size:12px;overflow-wrap:anywhere}.note{color:#444;font-size:13px}\
@media print{body{max-width:none;margin:0;font-size:10pt}table{display:table;font-size:7pt}th,td{padding:.15rem .25rem}table,figure,tr{break-inside:avoid}h2,h3{break-after:avoid}}";

/// The end of a page.
pub(crate) const END: &str = "</body>\n</html>\n";

/// The beginning of a page in this thread's language, to its title (in HTML).
pub(crate) fn begun(title: &str) -> String {
    let language = current().tag();
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )
}

/// The heading of a part.
pub(crate) fn heading(title: &str) -> String {
    format!("<h2>{}</h2>\n", escaped(title))
}

/// Sentences as a paragraph.
pub(crate) fn paragraph(sentences: &str) -> String {
    format!("<p>{}</p>\n", escaped(sentences))
}

/// A sentence that nobody should miss.
pub(crate) fn warning(sentence: &str) -> String {
    format!("<p><strong>{}</strong></p>\n", escaped(sentence))
}

/// A remedy by its name in tables, as people read it.
pub(crate) fn remedy_name(name: &str) -> String {
    match name {
        "none" => text!("report-remedy-none").to_owned(),
        name => name.to_owned(),
    }
}

/// A framing by its name in tables, likewise.
pub(crate) fn framing_name(name: &str) -> &str {
    match name {
        "crop" => text!("parameter-crop"),
        "squash" => text!("parameter-squash"),
        name => name,
    }
}

/// The preset of an attack by its name in tables, likewise.
fn preset_name(name: &str) -> &str {
    match name {
        "default" => text!("details-preset-default"),
        "letter" => text!("details-preset-letter"),
        "custom" => text!("details-preset-custom"),
        name => name,
    }
}

/// A remark.
pub(crate) fn note(sentence: &str) -> String {
    format!("<p class=\"note\">{}</p>\n", escaped(sentence))
}

/// A column: its heading, and its content.
pub(crate) type Column<'a> = (&'a str, &'a dyn Fn(Row<'_>) -> String);

/// A table of some rows.
pub(crate) fn rows<'a>(
    caption: &str,
    columns: &[Column<'_>],
    rows: impl Iterator<Item = Row<'a>>,
) -> String {
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

/// The cells of a column, unchanged.
pub(crate) fn cell(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| row.text(column).to_owned()
}

/// The numbers of a column with all their digits, and the decimal mark of the language.
pub(crate) fn exact(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| decimal(row.text(column))
}

/// The models of a column, as people read them.
pub(crate) fn model(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| model_in_words(row.text(column)).to_owned()
}

/// The remedies of a column, likewise.
pub(crate) fn remedy(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| remedy_name(row.text(column))
}

/// The framings of a column, likewise.
pub(crate) fn framing(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| framing_name(row.text(column)).to_owned()
}

/// The presets of a column, likewise.
pub(crate) fn preset(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| preset_name(row.text(column)).to_owned()
}

/// A rate with its interval: "0.607 (0.516 to 0.691)"; a dash if there is none.
pub(crate) fn rate(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| {
        let part = |end: &str| row.number(&format!("{column}{end}"));
        match (part(""), part("_lower"), part("_upper")) {
            (Some(value), Some(lower), Some(upper)) => text!(
                "html-interval",
                value = three(value),
                lower = three(lower),
                upper = three(upper)
            ),
            (Some(value), ..) => three(value),
            _ => "–".to_owned(),
        }
    }
}

/// One count "of" another.
pub(crate) fn of(count: &'static str, total: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| text!("html-of", count = row.text(count), total = row.text(total))
}

/// Three decimals and a true minus sign.
fn three(value: f64) -> String {
    decimal(format!("{value:.3}").replace('-', "\u{2212}"))
}

/// A number with three decimals.
pub(crate) fn short(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| row.number(column).map_or("–".to_owned(), three)
}

/// A count, or the median of counts: "7", "7.5".
pub(crate) fn count(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| {
        row.number(column)
            .map_or("–".to_owned(), flipscope_base::human::at_most_one_decimal)
    }
}

/// A p-value.
pub(crate) fn p_value(column: &'static str) -> impl Fn(Row<'_>) -> String {
    move |row| match row.number(column) {
        Some(value) if value < 0.001 => format!("< {}", decimal(0.001)),
        Some(value) => three(value),
        None => "–".to_owned(),
    }
}

/// Which tables hold the numbers of a section.
pub(crate) fn files(names: &[&str]) -> String {
    let names: Vec<String> = names
        .iter()
        .map(|name| format!("<code>{TABLES}/{name}</code>"))
        .collect();
    let text = text!("html-all-numbers", files = names.join(", "));
    format!("<p class=\"note\">{text}</p>\n")
}

/// The record of every parameter and hash.
pub(crate) fn record(list: &Table) -> String {
    let mut text = heading(text!("html-record")) + "<table>\n";
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

/// The texts of a page's elements of some names, in order, for tests.
#[cfg(test)]
pub(crate) fn texts_of<'a>(page: &'a str, names: &[&str]) -> Vec<&'a str> {
    let mut texts = Vec::new();
    for (at, _) in page.match_indices('<') {
        let element = page.get(at + 1..).unwrap_or_default();
        let Some((head, rest)) = element.split_once('>') else {
            continue;
        };
        let name = head.split(' ').next().unwrap_or_default();
        if names.contains(&name) {
            texts.push(rest.split('<').next().unwrap_or_default());
        }
    }
    texts
}
