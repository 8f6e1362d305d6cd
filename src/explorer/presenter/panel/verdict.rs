//! The verdict in presenter mode: figures of a tenth of the screen's height, or a question mark until they are revealed; the
//! truth, if a table states it.

use egui::{
    Align, Color32, FontId, Label, Layout, RichText, Role, TextStyle, Ui, WidgetInfo, vec2,
};

use flipscope_language::text;
use flipscope_model::Label as MelanomaOrNevus;
use flipscope_model::scheduler::ModelSlot;

use crate::explorer::explore::lesion::Lesion;
use crate::explorer::explore::list::rows::{Outcome, Row};
use crate::explorer::explore::panel::verdict::{figures, flip, meter, name};
use crate::explorer::icons::Icon;
use crate::explorer::panels::{INTENDED_USE, Pane, assumed};
use crate::explorer::presenter::panel::reveal;
use crate::explorer::theme;
use crate::explorer::widgets::{elided, look};

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
/// Size of the name of a lesion.
const NAME: f32 = 16.0;
/// Size of the words that say whether the verdict is right.
const OUTCOME: f32 = 16.0;
/// Size of the line that says whether it flipped.
const FLIP: f32 = 20.0;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    // Whatever stands in a line above: nothing below it is wider than the panel.
    let wide = ui.available_width();
    assumed::show(pane, ui);
    heading(pane, ui, lesion, wide);
    ui.set_max_width(wide);
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
    let row = vec2(wide, high);
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
    let below = vec2(wide, FLIP * 1.7 + METER);
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

/// Which lesion it is, its truth, and what the program is not for, in lines of this width. Where the truth has no room beside the name, it has
/// lines of its own, also before it is revealed: the pictures do not jump.
fn heading(pane: &Pane<'_>, ui: &mut Ui, lesion: &Lesion, wide: f32) {
    let table = &pane.state.list;
    let row = table.rows.iter().find(|row| row.id == lesion.id);
    let truth = row.and_then(|row| Truth::of(pane, lesion, row));
    let hidden = pane.state.presenter.hides(lesion.id);
    let place = table.position(lesion.id);
    let place = place.map(|at| [at + 1, table.shown().len()]);
    let name = lesion.shown();
    // A short name leaves room, and of a long one the middle can be left out.
    let named = wide_name(ui, &said_of(&name, place)).min(wide * NAMED);
    let beside = (truth.as_ref()).is_some_and(|truth| named + truth.wide(ui) <= wide);
    let line = |ui: &mut Ui, high: f32, content: &mut dyn FnMut(&mut Ui)| {
        let layout = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(vec2(wide, high), layout, |ui| {
            ui.set_min_height(high);
            content(ui);
        });
    };
    let high = match truth {
        Some(_) if !beside => ui.text_style_height(&TextStyle::Body),
        _ => ui.spacing().interact_size.y,
    };
    line(ui, high, &mut |ui| {
        let room = wide * if beside { NAMED } else { 1.0 };
        name_and_place(ui, &name, place, room);
        if let Some(truth) = truth.as_ref().filter(|_| beside && !hidden) {
            ui.spacing_mut().item_spacing.x = BETWEEN;
            ui.add_space(theme::GAP);
            truth.said(ui);
            truth.outcome(ui);
        }
    });
    if let Some(truth) = truth.as_ref().filter(|_| !beside) {
        let high = ui.text_style_height(&TextStyle::Body);
        let one = truth.wide(ui) <= wide;
        line(ui, high, &mut |ui| {
            ui.spacing_mut().item_spacing.x = BETWEEN;
            if !hidden {
                truth.said(ui);
            }
            if !hidden && one {
                truth.outcome(ui);
            }
        });
        if !one {
            line(ui, high, &mut |ui| {
                ui.spacing_mut().item_spacing.x = BETWEEN;
                if !hidden {
                    truth.outcome(ui);
                }
            });
        }
    }
    let muted = theme::palette(ui.ctx()).muted;
    let use_ = RichText::new(INTENDED_USE.get()).small().color(muted);
    ui.add(Label::new(use_).wrap());
}

