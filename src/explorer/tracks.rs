//! P(melanoma) along the sliders, computed in the background, so that one sees where it flips before the hand gets there.
//!
//! A track belongs to one control and to one setting of all the others: moving another control makes it stale, moving
//! its own does not.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::perturb::Perturbation;

use super::controls::Control;

/// Points of a track, both ends of the slider included.
pub const POINTS: usize = 9;

/// One control's track.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    /// The perturbation with this control neutral: what the track is valid for.
    base: Perturbation,
    /// P(melanoma) at each point of the slider's range, where it is known.
    points: [Option<f32>; POINTS],
}

/// The tracks of one lesion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tracks(BTreeMap<Control, Track>);

/// The value of a slider at one of its points.
pub fn value_at(control: Control, point: usize) -> f64 {
    let (low, high) = control.range();
    low + (high - low) * point as f64 / (POINTS - 1) as f64
}

fn base(control: Control, perturbation: &Perturbation) -> Perturbation {
    control.set(perturbation, control.neutral())
}

impl Tracks {
    /// The known points of a control's track, if it is valid for this perturbation.
    pub fn get(
        &self,
        control: Control,
        perturbation: &Perturbation,
    ) -> Option<&[Option<f32>; POINTS]> {
        let track = self.0.get(&control)?;
        (track.base == base(control, perturbation)).then_some(&track.points)
    }

    /// Keeps one answer, if it still belongs to the perturbation that the sliders say.
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
        let value = control.get(judged);
        let Some(point) = (0..POINTS).find(|&point| value_at(control, point) == value) else {
            return;
        };
        let track = self.0.entry(control).or_default();
        if track.base != base_now {
            *track = Track {
                base: base_now,
                points: [None; POINTS],
            };
        }
        if let Some(place) = track.points.get_mut(point) {
            *place = Some(p_melanoma);
        }
    }

    /// What is not known yet: coarse points of every control first, then the points between them.
    pub fn missing(&self, perturbation: &Perturbation) -> Vec<(Control, Arc<Perturbation>)> {
        let mut wanted = Vec::new();
        for pass in [&[0, 4, 8][..], &[2, 6], &[1, 3, 5, 7]] {
            for control in Control::ALL {
                let known = self.get(control, perturbation);
                for &point in pass {
                    let there = known.and_then(|points| points.get(point).copied().flatten());
                    if there.is_none() {
                        let at = control.set(perturbation, value_at(control, point));
                        wanted.push((control, Arc::new(at)));
                    }
                }
            }
        }
        wanted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_survives_its_own_control_and_not_another() {
        let here = Perturbation::default();
        let mut tracks = Tracks::default();
        let judged = Control::Rotation.set(&here, value_at(Control::Rotation, 2));
        tracks.put(Control::Rotation, &here, &judged, 0.25);
        let turned = Control::Rotation.set(&here, 17.0);
        assert_eq!(
            tracks.get(Control::Rotation, &turned).unwrap()[2],
            Some(0.25)
        );
        let shifted = Control::ShiftX.set(&here, 3.0);
        assert_eq!(tracks.get(Control::Rotation, &shifted), None);
    }

    #[test]
    fn an_answer_for_an_older_setting_is_dropped() {
        let now = Control::ShiftX.set(&Perturbation::default(), 3.0);
        let judged =
            Control::Rotation.set(&Perturbation::default(), value_at(Control::Rotation, 2));
        let mut tracks = Tracks::default();
        tracks.put(Control::Rotation, &now, &judged, 0.25);
        assert_eq!(tracks, Tracks::default());
    }

    #[test]
    fn what_is_missing_shrinks_to_nothing() {
        let here = Perturbation::default();
        let mut tracks = Tracks::default();
        let first = tracks.missing(&here);
        assert_eq!(first.len(), Control::ALL.len() * POINTS);
        for (control, judged) in first {
            tracks.put(control, &here, &judged, 0.5);
        }
        assert_eq!(tracks.missing(&here), Vec::new());
    }
}
