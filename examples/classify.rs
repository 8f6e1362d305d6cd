//! P(melanoma) of photographs: `cargo run --release --example classify -- PHOTOGRAPH...`
//!
//! Without a photograph, of a synthetic lesion.

#![allow(clippy::print_stdout, reason = "what an example has to say")]

use flipscope_image::lesion::{ColorHandling, Framing, Raster, open, synthetic};
use flipscope_model::{Classifier, DeviceChoice, ModelSource};

fn main() -> anyhow::Result<()> {
    let model = Classifier::load(&ModelSource::DEMO, DeviceChoice::Auto)?;
    let (framing, threshold) = (model.info().framing, model.info().threshold);
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        let lesion = synthetic::draw(&synthetic::Recipe::melanoma(5), 600, 450)?;
        return say(&model, "a synthetic lesion", &lesion, framing, threshold);
    }
    for file in files {
        // Orientation and colour profile of the file are applied.
        let photograph = open(&file, ColorHandling::Converted)?;
        say(&model, &file, &photograph.raster, framing, threshold)?;
    }
    Ok(())
}

fn say(
    model: &Classifier,
    name: &str,
    picture: &Raster,
    framing: Framing,
    threshold: f32,
) -> anyhow::Result<()> {
    for verdict in model.classify(&[framing.apply(picture)])? {
        let label = verdict.label(threshold).name();
        println!("{name}: P(melanoma) {:.4}, {label}", verdict.p_melanoma);
    }
    Ok(())
}
