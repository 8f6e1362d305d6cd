//! Whether a plan gives what the older calls give: nobody has seen the plans run, so each is compared once, when it is prepared.

use super::super::operand::{Dtype, Extent, Strided};

/// So many frames are compared, spread over the batch, the first and the last among them.
const COMPARED: usize = 8;

/// How far the values of two ways to compute one convolution may be apart, as a share of its largest value.
///
/// What they differ by is rounding: of sums of up to some 4,600 products in another order, in Winograd's form perhaps (f32); of
/// factors to 11 bits by one of both alone (TF32); of results to 8 bits, by the older calls before the bias is added, and after it
/// (bf16). Each bound is several times what these amount to. A wrong stride, padding, bias or ReLU gives values that have nothing to do with the
/// right ones.
pub(in crate::cuda) fn tolerance(dtype: Dtype, tensor_cores: bool) -> f64 {
    match (dtype, tensor_cores) {
        (Dtype::F32, false) => 1e-3,
        (Dtype::F32, true) => 1e-2,
        (Dtype::Bf16, _) => 3e-2,
    }
}

/// Which of so many frames are compared.
pub(in crate::cuda) fn compared(n: usize) -> impl Iterator<Item = usize> {
    let compared = n.min(COMPARED);
    (0..compared).map(move |which| which * n.saturating_sub(1) / compared.saturating_sub(1).max(1))
}

/// The frames of an activation that are compared, each as an activation.
pub(in crate::cuda) fn frames(
    (strided, extent): (Strided, Extent),
    dtype: Dtype,
) -> Vec<(Strided, Extent)> {
    let one = Extent {
        frames: 1,
        ..extent
    };
    compared(extent.frames.max(0) as usize)
        .map(|frame| {
            let skipped = frame as u64 * strided.frame as u64 * dtype.bytes();
            let at = strided.at + skipped;
            (Strided { at, ..strided }, one)
        })
        .collect()
}

/// What is wrong with values beside those of the older calls; `None` where they agree.
pub(in crate::cuda) fn disagreement(
    given: &[f32],
    wanted: &[f32],
    tolerance: f64,
) -> Option<String> {
    if given.len() != wanted.len() {
        return Some(format!("{} values, not {}", given.len(), wanted.len()));
    }
    let (mut largest, mut furthest) = (0.0_f64, 0.0_f64);
    let (mut squares, mut squared_errors) = (0.0_f64, 0.0_f64);
    for (given, wanted) in given.iter().zip(wanted) {
        if given.to_bits() == wanted.to_bits() || given.is_nan() && wanted.is_nan() {
            if wanted.is_finite() {
                let wanted = f64::from(*wanted);
                largest = largest.max(wanted.abs());
                squares += wanted * wanted;
            }
            continue;
        }
        let (given, wanted) = (f64::from(*given), f64::from(*wanted));
        let error = (given - wanted).abs();
        if !error.is_finite() {
            return Some(format!("{given} where there should be {wanted}"));
        }
        largest = largest.max(wanted.abs());
        furthest = furthest.max(error);
        squares += wanted * wanted;
        squared_errors += error * error;
    }
    // One value may be off by more than most are.
    let mean = (squared_errors / squares.max(f64::MIN_POSITIVE)).sqrt();
    if furthest > tolerance * largest || mean > tolerance {
        return Some(format!(
            "values up to {largest:.3e} differ by up to {furthest:.3e}, all of them by a share of {mean:.1e}"
        ));
    }
    None
}
