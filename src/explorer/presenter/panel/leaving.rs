//! The question whether to leave presenter mode, where that shows what is hidden: a line of its own below everything, in front of no other
//! and behind none.

use egui::{Frame, Label, Margin, Panel, RichText, Stroke, Ui};

use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::icons::Icon;
use crate::explorer::panels::Pane;
use crate::explorer::presenter::command::PresenterCommand;
use crate::explorer::presenter::leaving;
use crate::explorer::presenter::panel::enlarge;
use crate::explorer::theme;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    if pane.state.presenter.asked.is_none() {
        return;
    }
    let palette = theme::palette(ui.ctx());
    let frame = Frame::new()
        .fill(palette.card)
        .stroke(Stroke::new(2.0, palette.warning))
        .inner_margin(Margin::symmetric(12, 6));
    Panel::bottom("whether to leave presenter mode")
        .resizable(false)
        .frame(frame)
        .show(ui, |ui| {
            enlarge(ui);
            ui.horizontal_wrapped(|ui| {
                Icon::Warning.show(ui, 18.0, palette.warning);
                let asked = text!("presenter-leave-again", count = leaving::hidden(pane.state));
                ui.add(Label::new(RichText::new(asked).strong()).wrap());
            });
            ui.horizontal_wrapped(|ui| {
                for (words, command) in [
                    (text!("presenter-leave"), PresenterCommand::Leave),
                    (text!("presenter-stay"), PresenterCommand::Stay),
                ] {
                    if ui.button(words).clicked() {
                        pane.emit(Command::Presenter(command));
                    }
                }
            });
        });
}
