//! Lamp and colour balance as one table of 256 entries per channel, so that every use of the table gives the same result.

use super::illuminant::lamp_table;
use super::perturbation::Perturbation;

/// What each value of R, G and B becomes: under the lamp v, a byte; then `clamp(trunc(v · gain) + offset, 0, 255)`, in f64, then
/// truncated to u8.
#[must_use]
pub fn colour_tables(p: &Perturbation) -> [[u8; 256]; 3] {
    let mut tables = lamp_table(p.kelvin, p.tint);
    for ((table, gain), offset) in tables.iter_mut().zip(p.gain).zip(p.offset) {
        for entry in table {
            *entry = ((f64::from(*entry) * gain).trunc() + offset).clamp(0.0, 255.0) as u8;
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_identity_keeps_every_value() {
        for table in colour_tables(&Perturbation::default()) {
            assert!(table.iter().copied().eq(0..=255));
        }
    }

    #[test]
    fn gain_truncates_before_the_offset_and_the_sum_after_it() {
        let [red, green, blue] = colour_tables(&Perturbation {
            gain: [0.999, 1.5, 1.0],
            offset: [0.0, -0.5, 300.0],
            ..Default::default()
        });
        assert_eq!((red[0], red[1], red[255]), (0, 0, 254));
        // 3 · 1.5 = 4.5, truncated 4, − 0.5 = 3.5, truncated 3.
        assert_eq!((green[0], green[3], green[255]), (0, 3, 255));
        assert!(blue.iter().all(|&v| v == 255));
    }

    #[test]
    fn the_lamp_comes_before_the_gain() {
        let lamp = Perturbation {
            kelvin: 4000.0,
            ..Default::default()
        };
        let both = Perturbation {
            gain: [0.9; 3],
            ..lamp.clone()
        };
        for (table, lamp) in colour_tables(&both).iter().zip(colour_tables(&lamp)) {
            for (&entry, lamp) in table.iter().zip(lamp) {
                assert_eq!(entry, (f64::from(lamp) * 0.9) as u8);
            }
        }
    }

    proptest! {
        #[test]
        fn tables_never_fall(gain in prop::array::uniform3(0.0..10.0), offset in prop::array::uniform3(-255.0..255.0)) {
            for table in colour_tables(&Perturbation { gain, offset, ..Default::default() }) {
                prop_assert!(table.is_sorted());
            }
        }

        #[test]
        fn more_gain_or_offset_is_never_darker(gain in 0.0..5.0, more in 0.0..5.0, offset in -255.0..0.0, added in 0.0..255.0) {
            let table = |gain: f64, offset: f64| {
                let [red, ..] = colour_tables(&Perturbation { gain: [gain; 3], offset: [offset; 3], ..Default::default() });
                red
            };
            let less = table(gain, offset);
            for brighter in [table(gain + more, offset), table(gain, offset + added)] {
                prop_assert!(less.iter().zip(brighter).all(|(&a, b)| a <= b));
            }
        }
    }
}
