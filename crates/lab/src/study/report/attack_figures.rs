//! The figures of a study's attacks, made from its tables.

use super::figures::LARGE;
use super::read_tables::Tables;
use super::words;
use crate::figures::axis::Axis;
use crate::figures::chart::{Chart, Panel};
use crate::figures::csv_reader::{Row, Table};
use crate::figures::figure::{Content, Figure, point};
use crate::figures::series::{Line, Point, Series};
use crate::search::SizeUnit;
use flipscope_language::{as_text, text};

/// How often attacks flip, by the confidence before them (the letter's Figures 1n, 2j and 2t), and by the size of the change. Where
/// nothing was attacked, or nothing flipped, the figure would be empty: a sentence takes its place.
pub(super) fn attacks(tables: &Tables) -> (Vec<Figure>, Vec<String>) {
    let (mut figures, mut notes) = (Vec::new(), Vec::new());
    for which in campaigns(&tables.attacks) {
        let name = which
            .iter()
            .map(|(_, cell)| *cell)
            .collect::<Vec<_>>()
            .join("-");
        let Some(first) = tables.attacks.of(&which).next() else {
            continue;
        };
        let attack = words::attack(first.text("attack"));
        let direction = words::direction(first.text("direction"));
        let count = |column: &str| -> usize {
            let counts = tables.attacks.of(&which);
            counts
                .filter_map(|row| row.text(column).parse::<usize>().ok())
                .sum()
        };
        let (attacked, flipped) = (count("attacked"), count("flipped"));
        if attacked == 0 {
            notes.push(text!(
                "report-nothing-attacked",
                attack = as_text(&attack),
                direction = as_text(&direction)
            ));
            continue;
        }
        let campaign = words::campaign(
            first.text("preset"),
            first.text("mode"),
            first.text("direction"),
            first.text("seed"),
            first.text("budget_frames"),
        );
        let figure = |by: &str, title: &str, caption: String, panel| Figure {
            name: format!("attack-{name}-by-{by}"),
            caption,
            content: Content::Chart(Chart::single(title, panel)),
        };
        figures.push(figure(
            "confidence",
            &text!(
                "report-attack-flips-by-confidence",
                attack = as_text(&attack),
                direction = as_text(&direction)
            ),
            text!(
                "report-share-attacked-pictures-whose",
                campaign = as_text(&campaign)
            ),
            by_confidence(tables, &which),
        ));
        if flipped == 0 {
            notes.push(text!(
                "report-nothing-flipped",
                attack = as_text(&attack),
                direction = as_text(&direction),
                count = attacked
            ));
            continue;
        }
        figures.push(figure(
            "size",
            &text!(
                "report-attack-flips-by-size",
                attack = as_text(&attack),
                direction = as_text(&direction)
            ),
            text!(
                "report-share-attacked-pictures-change",
                campaign = as_text(&campaign)
            ),
            by_size(tables, &which),
        ));
    }
    (figures, notes)
}

type Which<'a> = [(&'a str, &'a str)];

/// A series for each model.
fn by_model<'a>(
    tables: &'a Tables,
    which: &Which<'a>,
    mut series: impl FnMut(&[(&str, &str)]) -> Series,
) -> Vec<Series> {
    let of = |model: &'a str| {
        let mut wanted = which.to_vec();
        wanted.push(("model", model));
        Series {
            name: tables.shown(model),
            ..series(&wanted)
        }
    };
    tables.models().into_iter().map(of).collect()
}

fn by_confidence(tables: &Tables, which: &Which<'_>) -> Panel {
    let middle = |row: Row<'_>| {
        let (from, below) = (
            row.number("p_melanoma_from")?,
            row.number("p_melanoma_below")?,
        );
        point(row, f64::midpoint(from, below), "flip_rate")
    };
    let series = by_model(tables, which, |wanted| Series {
        name: String::new(),
        points: tables.confidence.of(wanted).filter_map(middle).collect(),
        line: Line::None,
        marked: true,
    });
    Panel {
        heading: String::new(),
        x: Axis::share(text!("report-p-melanoma-before-attack")),
        y: Axis::share(text!("report-flipped-those-attacked")),
        series,
        diagonal: false,
        beside: true,
        plane: LARGE,
    }
}

/// A step at each size at which another picture flips.
fn by_size(tables: &Tables, which: &Which<'_>) -> Panel {
    let largest = tables.sizes.of(which);
    let largest = largest.filter_map(|row| row.number("size_at_most"));
    let largest = largest.fold(0.0, f64::max);
    let mut number = 0.0;
    let series = by_model(tables, which, |wanted| {
        let rows = tables.sizes.of(wanted);
        // Each line goes on beyond the largest change, and ends at a place of its own with its interval.
        number += 1.0;
        let end = largest * (1.02 + 0.05 * number);
        let mut points = vec![Point {
            x: 0.0,
            y: 0.0,
            interval: None,
            ringed: false,
        }];
        points.extend(rows.filter_map(|row| point(row, row.number("size_at_most")?, "flip_rate")));
        let last = points.last().copied();
        for point in &mut points {
            point.interval = None;
        }
        points.extend(last.map(|last| Point { x: end, ..last }));
        Series {
            name: String::new(),
            points,
            line: Line::Steps,
            marked: false,
        }
    });
    let sizes = series
        .iter()
        .flat_map(|one| one.points.iter().map(|point| point.x));
    let unit = tables.sizes.of(which).next();
    let unit = unit.map_or("", |row| SizeUnit::text_in_words(row.text("size_unit")));
    Panel {
        heading: String::new(),
        x: Axis::around(
            &text!("report-size-change-at-most", unit = as_text(&unit)),
            sizes,
        ),
        y: Axis::share(text!("report-flipped-those-attacked")),
        series,
        diagonal: false,
        beside: false,
        plane: LARGE,
    }
}

/// The cells that distinguish campaigns, apart from the model.
fn campaigns(attacks: &Table) -> Vec<Vec<(&str, &str)>> {
    let mut all = Vec::new();
    for row in attacks.rows() {
        let which: Vec<(&str, &str)> = ["attack", "preset", "mode", "direction", "seed"]
            .into_iter()
            .map(|column| (column, row.text(column)))
            .collect();
        if !all.contains(&which) {
            all.push(which);
        }
    }
    all
}
