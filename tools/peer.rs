//! flipscope as `experiments/run compare-inference` asks it: the same questions over standard input as `experiments/peers/engine.py`
//! answers for other engines.
//!
//! ```text
//! peer CHECKPOINT FRAMES THREADS [DEVICE PRECISION]
//!                                   answers questions: about, forward N, probabilities N, gradient, train N, peak; for
//!                                   `experiments/run compare-training` also step N, save
//! peer --draw N FRAMES              writes N synthetic frames, 299 × 299 × 3 values of u8 each
//! peer --begin INIT CHECKPOINT      writes the weights that a training of INIT on two classes begins with
//! peer attack …, peer classify …    as flipscope does it, and `--version`: for a machine to which the whole program is too large to travel
//! ```
//!
//! PRECISION is that of verdicts and of training: f32, bf16, and of verdicts alone tf32.

use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use anyhow::{Context as _, anyhow, bail, ensure};
use flipscope_image::lesion::synthetic::{self, Recipe};
use flipscope_image::lesion::{Frame, Framing};
use flipscope_image::perturb::Perturbation;
use flipscope_model::training::{Learner, Optimiser};
use flipscope_model::training::{Objective, Start, Trainable};
use flipscope_model::{Candidate, Classifier, DeviceChoice, ModelSource, Overrides, Precision};
use flipscope_nn::engine::Isa;
use rayon::prelude::*;
use serde_json::json;

fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["attack" | "classify" | "--version", ..] => return Ok(flipscope::cli::run_searches()),
        ["--draw", n, file] => draw(n.parse()?, file),
        ["--begin", init, file] => begin(init, file),
        [checkpoint, frames, threads, ref on @ ..] if matches!(on.len(), 0 | 2) => {
            rayon::ThreadPoolBuilder::new()
                .num_threads(threads.parse()?)
                .build_global()?;
            let (device, precision) = match on {
                [device, precision] => (device.parse()?, precision.parse()?),
                _ => Default::default(),
            };
            answer(checkpoint.into(), frames, device, precision)
        }
        _ => bail!(
            "peer CHECKPOINT FRAMES THREADS [DEVICE PRECISION], peer --draw N FRAMES, peer --begin INIT CHECKPOINT, peer attack, or peer classify"
        ),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn draw(n: u64, file: &str) -> anyhow::Result<()> {
    let drawn = (0..n).into_par_iter().map(|seed| {
        let share = seed as f32 / n as f32;
        let raster = synthetic::draw(&Recipe::between(seed, share), 600, 450)?;
        Ok(Framing::Squash.apply(&raster).pixels().to_vec())
    });
    let frames = drawn.collect::<anyhow::Result<Vec<_>>>()?;
    std::fs::write(file, frames.concat()).with_context(|| file.to_owned())
}

fn begin(init: &str, file: &str) -> anyhow::Result<()> {
    let start = Start {
        architecture: "inception-v3".to_owned(),
        init: vec![init.into()],
        classes: ["melanoma", "nevus"].map(str::to_owned).into(),
        melanoma_classes: vec!["melanoma".to_owned()],
        framing: None,
        seed: 1,
    };
    let begun = Trainable::begin(&start, DeviceChoice::Cpu)?;
    Ok(begun.net.tensors()?.write(file.as_ref())?)
}

/// Frames of a step of `experiments/run compare-training`, and what its optimiser is.
const BATCH: usize = 8;
const LR: f64 = 1e-3;
const OPTIMISER: Optimiser = Optimiser::Sgd {
    momentum: 0.9,
    weight_decay: 1e-4,
};

