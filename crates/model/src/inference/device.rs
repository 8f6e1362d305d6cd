//! Devices: the requested one, and the one that is used.

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
                let note = format!("auto chose the CPU: {reason}");
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
        return Err(
            "this build has no Metal; on a Mac, `cargo build --release --features metal` has (untested), or use --device cpu"
                .to_owned(),
        );
    }
    if precision != Precision::F32 {
        return Err(format!("Metal computes in f32, and not in {precision}"));
    }
    let device = Device::new_metal(0)
        .map_err(|error| format!("Metal cannot be opened ({error}); use --device cpu"))?;
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
    Err(
        "this is the CPU build of flipscope; the CUDA build (`scripts/run --cuda`, or `cargo build --release --features cudnn`: see docs/cuda.md) is needed, or --device cpu"
            .to_owned(),
    )
}

/// With Candle's own layers.
#[cfg(all(feature = "cuda", not(feature = "cudnn")))]
fn cuda(n: usize, precision: Precision) -> Result<OpenDevice, String> {
    if precision != Precision::F32 {
        return Err(format!(
            "this build has no cuDNN, and computes in f32 alone; for {precision}, build with --features cudnn"
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
    const CAUSES: [(&str, &str); 8] = [
        ("CUDA_ERROR_NO_DEVICE", "the driver finds no NVIDIA card"),
        (
            "CUDA_ERROR_INVALID_DEVICE",
            "there are fewer cards: `nvidia-smi` lists them, counted from 0",
        ),
        (
            "CUDA_ERROR_STUB_LIBRARY",
            "libcuda.so.1 is a stand-in to link against, and not the driver's: install the NVIDIA driver",
        ),
        (
            "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH",
            "the driver's library and its kernel module are of different versions: restart the machine",
        ),
        (
            "CUDA_ERROR_INSUFFICIENT_DRIVER",
            "the NVIDIA driver is older than the CUDA that this was built with: CUDA 13 needs 580 or newer",
        ),
        (
            "CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
            "the NVIDIA driver is older than the CUDA that this was built with: CUDA 13 needs 580 or newer",
        ),
        (
            "CUDA_ERROR_OUT_OF_MEMORY",
            "other programs use all of the card's memory",
        ),
        (
            "CUDNN_STATUS",
            "cuDNN does not start: it needs a libcudnn.so.9 for this CUDA and this card",
        ),
    ];
    let message = error.to_string();
    let message = message.lines().next().unwrap_or_default();
    let cause = CAUSES.iter().find(|(name, _)| message.contains(name));
    let cause = cause.map_or("see `nvidia-smi`", |(_, cause)| cause);
    format!(
        "CUDA device {n} cannot be opened: {cause} ({message}). docs/cuda.md says more; --device cpu works without"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written() {
        for (text, choice) in [
            ("auto", DeviceChoice::Auto),
            ("CPU", DeviceChoice::Cpu),
            ("cuda", DeviceChoice::Cuda(0)),
            ("cuda:3", DeviceChoice::Cuda(3)),
            ("Metal", DeviceChoice::Metal),
        ] {
            assert_eq!(text.parse(), Ok(choice));
            assert_eq!(choice.to_string().parse(), Ok(choice));
        }
        for text in [
            "",
            "gpu",
            "cuda:",
            "cuda:+1",
            "cuda:-1",
            "cuda:1x",
            "cuda:99999999999999999999",
        ] {
            let error = text.parse::<DeviceChoice>().unwrap_err().to_string();
            assert!(error.contains("cuda:N"), "{error}");
        }
    }

    fn says(name: &str) -> String {
        format!("DriverError({name}, \"what it means\")")
    }

    #[test]
    fn faults_are_told_apart() {
        assert_eq!(
            Fault::of(&says("CUDA_ERROR_OUT_OF_MEMORY")),
            Some(Fault::OutOfMemory)
        );
        let lost = Fault::of(&says("CUDA_ERROR_ILLEGAL_ADDRESS"));
        assert_eq!(
            lost,
            Some(Fault::Lost("CUDA_ERROR_ILLEGAL_ADDRESS".to_owned()))
        );
        assert_eq!(Fault::of(&says("CUDA_ERROR_INVALID_VALUE")), None);
    }

    #[test]
    #[cfg(not(feature = "cuda"))]
    fn the_cpu_build_says_so() {
        let error = open(DeviceChoice::Cuda(1), Precision::F32)
            .err()
            .unwrap()
            .to_string();
        assert!(
            error.contains("cuda:1")
                && error.contains("CPU build")
                && error.contains("--features cudnn")
        );
        let auto = open(DeviceChoice::Auto, Precision::F32).unwrap();
        assert!(auto.shown.starts_with("CPU, "));
        assert_eq!(auto.note, None, "there was nothing to choose");
    }
    #[test]
    fn what_a_card_lacks_is_said() {
        for (name, part) in [
            ("CUDA_ERROR_NO_DEVICE", "no NVIDIA card"),
            ("CUDA_ERROR_INSUFFICIENT_DRIVER", "580"),
            ("CUDNN_STATUS_NOT_INITIALIZED", "libcudnn.so.9"),
            ("CUDA_ERROR_UNKNOWN", "nvidia-smi"),
        ] {
            let message = closed(2, &candle_core::Error::Msg(says(name)));
            assert!(
                message.contains(part) && message.contains(name),
                "{message}"
            );
            assert!(message.contains("CUDA device 2") && message.contains("--device cpu"));
        }
    }

    #[test]
    fn the_processor_refuses_what_it_does_not_compute_in() {
        let refused = |precision: Precision| {
            let error = open(DeviceChoice::Cpu, precision).err().unwrap();
            let error = error.to_string();
            assert!(
                error.contains(precision.name()) && error.contains("f32"),
                "{error}"
            );
        };
        refused(Precision::Tf32);
        if Isa::best().has_bf16() {
            let open = open(DeviceChoice::Cpu, Precision::Bf16).unwrap();
            assert_eq!(open.precision, Precision::Bf16);
        } else {
            refused(Precision::Bf16);
        }
    }
}
