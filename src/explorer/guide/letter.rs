//! The letter explained: what it asked, what it found, and where this program differs.
//!
//! Figures: text of the letter (PMC7990050) and of its supplementary figure S1, as quoted in it. Counts, not its percentages of
//! change: from 68 to 160 is 135 % more, not 235 %.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::explorer::command::Command;
use crate::explorer::guide::cite;
use crate::explorer::page::Help;
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;

/// Paragraphs with their headings.
const PARAGRAPHS: [(&str, &str); 5] = [
    (
        "The question",
        "Networks that tell melanoma from nevus in dermoscopic photographs are tested on photographs like those that they were \
         trained on. Du-Harpur et al. asked what happens when a photograph is changed a little: in colour, by turning and moving \
         it, in three pixels, or by noise that nobody sees.",
    ),
    (
        "What they did",
        "They fine-tuned an Inception-v3 on melanomas and nevi of the ISIC archive and changed its test photographs: the same \
         change for all of them, and changes that a search (differential evolution) or the gradient (FGSM) found for each one.",
    ),
    (
        "What they found",
        "Of the melanomas, 68 were missed as they are, 160 with 10 of 255 less green, 76 turned by 45° or 180°. A search over \
         colour alone flipped 120 of 782 melanomas; over rotation and shift, 45.6 % of the images tested. After training with \
         varied colours, colour still flipped 80 of 782. Four dermatologists read 204 images, half of them altered: no \
         statistically significant difference.",
    ),
    (
        "What this program does with it",
        "The presets called letter have the same parameters, with their sources. The same changes are on the sliders, under From \
         Du-Harpur et al. 2020. Every finding is rendered to 8 bits, saved as a PNG, read back and judged again before it counts.",
    ),
    (
        "Where it differs",
        "Other networks and other photographs: the direction of an effect can be compared, its size cannot. Rates are given with \
         counts and intervals, never as a bare percentage of change.",
    ),
];

/// The content of a window in front.
pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    ui.heading("The letter explained");
    ui.add_space(theme::GAP);
    ScrollArea::vertical()
        .max_height(scroll_layout::modal_height(ui))
        .min_scrolled_height(scroll_layout::modal_height(ui))
        .show(ui, |ui| {
            ui.add(Label::new(RichText::new(cite::LETTER.text()).strong()).wrap());
            for (heading, text) in PARAGRAPHS {
                ui.add_space(theme::GAP);
                ui.label(theme::section(heading, &palette));
                ui.add(Label::new(text).wrap());
            }
            ui.add_space(theme::GAP);
            ui.horizontal_wrapped(|ui| {
                let hint = "Copies https://doi.org/10.1016/j.jid.2020.07.034; this program opens no network connection itself";
                if ui.button("Copy DOI").on_hover_text(hint).clicked() {
                    ui.copy_text(format!("https://doi.org/{}", cite::LETTER.doi));
                }
                let hint = "Text and BibTeX, of the letter and of this program";
                if ui.button("Cite").on_hover_text(hint).clicked() {
                    pane.emit(Command::Help(Help::Cite));
                }
            });
        });
}
