//! A landscape of one axis: P as a curve, with the threshold; of two models, two curves.

use super::text::{OfModel, model_name, named, number, title};
use crate::figures::axis;
use crate::figures::chart::{Chart, Panel};
use crate::figures::series::{Line, Point, Series};
use flipscope_language::{decimal, text};
use flipscope_model::bare_model_name;

/// One axis: P of each model as a curve, and each threshold.
pub(super) fn curves(models: &[OfModel<'_>], (first, about): OfModel<'_>) -> String {
    let mut series = Vec::new();
    let mut thresholds = Vec::new();
    for &(map, caption) in models {
        let model = model_name(caption);
        let set = number(f64::from(map.base));
        let p = (map.columns.values.iter().zip(&map.values))
            .filter(|(_, p)| p.is_finite())
            .map(|(x, p)| (*x, f64::from(*p)));
        let quantity = map.quantity.in_words();
        let name = if models.len() > 1 {
            let model = &*model;
            text!(
                "profile-of-several",
                quantity = quantity,
                model = model,
                set = set
            )
        } else {
            text!("profile-of-one", quantity = quantity, set = set)
        };
        series.push(curve(name, p, map.columns.values.len() <= 61));
        let threshold = caption.threshold;
        if !thresholds.contains(&threshold) {
            thresholds.push(threshold);
            let ends = [map.columns.values.first(), map.columns.values.last()];
            let level = ends.into_iter().flatten();
            let level = level.map(|x| (*x, f64::from(threshold)));
            let name = text!(
                "profile-threshold",
                threshold = decimal(threshold),
                model = bare_model_name(&model)
            );
            series.push(curve(name, level, false));
        }
    }
    let panel = Panel {
        heading: String::new(),
        x: axis::Axis::around(&named(&first.columns), first.columns.values.iter().copied()),
        y: axis::Axis::share(&first.quantity.in_words()),
        series,
        diagonal: false,
        beside: false,
        plane: (640.0, 320.0),
    };
    Chart::single(&title(first, about), panel).svg()
}

fn curve(name: String, points: impl Iterator<Item = (f64, f64)>, marked: bool) -> Series {
    let points = points.map(|(x, y)| Point {
        x,
        y,
        interval: None,
        ringed: false,
    });
    Series {
        name,
        points: points.collect(),
        line: Line::Straight,
        marked,
    }
}
