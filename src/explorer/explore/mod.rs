//! One lesion at a time: its picture, the sliders that alter it, and what the models answer.
//!
//! - [`lesion`], [`metadata`], [`view`]: what is shown; [`controls`], [`bands`], [`band`]: the sliders, and P(melanoma) along them
//! - `apply`: how commands and answers change the state
//! - [`request`]: requests to the network; [`scheduler_client`]: sends them; [`decoder`]: the thread that reads photographs;
//!   [`file_state`]: the file of one that it could not read
//! - [`perturbation_files`]: which files hold which alteration; [`command_line`]: the command that reproduces a verdict
//! - [`resampling`]: how a moved picture is sampled and filled, in words
//! - [`list`]: the list as a table: truth, order, filter, search, selection
//! - `panel`: the list, the pictures, the verdict and the sliders

pub(crate) mod apply;
pub mod band;
pub mod bands;
pub(crate) mod command_line;
pub mod controls;
pub mod decoder;
pub mod file_state;
pub mod lesion;
pub mod list;
pub mod metadata;
pub(crate) mod panel;
pub mod perturbation_files;
pub mod request;
pub(crate) mod resampling;
pub mod scheduler_client;
pub mod view;
