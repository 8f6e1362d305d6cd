//! The palette as it is drawn: a text field, and below it the commands that fit.

use std::sync::Arc;

use egui::{
    Align2, Area, Context, FontSelection, Id, Key, Label, Modal, Modifiers, Response, RichText,
    Role, ScrollArea, Sense, Stroke, StrokeKind, TextEdit, TextWrapMode, Ui, Vec2, WidgetInfo,
    WidgetText, accesskit, pos2, vec2,
};

use flipscope_language::text;

use crate::explorer::actions::key_names;
use crate::explorer::actions::{Offer, offers};
use crate::explorer::command::Command;
use crate::explorer::palette::command::PaletteCommand;
use crate::explorer::palette::ranking::ranked;
use crate::explorer::palette::state::Open;
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;

/// Width in points, if the window has it.
const WIDTH: f32 = 520.0;
/// Largest height of the list, in points.
const HEIGHT: f32 = 400.0;
/// Points from the top of the window, where it is high enough.
const TOP: f32 = 56.0;
/// Height of a line, and of one that says why its command is not available.
const LINE: f32 = 26.0;
const WITH_REASON: f32 = 42.0;
/// Points between the edge of a line and its text.
const EDGE: f32 = 8.0;
/// Lines that Page Up and Page Down skip.
const SCREENFUL: isize = 8;

/// What keys ask for, besides typing.
struct Pressed {
    by: isize,
    run: bool,
}

/// Shows it, if it is open.
pub(crate) fn show(pane: &mut Pane<'_>, ctx: &Context) {
    let Some(open) = &pane.state.palette.open else {
        return;
    };
    let id = Id::unique("command palette");
    let top = TOP.min(ctx.content_rect().height() * 0.05);
    let area: Area = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, top));
    let modal = Modal::new(id).area(area).show(ctx, |ui| {
        ui.set_width(scroll_layout::modal_width(ui, WIDTH));
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(accesskit::Role::Dialog);
            node.set_label(text!("palette"));
            node.set_modal();
        });
        content(pane, ui, open);
    });
    if modal.should_close() {
        pane.emit(Command::Palette(PaletteCommand::Close));
    }
}

fn content(pane: &mut Pane<'_>, ui: &mut Ui, open: &Open) {
    let palette = theme::palette(ui.ctx());
    // Before the field is shown: in it, these keys would move the cursor, or end the typing.
    let pressed = pressed(ui);
    let mut query = open.query.clone();
    let field = ui.add(
        TextEdit::singleline(&mut query)
            .hint_text(text!("palette-find"))
            .desired_width(f32::INFINITY),
    );
    if !field.has_focus() {
        field.request_focus();
    }
    ui.add_space(theme::GAP);
    let offers = offers_now(pane, ui);
    let ranked = ranked(&offers, &query, &pane.state.palette.recent);
    let typed = query != open.query;
    let before = if typed { 0 } else { open.chosen };
    let mut chosen = step(before, pressed.by, ranked.len());
    let mut run = pressed.run.then_some(chosen);
    let recent = if query.trim().is_empty() {
        pane.state.palette.recent.len()
    } else {
        0
    };
    let high = (scroll_layout::modal_height(ui) - TOP).clamp(60.0, HEIGHT);
    let list = ScrollArea::vertical()
        .max_height(high)
        .min_scrolled_height(high)
        // With few lines it is as high as they are.
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let mut group = None;
            for (at, offer) in ranked.iter().filter_map(|&at| offers.get(at)).enumerate() {
                if query.trim().is_empty() {
                    let heading = if at < recent {
                        text!("palette-recent")
                    } else {
                        offer.group.name()
                    };
                    if group.replace(heading) != Some(heading) {
                        ui.add_space(4.0);
                        ui.label(theme::section(heading, &palette));
                    }
                }
                let grouped = at >= recent && query.trim().is_empty();
                let line = line(ui, offer, at == chosen, grouped);
                let moving = ui.input(|input| input.pointer.delta() != Vec2::ZERO);
                if line.hovered() && moving {
                    chosen = at;
                }
                if line.clicked() {
                    run = Some(at);
                }
                if at == chosen {
                    if typed || pressed.by != 0 {
                        line.scroll_to_me(None);
                    }
                    let line = line.id.accesskit_id();
                    (ui.ctx())
                        .accesskit_node_builder(field.id, |node| node.set_active_descendant(line));
                }
            }
            if ranked.is_empty() {
                ui.add(Label::new(text!("palette-nothing-fits", query = query.trim())).wrap());
            }
        });
    (ui.ctx()).accesskit_node_builder(field.id, |node| {
        node.set_label(text!("palette-find"));
        node.set_controls(vec![list.id.accesskit_id()]);
    });
    ui.add_space(4.0);
    let keys = RichText::new(text!("palette-keys")).small();
    ui.add(Label::new(keys.color(palette.muted)).wrap());
    let run = run.and_then(|at| offers.get(*ranked.get(at)?));
    if let Some(offer) = run.filter(|offer| offer.obstacle.is_none()) {
        for command in commands(offer) {
            pane.emit(command);
        }
        return;
    }
    if typed {
        pane.emit(Command::Palette(PaletteCommand::Type(query)));
    }
    if typed || chosen != open.chosen {
        pane.emit(Command::Palette(PaletteCommand::Choose(chosen)));
    }
}

