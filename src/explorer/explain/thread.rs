//! A thread for one piece of work that explains something, whose end is always an answer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use flipscope_lab::explain::ExplainError;
use flipscope_language::{carried, text};

use crate::explorer::explain::request::NotMade;
use crate::explorer::worker::{Answer, Outbox};

/// Starts the work on a thread of this name; `ended` makes its outcome the last answer.
///
/// # Errors
/// If the system cannot start a thread.
pub(crate) fn start<T>(
    name: &str,
    outbox: Outbox,
    work: impl FnOnce(&Outbox) -> Result<T, ExplainError> + Send + 'static,
    ended: impl FnOnce(Result<T, NotMade>) -> Answer + Send + 'static,
) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(carried(move || {
            let result = match catch_unwind(AssertUnwindSafe(|| work(&outbox))) {
                Ok(Ok(made)) => Ok(made),
                Ok(Err(ExplainError::Cancelled)) => Err(NotMade::Cancelled),
                Ok(Err(error)) => Err(NotMade::Failed(error.to_string())),
                Err(_) => Err(NotMade::Failed(text!("explain-bug").to_owned())),
            };
            outbox.send(ended(result));
        }))?;
    Ok(())
}
