//! The searches of the window as plain data: the form, what runs and waits, and what was found.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::search::attack::{Attack, AttackKind};
use flipscope_lab::search::{Best, Budget, Direction, Found, Mode, Preset, Progress, Search};
use flipscope_model::Verdict;

use crate::explorer::explore::lesion::LesionId;

/// Names one search for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SearchId(pub u64);

/// Names one finding for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FindingId(pub u64);

/// What the next search will be.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The attack with its bounds.
    pub attack: Attack,
    /// How far, or how little.
    pub mode: Mode,
    /// From which verdict to which.
    pub direction: Direction,
    /// The seed.
    pub seed: u64,
    /// What it may use.
    pub budget: Budget,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            attack: Attack::preset(AttackKind::Colour, Preset::Default),
            mode: Mode::default(),
            direction: Direction::default(),
            seed: 0,
            budget: Budget::default(),
        }
    }
}

/// How far a search is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Another one runs before it.
    Waiting,
    /// Under way.
    Running,
    /// Ended without a finding, and why.
    Failed(String),
}

/// One search that waits, runs, or has failed.
#[derive(Clone, Debug)]
pub struct SearchTask {
    /// Its name in commands and answers.
    pub id: SearchId,
    /// The lesion that it began with.
    pub lesion: LesionId,
    /// That lesion's name.
    pub name: String,
    /// What is asked.
    pub search: Arc<Search>,
    /// Calls it off.
    pub cancel: Cancel,
    /// How far it is.
    pub stage: Stage,
    /// What it last told.
    pub progress: Option<Progress>,
    /// The lowest energy so far, by evaluations.
    pub curve: Curve,
    /// The frame of the best candidate so far, rendered.
    pub best: Option<Arc<Frame>>,
}

impl SearchTask {
    /// The best candidate so far.
    pub fn best_so_far(&self) -> Option<&Arc<Best>> {
        self.progress
            .as_ref()
            .and_then(|progress| progress.best.as_ref())
    }
}

/// How a search came to its best: P(melanoma) of the best candidate after so many evaluations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve(Vec<(u64, f32)>);

impl Curve {
    /// Points kept at most: more than a panel is wide.
    const MOST: usize = 512;

    /// Adds what was told.
    pub fn push(&mut self, evaluations: u64, p_melanoma: f32) {
        if self.0.last().is_some_and(|(last, _)| *last >= evaluations) {
            return;
        }
        if self.0.len() >= Self::MOST {
            // Every second one goes: the shape stays.
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

/// Whether a finding is in a file.
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
        Attack::Pixels(_) => "Pixels",
        Attack::Colour(_) => "Colour",
        Attack::Pose(_) => "Pose",
        Attack::Grid(_) => "Grid",
    }
}

/// One finding of the tray.
#[derive(Clone, Debug)]
pub struct TrayFinding {
    /// Its name in commands.
    pub id: FindingId,
    /// Counts the findings of this run.
    pub number: usize,
    /// The lesion that it was found on.
    pub lesion: LesionId,
    /// That lesion's name.
    pub name: String,
    /// What was found.
    pub found: Arc<Found>,
    /// The altered frame, to be shown small.
    pub altered: Arc<Frame>,
    /// How the search came there.
    pub curve: Curve,
    /// Whether it is in a file.
    pub saved: Saved,
}

impl TrayFinding {
    /// Attack, question, and number: unique among the findings of this run.
    pub fn title(&self) -> String {
        let finding = &self.found.finding;
        let question = match finding.mode {
            Mode::Flip => "",
            Mode::Smallest => ", smallest",
        };
        let attack = attack_name(&finding.attack);
        format!("{attack}{question} #{}", self.number)
    }

    /// P(melanoma) before and after.
    pub fn verdicts(&self) -> [&Verdict; 2] {
        [&self.found.original.verdict, &self.found.altered.verdict]
    }
}

/// Everything about searches that the window shows.
#[derive(Clone, Debug, Default)]
pub struct Searches {
    /// What the next one will be.
    pub form: Form,
    /// Those that wait, run or have failed, in the order in which they were started.
    pub tasks: Vec<SearchTask>,
    /// What was found, oldest first.
    pub findings: Vec<TrayFinding>,
    /// Findings so far, deleted ones counted in.
    pub count: usize,
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

    /// Those that wait or run.
    pub fn open(&self) -> impl Iterator<Item = &SearchTask> {
        self.tasks
            .iter()
            .filter(|one| !matches!(one.stage, Stage::Failed(_)))
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
