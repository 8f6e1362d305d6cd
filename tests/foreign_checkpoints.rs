//! Checkpoints as people save them: the same network in every customary form gives the same P(melanoma), what was assumed is said, and
//! what cannot be read is refused as what it is.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "clippy.toml allows them in tests, but not in what tests call"
)]

mod formula;
mod program;
mod pth;
mod shared;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use flipscope_image::lesion::{self, ColorHandling, Framing};
use flipscope_model::{
    AssumptionKind, Classifier, DeviceChoice, Format, ModelSource, Overrides, convert, convert_over,
};
use formula::{StateDict, values};
use program::{flipscope, text as said};
use pth::{Item, dict, text};

/// The network of three convolutions, whose head has rows that differ.
fn network() -> StateDict {
    let mut all = StateDict::new();
    for (name, c_in, c_out) in [("conv1", 3, 16), ("conv2", 16, 16), ("conv3", 16, 32)] {
        let key = format!("{name}.conv.weight");
        let weights = values(&key, c_out * c_in * 9, -0.3, 0.3);
        all.insert(key, (vec![c_out, c_in, 3, 3], weights));
        for (part, low, high) in [
            ("weight", 0.5, 1.5),
            ("bias", -0.2, 0.2),
            ("running_mean", -0.2, 0.2),
            ("running_var", 0.5, 1.5),
        ] {
            let key = format!("{name}.bn.{part}");
            let one = values(&key, c_out, low, high);
            all.insert(key, (vec![c_out], one));
        }
    }
    all.insert(
        "fc.weight".to_owned(),
        (vec![2, 32], values("fc.weight", 64, -0.5, 0.5)),
    );
    all.insert("fc.bias".to_owned(), (vec![2], vec![0.7, -0.2]));
    all
}

fn item((shape, values): &(Vec<usize>, Vec<f32>)) -> Item {
    Item::Tensor(shape.clone(), values.clone())
}

fn state(tensors: &StateDict, prefix: &str) -> Vec<(Item, Item)> {
    let one = |(name, tensor): (&String, _)| (text(&format!("{prefix}{name}")), item(tensor));
    tensors.iter().map(one).collect()
}

/// The rows of the head in another order.
fn reordered(mut tensors: StateDict, order: &[usize]) -> StateDict {
    for name in ["fc.weight", "fc.bias"] {
        let (shape, values) = tensors[name].clone();
        let width = values.len() / shape[0];
        let rows = order
            .iter()
            .flat_map(|&row| values[row * width..(row + 1) * width].to_vec());
        let rows: Vec<f32> = rows.collect();
        tensors.insert(
            name.to_owned(),
            ([&[order.len()], &shape[1..]].concat(), rows),
        );
    }
    tensors
}

fn renamed(mut tensors: StateDict, from: &str, to: &str) -> StateDict {
    for part in ["weight", "bias"] {
        let one = tensors.remove(&format!("{from}.{part}")).unwrap();
        tensors.insert(format!("{to}.{part}"), one);
    }
    tensors
}

/// One row, whose sigmoid is the first class's softmax.
fn one_logit(mut tensors: StateDict) -> StateDict {
    for name in ["fc.weight", "fc.bias"] {
        let (shape, values) = tensors[name].clone();
        let (first, second) = values.split_at(values.len() / 2);
        let row = first.iter().zip(second).map(|(a, b)| a - b).collect();
        tensors.insert(name.to_owned(), ([&[1], &shape[1..]].concat(), row));
    }
    tensors
}

struct Bench(tempfile::TempDir);

impl Bench {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn load(&self, root: &Item, overrides: &Overrides) -> Result<Classifier, String> {
        let path = self.write("foreign.pth", &pth::file(root));
        Classifier::load_with(&ModelSource::File(path), DeviceChoice::Cpu, overrides)
            .map_err(|error| error.to_string())
    }

    fn p(&self, root: &Item) -> f32 {
        p(&self.load(root, &Overrides::default()).unwrap())
    }
}

fn p(model: &Classifier) -> f32 {
    model.classify(&[formula::frame(1)]).unwrap()[0].p_melanoma
}

fn assumed(model: &Classifier, about: AssumptionKind) -> bool {
    model
        .info()
        .assumptions
        .iter()
        .any(|one| one.about == about)
}

/// P(melanoma) of the network as it is: melanoma first.
fn wanted(bench: &Bench) -> f32 {
    let wanted = bench.p(&Item::Dict(state(&network(), "")));
    assert!(
        (wanted - 0.5).abs() > 0.05,
        "{wanted}: an inversion would not be seen"
    );
    wanted
}

fn close(found: f32, wanted: f32, what: &str) {
    assert!(
        (found - wanted).abs() < 1e-5,
        "{what}: {found} in place of {wanted}"
    );
}

