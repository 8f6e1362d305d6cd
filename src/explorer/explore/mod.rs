//! One lesion at a time: its picture, the sliders that alter it, and what the models answer.
//!
//! - [`lesion`], [`view`]: what is shown; [`controls`], [`tracks`], [`band`]: the sliders, and P(melanoma) along them
//! - `apply`: what commands and answers change
//! - [`request`]: what the network is asked; [`scheduler_client`]: asks it; [`decoder`]: the thread that reads photographs
//! - `panel`: the list, the pictures, the verdict and the sliders

pub(crate) mod apply;
pub mod band;
pub(crate) mod command_line;
pub mod controls;
pub mod decoder;
pub mod lesion;
pub(crate) mod panel;
pub mod request;
pub mod scheduler_client;
pub mod tracks;
pub mod view;
