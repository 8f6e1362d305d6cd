//! `flipscope synth`: draws synthetic lesions as PNG files.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use flipscope_base::overwrite::{Overwrite, concerns_every_file};
use flipscope_image::lesion::synthetic::{self, DrawError, Recipe, SIDE_MAX, SIDE_MIN};

use super::{Incomplete, Outcome, out_folder, output};

/// Draw synthetic lesions
///
/// Each NAME.png comes with NAME.json, its recipe. Other files of these names are not replaced without --force. The pictures
/// are drawings: they allow no conclusions about skin.
#[derive(Debug, Args)]
pub(super) struct Synth {
    /// Folder to write to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Number of drawings
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    count: u64,

    /// Seed of the first; the others follow
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// From 0 (like a nevus) to 1 (like a melanoma); by default, half of each
    #[arg(long, value_name = "0..1", value_parser = malignancy)]
    malignancy: Option<f32>,

    /// Draw the samples that the window offers instead
    #[arg(long, conflicts_with_all = ["count", "seed", "malignancy"])]
    samples: bool,

    /// Width and height in pixels
    #[arg(long, value_name = "WxH", default_value = "600x450", value_parser = size)]
    size: (u32, u32),

    /// Replace files that are in the place of a drawing or its recipe
    #[arg(long)]
    force: bool,
}

impl Synth {
    pub(super) fn run(self) -> Outcome {
        out_folder::make(&self.out)?;
        let overwrite = Overwrite::new(self.force, []);
        let mut complete = true;
        if self.samples {
            for (index, sample) in synthetic::samples().iter().enumerate() {
                let name = format!("synthetic-sample-{}", index + 1);
                complete &= self.draw(&name, &sample.recipe, &overwrite)?;
            }
        } else {
            for n in 0..self.count {
                let seed = self.seed.wrapping_add(n);
                let recipe = match self.malignancy {
                    Some(malignancy) => Recipe::between(seed, malignancy),
                    None if n % 2 == 0 => Recipe::nevus(seed),
                    None => Recipe::melanoma(seed),
                };
                complete &= self.draw(&format!("synthetic-{seed}"), &recipe, &overwrite)?;
            }
        }
        Ok(if complete { Ok(()) } else { Err(Incomplete) })
    }

    /// Draws one; false if another file is in its place.
    fn draw(&self, name: &str, recipe: &Recipe, overwrite: &Overwrite) -> anyhow::Result<bool> {
        let (width, height) = self.size;
        let raster = synthetic::draw(recipe, width, height)?;
        let [png, json] = ["png", "json"].map(|ending| self.out.join(format!("{name}.{ending}")));
        let drawn = raster.to_png()?;
        let said = serde_json::to_vec_pretty(recipe)?;
        let files = [(json, said.as_slice()), (png.clone(), drawn.as_slice())];
        match overwrite.write_all(&files) {
            Ok(()) => {
                output::line(&png.display().to_string())?;
                Ok(true)
            }
            Err((file, error)) if concerns_every_file(&error) => {
                Err(error).with_context(|| format!("{}: cannot be written", file.display()))
            }
            Err((file, error)) => {
                let (file, error) = (file.display(), output::or_force(error, self.force));
                output::report(&format!("{file}: {error}"));
                Ok(false)
            }
        }
    }
}

fn malignancy(text: &str) -> Result<f32, String> {
    let share = text.parse().ok().filter(|it| (0.0..=1.0).contains(it));
    share.ok_or_else(|| "it goes from 0 to 1".to_owned())
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let (width, height) = (text.split_once(['x', '×']))
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)))
        .ok_or_else(|| "a size is WIDTHxHEIGHT, e.g. 600x450".to_owned())?;
    let sides = SIDE_MIN..=SIDE_MAX;
    if sides.contains(&width) && sides.contains(&height) {
        Ok((width, height))
    } else {
        Err(DrawError::Size { width, height }.to_string())
    }
}
