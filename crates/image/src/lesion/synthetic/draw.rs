//! From a recipe to pixels: bands of rows, in parallel, each independent of the others.

use rayon::prelude::*;

use super::border::Outline;
use super::fluid::Fluid;
use super::hair::Hair;
use super::maths::{Point, Rgb, multiply};
use super::optics::{Optics, blur_columns, blur_rows, gaussian};
use super::pigment::Pigment;
use super::recipe::Recipe;
use super::skin::Skin;
use super::veil::Depths;
use crate::lesion::{Raster, RasterSizeError};

/// Smallest side of a picture in pixels.
pub const SIDE_MIN: u32 = 16;
/// Largest side of a picture in pixels.
pub const SIDE_MAX: u32 = 8192;

/// Minimum rows of a band; more if the blur reaches far, since the rows that it needs above and below are drawn twice.
const BAND: usize = 48;

/// Why a recipe cannot be drawn.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DrawError {
    /// A side is out of range.
    #[error(
        "a synthetic picture has {SIDE_MIN} to {SIDE_MAX} pixels a side, not {width} × {height}: choose another size"
    )]
    Size {
        /// Width asked for.
        width: u32,
        /// Height asked for.
        height: u32,
    },
    /// A number of the recipe is out of range or not a number.
    #[error("recipe: {name} is {value}, but must lie between {low} and {high}: correct it")]
    Parameter {
        /// The field's name.
        name: &'static str,
        /// Its value.
        value: f32,
        /// The smallest value allowed.
        low: f32,
        /// The largest value allowed.
        high: f32,
    },
    /// The pixels do not match the size: a bug in this module.
    #[error(transparent)]
    Raster(#[from] RasterSizeError),
}

/// Draws a recipe at a size in pixels.
///
/// The same recipe and size give the same bytes, on any machine and with any number of threads. At another size the same lesion
/// appears, sampled anew (only the sensor's noise depends on the pixel grid). Working memory is 28 bytes for each pixel of the
/// rows that a thread draws at once (90 MB a thread for 8192 × 8192 at the largest blur), plus the picture's own `3 * width *
/// height` bytes.
///
/// # Errors
/// [`DrawError`]: a side outside [`SIDE_MIN`]..=[`SIDE_MAX`], or a number of the recipe outside its range.
pub fn draw(recipe: &Recipe, width: u32, height: u32) -> Result<Raster, DrawError> {
    let sides = SIDE_MIN..=SIDE_MAX;
    if !sides.contains(&width) || !sides.contains(&height) {
        return Err(DrawError::Size { width, height });
    }
    for p in recipe.parameters() {
        if !(p.low..=p.high).contains(&p.value) {
            return Err(DrawError::Parameter {
                name: p.name,
                value: p.value,
                low: p.low,
                high: p.high,
            });
        }
    }
    let scene = Scene::new(recipe, width, height);
    let rows = BAND.max(2 * scene.reach());
    let mut pixels = vec![0; 3 * width as usize * height as usize];
    pixels
        .par_chunks_mut(3 * width as usize * rows)
        .enumerate()
        .for_each(|(i, band)| scene.band(band, i * rows));
    Ok(Raster::from_rgb(width, height, pixels)?)
}

/// Everything about one picture that does not depend on the pixel.
struct Scene {
    width: usize,
    height: usize,
    /// Distance between pixels, in field heights.
    pitch: f32,
    skin: Skin,
    outline: Outline,
    pigment: Pigment,
    depths: Depths,
    hair: Hair,
    fluid: Fluid,
    optics: Optics,
    blur: Vec<f32>,
}

impl Scene {
    fn new(recipe: &Recipe, width: u32, height: u32) -> Self {
        // The field: the largest 4:3 rectangle in the picture has height 1; a narrow strip shows only its middle.
        let field = (height as f32)
            .min(0.75 * width as f32)
            .max(0.25 * width.max(height) as f32);
        let pitch = 1.0 / field;
        let reach = Point::new(0.5 * width as f32 * pitch, 0.5 * height as f32 * pitch);
        let outline = Outline::new(recipe);
        Self {
            width: width as usize,
            height: height as usize,
            pitch,
            skin: Skin::new(recipe, reach),
            pigment: Pigment::new(recipe, &outline),
            depths: Depths::new(recipe, &outline),
            outline,
            hair: Hair::new(recipe, reach),
            fluid: Fluid::new(recipe, reach),
            optics: Optics::new(recipe),
            blur: gaussian(0.006 * recipe.blur * field),
        }
    }

    /// How many pixels the blur reaches.
    fn reach(&self) -> usize {
        self.blur.len().saturating_sub(1)
    }

    /// The field coordinates of a pixel's centre.
    fn point(&self, x: usize, y: usize) -> Point {
        Point::new(
            (x as f32 + 0.5 - 0.5 * self.width as f32) * self.pitch,
            (y as f32 + 0.5 - 0.5 * self.height as f32) * self.pitch,
        )
    }

    /// Fills the rows from `top` on.
    fn band(&self, out: &mut [u8], top: usize) {
        let rows = out.len() / (3 * self.width);
        let reach = self.reach();
        let first = top.saturating_sub(reach);
        let last = (top + rows + reach).min(self.height);
        let mut colours: Vec<Rgb> = Vec::with_capacity((last - first) * self.width);
        for y in first..last {
            colours.extend((0..self.width).map(|x| self.tissue(self.point(x, y))));
        }
        let origin = self.point(0, first);
        self.hair.over(&mut colours, self.width, origin, self.pitch);
        self.fluid
            .over(&mut colours, self.width, origin, self.pitch);
        for (i, colour) in colours.iter_mut().enumerate() {
            let p = self.point(i % self.width, first + i / self.width);
            *colour = self.optics.light(*colour, p);
        }
        blur_rows(&mut colours, self.width, &self.blur);
        let colours = blur_columns(&colours, self.width, top - first, rows, &self.blur);
        for ((i, colour), pixel) in colours.into_iter().enumerate().zip(out.chunks_exact_mut(3)) {
            let (x, y) = ((i % self.width) as u32, (top + i / self.width) as u32);
            let bytes = self
                .optics
                .grain(colour, x, y)
                .map(|v| (v.clamp(0.0, 1.0) * 255.0 + 0.5) as u8);
            pixel.copy_from_slice(&bytes);
        }
    }

    /// The colour of skin and lesion at a point of the field, under even light.
    fn tissue(&self, p: Point) -> Rgb {
        let skin = self.skin.at(p);
        let Some(place) = self.outline.place(p) else {
            return skin;
        };
        let densities = self.pigment.at(p, &place);
        let brown = multiply(skin, densities.filter());
        self.depths.over(brown, skin, p, &place)
    }
}
