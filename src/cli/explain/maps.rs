//! `flipscope explain occlusion`, `gradient`, `integrated`, `smoothgrad` and `gradcam`: maps of the picture.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::checks::CheckFlags;
use super::common::{Common, Explained};
use super::files::Further;
use super::npy;
use crate::cli::arguments::PerturbationArguments;
use crate::cli::{Outcome, output};
use flipscope_base::human::probability;
use flipscope_image::lesion::Frame;
use flipscope_lab::explain::figure::{number, picture};
use flipscope_lab::explain::occlusion::Occlusion;
use flipscope_lab::explain::saliency::{
    Attributions, Integrated, SmoothGrad, gradient_times_input, noise,
};
use flipscope_lab::explain::{
    ExplainError, Extent, Map, Method, ProbedNetwork, Quantity, Watch, gradcam, table,
};
use flipscope_model::{Change, Probe};

/// What all maps of the picture take.
#[derive(Debug, Args)]
struct MapFlags {
    /// Opacity of the map over the picture
    #[arg(long, value_name = "0..1", default_value_t = 0.6, value_parser = share, help_heading = "Map")]
    opacity: f64,

    #[command(flatten)]
    check: CheckFlags,

    #[command(flatten)]
    common: Common,

    #[command(flatten)]
    perturbation: PerturbationArguments,
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("give a number from 0 to 1".to_owned()),
    }
}

/// The number that a map by gradients is about.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum ScoreFlag {
    /// The logit, before the softmax
    Logit,
    /// The probability
    Probability,
}

/// The class that a map by gradients is about.
#[derive(Debug, Args)]
struct ClassFlags {
    /// The class; by default melanoma (of several classes that mean it, the most likely; with --score probability, their sum)
    #[arg(long, value_name = "NAME", help_heading = "Map")]
    class: Option<String>,

    /// The number that is explained
    #[arg(long, value_enum, default_value = "logit", help_heading = "Map")]
    score: ScoreFlag,
}

impl ClassFlags {
    fn quantity(&self, explained: &Explained) -> Result<Quantity, ExplainError> {
        let info = explained.classifier.info();
        match self.score {
            ScoreFlag::Probability => Quantity::probability(info, self.class.as_deref()),
            ScoreFlag::Logit => {
                let probe = Probe {
                    frame: std::sync::Arc::clone(&explained.frame),
                    change: Change::Nothing,
                };
                let mut probed = explained.classifier.probe(&[probe])?;
                let probed = probed.pop().ok_or(ExplainError::Cancelled)?;
                Quantity::logit(info, self.class.as_deref(), &probed)
            }
        }
    }
}

/// `occlusion`.
#[derive(Debug, Args)]
pub(super) struct OcclusionFlags {
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
pub(super) struct GradientFlags {
    #[command(flatten)]
    class: ClassFlags,

    /// The attributions to each channel, as a NumPy array of rows, columns and channels
    #[arg(long, value_name = "FILE.npy", help_heading = "Files")]
    channels: Option<PathBuf>,

    #[command(flatten)]
    map: MapFlags,
}

/// `integrated`.
#[derive(Debug, Args)]
pub(super) struct IntegratedFlags {
    /// Points on the way, those of Gauss and Legendre; by default 50, and half as many again until the attributions sum to the
    /// difference of the scores within 1 %, at most 850
    #[arg(long, value_name = "N", help_heading = "Map")]
    steps: Option<usize>,

    #[command(flatten)]
    class: ClassFlags,

    /// The attributions to each channel, as a NumPy array of rows, columns and channels
    #[arg(long, value_name = "FILE.npy", help_heading = "Files")]
    channels: Option<PathBuf>,

    #[command(flatten)]
    map: MapFlags,
}

/// `smoothgrad`.
#[derive(Debug, Args)]
pub(super) struct SmoothgradFlags {
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
pub(super) struct GradcamFlags {
    #[command(flatten)]
    class: ClassFlags,

    #[command(flatten)]
    map: MapFlags,
}

impl OcclusionFlags {
    pub(super) fn run(self) -> Outcome {
        let explained = self.map.open(&[])?;
        let occlusion = Occlusion {
            size: self.size,
            stride: self.stride,
        };
        let info = explained.classifier.info();
        let quantity = Quantity::probability(info, self.class.as_deref())?;
        let make = |network: &dyn ProbedNetwork, watch: &mut Watch<'_>| {
            occlusion.map(network, &explained.frame, &quantity, watch)
        };
        let map = explained.watched(|watch| make(&explained.classifier, watch))?;
        self.map.finish(&explained, &map, &make, &[])
    }
}

impl GradientFlags {
    pub(super) fn run(self) -> Outcome {
        let explained = self.map.open(&[self.channels.as_deref()])?;
        let quantity = self.class.quantity(&explained)?;
        let make = |network: &dyn ProbedNetwork, watch: &mut Watch<'_>| {
            gradient_times_input(network, &explained.frame, &quantity, watch)
        };
        self.map
            .attributed(&explained, &make, self.channels.as_deref(), &[])
    }
}

