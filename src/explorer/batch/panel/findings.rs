//! The table of findings over lesions: which lesion, whether it flipped, what was changed in words, how much. A click opens the
//! lesion with the finding on the sliders.

use std::collections::HashSet;

use egui::{
    Button, Label, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, TextStyle, TextWrapMode,
    Ui, WidgetInfo, WidgetText, pos2, vec2,
};

use flipscope_base::human::probability_beside;
use flipscope_lab::search::StopReason;
use flipscope_language::text;

use crate::explorer::actions;
use crate::explorer::assets::Thumbnail;
use crate::explorer::batch::command::BatchCommand;
use crate::explorer::batch::findings::{FindingColumn, FindingSort, Tally, ended_in_words, order};
use crate::explorer::batch::panel::progress;
use crate::explorer::command::Command;
use crate::explorer::explore::lesion::{LesionId, name_in_words};
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::panels::Pane;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::search::finding_words::direction_and_framing;
use crate::explorer::search::other_model::judged_otherwise;
use crate::explorer::search::state::{TrayFinding, attack_name};
use crate::explorer::theme;
use crate::explorer::widgets::look;

/// Height of a row, and side of its picture, in points.
const ROW: f32 = 124.0;
const PICTURE: f32 = 54.0;
/// Failed searches that are named.
const FAILED: usize = 3;
/// Space between rows, in points.
const BETWEEN: f32 = 4.0;

/// The pane.
pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    ui.spacing_mut().item_spacing.y = 5.0;
    ui.add_space(2.0);
    if pane.state.hides_findings() {
        ui.add(Label::new(text!("batch-findings-hidden")).wrap());
        return;
    }
    progress::searches(pane, ui);
    progress::export(pane, ui);
    let searches = &pane.state.searches;
    let count = searches.findings.len();
    let mut tally = Tally::of((searches.findings.iter()).map(|kept| &kept.found.finding));
    tally.failed = searches.failed().count();
    if count == 0 {
        let text = text!("batch-no-findings");
        ui.add(Label::new(RichText::new(text).color(palette.muted)).wrap());
        return;
    }
    let said = counted(&searches.findings, &tally);
    let said = RichText::new(said).color(palette.muted);
    // Where all findings are of the searches above, their line says the same. Its place stays: nothing moves under the pointer of who deletes
    // one finding after another.
    let run = pane.state.batch.search.as_ref();
    if run.is_some_and(|run| run.tally == tally) {
        let wrap = Some(TextWrapMode::Wrap);
        let wide = ui.available_width();
        let galley = WidgetText::from(said).into_galley(ui, wrap, wide, TextStyle::Body);
        ui.allocate_space(vec2(0.0, galley.size().y));
    } else {
        ui.add(Label::new(said).wrap());
    }
    for (one, why) in searches.failed().take(FAILED) {
        let (lesion, attack) = (name_in_words(&one.name), attack_name(&one.search.attack));
        let text = text!(
            "batch-failed",
            lesion = &*lesion,
            attack = attack,
            error = why
        );
        ui.add(Label::new(RichText::new(text).small().color(palette.warning)).wrap());
    }
    ui.horizontal_wrapped(|ui| {
        for (action, text, hint) in [
            (
                &actions::batch::EXPORT_FINDINGS,
                text!("batch-export-all"),
                text!("batch-export-all.hover"),
            ),
            (
                &actions::batch::FINDINGS_CSV,
                text!("batch-csv"),
                text!("batch-csv.hover"),
            ),
            (
                &actions::figures::SHEET,
                text!("batch-sheet"),
                text!("batch-sheet.hover"),
            ),
        ] {
            let why = action.obstacle(pane.state);
            let button = ui.add_enabled(why.is_none(), Button::new(text));
            let button = button
                .on_hover_text(hint)
                .on_disabled_hover_text(why.unwrap_or_default());
            if button.clicked() {
                pane.emit((action.command)(pane.state));
            }
        }
    });
    titles(pane, ui);
    rows(pane, ui);
}

