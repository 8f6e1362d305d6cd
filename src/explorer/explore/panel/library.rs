//! The list of lesions: thumbnail, name, verdict.

use egui::{
    Color32, Panel, Rect, Response, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use flipscope_base::human::probability;

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::{Lesion, Picture};
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::theme;
use crate::explorer::widgets::look;

const ROW: f32 = 66.0;
const THUMBNAIL: f32 = 54.0;
/// Minimum width of the list, in points: a verdict fits next to a thumbnail.
const LEAST: f32 = 204.0;

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    if !scroll_layout::is_wide(ui) {
        return narrow(pane, ui);
    }
    let most = (ui.available_width() * 0.2).clamp(LEAST, 420.0);
    Panel::left("library")
        .default_size(216.0_f32.min(most))
        .size_range(LEAST..=most)
        .frame(
            egui::Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(egui::Margin::symmetric(10, 8)),
        )
        .show(ui, |ui| {
            let palette = theme::palette(ui.ctx());
            ui.horizontal(|ui| {
                ui.label(theme::section("Lesions", &palette));
                ui.label(RichText::new(pane.state.lesions.len().to_string()).color(palette.muted));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if icon_button(ui, Icon::Folder, "Open folder…", "").clicked() {
                        pane.emit(Command::AskFolder);
                    }
                    if icon_button(ui, Icon::Picture, "Open photographs…", "").clicked() {
                        pane.emit(Command::AskPhotographs);
                    }
                });
            });
            if pane.state.listing > 0 {
                ui.label(
                    RichText::new("Looking for pictures…")
                        .small()
                        .color(palette.muted),
                );
            }
            let reading = pane
                .state
                .lesions
                .iter()
                .filter(|lesion| matches!(lesion.picture, Picture::Loading))
                .count();
            if reading > 3 {
                let all = pane.state.lesions.len();
                let read = all - reading;
                let text = RichText::new(format!("{read} of {all} read")).small();
                ui.label(text.color(palette.muted));
                let bar = egui::ProgressBar::new(read as f32 / all as f32);
                ui.add(bar.desired_height(4.0).fill(palette.accent));
            }
            ui.add_space(4.0);
            rows(pane, ui);
        });
}

/// Thumbnails alone, if there is no room for more; name and verdict are shown on hover.
fn narrow(pane: &mut Pane<'_>, ui: &mut Ui) {
    Panel::left("library of thumbnails")
        .exact_size(THUMBNAIL + 28.0)
        .resizable(false)
        .frame(
            egui::Frame::new()
                .fill(ui.visuals().panel_fill)
                .inner_margin(egui::Margin::symmetric(6, 6)),
        )
        .show(ui, |ui| rows(pane, ui));
}

fn rows(pane: &mut Pane<'_>, ui: &mut Ui) {
    let lesions = &pane.state.lesions;
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show_rows(ui, ROW, lesions.len(), |ui, rows| {
            // These are judged before the rest.
            if pane.state.in_sight != rows {
                pane.emit(Command::InSight(rows.clone()));
            }
            for lesion in lesions.get(rows).unwrap_or_default() {
                row(pane, ui, lesion);
            }
        });
}

