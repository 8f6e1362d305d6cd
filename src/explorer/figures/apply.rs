//! Opening the dialog, drawing its preview, writing and copying.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use flipscope_base::untrusted;
use flipscope_image::perturb;
use flipscope_lab::search::figure::{FileFormat, Judgement};
use flipscope_language::text;

use crate::explorer::apply::{Dialog, Effect};
use crate::explorer::batch::findings::order;
use crate::explorer::explore::apply::saving::files_in_use;
use crate::explorer::figures::command::FigureCommand;
use crate::explorer::figures::obstacle;
use crate::explorer::figures::request::{FigureAnswer, FigureWork, Purpose};
use crate::explorer::figures::state::{
    Altered, Asked, FigureDialog, FigureId, Pictured, Settings, Source,
};
use crate::explorer::message::Severity;
use crate::explorer::state::State;

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: FigureCommand, now: Instant) -> Vec<Effect> {
    match command {
        FigureCommand::OpenFigure => {
            let source = explored(state, now);
            source.map_or_else(Vec::new, |(source, name)| open(state, source, name))
        }
        FigureCommand::OpenSheet => {
            if let Some(why) = obstacle::to_sheet(state) {
                state.say(Severity::Note, why, now);
                return Vec::new();
            }
            let findings = &state.searches.findings;
            // As the table of findings shows them.
            let findings: Vec<Pictured> = (order(findings, state.batch.sort).into_iter())
                .filter_map(|at| findings.get(at))
                .map(|kept| Pictured {
                    number: kept.number,
                    found: Arc::clone(&kept.found),
                    label: state.list.label_of(kept.lesion),
                })
                .collect();
            // Where nothing flipped, a sheet of flips would be empty.
            let any = findings.iter().any(|one| one.found.finding.success);
            state.figures.settings.flips = any && state.figures.chosen.flips;
            open(
                state,
                Source::Findings(findings),
                text!("file-of-findings").to_owned(),
            )
        }
        FigureCommand::Set(settings) => {
            state.figures.choose(settings);
            preview(state).into_iter().collect()
        }
        FigureCommand::Page(page) => {
            if let Some(open) = &mut state.figures.open {
                open.asked.page = page;
            }
            preview(state).into_iter().collect()
        }
        FigureCommand::Include(findings, include) => {
            if let Some(open) = &mut state.figures.open {
                for at in findings {
                    if include {
                        open.asked.left_out.remove(&at);
                    } else {
                        open.asked.left_out.insert(at);
                    }
                }
            }
            preview(state).into_iter().collect()
        }
        FigureCommand::AskSave => {
            let Some(open) = &state.figures.open else {
                return Vec::new();
            };
            let format = state.figures.settings.format;
            let name = format!("{}.{format}", open.name);
            vec![Effect::Dialog(Dialog::Figure(name, format))]
        }
        FigureCommand::Save(path) => save(state, path),
        FigureCommand::Copy => {
            let open = state.figures.open.as_ref();
            let shown = open.map(|open| (open.chosen(), open.asked.page));
            shown.map_or_else(Vec::new, |(source, page)| copy(state, source, page))
        }
        FigureCommand::CopyExplored => {
            let source = explored(state, now);
            source.map_or_else(Vec::new, |(source, _)| copy(state, source, 0))
        }
        FigureCommand::CopyPicture => copy_picture(state, now),
        FigureCommand::Close => {
            state.figures.open = None;
            vec![Effect::Remember(Box::new(state.remembered()))]
        }
    }
}

/// Processes one answer.
pub(crate) fn receive(state: &mut State, answer: FigureAnswer, now: Instant) -> Vec<Effect> {
    match answer {
        FigureAnswer::Preview(dialog, result) => {
            let Some(open) = opened(state, dialog) else {
                return Vec::new();
            };
            let drawn = open.drawing.take();
            let same = drawn
                .as_ref()
                .is_some_and(|(_, asked)| *asked == open.asked);
            if let Ok(preview) = &result
                && same
            {
                // There may be fewer pages than before.
                open.asked.page = preview.at;
            }
            open.preview = Some(result);
            // Something else is asked for meanwhile: once more.
            if !same || drawn.is_some_and(|(settings, _)| settings != state.figures.settings) {
                return preview(state).into_iter().collect();
            }
            Vec::new()
        }
        FigureAnswer::Written(dialog, result) => {
            state.figures.drawing = state.figures.drawing.saturating_sub(1);
            match result {
                Ok(paths) => {
                    let names: Vec<String> =
                        paths.iter().map(|path| untrusted::path(path)).collect();
                    let text = text!("figures-saved", files = names.join(", "));
                    match opened(state, dialog) {
                        Some(open) => open.written = Some(text),
                        // Closed meanwhile; another one shows something else.
                        None => state.say(Severity::Note, text, now),
                    }
                }
                Err(error) => state.say(Severity::Error, error, now),
            }
            Vec::new()
        }
        FigureAnswer::Drawn(result) => {
            state.figures.drawing = state.figures.drawing.saturating_sub(1);
            match result {
                Ok((picture, [at, pages])) => {
                    let text = match pages {
                        ..=1 => text!("figures-copied").to_owned(),
                        _ => text!("figures-page-copied", page = at + 1, pages = pages),
                    };
                    state.say(Severity::Note, text, now);
                    vec![Effect::CopyPicture(picture)]
                }
                Err(error) => {
                    state.say(Severity::Error, error, now);
                    Vec::new()
                }
            }
        }
    }
}

