//! What commands and answers change of the lesions and of the models that judge them.

pub(crate) mod alter;
pub(crate) mod answers;
pub(crate) mod frames;
pub(crate) mod library;
pub(crate) mod models;
pub(crate) mod requests;
pub(crate) mod saving;
