//! A classifier whose weights are variables: its loss on labelled frames, and the gradient with respect to every weight.
//!
//! - [`begin`]: a network at the start of its training; [`initial`]: its weights; [`average`]: the mean of several networks'
//! - [`objective`]: what is minimised
//! - [`values`]: the weights in the form stored in a file

mod auxiliary;
mod average;
mod begin;
mod heads;
mod initial;
mod network;
mod objective;
mod values;
mod weights;

pub use begin::InitialisedModel;
pub use initial::Start;
pub use network::{Gradients, Trainable};
pub use objective::{AUXILIARY_WEIGHT, Dropout, Objective};
