//! The searches over a stand-in for the network whose optimum is known: what they find, what they keep, when they stop.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod attacks;
mod evolution;
mod keeping;
mod pool;
mod proposals;
#[cfg(feature = "demo-model")]
mod proposals_remedied;
mod stand_in;
#[path = "../stand_in_info/mod.rs"]
mod stand_in_info;
mod strategies;
mod summaries;
