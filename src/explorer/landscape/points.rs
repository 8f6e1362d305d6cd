//! Alterations as places of a landscape: the sliders, the path that they took, and the findings.

use std::sync::Arc;

use flipscope_image::perturb::Perturbation;
use flipscope_lab::explain::landscape::{Landscape, LandscapeAxis};

use crate::explorer::explore::lesion::LesionId;
use crate::explorer::history::Edit;
use crate::explorer::state::State;

/// A place of a landscape, in steps of its axes: 0 is the first value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub column: f64,
    pub row: f64,
    /// Whether everything that no axis varies is as the landscape has it: P there is that of the landscape.
    pub within: bool,
}

/// Where a value lies on an axis, in steps; none beyond its ends.
pub(crate) fn step(axis: &LandscapeAxis, value: f64) -> Option<f64> {
    let share = (value - axis.from) / (axis.to - axis.from);
    (0.0..=1.0)
        .contains(&share)
        .then(|| share * axis.count.saturating_sub(1) as f64)
}

/// Where an alteration lies in a landscape; none if it is beyond its edges.
pub(crate) fn place(landscape: &Landscape, perturbation: &Perturbation) -> Option<Place> {
    let (x, y) = (landscape.x, landscape.y);
    let column = step(&x, x.parameter.get(perturbation))?;
    let row = match y {
        Some(y) => step(&y, y.parameter.get(perturbation))?,
        None => 0.0,
    };
    Some(Place {
        column,
        row,
        within: is_around(landscape, perturbation),
    })
}

/// Whether everything that no axis varies is as the landscape has it.
fn is_around(landscape: &Landscape, perturbation: &Perturbation) -> bool {
    // The landscape's other values with this place's: is it the same alteration?
    let mut there = landscape.around.clone();
    for axis in landscape.y.iter().chain([&landscape.x]) {
        let parameter = axis.parameter;
        parameter.set(&mut there, parameter.get(perturbation));
    }
    there == *perturbation
}

/// What lies in the landscape besides P.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    /// The sliders.
    pub here: Option<Place>,
    /// Whether sliders that no axis varies are elsewhere than in the landscape.
    pub others_moved: bool,
    /// The steps that the sliders took, oldest first; what lies beyond the edges is left out.
    pub path: Vec<Place>,
    /// Findings on the lesion, with whether each flips; last, and so in front of others in the same place, those that flip in the landscape.
    pub findings: Vec<(Place, bool)>,
}

/// The marks of a lesion.
pub(crate) fn marks(state: &State, landscape: &Landscape, lesion: LesionId) -> Marks {
    let Some(shown) = state.lesion(lesion) else {
        return Marks::default();
    };
    let (done, _) = state.history.steps();
    let steps = done.iter().filter_map(|edit| match edit {
        Edit::Alter {
            lesion: of,
            before,
            after,
        } if *of == lesion => Some([before, after]),
        _ => None,
    });
    let mut path: Vec<&Arc<Perturbation>> = Vec::new();
    for ends in steps {
        for end in ends {
            if path.last().is_none_or(|last| **last != *end) {
                path.push(end);
            }
        }
    }
    let findings = state.searches.findings.iter();
    let findings = findings.filter(|finding| finding.lesion == lesion);
    Marks {
        here: place(landscape, &shown.perturbation),
        others_moved: !is_around(landscape, &shown.perturbation),
        path: (path.iter())
            .filter_map(|end| place(landscape, end))
            .collect(),
        findings: in_order(findings.filter_map(|kept| {
            let finding = &kept.found.finding;
            let place = place(landscape, &finding.perturbation)?;
            Some((place, finding.success))
        })),
    }
}

/// As they are drawn, one over the other.
fn in_order(findings: impl Iterator<Item = (Place, bool)>) -> Vec<(Place, bool)> {
    let mut findings: Vec<_> = findings.collect();
    findings.sort_by_key(|(place, flips)| place.within && *flips);
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use flipscope_lab::explain::landscape::Parameter;

    #[test]
    fn a_flip_that_lies_in_the_landscape_hides_behind_no_other_finding() {
        let at = |within| Place {
            column: 1.0,
            row: 1.0,
            within,
        };
        let all = [(at(true), true), (at(true), false), (at(false), true)];
        let drawn = in_order(all.into_iter());
        assert_eq!(drawn, [all[1], all[2], all[0]]);
    }

    #[test]
    fn a_place_says_whether_p_there_is_that_of_the_landscape() {
        let landscape = Landscape {
            x: LandscapeAxis::whole(Parameter::Rotate, 37),
            y: Some(LandscapeAxis::whole(Parameter::ShiftX, 11)),
            around: Perturbation {
                offset: [0.0, -10.0, 0.0],
                ..Perturbation::default()
            },
        };
        let there = Perturbation {
            rotate: 90.0,
            shift: [-50.0, 0.0],
            ..landscape.around.clone()
        };
        let found = place(&landscape, &there).unwrap();
        assert_eq!((found.column, found.row, found.within), (27.0, 0.0, true));
        let other = Perturbation {
            rotate: 90.0,
            ..Perturbation::default()
        };
        let found = place(&landscape, &other).unwrap();
        assert_eq!((found.row, found.within), (5.0, false));
        let beyond = Perturbation {
            shift: [51.0, 0.0],
            ..landscape.around.clone()
        };
        assert_eq!(place(&landscape, &beyond), None);
        // Beyond an edge, and yet no other slider was moved.
        assert!(is_around(&landscape, &beyond));
        assert!(!is_around(&landscape, &other));
    }
}
