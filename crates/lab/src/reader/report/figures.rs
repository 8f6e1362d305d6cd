//! The figures of a reader study, made from its tables.

use super::tables::Tables;
use crate::figures::chart::{Axis, Chart, Series};
use crate::figures::csv_reader::Row;
use crate::figures::figure::{Figure, point};
use crate::reader::plan::Form;

/// The plane of a figure.
const PLANE: (f64, f64) = (320.0, 240.0);
/// How far the two forms are offset from a reader's number, so that their intervals do not overlap.
const ASIDE: f64 = 0.12;

/// Sensitivity, specificity and accuracy of each reader on each form, the network last; none if nobody has read.
pub(super) fn rates(tables: &Tables) -> Vec<Figure> {
    if tables.readers.is_empty() {
        return Vec::new();
    }
    let count = tables.readers.distinct("reader").len();
    let measures = ["sensitivity", "specificity", "accuracy"];
    let figure = |measure: &str| {
        let series = |(form, aside): (Form, f64)| {
            let of = [("form", form.name())];
            let network = |row: &Row<'_>| row.text("who").starts_with("network: ");
            let readers = tables.readers.of(&of);
            let rows = readers.chain(tables.pooled.of(&of).filter(network));
            let points = (1..).zip(rows);
            Series {
                name: form.name().to_owned(),
                points: points
                    .filter_map(|(at, row)| point(row, f64::from(at) + aside, measure))
                    .collect(),
                joined: false,
                marked: true,
            }
        };
        Figure {
            name: measure.to_owned(),
            chart: Chart {
                title: format!("{measure}, each reader, and the network last"),
                x: Axis {
                    name: "reader, in the order of the table".to_owned(),
                    low: 0.5,
                    high: count as f64 + 1.5,
                },
                y: Axis::share(measure),
                series: Form::ALL
                    .into_iter()
                    .zip([-ASIDE, ASIDE])
                    .map(series)
                    .collect(),
                diagonal: false,
                plane: PLANE,
            },
        }
    };
    measures.map(figure).into()
}
