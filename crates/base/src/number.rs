//! Numbers as people type them: with a decimal comma or point, a true minus sign, spaces, the unit at the end. What cannot be
//! understood is reported, and never taken for another number.

/// The unit of a field's number, which may follow the number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// A bare number.
    #[default]
    None,
    /// A factor: `1.05`, `1.05 ×`, `105 %`.
    Times,
    /// Degrees of an angle that wraps around: `400°` is 40°.
    Turn,
    /// Degrees of a limit, which does not wrap around.
    Degrees,
    /// Pixels.
    Pixels,
    /// Hundredths.
    Percent,
    /// Seconds.
    Seconds,
    /// Kelvin.
    Kelvin,
}

impl Unit {
    /// How the unit is written after a number.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Times => " ×",
            Self::Turn | Self::Degrees => "°",
            Self::Pixels => " px",
            Self::Percent => " %",
            Self::Seconds => " s",
            Self::Kelvin => " K",
        }
    }

    /// Every spelling that people use, in lower case.
    fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::Times => &["×", "x", "*", "times"],
            Self::Turn | Self::Degrees => &["°", "º", "degrees", "degree", "deg"],
            Self::Pixels => &["pixels", "pixel", "px"],
            Self::Percent => &["percent", "%"],
            Self::Seconds => &["seconds", "second", "sec", "s"],
            Self::Kelvin => &["kelvin", "k"],
        }
    }
}

/// A number, whole or not.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Number {
    Real(f64),
    Whole(i128),
}

/// A number with a fraction, in its unit; `None` if the text is not a number.
pub fn real(text: &str, unit: Unit) -> Option<f64> {
    let (text, scale) = without_unit(text, unit);
    let value = match plain(&text, false)? {
        Number::Real(value) => value,
        Number::Whole(value) => value as f64,
    };
    let value = value * scale;
    value.is_finite().then_some(value)
}

/// A whole number, in its unit; `None` if the text is not a number or has a fraction. Thousands may be separated.
pub fn whole(text: &str, unit: Unit) -> Option<i128> {
    let (text, scale) = without_unit(text, unit);
    match plain(&text, true)? {
        Number::Whole(value) if scale == 1.0 => Some(value),
        Number::Real(value) => {
            let value = value * scale;
            (value.fract() == 0.0 && value.abs() < 1e15).then_some(value as i128)
        }
        Number::Whole(_) => None,
    }
}

/// The text without its unit, and the factor that the unit stands for.
fn without_unit(text: &str, unit: Unit) -> (String, f64) {
    let text = text.trim().to_lowercase();
    if unit == Unit::Times
        && let Some(percent) = text.strip_suffix('%')
    {
        return (percent.to_owned(), 0.01);
    }
    let bare = unit
        .spellings()
        .iter()
        .find_map(|&spelling| text.strip_suffix(spelling));
    (bare.unwrap_or(&text).to_owned(), 1.0)
}

/// A number without a unit.
fn plain(text: &str, whole: bool) -> Option<Number> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\u{2019}' | '_'))
        .map(|c| match c {
            '\u{2212}' | '\u{2013}' => '-',
            '\u{ff0c}' | '\u{66b}' => ',',
            c => c,
        })
        .collect();
    // No words: people do not mean numbers by "inf" and "nan".
    let fits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '+' | '-' | 'e');
    if !text.starts_with(|c: char| !c.is_ascii_alphabetic()) || !text.chars().all(fits) {
        return None;
    }
    let text = with_point(&text, whole)?;
    match text.parse::<i128>() {
        Ok(value) => Some(Number::Whole(value)),
        Err(_) => text.parse().ok().map(Number::Real),
    }
}

