//! The density of a PNG: its chunk `pHYs`, in pixels per metre (PNG specification, 11.3.5.3). Word processors give the picture
//! its size by it.

/// Signature, then the chunk IHDR: 8 bytes, and 4 + 4 + 13 + 4.
const AFTER_HEADER: usize = 33;

/// The same PNG with its density. Anything that is not a PNG stays as it is.
pub(super) fn with_density(mut png: Vec<u8>, dpi: u32) -> Vec<u8> {
    if png.get(12..16) != Some(b"IHDR".as_slice()) || png.len() < AFTER_HEADER {
        return png;
    }
    let per_metre = (f64::from(dpi) / 0.0254).round() as u32;
    let mut body = b"pHYs".to_vec();
    body.extend(per_metre.to_be_bytes());
    body.extend(per_metre.to_be_bytes());
    // The unit is the metre.
    body.push(1);
    let mut chunk = 9_u32.to_be_bytes().to_vec();
    chunk.extend(&body);
    chunk.extend(crc(&body).to_be_bytes());
    png.splice(AFTER_HEADER..AFTER_HEADER, chunk);
    png
}

/// CRC-32 of a chunk (PNG specification, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            };
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_image::lesion::Raster;

    #[test]
    fn the_checksum_is_that_of_the_specification() {
        // The CRC-32 of these nine digits is the usual check value.
        assert_eq!(crc(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc(b"IEND"), 0xAE42_6082);
    }

    #[test]
    fn the_density_follows_the_header_and_the_pixels_stay() {
        let raster = Raster::from_rgb(2, 1, vec![1, 2, 3, 4, 5, 6]).unwrap();
        let png = raster.to_png().unwrap();
        let dense = with_density(png.clone(), 300);
        assert_eq!(dense.len(), png.len() + 21);
        assert_eq!(&dense[37..41], b"pHYs");
        assert_eq!(&dense[41..45], 11_811_u32.to_be_bytes());
        assert_eq!(dense[..33], png[..33]);
        assert_eq!(dense[54..], png[33..]);
        assert_eq!(with_density(b"GIF89a".to_vec(), 300), b"GIF89a");
    }
}
