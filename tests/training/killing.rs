//! Kills of a training, each at a named point: it ends with the same bits.

use std::path::Path;

use flipscope_base::cancel::Cancel;
use flipscope_lab::dataset::split::{Duplicates, Fractions, Split};
use flipscope_lab::dataset::{Dataset, Part};
use flipscope_lab::train::{self, Data, Event, Example, Job, Recipe, RecipePreset};
use flipscope_model::training::Start;
use flipscope_model::{DeviceChoice, Label, Tensors};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::program::text;
use crate::{kills, read, succeeds, train};

/// Where a child that trains ends itself; steps, epochs and states are those of this child, from 1.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
enum Point {
    /// The photographs are read.
    Read,
    /// The step is done, and in no state.
    Step(usize),
    /// The epoch is validated: the records hold it, its checkpoint lies beside the best, and the state does not know of it.
    Epoch(usize),
    /// The state is being written, or the checkpoint or the records before it.
    Within(usize),
    /// The state is saved.
    After(usize),
    /// The last state of the training is saved.
    AfterTheLast,
}

/// Twelve kills, from before the first state to the fifth epoch. A state is saved at the beginning, after three steps and after an epoch.
const KILLS: [Point; 12] = [
    Point::Read,
    Point::After(1),
    Point::Step(2),
    Point::After(2),
    Point::Step(1),
    Point::Within(2),
    Point::Epoch(1),
    Point::After(1),
    Point::Epoch(2),
    Point::Within(4),
    Point::Step(7),
    Point::After(2),
];
const EPOCHS: usize = 6;

/// The examples as `flipscope train --data DATA --out OUT` chooses them.
fn examples(data: &Path, out: &Path) -> Data {
    let dataset = Dataset::read(data, None).unwrap();
    let own = out.join("split.json");
    if !own.exists() {
        let prints = dataset.fingerprint(&|_, _| (), &Cancel::default());
        let drawn = Split::draw(
            &dataset,
            &prints.unwrap(),
            Fractions::default(),
            1,
            Duplicates::LeaveOut,
        );
        drawn.unwrap().write(&own).unwrap();
    }
    let split = Split::read(&own).unwrap();
    let part = |part| {
        let chosen = split.examples(&dataset, part).unwrap().into_iter();
        let numbered = chosen.map(|(example, label)| Example {
            path: example.path.clone(),
            class: u32::from(label == Label::Nevus),
        });
        numbered.collect()
    };
    Data {
        name: dataset.name.clone(),
        split: format!("split.json, data hash {}", split.data_hash()),
        training: part(Part::Train),
        validation: part(Part::Validation),
        adversarial: None,
    }
}

/// Trains by the library as the test's first training does, or resumes it, tells of steps and states, and ends itself where it is asked to.
#[test]
#[ignore = "the child that another test starts and kills"]
fn child_that_trains() {
    let Some([data, out, point]) = kills::asked() else {
        return;
    };
    let (out, at): (_, Point) = (Path::new(&out), serde_json::from_str(&point).unwrap());
    std::fs::create_dir_all(out).unwrap();
    let job = Job {
        out,
        data: &examples(Path::new(&data), out),
        device: DeviceChoice::Cpu,
        save_every: 3,
    };
    let (mut steps, mut epochs, mut states, mut over) = (0, 0, 0, false);
    let watch = &mut |event: Event<'_>| {
        let here = match event {
            Event::Read(..) => Point::Read,
            Event::Step(_) => {
                steps += 1;
                kills::tell("step");
                Point::Step(steps)
            }
            Event::Epoch(row) => {
                epochs += 1;
                over = row.epoch == EPOCHS;
                Point::Epoch(epochs)
            }
            Event::Saved => {
                states += 1;
                kills::tell("saved");
                Point::After(states)
            }
            _ => return,
        };
        let last = over && matches!(here, Point::After(_));
        if here == at || (last && at == Point::AfterTheLast) {
            kills::die();
        }
        if matches!(here, Point::After(_)) && at == Point::Within(states + 1) {
            // What earlier kills have left half written is there already.
            let (out, left) = (out.to_owned(), half_written(out));
            kills::die_once(move || half_written(&out) > left);
        }
    };
    let cancel = Cancel::default();
    if out.join("state.safetensors").exists() {
        train::resume(&job, &cancel, watch).unwrap();
        return;
    }
    let recipe = Recipe {
        epochs: EPOCHS,
        batch: 8,
        lr: 0.02,
        dropout: 0.0,
        average: 0.9,
        augment: "flips,gain=0.02,hue=0.01".parse().unwrap(),
        seed: 1,
        ..RecipePreset::Default.recipe("small-test")
    };
    let start = Start {
        architecture: "small-test".to_owned(),
        init: Vec::new(),
        classes: vec!["melanoma".to_owned(), "nevus".to_owned()],
        melanoma_classes: vec!["melanoma".to_owned()],
        framing: None,
        seed: 1,
    };
    train::begin(&job, &start, recipe, &cancel, watch).unwrap();
}