fn open(state: &mut State, source: Source, name: String) -> Vec<Effect> {
    let id = FigureId(state.fresh_id());
    state.figures.open = Some(FigureDialog {
        id,
        source,
        name,
        asked: Asked::default(),
        preview: None,
        drawing: None,
        written: None,
    });
    preview(state).into_iter().collect()
}

/// The dialog that asked for something, if it is still open.
fn opened(state: &mut State, dialog: FigureId) -> Option<&mut FigureDialog> {
    (state.figures.open.as_mut()).filter(|open| open.id == dialog)
}

/// Draws the preview, unless one is being drawn: the next follows then.
fn preview(state: &mut State) -> Option<Effect> {
    let settings = state.figures.settings.clone();
    let open = state.figures.open.as_mut()?;
    if open.drawing.is_some() {
        return None;
    }
    open.drawing = Some((settings.clone(), open.asked.clone()));
    Some(Effect::Figure(FigureWork {
        source: open.chosen(),
        settings,
        page: open.asked.page,
        purpose: Purpose::Preview(open.id),
    }))
}

/// The altered picture of the explored lesion, and the name of a file for it; says why there is none.
fn explored(state: &mut State, now: Instant) -> Option<(Source, String)> {
    if let Some(why) = obstacle::to_figure(state) {
        state.say(Severity::Note, why, now);
        return None;
    }
    let lesion = state.current()?;
    let [before, after] = lesion.answers.primary.answered(&lesion.perturbation)?;
    let verdicts = [before, after].map(|answer| Judgement {
        p_melanoma: answer.verdict.p_melanoma,
        label: state.label(&answer.verdict),
    });
    let altered = Altered {
        frame: Arc::clone(lesion.frame_to_judge()?),
        perturbation: Arc::clone(&lesion.perturbation),
        verdicts,
        image: lesion.name.clone(),
        threshold: state.threshold(),
        model: state.model.ready.as_ref()?.info.name.clone(),
        remedy: state.model.ready.as_ref()?.info.remedy,
        label: state.list.label_of(lesion.id),
    };
    let name = format!("{}.{}", lesion.stem(), text!("file-of-figure"));
    Some((Source::Altered(Arc::new(altered)), name))
}

fn copy(state: &mut State, source: Source, page: usize) -> Vec<Effect> {
    state.figures.drawing += 1;
    vec![Effect::Figure(FigureWork {
        source,
        settings: state.figures.settings.clone(),
        page,
        purpose: Purpose::Clipboard,
    })]
}

/// Writes the figure, in the format that the file's name says. The dialog stays, for another format.
fn save(state: &mut State, path: PathBuf) -> Vec<Effect> {
    let Some(open) = &mut state.figures.open else {
        return Vec::new();
    };
    open.written = None;
    let (dialog, source) = (open.id, open.chosen());
    let format = FileFormat::of(&path).unwrap_or(state.figures.settings.format);
    // Dialogs on some systems leave out the extension.
    let path = if FileFormat::of(&path).is_some() {
        path
    } else {
        let mut name = path.into_os_string();
        name.push(format!(".{format}"));
        PathBuf::from(name)
    };
    state.figures.drawing += 1;
    let settings = Settings {
        format,
        ..state.figures.settings.clone()
    };
    vec![Effect::Figure(FigureWork {
        source,
        settings,
        page: 0,
        purpose: Purpose::File {
            dialog,
            path,
            never: files_in_use(state),
        },
    })]
}

/// The altered frame, exactly as the network sees it.
fn copy_picture(state: &mut State, now: Instant) -> Vec<Effect> {
    let altered = state.current().and_then(|lesion| {
        let frame = lesion.frame()?;
        // One frame: a few milliseconds.
        perturb::apply(frame, &lesion.perturbation).ok()
    });
    let Some(altered) = altered else {
        state.say(Severity::Note, text!("figures-no-picture"), now);
        return Vec::new();
    };
    let text = text!("figures-picture-copied");
    state.say(Severity::Note, text, now);
    vec![Effect::CopyPicture(Arc::new(altered.raster().clone()))]
}
