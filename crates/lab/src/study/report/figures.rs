//! The figures of a study, made from its tables.

use crate::figures::chart::{Axis, Chart, Point, Series};
use crate::figures::csv_reader::{Row, Table};
use crate::figures::figure::{Figure, point};

/// The plane of a large figure, and of one of many.
const LARGE: (f64, f64) = (380.0, 300.0);
const SMALL: (f64, f64) = (250.0, 160.0);

/// The tables that figures are made of.
pub(super) struct Tables {
    pub(super) study: Table,
    pub(super) lesions: Table,
    pub(super) evaluation: Table,
    pub(super) areas: Table,
    pub(super) reliability: Table,
    pub(super) perturbations: Table,
    pub(super) families: Table,
    pub(super) robustness: Table,
    pub(super) attacks: Table,
    pub(super) confidence: Table,
    pub(super) sizes: Table,
    pub(super) comparison: Table,
}

impl Tables {
    /// The models, in the order of the study.
    pub(super) fn models(&self) -> Vec<&str> {
        self.evaluation.distinct("model")
    }

    /// The threshold that figures use: the first.
    pub(super) fn threshold(&self) -> &str {
        self.evaluation
            .rows()
            .next()
            .map_or("", |row| row.text("threshold"))
    }
}

/// The ROC curve, and the reliability curve.
pub(super) fn evaluation(tables: &Tables) -> Vec<Figure> {
    let models = tables.models();
    let curve = |model: &&str| Series {
        name: (*model).to_owned(),
        points: roc(tables, model),
        joined: true,
        marked: false,
    };
    let receiver = Chart {
        title: "Receiver operating characteristic".to_owned(),
        x: Axis::share("1 − specificity"),
        y: Axis::share("sensitivity"),
        series: models.iter().map(curve).collect(),
        diagonal: true,
        plane: LARGE,
    };
    let bins = |model: &&str| Series {
        name: (*model).to_owned(),
        points: tables
            .reliability
            .of(&[("model", model)])
            .filter_map(|row| {
                let x = row.number("mean_p_melanoma")?;
                Some(Point {
                    x,
                    y: row.number("share_of_melanomas")?,
                    interval: row.number("share_lower").zip(row.number("share_upper")),
                })
            })
            .collect(),
        joined: true,
        marked: true,
    };
    let reliability = Chart {
        title: "Reliability".to_owned(),
        x: Axis::share("mean P(melanoma) of a bin"),
        y: Axis::share("share of melanomas"),
        series: models.iter().map(bins).collect(),
        diagonal: true,
        plane: LARGE,
    };
    vec![
        Figure {
            name: "roc".to_owned(),
            chart: receiver,
        },
        Figure {
            name: "reliability".to_owned(),
            chart: reliability,
        },
    ]
}

/// From (0, 0) to (1, 1), a point wherever the threshold passes a score.
fn roc(tables: &Tables, model: &str) -> Vec<Point> {
    let mut scored: Vec<(f64, bool)> = tables
        .lesions
        .of(&[("model", model), ("role", "study")])
        .filter_map(|row| Some((row.number("p_melanoma")?, row.text("label") == "melanoma")))
        .collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let melanomas = scored.iter().filter(|(_, melanoma)| *melanoma).count();
    let nevi = scored.len() - melanomas;
    let (mut hits, mut alarms) = (0_usize, 0_usize);
    let at = |hits: usize, alarms: usize| Point {
        x: alarms as f64 / nevi.max(1) as f64,
        y: hits as f64 / melanomas.max(1) as f64,
        interval: None,
    };
    let mut points = vec![at(0, 0)];
    for ties in scored.chunk_by(|(a, _), (b, _)| a == b) {
        let found = ties.iter().filter(|(_, melanoma)| *melanoma).count();
        hits += found;
        alarms += ties.len() - found;
        points.push(at(hits, alarms));
    }
    points
}