#[test]
fn the_files_own_class_order_is_used_in_every_customary_form() {
    let bench = Bench::new();
    let right = wanted(&bench);
    let swapped = reordered(network(), &[1, 0]);
    let pair = |key: &str, value: Item| (text(key), value);
    let to_idx = |melanoma: &str, nevus: &str| {
        Item::Dict(vec![
            pair(melanoma, Item::Int(1)),
            pair(nevus, Item::Int(0)),
        ])
    };
    let list = |names: &[&str]| Item::List(names.iter().map(|name| text(name)).collect());
    let forms: Vec<(&str, Item)> = vec![
        ("class_to_idx", to_idx("melanoma", "nevus")),
        ("class_to_idx", to_idx("MEL", "NV")),
        ("class_to_idx", to_idx("malignant", "benign")),
        ("class_to_idx", to_idx("Malignant Melanoma", "other")),
        (
            "class_to_idx",
            Item::Dict(vec![
                pair("nevus", Item::NumpyInt(0)),
                pair("melanoma", Item::NumpyInt(1)),
            ]),
        ),
        (
            "idx_to_class",
            Item::Dict(vec![
                (Item::Int(0), text("naevus")),
                (Item::Int(1), text("mel")),
            ]),
        ),
        (
            "id2label",
            dict(vec![("1", text("melanoma")), ("0", text("nevus"))]),
        ),
        ("label2id", to_idx("positive", "negative")),
        ("classes", list(&["nevus", "melanoma"])),
        ("class_names", list(&["non-melanoma", "melanoma"])),
        ("CLASSES", list(&["benign", "malignant"])),
        (
            "labels",
            Item::NumpyTexts(vec!["nevus".to_owned(), "melanoma".to_owned()]),
        ),
        (
            "hyper_parameters",
            dict(vec![("class_names", list(&["nv", "mel"]))]),
        ),
        (
            "config",
            dict(vec![(
                "model_args",
                dict(vec![("classes", list(&["nv", "mel"]))]),
            )]),
        ),
        (
            "args",
            Item::Object(
                "argparse",
                "Namespace",
                vec![
                    pair("lr", Item::Float(1e-3)),
                    pair("classes", list(&["nv", "mel"])),
                ],
            ),
        ),
        (
            "meta",
            dict(vec![
                ("CLASSES", list(&["nevus", "melanoma"])),
                ("epoch", Item::Int(3)),
            ]),
        ),
    ];
    for (key, value) in forms {
        let root = dict(vec![
            ("state_dict", Item::Dict(state(&swapped, ""))),
            (key, value),
            ("labels_seen", Item::None),
        ]);
        let model = bench.load(&root, &Overrides::default()).unwrap();
        close(p(&model), right, key);
        assert!(!assumed(&model, AssumptionKind::ClassOrder), "{key}");
    }
}

