//! The two models that may be loaded, and a pair of values for them.

/// Which of two models: the explored one, or the one that it is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ModelSlot {
    /// The explored model.
    #[default]
    Primary,
    /// The comparison model.
    Comparison,
}

/// A pair of values, one for either model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PerModel<T> {
    /// For the explored model.
    pub primary: T,
    /// For the comparison model.
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
