//! Searches that are waiting, running or have failed.

use egui::{Button, ProgressBar, RichText, Ui, vec2};

use flipscope_base::human::{duration, probability_beside};
use flipscope_language::{decimal, text};

use crate::explorer::assets::Thumbnail;
use crate::explorer::command::Command;
use crate::explorer::explore::lesion::name_in_words;
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::panels::Pane;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::search::state::{SearchTask, Stage, attack_name};
use crate::explorer::theme;
use crate::explorer::widgets::{convergence, fold};

/// Side of the best picture, in points.
const BEST: f32 = 76.0;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let tasks = pane.state.searches.tasks.iter();
    let told = |one: &&SearchTask| !pane.state.presenter.hides(one.lesion);
    let tasks: Vec<&SearchTask> = tasks.filter(told).collect();
    if tasks.is_empty() {
        return;
    }
    let palette = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.horizontal(|ui| {
        ui.label(theme::section(text!("search-under-way"), &palette));
        // With searches of a list, the button stands above, with their progress.
        let above = pane.state.batch.searching().is_some() && !pane.state.hides_findings();
        if pane.state.searches.open().count() > 1 && !above {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let hint = text!("search-cancel-all.hover");
                let cancel = ui.button(text!("search-cancel-all")).on_hover_text(hint);
                if cancel.clicked() {
                    pane.emit(Command::Search(SearchCommand::CancelAll));
                }
            });
        }
    });
    // Of a list, several may run: one ends every moment, and what is below would move. They are counted, and shown on demand.
    let run = pane.state.batch.searching();
    let together = run.is_some_and(|run| run.together > 1);
    let (of_list, others): (Vec<_>, Vec<_>) =
        (tasks.into_iter()).partition(|one| together && pane.state.batch.has_search(one.id));
    cards(pane, ui, &others);
    if !of_list.is_empty() {
        let header = egui::CollapsingHeader::new(text!("search-of-list", count = of_list.len()))
            .id_salt("searches of the list");
        fold(ui, header, |ui| cards(pane, ui, &of_list));
    }
}

fn cards(pane: &mut Pane<'_>, ui: &mut Ui, tasks: &[&SearchTask]) {
    let palette = theme::palette(ui.ctx());
    for one in tasks {
        egui::Frame::new()
            .fill(palette.card)
            .stroke(egui::Stroke::new(1.0, palette.line))
            .corner_radius(theme::RADIUS)
            .inner_margin(egui::Margin::symmetric(10, 7))
            .show(ui, |ui| {
                ui.push_id(one.id.0, |ui| card(pane, ui, one));
            });
    }
}

fn card(pane: &mut Pane<'_>, ui: &mut Ui, one: &SearchTask) {
    let palette = theme::palette(ui.ctx());
    let title = title(one);
    ui.horizontal(|ui| {
        ui.label(RichText::new(&title).font(theme::large_number(13.0)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if matches!(one.stage, Stage::Failed(_)) {
                let name = text!("search-dismiss", search = &*title);
                if icon_button(ui, Icon::Close, &name, "").clicked() {
                    pane.emit(Command::Search(SearchCommand::Dismiss(one.id)));
                }
            } else if one.cancel.is_requested() {
                ui.label(
                    RichText::new(text!("search-ending"))
                        .small()
                        .color(palette.muted),
                );
            } else {
                let name = text!("search-cancel-one", search = &*title);
                let hint = text!("search-cancel-one.hover");
                if icon_button(ui, Icon::Close, &name, hint).clicked() {
                    pane.emit(Command::Search(SearchCommand::Cancel(one.id)));
                }
            }
        });
    });
    ui.add(
        egui::Label::new(
            RichText::new(name_in_words(&one.name))
                .small()
                .color(palette.muted),
        )
        .truncate(),
    );
    match &one.stage {
        Stage::Waiting => {
            ui.label(
                RichText::new(text!("search-waits"))
                    .small()
                    .color(palette.muted),
            );
        }
        Stage::Failed(reason) => {
            ui.add(egui::Label::new(RichText::new(reason).color(palette.error)).wrap());
        }
        Stage::Running => {}
    }
    if let Some(progress) = &one.progress {
        if one.stage == Stage::Running {
            let share = progress.evaluations as f32 / progress.evaluations_at_most.max(1) as f32;
            let bar = ProgressBar::new(share.clamp(0.0, 1.0)).desired_height(6.0);
            ui.add(bar.fill(palette.accent));
        }
        ui.horizontal(|ui| {
            if let Some(best) = &one.best {
                let texture = pane.assets.small(ui.ctx(), Thumbnail::Search(one.id), best);
                let image = egui::Image::new((texture, vec2(BEST, BEST)))
                    .corner_radius(3.0)
                    .alt_text(text!("search-best-picture"));
                ui.add(image);
            }
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for line in lines(one) {
                    ui.label(RichText::new(line).small());
                }
            });
        });
        let threshold = one.search.threshold;
        convergence(ui, &one.curve, progress.evaluations_at_most, threshold);
        if one.best_so_far().is_some() {
            let button = Button::new(text!("search-apply-best-so-far"));
            if ui.add(button).clicked() {
                pane.emit(Command::Search(SearchCommand::ApplyBest(one.id)));
            }
        }
    }
}

/// Attack and mode.
fn title(one: &SearchTask) -> String {
    text!("search-task", attack = attack_name(&one.search.attack))
}

/// The status of a running search.
fn lines(one: &SearchTask) -> Vec<String> {
    let Some(progress) = &one.progress else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    if let Some(best) = one.best_so_far() {
        let p = probability_beside(best.p_melanoma, one.search.threshold, 3);
        lines.push(if best.flips {
            text!("search-best-flips", p = p)
        } else {
            text!("search-best", p = p)
        });
        lines.push(one.search.attack.unit().size_in_words(best.size));
    }
    lines.push(text!(
        "search-generation",
        generation = progress.generation,
        done = progress.evaluations,
        most = progress.evaluations_at_most
    ));
    let rate = decimal(format!("{:.1}", progress.evaluations_per_second));
    lines.push(match progress.eta_seconds {
        Some(left) => text!("search-rate-left", rate = rate, left = duration(left)),
        None => text!("search-rate", rate = rate),
    });
    lines
}
