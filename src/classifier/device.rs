//! Devices: what is asked for, and what answers.

use std::fmt;
use std::str::FromStr;

use candle_core::Device;

use super::error::ClassifierError;

/// Which processor is asked for. Written `auto`, `cpu`, `cuda` or `cuda:N`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DeviceChoice {
    /// CUDA where this build and this machine have it, else the CPU.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// The n-th CUDA device.
    Cuda(usize),
}

/// Not the name of a device.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no device: write auto, cpu, cuda or cuda:N")]
pub struct DeviceNameError(pub String);

impl FromStr for DeviceChoice {
    type Err = DeviceNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.trim().to_ascii_lowercase();
        match lower.as_str() {
            "auto" => Ok(Self::Auto),
            "cpu" => Ok(Self::Cpu),
            "cuda" => Ok(Self::Cuda(0)),
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
        }
    }
}

/// An open device, and how it is shown.
pub(super) struct OpenDevice {
    pub(super) device: Device,
    /// e.g. "CPU, 2 threads" or "CUDA 0".
    pub(super) shown: String,
    /// Why it is this one, where `auto` had to choose.
    pub(super) note: Option<String>,
}

/// A device's error that asks for something other than giving up.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Less at once may do.
    OutOfMemory,
    /// The device answers no more; what it said last.
    Lost(String),
}

impl Fault {
    /// Reads what CUDA's driver, cuBLAS or cuDNN say: Candle passes their errors on as text.
    pub(super) fn of(error: &str) -> Option<Self> {
        const NO_MEMORY: [&str; 4] = [
            "CUDA_ERROR_OUT_OF_MEMORY",
            "cudaErrorMemoryAllocation",
            "CUBLAS_STATUS_ALLOC_FAILED",
            "CUDNN_STATUS_ALLOC_FAILED",
        ];
        // After these no call of the process on this device succeeds any more.
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

/// Opens the device that is asked for.
pub(super) fn open(choice: DeviceChoice) -> Result<OpenDevice, ClassifierError> {
    match choice {
        DeviceChoice::Cuda(n) => cuda(n).map_err(|reason| ClassifierError::Device {
            choice: choice.to_string(),
            reason,
        }),
        DeviceChoice::Auto if cfg!(feature = "cuda") => {
            Ok(cuda(0).unwrap_or_else(|reason| cpu(Some(format!("auto chose the CPU: {reason}")))))
        }
        // On the CPU build auto has nothing to choose from, so there is nothing to say about its choice.
        DeviceChoice::Auto | DeviceChoice::Cpu => Ok(cpu(None)),
    }
}

fn cpu(note: Option<String>) -> OpenDevice {
    let threads = rayon::current_num_threads();
    OpenDevice {
        device: Device::Cpu,
        shown: format!(
            "CPU, {threads} thread{}",
            if threads == 1 { "" } else { "s" }
        ),
        note,
    }
}

/// Compiled in both builds, so that both check it; Candle's CPU build has the same names.
fn cuda(n: usize) -> Result<OpenDevice, String> {
    if !cfg!(feature = "cuda") {
        return Err(
            "this is the CPU build of flipscope; the CUDA build (`cargo build --release --features cudnn`) is needed, or --device cpu"
                .to_owned(),
        );
    }
    let device = Device::new_cuda(n).map_err(|error| {
        format!("CUDA device {n} does not open ({error}); see `nvidia-smi`, or use --device cpu")
    })?;
    Ok(OpenDevice {
        device,
        shown: format!("CUDA {n}"),
        note: None,
    })
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

    #[test]
    fn faults_are_told_apart() {
        let says = |name: &str| format!("DriverError({name}, \"what it means\")");
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
        let error = open(DeviceChoice::Cuda(1)).err().unwrap().to_string();
        assert!(
            error.contains("cuda:1")
                && error.contains("CPU build")
                && error.contains("--features cudnn")
        );
        let auto = open(DeviceChoice::Auto).unwrap();
        assert!(auto.shown.starts_with("CPU, "));
        assert_eq!(auto.note, None, "there was nothing to choose");
    }
}
