//! Labelled synthetic lesions for the network of three convolutions.

use std::path::Path;

use flipscope_image::lesion::synthetic::{self, Recipe};

/// A folder per class of small synthetic lesions, plain ones for nevi and marked ones for melanomas; all of the same skin in the
/// same light, so that a small network learns from few of them what is to be learned.
pub(crate) fn lesions(folder: &Path, each: u64) {
    for (name, share, from) in [("nevus", 0.0, 0), ("melanoma", 1.0, 10_000)] {
        let class = folder.join(name);
        std::fs::create_dir_all(&class).expect("a folder");
        for seed in from..from + each {
            let recipe = Recipe {
                skin_tone: 0.3,
                skin_redness: 0.2,
                hair: 0.0,
                cast: 0.5,
                exposure: 0.5,
                vividness: 0.5,
                gradient: 0.0,
                vignette: 0.0,
                aperture: 0.0,
                ..Recipe::between(seed, share)
            };
            let raster = synthetic::draw(&recipe, 96, 72).expect("a lesion");
            let path = class.join(format!("{seed}.png"));
            raster.write_png(path).expect("a PNG");
        }
    }
}
