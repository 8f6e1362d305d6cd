//! Poses that may be looked at: drawn by size, the shifts that nearest sampling tells apart, and what lies near the best so far.

use std::cmp::Reverse;

use super::expected::{Expectation, Process};
use super::place::Place;
use crate::search::attack::{Genes, moved};
use crate::search::guided::candidates::below;
use crate::search::guided::ray::gaussian;
use flipscope_base::random::{RandomStream as _, Seeded};
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::Sampling;

/// Candidates that are kept; those around the best come on top.
const KEPT: usize = 2_000;
/// With more than this, those of which least is hoped are dropped.
const MOST: usize = 3_500;
/// Whole shifts up to this are all candidates.
const SHIFTS: f64 = 16.0;
/// The smallest change that is drawn, in pixels.
const SMALLEST: f64 = 0.3;
/// A change is drawn no smaller than this share of the smallest that flips.
const SHARE: f64 = 0.08;
/// Changes that differ by less are not told apart, in pixels.
const UNSEEN: f64 = 0.05;
/// Shares of a flip's numbers.
const SHARES: [f64; 9] = [0.0, 0.3, 0.5, 0.7, 0.82, 0.9, 0.95, 0.975, 0.987];
/// How far from a place others are drawn, in pixels.
const WIDTHS: [f64; 5] = [0.05, 0.15, 0.4, 1.2, 3.0];
/// Draws of each width.
const DRAWS: usize = 8;
/// Shifts after which a margin is likely to come again.
const STEPS: [f64; 5] = [2.0, 4.0, 8.0, 16.0, 32.0];
/// Just beyond half a pixel, where nearest sampling takes the next one.
const BEYOND_HALF: f64 = 0.5 - 1e-4;

/// The rotation by which the rim of the inscribed circle moves by a pixel, in degrees.
const DEGREES_OF_A_PIXEL: f64 = 360.0 / (std::f64::consts::PI * Frame::SIDE as f64);

/// A pose that may be looked at.
pub(super) struct Candidate {
    pub(super) point: Vec<f64>,
    size: f64,
    expectation: Expectation,
}

/// What is looked for.
#[derive(Clone, Copy)]
pub(super) struct Aim {
    /// Sizes must be below this.
    pub(super) below: f64,
    /// The size than which another one should be smaller.
    pub(super) size: f64,
    /// The margin below which it flips.
    pub(super) threshold: f64,
}

/// All of them.
pub(super) struct Candidates<'c> {
    genes: &'c dyn Genes,
    bounds: Vec<[f64; 2]>,
    nearest: bool,
    /// The smallest change within the bounds.
    least: f64,
    all: Vec<Candidate>,
}

impl<'c> Candidates<'c> {
    /// None yet; `least`: the smallest change within the bounds.
    pub(super) fn new(genes: &'c dyn Genes, bounds: &[[f64; 2]], least: f64) -> Self {
        let identity = genes.perturbation(&genes.identity());
        Self {
            genes,
            bounds: bounds.to_vec(),
            nearest: identity.sampling == Sampling::Nearest,
            least,
            all: Vec::new(),
        }
    }

    /// Drops those that are too large, or of which little is hoped, and draws others for them.
    pub(super) fn refill(&mut self, process: &Process, aim: Aim, random: &mut Seeded) {
        self.all.retain(|one| one.size < aim.below);
        if self.all.len() > MOST {
            let scale = process.scale();
            self.all
                .sort_by_cached_key(|one| Reverse(one.hope(process, scale, aim).to_bits()));
            self.all.truncate(KEPT);
        }
        let least = SMALLEST.max(SHARE * aim.below).max(self.least);
        let least = least.min(0.9 * aim.below);
        for _ in self.all.len()..KEPT {
            let size = least * (aim.below / least).powf(random.uniform());
            let point = self.drawn(size, random);
            self.add(process, aim.below, point);
        }
    }

    /// The shifts that nearest sampling tells apart.
    pub(super) fn add_whole_shifts(&mut self, process: &Process, below: f64) {
        if !self.nearest {
            return;
        }
        let most = SHIFTS as i32;
        for x in -most..=most {
            for y in -most..=most {
                let (x, y) = (f64::from(x), f64::from(y));
                if x.hypot(y) <= SHIFTS {
                    self.add(process, below, vec![0.0, x, y]);
                }
            }
        }
    }

