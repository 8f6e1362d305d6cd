//! What a formula that stands in for a network says of itself.

use std::collections::BTreeMap;

use flipscope_image::lesion::Framing;
use flipscope_model::{ModelInfo, Remedy};

/// A network of two classes, called `name`; `melanoma` is the number of the class that means melanoma.
pub(crate) fn info(name: &str, melanoma: usize) -> ModelInfo {
    let mut classes = vec!["nevus".to_owned(), "melanoma".to_owned()];
    if melanoma == 0 {
        classes.reverse();
    }
    ModelInfo {
        name: name.to_owned(),
        path: None,
        architecture: "formula".to_owned(),
        classes,
        melanoma_classes: vec![melanoma],
        mean: [0.5; 3],
        std: [0.5; 3],
        transform_input: false,
        framing: Framing::Squash,
        threshold: 0.5,
        remedy: Remedy::default(),
        sha256: "5".repeat(64),
        bytes: 0,
        parameters: 0,
        weight_types: "f64".to_owned(),
        auxiliary_head: false,
        metadata: BTreeMap::new(),
        weights: None,
        positive_class: None,
        beside: Vec::new(),
        assumptions: Vec::new(),
    }
}
