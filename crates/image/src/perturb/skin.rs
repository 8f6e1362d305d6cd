//! The colour of the skin around the lesion, for the fill `mean-skin`.

use crate::lesion::Frame;

/// Width of the border ring that is used, in pixels.
const RING: usize = 24;
/// A pixel whose brightest channel is below this counts as the dermatoscope's vignette.
const VIGNETTE: u8 = 40;
/// If fewer pixels than this are left, the whole frame is used.
const ENOUGH: usize = 400;

/// The mean skin colour of a frame.
///
/// The mean is taken over the border ring, 24 pixels wide, without the pixels of the vignette (brightest channel below 40), and
/// only over those whose brightness (R + G + B) lies between the lower and upper quartile: hair, rulers and a lesion that
/// touches the border fall outside the quartiles. If fewer than 400 pixels of the ring are left, the whole frame is used; if
/// that has none either, all of its pixels.
#[must_use]
pub fn mean_skin(frame: &Frame) -> [u8; 3] {
    let (pixels, _) = frame.pixels().as_chunks::<3>();
    let side = Frame::SIDE as usize;
    let lit = |pixel: &&[u8; 3]| pixel.iter().any(|&v| v >= VIGNETTE);
    let border = |at: usize| at < RING || at >= side - RING;
    let ring: Vec<&[u8; 3]> = (pixels.chunks(side).enumerate())
        .flat_map(|(y, row)| {
            (row.iter().enumerate())
                .filter(move |&(x, _)| border(x) || border(y))
                .map(|(_, pixel)| pixel)
        })
        .filter(lit)
        .collect();
    if ring.len() >= ENOUGH {
        return between_quartiles(&ring);
    }
    let whole: Vec<&[u8; 3]> = pixels.iter().filter(lit).collect();
    if whole.is_empty() {
        return between_quartiles(&pixels.iter().collect::<Vec<_>>());
    }
    between_quartiles(&whole)
}

/// Mean of the pixels whose brightness lies between the quartiles (positions n/4 and 3n/4 when sorted, both included).
fn between_quartiles(pixels: &[&[u8; 3]]) -> [u8; 3] {
    let brightness = |pixel: &[u8; 3]| pixel.iter().map(|&v| u32::from(v)).sum::<u32>();
    let mut sorted: Vec<u32> = pixels.iter().map(|pixel| brightness(pixel)).collect();
    sorted.sort_unstable();
    let quartile = |at: usize| sorted.get(at).copied().unwrap_or(0);
    let kept = quartile(sorted.len() / 4)..=quartile(3 * sorted.len() / 4);
    let mut sum = [0_u32; 3];
    let mut count = 0_u32;
    for pixel in pixels {
        if kept.contains(&brightness(pixel)) {
            count += 1;
            for (total, &v) in sum.iter_mut().zip(*pixel) {
                *total += u32::from(v);
            }
        }
    }
    sum.map(|total| (total + count / 2).checked_div(count).unwrap_or(0) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(colour: impl Fn(u32, u32) -> [u8; 3]) -> Frame {
        let pixels = (0..Frame::SIDE)
            .flat_map(|y| (0..Frame::SIDE).map(move |x| (x, y)))
            .flat_map(|(x, y)| colour(x, y))
            .collect();
        Frame::from_rgb(pixels).unwrap()
    }

    #[test]
    fn vignette_hair_and_lesion_do_not_count() {
        let skin = [210, 160, 140];
        let lesion = frame(|x, y| {
            let (dx, dy) = (f64::from(x) - 149.0, f64::from(y) - 149.0);
            match dx.hypot(dy) {
                r if r > 165.0 => [5, 4, 3],
                r if r < 110.0 => [70, 40, 35],
                _ if x % 19 == 0 => [45, 40, 40],
                _ => skin,
            }
        });
        assert_eq!(mean_skin(&lesion), skin);
    }

    #[test]
    fn black_all_around_takes_the_middle_and_black_all_over_is_black() {
        let middle = frame(|x, y| {
            if (50..250).contains(&x) && (50..250).contains(&y) {
                [200, 150, 130]
            } else {
                [0; 3]
            }
        });
        assert_eq!(mean_skin(&middle), [200, 150, 130]);
        assert_eq!(mean_skin(&frame(|_, _| [7; 3])), [7; 3]);
    }
}