fn row(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), ROW - 6.0), Sense::click());
    let selected = pane.state.selected == Some(lesion.id);
    let said = match (&lesion.picture, &lesion.answers.primary.before) {
        (Picture::Loading, _) => "reading…".to_owned(),
        (Picture::Failed(_), _) => "cannot be read".to_owned(),
        (_, None) if pane.state.model.ready.is_some() => "updating…".to_owned(),
        (_, None) => "…".to_owned(),
        (_, Some(judged)) => {
            format!(
                "{} {}",
                probability(judged.verdict.p_melanoma, 2),
                pane.state.label(&judged.verdict).name()
            )
        }
    };
    response.widget_info(|| {
        WidgetInfo::selected(
            Role::ListBoxOption,
            true,
            selected,
            format!("{}, {said}", lesion.shown()),
        )
    });
    if selected
        && response
            .ctx
            .memory(|memory| memory.data.get_temp(scrolled_id()) != Some(lesion.id.0))
    {
        response.scroll_to_me(None);
        ui.data_mut(|data| data.insert_temp(scrolled_id(), lesion.id.0));
    }
    if ui.is_rect_visible(rect) {
        paint(pane, ui, lesion, &response, &said);
    }
    let tip = match (&lesion.picture, &lesion.caption) {
        (Picture::Failed(error), _) => error.clone(),
        (_, Some(caption)) => format!("{}\n{caption}", lesion.shown()),
        _ => lesion.shown().into_owned(),
    };
    let response = response.on_hover_text(tip);
    response.context_menu(|ui| {
        if matches!(lesion.picture, Picture::Failed(_)) && ui.button("Try again").clicked() {
            pane.emit(Command::ReadAgain(lesion.id));
            ui.close();
        }
        if ui.button("Close lesion").clicked() {
            pane.emit(Command::Close(lesion.id));
            ui.close();
        }
    });
    if response.clicked() {
        pane.emit(Command::Select(lesion.id));
    }
}

/// Background, thumbnail, name and verdict of one row.
fn paint(pane: &mut Pane<'_>, ui: &Ui, lesion: &Lesion, response: &Response, said: &str) {
    let palette = theme::palette(ui.ctx());
    let rect = response.rect;
    let selected = pane.state.selected == Some(lesion.id);
    let painter = ui.painter();
    let fill = if selected {
        palette.accent.gamma_multiply(0.10)
    } else if response.hovered() {
        ui.visuals().widgets.hovered.bg_fill
    } else {
        Color32::TRANSPARENT
    };
    let edge = if selected || response.has_focus() {
        palette.accent
    } else {
        Color32::TRANSPARENT
    };
    painter.rect(
        rect,
        f32::from(theme::RADIUS),
        fill,
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
    let thumbnail = Rect::from_min_size(
        rect.min + vec2(4.0, (rect.height() - THUMBNAIL) / 2.0),
        vec2(THUMBNAIL, THUMBNAIL),
    );
    if let Some(texture) = pane.assets.thumbnail(ui.ctx(), lesion) {
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(texture, thumbnail, uv, Color32::WHITE);
    } else {
        painter.rect_filled(thumbnail, 3.0, palette.line);
        let icon = if matches!(lesion.picture, Picture::Failed(_)) {
            Icon::Warning
        } else {
            Icon::Picture
        };
        icon.paint(painter, thumbnail.shrink(17.0), palette.muted);
    }
    let text = painter.with_clip_rect(Rect::from_min_max(
        pos2(thumbnail.right() + 8.0, rect.top()),
        pos2(rect.right() - 4.0, rect.bottom()),
    ));
    let left = thumbnail.right() + 8.0;
    let name = RichText::new(lesion.shown()).color(palette.text);
    let name = egui::WidgetText::from(name).into_galley(
        ui,
        Some(egui::TextWrapMode::Truncate),
        rect.right() - 4.0 - left,
        egui::TextStyle::Body,
    );
    text.galley(pos2(left, rect.top() + 10.0), name, palette.text);
    let y = rect.bottom() - 16.0;
    let line = |from: f32, said: &str, colour: Color32| {
        let said = egui::WidgetText::from(RichText::new(said).color(colour)).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            rect.right() - 4.0 - from,
            egui::TextStyle::Small,
        );
        let top = y - said.size().y / 2.0;
        text.galley(pos2(from, top), said, colour);
    };
    match &lesion.answers.primary.before {
        Some(judged) => {
            let (colour, icon) = look(pane.state.label(&judged.verdict), &palette);
            let square = Rect::from_center_size(pos2(left + 5.0, y), vec2(11.0, 11.0));
            icon.paint(&text, square, colour);
            line(left + 15.0, said, colour);
        }
        None => line(left, said, palette.muted),
    }
}

fn scrolled_id() -> egui::Id {
    egui::Id::unique("library scrolled to")
}
