//! Checkpoint files: their contents, which network is in them, and their metadata; and how new ones are written.
//!
//! A file is parsed (`parsed`, `formats/`), the network in it is found (`selection/`), and what the file, its sidecar and the
//! user state about it is interpreted (`info`): together that is [`opened`]. Nothing in a file is executed.

pub(crate) mod activation_stats;
pub(crate) mod assumption;
mod class_files;
mod class_lists;
mod class_names;
mod class_order;
pub(crate) mod convert;
pub(crate) mod embedded;
mod encode;
pub(crate) mod formats;
mod hub_config;
pub(crate) mod info;
pub(crate) mod metadata;
pub(crate) mod opened;
pub(crate) mod overrides;
pub(crate) mod parsed;
mod plausible;
mod preparation;
mod quantise;
pub(crate) mod selection;
pub(crate) mod source;
pub(crate) mod state_dict;
pub(crate) mod tensors;
#[cfg(test)]
mod tests;
pub(crate) mod weight_format;
