//! Numbers as people say them: durations, counts, probabilities.

use flipscope_language::{decimal, text};

use crate::number::{Unit, real};

/// Seconds in the largest unit that fits, rounded up: "40 s", "25 min", "6.0 h", "25 h", "3 days", in this thread's language.
pub fn duration(seconds: f64) -> String {
    let whole = seconds.max(0.0).ceil() as u64;
    let hours = seconds / 3600.0;
    match whole {
        0..=90 => format!("{whole} s"),
        91..=5400 => format!("{} min", whole.div_ceil(60)),
        5401..=36_000 => format!("{} h", decimal(format!("{hours:.1}"))),
        36_001..=172_800 => format!("{hours:.0} h"),
        _ => text!("time-days", days = format!("{:.0}", hours / 24.0)),
    }
}

/// A probability with the given number of decimals. What would be rounded to 0 or 1 without being it gets at least three
/// decimals, or else is given as below or above a bound: a network that is nearly sure is not shown as certain.
pub fn probability(p: impl Into<f64>, digits: usize) -> String {
    let p = p.into();
    let certain = p <= 0.0 || p >= 1.0 || !p.is_finite();
    let hidden = |digits: usize| {
        let text = format!("{p:.digits$}");
        matches!(text.parse::<f64>(), Ok(shown) if shown == 0.0 || shown == 1.0)
    };
    if certain || !hidden(digits) {
        return decimal(format!("{p:.digits$}"));
    }
    let digits = digits.max(3);
    let step = 10_f64.powi(-(digits as i32));
    match hidden(digits) {
        false => decimal(format!("{p:.digits$}")),
        true if p < 0.5 => format!("< {}", decimal(format!("{step:.digits$}"))),
        true => format!("> {}", decimal(format!("{:.digits$}", 1.0 - step))),
    }
}

/// As [`probability`], with as many further decimals, up to six, as it takes to be seen on its side of a threshold: 0.4996 is no "0.50"
/// where 0.50 is called melanoma.
pub fn probability_beside(p: impl Into<f64>, threshold: impl Into<f64>, digits: usize) -> String {
    let (p, threshold) = (p.into(), threshold.into());
    // Both come from 32 bits, and 0.3 is no more than it says.
    let above = |p: f64| p >= threshold - 1e-7;
    let told = |digits: &usize| {
        let shown = format!("{p:.digits$}", digits = *digits);
        shown
            .parse::<f64>()
            .is_ok_and(|shown| above(shown) == (p >= threshold))
    };
    let digits = (digits..=6).find(told).unwrap_or(digits);
    probability(p, digits)
}

/// How much a probability changes, with its sign: what a reader finds who subtracts the numbers that [`probability_beside`] shows. Where
/// these are the same, the change with one decimal more.
pub fn change_beside(
    [from, to]: [impl Into<f64>; 2],
    threshold: impl Into<f64>,
    digits: usize,
) -> String {
    let (from, to, threshold) = (from.into(), to.into(), threshold.into());
    let shown = |p: f64| {
        let text = probability_beside(p, threshold, digits);
        let text = text.trim_start_matches(['<', '>', ' ']);
        let decimals = text.len() - text.find(['.', ',']).map_or(text.len(), |mark| mark + 1);
        (real(text, Unit::None).unwrap_or(p), decimals)
    };
    let ((from_shown, from_digits), (to_shown, to_digits)) = (shown(from), shown(to));
    let (change, digits) = if from_shown == to_shown {
        (to - from, from_digits.max(to_digits) + 1)
    } else {
        (to_shown - from_shown, from_digits.max(to_digits))
    };
    let size = format!("{:.digits$}", change.abs());
    let sign = match change {
        _ if size.chars().all(|digit| matches!(digit, '0' | '.')) => '±',
        less if less < 0.0 => '−',
        _ => '+',
    };
    decimal(format!("{sign}{size}"))
}

/// A size with two decimals; one that is not zero is not shown as zero.
pub fn size(value: f64) -> String {
    let shown = format!("{value:.2}");
    if value > 0.0 && shown == "0.00" {
        format!("< {}", decimal(0.01))
    } else {
        decimal(shown)
    }
}

/// At most one decimal, as for a median of counts, which may lie half-way between two: "7", "7.5".
pub fn at_most_one_decimal(value: f64) -> String {
    let shown = format!("{value:.1}");
    decimal(shown.strip_suffix(".0").unwrap_or(&shown))
}

/// How many decimals it takes to show two digits that count of a number below 1; none for others.
pub fn decimals_of_two_digits(value: f64) -> usize {
    match value.abs() {
        small if small > 0.0 && small < 1.0 => 1 + (-small.log10().floor()) as usize,
        _ => 0,
    }
}

/// A number with one decimal from 1 on, and below it with two digits that count: "7.5", "0.25", "0.084".
pub fn two_digits(value: f64) -> String {
    let digits = decimals_of_two_digits(value).max(1);
    let shown = format!("{value:.digits$}");
    decimal(shown.trim_end_matches('0').trim_end_matches('.'))
}

/// The same words with every number and the unit after it on one line.
pub fn unbroken(words: &str) -> String {
    const UNITS: [&str; 4] = ["%", "px", "K", "ΔE2000"];
    let mut kept = String::with_capacity(words.len());
    for word in words.split(' ') {
        if !kept.is_empty() {
            let of_number = kept.ends_with(|last: char| last.is_ascii_digit());
            let unit = word.trim_end_matches(['.', ',', ';', ')']);
            let together = of_number && UNITS.contains(&unit);
            kept.push(if together { '\u{a0}' } else { ' ' });
        }
        kept.push_str(word);
    }
    kept
}

