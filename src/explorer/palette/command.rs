//! Commands about the palette.

/// What a person can ask for about the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaletteCommand {
    /// Open it, empty.
    Open,
    /// Close it.
    Close,
    /// Change what is typed.
    Type(String),
    /// Choose another line of the list, by its position.
    Choose(usize),
    /// Close before the command of this id, which the panel emits next, and list that one first the next time.
    CloseAndRemember(String),
}
