//! Results as JSON values, with the digits that were computed.

use serde::Serialize;
use serde_json::Value;

/// A value as JSON. `json!` and `to_value` turn a number of 32 bits into one of 64, which prints digits that nobody computed (0.6123457
/// becomes 0.6123456954956055) and differs from what the same number is in a file; here it has the fewest digits that give it back.
/// What JSON cannot hold is null.
#[must_use]
pub fn value(of: &impl Serialize) -> Value {
    serde_json::to_string(of)
        .and_then(|text| serde_json::from_str(&text))
        .unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_32_bits_keeps_its_own_digits_wherever_it_is() {
        #[derive(Serialize)]
        struct Nested {
            p_melanoma: f32,
            values: [f32; 2],
            wide: f64,
        }
        let nested = Nested {
            p_melanoma: 0.612_345_7,
            values: [0.1, f32::NAN],
            wide: 0.612_345_695_495_605_5,
        };
        let text = value(&nested).to_string();
        assert_eq!(
            text,
            r#"{"p_melanoma":0.6123457,"values":[0.1,null],"wide":0.6123456954956055}"#
        );
        let widened = serde_json::json!(nested.p_melanoma).to_string();
        assert_eq!(widened, "0.6123456954956055", "what this is for");
    }
}
