//! Flags that several commands share, with the same meaning everywhere.

use std::path::PathBuf;

use clap::Args;

use super::misuse;

use flipscope_image::lesion::{ColorHandling, Framing};
use flipscope_image::perturb::{Fill, Perturbation, Sampling};
use flipscope_model::{
    Classifier, ClassifierError, DeviceChoice, ModelSource, Overrides, Precision, Remedy,
};

/// The model, its device, and how photographs are prepared for it.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Model")]
pub(super) struct ModelArguments {
    /// Checkpoint (.safetensors or .pth), or an embedded model by its name, demo or demo-jitter; without it, demo. The name
    /// takes precedence over a file of that name: write ./demo for the file
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,

    /// Processor: auto, cpu, cuda, cuda:N or metal
    #[arg(long, value_name = "DEVICE", default_value = "auto")]
    device: DeviceChoice,

    /// The type that the network computes in: f32, bf16 (a card, or a processor with AVX512-BF16: about half the time,
    /// P(melanoma) about 0.01 off), or tf32 (a card)
    #[arg(long, value_name = "TYPE", default_value = "f32")]
    precision: Precision,

    /// What is done before the verdict, so that small changes flip fewer: none; colour constancy (grey-world, shades-of-grey); several views
    /// (average-4, average-8, average-16: rotations and mirror images; median-colours); or both, e.g. shades-of-grey+average-8
    #[arg(long, value_name = "REMEDY")]
    remedy: Option<Remedy>,

    /// How a photograph becomes a frame of 299 × 299: crop or squash; by default, what the checkpoint says
    #[arg(long, value_name = "FRAMING")]
    framing: Option<Framing>,

    /// Ignore EXIF orientation and ICC profile, as the letter's pipeline did
    #[arg(long)]
    raw_values: bool,

    /// P(melanoma) at or above which the verdict is melanoma: a number, or operating-point (the threshold at which `flipscope train`
    /// reached a wanted sensitivity on the validation part; it is in the checkpoint's header); by default, what the checkpoint says
    #[arg(long, value_name = "P|operating-point", value_parser = threshold)]
    threshold: Option<Threshold>,

    /// Class names of a checkpoint not made by flipscope, in the order of its outputs
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    classes: Option<Vec<String>>,

    /// The class that the single output of a checkpoint with a sigmoid stands for, e.g. melanoma; if two --classes are given,
    /// it is the second
    #[arg(long, value_name = "NAME")]
    positive_class: Option<String>,

    /// Which of several sets of weights in a checkpoint to use, e.g. `state_dict_ema`; `flipscope model info` lists them
    #[arg(long, value_name = "KEY")]
    weights: Option<String>,

    /// Which of the classes mean melanoma
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    melanoma_classes: Option<Vec<String>>,

    /// Mean for normalising the input of a checkpoint not made by flipscope
    #[arg(long, value_name = "R,G,B", value_parser = three_f32)]
    mean: Option<[f32; 3]>,

    /// Standard deviation for normalising the input of a checkpoint not made by flipscope
    #[arg(long, value_name = "R,G,B", value_parser = three_f32)]
    std: Option<[f32; 3]>,

    /// Whether a checkpoint not made by flipscope was built with torchvision's `transform_input`
    #[arg(long, value_name = "true|false")]
    transform_input: Option<bool>,
}

impl ModelArguments {
    /// The requested model.
    pub(super) fn source(&self) -> ModelSource {
        self.model
            .clone()
            .map_or(ModelSource::DEMO, ModelSource::called)
    }

    /// The requested model; if none is named, the embedded one with this hash, if there is one.
    pub(super) fn source_of(&self, sha256: &str) -> ModelSource {
        let inside = || ModelSource::from_sha256(sha256, None);
        match &self.model {
            Some(name) => ModelSource::called(name.clone()),
            None => inside().unwrap_or(ModelSource::DEMO),
        }
    }

    /// The checkpoint's file; none for an embedded model.
    pub(super) fn file(&self) -> Option<PathBuf> {
        match self.source() {
            ModelSource::File(path) => Some(path),
            ModelSource::Embedded(_) => None,
        }
    }

