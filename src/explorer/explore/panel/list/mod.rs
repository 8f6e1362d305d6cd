//! The list of lesions: a table where there is room for its columns, otherwise thumbnails with name and verdict, or thumbnails
//! alone; or a grid of thumbnails, where a person wants to see many. Only visible rows are laid out.

mod bar;
mod columns;
mod header;
mod menus;
mod paint;
mod row;

use std::ops::Range;

use egui::{
    EventFilter, Panel, Rangef, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::explore::list::keys::{across_id, list_id};
use crate::explorer::explore::panel::list::columns::{BETWEEN, Form};
use crate::explorer::explore::panel::tools;
use crate::explorer::panels::width::Width;
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;

/// Minimum width of the list, in points: a verdict fits next to a thumbnail.
const LEAST: f32 = 204.0;
/// Width that is left for the picture and the sliders, in points.
const REST: f32 = 692.0;
/// Width that two pictures need in a lecture, in points, to be as high as the window has room for.
const PRESENTED: f32 = 640.0;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let room = ui.available_width();
    let presenter = &pane.state.presenter;
    // Where it would cost the pictures of a lecture some of their size, it is as narrow as it can be.
    let beside = if presenter.tools { tools::LEAST } else { 0.0 };
    let crowded = presenter.on && room - LEAST - beside < PRESENTED;
    if !scroll_layout::is_wide(ui) || crowded {
        return narrow(pane, ui);
    }
    // As wide as is wanted, as long as picture and sliders have their room.
    let most = (room - REST).max(LEAST);
    // On a large screen there is room for the first columns.
    let default = if presenter.on {
        LEAST
    } else {
        (room - 1150.0).clamp(216.0, 460.0)
    };
    let salt = egui::Id::unique(("library", presenter.on));
    let width = Width::of(ui, salt, default, Rangef::new(LEAST, most));
    width.set(ui.ctx());
    let shown = Panel::left(salt)
        .size_range(LEAST..=most)
        .frame(
            egui::Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(egui::Margin::symmetric(10, 8)),
        )
        .show(ui, |ui| {
            bar::show(pane, ui);
            let width = ui.available_width() - ui.spacing().scroll.allocated_width();
            let form = if pane.state.list.grid {
                Form::grid(width)
            } else {
                Form::of(width)
            };
            header::show(pane, ui, &form);
            rows(pane, ui, &form);
        });
    width.shown(ui.ctx(), shown.response.rect.width());
}

/// Thumbnails alone, if there is no room for more; name and verdict are shown on hover.
fn narrow(pane: &mut Pane<'_>, ui: &mut Ui) {
    Panel::left("library of thumbnails")
        .exact_size(columns::THUMBNAIL + 28.0)
        .resizable(false)
        .frame(
            egui::Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(egui::Margin::symmetric(6, 6)),
        )
        .show(ui, |ui| {
            bar::narrow(pane, ui);
            rows(pane, ui, &Form::Thumbnails);
        });
}

fn rows(pane: &mut Pane<'_>, ui: &mut Ui, form: &Form) {
    if pane.state.list.shown().is_empty() {
        return bar::nothing(pane, ui);
    }
    let clicked = ui.data_mut(|data| data.remove_temp::<bool>(row::keyboard_to_list()));
    if clicked.is_some() {
        ui.memory_mut(|memory| memory.request_focus(list_id()));
    }
    let place = ui.available_rect_before_wrap();
    let list = ui.interact(place, list_id(), Sense::focusable_noninteractive());
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, text!("list-lesions")));
    if list.has_focus() {
        let filter = EventFilter {
            vertical_arrows: true,
            horizontal_arrows: form.across() > 1,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(list_id(), filter));
    }
    let count = pane.state.list.shown().len();
    let across = form.across();
    ui.data_mut(|data| data.insert_temp(across_id(), across));
    ui.spacing_mut().item_spacing.y = BETWEEN;
    ScrollArea::vertical()
        .id_salt("lesions")
        .auto_shrink([false, false])
        .show_rows(ui, form.height(), count.div_ceil(across), |ui, rows| {
            let positions = rows.start * across..(rows.end * across).min(count);
            visible_rows(pane, ui, form, positions);
        });
    if list.has_focus() {
        let palette = theme::palette(ui.ctx());
        let edge = Stroke::new(1.0, palette.accent);
        let ring = place.expand(2.0);
        (ui.painter()).rect_stroke(ring, f32::from(theme::RADIUS), edge, StrokeKind::Inside);
    }
}

fn visible_rows(pane: &mut Pane<'_>, ui: &mut Ui, form: &Form, rows: Range<usize>) {
    // These are judged before the rest.
    if pane.state.in_sight != rows {
        pane.emit(Command::InSight(rows.clone()));
    }
    let (area, height) = (ui.max_rect(), form.height());
    let rect = |position: usize| {
        let across = form.across();
        let down = (position / across) as f32 - (rows.start / across) as f32;
        let top = area.top() + down * (height + BETWEEN);
        let row = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), height));
        form.place(row, position % across)
    };
    follow(pane, ui, rect);
    let state = pane.state;
    let places = state.list.order.get(rows.clone()).unwrap_or_default();
    for (place, position) in places.iter().zip(rows.clone()) {
        let lesion = place
            .index(&state.lesions)
            .and_then(|at| state.lesions.get(at));
        let data = state.list.rows.get(place.at);
        if let (Some(lesion), Some(data)) = (lesion, data.filter(|data| data.id == place.id)) {
            row::show(pane, ui, form, rect(position), (lesion, data));
        }
    }
}

/// Scrolls to the explored lesion when it becomes another one, and when the order is changed.
fn follow(pane: &Pane<'_>, ui: &Ui, rect: impl Fn(usize) -> Rect) {
    let followed = (pane.state.selected, pane.state.list.rearranged);
    let id = egui::Id::unique("lesion that the list scrolled to");
    if ui.data(|data| data.get_temp(id) == Some(followed)) {
        return;
    }
    ui.data_mut(|data| data.insert_temp(id, followed));
    if let Some(position) = followed.0.and_then(|id| pane.state.list.position(id)) {
        ui.scroll_to_rect(rect(position), None);
    }
}
