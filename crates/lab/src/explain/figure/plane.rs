//! A landscape: P over two axes as colours, with the contour of the threshold; over one axis as a curve.

use std::fmt::Write as _;

use super::Caption;
use super::contour::contour;
use super::paint::{Range, colour_of};
use super::text::{foot, head, legend, line, number, title};
use crate::explain::landscape::Landscape;
use crate::explain::map::{Axis, Map};
use crate::figures::FigureError;
use crate::figures::axis;
use crate::figures::chart::{Chart, Panel};
use crate::figures::series::{Line, Point, Series};

/// Left and upper edge of the plane, and its sides.
const LEFT: f64 = 84.0;
const TOP: f64 = 64.0;
const WIDE: f64 = 640.0;
const HIGH: f64 = 400.0;
/// Width of the figure.
const WIDTH: f64 = 985.0;

/// The figure as SVG.
///
/// # Errors
/// If it cannot be drawn.
pub fn plane(map: &Map, landscape: &Landscape, caption: &Caption) -> Result<String, FigureError> {
    if landscape.y.is_none() {
        return Ok(curve(map, caption));
    }
    let mut body = line(
        24.0,
        32.0,
        "font-size=\"18\" font-weight=\"600\"",
        &title(map, caption),
    );
    let values = &map.values;
    if let Some(range) = Range::of(map, values) {
        body += &cells(map, &range);
        body += &axes(map);
        let columns = map.columns.values.len();
        let mut path = String::new();
        for [(x0, y0), (x1, y1)] in contour(values, columns, caption.threshold) {
            let ((x0, y0), (x1, y1)) = (at(map, x0, y0), at(map, x1, y1));
            write!(path, "M{x0:.1} {y0:.1}L{x1:.1} {y1:.1}").ok();
        }
        // White under black shows on every colour.
        for (ink, width) in [("#ffffff", 3.5), ("#000000", 1.5)] {
            writeln!(
                body,
                "<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{width}\" stroke-linecap=\"round\"/>"
            )
            .ok();
        }
        body += &here(map, landscape);
        body += &legend(&range, LEFT + WIDE + 24.0, TOP + 20.0, 200.0);
        let note = |y: f64, words: &str| line(LEFT + WIDE + 24.0, y, "font-size=\"12\"", words);
        body += &note(TOP + 12.0, &map.quantity.name());
        body += &note(
            TOP + 74.0,
            &format!("Line: threshold {}", caption.threshold),
        );
        body += &note(TOP + 94.0, "Cross: as set");
    }
    let (text, height) = foot(map, caption, TOP + HIGH + 68.0, 24.0);
    body += &text;
    Ok(format!("{}{body}</svg>\n", head(WIDTH, height)))
}

/// Where a place of the grid lies in the figure; every value is the middle of its cell.
fn at(map: &Map, column: f64, row: f64) -> (f64, f64) {
    let along = |place: f64, axis: &Axis| (place + 0.5) / axis.values.len() as f64;
    (
        LEFT + WIDE * along(column, &map.columns),
        TOP + HIGH * (1.0 - along(row, &map.rows)),
    )
}

fn cells(map: &Map, range: &Range) -> String {
    let (wide, high) = (
        WIDE / map.columns.values.len() as f64,
        HIGH / map.rows.values.len() as f64,
    );
    let mut text = String::from("<g shape-rendering=\"crispEdges\">\n");
    for (row, line) in map.lines().enumerate() {
        for (column, value) in line.iter().enumerate() {
            let Some([r, g, b]) = colour_of(range, *value) else {
                continue;
            };
            let (x, y) = at(map, column as f64 - 0.5, row as f64 + 0.5);
            // A little larger than the cell, so that no seam shows.
            writeln!(
                text,
                "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"#{r:02x}{g:02x}{b:02x}\"/>",
                wide + 0.3,
                high + 0.3
            )
            .ok();
        }
    }
    text + "</g>\n"
}

/// The place of a value on an axis, in steps of the grid.
fn place(axis: &Axis, value: f64) -> Option<f64> {
    let (first, last) = (axis.values.first()?, axis.values.last()?);
    let share = (value - first) / (last - first);
    (0.0..=1.0)
        .contains(&share)
        .then(|| share * (axis.values.len() - 1) as f64)
}

