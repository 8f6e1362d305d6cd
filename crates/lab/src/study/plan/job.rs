//! The jobs of a study.

use serde::{Deserialize, Serialize};

use super::image::{Image, Role};
use super::proof::ProofJob;
use crate::search::{Attack, Budget, Direction, Mode, Strategy};
use crate::study::sweep::{Family, Variant};
use flipscope_image::perturb::{Fill, Sampling};

/// A job to be done for every picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Job {
    /// P(melanoma) of the unaltered pictures, both the study's and the tuning pictures.
    Evaluation {
        /// The single variant that changes nothing.
        variants: Vec<Variant>,
    },
    /// P(melanoma) of the study's pictures under every variant.
    Perturbations {
        /// The variants, family by family.
        variants: Vec<Variant>,
    },
    /// An attack on the pictures of one class that are classified correctly; files call it a campaign.
    #[serde(rename = "campaign")]
    Attack(Box<AttackJob>),
    /// A proof on the pictures of one class that are classified correctly.
    Proof(Box<ProofJob>),
}

/// An attack on every picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttackJob {
    /// The attack and its parameters.
    #[serde(flatten)]
    pub attack: Attack,
    /// Its question. The lowest probability is `flip` here, as it always was: the plan's hash depends on it.
    #[serde(serialize_with = "Mode::in_plan")]
    pub mode: Mode,
    /// Its strategy; plans without one are of evolution.
    #[serde(
        default = "Strategy::of_older_files",
        skip_serializing_if = "Strategy::is_of_older_files"
    )]
    pub strategy: Strategy,
    /// Melanomas to nevi, or the other way.
    pub direction: Direction,
    /// The seed, the same for every picture, as in `flipscope attack`.
    pub seed: u64,
    /// The most frames that the network may judge for one picture.
    pub budget: Option<u64>,
}

impl AttackJob {
    /// The budget of each search: never seconds, which would make results depend on the speed of the machine.
    #[must_use]
    pub fn budget(&self) -> Budget {
        Budget {
            evaluations: self.budget,
            seconds: None,
        }
    }

    /// The strategy that is followed: noise and grids have only their own.
    #[must_use]
    pub fn followed(&self) -> Strategy {
        if self.attack.has_strategies() {
            self.strategy
        } else {
            Strategy::Auto
        }
    }

    /// The most frames that the network judges for one picture.
    #[must_use]
    pub fn evaluations(&self) -> u64 {
        let most = self.attack.evaluations(self.mode, self.followed());
        most.min(self.budget.unwrap_or(u64::MAX))
    }
}

impl Job {
    /// The evaluation.
    #[must_use]
    pub fn evaluation() -> Self {
        Self::Evaluation {
            variants: Family::Unaltered.variants(Sampling::Nearest, Fill::Black),
        }
    }

    /// The systematic perturbations of some families.
    #[must_use]
    pub fn perturbations(families: &[Family], sampling: Sampling, fill: Fill) -> Self {
        let families = families.iter();
        Self::Perturbations {
            variants: families
                .flat_map(|family| family.variants(sampling, fill))
                .collect(),
        }
    }

    /// Its name in tables and messages.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Evaluation { .. } => "evaluation".to_owned(),
            Self::Perturbations { .. } => "perturbations".to_owned(),
            Self::Attack(attack_job) => format!(
                "{} ({}, {})",
                attack_job.attack.name(),
                attack_job.mode,
                attack_job.direction
            ),
            Self::Proof(proof) => format!("proof ({}, {})", proof.region, proof.direction),
        }
    }

    /// The variants to judge; none for an attack or a proof, which find their own.
    #[must_use]
    pub fn variants(&self) -> &[Variant] {
        match self {
            Self::Evaluation { variants } | Self::Perturbations { variants } => variants,
            Self::Attack(_) | Self::Proof(_) => &[],
        }
    }

    /// Frames that the network judges for one picture; for an attack or a proof, the most.
    #[must_use]
    pub fn frames(&self) -> u64 {
        match self {
            Self::Attack(attack_job) => attack_job.evaluations(),
            Self::Proof(proof) => proof.frames(),
            _ => self.variants().len() as u64,
        }
    }

    /// Whether the job includes a picture.
    #[must_use]
    pub fn applies_to(&self, image: &Image) -> bool {
        match self {
            Self::Evaluation { .. } => true,
            Self::Perturbations { .. } => image.role == Role::Study,
            Self::Attack(attack_job) => {
                image.role == Role::Study && image.label == attack_job.direction.from()
            }
            Self::Proof(proof) => {
                image.role == Role::Study && image.label == proof.direction.from()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{AttackKind, Preset};

    /// A plan's hash is that of its text: what older versions wrote is written again letter by letter.
    #[test]
    fn attacks_of_older_plans_keep_their_text() {
        let new = AttackJob {
            attack: Attack::preset(AttackKind::Colour, Preset::Letter),
            mode: Mode::Lowest,
            strategy: Strategy::Evolution,
            direction: Direction::MelanomaToNevus,
            seed: 7,
            budget: None,
        };
        let text = serde_json::to_string(&new).unwrap();
        let end = r#","mode":"flip","direction":"melanoma-to-nevus","seed":7,"budget":null}"#;
        assert!(text.ends_with(end), "{text}");
        assert_eq!(serde_json::from_str::<AttackJob>(&text).unwrap(), new);
        let auto = AttackJob {
            mode: Mode::First,
            strategy: Strategy::Auto,
            ..new
        };
        let text = serde_json::to_string(&auto).unwrap();
        assert!(
            text.contains(r#""mode":"first","strategy":"auto""#),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<AttackJob>(&text).unwrap(), auto);
    }
}
