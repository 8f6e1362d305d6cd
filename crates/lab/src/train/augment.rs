//! Augmentations: changes to training frames, so that no two epochs see the same.
//!
//! In this order: random resized crop of the photograph → flips → pose → colour gain and offset → hue. Pose and colour are
//! those of [`flipscope_image::perturb`], hue that of [`super::hue`]. With worst-of-k there are k poses, and the one with the
//! largest loss is used.

use serde::{Deserialize, Serialize};

use super::error::TrainError;
use super::hue;
use super::pictures::Picture;
use flipscope_base::random::KeyedRng;
use flipscope_image::lesion::{Frame, Framing, Raster};
use flipscope_image::perturb::{self, Fill, Perturbation, Sampling};

/// How training frames are augmented, and how strongly. Written as text: `flips,rotate=180,crop=0.5`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Augmentations {
    /// Left to right and top to bottom, each for a random half of the frames.
    pub flips: bool,
    /// Random resized crop, as in torchvision: the smallest fraction of the photograph's area, the largest being all of it;
    /// aspect ratio 3:4 to 4:3. 1: none.
    pub crop: f64,
    /// Rotation by up to this many degrees either way; 0 with [`worst_of`](Self::worst_of).
    pub rotate: f64,
    /// Shift by up to this many pixels, a whole number, in either direction of each axis, in whole pixels, before the rotation; 0
    /// with [`worst_of`](Self::worst_of).
    #[serde(default)]
    pub shift: f64,
    /// Gain of each channel: 1 ± up to this.
    pub gain: f64,
    /// Offset of each channel: up to this either way, in units of 1 of 255.
    pub offset: f64,
    /// Hue jitter, as torchvision's `ColorJitter(hue=…)`: up to this many turns either way, at most 0.5.
    pub hue: f64,
    /// Number of poses from which the network's worst is picked, rotated by up to 180° and shifted by up to [`WORST_SHIFT`]
    /// pixels; 0: none. Engstrom et al. 2019 ("worst-of-k").
    pub worst_of: usize,
    /// Resampling of rotations.
    pub sampling: Sampling,
    /// What fills the area that a rotation or shift uncovers.
    pub fill: Fill,
}

/// Largest shift of worst-of-k either way, in pixels: that of the letter's pose search.
pub const WORST_SHIFT: f64 = 50.0;

impl Augmentations {
    /// None.
    pub const NONE: Self = Self {
        flips: false,
        crop: 1.0,
        rotate: 0.0,
        shift: 0.0,
        gain: 0.0,
        offset: 0.0,
        hue: 0.0,
        worst_of: 0,
        sampling: Sampling::Nearest,
        fill: Fill::Black,
    };

    /// That of the letter's first training: `RandomResizedCrop(299)`, flips, `RandomRotation(180)`, which takes the nearest pixel
    /// and leaves the corners black. Its retraining added `hue=0.4`.
    #[must_use]
    pub fn letter() -> Self {
        Self {
            flips: true,
            crop: 0.08,
            rotate: 180.0,
            ..Self::NONE
        }
    }

    /// The product's own: milder crops, and no black corners, which only training frames would have.
    #[must_use]
    pub fn product() -> Self {
        Self {
            flips: true,
            crop: 0.5,
            rotate: 180.0,
            sampling: Sampling::Bilinear,
            fill: Fill::Reflect,
            ..Self::NONE
        }
    }

    /// Whether the whole photograph is needed, rather than only its frame.
    pub(super) fn crops(&self) -> bool {
        self.crop < 1.0
    }

    pub(super) fn validate(&self) -> Result<(), TrainError> {
        let within = |name: &str, value: f64, low: f64, high: f64| {
            if (low..=high).contains(&value) {
                return Ok(());
            }
            Err(TrainError::Augmentation(format!(
                "the augmentation {name} is {value}, and must be from {low} to {high}"
            )))
        };
        within("crop", self.crop, 0.01, 1.0)?;
        within("rotate", self.rotate, 0.0, 180.0)?;
        within("shift", self.shift, 0.0, f64::from(Frame::SIDE / 2))?;
        within("gain", self.gain, 0.0, 1.0)?;
        within("offset", self.offset, 0.0, 255.0)?;
        within("hue", self.hue, 0.0, 0.5)?;
        within("worst-pose", self.worst_of as f64, 0.0, 100.0)?;
        if self.shift.fract() != 0.0 {
            return Err(TrainError::Augmentation(format!(
                "the augmentation shift is {}, and must be a whole number of pixels",
                self.shift
            )));
        }
        for (name, value) in [("rotate", self.rotate), ("shift", self.shift)] {
            if self.worst_of > 1 && value > 0.0 {
                return Err(TrainError::Augmentation(format!(
                    "{name}={value} means nothing with worst-pose={}, which rotates and shifts by itself: leave one of them out",
                    self.worst_of
                )));
            }
        }
        Ok(())
    }

