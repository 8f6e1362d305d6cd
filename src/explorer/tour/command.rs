//! Commands about the tour.

/// What a person can ask for about the tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TourCommand {
    /// Begin it, or begin it again.
    Start,
    /// Do what the first step asks for: open its sample.
    OpenSample,
    /// Leave it.
    End,
}
