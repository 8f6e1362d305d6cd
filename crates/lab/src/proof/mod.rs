//! Proof by exhaustion: a box of perturbations gives finitely many frames of bytes, so all of them can be judged.
//!
//! A [`ProofBox`] around a frame becomes a [`Plan`]: every distinct frame of the box, once. [`prove()`] judges them in the order
//! of expected risk and ends with a [`ProofRecord`]: *fragile*, with the flip nearest to the unaltered frame as a finding, or
//! *steady*. Where a box has too many frames, random ones bound the share that flips, which is never called a proof.
//! [`replay()`] checks a record.
//!
//! - `proof_box`, `channels`, `parse`: the boxes; `walk`, `present_values`, `critical_angles`: which of their parameters give different frames; `plan`: all of them, numbered;
//!   `upper_bound`: how many
//!   there are in any photograph
//! - `order`: the likeliest flips first; `session`, `run`: judging; `judged`, `record`, `report`, `words`: what is kept and said; `replay`: checking it; `save`: files
//!
//! Conventions: distances are measured on the axes of the box, the largest change first, so that a nearest flip also says how
//! large a box around the unaltered frame is steady. Every flip is confirmed by the judge (`search::judge`), on its PNG and alone.
//! The idea of exhausting what a rendered change can be is `VeriVis`' (Pei et al. 2017, arXiv 1712.01785).

mod channels;
mod critical_angles;
mod error;
mod judged;
mod order;
mod parse;
mod plan;
mod present_values;
mod proof_box;
mod record;
mod replay;
mod report;
mod run;
pub mod save;
mod session;
#[cfg(test)]
mod tests;
mod upper_bound;
mod walk;
mod words;

pub use channels::Channels;
pub use error::{ProofError, RecordError};
pub use plan::{Draws, Plan};
pub use proof_box::{BoxKind, ProofBox};
pub use record::{Bound, Closest, ProofOutcome, ProofRecord, SCHEMA};
pub use replay::{ProofReplayError, SAMPLE, replay};
pub use report::Proved;
pub use run::{prove, prove_on};
pub use session::{Known, Proof, ProofProgress, ProofSession};
