//! The formats of tables of labels, recognised by their columns.

use super::diagnosis::Diagnosis;
use super::part::Part;
use super::pictures::key;
use super::text::{known, known_group};
use flipscope_language::{as_text, text};
use flipscope_model::Label;

/// Which column holds what.
pub(super) struct Layout {
    /// The format's name.
    pub(super) format: &'static str,
    /// Whether the first line is already a row.
    pub(super) headless: bool,
    /// Number of columns.
    pub(super) width: usize,
    id: usize,
    naming: Naming,
    lesion: Option<usize>,
    patient: Option<usize>,
    part: Option<usize>,
    duplicate_of: Option<usize>,
    /// Columns with the same name: the first is read, and the others must say the same.
    twins: Vec<(String, usize, usize)>,
    /// Other columns with the diagnosis: they must agree.
    words: Vec<(String, usize)>,
    malignancies: Vec<(String, usize)>,
    targets: Vec<(String, usize)>,
}

/// How a table gives the diagnosis. Numbers are column indices.
enum Naming {
    /// From coarse to fine; if none says anything, the term in the other column.
    Levels(Vec<usize>, Option<usize>),
    /// A term; if it is empty, the term in the other column.
    Word(usize, Option<usize>),
    /// One column per diagnosis, marked by 1; the term for a row of zeros, if that means one.
    OneHot(Vec<(usize, String)>, Option<&'static str>),
    /// `benign` and `malignant` (or 0 and 1): the second is melanoma and the first is taken for nevus.
    Malignancy(usize),
    /// 1 is melanoma, and 0 is nothing in particular.
    Target(usize),
}

/// The contents of a row.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) diagnosis: Diagnosis,
    /// A contradiction between two columns of the row about the lesion.
    pub(super) contradiction: Option<String>,
    pub(super) lesion: Option<String>,
    pub(super) patient: Option<String>,
    pub(super) part: Option<Part>,
    pub(super) duplicate_of: Option<String>,
}

/// The columns of a table that identify lesions or patients, with labels or without.
#[derive(Clone, Copy)]
pub(super) struct Groups {
    pub(super) id: usize,
    pub(super) lesion: Option<usize>,
    pub(super) patient: Option<usize>,
}

/// Finds columns by name, ignoring case.
struct Columns<'a>(&'a [String]);

impl Columns<'_> {
    fn find(&self, name: &str) -> Option<usize> {
        self.0
            .iter()
            .position(|column| column.eq_ignore_ascii_case(name))
    }
}

impl Columns<'_> {
    /// Every column with one of these names.
    fn all(&self, names: &[&str]) -> Vec<(String, usize)> {
        let is = |column: &str| names.iter().any(|name| column.eq_ignore_ascii_case(name));
        let columns = self.0.iter().enumerate();
        (columns.filter(|(_, column)| is(column)))
            .map(|(at, column)| (column.clone(), at))
            .collect()
    }

    /// The columns with the same name as one of these, each paired with it.
    fn twins(&self, read: &[usize]) -> Vec<(String, usize, usize)> {
        let mut twins = Vec::new();
        for &at in read {
            let Some(name) = self.0.get(at).filter(|name| !name.is_empty()) else {
                continue;
            };
            let others = self
                .all(&[name])
                .into_iter()
                .filter(|(_, other)| *other != at);
            twins.extend(others.map(|(name, other)| (name, at, other)));
        }
        twins
    }
}

impl Groups {
    /// The columns, if the table has them.
    pub(super) fn of_header(header: &[String]) -> Option<Self> {
        let columns = Columns(header);
        let id = [
            "isic_id",
            "image_id",
            "image_name",
            "image",
            "bcn_filename",
            "img_id",
        ];
        let groups = Self {
            id: id.iter().find_map(|name| columns.find(name))?,
            lesion: columns.find("lesion_id"),
            patient: columns.find("patient_id"),
        };
        (groups.lesion.is_some() || groups.patient.is_some()).then_some(groups)
    }
}

