//! The figures of pictures as they are and altered, made from a study's tables.

use super::read_tables::Tables;
use super::words;
use crate::figures::axis::Axis;
use crate::figures::chart::{Chart, Panel};
use crate::figures::figure::{Content, Figure, point};
use crate::figures::series::{Line, Point, Series};
use crate::study::sweep::Family;
use flipscope_language::{as_text, decimal, text};

/// The plane of a large figure, and of one of many.
pub(super) const LARGE: (f64, f64) = (380.0, 300.0);
const SMALL: (f64, f64) = (250.0, 160.0);
/// The plane of one of several panels that are compared with a diagonal.
const SQUARE: (f64, f64) = (250.0, 220.0);
/// The largest width of a plane with many levels.
const WIDEST: f64 = 440.0;

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
                threshold = decimal(threshold)
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
