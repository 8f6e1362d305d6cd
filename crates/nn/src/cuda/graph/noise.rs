//! What plans are compared on: noise, since on a picture of one colour a wrong stride gives the right values.

use half::bf16;

use super::super::operand::Dtype;

/// So many values from −1.5 to 1.5, as they are stored; the same for the same seed.
pub(in crate::cuda) fn noise(seed: u64, values: usize, dtype: Dtype) -> Vec<u8> {
    let mut state = seed;
    let mut bytes = Vec::with_capacity(values * dtype.bytes() as usize);
    for _ in 0..values {
        // SplitMix64 (Steele et al. 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let value = ((mixed >> 40) as f32 / (1_u32 << 24) as f32 - 0.5) * 3.0;
        match dtype {
            Dtype::F32 => bytes.extend(value.to_ne_bytes()),
            Dtype::Bf16 => bytes.extend(bf16::from_f32(value).to_ne_bytes()),
        }
    }
    bytes
}
