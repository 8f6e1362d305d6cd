//! Numbers as people say them: how long, how many. Imports nothing.

/// Seconds in the largest unit that fits, rounded up: "40 s", "25 min", "6.0 h", "25 h", "3 days".
pub(crate) fn duration(seconds: f64) -> String {
    let whole = seconds.max(0.0).ceil() as u64;
    let hours = seconds / 3600.0;
    match whole {
        0..=90 => format!("{whole} s"),
        91..=5400 => format!("{} min", whole.div_ceil(60)),
        5401..=36_000 => format!("{hours:.1} h"),
        36_001..=172_800 => format!("{hours:.0} h"),
        _ => format!("{:.0} days", hours / 24.0),
    }
}

/// A number with commas between thousands.
pub(crate) fn grouped(number: u64) -> String {
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
    fn numbers_read_well() {
        assert_eq!(
            [0, 12, 999, 1000, 1320, 1_234_567].map(grouped),
            ["0", "12", "999", "1,000", "1,320", "1,234,567"]
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
