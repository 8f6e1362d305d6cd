//! Makes a demo model from the checkpoint that was trained for it:
//!
//! ```text
//! cargo run --release --example make_demo_model -- demo CHECKPOINT assets/demo-model.safetensors
//! cargo run --release --example make_demo_model -- demo-jitter CHECKPOINT assets/demo-jitter-model.safetensors
//! ```
//!
//! It replaces the file that is there. It is `convert` to 8 bits with the notes below in the header. The same checkpoint gives the same file, byte for byte.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::bail;
use flipscope_model::{Format, Overrides, convert_over};

/// What the headers of both say beside what their checkpoints' own say.
const NOTES: [(&str, &str); 5] = [
    (
        "source",
        "Inception-v3 initialised from ImageNet weights (the Keras release of Google's), fine-tuned with flipscope on ISIC-2017",
    ),
    ("trained_on", "ISIC-2017 training part"),
    (
        "split",
        "trained on ISIC-2017's training part, recipe and epoch chosen by its validation part; the test part was kept for the \
         figures in the model card",
    ),
    ("data_licence", "ISIC-2017 photographs: CC0"),
    (
        "intended_use",
        "showing how small changes of a photograph change a classifier's answer; not for diagnosis",
    ),
];

/// What the header of each says.
const DEMO: [(&str, &str); 2] = [
    ("name", "flipscope demo model"),
    ("card", "assets/demo-model.md"),
];
const JITTER: [(&str, &str); 2] = [
    ("name", "flipscope demo model, colour jitter"),
    ("card", "assets/demo-jitter-model.md"),
];

fn main() -> anyhow::Result<()> {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [name, source, target] = arguments.as_slice() else {
        bail!("usage: make_demo_model demo|demo-jitter CHECKPOINT TARGET");
    };
    let own: &[(&str, &str)] = match name.to_str() {
        Some("demo") => &DEMO,
        Some("demo-jitter") => &JITTER,
        _ => bail!("{} is no demo model: demo, demo-jitter", name.display()),
    };
    let notes: BTreeMap<String, String> = NOTES
        .iter()
        .chain(own)
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    let report = convert_over(
        Path::new(source),
        Path::new(target),
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
