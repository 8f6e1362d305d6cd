//! The letter explained: what it asked, what it found, and where this program differs.
//!
//! Figures: text of the letter (PMC7990050) and of its supplementary figure S1, as quoted in it. Counts, not its percentages of
//! change: from 68 to 160 is 135 % more, not 235 %.

use egui::{Label, RichText, Ui};

use flipscope_language::{Text, id, text};

use crate::explorer::command::Command;
use crate::explorer::guide::cite;
use crate::explorer::page::Help;
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;

/// Paragraphs with their headings.
const PARAGRAPHS: [(Text, Text); 5] = [
    (id!("guide-question"), id!("guide-question.text")),
    (id!("guide-method"), id!("guide-method.text")),
    (id!("guide-results"), id!("guide-results.text")),
    (id!("guide-here"), id!("guide-here.text")),
    (id!("guide-differs"), id!("guide-differs.text")),
];

/// The content of a window in front.
pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    ui.heading(text!("guide-letter"));
    ui.add_space(theme::GAP);
    scroll_layout::in_front(ui, |ui| {
        ui.add(Label::new(RichText::new(cite::LETTER.text()).strong()).wrap());
        for (heading, text) in PARAGRAPHS {
            ui.add_space(theme::GAP);
            ui.label(theme::section(heading.get(), &palette));
            ui.add(Label::new(text.get()).wrap());
        }
        ui.add_space(theme::GAP);
        ui.horizontal_wrapped(|ui| {
            let hint = text!("guide-copy-doi.hover");
            if ui
                .button(text!("guide-copy-doi"))
                .on_hover_text(hint)
                .clicked()
            {
                ui.copy_text(format!("https://doi.org/{}", cite::LETTER.doi));
            }
            let hint = text!("guide-cite.hover");
            if ui.button(text!("guide-cite")).on_hover_text(hint).clicked() {
                pane.emit(Command::Help(Help::Cite));
            }
        });
    });
}
