//! The classes of a network: from the first source that names them, or assumed; which of them mean melanoma, and what a single
//! output means.

use serde_json::Value;

use super::assumption::AssumptionKind;
use super::class_lists::{self, Classes};
use super::class_names;
use super::metadata::Metadata;
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
                return Err(format!(
                    "--positive-class is for a checkpoint of one output, and this one has {outputs}: leave it out, or name the classes with \
                     --classes"
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
                    format!(
                        "the positive class {positive} is not one of the {source}'s {key} ({}): correct one or the other",
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
            let lists = class_lists::classes(extra)
                .map_err(|why| format!("the {source}'s {why}: {}", self.classes_remedy()))?;
            let Some((first, others)) = lists.split_first() else {
                continue;
            };
            if let Some(other) = others
                .iter()
                .find(|other| !class_lists::agree(&first.names, &other.names))
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
            let text = format!(
                "Beside the file, {source} says that the classes are {all}, and {whose} says {}: neither was used.",
                other.names.join(", ")
            );
            let remedy =
                format!("Move {source} or {whose} away, or name the classes with --classes.");
            self.assume(AssumptionKind::Other, text, remedy);
            return None;
        }
        let quoted: Vec<String> = list
            .names
            .iter()
            .map(|name| format!("\"{name}\""))
            .collect();
        let remedy = self.sidecar_with(&format!("\"classes\": [{}]", quoted.join(", ")));
        let text = format!(
            "The file names none of its classes: the order {all} was taken from {source} beside it, which may belong to another checkpoint."
        );
        self.assume(AssumptionKind::ClassOrder, text, remedy);
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
        let text = format!(
            "The {source} says that the classes are {}, which is used; the {whose}'s own `{}` says {}.",
            names.join(", "),
            list.key,
            list.names.join(", ")
        );
        let remedy = format!("If the {whose} is right, leave the classes out of the {source}.");
        self.assume(AssumptionKind::Other, text, remedy);
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
            2 => (&["melanoma", "nevus"], "the letter's code"),
            7 => (&HAM10000, "HAM10000's folders"),
            _ => {
                let why = self.as_set().map_or_else(
                    || "names none".to_owned(),
                    |key| format!("names them in a Python set (`{key}`), which has no order"),
                );
                return Err(format!(
                    "it has {outputs} classes and {why}: name them with --classes or in a sidecar {}",
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
        let why = self.as_set().map_or_else(
            || "the file names none of its classes".to_owned(),
            |key| {
                format!("the file names its classes in a Python set, `{key}`, which has no order")
            },
        );
        self.assume(
            AssumptionKind::ClassOrder,
            format!(
                "Class order assumed: {} ({why}; this is the order of {whose}). {wrong}",
                names.join(", ")
            ),
            remedy,
        );
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
                format!("the {source}'s melanoma_classes {value} are not a list of names: write [\"melanoma\"]")
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
                    AssumptionKind::MelanomaClasses,
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
                        "the {source}'s melanoma class `{name}` is not one of the classes ({}): correct one or the other",
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
}

/// The classes of a single output that means this one.
fn one_output(name: &str) -> Named {
    Named {
        names: vec![class_names::complement(name), name.to_owned()],
        positive: Some(1),
    }
}
