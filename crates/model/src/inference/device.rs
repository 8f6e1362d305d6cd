//! Devices: the requested one, and the one that is used.

use flipscope_language::{as_text, text};
use std::fmt;
use std::str::FromStr;

use candle_core::Device;

use crate::error::ClassifierError;
use flipscope_nn::Precision;
use flipscope_nn::engine::Isa;

/// The requested device. Written `auto`, `cpu`, `cuda`, `cuda:N` or `metal`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DeviceChoice {
    /// CUDA if this build and this machine have it, else the CPU.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// The n-th CUDA device.
    Cuda(usize),
    /// A Mac's graphics, with Candle's own layers. Untested.
    Metal,
}

/// Not the name of a device.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a device: use auto, cpu, cuda, cuda:N or metal")]
pub struct DeviceNameError(pub String);

impl FromStr for DeviceChoice {
    type Err = DeviceNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.trim().to_ascii_lowercase();
        match lower.as_str() {
            "auto" => Ok(Self::Auto),
            "cpu" => Ok(Self::Cpu),
            "cuda" => Ok(Self::Cuda(0)),
            "metal" => Ok(Self::Metal),
            other => other
                .strip_prefix("cuda:")
                .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
                .and_then(|digits| digits.parse().ok())
                .map(Self::Cuda)
                .ok_or_else(|| DeviceNameError(text.to_owned())),
        }
    }
}

impl fmt::Display for DeviceChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Cpu => f.write_str("cpu"),
            Self::Cuda(n) => write!(f, "cuda:{n}"),
            Self::Metal => f.write_str("metal"),
        }
    }
}

/// What kind of device computes, as far as it decides which type pays there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DeviceKind {
    /// The processor.
    #[default]
    Processor,
    /// An NVIDIA card, through cuDNN: it has every type, and is many times faster in bf16.
    Card,
    /// A card with Candle's own layers, which compute in f32 alone.
    WithoutCudnn,
}

/// An open device, and how it is displayed.
pub(crate) struct OpenDevice {
    pub(crate) device: Device,
    /// e.g. "CPU, 2 threads" or "CUDA 0".
    pub(crate) shown: String,
    /// Why it is this one, if `auto` had to choose.
    pub(crate) note: Option<String>,
    /// What it computes in.
    pub(crate) precision: Precision,
    /// Keeps the card open, so that what is loaded onto it is loaded once.
    #[cfg(feature = "cudnn")]
    #[expect(dead_code, reason = "it is held, and let go with the device")]
    card: Option<std::sync::Arc<flipscope_nn::cuda::Card>>,
}

impl OpenDevice {
    pub(crate) fn kind(&self) -> DeviceKind {
        if self.device.is_cpu() {
            DeviceKind::Processor
        } else if cfg!(feature = "cudnn") && self.device.is_cuda() {
            DeviceKind::Card
        } else {
            DeviceKind::WithoutCudnn
        }
    }
}

/// A device's error that can be handled.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A smaller batch may work.
    OutOfMemory,
    /// The device no longer responds; its last message.
    Lost(String),
}

impl Fault {
    /// Parses the messages of CUDA's driver, cuBLAS or cuDNN: Candle passes their errors on as text.
    pub(crate) fn of(error: &str) -> Option<Self> {
        const NO_MEMORY: [&str; 5] = [
            "CUDA_ERROR_OUT_OF_MEMORY",
            "cudaErrorMemoryAllocation",
            "CUBLAS_STATUS_ALLOC_FAILED",
            "CUDNN_STATUS_ALLOC_FAILED",
            "CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED",
        ];
        // After one of these, no further call of the process on this device succeeds.
        const LOST: [&str; 9] = [
            "CUDA_ERROR_DEVICE_UNAVAILABLE",
            "CUDA_ERROR_DEINITIALIZED",
            "CUDA_ERROR_ECC_UNCORRECTABLE",
            "CUDA_ERROR_HARDWARE_STACK_ERROR",
            "CUDA_ERROR_ILLEGAL_ADDRESS",
            "CUDA_ERROR_LAUNCH_FAILED",
            "CUDA_ERROR_LAUNCH_TIMEOUT",
            "CUDA_ERROR_SYSTEM_NOT_READY",
            "CUDA_ERROR_UNKNOWN",
        ];
        if NO_MEMORY.iter().any(|name| error.contains(name)) {
            return Some(Self::OutOfMemory);
        }
        let lost = LOST.iter().find(|name| error.contains(**name))?;
        Some(Self::Lost((*lost).to_owned()))
    }
}

/// A device as [`crate::scheduler::Loaded`] and files name it, in this thread's language.
#[must_use]
pub fn device_in_words(device: &str) -> String {
    let threads = device.strip_prefix("CPU, ");
    let threads = threads.and_then(|rest| rest.split(' ').next()?.parse::<usize>().ok());
    match (threads, device.strip_suffix(", without cuDNN")) {
        (Some(threads), _) => text!("model-cpu", count = threads),
        (None, Some(card)) => text!("model-without-cudnn", card = card),
        (None, None) => device.to_owned(),
    }
}

