//! Explanations of one verdict: where it turns, and what the network looks at.
//!
//! Every method gives a [`Map`]: a grid of f32 with named axes, the class and the number that it is about, and where it came from (image,
//! model and frame by hash). A map is plain data; [`figure`] paints it, [`table`] writes it as CSV.
//!
//! - [`occlusion`]: P with a square of the mean colour over each place (the letter's map)
//! - [`landscape`]: P over one or two parameters of the perturbation
//! - [`saliency`]: gradient × input, `SmoothGrad`, integrated gradients; [`gradcam`]: Grad-CAM at the last block
//! - [`request`]: any of the maps of a picture, by method
//! - [`check`]: whether a map can be believed: deletion and insertion curves, and the same map of a network with random weights
//! - [`summary`]: the smallest change that flips the verdict, by family of changes
//!
//! Gradients and coverings are those of the *normalised* pixels (after mean and standard deviation, before `transform_input`), as in
//! the letter's code and as Captum sees torchvision's network: 0 is the mean colour. Long work takes a
//! [`Cancel`](flipscope_base::cancel::Cancel), and reports how much is done after every batch. The same frame, model and seed give
//! the same bits.

mod base64_values;
pub mod check;
mod error;
pub mod figure;
pub mod gradcam;
pub mod landscape;
mod map;
mod network;
pub mod occlusion;
mod progress;
pub mod request;
pub mod saliency;
mod scheduled;
pub mod summary;
pub mod table;

pub use error::ExplainError;
pub use map::{Axis, Extent, Map, Method, Quantity};
pub use network::ProbedNetwork;
pub use progress::Watch;
pub use scheduled::ScheduledNetwork;
