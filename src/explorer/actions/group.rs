//! The topics by which commands are grouped.

use flipscope_language::text;

/// A topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Group {
    /// Opening, saving, closing.
    File,
    /// Undo, redo, reset.
    Edit,
    /// How the pictures and the window are displayed.
    View,
    /// Presenter mode.
    Presenter,
    /// Searches.
    Search,
    /// What is done to many lesions at once.
    Batch,
    /// Figures and the clipboard.
    Figures,
    /// Models, devices, and how photographs are prepared for them.
    Model,
    /// What stands between frames and verdicts.
    Remedies,
    /// Which page is open.
    Pages,
    /// The page *Study*.
    Study,
    /// The page *Readers*.
    Readers,
    /// The pages *Explain* and *Landscape*.
    Explain,
    /// Help.
    Help,
}

impl Group {
    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::File => text!("group-file"),
            Self::Edit => text!("group-edit"),
            Self::View => text!("group-view"),
            Self::Presenter => text!("group-presenter"),
            Self::Search => text!("group-search"),
            Self::Batch => text!("group-batch"),
            Self::Figures => text!("group-figures"),
            Self::Model => text!("group-model"),
            Self::Remedies => text!("group-remedies"),
            Self::Pages => text!("group-pages"),
            Self::Study => text!("group-study"),
            Self::Readers => text!("group-readers"),
            Self::Explain => text!("group-explain"),
            Self::Help => text!("group-help"),
        }
    }
}
