//! The part of the pane *Search* about proofs: the form with the number of frames and the time they take, the progress, and the outcomes
//! on the explored lesion.

use egui::{Button, Label, ProgressBar, RichText, Role, Ui, WidgetInfo};

use flipscope_base::human::duration;
use flipscope_base::number::Unit;
use flipscope_lab::explain::landscape::Parameter;
use flipscope_lab::proof::{BoxKind, Channels, ProofBox, ProofOutcome};
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::Lesion;
use crate::explorer::icons::{Icon, icon_button};
use crate::explorer::panels::Pane;
use crate::explorer::proof::about::about;
use crate::explorer::proof::command::ProofCommand;
use crate::explorer::proof::state::{Kept, Task};
use crate::explorer::proof::{obstacle, words};
use crate::explorer::theme;
use crate::explorer::widgets::{chosen_look, hint, number, primary, row, segmented};

pub(crate) fn show(pane: &mut Pane<'_>, ui: &mut Ui, lesion: &Lesion) {
    ui.add_space(theme::GAP);
    let shown = pane.state.proofs.shown;
    let button = Button::new(text!("proof-open")).selected(shown);
    let button = ui.vertical_centered_justified(|ui| {
        chosen_look(ui);
        ui.add(button)
    });
    let button = button.inner;
    button.widget_info(|| WidgetInfo::selected(Role::Button, true, shown, text!("proof-open")));
    if button.on_hover_text(text!("proof-open.hover")).clicked() {
        pane.emit(Command::Proof(ProofCommand::Show(!shown)));
    }
    if shown {
        form(pane, ui);
        start(pane, ui);
    }
    if let Some(task) = &pane.state.proofs.task {
        progress(pane, ui, task);
    }
    for (at, kept) in pane.state.proofs.kept.iter().enumerate().rev() {
        if kept.about.lesion == lesion.id {
            ui.push_id(("proof", at), |ui| outcome(pane, ui, at, kept));
        }
    }
}

/// The box: its kind, radius and channels.
fn form(pane: &mut Pane<'_>, ui: &mut Ui) {
    let mut region = pane.state.proofs.region.clone();
    let before = region.clone();
    let kinds = BoxKind::ALL.map(|kind| (kind, words::kind(kind), ""));
    if let Some(kind) = segmented(ui, text!("proof-box"), region.kind(), &kinds) {
        region = ProofBox::usual(kind);
    }
    row(ui, text!("proof-radius-row"), |ui| {
        let name = text!("proof-radius");
        match &mut region {
            ProofBox::Offset { radius, .. } => {
                let mut whole = radius.round() as u64;
                number(ui, name, &mut whole, 1..=255, 0.1, Unit::None);
                *radius = whole as f64;
                hint(ui, Parameter::Offset(None).unit_in_words());
            }
            ProofBox::Gain { radius, .. } => {
                number(ui, name, radius, 0.001..=1.0, 0.001, Unit::Times);
            }
            ProofBox::Illuminant { radius } => {
                number(ui, name, radius, 1.0..=4804.0, 10.0, Unit::Kelvin);
            }
            ProofBox::Rotation { radius, .. } => {
                number(ui, name, radius, 0.001..=5.0, 0.01, Unit::Degrees);
            }
        }
    });
    if let ProofBox::Offset { channels, .. } | ProofBox::Gain { channels, .. } = &mut region {
        let choices = Channels::ALL.map(|one| (one, one.in_words(), ""));
        row(ui, text!("proof-channels-row"), |ui| {
            let name = text!("proof-channels");
            if let Some(chosen) = segmented(ui, name, *channels, &choices) {
                *channels = chosen;
            }
        });
    }
    if region != before {
        pane.emit(Command::Proof(ProofCommand::Set(region)));
    }
}

/// The button, and below it how many frames there are and how long they take, or why it cannot begin.
fn start(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    let obstacle = obstacle::to_start(pane.state);
    let shown =
        ui.vertical_centered_justified(|ui| primary(ui, text!("proof-start"), obstacle.is_none()));
    if shown.inner.clicked() {
        pane.emit(Command::Proof(ProofCommand::Start));
    }
    let failed = pane.state.proofs.failed.as_ref();
    let failed = failed.filter(|(failed, _)| about(pane.state).as_ref() == Some(failed));
    if let Some((_, why)) = failed {
        ui.add(Label::new(RichText::new(why).color(palette.error)).wrap());
    }
    let below = obstacle.unwrap_or_else(|| counted(pane));
    ui.add(Label::new(RichText::new(below).small().color(palette.muted)).wrap());
}

