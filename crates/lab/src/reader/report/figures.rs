//! The figures of a reader study, made from its tables.

use super::tables::Tables;
use super::words::{NETWORK, measure_in_words};
use crate::figures::axis::{Axis, Ticks};
use crate::figures::chart::{Chart, Panel};
use crate::figures::csv_reader::Row;
use crate::figures::figure::{Content, Figure, point};
use crate::figures::html::remedy_name;
use crate::figures::series::{Line, Series};
use crate::reader::plan::Form;
use flipscope_language::text;

/// The plane of a figure: wider for many readers.
const HIGH: f64 = 240.0;
const WIDE: (f64, f64) = (320.0, 640.0);
const EACH: f64 = 28.0;
/// Readers whose numbers stand below the axis; of more, every fifth.
const NUMBERED: usize = 20;

/// Sensitivity, specificity and accuracy of each reader on each form, the network last; none if nobody has read.
pub(super) fn rates(tables: &Tables) -> Vec<Figure> {
    if tables.readers.is_empty() {
        return Vec::new();
    }
    let count = tables.readers.distinct("reader").len();
    let measures = ["sensitivity", "specificity", "accuracy"];
    let figure = |measure: &str| {
        let series = |form: Form| {
            let of = [("form", form.name())];
            let network = |row: &Row<'_>| row.text("who").starts_with(NETWORK);
            let readers = tables.readers.of(&of);
            let rows = readers.chain(tables.pooled.of(&of).filter(network));
            let points = (1..).zip(rows);
            Series {
                name: form.in_words().to_owned(),
                points: points
                    .filter_map(|(at, row)| point(row, f64::from(at), measure))
                    .collect(),
                line: Line::None,
                marked: true,
            }
        };
        let panel = Panel {
            heading: String::new(),
            x: readers(count),
            y: Axis::share(measure_in_words(measure)),
            series: Form::ALL.into_iter().map(series).collect(),
            diagonal: false,
            beside: true,
            plane: ((count as f64 * EACH).clamp(WIDE.0, WIDE.1), HIGH),
        };
        let measured = capital(measure_in_words(measure));
        let title = text!("html-of-each-reader", measure = &*measured);
        Figure {
            name: measure.to_owned(),
            caption: text!(
                "html-rates-caption",
                measure = measured,
                remedy = remedy_name(tables.fact("network_remedy"))
            ),
            content: Content::Chart(Chart::single(&title, panel)),
        }
    };
    measures.map(figure).into()
}

/// The readers as categories, the network last.
fn readers(count: usize) -> Axis {
    let every = if count > NUMBERED { 5 } else { 1 };
    let numbered = (1..=count).filter(|at| at % every == 0 || *at == 1);
    let mut named: Vec<(f64, String)> = numbered.map(|at| (at as f64, at.to_string())).collect();
    let last = count as f64 + 1.0;
    named.retain(|(at, _)| last - at >= 1.0);
    named.push((last, text!("html-network").to_owned()));
    Axis {
        name: text!("html-reader").to_owned(),
        low: 0.5,
        high: count as f64 + 1.5,
        ticks: Ticks::Named(named),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
