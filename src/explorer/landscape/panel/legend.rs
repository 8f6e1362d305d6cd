//! The legend of a landscape: its colours, and what is drawn in.

use egui::{Label, RichText, Ui};

use flipscope_lab::explain::figure::Range;
use flipscope_language::text;

use crate::explorer::landscape::state::{Field, Shown};
use crate::explorer::theme;
use crate::explorer::widgets::colour_scale;

pub(super) fn show(ui: &mut Ui, shown: &Shown, width: f32) {
    let palette = theme::palette(ui.ctx());
    let plane = shown.landscape.y.is_some();
    if plane {
        colour_scale(ui, &Range::PROBABILITY, text!("landscape-p"), width);
    }
    let words = if !plane {
        text!("landscape-legend-profile").to_owned()
    } else if shown.fields.iter().any(Field::has_a_contour) {
        let line = text!("landscape-legend-line");
        format!("{line} {}", text!("landscape-legend"))
    } else {
        text!("landscape-legend").to_owned()
    };
    ui.add(Label::new(RichText::new(words).small().color(palette.muted)).wrap());
}
