//! EXIF orientation: found in a file, and applied to pixels.

use image::metadata::Orientation;

use super::error::Problem;
use super::photograph::ColorHandling;
use super::preflight::buffer;

/// The orientation, 1 to 8, that a TIFF-structured EXIF block states (with or without its "Exif" prefix); 1 if it states none
/// or an impossible one.
pub(super) fn from_exif(block: &[u8]) -> u8 {
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    Orientation::from_exif_chunk(block).map_or(1, Orientation::to_exif)
}

/// Bytes of the second copy that [`apply`] makes of a picture of this many pixels.
pub(super) fn turning_bytes(color_handling: ColorHandling, orientation: u8, pixels: u64) -> u64 {
    match color_handling {
        ColorHandling::Converted if orientation > 1 => 3 * pixels,
        _ => 0,
    }
}

/// Turns interleaved RGB pixels upright: `orientation` is EXIF's, 1 to 8 (others count as 1). Returns width, height, pixels.
///
/// The meanings are those of EXIF 2.32, tag 0x0112, and of Pillow's `ImageOps.exif_transpose`.
pub(super) fn apply(
    orientation: u8,
    width: u32,
    height: u32,
    pixels: Vec<u8>,
) -> Result<(u32, u32, Vec<u8>), Problem> {
    let (w, h) = (width as usize, height as usize);
    // Where in the stored picture pixel (0, 0) of the upright picture lies, and the steps to its right and lower neighbours.
    let (across, down) = (1isize, w as isize);
    let (right, bottom) = (w as isize - 1, (h as isize - 1) * down);
    let (start, step, row, turned) = match orientation {
        2 => (right, -across, down, false),
        3 => (right + bottom, -across, -down, false),
        4 => (bottom, across, -down, false),
        5 => (0, down, across, true),
        6 => (bottom, -down, across, true),
        7 => (right + bottom, -down, -across, true),
        8 => (right, down, -across, true),
        _ => return Ok((width, height, pixels)),
    };
    let (new_width, new_height) = if turned {
        (height, width)
    } else {
        (width, height)
    };
    let mut upright = buffer(pixels.len() as u64)?;
    let rows = upright.chunks_exact_mut(3 * new_width as usize);
    for (y, line) in (0isize..).zip(rows) {
        let mut from = start + y * row;
        for pixel in line.chunks_exact_mut(3) {
            let at = 3 * from as usize;
            if let Some(source) = pixels.get(at..at + 3) {
                pixel.copy_from_slice(source);
            }
            from += step;
        }
    }
    Ok((new_width, new_height, upright))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn exif(orientation: u16) -> Vec<u8> {
        let mut block = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        block.extend_from_slice(&orientation.to_le_bytes());
        block.extend_from_slice(&[0; 6]);
        block
    }

    #[test]
    fn impossible_orientations_count_as_upright() {
        for n in 1..=8 {
            assert_eq!(u16::from(from_exif(&exif(n))), n);
        }
        for block in [
            exif(0),
            exif(9),
            exif(700),
            b"Exif\0\0II".to_vec(),
            Vec::new(),
        ] {
            assert_eq!(from_exif(&block), 1);
        }
    }

    proptest! {
        /// Each orientation is undone by its inverse: 6 and 8 by each other, the rest by themselves.
        #[test]
        fn turning_back_restores(orientation in 1u8..=8, width in 1u32..9, height in 1u32..9) {
            let pixels: Vec<u8> = (0..3 * width * height).map(|i| i as u8).collect();
            let inverse = match orientation { 6 => 8, 8 => 6, same => same };
            let (w, h, turned) = apply(orientation, width, height, pixels.clone()).unwrap();
            prop_assert_eq!((w, h), if orientation > 4 { (height, width) } else { (width, height) });
            let (w, h, back) = apply(inverse, w, h, turned).unwrap();
            prop_assert_eq!((w, h, back), (width, height, pixels));
        }
    }
}
