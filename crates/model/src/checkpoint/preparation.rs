//! How pictures were prepared for training, if a file states it among the settings of its script: mean, standard deviation and
//! side.

use serde_json::{Map, Value};

use super::plausible::{is_plausible, sides};

/// Where training scripts and Lightning keep settings; elsewhere `mean` and `std` may belong to a metric.
const SETTINGS: [&str; 28] = [
    "args",
    "augmentation",
    "cfg",
    "conf",
    "config",
    "configuration",
    "data",
    "dataconfig",
    "datamodulehyperparameters",
    "datacfg",
    "hparams",
    "hyperparameters",
    "meta",
    "metadata",
    "modelargs",
    "modelconfig",
    "normalization",
    "normalize",
    "opt",
    "opts",
    "params",
    "preprocess",
    "preprocessing",
    "preprocessor",
    "pretrainedcfg",
    "settings",
    "transform",
    "transforms",
];
/// How deeply settings are searched.
const DEPTH: usize = 6;

/// A key without case or punctuation.
fn plain(key: &str) -> String {
    let letters = key.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The customary keys of a fact.
fn names(key: &str) -> &'static [&'static str] {
    match key {
        "mean" => &[
            "mean",
            "imagemean",
            "imgmean",
            "normmean",
            "normalizemean",
            "normalizationmean",
            "pixelmean",
            "datamean",
            "datasetmean",
        ],
        "std" => &[
            "std",
            "imagestd",
            "imgstd",
            "normstd",
            "normalizestd",
            "normalizationstd",
            "pixelstd",
            "datastd",
            "datasetstd",
        ],
        "input_size" => &[
            "inputsize",
            "imagesize",
            "imgsize",
            "imgsz",
            "inputshape",
            "inputresolution",
            "imageresolution",
        ],
        _ => &[],
    }
}

/// A fact about the preparation that a file states at its top level under another name, or within its settings. Mean and
/// standard deviation count only if both are given together.
pub(crate) fn within(extra: &Value, key: &str) -> Option<Value> {
    let Value::Object(fields) = extra else {
        return None;
    };
    let names = names(key);
    if names.is_empty() {
        return None;
    }
    of(fields, key).or_else(|| {
        let settings = fields
            .iter()
            .filter(|(name, _)| SETTINGS.contains(&plain(name).as_str()));
        settings
            .into_iter()
            .find_map(|(_, value)| inside(value, key, 0))
    })
}

fn inside(value: &Value, key: &str, depth: usize) -> Option<Value> {
    if depth > DEPTH {
        return None;
    }
    match value {
        Value::Object(fields) => of(fields, key).or_else(|| {
            fields
                .values()
                .find_map(|value| inside(value, key, depth + 1))
        }),
        Value::Array(items) => items.iter().find_map(|value| inside(value, key, depth + 1)),
        _ => None,
    }
}

/// What an object itself states about a fact.
fn of(fields: &Map<String, Value>, key: &str) -> Option<Value> {
    let find = |key: &str| {
        let is = |name: &str| names(key).contains(&plain(name).as_str());
        let mut found = fields
            .iter()
            .filter(|(name, value)| is(name) && is_plausible(key, value));
        found.next().map(|(_, value)| value.clone())
    };
    let other = match key {
        "mean" => Some("std"),
        "std" => Some("mean"),
        _ => None,
    };
    find(key).filter(|_| other.is_none_or(|other| find(other).is_some()))
}

/// Whether an input of this size is a square with this side.
pub(crate) fn is_side(value: &Value, side: u32) -> bool {
    sides(value).is_some_and(|sides| sides.iter().all(|one| *one == u64::from(side)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sizes_are_read_in_every_form() {
        for value in [
            json!(299),
            json!(299.0),
            json!([299, 299]),
            json!([3, 299, 299]),
            json!([1, 3, 299, 299]),
            json!([299, 299, 3]),
            json!("299"),
            json!("299x299"),
            json!("(3, 299, 299)"),
            json!({"height": 299, "width": 299}),
        ] {
            assert!(is_side(&value, 299), "{value}");
            assert!(!is_side(&value, 224), "{value}");
        }
        for value in [
            json!(null),
            json!("large"),
            json!(0),
            json!([1, 2, 4, 5, 6]),
            json!({"a": 1}),
        ] {
            assert_eq!(sides(&value), None, "{value}");
        }
    }

    #[test]
    fn settings_are_searched_and_metrics_are_not() {
        let normal = json!({"mean": [0.5, 0.5, 0.5], "std": [0.2, 0.2, 0.2], "img_size": 224});
        for key in ["hyper_parameters", "args", "config"] {
            let extra = json!({key: {"data": normal}});
            assert_eq!(
                within(&extra, "mean"),
                Some(json!([0.5, 0.5, 0.5])),
                "{key}"
            );
            assert_eq!(within(&extra, "std"), Some(json!([0.2, 0.2, 0.2])), "{key}");
            assert_eq!(within(&extra, "input_size"), Some(json!(224)), "{key}");
        }
        assert_eq!(within(&json!({"metrics": normal}), "mean"), None);
        assert_eq!(
            within(&json!({"args": {"mean": [0.5, 0.5, 0.5]}}), "mean"),
            None
        );
    }
}
