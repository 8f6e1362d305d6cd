//! A value for each form.

use crate::reader::plan::Form;

/// One value for each form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forms<T> {
    /// On unmodified pictures.
    pub unmodified: T,
    /// On adversarial pictures.
    pub adversarial: T,
}

impl<T> Forms<T> {
    /// Computes both.
    pub fn each(mut of: impl FnMut(Form) -> T) -> Self {
        Self {
            unmodified: of(Form::Unmodified),
            adversarial: of(Form::Adversarial),
        }
    }

    /// The value for a form.
    pub fn get(&self, form: Form) -> &T {
        match form {
            Form::Unmodified => &self.unmodified,
            Form::Adversarial => &self.adversarial,
        }
    }
}
