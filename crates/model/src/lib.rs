//! Networks, checkpoints, devices: frames in, verdicts out. No Candle type leaves this crate.
//!
//! A checkpoint is read (`checkpoint/`), compared with its architecture (`architectures/`), and its metadata interpreted
//! (`info`); only then is a network built on a device and run.
//!
//! - [`Classifier`]: a model on its device, called directly; [`scheduler`]: a model shared by several clients, interactive
//!   requests first
//! - [`ModelSource`], [`ModelInfo`], [`Overrides`]: where a model comes from, what it states about itself, what the user states
//!   instead
//! - [`Remedy`]: what is done to a frame, and how several views of it are combined, before there is a verdict
//! - [`training`]: networks being trained
//!
//! Conventions: frames are those of [`flipscope_image`]; P(melanoma) is the sum over the model's melanoma classes; whatever was
//! assumed about a checkpoint is an [`Assumption`], and is reported. The feature `demo-model` embeds two models; `cuda` and
//! `cudnn` are for NVIDIA cards.
//!
//! ```
//! use flipscope_image::lesion::{Framing, synthetic};
//! use flipscope_model::{Classifier, DeviceChoice, ModelSource};
//!
//! # #[cfg(feature = "demo-model")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let lesion = synthetic::draw(&synthetic::Recipe::melanoma(5), 400, 300)?;
//! let frame = Framing::Squash.apply(&lesion);
//! let model = Classifier::load(&ModelSource::DEMO, DeviceChoice::Cpu)?;
//! for verdict in model.classify(&[frame])? {
//!     assert!((0.0..=1.0).contains(&verdict.p_melanoma));
//! }
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "demo-model"))]
//! # fn main() {}
//! ```

mod architectures;
mod checkpoint;
mod error;
mod inference;
mod remedy;
pub mod scheduler;
pub mod texts;
pub mod training;

pub use architectures::supported::NAMES as ARCHITECTURES;
pub use checkpoint::assumption::{Assumption, AssumptionKind};
pub use checkpoint::convert::{ConversionReport, convert, convert_over, convert_with};
pub use checkpoint::embedded::{DemoModel, bare_model_name, model_in_words};
pub use checkpoint::info::ModelInfo;
pub use checkpoint::overrides::Overrides;
pub use checkpoint::source::ModelSource;
pub use checkpoint::tensors::{Tensors, Values};
pub use checkpoint::weight_format::{Format, FormatNameError};
pub use error::ClassifierError;
pub use inference::block_output::BlockOutput;
pub use inference::candidate::{Candidate, Provenance, Scored};
pub use inference::classifier::Classifier;
pub use inference::device::{DeviceChoice, DeviceKind, DeviceNameError, device_in_words};
pub use inference::origin::Origin;
#[cfg(feature = "cudnn")]
pub use inference::plan_folder::keep_plans_in;
pub use inference::probe::{ActivatedBlock, Change, Number, Probe, Probed, Region, Score};
pub use inference::verdict::{Label, Verdict, class_in_words};
pub use remedy::{Constancy, Remedy, RemedyNameError, Vote};

pub use flipscope_nn::{Precision, PrecisionNameError};