impl IntegratedFlags {
    pub(super) fn run(self) -> Outcome {
        let explained = self.map.open(&[self.channels.as_deref()])?;
        let quantity = self.class.quantity(&explained)?;
        let integrated = self
            .steps
            .map_or_else(Integrated::default, |steps| Integrated {
                steps,
                at_most: steps,
            });
        let make = |network: &dyn ProbedNetwork, watch: &mut Watch<'_>| {
            integrated.attributions(network, &explained.frame, &quantity, watch)
        };
        self.map
            .attributed(&explained, &make, self.channels.as_deref(), &[])
    }
}

impl SmoothgradFlags {
    pub(super) fn run(self) -> Outcome {
        let noisy = self.save_noise.as_deref();
        let explained = self.map.open(&[self.channels.as_deref(), noisy])?;
        let quantity = self.class.quantity(&explained)?;
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
        let make = |network: &dyn ProbedNetwork, watch: &mut Watch<'_>| {
            smooth.attributions(network, &explained.frame, &quantity, watch)
        };
        self.map
            .attributed(&explained, &make, self.channels.as_deref(), &further)
    }
}

impl GradcamFlags {
    pub(super) fn run(self) -> Outcome {
        let explained = self.map.open(&[])?;
        let quantity = self.class.quantity(&explained)?;
        let make = |network: &dyn ProbedNetwork, watch: &mut Watch<'_>| {
            gradcam::map(network, &explained.frame, &quantity, watch)
        };
        let map = explained.watched(|watch| make(&explained.classifier, watch))?;
        self.map.finish(&explained, &map, &make, &[])
    }
}

impl MapFlags {
    /// Opens the photograph and checks all files.
    fn open(&self, further: &[Option<&Path>]) -> anyhow::Result<Explained> {
        let explained = self.common.open(Some(&self.perturbation))?;
        for path in further.iter().flatten() {
            explained.files.check(path)?;
        }
        Ok(explained)
    }

    /// A map that is a sum over channels.
    fn attributed(
        &self,
        explained: &Explained,
        make: &dyn Fn(&dyn ProbedNetwork, &mut Watch<'_>) -> Result<Attributions, ExplainError>,
        channels: Option<&Path>,
        further: &[Further<'_>],
    ) -> Outcome {
        let attributions = explained.watched(|watch| make(&explained.classifier, watch))?;
        let side = Frame::SIDE as usize;
        let mut further = further.to_vec();
        if let Some(path) = channels {
            let array = npy::bytes(&[side, side, 3], attributions.values.iter());
            further.push((path, array));
        }
        let again = |network: &dyn ProbedNetwork, watch: &mut Watch<'_>| {
            make(network, watch).map(|attributions| attributions.map())
        };
        self.finish(explained, &attributions.map(), &again, &further)
    }

    /// Checks the map if that is wanted, writes everything, and says what was found.
    fn finish(
        &self,
        explained: &Explained,
        map: &Map,
        make: &dyn Fn(&dyn ProbedNetwork, &mut Watch<'_>) -> Result<Map, ExplainError>,
        further: &[Further<'_>],
    ) -> Outcome {
        let checked = self.check.run(explained, map, make, &self.common.model)?;
        let caption = explained.caption(checked.sentences.clone());
        let (frame, unaltered) = (&explained.frame, explained.unaltered());
        let svg = picture(map, frame, unaltered, &caption, self.opacity)?;
        explained.files.write(&svg, &table::csv(map), further)?;
        if self.common.json {
            let mut about = map.about();
            if let (Some(object), Some(checks)) = (about.as_object_mut(), checked.json) {
                object.insert("checks".to_owned(), checks);
            }
            output::json(&explained.about(&self.common.photograph, about))?;
        } else {
            output::line(&sentence(map, explained))?;
            for words in &checked.sentences {
                output::line(words)?;
            }
        }
        Ok(Ok(()))
    }
}

/// The verdict, and what the map ranges over; or what is wrong with it.
pub(super) fn sentence(map: &Map, explained: &Explained) -> String {
    let label = map.verdict.label(explained.threshold).name();
    let p = probability(map.verdict.p_melanoma, 4);
    let mut parts = vec![format!("P(melanoma) {p}, {label}")];
    if let Extent::Varies { low, high, .. } = map.extent() {
        let numbers = match map.method {
            Method::Occlusion { .. } | Method::Landscape => {
                [low, high].map(|value| probability(value, 4))
            }
            _ => [low, high].map(|value| number(f64::from(value))),
        };
        let [low, high] = numbers;
        let about = match map.method {
            Method::Occlusion { .. } | Method::Landscape => map.quantity.name(),
            _ => format!("map of the {}", map.quantity.name()),
        };
        parts.push(format!("{about} from {low} to {high}"));
    }
    if let Method::Integrated {
        steps,
        sum,
        difference,
    } = map.method
    {
        let apart = (sum - difference).abs() / difference.abs().max(f64::MIN_POSITIVE);
        parts.push(format!(
            "attributions sum to {sum:.4}, the scores differ by {difference:.4}: {:.2} % apart with {steps} steps",
            100.0 * apart
        ));
    }
    if let Some(complaint) = map.extent().complaint() {
        parts.push(complaint);
    }
    parts.join("; ")
}
