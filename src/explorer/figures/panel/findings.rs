//! Which findings a contact sheet shows.

use egui::{Checkbox, CollapsingHeader, Ui};

use flipscope_image::lesion::synthetic::name_in_words;
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::figures::command::FigureCommand;
use crate::explorer::figures::state::{FigureDialog, Pictured};
use crate::explorer::panels::Pane;
use crate::explorer::widgets::{Marked, fold};

/// A part with a box for each finding that may be on the sheet; `flips`: these are only those that flip.
pub(super) fn choose(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    open: &FigureDialog,
    all: &[Pictured],
    flips: bool,
) {
    let offered: Vec<(usize, &Pictured)> = (all.iter().enumerate())
        .filter(|(_, one)| !flips || one.found.finding.success)
        .collect();
    let is_in = |at: usize| !open.asked.left_out.contains(&at);
    let chosen = offered.iter().filter(|(at, _)| is_in(*at)).count();
    let title = text!("figures-chosen", chosen = chosen, all = offered.len());
    let header = CollapsingHeader::new(title).id_salt("findings of the sheet");
    fold(ui, header, |ui| {
        let every = || offered.iter().map(|(at, _)| *at).collect::<Vec<_>>();
        ui.horizontal(|ui| {
            for (name, include) in [(text!("figures-all"), true), (text!("figures-none"), false)] {
                if ui.small_button(name).clicked() {
                    let command = FigureCommand::Include(every(), include);
                    pane.emit(Command::Figure(command));
                }
            }
        });
        for (at, one) in &offered {
            let finding = &one.found.finding;
            let name = text!(
                "figures-one-finding",
                number = one.number.to_string(),
                image = name_in_words(&finding.subject.image),
                change = finding.perturbation.in_words()
            );
            let mut include = is_in(*at);
            let ticked = ui.add(Marked(Checkbox::new(&mut include, name)));
            if ticked.gained_focus() {
                ticked.scroll_to_me(None);
            }
            if ticked.changed() {
                let command = FigureCommand::Include(vec![*at], include);
                pane.emit(Command::Figure(command));
            }
        }
    });
}