/// A list of as many classes as there are outputs, where nothing else names them; it may belong to another checkpoint, and this is said.
#[test]
fn a_class_list_in_a_file_beside_the_checkpoint_is_used_and_said() {
    let bench = Bench::new();
    let right = wanted(&bench);
    let swapped = Item::Dict(state(&reordered(network(), &[1, 0]), ""));
    let load = |root: &Item| bench.load(root, &Overrides::default()).unwrap();
    let said = |model: &Classifier, words: &str| {
        let texts: Vec<&str> = (model.info().assumptions.iter())
            .map(|one| one.text.as_str())
            .collect();
        assert!(
            texts.iter().any(|text| text.contains(words)),
            "{words}: {texts:?}"
        );
    };
    for (name, list) in [
        ("class_indices.json", r#"{"melanoma": 1, "nevus": 0}"#),
        ("classes.txt", "nevus\nmelanoma\n"),
    ] {
        let path = bench.write(name, list.as_bytes());
        let model = load(&swapped);
        close(p(&model), right, name);
        said(&model, &format!("was taken from {name} beside it"));
        // What the file says itself comes first.
        let names = Item::List(vec![text("melanoma"), text("nevus")]);
        let own = Item::Dict(state(&network(), ""));
        let own = dict(vec![("state_dict", own), ("classes", names)]);
        let model = load(&own);
        close(p(&model), right, "the file's own");
        assert!(!assumed(&model, AssumptionKind::ClassOrder));
        std::fs::remove_file(path).unwrap();
    }
    // One of another number of classes is not this network's.
    bench.write("classes.txt", b"nv\nmel\nbkl\n");
    said(&load(&swapped), "Class order assumed");
    // Two that contradict each other: neither.
    bench.write("classes.txt", b"melanoma\nnevus\n");
    bench.write("labels.txt", b"nevus\nmelanoma\n");
    said(&load(&swapped), "neither was used");
}

/// As JSON or as Python prints it.
#[test]
fn the_class_order_of_a_safetensors_header_or_a_sidecar_is_used() {
    let bench = Bench::new();
    let right = wanted(&bench);
    let swapped = reordered(network(), &[1, 0]);
    for (key, value) in [
        ("class_to_idx", r#"{"nevus": 0, "melanoma": 1}"#),
        ("idx_to_class", "{0: 'nevus', 1: 'melanoma'}"),
        ("config", r#"{"id2label": {"0": "nevus", "1": "melanoma"}}"#),
        ("classes", "nevus,melanoma"),
    ] {
        let header = BTreeMap::from([(key.to_owned(), value.to_owned())]);
        let path = bench.write(
            "header.safetensors",
            &formula::safetensors(&swapped, &header),
        );
        let model = Classifier::load(&ModelSource::File(path), DeviceChoice::Cpu).unwrap();
        close(p(&model), right, key);
    }
    let path = bench.write("beside.pth", &pth::file(&Item::Dict(state(&swapped, ""))));
    bench.write(
        "beside.json",
        br#"{"class_to_idx": {"nevus": 0, "melanoma": 1}}"#,
    );
    let model = Classifier::load(&ModelSource::File(path), DeviceChoice::Cpu).unwrap();
    close(p(&model), right, "sidecar");
}

/// `config.json` beside weights as the Hugging Face hub stores them; beside any other file it says nothing.
#[test]
fn the_configuration_beside_the_hubs_weights_is_read() {
    let bench = Bench::new();
    let right = wanted(&bench);
    let swapped = reordered(network(), &[1, 0]);
    let path = bench.write(
        "model.safetensors",
        &formula::safetensors(&swapped, &BTreeMap::new()),
    );
    let load = |path: &PathBuf| {
        Classifier::load(&ModelSource::File(path.clone()), DeviceChoice::Cpu).unwrap()
    };
    for config in [
        r#"{"architectures": ["X"], "id2label": {"0": "nevus", "1": "melanoma"}, "label2id": {"nevus": 0, "melanoma": 1}}"#,
        r#"{"architecture": "inception_v3", "num_classes": 2, "label_names": ["nevus", "melanoma"]}"#,
        r#"{"pretrained_cfg": {"label_names": ["nevus", "melanoma"], "input_size": [3, 299, 299]}}"#,
    ] {
        bench.write("config.json", config.as_bytes());
        let model = load(&path);
        close(p(&model), right, config);
        assert!(!assumed(&model, AssumptionKind::ClassOrder), "{config}");
    }
    bench.write(
        "config.json",
        br#"{"pretrained_cfg": {"mean": [0.1, 0.2, 0.3], "std": [0.4, 0.5, 0.6]}}"#,
    );
    let model = load(&path);
    assert_eq!(model.info().mean, [0.1, 0.2, 0.3]);
    assert_eq!(model.info().std, [0.4, 0.5, 0.6]);
    assert!(assumed(&model, AssumptionKind::ClassOrder));
    // Placeholders, and files of other programs, say nothing.
    for config in [
        r#"{"id2label": {"0": "LABEL_0", "1": "LABEL_1"}}"#,
        "not JSON",
        "[1, 2]",
    ] {
        bench.write("config.json", config.as_bytes());
        let model = load(&path);
        assert!(assumed(&model, AssumptionKind::ClassOrder), "{config}");
    }
    bench.write("config.json", br#"{"label_names": ["nevus", "melanoma"]}"#);
    let other = bench.write(
        "other.safetensors",
        &formula::safetensors(&swapped, &BTreeMap::new()),
    );
    assert!(assumed(&load(&other), AssumptionKind::ClassOrder));
    // The sidecar and the file itself go before it.
    bench.write("model.json", br#"{"classes": ["melanoma", "nevus"]}"#);
    close(p(&load(&path)), 1.0 - right, "sidecar");
}

#[test]
fn seven_classes_in_any_order_and_spelling() {
    let bench = Bench::new();
    let mut seven = network();
    seven.insert(
        "fc.weight".to_owned(),
        (vec![7, 32], values("seven", 224, -0.5, 0.5)),
    );
    seven.insert(
        "fc.bias".to_owned(),
        (vec![7], values("seven.bias", 7, -1.0, 1.0)),
    );
    // akiec, bcc, bkl, df, mel, nv, vasc is what is assumed.
    let model = bench
        .load(&Item::Dict(state(&seven, "")), &Overrides::default())
        .unwrap();
    assert!(assumed(&model, AssumptionKind::ClassOrder));
    let right = p(&model);
    let order = [5, 4, 0, 1, 2, 3, 6];
    let names = [
        "Melanocytic nevi",
        "Melanoma",
        "Actinic keratoses",
        "Basal cell carcinoma",
        "Benign keratosis-like lesions",
        "Dermatofibroma",
        "Vascular lesions",
    ];
    let root = dict(vec![
        ("model", Item::Dict(state(&reordered(seven, &order), ""))),
        (
            "class_names",
            Item::List(names.iter().map(|name| text(name)).collect()),
        ),
    ]);
    close(bench.p(&root), right, "seven");
}

#[test]
fn contradictory_and_ill_sized_lists_are_refused_with_what_they_say_and_the_flag() {
    let bench = Bench::new();
    let right = wanted(&bench);
    let list = |names: &[&str]| Item::List(names.iter().map(|name| text(name)).collect());
    let with = |fields: Vec<(&str, Item)>| {
        let mut all = vec![("state_dict", Item::Dict(state(&network(), "")))];
        all.extend(fields);
        dict(all)
    };
    let contradiction = with(vec![
        ("classes", list(&["melanoma", "nevus"])),
        (
            "args",
            dict(vec![(
                "class_to_idx",
                dict(vec![("nevus", Item::Int(0)), ("melanoma", Item::Int(1))]),
            )]),
        ),
    ]);
    let three = with(vec![("class_names", list(&["a", "b", "mel"]))]);
    let gap = with(vec![(
        "class_to_idx",
        dict(vec![("mel", Item::Int(1)), ("nv", Item::Int(3))]),
    )]);
    let placeholders = with(vec![(
        "id2label",
        dict(vec![("0", text("LABEL_0")), ("1", text("LABEL_1"))]),
    )]);
    for (root, words) in [
        (
            &contradiction,
            ["melanoma, nevus", "nevus, melanoma", "--classes"],
        ),
        (&three, ["a, b, mel", "2 rows", "--classes"]),
        (&gap, ["nv: 3", "class_to_idx", "--classes"]),
        (
            &placeholders,
            ["LABEL_0, LABEL_1", "--classes", "--melanoma-classes"],
        ),
    ] {
        let error = bench.load(root, &Overrides::default()).err().unwrap();
        for word in words {
            assert!(error.contains(word), "no {word:?} in {error}");
        }
        let overrides = Overrides {
            classes: Some(vec!["melanoma".to_owned(), "nevus".to_owned()]),
            ..Overrides::default()
        };
        close(p(&bench.load(root, &overrides).unwrap()), right, words[0]);
    }
}

#[test]
fn prefixes_in_any_order_and_depth_are_stripped_and_what_stands_beside_is_counted() {
    let bench = Bench::new();
    let right = wanted(&bench);
    for prefix in [
        "model.",
        "net.",
        "module.",
        "_orig_mod.",
        "_orig_mod.module.",
        "module._orig_mod.",
        "backbone.",
        "encoder.model.",
        "my.own.wrapper.of.it.",
    ] {
        let mut tensors = state(&network(), prefix);
        tensors.push((text("n_averaged"), Item::Counter(3)));
        tensors.push((
            text("criterion.weight"),
            Item::Tensor(vec![2], vec![1.0, 4.0]),
        ));
        tensors.push((text("val_auc.preds"), Item::Tensor(vec![1], vec![0.5])));
        for root in [
            Item::Dict(tensors.clone()),
            dict(vec![
                ("epoch", Item::Int(3)),
                ("state_dict", Item::Dict(tensors.clone())),
            ]),
        ] {
            let model = bench.load(&root, &Overrides::default()).unwrap();
            close(p(&model), right, prefix);
            assert_eq!(model.info().beside.len(), 3, "{:?}", model.info().beside);
        }
    }
    // What may change the answer is not passed over in silence.
    let mut tensors = state(&network(), "model.");
    tensors.push((text("temperature"), Item::Tensor(vec![1], vec![2.0])));
    let model = bench
        .load(&Item::Dict(tensors), &Overrides::default())
        .unwrap();
    let doubt = model
        .info()
        .assumptions
        .iter()
        .find(|one| one.about == AssumptionKind::ExtraTensors);
    assert!(doubt.unwrap().text.contains("`temperature`"));
    // A layer within the network that is none of its own is refused.
    let mut tensors = state(&network(), "model.");
    tensors.push((text("model.conv4.weight"), Item::Tensor(vec![1], vec![2.0])));
    let error = bench
        .load(&Item::Dict(tensors), &Overrides::default())
        .err()
        .unwrap();
    assert!(error.contains("model.conv4.weight"), "{error}");
}

#[test]
fn a_head_of_one_linear_layer_is_read_wherever_it_is_and_more_are_refused_by_name() {
    let bench = Bench::new();
    let right = wanted(&bench);
    for head in [
        "fc.1",
        "fc.0.linear",
        "classifier",
        "head.fc",
        "last_linear",
    ] {
        let model = bench
            .load(
                &Item::Dict(state(&renamed(network(), "fc", head), "net.")),
                &Overrides::default(),
            )
            .unwrap();
        close(p(&model), right, head);
        assert!(assumed(&model, AssumptionKind::Head), "{head}");
    }
    let mut apart = network();
    let fc = ["fc.weight", "fc.bias"].map(|name| (name, apart.remove(name).unwrap()));
    let mut tensors = state(&apart, "backbone.");
    for (name, tensor) in &fc {
        tensors.push((text(&name.replace("fc", "head.1")), item(tensor)));
    }
    close(bench.p(&Item::Dict(tensors)), right, "beside the body");

    let mut two = renamed(network(), "fc", "fc.3");
    two.insert("fc.0.weight".to_owned(), (vec![32, 32], vec![0.0; 1024]));
    two.insert("fc.0.bias".to_owned(), (vec![32], vec![0.0; 32]));
    let error = bench
        .load(&Item::Dict(state(&two, "")), &Overrides::default())
        .err()
        .unwrap();
    assert!(
        error.contains("the head is fc.0, fc.3") && !error.contains("backbone"),
        "{error}"
    );
    let mut norm = renamed(network(), "fc", "fc.1");
    norm.insert("fc.0.running_mean".to_owned(), (vec![32], vec![0.0; 32]));
    let error = bench
        .load(&Item::Dict(state(&norm, "")), &Overrides::default())
        .err()
        .unwrap();
    assert!(error.contains("fc.0.running_mean"), "{error}");
}

#[test]
fn one_logit_is_read_once_it_is_said_what_it_means() {
    let bench = Bench::new();
    let right = wanted(&bench);
    let tensors = one_logit(network());
    let root = Item::Dict(state(&tensors, ""));
    let error = bench.load(&root, &Overrides::default()).err().unwrap();
    for word in ["one output", "--positive-class", "foreign.json"] {
        assert!(error.contains(word), "{error}");
    }
    let positive = |name: &str| Overrides {
        positive_class: Some(name.to_owned()),
        ..Overrides::default()
    };
    close(
        p(&bench.load(&root, &positive("melanoma")).unwrap()),
        right,
        "melanoma",
    );
    close(
        p(&bench.load(&root, &positive("nevus")).unwrap()),
        1.0 - right,
        "nevus",
    );
    let classes = Overrides {
        classes: Some(vec!["nevus".to_owned(), "melanoma".to_owned()]),
        ..Overrides::default()
    };
    let model = bench.load(&root, &classes).unwrap();
    close(p(&model), right, "--classes");
    assert_eq!(model.info().positive_class.as_deref(), Some("melanoma"));
    // Index 1 is the output.
    for (melanoma, nevus, wanted) in [(1, 0, right), (0, 1, 1.0 - right)] {
        let to_idx = dict(vec![
            ("melanoma", Item::Int(melanoma)),
            ("nevus", Item::Int(nevus)),
        ]);
        let root = dict(vec![("net", root.clone()), ("class_to_idx", to_idx)]);
        close(bench.p(&root), wanted, "class_to_idx");
    }
    let alone = dict(vec![
        ("net", root.clone()),
        ("classes", Item::List(vec![text("melanoma")])),
    ]);
    close(bench.p(&alone), right, "one class");

    // Converted, it has two outputs and says all of itself.
    bench.write("foreign.json", br#"{"positive_class": "melanoma"}"#);
    let from = bench.write("foreign.pth", &pth::file(&root));
    let to = bench.0.path().join("two.safetensors");
    convert(&from, &to, Format::F32).unwrap();
    let model = Classifier::load(&ModelSource::File(to.clone()), DeviceChoice::Cpu).unwrap();
    close(p(&model), right, "converted");
    assert!(
        model.info().assumptions.is_empty(),
        "{:?}",
        model.info().assumptions
    );
    // Nothing is written over that is there, and the source never.
    let before = std::fs::read(&from).unwrap();
    assert!(convert(&from, &to, Format::F16).is_err());
    let over = |to: &Path| {
        convert_over(
            &from,
            to,
            Format::F16,
            &Overrides::default(),
            &BTreeMap::new(),
        )
    };
    over(&to).unwrap();
    let same = bench.0.path().join("./foreign.pth");
    let error = over(&same).unwrap_err().to_string();
    assert!(error.contains("never overwritten"), "{error}");
    assert!(std::fs::read(&from).unwrap() == before);
}

#[test]
fn which_of_several_weights_were_taken_is_said_and_the_others_can_be_asked_for() {
    let bench = Bench::new();
    let right = wanted(&bench);
    let other = reordered(network(), &[1, 0]);
    let take = |key: &str| Overrides {
        weights: Some(key.to_owned()),
        ..Overrides::default()
    };
    let with_ema = |key: &str| {
        dict(vec![
            (key, Item::Dict(state(&other, "module."))),
            ("state_dict", Item::Dict(state(&network(), ""))),
            (
                "optimizer",
                dict(vec![("state", Item::None), ("step", Item::Counter(5))]),
            ),
        ])
    };
    for key in ["state_dict_ema", "model_ema", "ema", "ema_state_dict"] {
        let root = with_ema(key);
        let model = bench.load(&root, &Overrides::default()).unwrap();
        close(p(&model), right, key);
        assert!(assumed(&model, AssumptionKind::Weights), "{key}");
        assert_eq!(model.info().weights.as_deref(), Some("state_dict"));
        let model = bench.load(&root, &take(key)).unwrap();
        close(p(&model), 1.0 - right, key);
        assert!(!assumed(&model, AssumptionKind::Weights));
    }
    let error = bench.load(&with_ema("ema"), &take("best")).err().unwrap();
    assert!(
        error.contains("`state_dict`") && error.contains("`ema`"),
        "{error}"
    );
    // Both in one dictionary, by their prefixes.
    let mut both = state(&network(), "online_model.");
    both.extend(state(&other, "ema_model."));
    let root = Item::Dict(both);
    close(bench.p(&root), right, "online_model");
    close(
        p(&bench.load(&root, &take("ema_model")).unwrap()),
        1.0 - right,
        "ema_model",
    );
}

#[test]
fn what_is_no_tensor_is_passed_over_without_being_run() {
    let bench = Bench::new();
    let right = wanted(&bench);
    let root = dict(vec![
        ("epoch", Item::NumpyInt(7)),
        ("best", Item::NumpyTexts(vec!["auc".to_owned()])),
        (
            "args",
            Item::Object(
                "argparse",
                "Namespace",
                vec![(text("lr"), Item::Float(1e-3))],
            ),
        ),
        (
            "cfg",
            Item::Object(
                "my_training.settings",
                "Settings",
                vec![(text("depth"), Item::Int(3))],
            ),
        ),
        ("state_dict", Item::Dict(state(&network(), ""))),
    ]);
    close(bench.p(&root), right, "objects");
    let hostile = dict(vec![
        ("state_dict", Item::Dict(state(&network(), ""))),
        ("x", Item::Object("os", "system", Vec::new())),
    ]);
    let error = bench.load(&hostile, &Overrides::default()).err().unwrap();
    assert!(
        error.contains("os.system") && error.contains("neither imported nor run"),
        "{error}"
    );
}

#[test]
fn what_is_no_checkpoint_is_named_as_what_it_is() {
    let bench = Bench::new();
    let zip = |name: &str| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(
            name,
            zip::write::SimpleFileOptions::default()
                .compression_method(zip::CompressionMethod::Stored),
        )
        .unwrap();
        zip.finish().unwrap().into_inner()
    };
    let module = Item::Object("torch.nn.modules.container", "Sequential", vec![]);
    let mut resnet = StateDict::new();
    for (layer, depth) in [(1, 3), (2, 4), (3, 6), (4, 3)] {
        for block in 0..depth {
            for conv in ["conv1", "conv2"] {
                resnet.insert(
                    format!("layer{layer}.{block}.{conv}.weight"),
                    (vec![1, 1, 1, 1], vec![0.0]),
                );
            }
        }
    }
    resnet.insert("fc.weight".to_owned(), (vec![2, 1], vec![0.0; 2]));
    let files: Vec<(Vec<u8>, &[&str])> = vec![
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 91\n".to_vec(),
            &["Git LFS pointer", "git lfs pull"],
        ),
        (
            b"\n<!DOCTYPE html>\n<html><body>Sign in</body></html>".to_vec(),
            &["web page", "download"],
        ),
        (b"<HTML><head></head></HTML>".to_vec(), &["web page"]),
        (br#"{"error": "not found"}"#.to_vec(), &["JSON"]),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\0".to_vec(), &["gzip", "unpack"]),
        (
            zip("readme.txt"),
            &["not a PyTorch checkpoint", "`readme.txt`"],
        ),
        (zip("run/model.pth"), &["run/model.pth", "unpack"]),
        (
            pth::file(&module),
            &["whole pickled module", "torch.save(model.state_dict()"],
        ),
        (
            pth::file(&dict(vec![
                ("epoch", Item::Int(1)),
                ("model", module.clone()),
            ])),
            &["whole pickled module"],
        ),
        (
            pth::file(&Item::Dict(state(&resnet, ""))),
            &["ResNet-34", "not supported"],
        ),
        (
            pth::file(&Item::Dict(vec![(
                text("a.weight"),
                Item::Tensor(vec![1], vec![0.0]),
            )])),
            &["`a.weight`", "not the tensors"],
        ),
    ];
    for (bytes, words) in files {
        let path = bench.write("it.pth", &bytes);
        let error = Classifier::load(&ModelSource::File(path), DeviceChoice::Cpu)
            .err()
            .unwrap()
            .to_string();
        for word in words {
            assert!(error.contains(word), "no {word:?} in {error}");
        }
        assert!(
            error.contains("it.pth") && !error.contains("small-test"),
            "{error}"
        );
    }
}

#[test]
fn the_command_line_says_what_was_assumed_and_finds_models_inside_it() {
    let bench = Bench::new();
    let model = bench.write(
        "foreign.pth",
        &pth::file(&Item::Dict(state(&network(), ""))),
    );
    let data = bench.0.path().join("data");
    for (n, class) in ["melanoma", "nevus"].into_iter().enumerate() {
        std::fs::create_dir_all(data.join(class)).unwrap();
        for at in 0..2 {
            let name = data.join(class).join(format!("{class}{at}.png"));
            formula::frame((4 * n + at) as i64).write_png(name).unwrap();
        }
    }
    let of = |path: &Path| path.to_str().unwrap().to_owned();
    let output = flipscope(&[
        "classify",
        &of(&data),
        "--json",
        "--device",
        "cpu",
        "--model",
        &of(&model),
    ]);
    assert!(output.status.success(), "{}", said(&output.stderr));
    let line: serde_json::Value =
        serde_json::from_str(said(&output.stdout).lines().next().unwrap()).unwrap();
    assert_eq!(line["assumptions"][0]["about"], "class-order", "{line}");
    assert!(said(&output.stderr).contains("inverts P(melanoma)"));

    // Into a study's file, its tables and its report.
    let study = bench.0.path().join("a.study");
    let report = bench.0.path().join("report");
    let run = |arguments: &[&str]| {
        let output = flipscope(arguments);
        assert!(output.status.success(), "{}", said(&output.stderr));
    };
    let (study, report) = (of(&study), of(&report));
    let mut new = vec![
        "study",
        "new",
        &study,
        "--device",
        "cpu",
        "--perturb",
        "none",
    ];
    let (data, model) = (of(&data), of(&model));
    new.extend(["--data", &data, "--model", &model]);
    let inside = cfg!(feature = "demo-model");
    if inside {
        new.extend(["--against", "demo-jitter", "--against", "demo"]);
    }
    run(&new);
    run(&["study", "run", &study, "--device", "cpu"]);
    run(&["study", "report", &study, "--out", &report]);
    let page = std::fs::read_to_string(format!("{report}/report.html")).unwrap();
    let first = page.find("<h2>Methods").unwrap();
    assert!(
        page[..first].contains("Class order assumed"),
        "not at the top of the report"
    );
    let facts = std::fs::read_to_string(format!("{report}/tables/study.csv")).unwrap();
    assert!(facts.contains("model_1_assumed") && facts.contains("Class order assumed"));
    if inside {
        assert!(facts.contains("demo model, colour jitter"), "{facts}");
        let info = flipscope(&["model", "info", "demo-jitter", "--json"]);
        assert!(said(&info.stdout).contains("colour jitter"));
    }
}

/// The reference, where it is there, in the forms that need no PyTorch.
#[test]
fn the_reference_gives_its_own_p_in_other_forms() {
    let reference = shared::part("models/inception_v3_isic2017_reference.safetensors");
    let picture = shared::part("cases/pictures/lesion.png");
    let (Some(reference), Some(picture)) = (reference, picture) else {
        return;
    };
    let bytes = std::fs::read(&reference).unwrap();
    let length = u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
    let header: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&bytes[8..8 + length]).unwrap();
    let bench = Bench::new();
    for (prefix, classes) in [
        (
            "net.",
            r#"{"class_to_idx": "{\"melanoma\": 0, \"nevus\": 1}"}"#,
        ),
        (
            "_orig_mod.module.",
            r#"{"idx_to_class": "{\"1\": \"NV\", \"0\": \"MEL\"}"}"#,
        ),
    ] {
        let mut other: serde_json::Map<_, _> = header
            .iter()
            .filter(|(name, _)| *name != "__metadata__")
            .map(|(name, entry)| (format!("{prefix}{name}"), entry.clone()))
            .collect();
        other.insert(
            "__metadata__".to_owned(),
            serde_json::from_str(classes).unwrap(),
        );
        let text = serde_json::to_vec(&other).unwrap();
        let mut file = (text.len() as u64).to_le_bytes().to_vec();
        file.extend(text);
        file.extend(&bytes[8 + length..]);
        let path = bench.write("other.safetensors", &file);
        let model = Classifier::load(&ModelSource::File(path), DeviceChoice::Cpu).unwrap();
        assert!(!assumed(&model, AssumptionKind::ClassOrder));
        let photograph = lesion::open(&picture, ColorHandling::Converted);
        let frame = Framing::Squash.apply(&photograph.unwrap().raster);
        let p = model.classify(&[frame]).unwrap()[0].p_melanoma;
        assert!((p - 0.6218).abs() < 1e-4, "{prefix}: {p}");
    }
}

/// With the weights, further keys.
fn with(tensors: &StateDict, fields: Vec<(&str, Item)>) -> Item {
    let mut all = vec![("state_dict", Item::Dict(state(tensors, "")))];
    all.extend(fields);
    dict(all)
}

#[test]
fn a_set_of_names_is_no_order_and_the_assumption_says_why() {
    let bench = Bench::new();
    let right = wanted(&bench);
    let set = Item::Set(vec![text("nevus"), text("melanoma")]);
    for fields in [
        vec![("classes", set.clone())],
        vec![("hyper_parameters", dict(vec![("class_names", set)]))],
    ] {
        let model = bench
            .load(&with(&network(), fields), &Overrides::default())
            .unwrap();
        close(p(&model), right, "a set");
        let assumptions = &model.info().assumptions;
        let said = assumptions
            .iter()
            .find(|one| one.about == AssumptionKind::ClassOrder)
            .unwrap();
        assert!(
            said.text.contains("Python set") && said.text.contains("no order"),
            "{said}"
        );
    }
}

#[test]
fn every_other_customary_form_of_a_class_list_is_read_and_what_cannot_be_is_refused_with_its_key() {
    let bench = Bench::new();
    let right = wanted(&bench);
    let swapped = reordered(network(), &[1, 0]);
    let names = || vec![text("nevus"), text("melanoma")];
    let pairs = |of: fn(Item, Item) -> Item| {
        let pairs = names().into_iter().zip([0, 1]);
        Item::List(pairs.map(|(name, at)| of(name, Item::Int(at))).collect())
    };
    let values = |nevus: Item, melanoma: Item| dict(vec![("nevus", nevus), ("melanoma", melanoma)]);
    for (key, value) in [
        ("vocab", Item::List(names())),
        ("class_indices", values(Item::Int(0), Item::Int(1))),
        ("label_list", Item::Tuple(names())),
        (
            "int2label",
            Item::Dict(vec![
                (Item::Int(0), text("nevus")),
                (Item::Int(1), text("melanoma")),
            ]),
        ),
        ("class_to_idx", values(Item::Counter(0), Item::Counter(1))),
        ("class_to_idx", values(Item::Bool(false), Item::Bool(true))),
        ("classes", pairs(|name, at| Item::Tuple(vec![name, at]))),
        ("classes", pairs(|name, at| Item::Tuple(vec![at, name]))),
        (
            "categories",
            pairs(|name, at| dict(vec![("id", at), ("name", name)])),
        ),
        (
            "classes",
            values(
                dict(vec![("id", Item::Int(0))]),
                dict(vec![("id", Item::Int(1))]),
            ),
        ),
        (
            "classes",
            Item::List(vec![Item::Bytes(b"nevus"), Item::Bytes(b"melanoma")]),
        ),
        (
            "hyper_parameters",
            dict(vec![("classes", text("nevus melanoma"))]),
        ),
    ] {
        let model = bench
            .load(&with(&swapped, vec![(key, value)]), &Overrides::default())
            .unwrap();
        close(p(&model), right, key);
        assert!(!assumed(&model, AssumptionKind::ClassOrder), "{key}");
    }
    for (key, value) in [
        ("class_to_idx", values(text("a"), text("b"))),
        ("classes", Item::List(vec![text("nevus"), Item::Int(1)])),
        ("args", dict(vec![("class_names", text("classes.txt"))])),
    ] {
        let error = bench
            .load(&with(&swapped, vec![(key, value)]), &Overrides::default())
            .err()
            .unwrap();
        assert!(
            error.contains("class") && error.contains("not a list of names"),
            "{error}"
        );
    }
}

#[test]
fn another_size_of_the_training_is_refused_wherever_it_is_said() {
    let bench = Bench::new();
    let ints = |sides: &[i64]| Item::List(sides.iter().map(|&side| Item::Int(side)).collect());
    let load = |fields| bench.load(&with(&network(), fields), &Overrides::default());
    for fields in [
        vec![("input_size", Item::Int(224))],
        vec![("input_size", ints(&[224, 224]))],
        vec![("input_size", ints(&[3, 224, 224]))],
        vec![("hyper_parameters", dict(vec![("img_size", Item::Int(224))]))],
        vec![(
            "config",
            dict(vec![(
                "data",
                dict(vec![("image_size", ints(&[224, 224]))]),
            )]),
        )],
    ] {
        let error = load(fields).err().unwrap();
        for word in [
            "224",
            "frames are 299",
            "foreign.json",
            "\"input_size\": 299",
        ] {
            assert!(error.contains(word), "no {word:?} in {error}");
        }
    }
    for fields in [
        vec![("input_size", ints(&[3, 299, 299]))],
        vec![("args", dict(vec![("img_size", Item::Int(299))]))],
        vec![("metrics", dict(vec![("img_size", Item::Int(224))]))],
    ] {
        load(fields).unwrap();
    }
    bench.write("foreign.json", br#"{"input_size": 299}"#);
    load(vec![("input_size", Item::Int(224))]).unwrap();
}

#[test]
fn normalisation_among_the_settings_and_beside_the_hubs_weights_is_used() {
    let bench = Bench::new();
    let floats =
        |values: &[f64]| Item::List(values.iter().map(|&value| Item::Float(value)).collect());
    let normal = dict(vec![
        ("mean", floats(&[0.1, 0.2, 0.3])),
        ("std", floats(&[0.4, 0.5, 0.6])),
    ]);
    let root = with(&network(), vec![("hyper_parameters", normal)]);
    let model = bench.load(&root, &Overrides::default()).unwrap();
    assert_eq!(
        (model.info().mean, model.info().std),
        ([0.1, 0.2, 0.3], [0.4, 0.5, 0.6])
    );
    assert!(!assumed(&model, AssumptionKind::Mean) && !assumed(&model, AssumptionKind::Std));

    let swapped = reordered(network(), &[1, 0]);
    let right = wanted(&bench);
    let path = bench.write(
        "model.safetensors",
        &formula::safetensors(&swapped, &BTreeMap::new()),
    );
    let load = || {
        Classifier::load(&ModelSource::File(path.clone()), DeviceChoice::Cpu)
            .map_err(|error| error.to_string())
    };
    // A byte order mark is no fault.
    let named = "\u{feff}{\"id2label\": {\"0\": \"nevus\", \"1\": \"melanoma\"}}";
    bench.write("config.json", named.as_bytes());
    close(p(&load().unwrap()), right, "byte order mark");
    let prepared = r#"{"image_mean": [0.1, 0.2, 0.3], "image_std": [0.4, 0.5, 0.6], "size": {"height": 299, "width": 299}}"#;
    bench.write("preprocessor_config.json", prepared.as_bytes());
    let model = load().unwrap();
    assert_eq!(
        (model.info().mean, model.info().std),
        ([0.1, 0.2, 0.3], [0.4, 0.5, 0.6])
    );
    bench.write(
        "preprocessor_config.json",
        prepared.replace("299", "224").as_bytes(),
    );
    let error = load().err().unwrap();
    assert!(
        error.contains("preprocessor_config.json") && error.contains("224"),
        "{error}"
    );
    std::fs::remove_file(bench.0.path().join("preprocessor_config.json")).unwrap();
    bench.write(
        "config.json",
        br#"{"label_names": ["nevus", "melanoma"], "pretrained_cfg": {"input_size": [3, 224, 224]}}"#,
    );
    let error = load().err().unwrap();
    assert!(
        error.contains("config.json") && error.contains("224"),
        "{error}"
    );
    // What is broken, or says its classes in no order, is named.
    bench.write("config.json", &named.as_bytes()[..named.len() - 3]);
    let model = load().unwrap();
    let said: Vec<&str> = model
        .info()
        .assumptions
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    assert!(
        said.iter()
            .any(|text| text.contains("config.json beside the file cannot be read")),
        "{said:?}"
    );
    bench.write(
        "config.json",
        br#"{"label_descriptions": {"nevus": "Melanocytic nevus", "melanoma": "Melanoma"}}"#,
    );
    let error = load().err().unwrap();
    assert!(error.contains("label_descriptions"), "{error}");
}

#[test]
fn a_sidecar_or_a_flag_that_contradicts_the_files_own_list_is_noted() {
    let bench = Bench::new();
    let right = wanted(&bench);
    let own = dict(vec![("nevus", Item::Int(0)), ("melanoma", Item::Int(1))]);
    let root = with(&network(), vec![("class_to_idx", own)]);
    let classes = |names: [&str; 2]| Overrides {
        classes: Some(names.map(str::to_owned).to_vec()),
        ..Overrides::default()
    };
    let noted = |model: &Classifier, source: &str| {
        let mut all = model.info().assumptions.iter();
        all.any(|one| {
            one.text.contains("class_to_idx")
                && one.text.contains("nevus, melanoma")
                && one.text.contains(source)
                && !one.is_severe()
        })
    };
    let model = bench.load(&root, &classes(["melanoma", "nevus"])).unwrap();
    close(p(&model), right, "--classes");
    assert!(
        noted(&model, "command line"),
        "{:?}",
        model.info().assumptions
    );
    let model = bench.load(&root, &classes(["NV", "MEL"])).unwrap();
    assert!(!noted(&model, "command line"));
    bench.write("foreign.json", br#"{"classes": ["melanoma", "nevus"]}"#);
    let model = bench.load(&root, &Overrides::default()).unwrap();
    close(p(&model), right, "sidecar");
    assert!(noted(&model, "sidecar"), "{:?}", model.info().assumptions);
}

#[test]
fn an_average_without_names_is_said_to_be_in_the_file() {
    let bench = Bench::new();
    let right = wanted(&bench);
    let average = Item::List(network().values().map(item).collect());
    for (key, value, path) in [
        (
            "callbacks",
            dict(vec![("EMA", dict(vec![("ema_weights", average.clone())]))]),
            "`callbacks.EMA.ema_weights`",
        ),
        (
            "ema",
            dict(vec![("shadow_params", average.clone())]),
            "`ema.shadow_params`",
        ),
    ] {
        let model = bench
            .load(&with(&network(), vec![(key, value)]), &Overrides::default())
            .unwrap();
        close(p(&model), right, path);
        let assumptions = &model.info().assumptions;
        let said = assumptions
            .iter()
            .find(|one| one.about == AssumptionKind::Weights)
            .unwrap();
        assert!(
            said.text.contains(path) && said.is_severe() && !said.remedy.is_empty(),
            "{said}"
        );
    }
    let optimiser = dict(vec![("buffers", average)]);
    let model = bench
        .load(
            &with(&network(), vec![("optimizer", optimiser)]),
            &Overrides::default(),
        )
        .unwrap();
    assert!(!assumed(&model, AssumptionKind::Weights));
}
