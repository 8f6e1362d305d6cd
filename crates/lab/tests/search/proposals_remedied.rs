//! A network with a remedy that proposes in bf16 while the same network decides in f32: both judge the views of every frame.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::synthetic::{self, Recipe};
use flipscope_image::lesion::{Frame, Framing};
use flipscope_image::perturb::{Perturbation, render};
use flipscope_lab::search::{
    Attack, AttackKind, Direction, Mode, Preset, Scorer, Search, Strategy, TwoStageScorer,
    run_together,
};
use flipscope_model::{
    Candidate, Classifier, DeviceChoice, ModelSource, Overrides, Precision, Remedy,
};

use crate::stand_in::{find, search, timeless};

fn model(remedy: Remedy) -> Classifier {
    let overrides = Overrides {
        remedy,
        ..Overrides::default()
    };
    Classifier::load_with(&ModelSource::DEMO, DeviceChoice::Cpu, &overrides).unwrap()
}

fn p(model: &Classifier, frame: &Frame) -> f32 {
    Scorer::verdict(model, frame).unwrap().p_melanoma
}

#[test]
fn what_is_proposed_and_what_is_decided_is_the_verdict_of_the_views() {
    let remedy: Remedy = "average-4".parse().unwrap();
    let verifier = model(remedy);
    let Ok(proposer) = verifier.load_in(Precision::Bf16) else {
        println!("skipped: this processor has no bf16");
        return;
    };
    assert_eq!(proposer.info().remedy, remedy);
    let two_stage = TwoStageScorer {
        proposer: &proposer,
        verifier: &verifier,
    };
    let drawing = synthetic::draw(&Recipe::between(5, 0.6), 400, 300).unwrap();
    let frame = Arc::new(Framing::Squash.apply(&drawing));
    let plain = p(&model(Remedy::default()), &frame);
    let (proposed, decided) = (p(&proposer, &frame), p(&verifier, &frame));
    assert!(proposed != decided && (proposed - decided).abs() < 0.05);
    assert!(
        (plain - decided).abs() > 2.0 * (proposed - decided).abs(),
        "the views agree: the test shows nothing ({plain}, {proposed}, {decided})"
    );

    // Gradients are those of the deciding network, through its views.
    let candidate = Candidate {
        frame: Arc::clone(&frame),
        perturbation: Arc::new(Perturbation::default()),
    };
    let asked = [(candidate.clone(), 0), (candidate.clone(), 1)];
    let gradients = Scorer::gradients(&two_stage, &asked).unwrap();
    let own = verifier.gradients_towards(&[candidate.clone(), candidate], &[0, 1]);
    assert_eq!(gradients, own.unwrap());

    // Together with another, and alone.
    let attack = Attack::preset(AttackKind::Colour, Preset::Default);
    let question = |threshold: f32| Search {
        frame: Arc::clone(&frame),
        strategy: Strategy::Auto,
        direction: if decided >= threshold {
            Direction::MelanomaToNevus
        } else {
            Direction::NevusToMelanoma
        },
        threshold,
        ..search(attack.clone(), Mode::First)
    };
    let mut questions = [question(decided - 0.02), question(decided + 0.02)];
    for one in &mut questions {
        one.budget.evaluations = Some(16);
    }
    let found = run_together(&two_stage, &questions, &Cancel::default(), &mut |_, _| {});
    for (found, question) in found.into_iter().zip(&questions) {
        let finding = found.unwrap().finding;
        let alone = find(&two_stage, question).unwrap().finding;
        assert_eq!(timeless(&finding), timeless(&alone));
        assert_eq!((finding.remedy, finding.p_before), (remedy, decided));
        let altered = render(&frame, &finding.perturbation);
        assert_eq!(finding.p_after, p(&verifier, &altered));
        assert_eq!(finding.proposal_precision.as_deref(), Some("bf16"));
        assert!(finding.proposal_margin.is_some_and(|margin| margin > 0.0));
        assert!(finding.is_of(verifier.info()));
    }
}
