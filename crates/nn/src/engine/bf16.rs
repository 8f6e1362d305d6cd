//! The direct form in bf16: weights rounded once, activations as they are read, sums, biases and outputs in f32.

use std::cell::RefCell;

use rayon::prelude::*;

use super::EngineError;
use super::direct::Direct;
use super::isa::Isa;
use super::kernel::round_to_bf16;
use super::layout::Layout;
use super::simd::Pair;

/// Pairs that one task rounds.
const CHUNK: usize = 1 << 14;

thread_local! {
    /// A thread's rounded input.
    static SCRATCH: RefCell<Vec<Pair>> = const { RefCell::new(Vec::new()) };
}

/// A convolution of an activation that is rounded as it is read.
#[derive(Debug)]
pub(crate) struct Bf16Direct(Direct<Pair>);

impl Bf16Direct {
    /// Rounds a convolution's weights.
    pub(crate) fn new(direct: Direct) -> Self {
        Self(direct.into_bf16())
    }

    /// Whether negative results become 0.
    pub(crate) fn relu(&self) -> bool {
        self.0.relu
    }

    /// Runs it into some blocks of an output.
    pub(crate) fn run(
        &self,
        isa: Isa,
        x: &[f32],
        output: &mut [f32],
        layout: &Layout,
        threads: usize,
    ) -> Result<(), EngineError> {
        // Taken out, so that a task which this thread takes on meanwhile has its own.
        let mut scratch = SCRATCH.take();
        scratch.resize(scratch.len().max(self.0.reads), Pair::default());
        let done = match scratch.get_mut(..self.0.reads) {
            Some(pairs) if 2 * pairs.len() == x.len() => {
                if threads > 1 {
                    pairs
                        .par_chunks_mut(CHUNK)
                        .zip(x.par_chunks(2 * CHUNK))
                        .for_each(|(pairs, x)| round_to_bf16(isa, x, pairs));
                } else {
                    round_to_bf16(isa, x, pairs);
                }
                self.0.run(isa, pairs, output, layout, threads)
            }
            _ => Err(EngineError::Internal(
                "an input has another size than its convolution",
            )),
        };
        SCRATCH.set(scratch);
        done
    }
}
