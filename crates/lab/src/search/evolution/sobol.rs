//! The Sobol sequence, scrambled as SciPy's `qmc.Sobol` does: a random lower triangular matrix, then a random shift, 30 bits.

use flipscope_base::random::RandomStream;

/// Bits of a point.
const BITS: usize = 30;

/// The most genes that a Sobol start supports.
pub(in crate::search) const DIMENSIONS: usize = POLYNOMIALS.len() + 1;

/// Primitive polynomials (their coefficients as bits) and initial direction numbers from the second dimension on: the first
/// entries of Joe and Kuo's `new-joe-kuo-6.21201` (SIAM J Sci Comput 2008; 30: 2635).
const POLYNOMIALS: [(u32, &[u32]); 39] = [
    (3, &[1]),
    (7, &[1, 3]),
    (11, &[1, 3, 1]),
    (13, &[1, 1, 1]),
    (19, &[1, 1, 3, 3]),
    (25, &[1, 3, 5, 13]),
    (37, &[1, 1, 5, 5, 17]),
    (41, &[1, 1, 5, 5, 5]),
    (47, &[1, 1, 7, 11, 19]),
    (55, &[1, 1, 5, 1, 1]),
    (59, &[1, 1, 1, 3, 11]),
    (61, &[1, 3, 5, 5, 31]),
    (67, &[1, 3, 3, 9, 7, 49]),
    (91, &[1, 1, 1, 15, 21, 21]),
    (97, &[1, 3, 1, 13, 27, 49]),
    (103, &[1, 1, 1, 15, 7, 5]),
    (109, &[1, 3, 1, 15, 13, 25]),
    (115, &[1, 1, 5, 5, 19, 61]),
    (131, &[1, 3, 7, 11, 23, 15, 103]),
    (137, &[1, 3, 7, 13, 13, 15, 69]),
    (143, &[1, 1, 3, 13, 7, 35, 63]),
    (145, &[1, 3, 5, 9, 1, 25, 53]),
    (157, &[1, 3, 1, 13, 9, 35, 107]),
    (167, &[1, 3, 1, 5, 27, 61, 31]),
    (171, &[1, 1, 5, 11, 19, 41, 61]),
    (185, &[1, 3, 5, 3, 3, 13, 69]),
    (191, &[1, 1, 7, 13, 1, 19, 1]),
    (193, &[1, 3, 7, 5, 13, 19, 59]),
    (203, &[1, 1, 3, 9, 25, 29, 41]),
    (211, &[1, 3, 5, 13, 23, 1, 55]),
    (213, &[1, 3, 7, 3, 13, 59, 17]),
    (229, &[1, 3, 1, 3, 5, 53, 69]),
    (239, &[1, 1, 5, 5, 23, 33, 13]),
    (241, &[1, 1, 7, 7, 1, 61, 123]),
    (247, &[1, 1, 7, 9, 13, 61, 49]),
    (253, &[1, 3, 3, 5, 3, 55, 33]),
    (285, &[1, 3, 1, 15, 31, 13, 49, 245]),
    (299, &[1, 3, 5, 15, 31, 59, 63, 97]),
    (301, &[1, 3, 1, 11, 11, 11, 77, 249]),
];

/// The first `points` points in [0, 1) with this many dimensions, at most [`DIMENSIONS`].
pub(in crate::search) fn points(
    dimensions: usize,
    points: usize,
    random: &mut impl RandomStream,
) -> Vec<Vec<f64>> {
    let mut directions: Vec<[u32; BITS]> = (0..dimensions).map(direction_numbers).collect();
    let mut state: Vec<u32> = (0..dimensions)
        .map(|_| (0..BITS).fold(0, |shift, bit| shift | draw(random) << bit))
        .collect();
    for numbers in &mut directions {
        scramble(numbers, random);
    }
    let scale = 1.0 / f64::from(1_u32 << BITS);
    let mut all = Vec::with_capacity(points);
    for point in 0..points {
        if point > 0 {
            // Gray code: the next point differs by the direction of the lowest zero bit of the previous one's number.
            let lowest_zero = (point - 1).trailing_ones() as usize;
            for (value, numbers) in state.iter_mut().zip(&directions) {
                *value ^= numbers.get(lowest_zero).copied().unwrap_or(0);
            }
        }
        all.push(
            state
                .iter()
                .map(|&value| f64::from(value) * scale)
                .collect(),
        );
    }
    all
}

/// 0 or 1.
fn draw(random: &mut impl RandomStream) -> u32 {
    random.below(2) as u32
}

/// The direction numbers of a dimension, the most significant bit first.
fn direction_numbers(dimension: usize) -> [u32; BITS] {
    let mut numbers = [1; BITS];
    let polynomial = dimension.checked_sub(1).and_then(|at| POLYNOMIALS.get(at));
    if let Some(&(polynomial, initial)) = polynomial {
        let degree = initial.len();
        for at in 0..BITS {
            let number = initial.get(at).copied().unwrap_or_else(|| {
                let before = |back: usize| numbers.get(at.wrapping_sub(back)).copied().unwrap_or(0);
                (1..=degree)
                    .filter(|&k| polynomial >> (degree - k) & 1 == 1)
                    .fold(before(degree), |number, k| number ^ before(k) << k)
            });
            if let Some(place) = numbers.get_mut(at) {
                *place = number;
            }
        }
    }
    for (at, number) in numbers.iter_mut().enumerate() {
        *number <<= BITS - 1 - at;
    }
    numbers
}

/// Multiplies direction numbers, as vectors of bits, with a random lower triangular matrix whose diagonal is 1.
fn scramble(numbers: &mut [u32; BITS], random: &mut impl RandomStream) {
    let mut rows = [0_u32; BITS];
    for (at, row) in rows.iter_mut().enumerate() {
        for column in 0..BITS {
            // The part above the diagonal is drawn as well, and dropped.
            let bit = draw(random);
            if column < at {
                *row |= bit << (BITS - 1 - column);
            }
        }
        *row |= 1 << (BITS - 1 - at);
    }
    for number in numbers {
        *number = (rows.iter().enumerate()).fold(0, |product, (at, row)| {
            product | ((row & *number).count_ones() & 1) << (BITS - 1 - at)
        });
    }
}
