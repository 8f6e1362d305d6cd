//! The one place that changes the state: a command, or an answer of a worker, becomes a new state and a list of effects
//! ([`Effect`]), which `executor` carries out. So does time that passes ([`arrange_list`], [`expire`]).

mod effect;
mod messages;
mod pending_command;
mod reports;
mod undo;

use std::time::{Duration, Instant};

use flipscope_base::untrusted::{self, printable};
use flipscope_lab::altered::beside;
use flipscope_language::{Language, text, within};

use crate::explorer::batch::command::BatchCommand;
use crate::explorer::command::Command;
use crate::explorer::explore::apply::alter::{alter, change_view, reset_all};
use crate::explorer::explore::apply::answers::{judged, read};
use crate::explorer::explore::apply::list::{
    add_files, close, in_sight, open_samples, read_all, retry, reword, select, step,
};
use crate::explorer::explore::apply::requests::{self, ask_about_explored};
use crate::explorer::explore::apply::saving::{ask_save, copy_command_line, save};
use crate::explorer::explore::apply::{frames, models};
use crate::explorer::explore::list;
use crate::explorer::message::Severity;
use crate::explorer::page::Page;
use crate::explorer::pending_command::PendingCommand;
use crate::explorer::search::request::SearchAnswer;
use crate::explorer::state::State;
use crate::explorer::unsaved_work::UnsavedWork;
use crate::explorer::worker::{Answer, SavedPicture};
use crate::explorer::{
    batch, explain, figures, landscape, palette, picture, presenter, proof, readers, search,
    session, study, summary, tour, typed_path,
};
use pending_command::Next;
use undo::apply_history;

pub use effect::{Dialog, Effect};
pub use messages::expire;
pub(crate) use messages::of_page;
pub(crate) use pending_command::failed;
pub(crate) use reports::{copy_place, named};

/// Carries out one command; if it would lose something, asks first.
pub fn apply(state: &mut State, command: Command, now: Instant) -> Vec<Effect> {
    state.changes += 1;
    if UnsavedWork::of(state, &command).is_empty() {
        let mut effects = carry_out(state, command, now);
        // A command interrupts a rest of the person; an answer of a worker does not.
        summary::apply::interrupt_rest(state);
        effects.extend(settle(state, now));
        return effects;
    }
    let then = Box::new(command);
    state.leaving = Some(PendingCommand { then, saving: None });
    Vec::new()
}

/// Processes one answer of a worker.
pub fn receive(state: &mut State, answer: Answer, now: Instant) -> Vec<Effect> {
    receive_all(state, vec![answer], now)
}

/// Processes all answers that have come since the last frame. The list is brought up to date once: with thousands of lesions, after
/// each answer it would take longer than a frame.
pub fn receive_all(state: &mut State, answers: Vec<Answer>, now: Instant) -> Vec<Effect> {
    if answers.is_empty() {
        return Vec::new();
    }
    state.changes += 1;
    let mut effects = Vec::new();
    for answer in answers {
        effects.extend(take(state, answer, now));
    }
    effects.extend(settle(state, now));
    effects
}

/// Brings everything up to date that depends on what has just changed: first what changes the state for others (a session that is
/// opened, the tour), then the list, then what asks for more work, and last the frames, which are kept for all of it.
fn settle(state: &mut State, now: Instant) -> Vec<Effect> {
    let mut effects = session::apply::settle(state);
    tour::apply::settle(state);
    effects.extend(requests::settle(state, now));
    effects.extend(list::update::refresh(state, now));
    effects.extend(batch::apply::settle(state, now));
    effects.extend(explain::apply::settle(state));
    landscape::apply::settle(state);
    effects.extend(summary::apply::settle(state));
    effects.extend(proof::apply::settle(state));
    effects.extend(frames::update_frame_cache(state));
    effects
}

/// Puts the rows of the list in order once they have kept their places long enough; also returns how long they still do.
pub fn arrange_list(state: &mut State, now: Instant) -> (Vec<Effect>, Option<Duration>) {
    if state.list.arranged {
        return (Vec::new(), None);
    }
    let wait = list::update::wait(state, now);
    if wait.is_some() {
        return (Vec::new(), wait);
    }
    state.changes += 1;
    (settle(state, now), None)
}

