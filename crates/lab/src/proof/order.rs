//! In which order the frames of a box are judged: those that are likely to flip first.
//!
//! Coarse grids before fine ones, since a flip rarely stands alone; within a grid, by what the gradient of the unaltered frame
//! predicts. A change of colour is a table per channel, so the prediction for a frame needs only the sum of the gradient over the
//! pixels of each value: Σ over channels and values of slope(channel, value) · (table(value) − value).

use std::sync::Arc;

use super::plan::Plan;
use crate::search::Scorer;
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Perturbation, colour_tables};
use flipscope_model::{Candidate, ClassifierError, Label, Verdict};

/// The frames of a plan by their numbers, in the order in which they are judged. Random frames keep their order.
pub(super) fn order(plan: &Plan, slopes: Option<&Slopes>) -> Vec<u32> {
    let count = u32::try_from(plan.len()).unwrap_or(u32::MAX);
    let mut order: Vec<u32> = (0..count).collect();
    if !plan.is_exhaustive() {
        return order;
    }
    let region = plan.region();
    // Level and predicted change of every value of every axis: they add up.
    let axes: Vec<Vec<(u32, f64)>> = (plan.axes().iter().enumerate())
        .map(|(axis, values)| {
            let levels = levels(values.len());
            let risk = |value: f64| {
                let mut all = vec![region.neutral(); region.axes()];
                if let Some(own) = all.get_mut(axis) {
                    *own = value;
                }
                slopes.map_or(0.0, |slopes| slopes.change(&region.perturbation(&all)))
            };
            (levels.into_iter().zip(values))
                .map(|(level, &value)| (level, risk(value)))
                .collect()
        })
        .collect();
    order.sort_by_cached_key(|&number| {
        let (mut level, mut change) = (0, 0.0);
        for (axis, at) in axes.iter().zip(plan.positions(number as usize)) {
            if let Some(&(own, risk)) = axis.get(at) {
                level = level.max(own);
                change += risk;
            }
        }
        (level, Sorted(change), number)
    });
    order
}

/// An f64 in its total order.
#[derive(PartialEq)]
struct Sorted(f64);

impl Eq for Sorted {}

impl Ord for Sorted {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Sorted {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// For each of so many positions the coarsest grid that holds it: 0 for the ends, 1 for the middle, then the quarters, and so on.
fn levels(count: usize) -> Vec<u32> {
    let last = count.saturating_sub(1);
    let mut levels = vec![u32::MAX; count];
    let (mut level, mut parts) = (0, 1_usize);
    loop {
        for part in 0..=parts {
            let at = (part * last + parts / 2) / parts;
            if let Some(known) = levels.get_mut(at) {
                *known = level.min(*known);
            }
        }
        if parts >= last {
            return levels;
        }
        (level, parts) = (level + 1, parts * 2);
    }
}

/// The gradient of a loss, summed over the pixels of each channel and value of a frame. A change that lowers the loss leads to
/// a flip.
pub(super) struct Slopes([[f64; 256]; 3]);

impl Slopes {
    /// Of the cross entropy for the likeliest class of the other label, at the unaltered frame. `None` if the model has no class
    /// of the other label.
    pub(super) fn measure(
        scorer: &dyn Scorer,
        frame: &Arc<Frame>,
        verdict: &Verdict,
        label: Label,
    ) -> Result<Option<Self>, ClassifierError> {
        let melanoma = &scorer.info().melanoma_classes;
        let target = (verdict.probabilities.iter().enumerate())
            .filter(|(class, _)| melanoma.contains(class) != (label == Label::Melanoma))
            .reduce(|best, one| if one.1 > best.1 { one } else { best });
        let Some((class, _)) = target else {
            return Ok(None);
        };
        let candidate = Candidate {
            frame: Arc::clone(frame),
            perturbation: Arc::new(Perturbation::default()),
        };
        let (_, gradient) = scorer.gradient(&candidate, class)?;
        let mut sums = [[0.0; 256]; 3];
        let (pixels, _) = frame.pixels().as_chunks::<3>();
        let (slopes, _) = gradient.as_chunks::<3>();
        for (pixel, slopes) in pixels.iter().zip(slopes) {
            for ((sums, &value), &slope) in sums.iter_mut().zip(pixel).zip(slopes) {
                if let Some(sum) = sums.get_mut(usize::from(value)) {
                    *sum += f64::from(slope);
                }
            }
        }
        Ok(Some(Self(sums)))
    }

    /// The predicted change of the loss.
    fn change(&self, p: &Perturbation) -> f64 {
        let mut change = 0.0;
        for (table, sums) in colour_tables(p).iter().zip(&self.0) {
            for ((value, &now), sum) in (0_u8..=255).zip(table).zip(sums) {
                change += sum * (f64::from(now) - f64::from(value));
            }
        }
        change
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::channels::Channels;
    use crate::proof::plan::Draws;
    use crate::proof::proof_box::ProofBox;

    #[test]
    fn grids_go_from_coarse_to_fine() {
        assert_eq!(levels(5), [0, 2, 1, 2, 0]);
        assert_eq!(levels(1), [0]);
        assert_eq!(levels(2), [0, 0]);
        let many = levels(21);
        assert!(many.iter().all(|&level| level <= 5));
        assert_eq!((many[0], many[10], many[20], many[5]), (0, 1, 0, 2));
    }

    #[test]
    fn every_frame_comes_once_and_within_a_grid_the_likeliest_first() {
        let frame = Frame::from_rgb(vec![100; Frame::BYTES]).unwrap();
        let region = ProofBox::Offset {
            radius: 3.0,
            channels: Channels::Each,
        };
        let draws = Draws { count: 1, seed: 1 };
        let plan = Plan::new(&region, &frame, draws).unwrap();
        // More green leads to a flip; the other channels do not matter.
        let mut sums = [[0.0; 256]; 3];
        sums[1][100] = -1.0;
        let order = order(&plan, Some(&Slopes(sums)));
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..343).collect::<Vec<_>>());
        // The eight corners come first, those with green +3 before those with −3.
        let green = |&number: &u32| plan.values(number as usize)[1];
        let corners: Vec<f64> = order[..8].iter().map(green).collect();
        assert_eq!(corners, [3.0, 3.0, 3.0, 3.0, -3.0, -3.0, -3.0, -3.0]);
    }
}