    /// The frames of an example: one, or one for each pose to choose from.
    pub(super) fn frames(
        &self,
        picture: &Picture,
        framing: Framing,
        rng: &mut KeyedRng,
    ) -> Vec<Frame> {
        let mut frame = match picture {
            Picture::Frame(frame) => frame.as_ref().clone(),
            Picture::Whole(raster) if self.crops() => self.crop(raster, rng),
            Picture::Whole(raster) => framing.apply(raster),
        };
        if self.flips {
            let (across, down) = (rng.coin(), rng.coin());
            frame = flip(&frame, across, down);
        }
        let mut change = Perturbation {
            sampling: self.sampling,
            fill: self.fill,
            ..Perturbation::default()
        };
        if self.rotate > 0.0 {
            change.rotate = rng.between(-self.rotate, self.rotate);
        }
        if self.shift > 0.0 {
            change.shift = [(); 2].map(|()| rng.between(-self.shift, self.shift).round());
        }
        let each = |half: f64, centre: f64, rng: &mut KeyedRng| {
            [(); 3].map(|()| rng.between(centre - half, centre + half))
        };
        if self.gain > 0.0 {
            change.gain = each(self.gain, 1.0, rng);
        }
        if self.offset > 0.0 {
            change.offset = each(self.offset, 0.0, rng);
        }
        let turn = if self.hue > 0.0 {
            rng.between(-self.hue, self.hue)
        } else {
            0.0
        };
        let render = |change: &Perturbation| hue::turned(perturb::render(&frame, change), turn);
        if self.worst_of < 2 {
            return vec![render(&change)];
        }
        (0..self.worst_of)
            .map(|_| {
                change.rotate = rng.between(-180.0, 180.0);
                change.shift = [(); 2].map(|()| rng.between(-WORST_SHIFT, WORST_SHIFT).round());
                render(&change)
            })
            .collect()
    }

    /// torchvision's `RandomResizedCrop(299, scale=(crop, 1))`: ten tries, then the largest centred part that fits.
    fn crop(&self, raster: &Raster, rng: &mut KeyedRng) -> Frame {
        let (width, height) = (f64::from(raster.width()), f64::from(raster.height()));
        let ratios = [(3.0_f64 / 4.0).ln(), (4.0_f64 / 3.0).ln()];
        for _ in 0..10 {
            let area = width * height * rng.between(self.crop, 1.0);
            let ratio = rng.between(ratios[0], ratios[1]).exp();
            let (w, h) = ((area * ratio).sqrt().round(), (area / ratio).sqrt().round());
            if (1.0..=width).contains(&w) && (1.0..=height).contains(&h) {
                let x = (rng.uniform() * (width - w + 1.0)).floor();
                let y = (rng.uniform() * (height - h + 1.0)).floor();
                return part(raster, [x, y, w, h]);
            }
        }
        let ratio = (width / height).clamp(3.0 / 4.0, 4.0 / 3.0);
        let w = width.min((height * ratio).round());
        let h = height.min((width / ratio).round());
        let (x, y) = (((width - w) / 2.0).floor(), ((height - h) / 2.0).floor());
        part(raster, [x, y, w, h])
    }
}

/// A rectangle (x, y, width, height) of a photograph, inside it, squashed to a frame.
fn part(raster: &Raster, rectangle: [f64; 4]) -> Frame {
    let [x, y, w, h] = rectangle.map(|side| side as usize);
    let stride = 3 * raster.width() as usize;
    let pixels: Vec<u8> = raster
        .pixels()
        .chunks_exact(stride)
        .skip(y)
        .take(h)
        .flat_map(|row| row.get(3 * x..3 * (x + w)).unwrap_or_default())
        .copied()
        .collect();
    match Raster::from_rgb(w as u32, h as u32, pixels) {
        Ok(part) => Framing::Squash.apply(&part),
        // Not inside after all.
        Err(_) => Framing::Squash.apply(raster),
    }
}

