//! The change of colour that flips a verdict: `cargo run --release --example attack -- [FOLDER]`
//!
//! Searches on a synthetic lesion until a first flip is found, and writes the finding (JSON, PNGs, a figure) into the folder.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what an example has to say"
)]

use std::path::Path;
use std::sync::Arc;

use anyhow::bail;
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::{ColorHandling, synthetic};
use flipscope_lab::search::{
    Attack, AttackKind, Budget, Direction, Mode, Preset, Search, Strategy, Subject, run, save,
};
use flipscope_model::{Classifier, DeviceChoice, Label, ModelSource};

fn main() -> anyhow::Result<()> {
    let folder = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "findings".to_owned());
    std::fs::create_dir_all(&folder)?;
    let model = Classifier::load(&ModelSource::DEMO, DeviceChoice::Auto)?;
    let Some(sample) = synthetic::samples().first() else {
        bail!("there is no sample");
    };
    let (width, height) = synthetic::SAMPLE_SIZE;
    let lesion = synthetic::draw(&sample.recipe, width, height)?;
    let framing = model.info().framing;
    let frame = Arc::new(framing.apply(&lesion));
    let threshold = model.info().threshold;
    let before = model.classify(&[(*frame).clone()])?;
    let melanoma = before
        .iter()
        .all(|one| one.label(threshold) == Label::Melanoma);
    let search = Search {
        subject: Subject {
            image: sample.name.to_owned(),
            image_sha256: None,
            framing,
            color_handling: ColorHandling::Converted,
        },
        frame,
        attack: Attack::preset(AttackKind::Colour, Preset::Default),
        mode: Mode::First,
        strategy: Strategy::Auto,
        direction: if melanoma {
            Direction::MelanomaToNevus
        } else {
            Direction::NevusToMelanoma
        },
        threshold,
        seed: 1,
        budget: Budget {
            evaluations: Some(60),
            ..Budget::default()
        },
    };
    let found = run(&model, &search, &Cancel::default(), &mut |progress| {
        eprintln!("{} frames judged", progress.evaluations);
    })?;
    let finding = save::save(&found, Path::new(&folder), "sample")?;
    println!("flipped: {}; {}", finding.success, finding.perturbation);
    Ok(())
}
