//! When rows of the list may change places. Needs no window; the time is passed in.
//!
//! Verdicts and findings arrive while a person looks for a row and clicks it. So rows keep their places while the pointer is over them, and for
//! [`REST`] after a key has moved through them; new ones come after those that are shown. They are put in order again as soon as the pointer
//! leaves, unless a mouse button is down; and where it stays, once neither it nor any row has changed for [`REST`]. Where order, filter or
//! threshold is chosen anew, or undo brings lesions back, they are put in order at once: by a click on a title, and while the threshold is being
//! dragged.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::explore::list::rows::Row;

/// How long rows keep their places after the last key, or under a pointer that rests.
pub const REST: Duration = Duration::from_secs(2);

/// What the pointer does in a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pointer {
    /// Whether it is over the rows.
    pub over: bool,
    /// Whether a button is down.
    pub pressed: bool,
    /// Whether it moves, or scrolls.
    pub moves: bool,
}

/// What a person does with the rows, and when.
#[derive(Clone, Copy, Debug, Default)]
pub struct Handling {
    pointer: Pointer,
    pointed: Option<Instant>,
    key: Option<Instant>,
    changed: Option<Instant>,
}

impl Handling {
    /// What the pointer does in this frame; one that only lies there does nothing.
    pub fn point(&mut self, pointer: Pointer, now: Instant) {
        let before = std::mem::replace(&mut self.pointer, pointer);
        if pointer.moves || pointer.over != before.over || pointer.pressed != before.pressed {
            self.pointed = Some(now);
        }
    }

    /// A key has just moved through the rows: the next one may follow.
    pub fn key(&mut self, now: Instant) {
        self.key = Some(now);
    }

    /// A row has just changed, or come, or gone: under the pointer, a person may be about to click it.
    pub fn change(&mut self, now: Instant) {
        self.changed = Some(now);
    }

    /// How long rows keep their places if nothing else happens; none if they may change them now.
    pub fn keeps_places(&self, now: Instant) -> Option<Duration> {
        if self.pointer.pressed {
            return Some(REST);
        }
        let under_pointer = [self.pointed, self.changed];
        let under_pointer = under_pointer.into_iter().filter(|_| self.pointer.over);
        let last = under_pointer.chain([self.key]).flatten().max()?;
        let rest = (last + REST).saturating_duration_since(now);
        (!rest.is_zero()).then_some(rest)
    }
}

