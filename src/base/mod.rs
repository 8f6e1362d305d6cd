//! What every other module may use, and what knows none of them: files that appear whole and in the place of none that is a
//! person's, files that are read within bounds, strangers' text made safe to show, and numbers that people type.

pub(crate) mod atomic;
pub(crate) mod export;
pub(crate) mod number;
pub(crate) mod overwrite;
pub(crate) mod read;
pub(crate) mod text;
