//! Hair: bent, tapered, shaded strands on top of everything.

use super::maths::{LesionRng, Point, Rgb, mix, mix_rgb};
use super::recipe::Recipe;

/// Pieces that a strand is divided into.
const PIECES: u32 = 28;

/// A short straight piece of a strand.
#[derive(Clone, Copy, Debug)]
struct Piece {
    from: Point,
    to: Point,
    /// Half the width at its middle, in field heights.
    half: f32,
    colour: Rgb,
    opacity: f32,
}

/// All hairs in one picture.
#[derive(Debug)]
pub(super) struct Hair {
    pieces: Vec<Piece>,
}

impl Hair {
    /// `reach`: half the width and half the height of the picture in field heights, so that the strands cover all of it.
    pub(super) fn new(recipe: &Recipe, reach: Point) -> Self {
        let mut rng = LesionRng::new(recipe.seed, 5);
        let count = (recipe.hair * 60.0 + 0.5).floor() as u32;
        let lie = rng.direction();
        let order = rng.unit();
        let width = rng.between(0.6, 1.3);
        let mut pieces = Vec::new();
        for _ in 0..count {
            let start = Point::new(
                rng.between(-1.2, 1.2) * reach.x,
                rng.between(-1.2, 1.2) * reach.y,
            );
            let free = rng.direction();
            let blend = Point::new(mix(free.x, lie.x, order), mix(free.y, lie.y, order));
            let heading = blend * (1.0 / blend.length().max(0.2));
            let length = {
                let t = rng.unit();
                mix(0.15, 1.4, t * t)
            };
            let end = start + heading * length;
            let bow = heading.normal() * (length * rng.between(-0.3, 0.3));
            let sway = heading.normal() * (length * rng.between(-0.12, 0.12));
            let (c1, c2) = (
                start + heading * (0.3 * length) + bow,
                start + heading * (0.7 * length) + bow + sway,
            );
            let half = width * rng.between(0.0008, 0.0021);
            let tone = (recipe.hair_darkness + rng.between(-0.15, 0.15)).clamp(0.0, 1.0);
            let colour = mix_rgb([0.55, 0.40, 0.22], [0.11, 0.085, 0.08], tone);
            let opacity = rng.between(0.55, 0.95) * mix(0.7, 1.0, tone);
            let at = |t: f32| {
                let u = 1.0 - t;
                start * (u * u * u)
                    + c1 * (3.0 * u * u * t)
                    + c2 * (3.0 * u * t * t)
                    + end * (t * t * t)
            };
            for i in 0..PIECES {
                let (t0, t1) = (i as f32 / PIECES as f32, (i + 1) as f32 / PIECES as f32);
                // Full width at the root, thin at the tip.
                let taper = 1.0 - 0.75 * t1 * t1 * t1;
                pieces.push(Piece {
                    from: at(t0),
                    to: at(t1),
                    half: half * taper,
                    colour,
                    opacity,
                });
            }
        }
        Self { pieces }
    }

    /// Draws the hair over some rows.
    ///
    /// `pixels` holds rows of `width` colours; `field` gives the field coordinates of column 0 of the first row, and `pitch`
    /// the distance between pixels. The coverage of a pixel is exact for a strand wider than one.
    pub(super) fn over(&self, pixels: &mut [Rgb], width: usize, field: Point, pitch: f32) {
        let mut cover = vec![(0.0_f32, [0.0_f32; 3]); pixels.len()];
        let rows = pixels.len() / width.max(1);
        for piece in &self.pieces {
            piece.mark(&mut cover, width, rows, field, pitch);
        }
        for (pixel, (share, colour)) in pixels.iter_mut().zip(cover) {
            if share > 0.0 {
                *pixel = mix_rgb(*pixel, colour, share);
            }
        }
    }
}

impl Piece {
    /// Raises the coverage of the pixels that it touches; neighbouring pieces meet without a seam because the largest coverage
    /// wins.
    fn mark(&self, cover: &mut [(f32, Rgb)], width: usize, rows: usize, field: Point, pitch: f32) {
        let margin = self.half * 3.0 + pitch;
        let column = |x: f32| ((x - field.x) / pitch).clamp(-1.0, width as f32);
        let row = |y: f32| ((y - field.y) / pitch).clamp(-1.0, rows as f32);
        let (left, right) = (
            column(self.from.x.min(self.to.x) - margin),
            column(self.from.x.max(self.to.x) + margin),
        );
        let (top, bottom) = (
            row(self.from.y.min(self.to.y) - margin),
            row(self.from.y.max(self.to.y) + margin),
        );
        let along = self.to - self.from;
        let square = along.dot(along).max(1e-12);
        let first = top.max(0.0) as usize;
        let many = (bottom + 1.0).max(0.0) as usize;
        let start = left.max(0.0) as usize;
        let end = (right + 1.0).max(0.0) as usize;
        for (y, line) in cover
            .chunks_mut(width.max(1))
            .enumerate()
            .take(many.min(rows))
            .skip(first)
        {
            for (x, pixel) in line.iter_mut().enumerate().take(end.min(width)).skip(start) {
                let p = Point::new(field.x + x as f32 * pitch, field.y + y as f32 * pitch);
                let offset = p - self.from;
                let t = (offset.dot(along) / square).clamp(0.0, 1.0);
                let across = (offset - along * t).length();
                let sharp = ((self.half - across) / pitch + 0.5).clamp(0.0, 1.0)
                    * (2.0 * self.half / pitch).min(1.0);
                // A soft shadow beside the strand, and a light line along its middle: it is round.
                let shadow = 0.18 * (1.0 - across / (self.half * 3.0)).max(0.0);
                let share = self.opacity * sharp.max(shadow);
                if share > pixel.0 {
                    let gloss = 0.35 * (1.0 - 2.2 * across / self.half).max(0.0);
                    *pixel = (
                        share,
                        mix_rgb(self.colour, [0.75, 0.68, 0.62], gloss * sharp),
                    );
                }
            }
        }
    }
}
