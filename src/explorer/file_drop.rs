//! What to do with files and folders that are dropped on the window, or named when it is started.

use std::path::{Path, PathBuf};

use flipscope_model::ModelSource;
use flipscope_model::scheduler::ModelSlot;

use crate::explorer::command::Command;
use crate::explorer::explore::list::command::ListCommand;
use crate::explorer::page::Page;
use crate::explorer::readers::command::ReaderCommand;
use crate::explorer::session::command::SessionCommand;
use crate::explorer::study::command::StudyCommand;

/// The extensions of studies and reader studies.
const STUDY: &[&str] = &["study"];
const READERS: &[&str] = &["readers"];
/// The extension of a session.
const SESSION: &[&str] = &["session"];
/// The extensions of models.
const MODELS: &[&str] = &["safetensors", "pth", "pt"];
/// The extensions of a table of labelled photographs and of a finding.
const TABLE: &[&str] = &["csv"];
const FINDING: &[&str] = &["json"];

/// The commands: studies, sessions and models are recognised by their extension; the rest depends on the page.
pub(super) fn meant(paths: Vec<PathBuf>, page: Page) -> Vec<Command> {
    let mut commands = Vec::new();
    let (studies, mut paths) = divide(paths, |path| has_ending(path, STUDY));
    if let Some(study) = studies.into_iter().next_back() {
        commands.push(Command::OpenPage(Page::Study));
        // A folder that is named with it is that of its photographs: a study that was moved may not find them.
        let (folders, others) = divide(paths, Path::is_dir);
        paths = others;
        let study = match folders.into_iter().next_back() {
            Some(root) => StudyCommand::OpenWith(study, root),
            None => StudyCommand::Open(study),
        };
        commands.push(Command::Study(study));
    }
    let (readers, paths) = divide(paths, |path| has_ending(path, READERS));
    if let Some(study) = readers.into_iter().next_back() {
        commands.push(Command::OpenPage(Page::Readers));
        commands.push(Command::Reader(ReaderCommand::Open(study)));
    }
    let (sessions, paths) = divide(paths, |path| has_ending(path, SESSION));
    let session = sessions.into_iter().next_back();
    let (models, paths) = divide(paths, |path| has_ending(path, MODELS));
    if let Some(model) = models.into_iter().next_back() {
        commands.push(Command::UseModel(
            ModelSlot::Primary,
            ModelSource::File(model),
        ));
    }
    if let Some(session) = session {
        // Whatever else is named is for it, on every page: where its photographs are now, or more of them.
        commands.push(Command::Session(SessionCommand::OpenWith(session, paths)));
        return commands;
    }
    let mut labels = Vec::new();
    let pictures = match page {
        Page::Explore | Page::Explain | Page::Landscape => {
            let (tables, pictures) = divide(paths, |path| has_ending(path, TABLE));
            labels = tables;
            pictures
        }
        Page::Study => {
            let (data, pictures) = divide(paths, |path| path.is_dir() || has_ending(path, TABLE));
            if let Some(data) = data.into_iter().next_back() {
                let command = if data.is_dir() {
                    StudyCommand::Folder(data)
                } else {
                    StudyCommand::Data(data)
                };
                commands.push(Command::Study(command));
            }
            pictures
        }
        Page::Readers => {
            let (data, paths) = divide(paths, |path| has_ending(path, TABLE));
            if let Some(data) = data.into_iter().next_back() {
                commands.push(Command::Reader(ReaderCommand::Data(data)));
            }
            let (findings, pictures) =
                divide(paths, |path| path.is_dir() || has_ending(path, FINDING));
            if !findings.is_empty() {
                commands.push(Command::Reader(ReaderCommand::Findings(findings)));
            }
            pictures
        }
    };
    if !pictures.is_empty() {
        commands.push(Command::Open(pictures));
    }
    // After the photographs that they are for.
    let labels = labels.into_iter().map(ListCommand::Labels);
    commands.extend(labels.map(Command::List));
    commands
}

fn divide(paths: Vec<PathBuf>, is: impl Fn(&Path) -> bool) -> (Vec<PathBuf>, Vec<PathBuf>) {
    paths.into_iter().partition(|path| is(path))
}

fn has_ending(path: &Path, wanted: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| {
        let mut wanted = wanted.iter();
        wanted.any(|wanted| ending.eq_ignore_ascii_case(wanted))
    })
}