fn answer(
    checkpoint: PathBuf,
    frames_file: &str,
    device: DeviceChoice,
    precision: Precision,
) -> anyhow::Result<()> {
    let bytes = std::fs::read(frames_file).with_context(|| frames_file.to_owned())?;
    let frames = bytes
        .chunks_exact(Frame::BYTES)
        .map(|frame| Ok(Frame::from_rgb(frame.to_vec())?))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let source = ModelSource::File(checkpoint);
    let overrides = Overrides {
        precision,
        ..Overrides::default()
    };
    let classifier = Classifier::load_with(&source, device, &overrides)?;
    let training = OnceLock::new();
    let mut learner: Option<Learner> = None;
    let out = std::io::stdout();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (request, n) = line.split_once(' ').unwrap_or((&line, "1"));
        let n: usize = n.parse()?;
        let of_step = request == "step";
        let last = if of_step { (n + 1) * BATCH } else { n };
        let some = frames.get(..last).context("there are fewer frames")?;
        let start = Instant::now();
        let answer = match request {
            "about" => json!({
                "engine": "flipscope",
                "version": format!("flipscope {}, {}, {}, {}", env!("CARGO_PKG_VERSION"), classifier.device(),
                    Isa::best().name(), classifier.precision()),
            }),
            "probabilities" => {
                let verdicts = classifier.classify(some)?;
                json!({"probabilities": verdicts.iter().map(|v| &v.probabilities).collect::<Vec<_>>()})
            }
            "forward" => {
                ensure!(classifier.classify(some)?.len() == n, "no verdicts");
                json!({"ms": start.elapsed().as_secs_f64() * 1000.0})
            }
            "gradient" => {
                let candidate = Candidate {
                    frame: Arc::new(frames.first().context("there is no frame")?.clone()),
                    perturbation: Arc::new(Perturbation::default()),
                };
                ensure!(
                    classifier.gradients(&[candidate], 0)?.len() == 1,
                    "no gradient"
                );
                json!({"ms": start.elapsed().as_secs_f64() * 1000.0})
            }
            "train" => {
                let net = training
                    .get_or_init(|| Trainable::load(&source, device, &overrides))
                    .as_ref()
                    .map_err(|error| anyhow!("{error}"))?;
                let labels: Vec<u32> = (0..n as u32).map(|at| at % 2).collect();
                let start = Instant::now();
                let loss = net.gradients(some, &labels)?.loss;
                json!({"ms": start.elapsed().as_secs_f64() * 1000.0, "loss": loss})
            }
            // The n-th step, on the n-th frames; the labels alternate.
            "step" => {
                let learner = match &mut learner {
                    Some(learner) => learner,
                    none => {
                        let net = Trainable::load(&source, device, &overrides)?;
                        none.insert(Learner::new(net, OPTIMISER, 0.0)?)
                    }
                };
                let some = some.get(n * BATCH..).context("there are fewer frames")?;
                let labels: Vec<u32> = (0..BATCH as u32).map(|at| at % 2).collect();
                let start = Instant::now();
                let loss = learner.step(&Objective::default(), LR, some, &labels)?;
                json!({"ms": start.elapsed().as_secs_f64() * 1000.0, "loss": loss})
            }
            "save" => {
                let learner = learner.as_ref().context("no step has been taken")?;
                let file = format!("{frames_file}.flipscope.safetensors");
                learner.checkpoint()?.write(file.as_ref())?;
                json!({"file": file})
            }
            "peak" => json!({"gflops": peak()}),
            other => bail!("no such question: {other}"),
        };
        writeln!(&out, "{answer}")?;
    }
    Ok(())
}

/// What all threads together reach in fused multiply-adds between registers, `GFLOP/s`; `None` where no form was written down.
fn peak() -> Option<f64> {
    #[cfg(target_arch = "x86_64")]
    {
        const ROUNDS: usize = 2_000_000;
        if !is_x86_feature_detected!("avx512f") {
            return None;
        }
        let best = (0..10)
            .map(|_| {
                let start = Instant::now();
                rayon::broadcast(|_| {
                    // SAFETY: the processor has AVX-512.
                    #[expect(unsafe_code, reason = "vector instructions")]
                    std::hint::black_box(unsafe { chains(ROUNDS) });
                });
                start.elapsed().as_secs_f64()
            })
            .fold(f64::INFINITY, f64::min);
        let operations = (ROUNDS * CHAINS * 16 * 2 * rayon::current_num_threads()) as f64;
        Some(operations / best / 1e9)
    }
    #[cfg(not(target_arch = "x86_64"))]
    None
}

/// Independent chains, enough to hide an instruction's latency.
#[cfg(target_arch = "x86_64")]
const CHAINS: usize = 12;

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn chains(rounds: usize) -> f32 {
    use std::arch::x86_64::{_mm512_fmadd_ps, _mm512_reduce_add_ps, _mm512_set1_ps};
    let half = _mm512_set1_ps(std::hint::black_box(0.5));
    let mut chains = [_mm512_set1_ps(1.0); CHAINS];
    for _ in 0..rounds {
        for chain in &mut chains {
            *chain = _mm512_fmadd_ps(*chain, half, half);
        }
    }
    chains
        .into_iter()
        .map(|chain| _mm512_reduce_add_ps(chain))
        .sum()
}
