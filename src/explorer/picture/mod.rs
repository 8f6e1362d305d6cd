//! Looking at pixels: the values under the pointer and the histograms, of the original and of the altered picture as the network
//! sees them. Both need the altered frame, which a thread renders.

pub(crate) mod apply;
pub mod command;
pub mod histogram;
pub(crate) mod panel;
pub mod state;
pub(crate) mod worker;
