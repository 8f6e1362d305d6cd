//! The immersion fluid under the glass: bubbles and glints.

use super::maths::{LesionRng, Point, Rgb, mix_rgb, step};
use super::recipe::Recipe;

/// An air bubble: a thin light ring, darker just inside, with one bright spot.
#[derive(Clone, Copy, Debug)]
struct Bubble {
    centre: Point,
    radius: f32,
    spot: Point,
    strength: f32,
}

/// All bubbles in one picture.
#[derive(Debug)]
pub(super) struct Fluid {
    bubbles: Vec<Bubble>,
}

impl Fluid {
    pub(super) fn new(recipe: &Recipe, reach: Point) -> Self {
        let mut rng = LesionRng::new(recipe.seed, 6);
        let count = (recipe.bubbles * 40.0 + 0.5).floor() as u32;
        let light = rng.direction();
        // Bubbles gather in one place.
        let swarm = Point::new(
            rng.between(-0.8, 0.8) * reach.x,
            rng.between(-0.8, 0.8) * reach.y,
        );
        let bubbles = (0..count)
            .map(|_| {
                let anywhere = Point::new(
                    rng.between(-1.0, 1.0) * reach.x,
                    rng.between(-1.0, 1.0) * reach.y,
                );
                let near = swarm + rng.direction() * (0.3 * rng.unit());
                let t = rng.unit();
                let radius = 0.003 + 0.007 * t * t + 0.022 * t * t * t * t * t * t * t * t;
                Bubble {
                    centre: if rng.unit() < 0.5 { anywhere } else { near },
                    radius,
                    spot: light * (0.55 * radius),
                    strength: rng.between(0.15, 0.6),
                }
            })
            .collect();
        Self { bubbles }
    }

    /// Draws the bubbles over some rows (arguments as in [`super::hair::Hair::over`]).
    pub(super) fn over(&self, pixels: &mut [Rgb], width: usize, field: Point, pitch: f32) {
        let width = width.max(1);
        let rows = pixels.len() / width;
        for bubble in &self.bubbles {
            let reach = bubble.radius * 1.3 + pitch;
            let from =
                |centre: f32, origin: f32| ((centre - reach - origin) / pitch).max(0.0) as usize;
            let to = |centre: f32, origin: f32| {
                ((centre + reach - origin) / pitch + 1.0).max(0.0) as usize
            };
            let (top, bottom) = (
                from(bubble.centre.y, field.y),
                to(bubble.centre.y, field.y).min(rows),
            );
            let (left, right) = (
                from(bubble.centre.x, field.x),
                to(bubble.centre.x, field.x).min(width),
            );
            for (y, line) in pixels.chunks_mut(width).enumerate().take(bottom).skip(top) {
                for (x, pixel) in line.iter_mut().enumerate().take(right).skip(left) {
                    let p = Point::new(field.x + x as f32 * pitch, field.y + y as f32 * pitch);
                    *pixel = bubble.over(*pixel, p, pitch);
                }
            }
        }
    }
}

impl Bubble {
    fn over(&self, colour: Rgb, p: Point, pitch: f32) -> Rgb {
        let offset = p - self.centre;
        let distance = offset.length();
        let line = (self.radius * 0.13).max(0.5 * pitch);
        let ring = 1.0 - step(0.0, line, (distance - self.radius).abs());
        let rim = 1.0 - step(0.0, 2.0 * line, (distance - self.radius + 2.0 * line).abs());
        let spot = 1.0
            - step(
                0.0,
                self.radius * 0.28 + 0.5 * pitch,
                (offset - self.spot).length(),
            );
        // The far side of the ring catches more light than the near one.
        let lit = 0.6 - 0.3 * offset.dot(self.spot) / (0.55 * self.radius * self.radius + 1e-9);
        let darker = mix_rgb(colour, [0.25, 0.22, 0.2], 0.3 * self.strength * rim);
        let ringed = mix_rgb(
            darker,
            [0.97, 0.96, 0.94],
            self.strength * ring * lit.clamp(0.1, 1.0),
        );
        mix_rgb(ringed, [1.0, 1.0, 0.98], 0.8 * self.strength * spot)
    }
}