    /// The requested device.
    pub(super) fn device(&self) -> DeviceChoice {
        self.device
    }

    /// The type that the network is to compute in.
    pub(super) fn precision(&self) -> Precision {
        self.precision
    }

    /// What the flags say about the model, in place of its file.
    pub(super) fn overrides(&self) -> Overrides {
        Overrides {
            framing: self.framing,
            classes: self.classes.clone(),
            melanoma_classes: self.melanoma_classes.clone(),
            mean: self.mean,
            std: self.std,
            transform_input: self.transform_input,
            threshold: self.threshold(),
            operating_point: self.threshold == Some(Threshold::OperatingPoint),
            weights: self.weights.clone(),
            positive_class: self.positive_class.clone(),
            precision: self.precision,
            double_gradients: false,
            remedy: self.remedy.unwrap_or_default(),
        }
    }

    /// The framing set by a flag.
    pub(super) fn framing(&self) -> Option<Framing> {
        self.framing
    }

    /// The number that a flag sets as the threshold.
    pub(super) fn threshold(&self) -> Option<f32> {
        match self.threshold {
            Some(Threshold::At(p)) => Some(p),
            Some(Threshold::OperatingPoint) | None => None,
        }
    }

    /// How files are read.
    pub(super) fn color_handling(&self) -> ColorHandling {
        if self.raw_values {
            ColorHandling::Raw
        } else {
            ColorHandling::Converted
        }
    }

    /// Loads the model.
    pub(super) fn load(&self) -> Result<Classifier, ClassifierError> {
        self.load_from(&self.source())
    }

    /// Loads a model with these flags.
    pub(super) fn load_from(&self, source: &ModelSource) -> Result<Classifier, ClassifierError> {
        Classifier::load_with(source, self.device, &self.overrides())
    }

    /// Loads a model with these flags, and with this remedy unless a flag names another.
    pub(super) fn load_with_remedy(
        &self,
        source: &ModelSource,
        remedy: Remedy,
    ) -> Result<Classifier, ClassifierError> {
        let overrides = Overrides {
            remedy: self.remedy.unwrap_or(remedy),
            ..self.overrides()
        };
        Classifier::load_with(source, self.device, &overrides)
    }

    /// Loads the model to explain it, its gradients in f64 if `double`.
    pub(super) fn load_explained(&self, double: bool) -> Result<Classifier, ClassifierError> {
        Classifier::load_with(&self.source(), self.device, &self.explained(double))
    }

    /// The same with its weights in a random order.
    pub(super) fn load_shuffled(
        &self,
        double: bool,
        seed: u64,
    ) -> Result<Classifier, ClassifierError> {
        Classifier::load_shuffled(&self.source(), self.device, &self.explained(double), seed)
    }

    fn explained(&self, double: bool) -> Overrides {
        Overrides {
            double_gradients: double,
            ..self.overrides()
        }
    }

    /// Loads the model to compute in a type other than --precision.
    pub(super) fn load_in(&self, precision: Precision) -> Result<Classifier, ClassifierError> {
        let overrides = Overrides {
            precision,
            ..self.overrides()
        };
        Classifier::load_with(&self.source(), self.device, &overrides)
    }
}

/// How the frame is altered.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Perturbation (of the frame; pose first, then colour)")]
pub(super) struct PerturbationArguments {
    /// Colour temperature in kelvin of the lamp, as recorded by a camera whose white balance is set for 6,504 K: fewer kelvin are
    /// redder
    #[arg(long, value_name = "K", value_parser = kelvin)]
    kelvin: Option<f64>,

    /// Tint of the lamp: its distance Duv from the Planckian locus, e.g. 0.005; positive is greenish
    #[arg(long, value_name = "DUV", value_parser = duv, allow_hyphen_values = true)]
    tint: Option<f64>,

    /// Factor per channel, after the lamp: trunc(value × gain)
    #[arg(long, value_name = "R,G,B", value_parser = three, allow_hyphen_values = true)]
    gain: Option<[f64; 3]>,

    /// Added per channel after the gain, in units of 0..255, e.g. 0,-10,0
    #[arg(long, value_name = "R,G,B", value_parser = three, allow_hyphen_values = true)]
    offset: Option<[f64; 3]>,

