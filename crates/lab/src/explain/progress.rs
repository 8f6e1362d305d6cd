//! Progress and cancellation of an explanation: batches, between which it can be stopped.

use flipscope_base::cancel::Cancel;

use super::error::ExplainError;

/// Who follows an explanation, and may cancel it.
pub struct Watch<'a> {
    cancel: &'a Cancel,
    report: &'a mut dyn FnMut(usize, usize),
    done: usize,
    of: usize,
}

impl<'a> Watch<'a> {
    /// `report` is called after every batch with how many inputs the network has judged, and of how many.
    pub fn new(cancel: &'a Cancel, report: &'a mut dyn FnMut(usize, usize)) -> Self {
        Self {
            cancel,
            report,
            done: 0,
            of: 0,
        }
    }

    /// So many inputs will be judged, beside those that were announced before.
    pub(super) fn expect(&mut self, inputs: usize) {
        self.expect_with(inputs, 0);
    }

    /// The same, of which so many are known from an earlier run: no report says less.
    pub(super) fn expect_with(&mut self, inputs: usize, known: usize) {
        self.of += inputs;
        self.done += known;
        (self.report)(self.done, self.of);
    }

    /// So many inputs were judged.
    pub(super) fn judged(&mut self, inputs: usize) -> Result<(), ExplainError> {
        self.done += inputs;
        (self.report)(self.done, self.of);
        self.check()
    }

    /// Whether to go on.
    pub(super) fn check(&self) -> Result<(), ExplainError> {
        if self.cancel.is_requested() {
            Err(ExplainError::Cancelled)
        } else {
            Ok(())
        }
    }

    /// The flag itself.
    pub(super) fn cancel(&self) -> &'a Cancel {
        self.cancel
    }
}
