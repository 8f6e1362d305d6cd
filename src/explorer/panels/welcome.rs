//! The empty state: what to do first.

use egui::{
    Align2, CentralPanel, Color32, Id, LayerId, Order, Rect, RichText, Role, Sense, Stroke,
    StrokeKind, TextStyle, Ui, WidgetInfo, pos2, vec2,
};

use flipscope_image::lesion::synthetic;
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::page::Page;
use crate::explorer::panels::{Pane, scroll_layout};
use crate::explorer::session;
use crate::explorer::state::State;
use crate::explorer::theme;
use crate::explorer::tour::command::TourCommand;
use crate::explorer::tour::panel::Target;
use crate::explorer::tour::state::Tour;
use crate::explorer::tour::{self, tasks};

const CARD: egui::Vec2 = vec2(216.0, 272.0);

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    CentralPanel::no_frame()
        .frame(egui::Frame::new().fill(palette.canvas))
        .show(ui, |ui| {
            let question = if pane.state.sessions.offer.is_some() {
                150.0
            } else {
                0.0
            };
            let content = 500.0 + question;
            let above = ((ui.available_height() - content) / 2.0).max(12.0);
            scroll_layout::column(ui, egui::Id::unique("welcome"), CARD.x, |ui| {
                ui.add_space(above);
                ui.vertical_centered(|ui| {
                    session::panel::offer(pane, ui);
                    ui.label(
                        RichText::new(text!("welcome-question")).font(theme::large_number(26.0)),
                    );
                    ui.add_space(theme::GAP);
                    ui.label(
                        RichText::new(text!("welcome-drop"))
                            .size(15.0)
                            .color(palette.muted),
                    );
                    ui.add_space(theme::GROUP);
                    let buttons = 330.0;
                    ui.allocate_ui_with_layout(
                        vec2(buttons, 36.0),
                        egui::Layout::left_to_right(egui::Align::Center),
                        |ui| {
                            // Only one button is the main one: going on, where a session is offered.
                            let asked = pane.state.sessions.offer.is_some();
                            let text = RichText::new(text!("file-open-photographs")).size(15.0);
                            let photographs = if asked {
                                egui::Button::new(text)
                            } else {
                                egui::Button::new(text.color(palette.on_accent))
                                    .fill(palette.accent)
                            };
                            if ui.add(photographs.min_size(vec2(176.0, 36.0))).clicked() {
                                pane.emit(Command::AskPhotographs);
                            }
                            let folder = egui::Button::new(
                                RichText::new(text!("file-open-folder")).size(15.0),
                            )
                            .min_size(vec2(140.0, 36.0));
                            if ui.add(folder).clicked() {
                                pane.emit(Command::AskFolder);
                            }
                        },
                    );
                    ui.add_space(theme::GROUP);
                    samples_or_tour(pane, ui);
                    ui.add_space(theme::GAP);
                    let samples = synthetic::samples();
                    let across = (ui.available_width() + theme::GAP) / (CARD.x + theme::GAP);
                    let across = (across as usize).clamp(1, samples.len());
                    let width = across as f32 * (CARD.x + theme::GAP) - theme::GAP;
                    let numbered: Vec<_> = samples.iter().enumerate().collect();
                    for row in numbered.chunks(across) {
                        ui.allocate_ui_with_layout(
                            vec2(width, CARD.y),
                            egui::Layout::left_to_right(egui::Align::Min),
                            |ui| {
                                for (index, sample) in row {
                                    card(pane, ui, *index, sample);
                                }
                            },
                        );
                    }
                    ui.add_space(theme::GAP);
                });
            });
        });
}

/// What the cards below are, and the tour; in the middle, however long its words are.
fn samples_or_tour(pane: &mut Pane<'_>, ui: &mut Ui) {
    let muted = theme::palette(ui.ctx()).muted;
    let (samples, tour) = (text!("welcome-samples"), text!("welcome-tour"));
    let begun = matches!(pane.state.tour, Tour::At { .. });
    ui.horizontal_wrapped(|ui| {
        let spacing = ui.spacing();
        let around = spacing.item_spacing.x + 2.0 * spacing.button_padding.x;
        let beside = if begun {
            0.0
        } else {
            width_of(ui, tour, TextStyle::Button) + around
        };
        let wide = width_of(ui, samples, TextStyle::Body) + beside;
        ui.add_space(((ui.available_width() - wide) / 2.0).max(0.0));
        ui.label(RichText::new(samples).color(muted));
        // The tour itself says how to skip it.
        if begun {
            return;
        }
        let tour = ui.button(tour).on_hover_text(text!("welcome-tour.hover"));
        if tour.clicked() {
            pane.emit(Command::Tour(TourCommand::Start));
        }
    });
}

