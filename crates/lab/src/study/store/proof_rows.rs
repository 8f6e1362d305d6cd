//! The rows of proofs: how judged frames are written, and which rows cannot be results.

use rusqlite::types::Value;

use crate::proof::ProofOutcome;
use flipscope_language::text;

/// Judged frames as bytes: for each its number as u32 and P(melanoma) as f32, little-endian.
pub(super) fn to_bytes(judged: &[(u32, f32)]) -> Vec<u8> {
    let frame = |(number, p): &(u32, f32)| {
        let [a, b, c, d] = number.to_le_bytes();
        let [e, f, g, h] = p.to_le_bytes();
        [a, b, c, d, e, f, g, h]
    };
    judged.iter().flat_map(frame).collect()
}

/// The frames of a part.
pub(super) fn from_bytes(bytes: &[u8]) -> impl Iterator<Item = (u32, f32)> + '_ {
    let (frames, _) = bytes.as_chunks::<8>();
    frames.iter().map(|&[a, b, c, d, e, f, g, h]| {
        (
            u32::from_le_bytes([a, b, c, d]),
            f32::from_le_bytes([e, f, g, h]),
        )
    })
}

/// Why a row cannot be the outcome of a proof.
pub(super) fn impossible_proof(row: &[Value]) -> Option<&'static str> {
    let is_null = |at: usize| row.get(at) == Some(&Value::Null);
    let is_probability = |at: usize| match row.get(at) {
        Some(Value::Real(p)) => (0.0..=1.0).contains(p),
        _ => false,
    };
    let number = |at: usize| match row.get(at) {
        Some(Value::Integer(number)) => Some(*number),
        _ => None,
    };
    if !is_probability(8) || !(is_null(9) || is_probability(9)) {
        return Some(text!("studies-score-not-probability"));
    }
    let known = match row.get(4) {
        Some(Value::Text(name)) => ProofOutcome::named(name).is_some(),
        _ => false,
    };
    let (frames, judged) = (number(6), number(7));
    let fits = match number(3) {
        Some(1) => known && !is_null(9) && !is_null(11) && frames >= Some(1),
        Some(0) => is_null(4) && is_null(9) && is_null(11) && frames == Some(0),
        _ => false,
    };
    (!fits || judged < Some(0)).then_some(text!("studies-contradicts-itself"))
}

/// Why a row cannot hold judged frames.
pub(super) fn impossible_part(row: &[Value]) -> Option<&'static str> {
    let sound = match row.get(4) {
        Some(Value::Blob(bytes)) => {
            bytes.len().is_multiple_of(8)
                && from_bytes(bytes).all(|(_, p)| (0.0..=1.0).contains(&p))
        }
        _ => false,
    };
    (!sound).then_some(text!("studies-score-not-probability"))
}
