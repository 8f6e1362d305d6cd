//! The classes of a network: from the first source that names them, or assumed; which of them mean melanoma, and what a single
//! output means.

use flipscope_language::{as_text, id, text};
use serde_json::Value;

use super::assumption::AssumptionKind;
use super::class_lists::{self, Classes};
use super::class_names;
use super::metadata::{Metadata, source_name};
use super::overrides::Overrides;
use super::plausible::texts;

/// The lesions of HAM10000 and ISIC-2018 task 3 in alphabetical order, as `ImageFolder` numbers them.
const HAM10000: [&str; 7] = ["akiec", "bcc", "bkl", "df", "mel", "nv", "vasc"];

/// The classes of a network.
pub(crate) struct Named {
    /// Their names, in the order of the outputs.
    pub(crate) names: Vec<String>,
    /// Which of two classes the single output of a sigmoid stands for; none if each class has an output.
    pub(crate) positive: Option<usize>,
}

impl Metadata<'_> {
    /// The classes of a network with this many outputs.
    pub(crate) fn classes(
        &mut self,
        overrides: &Overrides,
        outputs: usize,
    ) -> Result<Named, String> {
        let positive = match (&overrides.positive_class, self.say("positive_class")) {
            (Some(_), _) if outputs > 1 => {
                return Err(text!(
                    "checkpoint-positive-class-for-checkpoint",
                    outputs = as_text(&outputs)
                ));
            }
            (Some(name), _) => Some(name.clone()),
            (None, Some((Value::String(name), _))) if outputs == 1 => Some(name),
            _ => None,
        };
        let stated = self.class_list(overrides)?;
        let Some((list, source)) = stated.or_else(|| self.class_file(outputs)) else {
            return self.assumed_classes(outputs, positive);
        };
        let Classes { key, names } = list;
        self.note_overruled(&names, source);
        let fits = names.len() == outputs || outputs == 1 && names.len() <= 2;
        if !fits {
            return Err(text!(
                "checkpoint-names-classes-fc-weight",
                source = source_name(source),
                key = as_text(&key),
                names = as_text(&names.len()),
                names_2 = as_text(&names.join(", ")),
                outputs = as_text(&outputs),
                classes_remedy = as_text(&self.classes_remedy())
            ));
        }
        if names.iter().enumerate().any(|(n, name)| {
            name.trim().is_empty() || names.iter().take(n).any(|other| other == name)
        }) {
            return Err(text!(
                "checkpoint-not-all-different-names",
                source = source_name(source),
                key = as_text(&key),
                names = as_text(&names.join(", ")),
                classes_remedy = as_text(&self.classes_remedy())
            ));
        }
        if outputs > 1 {
            return Ok(Named {
                names,
                positive: None,
            });
        }
        match (names.as_slice(), positive) {
            // A single name belongs to the single output.
            ([name], None) => Ok(one_output(name)),
            ([name], Some(positive)) if *name == positive => Ok(one_output(name)),
            ([_, _], None) => Ok(Named {
                names,
                // Of two classes with one output, the output belongs to the second: this is how `BCEWithLogitsLoss` takes
                // labels of 0 and 1.
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
                    text!(
                        "checkpoint-positive-class-not-one",
                        positive = as_text(&positive),
                        source = source_name(source),
                        key = as_text(&key),
                        names = as_text(&names.join(", "))
                    )
                })
            }
            _ => Err(self.what_one_output_means()),
        }
    }

    /// What to do about a wrong class list.
    fn classes_remedy(&self) -> String {
        text!(
            "checkpoint-name-every-class-once",
            with_extension = as_text(&self.path.with_extension("json").display())
        )
    }

    fn what_one_output_means(&self) -> String {
        text!(
            "checkpoint-has-one-output-sigmoid",
            with_extension = as_text(&self.path.with_extension("json").display())
        )
    }

    /// The class list that takes precedence, and its source.
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
        let sources = [
            (&sidecar, "sidecar"),
            (self.file, file),
            (&self.config, "config.json"),
        ];
        for (extra, source) in sources {
            let lists = class_lists::classes(extra).map_err(|why| {
                text!(
                    "checkpoint-classes-wrong",
                    source = source_name(source),
                    why = as_text(&why),
                    classes_remedy = as_text(&self.classes_remedy())
                )
            })?;
            let Some((first, others)) = lists.split_first() else {
                continue;
            };
            if let Some(other) = others
                .iter()
                .find(|other| !class_lists::agree(&first.names, &other.names))
            {
                return Err(text!(
                    "checkpoint-contradicts-itself-says-says",
                    source = source_name(source),
                    key = as_text(&first.key),
                    names = as_text(&first.names.join(", ")),
                    key_2 = as_text(&other.key),
                    names_2 = as_text(&other.names.join(", ")),
                    classes_remedy = as_text(&self.classes_remedy())
                ));
            }
            return Ok(Some((first.clone(), source)));
        }
        Ok(None)
    }

    /// The class list of a file beside the checkpoint, if there is one of as many classes as the network has outputs, and no other says
    /// otherwise.
    fn class_file(&mut self, outputs: usize) -> Option<(Classes, &'static str)> {
        let fitting = |(list, _): &&(Classes, _)| list.names.len() == outputs.max(2);
        let mut lists = self.class_files.iter().filter(fitting);
        let (list, source) = lists.next()?.clone();
        let all = list.names.join(", ");
        if let Some((other, whose)) =
            lists.find(|(other, _)| !class_lists::agree(&list.names, &other.names))
        {
            let (theirs, whose) = (other.names.join(", "), *whose);
            self.assume(AssumptionKind::Other, |_| {
                (
                    text!(
                        "checkpoint-beside-file-says-classes",
                        source = source,
                        all = as_text(&all),
                        whose = whose,
                        names = as_text(&theirs)
                    ),
                    text!(
                        "checkpoint-move-away-name-classes",
                        source = source,
                        whose = whose
                    ),
                )
            });
            return None;
        }
        let quoted: Vec<String> = list
            .names
            .iter()
            .map(|name| format!("\"{name}\""))
            .collect();
        self.assume(AssumptionKind::ClassOrder, |about| {
            (
                text!(
                    "checkpoint-file-names-none-classes",
                    all = as_text(&all),
                    source = source
                ),
                about.sidecar_with(&format!("\"classes\": [{}]", quoted.join(", "))),
            )
        });
        Some((list, source))
    }

    /// Notes where the list that is used contradicts what the file states.
    fn note_overruled(&mut self, names: &[String], source: &str) {
        if !matches!(source, "command line" | "sidecar") {
            return;
        }
        let extra = [(self.file, "file"), (&self.config, "config.json")];
        let overruled = extra.into_iter().find_map(|(extra, whose)| {
            let lists = class_lists::classes(extra).ok()?;
            let differs = |list: &Classes| !class_lists::agree(&list.names, names);
            lists.into_iter().find(differs).map(|list| (list, whose))
        });
        let Some((list, whose)) = overruled else {
            return;
        };
        self.assume(AssumptionKind::Other, |_| {
            (
                text!(
                    "checkpoint-says-classes-which-used",
                    source = source_name(source),
                    names = as_text(&names.join(", ")),
                    whose = source_name(whose),
                    key = as_text(&list.key),
                    names_2 = as_text(&list.names.join(", "))
                ),
                text!(
                    "checkpoint-if-right-leave-classes",
                    whose = source_name(whose),
                    source = source_name(source)
                ),
            )
        });
    }

    /// The assumption if no source names the classes.
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
            2 => (&["melanoma", "nevus"], id!("checkpoint-letter-code")),
            7 => (&HAM10000, id!("checkpoint-ham10000-folders")),
            _ => {
                let why = self.as_set().map_or_else(
                    || text!("checkpoint-names-none").to_owned(),
                    |key| text!("checkpoint-names-them-python-set", key = as_text(&key)),
                );
                return Err(text!(
                    "checkpoint-has-classes-name-them",
                    outputs = as_text(&outputs),
                    why = as_text(&why),
                    with_extension = as_text(&self.path.with_extension("json").display())
                ));
            }
        };
        let wrong = if outputs == 2 {
            id!("checkpoint-wrong-order-inverts-p")
        } else {
            id!("checkpoint-with-wrong-order-p")
        };
        let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let set = self.as_set();
        self.assume(AssumptionKind::ClassOrder, |about| {
            let why = set.as_ref().map_or_else(
                || text!("checkpoint-classes-unnamed").to_owned(),
                |key| text!("checkpoint-file-names-classes-python", key = as_text(&key)),
            );
            (
                text!(
                    "checkpoint-class-order-assumed-this",
                    names = as_text(&names.join(", ")),
                    why = why,
                    whose = whose.get(),
                    wrong = wrong.get()
                ),
                about.sidecar_with(&format!("\"classes\": [{}]", quoted.join(", "))),
            )
        });
        Ok(Named {
            names: names.iter().map(|&name| name.to_owned()).collect(),
            positive: None,
        })
    }

    /// The key under which the sidecar or the file names the classes as a set.
    fn as_set(&self) -> Option<String> {
        let sidecar = Value::Object(self.sidecar.clone().into_iter().collect());
        class_lists::as_set(&sidecar).or_else(|| class_lists::as_set(self.file))
    }

    pub(crate) fn melanoma_classes(
        &mut self,
        overrides: &Overrides,
        classes: &[String],
    ) -> Result<Vec<usize>, String> {
        let (wanted, source) = if let Some(names) = &overrides.melanoma_classes {
            (names.clone(), "command line")
        } else if let Some((value, source)) = self.say("melanoma_classes") {
            let names = texts(&value).ok_or_else(|| {
                text!(
                    "checkpoint-melanoma-classes-not-list",
                    source = source_name(source),
                    value = as_text(&value)
                )
            })?;
            (names, source)
        } else {
            let (found, by_name) = class_names::melanomas(classes).ok_or_else(|| {
                let (whose, why, remedy) =
                    if classes.iter().all(|name| class_names::is_placeholder(name)) {
                        (
                            text!("checkpoint-names-classes"),
                            text!("checkpoint-say-nothing-what-they"),
                            text!("checkpoint-name-them-with-classes"),
                        )
                    } else {
                        (
                            text!("checkpoint-none-classes"),
                            text!("checkpoint-called-melanoma-mel"),
                            text!("checkpoint-say"),
                        )
                    };
                let remedy = text!(
                    "checkpoint-which-mean-melanoma-with",
                    remedy = as_text(&remedy)
                );
                text!(
                    "checkpoint-classes-unclear",
                    whose = whose,
                    classes = as_text(&classes.join(", ")),
                    why = as_text(&why),
                    remedy = as_text(&remedy)
                )
            })?;
            if !by_name {
                let names: Vec<&str> = found
                    .iter()
                    .filter_map(|&n| classes.get(n).map(String::as_str))
                    .collect();
                let names = names.join(", ");
                self.assume(AssumptionKind::MelanomaClasses, |about| {
                    (
                        text!(
                            "checkpoint-assumed-mean-melanoma-no",
                            names = as_text(&names)
                        ),
                        about.sidecar_with(&format!("\"melanoma_classes\": [\"{names}\"]")),
                    )
                });
            }
            return Ok(found);
        };
        let mut found = wanted
            .iter()
            .map(|name| {
                let position =
                    |same: &dyn Fn(&str) -> bool| classes.iter().position(|class| same(class));
                position(&|class| class == name)
                    .or_else(|| position(&|class| class.eq_ignore_ascii_case(name)))
                    .ok_or_else(|| {
                        text!(
                            "checkpoint-melanoma-class-not-one",
                            source = source_name(source),
                            name = as_text(&name),
                            classes = as_text(&classes.join(", "))
                        )
                    })
            })
            .collect::<Result<Vec<_>, _>>()?;
        found.sort_unstable();
        found.dedup();
        if found.is_empty() || found.len() == classes.len() {
            return Err(text!(
                "checkpoint-says-classes-mean-melanoma",
                source = source_name(source),
                found = as_text(&found.len()),
                classes = as_text(&classes.len())
            ));
        }
        Ok(found)
    }
}

/// The classes of a single output that means this one.
fn one_output(name: &str) -> Named {
    Named {
        names: vec![class_names::complement(name), name.to_owned()],
        positive: Some(1),
    }
}
