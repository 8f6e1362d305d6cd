//! Check boxes and radio buttons with an outline that can be seen: egui fills their boxes like buttons, and in a menu takes their edge away;
//! and sliders of egui's whose rail can be seen: it fills that like a button, too.

use std::sync::Arc;

use egui::{Response, Ui, Widget};

use crate::explorer::theme;

/// A check box or a radio button in the window's colours for marks.
pub(crate) struct Marked<W>(pub W);

impl<W: Widget> Widget for Marked<W> {
    fn ui(self, ui: &mut Ui) -> Response {
        let before = Arc::clone(ui.style());
        let palette = theme::palette(ui.ctx());
        theme::outline_marks(ui.visuals_mut(), &palette);
        let response = self.0.ui(ui);
        ui.set_style(before);
        response
    }
}

/// A slider with a rail in the window's colour for grooves.
pub(crate) struct Railed<W>(pub W);

impl<W: Widget> Widget for Railed<W> {
    fn ui(self, ui: &mut Ui) -> Response {
        let before = Arc::clone(ui.style());
        let groove = theme::palette(ui.ctx()).groove;
        ui.visuals_mut().widgets.inactive.bg_fill = groove;
        let response = self.0.ui(ui);
        ui.set_style(before);
        response
    }
}
