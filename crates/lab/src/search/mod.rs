//! The searches: what is the smallest change that flips a verdict?
//!
//! A [`Search`] has a frame, an [`Attack`] with its bounds, a question ([`Mode`]), a [`Strategy`] and a [`Direction`], a seed and a [`Budget`];
//! [`run()`] carries it out with a [`Scorer`], reports [`Progress`] after every batch, stops within a batch when its
//! [`Cancel`](flipscope_base::cancel::Cancel) is requested, and returns a [`SearchOutcome`]. The search only proposes: [`judge()`]
//! decides, on the PNG of the altered frame, in a batch of one. The same seed, frame, model and device give the same
//! [`Finding`] except for its time fields.
//!
//! - `evolution/`: differential evolution with SciPy's deferred updating
//! - `guided/`: the strategies that look where a flip is likely: along the gradient, DIRECT, or where what was judged lets a flip be expected; `strategy`: their names
//! - `attack/`: the parameters of FGSM, pixels, colour, pose and grid, with their presets
//! - `run_evolution`, `run_fgsm`: running the attacks; `session` judges what they propose, `cost` tracks budget and progress, `best` the best candidates; `run` brings it all together
//! - `question`: direction, question, preset, budget, and why a search ended; `limits`: which strategies an attack has, and how many frames it takes at most
//! - `judge`, `finding`, `make_finding`, `replay`: what counts, what is stored, how it comes about, whether it still holds; `reopen`: the pictures of a stored one
//! - `scorer`: a classifier in the same thread, or the scheduler's, or a fast one that proposes while another decides; `proposals/`: whether
//!   there is one, and which of its verdicts are judged again;
//!   `pool/`: several lesions in one batch, also if some join while others run; `run_together`: a list of them
//! - `figure`, `save`: a finding as files; `table`: findings as the rows of a table

pub mod attack;
mod best;
mod cost;
mod error;
pub mod evolution;
pub mod figure;
mod finding;
mod guided;
mod judge;
mod limits;
pub(crate) mod make_finding;
mod pool;
mod proposals;
mod question;
mod reopen;
pub(crate) mod replay;
mod request;
mod run;
mod run_evolution;
mod run_fgsm;
mod run_together;
mod sampled_delta_e;
pub mod save;
mod scorer;
mod session;
mod strategy;
pub mod table;

pub use attack::{Attack, AttackKind, SizeUnit};
pub use cost::Progress;
pub use error::{BestCandidate, SearchError};
pub use finding::{Finding, FindingError, GRADIENT_COST, SCHEMA, Size, Subject};
pub use judge::{Judged, judge};
pub use pool::{Ended, Host, Joining, Pool, together_on};
pub use proposals::{MARGIN_FACTOR, Proposing, about_threshold, not_loaded};
pub use question::{Budget, Direction, Mode, Preset, StopReason};
pub use reopen::ReopenError;
pub use replay::{Replay, ReplayError, TOLERANCE, replay};
pub use request::{DEFAULT_SEED, Search};
pub use run::{SearchOutcome, run};
pub use run_together::run_together;
pub use scorer::{Answering, ScheduledScorer, Scorer, TwoStageScorer};
pub use strategy::Strategy;
