//! What a field needs to know about the numbers in it: how they are written, and how a typed text is parsed.

use std::ops::RangeInclusive;

use flipscope_base::human::decimals_of_two_digits;
use flipscope_base::number::{self, Unit};
use flipscope_image::perturb::to_decimals;
use flipscope_language::{decimal, text};

/// Below this, a number that has not few digits is shown with an exponent: its zeros would fill the field.
const SMALL: f64 = 0.001;

/// The result of parsing a typed text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ParsedNumber<N> {
    /// The number; none if the text is not a number.
    pub value: Option<N>,
    /// The notice: that the number differs from what was typed, or why there is none.
    pub remark: Option<String>,
}

/// A number that a field can hold.
pub(crate) trait Quantity: Copy + PartialEq + PartialOrd + Send + Sync + 'static {
    /// Smallest step of an arrow key.
    const STEP: f64;

    /// As an f64.
    fn number(self) -> f64;
    /// The nearest allowed number.
    fn nearest(value: f64, range: &RangeInclusive<Self>) -> Self;
    /// The nearest allowed number with this many decimals.
    fn rounded(value: f64, decimals: usize, range: &RangeInclusive<Self>) -> Self;
    /// Moved by this much, exactly if possible.
    fn moved(self, by: f64, decimals: usize, range: &RangeInclusive<Self>) -> Self;
    /// All its digits, and at least this many decimals.
    fn exact(self, decimals: usize) -> String;
    /// Rounded, for reading: at least and at most this many decimals, but a small number with two digits that count.
    fn shown(self, decimals: (usize, usize)) -> String;
    /// Parses a typed text.
    fn take(text: &str, unit: Unit, range: &RangeInclusive<Self>) -> ParsedNumber<Self>;
}

/// "−255 to 255".
fn allowed<N: Quantity>(range: &RangeInclusive<N>, unit: Unit) -> String {
    let text = |value: N| format!("{}{}", value.shown((0, 3)), unit.suffix());
    text!(
        "number-range",
        low = text(*range.start()),
        high = text(*range.end()),
    )
}

/// The typed text, shortened so that it can be repeated.
fn repeated(text: &str) -> String {
    const MOST: usize = 24;
    let text = flipscope_base::untrusted::printable(text.trim()).into_owned();
    if text.chars().count() > MOST {
        let start: String = text.chars().take(MOST).collect();
        format!("{start}…")
    } else {
        text
    }
}

/// A parsed number: itself, or the nearest that is allowed.
fn within<N: Quantity>(
    typed: &str,
    value: N,
    unit: Unit,
    range: &RangeInclusive<N>,
) -> ParsedNumber<N> {
    let (typed, allowed) = (repeated(typed), allowed(range, unit));
    let (value, remark) = if value < *range.start() {
        let remark = text!("number-too-small", typed = typed, range = allowed);
        (*range.start(), Some(remark))
    } else if value > *range.end() {
        let remark = text!("number-too-large", typed = typed, range = allowed);
        (*range.end(), Some(remark))
    } else {
        (value, None)
    };
    ParsedNumber {
        value: Some(value),
        remark,
    }
}

/// What cannot be read as a number of this kind.
fn refused<N: Quantity>(typed: &str, unit: Unit, range: &RangeInclusive<N>) -> ParsedNumber<N> {
    let (typed, allowed) = (repeated(typed), allowed(range, unit));
    let whole = N::STEP >= 1.0;
    ParsedNumber {
        value: None,
        remark: Some(if whole {
            text!("number-refused-whole", typed = typed, range = allowed)
        } else {
            text!("number-refused", typed = typed, range = allowed)
        }),
    }
}

/// With a true minus sign and the decimal mark of the language.
fn written(text: &str) -> String {
    decimal(text.replace('-', "\u{2212}"))
}

impl Quantity for f64 {
    const STEP: f64 = 0.0;

    fn number(self) -> f64 {
        self
    }

    fn nearest(value: f64, range: &RangeInclusive<f64>) -> f64 {
        // For NaN, the smallest.
        value.max(*range.start()).min(*range.end())
    }

