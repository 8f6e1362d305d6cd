//! The single facts of a model, each from the first source that says it: flags, sidecar, header, assumption.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::architectures;
use super::info::Overrides;
use super::network::Architecture;
use crate::base::read;
use crate::lesion::{Frame, Framing};

/// The lesions of HAM10000 and ISIC-2018 task 3 in alphabetical order, as `ImageFolder` numbers them.
const HAM10000: [&str; 7] = ["akiec", "bcc", "bkl", "df", "mel", "nv", "vasc"];
/// Mean and standard deviation of ImageNet's channels (torchvision).
pub(super) const IMAGENET_MEAN: [f32; 3] = [0.485, 0.456, 0.406];
pub(super) const IMAGENET_STD: [f32; 3] = [0.229, 0.224, 0.225];

/// Where the facts come from, one source over the other.
pub(super) struct Facts<'a> {
    pub(super) path: &'a Path,
    pub(super) header: &'a BTreeMap<String, String>,
    pub(super) sidecar: BTreeMap<String, Value>,
    pub(super) assumptions: Vec<String>,
}

/// The file that says of a foreign checkpoint what its own header does not: `NAME.json` beside `NAME.pth`.
pub(super) fn read_sidecar(path: &Path) -> Result<BTreeMap<String, Value>, String> {
    const KNOWN: [&str; 9] = [
        "architecture",
        "classes",
        "framing",
        "input_size",
        "mean",
        "melanoma_classes",
        "std",
        "threshold",
        "transform_input",
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
    let facts: BTreeMap<String, Value> = serde_json::from_str(&text).map_err(|error| {
        format!("its sidecar {shown} is no JSON object ({error}): correct it or move it away")
    })?;
    if let Some(key) = facts.keys().find(|key| !KNOWN.contains(&key.as_str())) {
        return Err(format!(
            "its sidecar {shown} has `{key}`, which means nothing here; known are {}",
            KNOWN.join(", ")
        ));
    }
    Ok(facts)
}

impl Facts<'_> {
    /// What the sidecar or else the header says of `key`, and which of them. Values in a header are text, in which lists are JSON.
    fn say(&self, key: &str) -> Option<(Value, &'static str)> {
        let (value, source) = match self.sidecar.get(key) {
            Some(value) => (value.clone(), "sidecar"),
            None => (Value::String(self.header.get(key)?.clone()), "header"),
        };
        let value = match value {
            Value::String(text) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
            value => value,
        };
        Some((value, source))
    }

    /// Whether what is said of the architecture is the one that was found, by the header or by the tensors.
    pub(super) fn architecture(&mut self, found: &Architecture) -> Result<(), String> {
        let Some((value, source)) = self.say("architecture") else {
            self.assumptions.push(format!(
                "The file names no architecture: {} was assumed, whose tensors it has.",
                found.name
            ));
            return Ok(());
        };
        match architectures::named(value.as_str().unwrap_or_default()) {
            Some(said) if said.name == found.name => Ok(()),
            Some(said) => Err(format!(
                "the {source} says the architecture is {}, and the file is one of {}: correct the {source}",
                said.name, found.name
            )),
            None => Err(format!(
                "the {source} says the architecture is {value}, and flipscope has {} only: name a checkpoint of one of them",
                architectures::NAMES.join(", ")
            )),
        }
    }

    pub(super) fn input_size(&mut self) -> Result<(), String> {
        match self.say("input_size") {
            Some((value, source)) if value.as_u64() != Some(Frame::SIDE.into()) => Err(format!(
                "the {source} says the input is {value} pixels wide, and frames are {}: train it on frames of that size",
                Frame::SIDE
            )),
            _ => Ok(()),
        }
    }

    pub(super) fn classes(
        &mut self,
        overrides: &Overrides,
        count: usize,
    ) -> Result<Vec<String>, String> {
        let (names, source) = if let Some(names) = &overrides.classes {
            (names.clone(), "command line")
        } else if let Some((value, source)) = self.say("classes") {
            let names = texts(&value).ok_or_else(|| {
                format!("the {source}'s classes {value} are no list of names: write [\"melanoma\", \"nevus\"]")
            })?;
            (names, source)
        } else {
            let names: &[&str] = match count {
                2 => &["melanoma", "nevus"],
                7 => &HAM10000,
                _ => {
                    return Err(format!(
                        "it has {count} classes and names none: name them with --classes or in a sidecar {}",
                        self.path.with_extension("json").display()
                    ));
                }
            };
            let whose = if count == 2 {
                "the letter's code"
            } else {
                "HAM10000's folders"
            };
            self.assumptions.push(format!(
                "The file names none of its {count} classes: {} was assumed, the order of {whose}.",
                names.join(", ")
            ));
            return Ok(names.iter().map(|&name| name.to_owned()).collect());
        };
        if names.len() != count {
            return Err(format!(
                "the {source} names {} classes ({}) and `fc.weight` has {count} rows: name every class once, in the order of the rows",
                names.len(),
                names.join(", ")
            ));
        }
        if names.iter().enumerate().any(|(n, name)| {
            name.trim().is_empty() || names.iter().take(n).any(|other| other == name)
        }) {
            return Err(format!(
                "the {source}'s classes ({}) are not all different names: correct them",
                names.join(", ")
            ));
        }
        Ok(names)
    }

    pub(super) fn melanoma_classes(
        &mut self,
        overrides: &Overrides,
        classes: &[String],
    ) -> Result<Vec<usize>, String> {
        let (wanted, source) = if let Some(names) = &overrides.melanoma_classes {
            (names.clone(), "command line")
        } else if let Some((value, source)) = self.say("melanoma_classes") {
            let names = texts(&value).ok_or_else(|| {
                format!("the {source}'s melanoma_classes {value} are no list of names: write [\"melanoma\"]")
            })?;
            (names, source)
        } else {
            let found: Vec<usize> = classes
                .iter()
                .enumerate()
                .filter(|(_, name)| matches!(name.to_lowercase().as_str(), "mel" | "melanoma"))
                .map(|(n, _)| n)
                .collect();
            let names: Vec<&str> = found
                .iter()
                .filter_map(|&n| classes.get(n).map(String::as_str))
                .collect();
            if names.is_empty() {
                return Err(format!(
                    "none of its classes ({}) is called melanoma or mel: say which mean melanoma with --melanoma-classes or in a sidecar",
                    classes.join(", ")
                ));
            }
            self.assumptions.push(format!(
                "The file does not say which classes mean melanoma: {} was assumed by its name.",
                names.join(", ")
            ));
            return Ok(found);
        };
        let mut found = wanted
            .iter()
            .map(|name| {
                classes.iter().position(|class| class == name).ok_or_else(|| {
                    format!(
                        "the {source}'s melanoma class `{name}` is none of the classes ({}): correct one or the other",
                        classes.join(", ")
                    )
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        found.sort_unstable();
        found.dedup();
        if found.is_empty() || found.len() == classes.len() {
            return Err(format!(
                "the {source} says that {} of the {} classes mean melanoma: it must be some, and not all",
                found.len(),
                classes.len()
            ));
        }
        Ok(found)
    }

    pub(super) fn triple(
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
            self.assumptions.push(format!(
                "The file does not say the {key} of its inputs: ImageNet's {default:?} was assumed."
            ));
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

    pub(super) fn transform_input(
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
            self.assumptions.push(
                "The file does not say whether its inputs are transformed: transform_input was assumed, \
                 as torchvision sets it for every network that starts from its ImageNet weights."
                    .to_owned(),
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

    pub(super) fn framing(&mut self, overrides: &Overrides) -> Result<Framing, String> {
        if let Some(given) = overrides.framing {
            return Ok(given);
        }
        let Some((value, source)) = self.say("framing") else {
            self.assumptions.push(
                "The file does not say the framing of its training: squash was assumed.".to_owned(),
            );
            return Ok(Framing::Squash);
        };
        serde_json::from_value(value.clone()).map_err(|_| {
            format!("the {source}'s framing {value} is neither crop nor squash: correct it")
        })
    }

    pub(super) fn threshold(&mut self, overrides: &Overrides) -> Result<f32, String> {
        let (value, source) = if let Some(given) = overrides.threshold {
            (Some(f64::from(given)), "command line")
        } else if let Some((value, source)) = self.say("threshold") {
            (value.as_f64(), source)
        } else {
            self.assumptions
                .push("The file does not say its threshold: 0.5 was assumed.".to_owned());
            return Ok(0.5);
        };
        match value {
            Some(value) if (0.0..=1.0).contains(&value) => Ok(value as f32),
            _ => Err(format!(
                "the {source}'s threshold is no number from 0 to 1: correct it or give --threshold"
            )),
        }
    }
}

/// A list of texts.
fn texts(value: &Value) -> Option<Vec<String>> {
    value
        .as_array()?
        .iter()
        .map(|item| item.as_str().map(str::to_owned))
        .collect()
}
