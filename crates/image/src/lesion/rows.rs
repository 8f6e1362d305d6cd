//! Work on the rows of a picture, with several threads.
//!
//! Not rayon's threads: the caller holds a permit of [`super::memory_budget`], and rayon's threads may all be waiting for one. On one of
//! rayon's own threads, where others are decoding other pictures, the rows are done one after another.

use std::sync::{Mutex, PoisonError};
use std::thread;

/// Rows that one thread takes at a time.
const TOGETHER: usize = 16;
/// Below this many bytes, starting other threads is not worthwhile.
const WORTH_THREADS: usize = 1 << 18;

/// Calls `fill` with the number of each row of `stride` bytes and the row itself; `work` is roughly how many bytes are read or
/// written.
pub(super) fn each(
    rows: &mut [u8],
    stride: usize,
    work: usize,
    fill: &(dyn Fn(usize, &mut [u8]) + Sync),
) {
    if stride == 0 {
        return;
    }
    let queue = Mutex::new(rows.chunks_mut(stride * TOGETHER).enumerate());
    let take = || {
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((at, some)) = next else { return };
            for (row, bytes) in some.chunks_exact_mut(stride).enumerate() {
                fill(at * TOGETHER + row, bytes);
            }
        }
    };
    let threads = if rayon::current_thread_index().is_some() || work < WORTH_THREADS {
        1
    } else {
        thread::available_parallelism().map_or(1, usize::from)
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            // A thread that does not start leaves its work to the others.
            thread::Builder::new().spawn_scoped(scope, take).ok();
        }
        take();
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_done_once() {
        let mut rows = vec![0; 7 * 1003];
        each(&mut rows, 7, usize::MAX, &|at, row| {
            for value in row {
                *value += at as u8;
            }
        });
        for (at, row) in rows.chunks_exact(7).enumerate() {
            assert_eq!(row, [at as u8; 7]);
        }
    }
}
