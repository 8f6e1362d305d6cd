//! The device that tests run on: the processor, or what `FLIPSCOPE_TEST_DEVICE` names (`cuda`), in what
//! `FLIPSCOPE_TEST_PRECISION` names (`f32`, `tf32` or `bf16`).
#![allow(dead_code, reason = "not every test needs all of it")]

use flipscope_model::{
    Classifier, ClassifierError, DeviceChoice, ModelSource, Overrides, Precision,
};

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

/// How far apart numbers may be that may be `processor` apart where the processor makes them in f32.
pub(crate) fn tolerance(processor: f64) -> f64 {
    match (choice(), precision()) {
        (DeviceChoice::Cpu, Precision::F32) => processor,
        (_, Precision::F32) => processor.max(1e-3),
        // Ten binary places of a product's factors.
        (_, Precision::Tf32) => processor.max(5e-3),
        (_, Precision::Bf16) => processor.max(2e-2),
    }
}