/// Rows in the places that they had, as indices of the rows, and how many are shown, if `shown` were; those that are gone leave no gap. New ones
/// come after those that are shown, or after all where they are not, in the order that is chosen: `arranged`, and how many of it are shown.
pub(crate) fn kept(
    rows: &[Row],
    (before, shown): (impl Iterator<Item = LesionId>, usize),
    (arranged, arranged_shown): (&[usize], usize),
) -> (Vec<usize>, usize) {
    let mut places: HashMap<LesionId, usize> = (rows.iter().enumerate())
        .map(|(at, row)| (row.id, at))
        .collect();
    let (mut order, mut hidden) = (Vec::with_capacity(rows.len()), Vec::new());
    let mut put = |at: usize, is_shown: bool| {
        if is_shown {
            order.push(at);
        } else {
            hidden.push(at);
        }
    };
    for (place, id) in before.enumerate() {
        if let Some(at) = places.remove(&id) {
            put(at, place < shown);
        }
    }
    // What is left has no place yet.
    for (place, &at) in arranged.iter().enumerate() {
        if rows.get(at).is_some_and(|row| places.contains_key(&row.id)) {
            put(at, place < arranged_shown);
        }
    }
    let count = order.len();
    order.append(&mut hidden);
    (order, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OVER: Pointer = Pointer {
        over: true,
        pressed: false,
        moves: false,
    };

    fn seconds(seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds)
    }

    #[test]
    fn nobody_is_there() {
        let start = Instant::now();
        let mut handling = Handling::default();
        handling.change(start);
        assert_eq!(handling.keeps_places(start), None);
        let elsewhere = Pointer {
            moves: true,
            ..Pointer::default()
        };
        handling.point(elsewhere, start);
        assert_eq!(handling.keeps_places(start), None);
    }

    #[test]
    fn rows_stay_under_the_pointer_until_it_leaves() {
        let start = Instant::now();
        let mut handling = Handling::default();
        handling.point(OVER, start);
        for verdict in 0..20 {
            let now = start + seconds(f64::from(verdict));
            handling.change(now);
            assert_eq!(handling.keeps_places(now), Some(REST));
            assert_eq!(
                handling.keeps_places(now + seconds(1.5)),
                Some(seconds(0.5))
            );
        }
        let now = start + seconds(19.1);
        handling.point(Pointer::default(), now);
        assert_eq!(handling.keeps_places(now), None);
    }

    #[test]
    fn a_pointer_that_was_left_there_holds_up_nothing_but_one_that_moves_does() {
        let start = Instant::now();
        let mut handling = Handling::default();
        handling.point(OVER, start);
        handling.change(start + seconds(1.0));
        // Frames in which it does not move.
        handling.point(OVER, start + seconds(1.5));
        assert_eq!(handling.keeps_places(start + seconds(3.0)), None);
        let moves = Pointer {
            moves: true,
            ..OVER
        };
        handling.point(moves, start + seconds(2.9));
        assert!(handling.keeps_places(start + seconds(4.8)).is_some());
        assert_eq!(handling.keeps_places(start + seconds(4.9)), None);
    }

    #[test]
    fn no_row_moves_between_press_and_release_nor_just_after() {
        let start = Instant::now();
        let mut handling = Handling::default();
        handling.point(OVER, start);
        let pressed = Pointer {
            pressed: true,
            ..OVER
        };
        handling.point(pressed, start);
        assert!(handling.keeps_places(start + seconds(60.0)).is_some());
        handling.point(OVER, start + seconds(60.0));
        assert_eq!(handling.keeps_places(start + seconds(60.0)), Some(REST));
        assert_eq!(handling.keeps_places(start + seconds(62.0)), None);
    }

    #[test]
    fn a_key_holds_the_rows_for_a_while() {
        let start = Instant::now();
        let mut handling = Handling::default();
        handling.key(start);
        handling.change(start + seconds(1.0));
        assert_eq!(
            handling.keeps_places(start + seconds(1.0)),
            Some(seconds(1.0))
        );
        assert_eq!(handling.keeps_places(start + seconds(2.0)), None);
    }

    #[test]
    fn those_that_are_gone_leave_no_gap_and_new_ones_come_after_those_that_are_shown() {
        let row = |id: u64| Row {
            id: LesionId(id),
            name: "".into(),
            truth: None,
            p_melanoma: None,
            p_altered: None,
            flipped_by: None,
            smallest: None,
        };
        let before = || ([3, 1, 4, 2].map(LesionId).into_iter(), 3);
        let rows = [1, 2, 3, 4].map(row);
        let arranged = (&[0, 1, 2, 3][..], 4);
        assert_eq!(kept(&rows, before(), arranged), (vec![2, 0, 3, 1], 3));
        let rows = [2, 3, 4].map(row);
        let arranged = (&[0, 1, 2][..], 3);
        assert_eq!(kept(&rows, before(), arranged), (vec![1, 2, 0], 2));
        // 5 to 7 are new; 6 is not shown.
        let rows = [1, 2, 3, 4, 5, 6, 7].map(row);
        let arranged = (&[6, 0, 1, 4, 2, 3, 5][..], 4);
        let wanted = (vec![2, 0, 3, 6, 4, 1, 5], 5);
        assert_eq!(kept(&rows, before(), arranged), wanted);
        assert_eq!(kept(&[], before(), (&[], 0)), (Vec::new(), 0));
        // Where nothing was before, the order is the chosen one.
        let none = ([].into_iter(), 0);
        let arranged = (&[1, 0, 2][..], 2);
        assert_eq!(kept(&rows[..3], none, arranged), (vec![1, 0, 2], 2));
    }
}
