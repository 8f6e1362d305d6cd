//! How far the searches on many lesions are, and the export of their findings.

use egui::{Id, Label, ProgressBar, RichText, TextStyle, TextWrapMode, Ui, WidgetText};

use flipscope_language::{decimal, text};

use crate::explorer::batch::command::BatchCommand;
use crate::explorer::batch::state::SearchRun;
use crate::explorer::command::Command;
use crate::explorer::explore::lesion::name_in_words;
use crate::explorer::panels::Pane;
use crate::explorer::search::command::SearchCommand;
use crate::explorer::search::state::{SearchTask, Stage};
use crate::explorer::state::State;
use crate::explorer::theme;

/// "12 of 59, 7 flipped", with a button that cancels all; nothing if no such searches were started. Its place stays as high as it was: what
/// is below does not move under the pointer when the searches end.
pub(crate) fn searches(pane: &mut Pane<'_>, ui: &mut Ui) {
    let Some(run) = &pane.state.batch.search else {
        return;
    };
    // How many flipped says it of every lesion, if all or none did.
    if pane.state.hides_findings() {
        return;
    }
    let id = Id::unique("the width and height of the searches on many lesions");
    let wide = ui.available_width();
    let height = ui.scope(|ui| run_of(pane, ui, run)).response.rect.height();
    let kept: Option<(f32, f32)> = ui.data(|data| data.get_temp(id));
    let kept = kept.filter(|(at, _)| (at - wide).abs() < 0.5);
    let most = kept.map_or(height, |(_, most)| most.max(height));
    if kept.is_some() || run.is_under_way() {
        ui.data_mut(|data| data.insert_temp(id, (wide, most)));
    }
    if most > height {
        ui.add_space(most - height);
    }
}

fn run_of(pane: &mut Pane<'_>, ui: &mut Ui, run: &SearchRun) {
    let palette = theme::palette(ui.ctx());
    let under_way = run.is_under_way();
    let own = pane.state.searches.open();
    let own: Vec<&SearchTask> = own.filter(|one| run.running.contains(&one.id)).collect();
    let share = run.share(own.iter().filter_map(|one| one.progress.as_ref()));
    if under_way {
        let hint = text!("search-cancel-all.hover");
        let cancel = ui.button(text!("search-cancel-all")).on_hover_text(hint);
        if cancel.clicked() {
            pane.emit(Command::Search(SearchCommand::CancelAll));
        }
        let bar = ProgressBar::new(share).desired_height(4.0);
        ui.add(bar.fill(palette.accent));
        if let Some(now) = now(pane.state, &own) {
            let text = RichText::new(now).small().color(palette.muted);
            ui.add(Label::new(text).wrap());
        }
    }
    // Below the button: the more is known, the more lines there are, and they are left free from the beginning.
    let said = ui.add(Label::new(RichText::new(run.progress()).strong()).wrap());
    if under_way {
        let most = WidgetText::from(RichText::new(run.progress_at_length()).strong());
        let (wrap, wide) = (Some(TextWrapMode::Wrap), ui.available_width());
        let most = most.into_galley(ui, wrap, wide, TextStyle::Body).size().y;
        ui.add_space((most - said.rect.height()).max(0.0));
    }
    if !run.left_out.is_empty() {
        let names: Vec<String> = (run.left_out.iter())
            .map(|(name, why)| format!("{name}: {why}"))
            .collect();
        let text = text!("batch-not-searched", count = run.left_out.len());
        let text = RichText::new(text).small().color(palette.warning);
        ui.label(text).on_hover_text(names.join("\n"));
    }
}

/// What is searched now: the lesion, and how far its search is, or how many there are and how fast they go on together. Another search may
/// run first, which was started by itself.
fn now(state: &State, own: &[&SearchTask]) -> Option<String> {
    let running = |one: &&SearchTask| one.stage == Stage::Running;
    let several: Vec<&SearchTask> = own.iter().copied().filter(running).collect();
    if let [first, others @ ..] = &several[..]
        && !others.is_empty()
    {
        let rates = several.iter().filter_map(|one| one.progress.as_ref());
        let rate: f64 = rates.map(|told| told.evaluations_per_second).sum();
        return Some(text!(
            "batch-now-several",
            lesion = name_in_words(&first.name),
            count = others.len(),
            rate = decimal(format!("{rate:.1}"))
        ));
    }
    let one = state
        .searches
        .open()
        .find(running)
        .or(own.first().copied())?;
    let lesion = name_in_words(&one.name);
    Some(match &one.progress {
        None => text!("batch-now", lesion = lesion),
        Some(progress) => text!(
            "batch-now-judged",
            lesion = lesion,
            done = progress.evaluations,
            most = progress.evaluations_at_most
        ),
    })
}

/// "Exported 12 of 59", with a button that stops it; nothing if nothing is being written.
pub(super) fn export(pane: &mut Pane<'_>, ui: &mut Ui) {
    let Some(run) = &pane.state.batch.export else {
        return;
    };
    let palette = theme::palette(ui.ctx());
    let written = run.done + run.there + run.problems.len();
    ui.horizontal_wrapped(|ui| {
        ui.label(text!(
            "batch-exporting",
            written = written,
            total = run.total
        ));
        if run.cancel.is_requested() {
            ui.label(
                RichText::new(text!("batch-ending"))
                    .small()
                    .color(palette.muted),
            );
        } else if ui
            .button(text!("batch-cancel-export"))
            .on_hover_text(text!("batch-cancel-export.hover"))
            .clicked()
        {
            pane.emit(Command::Batch(BatchCommand::StopExport));
        }
    });
    let share = written as f32 / run.total.max(1) as f32;
    let bar = ProgressBar::new(share).desired_height(4.0);
    ui.add(bar.fill(palette.accent));
}
