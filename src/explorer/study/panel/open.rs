//! The open study: what it consists of, its progress, what can be done with it.

use egui::{ProgressBar, RichText, Ui, WidgetInfo};

use flipscope_base::human::duration;
use flipscope_base::untrusted::printable;
use flipscope_lab::study::plan::{Draft, Role, details_in_words};
use flipscope_lab::study::store::JobStatus;
use flipscope_language::{decimal, text, within_sentence};
use flipscope_model::{Label, model_in_words};

use crate::explorer::command::Command;
use crate::explorer::panels::{Pane, assumed, page};
use crate::explorer::study::command::{AskStudy, StudyCommand};
use crate::explorer::study::panel::{figures, results};
use crate::explorer::study::request::Writing;
use crate::explorer::study::state::{Activity, Beginning, Opened};
use crate::explorer::theme;
use crate::explorer::widgets::primary;
use crate::explorer::wording::in_window;

/// The most problems that are shown.
const PROBLEMS: usize = 8;
/// Width of a bar, in points.
const BAR: f32 = 420.0;
/// The progress of jobs: the bar at most, the count beside it, the room between, and the name at least and at most, in points.
const JOB_BAR: f32 = 220.0;
const DONE: f32 = 90.0;
const BETWEEN: f32 = 14.0;
const LEAST_NAME: f32 = 90.0;
const MOST_NAME: f32 = 460.0;

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui, opened: &Opened) {
    let palette = theme::palette(ui.ctx());
    page::file_heading(ui, &opened.file);
    for model in &opened.plan.models {
        for assumption in model.assumptions.iter().filter(|one| one.is_severe()) {
            let name = model_in_words(&printable(&model.name)).to_owned();
            let text = format!("{name}: {}", assumption.said());
            assumed::line(ui, &text, assumption.said_remedy());
        }
    }
    for line in facts(opened) {
        ui.add(egui::Label::new(RichText::new(line).color(palette.muted)).wrap());
    }
    ui.add_space(theme::GAP);
    buttons(pane, ui, opened);
    // What a person has to do before it can go on comes before what is done.
    let asks = pane.state.studies.asks_for_photographs();
    if asks {
        problems(pane, ui);
        let ask = Command::Study(StudyCommand::Ask(AskStudy::Root));
        let (text, hint) = (text!("study-where"), text!("study-where.hover"));
        pane.button(ui, text, hint, ask);
    }
    ui.add_space(theme::GAP);
    // Of a complete study the results come first.
    let complete = opened.status.is_complete();
    if !complete {
        page::card(ui, text!("study-progress"), |ui| progress(pane, ui, opened));
    }
    results::show(ui, opened);
    figures::show(pane, ui);
    if complete {
        page::card(ui, text!("study-work-done"), |ui| {
            progress(pane, ui, opened);
        });
    }
    if !asks {
        problems(pane, ui);
    }
    ui.add_space(theme::GAP);
    page::notes(ui, &opened.notes);
}

/// What the study consists of.
fn facts(opened: &Opened) -> Vec<String> {
    let plan = &opened.plan;
    let count = |role| {
        let [melanomas, nevi] =
            [Label::Melanoma, Label::Nevus].map(|label| plan.count(role, label));
        (melanomas, nevi)
    };
    let (melanomas, nevi) = count(Role::Study);
    let tuning = match count(Role::Tuning) {
        (0, 0) => String::new(),
        (melanomas, nevi) => {
            let chosen = text!("study-tuning", melanomas = melanomas, nevi = nevi);
            format!(" · {chosen}")
        }
    };
    let facts = text!(
        "study-facts",
        dataset = printable(&plan.dataset),
        melanomas = melanomas,
        nevi = nevi,
        seed = plan.seed.to_string(),
        plan = page::short(&opened.sha256),
    );
    let mut lines = vec![format!("{facts}{tuning}")];
    lines.extend(plan.models.iter().map(|model| {
        text!(
            "study-model-judges-with",
            name = model_in_words(&printable(&model.name)),
            remedy = within_sentence(&model.remedy.in_words()),
        )
    }));
    let estimate = opened.estimate.as_ref();
    if let Some((estimate, sample)) = estimate.filter(|_| !opened.status.is_complete()) {
        let searched = opened.plan.jobs.iter().any(|job| job.variants().is_empty());
        let time = duration(estimate.seconds());
        let rate = decimal(format!("{:.1}", estimate.frames_per_second));
        let frames = estimate.frames;
        let sample = sample.map(|seconds| {
            let time = duration(seconds);
            let takes = text!("study-sample-takes", lesions = Draft::SAMPLE, time = time);
            format!("; {takes}")
        });
        let sample = sample.unwrap_or_default();
        lines.push(if searched {
            text!(
                "study-takes-at-most",
                time = time,
                rate = rate,
                frames = frames,
                sample = sample,
            )
        } else {
            text!(
                "study-takes",
                time = time,
                rate = rate,
                frames = frames,
                sample = sample,
            )
        });
    }
    lines
}

