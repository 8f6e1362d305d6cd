//! The scales of colours: perceptually even, and safe for people who see colours otherwise.
//!
//! Both run along straight lines in Oklab (Ottosson 2020, <https://bottosson.github.io/posts/oklab/>), so that lightness only rises or
//! falls, and are then divided into 256 colours that are equally far apart by CIEDE2000. The sequential one goes from dark blue to pale
//! yellow, as cividis does (Nuñez et al. 2018, doi 10.1371/journal.pone.0199239); the diverging one from dark blue over white to
//! brown, two hues that every dichromat tells apart. Neither uses red or green.

use std::sync::LazyLock;

use flipscope_image::distance::delta_e;

/// A scale of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scale {
    /// From little to much.
    Sequential,
    /// From below to above, with white in the middle.
    Diverging,
}

/// Colours of a scale.
const COLOURS: usize = 256;
/// Points along a line, of which the colours are chosen, and how many of them make a step whose length is measured: one that 8-bit
/// colours can show.
const FINE: usize = 4096;
const STRIDE: usize = FINE / 64;

const DARK_BLUE: [u8; 3] = [0, 34, 78];
const YELLOW: [u8; 3] = [254, 232, 88];
const BLUE: [u8; 3] = [8, 62, 132];
const WHITE: [u8; 3] = [245, 245, 245];
const BROWN: [u8; 3] = [138, 56, 0];

static SEQUENTIAL: LazyLock<Vec<[u8; 3]>> = LazyLock::new(|| even(DARK_BLUE, YELLOW, COLOURS));
static DIVERGING: LazyLock<Vec<[u8; 3]>> = LazyLock::new(|| {
    let half = COLOURS / 2;
    let below = even(BLUE, WHITE, half);
    let above = even(WHITE, BROWN, half);
    below.into_iter().chain(above).collect()
});

impl Scale {
    /// The 256 colours, the lowest first.
    #[must_use]
    pub fn colours(self) -> &'static [[u8; 3]] {
        match self {
            Self::Sequential => &SEQUENTIAL,
            Self::Diverging => &DIVERGING,
        }
    }

    /// The colour at a share of the scale; below 0 and above 1, that of the end.
    #[must_use]
    pub fn colour(self, share: f64) -> [u8; 3] {
        let at = (share.clamp(0.0, 1.0) * (COLOURS - 1) as f64).round() as usize;
        self.colours().get(at).copied().unwrap_or(WHITE)
    }
}

/// Colours from one to another, equally far apart.
fn even(from: [u8; 3], to: [u8; 3], count: usize) -> Vec<[u8; 3]> {
    let (from, to) = (oklab(from), oklab(to));
    let line: Vec<[f64; 3]> = (0..=FINE)
        .map(|at| {
            let share = at as f64 / FINE as f64;
            let [l, a, b] = from;
            let [to_l, to_a, to_b] = to;
            srgb([
                l + (to_l - l) * share,
                a + (to_a - a) * share,
                b + (to_b - b) * share,
            ])
        })
        .collect();
    let mut lengths = vec![0.0];
    for two in line.iter().step_by(STRIDE).collect::<Vec<_>>().windows(2) {
        if let [one, next] = two {
            let before = lengths.last().copied().unwrap_or_default();
            lengths.push(before + delta_e(bytes(**one), bytes(**next)));
        }
    }
    let whole = lengths.last().copied().unwrap_or_default();
    (0..count)
        .map(|number| {
            let wanted = whole * number as f64 / (count - 1).max(1) as f64;
            let after = lengths.partition_point(|length| *length < wanted).max(1);
            let (low, high) = (
                lengths.get(after - 1).copied().unwrap_or_default(),
                lengths.get(after).copied().unwrap_or(whole),
            );
            let within = if high > low {
                (wanted - low) / (high - low)
            } else {
                0.0
            };
            let at = ((after - 1) as f64 + within) * STRIDE as f64;
            let at = (at.round() as usize).min(FINE);
            bytes(line.get(at).copied().unwrap_or_default())
        })
        .collect()
}

fn bytes(colour: [f64; 3]) -> [u8; 3] {
    colour.map(|value| (value * 255.0).round() as u8)
}

