//! Loading models, two of them side by side, and unloading them.

use crossbeam_channel::unbounded;

use super::*;

#[test]
fn a_lost_device_is_let_go_before_a_model_is_loaded_onto_it_again() {
    let bench = Bench::new(8);
    assert_eq!(bench.others.recv().unwrap(), 0);
    bench.load();
    assert_eq!(
        bench.others.recv().unwrap(),
        1,
        "the one in use answers meanwhile"
    );
    let lost = bench.ask(0.0625);
    bench.through();
    let error = lost.recv().unwrap().unwrap_err().to_string();
    assert!(error.contains("CUDA_ERROR_LAUNCH_FAILED"), "{error}");
    assert_eq!(bench.load().generation, 3);
    assert_eq!(bench.others.recv().unwrap(), 0);
    let answer = bench.ask(0.5);
    assert_eq!(bench.through(), ("third", vec![0.5]));
    assert_eq!(answer.recv().unwrap().unwrap().verdict.p_melanoma, 0.5);
}

#[test]
fn a_job_ends_with_the_model_that_it_began_with() {
    let bench = Bench::new(8);
    let batches = bench
        .scheduler
        .jobs()
        .start(1, bench.candidates([1.0, 2.0]));
    assert_eq!(bench.call(), ("first", vec![1.0]));
    bench.let_go();
    assert_eq!(bench.call(), ("first", vec![2.0]));
    let (sender, loaded) = unbounded();
    bench.scheduler.load(
        ModelSlot::Primary,
        ModelSource::DEMO,
        DeviceChoice::Auto,
        Box::new(move |result| sender.send(result.unwrap().generation).unwrap()),
    );
    let later = bench.scheduler.jobs().start(1, bench.candidates([3.0]));
    bench.let_go();
    assert_eq!(loaded.recv().unwrap(), 2);
    assert_eq!(
        bench.through(),
        ("first", vec![3.0]),
        "it is kept while a job needs it"
    );
    assert_eq!(rotations(batches.map(Result::unwrap)), [1.0, 2.0]);
    assert_eq!(rotations(later.map(Result::unwrap)), [3.0]);
    let answer = bench.ask(0.5);
    assert_eq!(bench.through(), ("second", vec![0.5]));
    assert_eq!(answer.recv().unwrap().unwrap().provenance.generation, 2);
    let mut gone = bench.scheduler.jobs().start(1, bench.candidates([4.0]));
    assert!(matches!(
        gone.next(),
        Some(Err(ClassifierError::NoSuchModel))
    ));
}

#[test]
fn a_model_beside_the_first_answers_its_own_questions_until_it_is_let_go() {
    let bench = Bench::new(8);
    // No model is there yet: the request is dropped.
    let nobody = bench.ask_of(ModelSlot::Comparison, 0.5);
    let first = bench.ask(0.25);
    assert_eq!(bench.through(), ("first", vec![0.25]));
    assert!(first.recv().unwrap().is_ok());
    assert!(nobody.recv().is_err());

    assert_eq!(bench.load_into(ModelSlot::Comparison).generation, 2);
    let second = bench.ask_of(ModelSlot::Comparison, 0.5);
    assert_eq!(bench.through(), ("second", vec![0.5]));
    assert_eq!(second.recv().unwrap().unwrap().provenance.generation, 2);
    let first = bench.ask(0.75);
    assert_eq!(bench.through(), ("first", vec![0.75]));
    assert_eq!(first.recv().unwrap().unwrap().provenance.generation, 1);

    // Unloaded, its memory is free, and the first continues.
    bench.scheduler.unload(ModelSlot::Comparison);
    let nobody = bench.ask_of(ModelSlot::Comparison, 0.5);
    let first = bench.ask(0.125 + 0.5);
    assert_eq!(bench.through(), ("first", vec![0.625]));
    assert!(first.recv().unwrap().is_ok());
    assert!(nobody.recv().is_err());
    bench.load_into(ModelSlot::Comparison);
    assert_eq!(
        bench.others.try_iter().last(),
        Some(1),
        "only the first was left"
    );
}

#[test]
fn a_copy_in_another_type_is_loaded_once_and_goes_with_its_model() {
    let bench = Bench::new(8);
    let jobs = bench.scheduler.jobs();
    let copy = jobs.copy_in(1, Precision::Bf16).unwrap().unwrap();
    assert_eq!((copy.generation, copy.precision), (2, "bf16"));
    let again = jobs.copy_in(1, Precision::Bf16).unwrap().unwrap();
    assert_eq!(again.generation, 2, "it is there already");
    let scored = jobs.start(copy.generation, bench.candidates([3.0]));
    assert_eq!(bench.through(), ("a copy", vec![3.0]));
    let scored: Vec<Scored> = scored.flat_map(Result::unwrap).collect();
    assert_eq!(scored[0].provenance.precision, "bf16");
    // Interactive requests go to the model itself.
    let answer = bench.ask(0.5);
    assert_eq!(bench.through(), ("first", vec![0.5]));
    assert_eq!(answer.recv().unwrap().unwrap().provenance.precision, "f32");
    let refused = jobs.copy_in(1, Precision::Tf32).unwrap().unwrap_err();
    assert!(
        refused.to_string().contains("the test wants it"),
        "{refused}"
    );

    assert_eq!(bench.load().generation, 3);
    for gone in [1, copy.generation] {
        let mut gone = jobs.start(gone, bench.candidates([4.0]));
        let answer = gone.next();
        assert!(matches!(answer, Some(Err(ClassifierError::NoSuchModel))));
    }
    let gone = jobs.copy_in(1, Precision::Bf16).unwrap();
    assert!(matches!(gone, Err(ClassifierError::NoSuchModel)));
}

#[test]
fn a_copy_on_a_lost_device_is_let_go_with_its_model() {
    let bench = Bench::new(8);
    let jobs = bench.scheduler.jobs();
    let copy = jobs.copy_in(1, Precision::Bf16).unwrap().unwrap();
    let lost = jobs.start(copy.generation, bench.candidates([0.0625]));
    bench.through();
    for answer in lost {
        assert!(matches!(answer, Err(ClassifierError::DeviceLost { .. })));
    }
    bench.others.recv().unwrap();
    bench.load();
    assert_eq!(bench.others.recv().unwrap(), 0);
}
