//! The right side: the sliders, or the searches.

use egui::{Color32, Panel, Rangef, TextStyle, Ui};

use flipscope_language::text;

use crate::explorer::batch;
use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::explore::panel::alter;
use crate::explorer::page::Tool;
use crate::explorer::panels::Pane;
use crate::explorer::panels::width::Width;
use crate::explorer::presenter::panel::reveal;
use crate::explorer::search;
use crate::explorer::state::State;
use crate::explorer::tour;
use crate::explorer::tour::panel::Target;
use crate::explorer::widgets::tabs;

/// Minimum width in points: every row of a form fits.
pub(super) const LEAST: f32 = 320.0;

/// Its width.
fn width(state: &State, ui: &Ui) -> Width {
    let most = (ui.available_width() * 0.38).clamp(LEAST, 520.0);
    // On a large screen, the sliders are longer; in a lecture, the pictures are larger.
    let default = if state.presenter.on {
        LEAST
    } else {
        (ui.available_width() * 0.26).clamp(352.0, 520.0)
    };
    Width::of(ui, salt(state), default, Rangef::new(LEAST, most))
}

/// In presenter mode it is another pane, with a width of its own.
fn salt(state: &State) -> egui::Id {
    egui::Id::unique(("tools", state.presenter.on))
}

/// Draws something in the room beside it, before it is drawn itself: so Tab comes to its sliders last. A change of its width
/// shows there one frame later.
pub(crate) fn beside(state: &State, ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let width = width(state, ui).expected(ui.ctx());
    let mut place = ui.available_rect_before_wrap();
    place.max.x = (place.max.x - width).max(place.min.x);
    let mut beside = ui.new_child(
        egui::UiBuilder::new()
            .id_salt("beside the tools")
            .max_rect(place),
    );
    content(&mut beside);
}

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let most = (ui.available_width() * 0.38).clamp(LEAST, 520.0);
    let width = width(pane.state, ui);
    width.set(ui.ctx());
    let shown = Panel::right(salt(pane.state))
        .size_range(LEAST..=most)
        .frame(
            egui::Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(egui::Margin::symmetric(14, 8)),
        )
        .show(ui, |ui| {
            let Some(lesion) = pane.state.current() else {
                return;
            };
            let tool = pane.state.tool;
            let fits = ui
                .horizontal(|ui| {
                    let tools = [
                        (
                            Tool::Alter,
                            text!("tools-alter"),
                            text!("tools-alter.hover"),
                        ),
                        (
                            Tool::Search,
                            text!("tools-search"),
                            text!("tools-search.hover"),
                        ),
                        (
                            Tool::Findings,
                            text!("tools-findings"),
                            text!("tools-findings.hover"),
                        ),
                    ];
                    if let Some(tool) = tabs(ui, text!("tools"), tool, &tools) {
                        pane.emit(Command::ShowTool(tool));
                    }
                    let fits = ui.available_width() >= button_width(ui, text!("tools-reset-all"));
                    if fits {
                        reset(pane, ui, lesion);
                    }
                    fits
                })
                .inner;
            // On a line of its own, where it would cover the tabs.
            if !fits {
                ui.horizontal(|ui| reset(pane, ui, lesion));
            }
            match tool {
                Tool::Alter => alter::show(pane, ui, lesion),
                Tool::Search if pane.state.presenter.hides(lesion.id) => {
                    ui.add(egui::Label::new(text!("tools-search-hidden")).wrap());
                    reveal::show(pane, ui);
                }
                Tool::Search => search::panel::show(pane, ui, lesion),
                Tool::Findings => batch::panel::findings(pane, ui),
            }
        });
    width.shown(ui.ctx(), shown.response.rect.width());
}

/// At the right end of its line: everything back to the original.
fn reset(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let altered = !lesion.perturbation.is_identity();
        let reset = ui.add_enabled(altered, egui::Button::new(text!("tools-reset-all")));
        tour::panel::mark(pane.state, ui, Target::Reset, reset.rect);
        let reset = reset.on_hover_text(text!("tools-reset-all.hover"));
        if reset
            .on_disabled_hover_text(text!("tools-reset-all.nothing"))
            .clicked()
        {
            pane.emit(Command::ResetAll);
        }
    });
}

/// How wide a button with this text is, in points.
fn button_width(ui: &Ui, text: &str) -> f32 {
    let font = TextStyle::Button.resolve(ui.style());
    let galley = (ui.painter()).layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    galley.size().x + 2.0 * ui.spacing().button_padding.x
}