/// How many findings there are and how many flipped; where some are of the same lesion, how many lesions these are, too.
fn counted(findings: &[TrayFinding], tally: &Tally) -> String {
    let (count, result) = (findings.len(), tally.in_words());
    let lesions: HashSet<LesionId> = findings.iter().map(|kept| kept.lesion).collect();
    if lesions.len() == count {
        return text!("batch-findings-flipped", count = count, result = result);
    }
    let flipped = findings.iter().filter(|kept| kept.found.finding.success);
    let flipped: HashSet<LesionId> = flipped.map(|kept| kept.lesion).collect();
    text!(
        "batch-findings-of-lesions",
        count = count,
        lesions = lesions.len(),
        result = result,
        flipped = flipped.len()
    )
}

/// The titles: a click sorts, another one reverses, a third one restores the order as found.
fn titles(pane: &mut Pane<'_>, ui: &mut Ui) {
    let sort = pane.state.batch.sort;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for column in FindingColumn::ALL {
            let chosen = sort.column == Some(column);
            let title = match sort {
                FindingSort { reversed: true, .. } if chosen => format!("{} ↓", column.title()),
                _ if chosen => format!("{} ↑", column.title()),
                _ => column.title().to_owned(),
            };
            let button = ui.add(Button::selectable(chosen, RichText::new(title).small()));
            button.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, column.sorts()));
            if button.on_hover_text(column.meaning()).clicked() {
                pane.emit(Command::Batch(BatchCommand::Sort(column)));
            }
        }
    });
}

/// Only visible rows are laid out.
fn rows(pane: &mut Pane<'_>, ui: &mut Ui) {
    let state = pane.state;
    let order = order(&state.searches.findings, state.batch.sort);
    ui.spacing_mut().item_spacing.y = BETWEEN;
    ScrollArea::vertical()
        .id_salt("findings over lesions")
        .auto_shrink([false, false])
        .show_rows(ui, ROW, order.len(), |ui, visible| {
            for &at in order.get(visible).unwrap_or_default() {
                if let Some(kept) = state.searches.findings.get(at) {
                    ui.push_id(kept.id.0, |ui| row(pane, ui, kept));
                }
            }
        });
}

fn row(pane: &mut Pane<'_>, ui: &mut Ui, kept: &TrayFinding) {
    let palette = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let finding = &kept.found.finding;
    let name = name(kept);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let otherwise = judged_otherwise(pane.state, finding);
    let said = [
        Some(direction_and_framing(kept)),
        ended(kept).map(str::to_owned),
        otherwise.clone(),
        Some(changed(kept)),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let said = said.join("\n");
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(said.as_str());
    });
    let on_sliders = pane.state.current().is_some_and(|lesion| {
        lesion.id == kept.lesion && *lesion.perturbation == finding.perturbation
    });
    let edge = if on_sliders || response.has_focus() {
        palette.accent
    } else {
        palette.line
    };
    let fill = if response.hovered() {
        ui.visuals().widgets.hovered.bg_fill
    } else {
        palette.card
    };
    let radius = f32::from(theme::RADIUS);
    let stroke = Stroke::new(1.0, edge);
    ui.painter()
        .rect(rect, radius, fill, stroke, StrokeKind::Inside);
    let picture = egui::Rect::from_min_size(rect.min + vec2(6.0, 6.0), vec2(PICTURE, PICTURE));
    let texture = (pane.assets).small(ui.ctx(), Thumbnail::Finding(kept.id), &kept.altered);
    let whole = egui::Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    (ui.painter()).image(texture, picture, whole, egui::Color32::WHITE);
    words(ui, kept, otherwise, rect, picture.right() + 8.0);
    let response = response.on_hover_text(format!("{name}\n{said}\n{}", text!("batch-row-hover")));
    response.context_menu(|ui| {
        for (text, command) in [
            (text!("search-apply"), SearchCommand::Apply(kept.id)),
            (text!("search-copy"), SearchCommand::Copy(kept.id)),
            (text!("search-export"), SearchCommand::AskExport(kept.id)),
        ] {
            if ui.button(text).clicked() {
                pane.emit(Command::Search(command));
                ui.close();
            }
        }
    });
    let corner = egui::Rect::from_min_size(
        pos2(rect.right() - 26.0, rect.top() + 3.0),
        vec2(22.0, 20.0),
    );
    // Beside the row's own place, so that the next row follows this one.
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(corner));
    let label = text!(
        "batch-delete",
        finding = kept.title(),
        lesion = name_in_words(&kept.name)
    );
    let hint = text!("batch-delete.hover");
    if icon_button(&mut child, Icon::Close, &label, hint).clicked() {
        pane.emit(Command::Search(SearchCommand::Delete(kept.id)));
    }
    if response.clicked() {
        pane.emit(Command::Search(SearchCommand::Apply(kept.id)));
    }
}

