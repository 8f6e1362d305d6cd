//! Messages: the newest in front of the pictures, or of the page's lower right corner, so that nothing moves under the pointer when one comes
//! or goes; all of them in a window in front, on request.

use egui::{
    Align2, Area, Color32, Context, Id, Label, Margin, Modal, Order, Panel, Rect, RichText,
    ScrollArea, Stroke, TextStyle, Ui, Vec2, pos2, vec2,
};
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::message::{Message, Severity};
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;

/// Messages shown at once; the rest are counted.
const SHOWN: usize = 2;
/// Their width, the least size of the pictures that they stand in front of, and the space beside them, in points.
const WIDTH: f32 = 560.0;
const LEAST: Vec2 = vec2(240.0, 80.0);
const EDGE: f32 = 10.0;
/// Room for the button that dismisses one, in points.
const CLOSE: f32 = 44.0;
/// The largest share of the window's height that they take.
const SHARE: f32 = 0.28;
/// On a page below this height in points, they are a single line.
const ROOM: f32 = 560.0;

/// Where the rectangle of the pictures is kept until the messages are drawn.
fn pictures() -> Id {
    Id::unique("pictures that messages stand in front of")
}

/// Has this frame's messages stand in front of the pictures that are drawn here, where they cover nothing that is pressed or read off.
pub(crate) fn in_front_of_pictures(ui: &Ui) {
    let place = ui.available_rect_before_wrap();
    ui.data_mut(|data| data.insert_temp(pictures(), Some(place)));
}

/// The newest message while presenting: a line of its own at the lower edge, as high as its words need. What the hall looks at stands above
/// it, for there is nothing that could be covered.
pub(super) fn while_presenting(pane: &mut Pane<'_>, ui: &mut Ui, enlarge: fn(&mut Ui)) {
    let Some(message) = pane.state.messages.last() else {
        return;
    };
    let palette = theme::palette(ui.ctx());
    let (edge, _) = look_of(message.severity, &palette);
    Panel::bottom("message while presenting")
        .resizable(false)
        .frame(frame(&palette, edge).corner_radius(0.0))
        .show(ui, |ui| {
            enlarge(ui);
            words(pane, ui, message);
        });
}

/// A message whole, with its button, and one for the others if there are some.
fn words(pane: &mut Pane<'_>, ui: &mut Ui, message: &Message) {
    let palette = theme::palette(ui.ctx());
    let (edge, _) = look_of(message.severity, &palette);
    let others = pane.state.messages.len() - 1;
    let all = (others > 0).then(|| text!("messages-show-these", count = others + 1));
    let button = |ui: &Ui, text: &str| {
        let font = TextStyle::Button.resolve(ui.style());
        let painter = ui.painter();
        let galley = painter.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
        galley.size().x + 2.0 * ui.spacing().button_padding.x + ui.spacing().item_spacing.x
    };
    let room = CLOSE + all.as_deref().map_or(0.0, |text| button(ui, text));
    ui.horizontal_top(|ui| {
        let icon = match message.severity {
            Severity::Note => 0.0,
            Severity::Warning | Severity::Error => {
                Icon::Warning.show(ui, 16.0, edge);
                16.0 + ui.spacing().item_spacing.x
            }
        };
        ui.vertical(|ui| {
            ui.set_width((ui.available_width() - room - icon).max(120.0));
            ui.add(Label::new(&message.text).wrap());
        });
        if all.is_some_and(|all| ui.small_button(all).clicked()) {
            pane.emit(Command::AllMessages(true));
        }
        if icon_button(ui, Icon::Close, text!("messages-dismiss"), "").clicked() {
            pane.emit(Command::Dismiss(message.id));
        }
    });
}

