//! How a command ended.

/// Something was not done, and standard error has been told what.
#[derive(Debug)]
pub(super) struct Incomplete;

/// How a command ended: wholly, or with parts that it has already reported.
pub(super) type Outcome = anyhow::Result<Result<(), Incomplete>>;