/// The lesion and the attack; the verdicts and what came of it; the size. Below the picture, where there is more room: from which verdict to
/// which, and the framing; how the search ended, or that it was judged otherwise than now; what was changed, in two lines if it needs them.
fn words(ui: &Ui, kept: &TrayFinding, otherwise: Option<String>, row: egui::Rect, left: f32) {
    let palette = theme::palette(ui.ctx());
    let finding = &kept.found.finding;
    let right = row.right() - 8.0;
    let line = |top: f32, left: f32, right: f32, text: RichText| {
        let galley = WidgetText::from(text).into_galley(
            ui,
            Some(TextWrapMode::Truncate),
            (right - left).max(10.0),
            TextStyle::Small,
        );
        ui.painter()
            .galley(pos2(left, row.top() + top), galley, palette.text);
    };
    let lesion = RichText::new(format!("{} · {}", name_in_words(&kept.name), kept.title()));
    let title = lesion.font(theme::large_number(12.0));
    line(5.0, left, right - 20.0, title);
    line(42.0, left, right, RichText::new(size(kept)).small());
    let below = row.left() + 8.0;
    line(
        62.0,
        below,
        right,
        RichText::new(direction_and_framing(kept)).small(),
    );
    let how = match otherwise {
        Some(otherwise) => RichText::new(otherwise).color(palette.warning),
        None => RichText::new(ended(kept).unwrap_or_default()).color(palette.muted),
    };
    line(77.0, below, right, how.small());
    let mut x = left;
    let middle = row.top() + 30.0;
    for (at, verdict) in kept.verdicts().into_iter().enumerate() {
        let square = |x: f32| egui::Rect::from_center_size(pos2(x + 6.0, middle), vec2(11.0, 11.0));
        if at == 1 {
            Icon::Arrow.paint(ui.painter(), square(x), palette.muted);
            x += 16.0;
        }
        let (colour, icon) = look(verdict.label(finding.threshold), &palette);
        icon.paint(ui.painter(), square(x), colour);
        let text = probability_beside(verdict.p_melanoma, finding.threshold, 2);
        let font = theme::large_number(12.0);
        let at = pos2(x + 15.0, middle);
        let place = ui
            .painter()
            .text(at, egui::Align2::LEFT_CENTER, text, font, colour);
        x = place.right() + 6.0;
    }
    let text = RichText::new(kept.outcome()).small();
    let galley = WidgetText::from(text).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        (right - x).max(10.0),
        TextStyle::Small,
    );
    let top = middle - galley.size().y / 2.0;
    ui.painter().galley(pos2(x, top), galley, palette.text);
    let font = TextStyle::Small.resolve(ui.style());
    let wide = (right - below).max(10.0);
    let mut job = egui::text::LayoutJob::simple(changed(kept), font, palette.muted, wide);
    job.wrap.max_rows = 2;
    let galley = ui.painter().layout_job(job);
    let top = row.top() + 92.0;
    (ui.painter()).galley(pos2(below, top), galley, palette.muted);
}

/// What a row is called.
fn name(kept: &TrayFinding) -> String {
    format!(
        "{}, {}, {}, {}",
        name_in_words(&kept.name),
        kept.title(),
        kept.outcome(),
        size(kept)
    )
}

/// How the search ended; nothing where [`TrayFinding::outcome`] says it already.
fn ended(kept: &TrayFinding) -> Option<&'static str> {
    let finding = &kept.found.finding;
    let said = match finding.ended {
        StopReason::Flipped => true,
        StopReason::Budget | StopReason::Cancelled => !finding.success,
        StopReason::Exhausted | StopReason::Converged | StopReason::Confident => false,
    };
    (!said).then(|| ended_in_words(finding.ended, finding.mode))
}

fn size(kept: &TrayFinding) -> String {
    let size = &kept.found.finding.size;
    size.unit.size_in_words(size.value)
}

fn changed(kept: &TrayFinding) -> String {
    kept.found.finding.perturbation.in_words()
}
