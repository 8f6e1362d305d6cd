//! Explanations of a network whose answers are known.

use std::sync::Arc;

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Frame;
use flipscope_lab::explain::check::{compare, curves, importance};
use flipscope_lab::explain::occlusion::Occlusion;
use flipscope_lab::explain::saliency::{Integrated, SmoothGrad, gradient_times_input};
use flipscope_lab::explain::{ExplainError, ProbedNetwork as _, Quantity, Watch};
use flipscope_model::Change;

use crate::case::probe;
use crate::linear::Linear;

/// A network that looks at the middle of the frame only, and a frame that is bright there.
fn spot() -> (Linear, Arc<Frame>) {
    let inside = |at: usize| {
        let (row, column) = (at / 3 / 299, at / 3 % 299);
        (120..180).contains(&row) && (120..180).contains(&column)
    };
    let weights = (0..Frame::BYTES).map(|at| if inside(at) { 4e-4 } else { 0.0 });
    let pixels = (0..Frame::BYTES).map(|at| if inside(at) { 255 } else { 60 });
    let frame = Frame::from_rgb(pixels.collect()).unwrap();
    (Linear::new(weights.collect()), Arc::new(frame))
}

fn quantities(network: &Linear, frame: &Arc<Frame>) -> (Quantity, Quantity) {
    let probed = network.answer(&probe(frame, Change::Nothing));
    (
        Quantity::probability(network.info(), None).unwrap(),
        Quantity::logit(network.info(), None, &probed).unwrap(),
    )
}

#[test]
fn of_a_linear_network_every_attribution_is_known() {
    let (network, frame) = spot();
    let (_, logit) = quantities(&network, &frame);
    let (cancel, mut ignore) = (Cancel::default(), |_, _| {});
    let mut watch = Watch::new(&cancel, &mut ignore);
    let x = network.normalised(&frame);
    let close = |made: &[f32], wanted: &dyn Fn(usize) -> f32| {
        made.iter()
            .enumerate()
            .all(|(at, value)| (value - wanted(at)).abs() < 1e-9)
    };
    let product = |at: usize| x[at] * network.weights[at];
    let simple = gradient_times_input(&network, &frame, &logit, &mut watch).unwrap();
    assert!(close(&simple.values, &product));
    let integrated = Integrated::default();
    let integrated = integrated
        .attributions(&network, &frame, &logit, &mut watch)
        .unwrap();
    assert!(close(&integrated.values, &product), "in 50 steps");
    let few = SmoothGrad {
        samples: 3,
        ..SmoothGrad::default()
    };
    let smooth = few
        .attributions(&network, &frame, &logit, &mut watch)
        .unwrap();
    assert!(close(&smooth.values, &|at| network.weights[at]));
}

#[test]
fn a_true_map_beats_random_orders_and_a_map_of_the_picture_survives_random_weights() {
    let (network, frame) = spot();
    let (p, logit) = quantities(&network, &frame);
    let (cancel, mut ignore) = (Cancel::default(), |_, _| {});
    let mut watch = Watch::new(&cancel, &mut ignore);
    let maps = [
        Occlusion::default()
            .map(&network, &frame, &p, &mut watch)
            .unwrap(),
        gradient_times_input(&network, &frame, &logit, &mut watch)
            .unwrap()
            .map(),
    ];
    for map in &maps {
        let order = importance(map);
        let good = curves(&network, &frame, &[0], &order, (16, 1), &mut watch).unwrap();
        assert!(good.beats_random(), "{}", good.sentence());
        let backwards: Vec<f32> = order.iter().map(|value| -value).collect();
        let bad = curves(&network, &frame, &[0], &backwards, (16, 1), &mut watch).unwrap();
        assert!(!bad.beats_random() && bad.sentence().contains("NOT better"));
    }
    // A network that has learned nothing, and a "map" that shows the picture whatever the network.
    let mut weights = network.weights.clone();
    flipscope_base::random::KeyedRng::new([1, 0, 0, 0]).shuffle(&mut weights);
    let random = Linear::new(weights);
    let of_random = gradient_times_input(&random, &frame, &logit, &mut watch)
        .unwrap()
        .map();
    let compared = compare(&maps[1], &of_random);
    assert!(!compared.survives, "{}", compared.sentence());
    let mut picture = of_random.clone();
    picture.values = network
        .normalised(&frame)
        .chunks(3)
        .map(|rgb| rgb[0])
        .collect();
    let compared = compare(&picture, &picture);
    assert!(compared.survives && compared.sentence().contains("SURVIVES"));
}

#[test]
fn a_cancel_is_seen_after_one_batch() {
    let (network, frame) = spot();
    let (p, logit) = quantities(&network, &frame);
    let cancel = Cancel::default();
    let mut stop = |done: usize, of: usize| {
        assert!(done <= of);
        if done > 0 {
            cancel.request();
        }
    };
    let mut watch = Watch::new(&cancel, &mut stop);
    let made = Occlusion::default().map(&network, &frame, &p, &mut watch);
    assert!(matches!(made, Err(ExplainError::Cancelled)));
    assert_eq!(network.judged.get(), 8);
    let made = Integrated::default().attributions(&network, &frame, &logit, &mut watch);
    assert!(matches!(made, Err(ExplainError::Cancelled)));
    // Not even the two ends.
    assert_eq!(network.judged.get(), 8);
}
