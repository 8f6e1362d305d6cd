//! The single facts of a model, each from the first source that says it: flags, sidecar, header, assumption.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::assumption::{About, Assumption};
use super::info::Overrides;
use super::network::Architecture;
use super::said::{self, Classes};
use super::{architectures, class_names};
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
    /// What the file says beside its weights; the header as what its texts stand for.
    pub(super) file: &'a Value,
    pub(super) sidecar: BTreeMap<String, Value>,
    pub(super) assumptions: Vec<Assumption>,
}

/// The classes of a network.
pub(super) struct Named {
    /// Their names, in the order of the outputs.
    pub(super) names: Vec<String>,
    /// Which of two the one output of a sigmoid stands for; none where each class has an output.
    pub(super) positive: Option<usize>,
}

/// The file that says of a foreign checkpoint what its own header does not: `NAME.json` beside `NAME.pth`.
pub(super) fn read_sidecar(path: &Path) -> Result<BTreeMap<String, Value>, String> {
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
    let facts: BTreeMap<String, Value> = serde_json::from_str(&text).map_err(|error| {
        format!("its sidecar {shown} is no JSON object ({error}): correct it or move it away")
    })?;
    // What a training script wrote stands as it is: class lists under their customary keys, and whole objects.
    let unknown = |(key, value): &(&String, &Value)| {
        !KNOWN.contains(&key.as_str()) && !said::gives_classes(key) && !value.is_object()
    };
    if let Some((key, _)) = facts.iter().find(unknown) {
        return Err(format!(
            "its sidecar {shown} has `{key}`, which means nothing here; known are {}",
            KNOWN.join(", ")
        ));
    }
    Ok(facts)
}

