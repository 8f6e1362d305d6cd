//! The page *Readers*.

use flipscope_language::{id, text};

use crate::explorer::actions::action::{Action, Obstacle};
use crate::explorer::actions::group::Group;
use crate::explorer::actions::usable::needs;
use crate::explorer::command::Command;
use crate::explorer::page::Page;
use crate::explorer::readers::command::{AskReader, ReaderCommand};
use crate::explorer::readers::obstacle;
use crate::explorer::readers::state::{ReaderActivity, Reveal};
use crate::explorer::state::State;
use crate::explorer::study::request::Writing;

/// None is open, and none is being made.
fn none_open(state: &State) -> Obstacle {
    let studies = &state.reader_studies;
    needs(
        studies.open.is_none() && studies.is_idle(),
        text!("obstacle-reader-study-open"),
    )
}

/// One is open.
fn open(state: &State) -> Obstacle {
    needs(
        state.reader_studies.open.is_some(),
        text!("obstacle-no-reader-study"),
    )
}

/// One is open, and somebody has answered.
fn answered(state: &State) -> Obstacle {
    let opened = state.reader_studies.open.as_ref();
    open(state).or_else(|| {
        needs(
            opened.is_some_and(|opened| !opened.is_untouched()),
            text!("obstacle-no-answers"),
        )
    })
}

/// One is open, and nobody is reading.
fn nobody_reads(state: &State) -> Obstacle {
    let reading = matches!(state.reader_studies.activity, ReaderActivity::Reading);
    open(state).or_else(|| needs(!reading, text!("obstacle-somebody-is-reading")))
}

pub(crate) const CREATE: Action = Action::new(id!("readers-create"), Group::Readers, |_| {
    Command::Reader(ReaderCommand::Ask(AskReader::New))
})
.on(Page::Readers)
.unless(|state| obstacle::to_create(state, &state.reader_studies.form).map(Into::into));

pub(crate) const OPEN: Action = Action::new(id!("readers-open"), Group::Readers, |_| {
    Command::Reader(ReaderCommand::Ask(AskReader::Open))
})
.on(Page::Readers)
.unless(none_open);

pub(crate) const MERGE: Action = Action::new(id!("readers-merge"), Group::Readers, |_| {
    Command::Reader(ReaderCommand::Ask(AskReader::MergeFrom))
})
.on(Page::Readers)
.unless(none_open);

pub(crate) const READ: Action = Action::new(id!("readers-read"), Group::Readers, |_| {
    Command::Reader(ReaderCommand::Read)
})
.called(id!("readers-read.also"))
.on(Page::Readers)
.unless(nobody_reads);

pub(crate) const TABLES: Action = Action::new(id!("readers-tables"), Group::Readers, |_| {
    Command::Reader(ReaderCommand::Ask(AskReader::Write(Writing::Tables)))
})
.on(Page::Readers)
.unless(answered);

pub(crate) const REPORT: Action = Action::new(id!("readers-report"), Group::Readers, |_| {
    Command::Reader(ReaderCommand::Ask(AskReader::Write(Writing::Report)))
})
.on(Page::Readers)
.unless(answered);

pub(crate) const REVEAL: Action = Action::new(id!("readers-reveal"), Group::Readers, |_| {
    Command::Reader(ReaderCommand::Reveal)
})
.on(Page::Readers)
.unless(|state| {
    let shown = state.reader_studies.reveal.is_some();
    nobody_reads(state).or_else(|| needs(!shown, text!("obstacle-asked-already")))
});

pub(crate) const END_REVEAL: Action =
    Action::new(id!("readers-end-reveal"), Group::Readers, |_| {
        Command::Reader(ReaderCommand::EndReveal)
    })
    .on(Page::Readers)
    .unless(|state| {
        let shown = matches!(state.reader_studies.reveal, Some(Reveal::Shown { .. }));
        needs(shown, text!("obstacle-no-reveal"))
    });

pub(crate) const CLOSE: Action = Action::new(id!("readers-close"), Group::Readers, |_| {
    Command::Reader(ReaderCommand::Close)
})
.on(Page::Readers)
.unless(open);

pub(super) const ALL: &[Action] = &[
    CREATE, OPEN, MERGE, READ, TABLES, REPORT, REVEAL, END_REVEAL, CLOSE,
];
