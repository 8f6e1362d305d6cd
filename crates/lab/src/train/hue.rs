//! Hue jitter as torchvision does it on Pillow images (`adjust_hue`): conversion to Pillow's 8-bit HSV, a shift of the hue by a
//! whole number of 255ths with wrap-around, and back. Follows Pillow's `src/libImaging/Convert.c` (`rgb2hsv_row`, `hsv2rgb`).

use flipscope_image::lesion::Frame;

/// A frame with its hue shifted by a fraction of a turn, −0.5 to 0.5. A shift of 0 leaves the frame unchanged, whereas Pillow's
/// round trip would already change some values.
pub(super) fn turned(frame: Frame, turn: f64) -> Frame {
    if turn == 0.0 {
        return frame;
    }
    // NumPy: the product truncated towards zero, then its lowest eight bits.
    let change = (turn * 255.0) as i32 as u8;
    let (pixels, _) = frame.pixels().as_chunks::<3>();
    let turned: Vec<[u8; 3]> = pixels
        .iter()
        .map(|&pixel| {
            let [h, s, v] = to_hsv(pixel);
            to_rgb([h.wrapping_add(change), s, v])
        })
        .collect();
    Frame::from_rgb(turned.into_flattened()).unwrap_or(frame)
}

fn to_hsv([r, g, b]: [u8; 3]) -> [u8; 3] {
    let (largest, smallest) = (r.max(g).max(b), r.min(g).min(b));
    if largest == smallest {
        return [0, 0, largest];
    }
    let range = f32::from(largest - smallest);
    let saturation = range / f32::from(largest);
    let below = |value: u8| f32::from(largest - value) / range;
    let (rc, gc, bc) = (below(r), below(g), below(b));
    let hue = if r == largest {
        bc - gc
    } else if g == largest {
        (2.0 + f64::from(rc) - f64::from(bc)) as f32
    } else {
        (4.0 + f64::from(gc) - f64::from(rc)) as f32
    };
    let hue = ((f64::from(hue) / 6.0 + 1.0) % 1.0) as f32;
    let byte = |value: f32| (f64::from(value) * 255.0) as u8;
    [byte(hue), byte(saturation), largest]
}

fn to_rgb([h, s, v]: [u8; 3]) -> [u8; 3] {
    if s == 0 {
        return [v; 3];
    }
    let sixths = f64::from(f32::from(h)) * 6.0 / 255.0;
    let sector = sixths.floor();
    let f = (sixths - sector) as f32;
    let fs = (f64::from(s) / 255.0) as f32;
    let (f, fs, value) = (f64::from(f), f64::from(fs), f64::from(v));
    let byte = |value: f64| (value as f32).round() as u8;
    let p = byte((value * (1.0 - fs)).round());
    let q = byte((value * (1.0 - fs * f)).round());
    let t = byte((value * (1.0 - fs * (1.0 - f))).round());
    match sector as i32 % 6 {
        0 => [v, t, p],
        1 => [q, v, p],
        2 => [p, v, t],
        3 => [p, q, v],
        4 => [t, p, v],
        _ => [v, p, q],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tests/golden/make_recipe_goldens.py`
    #[test]
    fn hues_turn_as_torchvision_turns_them() {
        let golden: serde_json::Value =
            serde_json::from_str(include_str!("../../../../tests/golden/recipe.json")).unwrap();
        let levels: Vec<u8> = (0..=255).step_by(6).map(|level| level as u8).collect();
        let mut pixels = Vec::with_capacity(Frame::BYTES);
        for &r in &levels {
            for &g in &levels {
                for &b in &levels {
                    pixels.extend([r, g, b]);
                }
            }
        }
        pixels.resize(Frame::BYTES, 0);
        let frame = Frame::from_rgb(pixels).unwrap();
        for one in golden["hue"].as_array().unwrap() {
            let turn = one["turn"].as_f64().unwrap();
            let made = turned(frame.clone(), turn);
            let some: Vec<Vec<u8>> = made.pixels()[3 * 40000..3 * 40004]
                .chunks(3)
                .map(<[u8]>::to_vec)
                .collect();
            assert_eq!(serde_json::json!(some), one["pixels"], "turn {turn}");
            assert_eq!(
                made.sha256(),
                one["sha256"].as_str().unwrap(),
                "turn {turn}"
            );
        }
        assert_eq!(turned(frame.clone(), 0.0), frame);
    }
}
