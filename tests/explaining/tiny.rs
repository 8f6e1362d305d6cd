//! The network of three convolutions with weights from a seed, and a lesion that it is near its threshold for.

use std::collections::BTreeMap;

use flipscope_base::random::KeyedRng;
use flipscope_image::lesion::Raster;
use flipscope_image::lesion::synthetic::{self, Recipe};
use flipscope_model::{Tensors, Values};

/// Mean of the normalisation, of 255: whole numbers, so that a picture can have the mean colour.
pub(crate) const MEAN_BYTES: [u8; 3] = [128, 112, 96];
/// The bias of the logits.
pub(crate) const BIAS: [f32; 2] = [0.05, -0.05];

pub(crate) fn lesion() -> Raster {
    synthetic::draw(&Recipe::melanoma(5), 160, 120).unwrap()
}

pub(crate) fn checkpoint(seed: u64) -> Tensors {
    let mut tensors = BTreeMap::new();
    let mut layer = 0;
    let mut normal = |count: usize, deviation: f64| -> Vec<f32> {
        layer += 1;
        let mut rng = KeyedRng::new([seed, layer, 0, 0]);
        // A sum of twelve is close to normal.
        let mut one = || (0..12).map(|_| rng.uniform()).sum::<f64>() - 6.0;
        (0..count).map(|_| (one() * deviation) as f32).collect()
    };
    let mut put = |name: String, shape: &[usize], values: Vec<f32>| {
        let shape = shape.to_vec();
        tensors.insert(name, Values { shape, values });
    };
    for (name, c_in, c_out) in [("conv1", 3, 16), ("conv2", 16, 16), ("conv3", 16, 32)] {
        let fan = (c_in * 9) as f64;
        put(
            format!("{name}.conv.weight"),
            &[c_out, c_in, 3, 3],
            normal(c_out * c_in * 9, (2.0 / fan).sqrt()),
        );
        for (part, value) in [("weight", 1.0), ("running_var", 1.0), ("running_mean", 0.0)] {
            put(format!("{name}.bn.{part}"), &[c_out], vec![value; c_out]);
        }
        put(format!("{name}.bn.bias"), &[c_out], normal(c_out, 0.1));
    }
    put("fc.weight".to_owned(), &[2, 32], normal(64, 0.25));
    put("fc.bias".to_owned(), &[2], BIAS.to_vec());
    let metadata = [
        ("architecture", "small-test".to_owned()),
        ("classes", r#"["melanoma", "nevus"]"#.to_owned()),
        ("melanoma_classes", r#"["melanoma"]"#.to_owned()),
        (
            "mean",
            format!("{:?}", MEAN_BYTES.map(|byte| f64::from(byte) / 255.0)),
        ),
        ("std", "[0.25, 0.25, 0.25]".to_owned()),
        ("transform_input", "true".to_owned()),
        ("framing", "squash".to_owned()),
        ("threshold", "0.5".to_owned()),
    ];
    Tensors {
        metadata: metadata.map(|(key, value)| (key.to_owned(), value)).into(),
        tensors,
    }
}
