//! The legend of a landscape: its colours, and what is drawn in.

use egui::{Label, RichText, Ui};

use flipscope_lab::explain::figure::{Range, Scale};
use flipscope_language::text;

use crate::explorer::landscape::state::Shown;
use crate::explorer::theme;
use crate::explorer::widgets::colour_scale;

/// P from 0 to 1.
pub(super) const RANGE: Range = Range {
    scale: Scale::Sequential,
    low: 0.0,
    high: 1.0,
    clipped: false,
    shown: [0.0, 1.0],
};

pub(super) fn show(ui: &mut Ui, shown: &Shown, width: f32) {
    let palette = theme::palette(ui.ctx());
    let plane = shown.landscape.y.is_some();
    if plane {
        colour_scale(ui, &RANGE, text!("landscape-p"), width);
    }
    let words = if plane {
        text!("landscape-legend")
    } else {
        text!("landscape-legend-profile")
    };
    ui.add(Label::new(RichText::new(words).small().color(palette.muted)).wrap());
}
