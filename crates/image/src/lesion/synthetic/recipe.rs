//! The recipe: everything that a synthetic picture is made from, as plain numbers.

use serde::{Deserialize, Serialize};

use super::maths::{LesionRng, mix};

/// What a synthetic dermoscopic picture shows. Every number is in 0..=1 unless its line says otherwise, and 0 is the plainest
/// (no hair, no veil, a round even lesion); lengths are fractions of the *field*, the largest 4:3 rectangle that fits the
/// picture, so that a recipe shows the same lesion at any size.
///
/// The lesion's numbers follow the dermoscopic criteria of melanoma (ABCD rule: Nachbar et al. 1994; 7-point checklist:
/// Argenziano et al. 1998). They imitate the look of those criteria and make no medical claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recipe {
    /// Places every random detail: with another seed, each globule and hair lies elsewhere.
    pub seed: u64,

    /// Mean radius of the lesion in field heights, 0.04..=0.48.
    pub size: f32,
    /// Ratio of its axes, 1..=3.
    pub elongation: f32,
    /// Direction of its long axis in degrees, clockwise from the right, −180..=180.
    pub orientation: f32,
    /// Its centre relative to the picture's, in field heights: to the right and down, each −0.4..=0.4.
    pub centre: [f32; 2],
    /// Asymmetry of outline and of colour: 0 the same on both sides of an axis, 1 lobes on one side.
    pub asymmetry: f32,
    /// Border irregularity: 0 even, 1 notched and ragged like a coastline.
    pub irregularity: f32,
    /// How gradually the pigment ends: 0 cut off, 1 fading over a third of the radius.
    pub softness: f32,

    /// Depth of the brown: 0 barely darker than skin, 0.5 brown, 1 black-brown.
    pub pigment: f32,
    /// Hue of the brown: 0 greyish, 0.5 ordinary, 1 reddish.
    pub warmth: f32,
    /// Number and contrast of colours: 0 one even brown, 1 tan to black side by side.
    pub variegation: f32,
    /// Off-centre structureless dark patches.
    pub blotches: f32,
    /// Strength of the pigment network (a brown mesh).
    pub network: f32,
    /// How atypical the network and the globules are: 0 even meshes and dots, 1 broken, thick, of uneven size.
    pub atypia: f32,
    /// Amount of globules and dots.
    pub globules: f32,
    /// Streaks and pseudopods: radial fingers at the border.
    pub streaks: f32,
    /// Redness of the lesion (vessels seen through it).
    pub redness: f32,
    /// Blue-white veil: a hazy grey-blue area over the darkest part.
    pub veil: f32,
    /// Regression: scar-like white areas with blue-grey pepper.
    pub regression: f32,

    /// Skin tone: 0 very pale pink, 0.5 beige, 1 brown.
    pub skin_tone: f32,
    /// Redness of the skin: blotches and fine vessels.
    pub skin_redness: f32,
    /// Strength of the skin's own marks: furrows, pores, freckles.
    pub skin_texture: f32,
    /// Amount of hair: 0 none, 1 about sixty.
    pub hair: f32,
    /// Colour of the hair: 0 blond, 1 black.
    pub hair_darkness: f32,

    /// Colour temperature of camera and lamp: 0 bluish, 0.5 neutral, 1 orange.
    pub cast: f32,
    /// Brightness: 0 one stop under, 0.5 right, 1 slightly over.
    pub exposure: f32,
    /// Contrast and saturation of the camera: 0 dull, 1 vivid.
    pub vividness: f32,
    /// Unevenness of the light: one side darker.
    pub gradient: f32,
    /// Darkening towards the corners.
    pub vignette: f32,
    /// The round edge of the dermatoscope: 0 outside the picture, 0.5 black corners, 1 a disc with black all around.
    pub aperture: f32,
    /// Bubbles and glints of the immersion fluid.
    pub bubbles: f32,
    /// Lack of focus: a Gaussian of standard deviation 0 to 0.006 field heights.
    pub blur: f32,
    /// Sensor noise: a standard deviation of 0 to 6 of 255.
    pub noise: f32,
}

