//! Where things lie in one piece of memory that are needed at different times.

/// Where regions begin: a multiple of this many bytes.
pub(super) const ALIGNMENT: u64 = 256;

/// Bytes that are needed from one time to another, both included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) bytes: u64,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// Where each span lies so that none overlaps another at any time, and the length of all: the largest first, each as low as it
/// fits.
pub(super) fn place(spans: &[Span]) -> (Vec<u64>, u64) {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    let get = |at: usize| spans.get(at).copied();
    order.sort_by_key(|at| std::cmp::Reverse(get(*at).map_or(0, |span| span.bytes)));
    let mut places = vec![0; spans.len()];
    // Where those that are placed lie, by address.
    let mut taken: Vec<(u64, u64, Span)> = Vec::new();
    let mut total = 0;
    for at in order {
        let Some(span) = get(at) else { continue };
        let bytes = span.bytes.next_multiple_of(ALIGNMENT);
        let mut from = 0;
        for (start, end, other) in &taken {
            let apart = other.last < span.first || span.last < other.first;
            if apart || *end <= from {
                continue;
            }
            if *start >= from + bytes {
                break;
            }
            from = *end;
        }
        if let Some(place) = places.get_mut(at) {
            *place = from;
        }
        let before = taken.partition_point(|(start, ..)| *start <= from);
        taken.insert(before, (from, from + bytes, span));
        total = total.max(from + bytes);
    }
    (places, total)
}
