//! The page *Explain*: what the network looks at in the explored lesion, before and after the sliders' alteration.
//!
//! - [`state`]: which map is wanted, what is being made, the maps that are kept, [`record`] from one run to the next;
//!   [`command`]: what a person can ask for
//! - `obstacle`: what stands in the way of a map; [`pace`]: how long it will still take; `apply`: how commands and answers change the state
//! - [`request`]: requests to the threads and their answers; `thread`: how one is started; `worker`: maps and their checks, as turns of the
//!   scheduler, so that a slider goes first
//! - `saving`: asks where to write maps, landscapes and summaries; [`export`]: writes them, by the code of the command line
//! - `panel`: the form, the maps with their legend, the checks

pub(crate) mod apply;
pub mod command;
pub mod export;
pub(crate) mod obstacle;
pub mod pace;
pub(crate) mod panel;
pub mod record;
pub mod request;
pub(crate) mod saving;
pub mod settings;
pub mod state;
pub(crate) mod thread;
pub(crate) mod worker;
