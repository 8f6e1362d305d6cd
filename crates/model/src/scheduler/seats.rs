//! The two models that may answer, and one of something for either.

/// Which of two models answers: the one that is explored, or the one that it is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Seat {
    /// The model that is explored.
    #[default]
    First,
    /// The one beside it.
    Second,
}

/// One of something for either model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seats<T> {
    /// Of the model that is explored.
    pub first: T,
    /// Of the one beside it.
    pub second: T,
}

impl Seat {
    /// Both, the first one first.
    pub const ALL: [Self; 2] = [Self::First, Self::Second];
}

impl<T> Seats<T> {
    /// That of a seat.
    pub fn of(&self, seat: Seat) -> &T {
        match seat {
            Seat::First => &self.first,
            Seat::Second => &self.second,
        }
    }

    /// That of a seat, to be changed.
    pub fn of_mut(&mut self, seat: Seat) -> &mut T {
        match seat {
            Seat::First => &mut self.first,
            Seat::Second => &mut self.second,
        }
    }
}
