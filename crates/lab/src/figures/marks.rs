//! The ink of charts: lines, marks and intervals, told apart by dash and shape.

use std::fmt::Write as _;

use super::escape::escaped;
use super::series::{Line, Series};

/// Half the width of the ends of an interval.
const CAP: f64 = 2.5;

/// How a series is drawn: the dash of its line, the grey of its ink.
fn style(at: usize) -> (&'static str, &'static str) {
    const STYLES: [(&str, &str); 4] = [
        ("", "#000"),
        ("6 4", "#555"),
        ("2 3", "#222"),
        ("9 3 2 3", "#777"),
    ];
    STYLES
        .get(at % STYLES.len())
        .copied()
        .unwrap_or(("", "#000"))
}

/// The line through the points of a series.
pub(super) fn line(series: usize, line: Line, points: &[(f64, f64)]) -> String {
    if line == Line::None || points.len() < 2 {
        return String::new();
    }
    let (dash, ink) = style(series);
    let mut path = String::new();
    for (at, (x, y)) in points.iter().enumerate() {
        match (at, line) {
            (0, _) => write!(path, "M{x:.1} {y:.1}").ok(),
            (_, Line::Steps) => write!(path, "H{x:.1}V{y:.1}").ok(),
            _ => write!(path, "L{x:.1} {y:.1}").ok(),
        };
    }
    format!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.5\" stroke-dasharray=\"{dash}\"/>\n"
    )
}

/// A mark: circle, square, triangle or diamond.
pub(super) fn mark(series: usize, x: f64, y: f64) -> String {
    let (_, ink) = style(series);
    let path = |d: String| format!("<path d=\"{d}\" fill=\"#fff\" stroke=\"{ink}\"/>\n");
    match series % 4 {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{ink}\"/>\n"),
        1 => path(format!("M{:.1} {:.1}h7v7h-7z", x - 3.5, y - 3.5)),
        2 => path(format!("M{x:.1} {:.1}l4.2 7.4h-8.4z", y - 4.4)),
        _ => path(format!(
            "M{x:.1} {:.1}l4.4 4.4l-4.4 4.4l-4.4 -4.4z",
            y - 4.4
        )),
    }
}

/// A ring around a mark.
pub(super) fn ring(x: f64, y: f64) -> String {
    format!(
        "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"7\" fill=\"none\" stroke=\"#000\" stroke-width=\"1.2\"/>\n"
    )
}

/// An interval, from its lower to its upper end.
pub(super) fn whisker(series: usize, x: f64, low: f64, high: f64) -> String {
    let (_, ink) = style(series);
    let (left, wide) = (x - CAP, 2.0 * CAP);
    format!(
        "<path d=\"M{left:.1} {low:.1}h{wide}M{x:.1} {low:.1}V{high:.1}M{left:.1} {high:.1}h{wide}\" stroke=\"{ink}\"/>\n"
    )
}

/// A line of the legend: the ink of a series, and its name.
pub(super) fn legend_line(at: usize, series: &Series, left: f64, y: f64) -> String {
    let (dash, ink) = style(at);
    let mut svg = String::new();
    if series.line != Line::None {
        write!(
            svg,
            "<path d=\"M{left} {y:.1}h28\" stroke=\"{ink}\" stroke-width=\"1.5\" stroke-dasharray=\"{dash}\"/>"
        )
        .ok();
    }
    if series.marked {
        svg += &mark(at, left + 14.0, y);
    }
    writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
        left + 36.0,
        y + 4.0,
        escaped(&series.name)
    )
    .ok();
    svg
}