impl Layout {
    /// The format of a table with this first line.
    pub(super) fn of_header(header: &[String]) -> Option<Self> {
        let columns = Columns(header);
        let find = |name| columns.find(name);
        let (format, id, naming) = if let Some(naming) = naming_of_archive(&columns) {
            ("ISIC archive", find("isic_id")?, naming)
        } else if let (Some(id), Some(melanoma), Some(keratosis)) = (
            find("image_id"),
            find("melanoma"),
            find("seborrheic_keratosis"),
        ) {
            let columns = vec![
                (melanoma, "melanoma".to_owned()),
                (keratosis, "seborrheic keratosis".to_owned()),
            ];
            ("ISIC-2017", id, Naming::OneHot(columns, Some("nevus")))
        } else if let (Some(id), Some(_), Some(_)) = (find("image"), find("MEL"), find("NV")) {
            let format = if find("AKIEC").is_some() {
                "ISIC-2018"
            } else {
                "ISIC-2019"
            };
            let classes = header.iter().enumerate().filter(|(_, name)| {
                let is = |class: &&str| name.eq_ignore_ascii_case(class);
                CLASSES.iter().any(is)
            });
            let columns = classes.map(|(at, name)| (at, name.clone())).collect();
            (format, id, Naming::OneHot(columns, None))
        } else if let Some(id) = find("image_name") {
            let naming = match (find("diagnosis"), find("target")) {
                (Some(word), _) => Naming::Word(word, find("benign_malignant")),
                (None, Some(target)) => Naming::Target(target),
                (None, None) => return None,
            };
            ("ISIC-2020", id, naming)
        } else if let (Some(id), Some(word)) = (find("image_id"), find("dx")) {
            ("HAM10000", id, Naming::Word(word, None))
        } else if let (Some(id), Some(word)) = (find("bcn_filename"), find("diagnosis")) {
            ("BCN20000", id, Naming::Word(word, None))
        } else if let (Some(id), Some(word), Some(_)) =
            (find("derm"), find("diagnosis"), find("case_num"))
        {
            ("Derm7pt", id, Naming::Word(word, None))
        } else if let (Some(id), Some(word)) = (find("img_id"), find("diagnostic")) {
            ("PAD-UFES-20", id, Naming::Word(word, None))
        } else if let (Some(id), Some(word)) = (find("image_id"), find("diagnosis")) {
            ("plain labels", id, Naming::Word(word, None))
        } else {
            return Self::headless(header);
        };
        // A case of Derm7pt is one lesion.
        let lesion = find("lesion_id").or_else(|| find("case_num").filter(|_| format == "Derm7pt"));
        let [patient, part, duplicate_of] =
            ["patient_id", "split", "duplicate_of"].map(|name| columns.find(name));
        let groups = [lesion, patient, part, duplicate_of].into_iter().flatten();
        let read: Vec<usize> = (naming.columns().into_iter())
            .chain([id])
            .chain(groups)
            .collect();
        let malignancies = columns.all(&["benign_malignant"]);
        // A column with this name is ISIC's if there are other ISIC columns; elsewhere it may number the classes differently.
        let isic = matches!(format, "ISIC archive" | "ISIC-2020") || !malignancies.is_empty();
        let targets = if isic {
            columns.all(&["target"])
        } else {
            Vec::new()
        };
        Some(Self {
            format,
            headless: false,
            width: header.len(),
            twins: columns.twins(&read),
            words: columns.all(&[
                "diagnosis",
                "dx",
                "diagnostic",
                "diagnosis_2",
                "diagnosis_3",
                "diagnosis_4",
                "diagnosis_5",
            ]),
            malignancies: [malignancies, columns.all(&["diagnosis_1"])].concat(),
            targets,
            id,
            naming,
            lesion,
            patient,
            part,
            duplicate_of,
        })
    }

    /// ISIC-2016: the first line is a row.
    fn headless(first: &[String]) -> Option<Self> {
        let [name, word] = first else {
            return None;
        };
        (!name.is_empty() && malignancy(word).is_some()).then_some(Self {
            format: "ISIC-2016",
            headless: true,
            width: 2,
            id: 0,
            naming: Naming::Malignancy(1),
            lesion: None,
            patient: None,
            part: None,
            duplicate_of: None,
            twins: Vec::new(),
            words: Vec::new(),
            malignancies: Vec::new(),
            targets: Vec::new(),
        })
    }

    /// Whether the table itself says which pictures show one lesion, or one patient.
    pub(super) fn has_groups(&self) -> bool {
        self.lesion.is_some() || self.patient.is_some()
    }

