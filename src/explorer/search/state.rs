//! The searches of the window as plain data: the form, the waiting and running searches, and the findings.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{
    BestCandidate, Budget, DEFAULT_SEED, Direction, Mode, Preset, Progress, Search, SearchOutcome,
    StopReason, Strategy,
};
use flipscope_language::text;
use flipscope_model::Verdict;

use crate::explorer::explore::lesion::LesionId;

/// Identifies one search for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SearchId(pub u64);

/// Identifies one finding for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FindingId(pub u64);

/// The form for the next search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// The attack with its bounds.
    pub attack: Attack,
    /// Any flip, the lowest probability, or the smallest change.
    pub mode: Mode,
    /// How it is looked for; the forms of older sessions have none.
    #[serde(default)]
    pub strategy: Strategy,
    /// From which verdict to which, if that is chosen, or as long as there is no verdict to follow.
    pub direction: Direction,
    /// Whether a person has chosen the direction; otherwise it follows the verdict on the open lesion.
    #[serde(default)]
    pub direction_chosen: bool,
    /// The seed.
    pub seed: u64,
    /// Its budget.
    pub budget: Budget,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            attack: Attack::preset(AttackKind::Colour, Preset::Default),
            mode: Mode::default(),
            strategy: Strategy::default(),
            direction: Direction::default(),
            direction_chosen: false,
            // As on the command line.
            seed: DEFAULT_SEED,
            budget: Budget::default(),
        }
    }
}

/// The stage of a search.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Others run first.
    Waiting,
    /// In progress.
    Running,
    /// Ended without a finding, and why.
    Failed(String),
}

/// One search that is waiting, is running, or has failed.
#[derive(Clone, Debug)]
pub struct SearchTask {
    /// Its identifier in commands and answers.
    pub id: SearchId,
    /// The lesion that it was started on.
    pub lesion: LesionId,
    /// That lesion's name.
    pub name: String,
    /// The search.
    pub search: Arc<Search>,
    /// Cancels it.
    pub cancel: Cancel,
    /// Its stage.
    pub stage: Stage,
    /// Its latest progress report.
    pub progress: Option<Progress>,
    /// The lowest energy so far, by evaluations.
    pub curve: Curve,
    /// The frame of the best candidate so far, rendered.
    pub best: Option<Arc<Frame>>,
}

impl SearchTask {
    /// The best candidate so far.
    pub fn best_so_far(&self) -> Option<&Arc<BestCandidate>> {
        self.progress
            .as_ref()
            .and_then(|progress| progress.best.as_ref())
    }
}

/// How a search converged: P(melanoma) of the best candidate after this many evaluations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Curve(Vec<(u64, f32)>);

impl Curve {
    /// The most points kept: more than a panel is wide.
    const MOST: usize = 512;

    /// Adds a progress report.
    pub fn push(&mut self, evaluations: u64, p_melanoma: f32) {
        if self.0.last().is_some_and(|(last, _)| *last >= evaluations) {
            return;
        }
        if self.0.len() >= Self::MOST {
            // Every second one is removed: the shape is preserved.
            let mut keep = false;
            self.0.retain(|_| {
                keep = !keep;
                keep
            });
        }
        self.0.push((evaluations, p_melanoma));
    }

    /// Evaluations and P(melanoma), in order.
    pub fn points(&self) -> &[(u64, f32)] {
        &self.0
    }
}

/// Whether a finding is saved to a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Saved {
    /// Not yet.
    #[default]
    No,
    /// It is being written.
    Writing,
    /// It was exported.
    Done,
}

/// An attack's name in the window.
pub fn attack_name(attack: &Attack) -> &'static str {
    match attack {
        Attack::Fgsm(_) => "FGSM",
        Attack::Pixels(_) => text!("search-pixels"),
        Attack::Colour(_) => text!("search-colour"),
        Attack::Pose(_) => text!("search-pose"),
        Attack::Grid(_) => text!("search-grid"),
    }
}

