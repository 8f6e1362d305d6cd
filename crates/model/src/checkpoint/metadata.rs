//! The facts about a model, each from the first source that states it: flags, sidecar, the file itself, the hub's
//! `config.json`, assumption.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::assumption::{Assumption, AssumptionKind};
use super::class_lists::{self, Classes};
use super::overrides::Overrides;
use super::plausible::is_plausible;
use super::preparation;
use crate::architectures::{Architecture, supported};
use flipscope_base::read;
use flipscope_image::lesion::{Frame, Framing};

/// Mean and standard deviation of ImageNet's channels (torchvision).
pub(crate) const IMAGENET_MEAN: [f32; 3] = [0.485, 0.456, 0.406];
pub(crate) const IMAGENET_STD: [f32; 3] = [0.229, 0.224, 0.225];

/// The sources of the facts, in order of precedence.
pub(crate) struct Metadata<'a> {
    pub(crate) path: &'a Path,
    pub(crate) header: &'a BTreeMap<String, String>,
    /// What the file states besides its weights; texts in the header are parsed.
    pub(crate) file: &'a Value,
    pub(crate) sidecar: BTreeMap<String, Value>,
    /// What the hub's configuration next to the file states: [`super::hub_config`].
    pub(crate) config: Value,
    /// What the hub's `preprocessor_config.json` next to the file states.
    pub(crate) preprocessor: Value,
    /// Class lists in files of their own next to the file: [`super::class_files`].
    pub(crate) class_files: Vec<(Classes, &'static str)>,
    pub(crate) assumptions: Vec<Assumption>,
}

/// The file that states what a foreign checkpoint's own header does not: `NAME.json` next to `NAME.pth`.
pub(crate) fn read_sidecar(path: &Path) -> Result<BTreeMap<String, Value>, String> {
    const KNOWN: [&str; 11] = [
        "architecture",
        "classes",
        "framing",
        "input_size",
        "mean",
        "melanoma_classes",
        "positive_class",
        "std",
        "threshold",
        "transform_input",
        "weights",
    ];
    const MAX_BYTES: u64 = 1 << 20;
    let sidecar = path.with_extension("json");
    let about = match std::fs::metadata(&sidecar) {
        Ok(about) if about.is_file() => about,
        _ => return Ok(BTreeMap::new()),
    };
    let shown = sidecar.display();
    if about.len() > MAX_BYTES {
        return Err(format!(
            "its sidecar {shown} is larger than {MAX_BYTES} bytes: move it away"
        ));
    }
    let text = read::text(&sidecar, read::MAX_JSON)
        .map_err(|error| format!("its sidecar {shown} cannot be read: {error}"))?;
    let text = text.trim_start_matches('\u{feff}');
    let values: BTreeMap<String, Value> = serde_json::from_str(text).map_err(|error| {
        format!("its sidecar {shown} is not a JSON object ({error}): correct it or move it away")
    })?;
    // What a training script wrote is used unchanged: class lists under their customary keys, and whole objects.
    let unknown = |(key, value): &(&String, &Value)| {
        !KNOWN.contains(&key.as_str()) && !class_lists::gives_classes(key) && !value.is_object()
    };
    if let Some((key, _)) = values.iter().find(unknown) {
        return Err(format!(
            "its sidecar {shown} has `{key}`, which is not a known key; known are {}",
            KNOWN.join(", ")
        ));
    }
    Ok(values)
}

