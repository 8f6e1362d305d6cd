//! Requests to the thread that reads tables of labels, and its answer.

use std::path::PathBuf;

use flipscope_lab::dataset::Part;

use crate::explorer::explore::list::truth::Truth;

/// Which labels are read.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelsRequest {
    /// Those of the folders among some paths that were opened, if they have any.
    Opened(Vec<PathBuf>),
    /// Those that were read before a session was closed, in the same order.
    Again {
        /// Where they came from.
        from: Vec<LabelsSource>,
        /// The photographs that they are for: files, and folders that hold them.
        photographs: Vec<PathBuf>,
    },
    /// Those of a table that a person named.
    Table {
        /// The table.
        table: PathBuf,
        /// The photographs that it is for: files, and folders that hold them.
        photographs: Vec<PathBuf>,
    },
}

/// Where labels come from, so that a session can read them again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelsSource {
    /// A folder that was opened, with a table in it or a folder per class.
    Opened(PathBuf),
    /// A table that a person named.
    Table(PathBuf),
}

/// Labelled photographs as the form of a study takes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledData {
    /// A table, or the folder of a folder per class.
    pub from: PathBuf,
    /// The folder of the table's photographs.
    pub images: Option<PathBuf>,
    /// The part that all melanomas and nevi are in, where the table says so.
    pub part: Option<Part>,
}

impl LabelledData {
    /// The folder of the table's photographs, unless the table lies in it.
    pub(crate) fn images_elsewhere(&self) -> Option<PathBuf> {
        let beside = self.from.parent() == self.images.as_deref();
        self.images.clone().filter(|_| !beside)
    }
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct LabelsAnswer {
    /// What each table says.
    pub read: Vec<Labels>,
    /// Why others could not be read.
    pub problems: Vec<String>,
    /// Folders that the photographs of others were in, and that are not there.
    pub gone: Vec<PathBuf>,
    /// Whether a person named the table: then it is said what it is good for.
    pub named: bool,
    /// Whether they were read before: what they say is known, and only problems are said.
    pub again: bool,
}

/// What one table says.
#[derive(Clone, Debug)]
pub struct Labels {
    /// Where they come from.
    pub source: LabelsSource,
    /// The table, or the folder with a folder per class.
    pub name: String,
    /// By photograph.
    pub truths: Vec<(PathBuf, Truth)>,
    /// One sentence: how many melanomas and nevi, and what could not be used.
    pub summary: String,
    /// Where the table was found, if it is not in the folder that was opened.
    pub found: Option<String>,
    /// What was assumed, or needs a look.
    pub assumptions: Vec<String>,
    /// The same as the form of a study takes it.
    pub data: LabelledData,
}
