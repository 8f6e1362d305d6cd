//! The curves of a training as CSV and as a picture.

use std::fmt::Write as _;
use std::io;

use super::progress::EpochMetrics;

/// Width and height of the picture, and the space around each of its two panels.
const SIZE: (f64, f64) = (760.0, 300.0);
const LEFT: f64 = 52.0;
const TOP: f64 = 40.0;
const PANEL: (f64, f64) = (300.0, 200.0);
const NEXT: f64 = 376.0;

const HEADER: [&str; 7] = [
    "epoch",
    "loss",
    "lr",
    "auc",
    "sensitivity",
    "specificity",
    "validation_loss",
];

/// One line per epoch, below a header.
///
/// # Errors
/// None but a bug of the writer into memory.
pub(super) fn csv(rows: &[EpochMetrics]) -> io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for row in rows {
        let one = row.validation;
        let numbers = [
            row.loss,
            row.lr,
            one.auc,
            one.sensitivity,
            one.specificity,
            one.loss,
        ];
        let fields = numbers.iter().map(ToString::to_string);
        writer.write_record(std::iter::once(row.epoch.to_string()).chain(fields))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// A panel's frame of numbers.
struct Panel {
    x: f64,
    epochs: f64,
    low: f64,
    high: f64,
}

impl Panel {
    fn at(&self, epoch: usize, value: f64) -> (f64, f64) {
        let across = (epoch as f64 - 1.0) / (self.epochs - 1.0).max(1.0);
        let up = (value - self.low) / (self.high - self.low).max(f64::MIN_POSITIVE);
        (
            self.x + across * PANEL.0,
            TOP + PANEL.1 * (1.0 - up.clamp(0.0, 1.0)),
        )
    }

    fn axes(&self, title: &str) -> String {
        let (right, bottom) = (self.x + PANEL.0, TOP + PANEL.1);
        let mut text = format!(
            "<text x=\"{x}\" y=\"{y}\" font-weight=\"bold\">{title}</text>\n\
             <path d=\"M{x} {TOP}V{bottom}H{right}\" fill=\"none\" stroke=\"#888\"/>\n",
            x = self.x,
            y = TOP - 22.0,
        );
        for part in 0..=4 {
            let value = self.low + (self.high - self.low) * f64::from(part) / 4.0;
            let (x, y) = self.at(1, value);
            writeln!(
                text,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{value:.2}</text>",
                x - 6.0,
                y + 4.0
            )
            .ok();
        }
        for (epoch, anchor) in [(1.0, "start"), (self.epochs, "end")] {
            let (x, _) = self.at(epoch as usize, self.low);
            writeln!(
                text,
                "<text x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">epoch {epoch}</text>",
                bottom + 16.0
            )
            .ok();
        }
        text
    }

    /// A line through the rows; `dash`: its pattern, so that lines can be distinguished without colour.
    fn line(
        &self,
        rows: &[EpochMetrics],
        dash: &str,
        colour: &str,
        value: impl Fn(&EpochMetrics) -> f64,
    ) -> String {
        let points: Vec<String> = rows
            .iter()
            .map(|row| {
                let (x, y) = self.at(row.epoch, value(row));
                format!("{x:.1},{y:.1}")
            })
            .collect();
        format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>\n",
            points.join(" ")
        )
    }
}

/// Loss of training and validation on the left, AUC on the right, the best epoch marked.
pub(super) fn svg(rows: &[EpochMetrics], best: Option<EpochMetrics>) -> String {
    let epochs = rows.last().map_or(1.0, |row| row.epoch as f64);
    let losses = rows.iter().flat_map(|row| [row.loss, row.validation.loss]);
    let left = Panel {
        x: LEFT,
        epochs,
        low: 0.0,
        high: losses.fold(f64::MIN_POSITIVE, f64::max),
    };
    let lowest = rows
        .iter()
        .map(|row| row.validation.auc)
        .fold(1.0, f64::min);
    let right = Panel {
        x: LEFT + NEXT,
        epochs,
        low: (lowest * 10.0).floor() / 10.0,
        high: 1.0,
    };
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\n",
        w = SIZE.0,
        h = SIZE.1,
    );
    text += &left.axes("Loss: training (line), validation (dashes)");
    text += &left.line(rows, "none", "#1f4e8c", |row| row.loss);
    text += &left.line(rows, "6 4", "#c26a00", |row| row.validation.loss);
    text += &right.axes("AUC on the validation part");
    text += &right.line(rows, "none", "#1f4e8c", |row| row.validation.auc);
    if let Some(best) = best {
        let (x, y) = right.at(best.epoch, best.validation.auc);
        writeln!(
            text,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"none\" stroke=\"#111\" stroke-width=\"2\"/>\n\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">best: {:.4} after epoch {}</text>",
            right.x + PANEL.0,
            SIZE.1 - 12.0,
            best.validation.auc,
            best.epoch
        )
        .ok();
    }
    text + "</svg>\n"
}