/// The newest messages. `page` is the place of the page between the bars. They stand at the lower edge of its pictures, or else in its lower
/// right corner, and nothing moves for them; beside a dialog, at the page's upper edge.
pub(super) fn show(pane: &mut Pane<'_>, ctx: &Context, page: Rect) {
    let pictures = ctx.data_mut(|data| data.remove_temp::<Option<Rect>>(pictures()));
    if pane.state.messages.is_empty() {
        return;
    }
    // A dialog that could not be shown is said in front of the one that asked for it, and above what is pressed and read in that.
    let asked = pane.state.figures.open.is_some() || pane.state.leaving.is_some();
    if pane.state.presenter.on && !asked {
        return;
    }
    let low = page.height() < ROOM;
    let pictures = pictures.flatten().map(|place| place.intersect(page));
    let pictures = pictures.filter(|place| place.width() >= LEAST.x && place.height() >= LEAST.y);
    let room = pictures.unwrap_or(page).shrink2(vec2(EDGE, 6.0));
    let (pivot, at) = match pictures {
        _ if asked => (Align2::CENTER_TOP, pos2(page.center().x, page.top() + 6.0)),
        Some(_) => (Align2::CENTER_BOTTOM, room.center_bottom()),
        None => (Align2::RIGHT_BOTTOM, room.right_bottom()),
    };
    let wide = if low {
        room.width()
    } else {
        room.width().min(WIDTH)
    };
    let order = if asked { Order::Tooltip } else { Order::Middle };
    Area::new(Id::unique("newest messages"))
        .order(order)
        .pivot(pivot)
        .fixed_pos(at)
        .constrain_to(page)
        .show(ctx, |ui| {
            ui.set_width(wide);
            if low {
                one_line(pane, ui);
            } else {
                newest(pane, ui, ctx.content_rect().height() * SHARE);
            }
        });
}

/// The newest ones as cards, at most so high; the others are counted.
fn newest(pane: &mut Pane<'_>, ui: &mut Ui, most: f32) {
    let count = pane.state.messages.len();
    ScrollArea::vertical()
        .max_height(most)
        // As high as its content, also in the frame in which it grows.
        .min_scrolled_height(most)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            let messages = &pane.state.messages;
            for message in messages.iter().rev().take(SHOWN) {
                card(pane, ui, message);
            }
        });
    if count <= SHOWN {
        return;
    }
    let palette = theme::palette(ui.ctx());
    frame(&palette, palette.line).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let text = text!("messages-count", count = count);
            ui.label(RichText::new(text).small().color(palette.muted));
            if ui.small_button(text!("messages-show-all")).clicked() {
                pane.emit(Command::AllMessages(true));
            }
            if ui.small_button(text!("messages-dismiss-all")).clicked() {
                pane.emit(Command::DismissAll);
            }
        });
    });
}

/// The newest message in one line, if the window is low.
fn one_line(pane: &mut Pane<'_>, ui: &mut Ui) {
    let Some(message) = pane.state.messages.last() else {
        return;
    };
    let count = pane.state.messages.len();
    let palette = theme::palette(ui.ctx());
    let (edge, _) = look_of(message.severity, &palette);
    let line = frame(&palette, edge).inner_margin(Margin::symmetric(10, 2));
    line.show(ui, |ui| {
        let place = vec2(ui.available_width(), ui.spacing().interact_size.y);
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.allocate_ui_with_layout(place, layout, |ui| {
            if icon_button(ui, Icon::Close, text!("messages-dismiss"), "Esc").clicked() {
                pane.emit(Command::Dismiss(message.id));
            }
            let all = match count {
                1 if is_seen_whole(ui, message) => None,
                1 => Some(text!("messages-show").to_owned()),
                count => Some(text!("messages-show-these", count = count)),
            };
            if all.is_some_and(|all| ui.small_button(all).clicked()) {
                pane.emit(Command::AllMessages(true));
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                if message.severity != Severity::Note {
                    Icon::Warning.show(ui, 13.0, edge);
                }
                let text = message.text.lines().next().unwrap_or_default();
                let label = ui.add(Label::new(text).truncate());
                label.on_hover_text(&message.text);
            });
        });
    });
}

