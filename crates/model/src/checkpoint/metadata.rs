//! The facts about a model, each from the first source that states it: flags, sidecar, the file itself, the hub's
//! `config.json`, assumption.

use flipscope_language::{as_text, text};
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
        return Err(text!(
            "checkpoint-sidecar-larger-than-bytes",
            shown = as_text(&shown),
            max_bytes = as_text(&MAX_BYTES)
        ));
    }
    let text = read::text(&sidecar, read::MAX_JSON).map_err(|error| {
        text!(
            "checkpoint-sidecar-cannot-be-read",
            shown = as_text(&shown),
            error = as_text(&error)
        )
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let values: BTreeMap<String, Value> = serde_json::from_str(text).map_err(|error| {
        text!(
            "checkpoint-sidecar-not-json-object",
            shown = as_text(&shown),
            error = as_text(&error)
        )
    })?;
    // What a training script wrote is used unchanged: class lists under their customary keys, and whole objects.
    let unknown = |(key, value): &(&String, &Value)| {
        !KNOWN.contains(&key.as_str()) && !class_lists::gives_classes(key) && !value.is_object()
    };
    if let Some((key, _)) = values.iter().find(unknown) {
        return Err(text!(
            "checkpoint-sidecar-has-which-not",
            shown = as_text(&shown),
            key = as_text(&key),
            known = as_text(&KNOWN.join(", "))
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
        text!(
            "checkpoint-say-write-into-beside",
            what = as_text(&what),
            name = as_text(&name)
        )
    }

    pub(crate) fn assume(
        &mut self,
        about: AssumptionKind,
        say: impl Fn(&Self) -> (String, String),
    ) {
        let one = Assumption::spoken(about, || say(self));
        self.assumptions.push(one);
    }

    /// Whether the stated architecture is the one that was found by the header or by the tensors.
    pub(crate) fn architecture(&mut self, found: &Architecture) -> Result<(), String> {
        let Some((value, source)) = self.say("architecture") else {
            self.assume(AssumptionKind::Architecture, |_| {
                (
                    text!(
                        "checkpoint-file-names-no-architecture",
                        found = as_text(&found.name)
                    ),
                    String::new(),
                )
            });
            return Ok(());
        };
        match supported::named(value.as_str().unwrap_or_default()) {
            Some(stated) if stated.name == found.name => Ok(()),
            Some(stated) => Err(text!(
                "checkpoint-says-architecture-file-one",
                source = source_name(source),
                stated = as_text(&stated.name),
                found = as_text(&found.name)
            )),
            None => Err(text!(
                "checkpoint-says-architecture-but-flipscope",
                source = source_name(source),
                value = as_text(&value),
                offered = as_text(&supported::offered())
            )),
        }
    }

    pub(crate) fn input_size(&mut self) -> Result<(), String> {
        match self.say("input_size") {
            Some((value, source)) if !preparation::is_side(&value, Frame::SIDE) => Err(text!(
                "checkpoint-says-input-pixels-wide",
                source = source_name(source),
                value = as_text(&value),
                side = as_text(&Frame::SIDE),
                side_2 = as_text(&self.sidecar_with(&format!("\"input_size\": {}", Frame::SIDE)))
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
                text!(
                    "checkpoint-not-three-numbers-write",
                    source = source_name(source),
                    key = as_text(&key),
                    value = as_text(&value),
                    default = format!("{default:?}")
                )
            })?;
            (values, source)
        } else {
            let about = if key == "std" {
                AssumptionKind::Std
            } else {
                AssumptionKind::Mean
            };
            self.assume(about, |about| {
                (
                    text!(
                        "checkpoint-file-does-not-say",
                        key = as_text(&key),
                        default = format!("{default:?}")
                    ),
                    about.sidecar_with(&format!("\"{key}\": {default:?}")),
                )
            });
            (default, "assumption")
        };
        let fits = |value: &f32| value.is_finite() && value.abs() <= 1000.0;
        if !values.iter().all(fits) {
            return Err(text!(
                "checkpoint-not-three-numbers-for",
                source = source_name(source),
                key = as_text(&key),
                values = format!("{values:?}"),
                default = format!("{default:?}")
            ));
        }
        if key == "std" && values.iter().any(|&value| value <= 0.0) {
            return Err(text!(
                "checkpoint-std-every-channel-must",
                source = source_name(source),
                values = format!("{values:?}"),
                default = format!("{default:?}")
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
            self.assume(AssumptionKind::TransformInput, |about| {
                (
                    text!("checkpoint-file-does-not-say-whether").to_owned(),
                    about.sidecar_with("\"transform_input\": true"),
                )
            });
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
                text!(
                    "checkpoint-transform-input-neither-true",
                    source = source_name(source),
                    value = as_text(&value)
                )
            })
    }

    pub(crate) fn framing(&mut self, overrides: &Overrides) -> Result<Framing, String> {
        if let Some(given) = overrides.framing {
            return Ok(given);
        }
        let Some((value, source)) = self.say("framing") else {
            self.assume(AssumptionKind::Framing, |about| {
                (
                    text!("checkpoint-file-does-not-say-framing").to_owned(),
                    about.sidecar_with("\"framing\": \"squash\""),
                )
            });
            return Ok(Framing::Squash);
        };
        serde_json::from_value(value.clone()).map_err(|_| {
            text!(
                "checkpoint-framing-neither-crop-nor",
                source = source_name(source),
                value = as_text(&value)
            )
        })
    }

    pub(crate) fn threshold(&mut self, overrides: &Overrides) -> Result<f32, String> {
        let (value, source) = if let Some(given) = overrides.threshold {
            (Some(f64::from(given)), "command line")
        } else if overrides.operating_point {
            let stated = (self.header.get(OPERATING_POINT))
                .ok_or_else(|| text!("checkpoint-no-operating-point").to_owned())?;
            (threshold_of(stated), "header")
        } else if let Some((value, source)) = self.say("threshold") {
            (value.as_f64(), source)
        } else {
            self.assume(AssumptionKind::Threshold, |about| {
                (
                    text!("checkpoint-file-does-not-say-threshold").to_owned(),
                    about.sidecar_with("\"threshold\": 0.5"),
                )
            });
            return Ok(0.5);
        };
        match value {
            Some(value) if (0.0..=1.0).contains(&value) => Ok(value as f32),
            _ => Err(text!(
                "checkpoint-threshold-not-number-from",
                source = source_name(source)
            )),
        }
    }
}

/// The key of a header that states the operating point.
pub(crate) const OPERATING_POINT: &str = "operating_point";

/// The threshold of an operating point as training writes it: a JSON object.
pub(crate) fn threshold_of(operating_point: &str) -> Option<f64> {
    let stated: Value = serde_json::from_str(operating_point).ok()?;
    stated.get("threshold")?.as_f64()
}

/// What a source of statements is called in a message; a file's name is the same in every language.
pub(crate) fn source_name(source: &str) -> &str {
    match source {
        "command line" => text!("checkpoint-source-command-line"),
        "sidecar" => text!("checkpoint-source-sidecar"),
        "header" => text!("checkpoint-source-header"),
        "file" => text!("checkpoint-source-file"),
        "assumption" => text!("checkpoint-source-assumption"),
        name => name,
    }
}
