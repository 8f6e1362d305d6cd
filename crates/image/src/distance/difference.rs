//! The difference of two frames as a picture: the one definition that the window, figures and reveals share.
//!
//! Each channel is 128 + gain × (altered − original), clamped to 0 to 255: grey where nothing changed, lighter where a channel
//! increased, darker where it decreased. `shaders/preview.wgsl` does the same.

use flipscope_language::decimal;

use crate::lesion::Frame;

/// The default gain: a change of 1 of 255, as the weakest noise makes, is a visible step.
pub const GAIN: f32 = 10.0;

/// A channel in which nothing changed.
const UNCHANGED: f32 = 128.0;

/// The signed difference of each channel, times `gain`, which is at least 0.
#[must_use]
pub fn picture(original: &Frame, altered: &Frame, gain: f32) -> Frame {
    let pixels = (original.pixels().iter().zip(altered.pixels()))
        .map(|(&before, &after)| value(f32::from(after) - f32::from(before), gain));
    // The number of values does not change, so the original is only a fallback that the types require.
    Frame::from_rgb(pixels.collect()).unwrap_or_else(|_| original.clone())
}

fn value(change: f32, gain: f32) -> u8 {
    (UNCHANGED + gain * change).clamp(0.0, 255.0).round() as u8
}

/// The share of pixels with a channel that changed by more than the scale shows: they are black or white in it, however much they changed.
#[must_use]
pub fn beyond(original: &Frame, altered: &Frame, gain: f32) -> f64 {
    let [black, white] = ends(gain);
    let is_beyond = |(&before, &after): (&u8, &u8)| {
        let change = f32::from(after) - f32::from(before);
        change < black || change > white
    };
    let before = original.pixels().chunks_exact(3);
    let pixels = before.zip(altered.pixels().chunks_exact(3));
    let count = pixels.filter(|(before, after)| before.iter().zip(*after).any(is_beyond));
    count.count() as f64 / (Frame::BYTES / 3) as f64
}

/// A share of the pixels as a percentage, which is 0 or 100 only if it is so exactly.
#[must_use]
pub fn share_in_words(share: f64) -> String {
    match share * 100.0 {
        small if small <= 0.0 => "0".to_owned(),
        small if small < 1.0 => "< 1".to_owned(),
        large if large < 100.0 => format!("{:.0}", large.min(99.0)),
        _ => "100".to_owned(),
    }
}

/// The changes, in units of 1 of 255, that are shown as black and as white: the ends of the scale. Larger ones look the same.
#[must_use]
pub fn ends(gain: f32) -> [f32; 2] {
    let gain = gain.max(f32::MIN_POSITIVE);
    [-UNCHANGED / gain, (255.0 - UNCHANGED) / gain]
}

/// The ends of the scale in words, e.g. "−12.8" and "+12.7".
#[must_use]
pub fn ends_in_words(gain: f32) -> [String; 2] {
    ends(gain).map(|end| {
        let digits = format!("{end:+.1}");
        let digits = digits.strip_suffix(".0").unwrap_or(&digits);
        decimal(digits.to_owned()).replace('-', "\u{2212}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_signed_around_grey_and_ends_where_the_scale_says() {
        let frame = |value: fn(usize) -> u8| {
            let pixels = (0..Frame::BYTES).map(value).collect();
            Frame::from_rgb(pixels).unwrap()
        };
        let original = frame(|_| 100);
        let altered = frame(|at| match at % 7 {
            0 => 100,
            1 => 101,
            2 => 99,
            3 => 108,
            4 => 92,
            5 => 200,
            _ => 0,
        });
        let shown = picture(&original, &altered, GAIN);
        assert_eq!(shown.pixels()[..7], [128, 138, 118, 208, 48, 255, 0]);
        let [black, white] = ends(GAIN);
        assert_eq!((value(black, GAIN), value(white, GAIN)), (0, 255));
        assert_eq!(ends_in_words(GAIN), ["\u{2212}12.8", "+12.7"]);
        assert_eq!(ends_in_words(1.0), ["\u{2212}128", "+127"]);
    }

    #[test]
    fn a_pixel_is_beyond_the_scale_if_one_of_its_channels_is() {
        let frame = |value: fn(usize) -> u8| {
            let pixels = (0..Frame::BYTES).map(value).collect();
            Frame::from_rgb(pixels).unwrap()
        };
        let original = frame(|_| 100);
        assert_eq!(beyond(&original, &frame(|_| 112), GAIN), 0.0);
        let blue = frame(|at| if at % 3 == 2 { 113 } else { 100 });
        assert_eq!(beyond(&original, &blue, GAIN), 1.0);
        assert_eq!(beyond(&original, &blue, 9.0), 0.0);
        let left = frame(|at| if at % 6 == 0 { 80 } else { 100 });
        let share = beyond(&original, &left, GAIN);
        assert!((share - 0.5).abs() < 1e-4, "{share}");
    }

    #[test]
    fn only_all_is_100_percent_and_only_nothing_is_0() {
        let said = [0.0, 1e-5, 0.014, 0.5, 0.999, 1.0].map(share_in_words);
        assert_eq!(said, ["0", "< 1", "1", "50", "99", "100"]);
    }

    /// FGSM's noise at any ε from 1 to 8 can be told from the grey around it, and none of it is clipped.
    #[test]
    fn the_weakest_noise_is_seen_at_the_gain_that_nobody_chose() {
        for epsilon in 1..=8_u8 {
            let change = f32::from(epsilon);
            let (more, less) = (value(change, GAIN), value(-change, GAIN));
            assert!(more >= 138 && less <= 118, "{epsilon}: {less} and {more}");
            assert!(more < 255 && less > 0, "{epsilon}: {less} and {more}");
        }
    }
}
