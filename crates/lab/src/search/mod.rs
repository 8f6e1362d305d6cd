//! The searches: what is the smallest change that turns a verdict?
//!
//! A [`Search`] names a frame, an [`Attack`] with its bounds, a question ([`Mode`], [`Direction`]), a seed and
//! a [`Budget`]; [`run()`] carries it out over a [`Scorer`], tells [`Progress`] after every batch, ends within a batch when its
//! [`Cancel`](flipscope_base::cancel::Cancel) is requested, and gives a [`Found`]. The search only proposes: [`judge()`] decides, on the PNG of the altered
//! frame, alone. The same seed, frame, model and device give the same [`Finding`] but for its time fields.
//!
//! - `evolution/`: differential evolution as SciPy's deferred form
//! - `attack/`: the parameters of FGSM, pixels, colour, pose and grid, with their presets
//! - `population`, `noise`: the attacks under way; `session` keeps budget, best and progress; `run` brings all of it together
//! - `judge`, `finding`, `replay`: what counts, what is kept, whether it still holds
//! - `scorer`: a classifier at hand, the one that the scheduler owns, or a fast one beside it that proposes; `together`: several lesions in one batch
//! - `figure`, `save`: a finding as files

pub mod attack;
mod error;
pub mod evolution;
pub mod figure;
mod finding;
mod judge;
mod noise;
mod population;
mod question;
pub(crate) mod replay;
mod request;
mod run;
mod sampled_delta_e;
pub mod save;
mod scorer;
mod session;
mod together;

pub use attack::{Attack, AttackKind, Unit};
pub use error::{Best, SearchError};
pub use finding::{Finding, FindingError, SCHEMA, Size, Subject};
pub use judge::{Judged, judge};
pub use question::{Budget, Direction, Mode, Preset, StopReason};
pub use replay::{Replay, ReplayError, TOLERANCE, replay};
pub use request::Search;
pub use run::{Found, run};
pub use scorer::{Scheduled, Scorer, TwoStageScorer};
pub use session::Progress;
pub use together::run_together;
