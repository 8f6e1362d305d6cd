//! The supported networks without their weights: which tensors a checkpoint must hold, and how they are connected.

pub(crate) mod architecture;
pub(crate) mod inception_v3;
pub(crate) mod resnet;
pub(crate) mod small_test;
pub(crate) mod supported;

pub(crate) use architecture::Architecture;
