//! The one kind of chart: points, with their intervals if they have them, over two axes. Series are distinguished by shape and
//! dash, never by colour alone, so that a black-and-white print shows the same. SVG without scripts, styles or fonts of its
//! own.

use std::fmt::Write as _;

use super::escape::escaped;

/// Space for the axes' numbers and names.
const LEFT: f64 = 58.0;
const TOP: f64 = 34.0;
const RIGHT: f64 = 14.0;
const BOTTOM: f64 = 46.0;
/// Height of one line of the legend, its distance from the axis, and the approximate width of a letter.
const LINE: f64 = 16.0;
const BELOW: f64 = 8.0;
const LETTER: f64 = 6.4;
/// Approximate number of ticks on an axis.
const TICKS: f64 = 5.0;

/// A chart.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    pub(crate) title: String,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    pub(crate) series: Vec<Series>,
    /// A thin line from corner to corner: chance, or perfect calibration.
    pub(crate) diagonal: bool,
    /// Width and height of the plane, in SVG units.
    pub(crate) plane: (f64, f64),
}

/// What an axis measures.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    pub(crate) name: String,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// Points that belong together.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) points: Vec<Point>,
    /// Whether a line joins the points, and whether they have marks.
    pub(crate) joined: bool,
    pub(crate) marked: bool,
}

/// A point; an interval of length 0 if it has none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) interval: Option<(f64, f64)>,
}

impl Axis {
    /// From 0 to 1.
    pub(crate) fn share(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            low: 0.0,
            high: 1.0,
        }
    }

    /// As wide as the values, with a minimum.
    pub(crate) fn around(name: &str, values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let (low, high) = if low.is_finite() {
            (low, high)
        } else {
            (0.0, 1.0)
        };
        let spare = if high > low { 0.0 } else { 0.5 };
        Self {
            name: name.to_owned(),
            low: low - spare,
            high: high + spare,
        }
    }

    /// 0 at the start, 1 at the end.
    fn place(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0)
    }

    /// Round numbers within the axis: steps of 1, 2 or 5 times a power of ten.
    pub(crate) fn ticks(&self) -> Vec<f64> {
        let rough = (self.high - self.low) / TICKS;
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * power)
            .find(|step| *step >= rough * 0.999)
            .unwrap_or(power);
        let first = (self.low / step - 1e-9).ceil() as i64;
        let last = (self.high / step + 1e-9).floor() as i64;
        (first..=last).map(|at| at as f64 * step).collect()
    }
}

/// A number, as short as its precision allows.
pub(crate) fn short(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0" } else { text }.replace('-', "−")
}

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

/// A mark: circle, square, triangle or diamond.
fn mark(at: usize, x: f64, y: f64, ink: &str) -> String {
    let path = |d: String| format!("<path d=\"{d}\" fill=\"#fff\" stroke=\"{ink}\"/>");
    match at % 4 {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{ink}\"/>"),
        1 => path(format!("M{:.1} {:.1}h7v7h-7z", x - 3.5, y - 3.5)),
        2 => path(format!("M{x:.1} {:.1}l4.2 7.4h-8.4z", y - 4.4)),
        _ => path(format!(
            "M{x:.1} {:.1}l4.4 4.4l-4.4 4.4l-4.4 -4.4z",
            y - 4.4
        )),
    }
}

