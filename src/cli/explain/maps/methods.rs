//! The methods: their flags, and how each makes its map.

use std::path::PathBuf;

use clap::Args;

use super::MapFlags;
use super::class::{ClassFlags, PrecisionFlags};
use crate::cli::Outcome;
use crate::cli::explain::files::Further;
use crate::cli::explain::npy;
use flipscope_image::lesion::Frame;
use flipscope_lab::explain::occlusion::Occlusion;
use flipscope_lab::explain::request::{MapMethod, MapRequest, ScoreKind};
use flipscope_lab::explain::saliency::{Integrated, SmoothGrad, gradient_times_input, noise};
use flipscope_lab::explain::{ProbedNetwork, Quantity, Watch};

/// `occlusion`.
#[derive(Debug, Args)]
pub(crate) struct OcclusionFlags {
    /// Side of the square in pixels
    #[arg(
        long,
        value_name = "PIXELS",
        default_value_t = 59,
        help_heading = "Map"
    )]
    size: usize,

    /// Pixels from one square to the next
    #[arg(
        long,
        value_name = "PIXELS",
        default_value_t = 14,
        help_heading = "Map"
    )]
    stride: usize,

    /// The class whose probability it is; by default, all classes that mean melanoma
    #[arg(long, value_name = "NAME", help_heading = "Map")]
    class: Option<String>,

    #[command(flatten)]
    map: MapFlags,
}

/// `gradient`.
#[derive(Debug, Args)]
pub(crate) struct GradientFlags {
    #[command(flatten)]
    class: ClassFlags,

    #[command(flatten)]
    precision: PrecisionFlags,

    /// The attributions to each channel, as a NumPy array of rows, columns and channels
    #[arg(long, value_name = "FILE.npy", help_heading = "Files")]
    channels: Option<PathBuf>,

    #[command(flatten)]
    map: MapFlags,
}

/// `integrated`.
#[derive(Debug, Args)]
pub(crate) struct IntegratedFlags {
    /// Points on the way, those of Gauss and Legendre; by default 10 parts of 5, the worst of which are halved until the attributions sum to
    /// the difference of the scores within 1 %, at most 3,000 points
    #[arg(long, value_name = "N", help_heading = "Map")]
    steps: Option<usize>,

    #[command(flatten)]
    class: ClassFlags,

    #[command(flatten)]
    precision: PrecisionFlags,

    /// The attributions to each channel, as a NumPy array of rows, columns and channels
    #[arg(long, value_name = "FILE.npy", help_heading = "Files")]
    channels: Option<PathBuf>,

    #[command(flatten)]
    map: MapFlags,
}

/// `smoothgrad`.
#[derive(Debug, Args)]
pub(crate) struct SmoothgradFlags {
    /// Noisy copies
    #[arg(long, value_name = "N", default_value_t = 50, help_heading = "Map")]
    samples: usize,

    /// Standard deviation of the noise, as a share of the range of the frame's normalised values
    #[arg(
        long,
        value_name = "0..1",
        default_value_t = 0.15,
        help_heading = "Map"
    )]
    spread: f64,

    /// Seed of the noise
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Map")]
    seed: u64,

    #[command(flatten)]
    class: ClassFlags,

    #[command(flatten)]
    precision: PrecisionFlags,

    /// The mean gradient of each channel, as a NumPy array of rows, columns and channels
    #[arg(long, value_name = "FILE.npy", help_heading = "Files")]
    channels: Option<PathBuf>,

    /// The noise, as a NumPy array of copies, rows, columns and channels, to repeat the map elsewhere: 1 MB for each copy
    #[arg(long, value_name = "FILE.npy", help_heading = "Files")]
    save_noise: Option<PathBuf>,

    #[command(flatten)]
    map: MapFlags,
}

/// `gradcam`.
#[derive(Debug, Args)]
pub(crate) struct GradcamFlags {
    #[command(flatten)]
    class: ClassFlags,

    #[command(flatten)]
    map: MapFlags,
}

impl OcclusionFlags {
    pub(crate) fn run(self) -> Outcome {
        let explained = self.map.open(&[], false)?;
        let request = MapRequest {
            method: MapMethod::Occlusion(Occlusion {
                size: self.size,
                stride: self.stride,
            }),
            class: self.class.clone(),
            score: ScoreKind::Probability,
        };
        self.map.made(&explained, &request)
    }
}

impl ClassFlags {
    /// The map of a method about this class.
    fn request(&self, method: MapMethod) -> MapRequest {
        MapRequest {
            method,
            class: self.class.clone(),
            score: self.score(),
        }
    }
}

impl GradientFlags {
    pub(crate) fn run(self) -> Outcome {
        let explained = self
            .map
            .open(&[self.channels.as_deref()], self.precision.double)?;
        let request = self.class.request(MapMethod::Gradient);
        let make = |network: &dyn ProbedNetwork, quantity: &Quantity, watch: &mut Watch<'_>| {
            gradient_times_input(network, &explained.frame, quantity, watch)
        };
        let channels = self.channels.as_deref();
        self.map
            .attributed(&explained, &request, &make, channels, &[])
    }
}

impl IntegratedFlags {
    pub(crate) fn run(self) -> Outcome {
        let explained = self
            .map
            .open(&[self.channels.as_deref()], self.precision.double)?;
        let integrated = self
            .steps
            .map_or_else(Integrated::default, |steps| Integrated {
                steps,
                at_most: steps,
            });
        let request = self.class.request(MapMethod::Integrated(integrated));
        let make = |network: &dyn ProbedNetwork, quantity: &Quantity, watch: &mut Watch<'_>| {
            integrated.attributions(network, &explained.frame, quantity, watch)
        };
        let channels = self.channels.as_deref();
        self.map
            .attributed(&explained, &request, &make, channels, &[])
    }
}

impl SmoothgradFlags {
    pub(crate) fn run(self) -> Outcome {
        let noisy = self.save_noise.as_deref();
        let explained = self
            .map
            .open(&[self.channels.as_deref(), noisy], self.precision.double)?;
        let smooth = SmoothGrad {
            samples: self.samples,
            spread: self.spread,
            seed: self.seed,
        };
        let mut further: Vec<Further<'_>> = Vec::new();
        if let Some(path) = noisy {
            let side = Frame::SIDE as usize;
            let deviation = smooth.deviation(&explained.classifier, &explained.frame);
            let copies: Vec<Vec<f32>> = (0..self.samples)
                .map(|number| noise(self.seed, number, deviation))
                .collect();
            let shape = [self.samples, side, side, 3];
            further.push((path, npy::bytes(&shape, copies.iter().flatten())));
        }
        let request = self.class.request(MapMethod::Smoothgrad(smooth));
        let make = |network: &dyn ProbedNetwork, quantity: &Quantity, watch: &mut Watch<'_>| {
            smooth.attributions(network, &explained.frame, quantity, watch)
        };
        let channels = self.channels.as_deref();
        self.map
            .attributed(&explained, &request, &make, channels, &further)
    }
}

impl GradcamFlags {
    pub(crate) fn run(self) -> Outcome {
        let explained = self.map.open(&[], false)?;
        let request = self.class.request(MapMethod::Gradcam);
        self.map.made(&explained, &request)
    }
}
