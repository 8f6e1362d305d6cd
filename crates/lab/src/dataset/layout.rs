//! The formats of tables of labels, told by their columns.

use super::diagnosis::Diagnosis;
use super::part::Part;
use super::pictures::key;
use super::text::known;
use flipscope_model::Label;

/// Where a table has what.
pub(super) struct Layout {
    /// The format's name.
    pub(super) format: &'static str,
    /// Whether the first line is a row already.
    pub(super) headless: bool,
    /// Number of columns.
    pub(super) width: usize,
    id: usize,
    naming: Naming,
    lesion: Option<usize>,
    patient: Option<usize>,
    part: Option<usize>,
    duplicate_of: Option<usize>,
}

/// How a table gives the diagnosis. Numbers are columns.
enum Naming {
    /// From coarse to fine; where none says anything, the word of the other column.
    Levels(Vec<usize>, Option<usize>),
    /// A word; where it is empty, the word of the other column.
    Word(usize, Option<usize>),
    /// A column for each diagnosis, in which it stands as 1; the word for a row of zeros, if that means one.
    OneHot(Vec<(usize, String)>, Option<&'static str>),
    /// `benign` and `malignant` (or 0 and 1), of which the second is melanoma and the first is taken for nevus.
    Malignancy(usize),
    /// 1 is melanoma, and 0 is nothing in particular.
    Target(usize),
}

/// What a row says.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) diagnosis: Diagnosis,
    pub(super) lesion: Option<String>,
    pub(super) patient: Option<String>,
    pub(super) part: Option<Part>,
    pub(super) duplicate_of: Option<String>,
}

/// The columns of a table that names lesions or patients, with labels or without.
#[derive(Clone, Copy)]
pub(super) struct Groups {
    pub(super) id: usize,
    pub(super) lesion: Option<usize>,
    pub(super) patient: Option<usize>,
}

/// Finds columns by name; case does not matter.
struct Columns<'a>(&'a [String]);

impl Columns<'_> {
    fn find(&self, name: &str) -> Option<usize> {
        self.0
            .iter()
            .position(|column| column.eq_ignore_ascii_case(name))
    }
}

impl Groups {
    /// The columns, if a table has them.
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
    /// The format of a table whose first line this is.
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
        Some(Self {
            format,
            headless: false,
            width: header.len(),
            id,
            naming,
            // A case of Derm7pt is a lesion.
            lesion: find("lesion_id").or_else(|| find("case_num").filter(|_| format == "Derm7pt")),
            patient: find("patient_id"),
            part: find("split"),
            duplicate_of: find("duplicate_of"),
        })
    }

    /// ISIC-2016: its first line is a row.
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
        })
    }

    /// Whether the table itself says which pictures show one lesion, or one patient.
    pub(super) fn has_groups(&self) -> bool {
        self.lesion.is_some() || self.patient.is_some()
    }

    /// What is taken for granted in this format.
    pub(super) fn assumption(&self) -> Option<&'static str> {
        match self.naming {
            Naming::Malignancy(_) => Some(
                "The table tells only malignant from benign: malignant was read as melanoma and benign as nevus, though some \
                 benign lesions of ISIC-2016 are none.",
            ),
            _ => None,
        }
    }

    /// Reads a row.
    pub(super) fn row(&self, fields: &[String]) -> Result<Row, String> {
        if fields.len() < self.width {
            return Err(format!("has {} of {} fields", fields.len(), self.width));
        }
        let field = |at: usize| fields.get(at).map_or("", String::as_str);
        let text = |at: Option<usize>| at.map(field).and_then(known).map(str::to_owned);
        let id = field(self.id).to_owned();
        if id.is_empty() {
            return Err("names no picture".to_owned());
        }
        let part =
            match text(self.part) {
                None => None,
                Some(word) => Some(Part::of_word(&word).ok_or_else(|| {
                    format!("{id}: its split `{word}` is none of train, val, test")
                })?),
            };
        Ok(Row {
            diagnosis: self
                .naming
                .diagnosis(&field)
                .map_err(|reason| format!("{id}: {reason}"))?,
            lesion: text(self.lesion),
            patient: text(self.patient),
            part,
            // A row that repeats itself is the original.
            duplicate_of: text(self.duplicate_of).filter(|of| key(of) != key(&id)),
            id,
        })
    }
}

/// The diagnoses of ISIC-2018 and ISIC-2019, as their columns are called.
const CLASSES: [&str; 10] = [
    "MEL", "NV", "BCC", "AKIEC", "AK", "BKL", "DF", "VASC", "SCC", "UNK",
];

/// How the ISIC archive names diagnoses, before and since it has levels.
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
                    ([], None) => Err("none of its diagnoses is 1".to_owned()),
                    _ => Err(format!("is {} at once", is.join(" and "))),
                }
            }
            Self::Malignancy(at) => match malignancy(field(*at)) {
                Some(true) => Ok(Diagnosis::labelled(Label::Melanoma, "malignant")),
                Some(false) => Ok(Diagnosis::labelled(Label::Nevus, "benign")),
                None => Err(format!("`{}` is neither benign nor malignant", field(*at))),
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
    format!("`{text}` in column {column} is neither 0 nor 1")
}

/// 0 or 1, also as 0.0 and 1.0.
fn number(text: &str) -> Option<bool> {
    match text.parse::<f64>() {
        Ok(0.0) => Some(false),
        Ok(1.0) => Some(true),
        _ => None,
    }
}

/// Whether a word of ISIC-2016 says malignant.
fn malignancy(word: &str) -> Option<bool> {
    match word {
        "benign" => Some(false),
        "malignant" => Some(true),
        _ => number(word),
    }
}
