//! Weights in about 8 bits: from 5 to 12, depending on how much a layer's errors matter.
//!
//! A weight is `code · scale · multiplier / 255`: a signed integer, one f32 for its output channel, and one byte for its block
//! of [`BLOCK`] neighbours, so that a large weight coarsens the steps of its own block only. The codes of a layer are packed
//! with [`code_bits`] bits each. No photograph is needed.

/// Weights of one output channel that share a multiplier. The last block of a channel may be shorter.
pub(crate) const BLOCK: usize = 32;

/// Candidates for the end of a block's scale, as fractions of its largest weight: clipping that weight can make the rest finer.
const ENDS: [f32; 11] = [
    1.0, 0.975, 0.95, 0.925, 0.9, 0.875, 0.85, 0.825, 0.8, 0.775, 0.75,
];

/// A tensor in codes.
pub(crate) struct Quantised {
    /// In the order of the weights, within ±(2^(bits − 1) − 1).
    pub(crate) codes: Vec<i16>,
    /// One for every output channel, not negative.
    pub(crate) scales: Vec<f32>,
    /// One for every block of every channel, 1 to 255.
    pub(crate) multipliers: Vec<u8>,
}

/// The codes of a tensor whose first axis is output channels (row-major), with the smallest squared error in every block.
/// `cost` weights the errors within a channel: the second moments of what the weights are multiplied by.
pub(crate) fn quantise(weights: &[f32], channels: usize, bits: u8, cost: &[f32]) -> Quantised {
    let most = most(bits);
    let row = (weights.len() / channels.max(1)).max(1);
    let mut made = Quantised {
        codes: Vec::with_capacity(weights.len()),
        scales: Vec::with_capacity(channels),
        multipliers: Vec::with_capacity(weights.len().div_ceil(BLOCK)),
    };
    for row in weights.chunks(row) {
        let scale = largest(row) / most;
        for (block, cost) in row.chunks(BLOCK).zip(cost.chunks(BLOCK)) {
            let multiplier = best_multiplier(block, cost, scale, most);
            let step = step(scale, multiplier);
            made.codes
                .extend(block.iter().map(|&weight| code(weight, step, most) as i16));
            made.multipliers.push(multiplier);
        }
        made.scales.push(scale);
    }
    made
}

/// The weights that codes stand for.
pub(crate) fn weights(codes: &[i16], scales: &[f32], multipliers: &[u8]) -> Vec<f32> {
    let row = (codes.len() / scales.len().max(1)).max(1);
    let blocks = row.div_ceil(BLOCK);
    let mut weights = Vec::with_capacity(codes.len());
    for ((row, &scale), multipliers) in codes
        .chunks(row)
        .zip(scales)
        .zip(multipliers.chunks(blocks))
    {
        for (block, &multiplier) in row.chunks(BLOCK).zip(multipliers) {
            let step = step(scale, multiplier);
            weights.extend(block.iter().map(|&code| f32::from(code) * step));
        }
    }
    weights
}

/// Codes in `bits` bits each, from the lowest bit of the first byte up; the smallest code is stored as 0.
pub(crate) fn pack(codes: &[i16], bits: u8) -> Vec<u8> {
    let most = most(bits) as i32;
    let mut packed = Vec::with_capacity((codes.len() * usize::from(bits)).div_ceil(8));
    let (mut held, mut count) = (0_u32, 0);
    for &code in codes {
        held |= ((i32::from(code) + most) as u32) << count;
        count += bits;
        while count >= 8 {
            packed.push(held as u8);
            held >>= 8;
            count -= 8;
        }
    }
    if count > 0 {
        packed.push(held as u8);
    }
    packed
}

/// The inverse of [`pack`] for `count` codes, at least 8; the number of bits follows from the lengths. `None` if no number of
/// bits fits.
pub(crate) fn unpack(packed: &[u8], count: usize) -> Option<Vec<i16>> {
    let bits = u8::try_from((packed.len() * 8).checked_div(count)?)
        .ok()
        .filter(|_| count >= 8)
        .filter(|bits| (2..=12).contains(bits))?;
    if packed.len() != (count * usize::from(bits)).div_ceil(8) {
        return None;
    }
    let most = most(bits) as i16;
    let mut codes = Vec::with_capacity(count);
    let (mut held, mut have) = (0_u32, 0);
    for &byte in packed {
        held |= u32::from(byte) << have;
        have += 8;
        while have >= bits && codes.len() < count {
            codes.push((held & ((1 << bits) - 1)) as i16 - most);
            held >>= bits;
            have -= bits;
        }
    }
    Some(codes)
}

/// The largest code.
fn most(bits: u8) -> f32 {
    f32::from((1_i16 << (bits.clamp(2, 12) - 1)) - 1)
}

fn largest(weights: &[f32]) -> f32 {
    weights
        .iter()
        .fold(0.0, |largest, weight| largest.max(weight.abs()))
}