fn buttons(pane: &mut Pane<'_>, ui: &mut Ui, opened: &Opened) {
    let running = pane.state.studies.is_running();
    ui.horizontal_wrapped(|ui| {
        if let Activity::Running { cancel, .. } = &pane.state.studies.activity {
            let pausing = cancel.is_requested();
            let text = if pausing {
                text!("study-pausing")
            } else {
                text!("study-pause-it")
            };
            let hint = text!("study-pause-it.hover");
            if primary(ui, text, !pausing).on_hover_text(hint).clicked() {
                pane.emit(Command::Study(StudyCommand::Pause));
            }
        } else {
            let complete = opened.status.is_complete();
            let text = if complete {
                text!("study-complete")
            } else if opened.status.is_untouched() {
                text!("study-start")
            } else {
                text!("study-resume")
            };
            if primary(ui, text, !complete).clicked() {
                pane.emit(Command::Study(StudyCommand::Run));
            }
        }
        for (text, what) in [
            (text!("study-tables"), Writing::Tables),
            (text!("study-report"), Writing::Report),
        ] {
            let something = !opened.status.is_untouched();
            if ui.add_enabled(something, egui::Button::new(text)).clicked() {
                let ask = AskStudy::Write(what);
                pane.emit(Command::Study(StudyCommand::Ask(ask)));
            }
        }
        let hint = if running {
            text!("study-close-running")
        } else {
            text!("study-close-idle")
        };
        if ui
            .button(text!("study-close"))
            .on_hover_text(hint)
            .clicked()
        {
            pane.emit(Command::Study(StudyCommand::Close));
        }
        page::writing(ui, pane.state.studies.writing);
    });
    if page::report(ui, pane.state.studies.report.as_deref()) {
        pane.emit(Command::Study(StudyCommand::CopyReport));
    }
}

/// The progress of every job, and the current activity.
fn progress(pane: &Pane<'_>, ui: &mut Ui, opened: &Opened) {
    let palette = theme::palette(ui.ctx());
    let models = opened.plan.models.len() > 1;
    // On a card, too, what is left is seen.
    ui.visuals_mut().extreme_bg_color = palette.line;
    // A cell of a grid is as narrow as it can be: the names get what the bars leave.
    let room = ui.available_width();
    let bar_width = (0.35 * room).min(JOB_BAR);
    let name_width = (room - bar_width - DONE - 2.0 * BETWEEN).clamp(LEAST_NAME, MOST_NAME);
    egui::Grid::new("jobs")
        .num_columns(3)
        .spacing([BETWEEN, 6.0])
        .show(ui, |ui| {
            for job in &opened.status.jobs {
                let name = if models {
                    let model = printable(&job.model);
                    format!("{}: {}", model_in_words(&model), details_in_words(&job.job))
                } else {
                    details_in_words(&job.job)
                };
                // Below the name, where there is room.
                ui.vertical(|ui| {
                    ui.set_width(name_width);
                    ui.label(name);
                    ui.weak(frames_of(job)).on_hover_text(text!("study-unit"));
                });
                let share = job.done as f32 / job.of.max(1) as f32;
                let bar = ProgressBar::new(share).desired_width(bar_width);
                ui.add(bar.fill(palette.accent).desired_height(8.0));
                ui.label(text!("study-done-of", done = job.done, of = job.of))
                    .on_hover_text(text!("study-unit"));
                ui.end_row();
            }
        });
    let Activity::Running {
        beginning,
        progress,
        attack,
        proof,
        waiting,
        ..
    } = &pane.state.studies.activity
    else {
        return;
    };
    if let Some(units) = waiting {
        ui.label(text!("study-waiting", units = *units));
        return;
    }
    match progress {
        Some(told) => {
            ui.label(text!(
                "study-running",
                model = model_in_words(&printable(&told.model)),
                job = details_in_words(&told.job),
                rate = decimal(format!("{:.1}", told.frames_per_second)),
                units = told.units,
                left = duration(told.eta_seconds),
            ));
        }
        // An attack or a proof says below how far it is.
        None if attack.is_some() || proof.is_some() => {}
        None => begins(ui, beginning),
    }
    if let Some((image, told)) = attack.as_deref() {
        ui.weak(text!(
            "study-attack-progress",
            name = printable(image),
            generation = told.generation,
            done = told.evaluations,
            most = told.evaluations_at_most,
        ));
    } else if let Some((image, told)) = proof.as_deref() {
        ui.weak(text!(
            "study-proof-progress",
            name = printable(image),
            done = told.judged,
            most = told.at_most,
            p = told.closest_in_words(),
        ));
    }
}

