//! Which network is in a file, and which of the file's tensors are that network.

mod candidates;
mod select;
mod sorted;
mod unsupported;

pub(crate) use select::{Selected, select, select_backbone};
