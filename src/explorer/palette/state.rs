//! The palette as plain data.

/// What is typed and chosen in the open palette.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// What is typed.
    pub query: String,
    /// The chosen line of the list, by its position.
    pub chosen: usize,
}

/// The palette.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// Its content, while it is open.
    pub open: Option<Open>,
    /// The ids of the commands that were run from it, the newest first.
    pub recent: Vec<String>,
}
