//! A classifier whose weights are variables: its loss on labelled frames, and the gradient towards every weight.
//!
//! - [`initial`]: where the weights of a training come from
//! - [`objective`]: what is made small
//! - [`values`]: the weights as a file holds them

mod heads;
mod initial;
mod network;
mod objective;
mod values;
mod weights;

pub use initial::{Begun, Start};
pub use network::{Gradients, Trainable};
pub use objective::{AUXILIARY_WEIGHT, Dropout, Objective};
