//! How well a model tells melanoma from nevus on a split of ISIC-2017, and how far its verdicts lie from golden ones:
//!
//! ```text
//! cargo run --release --example evaluate_model -- [--model FILE] --data DIR [--part val]
//!                                                                                AUC, sensitivity, specificity; these at
//!                                                                                the file's operating point, too
//! cargo run --release --example evaluate_model -- [--model FILE] --golden DIR [--beside FILE]
//!                                                                                largest difference of P(melanoma)
//! ```
//!
//! Without `--model` the demo model answers. `--data` is a folder with `labels.csv` (`image_id, diagnosis, split,
//! duplicate_of`) and `images/ID.jpg`; melanomas and nevi of the test split count, or of the one that `--part` names (train, val),
//! without duplicates. `--golden` is a folder
//! with `golden.json`, with the photographs in `../data/uda`, else in `../data/isic2017/images` from there. Stored pixel values
//! are taken as they are (no EXIF, no ICC profile), the framing and the threshold are the model's own. With `--beside` another
//! model's verdicts on the golden frames are compared with, in place of those in `golden.json`, which are the reference
//! checkpoint's.
//!
//! Intervals: 95 %; after Wilson for proportions, with the variance of DeLong et al. 1988 for the AUC.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use flipscope_image::lesion::{ColorHandling, Frame, Framing, Photograph, open};
use flipscope_image::perturb::{Perturbation, apply};
use flipscope_lab::statistics::{Confusion, DeLong, ScoredCase};
use flipscope_model::{Classifier, DeviceChoice, ModelSource};

/// Frames that are held at once.
const CHUNK: usize = 64;
/// Confidence of the intervals.
const LEVEL: f64 = 0.95;

fn main() -> anyhow::Result<()> {
    let mut options = BTreeMap::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        if !["--model", "--data", "--part", "--golden", "--beside"].contains(&name.as_str()) {
            bail!(
                "{name} is no option: use --model FILE, --data DIR, --part val, --golden DIR, --beside FILE"
            );
        }
        let value = arguments
            .next()
            .with_context(|| format!("{name} needs a value"))?;
        options.insert(name, PathBuf::from(value));
    }
    let source = options
        .get("--model")
        .cloned()
        .map_or(ModelSource::DEMO, ModelSource::called);
    let classifier = Classifier::load(&source, DeviceChoice::Auto)?;
    let info = classifier.info();
    println!(
        "model      {} ({} bytes, sha256 {})",
        info.name, info.bytes, info.sha256
    );
    println!(
        "device     {}, {}",
        classifier.device(),
        classifier.precision()
    );
    if let Some(data) = options.get("--data") {
        let part = options.get("--part").and_then(|part| part.to_str());
        accuracy(&classifier, data, part.unwrap_or("test"))?;
    }
    if let Some(golden) = options.get("--golden") {
        let beside = options
            .get("--beside")
            .map(|file| Classifier::load(&ModelSource::called(file.clone()), DeviceChoice::Auto))
            .transpose()?;
        difference(&classifier, golden, beside.as_ref())?;
    }
    Ok(())
}

/// AUC, sensitivity and specificity on a part of the split.
fn accuracy(classifier: &Classifier, data: &Path, part: &str) -> anyhow::Result<()> {
    let labels = data.join("labels.csv");
    let text = std::fs::read_to_string(&labels).with_context(|| labels.display().to_string())?;
    let mut rows = Vec::new();
    for line in text.lines().skip(1) {
        if let [image, diagnosis @ ("melanoma" | "nevus"), of, ""] =
            line.split(',').collect::<Vec<_>>().as_slice()
            && *of == part
        {
            rows.push(((*image).to_owned(), *diagnosis == "melanoma"));
        }
    }
    let framing = classifier.info().framing;
    let mut judged = Vec::with_capacity(rows.len());
    for (n, chunk) in rows.chunks(CHUNK).enumerate() {
        let frames = chunk
            .iter()
            .map(|(image, _)| {
                let file = data.join("images").join(format!("{image}.jpg"));
                Ok(framing.apply(&open(file, ColorHandling::Raw)?.raster))
            })
            .collect::<anyhow::Result<Vec<Frame>>>()?;
        for (verdict, (_, melanoma)) in classifier.classify(&frames)?.iter().zip(chunk) {
            judged.push(ScoredCase {
                score: f64::from(verdict.p_melanoma),
                melanoma: *melanoma,
            });
        }
        eprintln!("{} of {}", (n * CHUNK + chunk.len()), rows.len());
    }
    let threshold = classifier.info().threshold;
    let melanomas = judged.iter().filter(|one| one.melanoma).count();
    println!(
        "data       {melanomas} melanomas, {} nevi, framing {framing:?}, threshold {threshold}",
        judged.len() - melanomas,
    );
    let area = DeLong::new(&judged)?;
    let (interval, method) = area.sound_interval(LEVEL)?;
    println!(
        "AUC         {:.3} (95 % {:.3} to {:.3}, {})",
        area.auc(),
        interval.lower,
        interval.upper,
        method.name()
    );
    rates(threshold, &judged)?;
    if let Some(point) = classifier.info().operating_point() {
        println!("at the operating point, threshold {point}:");
        rates(point, &judged)?;
    }
    Ok(())
}

