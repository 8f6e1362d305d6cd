//! How a command ended.

/// Something was not done, and it has been reported on standard error.
#[derive(Debug)]
pub(super) struct Incomplete;

/// How a command ended: completely, or with parts that it has already reported as failed.
pub(super) type Outcome = anyhow::Result<Result<(), Incomplete>>;
