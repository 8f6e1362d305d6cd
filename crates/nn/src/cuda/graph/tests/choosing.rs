//! Which engine is taken.

use super::super::engine::Choice;
use super::super::plan::Plan;
use super::mock::{Mock, MockEngine};
use super::{
    DOWN_CONVERT_INPUTS, NONDETERMINISTIC, PRECISIONS, REDUCED_PRECISION_REDUCTION,
    RUNTIME_COMPILATION, TENSOR_CORE, WINOGRAD, WINOGRAD_13, addresses, engine, fusion, fusion_of,
    layer,
};

const LARGEST: usize = 1 << 20;

/// The engine that a plan was made by.
fn taken(mock: &Mock, precision: usize) -> Option<i64> {
    let plan = Plan::new(mock, &fusion(PRECISIONS[precision]), LARGEST, None);
    plan.ok().map(|plan| plan.choice.unwrap().engine)
}

#[test]
fn the_first_that_can_is_taken() {
    let mock = Mock::offering([engine(5, &[]), engine(3, &[])]);
    for precision in 0..3 {
        assert_eq!(taken(&mock, precision), Some(5));
    }
    mock.assert_no_leaks();
}

#[test]
fn engines_that_give_other_bits_from_run_to_run_are_skipped() {
    let mock = Mock::offering([
        engine(5, &[TENSOR_CORE, NONDETERMINISTIC]),
        engine(6, &[NONDETERMINISTIC]),
        engine(3, &[]),
    ]);
    for precision in 0..3 {
        assert_eq!(taken(&mock, precision), Some(3));
    }
    mock.assert_no_leaks();
}

#[test]
fn f32_takes_no_tensor_cores_and_nothing_takes_less_than_is_asked() {
    let mock = Mock::offering([engine(1, &[TENSOR_CORE]), engine(2, &[WINOGRAD])]);
    assert_eq!(
        [0, 1, 2].map(|one| taken(&mock, one)),
        [Some(2), Some(1), Some(1)]
    );
    for note in [
        DOWN_CONVERT_INPUTS,
        REDUCED_PRECISION_REDUCTION,
        WINOGRAD_13,
        1234,
    ] {
        let mock = Mock::offering([engine(1, &[note])]);
        assert_eq!([0, 1, 2].map(|one| taken(&mock, one)), [None; 3], "{note}");
        mock.assert_no_leaks();
    }
}

/// A verdict on one frame does not wait until a hundred engines are compiled; a search may.
#[test]
fn small_batches_take_no_engine_that_has_to_be_compiled() {
    let mock = Mock::offering([
        MockEngine {
            behaviour: vec![3, RUNTIME_COMPILATION],
            ..engine(7, &[])
        },
        MockEngine {
            behaviour: vec![3],
            ..engine(4, &[])
        },
    ]);
    let taken = |frames| {
        let fusion = fusion_of(PRECISIONS[2], frames);
        let plan = Plan::new(&mock, &fusion, LARGEST, None).unwrap();
        plan.choice.unwrap().engine
    };
    assert_eq!([1, 8, 9, 64].map(taken), [4, 4, 7, 7]);
    mock.assert_no_leaks();
}

#[test]
fn engines_that_want_too_much_memory_or_do_not_support_it_are_skipped() {
    let mock = Mock::offering([
        MockEngine {
            workspace: LARGEST as i64 + 1,
            ..engine(1, &[])
        },
        MockEngine {
            workspace: -1,
            ..engine(2, &[])
        },
        MockEngine {
            unsupported: true,
            ..engine(3, &[])
        },
        MockEngine {
            workspace: LARGEST as i64,
            ..engine(4, &[])
        },
    ]);
    assert_eq!(taken(&mock, 2), Some(4));
    let plan = Plan::new(&mock, &fusion(PRECISIONS[2]), LARGEST, None).unwrap();
    assert_eq!(plan.workspace, LARGEST);
    drop(plan);
    mock.assert_no_leaks();
}

