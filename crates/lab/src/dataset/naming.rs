//! How tables give diagnoses: as a term, as one column per diagnosis, or as benign and malignant.

use super::both::all;
use super::columns::Columns;
use super::diagnosis::Diagnosis;
use flipscope_language::{as_text, text};
use flipscope_model::Label;

/// How a table gives the diagnosis. Numbers are column indices.
pub(super) enum Naming {
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

/// How the ISIC archive names diagnoses, before and since it introduced levels.
pub(super) fn naming_of_archive(columns: &Columns<'_>) -> Option<Naming> {
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
    pub(super) fn columns(&self) -> Vec<usize> {
        match self {
            Self::Levels(levels, word) => levels.iter().chain(word).copied().collect(),
            Self::Word(word, other) => std::iter::once(word).chain(other).copied().collect(),
            Self::OneHot(columns, _) => columns.iter().map(|(at, _)| *at).collect(),
            Self::Malignancy(at) | Self::Target(at) => vec![*at],
        }
    }

    pub(super) fn diagnosis<'a>(
        &self,
        field: &impl Fn(usize) -> &'a str,
    ) -> Result<Diagnosis, String> {
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
                    _ => Err(text!("dataset-at-once", all = all(is.iter().copied()))),
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
pub(super) fn number(text: &str) -> Option<bool> {
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
pub(super) fn malignancy(word: &str) -> Option<bool> {
    match word {
        "benign" => Some(false),
        "malignant" => Some(true),
        _ => number(word),
    }
}
