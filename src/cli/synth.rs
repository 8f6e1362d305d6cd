//! `flipscope synth`: draws synthetic lesions as PNG files.

use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use clap::Args;

use crate::lesion::synthetic::{self, Recipe};

use super::{Outcome, output};

/// Draws synthetic lesions: pictures that imitate dermoscopy, from a seed; the same seed draws the same lesion.
///
/// Beside each NAME.png stands NAME.json with the recipe. They are drawings: nothing can be concluded from them about skin.
#[derive(Debug, Args)]
pub(super) struct Synth {
    /// Folder to write to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// How many
    #[arg(long, value_name = "N", default_value_t = 1)]
    count: u64,

    /// Seed of the first; the others follow
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// From 0 (like a nevus) to 1 (like a melanoma); without it, half of either
    #[arg(long, value_name = "0..1")]
    malignancy: Option<f32>,

    /// Draw the samples that the window offers instead
    #[arg(long, conflicts_with_all = ["count", "seed", "malignancy"])]
    samples: bool,

    /// Width and height in pixels
    #[arg(long, value_name = "WxH", default_value = "600x450", value_parser = size)]
    size: (u32, u32),
}

impl Synth {
    pub(super) fn run(self) -> Outcome {
        if let Some(malignancy) = self.malignancy {
            ensure!(
                (0.0..=1.0).contains(&malignancy),
                "--malignancy goes from 0 to 1, not {malignancy}"
            );
        }
        std::fs::create_dir_all(&self.out)
            .with_context(|| format!("{}: the folder cannot be made", self.out.display()))?;
        if self.samples {
            for (index, sample) in synthetic::samples().iter().enumerate() {
                self.draw(&format!("synthetic-sample-{}", index + 1), &sample.recipe)?;
            }
        } else {
            for n in 0..self.count {
                let seed = self.seed.wrapping_add(n);
                let recipe = match self.malignancy {
                    Some(malignancy) => Recipe::between(seed, malignancy),
                    None if n % 2 == 0 => Recipe::nevus(seed),
                    None => Recipe::melanoma(seed),
                };
                self.draw(&format!("synthetic-{seed}"), &recipe)?;
            }
        }
        Ok(Ok(()))
    }

    fn draw(&self, name: &str, recipe: &Recipe) -> anyhow::Result<()> {
        let (width, height) = self.size;
        let raster = synthetic::draw(recipe, width, height)?;
        let png = self.out.join(format!("{name}.png"));
        raster.write_png(&png)?;
        let json = self.out.join(format!("{name}.json"));
        std::fs::write(&json, serde_json::to_vec_pretty(recipe)?)
            .with_context(|| format!("{}: cannot be written", json.display()))?;
        output::line(&png.display().to_string())?;
        Ok(())
    }
}

fn size(text: &str) -> Result<(u32, u32), String> {
    text.split_once(['x', '×'])
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)))
        .ok_or_else(|| "a size is WIDTHxHEIGHT, e.g. 600x450".to_owned())
}