/// The name of a lesion, and its place in the list.
fn said_of(name: &str, place: Option<[usize; 2]>) -> String {
    match place {
        Some([at, count]) => text!("presenter-place", name = name, at = at, count = count),
        None => name.to_owned(),
    }
}

/// How wide that is in one line, in points.
fn wide_name(ui: &Ui, said: &str) -> f32 {
    let font = theme::large_number(NAME);
    let painter = ui.painter();
    let galley = painter.layout_no_wrap(said.to_owned(), font, Color32::PLACEHOLDER);
    galley.size().x
}

/// The name of a lesion and its place in the list in one line of this width: of a long name the ends; whole on hover, and for assistive
/// technology.
fn name_and_place(ui: &mut Ui, name: &str, place: Option<[usize; 2]>, room: f32) {
    let said = |name: &str| said_of(name, place);
    let font = theme::large_number(NAME);
    let whole = said(name);
    let beside = wide_name(ui, &said(""));
    let short = elided(ui, name, &font, room - beside);
    let shown = short.as_deref().map_or_else(|| whole.clone(), said);
    let label = ui.label(RichText::new(shown).font(font));
    label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &whole));
    if short.is_some() {
        label.on_hover_text(name);
    }
}

/// Space between the words of the truth and their icons, and the side of an icon, in points.
const BETWEEN: f32 = 6.0;
const MARK: f32 = 14.0;

/// The truth, and whether the verdict on the original is right; it says of which picture if the altered one is another.
struct Truth {
    label: Option<MelanomaOrNevus>,
    text: String,
    outcome: Option<(Outcome, &'static str)>,
}

impl Truth {
    /// None where no table states it.
    fn of(pane: &Pane<'_>, lesion: &Lesion, row: &Row) -> Option<Self> {
        let truth = row.truth.as_ref()?;
        let outcome = row.outcome(pane.state.threshold());
        let said = |outcome| match (outcome, lesion.perturbation.is_identity()) {
            (Outcome::Right, true) => text!("presenter-verdict-right"),
            (Outcome::Right, false) => text!("presenter-verdict-right.original"),
            (Outcome::Wrong, true) => text!("presenter-verdict-wrong"),
            (Outcome::Wrong, false) => text!("presenter-verdict-wrong.original"),
        };
        Some(Self {
            label: truth.label,
            text: text!("presenter-truth", truth = truth.shown()),
            outcome: outcome.map(|outcome| (outcome, said(outcome))),
        })
    }

    /// How wide both parts are in one line at most, whatever the sliders say, in points.
    fn wide(&self, ui: &Ui) -> f32 {
        let of = |text: &str, font: FontId| {
            let painter = ui.painter();
            let galley = painter.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
            galley.size().x
        };
        let outcomes = [
            text!("presenter-verdict-right"),
            text!("presenter-verdict-right.original"),
            text!("presenter-verdict-wrong"),
            text!("presenter-verdict-wrong.original"),
        ];
        let longest = outcomes.map(|text| of(text, theme::large_number(OUTCOME)));
        let longest = longest.into_iter().fold(0.0, f32::max);
        let said = of(&self.text, TextStyle::Body.resolve(ui.style()));
        said + longest + 2.0 * MARK + 4.0 * BETWEEN + theme::GAP
    }

    fn said(&self, ui: &mut Ui) {
        let palette = theme::palette(ui.ctx());
        let mut colour = palette.text;
        if let Some(label) = self.label {
            let (of, icon) = look(label, &palette);
            icon.show(ui, MARK, of);
            colour = of;
        }
        ui.add(Label::new(RichText::new(&self.text).color(colour)).truncate());
    }

    fn outcome(&self, ui: &mut Ui) {
        let palette = theme::palette(ui.ctx());
        let Some((outcome, text)) = self.outcome else {
            return;
        };
        let (icon, colour) = match outcome {
            Outcome::Right => (Icon::Check, palette.text),
            Outcome::Wrong => (Icon::Close, palette.warning),
        };
        icon.show(ui, MARK, colour);
        let text = RichText::new(text).font(theme::large_number(OUTCOME));
        ui.add(Label::new(text.color(colour)).truncate());
    }
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
        reveal::show(pane, ui);
    });
}
