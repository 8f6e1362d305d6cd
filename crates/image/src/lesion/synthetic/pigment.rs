//! The pigment inside the outline: tone, blotches, network, globules; as densities, not as colours.
//!
//! Light passes through the pigment and back, so densities add and colours multiply (Beer–Lambert): [`Densities::filter`] turns
//! them into a factor per channel. Increasing melanin goes from tan over red-brown to black without further rules.

use super::border::{Outline, Place, REACH};
use super::chart::Chart;
use super::maths::{LesionRng, Point, Rgb, fade, mix, step};
use super::noise::{cells, child, fbm, gradient, warp};
use super::recipe::Recipe;

/// What absorbs light at a point.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Densities {
    /// Melanin of the epidermis: 0.4 light brown, 1.2 brown, 3 black.
    pub(super) melanin: f32,
    /// Blood: 0.3 pink, 1 red.
    pub(super) blood: f32,
    /// Hue of the melanin: 0 greyish, 1 orange ([`Recipe::warmth`]).
    pub(super) warmth: f32,
}

impl Densities {
    /// The factor by which each encoded channel is reduced.
    pub(super) fn filter(self) -> Rgb {
        let Self {
            melanin: m,
            blood,
            warmth,
        } = self;
        // Fitted by eye to tan, brown and dark brown in ISIC-2017 on light skin.
        let [r, g, b] = [
            mix(0.46, 0.28, warmth),
            mix(0.76, 0.70, warmth),
            mix(0.96, 1.22, warmth),
        ];
        [
            fade(r * m + 0.17 * blood),
            fade(g * m + 0.60 * blood),
            fade(b * m + 0.51 * blood),
        ]
    }
}

/// The pigment of one lesion.
#[derive(Debug)]
pub(super) struct Pigment {
    density: f32,
    warmth: f32,
    variegation: f32,
    /// How much darker (or, negative, lighter) the middle is.
    central: f32,
    /// The direction in which an asymmetric lesion darkens, and by how much.
    slope: Point,
    blotches: Vec<Blotch>,
    network: f32,
    atypia: f32,
    /// Width of a mesh of the network in field heights.
    mesh: f32,
    globules: f32,
    /// Width of the lattice that globules lie on, in field heights.
    spacing: f32,
    /// Where globules lie: 0 everywhere, 1 along the border.
    rim: f32,
    redness: f32,
    /// Strength of the tan halo outside the border.
    halo: f32,
    /// Areas of tone, fray of the blotches, flush, where the network shows, where globules lie.
    slow: Chart<5>,
    seed: u32,
}

/// A dark patch without structure.
#[derive(Clone, Copy, Debug)]
struct Blotch {
    /// In the lesion's coordinates.
    centre: Point,
    radius: f32,
    strength: f32,
}

impl Pigment {
    pub(super) fn new(recipe: &Recipe, outline: &Outline) -> Self {
        let mut rng = LesionRng::new(recipe.seed, 2);
        let away = mix(0.1, 0.7, recipe.asymmetry);
        let blotches = [(); 4]
            .map(|()| Blotch {
                centre: rng.direction() * (away * rng.between(0.3, 1.0)),
                radius: rng.between(0.15, 0.5),
                strength: recipe.blotches
                    * step(0.0, 0.7, recipe.blotches * rng.between(0.5, 1.3))
                    * rng.between(0.6, 2.0),
            })
            .into_iter()
            .filter(|blotch| blotch.strength > 0.05)
            .collect();
        let fine = mix(0.7, 1.0, (outline.scale() / 0.25).min(1.2));
        let seed = rng.seed();
        let slow = Chart::of_lesion(REACH, |at| {
            let q = outline.warped(at);
            let bent = warp(q, 1.0, 0.22, 2, child(seed, 20));
            [
                fbm(bent * 1.25, 4, 0.55, child(seed, 21)),
                fbm(q * 4.0, 2, 0.6, child(seed, 12)),
                step(-0.45, 0.35, fbm(q * 1.1, 3, 0.5, child(seed, 13))),
                step(-0.45, 0.3, fbm(q * 1.5, 2, 0.5, child(seed, 14))),
                step(-0.2, 0.3, fbm(at * 1.6, 2, 0.5, child(seed, 41))),
            ]
        });
        Self {
            density: mix(0.25, 2.6, recipe.pigment * recipe.pigment.sqrt()),
            warmth: recipe.warmth,
            variegation: recipe.variegation,
            central: rng.between(-0.35, 0.6),
            slope: rng.direction() * (0.7 * recipe.asymmetry * recipe.variegation * rng.unit()),
            blotches,
            network: recipe.network,
            atypia: recipe.atypia,
            mesh: fine * rng.between(0.014, 0.022) * mix(1.0, 1.35, recipe.atypia),
            globules: recipe.globules,
            spacing: fine * rng.between(0.016, 0.026) * mix(1.0, 1.25, recipe.atypia),
            rim: {
                let t = rng.unit();
                step(0.35, 0.65, t)
            },
            redness: recipe.redness,
            halo: rng.unit(),
            slow,
            seed,
        }
    }

