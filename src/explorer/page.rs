//! What is in front: page, tool, help.

use flipscope_language::text;
use serde::{Deserialize, Serialize};

/// What the window is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Page {
    /// One lesion, interactively.
    #[default]
    Explore,
    /// A whole labelled set.
    Study,
    /// Reader studies, compared with the network.
    Readers,
    /// What the network looks at in one lesion.
    Explain,
    /// Where its verdict flips.
    Landscape,
}

impl Page {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Explore => text!("page-explore"),
            Self::Study => text!("page-study"),
            Self::Readers => text!("page-readers"),
            Self::Explain => text!("page-explain"),
            Self::Landscape => text!("page-landscape"),
        }
    }
}

/// What the right side of the window shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tool {
    /// The sliders.
    #[default]
    Alter,
    /// Searches and findings.
    Search,
    /// The findings on all lesions.
    Findings,
}

/// Which help is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Help {
    /// None.
    #[default]
    Closed,
    /// The keys.
    Keys,
    /// What the program is, and what it is not.
    About,
    /// The model card.
    Model,
    /// What the numbers and the controls mean.
    Numbers,
    /// What the letter did, and what it found.
    Letter,
    /// How to cite.
    Cite,
}