fn carry_out(state: &mut State, command: Command, now: Instant) -> Vec<Effect> {
    match command {
        Command::AskPhotographs => vec![Effect::Dialog(Dialog::Photographs)],
        Command::AskFolder => vec![Effect::Dialog(Dialog::Folder)],
        Command::AskModel(slot) => vec![Effect::Dialog(Dialog::Model(slot))],
        Command::AskSave => ask_save(state, now),
        Command::Open(paths) => {
            messages::turn(state, Page::Explore);
            list::apply::open(state, paths)
        }
        Command::OpenSamples(chosen) => {
            messages::turn(state, Page::Explore);
            open_samples(state, chosen, now)
        }
        Command::UseModel(slot, source) => models::load(state, slot, source),
        Command::Remedy(command) => models::remedy(state, command, now),
        Command::UseDevice(device) => models::load_onto(state, device),
        Command::StopComparing => models::stop_comparing(state, now),
        Command::SwapModels => models::swap(state),
        Command::SaveAltered(path) => save(state, path),
        Command::Select(id) => select(state, id, now),
        Command::InSight(range) => in_sight(state, range, now),
        Command::Step(by) => step(state, by, now),
        Command::Close(id) => close(state, &[id], now),
        Command::ReadAgain => {
            retry(state);
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
            apply_history(state, edit, true, now)
        }
        Command::Redo => {
            let edit = state.history.redo();
            apply_history(state, edit, false, now)
        }
        Command::ShowTool(tool) => {
            state.tool = tool;
            Vec::new()
        }
        Command::OpenPage(page) => {
            messages::turn(state, page);
            Vec::new()
        }
        Command::SetView(_) | Command::Zoom(_) => {
            change_view(state, command);
            Vec::new()
        }
        Command::SetThreshold(_) | Command::SetFraming(_) | Command::SetColorHandling(_) => {
            prepare(state, &command, now)
        }
        Command::CopyCommandLine => copy_command_line(state, now),
        Command::Dismiss(_)
        | Command::DismissNewest
        | Command::DismissAll
        | Command::KeepMessage(_)
        | Command::AllMessages(_) => {
            messages::apply(state, &command, now);
            Vec::new()
        }
        Command::Help(help) => {
            state.help = help;
            Vec::new()
        }
        Command::List(_)
        | Command::Search(_)
        | Command::Study(_)
        | Command::Reader(_)
        | Command::Session(_)
        | Command::Palette(_)
        | Command::Picture(_)
        | Command::Presenter(_)
        | Command::Batch(_)
        | Command::Figure(_)
        | Command::Explain(_)
        | Command::Landscape(_)
        | Command::Summary(_)
        | Command::Proof(_)
        | Command::Tour(_)
        | Command::TypedPath(_) => of_feature(state, command, now),
        Command::Theme(theme) => vec![Effect::Theme(theme.into())],
        Command::SystemTheme => vec![Effect::Theme(egui::ThemePreference::System)],
        Command::Contrast(contrast) => vec![Effect::Contrast(contrast)],
        Command::Language(language) => {
            speak(state, language);
            Vec::new()
        }
        Command::Quit => vec![Effect::Quit],
        Command::Decide(decision) => {
            let next = pending_command::decide(state, decision);
            go_on(state, next, now)
        }
    }
}

/// Speaks another language, also in what was worded in the one of before.
fn speak(state: &mut State, language: Language) {
    let before = state.language();
    state.appearance.language = Some(language);
    if language != before {
        reword(state);
        if let Some(open) = &mut state.reader_studies.open {
            within(language, || open.reword());
        }
    }
}

/// Passes the command of a feature on to it; others are none of a feature.
fn of_feature(state: &mut State, command: Command, now: Instant) -> Vec<Effect> {
    match command {
        Command::List(command) => list::apply::apply(state, command, now),
        Command::Search(command) => messages::of_page(state, Page::Explore, |state| {
            search::apply::apply(state, command, now)
        }),
        Command::Study(command) => messages::of_page(state, Page::Study, |state| {
            study::apply::apply(state, command, now)
        }),
        Command::Reader(command) => messages::of_page(state, Page::Readers, |state| {
            readers::apply::apply(state, command, now)
        }),
        Command::Session(command) => session::apply::apply(state, command, now),
        Command::Palette(command) => palette::apply::apply(state, command),
        Command::Picture(command) => picture::apply::apply(state, command),
        Command::Presenter(command) => presenter::apply::apply(state, command, now),
        Command::Tour(command) => {
            messages::turn(state, Page::Explore);
            tour::apply::apply(state, command, now)
        }
        Command::Batch(command) => {
            if command == BatchCommand::MakeStudy {
                messages::turn(state, Page::Study);
            }
            batch::apply::apply(state, command, now)
        }
        Command::Figure(command) => figures::apply::apply(state, command, now),
        Command::TypedPath(command) => typed_path::apply::apply(state, command),
        Command::Explain(command) => messages::of_page(state, Page::Explain, |state| {
            explain::apply::apply(state, command, now)
        }),
        Command::Landscape(command) => messages::of_page(state, Page::Landscape, |state| {
            landscape::apply::apply(state, command, now)
        }),
        Command::Summary(command) => messages::of_page(state, Page::Explain, |state| {
            summary::apply::apply(state, command, now)
        }),
        Command::Proof(command) => messages::of_page(state, Page::Explore, |state| {
            proof::apply::apply(state, command, now)
        }),
        _ => Vec::new(),
    }
}

