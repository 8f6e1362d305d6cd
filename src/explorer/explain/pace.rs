//! How long a map or a landscape will still take, at the rate at which it has been judged. The clock is passed in.

use std::time::Instant;

/// The rate so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    /// The first report: when, and how many inputs were judged by then. What goes on begins with some.
    first: Option<(Instant, usize)>,
    /// Seconds left; none before anything has been judged since the first report.
    pub left: Option<f64>,
}

impl Pace {
    /// A report: so many inputs are judged, of so many.
    pub(crate) fn told(&mut self, [done, of]: [usize; 2], now: Instant) {
        let (began, before) = *self.first.get_or_insert((now, done));
        let new = done.saturating_sub(before);
        let seconds = now.saturating_duration_since(began).as_secs_f64();
        self.left = (new > 0).then(|| seconds / new as f64 * of.saturating_sub(done) as f64);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_is_left_follows_from_what_was_judged_since_the_first_report() {
        let start = Instant::now();
        let mut pace = Pace::default();
        pace.told([40, 100], start);
        assert_eq!(pace.left, None);
        pace.told([50, 100], start + Duration::from_secs(20));
        assert_eq!(pace.left, Some(100.0));
        pace.told([100, 100], start + Duration::from_mins(2));
        assert_eq!(pace.left, Some(0.0));
    }
}