impl Default for Recipe {
    /// [`Recipe::nevus`] of seed 0.
    fn default() -> Self {
        Self::nevus(0)
    }
}

impl Recipe {
    /// A lesion like most nevi: round, even, of one or two browns.
    #[must_use]
    pub fn nevus(seed: u64) -> Self {
        Self::between(seed, 0.0)
    }

    /// A lesion like most melanomas: lopsided, ragged, of many colours.
    #[must_use]
    pub fn melanoma(seed: u64) -> Self {
        Self::between(seed, 1.0)
    }

    /// A lesion between nevus-like (`malignancy` 0) and melanoma-like (1; clamped to 0..=1, NaN counts as 0).
    ///
    /// One seed at two malignancies has the same skin, light and hair, with the lesion changed part of the way from one to the
    /// other.
    #[must_use]
    pub fn between(seed: u64, malignancy: f32) -> Self {
        let malignancy = if malignancy.is_nan() {
            0.0
        } else {
            malignancy.clamp(0.0, 1.0)
        };
        let mut rng = LesionRng::new(seed, 0);
        // A number whose range moves from that of a nevus to that of a melanoma.
        let lesion = |rng: &mut LesionRng, nevus: [f32; 2], melanoma: [f32; 2]| {
            let t = rng.unit();
            let [low, high] = nevus;
            let [low1, high1] = melanoma;
            mix(mix(low, high, t), mix(low1, high1, t), malignancy)
        };
        // A feature that only some lesions show: present with some probability, and then with some strength.
        let feature = |rng: &mut LesionRng, odds: [f32; 2], nevus: [f32; 2], melanoma: [f32; 2]| {
            let present = rng.unit();
            let strength = lesion(rng, nevus, melanoma);
            let [few, many] = odds;
            let odds = mix(few, many, malignancy);
            // Faded in rather than switched on, so that the same seed changes gradually with the malignancy.
            strength * ((odds - present) / 0.15 + 0.5).clamp(0.0, 1.0)
        };
        Self {
            seed,
            size: lesion(&mut rng, [0.13, 0.28], [0.2, 0.36]),
            elongation: lesion(&mut rng, [1.0, 1.55], [1.0, 1.6]),
            orientation: rng.between(-180.0, 180.0),
            centre: [rng.between(-0.07, 0.07), rng.between(-0.05, 0.05)],
            asymmetry: lesion(&mut rng, [0.0, 0.25], [0.5, 1.0]),
            irregularity: lesion(&mut rng, [0.05, 0.35], [0.45, 1.0]),
            softness: lesion(&mut rng, [0.2, 0.9], [0.05, 0.6]),
            pigment: lesion(&mut rng, [0.1, 0.55], [0.12, 0.62]),
            warmth: rng.between(0.15, 0.95),
            variegation: lesion(&mut rng, [0.1, 0.4], [0.5, 1.0]),
            blotches: feature(&mut rng, [0.1, 0.75], [0.1, 0.3], [0.4, 1.0]),
            network: feature(&mut rng, [0.7, 0.75], [0.3, 0.9], [0.3, 1.0]),
            atypia: lesion(&mut rng, [0.0, 0.3], [0.5, 1.0]),
            globules: feature(&mut rng, [0.4, 0.6], [0.2, 0.8], [0.3, 1.0]),
            streaks: feature(&mut rng, [0.1, 0.6], [0.1, 0.4], [0.4, 1.0]),
            redness: feature(&mut rng, [0.35, 0.6], [0.1, 0.6], [0.2, 0.9]),
            veil: feature(&mut rng, [0.02, 0.5], [0.1, 0.2], [0.2, 0.9]),
            regression: feature(&mut rng, [0.05, 0.4], [0.1, 0.3], [0.3, 1.0]),
            skin_tone: {
                let t = rng.unit();
                t * t
            },
            skin_redness: {
                let t = rng.unit();
                t * t
            },
            skin_texture: rng.between(0.2, 1.0),
            hair: {
                let t = rng.unit();
                (1.3 * t * t - 0.3).max(0.0)
            },
            hair_darkness: rng.between(0.2, 1.0),
            cast: rng.between(0.05, 0.75),
            exposure: rng.between(0.2, 0.8),
            vividness: rng.between(0.1, 1.0),
            gradient: {
                let t = rng.unit();
                t * t
            },
            vignette: rng.between(0.0, 0.8),
            aperture: {
                let t = rng.unit();
                ((t - 0.7) / 0.3).max(0.0)
            },
            bubbles: {
                let t = rng.unit();
                (1.5 * t - 1.0).max(0.0)
            },
            blur: rng.between(0.05, 0.35),
            noise: rng.between(0.2, 0.8),
        }
    }

