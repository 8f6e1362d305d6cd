//! P(melanoma) along the sliders, computed in the background, so that people see where it flips before they get there.
//!
//! A band belongs to one control and to one setting of all the others: moving another control makes it out of date, moving its
//! own control does not.

use std::collections::BTreeMap;
use std::sync::Arc;

use flipscope_image::perturb::Perturbation;

use crate::explorer::explore::band::{Band, step_of, steps, value_at};
use crate::explorer::explore::controls::Control;

/// One control's band.
#[derive(Clone, Debug, Default, PartialEq)]
struct ControlBand {
    /// The perturbation with this control neutral: what the band is valid for.
    base: Perturbation,
    band: Band,
}

/// The bands of one lesion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bands(BTreeMap<Control, ControlBand>);

fn base(control: Control, perturbation: &Perturbation) -> Perturbation {
    control.set(perturbation, control.neutral())
}

impl Bands {
    /// A control's band, if it is valid for this perturbation.
    pub fn get(&self, control: Control, perturbation: &Perturbation) -> Option<&Band> {
        let track = self.0.get(&control)?;
        (track.base == base(control, perturbation)).then_some(&track.band)
    }

    /// Stores one answer, if it still belongs to the current sliders.
    pub fn put(
        &mut self,
        control: Control,
        current: &Perturbation,
        judged: &Perturbation,
        p_melanoma: f32,
    ) {
        let base_now = base(control, current);
        if base(control, judged) != base_now {
            return;
        }
        let Some(step) = step_of(control, control.get(judged)) else {
            return;
        };
        let track = self.0.entry(control).or_default();
        if track.base != base_now {
            *track = ControlBand {
                base: base_now,
                band: Band::default(),
            };
        }
        track.band.put(step, p_melanoma);
    }

    /// What to judge next, in this order: coarse points of every control first, then the points between them. Once all of these
    /// are answered there may be more; nothing is missing when every band is finished.
    pub fn missing(
        &self,
        perturbation: &Perturbation,
        threshold: f32,
    ) -> Vec<(Control, Arc<Perturbation>)> {
        let unknown = Band::default();
        let mut wanted: Vec<_> = Control::ALL
            .into_iter()
            .flat_map(|control| {
                let band = self.get(control, perturbation).unwrap_or(&unknown);
                let missing = band.missing(steps(control), threshold);
                missing
                    .into_iter()
                    .map(move |(rank, step)| (rank, control, step))
            })
            .collect();
        wanted.sort_by_key(|(rank, ..)| *rank);
        wanted
            .into_iter()
            .map(|(_, control, step)| {
                let at = control.set(perturbation, value_at(control, step));
                (control, Arc::new(at))
            })
            .collect()
    }

    /// Whether every band is finished.
    pub fn are_finished(&self, perturbation: &Perturbation, threshold: f32) -> bool {
        Control::ALL.into_iter().all(|control| {
            let band = self.get(control, perturbation);
            band.is_some_and(|band| band.is_finished(steps(control), threshold))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_survives_its_own_control_and_not_another() {
        let here = Perturbation::default();
        let mut bands = Bands::default();
        let judged = Control::Rotation.set(&here, value_at(Control::Rotation, 2));
        bands.put(Control::Rotation, &here, &judged, 0.25);
        let turned = Control::Rotation.set(&here, 17.0);
        assert_eq!(
            bands.get(Control::Rotation, &turned).unwrap().at(2),
            Some(0.25)
        );
        let shifted = Control::ShiftX.set(&here, 3.0);
        assert_eq!(bands.get(Control::Rotation, &shifted), None);
    }

    #[test]
    fn an_answer_for_an_older_setting_is_dropped() {
        let now = Control::ShiftX.set(&Perturbation::default(), 3.0);
        let judged =
            Control::Rotation.set(&Perturbation::default(), value_at(Control::Rotation, 2));
        let mut bands = Bands::default();
        bands.put(Control::Rotation, &now, &judged, 0.25);
        assert_eq!(bands, Bands::default());
    }

    #[test]
    fn what_is_missing_shrinks_to_nothing_coarse_points_of_every_control_first() {
        let here = Perturbation::default();
        let mut bands = Bands::default();
        let first = bands.missing(&here, 0.5);
        assert_eq!(first.len(), Control::ALL.len() * 9);
        let ends: Vec<_> = first.iter().take(30).map(|(control, _)| *control).collect();
        assert!(
            Control::ALL
                .iter()
                .all(|control| { ends.iter().filter(|end| *end == control).count() == 3 })
        );
        assert!(!bands.are_finished(&here, 0.5));
        let mut rounds = 0;
        loop {
            let missing = bands.missing(&here, 0.5);
            if missing.is_empty() {
                break;
            }
            rounds += 1;
            for (control, judged) in missing {
                let (low, high) = control.range();
                let share = (control.get(&judged) - low) / (high - low);
                bands.put(control, &here, &judged, share as f32);
            }
        }
        assert!(bands.are_finished(&here, 0.5));
        assert!(rounds <= 10, "{rounds}");
    }
}
