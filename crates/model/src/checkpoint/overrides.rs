//! What the user states about a model, which takes precedence over what its file states.

use flipscope_image::lesion::Framing;
use flipscope_nn::Precision;
use serde::{Deserialize, Serialize};

use crate::remedy::Remedy;

/// What the user states about a model, in place of what its file states or leaves out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Overrides {
    /// The framing it was trained with.
    pub framing: Option<Framing>,
    /// Class names in the order of the logits.
    pub classes: Option<Vec<String>>,
    /// Names of the classes that mean melanoma.
    pub melanoma_classes: Option<Vec<String>>,
    /// Mean of the channels R, G, B in 0..1.
    pub mean: Option<[f32; 3]>,
    /// Standard deviation of the channels R, G, B in 0..1.
    pub std: Option<[f32; 3]>,
    /// Whether torchvision's `transform_input` is applied.
    pub transform_input: Option<bool>,
    /// P(melanoma) at or above which it says melanoma.
    pub threshold: Option<f32>,
    /// Whether the file's operating point is the threshold, where `threshold` states none.
    pub operating_point: bool,
    /// Which of several sets of weights in the file to use, by its key.
    pub weights: Option<String>,
    /// What the single output of a network with a sigmoid means: the name of its class.
    pub positive_class: Option<String>,
    /// The type that the network computes in: a property of the run, not of the file.
    #[serde(with = "precision_name")]
    pub precision: Precision,
    /// Whether the gradients of probes are computed in f64 ([`crate::Classifier::probe_gradients`]): a property of the run too.
    pub double_gradients: bool,
    /// What stands between a frame and its verdict: a property of the run too.
    pub remedy: Remedy,
}

/// A precision as the word that is written on the command line.
mod precision_name {
    use flipscope_nn::Precision;
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    pub(super) fn serialize<S: Serializer>(
        precision: &Precision,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(precision.name())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Precision, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_come_back_from_json_and_what_is_missing_is_not_stated() {
        let stated = Overrides {
            classes: Some(vec!["nevus".to_owned(), "melanoma".to_owned()]),
            mean: Some([0.485, 0.456, 0.406]),
            threshold: Some(0.1),
            framing: Some(Framing::Crop),
            precision: Precision::Bf16,
            ..Overrides::default()
        };
        let text = serde_json::to_string(&stated).unwrap();
        assert_eq!(serde_json::from_str::<Overrides>(&text).unwrap(), stated);
        assert_eq!(
            serde_json::from_str::<Overrides>("{}").unwrap(),
            Overrides::default()
        );
        let error = serde_json::from_str::<Overrides>(r#"{"precision": "f16"}"#);
        assert!(error.unwrap_err().to_string().contains("bf16"));
    }
}
