//! A landscape: P over two axes as colours, with the contour of the threshold; of two models, side by side.

use std::fmt::Write as _;

use super::contour::contour;
use super::range::{Range, colour_of};
use super::text::{OfModel, foot, head, legend, line, model_name, named, title};
use crate::explain::landscape::Landscape;
use crate::explain::map::{Axis, Map};
use crate::figures::axis;
use flipscope_language::text;

/// Left and upper edge of the first plane, and the sides of each.
const LEFT: f64 = 84.0;
const TOP: f64 = 64.0;
const WIDE: f64 = 640.0;
const HIGH: f64 = 400.0;
/// Between two planes: room for the numbers of the second.
const BETWEEN: f64 = 100.0;
/// Right of the last plane: the legend.
const RIGHT: f64 = 261.0;

/// The planes of one model, or of several side by side, as SVG.
pub(super) fn planes(
    models: &[OfModel<'_>],
    (first, about): OfModel<'_>,
    landscape: &Landscape,
) -> String {
    let heading = "font-size=\"18\" font-weight=\"600\"";
    let mut body = line(24.0, 32.0, heading, &title(first, about));
    let mut left = LEFT;
    let mut drawn = Drawn::default();
    for &(map, caption) in models {
        if models.len() > 1 {
            let model = model_name(caption);
            body += &line(left, TOP - 10.0, "font-size=\"14\"", &model);
        }
        body += &one((map, caption), landscape, left, &mut drawn);
        left += WIDE + BETWEEN;
    }
    let right = left - BETWEEN;
    if let Some(range) = drawn.range {
        body += &explanation(&range, first, &drawn, right + 24.0);
    }
    let mut below = TOP + HIGH + 68.0;
    for &(map, caption) in models {
        let (text, height) = foot((map, None), caption, below, 24.0);
        body += &text;
        below = height + 12.0;
    }
    format!("{}{body}</svg>\n", head(right + RIGHT, below - 12.0))
}

/// What the legend has to explain.
#[derive(Default)]
struct Drawn {
    /// The colours, if there are any.
    range: Option<Range>,
    /// The thresholds whose contour is drawn.
    thresholds: Vec<f32>,
    /// Whether the cross is.
    cross: bool,
}

/// The plane of one model, from its left edge; nothing if it is flat.
fn one((map, caption): OfModel<'_>, landscape: &Landscape, left: f64, drawn: &mut Drawn) -> String {
    let Some(range) = Range::of(map, &map.values) else {
        return String::new();
    };
    let plane = Plane { map, left };
    let mut body = plane.cells(&range);
    body += &plane.axes();
    let turns = plane.turns(caption.threshold);
    if !turns.is_empty() {
        body += &turns;
        if !drawn.thresholds.contains(&caption.threshold) {
            drawn.thresholds.push(caption.threshold);
        }
    }
    let here = plane.here(landscape);
    drawn.cross |= !here.is_empty();
    drawn.range = Some(range);
    body + &here
}

/// The legend on the right: only what is drawn.
fn explanation(range: &Range, map: &Map, drawn: &Drawn, x: f64) -> String {
    let note = |y: f64, words: &str| line(x, y, "font-size=\"12\"", words);
    let mut text = legend(range, x, TOP + 20.0, 200.0);
    text += &note(TOP + 12.0, &map.quantity.in_words());
    let thresholds: Vec<String> = drawn.thresholds.iter().map(f32::to_string).collect();
    let mut words = Vec::new();
    match thresholds.as_slice() {
        [] => {}
        [one] => words.push(text!("contour-of-one", threshold = &**one)),
        [one, others @ ..] => {
            let others = others.join(", ");
            words.push(text!("contour-of-two", one = &**one, other = others));
        }
    }
    if drawn.cross {
        words.push(text!("contour-cross").to_owned());
    }
    for (at, words) in words.iter().enumerate() {
        text += &note(TOP + 74.0 + 20.0 * at as f64, words);
    }
    text
}

/// A landscape of one model, and where it lies in the figure.
struct Plane<'a> {
    map: &'a Map,
    left: f64,
}

