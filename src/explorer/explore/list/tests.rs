//! Sorting, filtering and counting, on rows of thousands.

use flipscope_model::Label;

use super::arrange::{Chosen, Filter, Sort, arrange};
use super::columns::Column;
use super::counts::Counts;
use super::rows::{Change, FlippedBy, Outcome, Row, Title};
use super::truth::Truth;
use crate::explorer::explore::lesion::LesionId;

const T: f32 = 0.5;

fn of(label: Option<Label>) -> Truth {
    let text = "in the table".into();
    Truth { label, text }
}

const MELANOMA: Option<Label> = Some(Label::Melanoma);
const NEVUS: Option<Label> = Some(Label::Nevus);

fn row(id: u64, name: &str, truth: Option<Truth>, p: Option<f32>) -> Row {
    Row {
        id: LesionId(id),
        name: name.into(),
        truth,
        p_melanoma: p,
        flipped_by: None,
        p_altered: None,
        smallest: None,
    }
}

/// Every kind of row: with and without verdict, truth, and what flips it; many equal ones.
fn thousands() -> Vec<Row> {
    (0..5000_u64)
        .map(|n| {
            let truth = match n % 4 {
                0 => None,
                1 => Some(of(MELANOMA)),
                2 => Some(of(NEVUS)),
                _ => Some(of(None)),
            };
            let p = (n % 7 != 0).then_some(((n * 37) % 101) as f32 / 100.0);
            let mut row = row(n, &format!("mole {:04}", (n * 7919) % 5000), truth, p);
            row.p_altered = (n % 6 == 1).then_some(((n * 53) % 89) as f32 / 100.0);
            if n % 10 == 3 {
                row.flipped_by = Some(FlippedBy {
                    sliders: false,
                    findings: vec![Title::of(|| format!("Colour #{}", n % 30))],
                });
                row.smallest = Some(Change {
                    delta_e: ((n * 13) % 97) as f64 / 10.0,
                    title: Title::of(|| "a size".to_owned()),
                });
            }
            row
        })
        .collect()
}

fn chosen(column: Column, reversed: bool) -> Chosen {
    Chosen {
        sort: Some(Sort { column, reversed }),
        ..Chosen::default()
    }
}

fn all(rows: &[Row], order: &[usize]) -> bool {
    let mut every = order.to_vec();
    every.sort_unstable();
    every == (0..rows.len()).collect::<Vec<_>>()
}

#[test]
fn five_thousand_are_sorted_by_p_with_the_unjudged_last_and_ties_as_opened() {
    let rows = thousands();
    for reversed in [false, true] {
        let (order, shown) = arrange(&rows, &chosen(Column::P, reversed), T);
        assert_eq!(shown, rows.len());
        assert!(all(&rows, &order));
        let judged = rows.iter().filter(|row| row.p_melanoma.is_some()).count();
        let (first, rest) = order.split_at(judged);
        assert!(rest.iter().all(|&at| rows[at].p_melanoma.is_none()));
        assert!(rest.is_sorted());
        for pair in first.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|at| rows[at].p_melanoma.unwrap());
            assert!(if reversed { a >= b } else { a <= b });
            assert!(a != b || pair[0] < pair[1], "equal ones stay as opened");
        }
    }
}

#[test]
fn every_column_sorts_every_row_and_puts_nothing_last() {
    let rows = thousands();
    let has = |row: &Row, column: Column| match column {
        Column::Name => true,
        Column::Truth => row.truth.is_some(),
        Column::P | Column::Verdict => row.p_melanoma.is_some(),
        Column::Outcome => row.outcome(T).is_some(),
        Column::Altered => row.p_altered.is_some(),
        Column::FlippedBy => row.flipped_by.is_some(),
        Column::Smallest => row.smallest.is_some(),
    };
    for column in Column::ALL {
        let (up, _) = arrange(&rows, &chosen(column, false), T);
        let (down, _) = arrange(&rows, &chosen(column, true), T);
        for order in [&up, &down] {
            assert!(all(&rows, order), "{column:?}");
            let with = order.iter().map(|&at| has(&rows[at], column));
            assert!(with.is_sorted_by(|a, b| a >= b), "{column:?}");
        }
        assert_ne!(up, down, "{column:?}");
    }
    let (order, _) = arrange(&rows, &chosen(Column::Outcome, false), T);
    assert_eq!(rows[order[0]].outcome(T), Some(Outcome::Wrong));
}