/// Sensitivity and specificity at a threshold.
fn rates(threshold: f32, judged: &[ScoredCase]) -> anyhow::Result<()> {
    let confusion = Confusion::at(f64::from(threshold), judged);
    for (what, rate) in [
        ("sensitivity", confusion.sensitivity()?),
        ("specificity", confusion.specificity()?),
    ] {
        let interval = rate.wilson(LEVEL)?;
        println!(
            "{what} {}/{} = {:.3} (95 % {:.3} to {:.3}, Wilson)",
            rate.count(),
            rate.total(),
            rate.value(),
            interval.lower,
            interval.upper
        );
    }
    Ok(())
}

/// Largest difference of P(melanoma) from the golden rows, or from another model's verdicts on their frames.
fn difference(
    classifier: &Classifier,
    golden: &Path,
    beside: Option<&Classifier>,
) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(golden.join("golden.json"))?;
    let json: serde_json::Value = serde_json::from_str(&text)?;
    let rows = json
        .get("rows")
        .and_then(serde_json::Value::as_array)
        .context("no rows in golden.json")?;
    let mut photographs: BTreeMap<String, Photograph> = BTreeMap::new();
    let mut differences = Vec::new();
    for (n, chunk) in rows.chunks(CHUNK).enumerate() {
        let mut frames = Vec::new();
        for row in chunk {
            let file = row["file"].as_str().context("no file in a row")?;
            if !photographs.contains_key(file) {
                let data = golden.join("../data");
                let path = [
                    data.join("uda").join(file),
                    data.join("isic2017/images").join(file),
                ];
                let path = path
                    .iter()
                    .find(|path| path.is_file())
                    .with_context(|| format!("{file} is not there"))?;
                photographs.insert(file.to_owned(), open(path, ColorHandling::Raw)?);
            }
            let framing: Framing = serde_json::from_value(row["framing"].clone())?;
            let perturbation: Perturbation = serde_json::from_value(row["perturbation"].clone())?;
            let photograph = photographs.get(file).context("not read")?;
            frames.push(apply(&framing.apply(&photograph.raster), &perturbation)?);
        }
        let golden = |row: &serde_json::Value| row["p_melanoma"].as_f64();
        let wanted = match beside {
            Some(other) => other
                .classify(&frames)?
                .iter()
                .map(|verdict| f64::from(verdict.p_melanoma))
                .collect(),
            None => chunk
                .iter()
                .map(golden)
                .collect::<Option<Vec<f64>>>()
                .context("no p_melanoma in a row")?,
        };
        for ((verdict, wanted), row) in classifier.classify(&frames)?.iter().zip(wanted).zip(chunk)
        {
            differences.push((f64::from(verdict.p_melanoma) - wanted, wanted, row));
        }
        eprintln!("{} of {}", n * CHUNK + chunk.len(), rows.len());
    }
    differences.sort_by(|(a, ..), (b, ..)| b.abs().total_cmp(&a.abs()));
    let mean = differences.iter().map(|(d, ..)| d.abs()).sum::<f64>() / differences.len() as f64;
    println!(
        "golden     {} rows, mean difference of P {mean:.5}; the largest:",
        differences.len()
    );
    for (difference, wanted, row) in differences.iter().take(5) {
        println!(
            "           {difference:+.5} from {wanted:.4}: {} {} {}",
            row["file"], row["framing"], row["perturbation"]
        );
    }
    Ok(())
}
