//! The two models that may answer, and one of something for either.

/// Which of two models answers: the one that is explored, or the one that it is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ModelSlot {
    /// The model that is explored.
    #[default]
    Primary,
    /// The one beside it.
    Comparison,
}

/// One of something for either model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PerModel<T> {
    /// Of the model that is explored.
    pub primary: T,
    /// Of the one beside it.
    pub comparison: T,
}

impl ModelSlot {
    /// Both, the first one first.
    pub const ALL: [Self; 2] = [Self::Primary, Self::Comparison];
}

impl<T> PerModel<T> {
    /// That of a slot.
    pub fn of(&self, slot: ModelSlot) -> &T {
        match slot {
            ModelSlot::Primary => &self.primary,
            ModelSlot::Comparison => &self.comparison,
        }
    }

    /// That of a slot, to be changed.
    pub fn of_mut(&mut self, slot: ModelSlot) -> &mut T {
        match slot {
            ModelSlot::Primary => &mut self.primary,
            ModelSlot::Comparison => &mut self.comparison,
        }
    }
}
