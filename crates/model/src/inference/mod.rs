//! Frames in, verdicts out: networks on their devices.

mod again;
pub(crate) mod block_output;
pub(crate) mod candidate;
pub(crate) mod classifier;
pub(crate) mod device;
mod double;
mod gradients;
pub(crate) mod input;
mod list_pace;
mod network;
#[cfg(feature = "cudnn")]
mod on_card;
pub(crate) mod origin;
#[cfg(any(test, feature = "cudnn"))]
pub(crate) mod plan_folder;
pub(crate) mod probe;
mod probing;
mod remedied;
#[cfg(any(test, feature = "cudnn"))]
mod render;
mod shuffle;
pub(crate) mod verdict;
mod weights;
