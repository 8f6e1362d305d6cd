//! The layers against PyTorch on formula inputs (`golden/make_network_goldens.py`): kernels and padding that differ between
//! the axes, strides, borders.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy.toml allows them in tests, but not in what tests call"
)]

mod formula;

use candle_core::{Device, Tensor};
use flipscope::nn::{BatchNorm, Conv, ConvSpec, Linear, Node, avg_pool, global_avg_pool, max_pool};
use formula::values;
use serde_json::Value;

fn golden() -> Value {
    let golden: Value = serde_json::from_str(include_str!("golden/network.json")).unwrap();
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

#[test]
fn convolutions_are_those_of_pytorch() {
    let golden = golden();
    let cases = golden["convolutions"].as_array().unwrap();
    assert_eq!(cases.len(), 9);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let spec = ConvSpec {
            name: name.to_owned(),
            c_in: case["c_in"].as_u64().unwrap() as usize,
            c_out: case["c_out"].as_u64().unwrap() as usize,
            kernel: pair(&case["kernel"]),
            stride: case["stride"].as_u64().unwrap() as usize,
            padding: pair(&case["padding"]),
        };
        let [rows, columns] = pair(&case["size"]);
        let x = tensor(&format!("{name} x"), &[2, spec.c_in, rows, columns]);
        let count = spec.weight_shape().iter().product();
        let weight = values(&format!("{name} w"), count, -1.0, 1.0);
        let conv = Conv::new(&spec, weight, &norm(name, spec.c_out), &Device::Cpu).unwrap();
        let y = conv.forward(&x).unwrap();
        let shape: Vec<usize> = serde_json::from_value(case["shape"].clone()).unwrap();
        assert_eq!(y.dims(), shape, "{name}");
        assert_close(&y, &case["y"], name);
    }
}

#[test]
fn poolings_are_those_of_pytorch() {
    for case in golden()["pools"].as_array().unwrap() {
        let [rows, columns] = pair(&case["size"]);
        let x = tensor(&format!("pool {rows} {columns}"), &[2, 3, rows, columns]);
        let what = format!("{rows} × {columns}");
        let y = avg_pool(&x).unwrap();
        assert_eq!(y.dims(), x.dims());
        assert_close(&y, &case["avg"], &format!("mean of {what}"));
        let y = max_pool(&x).unwrap();
        let shape: Vec<usize> = serde_json::from_value(case["max_shape"].clone()).unwrap();
        assert_eq!(y.dims(), shape);
        assert_close(&y, &case["max"], &format!("maximum of {what}"));
        assert_close(
            &global_avg_pool(&x).unwrap(),
            &case["global"],
            &format!("mean over all of {what}"),
        );
    }
}

#[test]
fn inputs_that_do_not_fit_are_refused() {
    let spec = ConvSpec {
        name: "refused".to_owned(),
        c_in: 2,
        c_out: 1,
        kernel: [3, 3],
        stride: 1,
        padding: [0, 0],
    };
    let conv = Conv::new(&spec, vec![1.0; 18], &norm("refused", 1), &Device::Cpu).unwrap();
    for shape in [[1, 3, 5, 5], [1, 2, 2, 5], [1, 2, 5, 2]] {
        assert!(conv.forward(&tensor("x", &shape)).is_err(), "{shape:?}");
    }
    assert!(Conv::new(&spec, vec![1.0; 17], &norm("refused", 1), &Device::Cpu).is_err());
    assert!(max_pool(&tensor("x", &[1, 1, 2, 9])).is_err());
    assert!(Linear::new(vec![0.0; 5], vec![0.0; 2], &Device::Cpu).is_err());
}

#[test]
fn branches_stack_their_channels_in_order() {
    let conv = |name: &str| {
        let spec = ConvSpec {
            name: name.to_owned(),
            c_in: 2,
            c_out: 3,
            kernel: [1, 3],
            stride: 1,
            padding: [0, 1],
        };
        Conv::new(
            &spec,
            values(name, 18, -1.0, 1.0),
            &norm(name, 3),
            &Device::Cpu,
        )
        .unwrap()
    };
    let (a, b) = (conv("a"), conv("b"));
    let x = tensor("branches", &[2, 2, 5, 4]);
    let node = Node::Branches(vec![
        Node::Conv(a.clone()),
        Node::Chain(vec![Node::AvgPool, Node::Conv(b.clone())]),
    ]);
    let y = node.forward(&x).unwrap();
    assert_eq!(y.dims(), [2, 6, 5, 4]);
    let parts = [
        a.forward(&x).unwrap(),
        b.forward(&avg_pool(&x).unwrap()).unwrap(),
    ];
    for (n, part) in parts.iter().enumerate() {
        let made = y.narrow(1, 3 * n, 3).unwrap();
        assert_eq!(
            made.flatten_all().unwrap().to_vec1::<f32>().unwrap(),
            part.flatten_all().unwrap().to_vec1::<f32>().unwrap()
        );
    }
}
