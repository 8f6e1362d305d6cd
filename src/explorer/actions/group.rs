//! The topics by which commands are grouped.

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
    /// Help.
    Help,
}

impl Group {
    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Presenter => "Presenter",
            Self::Search => "Search",
            Self::Batch => "Batch",
            Self::Figures => "Figures",
            Self::Model => "Model",
            Self::Remedies => "Remedies",
            Self::Pages => "Pages",
            Self::Study => "Study",
            Self::Readers => "Readers",
            Self::Help => "Help",
        }
    }
}
