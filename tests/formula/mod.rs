//! Weights and frames from a formula, the same as in `golden/make_network_goldens.py` and `golden/make_resnet_goldens.py`, and
//! checkpoints made of them.
#![allow(dead_code, reason = "every test binary uses its own part")]

use std::collections::BTreeMap;
use std::sync::OnceLock;

use flipscope_image::lesion::Frame;
use serde_json::json;

/// Name to shape and values.
pub(crate) type StateDict = BTreeMap<String, (Vec<usize>, Vec<f32>)>;

fn fnv(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Value `i` of the tensor with this hash, in 0..1.
fn unit(hash: u64, i: u64) -> f64 {
    let mut z = hash.wrapping_add(i).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    (z >> 40) as f64 / f64::from(1 << 24)
}

/// Values of a tensor from `low` to `high`.
pub(crate) fn values(name: &str, count: usize, low: f64, high: f64) -> Vec<f32> {
    let hash = fnv(name);
    (0..count as u64)
        .map(|i| (low + (high - low) * unit(hash, i)) as f32)
        .collect()
}

/// Names and shapes of torchvision's Inception-v3, from the golden that torchvision's own wrote.
fn shapes() -> &'static Vec<(String, Vec<usize>)> {
    static SHAPES: OnceLock<Vec<(String, Vec<usize>)>> = OnceLock::new();
    SHAPES.get_or_init(|| {
        let golden: serde_json::Value =
            serde_json::from_str(include_str!("../golden/network.json")).unwrap();
        serde_json::from_value(golden["shapes"].clone()).unwrap()
    })
}

/// A state dict of torchvision's Inception-v3 with formula values.
pub(crate) fn state_dict(classes: usize, auxiliary: bool) -> StateDict {
    shapes()
        .iter()
        .filter(|(name, _)| auxiliary || !name.starts_with("AuxLogits"))
        .map(|(name, shape)| {
            let mut shape = shape.clone();
            if name.contains("fc.") {
                shape[0] = classes;
            }
            let count = shape.iter().product();
            let (low, high) = if name.ends_with("conv.weight") {
                let bound = (6.0 / shape[1..].iter().product::<usize>() as f64).sqrt();
                (-bound, bound)
            } else if name.ends_with("bn.weight") || name.ends_with("running_var") {
                (0.5, 1.5)
            } else if name.ends_with("fc.weight") {
                (-0.02, 0.02)
            } else {
                (-0.25, 0.25)
            };
            (name.clone(), (shape, values(name, count, low, high)))
        })
        .collect()
}

/// A state dict of torchvision's network of these names and shapes, with formula values.
pub(crate) fn resnet_state_dict(shapes: &serde_json::Value, classes: usize) -> StateDict {
    let shapes: Vec<(String, Vec<usize>)> = serde_json::from_value(shapes.clone()).unwrap();
    shapes
        .into_iter()
        .map(|(name, mut shape)| {
            if name.starts_with("fc.") {
                shape[0] = classes;
            }
            let (low, high) = if shape.len() == 4 {
                let bound = (6.0 / shape[1..].iter().product::<usize>() as f64).sqrt();
                (-bound, bound)
            } else if name == "fc.weight" {
                (-0.05, 0.05)
            } else if name.ends_with("bn3.weight") {
                (0.02, 0.1)
            } else if name.ends_with("bn3.bias") {
                (-0.1, 0.1)
            } else if name.ends_with("weight") || name.ends_with("running_var") {
                (0.5, 1.5)
            } else {
                (-0.25, 0.25)
            };
            let values = values(&name, shape.iter().product(), low, high);
            (name, (shape, values))
        })
        .collect()
}

/// The bytes of a `.safetensors`, all f32.
pub(crate) fn safetensors(tensors: &StateDict, metadata: &BTreeMap<String, String>) -> Vec<u8> {
    let mut header = serde_json::Map::new();
    if !metadata.is_empty() {
        header.insert("__metadata__".to_owned(), json!(metadata));
    }
    let mut data = Vec::new();
    for (name, (shape, values)) in tensors {
        let start = data.len();
        for value in values {
            data.extend_from_slice(&value.to_le_bytes());
        }
        header.insert(
            name.clone(),
            json!({"dtype": "F32", "shape": shape, "data_offsets": [start, data.len()]}),
        );
    }
    let header = serde_json::Value::Object(header).to_string();
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.as_bytes());
    bytes.append(&mut data);
    bytes
}

/// Frame `n`: two colour gradients with a dark disc and a little noise.
pub(crate) fn frame(n: i64) -> Frame {
    let hash = fnv(&format!("frame {n}"));
    let mut pixels = Vec::with_capacity(Frame::BYTES);
    for y in 0..299_i64 {
        for x in 0..299_i64 {
            let inside = (x - 150 - 20 * n).pow(2) + (y - 140).pow(2) < (60 + 15 * n).pow(2);
            for base in [200 - y / 4, 120 + x / 5, 90 + (x + y) / 8] {
                let noise = (unit(hash, pixels.len() as u64) * 16.0) as i64;
                pixels.push((if inside { base / 2 } else { base } + noise) as u8);
            }
        }
    }
    Frame::from_rgb(pixels).unwrap()
}