#[test]
fn without_any_the_reasons_are_told() {
    let none = Mock::default();
    let fusion = fusion(PRECISIONS[0]);
    assert!(Plan::new(&none, &fusion, LARGEST, None).is_err());
    none.assert_no_leaks();
    let mock = Mock::offering([
        engine(1, &[NONDETERMINISTIC]),
        MockEngine {
            unsupported: true,
            ..engine(3, &[])
        },
    ]);
    let error = Plan::new(&mock, &fusion, LARGEST, None).err().unwrap();
    let error = error.to_string();
    assert!(
        error.contains("Nondeterministic") && error.contains("3000"),
        "{error}"
    );
    mock.assert_no_leaks();
}

#[test]
fn what_was_chosen_before_is_taken_without_asking_again() {
    let mock = Mock::offering([engine(5, &[]), engine(3, &[])]);
    let fusion = fusion(PRECISIONS[2]);
    let choose = |known: Option<&Choice>| {
        Plan::new(&mock, &fusion, LARGEST, known)
            .unwrap()
            .choice
            .unwrap()
    };
    let mut known = choose(None);
    assert_eq!(known.knobs, [(2, 45), (14, -3)]);
    assert_eq!(mock.state().asked, 1);
    assert_eq!(choose(Some(&known)), known);
    assert_eq!(mock.state().asked, 1);
    known.engine = 3;
    known.knobs.clear();
    assert_eq!(choose(Some(&known)), known);
    assert_eq!(mock.state().asked, 1);
    mock.assert_no_leaks();
}

#[test]
fn what_was_chosen_before_and_is_not_there_or_not_allowed_is_chosen_anew() {
    let mut known = {
        let mock = Mock::offering([engine(9, &[])]);
        let plan = Plan::new(&mock, &fusion(PRECISIONS[0]), LARGEST, None);
        plan.unwrap().choice.unwrap()
    };
    let mock = Mock::offering([
        engine(5, &[]),
        engine(4, &[NONDETERMINISTIC]),
        MockEngine {
            workspace: 1 << 40,
            ..engine(3, &[])
        },
        MockEngine {
            unsupported: true,
            ..engine(2, &[])
        },
        engine(1, &[TENSOR_CORE]),
    ]);
    for gone in [9, 4, 3, 2, 1] {
        known.engine = gone;
        let plan = Plan::new(&mock, &fusion(PRECISIONS[0]), LARGEST, Some(&known));
        assert_eq!(plan.unwrap().choice.unwrap().engine, 5, "{gone}");
    }
    // A knob that the engine does not have.
    known.engine = 5;
    known.knobs.push((33, 1));
    let plan = Plan::new(&mock, &fusion(PRECISIONS[0]), LARGEST, Some(&known));
    assert_eq!(plan.unwrap().choice.unwrap().knobs, [(2, 45), (14, -3)]);
    assert_eq!(mock.state().asked, 6);
    mock.assert_no_leaks();
}

#[test]
fn a_plan_runs_on_the_addresses_that_it_is_given() {
    let mock = Mock::offering([engine(5, &[])]);
    for precision in PRECISIONS {
        let plan = Plan::new(&mock, &fusion(precision), LARGEST, None).unwrap();
        let mut at = addresses(&layer(precision.0));
        // SAFETY: the stand-in reads no memory.
        unsafe { plan.run(&at, 0x9000) }.unwrap();
        let (engine, given) = mock.state().runs.pop().unwrap();
        assert_eq!(engine, 5);
        assert_eq!(
            given.into_values().collect::<Vec<_>>(),
            [at.x, at.w, at.bias, at.y]
        );
        at.y += 2;
        // SAFETY: likewise.
        assert!(unsafe { plan.run(&at, 0x9000) }.is_err());
    }
    mock.assert_no_leaks();
}
