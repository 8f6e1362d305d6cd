//! The one place that changes the state: a command, or an answer of a worker, becomes a new state and a list of effects
//! ([`Effect`]), which [`super::app`] carries out.

mod answers;
mod effect;
mod frames;
mod leaving;
mod library;
mod messages;
mod models;
mod questions;
mod reader_study;
mod search;
mod study;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use flipscope_image::perturb::Perturbation;

use super::command::Command;
use super::history::{Edit, Gesture};
use super::losses::{Leaving, Losses};
use super::state::{Gravity, Origin, Page, State, View};
use super::worker::Answer;

pub use effect::{Dialog, Effect};
use library::{close, open_samples, read_all, reopen, retry, select, step};
pub use messages::tidy;
use questions::{ask_about_explored, ask_list};

/// Carries out one command; where it would lose something, a person is asked first.
pub fn apply(state: &mut State, command: Command, now: Instant) -> Vec<Effect> {
    if Losses::of(state, &command).is_empty() {
        let mut effects = carry_out(state, command, now);
        effects.extend(frames::tend(state));
        return effects;
    }
    let then = Box::new(command);
    state.leaving = Some(Leaving { then, saving: None });
    Vec::new()
}

/// Takes one answer of a worker.
pub fn receive(state: &mut State, answer: Answer) -> Vec<Effect> {
    let mut effects = answers::take(state, answer);
    effects.extend(frames::tend(state));
    effects
}

fn carry_out(state: &mut State, command: Command, now: Instant) -> Vec<Effect> {
    match command {
        Command::AskPhotographs => vec![Effect::Dialog(Dialog::Photographs)],
        Command::AskFolder => vec![Effect::Dialog(Dialog::Folder)],
        Command::AskModel(seat) => vec![Effect::Dialog(Dialog::Model(seat))],
        Command::AskSave => ask_save(state),
        Command::Open(paths) => {
            messages::turn(state, Page::Explore);
            state.listing += 1;
            vec![Effect::List(paths)]
        }
        Command::OpenSamples(chosen) => {
            messages::turn(state, Page::Explore);
            open_samples(state, chosen)
        }
        Command::UseModel(seat, source) => models::load(state, seat, source),
        Command::UseDevice(device) => models::load_onto(state, device),
        Command::StopComparing => models::stop_comparing(state),
        Command::SwapModels => models::swap(state),
        Command::SaveAltered(path) => save(state, path),
        Command::Select(id) => select(state, id),
        Command::InSight(range) => {
            state.in_sight = range;
            ask_list(state).into_iter().collect()
        }
        Command::Step(by) => step(state, by),
        Command::Close(id) => close(state, id),
        Command::ReadAgain(id) => {
            retry(state, id);
            Vec::new()
        }
        Command::Alter(gesture, perturbation) => alter(state, gesture, &perturbation, now),
        Command::EndGesture => {
            state.history.end_gesture();
            Vec::new()
        }
        Command::ResetAll => reset_all(state, now),
        Command::Undo => {
            let edit = state.history.undo();
            travel(state, edit, true)
        }
        Command::Redo => {
            let edit = state.history.redo();
            travel(state, edit, false)
        }
        Command::Show(tool) => {
            state.tool = tool;
            Vec::new()
        }
        Command::Search(command) => messages::of_page(state, Page::Explore, |state| {
            search::apply(state, command, now)
        }),
        Command::Turn(page) => {
            messages::turn(state, page);
            Vec::new()
        }
        Command::Study(command) => {
            messages::of_page(state, Page::Study, |state| study::apply(state, command))
        }
        Command::Reader(command) => messages::of_page(state, Page::Readers, |state| {
            reader_study::apply(state, command)
        }),
        Command::Look(view) => {
            look(state, view);
            Vec::new()
        }
        Command::Threshold(threshold) => {
            state.threshold = threshold.map(|p| p.clamp(0.0, 1.0));
            // The bands are refined where P crosses it.
            ask_about_explored(state)
        }
        Command::Frame(framing) => {
            let before = state.framing();
            state.framing = framing;
            read_all_if(state, |state| state.framing() != before)
        }
        Command::Read(reading) => {
            let before = std::mem::replace(&mut state.reading, reading);
            read_all_if(state, |_| before != reading)
        }
        Command::CopyCommandLine => copy_command_line(state),
        Command::Dismiss(_)
        | Command::DismissNewest
        | Command::DismissAll
        | Command::KeepMessage(_)
        | Command::AllMessages(_) => {
            messages::apply(state, &command);
            Vec::new()
        }
        Command::Help(help) => {
            state.help = help;
            Vec::new()
        }
        Command::Theme(theme) => vec![Effect::Theme(theme)],
        Command::Quit => vec![Effect::Quit],
        Command::Decide(decision) => leaving::decide(state, decision, now),
    }
}

/// Everything is to be read anew, where what decides how has changed.
fn read_all_if(state: &mut State, changed: impl FnOnce(&State) -> bool) -> Vec<Effect> {
    if changed(state) {
        read_all(state);
    }
    Vec::new()
}

