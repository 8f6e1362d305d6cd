//! What was assumed about a model, in the words of the command line.

use flipscope_model::{Assumption, AssumptionKind};

/// The flag of the command line that states it instead.
fn flag(about: AssumptionKind) -> Option<&'static str> {
    Some(match about {
        AssumptionKind::ClassOrder => "--classes",
        AssumptionKind::OneOutput => "--positive-class",
        AssumptionKind::MelanomaClasses => "--melanoma-classes",
        AssumptionKind::Weights => "--weights",
        AssumptionKind::Framing => "--framing",
        AssumptionKind::Mean => "--mean",
        AssumptionKind::Std => "--std",
        AssumptionKind::TransformInput => "--transform-input",
        AssumptionKind::Threshold => "--threshold",
        AssumptionKind::ExtraTensors
        | AssumptionKind::Head
        | AssumptionKind::Architecture
        | AssumptionKind::AuxiliaryHead
        | AssumptionKind::Other => {
            return None;
        }
    })
}

/// The sentence, with the flag that states it on the command line; for a serious assumption with its full remedy.
pub(super) fn with_remedy(assumption: &Assumption) -> String {
    let remedy = if assumption.is_severe() {
        assumption.remedy.as_str()
    } else {
        ""
    };
    let flag = flag(assumption.about).map(|flag| {
        if remedy.is_empty() {
            format!("({flag})")
        } else {
            format!("(Or {flag}.)")
        }
    });
    let parts = [assumption.text.as_str(), remedy];
    let parts = parts.into_iter().chain(flag.as_deref());
    parts
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grave_assumption_is_said_with_its_remedy_and_its_flag() {
        let one = |about| with_remedy(&Assumption::new(about, "melanoma, nevus", "Say it."));
        assert_eq!(
            one(AssumptionKind::ClassOrder),
            "melanoma, nevus Say it. (Or --classes.)"
        );
        assert_eq!(one(AssumptionKind::Framing), "melanoma, nevus (--framing)");
        assert_eq!(one(AssumptionKind::Architecture), "melanoma, nevus");
    }
}