    /// What is assumed in this format.
    pub(super) fn assumption(&self) -> Option<&'static str> {
        match self.naming {
            Naming::Malignancy(_) => Some(text!("dataset-table-tells-only-malignant")),
            _ => None,
        }
    }

    /// The picture that a row names, whatever else is wrong with it.
    pub(super) fn id<'a>(&self, fields: &'a [String]) -> Option<&'a str> {
        let id = fields.get(self.id)?;
        (!id.is_empty()).then_some(id)
    }

    /// Reads a row.
    pub(super) fn row(&self, fields: &[String]) -> Result<Row, String> {
        if fields.len() < self.width {
            return Err(text!(
                "dataset-has-fields",
                fields = as_text(&fields.len()),
                width = as_text(&self.width)
            ));
        }
        if fields
            .iter()
            .skip(self.width)
            .any(|field| !field.is_empty())
        {
            let id = fields.get(self.id).map_or("", String::as_str);
            return Err(text!(
                "dataset-has-fields-header-so",
                id = as_text(&id),
                fields = as_text(&fields.len()),
                width = as_text(&self.width)
            ));
        }
        let field = |at: usize| fields.get(at).map_or("", String::as_str);
        let text = |at: Option<usize>| at.map(field).and_then(known).map(str::to_owned);
        let group = |at: Option<usize>| at.map(field).and_then(known_group).map(str::to_owned);
        let id = field(self.id).to_owned();
        if id.is_empty() {
            return Err(text!("dataset-names-no-picture").to_owned());
        }
        let part = match text(self.part) {
            None => None,
            Some(word) => Some(Part::of_word(&word).ok_or_else(|| {
                text!(
                    "dataset-split-not-train-val",
                    id = as_text(&id),
                    word = as_text(&word)
                )
            })?),
        };
        let diagnosis =
            (self.naming.diagnosis(&field)).map_err(|reason| format!("{id}: {reason}"))?;
        Ok(Row {
            contradiction: self.contradiction(&diagnosis, &field),
            diagnosis,
            lesion: group(self.lesion),
            patient: group(self.patient),
            part,
            // A row that names itself as its duplicate is the original.
            duplicate_of: group(self.duplicate_of).filter(|of| key(of) != key(&id)),
            id,
        })
    }
}

impl Layout {
    /// What a row says in two columns that cannot both be true, with the columns.
    fn contradiction<'a>(
        &self,
        diagnosis: &Diagnosis,
        field: &impl Fn(usize) -> &'a str,
    ) -> Option<String> {
        let twin = |(name, first, other): &(String, usize, usize)| {
            let (one, two) = (field(*first), field(*other));
            let differ =
                known(one).is_some() && known(two).is_some() && !one.eq_ignore_ascii_case(two);
            differ.then(|| {
                text!(
                    "dataset-two-columns-called",
                    one = as_text(&one),
                    two = as_text(&two),
                    name = as_text(&name)
                )
            })
        };
        if let Some(said) = self.twins.iter().find_map(twin) {
            return Some(said);
        }
        let labels = (self.words.iter())
            .filter_map(|(name, at)| Some((Diagnosis::of(field(*at)).label?, name, field(*at))));
        let mut said: Vec<(bool, String)> =
            (diagnosis.label.iter())
                .map(|label| (*label == Label::Melanoma, diagnosis.text.clone()))
                .chain(labels.map(|(label, name, text)| {
                    (label == Label::Melanoma, format!("{text} ({name})"))
                }))
                .collect();
        let malignant = self.malignancies.iter().filter_map(|(name, at)| {
            Some((super::diagnosis::malignancy(field(*at))?, name, field(*at)))
        });
        said.extend(malignant.map(|(is, name, text)| (is, format!("{text} ({name})"))));
        let targets = (self.targets.iter())
            .filter_map(|(name, at)| Some((number(field(*at))?, name, field(*at))));
        // For a growth that is not a nevus, 0 says only that it is not a melanoma.
        let targets = targets.filter(|(is, ..)| *is || diagnosis.label.is_some());
        said.extend(targets.map(|(is, name, text)| (is, format!("{name} {text}"))));
        let (first, rest) = said.split_first()?;
        let (_, other) = rest.iter().find(|(is, _)| *is != first.0)?;
        Some(format!("{} and {other}", first.1))
    }
}

