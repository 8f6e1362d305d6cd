//! The lamp: what a camera records whose white balance is set for another lamp than the one that shines.
//!
//! The balance is set for [`NEUTRAL_KELVIN`]; the lamp has a correlated colour temperature in kelvin and a tint, Duv: its distance
//! from the Planckian locus in the CIE 1960 (u, v) diagram, positive above it (greenish), as Ohno 2014 (doi
//! 10.1080/15502724.2014.839020) defines it. sRGB is decoded (IEC 61966-2-1), each channel multiplied in linear light by the ratio
//! of the two white points (both of luminance 1; von Kries' coefficients in linear sRGB, as a camera has them), encoded, and
//! rounded to u8. A lamp of fewer kelvin makes the picture redder.
//!
//! Encoding and rounding are one search among the linear values at which the next byte begins: the same as rounding the encoded
//! value, and monotone to the last bit.

use std::sync::LazyLock;

use super::observer::planckian;

/// The lamp for which the white balance is set, in kelvin: the correlated colour temperature of D65.
pub const NEUTRAL_KELVIN: f64 = 6504.0;

/// Linear value of each byte.
static LINEAR: LazyLock<[f64; 256]> =
    LazyLock::new(|| std::array::from_fn(|v| decode(v as f64 / 255.0)));

/// The linear value at which each byte but the first begins.
static BEGINS: LazyLock<[f64; 255]> =
    LazyLock::new(|| std::array::from_fn(|v| decode((v as f64 + 0.5) / 255.0)));

/// sRGB to linear light, both 0 to 1.
fn decode(value: f64) -> f64 {
    if value <= 0.040_45 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

/// The gains of R, G and B in linear light for a lamp: 1 for the neutral one.
#[must_use]
pub fn lamp_gains(kelvin: f64, tint: f64) -> [f64; 3] {
    if kelvin == NEUTRAL_KELVIN && tint == 0.0 {
        return [1.0; 3];
    }
    let [r, g, b] = white(kelvin, tint);
    let [r0, g0, b0] = white(NEUTRAL_KELVIN, 0.0);
    // A lamp of few kelvin has colours that sRGB has not: less than no blue.
    [r / r0, g / g0, b / b0].map(|gain| gain.max(0.0))
}

/// What each value of R, G and B becomes under a lamp.
#[must_use]
pub fn lamp_table(kelvin: f64, tint: f64) -> [[u8; 256]; 3] {
    lamp_gains(kelvin, tint).map(|gain| {
        if gain == 1.0 {
            return std::array::from_fn(|v| v as u8);
        }
        LINEAR.map(|linear| BEGINS.partition_point(|&begins| begins <= linear * gain) as u8)
    })
}

/// A white of luminance 1 in linear sRGB.
fn white(kelvin: f64, tint: f64) -> [f64; 3] {
    let [mut u, mut v] = planckian(kelvin);
    if tint != 0.0 {
        // Along the normal of the locus; its direction is that of a step of a hundredth of a kelvin.
        let [next_u, next_v] = planckian(kelvin + 0.01);
        let (du, dv) = (u - next_u, v - next_v);
        let length = du.hypot(dv);
        u -= tint * dv / length;
        v += tint * du / length;
    }
    let scale = 2.0 * u - 8.0 * v + 4.0;
    let (x, y) = (3.0 * u / scale, 2.0 * v / scale);
    let [big_x, big_z] = [x / y, (1.0 - x - y) / y];
    XYZ_TO_SRGB.map(|[from_x, from_y, from_z]| from_x * big_x + from_y + from_z * big_z)
}

/// IEC 61966-2-1.
const XYZ_TO_SRGB: [[f64; 3]; 3] = [
    [3.2406, -1.5372, -0.4986],
    [-0.9689, 1.8758, 0.0415],
    [0.0557, -0.2040, 1.0570],
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Linear light to sRGB, both 0 to 1.
    fn encode(value: f64) -> f64 {
        if value <= 0.003_130_8 {
            value * 12.92
        } else {
            1.055 * value.powf(1.0 / 2.4) - 0.055
        }
    }

    #[test]
    fn the_neutral_lamp_changes_nothing() {
        for table in lamp_table(NEUTRAL_KELVIN, 0.0) {
            assert!(table.iter().copied().eq(0..=255));
        }
        // Nor does one that is too close for a byte.
        for table in lamp_table(6504.01, 0.0) {
            assert!(table.iter().copied().eq(0..=255));
        }
    }

    #[test]
    fn fewer_kelvin_are_redder_and_a_tint_is_greener() {
        let [red, green, blue] = lamp_gains(5500.0, 0.0);
        assert!(red > 1.09 && (0.98..1.0).contains(&green) && blue < 0.84);
        let [red, green, blue] = lamp_gains(8000.0, 0.0);
        assert!(red < 0.92 && (1.0..1.02).contains(&green) && blue > 1.18);
        let [red, green, blue] = lamp_gains(NEUTRAL_KELVIN, 0.01);
        assert!(green > red && green > blue);
        let [red, green, blue] = lamp_gains(NEUTRAL_KELVIN, -0.01);
        assert!(green < red && green < blue);
    }

    proptest! {
        #[test]
        fn tables_never_fall_and_are_the_rounded_formula(kelvin in 2000.0..25_000.0, tint in -0.05..0.05) {
            let gains = lamp_gains(kelvin, tint);
            for (table, gain) in lamp_table(kelvin, tint).iter().zip(gains) {
                prop_assert!(table.is_sorted());
                for (v, &entry) in table.iter().enumerate() {
                    let exact = 255.0 * encode(decode(v as f64 / 255.0) * gain).min(1.0);
                    prop_assert!((exact - f64::from(entry)).abs() < 0.5 + 1e-3, "{v}: {exact} {entry}");
                }
            }
        }

        #[test]
        fn red_falls_and_blue_rises_with_the_kelvin(kelvin in 2000.0..24_000.0, more in 1.0..1000.0) {
            let ([red, _, blue], [less_red, _, more_blue]) = (lamp_gains(kelvin, 0.0), lamp_gains(kelvin + more, 0.0));
            prop_assert!(less_red < red);
            prop_assert!(more_blue >= blue);
        }
    }
}
