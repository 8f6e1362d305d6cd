//! Makes `assets/demo-model.safetensors` from the f16 checkpoint that was trained for it:
//!
//! ```text
//! cargo run --release --example make_demo_model -- CHECKPOINT assets/demo-model.safetensors
//! ```
//!
//! It is `convert` to 8 bits with the notes below in the header. The same checkpoint gives the same file, byte for byte.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use flipscope::classifier::{Format, Overrides, convert_with};

/// What the header says beside what the checkpoint's own says.
const NOTES: [(&str, &str); 6] = [
    ("name", "flipscope demo model"),
    (
        "source",
        "Inception-v3 initialised from ImageNet weights (the Keras release of Google's), fine-tuned with PyTorch on ISIC-2017",
    ),
    (
        "split",
        "trained on ISIC-2017 training + validation; the test split was kept for the figures in the model card",
    ),
    ("data_licence", "ISIC-2017 photographs: CC0"),
    (
        "intended_use",
        "showing how small changes of a photograph change a classifier's answer; not for diagnosis",
    ),
    ("card", "assets/demo-model.md"),
];

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let (source, target) = arguments
        .next()
        .zip(arguments.next())
        .context("usage: make_demo_model CHECKPOINT TARGET")?;
    let notes: BTreeMap<String, String> = NOTES
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    let report = convert_with(
        Path::new(&source),
        Path::new(&target),
        Format::Int8,
        &Overrides::default(),
        &notes,
    )?;
    println!(
        "{}: {} bytes, {} tensors",
        report.path.display(),
        report.bytes,
        report.tensors
    );
    println!("sha256 {}", report.sha256);
    if let Some((name, change)) = report.largest_change {
        println!(
            "most changed: {name}, by {:.3} % (root mean square)",
            100.0 * change
        );
    }
    Ok(())
}