impl Metadata<'_> {
    /// What the sidecar, else the file, else the hub's configuration states about `key`, and which of them.
    pub(crate) fn say(&self, key: &str) -> Option<(Value, &'static str)> {
        if let Some(value) = self.sidecar.get(key) {
            let value = match value {
                Value::String(text) => serde_json::from_str(text).unwrap_or_else(|_| value.clone()),
                value => value.clone(),
            };
            return Some((value, "sidecar"));
        }
        if let Some(value) = self.file.get(key) {
            if self.header.contains_key(key) {
                return Some((value.clone(), "header"));
            }
            // A `.pth` may hold anything under these keys.
            if self.header.is_empty() && is_plausible(key, value) {
                return Some((value.clone(), "file"));
            }
        }
        if self.header.is_empty()
            && let Some(value) = preparation::within(self.file, key)
        {
            return Some((value, "file"));
        }
        let beside = [
            (&self.config, "config.json"),
            (&self.preprocessor, "preprocessor_config.json"),
        ];
        beside.into_iter().find_map(|(extra, source)| {
            let value = extra.get(key).filter(|value| is_plausible(key, value))?;
            Some((value.clone(), source))
        })
    }

    /// What to write where in order to state something else.
    pub(crate) fn sidecar_with(&self, what: &str) -> String {
        let name = self.path.with_extension("json");
        let name = name.file_name().unwrap_or_default().to_string_lossy();
        format!("To say it, write {{{what}}} into {name} beside the file.")
    }

    pub(crate) fn assume(&mut self, about: AssumptionKind, text: String, remedy: String) {
        self.assumptions.push(Assumption::new(about, text, remedy));
    }

    /// Whether the stated architecture is the one that was found by the header or by the tensors.
    pub(crate) fn architecture(&mut self, found: &Architecture) -> Result<(), String> {
        let Some((value, source)) = self.say("architecture") else {
            self.assume(
                AssumptionKind::Architecture,
                format!(
                    "The file names no architecture: {} was assumed, whose tensors it has.",
                    found.name
                ),
                String::new(),
            );
            return Ok(());
        };
        match supported::named(value.as_str().unwrap_or_default()) {
            Some(stated) if stated.name == found.name => Ok(()),
            Some(stated) => Err(format!(
                "the {source} says the architecture is {}, and the file is one of {}: correct the {source}",
                stated.name, found.name
            )),
            None => Err(format!(
                "the {source} says the architecture is {value}, but flipscope has only {}: name a checkpoint of one of them",
                supported::offered()
            )),
        }
    }

    pub(crate) fn input_size(&mut self) -> Result<(), String> {
        match self.say("input_size") {
            Some((value, source)) if !preparation::is_side(&value, Frame::SIDE) => Err(format!(
                "the {source} says the input is {value} pixels wide, and frames are {side}: train it on frames of that size. Or, where that is not \
                 so, correct it. {}",
                self.sidecar_with(&format!("\"input_size\": {}", Frame::SIDE)),
                side = Frame::SIDE
            )),
            _ => Ok(()),
        }
    }

    pub(crate) fn triple(
        &mut self,
        key: &str,
        given: Option<[f32; 3]>,
        default: [f32; 3],
    ) -> Result<[f32; 3], String> {
        let (values, source) = if let Some(values) = given {
            (values, "command line")
        } else if let Some((value, source)) = self.say(key) {
            let values = serde_json::from_value::<[f32; 3]>(value.clone()).map_err(|_| {
                format!("the {source}'s {key} {value} are not three numbers: write {default:?}")
            })?;
            (values, source)
        } else {
            let about = if key == "std" {
                AssumptionKind::Std
            } else {
                AssumptionKind::Mean
            };
            self.assume(
                about,
                format!(
                    "The file does not say the {key} of its inputs: ImageNet's {default:?} was assumed."
                ),
                self.sidecar_with(&format!("\"{key}\": {default:?}")),
            );
            (default, "assumption")
        };
        let fits = |value: &f32| value.is_finite() && value.abs() <= 1000.0;
        if !values.iter().all(fits) {
            return Err(format!(
                "the {source}'s {key} {values:?} are not three numbers for inputs in 0..1: write {default:?}"
            ));
        }
        if key == "std" && values.iter().any(|&value| value <= 0.0) {
            return Err(format!(
                "the {source}'s std is {values:?}, and every channel's must be positive: write {default:?}"
            ));
        }
        Ok(values)
    }

    pub(crate) fn transform_input(
        &mut self,
        overrides: &Overrides,
        architecture: &Architecture,
    ) -> Result<bool, String> {
        if let Some(given) = overrides.transform_input {
            return Ok(given);
        }
        let Some((value, source)) = self.say("transform_input") else {
            if !architecture.transforms_input {
                return Ok(false);
            }
            self.assume(
                AssumptionKind::TransformInput,
                "The file does not say whether its inputs are transformed: transform_input was assumed, \
                 as torchvision sets it for every network that starts from its ImageNet weights."
                    .to_owned(),
                self.sidecar_with("\"transform_input\": true"),
            );
            return Ok(true);
        };
        value
            .as_bool()
            .or_else(|| match value.as_str() {
                Some("True") => Some(true),
                Some("False") => Some(false),
                _ => None,
            })
            .ok_or_else(|| {
                format!(
                    "the {source}'s transform_input {value} is neither true nor false: correct it"
                )
            })
    }

    pub(crate) fn framing(&mut self, overrides: &Overrides) -> Result<Framing, String> {
        if let Some(given) = overrides.framing {
            return Ok(given);
        }
        let Some((value, source)) = self.say("framing") else {
            self.assume(
                AssumptionKind::Framing,
                "The file does not say the framing of its training: squash was assumed.".to_owned(),
                self.sidecar_with("\"framing\": \"squash\""),
            );
            return Ok(Framing::Squash);
        };
        serde_json::from_value(value.clone()).map_err(|_| {
            format!("the {source}'s framing {value} is neither crop nor squash: correct it")
        })
    }

    pub(crate) fn threshold(&mut self, overrides: &Overrides) -> Result<f32, String> {
        let (value, source) = if let Some(given) = overrides.threshold {
            (Some(f64::from(given)), "command line")
        } else if let Some((value, source)) = self.say("threshold") {
            (value.as_f64(), source)
        } else {
            self.assume(
                AssumptionKind::Threshold,
                "The file does not say its threshold: 0.5 was assumed.".to_owned(),
                self.sidecar_with("\"threshold\": 0.5"),
            );
            return Ok(0.5);
        };
        match value {
            Some(value) if (0.0..=1.0).contains(&value) => Ok(value as f32),
            _ => Err(format!(
                "the {source}'s threshold is not a number from 0 to 1: correct it or give --threshold"
            )),
        }
    }
}