impl Facts<'_> {
    /// What the sidecar or else the file says of `key`, and which of them.
    fn say(&self, key: &str) -> Option<(Value, &'static str)> {
        if let Some(value) = self.sidecar.get(key) {
            let value = match value {
                Value::String(text) => serde_json::from_str(text).unwrap_or_else(|_| value.clone()),
                value => value.clone(),
            };
            return Some((value, "sidecar"));
        }
        let value = self.file.get(key)?;
        if self.header.contains_key(key) {
            return Some((value.clone(), "header"));
        }
        // A `.pth` may hold anything under these keys.
        (self.header.is_empty() && is_plausible(key, value)).then(|| (value.clone(), "file"))
    }

    /// What to write where to say otherwise.
    fn sidecar_with(&self, what: &str) -> String {
        let name = self.path.with_extension("json");
        let name = name.file_name().unwrap_or_default().to_string_lossy();
        format!("To say it, write {{{what}}} into {name} beside the file.")
    }

    fn assume(&mut self, about: About, text: String, remedy: String) {
        self.assumptions.push(Assumption::new(about, text, remedy));
    }

    /// Whether what is said of the architecture is the one that was found, by the header or by the tensors.
    pub(super) fn architecture(&mut self, found: &Architecture) -> Result<(), String> {
        let Some((value, source)) = self.say("architecture") else {
            self.assume(
                About::Architecture,
                format!(
                    "The file names no architecture: {} was assumed, whose tensors it has.",
                    found.name
                ),
                String::new(),
            );
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
                architectures::offered()
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

    /// The classes of a network with so many outputs.
    pub(super) fn classes(
        &mut self,
        overrides: &Overrides,
        outputs: usize,
    ) -> Result<Named, String> {
        let positive = match (&overrides.positive_class, self.say("positive_class")) {
            (Some(_), _) if outputs > 1 => {
                return Err(format!(
                    "--positive-class is for a checkpoint of one output, and this one has {outputs}: leave it out, or name the classes with \
                     --classes"
                ));
            }
            (Some(name), _) => Some(name.clone()),
            (None, Some((Value::String(name), _))) if outputs == 1 => Some(name),
            _ => None,
        };
        let Some((list, source)) = self.class_list(overrides)? else {
            return self.assumed_classes(outputs, positive);
        };
        let Classes { key, names } = list;
        let fits = names.len() == outputs || outputs == 1 && names.len() <= 2;
        if !fits {
            return Err(format!(
                "the {source}'s {key} names {} classes ({}) and `fc.weight` has {outputs} rows: {}",
                names.len(),
                names.join(", "),
                self.classes_remedy()
            ));
        }
        if names.iter().enumerate().any(|(n, name)| {
            name.trim().is_empty() || names.iter().take(n).any(|other| other == name)
        }) {
            return Err(format!(
                "the {source}'s {key} ({}) are not all different names: {}",
                names.join(", "),
                self.classes_remedy()
            ));
        }
        if outputs > 1 {
            return Ok(Named {
                names,
                positive: None,
            });
        }
        match (names.as_slice(), positive) {
            // One name is that of the one output.
            ([name], None) => Ok(one_output(name)),
            ([name], Some(positive)) if *name == positive => Ok(one_output(name)),
            ([_, _], None) => Ok(Named {
                names,
                // Of two classes with one output, the output is that of the second: how `BCEWithLogitsLoss` takes labels of 0 and 1.
                positive: Some(1),
            }),
            (_, Some(positive)) => {
                let same = |name: &String| name.eq_ignore_ascii_case(&positive);
                let at = names.iter().position(same).filter(|_| names.len() == 2);
                at.map(|at| Named {
                    positive: Some(at),
                    names: names.clone(),
                })
                .ok_or_else(|| {
                    format!(
                        "the positive class {positive} is none of the {source}'s {key} ({}): correct one or the other",
                        names.join(", ")
                    )
                })
            }
            _ => Err(self.what_one_output_means()),
        }
    }

    /// What to do about a wrong class list.
    fn classes_remedy(&self) -> String {
        format!(
            "name every class once, in the order of the rows, with --classes or as \"classes\" in {}",
            self.path.with_extension("json").display()
        )
    }

    fn what_one_output_means(&self) -> String {
        format!(
            "it has one output (a sigmoid), and nothing says which class that means: say it with --positive-class melanoma (or nevus), or as \
             \"positive_class\" in {}",
            self.path.with_extension("json").display()
        )
    }

    /// The class list that goes before the others, and who says it.
    fn class_list(&self, overrides: &Overrides) -> Result<Option<(Classes, &'static str)>, String> {
        if let Some(names) = &overrides.classes {
            let names = names.clone();
            let key = "classes".to_owned();
            return Ok(Some((Classes { key, names }, "command line")));
        }
        let sidecar = Value::Object(self.sidecar.clone().into_iter().collect());
        let file = if self.header.is_empty() {
            "file"
        } else {
            "header"
        };
        for (said, source) in [(&sidecar, "sidecar"), (self.file, file)] {
            let lists = said::classes(said)
                .map_err(|why| format!("the {source}'s {why}: {}", self.classes_remedy()))?;
            let Some((first, others)) = lists.split_first() else {
                continue;
            };
            if let Some(other) = others
                .iter()
                .find(|other| !said::agree(&first.names, &other.names))
            {
                return Err(format!(
                    "the {source} contradicts itself: `{}` says {}, and `{}` says {}: {}",
                    first.key,
                    first.names.join(", "),
                    other.key,
                    other.names.join(", "),
                    self.classes_remedy()
                ));
            }
            return Ok(Some((first.clone(), source)));
        }
        Ok(None)
    }

    /// Where nobody names the classes.
    fn assumed_classes(
        &mut self,
        outputs: usize,
        positive: Option<String>,
    ) -> Result<Named, String> {
        let (names, whose): (&[&str], _) = match outputs {
            1 => {
                let name = positive.ok_or_else(|| self.what_one_output_means())?;
                return Ok(one_output(&name));
            }
            2 => (&["melanoma", "nevus"], "the letter's code"),
            7 => (&HAM10000, "HAM10000's folders"),
            _ => {
                return Err(format!(
                    "it has {outputs} classes and names none: name them with --classes or in a sidecar {}",
                    self.path.with_extension("json").display()
                ));
            }
        };
        let wrong = if outputs == 2 {
            "A wrong order inverts P(melanoma)."
        } else {
            "With a wrong order, P(melanoma) is that of something else."
        };
        let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let remedy = self.sidecar_with(&format!("\"classes\": [{}]", quoted.join(", ")));
        self.assume(
            About::ClassOrder,
            format!(
                "Class order assumed: {} (the file names none of its classes; this is the order of {whose}). {wrong}",
                names.join(", ")
            ),
            remedy,
        );
        Ok(Named {
            names: names.iter().map(|&name| name.to_owned()).collect(),
            positive: None,
        })
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
            let (found, by_name) = class_names::melanomas(classes).ok_or_else(|| {
                let (whose, why, remedy) =
                    if classes.iter().all(|name| class_names::is_placeholder(name)) {
                        (
                            "the names of its classes",
                            "say nothing of what they show",
                            "name them with --classes, or say",
                        )
                    } else {
                        ("none of its classes", "is called melanoma or mel", "say")
                    };
                let remedy =
                    format!("{remedy} which mean melanoma with --melanoma-classes or in a sidecar");
                format!("{whose} ({}) {why}: {remedy}", classes.join(", "))
            })?;
            if !by_name {
                let names: Vec<&str> = found
                    .iter()
                    .filter_map(|&n| classes.get(n).map(String::as_str))
                    .collect();
                let names = names.join(", ");
                self.assume(
                    About::MelanomaClasses,
                    format!(
                        "“{names}” assumed to mean melanoma: no class is called so. P(melanoma) is P({names})."
                    ),
                    self.sidecar_with(&format!("\"melanoma_classes\": [\"{names}\"]")),
                );
            }
            return Ok(found);
        };
        let mut found = wanted
            .iter()
            .map(|name| {
                let position = |same: &dyn Fn(&str) -> bool| classes.iter().position(|class| same(class));
                position(&|class| class == name)
                    .or_else(|| position(&|class| class.eq_ignore_ascii_case(name)))
                    .ok_or_else(|| {
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
            let about = if key == "std" {
                About::Std
            } else {
                About::Mean
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
            self.assume(
                About::TransformInput,
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

    pub(super) fn framing(&mut self, overrides: &Overrides) -> Result<Framing, String> {
        if let Some(given) = overrides.framing {
            return Ok(given);
        }
        let Some((value, source)) = self.say("framing") else {
            self.assume(
                About::Framing,
                "The file does not say the framing of its training: squash was assumed.".to_owned(),
                self.sidecar_with("\"framing\": \"squash\""),
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
            self.assume(
                About::Threshold,
                "The file does not say its threshold: 0.5 was assumed.".to_owned(),
                self.sidecar_with("\"threshold\": 0.5"),
            );
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

/// The classes of one output that means this one.
fn one_output(name: &str) -> Named {
    Named {
        names: vec![class_names::complement(name), name.to_owned()],
        positive: Some(1),
    }
}

/// Whether a value in a `.pth` can be the fact that its key is called.
fn is_plausible(key: &str, value: &Value) -> bool {
    let triple = |from: f64| {
        let numbers = value.as_array().filter(|items| items.len() == 3);
        let fits = |item: &Value| item.as_f64().is_some_and(|n| n >= from && n <= 1.0);
        numbers.is_some_and(|items| items.iter().all(fits))
    };
    match key {
        "mean" => triple(0.0),
        "std" => triple(1e-3),
        "threshold" => value.as_f64().is_some_and(|p| (0.0..=1.0).contains(&p)),
        "framing" => matches!(value.as_str(), Some("crop" | "squash")),
        "transform_input" => value.is_boolean(),
        "melanoma_classes" => texts(value).is_some_and(|names| !names.is_empty()),
        "positive_class" => value.is_string(),
        _ => false,
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
