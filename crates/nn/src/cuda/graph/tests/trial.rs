//! A plan beside the older calls.

use super::super::agreement::{disagreement, frames, tolerance};
use super::super::noise::noise;
use super::super::plan::Plan;
use super::super::trial::{Bench, kept};
use super::mock::{Mock, MockEngine};
use super::{NONDETERMINISTIC, PRECISIONS, addresses, engine, fusion, layer};
use crate::cuda::operand::{Dtype, Extent, Order, Strided};

const LARGEST: usize = 1 << 20;

/// A card of which a test says what both ways give.
struct Given {
    older: Vec<f32>,
    planned: Vec<f32>,
    /// What lies where the result goes.
    left: Vec<f32>,
    older_fails: bool,
}

impl Given {
    fn new(older: &[f32], planned: &[f32]) -> Self {
        Self {
            older: older.to_vec(),
            planned: planned.to_vec(),
            left: Vec::new(),
            older_fails: false,
        }
    }
}

impl Bench<Mock> for Given {
    fn older(&mut self) -> Result<Vec<f32>, String> {
        if self.older_fails {
            return Err("no card".to_owned());
        }
        self.left.clone_from(&self.older);
        Ok(self.left.clone())
    }

    fn planned(&mut self, plan: &Plan<Mock>) -> Result<Vec<f32>, String> {
        let at = addresses(&layer(Order::Planes));
        // It may have begun to write.
        self.left.clone_from(&self.planned);
        // SAFETY: the stand-in reads no memory.
        unsafe { plan.run(&at, 0x9000) }.map_err(|error| error.to_string())?;
        Ok(self.left.clone())
    }
}

#[test]
fn a_plan_that_gives_the_same_is_kept() {
    let mock = Mock::offering([engine(1, &[])]);
    let made = Plan::new(&mock, &fusion(PRECISIONS[0]), LARGEST, None);
    let mut card = Given::new(&[1.0, -2.0, 0.0], &[1.000_1, -2.0, 0.0]);
    assert!(kept(&mut card, made, 1e-3).unwrap().is_ok());
    assert_eq!(card.left, card.planned);
    mock.assert_no_leaks();
}

#[test]
fn a_plan_that_gives_something_else_or_fails_leaves_the_older_calls_and_their_result() {
    let mock = Mock::offering([engine(1, &[])]);
    let plan = || Plan::new(&mock, &fusion(PRECISIONS[0]), LARGEST, None);
    let mut card = Given::new(&[1.0, -2.0, 0.0], &[1.0, -2.0, 0.5]);
    let trouble = kept(&mut card, plan(), 1e-3).unwrap().err().unwrap();
    assert!(trouble.contains("older calls"), "{trouble}");
    assert_eq!(card.left, card.older);
    mock.state().fails_to_start = Some(5000);
    let mut card = Given::new(&[1.0], &[1.0]);
    card.left = vec![7.0];
    let trouble = kept(&mut card, plan(), 1e-3).unwrap().err().unwrap();
    assert!(trouble.contains("5000"), "{trouble}");
    assert_eq!(card.left, card.older);
    mock.assert_no_leaks();
}

#[test]
fn without_a_plan_nothing_is_run() {
    let mock = Mock::offering([
        engine(1, &[NONDETERMINISTIC]),
        MockEngine {
            unsupported: true,
            ..engine(2, &[])
        },
    ]);
    let made = Plan::new(&mock, &fusion(PRECISIONS[0]), LARGEST, None);
    let mut card = Given::new(&[1.0], &[1.0]);
    card.older_fails = true;
    assert!(kept(&mut card, made, 1e-3).unwrap().is_err());
}

#[test]
fn where_the_older_calls_fail_that_is_an_error() {
    let mock = Mock::offering([engine(1, &[])]);
    let made = Plan::new(&mock, &fusion(PRECISIONS[0]), LARGEST, None);
    let mut card = Given::new(&[1.0], &[1.0]);
    card.older_fails = true;
    assert!(kept(&mut card, made, 1e-3).is_err());
    mock.assert_no_leaks();
}

#[test]
fn rounding_agrees_and_mistakes_do_not() {
    let wanted: Vec<f32> = bytemuck::pod_collect_to_vec(&noise(1, 1000, Dtype::F32));
    for (_, dtype, tensor_cores) in PRECISIONS {
        let bound = tolerance(dtype, tensor_cores);
        let off = |share: f64| -> Vec<f32> {
            let errors = noise(2, 1000, Dtype::F32);
            let errors: Vec<f32> = bytemuck::pod_collect_to_vec(&errors);
            let pairs = wanted.iter().zip(errors);
            pairs
                .map(|(value, error)| value + error * (bound * share) as f32)
                .collect()
        };
        assert_eq!(disagreement(&off(0.9), &wanted, bound), None);
        assert!(disagreement(&off(4.0), &wanted, bound).is_some());
    }
    let loosest = tolerance(Dtype::Bf16, true);
    let differs = |given: &[f32]| disagreement(given, &wanted, loosest).is_some();
    // Another channel's bias, a ReLU too many, one place further, a value that is not written.
    assert!(differs(&wanted.iter().map(|v| v + 0.1).collect::<Vec<_>>()));
    assert!(differs(
        &wanted.iter().map(|v| v.max(0.0)).collect::<Vec<_>>()
    ));
    let mut moved = wanted.clone();
    moved.rotate_left(1);
    assert!(differs(&moved));
    let mut one = wanted.clone();
    one[500] = f32::NAN;
    assert!(differs(&one));
    assert!(differs(&wanted[1..]));
    let mut infinite = wanted.clone();
    infinite[3] = f32::INFINITY;
    assert!(disagreement(&wanted, &infinite, loosest).is_some());
    assert_eq!(disagreement(&infinite, &infinite, loosest), None);
    assert_eq!(disagreement(&[f32::NAN], &[f32::NAN], loosest), None);
    assert_eq!(disagreement(&[0.0; 4], &[0.0; 4], loosest), None);
    assert!(disagreement(&[1e-9, 0.0], &[0.0; 2], loosest).is_some());
}

#[test]
fn the_first_and_the_last_frame_are_compared() {
    for (n, wanted) in [
        (1, &[0][..]),
        (2, &[0, 1]),
        (8, &[0, 1, 2, 3, 4, 5, 6, 7]),
        (64, &[0, 9, 18, 27, 36, 45, 54, 63]),
    ] {
        let extent = Extent::new(n, 6, [2, 3], Order::Pixels);
        let strided = Strided::whole(256, extent);
        let frames = frames((strided, extent), Dtype::Bf16);
        let at: Vec<u64> = frames.iter().map(|(one, _)| (one.at - 256) / 72).collect();
        assert_eq!(at, wanted);
        assert!(frames.iter().all(|(_, one)| one.count() == 36));
    }
}

#[test]
fn noise_is_noise() {
    let values: Vec<f32> = bytemuck::pod_collect_to_vec(&noise(0, 10_000, Dtype::F32));
    let mean = values.iter().sum::<f32>() / 1e4;
    let square = values.iter().map(|v| v * v).sum::<f32>() / 1e4;
    assert!(
        mean.abs() < 0.03 && (square - 0.75).abs() < 0.03,
        "{mean} {square}"
    );
    assert!(values.iter().all(|v| v.abs() <= 1.5));
    assert_eq!(noise(3, 7, Dtype::Bf16).len(), 14);
    assert_ne!(noise(3, 7, Dtype::Bf16), noise(4, 7, Dtype::Bf16));
}
