//! How commands and answers change the lesions and the models that judge them.

pub(crate) mod alter;
pub(crate) mod answers;
pub(crate) mod frames;
pub(crate) mod list;
pub(crate) mod models;
pub(crate) mod requests;
pub(crate) mod saving;
