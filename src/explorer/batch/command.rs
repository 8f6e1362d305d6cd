//! Commands about many lesions.

use std::path::PathBuf;

use crate::explorer::batch::findings::FindingColumn;

/// Which lesions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// All that are open.
    All,
    /// Those that are selected in the list.
    Selected,
}

/// What a person can ask for about many lesions.
#[derive(Clone, Debug, PartialEq)]
pub enum BatchCommand {
    /// Put the sliders of the explored lesion on others, and count what it does to their verdicts.
    Apply(Whom),
    /// Ask for no further verdicts; what was applied stays, and undo takes it back.
    StopApplying,
    /// Search on lesions, as the form says, but for those on which such a search has come to an end.
    Search(Whom),
    /// Search on lesions, as the form says, those that were searched before included.
    SearchAgain(Whom),
    /// Sort the table of findings by a column; again: reversed; again: as found.
    Sort(FindingColumn),
    /// Ask with the system's dialog.
    Ask(AskBatch),
    /// Write every finding into a folder.
    Export(PathBuf),
    /// Write no further findings.
    StopExport,
    /// Write the list as CSV.
    ListCsv(PathBuf),
    /// Write the table of findings as CSV.
    FindingsCsv(PathBuf),
    /// Fill in the form of the page *Study* with the lesions, and with the attack or alteration of now.
    MakeStudy,
}

/// What can be asked with a dialog of the system about many lesions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskBatch {
    /// A folder for findings.
    Export,
    /// A CSV file for the list.
    ListCsv,
    /// A CSV file for the table of findings.
    FindingsCsv,
}