/// Sensitivity and specificity along each family's levels, one figure per family.
pub(super) fn perturbations(tables: &Tables) -> Vec<Figure> {
    let threshold = tables.threshold();
    let family = |family: &str| {
        let mut series = Vec::new();
        for model in tables.models() {
            let wanted = [
                ("model", model),
                ("family", family),
                ("threshold", threshold),
            ];
            let rows: Vec<Row<'_>> = tables.perturbations.of(&wanted).collect();
            for measure in ["sensitivity", "specificity"] {
                let points = rows
                    .iter()
                    .filter_map(|row| point(*row, row.number("level")?, measure));
                series.push(Series {
                    name: format!("{measure}, {model}"),
                    points: points.collect(),
                    joined: true,
                    marked: true,
                });
            }
        }
        let levels = series
            .iter()
            .flat_map(|one| one.points.iter().map(|point| point.x));
        let own = [("family", family)];
        let first = tables.perturbations.of(&own).next();
        let unit = first.map_or("", |row| row.text("unit"));
        Figure {
            name: format!("perturbation-{family}"),
            chart: Chart {
                title: family.to_owned(),
                x: Axis::around(if unit.is_empty() { "level" } else { unit }, levels),
                y: Axis::share("rate"),
                series,
                diagonal: false,
                plane: SMALL,
            },
        }
    };
    let families = tables.perturbations.distinct("family");
    families.into_iter().map(family).collect()
}

/// How often attacks flip, by the confidence before them (the letter's Figures 1n, 2j and 2t), and by the size of the change.
pub(super) fn attacks(tables: &Tables) -> Vec<Figure> {
    let mut figures = Vec::new();
    for which in campaigns(&tables.attacks) {
        let by_model = |table: &Table, points: &dyn Fn(Row<'_>) -> Option<Point>, joined| {
            let series = |model: &&str| {
                let mut wanted = which.clone();
                wanted.push(("model", *model));
                Series {
                    name: (*model).to_owned(),
                    points: table.of(&wanted).filter_map(points).collect(),
                    joined,
                    marked: !joined || table.of(&wanted).count() < 30,
                }
            };
            tables.models().iter().map(series).collect::<Vec<_>>()
        };
        let name = which
            .iter()
            .map(|(_, cell)| *cell)
            .collect::<Vec<_>>()
            .join("-");
        let title = which.iter().map(|(_, cell)| *cell).take(3);
        let title = title.collect::<Vec<_>>().join(", ");
        let first = tables.attacks.of(&which).next();
        let title = match first.map_or("none", |row| row.text("budget_frames")) {
            "none" => format!("{title}, no budget"),
            frames => format!("{title}, budget {frames} frames"),
        };
        let middle = |row: Row<'_>| {
            let (from, below) = (
                row.number("p_melanoma_from")?,
                row.number("p_melanoma_below")?,
            );
            point(row, f64::midpoint(from, below), "flip_rate")
        };
        figures.push(Figure {
            name: format!("attack-{name}-by-confidence"),
            chart: Chart {
                title: format!("{title}: flips by confidence"),
                x: Axis::share("P(melanoma) before the attack"),
                y: Axis::share("flipped, of those attacked"),
                series: by_model(&tables.confidence, &middle, false),
                diagonal: false,
                plane: LARGE,
            },
        });
        let series = by_model(
            &tables.sizes,
            &|row| point(row, row.number("size_at_most")?, "flip_rate"),
            true,
        );
        let largest = series
            .iter()
            .flat_map(|one| one.points.iter().map(|point| point.x));
        let unit = tables
            .sizes
            .of(&which)
            .next()
            .map_or("", |row| row.text("size_unit"));
        figures.push(Figure {
            name: format!("attack-{name}-by-size"),
            chart: Chart {
                title: format!("{title}: flips by the size of the change"),
                x: Axis::around(&format!("at most, {unit}"), largest.chain([0.0])),
                y: Axis::share("flipped, of those attacked"),
                series,
                diagonal: false,
                plane: LARGE,
            },
        });
    }
    figures
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
