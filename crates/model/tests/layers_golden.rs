//! The layers against PyTorch on formula inputs (`golden/make_network_goldens.py`): kernels and padding that differ between
//! the axes, strides, borders.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy.toml allows them in tests, but not in what tests call"
)]

#[path = "../../../tests/formula/mod.rs"]
mod formula;

use candle_core::{Device, Tensor};
use flipscope_nn::candle_backend::{DeviceConv, global_avg_pool};
use flipscope_nn::engine::{Isa, Plan};
use flipscope_nn::{BatchNorm, Conv, ConvSpec, Linear, Node, NormName};
use formula::values;
use serde_json::Value;

fn golden() -> Value {
    let golden: Value =
        serde_json::from_str(include_str!("../../../tests/golden/network.json")).unwrap();
    golden["layers"].clone()
}

fn pair(value: &Value) -> [usize; 2] {
    serde_json::from_value(value.clone()).unwrap()
}

fn tensor(name: &str, shape: &[usize]) -> Tensor {
    let values = values(name, shape.iter().product(), -1.0, 1.0);
    Tensor::from_vec(values, shape, &Device::Cpu).unwrap()
}

fn assert_close(made: &Tensor, wanted: &Value, what: &str) {
    let made = made.flatten_all().unwrap().to_vec1::<f32>().unwrap();
    let wanted: Vec<f32> = serde_json::from_value(wanted.clone()).unwrap();
    assert_eq!(made.len(), wanted.len(), "{what}");
    for (n, (made, wanted)) in made.iter().zip(&wanted).enumerate() {
        assert!(
            (made - wanted).abs() < 1e-5,
            "{what}, value {n}: {made} in place of {wanted}"
        );
    }
}

fn norm(name: &str, channels: usize) -> BatchNorm {
    let part = |part: &str, low, high| values(&format!("{name} {part}"), channels, low, high);
    BatchNorm {
        weight: part("weight", 0.5, 1.5),
        bias: part("bias", -1.0, 1.0),
        mean: part("mean", -1.0, 1.0),
        var: part("var", 0.1, 2.0),
        eps: 1e-3,
    }
}

/// Both forms on a batch `[2, c, rows, columns]`: the processor's in every vector form, and the card's, which Candle runs on
/// the processor too.
fn assert_all_close(tree: &Node<Conv>, x: &Tensor, shape: &[usize], wanted: &Value, what: &str) {
    let (n, channels, rows, columns) = x.dims4().unwrap();
    let on_card = tree
        .try_map(&mut |conv: &Conv| DeviceConv::new(conv, &Device::Cpu))
        .unwrap();
    let y = on_card.forward(x).unwrap();
    assert_eq!(y.dims(), shape, "{what}");
    assert_close(&y, wanted, what);

    let interleaved = x.permute((0, 2, 3, 1)).unwrap();
    let frames = interleaved.flatten_all().unwrap().to_vec1::<f32>().unwrap();
    for isa in Isa::all() {
        let plan = Plan::new(tree.clone(), [channels, rows, columns], isa).unwrap();
        let frames = frames.chunks(frames.len() / n).map(|frame| {
            let shown = plan.activations(frame).unwrap().pop().unwrap();
            assert_eq!(
                [shown.channels, shown.rows, shown.columns],
                shape[1..],
                "{what}"
            );
            let size = (1, shown.rows, shown.columns, shown.channels);
            let y = Tensor::from_vec(shown.values, size, &Device::Cpu).unwrap();
            y.permute((0, 3, 1, 2)).unwrap().contiguous().unwrap()
        });
        let y = Tensor::cat(&frames.collect::<Vec<_>>(), 0).unwrap();
        assert_close(&y, wanted, &format!("{what}, {}", isa.name()));
    }
}

#[test]
fn convolutions_are_those_of_pytorch() {
    let golden = golden();
    let cases = golden["convolutions"].as_array().unwrap();
    assert_eq!(cases.len(), 9);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let spec = ConvSpec {
            name: name.to_owned(),
            norm: NormName::Inside,
            c_in: case["c_in"].as_u64().unwrap() as usize,
            c_out: case["c_out"].as_u64().unwrap() as usize,
            kernel: pair(&case["kernel"]),
            stride: case["stride"].as_u64().unwrap() as usize,
            padding: pair(&case["padding"]),
            relu: true,
        };
        let [rows, columns] = pair(&case["size"]);
        let x = tensor(&format!("{name} x"), &[2, spec.c_in, rows, columns]);
        let count = spec.weight_shape().iter().product();
        let weight = values(&format!("{name} w"), count, -1.0, 1.0);
        let conv = Conv::folded(&spec, weight, &norm(name, spec.c_out)).unwrap();
        let shape: Vec<usize> = serde_json::from_value(case["shape"].clone()).unwrap();
        assert_all_close(&Node::Conv(conv), &x, &shape, &case["y"], name);
    }
}

#[test]
fn poolings_are_those_of_pytorch() {
    for case in golden()["pools"].as_array().unwrap() {
        let [rows, columns] = pair(&case["size"]);
        let x = tensor(&format!("pool {rows} {columns}"), &[2, 3, rows, columns]);
        let what = format!("{rows} × {columns}");
        let mean = format!("mean of {what}");
        assert_all_close(&Node::AvgPool, &x, x.dims(), &case["avg"], &mean);
        let shape: Vec<usize> = serde_json::from_value(case["max_shape"].clone()).unwrap();
        let maximum = format!("maximum of {what}");
        assert_all_close(
            &Node::MaxPool { padding: 0 },
            &x,
            &shape,
            &case["max"],
            &maximum,
        );
        let all = format!("mean over all of {what}");
        assert_close(&global_avg_pool(&x).unwrap(), &case["global"], &all);
    }
}

