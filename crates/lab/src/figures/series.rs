//! What charts show: points that belong together, with their intervals.

/// Points that belong together.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) points: Vec<Point>,
    pub(crate) line: Line,
    /// Whether its points have marks.
    pub(crate) marked: bool,
}

/// What joins points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Nothing.
    None,
    /// A straight line.
    Straight,
    /// A step upwards at each point: what is counted up to there.
    Steps,
}

/// A point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) interval: Option<(f64, f64)>,
    /// Whether it has a ring around it: the unaltered pictures among altered ones.
    pub(crate) ringed: bool,
}