/// How many frames of a job are judged and kept, those of incomplete units too.
fn frames_of(job: &JobStatus) -> String {
    let (frames, all) = (job.frames, job.frames + job.frames_left);
    match job.frames_left {
        0 => text!("study-frames", frames = frames),
        // Of an attack and of a proof it is only known how many they are at most.
        _ if !job.details.is_empty() => {
            text!("study-frames-at-most", frames = frames, all = all)
        }
        _ => text!("study-frames-of", frames = frames, all = all),
    }
}

/// What is done before the first results are kept, and how far it is.
fn begins(ui: &mut Ui, beginning: &Beginning) {
    let (said, done, of) = match beginning {
        Beginning::Checking => (text!("study-checking").to_owned(), 0, 1),
        Beginning::Loading(model) => {
            let said = text!(
                "study-loading-model",
                model = model_in_words(&printable(model))
            );
            (said, 0, 1)
        }
        Beginning::Reading(done, of) => {
            let said = text!("study-reading", done = *done, total = *of);
            (said, *done, *of)
        }
        Beginning::Judging(_, 0) => (text!("study-judging").to_owned(), 0, 1),
        Beginning::Judging(done, of) => {
            let said = text!("study-judging-first", done = *done, total = *of);
            (said, *done, *of)
        }
    };
    part(ui, &said, done, of);
}

/// Something that is being done, in words, and a bar for how far it is.
pub(super) fn part(ui: &mut Ui, said: &str, done: usize, of: usize) {
    let palette = theme::palette(ui.ctx());
    ui.label(said);
    let share = done as f32 / of.max(1) as f32;
    let bar = ProgressBar::new(share).fill(palette.accent);
    let bar = bar.desired_width(BAR.min(ui.available_width()));
    let bar = ui
        .scope(|ui| {
            ui.visuals_mut().extreme_bg_color = palette.line;
            ui.add(bar.desired_height(8.0))
        })
        .inner;
    bar.widget_info(|| WidgetInfo::labeled(egui::Role::ProgressIndicator, true, said));
}

/// Pictures that could not be judged.
fn problems(pane: &Pane<'_>, ui: &mut Ui) {
    let problems = &pane.state.studies.problems;
    if problems.is_empty() {
        return;
    }
    let palette = theme::palette(ui.ctx());
    ui.add_space(theme::GAP);
    ui.label(theme::section(text!("study-could-not-be-judged"), &palette));
    for problem in problems.iter().take(PROBLEMS) {
        ui.add(
            egui::Label::new(
                RichText::new(in_window(problem))
                    .small()
                    .color(palette.error),
            )
            .wrap(),
        );
    }
    if problems.len() > PROBLEMS {
        ui.weak(text!(
            "study-more-problems",
            count = problems.len() - PROBLEMS
        ));
    }
}
