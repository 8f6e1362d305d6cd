//! How a batch lies in memory when it is sent: everything but the frames in one piece, so that it is one copy; then the frames, which
//! stay on the card for as long as batches are of the same.

use std::ops::Range;

use bytemuck::NoUninit;
use rayon::prelude::*;

use super::render::Batch;

/// Where parts begin: a multiple of this many bytes.
const ALIGNMENT: usize = 256;

/// So many bytes of frames are copied by one thread.
const CHUNK: usize = 1 << 20;

/// Where the parts of a batch lie, in bytes from the beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    candidates: Range<usize>,
    edits: Range<usize>,
    noise: Range<usize>,
    lamps: Range<usize>,
    /// All of these: where the frames begin.
    pub numbers: usize,
    /// The frames, if they are sent.
    pub frames: usize,
}

impl Layout {
    /// Of a batch.
    pub fn of(batch: &Batch) -> Self {
        let mut end = 0;
        let mut part = |bytes: usize| {
            let from = end;
            end = (from + bytes).next_multiple_of(ALIGNMENT);
            from..from + bytes
        };
        Self {
            candidates: part(size_of_val(&*batch.candidates)),
            edits: part(size_of_val(&*batch.edits)),
            noise: part(size_of_val(&*batch.noise)),
            lamps: part(size_of_val(&*batch.lamps)),
            numbers: end,
            frames: batch.frames.as_ref().map_or(0, Vec::len),
        }
    }

    /// Bytes in all.
    pub fn bytes(&self) -> usize {
        self.numbers + self.frames
    }

    /// Writes a batch, of which this is the layout; false if there is no room for it.
    #[must_use]
    pub fn write(&self, batch: &Batch, to: &mut [u8]) -> bool {
        let Some((numbers, rest)) = to.split_at_mut_checked(self.numbers) else {
            return false;
        };
        let Some(frames) = rest.get_mut(..self.frames) else {
            return false;
        };
        let sent = batch.frames.as_deref().unwrap_or_default();
        (frames.par_chunks_mut(CHUNK))
            .zip(sent.par_chunks(CHUNK))
            .for_each(|(to, from)| to.copy_from_slice(from));
        put(numbers, &self.candidates, &batch.candidates)
            && put(numbers, &self.edits, &batch.edits)
            && put(numbers, &self.noise, &batch.noise)
            && put(numbers, &self.lamps, batch.lamps.as_flattened())
    }

    /// What the kernel is told: the addresses of candidates, frames, edits, noise, lamps and the table of what becomes of each byte, where
    /// `numbers` is that of the rest.
    pub fn addresses(&self, numbers: u64, frames: u64, table: u64) -> [u64; 6] {
        let at = |part: &Range<usize>| numbers + part.start as u64;
        [
            at(&self.candidates),
            frames,
            at(&self.edits),
            at(&self.noise),
            at(&self.lamps),
            table,
        ]
    }
}

fn put<T: NoUninit>(to: &mut [u8], part: &Range<usize>, values: &[T]) -> bool {
    let bytes: &[u8] = bytemuck::cast_slice(values);
    match to.get_mut(part.clone()) {
        Some(to) if to.len() == bytes.len() => {
            to.copy_from_slice(bytes);
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::render::{Candidate, Edit};
    use super::*;

    #[test]
    fn a_batch_is_written_part_by_part_and_never_beyond() {
        let batch = Batch {
            candidates: (0..3).map(Candidate::new).collect(),
            edits: vec![Edit::new(1, 2, [3; 3])],
            noise: vec![-7; 300],
            lamps: vec![[[9; 256]; 3]; 2],
            frames: Some((0..3 * CHUNK + 5).map(|at| at as u8).collect()),
        };
        let layout = Layout::of(&batch);
        assert_eq!(
            (layout.numbers, layout.frames),
            (768 + 256 + 768 + 1536, 3 * CHUNK + 5)
        );
        let mut memory = vec![0; layout.bytes()];
        assert!(layout.write(&batch, &mut memory));
        let [candidates, _, edits, noise, lamps, _] =
            layout.addresses(0, 1, 2).map(|at| at as usize);
        assert_eq!(
            memory[candidates..][..696],
            *bytemuck::cast_slice::<_, u8>(&batch.candidates)
        );
        assert_eq!(
            memory[edits..][..12],
            *bytemuck::cast_slice::<_, u8>(&batch.edits)
        );
        assert_eq!(
            memory[noise..][..600],
            *bytemuck::cast_slice::<_, u8>(&batch.noise)
        );
        assert_eq!(memory[lamps..][..1536], [9; 1536]);
        assert_eq!(memory[layout.numbers..], batch.frames.clone().unwrap());
        for at in [candidates, edits, noise, lamps, layout.numbers] {
            assert!(at.is_multiple_of(256));
        }
        memory.pop();
        assert!(!layout.write(&batch, &mut memory), "there is no room");
        let without = Batch {
            frames: None,
            ..batch
        };
        assert_eq!(Layout::of(&without).bytes(), layout.numbers);
        assert_eq!(Layout::of(&Batch::default()).bytes(), 0);
    }
}
