//! Colour constancy by the Minkowski mean: `value' = round(value · gain)`, `gain_c = |e| / (√3 · e_c)`, where `e_c` is the Minkowski mean
//! of channel c, `(mean of value^p)^(1/p)`, and `|e|` the length of `(e_R, e_G, e_B)`. The arithmetic of Barata et al. 2015, doi
//! 10.1109/JBHI.2014.2336473, on encoded values, without their gamma. A channel that is black everywhere stays black.

/// The gains of R, G and B.
fn gains(light: [f64; 3]) -> [f64; 3] {
    let length = light.iter().map(|e| e * e).sum::<f64>().sqrt();
    light.map(|e| {
        if e > 0.0 {
            length / (3.0_f64.sqrt() * e)
        } else {
            1.0
        }
    })
}

/// The Minkowski mean of every channel, in units of 0..255.
fn light(pixels: &[u8], p: i32) -> [f64; 3] {
    let (pixels, _) = pixels.as_chunks::<3>();
    let mut sums = [0.0; 3];
    for pixel in pixels {
        for (sum, value) in sums.iter_mut().zip(pixel) {
            *sum += f64::from(*value).powi(p);
        }
    }
    sums.map(|sum| (sum / pixels.len().max(1) as f64).powf(1.0 / f64::from(p)))
}

/// Pixels `[row][column][channel]` with the light taken out.
pub(super) fn apply(pixels: &[u8], p: i32) -> Vec<u8> {
    let gains = gains(light(pixels, p));
    let tables = gains.map(|gain| {
        std::array::from_fn::<u8, 256, _>(|value| {
            (value as f64 * gain).round().clamp(0.0, 255.0) as u8
        })
    });
    let mut balanced = pixels.to_vec();
    for pixel in balanced.as_chunks_mut::<3>().0 {
        for (value, table) in pixel.iter_mut().zip(&tables) {
            *value = table.get(usize::from(*value)).copied().unwrap_or(*value);
        }
    }
    balanced
}

/// The gradient with respect to the pixels, from the one with respect to the balanced pixels; rounding is passed over, clipped values give
/// nothing. The gains depend on all pixels, and that is part of it.
pub(super) fn pull_back(pixels: &[u8], p: i32, gradient: &[f32]) -> Vec<f32> {
    let light = light(pixels, p);
    let gains = gains(light);
    let length_squared = light.iter().map(|e| e * e).sum::<f64>();
    let n = (pixels.len() / 3).max(1) as f64;
    let (pixels, _) = pixels.as_chunks::<3>();
    let (gradient, _) = gradient.as_chunks::<3>();
    let inside = |value: u8, gain: f64| f64::from(value) * gain <= 255.0;
    // By gain: the sum over pixels of gradient · value.
    let mut by_gain = [0.0; 3];
    for (pixel, gradient) in pixels.iter().zip(gradient) {
        for (((sum, value), slope), gain) in by_gain.iter_mut().zip(pixel).zip(gradient).zip(gains)
        {
            if inside(*value, gain) {
                *sum += f64::from(*slope) * f64::from(*value);
            }
        }
    }
    // ∂gain_c/∂e_d = gain_c · (e_d / |e|² − [c = d] / e_d), for channels that are not black.
    let by_light: [f64; 3] = std::array::from_fn(|d| {
        let Some(&e) = light.get(d).filter(|e| **e > 0.0) else {
            return 0.0;
        };
        let each = by_gain.iter().zip(gains).zip(light).enumerate();
        each.filter(|(_, (_, light))| *light > 0.0)
            .map(|(c, ((slope, gain), _))| {
                let own = if c == d { 1.0 / e } else { 0.0 };
                slope * gain * (e / length_squared - own)
            })
            .sum()
    });
    // ∂e_d/∂value = (value / e_d)^(p − 1) / n.
    let mut pulled = Vec::with_capacity(gradient.len() * 3);
    for (pixel, gradient) in pixels.iter().zip(gradient) {
        for ((((value, slope), gain), by_light), e) in pixel
            .iter()
            .zip(gradient)
            .zip(gains)
            .zip(by_light)
            .zip(light)
        {
            let value_f64 = f64::from(*value);
            let direct = if inside(*value, gain) {
                f64::from(*slope) * gain
            } else {
                0.0
            };
            let through = if e > 0.0 {
                by_light * (value_f64 / e).powi(p - 1) / n
            } else {
                0.0
            };
            pulled.push((direct + through) as f32);
        }
    }
    pulled
}