/// The width of a text in one line, in points.
fn width_of(ui: &Ui, text: &str, style: TextStyle) -> f32 {
    let text = egui::WidgetText::from(text);
    let extend = Some(egui::TextWrapMode::Extend);
    let galley = text.into_galley(ui, extend, f32::INFINITY, style);
    galley.size().x
}

fn card(pane: &mut Pane<'_>, ui: &mut Ui, index: usize, sample: &synthetic::Sample) {
    let palette = theme::palette(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(CARD, Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Button,
            true,
            text!(
                "welcome-sample",
                name = synthetic::name_in_words(sample.name)
            ),
        )
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        let task = task(pane.state, index);
        node.set_description(format!("{}. {task}", sample.caption));
    });
    let lit = response.hovered() || response.has_focus();
    let edge = if lit { palette.accent } else { palette.line };
    let painter = ui.painter();
    painter.rect(
        rect,
        8.0,
        palette.card,
        Stroke::new(if lit { 2.0 } else { 1.0 }, edge),
        StrokeKind::Inside,
    );
    let picture = Rect::from_min_size(
        rect.min + vec2(10.0, 10.0),
        vec2(CARD.x - 20.0, (CARD.x - 20.0) * 0.75),
    );
    if let Some(texture) = pane.assets.sample(index) {
        painter.image(
            texture,
            picture,
            Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)),
            Color32::WHITE,
        );
    } else {
        painter.rect_filled(picture, 3.0, palette.line);
    }
    let left = rect.left() + 12.0;
    painter.text(
        pos2(left, picture.bottom() + 10.0),
        Align2::LEFT_TOP,
        synthetic::name_in_words(sample.name),
        theme::large_number(14.0),
        palette.text,
    );
    let caption = painter.layout(
        sample.caption.get().to_owned(),
        TextStyle::Small.resolve(ui.style()),
        palette.muted,
        CARD.x - 24.0,
    );
    painter.galley(pos2(left, picture.bottom() + 31.0), caption, palette.muted);
    let font = theme::large_number(TextStyle::Small.resolve(ui.style()).size);
    let task = task(pane.state, index).to_owned();
    let task = painter.layout(task, font, palette.text, CARD.x - 24.0);
    let at = pos2(left, rect.bottom() - 10.0 - task.size().y);
    painter.galley(at, task, palette.text);
    tour::panel::mark(pane.state, ui, Target::Sample(index), rect);
    if response.clicked() {
        pane.emit(Command::OpenSamples(index));
    }
}

/// What there is to be done with a sample, or that what its card says does not hold now.
fn task(state: &State, index: usize) -> &'static str {
    match tasks::of_sample(index) {
        Some(task) if tasks::hold(state) => task.text.get(),
        _ => text!("task-of-another-model"),
    }
}

/// While files hover over the window: says that they can be dropped.
pub(super) fn hovering_files(ctx: &egui::Context, page: Page) {
    if ctx.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let palette = theme::palette(ctx);
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop")));
    let rect = ctx.content_rect();
    painter.rect_filled(rect, 0.0, palette.canvas.gamma_multiply(0.85));
    painter.rect_stroke(
        rect.shrink(16.0),
        10.0,
        Stroke::new(3.0, palette.accent),
        StrokeKind::Inside,
    );
    painter.text(
        rect.center(),
        Align2::CENTER_CENTER,
        what_to_drop(page),
        theme::large_number(24.0),
        palette.text,
    );
}

/// What happens to files that are dropped on a page (`file_drop.rs`).
fn what_to_drop(page: Page) -> &'static str {
    match page {
        Page::Explore | Page::Explain | Page::Landscape => text!("drop-explore"),
        Page::Study => text!("drop-study"),
        Page::Readers => text!("drop-readers"),
    }
}
