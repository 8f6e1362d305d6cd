//! The skin around and under the lesion: tone, blotches, furrows, pores, freckles, fine vessels.

use super::chart::{Chart, NODES_OF_THE_FIELD};
use super::maths::{LesionRng, Point, Rgb, mix, mix_rgb, multiply, scale, step};
use super::noise::{cells, child, dot, fbm, gradient, ridge, warp};
use super::pigment::Densities;
use super::recipe::Recipe;

/// Skin tones from very pale to brown, encoded sRGB, as dermatoscopes show them (light, low contrast).
const TONES: [Rgb; 4] = [
    [0.95, 0.89, 0.875],
    [0.92, 0.82, 0.76],
    [0.84, 0.69, 0.58],
    [0.62, 0.46, 0.35],
];

/// The skin of one picture.
#[derive(Debug)]
pub(super) struct Skin {
    base: Rgb,
    texture: f32,
    vessels: f32,
    /// Main direction of the furrows.
    lines: Point,
    /// Blood, melanin, brightness, depth of the furrows, where vessels show, and how furrows and vessels bend (x, y).
    slow: Chart<9>,
    seed: u32,
}

impl Skin {
    /// `reach`: half the picture's sides in field heights.
    pub(super) fn new(recipe: &Recipe, reach: Point) -> Self {
        let mut rng = LesionRng::new(recipe.seed, 4);
        let [pale, light, medium, brown] = TONES;
        let t = recipe.skin_tone * 3.0;
        let base = if t < 1.0 {
            mix_rgb(pale, light, t)
        } else if t < 2.0 {
            mix_rgb(light, medium, t - 1.0)
        } else {
            mix_rgb(medium, brown, t - 2.0)
        };
        let (redness, texture) = (recipe.skin_redness, recipe.skin_texture);
        let freckles = rng.unit() * rng.unit() * texture;
        let vessels = rng.unit() * rng.unit() * texture;
        let lines = rng.direction();
        let seed = rng.seed();
        let slow = Chart::new(reach, NODES_OF_THE_FIELD, |p| {
            let soft = fbm(p * 2.3, 3, 0.5, seed);
            let blotch = fbm(
                warp(p, 5.0, 0.05, 2, child(seed, 1)) * 8.0,
                3,
                0.55,
                child(seed, 2),
            );
            let uneven = 0.45 * soft + mix(0.2, 0.8, redness) * blotch;
            let blood = mix(0.04, 0.42, redness) * (1.0 + uneven);
            let freckle = step(0.15, 0.75, fbm(p * 6.5, 3, 0.55, child(seed, 7)));
            // Sallow patches, elsewhere than the pink ones.
            let sallow = fbm(
                warp(p, 4.0, 0.06, 2, child(seed, 12)) * 7.0,
                3,
                0.6,
                child(seed, 13),
            );
            let melanin = 0.28 * freckles * freckle + 0.07 * texture * (1.0 + 0.9 * sallow);
            let furrow = warp(p, 14.0, 0.012, 2, child(seed, 8)) - p;
            let vessel = warp(p, 9.0, 0.03, 2, child(seed, 4)) - p;
            [
                blood,
                melanin,
                1.0 + 0.02 * soft,
                0.5 + 0.5 * gradient(p * 4.0, child(seed, 10)),
                step(0.0, 0.5, gradient(p * 3.1, child(seed, 5))),
                furrow.x,
                furrow.y,
                vessel.x,
                vessel.y,
            ]
        });
        Self {
            base,
            texture,
            vessels,
            lines,
            slow,
            seed,
        }
    }

    /// The colour of bare skin at a point of the field, without the lesion's pigment.
    pub(super) fn at(&self, p: Point) -> Rgb {
        let [blood, melanin, bright, depth, here, fx, fy, vx, vy] = self.slow.at(p);
        let fine = fbm(p * 60.0, 2, 0.7, child(self.seed, 3));
        let mut blood = blood;
        if self.vessels * here > 0.02 {
            // Capillaries: thin bent threads in some places.
            let thread = ridge((p + Point::new(vx, vy)) * 11.0, 0.06, child(self.seed, 6));
            blood += 0.3 * self.vessels * here * thread;
        }
        let melanin = melanin + 0.08 * self.texture * fine;
        let densities = Densities {
            melanin: melanin.max(0.0),
            blood: blood.max(0.0),
            warmth: 0.5,
        };
        let base = multiply(self.base, densities.filter());
        let relief = self.relief(p, p + Point::new(fx, fy), depth);
        scale(base, bright + self.texture * (0.055 * fine + 0.07 * relief))
    }

    /// Relief of the skin: −1 in a furrow or pore, 0 on the plain. `bent`: the point, slightly displaced.
    fn relief(&self, p: Point, bent: Point, depth: f32) -> f32 {
        // Furrows are long in one direction: the cells are stretched along it.
        let along = bent.turned(self.lines.conjugate());
        let cell = cells(
            Point::new(along.x * 20.0, along.y * 36.0),
            1.0,
            child(self.seed, 9),
        );
        let furrow = 1.0 - step(0.0, 0.34, cell.second - cell.nearest);
        let pore = dot(p * 17.0, child(self.seed, 11));
        let hole = step(0.6, 0.7, pore.random(0)) * (1.0 - step(0.03, 0.13, pore.nearest));
        -(0.7 * furrow * depth) - 0.9 * hole
    }
}