    fn rounded(value: f64, decimals: usize, range: &RangeInclusive<f64>) -> f64 {
        let scale = 10_f64.powi(decimals as i32);
        Self::nearest((value * scale).round() / scale, range)
    }

    fn moved(self, by: f64, decimals: usize, range: &RangeInclusive<f64>) -> f64 {
        Self::rounded(self + by, decimals, range)
    }

    fn exact(self, decimals: usize) -> String {
        let shortest = self.to_string();
        let behind = shortest
            .split_once('.')
            .map_or(0, |(_, digits)| digits.len());
        written(&if behind < decimals {
            format!("{self:.decimals$}")
        } else {
            shortest
        })
    }

    fn shown(self, (least, most): (usize, usize)) -> String {
        // What is small and not zero is not shown as zero: two of its digits count.
        if self.abs() < SMALL && to_decimals(self, most) != self {
            return written(&format!("{self:.1e}").replace(".0e", "e"));
        }
        let most = most.max(decimals_of_two_digits(self));
        let text = format!("{self:.most$}");
        let (before, behind) = text.split_once('.').unwrap_or((&text, ""));
        let needed = behind.trim_end_matches('0').len().max(least);
        let text = match behind.get(..needed) {
            None | Some("") => before.to_owned(),
            Some(behind) => format!("{before}.{behind}"),
        };
        // No sign before zero.
        let nothing = text.chars().all(|c| matches!(c, '-' | '0' | '.'));
        written(if nothing {
            text.trim_start_matches('-')
        } else {
            &text
        })
    }

    fn take(text: &str, unit: Unit, range: &RangeInclusive<f64>) -> ParsedNumber<f64> {
        let Some(value) = number::real(text, unit) else {
            return refused(text, unit, range);
        };
        if unit == Unit::Turn && !range.contains(&value) {
            let turned = value % 360.0;
            return ParsedNumber {
                value: Some(Self::nearest(turned, range)),
                remark: Some(text!(
                    "number-turned",
                    typed = repeated(text),
                    angle = turned.shown((0, 3)),
                )),
            };
        }
        within(text, value, unit, range)
    }
}

macro_rules! whole_numbers {
    ($($kind:ty),*) => { $(
        #[allow(clippy::cast_lossless, reason = "of some of the kinds it is")]
        impl Quantity for $kind {
            const STEP: f64 = 1.0;

            fn number(self) -> f64 {
                self as f64
            }

            fn nearest(value: f64, range: &RangeInclusive<Self>) -> Self {
                (value.round() as $kind).clamp(*range.start(), *range.end())
            }

            fn rounded(value: f64, _decimals: usize, range: &RangeInclusive<Self>) -> Self {
                Self::nearest(value, range)
            }

            fn moved(self, by: f64, _decimals: usize, range: &RangeInclusive<Self>) -> Self {
                // As whole numbers: a seed has more digits than an f64 can hold.
                let by = by.round();
                let far = by.abs() as $kind;
                let moved = if by < 0.0 { self.saturating_sub(far) } else { self.saturating_add(far) };
                moved.clamp(*range.start(), *range.end())
            }

            fn exact(self, _decimals: usize) -> String {
                self.to_string()
            }

            fn shown(self, _decimals: (usize, usize)) -> String {
                self.to_string()
            }

            fn take(text: &str, unit: Unit, range: &RangeInclusive<Self>) -> ParsedNumber<Self> {
                let Some(value) = number::whole(text, unit) else {
                    return refused(text, unit, range);
                };
                let nearest = <$kind>::try_from(value).unwrap_or(if value < 0 { <$kind>::MIN } else { <$kind>::MAX });
                let parsed = within(text, nearest, unit, range);
                if i128::try_from(nearest).ok() == Some(value) || parsed.remark.is_some() {
                    return parsed;
                }
                // Outside the integer type, which is where the range ends.
                ParsedNumber {
                    value: Some(nearest),
                    remark: Some(text!(
                        "number-outside",
                        typed = repeated(text),
                        range = allowed(range, unit),
                    )),
                }
            }
        }
    )* };
}

whole_numbers!(u8, u32, u64, usize);

#[cfg(test)]
mod tests {
    use super::*;

