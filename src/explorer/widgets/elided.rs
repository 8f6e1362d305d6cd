//! A name in one line that is too long for its place: the middle is left out, since the end is what tells numbered photographs apart.

use egui::{Color32, FontId, Ui};

/// The text as it fits into this width in points; `None` if it fits as it is.
pub(crate) fn elided(ui: &Ui, text: &str, font: &FontId, width: f32) -> Option<String> {
    shortened(text, |text| {
        let painter = ui.painter();
        let galley = painter.layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER);
        galley.size().x <= width
    })
}

/// As many letters of both ends as fit; `None` if all do.
fn shortened(text: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    if fits(text) {
        return None;
    }
    let letters: Vec<char> = text.chars().collect();
    let ends = |kept: usize| -> String {
        let front = letters.iter().take(kept / 2);
        let back = letters.iter().skip(letters.len() - kept.div_ceil(2));
        front.chain(&['…']).chain(back).collect()
    };
    let (mut fitting, mut too_many) = (0, letters.len());
    while too_many - fitting > 1 {
        let kept = usize::midpoint(fitting, too_many);
        if fits(&ends(kept)) {
            fitting = kept;
        } else {
            too_many = kept;
        }
    }
    Some(ends(fitting))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_a_long_name_stay() {
        let within = |most: usize| move |text: &str| text.chars().count() <= most;
        assert_eq!(shortened("ISIC_0024306.jpg", within(16)), None);
        let name = "lesions_of_the_clinic_ISIC_0024306.jpg";
        let short = shortened(name, within(17));
        assert_eq!(short.as_deref(), Some("lesions_…4306.jpg"));
        assert_eq!(shortened("Läsionen", within(4)).as_deref(), Some("L…en"));
        assert_eq!(shortened(name, within(0)).as_deref(), Some("…"));
        assert_eq!(shortened("", within(0)), None);
    }
}
