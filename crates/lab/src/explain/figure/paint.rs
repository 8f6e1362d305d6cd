//! Numbers as pixels of the frame: values in their colours, and the map over the picture.

use flipscope_image::lesion::Frame;

use super::range::{Range, colour_of};

const SIDE: usize = Frame::SIDE as usize;
/// The frame in grey, that a map is laid over.
#[must_use]
pub fn grey(frame: &Frame) -> Frame {
    let (pixels, _) = frame.pixels().as_chunks::<3>();
    let grey = pixels
        .iter()
        .flat_map(|pixel| [luma(*pixel).round() as u8; 3]);
    Frame::from_rgb(grey.collect()).unwrap_or_else(|_| frame.clone())
}

/// The colours of values as red, green, blue and opacity, not premultiplied; transparent where there is no number.
#[must_use]
pub fn coloured(values: &[f32], range: &Range) -> Vec<u8> {
    let pixel = |value: &f32| match colour_of(range, *value) {
        Some([r, g, b]) => [r, g, b, 255],
        None => [0; 4],
    };
    values.iter().flat_map(pixel).collect()
}

/// Luma of Rec. 601.
fn luma([r, g, b]: [u8; 3]) -> f64 {
    0.299 * f64::from(r) + 0.587 * f64::from(g) + 0.114 * f64::from(b)
}

/// A picture of values, one for each pixel of the frame: over the frame in grey at an opacity (0 to 1; 1: the colours alone).
/// Where there is no number, the grey frame shows.
#[must_use]
pub fn painted(frame: &Frame, values: &[f32], range: &Range, opacity: f64) -> Frame {
    let (pixels, _) = frame.pixels().as_chunks::<3>();
    let mixed = pixels.iter().zip(values).flat_map(|(pixel, value)| {
        let grey = luma(*pixel);
        match colour_of(range, *value) {
            Some(colour) => {
                colour.map(|channel| (grey + (f64::from(channel) - grey) * opacity).round() as u8)
            }
            None => [grey.round() as u8; 3],
        }
    });
    Frame::from_rgb(mixed.collect()).unwrap_or_else(|_| frame.clone())
}

/// A coarse grid stretched over the frame, linearly between the centres of its cells, as `OpenCV`'s `resize` does.
#[must_use]
pub(super) fn stretched(values: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    let along = |at: usize, count: usize| {
        let place = (at as f64 + 0.5) * count as f64 / SIDE as f64 - 0.5;
        let place = place.clamp(0.0, count.saturating_sub(1) as f64);
        let first = place.floor() as usize;
        (
            first,
            (first + 1).min(count.saturating_sub(1)),
            place - place.floor(),
        )
    };
    let value = |row: usize, column: usize| {
        f64::from(
            values
                .get(row * columns + column)
                .copied()
                .unwrap_or(f32::NAN),
        )
    };
    let mut wide = Vec::with_capacity(SIDE * SIDE);
    for y in 0..SIDE {
        let (top, bottom, down) = along(y, rows);
        for x in 0..SIDE {
            let (left, right, across) = along(x, columns);
            let mix = |row: usize| {
                let (a, b) = (value(row, left), value(row, right));
                a + (b - a) * across
            };
            wide.push((mix(top) + (mix(bottom) - mix(top)) * down) as f32);
        }
    }
    wide
}

#[cfg(test)]
mod tests {
    use super::super::Scale;
    use super::*;

    #[test]
    fn a_coarse_grid_keeps_its_values_at_the_centres() {
        let values: Vec<f32> = (0..64_u8).map(f32::from).collect();
        let wide = stretched(&values, 8, 8);
        assert_eq!(wide.len(), SIDE * SIDE);
        // Corners reach to the first and last centre.
        assert_eq!((wide[0], wide[SIDE * SIDE - 1]), (0.0, 63.0));
        // torch.nn.functional.interpolate(0..64 as 8 × 8, size=(299, 299), mode="bilinear")[100, 200]
        assert!(
            (wide[100 * SIDE + 200] - 22.376_25).abs() < 1e-4,
            "{}",
            wide[100 * SIDE + 200]
        );
    }

    #[test]
    fn what_is_not_a_number_shows_the_frame() {
        let frame = Frame::from_rgb(vec![100; Frame::BYTES]).unwrap();
        let range = Range::PROBABILITY;
        let mut values = vec![1.0; SIDE * SIDE];
        values[0] = f32::NAN;
        let shown = painted(&frame, &values, &range, 1.0);
        assert_eq!(shown.pixels()[..3], [100; 3]);
        assert_eq!(shown.pixels()[3..6], Scale::Sequential.colour(1.0));
        let half = painted(&frame, &values, &range, 0.0);
        assert_eq!(half.pixels()[3..6], [100; 3]);
    }

    #[test]
    fn colours_over_grey_are_the_painted_picture() {
        let frame = Frame::from_rgb([200, 30, 90].repeat(SIDE * SIDE)).unwrap();
        let range = Range::PROBABILITY;
        let mut values = vec![0.25; SIDE * SIDE];
        values[1] = f32::NAN;
        let colours = coloured(&values, &range);
        assert_eq!(colours[..3], Scale::Sequential.colour(0.25));
        assert_eq!((colours[3], colours[7]), (255, 0));
        let painted = painted(&frame, &values, &range, 0.0);
        assert_eq!(grey(&frame).pixels(), painted.pixels());
    }
}