impl Plane<'_> {
    /// Where a place of the grid lies in the figure; every value is the middle of its cell.
    fn at(&self, column: f64, row: f64) -> (f64, f64) {
        let along = |place: f64, axis: &Axis| (place + 0.5) / axis.values.len() as f64;
        (
            self.left + WIDE * along(column, &self.map.columns),
            TOP + HIGH * (1.0 - along(row, &self.map.rows)),
        )
    }

    /// The contour of a threshold; nothing if there is none.
    fn turns(&self, threshold: f32) -> String {
        let mut path = String::new();
        let columns = self.map.columns.values.len();
        for [(x0, y0), (x1, y1)] in contour(&self.map.values, columns, threshold) {
            let ((x0, y0), (x1, y1)) = (self.at(x0, y0), self.at(x1, y1));
            write!(path, "M{x0:.1} {y0:.1}L{x1:.1} {y1:.1}").ok();
        }
        if path.is_empty() {
            return path;
        }
        // White under black shows on every colour.
        [("#ffffff", 3.5), ("#000000", 1.5)]
            .map(|(ink, width)| {
                format!(
                    "<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{width}\" stroke-linecap=\"round\"/>\n"
                )
            })
            .concat()
    }

    fn cells(&self, range: &Range) -> String {
        let (wide, high) = (
            WIDE / self.map.columns.values.len() as f64,
            HIGH / self.map.rows.values.len() as f64,
        );
        let mut text = String::from("<g shape-rendering=\"crispEdges\">\n");
        for (row, line) in self.map.lines().enumerate() {
            for (column, value) in line.iter().enumerate() {
                let Some([r, g, b]) = colour_of(range, *value) else {
                    continue;
                };
                let (x, y) = self.at(column as f64 - 0.5, row as f64 + 0.5);
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

    fn axes(&self) -> String {
        let (left, map) = (self.left, self.map);
        let small = |anchor: &str| format!("font-size=\"12\" text-anchor=\"{anchor}\"");
        let scale = |axis: &Axis| axis::Axis::around("", axis.values.iter().copied());
        let (right, bottom) = (left + WIDE, TOP + HIGH);
        let mut text = format!(
            "<path d=\"M{left} {TOP}H{right}V{bottom}H{left}Z\" fill=\"none\" stroke=\"#000\"/>\n"
        );
        for (tick, text_of) in scale(&map.columns).ticks() {
            if let Some(column) = place(&map.columns, tick) {
                let (x, _) = self.at(column, 0.0);
                write!(text, "<path d=\"M{x:.1} {bottom}v5\" stroke=\"#000\"/>").ok();
                text += &line(x, bottom + 18.0, &small("middle"), &text_of);
            }
        }
        for (tick, text_of) in scale(&map.rows).ticks() {
            if let Some(row) = place(&map.rows, tick) {
                let (_, y) = self.at(0.0, row);
                write!(text, "<path d=\"M{left} {y:.1}h-5\" stroke=\"#000\"/>").ok();
                text += &line(left - 9.0, y + 4.0, &small("end"), &text_of);
            }
        }
        let middle = left + WIDE / 2.0;
        let across = named(&map.columns);
        text += &line(middle, bottom + 38.0, &small("middle"), &across);
        let (x, y) = (left - 56.0, TOP + HIGH / 2.0);
        let upright = format!("{} transform=\"rotate(-90 {x} {y:.1})\"", small("middle"));
        text + &line(x, y, &upright, &named(&map.rows))
    }

    /// A cross where the frame is that the landscape is around; nothing if it lies beyond the edges.
    fn here(&self, landscape: &Landscape) -> String {
        let (columns, rows) = (&self.map.columns, &self.map.rows);
        let x = landscape.x.parameter.get(&landscape.around);
        let y = landscape.y.map(|y| y.parameter.get(&landscape.around));
        let row = y.and_then(|y| place(rows, y));
        let (Some(column), Some(row)) = (place(columns, x), row) else {
            return String::new();
        };
        let (x, y) = self.at(column, row);
        let cross = format!("M{:.1} {y:.1}h16M{x:.1} {:.1}v16", x - 8.0, y - 8.0);
        [("#ffffff", 4.5), ("#000000", 2.0)]
            .map(|(ink, width)| {
                format!("<path d=\"{cross}\" stroke=\"{ink}\" stroke-width=\"{width}\"/>\n")
            })
            .concat()
    }
}

/// The place of a value on an axis, in steps of the grid.
fn place(axis: &Axis, value: f64) -> Option<f64> {
    let (first, last) = (axis.values.first()?, axis.values.last()?);
    let share = (value - first) / (last - first);
    (0.0..=1.0)
        .contains(&share)
        .then(|| share * (axis.values.len() - 1) as f64)
}
