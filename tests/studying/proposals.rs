//! The candidates of a study's attacks are judged in bf16 where that pays, and nothing else is.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use flipscope_base::cancel::Cancel;
use flipscope_lab::search::{Finding, Preset, Scorer, Strategy};
use flipscope_lab::study::plan::{Job, Model};
use flipscope_lab::study::store::Store;
use flipscope_lab::study::{self, Event, ModelRunner, Proposer, Settings};
use flipscope_model::{Classifier, ClassifierError, DeviceKind, Precision};

use crate::stand_in::{self, StandIn};
use crate::{Fixture, succeeds};

/// A finding, with its job's preset and strategy.
type Found = (Preset, Strategy, Finding);

/// What came of a run: which types were loaded, what was said, and the findings.
type Ran = (Vec<Precision>, Vec<String>, Vec<Found>);

/// Runs a study on a stand-in for a card.
fn run(file: &Path, asked: Option<Precision>, loads: bool) -> Ran {
    let loaded: Rc<RefCell<Vec<Precision>>> = Rc::default();
    let mut said = Vec::new();
    let mut load = |model: &Model| {
        let network = stand_in::load(model)?;
        let (loaded, origin) = (Rc::clone(&loaded), network.origin().unwrap().clone());
        let copy = move |precision| -> Result<Box<dyn Scorer>, ClassifierError> {
            loaded.borrow_mut().push(precision);
            if !loads {
                return Err(ClassifierError::NoSuchModel);
            }
            let copy = Classifier::load_again(&origin, Precision::F32)?;
            Ok(Box::new(StandIn {
                network: copy,
                precision: Some("bf16"),
                wait: Duration::ZERO,
            }))
        };
        let proposer = Proposer::new(DeviceKind::Card, Box::new(copy)).asked(asked);
        Ok(ModelRunner {
            scorer: Box::new(network),
            batch: 16,
            together: 4,
            proposer: Some(proposer),
        })
    };
    let mut tell = |event: Event<'_>| {
        if let Event::WithoutProposals(why) = event {
            said.push(why.to_owned());
        }
    };
    let cancel = Cancel::default();
    study::run(file, &Settings::default(), &mut load, &cancel, &mut tell).unwrap();
    let store = Store::open(file).unwrap();
    let plan = store.plan().unwrap();
    let mut findings = Vec::new();
    for (job, number) in plan.jobs.iter().zip(0..) {
        let Job::Attack(attack) = job else { continue };
        for outcome in store.outcomes(number, 0).unwrap().into_values() {
            if outcome.attacked {
                let finding = Finding::from_json(&outcome.json).unwrap();
                findings.push((attack.attack.which_preset(), attack.followed(), finding));
            }
        }
    }
    (loaded.take(), said, findings)
}

#[test]
fn strategy_auto_proposes_in_bf16_on_a_card_and_the_letter_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let make = |name: &str, preset: &str| {
        let file = folder.path().join(name);
        let attacks = [
            "--attack",
            "colour,fgsm",
            "--preset",
            preset,
            "--budget",
            "6",
            "--sample",
            "12",
        ];
        succeeds(&Fixture::get().study(&file, &attacks));
        file
    };
    let judged_in_bf16 = |file: &Path| {
        let page = super::figures::report(file, &file.with_extension("report"));
        page.contains("searches the candidates were judged in bf16, and again in f32")
    };
    let auto = make("auto.study", "default");
    let (loaded, said, findings) = run(&auto, None, true);
    assert!(judged_in_bf16(&auto));
    assert_eq!(loaded, [Precision::Bf16], "once");
    assert!(said.is_empty() && !findings.is_empty());
    for (preset, strategy, finding) in &findings {
        let has = finding.attack.has_strategies();
        assert!(!has || (*preset, *strategy) == (Preset::Default, Strategy::Auto));
        assert_eq!(finding.precision, "f32");
        assert_eq!(finding.proposal_precision.as_deref(), has.then_some("bf16"));
    }
    assert!(
        findings
            .iter()
            .any(|(_, _, one)| one.attack.has_strategies())
    );

    let letter = make("letter.study", "letter");
    let (loaded, _, findings) = run(&letter, None, true);
    assert!(!judged_in_bf16(&letter));
    assert!(loaded.is_empty());
    let own = |(_, _, one): &Found| one.proposal_precision.is_none();
    assert!(!findings.is_empty() && findings.iter().all(own));

    // Turned off.
    let (loaded, _, findings) = run(&make("off.study", "default"), Some(Precision::F32), true);
    assert!(loaded.is_empty() && findings.iter().all(own));

    // Where it cannot be loaded, that is said once, and the study goes on without.
    let (loaded, said, findings) = run(&make("without.study", "default"), None, false);
    assert_eq!((loaded.len(), said.len()), (1, 1), "{said:?}");
    assert!(!findings.is_empty() && findings.iter().all(own));
}
