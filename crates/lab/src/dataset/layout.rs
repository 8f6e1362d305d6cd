//! The formats of tables of labels, recognised by their columns.

use super::columns::Columns;
use super::naming::{Naming, malignancy, naming_of_archive};
use flipscope_language::text;

/// Which column holds what.
pub(super) struct Layout {
    /// The format's name.
    pub(super) format: &'static str,
    /// Whether the first line is already a row.
    pub(super) headless: bool,
    /// Number of columns.
    pub(super) width: usize,
    pub(super) id: usize,
    pub(super) naming: Naming,
    pub(super) lesion: Option<usize>,
    pub(super) patient: Option<usize>,
    pub(super) part: Option<usize>,
    pub(super) duplicate_of: Option<usize>,
    /// Columns with the same name: the first is read, and the others must say the same.
    pub(super) twins: Vec<(String, usize, usize)>,
    /// Other columns with the diagnosis: they must agree.
    pub(super) words: Vec<(String, usize)>,
    pub(super) malignancies: Vec<(String, usize)>,
    pub(super) targets: Vec<(String, usize)>,
}

impl Layout {
    /// The format of a table with this first line.
    pub(super) fn of_header(header: &[String]) -> Option<Self> {
        let columns = Columns(header);
        let find = |name| columns.find(name);
        let first_of = |names: &[&str]| names.iter().find_map(|name| columns.find(name));
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
        } else if let (Some(id), Some(word)) = (first_of(&PICTURES), first_of(&DIAGNOSES)) {
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
}

/// What a table made by hand calls its photographs, and their diagnoses.
const PICTURES: [&str; 5] = ["image_id", "image", "file", "filename", "file_name"];
const DIAGNOSES: [&str; 2] = ["diagnosis", "label"];

/// The diagnoses of ISIC-2018 and ISIC-2019, as named in their columns.
const CLASSES: [&str; 10] = [
    "MEL", "NV", "BCC", "AKIEC", "AK", "BKL", "DF", "VASC", "SCC", "UNK",
];
