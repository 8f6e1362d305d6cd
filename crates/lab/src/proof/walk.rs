//! The distinct states that a step function takes on an interval.
//!
//! A frame of bytes changes with a number only in steps. Between two numbers whose states are equal, or one step apart, nothing
//! else can lie, provided that each part of the state only ever rises or only ever falls on the interval; anything else is halved,
//! down to neighbouring floating-point numbers. So the steps are those of the program's own rounding, and not of a formula for
//! where they should be.

/// One number for every state on the way from `from` (excluded, with its state) to `to`, in this order. `steps` counts how far
/// apart two states are: 0 if they are equal, 1 if no third state can lie between them.
pub(super) fn states<S>(
    from: f64,
    to: f64,
    state: &impl Fn(f64) -> S,
    steps: &impl Fn(&S, &S) -> u64,
) -> Vec<f64> {
    let mut found = Vec::new();
    let (mut at, mut here) = (from, state(from));
    // What is still ahead, the nearest last; as deep as an interval can be halved.
    let mut ahead = vec![(to, state(to))];
    while let Some((next, there)) = ahead.pop() {
        let apart = steps(&here, &there);
        let middle = f64::midpoint(at, next);
        if apart > 1 && middle != at && middle != next {
            ahead.push((next, there));
            ahead.push((middle, state(middle)));
            continue;
        }
        if apart > 0 {
            found.push(next);
        }
        (at, here) = (next, there);
    }
    found
}

/// The number with the fewest decimals that rounding finds in the same state, within the interval.
pub(super) fn short<S: PartialEq>(
    value: f64,
    [low, high]: [f64; 2],
    state: &impl Fn(f64) -> S,
) -> f64 {
    let wanted = state(value);
    (0..=6)
        .map(|decimals| {
            let scale = 10_f64.powi(decimals);
            (value * scale).round() / scale
        })
        .find(|&short| (low..=high).contains(&short) && state(short) == wanted)
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_found_once_in_order() {
        let state = |x: f64| (x * 3.0).floor() as i64;
        let steps = |a: &i64, b: &i64| a.abs_diff(*b);
        let found = states(0.0, 4.0, &state, &steps);
        let seen: Vec<i64> = found.iter().map(|&x| state(x)).collect();
        assert_eq!(seen, (1..=12).collect::<Vec<_>>());
        let back = states(0.0, -1.0, &state, &steps);
        let seen: Vec<i64> = back.iter().map(|&x| state(x)).collect();
        assert_eq!(seen, [-1, -2, -3]);
        assert!(states(0.1, 0.2, &state, &steps).is_empty());
    }

    #[test]
    fn a_step_of_many_is_narrowed_to_neighbouring_numbers() {
        let found = states(0.0, 1.0, &|x| if x >= 0.3 { 7_u64 } else { 0 }, &|a, b| {
            a.abs_diff(*b)
        });
        assert_eq!(found, [0.3]);
    }

    #[test]
    fn a_number_is_as_short_as_its_state_allows() {
        let state = |x: f64| (x * 100.0).floor() as i64;
        assert_eq!(short(1.004_999, [0.0, 2.0], &state), 1.0);
        assert_eq!(short(1.234_567, [0.0, 2.0], &state), 1.23);
        assert_eq!(short(0.999, [0.995, 0.999_5], &state), 0.999);
    }
}
