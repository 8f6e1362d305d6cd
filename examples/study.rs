//! A model on a whole labelled set, unaltered, rotated, and proved in a small box: `cargo run --release --example study -- FOLDER STUDY TABLES`
//!
//! FOLDER holds a folder per class (`melanoma`, `nevus`). STUDY is the file that is made; run again, it resumes. The tables are written as
//! CSV into the folder TABLES.

#![allow(clippy::print_stdout, reason = "what an example has to say")]

use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::ColorHandling;
use flipscope_lab::dataset::Dataset;
use flipscope_lab::study::plan::{Draft, Model, choose};
use flipscope_lab::study::store::Store;
use flipscope_lab::study::sweep::Family;
use flipscope_lab::study::{ModelRunner, Settings, run, tables};
use flipscope_model::{Classifier, DeviceChoice, ModelSource};

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1).map(PathBuf::from);
    let mut next = || arguments.next().context("usage: study FOLDER STUDY TABLES");
    let (folder, study, out) = (next()?, next()?, next()?);
    let load = || Classifier::load(&ModelSource::DEMO, DeviceChoice::Auto);
    let cancel = Cancel::default();
    if !study.exists() {
        let dataset = Dataset::read(&folder, None)?;
        let draft = Draft {
            families: vec![Family::Rotation],
            proofs: vec!["offset:1:green".parse().map_err(anyhow::Error::msg)?],
            ..Draft::default()
        };
        let chosen = choose(&dataset, &draft.choice(None), &|_, _| (), &cancel)?;
        let model = load()?;
        let model = Model::of(model.info(), model.precision(), model.info().framing);
        let plan = draft.plan(&dataset, chosen, vec![model], ColorHandling::Converted)?;
        plan.validate()?;
        Store::create(&study, &plan)?;
    }
    let mut network = |_: &Model| Ok(ModelRunner::new(load()?));
    let report = run(
        &study,
        &Settings::default(),
        &mut network,
        &cancel,
        &mut |_| (),
    )?;
    ensure!(report.problems.is_empty(), "{}", report.problems.join("\n"));
    println!("{} frames judged", report.frames);
    std::fs::create_dir_all(&out)?;
    for table in tables::export(&Store::open(&study)?, &out, &tables::Options::default())? {
        println!("{}", table.display());
    }
    Ok(())
}
