//! How the tour goes on. A step is done when the state shows what it asks for, whichever way the person did it.

use std::sync::Arc;
use std::time::Instant;

use crate::explorer::apply::Effect;
use crate::explorer::explore::apply::alter::alter;
use crate::explorer::explore::apply::list::{add_sample, close, select};
use crate::explorer::explore::lesion::{Lesion, Origin};
use crate::explorer::history::Gesture;
use crate::explorer::page::{Help, Tool};
use crate::explorer::state::State;
use crate::explorer::tour::command::TourCommand;
use crate::explorer::tour::flipped;
use crate::explorer::tour::state::{Lent, Step, Tour};
use crate::explorer::tour::tasks::OF_TOUR;

/// Carries out one command.
pub(crate) fn apply(state: &mut State, command: TourCommand, now: Instant) -> Vec<Effect> {
    match command {
        TourCommand::Start => {
            state.help = Help::Closed;
            state.tool = Tool::Alter;
            let layout = state.view.layout;
            state.tour = Tour::At {
                step: Step::Open,
                layout,
                before: state.tour.layout_before().unwrap_or(layout),
                from: state.selected,
            };
            Vec::new()
        }
        TourCommand::OpenSample => {
            let before = state.selected;
            let Some((sample, new)) = add_sample(state, OF_TOUR) else {
                return Vec::new();
            };
            if new {
                state.lent = Some(Lent { sample, before });
            }
            if let Tour::At { from, .. } = &mut state.tour {
                *from = None;
            }
            let mut effects = select(state, sample, now);
            // What was done to it before is not what the next step asks for; undo brings it back.
            effects.extend(alter(state, Gesture::Click, &Arc::default(), now));
            effects
        }
        TourCommand::End => {
            if let Some(before) = state.tour.layout_before() {
                state.view.layout = before;
            }
            state.tour = Tour::Off;
            give_back(state, now)
        }
    }
}

/// Takes the sample that the tour added out of the list, and explores what was explored before. A sample with findings, or the
/// only lesion, stays: it has become the person's own.
fn give_back(state: &mut State, now: Instant) -> Vec<Effect> {
    let Some(Lent { sample, before }) = state.lent.take() else {
        return Vec::new();
    };
    let found = (state.searches.findings.iter()).any(|kept| kept.lesion == sample);
    if found || state.lesion(sample).is_none() || state.lesions.len() < 2 {
        return Vec::new();
    }
    let mut effects = match before {
        Some(before) if state.selected == Some(sample) => select(state, before, now),
        _ => Vec::new(),
    };
    effects.extend(close(state, &[sample], now));
    effects
}

/// Goes on by as many steps as are done. After the last one, what is said of the flip follows the sliders as long as it is one.
pub(crate) fn settle(state: &mut State) {
    if let Tour::Done {
        lesion: of, before, ..
    } = state.tour
        && let Some(flip) = (state.current().filter(|lesion| lesion.id == of))
            .and_then(|lesion| flipped::current(state, lesion))
    {
        state.tour = Tour::Done {
            lesion: of,
            flip: Box::new(flip),
            before,
        };
    }
    while let Tour::At {
        step,
        layout,
        before,
        from,
    } = state.tour
    {
        // What was open when it began was not opened for it: it begins with its first step, whatever was done before.
        if step == Step::Open && from.is_some() && from == state.selected {
            return;
        }
        let Some(lesion) = state.current() else {
            return;
        };
        if !is_done(step, lesion, layout != state.view.layout) {
            return;
        }
        state.tour = match (step.next(), flipped::current(state, lesion)) {
            (Some(step), _) => Tour::At {
                step,
                layout: state.view.layout,
                before,
                from,
            },
            (None, Some(flip)) => Tour::Done {
                lesion: lesion.id,
                flip: Box::new(flip),
                before,
            },
            (None, None) => return,
        };
    }
}

/// Whether a step is done, as far as the lesion and the layout tell; for the last one, whether there are verdicts to tell.
fn is_done(step: Step, lesion: &Lesion, another_layout: bool) -> bool {
    let answered = lesion.answers.primary.answered(&lesion.perturbation);
    let altered = !lesion.perturbation.is_identity();
    match step {
        Step::Open => {
            lesion.origin == Origin::Sample(OF_TOUR) && lesion.answers.primary.before.is_some()
        }
        // The last one also needs a flip: see above.
        Step::Alter | Step::Flip => altered && answered.is_some(),
        Step::Compare => another_layout,
        Step::Reset => !altered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::explore::view::Layout;

    #[test]
    fn it_waits_for_deeds_and_can_be_left_and_started_again() {
        let now = Instant::now();
        let mut state = State::default();
        settle(&mut state);
        assert_eq!(state.tour, Tour::Off);
        apply(&mut state, TourCommand::Start, now);
        settle(&mut state);
        let start = Tour::At {
            step: Step::Open,
            layout: Layout::SideBySide,
            before: Layout::SideBySide,
            from: None,
        };
        assert_eq!(state.tour, start, "no lesion is open");
        apply(&mut state, TourCommand::OpenSample, now);
        settle(&mut state);
        assert_eq!(state.tour, start, "its verdict is not there yet");
        assert_eq!(
            state.current().map(|lesion| lesion.origin.clone()),
            Some(Origin::Sample(OF_TOUR))
        );
        apply(&mut state, TourCommand::End, now);
        assert_eq!(state.tour, Tour::Off);
        apply(&mut state, TourCommand::Start, now);
        let Tour::At { step, .. } = state.tour else {
            panic!("it has begun");
        };
        assert_eq!(step, Step::Open);
    }

    #[test]
    fn steps_are_numbered_in_order() {
        let mut step = Step::Open;
        for number in 1..=5 {
            assert_eq!(step.number(), number);
            match step.next() {
                Some(next) => step = next,
                None => assert_eq!(number, 5),
            }
        }
    }
}