    /// Every number by name, with its value and its allowed range.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        let parameter = |name, value, low, high| Parameter {
            name,
            value,
            low,
            high,
        };
        let share = |name, value| parameter(name, value, 0.0, 1.0);
        let [x, y] = self.centre;
        vec![
            parameter("size", self.size, 0.04, 0.48),
            parameter("elongation", self.elongation, 1.0, 3.0),
            parameter("orientation", self.orientation, -180.0, 180.0),
            parameter("centre (x)", x, -0.4, 0.4),
            parameter("centre (y)", y, -0.4, 0.4),
            share("asymmetry", self.asymmetry),
            share("irregularity", self.irregularity),
            share("softness", self.softness),
            share("pigment", self.pigment),
            share("warmth", self.warmth),
            share("variegation", self.variegation),
            share("blotches", self.blotches),
            share("network", self.network),
            share("atypia", self.atypia),
            share("globules", self.globules),
            share("streaks", self.streaks),
            share("redness", self.redness),
            share("veil", self.veil),
            share("regression", self.regression),
            share("skin_tone", self.skin_tone),
            share("skin_redness", self.skin_redness),
            share("skin_texture", self.skin_texture),
            share("hair", self.hair),
            share("hair_darkness", self.hair_darkness),
            share("cast", self.cast),
            share("exposure", self.exposure),
            share("vividness", self.vividness),
            share("gradient", self.gradient),
            share("vignette", self.vignette),
            share("aperture", self.aperture),
            share("bubbles", self.bubbles),
            share("blur", self.blur),
            share("noise", self.noise),
        ]
    }
}

/// One number of a recipe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// The field's name.
    pub name: &'static str,
    /// Its value.
    pub value: f32,
    /// The smallest value allowed.
    pub low: f32,
    /// The largest value allowed.
    pub high: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_recipes_are_within_their_ranges() {
        for seed in 0..300 {
            for malignancy in [0.0, 0.3, 0.7, 1.0, f32::NAN, 5.0] {
                for p in Recipe::between(seed, malignancy).parameters() {
                    assert!((p.low..=p.high).contains(&p.value), "seed {seed}: {p:?}");
                }
            }
        }
    }

    #[test]
    fn every_number_is_listed() {
        let json = serde_json::to_value(Recipe::nevus(3)).unwrap();
        // The seed is not a parameter, and the centre counts as two.
        assert_eq!(
            json.as_object().unwrap().len(),
            Recipe::nevus(3).parameters().len()
        );
    }

    #[test]
    fn malignancy_leaves_skin_and_light_alone() {
        let (nevus, melanoma) = (Recipe::nevus(5), Recipe::melanoma(5));
        assert_eq!(
            (
                nevus.skin_tone,
                nevus.hair,
                nevus.cast,
                nevus.aperture,
                nevus.noise
            ),
            (
                melanoma.skin_tone,
                melanoma.hair,
                melanoma.cast,
                melanoma.aperture,
                melanoma.noise
            )
        );
        assert!(melanoma.asymmetry > nevus.asymmetry && melanoma.variegation > nevus.variegation);
    }

    #[test]
    fn recipes_survive_json_and_refuse_unknown_names() {
        let recipe = Recipe::melanoma(77);
        let text = serde_json::to_string(&recipe).unwrap();
        assert_eq!(serde_json::from_str::<Recipe>(&text).unwrap(), recipe);
        assert!(serde_json::from_str::<Recipe>(r#"{"hairs": 1.0}"#).is_err());
    }
}