/// Sets how verdicts are made: the threshold, the framing, how files are read.
fn prepare(state: &mut State, command: &Command, now: Instant) -> Vec<Effect> {
    match *command {
        Command::SetThreshold(threshold) => {
            state.threshold = threshold.map(|p| p.clamp(0.0, 1.0));
            // The bands are refined where P crosses it.
            ask_about_explored(state, now)
        }
        Command::SetFraming(framing) => {
            let before = state.framing();
            state.framing = framing;
            read_all_if(state, |state| state.framing() != before)
        }
        Command::SetColorHandling(color_handling) => {
            let before = std::mem::replace(&mut state.color_handling, color_handling);
            read_all_if(state, |_| before != color_handling)
        }
        _ => Vec::new(),
    }
}

/// Carries out what follows from a decision about losses.
fn go_on(state: &mut State, next: Next, now: Instant) -> Vec<Effect> {
    match next {
        Next::Effects(effects) => effects,
        Next::CarryOut(command) => carry_out(state, *command, now),
    }
}

/// Reads everything again if the settings for reading have changed.
fn read_all_if(state: &mut State, changed: impl FnOnce(&State) -> bool) -> Vec<Effect> {
    if changed(state) {
        read_all(state);
    }
    Vec::new()
}

/// The altered picture was saved, or not.
fn saved(state: &mut State, picture: SavedPicture, now: Instant) {
    match picture.result {
        Ok(()) => {
            let json = beside(&picture.path);
            (state.perturbation_files).note(&json, &picture.perturbation);
            let text = text!(
                "window-saved",
                file = untrusted::path(&picture.path),
                json = printable(&json.file_name().unwrap_or_default().to_string_lossy())
            );
            state.say(Severity::Note, text, now);
        }
        Err(error) => state.say(Severity::Error, error, now),
    }
}

/// How one answer changes the state.
fn take(state: &mut State, answer: Answer, now: Instant) -> Vec<Effect> {
    match answer {
        Answer::Listed { files, problems } => {
            state.listing = state.listing.saturating_sub(1);
            for problem in problems {
                state.say(Severity::Error, problem, now);
            }
            add_files(state, files, now)
        }
        Answer::Labels(mut answer) => messages::of_page(state, Page::Explore, |state| {
            session::missing::labels(state, &mut answer);
            list::apply::receive(state, answer, now)
        }),
        Answer::Read {
            lesion,
            color_handling,
            framing,
            refused,
            result,
        } => {
            // An answer for another color handling or framing is followed by the right one.
            if color_handling == state.color_handling && framing == state.framing() {
                read(state, lesion, (framing, refused), result, now)
            } else {
                Vec::new()
            }
        }
        Answer::Model {
            slot,
            source,
            device,
            result,
        } => {
            let effects = models::loaded(state, slot, source, device, result, now);
            session::restored_models::check_models(state, now);
            effects
        }
        Answer::Judged { asked, result } => judged(state, &asked, result, now),
        Answer::Saved(picture) => {
            saved(state, picture, now);
            Vec::new()
        }
        Answer::Search(answer) => {
            messages::of_page(state, Page::Explore, |state| {
                batch::searching::note(state, &answer, now);
                let ends = matches!(
                    answer,
                    SearchAnswer::Ended { .. } | SearchAnswer::Exported { .. }
                );
                let effects = search::apply::receive(state, answer, now);
                if !ends {
                    return effects;
                }
                // A command may be waiting for it to be saved.
                let next = pending_command::go_on(state);
                go_on(state, next, now)
            })
        }
        Answer::Batch(answer) => messages::of_page(state, Page::Explore, |state| {
            batch::apply::receive(state, answer, now);
            Vec::new()
        }),
        Answer::Figure(answer) => figures::apply::receive(state, answer, now),
        Answer::Explain(answer) => messages::of_page(state, Page::Explain, |state| {
            explain::apply::receive(state, answer, now)
        }),
        Answer::Landscape(answer) => messages::of_page(state, Page::Landscape, |state| {
            landscape::apply::receive(state, answer, now);
            Vec::new()
        }),
        Answer::Summary(answer) => messages::of_page(state, Page::Explain, |state| {
            summary::apply::receive(state, answer, now);
            Vec::new()
        }),
        Answer::Proof(answer) => messages::of_page(state, Page::Explore, |state| {
            proof::apply::receive(state, answer, now);
            Vec::new()
        }),
        Answer::Study(id, answer) => messages::of_page(state, Page::Study, |state| {
            study::answers::receive(state, id, answer, now)
        }),
        Answer::Reader(id, answer) => messages::of_page(state, Page::Readers, |state| {
            readers::apply::receive(state, id, answer, now)
        }),
        Answer::Inspected(pixels) => {
            picture::apply::receive(state, pixels);
            Vec::new()
        }
        Answer::Session(answer) => session::apply::receive(state, answer, now),
        Answer::Chosen(command) => apply(state, command, now),
        Answer::Forgotten(why) => {
            state.say(Severity::Warning, why, now);
            Vec::new()
        }
        Answer::NoDialog { dialog, proposed } => {
            typed_path::apply::not_shown(state, dialog, proposed);
            Vec::new()
        }
        Answer::PathRefused { dialog, path, why } => {
            typed_path::apply::refused(state, dialog, &path, why);
            Vec::new()
        }
    }
}