/// Oklab of an sRGB colour.
fn oklab(colour: [u8; 3]) -> [f64; 3] {
    let [r, g, b] = colour.map(|byte| {
        let value = f64::from(byte) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    });
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

/// The sRGB colour, 0 to 1, of an Oklab colour.
fn srgb([l, a, b]: [f64; 3]) -> [f64; 3] {
    let long = (l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let middle = (l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (l - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short,
    ]
    .map(|value| {
        let value = value.clamp(0.0, 1.0);
        if value <= 0.003_130_8 {
            value * 12.92
        } else {
            1.055 * value.powf(1.0 / 2.4) - 0.055
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Machado et al. 2009 (doi 10.1109/TVCG.2009.113), complete protanopia, deuteranopia and tritanopia, of linear RGB.
    const DICHROMATS: [[[f64; 3]; 3]; 3] = [
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn seen(matrix: [[f64; 3]; 3], colour: [u8; 3]) -> [u8; 3] {
        let linear = colour.map(|byte| (f64::from(byte) / 255.0).powf(2.2));
        matrix.map(|row| {
            let sum: f64 = row.iter().zip(linear).map(|(m, v)| m * v).sum();
            (sum.clamp(0.0, 1.0).powf(1.0 / 2.2) * 255.0).round() as u8
        })
    }

    #[test]
    fn steps_are_even_and_lightness_goes_one_way() {
        for scale in [Scale::Sequential, Scale::Diverging] {
            let colours = scale.colours();
            assert_eq!(colours.len(), COLOURS);
            let halves = match scale {
                Scale::Sequential => vec![colours],
                Scale::Diverging => vec![&colours[..COLOURS / 2], &colours[COLOURS / 2..]],
            };
            for half in halves {
                let sixteen: Vec<f64> = (half.windows(17).step_by(16))
                    .map(|some| delta_e(some[0], some[16]))
                    .collect();
                let mean = sixteen.iter().sum::<f64>() / sixteen.len() as f64;
                for step in &sixteen {
                    assert!((step / mean - 1.0).abs() < 0.15, "{scale:?}: {sixteen:?}");
                }
                let light: Vec<f64> = half.iter().map(|&colour| oklab(colour)[0]).collect();
                let rises = light[0] < light[light.len() - 1];
                for two in light.windows(2) {
                    assert!(if rises {
                        two[1] > two[0] - 2e-3
                    } else {
                        two[1] < two[0] + 2e-3
                    });
                }
            }
        }
    }

    #[test]
    fn every_dichromat_tells_low_from_high() {
        for matrix in DICHROMATS {
            let end = |scale: Scale, share| seen(matrix, scale.colour(share));
            for (share, other) in [(0.0, 1.0), (0.25, 0.75)] {
                let apart = delta_e(end(Scale::Diverging, share), end(Scale::Diverging, other));
                assert!(apart > 15.0, "{apart}");
            }
            let (low, high) = (end(Scale::Sequential, 0.0), end(Scale::Sequential, 1.0));
            assert!(delta_e(low, high) > 50.0);
            let light: Vec<f64> = (0..=16)
                .map(|at| oklab(end(Scale::Sequential, f64::from(at) / 16.0))[0])
                .collect();
            assert!(light.windows(2).all(|two| two[1] > two[0]), "{light:?}");
        }
    }

    #[test]
    fn oklab_is_the_published_one() {
        assert_eq!(Scale::Diverging.colour(-3.0), BLUE);
        assert_eq!(Scale::Sequential.colour(9.0), YELLOW);
        let [l, a, b] = oklab([255, 255, 255]);
        assert!((l - 1.0).abs() < 1e-6 && a.abs() < 1e-6 && b.abs() < 1e-6);
        // Red: 0.6280, 0.2249, 0.1258.
        let [l, a, b] = oklab([255, 0, 0]);
        assert!((l - 0.628).abs() < 1e-3 && (a - 0.2249).abs() < 1e-3 && (b - 0.1258).abs() < 1e-3);
        for colour in [DARK_BLUE, YELLOW, BROWN, WHITE] {
            assert_eq!(bytes(srgb(oklab(colour))), colour);
        }
    }
}