/// The same number with a decimal point and nothing between thousands. The last mark is the decimal one, unless it occurs
/// several times, or, in a whole number, before three digits.
fn with_point(text: &str, whole: bool) -> Option<String> {
    let (digits, exponent) = match text.split_once('e') {
        Some((digits, exponent)) => (digits, format!("e{exponent}")),
        None => (text, String::new()),
    };
    let points = digits.matches('.').count();
    let commas = digits.matches(',').count();
    let decimal = match (points, commas) {
        (1, 0) => (!(whole && groups(digits, '.'))).then_some('.'),
        (0, 1) => (!(whole && groups(digits, ','))).then_some(','),
        (_, 0) | (0, _) => None,
        _ => {
            let last = if digits.rfind('.') > digits.rfind(',') {
                '.'
            } else {
                ','
            };
            (digits.matches(last).count() == 1).then_some(last)
        }
    };
    let (before, behind) = match decimal {
        None => (digits, None),
        Some(mark) => {
            let (before, behind) = digits.split_once(mark)?;
            (before, Some(behind))
        }
    };
    let thousands = [',', '.'].into_iter().find(|&mark| before.contains(mark));
    if let Some(mark) = thousands {
        let others = [',', '.']
            .into_iter()
            .any(|other| other != mark && before.contains(other));
        if others || !groups(before, mark) {
            return None;
        }
    }
    let mut number: String = before.chars().filter(|c| !matches!(c, '.' | ',')).collect();
    if let Some(behind) = behind {
        number.push('.');
        number.push_str(behind);
    }
    number.push_str(&exponent);
    Some(number)
}

/// Whether a mark separates thousands: one to three digits, then groups of three.
fn groups(digits: &str, mark: char) -> bool {
    let mut parts = digits.trim_start_matches(['+', '-']).split(mark);
    let digit = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let first = parts
        .next()
        .is_some_and(|part| (1..=3).contains(&part.len()) && digit(part) && part != "0");
    first && parts.all(|part| part.len() == 3 && digit(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_with_comma_or_point_and_their_units() {
        for (text, unit, value) in [
            ("1.05", Unit::None, 1.05),
            ("1,05", Unit::None, 1.05),
            (" 1,050 ", Unit::Times, 1.05),
            ("1.05 ×", Unit::Times, 1.05),
            ("105 %", Unit::Times, 1.05),
            ("105%", Unit::Percent, 105.0),
            ("\u{2212}7,5 px", Unit::Pixels, -7.5),
            ("+45", Unit::Turn, 45.0),
            ("400°", Unit::Turn, 400.0),
            ("45 deg", Unit::Degrees, 45.0),
            ("1.234,5", Unit::None, 1234.5),
            ("1,234.5", Unit::None, 1234.5),
            ("1,234,567", Unit::None, 1_234_567.0),
            ("1 234,5", Unit::None, 1234.5),
            (".5", Unit::None, 0.5),
            (",5", Unit::None, 0.5),
            ("5.", Unit::None, 5.0),
            ("1e-3", Unit::None, 0.001),
            ("12 s", Unit::Seconds, 12.0),
        ] {
            assert_eq!(real(text, unit), Some(value), "{text}");
        }
    }

    #[test]
    fn whole_numbers_with_thousands_set_apart() {
        for (text, value) in [
            ("10", 10),
            ("10,000", 10_000),
            ("10.000", 10_000),
            ("10 000", 10_000),
            ("10'000", 10_000),
            ("1,234,567", 1_234_567),
            ("18446744073709551615", i128::from(u64::MAX)),
            ("-3", -3),
            ("10.0", 10),
            ("1e4", 10_000),
        ] {
            assert_eq!(whole(text, Unit::None), Some(value), "{text}");
        }
        for text in ["10,5", "0,5", "0.123", "1,0000,5"] {
            assert_eq!(whole(text, Unit::None), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", " ", "abc", "nan", "inf", "-inf", "1..5", "1,2,3", "1-5", "12abc", "--5", "0x10",
            "1,23,456", "e5", "1e999", "°", "½",
        ] {
            assert_eq!(real(text, Unit::None), None, "{text}");
        }
        // A unit that does not belong to the field.
        assert_eq!(real("45°", Unit::Times), None);
        assert_eq!(real("10 px", Unit::Turn), None);
        assert_eq!(real("50 %", Unit::None), None);
    }
}
