//! The kernels of `src/cuda` for NVIDIA cards, where the feature `cudnn` asks for them: compiled here, by the compiler that
//! Candle's own need anyway, so that a mistake shows when the program is built and nothing is left to compile when it starts.

#![allow(clippy::print_stdout, reason = "how a build script talks to cargo")]

use std::path::Path;
use std::process::Command;
use std::{env, error, fs};

/// The instruction set that the kernels are written in: of the oldest cards that CUDA 13 knows (Turing). The driver translates
/// it for the card that it finds.
const ARCHITECTURE: &str = "compute_75";

fn main() -> Result<(), Box<dyn error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_CUDNN").is_none() {
        return Ok(());
    }
    println!("cargo::rerun-if-changed=src/cuda");
    println!("cargo::rerun-if-env-changed=NVCC");
    let nvcc = env::var("NVCC").unwrap_or_else(|_| "nvcc".to_owned());
    let out = env::var("OUT_DIR")?;
    for name in ["perturb", "layers"] {
        let ptx = Path::new(&out).join(name).with_extension("ptx");
        let made = Command::new(&nvcc)
            .args(["-ptx", "-std=c++17", "-arch", ARCHITECTURE, "-o"])
            .arg(&ptx)
            .arg(format!("src/cuda/{name}.cu"))
            .status()
            .map_err(|error| {
                format!("CUDA's compiler {nvcc} does not start ({error}): see docs/cuda.md")
            })?;
        if !made.success() {
            return Err(format!("{nvcc} does not compile src/cuda/{name}.cu").into());
        }
        // What must equal the processor's doubles to the last bit is not contracted.
        if name == "perturb" && fs::read_to_string(&ptx)?.contains("fma.rn.f64") {
            return Err("perturb.cu multiplies and adds doubles in one step".into());
        }
    }
    Ok(())
}