    /// What lies around a place: nearer to the origin, beside it, and where the layers are as they are there.
    pub(super) fn add_around(
        &mut self,
        process: &Process,
        below: f64,
        at: &[f64],
        random: &mut Seeded,
    ) {
        for share in SHARES {
            let scaled: Vec<f64> = at.iter().map(|value| value * share).collect();
            self.add(process, below, scaled);
            for number in 0..at.len() {
                let mut point = at.to_vec();
                if let Some(value) = point.get_mut(number) {
                    *value *= share;
                }
                self.add(process, below, point);
            }
        }
        for number in 1..at.len() {
            for step in STEPS {
                for step in [step, -step] {
                    let mut point = at.to_vec();
                    if let Some(value) = point.get_mut(number) {
                        *value += step;
                    }
                    self.add(process, below, point);
                }
            }
        }
        for width in WIDTHS {
            for _ in 0..DRAWS {
                let mut point = at.to_vec();
                for (number, value) in point.iter_mut().enumerate() {
                    let pixel = if number == 0 { DEGREES_OF_A_PIXEL } else { 1.0 };
                    *value += width * pixel * gaussian(random);
                }
                self.add(process, below, point);
            }
        }
    }

    /// Takes out the one from which most is hoped, of those that are no smaller than `least`, and that hope; none if there is none.
    pub(super) fn take_best(
        &mut self,
        process: &Process,
        aim: Aim,
        least: f64,
    ) -> Option<(Candidate, f64)> {
        let scale = process.scale();
        let wanted = (self.all.iter().enumerate()).filter(|(_, one)| one.size >= least);
        let hopes = wanted.map(|(at, one)| (at, one.hope(process, scale, aim)));
        let (at, hope) = hopes.max_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((self.all.swap_remove(at), hope))
    }

    /// Brings all up to date.
    pub(super) fn update(&mut self, process: &Process) {
        for one in &mut self.all {
            process.update(&mut one.expectation);
        }
    }

    fn add(&mut self, process: &Process, below: f64, mut point: Vec<f64>) {
        for (number, (value, &[low, high])) in point.iter_mut().zip(&self.bounds).enumerate() {
            if number > 0 && self.nearest {
                *value = least_shift(*value);
            }
            *value = value.clamp(low, high);
        }
        let perturbation = self.genes.perturbation(&point);
        let size = moved(&perturbation);
        if size > 0.0 && size < below {
            self.all.push(Candidate {
                point,
                size,
                expectation: process.expect(Place::of(&perturbation)),
            });
        }
    }

    /// A pose of about this size: some of it by rotation, the rest by a shift.
    fn drawn(&self, size: f64, random: &mut Seeded) -> Vec<f64> {
        let share = match random.below(8) {
            0 => 0.0,
            1 => 1.0,
            _ => random.uniform(),
        };
        let turned = (share * size / f64::from(Frame::SIDE)).min(1.0);
        let turn = 2.0 * turned.asin().to_degrees();
        let (y, x) = (std::f64::consts::TAU * random.uniform()).sin_cos();
        let shift = (1.0 - share) * size;
        let wanted = [turn, shift * x, shift * y];
        (wanted.iter().zip(&self.bounds))
            .map(|(&value, &[low, high])| {
                let value = if random.uniform() < 0.5 {
                    -value
                } else {
                    value
                };
                // The other way where the bounds allow only that.
                if (low..=high).contains(&value) {
                    value
                } else {
                    -value
                }
            })
            .collect()
    }
}

/// The smallest shift that nearest sampling takes for the same as this one.
fn least_shift(shift: f64) -> f64 {
    let whole = shift.round();
    if whole == 0.0 {
        0.0
    } else {
        whole - whole.signum() * BEYOND_HALF
    }
}

impl Candidate {
    /// What is expected of it.
    pub(super) fn expectation(&self) -> &Expectation {
        &self.expectation
    }

