//! The readers against files that PyTorch wrote (`tests/golden/make_network_goldens.py`).

use std::borrow::Cow;
use std::path::Path;

use super::formats::stored::Dtype;
use super::parsed::Checkpoint;

macro_rules! golden {
    ($name:literal) => {
        include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/golden/",
            $name
        ))
    };
}

fn parse(bytes: &'static [u8]) -> Result<Checkpoint, String> {
    Checkpoint::parse(Path::new("some/file.pth"), Cow::Borrowed(bytes))
        .map_err(|error| error.to_string())
}

fn refused(bytes: &'static [u8], words: &[&str]) {
    let error = parse(bytes).err().expect("it should be refused");
    for word in ["some/file.pth"].iter().chain(words) {
        assert!(error.contains(word), "no {word:?} in {error:?}");
    }
}

fn is_the_state_dict(checkpoint: &Checkpoint) {
    let names: Vec<&str> = checkpoint.tensors.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "brain",
            "double",
            "half",
            "head",
            "num_batches_tracked",
            "tail",
            "turned",
            "weight"
        ]
    );
    let values = |name: &str| {
        checkpoint
            .values(name, &checkpoint.tensors[name].shape)
            .unwrap()
    };
    assert_eq!(checkpoint.tensors["weight"].shape, [2, 3]);
    assert_eq!(values("weight").len(), 6);
    assert!(
        values("weight")
            .iter()
            .all(|value| value.abs() <= 1.0 && *value != 0.0)
    );
    assert_eq!(checkpoint.tensors["half"].dtype, Dtype::F16);
    // Transposed: [[0, 1, 2], [3, 4, 5]].
    assert_eq!(checkpoint.tensors["turned"].shape, [3, 2]);
    assert_eq!(values("turned"), [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]);
    // Two in one storage.
    assert_eq!(values("head"), [0.0, 1.0, 2.0, 3.0]);
    assert_eq!(values("tail"), [4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
    assert_eq!(values("double"), [0.1, -2.5]);
    assert_eq!(values("brain"), [1.5, -3.0]);
    let error = checkpoint.values("num_batches_tracked", &[]).unwrap_err();
    assert!(
        error.contains("int64") && error.contains("`num_batches_tracked`"),
        "{error}"
    );
}

#[test]
fn state_dicts_are_read() {
    is_the_state_dict(&parse(golden!("tiny_state_dict.pth")).unwrap());
    let ordered = parse(golden!("tiny_ordered.pth")).unwrap();
    assert_eq!(ordered.tensors["fc.weight"].shape, [2, 3]);
    assert_eq!(ordered.values("fc.bias", &[2]).unwrap().len(), 2);
}

#[test]
fn a_nested_state_dict_and_the_prefix_of_data_parallel_are_seen_through() {
    is_the_state_dict(&parse(golden!("tiny_nested.pth")).unwrap());
}

#[test]
fn what_holds_no_state_dict_is_refused_with_the_remedy() {
    refused(
        golden!("tiny_module.pth"),
        &[
            "pickled module",
            "torch.nn.modules.linear.Linear",
            "torch.save(model.state_dict()",
        ],
    );
    refused(
        golden!("tiny_legacy.pth"),
        &["before PyTorch 1.6", "re-save"],
    );
    refused(
        golden!("tiny_script.pth"),
        &["TorchScript", "torch.save(model.state_dict()"],
    );
    refused(
        golden!("tiny_nothing.pth"),
        &[
            "no tensors",
            "`epoch`, `metrics`",
            "torch.save(model.state_dict()",
        ],
    );
}

#[test]
fn other_formats_are_told_by_their_first_bytes() {
    refused(b"", &["empty"]);
    refused(
        b"\x89HDF\r\n\x1a\n................",
        &["HDF5", "safetensors"],
    );
    refused(b"PK\x03\x04 and no more of it", &["zip", "again"]);
    refused(b"GIF89a............", &["neither", ".pth"]);
    refused(b"\x10\0\0\0\0\0\0\0{\"a\":1}", &["16 bytes", "cut off"]);
    refused(b"\x02\0\0\0\0\0\0\0{}", &["no tensors"]);
    // A header of 0x280 bytes looks like the start of a pickle.
    refused(b"\x80\x02\0\0\0\0\0\0{", &["640 bytes", "cut off"]);
    refused(b"\x80\x02}q\0.", &["bare pickle"]);
}

/// The bytes of a `.safetensors` with these tensors: name, type, shape, bytes.
fn safetensors(tensors: &[(&str, &str, &[usize], &[u8])]) -> Vec<u8> {
    let mut header = serde_json::Map::new();
    let mut data = Vec::new();
    for (name, dtype, shape, bytes) in tensors {
        let start = data.len();
        data.extend_from_slice(bytes);
        let entry = serde_json::json!({"dtype": dtype, "shape": shape, "data_offsets": [start, data.len()]});
        header.insert((*name).to_owned(), entry);
    }
    let header = serde_json::Value::Object(header).to_string();
    [
        &(header.len() as u64).to_le_bytes(),
        header.as_bytes(),
        &data,
    ]
    .concat()
}

#[test]
fn weights_in_codes_are_put_together() {
    let parse = |tensors: &[(&str, &str, &[usize], &[u8])]| {
        Checkpoint::parse(
            Path::new("codes.safetensors"),
            Cow::Owned(safetensors(tensors)),
        )
        .unwrap()
    };
    let scales = [0.5_f32.to_le_bytes(), 2.0_f32.to_le_bytes()].concat();
    // One byte a code, one scale a channel.
    let plain = parse(&[
        ("w", "I8", &[2, 2], &[1, 0xff, 127, 0x81]),
        ("w_scale", "F32", &[2], &scales),
    ]);
    assert_eq!(
        plain.values("w", &[2, 2]).unwrap(),
        [0.5, -0.5, 254.0, -254.0]
    );
    // Three bits per code, 0 for −3: twice −3, 3, 0, 1, which is 000, 110, 011, 100 from the lowest bit up.
    let packed = [0xf0, 0x08, 0x8f];
    let tensors: [(&str, &str, &[usize], &[u8]); 3] = [
        ("w_codes", "U8", &[3], &packed),
        ("w_scale", "F32", &[2], &scales),
        ("w_block", "U8", &[2, 1], &[255, 51]),
    ];
    let values = parse(&tensors).values("w", &[2, 4]).unwrap();
    for (made, wanted) in values
        .iter()
        .zip([-1.5, 1.5, 0.0, 0.5, -1.2, 1.2, 0.0, 0.4])
    {
        assert!((made - wanted).abs() < 1e-6, "{values:?}");
    }
    // Parts that do not fit or are missing.
    for (shape, word) in [([2, 7], "w_codes"), ([4, 2], "w_scale")] {
        let error = parse(&tensors).values("w", &shape).unwrap_err();
        assert!(error.contains(word), "{error}");
    }
    let error = parse(&tensors[..1]).values("w", &[2, 4]).unwrap_err();
    assert!(error.contains("`w_scale` is missing"), "{error}");
}
