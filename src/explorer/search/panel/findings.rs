//! The findings on a lesion: a click applies one to the sliders.

use egui::{RichText, Role, Sense, Ui, WidgetInfo, vec2};

use flipscope_base::human::probability_beside;
use flipscope_lab::search::attack::SizeUnit;
use flipscope_language::text;

use crate::explorer::assets::Thumbnail;
use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::panels::Pane;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::search::finding_words::{self, changed, direction_and_framing};
use crate::explorer::search::other_model::judged_otherwise;
use crate::explorer::search::state::TrayFinding;
use crate::explorer::theme;
use crate::explorer::widgets::{convergence, look};

/// Side of the altered picture, in points.
const PICTURE: f32 = 64.0;

/// The newest finding on the lesion; nothing if there is none.
pub(super) fn newest(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let Some(kept) = pane.state.searches.of(lesion.id).next() else {
        return;
    };
    let palette = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.label(theme::section(text!("search-newest"), &palette));
    ui.push_id(kept.id.0, |ui| card(pane, ui, kept));
    ui.add_space(theme::GAP);
}

/// The others, newest first.
pub(super) fn earlier(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    let palette = theme::palette(ui.ctx());
    let mut findings: Vec<&TrayFinding> = pane.state.searches.of(lesion.id).collect();
    ui.add_space(theme::GAP);
    if findings.is_empty() {
        ui.label(theme::section(text!("search-findings"), &palette));
        let text = text!("search-findings-none");
        ui.add(egui::Label::new(RichText::new(text).small().color(palette.muted)).wrap());
        return;
    }
    findings.remove(0);
    if findings.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        ui.label(theme::section(text!("search-earlier"), &palette));
        ui.label(RichText::new(findings.len().to_string()).color(palette.muted));
    });
    for kept in findings {
        ui.push_id(kept.id.0, |ui| card(pane, ui, kept));
    }
}

fn card(pane: &mut Pane<'_>, ui: &mut Ui, kept: &TrayFinding) {
    let palette = theme::palette(ui.ctx());
    let finding = &kept.found.finding;
    let name = kept.title();
    let on_sliders = pane
        .state
        .current()
        .is_some_and(|lesion| *lesion.perturbation == finding.perturbation);
    let edge = if on_sliders {
        palette.accent
    } else {
        palette.line
    };
    egui::Frame::new()
        .fill(palette.card)
        .stroke(egui::Stroke::new(1.0, edge))
        .corner_radius(theme::RADIUS)
        .inner_margin(egui::Margin::symmetric(8, 7))
        .show(ui, |ui| {
            ui.horizontal_top(|ui| {
                let texture =
                    pane.assets
                        .small(ui.ctx(), Thumbnail::Finding(kept.id), &kept.altered);
                let picture = egui::Image::new((texture, vec2(PICTURE, PICTURE)))
                    .corner_radius(3.0)
                    .sense(Sense::click());
                let picture = ui
                    .add(picture)
                    .on_hover_text(text!("search-finding-picture.hover"));
                picture.widget_info(|| {
                    let name = text!("search-finding-picture", finding = &*name);
                    WidgetInfo::labeled(Role::Image, true, name)
                });
                if picture.clicked() {
                    pane.emit(Command::Search(SearchCommand::Apply(kept.id)));
                }
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    summary(pane, ui, kept);
                });
            });
            ui.add(egui::Label::new(RichText::new(changed(kept)).small()).wrap());
            distances(ui, kept);
            if kept.curve.points().len() > 1 {
                convergence(ui, &kept.curve, finding.evaluations, finding.threshold);
            }
            buttons(pane, ui, kept, on_sliders);
        });
}

/// What can be done with a finding: the icons stand at the right, or below the words where the card is too narrow for both.
fn buttons(pane: &mut Pane<'_>, ui: &mut Ui, kept: &TrayFinding, on_sliders: bool) {
    let name = kept.title();
    ui.horizontal_wrapped(|ui| {
        let apply = ui.add_enabled(!on_sliders, egui::Button::new(text!("search-apply")));
        apply.widget_info(|| {
            let name = text!("search-apply-finding", finding = &*name);
            WidgetInfo::labeled(Role::Button, !on_sliders, name)
        });
        if apply.clicked() {
            pane.emit(Command::Search(SearchCommand::Apply(kept.id)));
        }
        let export = ui
            .button(text!("search-export"))
            .on_hover_text(text!("search-export.hover"));
        export.widget_info(|| {
            let name = text!("search-export-finding", finding = &*name);
            WidgetInfo::labeled(Role::Button, true, name)
        });
        if export.clicked() {
            pane.emit(Command::Search(SearchCommand::AskExport(kept.id)));
        }
        // A point more, as places are rounded.
        let icons = 2.0 * ui.spacing().interact_size.y + ui.spacing().item_spacing.x + 1.0;
        let room = ui.available_size_before_wrap().x - icons;
        if room >= 0.0 {
            ui.add_space(room);
        } else {
            ui.end_row();
        }
        let label = text!("search-copy-finding", finding = &*name);
        let hint = text!("search-copy-finding.hover");
        if icon_button(ui, Icon::Copy, &label, hint).clicked() {
            pane.emit(Command::Search(SearchCommand::Copy(kept.id)));
        }
        let label = text!("search-delete-finding", finding = &*name);
        let hint = text!("search-delete-finding.hover");
        if icon_button(ui, Icon::Close, &label, hint).clicked() {
            pane.emit(Command::Search(SearchCommand::Delete(kept.id)));
        }
    });
}

/// Title, verdicts and size.
fn summary(pane: &Pane<'_>, ui: &mut Ui, kept: &TrayFinding) {
    let palette = theme::palette(ui.ctx());
    let finding = &kept.found.finding;
    ui.label(RichText::new(kept.title()).font(theme::large_number(13.0)));
    // Wrapped, as all lines of the card: the pane may be narrow.
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        for (at, verdict) in kept.verdicts().into_iter().enumerate() {
            if at == 1 {
                Icon::Arrow.show(ui, 13.0, palette.muted);
            }
            let label = verdict.label(finding.threshold);
            let (colour, icon) = look(label, &palette);
            icon.show(ui, 12.0, colour);
            let text = probability_beside(verdict.p_melanoma, finding.threshold, 3);
            ui.label(
                RichText::new(text)
                    .font(theme::large_number(13.0))
                    .color(colour),
            )
            .on_hover_text(label.in_words());
        }
        ui.label(kept.outcome());
    });
    let size = finding.size.unit.size_in_words(finding.size.value);
    let size = ui.label(RichText::new(size).small());
    if finding.size.unit == SizeUnit::PixelsMoved {
        size.on_hover_text(text!("search-moved-hover"));
    }
    let how = finding_words::how(finding);
    ui.label(RichText::new(how).small().color(palette.muted));
    ui.label(
        RichText::new(direction_and_framing(kept))
            .small()
            .color(palette.muted),
    );
    if let Some(text) = finding_words::proposals(finding) {
        ui.add(egui::Label::new(RichText::new(text).small().color(palette.muted)).wrap());
    }
    if let Some(text) = judged_otherwise(pane.state, finding) {
        ui.label(RichText::new(text).small().color(palette.warning));
    }
}

/// How far the altered frame is from the original.
fn distances(ui: &mut Ui, kept: &TrayFinding) {
    let palette = theme::palette(ui.ctx());
    let text = finding_words::distances(&kept.found.finding);
    ui.add(egui::Label::new(RichText::new(text).small().color(palette.muted)).wrap());
}
