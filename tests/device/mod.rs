//! The device that tests run on: the processor, or what `FLIPSCOPE_TEST_DEVICE` names (`cuda`), in what
//! `FLIPSCOPE_TEST_PRECISION` names (`f32`, `tf32` or `bf16`); and how far apart numbers may then be.
#![allow(dead_code, reason = "not every test needs all of it")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy.toml allows them in tests, but not in what tests call"
)]

use std::sync::LazyLock;

use flipscope_model::{
    Classifier, ClassifierError, DeviceChoice, ModelSource, Overrides, Precision,
};
use serde_json::Value;

/// What PyTorch is off in tf32 and bf16: `golden/make_precision_limits.py`.
static LIMITS: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../golden/precision_limits.json")).unwrap()
});

/// The device.
pub(crate) fn choice() -> DeviceChoice {
    match std::env::var("FLIPSCOPE_TEST_DEVICE") {
        Ok(name) => name.parse().unwrap(),
        Err(_) => DeviceChoice::Cpu,
    }
}

/// The precision.
pub(crate) fn precision() -> Precision {
    match std::env::var("FLIPSCOPE_TEST_PRECISION") {
        Ok(name) => name.parse().unwrap(),
        Err(_) => Precision::F32,
    }
}

/// Loads a model onto the device.
pub(crate) fn load(
    source: &ModelSource,
    overrides: &Overrides,
) -> Result<Classifier, ClassifierError> {
    let overrides = Overrides {
        precision: precision(),
        ..overrides.clone()
    };
    Classifier::load_with(source, choice(), &overrides)
}

/// What is compared: a quantity of `golden/precision_limits.json`.
#[derive(Clone, Copy)]
pub(crate) enum Quantity {
    /// A probability.
    P,
    /// A probability's logit.
    Logit,
    /// Mean or deviation of a block's output, of the larger of both.
    Block,
    /// A gradient, of its norm.
    Gradient,
}

/// How far apart probabilities may be that may be `processor` apart where the processor makes them in f32.
pub(crate) fn tolerance(processor: f64) -> f64 {
    tolerance_of(Quantity::P, processor)
}

/// How far apart values of a quantity may be that may be `processor` apart where the processor makes them in f32. In f32 a card may be
/// 1e-3 off; in tf32 and bf16 what PyTorch is off on golden rows, with the margin that the file gives.
pub(crate) fn tolerance_of(quantity: Quantity, processor: f64) -> f64 {
    match (choice(), precision()) {
        (DeviceChoice::Cpu, Precision::F32) => processor,
        (_, Precision::F32) => processor.max(1e-3),
        (_, reduced @ (Precision::Tf32 | Precision::Bf16)) => {
            processor.max(off_in_pytorch(reduced, quantity))
        }
    }
}

/// The largest difference of PyTorch from its own f32, times the margin.
fn off_in_pytorch(precision: Precision, quantity: Quantity) -> f64 {
    let quantity = match quantity {
        Quantity::P => "p_melanoma",
        Quantity::Logit => "logit",
        Quantity::Block => "block",
        Quantity::Gradient => "gradient",
    };
    let largest = &LIMITS["limits"][precision.name()][quantity]["largest"];
    largest.as_f64().unwrap() * LIMITS["margin"].as_f64().unwrap()
}