/// "27 distinct frames. At most about 2 s. …"
fn counted(pane: &Pane<'_>) -> String {
    let about = about(pane.state);
    let counted = about
        .as_ref()
        .and_then(|about| pane.state.proofs.count_of(about));
    let Some(counted) = counted else {
        return text!("proof-counting").to_owned();
    };
    let frames = match &counted.frames {
        Ok(frames) => *frames,
        Err(why) => return why.clone(),
    };
    let known = about.and_then(|about| pane.state.proofs.of(&about));
    let before = known.map_or(0, |kept| kept.record.judged);
    let left = (counted.judged as u64).saturating_sub(before);
    let said = if (counted.judged as u64) < frames {
        text!(
            "proof-counted-random",
            frames = frames,
            judged = counted.judged
        )
    } else {
        text!("proof-counted", frames = frames)
    };
    // Before the first verdict nobody knows.
    let time = (pane.state.seconds_a_frame()).map(|each| duration(each * left as f64));
    let time = time.map(|time| text!("proof-time", time = time));
    let parts = [Some(said), time, Some(text!("proof-idle").to_owned())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn card(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let palette = theme::palette(ui.ctx());
    egui::Frame::new()
        .fill(palette.card)
        .stroke(egui::Stroke::new(1.0, palette.line))
        .corner_radius(theme::RADIUS)
        .inner_margin(egui::Margin::symmetric(10, 7))
        .show(ui, content);
}

fn progress(pane: &mut Pane<'_>, ui: &mut Ui, task: &Task) {
    let palette = theme::palette(ui.ctx());
    card(ui, |ui| {
        let title = text!(
            "proof-under-way-card",
            region = task.about.region.in_words()
        );
        ui.add(Label::new(RichText::new(title).font(theme::large_number(13.0))).wrap());
        ui.add(Label::new(RichText::new(&task.name).small().color(palette.muted)).truncate());
        if let Some(told) = &task.progress {
            let share = told.judged as f32 / told.at_most.max(1) as f32;
            let bar = ProgressBar::new(share.clamp(0.0, 1.0)).desired_height(6.0);
            ui.add(bar.fill(palette.accent));
            let left = told.eta_seconds.map_or_else(|| "–".to_owned(), duration);
            let p = told.closest_in_words();
            let line = if told.flips {
                text!(
                    "proof-progress-flips",
                    done = told.judged,
                    most = told.at_most,
                    left = left,
                    p = p
                )
            } else {
                text!(
                    "proof-progress",
                    done = told.judged,
                    most = told.at_most,
                    left = left,
                    p = p
                )
            };
            ui.add(Label::new(RichText::new(line).small()).wrap());
        } else {
            // No spinner: it would have the window drawn all the time.
            let waits = RichText::new(text!("proof-waits")).small();
            ui.add(Label::new(waits.color(palette.muted)).wrap());
        }
        if task.cancel.is_requested() {
            let ending = RichText::new(text!("search-ending")).small();
            ui.label(ending.color(palette.muted));
        } else {
            let button = ui.button(text!("proof-cancel"));
            if button.on_hover_text(text!("proof-cancel.hover")).clicked() {
                pane.emit(Command::Proof(ProofCommand::Cancel));
            }
        }
    });
}

fn outcome(pane: &mut Pane<'_>, ui: &mut Ui, at: usize, kept: &Kept) {
    let palette = theme::palette(ui.ctx());
    let record = &kept.record;
    let region = kept.about.region.in_words();
    let now = about(pane.state);
    let is_current = (now.as_ref()).is_some_and(|now| kept.about.is_of_the_same(now));
    let busy = pane.state.proofs.task.is_some();
    card(ui, |ui| {
        ui.horizontal(|ui| {
            let (word, colour) = match record.outcome {
                ProofOutcome::Steady => (words::outcome(record.outcome), palette.accent),
                other => (words::outcome(other), palette.warning),
            };
            ui.label(
                RichText::new(word)
                    .font(theme::large_number(13.0))
                    .color(colour),
            );
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let label = text!("proof-dismiss", region = region.as_str());
                if icon_button(ui, Icon::Close, &label, text!("proof-dismiss.hover")).clicked() {
                    pane.emit(Command::Proof(ProofCommand::Dismiss(at)));
                }
            });
        });
        ui.add(Label::new(words::said(record)).wrap());
        if !is_current {
            let old = RichText::new(text!("proof-of-before")).small();
            ui.add(Label::new(old.color(palette.warning)).wrap());
        }
        ui.horizontal_wrapped(|ui| {
            let mut button = |pane: &mut Pane<'_>, name: &str, hint: &str, command| {
                let button = ui.button(name);
                let label = format!("{name} ({region})");
                button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
                if button.on_hover_text(hint).clicked() {
                    pane.emit(Command::Proof(command));
                }
            };
            if kept.has_a_flip() {
                let hint = text!("proof-apply.hover");
                button(pane, text!("proof-apply"), hint, ProofCommand::Apply(at));
            }
            if !record.finished && is_current && !busy {
                let hint = text!("proof-continue.hover");
                if now.as_ref() == Some(&kept.about) {
                    button(pane, text!("proof-continue"), hint, ProofCommand::Start);
                } else {
                    // Its box is not that of the form any more.
                    let set = ProofCommand::Set(kept.about.region.clone());
                    button(pane, text!("proof-box-again"), hint, set);
                }
            }
            let hint = text!("proof-save.hover");
            button(pane, text!("proof-save"), hint, ProofCommand::AskSave(at));
        });
    });
}
