//! What a search spends its time on, with the demo model on the processor: a generation of its population, and the judge.

#![allow(clippy::unwrap_used, reason = "benches, like tests, may panic")]

use std::ops::ControlFlow;
use std::sync::Arc;

use divan::Bencher;
use divan::counter::ItemsCount;
use flipscope_base::random::Seeded;
use flipscope_image::lesion::{Frame, Framing, synthetic};
use flipscope_image::perturb::Perturbation;
use flipscope_lab::search::attack::Pose;
use flipscope_lab::search::evolution::DifferentialEvolution;
use flipscope_lab::search::{Scorer, judge};
use flipscope_model::{Candidate, Classifier, DeviceChoice, ModelSource};

fn main() {
    divan::main();
}

fn demo_model() -> Classifier {
    Classifier::load(&ModelSource::DEMO, DeviceChoice::Cpu).unwrap()
}

fn frame() -> Frame {
    let recipe = synthetic::Recipe::melanoma(5);
    let raster = synthetic::draw(&recipe, 400, 300).unwrap();
    Framing::Squash.apply(&raster)
}

/// What genes of the pose attack do to a frame.
fn posed(genes: &[f64]) -> Perturbation {
    let [rotate, x, y]: [f64; 3] = genes.try_into().unwrap();
    Perturbation {
        rotate,
        shift: [x, y],
        ..Perturbation::default()
    }
}

/// The population of the pose attack after its start, whose energies are those of a valley.
fn population() -> DifferentialEvolution {
    let pose = Pose::default();
    let bounds = pose.bounds();
    let mut population =
        DifferentialEvolution::new(pose.evolution, bounds, Seeded::new(1)).unwrap();
    let start = population.ask();
    population.tell(&valley(&start)).unwrap();
    population
}

fn valley(members: &[Vec<f64>]) -> Vec<f64> {
    let energy = |genes: &Vec<f64>| genes.iter().map(|gene| gene * gene).sum();
    members.iter().map(energy).collect()
}

/// A generation without the network: trials are drawn, and the better ones stay.
#[divan::bench]
fn evolution(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(population).bench_values(|mut next| {
        let trials = next.ask();
        next.tell(&valley(&trials)).unwrap();
        next
    });
}

/// A generation: trials are drawn, rendered and judged, and the better ones stay. An item is a frame.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn generation(bencher: Bencher<'_, '_>) {
    let classifier = demo_model();
    let frame = Arc::new(frame());
    let members = population().ask().len();
    bencher
        .counter(ItemsCount::new(members))
        .with_inputs(population)
        .bench_values(|mut next| {
            let candidates: Vec<Candidate> = next
                .ask()
                .iter()
                .map(|genes| Candidate {
                    frame: Arc::clone(&frame),
                    perturbation: Arc::new(posed(genes)),
                })
                .collect();
            let mut energies = Vec::with_capacity(members);
            Scorer::score(&classifier, &candidates, &mut |verdicts| {
                energies.extend(verdicts.iter().map(|one| f64::from(one.p_melanoma)));
                ControlFlow::Continue(())
            })
            .unwrap();
            next.tell(&energies).unwrap();
            next
        });
}

/// The judge: rendered, through a PNG, and alone through the network.
#[divan::bench(name = "judge", sample_count = 20, sample_size = 1)]
fn judged(bencher: Bencher<'_, '_>) {
    let classifier = demo_model();
    let (frame, perturbation) = (frame(), posed(&[33.0, 12.5, -7.25]));
    bencher.bench(|| judge(&classifier, divan::black_box(&frame), &perturbation).unwrap());
}
