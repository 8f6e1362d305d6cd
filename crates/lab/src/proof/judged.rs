//! P(melanoma) of every frame of a plan, as far as they are judged.
//!
//! In a record they are one string: base64 (standard alphabet, padded) of the f32 values, little-endian, in the order of the
//! plan; NaN (0x7fc00000) for a frame that was not judged. The hash is SHA-256 over what follows for every judged frame, in this
//! order: the values of the axes as f64, then P(melanoma) as f32, all little-endian.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::plan::Plan;
use flipscope_base::hex;

/// Not judged.
const NONE: f32 = f32::from_bits(0x7fc0_0000);

/// P(melanoma) by the numbers of the frames.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    values: Vec<f32>,
    count: usize,
}

impl Judged {
    pub(super) fn none(frames: usize) -> Self {
        Self {
            values: vec![NONE; frames],
            count: 0,
        }
    }

    /// Reads what [`Judged::to_text`] wrote for so many frames.
    pub(super) fn from_text(text: &str, frames: usize) -> Option<Self> {
        let bytes = STANDARD.decode(text).ok()?;
        let (values, rest) = bytes.as_chunks::<4>();
        let values: Vec<f32> = values
            .iter()
            .map(|&value| f32::from_le_bytes(value))
            .collect();
        let possible = |p: &f32| p.to_bits() == NONE.to_bits() || (0.0..=1.0).contains(p);
        let count = values.iter().filter(|p| !p.is_nan()).count();
        let sound = rest.is_empty() && values.len() == frames && values.iter().all(possible);
        sound.then_some(Self { values, count })
    }

    /// For how many frames a text has a place.
    pub(super) fn frames_in(text: &str) -> usize {
        STANDARD.decode(text).map_or(0, |bytes| bytes.len() / 4)
    }

    pub(super) fn to_text(&self) -> String {
        let bytes: Vec<u8> = self.values.iter().flat_map(|p| p.to_le_bytes()).collect();
        STANDARD.encode(bytes)
    }

    pub(super) fn get(&self, number: usize) -> Option<f32> {
        self.values.get(number).copied().filter(|p| !p.is_nan())
    }

    pub(super) fn set(&mut self, number: usize, p: f32) {
        if let Some(value) = self.values.get_mut(number) {
            self.count += usize::from(value.is_nan());
            *value = p;
        }
    }

    /// How many are judged.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The judged ones, by their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, f32)> {
        (self.values.iter().copied().enumerate()).filter(|(_, p)| !p.is_nan())
    }

    pub(super) fn hash(&self, plan: &Plan) -> String {
        let mut hash = Sha256::new();
        for (number, p) in self.iter() {
            for value in plan.values(number) {
                hash.update(value.to_le_bytes());
            }
            hash.update(p.to_le_bytes());
        }
        hex(hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_anything_else_refused() {
        let mut judged = Judged::none(3);
        judged.set(0, 0.25);
        judged.set(2, 1.0);
        judged.set(2, 0.5);
        assert_eq!(judged.count(), 2);
        let text = judged.to_text();
        let again = Judged::from_text(&text, 3).unwrap();
        assert_eq!(again.count(), 2);
        assert_eq!(again.iter().collect::<Vec<_>>(), [(0, 0.25), (2, 0.5)]);
        assert_eq!(again.get(1), None);
        assert!(Judged::from_text(&text, 2).is_none());
        assert!(Judged::from_text("no base64", 3).is_none());
        judged.set(1, 1.5);
        assert!(Judged::from_text(&judged.to_text(), 3).is_none());
    }
}
