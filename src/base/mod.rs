//! What every other module may use, and what knows none of them: files that appear whole, files that are read within bounds,
//! and strangers' text made safe to show.

pub(crate) mod atomic;
pub(crate) mod read;
pub(crate) mod text;