fn step(scale: f32, multiplier: u8) -> f32 {
    scale * (f32::from(multiplier) / 255.0)
}

fn code(weight: f32, step: f32, most: f32) -> f32 {
    if step > 0.0 {
        (weight / step).round().clamp(-most, most)
    } else {
        0.0
    }
}

fn best_multiplier(block: &[f32], cost: &[f32], scale: f32, most: f32) -> u8 {
    let largest = largest(block);
    let error = |multiplier: u8| -> f64 {
        let step = step(scale, multiplier);
        block
            .iter()
            .zip(cost)
            .map(|(&weight, &cost)| {
                f64::from(cost) * f64::from(weight - code(weight, step, most) * step).powi(2)
            })
            .sum()
    };
    ENDS.iter()
        .map(|end| {
            let part = if scale > 0.0 {
                largest * end / (scale * most)
            } else {
                0.0
            };
            (part * 255.0).ceil().clamp(1.0, 255.0) as u8
        })
        .map(|multiplier| (multiplier, error(multiplier)))
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
        .map_or(255, |(multiplier, _)| multiplier)
}

/// Bits of a layer's codes: 8 unless [`CODE_BITS`] says otherwise.
pub(crate) fn code_bits(weight: &str) -> u8 {
    let layer = weight.strip_suffix(".conv.weight").unwrap_or(weight);
    CODE_BITS
        .iter()
        .find(|(name, _)| *name == layer)
        .map_or(8, |&(_, bits)| bits)
}

