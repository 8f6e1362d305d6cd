//! The one kind of chart: points, with their intervals if they have them, over two axes, in one panel or several side by side. Series
//! are distinguished by shape and dash, never by colour alone, so that a black-and-white print shows the same; where they share
//! their places on the axis, they stand beside each other, so that no interval hides another. SVG without scripts, styles or fonts
//! of its own.

use std::fmt::Write as _;

use super::axis::Axis;
use super::escape::escaped;
use super::marks::{legend_line, line, mark, ring, whisker};
use super::series::{Point, Series};

/// Space for the axes' numbers and names.
pub(super) const LEFT: f64 = 58.0;
const TITLE: f64 = 30.0;
const HEADING: f64 = 18.0;
const RIGHT: f64 = 16.0;
const BOTTOM: f64 = 48.0;
/// Height of one line of the legend, its distance from the axis, and the approximate width of a letter.
const LEGEND: f64 = 17.0;
const BELOW: f64 = 10.0;
const LETTER: f64 = 6.4;
const BOLD: f64 = 7.2;
/// The most units between series at the same place.
const BESIDE: f64 = 8.0;

/// A chart.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    pub(crate) title: String,
    pub(crate) panels: Vec<Panel>,
}

/// One plane with its axes. All panels of a chart have the same series.
#[derive(Clone, Debug)]
pub(crate) struct Panel {
    /// Above it; empty for a single one.
    pub(crate) heading: String,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    pub(crate) series: Vec<Series>,
    /// A thin line from corner to corner: chance, or perfect calibration.
    pub(crate) diagonal: bool,
    /// Whether the series have the same places on the axis, and stand beside each other there.
    pub(crate) beside: bool,
    /// Width and height of the plane, in SVG units.
    pub(crate) plane: (f64, f64),
}

impl Chart {
    /// A chart with one panel.
    pub(crate) fn single(title: &str, panel: Panel) -> Self {
        Self {
            title: title.to_owned(),
            panels: vec![panel],
        }
    }

    /// The figure as SVG.
    pub(crate) fn svg(&self) -> String {
        let named: Vec<&Series> = match self.panels.first() {
            Some(panel) if panel.series.len() > 1 => panel.series.iter().collect(),
            _ => Vec::new(),
        };
        let headed = self.panels.iter().any(|panel| !panel.heading.is_empty());
        let top = TITLE + if headed { HEADING } else { 0.0 };
        let high = self.panels.iter().map(|panel| panel.plane.1);
        let high = high.fold(0.0, f64::max);
        let wide: f64 = (self.panels.iter())
            .map(|panel| LEFT + panel.plane.0 + RIGHT)
            .sum();
        let letters = |text: &str| text.chars().count() as f64;
        let longest = named.iter().map(|series| letters(&series.name));
        let longest = longest.fold(0.0, f64::max);
        let width = wide
            .max(LEFT + letters(&self.title) * BOLD + RIGHT)
            .max(LEFT + 36.0 + longest * LETTER + RIGHT)
            .ceil();
        let legend = top + high + BOTTOM + BELOW;
        let height = if named.is_empty() {
            top + high + BOTTOM
        } else {
            legend + named.len() as f64 * LEGEND
        };
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" \
             font-family=\"Inter, Helvetica, Arial, sans-serif\" font-size=\"12\" role=\"img\" aria-label=\"{title}\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<text x=\"{LEFT}\" y=\"20\" font-weight=\"bold\">{title}</text>\n",
            title = escaped(&self.title)
        );
        let mut left = LEFT;
        for panel in &self.panels {
            let place = Place { panel, left, top };
            svg += &place.axes();
            for (at, series) in panel.series.iter().enumerate() {
                svg += &place.drawn(at, series);
            }
            left += panel.plane.0 + RIGHT + LEFT;
        }
        for (at, series) in named.into_iter().enumerate() {
            svg += &legend_line(at, series, LEFT, legend + at as f64 * LEGEND);
        }
        svg + "</svg>\n"
    }
}

/// A panel within the figure.
struct Place<'a> {
    panel: &'a Panel,
    /// The upper left corner of its plane.
    left: f64,
    top: f64,
}

