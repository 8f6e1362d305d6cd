//! The page *Landscape*: P(melanoma) of the explored lesion over any two parameters of its alteration, and where the verdict flips.
//!
//! - [`settings`]: the form; [`state`]: the landscape that is shown, as far as it is judged, [`record`] from one run to the next; [`command`]:
//!   what a person can ask for
//! - `apply`: how commands and answers change the state
//! - [`request`]: requests to the thread and its answers; `worker`: judges points coarse to fine, as jobs of the scheduler
//! - `points`: the sliders, their path and the findings as places of a landscape
//! - `panel`: the form, the plane or the profile

pub(crate) mod apply;
pub mod command;
pub(crate) mod panel;
pub(crate) mod points;
pub mod record;
pub mod request;
pub mod settings;
pub mod state;
pub(crate) mod worker;
