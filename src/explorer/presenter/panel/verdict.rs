//! The verdict in presenter mode: figures of a tenth of the screen's height, or a question mark until they are revealed; the
//! truth, if a table states it.

use egui::{Align, Label, Layout, RichText, Role, TextStyle, Ui, WidgetInfo, vec2};

use flipscope_language::text;
use flipscope_model::scheduler::ModelSlot;

use crate::explorer::actions;
use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::explore::list::rows::{Outcome, Row};
use crate::explorer::explore::panel::verdict::{figures, flip, meter, name};
use crate::explorer::icons::Icon;
use crate::explorer::panels::{INTENDED_USE, Pane, assumed};
use crate::explorer::presenter::command::PresenterCommand;
use crate::explorer::theme;
use crate::explorer::widgets::{elided, look, primary};

/// Size of a figure in points: with more and with less room, and of two models.
const LARGE: f32 = 54.0;
const MEDIUM: f32 = 42.0;
const SMALL: f32 = 34.0;
const COMPARED: f32 = 26.0;
/// From this width in points on, the figures are large.
const ROOM: f32 = 720.0;
/// From this width in points on, they are of medium size.
const NARROW: f32 = 400.0;
/// From this width in points on, the meter is beside figures of medium size, or of two models.
const BESIDE: f32 = 600.0;
/// From this width in points on, it is beside small ones: below them, it would take its height from the pictures.
const BESIDE_SMALL: f32 = 500.0;
/// Height of the question in place of small figures.
const QUESTION: f32 = 92.0;
/// Height of the meter with the space above it.
const METER: f32 = 52.0;
/// The share of its line that the name of a lesion has, if its truth stands beside it.
const NAMED: f32 = 0.42;
/// Size of the line that says whether it flipped.
const FLIP: f32 = 20.0;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    assumed::show(pane, ui);
    heading(pane, ui, lesion);
    let wide = ui.available_width();
    let comparing = pane.state.comparison.ready.is_some();
    let side_by_side = wide >= if comparing { BESIDE } else { BESIDE_SMALL };
    let size = if comparing {
        COMPARED
    } else if wide >= ROOM {
        LARGE
    } else if wide >= BESIDE || (!side_by_side && wide >= NARROW) {
        MEDIUM
    } else {
        SMALL
    };
    // As high whether it is hidden or not: the pictures do not jump at a reveal.
    let line = ui.text_style_height(&TextStyle::Body) + 3.0;
    let one = line + size * 1.21 + (size * 0.45).max(14.0) * 1.25;
    let high = if comparing {
        2.0 * (one + line)
    } else {
        one.max(QUESTION)
    };
    let hidden = pane.state.presenter.hides(lesion.id);
    let row = vec2(ui.available_width(), high);
    ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Min), |ui| {
        ui.set_min_height(high);
        if hidden {
            question(pane, ui, size);
            return;
        }
        if comparing {
            ui.vertical(|ui| {
                ui.set_max_width((ui.available_width() * 0.5).max(240.0));
                for slot in ModelSlot::ALL {
                    name(pane, ui, lesion, slot);
                    ui.horizontal_top(|ui| figures(pane, ui, lesion, slot, size));
                }
            });
        } else {
            figures(pane, ui, lesion, ModelSlot::Primary, size);
        }
        if side_by_side {
            ui.add_space(theme::GROUP);
            beside(pane, ui, lesion);
        }
    });
    if side_by_side {
        return;
    }
    let below = vec2(ui.available_width(), FLIP * 1.7 + METER);
    ui.allocate_ui_with_layout(below, Layout::top_down(Align::Min), |ui| {
        ui.set_min_height(below.y);
        if !hidden {
            beside(pane, ui, lesion);
        }
    });
}

/// Whether it flipped, and the meter.
fn beside(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    ui.vertical(|ui| {
        let line = vec2(ui.available_width(), FLIP * 1.7);
        ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(line.y);
            if let Some(font) = ui.style_mut().text_styles.get_mut(&TextStyle::Body) {
                font.size = FLIP;
            }
            flip(pane, ui, lesion);
        });
        meter(pane, ui, lesion);
    });
}

