//! A summary that is cancelled again and again: it continues from where it stopped, and finds what one that was left alone finds.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_lab::explain::summary::{Memory, Remembering, Smallest, SummaryRequest};
use flipscope_lab::explain::{ExplainError, Watch};
use flipscope_lab::search::attack::AttackKind;
use flipscope_lab::search::{Attack, Mode, Preset, Scorer};

use crate::stand_in::{StandIn, lesion, mean, search};

/// More green makes it a nevus, though no one colour alone does so within its range.
fn network() -> StandIn {
    let margin = |pixels: &[[u8; 3]]| {
        let [red, green, blue] = [0, 1, 2].map(|channel| mean(pixels, channel));
        0.08 * (red - green) - 0.05 * (blue - 100.0) - 0.6
    };
    let slopes = |pixels: &[[u8; 3]]| {
        let slope = [0.08, -0.08, -0.05].map(|slope| slope / pixels.len() as f32);
        pixels.iter().flat_map(|_| slope).collect()
    };
    StandIn::smooth(margin, slopes)
}

fn request() -> SummaryRequest {
    SummaryRequest {
        subject: search(
            Attack::preset(AttackKind::Fgsm, Preset::Letter),
            Mode::Smallest,
        )
        .subject,
        frame: lesion(),
        threshold: 0.5,
        seed: 3,
        budget: 60,
    }
}

#[test]
fn a_summary_that_is_cancelled_again_and_again_comes_to_its_end() {
    let alone = network();
    let mut ignored = |_, _| {};
    let whole = request()
        .run(&alone, &mut Watch::new(&Cancel::default(), &mut ignored))
        .unwrap();
    let cost: usize = alone.batches.borrow().iter().sum();

    let network = network();
    let judged = || network.batches.borrow().iter().sum::<usize>();
    let memory = Memory::default();
    let mut known: Vec<Smallest> = Vec::new();
    let mut cancels = 0;
    let found = loop {
        let (cancel, before) = (Cancel::default(), judged());
        // After two batches that the network had to judge: no family is finished by then, except the shortest.
        let mut report = |_, _| {
            if judged() >= before + 16 {
                cancel.request();
            }
        };
        let scorer = Remembering::new(&network, &memory);
        let mut watch = Watch::new(&cancel, &mut report);
        let mut families = known.clone();
        let found = request().run_telling(&scorer, &mut watch, &known, &mut |summary| {
            families.clone_from(&summary.families);
            memory.clear();
        });
        known = families;
        match found {
            Ok(found) => break found,
            Err(ExplainError::Cancelled) => cancels += 1,
            Err(error) => panic!("{error}"),
        }
        assert!(cancels < 100, "it does not end: {} families", known.len());
    };
    assert!(cancels >= 5, "{cancels}");
    assert_eq!(found, whole);
    // The unaltered frame is judged again after each family.
    assert!(judged() <= cost + 9 + cancels, "{} after {cost}", judged());
}

#[test]
fn answers_from_memory_are_those_of_the_network() {
    let network = network();
    let memory = Memory::default();
    let scorer = Remembering::new(&network, &memory);
    let frame = lesion();
    let change = |red: f64| flipscope_image::perturb::Perturbation {
        offset: [red, 0.0, 0.0],
        ..flipscope_image::perturb::Perturbation::default()
    };
    let candidates = |from: u8, to: u8| -> Vec<flipscope_model::Candidate> {
        let offsets = (from..to).map(f64::from);
        let candidate = |red| flipscope_model::Candidate {
            frame: Arc::clone(&frame),
            perturbation: Arc::new(change(red)),
        };
        offsets.map(candidate).collect()
    };
    let score = |scorer: &dyn Scorer, candidates: &[flipscope_model::Candidate]| {
        let mut all = Vec::new();
        let told = &mut |verdicts: &[flipscope_model::Verdict]| {
            all.extend_from_slice(verdicts);
            std::ops::ControlFlow::Continue(())
        };
        scorer.score(candidates, told).unwrap();
        all
    };
    // The middle is known, then both ends are asked for as well.
    score(&scorer, &candidates(10, 15));
    let before = network.batches.borrow().iter().sum::<usize>();
    let all = score(&scorer, &candidates(5, 40));
    assert_eq!(network.batches.borrow().iter().sum::<usize>(), before + 30);
    assert_eq!(all, score(&network, &candidates(5, 40)));
    assert_eq!(all, score(&scorer, &candidates(5, 40)));
    let one = &candidates(7, 8)[0];
    let gradient = scorer.gradient(one, 0).unwrap();
    assert_eq!(scorer.gradient(one, 0).unwrap(), gradient);
    assert_ne!(scorer.gradient(one, 1).unwrap(), gradient);
    memory.clear();
    assert!(memory.is_empty());
}
