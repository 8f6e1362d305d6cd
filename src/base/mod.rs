//! What every other module may use, and what knows none of them: files that appear whole, files that are read within bounds,
//! strangers' text made safe to show, and numbers that people type.

pub(crate) mod atomic;
pub(crate) mod number;
pub(crate) mod read;
pub(crate) mod text;