/// Which lesion it is, its truth, and what the program is not for, on a line of its own: the truth of a revealed lesion needs the width.
fn heading(pane: &Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let line = vec2(ui.available_width(), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| {
        let table = &pane.state.list;
        let row = table.rows.iter().find(|row| row.id == lesion.id);
        let truth = row.filter(|_| !pane.state.presenter.hides(lesion.id));
        let known = truth.is_some_and(|row| row.truth.is_some());
        let room = ui.available_width() * if known { NAMED } else { 1.0 };
        let place = table.position(lesion.id);
        name_and_place(
            ui,
            &lesion.shown(),
            place.map(|at| [at + 1, table.shown().len()]),
            room,
        );
        if let Some(row) = truth {
            self::truth(pane, ui, lesion, row);
        }
    });
    let muted = theme::palette(ui.ctx()).muted;
    let use_ = RichText::new(INTENDED_USE.get()).small().color(muted);
    ui.add(Label::new(use_).wrap());
}

/// The name of a lesion and its place in the list in one line of this width: of a long name the ends; whole on hover, and for assistive
/// technology.
fn name_and_place(ui: &mut Ui, name: &str, place: Option<[usize; 2]>, room: f32) {
    let said = |name: &str| match place {
        Some([at, count]) => text!("presenter-place", name = name, at = at, count = count),
        None => name.to_owned(),
    };
    let font = theme::large_number(16.0);
    let whole = said(name);
    let wide = |text: String| {
        let painter = ui.painter();
        let galley = painter.layout_no_wrap(text, font.clone(), egui::Color32::PLACEHOLDER);
        galley.size().x
    };
    let beside = wide(said(""));
    let short = elided(ui, name, &font, room - beside);
    let shown = short.as_deref().map_or_else(|| whole.clone(), said);
    let label = ui.label(RichText::new(shown).font(font));
    label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &whole));
    if short.is_some() {
        label.on_hover_text(name);
    }
}

/// The truth, and whether the verdict on the original is right; it says of which picture if the altered one is another.
fn truth(pane: &Pane<'_>, ui: &mut Ui, lesion: &Lesion, row: &Row) {
    let palette = theme::palette(ui.ctx());
    let Some(truth) = &row.truth else {
        return;
    };
    ui.spacing_mut().item_spacing.x = 6.0;
    ui.add_space(theme::GAP);
    let mut colour = palette.text;
    if let Some(label) = truth.label {
        let (of, icon) = look(label, &palette);
        icon.show(ui, 14.0, of);
        colour = of;
    }
    ui.label(RichText::new(text!("presenter-truth", truth = truth.shown())).color(colour));
    let Some(outcome) = row.outcome(pane.state.threshold()) else {
        return;
    };
    let text = match (outcome, lesion.perturbation.is_identity()) {
        (Outcome::Right, true) => text!("presenter-verdict-right"),
        (Outcome::Right, false) => text!("presenter-verdict-right.original"),
        (Outcome::Wrong, true) => text!("presenter-verdict-wrong"),
        (Outcome::Wrong, false) => text!("presenter-verdict-wrong.original"),
    };
    let (icon, colour) = match outcome {
        Outcome::Right => (Icon::Check, palette.text),
        Outcome::Wrong => (Icon::Close, palette.warning),
    };
    icon.show(ui, 14.0, colour);
    ui.label(
        RichText::new(text)
            .font(theme::large_number(16.0))
            .color(colour),
    );
}

/// In place of the verdict until it is revealed.
fn question(pane: &mut Pane<'_>, ui: &mut Ui, size: f32) {
    let palette = theme::palette(ui.ctx());
    let mark = RichText::new("?").font(theme::large_number(size * 1.4));
    let mark = ui.label(mark.color(palette.muted));
    mark.widget_info(|| WidgetInfo::labeled(Role::Label, true, text!("presenter-verdict-hidden")));
    ui.add_space(theme::GROUP);
    ui.vertical(|ui| {
        let font = theme::large_number((size * 0.52).max(18.0));
        let asked = RichText::new(text!("presenter-melanoma-or-nevus")).font(font);
        ui.label(asked);
        let keys = actions::presenter::REVEAL.keys_text(ui.ctx());
        let text = text!("presenter-decide", keys = keys);
        ui.add(Label::new(text).wrap());
        if primary(ui, actions::presenter::REVEAL.name.get(), true).clicked() {
            pane.emit(Command::Presenter(PresenterCommand::Reveal));
        }
    });
}
