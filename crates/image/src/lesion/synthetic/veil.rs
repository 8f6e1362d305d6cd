//! What melanoma does below the epidermis: blue-white veil and regression. Both are hazes that cover the brown.

use super::border::{Outline, Place, REACH};
use super::chart::Chart;
use super::maths::{LesionRng, Point, Rgb, mix, mix_rgb, step};
use super::noise::{cells, child, fbm, gradient, warp};
use super::recipe::Recipe;

/// Veil and regression of one lesion.
#[derive(Debug)]
pub(super) struct Depths {
    veil: f32,
    regression: f32,
    /// Ragged distance from the middle of the regression, the same for the veil, thickness of the mist.
    slow: Chart<3>,
    seed: u32,
}

impl Depths {
    pub(super) fn new(recipe: &Recipe, outline: &Outline) -> Self {
        let mut rng = LesionRng::new(recipe.seed, 3);
        let veil_centre = rng.direction() * rng.between(0.0, 0.45);
        let regression_centre = rng.direction() * rng.between(0.2, 0.7);
        let seed = rng.seed();
        let shown = recipe.veil + recipe.regression > 0.0;
        let slow = Chart::of_lesion(if shown { REACH } else { 0.0 }, |at| {
            let q = outline.warped(at);
            // The veil has its own warp, so that its border does not follow the pigment's.
            let bent = warp(at, 1.3, 0.35, 2, child(seed, 6));
            [
                (q - regression_centre).length() + 0.6 * fbm(q * 2.6, 3, 0.6, child(seed, 1)),
                (bent - veil_centre).length() + 0.8 * fbm(bent * 1.9, 3, 0.6, child(seed, 4)),
                0.5 + 0.5 * fbm(q * 3.1, 2, 0.6, child(seed, 5)),
            ]
        });
        Self {
            veil: recipe.veil,
            regression: recipe.regression,
            slow,
            seed,
        }
    }

    /// Covers a colour of the lesion with the hazes; `skin` is what the bare skin looks like here.
    pub(super) fn over(&self, colour: Rgb, skin: Rgb, p: Point, place: &Place) -> Rgb {
        let within = step(0.1, 0.7, place.depth);
        if within <= 0.0 || self.veil + self.regression <= 0.0 {
            return colour;
        }
        let [scarred, veiled, mist] = self.slow.at(place.at);
        let scar = 1.0 - step(0.25, mix(0.5, 0.95, self.regression), scarred);
        let scar = self.regression * within * scar;
        let veil = 1.0 - step(0.0, mix(0.5, 1.15, self.veil), veiled);
        let veil = self.veil * within * veil * mix(0.6, 1.0, mist);
        let mut colour = colour;
        if scar > 0.0 {
            colour = mix_rgb(colour, self.scar(skin, p), 0.85 * scar);
            // Pepper: grey-blue grains of pigment-laden macrophages.
            let grain = cells(p * 110.0, 1.0, child(self.seed, 3));
            let present = step(0.6, 0.9, grain.random(0) * (0.6 + 0.6 * scar) - 0.05);
            let dot = present * (1.0 - step(0.12, 0.42, grain.nearest));
            colour = mix_rgb(colour, [0.42, 0.40, 0.46], 0.6 * dot * scar);
        }
        if veil > 0.0 {
            let [r, g, b] = colour;
            let luminance = 0.3 * r + 0.55 * g + 0.15 * b;
            // Ground glass: blue-grey, whiter where the mist is thick, darker over dark pigment.
            let glass = mix_rgb(
                [0.28, 0.285, 0.33],
                [0.58, 0.58, 0.64],
                0.55 * mist + 0.45 * luminance,
            );
            colour = mix_rgb(colour, glass, 0.78 * veil);
        }
        colour
    }

    /// Scar: paler than the skin around, pinkish white, faintly streaked.
    fn scar(&self, skin: Rgb, p: Point) -> Rgb {
        let stretched = Point::new(p.x * 60.0 + p.y * 25.0, p.y * 22.0 - p.x * 9.0);
        let streak = 0.5 + 0.5 * gradient(stretched, child(self.seed, 2));
        mix_rgb(skin, [0.86, 0.78, 0.80], 0.45 + 0.25 * streak)
    }
}