fn axes(map: &Map) -> String {
    let small = |anchor: &str| format!("font-size=\"12\" text-anchor=\"{anchor}\"");
    let scale = |axis: &Axis| axis::Axis::around("", axis.values.iter().copied());
    let (right, bottom) = (LEFT + WIDE, TOP + HIGH);
    let mut text = format!(
        "<path d=\"M{LEFT} {TOP}H{right}V{bottom}H{LEFT}Z\" fill=\"none\" stroke=\"#000\"/>\n"
    );
    for (tick, text_of) in scale(&map.columns).ticks() {
        if let Some(column) = place(&map.columns, tick) {
            let (x, _) = at(map, column, 0.0);
            write!(text, "<path d=\"M{x:.1} {bottom}v5\" stroke=\"#000\"/>").ok();
            text += &line(x, bottom + 18.0, &small("middle"), &text_of);
        }
    }
    for (tick, text_of) in scale(&map.rows).ticks() {
        if let Some(row) = place(&map.rows, tick) {
            let (_, y) = at(map, 0.0, row);
            write!(text, "<path d=\"M{LEFT} {y:.1}h-5\" stroke=\"#000\"/>").ok();
            text += &line(LEFT - 9.0, y + 4.0, &small("end"), &text_of);
        }
    }
    text += &line(
        LEFT + WIDE / 2.0,
        bottom + 38.0,
        &small("middle"),
        &named(&map.columns),
    );
    let upright = format!(
        "{} transform=\"rotate(-90 28 {:.1})\"",
        small("middle"),
        TOP + HIGH / 2.0
    );
    text + &line(28.0, TOP + HIGH / 2.0, &upright, &named(&map.rows))
}

fn named(axis: &Axis) -> String {
    format!("{} ({})", axis.name, axis.unit)
}

/// A cross where the frame is that the landscape is around.
fn here(map: &Map, landscape: &Landscape) -> String {
    let of = |axis: Option<_>| {
        axis.map(|axis: crate::explain::landscape::LandscapeAxis| {
            axis.parameter.get(&landscape.around)
        })
    };
    let (Some(x), Some(y)) = (of(Some(landscape.x)), of(landscape.y)) else {
        return String::new();
    };
    let (Some(column), Some(row)) = (place(&map.columns, x), place(&map.rows, y)) else {
        return String::new();
    };
    let (x, y) = at(map, column, row);
    let cross = format!("M{:.1} {y:.1}h16M{x:.1} {:.1}v16", x - 8.0, y - 8.0);
    [("#ffffff", 4.5), ("#000000", 2.0)]
        .map(|(ink, width)| {
            format!("<path d=\"{cross}\" stroke=\"{ink}\" stroke-width=\"{width}\"/>\n")
        })
        .concat()
}

/// One axis: P as a curve, and the threshold.
fn curve(map: &Map, caption: &Caption) -> String {
    let point = |x: f64, y: f64| Point {
        x,
        y,
        interval: None,
        ringed: false,
    };
    let points: Vec<Point> = (map.columns.values.iter().zip(&map.values))
        .filter(|(_, p)| p.is_finite())
        .map(|(x, p)| point(*x, f64::from(*p)))
        .collect();
    let ends = [map.columns.values.first(), map.columns.values.last()];
    let threshold = f64::from(caption.threshold);
    let series = |name: String, points: Vec<Point>, marked| Series {
        name,
        points,
        line: Line::Straight,
        marked,
    };
    let panel = Panel {
        heading: String::new(),
        x: axis::Axis::around(&named(&map.columns), map.columns.values.iter().copied()),
        y: axis::Axis::share(&map.quantity.name()),
        series: vec![
            series(
                format!(
                    "{}; {} as set",
                    map.quantity.name(),
                    number(f64::from(map.base))
                ),
                points,
                map.columns.values.len() <= 61,
            ),
            series(
                format!(
                    "threshold {}; model {}; no diagnosis",
                    caption.threshold, caption.model
                ),
                ends.into_iter()
                    .flatten()
                    .map(|x| point(*x, threshold))
                    .collect(),
                false,
            ),
        ],
        diagonal: false,
        beside: false,
        plane: (640.0, 320.0),
    };
    Chart::single(&title(map, caption), panel).svg()
}
