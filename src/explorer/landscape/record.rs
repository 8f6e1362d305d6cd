//! A landscape as it is kept from one run to the next.

use serde::{Deserialize, Serialize};

use flipscope_lab::explain::figure::Caption;
use flipscope_lab::explain::landscape::{Grid, Landscape};
use flipscope_model::Verdict;

use crate::explorer::model::ModelIdentity;
use crate::explorer::shared::Shared;

/// A landscape of a lesion, which is named by its identifier or by its place in a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record<L> {
    /// Of which lesion.
    pub lesion: L,
    /// Its frame, by hash.
    pub frame_sha256: String,
    /// The axes, and what they are around.
    pub landscape: Shared<Landscape>,
    /// One for each model.
    pub fields: Vec<FieldRecord>,
    /// What a figure says about lesion and model.
    pub caption: Caption,
}

/// What one model says about the points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldRecord {
    /// The model.
    pub model: ModelIdentity,
    /// P(melanoma) at or above which it says melanoma.
    pub threshold: f32,
    /// The points, as far as they are judged.
    pub grid: Grid,
    /// Its verdict at what the landscape is around.
    pub here: Option<Verdict>,
}

impl<L> Record<L> {
    /// The same with the lesion named in another way.
    pub fn of<M>(self, lesion: M) -> Record<M> {
        Record {
            lesion,
            frame_sha256: self.frame_sha256,
            landscape: self.landscape,
            fields: self.fields,
            caption: self.caption,
        }
    }

    /// Whether its parts fit together: a file may hold anything.
    pub fn is_valid(&self) -> bool {
        let (landscape, [columns, rows]) = (&self.landscape, self.size());
        let fits =
            |field: &FieldRecord| field.grid.columns() == columns && field.grid.rows() == rows;
        landscape.validate().is_ok() && !self.fields.is_empty() && self.fields.iter().all(fits)
    }

    fn size(&self) -> [usize; 2] {
        let rows = self.landscape.y.map_or(1, |y| y.count);
        [self.landscape.x.count, rows]
    }
}