/// As [`probability`], with a relation sign: "= 0.123", "< 0.001".
pub fn probability_is(p: impl Into<f64>, digits: usize) -> String {
    let text = probability(p, digits);
    if text.starts_with(['<', '>']) {
        text
    } else {
        format!("= {text}")
    }
}

/// A count with its noun: "1 melanoma", "0 melanomas", "12 melanomas".
pub fn counted<N>(count: N, one: &str, several: &str) -> String
where
    N: Copy + std::fmt::Display + PartialEq + From<u8>,
{
    let noun = if count == N::from(1) { one } else { several };
    format!("{count} {noun}")
}

/// A number with commas between thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_agrees_with_its_count() {
        assert_eq!(
            [0_u64, 1, 2].map(|count| counted(count, "nevus", "nevi")),
            ["0 nevi", "1 nevus", "2 nevi"]
        );
        assert_eq!(counted(1_usize, "case", "cases"), "1 case");
    }

    #[test]
    fn a_median_of_counts_is_a_count_or_half_way_between_two() {
        let said = [0.0, 7.0, 7.5, 1554.0].map(at_most_one_decimal);
        assert_eq!(said, ["0", "7", "7.5", "1554"]);
    }

    #[test]
    fn a_small_number_has_two_digits_that_count() {
        let said = [0.0, 7.46, 0.996, 0.5, 0.0841, 0.008_96, -0.031_2].map(two_digits);
        assert_eq!(said, ["0", "7.5", "1", "0.5", "0.084", "0.009", "-0.031"]);
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!(
            [0, 12, 999, 1000, 1320, 1_234_567].map(grouped),
            ["0", "12", "999", "1,000", "1,320", "1,234,567"]
        );
    }

    #[test]
    fn a_probability_that_is_not_certain_is_not_shown_as_certain() {
        for (p, digits, text) in [
            (0.0, 2, "0.00"),
            (1.0, 3, "1.000"),
            (3e-9, 2, "< 0.001"),
            (3e-9, 3, "< 0.001"),
            (3e-9, 4, "< 0.0001"),
            (0.000_3, 4, "0.0003"),
            (0.000_7, 2, "0.001"),
            (0.004, 2, "0.004"),
            (0.006, 2, "0.01"),
            (0.622, 2, "0.62"),
            (0.997, 2, "0.997"),
            (0.999_2, 2, "0.999"),
            (0.999_7, 2, "> 0.999"),
            (1.0 - 1e-12, 3, "> 0.999"),
            (1.0 - 1e-12, 4, "> 0.9999"),
        ] {
            assert_eq!(probability(p, digits), text, "{p} with {digits}");
        }
        assert_eq!(probability_is(0.25, 2), "= 0.25");
        assert_eq!(probability_is(3e-9_f32, 2), "< 0.001");
    }

    #[test]
    fn a_probability_is_seen_on_its_side_of_the_threshold() {
        for (p, threshold, shown) in [
            (0.4996_f32, 0.5_f32, "0.4996"),
            (0.5, 0.5, "0.50"),
            (0.496, 0.5, "0.496"),
            (0.49, 0.5, "0.49"),
            (0.504, 0.5, "0.50"),
            (0.3, 0.3, "0.30"),
            (0.299_99, 0.3, "0.29999"),
        ] {
            assert_eq!(probability_beside(p, threshold, 2), shown);
        }
        // Nearly sure is still not certain.
        assert_eq!(probability_beside(0.9996, 0.5, 2), probability(0.9996, 2));
    }

    #[test]
    fn a_change_is_the_difference_of_the_numbers_that_are_shown() {
        for ([from, to], said) in [
            // 0.90 → 0.92.
            ([0.8951, 0.9249], "+0.02"),
            ([0.9, 0.25], "−0.65"),
            // 0.90 → 0.90.
            ([0.9012, 0.8976], "−0.004"),
            ([0.9, 0.900_01], "±0.000"),
            // 0.90 → 0.997.
            ([0.9, 0.9967], "+0.097"),
            // 0.4996 → 0.10, and < 0.001 → 0.30.
            ([0.4996, 0.1], "−0.3996"),
            ([1e-7, 0.3], "+0.299"),
        ] {
            assert_eq!(change_beside([from, to], 0.5, 2), said, "{from} {to}");
        }
        let german = || change_beside([0.8951, 0.9249], 0.5, 2);
        assert_eq!(
            flipscope_language::within(flipscope_language::Language::German, german),
            "+0,02"
        );
    }

    #[test]
    fn a_small_size_is_not_shown_as_none() {
        assert_eq!(
            [0.0, 0.004, 0.006, 1.234].map(size),
            ["0.00", "< 0.01", "0.01", "1.23"]
        );
    }

    #[test]
    fn durations_are_said_in_the_largest_unit_that_fits() {
        for (seconds, text) in [
            (-1.0, "0 s"),
            (0.2, "1 s"),
            (90.0, "90 s"),
            (91.0, "2 min"),
            (1500.0, "25 min"),
            (7200.0, "2.0 h"),
            (21_600.0, "6.0 h"),
            (90_000.0, "25 h"),
            (260_000.0, "3 days"),
        ] {
            assert_eq!(duration(seconds), text);
        }
    }
}