/// Layers of Inception-v3 whose codes do not take 8 bits. Bits were added where they reduced the error of the logits most per
/// byte, as measured layer by layer on a melanoma/nevus checkpoint (`assets/demo-model.md`), until the file reached 24 MB.
const CODE_BITS: &[(&str, u8)] = &[
    ("Conv2d_1a_3x3", 12),
    ("Conv2d_2a_3x3", 12),
    ("Conv2d_2b_3x3", 12),
    ("Conv2d_3b_1x1", 12),
    ("Conv2d_4a_3x3", 11),
    ("Mixed_5b.branch1x1", 12),
    ("Mixed_5b.branch5x5_1", 12),
    ("Mixed_5b.branch5x5_2", 11),
    ("Mixed_5b.branch3x3dbl_1", 12),
    ("Mixed_5b.branch3x3dbl_2", 11),
    ("Mixed_5b.branch3x3dbl_3", 11),
    ("Mixed_5b.branch_pool", 12),
    ("Mixed_5c.branch1x1", 12),
    ("Mixed_5c.branch5x5_1", 12),
    ("Mixed_5c.branch5x5_2", 11),
    ("Mixed_5c.branch3x3dbl_1", 12),
    ("Mixed_5c.branch3x3dbl_2", 12),
    ("Mixed_5c.branch3x3dbl_3", 11),
    ("Mixed_5c.branch_pool", 12),
    ("Mixed_5d.branch1x1", 12),
    ("Mixed_5d.branch5x5_1", 12),
    ("Mixed_5d.branch5x5_2", 11),
    ("Mixed_5d.branch3x3dbl_1", 12),
    ("Mixed_5d.branch3x3dbl_2", 11),
    ("Mixed_5d.branch3x3dbl_3", 10),
    ("Mixed_5d.branch_pool", 12),
    ("Mixed_6a.branch3x3dbl_1", 12),
    ("Mixed_6a.branch3x3dbl_2", 10),
    ("Mixed_6a.branch3x3dbl_3", 9),
    ("Mixed_6b.branch1x1", 12),
    ("Mixed_6b.branch7x7_1", 11),
    ("Mixed_6b.branch7x7_2", 10),
    ("Mixed_6b.branch7x7_3", 10),
    ("Mixed_6b.branch7x7dbl_1", 12),
    ("Mixed_6b.branch7x7dbl_2", 11),
    ("Mixed_6b.branch7x7dbl_3", 11),
    ("Mixed_6b.branch7x7dbl_4", 10),
    ("Mixed_6b.branch7x7dbl_5", 9),
    ("Mixed_6b.branch_pool", 11),
    ("Mixed_6c.branch1x1", 11),
    ("Mixed_6c.branch7x7_1", 11),
    ("Mixed_6c.branch7x7_2", 10),
    ("Mixed_6c.branch7x7_3", 10),
    ("Mixed_6c.branch7x7dbl_1", 10),
    ("Mixed_6c.branch7x7dbl_2", 9),
    ("Mixed_6c.branch7x7dbl_3", 9),
    ("Mixed_6c.branch7x7dbl_4", 9),
    ("Mixed_6c.branch7x7dbl_5", 9),
    ("Mixed_6c.branch_pool", 11),
    ("Mixed_6d.branch1x1", 10),
    ("Mixed_6d.branch7x7_1", 10),
    ("Mixed_6d.branch7x7_2", 9),
    ("Mixed_6d.branch7x7_3", 9),
    ("Mixed_6d.branch7x7dbl_1", 11),
    ("Mixed_6d.branch7x7dbl_2", 10),
    ("Mixed_6d.branch7x7dbl_3", 10),
    ("Mixed_6d.branch7x7dbl_4", 10),
    ("Mixed_6d.branch7x7dbl_5", 9),
    ("Mixed_6d.branch_pool", 11),
    ("Mixed_6e.branch1x1", 11),
    ("Mixed_6e.branch7x7_1", 10),
    ("Mixed_6e.branch7x7_2", 9),
    ("Mixed_6e.branch7x7_3", 9),
    ("Mixed_6e.branch7x7dbl_1", 10),
    ("Mixed_6e.branch7x7dbl_2", 9),
    ("Mixed_6e.branch7x7dbl_4", 9),
    ("Mixed_6e.branch_pool", 11),
    ("Mixed_7a.branch3x3_1", 11),
    ("Mixed_7a.branch7x7x3_1", 9),
    ("Mixed_7a.branch7x7x3_3", 9),
    ("Mixed_7b.branch1x1", 9),
    ("Mixed_7b.branch3x3_1", 10),
    ("Mixed_7b.branch3x3dbl_1", 9),
    ("Mixed_7b.branch3x3dbl_2", 7),
    ("Mixed_7b.branch3x3dbl_3a", 9),
    ("Mixed_7b.branch_pool", 10),
    ("Mixed_7c.branch3x3_2a", 7),
    ("Mixed_7c.branch3x3_2b", 7),
    ("Mixed_7c.branch3x3dbl_1", 7),
    ("Mixed_7c.branch3x3dbl_2", 5),
    ("Mixed_7c.branch3x3dbl_3a", 5),
    ("Mixed_7c.branch3x3dbl_3b", 6),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn some_weights(count: usize) -> Vec<f32> {
        (0..count)
            .map(|n| ((n * 7919 % 1009) as f32 / 504.5 - 1.0).powi(3) * 0.3)
            .collect()
    }

    #[test]
    fn weights_come_back_within_a_step_of_their_block() {
        // Three channels of 200: six blocks of 32 and one of 8.
        let given = some_weights(600);
        for bits in [5, 8, 9, 12] {
            let made = quantise(&given, 3, bits, &[1.0; 200]);
            assert_eq!(
                (made.codes.len(), made.scales.len(), made.multipliers.len()),
                (600, 3, 21)
            );
            let back = weights(&made.codes, &made.scales, &made.multipliers);
            for (n, (given, back)) in given.iter().zip(&back).enumerate() {
                let multiplier = made.multipliers[n / 200 * 7 + n % 200 / 32];
                let step = step(made.scales[n / 200], multiplier);
                // Half a step, except for the few that are clipped.
                let cut = made.codes[n].unsigned_abs() == most(bits) as u16;
                assert!(
                    (given - back).abs() <= step * 0.501 || cut,
                    "{n}: {given} {back}"
                );
            }
            let error: f32 = given.iter().zip(&back).map(|(a, b)| (a - b).powi(2)).sum();
            let size: f32 = given.iter().map(|a| a.powi(2)).sum();
            assert!(
                (error / size).sqrt() < 1.1 / most(bits),
                "{bits} bits: {}",
                (error / size).sqrt()
            );
        }
    }

    #[test]
    fn packed_codes_come_back() {
        for bits in 2..=12_u8 {
            let most = most(bits) as i32;
            let codes: Vec<i16> = (0..1001)
                .map(|n| (n * 37 % (2 * most + 1) - most) as i16)
                .collect();
            let packed = pack(&codes, bits);
            assert_eq!(packed.len(), (1001 * usize::from(bits)).div_ceil(8));
            assert_eq!(unpack(&packed, 1001), Some(codes));
            assert_eq!(unpack(&[packed, vec![0]].concat(), 1001), None);
        }
        assert_eq!(unpack(&[], 0), None);
    }

    #[test]
    fn nothing_but_zeros_stays_zero() {
        let made = quantise(&[0.0; 8], 2, 8, &[1.0; 4]);
        assert_eq!(
            weights(&made.codes, &made.scales, &made.multipliers),
            [0.0; 8]
        );
    }

    #[test]
    fn layers_of_other_bits_are_layers() {
        let architecture = crate::architectures::inception_v3::architecture();
        let names: Vec<_> = architecture
            .convs()
            .iter()
            .map(|conv| conv.name.clone())
            .collect();
        for (name, bits) in CODE_BITS {
            assert!(names.iter().any(|layer| layer == name), "{name}");
            assert!((2..=12).contains(bits) && *bits != 8, "{name}");
            assert_eq!(code_bits(&format!("{name}.conv.weight")), *bits);
        }
    }
}