    fn take(text: &str, unit: Unit, range: RangeInclusive<f64>) -> (Option<f64>, String) {
        let parsed = f64::take(text, unit, &range);
        (parsed.value, parsed.remark.unwrap_or_default())
    }

    #[test]
    fn what_is_understood_is_taken_in_silence() {
        for (text, unit, value) in [
            ("1,05", Unit::Times, 1.05),
            ("105 %", Unit::Times, 1.05),
            ("1.0776840995855", Unit::Times, 1.077_684_099_585_5),
        ] {
            assert_eq!(take(text, unit, 0.0..=4.0), (Some(value), String::new()));
        }
        assert_eq!(
            take("−359.5°", Unit::Turn, -360.0..=360.0),
            (Some(-359.5), String::new())
        );
    }

    #[test]
    fn what_cannot_be_taken_is_said_with_what_is_allowed() {
        let (value, remark) = take("abc", Unit::None, -255.0..=255.0);
        assert_eq!(value, None);
        assert!(remark.contains("“abc” is not a number") && remark.contains("−255 to 255"));
        let (value, remark) = take("9999", Unit::None, -255.0..=255.0);
        assert_eq!(value, Some(255.0));
        assert!(remark.contains("“9999” is outside the allowed range (−255 to 255)"));
        let (value, remark) = take("400°", Unit::Turn, -360.0..=360.0);
        assert_eq!(value, Some(40.0));
        assert_eq!(remark, "“400°” is 40°: whole turns change nothing.");
        let (value, remark) = take("400°", Unit::Degrees, -360.0..=360.0);
        assert_eq!(value, Some(360.0));
        assert!(remark.contains("−360° to 360°"), "{remark}");

        let parsed = u32::take("10,5", Unit::None, &(1..=1000));
        assert_eq!(parsed.value, None);
        assert!(
            parsed
                .remark
                .is_some_and(|remark| remark.contains("not a whole number"))
        );
        for (text, value) in [("-3", 1), ("1e12", 1000), ("10,000", 1000)] {
            let parsed = u32::take(text, Unit::None, &(1..=1000));
            assert_eq!(parsed.value, Some(value));
            assert!(
                parsed
                    .remark
                    .is_some_and(|remark| remark.contains("1 to 1000"))
            );
        }
        let parsed = u64::take("99999999999999999999", Unit::None, &(0..=u64::MAX));
        assert_eq!(parsed.value, Some(u64::MAX));
        assert!(parsed.remark.is_some());
    }

    #[test]
    fn numbers_are_shown_rounded_and_told_exactly() {
        let value = 1.077_684_099_585_512_3;
        assert_eq!(value.shown((3, 4)), "1.0777");
        assert_eq!(value.exact(3), value.to_string());
        assert_eq!(value.exact(3).parse(), Ok(value));
        assert_eq!(1.0.shown((3, 4)), "1.000");
        assert_eq!((-7.381_2).shown((0, 2)), "−7.38");
        for (value, decimals, shown) in [
            (-0.001, (0, 2), "−0.001"),
            (0.084_12, (1, 2), "0.084"),
            (-0.004_23, (1, 2), "−0.0042"),
            (0.3, (1, 2), "0.3"),
            (0.126, (1, 2), "0.13"),
            (0.994_2, (3, 4), "0.9942"),
            (0.000_5, (3, 4), "0.0005"),
            (-8.412e-6, (1, 2), "−8.4e−6"),
            (1e-6, (1, 2), "1e−6"),
            (-0.0, (1, 2), "0.0"),
        ] {
            assert_eq!(value.shown(decimals), shown);
            let read = f64::take(shown, Unit::None, &(-255.0..=255.0)).value;
            assert!(read.is_some_and(|read| (read - value).abs() <= value.abs() * 0.06));
        }
        assert_eq!((-0.001).exact(0), "−0.001");
        assert_eq!(90.0.shown((0, 3)), "90");
        assert_eq!(u64::MAX.exact(0), "18446744073709551615");
        assert_eq!(u64::MAX.moved(1.0, 0, &(0..=u64::MAX)), u64::MAX);
        assert_eq!((u64::MAX - 1).moved(-2.0, 0, &(0..=u64::MAX)), u64::MAX - 3);
    }
}
