//! What an explanation is written as: a figure, or a table.

use super::Format;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// The figure as pixels.
    Png,
    /// The figure, to be edited.
    Svg,
    /// The figure, for a manuscript.
    Pdf,
    /// The numbers.
    Csv,
}

impl FileKind {
    /// All of them, in the order of the buttons.
    pub const ALL: [Self; 4] = [Self::Png, Self::Svg, Self::Pdf, Self::Csv];

    /// Its name: the same in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Svg => "SVG",
            Self::Pdf => "PDF",
            Self::Csv => "CSV",
        }
    }

    /// The ending of its files.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Csv => "csv",
        }
    }

    /// The format of the figure; none for a table.
    #[must_use]
    pub fn format(self) -> Option<Format> {
        match self {
            Self::Png => Some(Format::Png),
            Self::Svg => Some(Format::Svg),
            Self::Pdf => Some(Format::Pdf),
            Self::Csv => None,
        }
    }
}
