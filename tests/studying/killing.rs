//! Kills of a run of a study, each at a named point: the study ends with the same tables.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

use flipscope_base::cancel::Cancel;
use flipscope_lab::search::{Answering, Scorer};
use flipscope_lab::study::plan::Model;
use flipscope_lab::study::{self, Event, ModelRunner, Settings};
use flipscope_model::{Candidate, Classifier, ClassifierError, DeviceChoice, Verdict};
use serde::{Deserialize, Serialize};

use crate::program::text;
use crate::{
    EVERYTHING, Fixture, arg, kills, run, status, succeeds, tables,
    the_tables_agree_with_each_other,
};

/// Where a child that runs a study ends itself; commits are those of this child, from 1.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) enum Point {
    /// The network has answered for the first time since the commit before, or since a later one where time has made one.
    Before(u64),
    /// The commit is being written.
    Within(u64),
    /// The commit has been written.
    After(u64),
    /// The last commit of the study has been written.
    AfterTheLast,
}

/// A network that ends the child once it has answered, with so many commits made.
struct Deadly {
    network: Classifier,
    commits: Rc<Cell<u64>>,
    at: Point,
}

impl Scorer for Deadly {
    fn answering(&self) -> Answering<'_> {
        self.network.answering()
    }

    fn score(
        &self,
        candidates: &[Candidate],
        told: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError> {
        Scorer::score(&self.network, candidates, told)?;
        let commits = self.commits.get();
        // On a busy machine, what watches for the journal may be late, and a proof, which also commits as time passes, may do so twice
        // between two batches: the commit then is the last one all the same.
        let ends = match self.at {
            Point::Within(commit) => commits >= commit,
            Point::Before(commit) => commits + 1 >= commit,
            _ => false,
        };
        if ends {
            kills::die();
        }
        Ok(())
    }

    fn gradient(
        &self,
        candidate: &Candidate,
        class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        Scorer::gradient(&self.network, candidate, class)
    }
}

/// Runs a study by the library as `flipscope study run --batch 16` does, tells after each commit how many units it has finished, and ends
/// itself where it is asked to.
#[test]
#[ignore = "the child that another test starts and kills"]
fn child_that_runs_a_study() {
    let Some([file, point]) = kills::asked() else {
        return;
    };
    let (file, at): (_, Point) = (Path::new(&file), serde_json::from_str(&point).unwrap());
    let commits = Rc::new(Cell::new(0));
    let mut load = |model: &Model| {
        let source = model.source()?;
        let network = Classifier::load_with(&source, DeviceChoice::Cpu, &model.overrides()?)?;
        Ok(ModelRunner {
            scorer: Box::new(Deadly {
                network,
                commits: Rc::clone(&commits),
                at,
            }),
            batch: 16,
            together: 1,
            proposer: None,
        })
    };
    let mut tell = |event: Event<'_>| {
        let Event::Progress(progress) = event else {
            return;
        };
        commits.set(commits.get() + 1);
        kills::tell(&progress.units.to_string());
        let last = progress.units == progress.units_total;
        if at == Point::After(commits.get()) || (at == Point::AfterTheLast && last) {
            kills::die();
        }
        if at == Point::Within(commits.get() + 1) {
            kills::die_within_the_next_commit(file);
        }
    };
    let (settings, cancel) = (Settings::default(), Cancel::default());
    study::run(file, &settings, &mut load, &cancel, &mut tell).unwrap();
}

/// Kills a run of a study. What is done then is what was done before and what the run has told.
pub(crate) fn kill(file: &Path, point: Point) {
    let done = || status(file)["done"].as_u64().unwrap();
    let before = done();
    let json = serde_json::to_string(&point).unwrap();
    let told = kills::killed("killing::child_that_runs_a_study", &[arg(file), &json]);
    let told: Vec<u64> = told.iter().map(|units| units.parse().unwrap()).collect();
    let commits = told.len() as u64;
    let kept = done() - before - told.last().unwrap_or(&0);
    match point {
        Point::Before(commit) => assert!(commits + 1 >= commit && kept == 0, "{commits} {kept}"),
        Point::After(commit) => assert_eq!((commits, kept), (commit, 0)),
        Point::AfterTheLast => assert_eq!(kept, 0),
        // The commit in flight is there, with as many units as a batch holds at most, or it is not.
        Point::Within(commit) => assert!(commits + 1 >= commit && kept <= 16, "{commits} {kept}"),
    }
}

/// Nineteen kills, from the first commit to near the last of about 250: each model has 5 of unaltered frames, 40 of perturbations, and 80
/// of attacks.
const KILLS: [Point; 19] = [
    Point::Before(1),
    Point::After(1),
    Point::Before(2),
    Point::After(3),
    Point::Within(4),
    Point::After(7),
    Point::Before(13),
    Point::After(16),
    Point::Within(6),
    Point::After(1),
    Point::Before(21),
    Point::After(30),
    Point::Before(24),
    Point::After(7),
    Point::Before(1),
    Point::Within(9),
    Point::After(27),
    Point::Before(41),
    Point::After(30),
];

#[test]
fn killed_twenty_times_it_ends_with_the_tables_of_an_undisturbed_run() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let [whole, killed, last] = ["whole", "killed", "last"].map(|name| folder.path().join(name));
    let other = fixture.model("2");
    let new = [&EVERYTHING[..], &["--against", arg(&other)]].concat();
    let output = fixture.study(&whole, &new);
    let said = succeeds(&output);
    assert!(
        said.contains("40 melanomas, 40 nevi") && said.contains("about"),
        "{said}"
    );
    std::fs::copy(&whole, &killed).unwrap();
    assert_eq!(status(&whole)["of"], 480);

    succeeds(&run(&whole, &[]).output().unwrap());
    let undisturbed = tables(&whole, &folder.path().join("a"), &[]);
    assert_eq!(undisturbed.len(), 14, "{:?}", undisturbed.keys());

    for point in KILLS {
        kill(&killed, point);
    }
    std::fs::copy(&killed, &last).unwrap();
    let left = 480 - status(&killed)["done"].as_u64().unwrap();
    assert!((1..100).contains(&left), "{left}");
    let resumed = run(&killed, &[]).output().unwrap();
    succeeds(&resumed);
    let said = text(&resumed.stderr);
    assert!(said.contains(&format!("{left} units")), "{said}");
    // Killed once more when all is done, there is nothing left to do, and nothing is done again.
    kill(&last, Point::AfterTheLast);
    for (file, name) in [(&killed, "b"), (&last, "c")] {
        let again = run(file, &[]).output().unwrap();
        let said = text(&again.stderr);
        assert!(said.contains("0 units and 0 frames"), "{said}");
        let after = tables(file, &folder.path().join(name), &[]);
        for (name, table) in &undisturbed {
            assert_eq!(table, &after[name], "{name}");
        }
        assert_eq!(undisturbed.len(), after.len());
    }
    the_tables_agree_with_each_other(&undisturbed);
}