    /// The densities at a point of the field.
    pub(super) fn at(&self, p: Point, place: &Place) -> Densities {
        let q = place.warped;
        let [areas, fray, flush, meshed, patchy] = self.slow.at(place.at);
        let inside = step(0.0, 0.6, place.depth);
        let bent = warp(p, 22.0, 0.012, 2, child(self.seed, 10));
        let grain = fbm(bent * 38.0, 4, 0.6, child(self.seed, 11));
        // A tan veil that fades out beyond the border proper.
        let halo = 0.12 * self.halo * step(-0.5, 0.1, place.depth + 0.3 * grain);
        let tone = self.tone(place, areas, inside);
        let mut melanin = self.density * (place.cover * tone).max(halo) * (1.0 + 0.38 * grain);
        let mut dark = 0.0;
        for blotch in &self.blotches {
            let reach = (q - blotch.centre).length() / blotch.radius;
            dark += blotch.strength * (1.0 - step(0.55, 1.25, reach + 0.55 * fray + 0.2 * grain));
        }
        melanin += dark * place.cover * (1.0 + 0.25 * grain);
        if self.network > 0.0 && place.depth > -0.5 {
            // Dark patches hide the mesh, and so does the middle of many lesions.
            let hidden = (1.0 - 0.8 * (0.4 * dark).min(1.0)) * mix(1.0, 0.65, inside);
            let seen = self.network * hidden * mix(0.4, 1.0, meshed);
            melanin *= mix(1.0, self.mesh_factor(p), seen);
        }
        if self.globules > 0.0 && place.depth > -0.12 {
            melanin += self.globule(p, place, patchy) * (0.2 + 0.5 * self.density);
        }
        let around = step(-0.45, 0.25, place.depth);
        let blood = self.redness * around * mix(0.45, 1.1, flush) * (1.0 + 0.3 * grain);
        // Thin pigment is golden, thick pigment greyer, and neighbouring areas differ.
        let warmth = self.warmth + 0.35 * (flush - 0.5) - 0.25 * dark.min(1.0);
        Densities {
            melanin: melanin.max(0.0),
            blood,
            warmth: warmth.clamp(0.0, 1.0),
        }
    }

    /// How the brown varies over the lesion: around 1. `areas`: noise around 0.
    fn tone(&self, place: &Place, areas: f32, inside: f32) -> f32 {
        // Steepened: areas of one colour with a border between them, like two clones of cells side by side.
        let steep = step(-0.25, 0.25, areas) - 0.5;
        let areas = mix(areas, steep, 0.5 * self.variegation);
        let radial = self.central * (inside - 0.5);
        let slope = self.slope.dot(place.at);
        (1.0 + radial + slope + mix(0.5, 1.8, self.variegation) * areas).max(0.12)
    }

    /// The network: dark lines around pale holes, as a factor around 1.
    fn mesh_factor(&self, p: Point) -> f32 {
        let bent = warp(
            p,
            0.25 / self.mesh,
            self.mesh * mix(0.5, 1.3, self.atypia),
            2,
            child(self.seed, 30),
        );
        let cell = cells(
            bent * (1.0 / self.mesh),
            mix(0.75, 1.0, self.atypia),
            child(self.seed, 31),
        );
        let uneven = gradient(p * (0.35 / self.mesh), child(self.seed, 32));
        // Round pale holes with soft edges, in lines of uneven thickness where the network is atypical.
        let thick = mix(0.08, 0.16, self.atypia) + 0.5 * self.atypia * uneven;
        let line = step(
            0.5 - thick,
            1.0 - 0.5 * thick,
            cell.nearest / cell.second.max(1e-6),
        );
        let torn = step(
            -0.35,
            0.15,
            gradient(p * (0.21 / self.mesh), child(self.seed, 33)),
        );
        let broken = mix(1.0, torn, self.atypia);
        mix(1.0, 0.6 + 0.95 * line + 0.15 * cell.random(0), broken)
    }

    /// Globules and dots: density to add.
    fn globule(&self, p: Point, place: &Place, patchy: f32) -> f32 {
        let ring = step(-0.12, 0.05, place.depth) * (1.0 - step(0.2, 0.45, place.depth));
        let all = step(-0.1, 0.15, place.depth);
        let area = mix(all * mix(0.8, patchy, self.atypia), ring, self.rim);
        if area <= 0.0 {
            return 0.0;
        }
        let bent = warp(
            p,
            0.3 / self.spacing,
            self.spacing * 0.4,
            2,
            child(self.seed, 42),
        );
        let cell = cells(
            bent * (1.0 / self.spacing),
            mix(0.7, 1.0, self.atypia),
            child(self.seed, 43),
        );
        let present = step(0.0, 0.12, self.globules * area - cell.random(0));
        let size = mix(
            0.33,
            mix(0.15, 0.5, cell.random(1)),
            mix(0.3, 1.0, self.atypia),
        );
        let ball = 1.0 - step(size * 0.15, size * 1.05, cell.nearest);
        present * ball * mix(0.7, mix(0.3, 1.5, cell.random(2)), self.atypia)
    }
}