/// Files of a folder under a temporary name.
fn half_written(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.filter(|name| name.starts_with(".flipscope-")).count()
}

/// Steps that the saved state holds; none where there is no state.
fn steps_in_state(out: &Path) -> Option<usize> {
    let file = out.join("state.safetensors");
    let state = file.exists().then(|| Tensors::read(&file).unwrap())?;
    let progress: Value = serde_json::from_str(&state.metadata["training"]).unwrap();
    Some(progress["steps_done"].as_u64().unwrap() as usize)
}

/// Kills a training, and checks that the state holds the steps that were done when it was saved last.
fn kill(data: &Path, out: &Path, point: Point) {
    let before = steps_in_state(out);
    let json = serde_json::to_string(&point).unwrap();
    let [data, folder] = [data, out].map(|path| path.to_str().unwrap());
    let told = kills::killed("killing::child_that_trains", &[data, folder, &json]);
    let steps = |told: &[String]| told.iter().filter(|line| *line == "step").count();
    let saved = told.iter().rposition(|line| line == "saved");
    let kept = saved.map(|last| before.unwrap_or(0) + steps(&told[..last]));
    let kept = kept.or(before);
    let after = steps_in_state(out);
    if matches!(point, Point::Within(_)) && after != kept {
        // The state in flight stands.
        assert_eq!(after, Some(before.unwrap_or(0) + steps(&told)));
    } else {
        assert_eq!(after, kept, "{point:?}");
    }
}

/// The training in `whole` again, killed and resumed.
pub(crate) fn ends_with_the_same_bits_after_kills(folder: &Path) {
    let [data, whole, killed, last] =
        ["data", "whole", "killed", "last"].map(|name| folder.join(name));
    for point in KILLS {
        kill(&data, &killed, point);
    }
    std::fs::create_dir(&last).unwrap();
    for entry in std::fs::read_dir(&killed).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), last.join(entry.file_name())).unwrap();
    }
    let epochs = text(&read(killed.join("curve.csv"))).lines().count() - 1;
    assert!((2..EPOCHS).contains(&epochs), "{epochs} epochs are done");
    succeeds(&train(&data, &killed, &["--resume"]).output().unwrap());
    are_the_same(&whole, &killed);
    // Killed once more when all is done, there is nothing left to do.
    kill(&data, &last, Point::AfterTheLast);
    succeeds(&train(&data, &last, &["--resume"]).output().unwrap());
    are_the_same(&whole, &last);
}

fn are_the_same(whole: &Path, killed: &Path) {
    for file in [
        "best.safetensors",
        "state.safetensors",
        "curve.csv",
        "curve.svg",
        "split.json",
    ] {
        assert!(
            read(whole.join(file)) == read(killed.join(file)),
            "{file} differs"
        );
    }
    let steps = |out: &Path| -> Vec<Value> {
        text(&read(out.join("log.jsonl")))
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["loss"].clone())
            .collect()
    };
    assert_eq!(steps(whole), steps(killed));
}