/// One finding of the tray.
#[derive(Clone, Debug)]
pub struct TrayFinding {
    /// Its identifier in commands.
    pub id: FindingId,
    /// Numbers the findings of this run.
    pub number: usize,
    /// The lesion that it was found on.
    pub lesion: LesionId,
    /// That lesion's name.
    pub name: String,
    /// What was found.
    pub found: Arc<SearchOutcome>,
    /// The altered frame, to be shown as a thumbnail.
    pub altered: Arc<Frame>,
    /// How the search converged.
    pub curve: Curve,
    /// Whether it is saved to a file.
    pub saved: Saved,
}

impl TrayFinding {
    /// Attack, mode, and number: unique among the findings of this run.
    pub fn title(&self) -> String {
        let finding = &self.found.finding;
        let attack = attack_name(&finding.attack);
        let number = self.number.to_string();
        match finding.mode {
            Mode::First => text!("search-finding-first", attack = attack, number = number),
            Mode::Lowest => text!("search-finding-lowest", attack = attack, number = number),
            Mode::Smallest => text!("search-finding-smallest", attack = attack, number = number),
        }
    }

    /// What came of it: a flip, none, or why the search says neither.
    pub fn outcome(&self) -> &'static str {
        let finding = &self.found.finding;
        match (finding.success, finding.ended) {
            (true, _) => text!("search-flipped"),
            (false, StopReason::Cancelled) => text!("search-cancelled"),
            (false, StopReason::Budget) => text!("search-out-of-budget"),
            (false, _) => text!("search-not-flipped"),
        }
    }

    /// P(melanoma) before and after.
    pub fn verdicts(&self) -> [&Verdict; 2] {
        [&self.found.original.verdict, &self.found.altered.verdict]
    }
}

/// The state of everything about searches in the window.
#[derive(Clone, Debug, Default)]
pub struct Searches {
    /// The form for the next one.
    pub form: Form,
    /// Those that are waiting, running or have failed, in the order in which they were started.
    pub tasks: Vec<SearchTask>,
    /// The findings, oldest first.
    pub findings: Vec<TrayFinding>,
    /// Findings so far, including deleted ones.
    pub count: usize,
    /// How many run together, if that is not left to the device of the model.
    pub together: Option<usize>,
}

impl Searches {
    /// The findings of a lesion, newest first.
    pub fn of(&self, lesion: LesionId) -> impl Iterator<Item = &TrayFinding> {
        self.findings
            .iter()
            .rev()
            .filter(move |kept| kept.lesion == lesion)
    }

    /// A finding by its id.
    pub fn finding(&self, id: FindingId) -> Option<&TrayFinding> {
        self.findings.iter().find(|kept| kept.id == id)
    }

    /// Those that are waiting or running.
    pub fn open(&self) -> impl Iterator<Item = &SearchTask> {
        self.tasks
            .iter()
            .filter(|one| !matches!(one.stage, Stage::Failed(_)))
    }

    /// Those that have failed, and why.
    pub(crate) fn failed(&self) -> impl Iterator<Item = (&SearchTask, &str)> {
        self.tasks.iter().filter_map(|one| match &one.stage {
            Stage::Failed(why) => Some((one, why.as_str())),
            Stage::Waiting | Stage::Running => None,
        })
    }

    /// A finding by its id, to be changed.
    pub(crate) fn finding_mut(&mut self, id: FindingId) -> Option<&mut TrayFinding> {
        self.findings.iter_mut().find(|kept| kept.id == id)
    }

    pub(crate) fn task_mut(&mut self, id: SearchId) -> Option<&mut SearchTask> {
        self.tasks.iter_mut().find(|one| one.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_keeps_its_shape_and_its_length() {
        let mut curve = Curve::default();
        for evaluations in 1..=5000_u64 {
            curve.push(evaluations, 1.0 / evaluations as f32);
            curve.push(evaluations, 0.0);
        }
        let points = curve.points();
        assert!(points.len() <= Curve::MOST && points.len() > Curve::MOST / 4);
        assert_eq!(points.last(), Some(&(5000, 1.0 / 5000.0)));
        assert!(points.iter().all(|&(n, p)| p == 1.0 / n as f32));
        assert!(points.is_sorted_by(|a, b| a.0 < b.0));
    }
}
