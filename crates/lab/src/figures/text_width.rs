//! How wide text is in the figures' typeface, and where it is broken into lines. Measured once, with the font that draws it.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::escape::escaped_element;
use super::rasterise;

/// Widths of the printable ASCII characters, in units of the font size: of the regular and of the heavier weight.
static WIDTHS: LazyLock<[Vec<f64>; 2]> = LazyLock::new(|| [measured(400), measured(600)]);

/// The printable ASCII characters without the space.
const FIRST: char = '!';
const LAST: char = '~';
/// For characters that are not measured: hardly any is wider.
const OTHER: f64 = 1.0;
/// Of a space, in both weights, rounded up.
const SPACE: f64 = 0.3;
/// The size at which widths are measured.
const SIZE: f64 = 100.0;

/// Empty if the typeface cannot be measured: then every character counts as wide.
fn measured(weight: u32) -> Vec<f64> {
    let mut svg =
        String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"999\" height=\"999\">");
    for (at, character) in (FIRST..=LAST).enumerate() {
        let character = escaped_element(&character.to_string());
        write!(
            svg,
            "<text id=\"c{at}\" y=\"200\" font-family=\"Inter\" font-size=\"{SIZE}\" font-weight=\"{weight}\">{character}</text>"
        )
        .ok();
    }
    svg.push_str("</svg>");
    let Ok(tree) = rasterise::tree(&svg) else {
        return Vec::new();
    };
    let width = |at: usize| {
        let node = tree.node_by_id(&format!("c{at}"));
        node.map_or(OTHER, |node| {
            f64::from(node.abs_bounding_box().width()) / SIZE
        })
    };
    (FIRST..=LAST)
        .enumerate()
        .map(|(at, _)| width(at))
        .collect()
}

/// Width of one line, in units of `size`, which is the size of the font.
pub(crate) fn width(text: &str, size: f64, heavy: bool) -> f64 {
    let [regular, semibold] = &*WIDTHS;
    let widths = if heavy { semibold } else { regular };
    let one = |character: char| match character {
        ' ' => SPACE,
        _ => (u32::from(character).checked_sub(u32::from(FIRST)))
            .and_then(|at| widths.get(at as usize))
            .copied()
            .unwrap_or(OTHER),
    };
    size * text.chars().map(one).sum::<f64>()
}

/// Text in lines that are at most this wide, broken between words; a word that is wider by itself is broken too.
pub(crate) fn wrapped(text: &str, size: f64, heavy: bool, most: f64) -> Vec<String> {
    let fits = |line: &str| width(line, size, heavy) <= most;
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if fits(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for character in word.chars() {
            line.push(character);
            if !fits(&line) && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, character.to_string()));
            }
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_their_own_widths() {
        let one = |text| width(text, 10.0, false);
        assert!(one("i") > 0.5 && one("i") < 4.0, "{}", one("i"));
        assert!(one("W") > 2.0 * one("i"));
        assert!(one("melanoma") < 10.0 * 8.0 * 0.8);
        assert!(width("melanoma", 10.0, true) > one("melanoma"));
        assert_eq!(width("aa", 20.0, false), 4.0 * one("a"));
    }

    #[test]
    fn lines_fit_and_hold_every_word() {
        let text = "moved 43 px left and 12 px up, then turned 35° clockwise, 13 % more red";
        for most in [30.0, 60.0, 100.0, 500.0] {
            let lines = wrapped(text, 8.0, false, most);
            assert!(
                lines.iter().all(|line| width(line, 8.0, false) <= most),
                "{lines:?}"
            );
            let whole = if most < 60.0 {
                lines.concat()
            } else {
                lines.join(" ")
            };
            assert_eq!(whole.replace(' ', ""), text.replace(' ', ""));
        }
        assert_eq!(wrapped(text, 8.0, false, 500.0).len(), 1);
        let broken = wrapped("WWWWWWWWWW", 8.0, false, 20.0);
        assert!(broken.len() > 3 && broken.concat() == "WWWWWWWWWW");
        assert_eq!(wrapped("", 8.0, false, 20.0), [""]);
    }
}
