//! Smaller copies of photographs that keep their shape, for code that holds many of them.

use super::raster::Raster;
use super::resample::{Axis, resize};

/// The photograph with its shorter side at `shortest` pixels (antialiased, as framings resample); unchanged if it is that small
/// already.
#[must_use]
pub fn shrink(photograph: &Raster, shortest: u32) -> Raster {
    let (width, height) = (photograph.width(), photograph.height());
    let short = width.min(height);
    if short <= shortest || shortest == 0 {
        return photograph.clone();
    }
    let axis = |source: u32| {
        let scaled = (u64::from(source) * u64::from(shortest) / u64::from(short)).max(1);
        Axis {
            source,
            scaled,
            start: 0,
            length: scaled as u32,
        }
    };
    let (across, down) = (axis(width), axis(height));
    Raster::of_known_size(across.length, down.length, resize(photograph, across, down))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_stays_and_small_pictures_too() {
        let pixels = (0..90 * 60 * 3).map(|n| (n % 251) as u8).collect();
        let raster = Raster::from_rgb(90, 60, pixels).unwrap();
        let small = shrink(&raster, 20);
        assert_eq!((small.width(), small.height()), (30, 20));
        assert_eq!(small.pixels().len(), 30 * 20 * 3);
        assert_eq!(shrink(&raster, 60), raster);
    }
}
