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
    /// The command of this id was run from it: it closes, and lists that one first the next time.
    Ran(String),
}