/// A frame mirrored left to right (`across`) and top to bottom (`down`).
fn flip(frame: &Frame, across: bool, down: bool) -> Frame {
    let (source, _) = frame.pixels().as_chunks::<3>();
    let mut rows: Vec<Vec<[u8; 3]>> = source
        .chunks(Frame::SIDE as usize)
        .map(<[[u8; 3]]>::to_vec)
        .collect();
    if down {
        rows.reverse();
    }
    if across {
        for row in &mut rows {
            row.reverse();
        }
    }
    let pixels = rows.concat().into_flattened();
    Frame::from_rgb(pixels).unwrap_or_else(|_| frame.clone())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::draw::{self, Purpose};
    use super::*;
    use flipscope_image::lesion::synthetic::{self, Recipe};

    fn rng(position: usize) -> KeyedRng {
        draw::stream(5, Purpose::Augmentation, 1, position)
    }

    #[test]
    fn the_same_place_gives_the_same_frame_and_another_another() {
        let raster = Arc::new(synthetic::draw(&Recipe::between(3, 0.5), 400, 300).unwrap());
        let frame = Arc::new(Framing::Squash.apply(&raster));
        for augment in [Augmentations::letter(), Augmentations::product()] {
            let picture = Picture::Whole(Arc::clone(&raster));
            let made = |at| augment.frames(&picture, Framing::Squash, &mut rng(at));
            assert_eq!(made(0), made(0));
            assert_ne!(made(0), made(1));
            assert_eq!(made(0).len(), 1);
        }
        let none = Augmentations::NONE;
        let picture = Picture::Frame(Arc::clone(&frame));
        assert_eq!(
            none.frames(&picture, Framing::Squash, &mut rng(0)),
            [frame.as_ref().clone()]
        );
        let worst = Augmentations {
            worst_of: 3,
            ..none
        };
        assert_eq!(
            worst.frames(&picture, Framing::Squash, &mut rng(0)).len(),
            3
        );
    }

    /// A grey photograph with a white spot to the right of its centre, after the augmentation: the number of black pixels, and how
    /// far the spot's middle is from the centre along each axis.
    fn spotted(augment: &Augmentations, position: usize) -> (usize, [f64; 2]) {
        let side = Frame::SIDE as usize;
        let centre = side / 2;
        let at = |n: usize| (n % side, n / side);
        let pixels = (0..side * side).flat_map(|n| {
            let (x, y) = at(n);
            let spot = x.abs_diff(centre + 100) < 5 && y.abs_diff(centre) < 5;
            [if spot { 255 } else { 190 }; 3]
        });
        let photograph = Frame::from_rgb(pixels.collect()).unwrap();
        let picture = Picture::Frame(Arc::new(photograph));
        let made = augment.frames(&picture, Framing::Squash, &mut rng(position));
        let (pixels, _) = made[0].pixels().as_chunks::<3>();
        // Nothing in between: the nearest pixel is taken, or none.
        assert!(
            pixels
                .iter()
                .all(|pixel| [[0; 3], [190; 3], [255; 3]].contains(pixel))
        );
        let spot: Vec<(usize, usize)> = (pixels.iter().enumerate())
            .filter(|(_, pixel)| **pixel == [255; 3])
            .map(|(n, _)| at(n))
            .collect();
        let far = |sum: usize| (sum as f64 / spot.len() as f64 - centre as f64).abs();
        let middle: [usize; 2] = [
            spot.iter().map(|(x, _)| x).sum(),
            spot.iter().map(|(_, y)| y).sum(),
        ];
        let black = pixels.iter().filter(|pixel| **pixel == [0; 3]).count();
        (black, middle.map(far))
    }

    fn black(augment: &Augmentations, position: usize) -> usize {
        spotted(augment, position).0
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

        #[test]
        fn the_letters_rotations_leave_black_corners_and_the_products_none(position in 0_usize..1_000_000) {
            let all = f64::from(Frame::SIDE).powi(2);
            let (black_pixels, [across, down]) = spotted(&Augmentations::letter(), position);
            // It is as far away as before, so it shows the angle, up to mirror images.
            let away = across.hypot(down);
            proptest::prop_assert!((away - 100.0).abs() < 1.0, "{}", away);
            // A unit square covers 2 / (1 + |sin| + |cos|) of itself turned about its centre.
            let uncovered = 1.0 - 2.0 / (1.0 + (across + down) / away);
            let share = black_pixels as f64 / all;
            proptest::prop_assert!((share - uncovered).abs() < 0.01, "{}, {}: {}, {}", across, down, share, uncovered);
            let product = Augmentations { sampling: Sampling::Nearest, ..Augmentations::product() };
            proptest::prop_assert_eq!(black(&product, position), 0);
        }
    }

    #[test]
    fn shifts_uncover_what_they_may_and_no_more() {
        let augment: Augmentations = "shift=50,fill=black".parse().unwrap();
        let counts: Vec<usize> = (0..40).map(|at| black(&augment, at)).collect();
        let most = 299 * 299 - 249 * 249;
        assert!(counts.iter().all(|&count| count <= most), "{counts:?}");
        assert!(
            counts.iter().filter(|&&count| count > 2000).count() > 30,
            "{counts:?}"
        );
    }

    #[test]
    fn flips_are_their_own_inverses() {
        let frame =
            Framing::Squash.apply(&synthetic::draw(&Recipe::between(8, 0.9), 300, 300).unwrap());
        for (across, down) in [(true, false), (false, true), (true, true)] {
            let once = flip(&frame, across, down);
            assert_ne!(once, frame);
            assert_eq!(flip(&once, across, down), frame);
        }
        assert_eq!(
            flip(&frame, true, false).raster().pixel(0, 7),
            frame.raster().pixel(298, 7)
        );
        assert_eq!(
            flip(&frame, false, true).raster().pixel(7, 0),
            frame.raster().pixel(7, 298)
        );
    }

    #[test]
    fn a_part_is_what_framing_makes_of_it() {
        let raster = synthetic::draw(&Recipe::between(4, 0.5), 320, 240).unwrap();
        assert_eq!(
            part(&raster, [0.0, 0.0, 320.0, 240.0]),
            Framing::Squash.apply(&raster)
        );
        let right = part(&raster, [160.0, 0.0, 160.0, 240.0]);
        assert_ne!(right, Framing::Squash.apply(&raster));
    }
}