#[test]
fn inputs_that_do_not_fit_are_refused() {
    let spec = ConvSpec {
        name: "refused".to_owned(),
        norm: NormName::Inside,
        c_in: 2,
        c_out: 1,
        kernel: [3, 3],
        stride: 1,
        padding: [0, 0],
        relu: true,
    };
    let conv = Conv::folded(&spec, vec![1.0; 18], &norm("refused", 1)).unwrap();
    let on_card = DeviceConv::new(&conv, &Device::Cpu).unwrap();
    for shape in [[1, 3, 5, 5], [1, 2, 2, 5], [1, 2, 5, 2]] {
        let x = tensor("x", &shape);
        assert!(on_card.forward(&x).is_err(), "{shape:?}");
    }
    let short = Conv::folded(&spec, vec![1.0; 17], &norm("refused", 1)).unwrap_err();
    assert_eq!(
        short.to_string(),
        "refused takes 18 values and was given 17"
    );
    assert!(Conv::folded(&spec, vec![1.0; 18], &norm("refused", 2)).is_err());
    let pool: Node<DeviceConv> = Node::MaxPool { padding: 0 };
    assert!(pool.forward(&tensor("x", &[1, 1, 2, 9])).is_err());
    assert!(Linear::new(vec![0.0; 5], vec![0.0; 2]).is_err());
}

#[test]
fn branches_stack_their_channels_in_order() {
    let conv = |name: &str| {
        let spec = ConvSpec {
            name: name.to_owned(),
            norm: NormName::Inside,
            c_in: 2,
            c_out: 3,
            kernel: [1, 3],
            stride: 1,
            padding: [0, 1],
            relu: true,
        };
        let conv = Conv::folded(&spec, values(name, 18, -1.0, 1.0), &norm(name, 3)).unwrap();
        DeviceConv::new(&conv, &Device::Cpu).unwrap()
    };
    let (a, b) = (conv("a"), conv("b"));
    let x = tensor("branches", &[2, 2, 5, 4]);
    let node = Node::Branches(vec![
        Node::Conv(a.clone()),
        Node::Chain(vec![Node::AvgPool, Node::Conv(b.clone())]),
    ]);
    let y = node.forward(&x).unwrap();
    assert_eq!(y.dims(), [2, 6, 5, 4]);
    let mean = Node::<DeviceConv>::AvgPool.forward(&x).unwrap();
    for (at, part) in [a.forward(&x).unwrap(), b.forward(&mean).unwrap()]
        .iter()
        .enumerate()
    {
        let stacked = y.narrow(1, 3 * at, 3).unwrap();
        let difference = (stacked - part).unwrap().abs().unwrap().max_all().unwrap();
        assert_eq!(difference.to_scalar::<f32>().unwrap(), 0.0);
    }
}

#[test]
fn residuals_and_padded_maxima_are_alike_in_all_forms() {
    let conv = |name: &str, kernel: usize, relu: bool| {
        let spec = ConvSpec {
            name: name.to_owned(),
            norm: NormName::Separate(format!("{name} norm")),
            c_in: 3,
            c_out: 3,
            kernel: [kernel; 2],
            stride: 1,
            padding: [kernel / 2; 2],
            relu,
        };
        let weight = values(name, 9 * kernel * kernel, -1.0, 1.0);
        Node::Conv(Conv::folded(&spec, weight, &norm(name, 3)).unwrap())
    };
    let pair = || Node::Chain(vec![conv("first", 3, true), conv("second", 1, false)]);
    let identity = Node::Residual {
        main: Box::new(pair()),
        shortcut: None,
    };
    let projected = Node::Residual {
        main: Box::new(pair()),
        shortcut: Some(Box::new(conv("shortcut", 1, false))),
    };
    let x = tensor("residuals", &[2, 3, 7, 6]);
    let on_card = |node: &Node<Conv>| {
        node.try_map(&mut |conv: &Conv| DeviceConv::new(conv, &Device::Cpu))
            .unwrap()
    };
    let made = |node: &Node<Conv>| on_card(node).forward(&x).unwrap();
    let [main, shortcut] = [pair(), conv("shortcut", 1, false)].map(|node| made(&node));
    let below = (&x - 2.0).unwrap();
    // Zeros around this would be its maxima.
    let least = below.pad_with_same(2, 1, 1).unwrap();
    let least = least.pad_with_same(3, 1, 1).unwrap();
    for (node, x, wanted) in [
        (&identity, &x, (&main + &x).unwrap().relu().unwrap()),
        (&projected, &x, (&main + &shortcut).unwrap().relu().unwrap()),
        (
            &Node::MaxPool { padding: 1 },
            &below,
            least.max_pool2d_with_stride(3, 2).unwrap(),
        ),
    ] {
        let shape = wanted.dims().to_vec();
        let wanted = wanted.flatten_all().unwrap().to_vec1::<f32>().unwrap();
        let wanted = serde_json::json!(wanted);
        assert_all_close(node, x, &shape, &wanted, &format!("{shape:?}"));
    }
}

#[test]
fn the_linear_layer_is_its_definition_both_ways() {
    let linear = Linear::new(vec![1.0, 2.0, 3.0, -4.0, 5.0, 6.0], vec![0.5, -0.5]).unwrap();
    assert_eq!(linear.features(), 3);
    assert_eq!(linear.forward(&[1.0, 10.0, 100.0]), [321.5, 645.5]);
    assert_eq!(linear.backward(&[1.0, 10.0]), [-39.0, 52.0, 63.0]);
}
