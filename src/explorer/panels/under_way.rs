//! What is under way, in the bottom line of every page: a click shows it.

use egui::{Button, RichText, Role, Ui, WidgetInfo};

use flipscope_base::human::duration;
use flipscope_base::untrusted;
use flipscope_language::text;

use crate::explorer::command::Command;
use crate::explorer::explore::lesion::name_in_words;
use crate::explorer::page::{Page, Tool};
use crate::explorer::panels::Pane;
use crate::explorer::readers::state::ReaderActivity;
use crate::explorer::search::state::Stage;
use crate::explorer::state::State;
use crate::explorer::study::state::Activity;
use crate::explorer::theme;

/// Something that takes a while.
struct Work {
    /// What it is, and how far.
    said: String,
    /// Where it is shown.
    page: Page,
    tool: Option<Tool>,
    /// Why it is under way, if nobody asked for it.
    why: Option<&'static str>,
}

pub(super) fn show(pane: &mut Pane<'_>, ui: &mut Ui) {
    let palette = theme::palette(ui.ctx());
    for work in all(pane.state) {
        let text = RichText::new(&work.said).small().color(palette.accent);
        let shows = text!("under-way-hint", page = work.page.name());
        let hint = work.why.map_or(shows, ToOwned::to_owned);
        let button = ui.add(Button::new(text).small().frame(false));
        let label = text!("under-way", what = &*work.said);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
        if button.on_hover_text(hint).clicked() {
            pane.emit(Command::OpenPage(work.page));
            if let Some(tool) = work.tool {
                pane.emit(Command::ShowTool(tool));
            }
        }
    }
}

fn all(state: &State) -> Vec<Work> {
    let on = |page, said| Work {
        said,
        page,
        tool: None,
        why: None,
    };
    let mut all = Vec::new();
    if let Some(run) = state.batch.searching() {
        let (done, total) = (run.done, run.total);
        let said = text!("under-way-batch", done = done, total = total);
        all.push(Work {
            tool: Some(Tool::Findings),
            ..on(Page::Explore, said)
        });
    }
    if let Some(said) = searches(state) {
        all.push(Work {
            tool: Some(Tool::Search),
            ..on(Page::Explore, said)
        });
    }
    if let Some(said) = proof(state) {
        all.push(Work {
            tool: Some(Tool::Search),
            ..on(Page::Explore, said)
        });
    }
    all.extend(explanation(state).map(|said| on(Page::Explain, said)));
    all.extend(landscape(state).map(|said| on(Page::Landscape, said)));
    all.extend(summary(state).map(|said| Work {
        why: Some(text!("summary-under-way.hover")),
        ..on(Page::Explain, said)
    }));
    all.extend(study(state).map(|said| on(Page::Study, said)));
    all.extend(readers(state).map(|said| on(Page::Readers, said)));
    all
}

/// Searches that were started one by one.
fn searches(state: &State) -> Option<String> {
    let open = || {
        let open = state.searches.open();
        open.filter(|one| !state.batch.has_search(one.id))
    };
    let running = open().find(|one| one.stage == Stage::Running);
    let one = running.or_else(|| open().next())?;
    let name = name_in_words(&one.name);
    let running = open().filter(|one| one.stage == Stage::Running).count();
    Some(match (running, open().count() - running) {
        (0, _) => text!("under-way-search-waits", name = name),
        (1, 0) => text!("under-way-searching", name = name),
        (1, more) => text!("under-way-searches", name = name, count = more),
        (some, 0) => text!("under-way-searches-together", name = name, count = some - 1),
        (running, waiting) => text!(
            "under-way-searches-and-wait",
            running = running,
            waiting = waiting
        ),
    })
}

fn proof(state: &State) -> Option<String> {
    let task = state.proofs.task.as_ref()?;
    let name = name_in_words(&task.name);
    let told = task.progress.as_ref();
    let percent = told.map_or(0, |told| 100 * told.judged / told.at_most.max(1));
    Some(text!("proof-under-way", lesion = &*name, percent = percent))
}

fn explanation(state: &State) -> Option<String> {
    let task = state.explain.task.as_ref()?;
    let name = name_in_words(&task.name);
    let [done, of] = task.progress;
    let percent = (100 * done).checked_div(of).unwrap_or(0);
    Some(text!(
        "explain-under-way",
        lesion = &*name,
        percent = percent
    ))
}

fn landscape(state: &State) -> Option<String> {
    let task = state.landscape.task.as_ref()?;
    let name = name_in_words(&task.name);
    let [done, of] = task.progress;
    let percent = (100 * done).checked_div(of).unwrap_or(0);
    Some(text!(
        "landscape-under-way",
        lesion = &*name,
        percent = percent
    ))
}

/// The search for the smallest changes, once it has begun.
fn summary(state: &State) -> Option<String> {
    // One that was stopped, for another lesion or model, may still wait for the network.
    let task = (state.summary.task.as_ref()).filter(|task| !task.cancel.is_requested())?;
    let [done, of] = task.progress;
    let percent = (100 * done).checked_div(of)?;
    let name = state.lesion(task.about.lesion)?.shown();
    Some(text!(
        "summary-under-way",
        lesion = &*name,
        percent = percent
    ))
}

fn study(state: &State) -> Option<String> {
    let studies = &state.studies;
    Some(match &studies.activity {
        Activity::Idle => return None,
        Activity::Making { .. } => text!("under-way-study-made").to_owned(),
        Activity::Opening => text!("under-way-study-opened").to_owned(),
        Activity::Running { progress, .. } => {
            let open = studies.open.as_ref()?;
            let name = untrusted::path(std::path::Path::new(open.file.file_name()?));
            let share = (100.0 * open.status.share()).floor();
            match progress {
                Some(told) => {
                    let left = duration(told.eta_seconds);
                    text!(
                        "under-way-study",
                        name = name,
                        share = format!("{share:.0}"),
                        left = left,
                    )
                }
                None => format!("{name}: {share:.0} %"),
            }
        }
    })
}

fn readers(state: &State) -> Option<String> {
    let said = match &state.reader_studies.activity {
        ReaderActivity::Idle => return None,
        ReaderActivity::Making { .. } => text!("under-way-readers-made"),
        ReaderActivity::Opening => text!("under-way-readers-opened"),
        ReaderActivity::Reading if state.reader_studies.of_a_class() => {
            text!("under-way-class")
        }
        ReaderActivity::Reading => text!("under-way-reading"),
    };
    Some(said.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::study::state::Studies;

    #[test]
    fn nothing_is_said_when_nothing_is_under_way() {
        assert!(all(&State::default()).is_empty());
    }

    #[test]
    fn each_work_leads_to_its_page() {
        let mut state = State {
            studies: Studies {
                activity: Activity::Opening,
                ..Studies::default()
            },
            ..State::default()
        };
        state.reader_studies.activity = ReaderActivity::Reading;
        let pages: Vec<Page> = all(&state).iter().map(|work| work.page).collect();
        assert_eq!(pages, [Page::Study, Page::Readers]);
    }
}