/// The diagnoses of ISIC-2018 and ISIC-2019, as named in their columns.
const CLASSES: [&str; 10] = [
    "MEL", "NV", "BCC", "AKIEC", "AK", "BKL", "DF", "VASC", "SCC", "UNK",
];

/// How the ISIC archive names diagnoses, before and since it introduced levels.
fn naming_of_archive(columns: &Columns<'_>) -> Option<Naming> {
    columns.find("isic_id")?;
    let levels: Vec<usize> = (1..=5)
        .filter_map(|level| columns.find(&format!("diagnosis_{level}")))
        .collect();
    let word = columns.find("diagnosis");
    let malignancy = columns.find("benign_malignant");
    match (levels.is_empty(), word, malignancy) {
        (false, _, _) => Some(Naming::Levels(levels, word)),
        (true, Some(word), _) => Some(Naming::Word(word, malignancy)),
        (true, None, Some(malignancy)) => Some(Naming::Word(malignancy, None)),
        (true, None, None) => None,
    }
}

impl Naming {
    /// The columns that it reads.
    fn columns(&self) -> Vec<usize> {
        match self {
            Self::Levels(levels, word) => levels.iter().chain(word).copied().collect(),
            Self::Word(word, other) => std::iter::once(word).chain(other).copied().collect(),
            Self::OneHot(columns, _) => columns.iter().map(|(at, _)| *at).collect(),
            Self::Malignancy(at) | Self::Target(at) => vec![*at],
        }
    }

    fn diagnosis<'a>(&self, field: &impl Fn(usize) -> &'a str) -> Result<Diagnosis, String> {
        let or_else = |first: Diagnosis, second: &Option<usize>| match second {
            Some(at) if first.text.is_empty() => Diagnosis::of(field(*at)),
            _ => first,
        };
        match self {
            Self::Levels(levels, word) => {
                let levels = Diagnosis::of_levels(levels.iter().map(|&at| field(at)));
                Ok(or_else(levels, word))
            }
            Self::Word(word, other) => Ok(or_else(Diagnosis::of(field(*word)), other)),
            Self::OneHot(columns, none) => {
                let mut is = Vec::new();
                for (at, name) in columns {
                    if number(field(*at)).ok_or_else(|| not_0_or_1(name, field(*at)))? {
                        is.push(name.as_str());
                    }
                }
                match (is.as_slice(), none) {
                    ([one], _) => Ok(Diagnosis::of(one)),
                    ([], Some(none)) => Ok(Diagnosis::of(none)),
                    ([], None) => Err(text!("dataset-no-diagnosis-marked").to_owned()),
                    _ => {
                        let and = text!("dataset-and");
                        Err(text!("dataset-at-once", all = is.join(and)))
                    }
                }
            }
            Self::Malignancy(at) => match malignancy(field(*at)) {
                Some(true) => Ok(Diagnosis::labelled(Label::Melanoma, "malignant")),
                Some(false) => Ok(Diagnosis::labelled(Label::Nevus, "benign")),
                None => Err(text!(
                    "dataset-neither-benign-nor-malignant",
                    at = as_text(&field(*at))
                )),
            },
            Self::Target(at) => match number(field(*at)) {
                Some(true) => Ok(Diagnosis::of("melanoma")),
                Some(false) => Ok(Diagnosis::of("benign")),
                None => Err(not_0_or_1("target", field(*at))),
            },
        }
    }
}

fn not_0_or_1(column: &str, text: &str) -> String {
    text!(
        "dataset-column-neither-0-nor",
        text = as_text(&text),
        column = as_text(&column)
    )
}

/// 0 or 1, also as 0.0 and 1.0, with a decimal comma, and as False and True.
fn number(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
        return Some(text.eq_ignore_ascii_case("true"));
    }
    match text.replace(',', ".").parse::<f64>() {
        Ok(0.0) => Some(false),
        Ok(1.0) => Some(true),
        _ => None,
    }
}

/// Whether a term of ISIC-2016 means malignant.
fn malignancy(word: &str) -> Option<bool> {
    match word {
        "benign" => Some(false),
        "malignant" => Some(true),
        _ => number(word),
    }
}