    /// Rotation about the centre in degrees, counter-clockwise
    #[arg(long, value_name = "DEG", value_parser = degrees, allow_hyphen_values = true)]
    rotate: Option<f64>,

    /// Shift in pixels of the frame: +x to the right, +y down
    #[arg(long, value_name = "X,Y", value_parser = two, allow_hyphen_values = true)]
    shift: Option<[f64; 2]>,

    /// Resampling: nearest (the letter's) or bilinear
    #[arg(long)]
    sampling: Option<Sampling>,

    /// What fills the uncovered area: black (the letter's), edge, reflect or mean-skin
    #[arg(long)]
    fill: Option<Fill>,

    /// Black outside a circle, on the original as well
    #[arg(long)]
    field_of_view: bool,
}

impl PerturbationArguments {
    /// The perturbation; an error if a number is out of its range.
    pub(super) fn valid(&self) -> anyhow::Result<Perturbation> {
        let perturbation = self.perturbation();
        perturbation.validate().map_err(misuse)?;
        Ok(perturbation)
    }

    fn perturbation(&self) -> Perturbation {
        let neutral = Perturbation::default();
        Perturbation {
            shift: self.shift.unwrap_or(neutral.shift),
            rotate: self.rotate.unwrap_or(neutral.rotate),
            sampling: self.sampling.unwrap_or(neutral.sampling),
            fill: self.fill.unwrap_or(neutral.fill),
            field_of_view: self.field_of_view,
            kelvin: self.kelvin.unwrap_or(neutral.kelvin),
            tint: self.tint.unwrap_or(neutral.tint),
            gain: self.gain.unwrap_or(neutral.gain),
            offset: self.offset.unwrap_or(neutral.offset),
            ..neutral
        }
    }
}

/// A threshold set by a flag.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Threshold {
    /// This one, from 0 to 1.
    At(f32),
    /// The one in the checkpoint's header.
    OperatingPoint,
}

fn threshold(text: &str) -> Result<Threshold, String> {
    match text.parse::<f32>() {
        _ if text == "operating-point" => Ok(Threshold::OperatingPoint),
        Ok(p) if (0.0..=1.0).contains(&p) => Ok(Threshold::At(p)),
        _ => Err("a threshold is a number from 0 to 1, or operating-point".to_owned()),
    }
}

/// A duration.
pub(super) fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds.is_finite() && seconds > 0.0 => Ok(seconds),
        _ => Err("give a number of seconds above 0".to_owned()),
    }
}

fn number(text: &str, example: &'static str) -> Result<f64, String> {
    text.parse().map_err(|_| format!("give {example}"))
}

fn kelvin(text: &str) -> Result<f64, String> {
    number(text, "a number of kelvin, such as 5400")
}

fn duv(text: &str) -> Result<f64, String> {
    number(text, "a number, such as 0.005")
}

fn degrees(text: &str) -> Result<f64, String> {
    number(text, "a number of degrees, such as 45")
}

/// A count that is not zero.
pub(super) fn at_least_one(text: &str) -> Result<u64, String> {
    let count = text.parse().ok().filter(|count| *count > 0);
    count.ok_or_else(|| "give a whole number, at least 1".to_owned())
}

fn numbers<const N: usize>(text: &str) -> Result<[f64; N], String> {
    let parsed: Result<Vec<f64>, _> = text
        .split(',')
        .map(|part| part.trim().parse::<f64>())
        .collect();
    parsed
        .ok()
        .filter(|values| values.iter().all(|value| value.is_finite()))
        .and_then(|values| <[f64; N]>::try_from(values).ok())
        .ok_or_else(|| format!("give {N} numbers separated by commas, without spaces"))
}

fn three(text: &str) -> Result<[f64; 3], String> {
    numbers(text)
}

fn three_f32(text: &str) -> Result<[f32; 3], String> {
    numbers::<3>(text).map(|values| values.map(|value| value as f32))
}

pub(super) fn two(text: &str) -> Result<[f64; 2], String> {
    numbers(text)
}
