//! The title bar: file, verdict, running work. Whoever has the window in the background sees when a search has found something.

use flipscope_base::human::probability_beside;
use flipscope_base::untrusted;
use flipscope_language::text;

use crate::explorer::explore::lesion::Lesion;
use crate::explorer::page::Page;
use crate::explorer::readers::state::ReaderActivity;
use crate::explorer::state::State;
use crate::explorer::study::state::Activity;

/// The title for a state, e.g. "mole.jpg: melanoma 0.93 → nevus 0.12 · 1 search running – flipscope".
pub fn of(state: &State) -> String {
    let what = match state.page {
        Page::Explore | Page::Explain | Page::Landscape => {
            state.current().map(|lesion| lesion_of(state, lesion))
        }
        Page::Study => (state.studies.open.as_ref()).map(|open| name(&open.file)),
        Page::Readers => (state.reader_studies.open.as_ref()).map(|open| name(&open.file)),
    };
    let parts: Vec<String> = what.into_iter().chain(work(state)).collect();
    match parts[..] {
        [] => "flipscope".to_owned(),
        _ => format!("{} – flipscope", parts.join(" · ")),
    }
}

fn name(file: &std::path::Path) -> String {
    let name = std::path::Path::new(file.file_name().unwrap_or_default());
    untrusted::path(name)
}

fn lesion_of(state: &State, lesion: &Lesion) -> String {
    let name = lesion.shown();
    if state.presenter.hides(lesion.id) {
        return name.into_owned();
    }
    let Some(before) = &lesion.answers.primary.before else {
        return name.into_owned();
    };
    let said = |verdict: &flipscope_model::Verdict| {
        let label = state.label(verdict).in_words();
        let p = probability_beside(verdict.p_melanoma, state.threshold(), 2);
        format!("{label} {p}")
    };
    let original = said(&before.verdict);
    match lesion.current() {
        Some(after) if !lesion.perturbation.is_identity() => {
            format!("{name}: {original} → {}", said(&after.verdict))
        }
        _ => format!("{name}: {original}"),
    }
}

/// What is under way, wherever it was started.
fn work(state: &State) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(run) = state.batch.searching() {
        let (done, total) = (run.done, run.total);
        parts.push(text!("title-batch", done = done, total = total));
    }
    match state
        .searches
        .open()
        .filter(|one| !state.batch.has_search(one.id))
        .count()
    {
        0 => {}
        count => parts.push(text!("title-searches", count = count)),
    }
    match &state.studies.activity {
        Activity::Running { .. } => {
            let jobs = state.studies.open.iter().flat_map(|open| &open.status.jobs);
            let (done, of) = jobs.fold((0, 0), |(done, of), job| (done + job.done, of + job.of));
            // Integers: it must not say 100 % before the last one.
            let percent = (100 * done).checked_div(of).unwrap_or(0);
            parts.push(text!("title-study", percent = percent));
        }
        Activity::Making { .. } => parts.push(text!("title-making-study").to_owned()),
        Activity::Idle | Activity::Opening => {}
    }
    match &state.reader_studies.activity {
        ReaderActivity::Making { .. } => parts.push(text!("title-making-readers").to_owned()),
        ReaderActivity::Reading if state.reader_studies.of_a_class() => {
            parts.push(text!("title-class").to_owned());
        }
        ReaderActivity::Reading => parts.push(text!("title-reading").to_owned()),
        ReaderActivity::Idle | ReaderActivity::Opening => {}
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_window_has_the_name_of_the_program() {
        assert_eq!(of(&State::default()), "flipscope");
    }

    #[test]
    fn running_work_is_named_on_every_page() {
        let mut state = State::default();
        state.studies.activity = Activity::Running {
            beginning: crate::explorer::study::state::Beginning::default(),
            progress: None,
            attack: None,
            proof: None,
            waiting: None,
            cancel: flipscope_base::cancel::Cancel::default(),
        };
        state.reader_studies.activity = ReaderActivity::Reading;
        for page in [Page::Explore, Page::Study, Page::Readers] {
            state.page = page;
            assert_eq!(
                of(&state),
                "study running, 0 % · a reader is reading – flipscope"
            );
        }
    }
}