fn ask_save(state: &mut State) -> Vec<Effect> {
    match state.current() {
        Some(lesion) if lesion.frame().is_some() => {
            let stem = lesion
                .name
                .rsplit_once('.')
                .map_or(&*lesion.name, |(stem, _)| stem);
            vec![Effect::Dialog(Dialog::Save(format!("{stem}.altered.png")))]
        }
        _ => {
            state.say(
                Gravity::Note,
                "There is no picture to save yet: open one first.",
            );
            Vec::new()
        }
    }
}

fn alter(
    state: &mut State,
    gesture: Gesture,
    perturbation: &Arc<Perturbation>,
    now: Instant,
) -> Vec<Effect> {
    let Some(id) = state.selected else {
        return Vec::new();
    };
    let Some(lesion) = state.lesion_mut(id) else {
        return Vec::new();
    };
    if lesion.perturbation == *perturbation {
        return Vec::new();
    }
    if let Err(error) = perturbation.validate() {
        state.say(Gravity::Warning, error.to_string());
        return Vec::new();
    }
    let before = std::mem::replace(&mut lesion.perturbation, Arc::clone(perturbation));
    if before.field_of_view != perturbation.field_of_view {
        lesion.forget_originals();
    }
    state.history.alter(id, gesture, &before, perturbation, now);
    ask_about_explored(state)
}

fn reset_all(state: &mut State, now: Instant) -> Vec<Effect> {
    let Some(lesion) = state.current() else {
        return Vec::new();
    };
    // Sampling, fill and field of view are how, not how much: they stay.
    let kept = &lesion.perturbation;
    let neutral = Perturbation {
        sampling: kept.sampling,
        fill: kept.fill,
        field_of_view: kept.field_of_view,
        ..Perturbation::default()
    };
    alter(state, Gesture::Click, &Arc::new(neutral), now)
}

/// Carries out one step of the history, backwards or forwards.
fn travel(state: &mut State, edit: Option<Edit>, back: bool) -> Vec<Effect> {
    match edit {
        None => Vec::new(),
        Some(Edit::Alter {
            lesion,
            before,
            after,
        }) => {
            let target = if back { before } else { after };
            if let Some(lesion) = state.lesion_mut(lesion) {
                if lesion.perturbation.field_of_view != target.field_of_view {
                    lesion.forget_originals();
                }
                lesion.perturbation = target;
            }
            select(state, lesion)
        }
        Some(Edit::DeleteFinding { index, finding }) => {
            search::travel(state, index, *finding, back)
        }
        Some(Edit::Close { index, lesion }) => {
            let id = lesion.id;
            if back {
                return reopen(state, index, *lesion);
            }
            state.lesions.retain(|lesion| lesion.id != id);
            if state.selected == Some(id) {
                state.selected = None;
                return step(state, 0);
            }
            Vec::new()
        }
    }
}

fn look(state: &mut State, view: View) {
    state.view = view;
    let view = &mut state.view;
    view.zoom = view.zoom.clamp(1.0, 32.0);
    // The view never leaves the picture.
    let half = 0.5 / view.zoom;
    view.centre = view.centre.map(|c| c.clamp(half, 1.0 - half));
}

fn save(state: &mut State, path: PathBuf) -> Vec<Effect> {
    let Some((frame, perturbation)) = state.current().and_then(|lesion| {
        Some((
            Arc::clone(lesion.frame()?),
            Arc::clone(&lesion.perturbation),
        ))
    }) else {
        return Vec::new();
    };
    let opened = state.lesions.iter().map(|lesion| &lesion.origin);
    let files = opened.filter_map(|origin| match origin {
        Origin::File(file) => Some(file.clone()),
        Origin::Sample(_) => None,
    });
    let models = state.recent.iter().cloned();
    vec![Effect::Save {
        never: files.chain(models).collect(),
        path,
        frame,
        perturbation,
    }]
}

fn copy_command_line(state: &mut State) -> Vec<Effect> {
    let Some(lesion) = state.current() else {
        return Vec::new();
    };
    let Origin::File(path) = &lesion.origin else {
        state.say(
            Gravity::Note,
            "The synthetic samples are drawn, not read from a file: `flipscope synth` writes them as PNG first.",
        );
        return Vec::new();
    };
    let model = state.model.ready.as_ref().map(|model| &model.source);
    let text = super::command_line::classify(path, &lesion.perturbation, model, state);
    state.say(Gravity::Note, "The command line is on the clipboard.");
    vec![Effect::Copy(text)]
}

/// A new file's name: dialogs of some systems leave the ending away.
fn named(file: PathBuf, ending: &str) -> PathBuf {
    if file.extension().is_none() {
        file.with_extension(ending)
    } else {
        file
    }
}

/// Puts the place of a report on the clipboard, where there is one.
fn copy_place(state: &mut State, report: impl FnOnce(&State) -> Option<&Path>) -> Vec<Effect> {
    let Some(text) = report(state).map(|page| page.display().to_string()) else {
        return Vec::new();
    };
    state.say(
        Gravity::Note,
        "The report's place is on the clipboard: paste it into a browser's address.",
    );
    vec![Effect::Copy(text)]
}