/// What can be offered. It is made again when the state has changed, not in every frame.
fn offers_now(pane: &Pane<'_>, ui: &Ui) -> Arc<Vec<Offer>> {
    let id = Id::unique("offers of the command palette");
    let changes = pane.state.changes;
    let known = ui.data(|data| data.get_temp::<(u64, Arc<Vec<Offer>>)>(id));
    if let Some((_, known)) = known.filter(|(at, _)| *at == changes) {
        return known;
    }
    let made = Arc::new(offers(pane.state));
    ui.data_mut(|data| data.insert_temp(id, (changes, Arc::clone(&made))));
    made
}

/// What running a command from the palette means.
fn commands(offer: &Offer) -> [Command; 2] {
    let close = PaletteCommand::CloseAndRemember(offer.id.to_string());
    [Command::Palette(close), offer.command.clone()]
}

fn pressed(ui: &Ui) -> Pressed {
    ui.input_mut(|input| {
        let mut count = |key| input.count_and_consume_key(Modifiers::NONE, key) as isize;
        let lines = count(Key::ArrowDown) - count(Key::ArrowUp);
        let screens = count(Key::PageDown) - count(Key::PageUp);
        Pressed {
            by: lines + SCREENFUL * screens,
            run: count(Key::Enter) > 0,
        }
    })
}

/// The line this many further down (or up). From the last one down is the first one; several at once stop at the ends.
fn step(from: usize, by: isize, count: usize) -> usize {
    let Some(last) = count.checked_sub(1) else {
        return 0;
    };
    let from = from.min(last);
    match by {
        1 if from == last => 0,
        -1 if from == 0 => last,
        _ => from.saturating_add_signed(by).min(last),
    }
}

/// One command: its name, its group unless that is above it, its keys, and why it is not available.
fn line(ui: &mut Ui, offer: &Offer, chosen: bool, grouped: bool) -> Response {
    let keys = (offer.keys).map(|keys| key_names::shortcut(ui.ctx(), keys));
    let reason = offer.obstacle.as_deref();
    let high = if reason.is_some() { WITH_REASON } else { LINE };
    let wide = ui.available_width();
    // By the mouse or from the field: it takes no focus of its own.
    let allocated = ui.push_id(&offer.id, |ui| {
        ui.allocate_exact_size(vec2(wide, high), Sense::CLICK)
    });
    let (rect, response) = allocated.inner;
    let name = || {
        let name = offer.name.as_ref();
        WidgetInfo::labeled(Role::ListBoxOption, reason.is_none(), name)
    };
    response.widget_info(name);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        let group = offer.group.name();
        node.set_selected(chosen);
        node.set_description(match reason {
            Some(reason) => text!("palette-not-available", group = group, reason = reason),
            None => group.to_owned(),
        });
        if let Some(keys) = &keys {
            node.set_keyboard_shortcut(keys.as_str());
        }
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let palette = theme::palette(ui.ctx());
    if chosen {
        ui.painter().rect(
            rect,
            f32::from(theme::RADIUS),
            palette.accent.gamma_multiply(0.12),
            Stroke::new(1.0, palette.accent),
            StrokeKind::Inside,
        );
    }
    let text = |text: RichText, room: f32| {
        WidgetText::from(text).into_galley(
            ui,
            Some(TextWrapMode::Truncate),
            room.max(0.0),
            FontSelection::Default,
        )
    };
    let middle = rect.top() + LINE / 2.0;
    let mut right = rect.right() - EDGE;
    if let Some(keys) = keys {
        let galley = text(RichText::new(keys).color(palette.muted), rect.width() / 2.0);
        right -= galley.size().x;
        let at = pos2(right, middle - galley.size().y / 2.0);
        ui.painter().galley(at, galley, palette.muted);
        right -= EDGE;
    }
    let left = rect.left() + EDGE;
    let color = if reason.is_some() {
        palette.muted
    } else {
        palette.text
    };
    let galley = text(RichText::new(&*offer.name).color(color), right - left);
    let after = left + galley.size().x + EDGE;
    let at = pos2(left, middle - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
    let group = RichText::new(offer.group.name())
        .small()
        .color(palette.muted);
    let galley = text(group, f32::INFINITY);
    if !grouped && after + galley.size().x <= right {
        let at = pos2(after, middle - galley.size().y / 2.0);
        ui.painter().galley(at, galley, palette.muted);
    }
    if let Some(reason) = reason {
        let reason = RichText::new(reason).small().color(palette.muted);
        let galley = text(reason, rect.width() - 2.0 * EDGE);
        let at = pos2(left, rect.bottom() - 4.0 - galley.size().y);
        ui.painter().galley(at, galley, palette.muted);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::state::State;

    #[test]
    fn a_step_goes_round_and_a_screenful_stops_at_the_ends() {
        assert_eq!(step(0, 1, 3), 1);
        assert_eq!(step(2, 1, 3), 0);
        assert_eq!(step(0, -1, 3), 2);
        assert_eq!(step(1, SCREENFUL, 3), 2);
        assert_eq!(step(1, -SCREENFUL, 3), 0);
        assert_eq!(step(9, 0, 3), 2);
        assert_eq!(step(5, 1, 0), 0);
    }

    /// Also those that ask with a dialog of the system, which a test of the window does not open.
    #[test]
    fn running_one_emits_its_command_and_remembers_its_id() {
        for offer in offers(&State::default()) {
            let [close, command] = commands(&offer);
            let close_first = PaletteCommand::CloseAndRemember(offer.id.to_string());
            assert_eq!(close, Command::Palette(close_first));
            assert_eq!(command, offer.command);
        }
    }
}
