//! A study of the lesions that are open: the form of the page *Study*, filled in.

use std::time::Instant;

use flipscope_image::perturb::Perturbation;
use flipscope_lab::search::attack::Balance;
use flipscope_lab::search::{Attack, Direction, Preset};
use flipscope_lab::study::report::family_in_words;
use flipscope_lab::study::sweep::{Channel, Family};
use flipscope_language::text;

use crate::explorer::message::Severity;
use crate::explorer::page::Tool;
use crate::explorer::search::direction;
use crate::explorer::state::State;
use crate::explorer::study::state::StudyForm;

/// Fills in the form, and says how.
pub(super) fn make(state: &mut State, now: Instant) {
    let mut form = state.studies.form.clone();
    let mut said = Vec::new();
    form.take_labels_of_list(&state.list.data);
    if form.data.is_none() {
        said.push(text!("batch-study-no-labels").to_owned());
    }
    said.push(question(state, &mut form));
    state.studies.form = form;
    state.say(Severity::Note, said.join(" "), now);
}

/// The attack, or the alteration if its sliders are shown; returns what the study will do, as a sentence.
fn question(state: &State, form: &mut StudyForm) -> String {
    let altered = (state.current().map(|lesion| &lesion.perturbation))
        .filter(|perturbation| state.tool == Tool::Alter && !perturbation.is_identity());
    let families = altered.map(|perturbation| families(perturbation));
    let left_out = altered.and_then(|perturbation| left_out(perturbation));
    if let (Some(perturbation), Some(families)) = (altered, families)
        && !families.is_empty()
    {
        let names: Vec<String> = families.iter().copied().map(family_in_words).collect();
        form.draft.families = families;
        form.draft.sampling = perturbation.sampling;
        form.draft.fill = perturbation.fill;
        form.draft.attacks = Vec::new();
        let said = text!("batch-study-alters", families = names.join(", "));
        return and(said, left_out);
    }
    and(attack(state, form), left_out)
}

/// A sentence, and one more.
fn and(said: String, more: Option<&'static str>) -> String {
    match more {
        Some(more) => format!("{said} {more}"),
        None => said,
    }
}

/// The attack of the search's form; returns what the study will do, as a sentence.
fn attack(state: &State, form: &mut StudyForm) -> String {
    let search = &state.searches.form;
    if matches!(&search.attack, Attack::Colour(colour) if colour.balance == Balance::Lamp) {
        // Studies have no search over the lamp.
        form.draft.attacks = Vec::new();
        form.draft.families = vec![Family::Illuminant];
        let families = family_in_words(Family::Illuminant);
        return text!("batch-study-lamp", families = families);
    }
    let preset = search.attack.which_preset();
    form.draft.families = Vec::new();
    form.draft.attacks = vec![search.attack.kind()];
    form.draft.nevi = direction::of(state, search) == Direction::NevusToMelanoma;
    form.draft.preset = match preset {
        Preset::Letter => Preset::Letter,
        Preset::Default | Preset::Custom => Preset::Default,
    };
    if let Attack::Pose(pose) = &search.attack {
        form.draft.sampling = pose.sampling;
        form.draft.fill = pose.fill;
    }
    form.draft.mode = search.mode;
    form.draft.budget = search.budget.evaluations;
    form.draft.seed = search.seed;
    let name = search.attack.kind().in_words();
    match (preset, form.draft.nevi) {
        (Preset::Custom, false) => text!("batch-study-attacks-default", attack = name),
        (Preset::Custom, true) => text!("batch-study-attacks-default-nevi", attack = name),
        (_, false) => text!("batch-study-attacks", attack = name),
        (_, true) => text!("batch-study-attacks-nevi", attack = name),
    }
}

/// What of an alteration a study has no steps of, as a sentence.
fn left_out(perturbation: &Perturbation) -> Option<&'static str> {
    let pixels = perturbation.noise.is_some() || !perturbation.pixels.is_empty();
    match (perturbation.tint != 0.0, pixels) {
        (true, true) => Some(text!("batch-study-no-tint-no-pixels")),
        (true, false) => Some(text!("batch-study-no-tint")),
        (false, true) => Some(text!("batch-study-no-pixels")),
        (false, false) => None,
    }
}

/// The kinds of change that an alteration consists of.
fn families(perturbation: &Perturbation) -> Vec<Family> {
    let mut families = channels(perturbation.offset, 0.0, Family::Offset);
    families.extend(channels(perturbation.gain, 1.0, Family::Gain));
    let neutral = Perturbation::default();
    families.extend((perturbation.kelvin != neutral.kelvin).then_some(Family::Illuminant));
    let [x, y] = perturbation.shift;
    let moved = [
        (perturbation.rotate % 360.0 != 0.0, Family::Rotation),
        (x != 0.0, Family::ShiftX),
        (y != 0.0, Family::ShiftY),
    ];
    families.extend(
        moved
            .into_iter()
            .filter_map(|(is, family)| is.then_some(family)),
    );
    families
}

/// The channels that are changed: all together if they are changed alike.
fn channels(values: [f64; 3], neutral: f64, family: fn(Channel) -> Family) -> Vec<Family> {
    let [red, green, blue] = values;
    if red == green && green == blue {
        return (red != neutral)
            .then(|| family(Channel::All))
            .into_iter()
            .collect();
    }
    let each = [Channel::Red, Channel::Green, Channel::Blue];
    let changed = each.into_iter().zip(values);
    changed
        .filter(|(_, value)| *value != neutral)
        .map(|(channel, _)| family(channel))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_study_has_no_steps_of_is_said() {
        let tinted = Perturbation {
            tint: 0.01,
            ..Perturbation::default()
        };
        assert_eq!(families(&tinted), []);
        let said = left_out(&tinted).unwrap();
        assert!(said.contains("tint"), "{said}");
        let turned = Perturbation {
            rotate: 45.0,
            ..Perturbation::default()
        };
        assert_eq!(left_out(&turned), None);
    }

    #[test]
    fn an_alteration_is_studied_by_its_kinds_of_change() {
        let neutral = Perturbation::default();
        let kinds = |change: &dyn Fn(&mut Perturbation)| {
            let mut perturbation = neutral.clone();
            change(&mut perturbation);
            families(&perturbation)
        };
        assert_eq!(kinds(&|_| {}), []);
        assert_eq!(
            kinds(&|p| p.offset = [0.0, -10.0, 0.0]),
            [Family::Offset(Channel::Green)]
        );
        assert_eq!(kinds(&|p| p.gain = [1.1; 3]), [Family::Gain(Channel::All)]);
        let several = kinds(&|p| {
            p.gain = [1.1, 1.0, 0.9];
            p.rotate = 45.0;
            p.shift = [0.0, 3.0];
        });
        let expected = [
            Family::Gain(Channel::Red),
            Family::Gain(Channel::Blue),
            Family::Rotation,
            Family::ShiftY,
        ];
        assert_eq!(several, expected);
        assert_eq!(kinds(&|p| p.rotate = 720.0), []);
        assert_eq!(kinds(&|p| p.kelvin = 3000.0), [Family::Illuminant]);
    }
}