/// Whether the rest of the line has room for all of a message: then there is nothing more to show.
fn is_seen_whole(ui: &Ui, message: &Message) -> bool {
    let icon = match message.severity {
        Severity::Note => 0.0,
        Severity::Warning | Severity::Error => 13.0 + ui.spacing().item_spacing.x,
    };
    let text = egui::WidgetText::from(&message.text);
    let extend = Some(egui::TextWrapMode::Extend);
    let galley = text.into_galley(ui, extend, f32::INFINITY, egui::TextStyle::Body);
    galley.rows.len() == 1 && galley.size().x + icon <= ui.available_width()
}

/// What a message stands on.
fn frame(palette: &theme::Palette, edge: egui::Color32) -> egui::Frame {
    egui::Frame::new()
        .fill(palette.card)
        .stroke(Stroke::new(1.0, edge))
        .corner_radius(6.0)
        .inner_margin(Margin::symmetric(10, 4))
}

/// Edge and title of a message.
fn look_of(severity: Severity, palette: &theme::Palette) -> (egui::Color32, Option<&'static str>) {
    match severity {
        Severity::Note => (palette.accent, None),
        Severity::Warning => (palette.warning, Some(text!("messages-note"))),
        Severity::Error => (palette.error, Some(text!("messages-error"))),
    }
}

/// All of them, in front of the page.
pub(super) fn all(pane: &mut Pane<'_>, ctx: &Context) {
    if !pane.state.all_messages {
        return;
    }
    let messages = &pane.state.messages;
    let modal = Modal::new(Id::unique("all messages")).show(ctx, |ui| {
        ui.set_width(scroll_layout::modal_width(ui, 620.0));
        ui.heading(text!("messages"));
        ui.add_space(theme::GAP);
        scroll_layout::in_front(ui, |ui| {
            for message in messages.iter().rev() {
                card(pane, ui, message);
            }
            if messages.is_empty() {
                ui.label(text!("messages-none"));
            }
        });
        ui.add_space(theme::GAP);
        ui.horizontal(|ui| {
            let close = ui.button(text!("close")).clicked();
            if ui.button(text!("messages-dismiss-all")).clicked() {
                pane.emit(Command::DismissAll);
            }
            close
        })
        .inner
    });
    if modal.inner || modal.should_close() {
        pane.emit(Command::AllMessages(false));
    }
}

fn card(pane: &mut Pane<'_>, ui: &mut Ui, message: &Message) {
    let palette = theme::palette(ui.ctx());
    let (edge, title) = look_of(message.severity, &palette);
    let shown = frame(&palette, edge).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            // Space for the button is reserved before the text takes the rest.
            let text = ui.available_width() - 44.0;
            ui.vertical(|ui| {
                ui.set_width(text.max(120.0));
                ui.spacing_mut().item_spacing.y = 1.0;
                if title.is_some() || message.count > 1 {
                    ui.horizontal(|ui| {
                        if let Some(title) = title {
                            Icon::Warning.show(ui, 13.0, edge);
                            let title = RichText::new(title).font(theme::large_number(13.0));
                            ui.label(title.color(edge));
                        }
                        if message.count > 1 {
                            let times =
                                RichText::new(text!("messages-times", count = message.count));
                            ui.label(times.small().color(palette.muted));
                        }
                    });
                }
                ui.add(Label::new(&message.text).wrap().selectable(true));
            });
            if icon_button(ui, Icon::Close, text!("messages-dismiss"), "Esc").clicked() {
                pane.emit(Command::Dismiss(message.id));
            }
        });
    });
    // A message that is being read stays.
    let read = ui.rect_contains_pointer(shown.response.rect);
    if read && message.severity == Severity::Note && message.at.elapsed() > Message::READ {
        pane.emit(Command::KeepMessage(message.id));
    }
}