#[test]
fn without_a_choice_the_rows_stay_as_opened() {
    let rows = thousands();
    let (order, shown) = arrange(&rows, &Chosen::default(), T);
    assert_eq!((order.is_sorted(), shown), (true, 5000));
}

#[test]
fn filters_keep_what_they_say_and_the_rest_follows_hidden() {
    let rows = thousands();
    let kept = |filter| {
        let chosen = Chosen {
            filter,
            ..Chosen::default()
        };
        let (order, shown) = arrange(&rows, &chosen, T);
        assert!(all(&rows, &order), "{filter:?}");
        order[..shown]
            .iter()
            .map(|&at| &rows[at])
            .collect::<Vec<_>>()
    };
    let count = |is: fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count();
    let wrong = kept(Filter::Wrong);
    assert!(
        !wrong.is_empty()
            && wrong
                .iter()
                .all(|row| row.outcome(T) == Some(Outcome::Wrong))
    );
    assert_eq!(
        wrong.len(),
        count(|row| row.outcome(T) == Some(Outcome::Wrong))
    );
    assert_eq!(kept(Filter::Flipped).len(), 500);
    assert_eq!(kept(Filter::Melanomas).len(), 1250);
    assert_eq!(kept(Filter::Nevi).len(), 1250);
    let near = kept(Filter::NearThreshold);
    assert!(
        near.iter()
            .all(|row| (0.399..0.601).contains(&row.p_melanoma.unwrap()))
    );
    assert!(near.iter().any(|row| row.p_melanoma == Some(0.4)));
    assert!(near.iter().any(|row| row.p_melanoma == Some(0.6)));
}

#[test]
fn a_search_is_in_any_case_and_joins_filter_and_order() {
    let rows = [
        row(0, "b mole.png", Some(of(NEVUS)), Some(0.9)),
        row(1, "a mole.png", Some(of(NEVUS)), Some(0.8)),
        row(2, "naevus.png", Some(of(NEVUS)), Some(0.7)),
        row(3, "c mole.png", Some(of(NEVUS)), Some(0.1)),
    ];
    let chosen = Chosen {
        filter: Filter::Wrong,
        search: " MOLE".to_owned(),
        ..chosen(Column::Name, false)
    };
    assert_eq!(arrange(&rows, &chosen, T), (vec![1, 0, 2, 3], 2));
}

#[test]
fn a_header_sorts_then_reverses_then_gives_the_order_as_opened() {
    let by = |column, reversed| Some(Sort { column, reversed });
    assert_eq!(Sort::clicked(None, Column::P), by(Column::P, false));
    let first = by(Column::P, false);
    assert_eq!(Sort::clicked(first, Column::P), by(Column::P, true));
    assert_eq!(Sort::clicked(by(Column::P, true), Column::P), None);
    assert_eq!(Sort::clicked(first, Column::Name), by(Column::Name, false));
}

#[test]
fn counts_are_of_what_is_known_and_judged() {
    let mut rows = vec![
        row(0, "a", Some(of(MELANOMA)), Some(0.2)),
        row(1, "b", Some(of(MELANOMA)), Some(0.5)),
        row(2, "c", Some(of(NEVUS)), Some(0.7)),
        row(3, "d", Some(of(NEVUS)), None),
        row(4, "e", Some(of(None)), Some(0.9)),
        row(5, "f", None, Some(0.9)),
    ];
    let counts = Counts::of(&rows, T);
    assert_eq!((counts.known, counts.waiting), (5, 1));
    assert_eq!(
        counts.in_words().unwrap(),
        "1 of 2 melanomas missed, 1 of 1 nevus called melanoma so far"
    );
    // The threshold decides what is missed.
    rows.remove(3);
    assert_eq!(
        Counts::of(&rows, 0.1).in_words().unwrap(),
        "0 of 2 melanomas missed, 1 of 1 nevus called melanoma"
    );
    assert_eq!(Counts::of(&rows[4..], T).in_words(), None);
}
