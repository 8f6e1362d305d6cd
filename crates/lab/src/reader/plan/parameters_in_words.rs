//! The parameters of a protocol in the thread's language. Tables, and everything English, name them as [`Plan::parameters`] does.

use super::Plan;
use crate::reader::error::ReaderError;
use crate::study::plan::details_in_words;
use flipscope_language::{Language, Text, current, decimal, id, text};
use flipscope_model::model_in_words;

/// What the parameters are called.
const NAMES: &[(&str, Text)] = &[
    ("plan_sha256", id!("parameter-plan")),
    ("software", id!("parameter-software")),
    ("cases", id!("parameter-cases")),
    ("adversarial_share", id!("parameter-share")),
    ("both_forms", id!("parameter-both-forms")),
    ("gap", id!("parameter-gap")),
    ("lesions_in_both_forms", id!("parameter-pairs")),
    ("side_points", id!("parameter-side")),
    ("time_limit_seconds", id!("parameter-time-limit")),
    ("confidence", id!("parameter-confidence")),
    ("biopsy", id!("parameter-biopsy")),
    ("practice", id!("parameter-practice")),
    ("readers", id!("parameter-readers")),
    ("classroom", id!("parameter-classroom")),
    ("seed", id!("parameter-seed")),
    ("network", id!("parameter-network")),
    ("network_sha256", id!("parameter-network-sha256")),
    ("network_threshold", id!("parameter-threshold")),
    ("network_remedy", id!("parameter-remedy")),
    ("framing", id!("parameter-framing")),
    ("reading", id!("parameter-reading")),
    ("field_of_view", id!("parameter-field-of-view")),
    ("searches", id!("parameter-searches")),
    ("intervals_of_rates", id!("parameter-intervals")),
    ("network_assumed", id!("parameter-assumed")),
];

impl Plan {
    /// Every parameter and hash, named and said in the thread's language. In English as in the tables.
    ///
    /// # Errors
    /// As [`Plan::sha256`].
    pub fn parameters_in_words(&self) -> Result<Vec<(&'static str, String)>, ReaderError> {
        let parameters = self.parameters()?;
        if current() == Language::English {
            return Ok(parameters);
        }
        let said = parameters.into_iter().map(|(name, value)| {
            let known = NAMES.iter().find(|(known, _)| *known == name);
            let value = self.value_in_words(name, value);
            (known.map_or(name, |(_, text)| text.get()), value)
        });
        Ok(said.collect())
    }

    fn value_in_words(&self, name: &str, value: String) -> String {
        match (name, value.as_str()) {
            ("network", name) => model_in_words(name).to_owned(),
            ("network_remedy", _) => self.network.remedy.in_words(),
            ("network_assumed", _) => {
                let known = (self.network.assumptions.iter()).find(|one| one.text == value);
                known.map_or(value, |one| one.said().to_owned())
            }
            ("searches", _) => {
                let searches = self.searches().into_iter();
                let said = searches
                    .map(|(search, count)| format!("{count} × {}", details_in_words(&search)));
                said.collect::<Vec<_>>().join(" | ")
            }
            ("network_threshold" | "adversarial_share", value) => decimal(value),
            ("side_points", _) if self.settings.classroom => {
                text!("parameter-side-class").to_owned()
            }
            ("time_limit_seconds", "none") => text!("parameter-no-limit").to_owned(),
            ("framing", "crop") => text!("parameter-crop").to_owned(),
            ("framing", "squash") => text!("parameter-squash").to_owned(),
            ("reading", "converted") => text!("parameter-converted").to_owned(),
            ("reading", "raw") => text!("parameter-raw").to_owned(),
            (_, "yes") => text!("details-yes").to_owned(),
            (_, "no") => text!("details-no").to_owned(),
            _ => value,
        }
    }
}