/// Opens the requested device, to compute in a precision.
pub(crate) fn open(
    choice: DeviceChoice,
    precision: Precision,
) -> Result<OpenDevice, ClassifierError> {
    let refuse = |reason| ClassifierError::Device {
        choice: choice.to_string(),
        reason,
    };
    match choice {
        DeviceChoice::Cuda(n) => cuda(n, precision).map_err(refuse),
        DeviceChoice::Metal => metal(precision).map_err(refuse),
        DeviceChoice::Auto if cfg!(feature = "cuda") => match cuda(0, precision) {
            Ok(card) => Ok(card),
            Err(reason) => {
                let note = text!("device-auto-fell-back", reason = as_text(&reason));
                cpu(Some(note), precision).map_err(refuse)
            }
        },
        // The CPU build gives auto nothing to choose from, so there is nothing to report about its choice.
        DeviceChoice::Auto | DeviceChoice::Cpu => cpu(None, precision).map_err(refuse),
    }
}

fn cpu(note: Option<String>, precision: Precision) -> Result<OpenDevice, String> {
    (Isa::best().computes_in(precision)).map_err(|error| error.to_string())?;
    let threads = rayon::current_num_threads();
    Ok(OpenDevice {
        device: Device::Cpu,
        shown: format!(
            "CPU, {threads} thread{}",
            if threads == 1 { "" } else { "s" }
        ),
        note,
        precision,
        #[cfg(feature = "cudnn")]
        card: None,
    })
}

fn metal(precision: Precision) -> Result<OpenDevice, String> {
    if !cfg!(feature = "metal") {
        return Err(text!("device-build-without-metal").to_owned());
    }
    if precision != Precision::F32 {
        return Err(text!(
            "device-metal-precision",
            precision = as_text(&precision)
        ));
    }
    let device = Device::new_metal(0)
        .map_err(|error| text!("device-metal-unavailable", error = as_text(&error)))?;
    Ok(OpenDevice {
        device,
        shown: "Metal".to_owned(),
        note: None,
        precision,
        #[cfg(feature = "cudnn")]
        card: None,
    })
}

#[cfg(not(feature = "cuda"))]
fn cuda(_n: usize, _precision: Precision) -> Result<OpenDevice, String> {
    Err(text!("device-build-without-cuda").to_owned())
}

/// With Candle's own layers.
#[cfg(all(feature = "cuda", not(feature = "cudnn")))]
fn cuda(n: usize, precision: Precision) -> Result<OpenDevice, String> {
    if precision != Precision::F32 {
        return Err(text!(
            "device-build-without-cudnn",
            precision = as_text(&precision)
        ));
    }
    let device = Device::new_cuda(n).map_err(|error| closed(n, &error))?;
    Ok(OpenDevice {
        device,
        shown: format!("CUDA {n}, without cuDNN"),
        note: None,
        precision,
    })
}

#[cfg(feature = "cudnn")]
fn cuda(n: usize, precision: Precision) -> Result<OpenDevice, String> {
    use flipscope_nn::cuda::{Card, open};
    let device = open(n).map_err(|error| closed(n, &error))?;
    let card = Card::of(&device).map_err(|error| closed(n, &error))?;
    Ok(OpenDevice {
        shown: match card.name() {
            Some(name) => format!("CUDA {n} ({name})"),
            None => format!("CUDA {n}"),
        },
        device,
        note: None,
        precision,
        card: Some(card),
    })
}

/// Why a card cannot be opened, and the remedy.
#[cfg(any(test, feature = "cuda"))]
fn closed(n: usize, error: &candle_core::Error) -> String {
    use flipscope_language::{Text, id};
    const CAUSES: [(&str, Text); 8] = [
        ("CUDA_ERROR_NO_DEVICE", id!("cuda-no-card")),
        ("CUDA_ERROR_INVALID_DEVICE", id!("cuda-card-number")),
        ("CUDA_ERROR_STUB_LIBRARY", id!("cuda-stub-library")),
        (
            "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH",
            id!("cuda-driver-mismatch"),
        ),
        ("CUDA_ERROR_INSUFFICIENT_DRIVER", id!("cuda-driver-too-old")),
        (
            "CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
            id!("cuda-driver-too-old"),
        ),
        ("CUDA_ERROR_OUT_OF_MEMORY", id!("cuda-memory-taken")),
        ("CUDNN_STATUS", id!("cuda-cudnn-unavailable")),
    ];
    let message = error.to_string();
    let message = message.lines().next().unwrap_or_default();
    let cause = CAUSES.iter().find(|(name, _)| message.contains(name));
    let cause = cause.map_or(id!("cuda-see-nvidia-smi"), |(_, cause)| *cause);
    text!(
        "cuda-unavailable",
        n = as_text(&n),
        cause = as_text(&cause),
        message = as_text(&message)
    )
}

#[cfg(test)]
#[path = "device_tests.rs"]
mod tests;