impl Place<'_> {
    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let (wide, high) = self.panel.plane;
        (
            self.left + wide * self.panel.x.place(x),
            self.top + high * (1.0 - self.panel.y.place(y)),
        )
    }

    fn axes(&self) -> String {
        let Self { panel, left, top } = self;
        let (wide, high) = panel.plane;
        let (right, bottom) = (left + wide, top + high);
        let mut svg = String::new();
        if !panel.heading.is_empty() {
            let (y, heading) = (top - 8.0, escaped(&panel.heading));
            writeln!(svg, "<text x=\"{left:.1}\" y=\"{y:.1}\">{heading}</text>").ok();
        }
        for (value, text) in panel.x.ticks() {
            let (x, _) = self.at(value, panel.y.low);
            writeln!(
                svg,
                "<path d=\"M{x:.1} {top}V{:.1}\" stroke=\"#ddd\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                bottom + 4.0,
                bottom + 17.0,
                escaped(&text)
            )
            .ok();
        }
        for (value, text) in panel.y.ticks() {
            let (_, y) = self.at(panel.x.low, value);
            writeln!(
                svg,
                "<path d=\"M{:.1} {y:.1}H{right}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                left - 4.0,
                left - 8.0,
                y + 4.0,
                escaped(&text)
            )
            .ok();
        }
        if panel.diagonal {
            writeln!(
                svg,
                "<path d=\"M{left} {bottom}L{right} {top}\" stroke=\"#888\" stroke-dasharray=\"1 3\"/>"
            )
            .ok();
        }
        writeln!(
            svg,
            "<path d=\"M{left} {top}V{bottom}H{right}\" fill=\"none\" stroke=\"#000\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\n\
             <text transform=\"translate({:.1} {:.1}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            left + wide / 2.0,
            bottom + 37.0,
            escaped(&panel.x.name),
            left - 44.0,
            top + high / 2.0,
            escaped(&panel.y.name)
        )
        .ok();
        svg
    }

    /// How far a series is moved aside, so that it does not hide the others at its places.
    fn aside(&self, number: usize) -> f64 {
        let count = self.panel.series.len();
        if !self.panel.beside || count < 2 {
            return 0.0;
        }
        let points = self.panel.series.iter().flat_map(|series| &series.points);
        let mut places: Vec<f64> = points.map(|point| self.at(point.x, 0.0).0).collect();
        places.sort_by(f64::total_cmp);
        places.dedup_by(|a, b| (*a - *b).abs() < 0.01);
        let gaps = places.windows(2).filter_map(|pair| match pair {
            [one, next] => Some(next - one),
            _ => None,
        });
        let step = (gaps.fold(f64::INFINITY, f64::min) / (count as f64 + 0.5)).min(BESIDE);
        (number as f64 - (count as f64 - 1.0) / 2.0) * step
    }

    fn drawn(&self, number: usize, series: &Series) -> String {
        let aside = self.aside(number);
        let at = |point: &Point, y: f64| {
            let (x, y) = self.at(point.x, y);
            (x + aside, y)
        };
        let joined: Vec<(f64, f64)> = (series.points.iter())
            .map(|point| at(point, point.y))
            .collect();
        let mut svg = line(number, series.line, &joined);
        for point in &series.points {
            let (x, y) = at(point, point.y);
            if let Some((lower, upper)) = point.interval {
                let ((_, low), (_, high)) = (at(point, lower), at(point, upper));
                svg += &whisker(number, x, low, high);
            }
            if series.marked {
                svg += &mark(number, x, y);
            }
            if point.ringed {
                svg += &ring(x, y);
            }
        }
        svg
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::series::Line;

    fn point(x: f64, y: f64) -> Point {
        Point {
            x,
            y,
            interval: Some((y - 0.1, y + 0.1)),
            ringed: x == 0.0,
        }
    }

    fn panel(series: &[&str]) -> Panel {
        let series = series.iter().map(|name| Series {
            name: (*name).to_owned(),
            points: vec![point(0.0, 0.5), point(1.0, 1.0)],
            line: Line::Straight,
            marked: true,
        });
        Panel {
            heading: String::new(),
            x: Axis::share("level"),
            y: Axis::share("sensitivity"),
            series: series.collect(),
            diagonal: true,
            beside: true,
            plane: (300.0, 200.0),
        }
    }

    #[test]
    fn a_figure_is_an_svg_that_can_be_drawn_and_holds_its_points() {
        let svg = Chart::single("A < B & C", panel(&["first"])).svg();
        assert!(svg.contains("A &lt; B &amp; C") && !svg.contains("first"));
        let wanted = format!("cx=\"{LEFT:.1}\" cy=\"{:.1}\"", TITLE + 100.0);
        assert!(svg.contains(&wanted), "{svg}");
        crate::figures::draw(&svg).unwrap();
    }

    #[test]
    fn series_at_one_place_stand_beside_each_other() {
        let panel = panel(&["first", "second", "third"]);
        let place = Place {
            panel: &panel,
            left: LEFT,
            top: TITLE,
        };
        let asides = [0, 1, 2].map(|number| place.aside(number));
        assert_eq!(asides, [-BESIDE, 0.0, BESIDE]);
        let chart = Chart {
            title: String::new(),
            panels: vec![panel.clone(), panel],
        };
        let svg = chart.svg();
        assert_eq!(svg.matches("second").count(), 1, "one legend for both");
        crate::figures::draw(&svg).unwrap();
    }
}