    /// What is hoped from it, 0 or more; `scale`: that of the process.
    fn hope(&self, process: &Process, scale: f64, aim: Aim) -> f64 {
        let deviation = self.expectation.deviation(process) * scale;
        let far = (aim.threshold - self.expectation.mean()) / deviation;
        // Now and then, a margin is further off than a normal distribution says.
        let chance = f64::midpoint(below(far), below(far / 2.0));
        chance * ((aim.size + UNSEEN) / (self.size + UNSEEN)).ln().max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::attack::Pose;
    use crate::search::guided::pose::place::Covariance;

    const AIM: Aim = Aim {
        below: 20.0,
        size: 20.0,
        threshold: 0.0,
    };

    /// What is known: nothing but the unaltered frame.
    fn process(sampling: Sampling) -> Process {
        let mut process = Process::new(Covariance::of(sampling), 1.0);
        let unaltered = process.expect(Place::of(&flipscope_image::perturb::Perturbation {
            sampling,
            ..Default::default()
        }));
        process.announce(&unaltered);
        process.learn(&[1.0]);
        process
    }

    #[test]
    fn candidates_lie_within_the_bounds_and_are_small_enough() {
        let mut random = Seeded::stream(1, 1);
        for pose in [Pose::letter().around_zero(), Pose::default()] {
            let process = process(pose.sampling);
            let bounds = pose.bounds();
            let mut candidates = Candidates::new(&pose, &bounds, 0.0);
            candidates.add_whole_shifts(&process, AIM.below);
            candidates.refill(&process, AIM, &mut random);
            candidates.add_around(&process, AIM.below, &[3.0, -4.0, -2.0], &mut random);
            assert!(candidates.all.len() > KEPT / 2);
            for one in &candidates.all {
                let within = one.point.iter().zip(&bounds);
                assert!(
                    within
                        .clone()
                        .all(|(x, [low, high])| (low..=high).contains(&x))
                );
                let size = moved(&pose.perturbation(&one.point));
                assert!(size == one.size && size > 0.0 && size < AIM.below);
            }
        }
    }

    #[test]
    fn bounds_without_the_unaltered_frame_have_candidates_too() {
        let pose = Pose {
            rotate: [30.0, 60.0],
            ..Pose::default()
        };
        let process = process(pose.sampling);
        let least = moved(&pose.perturbation(&[30.0, 0.0, 0.0]));
        let mut candidates = Candidates::new(&pose, &pose.bounds(), least);
        let aim = Aim {
            below: 2.0 * least,
            ..AIM
        };
        candidates.refill(&process, aim, &mut Seeded::stream(1, 1));
        assert!(candidates.all.len() > KEPT / 2);
        assert!(candidates.all.iter().all(|one| one.size >= least));
    }

    #[test]
    fn nearest_sampling_is_shifted_by_just_more_than_half_a_pixel() {
        for (shift, least) in [(0.3, 0.0), (0.7, 0.5001), (-1.2, -0.5001), (-3.0, -2.5001)] {
            assert!((least_shift(shift) - least).abs() < 1e-9, "{shift}");
            assert_eq!(least_shift(shift).round(), shift.round());
        }
    }

    #[test]
    fn of_two_alike_the_smaller_is_taken_and_of_two_sizes_the_likelier() {
        let pose = Pose::default();
        let mut process = process(pose.sampling);
        let mut candidates = Candidates::new(&pose, &pose.bounds(), 0.0);
        for x in [9.0, 14.0, 19.0] {
            candidates.add(&process, AIM.below, vec![0.0, x, 0.0]);
        }
        // What is known best is that the margin stays high.
        let known = process.expect(Place::of(&pose.perturbation(&[0.0, 9.0, 0.0])));
        process.announce(&known);
        process.learn(&[4.0]);
        candidates.update(&process);
        let (best, hope) = candidates.take_best(&process, AIM, 0.0).unwrap();
        assert_eq!(best.point, [0.0, 14.0, 0.0]);
        assert!(hope > 0.0);
        let (second, less) = candidates.take_best(&process, AIM, 0.0).unwrap();
        assert_eq!(second.point, [0.0, 19.0, 0.0]);
        assert!(less < hope);
    }
}