impl Chart {
    /// The figure as SVG.
    pub(crate) fn svg(&self) -> String {
        let (wide, high) = self.plane;
        let named = self.series.len() > 1;
        let (mut width, mut height) = (LEFT + wide + RIGHT, TOP + high + BOTTOM);
        if named {
            height += BELOW + self.series.len() as f64 * LINE;
            let longest = self.series.iter().map(|series| series.name.chars().count());
            let longest = longest.max().unwrap_or(0) as f64;
            width = width.max(LEFT + 36.0 + longest * LETTER + RIGHT);
        }
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" \
             font-family=\"Inter, Helvetica, Arial, sans-serif\" font-size=\"12\" role=\"img\" aria-label=\"{title}\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<text x=\"{LEFT}\" y=\"20\" font-weight=\"bold\">{title}</text>\n",
            title = escaped(&self.title)
        );
        svg += &self.axes();
        for (at, series) in self.series.iter().enumerate() {
            svg += &self.drawn(at, series);
            if named {
                let y = TOP + high + BOTTOM + BELOW + at as f64 * LINE;
                svg += &legend_line(at, series, y);
            }
        }
        svg + "</svg>\n"
    }

    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let (wide, high) = self.plane;
        (
            LEFT + wide * self.x.place(x),
            TOP + high * (1.0 - self.y.place(y)),
        )
    }

    fn axes(&self) -> String {
        let (wide, high) = self.plane;
        let (right, bottom) = (LEFT + wide, TOP + high);
        let mut svg = String::new();
        for value in self.x.ticks() {
            let (x, _) = self.at(value, self.y.low);
            writeln!(
                svg,
                "<path d=\"M{x:.1} {TOP}V{:.1}\" stroke=\"#ddd\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                bottom + 4.0,
                bottom + 17.0,
                short(value)
            )
            .ok();
        }
        for value in self.y.ticks() {
            let (_, y) = self.at(self.x.low, value);
            writeln!(
                svg,
                "<path d=\"M{:.1} {y:.1}H{right}\" stroke=\"#ddd\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                LEFT - 4.0,
                LEFT - 8.0,
                y + 4.0,
                short(value)
            )
            .ok();
        }
        if self.diagonal {
            writeln!(
                svg,
                "<path d=\"M{LEFT} {bottom}L{right} {TOP}\" stroke=\"#888\" stroke-dasharray=\"1 3\"/>"
            )
            .ok();
        }
        writeln!(
            svg,
            "<path d=\"M{LEFT} {TOP}V{bottom}H{right}\" fill=\"none\" stroke=\"#000\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\n\
             <text transform=\"translate(14 {:.1}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            LEFT + wide / 2.0,
            bottom + 36.0,
            escaped(&self.x.name),
            TOP + high / 2.0,
            escaped(&self.y.name)
        )
        .ok();
        svg
    }

    fn drawn(&self, number: usize, series: &Series) -> String {
        let (dash, ink) = style(number);
        let mut svg = String::new();
        if series.joined && series.points.len() > 1 {
            let mut path = String::new();
            for (at, point) in series.points.iter().enumerate() {
                let (x, y) = self.at(point.x, point.y);
                write!(path, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' }).ok();
            }
            writeln!(
                svg,
                "<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.5\" stroke-dasharray=\"{dash}\"/>"
            )
            .ok();
        }
        for point in &series.points {
            let (x, y) = self.at(point.x, point.y);
            if let Some((lower, upper)) = point.interval {
                let ((_, low), (_, high)) = (self.at(point.x, lower), self.at(point.x, upper));
                writeln!(
                    svg,
                    "<path d=\"M{x:.1} {low:.1}V{high:.1}\" stroke=\"{ink}\"/>"
                )
                .ok();
            }
            if series.marked {
                svg += &mark(number, x, y, ink);
                svg.push('\n');
            }
        }
        svg
    }
}

fn legend_line(at: usize, series: &Series, y: f64) -> String {
    let (dash, ink) = style(at);
    let mut svg = String::new();
    if series.joined {
        write!(
            svg,
            "<path d=\"M{LEFT} {y:.1}h28\" stroke=\"{ink}\" stroke-width=\"1.5\" stroke-dasharray=\"{dash}\"/>"
        )
        .ok();
    }
    if series.marked {
        svg += &mark(at, LEFT + 14.0, y, ink);
    }
    writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
        LEFT + 36.0,
        y + 4.0,
        escaped(&series.name)
    )
    .ok();
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_within_the_axis() {
        for (low, high, wanted) in [
            (0.0, 1.0, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            (-30.0, 30.0, vec![-20.0, 0.0, 20.0]),
            (0.9, 1.1, vec![0.9, 0.95, 1.0, 1.05, 1.1]),
        ] {
            let axis = Axis {
                name: String::new(),
                low,
                high,
            };
            let ticks = axis.ticks();
            assert_eq!(ticks.len(), wanted.len(), "{ticks:?}");
            for (made, wanted) in ticks.iter().zip(wanted) {
                assert!((made - wanted).abs() < 1e-9, "{ticks:?}");
            }
        }
        assert_eq!(
            (short(-0.0), short(0.25), short(-20.0)),
            ("0".into(), "0.25".into(), "−20".into())
        );
    }

    #[test]
    fn a_figure_is_an_svg_that_can_be_drawn_and_holds_its_points() {
        let point = |x, y| Point {
            x,
            y,
            interval: Some((y - 0.1, y + 0.1)),
        };
        let series = |name: &str| Series {
            name: name.to_owned(),
            points: vec![point(0.0, 0.5), point(1.0, 1.0)],
            joined: true,
            marked: true,
        };
        let chart = Chart {
            title: "A < B & C".to_owned(),
            x: Axis::around("level", [0.0, 1.0].into_iter()),
            y: Axis::share("sensitivity"),
            series: vec![series("first"), series("second")],
            diagonal: true,
            plane: (300.0, 200.0),
        };
        let svg = chart.svg();
        assert!(svg.contains("A &lt; B &amp; C") && svg.contains("second"));
        assert!(
            svg.contains(&format!("cx=\"{LEFT:.1}\" cy=\"{:.1}\"", TOP + 100.0)),
            "{svg}"
        );
        crate::figures::draw(&svg).unwrap();
    }
}
