//! `config.json` and `preprocessor_config.json` next to weights as the Hugging Face hub stores them: `model.safetensors` or
//! `pytorch_model.bin`. These files hold the class list, normalisation and size (transformers: `id2label`, `image_mean`; timm:
//! `label_names`, `pretrained_cfg.mean`, `pretrained_cfg.input_size`).

use flipscope_language::text;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::{class_lists, class_names};
use flipscope_base::read;

/// Names of weights that a `config.json` belongs to; any other file may be next to one by chance.
const STEMS: [&str; 2] = ["model", "pytorch_model"];

/// Where timm keeps the normalisation.
const PRETRAINED: &str = "pretrained_cfg";

/// The files next to the weights.
#[derive(Default)]
pub(crate) struct HubConfig {
    /// What the configuration states about classes, normalisation and size, as a JSON object; an empty one if there is no file,
    /// or if it belongs to another program. Class lists of placeholders (`LABEL_0`) state nothing and are left out.
    pub(crate) config: Value,
    /// What the preprocessor's configuration states about normalisation and size.
    pub(crate) preprocessor: Value,
    /// Files that cannot be read: the name of each, and why.
    pub(crate) broken: Vec<(String, String)>,
}

pub(crate) fn read_beside(weights: &Path) -> HubConfig {
    let mut beside = HubConfig::default();
    let stem = weights.file_stem().and_then(|stem| stem.to_str());
    if !stem.is_some_and(|stem| STEMS.contains(&stem)) {
        return beside;
    }
    let mut object = |name: &str| match object(&weights.with_file_name(name)) {
        Ok(object) => object,
        Err(why) => {
            beside.broken.push((name.to_owned(), why));
            Map::new()
        }
    };
    let (config, preprocessor) = (object("config.json"), object("preprocessor_config.json"));
    beside.config = Value::Object(translated(config));
    beside.preprocessor = Value::Object(prepared(&preprocessor));
    beside
}

/// The object in a JSON file, with or without a byte order mark; an empty one if there is no file.
fn object(path: &Path) -> Result<Map<String, Value>, String> {
    if !path.is_file() {
        return Ok(Map::new());
    }
    let text = read::text(path, read::MAX_JSON).map_err(|error| error.to_string())?;
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(text!("checkpoint-no-json-object").to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn translated(config: Map<String, Value>) -> Map<String, Value> {
    let mut translated = Map::new();
    for key in ["mean", "std", "input_size"] {
        let inside = config.get(PRETRAINED).and_then(|inside| inside.get(key));
        if let Some(value) = config.get(key).or(inside) {
            translated.insert(key.to_owned(), value.clone());
        }
    }
    if !translated.contains_key("input_size")
        && let Some(size) = config.get("image_size")
    {
        translated.insert("input_size".to_owned(), size.clone());
    }
    // timm describes classes under one key and numbers them under another.
    let numbered = config.keys().any(|key| class_lists::gives_order(key));
    for (key, value) in config {
        let one = Value::Object(Map::from_iter([(key.clone(), value.clone())]));
        let named = |list: &class_lists::Classes| {
            !(list.names.iter()).all(|name| class_names::is_placeholder(name))
        };
        let says = match class_lists::classes(&one) {
            Ok(lists) => !lists.is_empty() && lists.iter().all(named),
            // What cannot be read is refused with its key, not skipped.
            Err(_) => class_lists::gives_order(&key) || !numbered,
        };
        if says {
            translated.insert(key, value);
        }
    }
    translated
}

/// Mean, standard deviation and size of a `preprocessor_config.json`.
fn prepared(config: &Map<String, Value>) -> Map<String, Value> {
    let mut translated = Map::new();
    let does = |key: &str| config.get(key).and_then(Value::as_bool);
    if does("do_normalize") == Some(false) {
        translated.insert("mean".to_owned(), json!([0.0, 0.0, 0.0]));
        translated.insert("std".to_owned(), json!([1.0, 1.0, 1.0]));
    } else {
        for (key, of) in [("mean", "image_mean"), ("std", "image_std")] {
            if let Some(value) = config.get(of) {
                translated.insert(key.to_owned(), value.clone());
            }
        }
    }
    // The centre crop is what the network sees.
    let cropped = config
        .get("crop_size")
        .filter(|_| does("do_center_crop") != Some(false));
    if let Some(size) = cropped.or(config.get("size")) {
        translated.insert("input_size".to_owned(), size.clone());
    }
    translated
}
