//! A landscape as a figure: of two axes as planes of colours, of one axis as curves; of one model, or of several beside each other.

use super::Caption;
use super::curves::curves;
use super::plane::planes;
use crate::explain::landscape::Landscape;
use crate::explain::map::Map;

/// The figure as SVG: for each model its map, and what the figure says about lesion and model. Empty without a model.
#[must_use]
pub fn landscape(models: &[(&Map, &Caption)], axes: &Landscape) -> String {
    match (models.first(), axes.y) {
        (Some(first), Some(_)) => planes(models, *first, axes),
        (Some(first), None) => curves(models, *first),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::landscape::{LandscapeAxis, Parameter};
    use crate::explain::map::{Method, Quantity};
    use flipscope_image::perturb::Perturbation;
    use flipscope_model::{Score, Verdict};

    fn axes(profile: bool) -> Landscape {
        let y = LandscapeAxis::new(Parameter::ShiftX, [-1.0, 1.0], 2);
        Landscape {
            x: LandscapeAxis::new(Parameter::Rotate, [-1.0, 1.0], 2),
            y: (!profile).then_some(y),
            around: Perturbation::default(),
        }
    }

    fn map(axes: &Landscape, values: &[f32]) -> Map {
        let quantity = Quantity {
            class: "melanoma".to_owned(),
            score: Score::Probability(vec![0]),
        };
        let verdict = Verdict {
            probabilities: vec![0.25, 0.75],
            p_melanoma: 0.25,
        };
        let map = axes.to_map(&quantity, values, 0.25, verdict);
        assert_eq!(map.method, Method::Landscape);
        map
    }

    fn caption(model: &str, threshold: f32) -> Caption {
        Caption {
            image: "mole.jpg".to_owned(),
            altered: None,
            p_original: None,
            truth: None,
            model: model.to_owned(),
            threshold,
            checks: Vec::new(),
        }
    }

    #[test]
    fn a_legend_names_a_contour_only_if_there_is_one() {
        let axes = axes(false);
        let map = map(&axes, &[0.1, 0.2, 0.3, 0.4]);
        let drawn = |threshold| {
            let caption = caption("one", threshold);
            landscape(&[(&map, &caption)], &axes)
        };
        let (with, without) = (drawn(0.25), drawn(0.5));
        assert!(
            with.contains("Line: threshold 0.25") && with.contains("Cross: the values set now")
        );
        assert!(
            !without.contains("Line: threshold") && without.contains("Cross: the values set now")
        );
    }

    #[test]
    fn two_models_stand_side_by_side_with_one_legend() {
        let axes = axes(false);
        let (first, second) = (
            map(&axes, &[0.1, 0.2, 0.3, 0.4]),
            map(&axes, &[0.5, 0.6, 0.7, 0.8]),
        );
        let (one, other) = (caption("one", 0.25), caption("other", 0.75));
        let figure = landscape(&[(&first, &one), (&second, &other)], &axes);
        assert_eq!(figure.matches("crispEdges").count(), 2);
        assert_eq!(figure.matches("id=\"scale\"").count(), 1);
        assert!(figure.contains("Line: threshold 0.25 and 0.75"));
        assert!(figure.contains("model one") && figure.contains("model other"));
    }

    #[test]
    fn profiles_of_two_models_are_two_curves_and_a_shared_threshold_is_drawn_once() {
        let axes = axes(true);
        let (first, second) = (map(&axes, &[0.1, 0.2]), map(&axes, &[0.5, 0.6]));
        let (one, other) = (caption("one", 0.5), caption("other", 0.5));
        let figure = landscape(&[(&first, &one), (&second, &other)], &axes);
        assert!(figure.contains("of one;") && figure.contains("of other;"));
        assert_eq!(figure.matches("threshold 0.5").count(), 1);
    }
}
