//! `config.json` beside weights as the Hugging Face hub stores them: `model.safetensors` or `pytorch_model.bin`, whose class list and
//! normalisation stand in that file (transformers: `id2label`; timm: `label_names`, `pretrained_cfg.mean`).

use std::path::Path;

use serde_json::{Map, Value};

use super::{class_names, said};
use flipscope_base::read;

/// Names of weights that a `config.json` belongs to; any other file may stand beside one by chance.
const STEMS: [&str; 2] = ["model", "pytorch_model"];

/// Where timm keeps the normalisation.
const PRETRAINED: &str = "pretrained_cfg";

/// What the configuration beside the weights says of classes and normalisation, as a JSON object; an empty one where there is none, or
/// where it is of another program. Class lists of placeholders (`LABEL_0`) say nothing and are left out.
pub(crate) fn read_beside(weights: &Path) -> Value {
    let stem = weights.file_stem().and_then(|stem| stem.to_str());
    if !stem.is_some_and(|stem| STEMS.contains(&stem)) {
        return Value::Object(Map::new());
    }
    let config = read::text(&weights.with_file_name("config.json"), read::MAX_JSON)
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok());
    Value::Object(config.map(told).unwrap_or_default())
}

fn told(config: Map<String, Value>) -> Map<String, Value> {
    let mut told = Map::new();
    for key in ["mean", "std"] {
        let inside = config.get(PRETRAINED).and_then(|inside| inside.get(key));
        if let Some(value) = config.get(key).or(inside) {
            told.insert(key.to_owned(), value.clone());
        }
    }
    for (key, value) in config {
        let one = Value::Object(Map::from_iter([(key.clone(), value.clone())]));
        let lists = said::classes(&one).unwrap_or_default();
        let named = |list: &said::Classes| {
            !(list.names.iter()).all(|name| class_names::is_placeholder(name))
        };
        if !lists.is_empty() && lists.iter().all(named) {
            told.insert(key, value);
        }
    }
    told
}
