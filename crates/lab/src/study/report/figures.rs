//! The figures of a study, made from its tables.

use super::words;
use crate::figures::axis::Axis;
use crate::figures::chart::{Chart, Panel};
use crate::figures::csv_reader::{Row, Table};
use crate::figures::figure::{Content, Figure, point};
use crate::figures::series::{Line, Point, Series};
use crate::search::SizeUnit;
use crate::study::sweep::Family;
use flipscope_language::{as_text, text};

/// The plane of a large figure, and of one of many.
const LARGE: (f64, f64) = (380.0, 300.0);
const SMALL: (f64, f64) = (250.0, 160.0);
/// The plane of one of several panels that are compared with a diagonal.
const SQUARE: (f64, f64) = (250.0, 220.0);
/// The largest width of a plane with many levels.
const WIDEST: f64 = 440.0;

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
    pub(super) proofs: Table,
    pub(super) comparison: Table,
}

impl Tables {
    /// The models, in the order of the study.
    pub(super) fn models(&self) -> Vec<&str> {
        self.evaluation.distinct("model")
    }

    /// A model as legends and headings name it: with its remedy, since two models of a study may differ in nothing else.
    fn shown(&self, model: &str) -> String {
        words::with_remedy(model, self.remedy(model))
    }

    /// A model's remedy, by its name in tables.
    fn remedy(&self, model: &str) -> &str {
        let mut rows = self.evaluation.rows();
        let row = rows.find(|row| row.text("model") == model);
        row.map_or("", |row| row.text("remedy"))
    }

    /// The remedies of all models, as the last sentence of a caption.
    pub(super) fn remedies(&self) -> String {
        let models = self.models().into_iter();
        words::remedies(
            &models
                .map(|model| (model, self.remedy(model)))
                .collect::<Vec<_>>(),
        )
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
        name: tables.shown(model),
        points: roc(tables, model),
        line: Line::Straight,
        marked: false,
    };
    let receiver = Panel {
        heading: String::new(),
        x: Axis::share(text!("report-1-specificity")),
        y: Axis::share(measure_in_words("sensitivity")),
        series: models.iter().map(curve).collect(),
        diagonal: true,
        beside: false,
        plane: LARGE,
    };
    let bins = |model: &&str| Series {
        name: tables.shown(model),
        points: tables
            .reliability
            .of(&[("model", model)])
            .filter_map(|row| {
                let x = row.number("mean_p_melanoma")?;
                Some(Point {
                    x,
                    y: row.number("share_of_melanomas")?,
                    interval: row.number("share_lower").zip(row.number("share_upper")),
                    ringed: false,
                })
            })
            .collect(),
        line: Line::Straight,
        marked: true,
    };
    // The bins of two models lie close to each other: each model has a panel.
    let several = models.len() > 1;
    let reliability = |model: &&str| Panel {
        heading: if several {
            tables.shown(model)
        } else {
            String::new()
        },
        x: Axis::share(text!("report-mean-p-melanoma-bin")),
        y: Axis::share(text!("report-share-melanomas")),
        series: vec![bins(model)],
        diagonal: true,
        beside: false,
        plane: if several { SQUARE } else { LARGE },
    };
    vec![
        Figure {
            name: "roc".to_owned(),
            caption: text!("report-receiver-operating-characteristic-unaltered").to_owned(),
            content: Content::Chart(Chart::single(
                text!("report-receiver-operating-characteristic"),
                receiver,
            )),
        },
        Figure {
            name: "reliability".to_owned(),
            caption: text!("report-how-often-pictures-with").to_owned(),
            content: Content::Chart(Chart {
                title: text!("report-reliability").to_owned(),
                panels: models.iter().map(reliability).collect(),
            }),
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
        ringed: false,
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

/// Sensitivity and specificity along each family's levels, one figure per family, with the unaltered pictures in their place.
pub(super) fn perturbations(tables: &Tables) -> Vec<Figure> {
    let threshold = tables.threshold();
    let families = tables.perturbations.distinct("family");
    let families =
        (families.into_iter()).filter_map(|name| Some((name, name.parse::<Family>().ok()?)));
    let figure = |(name, family): (&str, Family)| {
        let own = [("family", name)];
        let levels = tables.perturbations.of(&own);
        let mut levels: Vec<&str> = levels.map(|row| row.text("level")).collect();
        levels.sort_unstable();
        levels.dedup();
        let width = words::width(family, levels.len(), tables.models().len());
        let width = width.clamp(SMALL.0, WIDEST);
        let panels = ["sensitivity", "specificity"].map(|measure| {
            let series: Vec<Series> = (tables.models().into_iter())
                .map(|model| along(tables, (model, threshold), (name, family), measure))
                .collect();
            let levels = series
                .iter()
                .flat_map(|one| one.points.iter().map(|point| point.x));
            Panel {
                heading: String::new(),
                x: words::axis(family, levels),
                y: Axis::share(measure_in_words(measure)),
                series,
                diagonal: false,
                beside: true,
                plane: (width, SMALL.1),
            }
        });
        Figure {
            name: format!("perturbation-{name}"),
            caption: text!(
                "report-sensitivity-specificity-at-threshold",
                family = as_text(&words::title(family)),
                threshold = as_text(&threshold)
            ),
            content: Content::Chart(Chart {
                title: words::title(family),
                panels: panels.into(),
            }),
        }
    };
    families.map(figure).collect()
}

/// A column of rates, as an axis calls it.
fn measure_in_words(measure: &'static str) -> &'static str {
    match measure {
        "sensitivity" => text!("report-sensitivity"),
        "specificity" => text!("report-specificity"),
        name => name,
    }
}

/// One model's rate along the levels of a family.
fn along(
    tables: &Tables,
    (model, threshold): (&str, &str),
    (name, family): (&str, Family),
    measure: &str,
) -> Series {
    let of_model = [("model", model), ("threshold", threshold)];
    let before = tables.evaluation.of(&of_model).next();
    let before = before.and_then(|row| point(row, words::unaltered(family), measure));
    let mut points: Vec<Point> = (before.into_iter())
        .map(|point| Point {
            ringed: true,
            ..point
        })
        .collect();
    let wanted = [("model", model), ("family", name), ("threshold", threshold)];
    let rows = tables.perturbations.of(&wanted);
    points.extend(rows.filter_map(|row| point(row, row.number("level")?, measure)));
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    Series {
        name: tables.shown(model),
        points,
        line: if words::is_sequence(family) {
            Line::Straight
        } else {
            Line::None
        },
        marked: true,
    }
}

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
        let title = text!(
            "report-attack-flips-by-confidence",
            attack = as_text(&attack),
            direction = as_text(&direction)
        );
        figures.push(Figure {
            name: format!("attack-{name}-by-confidence"),
            caption: text!(
                "report-share-attacked-pictures-whose",
                campaign = as_text(&campaign)
            ),
            content: Content::Chart(Chart::single(&title, by_confidence(tables, &which))),
        });
        if flipped == 0 {
            notes.push(text!(
                "report-nothing-flipped",
                attack = as_text(&attack),
                direction = as_text(&direction),
                count = attacked
            ));
            continue;
        }
        let title = text!(
            "report-attack-flips-by-size",
            attack = as_text(&attack),
            direction = as_text(&direction)
        );
        figures.push(Figure {
            name: format!("attack-{name}-by-size"),
            caption: text!(
                "report-share-attacked-pictures-change",
                campaign = as_text(&campaign)
            ),
            content: Content::Chart(Chart::single(&title, by_size(tables, &which))),
        });
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
