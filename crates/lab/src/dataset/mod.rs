//! A labelled set of photographs, the material of training and studies.
//!
//! [`Dataset::read`] takes a table or a folder and recognises the format by its header, never by its name:
//!
//! | format | columns |
//! |---|---|
//! | a folder per class | none: `NAME/*.jpg`, also within `train/`, `val/`, `test/` |
//! | ISIC archive | `isic_id`, and `diagnosis`, `benign_malignant` or `diagnosis_1` to `diagnosis_5` |
//! | ISIC-2016 | no header: `ISIC_0000000,benign` |
//! | ISIC-2017 | `image_id,melanoma,seborrheic_keratosis` |
//! | ISIC-2018, ISIC-2019 | `image,MEL,NV,BCC,...` |
//! | ISIC-2020 | `image_name`, and `diagnosis` or `target` |
//! | HAM10000 | `lesion_id,image_id,dx` |
//! | BCN20000 | `bcn_filename,diagnosis` |
//! | Derm7pt | `case_num,diagnosis,derm` (the dermoscopic pictures) |
//! | PAD-UFES-20 | `img_id,diagnostic` |
//! | plain labels | `image_id` (or `image`, `file`, `filename`, `file_name`) and `diagnosis` (or `label`), and if known `split`, `duplicate_of`, `lesion_id`, `patient_id` |
//!
//! `lesion_id` and `patient_id` are read from any of them, and from a second table in the same folder that has them (ISIC-2018
//! has its lesions in `..._LesionGroupings.csv`, ISIC-2019 in `..._Metadata.csv`).
//!
//! Tables are UTF-8 or UTF-16, delimited by comma, semicolon, tab or what a first line `sep=` says. "NA", "nan", "null" and
//! similar words in the columns for lesion, patient, split and duplicate mean unknown. If rows contradict each other about one
//! picture, it is left out, and a mask is never taken for the photograph with its name.
//!
//! An [`Example`] is a row whose picture was found. Everything else is a [`Problem`]. Nothing is decoded before
//! [`Dataset::fingerprint`].

mod both;
mod columns;
mod diagnosis;
mod encoding;
mod error;
mod example;
mod find;
mod fingerprint;
mod folders;
mod groups;
mod known_formats;
mod layout;
mod misnamed;
mod name;
mod naming;
mod part;
mod pictures;
mod problem;
mod read;
mod row;
pub mod split;
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_unsound;
mod text;
mod unknown;

pub use diagnosis::Diagnosis;
pub use error::DatasetError;
pub use example::{Dataset, Example};
pub use fingerprint::{Fingerprint, Fingerprints};
pub use part::Part;
pub use problem::Problem;

pub(crate) use fingerprint::hash_files;
