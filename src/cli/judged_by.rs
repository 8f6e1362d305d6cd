//! What a line of JSON says about the network that judged, and about what could not be judged: the same keys for every command.

use std::path::Path;

use serde_json::{Value, json};

use super::output;
use flipscope_lab::json::value;
use flipscope_lab::reader::plan::ReferenceModel;
use flipscope_lab::search::Finding;
use flipscope_model::ModelInfo;

/// The network, its device, and the threshold of its verdicts, as `classify --json` names them.
pub(super) fn network(info: &ModelInfo, threshold: f32, device: &str, precision: &str) -> Value {
    json!({
        "threshold": short(threshold), "classes": info.classes,
        "model": info.name, "model_sha256": info.sha256, "remedy": info.remedy,
        "assumptions": info.assumptions, "device": device, "precision": precision,
        "version": env!("CARGO_PKG_VERSION"),
    })
}

/// The same of a finding: what made it, which may have been another version on another device.
pub(super) fn network_of(finding: &Finding) -> Value {
    json!({
        "threshold": short(finding.threshold), "classes": finding.classes,
        "model": finding.model, "model_sha256": finding.model_sha256, "remedy": finding.remedy,
        "assumptions": finding.assumptions, "device": finding.device,
        "precision": finding.precision, "proposal_precision": finding.proposal_precision,
        "proposal_margin": finding.proposal_margin, "proposal_margin_frames": finding.proposal_margin_frames,
        "version": finding.version,
    })
}

/// The network that readers are compared with.
pub(super) fn reference(network: &ReferenceModel) -> Value {
    json!({
        "model": network.name, "model_sha256": network.sha256, "framing": network.framing,
        "threshold": short(network.threshold), "remedy": network.remedy,
    })
}

/// An object with the fields of another one in addition.
pub(super) fn with(mut object: Value, more: Value) -> Value {
    if let (Value::Object(fields), Value::Object(more)) = (&mut object, more) {
        fields.extend(more);
    }
    object
}

/// A number of 32 bits with the digits that it needs, as [`value`] has it.
pub(super) fn short(number: f32) -> Value {
    value(&number)
}

/// The line of a file for which there is no result, and why.
pub(super) fn failed(file: &Path, error: &anyhow::Error) -> Value {
    output::with_file("file", file, json!({"error": output::describe(error)}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_digits_that_serde_gives_a_field() {
        for number in [0.308_375_6_f32, 0.35, 1.0, 0.0, 1e-9, f32::MIN_POSITIVE] {
            let field = serde_json::to_string(&number).unwrap();
            let field: f64 = field.parse().unwrap();
            assert_eq!(short(number), Value::from(field));
        }
        assert_eq!(short(f32::NAN), Value::Null);
    }
}
