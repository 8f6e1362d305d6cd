//! `flipscope train`, run as a person would, on synthetic lesions with the network of three convolutions: it learns, goes on
//! after a kill to the same weights, and what it learned can be attacked.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "training/killing.rs"]
mod killing;
mod kills;
mod lesions;
mod program;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use flipscope_model::Tensors;
use lesions::lesions;
use program::{command, flipscope, text};
use serde_json::Value;

fn succeeds(output: &Output) -> &str {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// A training of the small network; `more` replaces and adds flags.
fn train(data: &Path, out: &Path, more: &[&str]) -> Command {
    let fixed = [
        "train",
        "--data",
        data.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--device",
        "cpu",
    ];
    command(&[&fixed[..], more].concat())
}

const SMALL: [&str; 8] = [
    "--arch",
    "small-test",
    "--init",
    "none",
    "--batch",
    "8",
    "--dropout",
    "0",
];

/// The best checkpoint of a training.
fn best(out: &Path) -> String {
    out.join("best.safetensors").to_str().unwrap().to_owned()
}

/// Empty where there is no such file.
fn read(file: impl AsRef<Path>) -> Vec<u8> {
    std::fs::read(file).unwrap_or_default()
}

#[test]
fn it_learns_goes_on_after_kills_to_the_same_weights_and_can_be_attacked() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 48);
    std::fs::write(data.join("nevus/damaged.jpg"), b"no picture").unwrap();
    let recipe = [
        &SMALL[..],
        &[
            "--epochs",
            "6",
            "--lr",
            "0.02",
            "--average",
            "0.9",
            "--augment",
            "flips,gain=0.02,hue=0.01",
        ],
    ]
    .concat();

    let whole = folder.path().join("whole");
    let output = train(&data, &whole, &recipe).output().unwrap();
    // The damaged file is named and counted, and the rest goes on.
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(
        text(&output.stderr).contains("damaged"),
        "{}",
        text(&output.stderr)
    );
    let best = whole.join("best.safetensors");
    let info = flipscope(&["model", "info", "--json", best.to_str().unwrap()]);
    let info: Value = serde_json::from_str(succeeds(&info)).unwrap();
    let metadata = |key: &str| -> Value {
        serde_json::from_str(info["metadata"][key].as_str().unwrap()).unwrap()
    };
    let auc = metadata("validation")["auc"].as_f64().unwrap();
    assert!(auc > 0.9, "validation AUC {auc}");
    assert_eq!(metadata("recipe")["batch"], 8);
    assert_eq!(metadata("data")["training"].as_u64(), Some(68));
    assert_eq!(info["assumptions"], serde_json::json!([]));
    assert_eq!(text(&read(whole.join("curve.csv"))).lines().count(), 7);
    assert!(text(&read(whole.join("curve.svg"))).contains("AUC"));

    killing::ends_with_the_same_bits_after_kills(folder.path());
    has_nothing_left_to_do(folder.path());
    refuses_another_training(folder.path(), &recipe);
    can_be_attacked(folder.path());
}

/// Gone on with when it is over, it stays as it is.
fn has_nothing_left_to_do(folder: &Path) {
    let (data, whole) = (folder.join("data"), folder.join("whole"));
    let before =
        ["best.safetensors", "state.safetensors", "curve.csv"].map(|name| read(whole.join(name)));
    // The damaged file is still there.
    let output = train(&data, &whole, &["--resume"]).output().unwrap();
    assert!(
        !text(&output.stderr).contains("another version"),
        "{}",
        text(&output.stderr)
    );
    let after =
        ["best.safetensors", "state.safetensors", "curve.csv"].map(|name| read(whole.join(name)));
    assert!(before == after);
    // A bit of the best checkpoint flips: it is not taken for the one that was trained.
    let best = whole.join("best.safetensors");
    let mut damaged = before[0].clone();
    let at = damaged.len() - 5;
    damaged[at] ^= 1;
    std::fs::write(&best, damaged).unwrap();
    let output = train(&data, &whole, &["--resume"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.contains("best.safetensors") && said.contains("damaged, or not the best"),
        "{said}"
    );
    std::fs::write(&best, &before[0]).unwrap();
}

/// Neither over another training, nor with other photographs.
fn refuses_another_training(folder: &Path, recipe: &[&str]) {
    let (data, whole, other) = (
        folder.join("data"),
        folder.join("whole"),
        folder.join("other"),
    );
    let again = train(&data, &whole, recipe).output().unwrap();
    assert_eq!(again.status.code(), Some(1));
    assert!(
        text(&again.stderr).contains("--resume"),
        "{}",
        text(&again.stderr)
    );
    lesions(&other, 30);
    let others = train(&other, &whole, &["--resume"]).output().unwrap();
    assert_eq!(others.status.code(), Some(1), "{}", text(&others.stderr));
    assert!(
        text(&others.stderr).contains("does not match the data set"),
        "{}",
        text(&others.stderr)
    );
}

/// Attacked on melanomas that it was trained on, and trained with what was found.
fn can_be_attacked(folder: &Path) {
    let (data, best) = (folder.join("data"), folder.join("whole/best.safetensors"));
    let findings = folder.join("findings");
    let melanomas: Vec<PathBuf> = std::fs::read_dir(data.join("melanoma"))
        .unwrap()
        .take(2)
        .map(|entry| entry.unwrap().path())
        .collect();
    let mut attack = vec![
        "attack",
        "fgsm",
        "--json",
        "--model",
        best.to_str().unwrap(),
    ];
    attack.extend(["--out", findings.to_str().unwrap()]);
    attack.extend(melanomas.iter().map(|path| path.to_str().unwrap()));
    let output = flipscope(&attack);
    let lines: Vec<Value> = succeeds(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let after = lines[0]["p_after"].as_f64().unwrap();
    let before = lines[0]["p_before"].as_f64().unwrap();
    assert!(after < before, "{before} to {after}");

    std::fs::remove_file(data.join("nevus/damaged.jpg")).unwrap();
    let hardened = folder.join("hardened");
    let short = [
        &SMALL[..],
        &["--epochs", "1", "--adversarial", findings.to_str().unwrap()],
    ]
    .concat();
    let output = train(&data, &hardened, &short).output().unwrap();
    succeeds(&output);
    assert!(
        text(&output.stderr).contains("mixed in"),
        "{}",
        text(&output.stderr)
    );
}

/// What the header of the best checkpoint of a training says.
fn header(out: &Path) -> Value {
    let info = flipscope(&["model", "info", "--json", &best(out)]);
    let mut info: Value = serde_json::from_str(succeeds(&info)).unwrap();
    for key in ["recipe", "validation", "operating_point", "data"] {
        let text = info["metadata"][key].as_str().unwrap();
        info[key] = serde_json::from_str(text).unwrap();
    }
    info
}

#[test]
fn a_preset_fills_in_what_is_not_said_and_the_checkpoint_says_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 20);
    let trained = |name: &str, more: &[&str]| {
        let out = folder.path().join(name);
        let fixed = ["--arch", "small-test", "--init", "none", "--epochs", "1"];
        let output = train(&data, &out, &[&fixed[..], more].concat()).output();
        let said = succeeds(&output.unwrap()).to_owned();
        (header(&out), said)
    };
    let (plain, said) = trained("plain", &["--preset", "letter"]);
    assert!(
        said.contains("operating point: P(melanoma)") && said.contains("wanted: 0.9"),
        "{said}"
    );
    let recipe = &plain["recipe"];
    for (key, value) in [
        ("preset", "letter".into()),
        ("epochs", 1.into()),
        ("batch", 8.into()),
        ("lr", 1e-3.into()),
        ("balance", false.into()),
        ("smoothing", 0.0.into()),
        ("average", 0.0.into()),
        ("reading", "raw".into()),
        ("sensitivity", 0.9.into()),
    ] {
        let value: Value = value;
        assert_eq!(recipe[key], value, "{key}");
    }
    let optimiser = serde_json::json!({"name": "sgd", "momentum": 0.9, "weight_decay": 0.0});
    assert_eq!(recipe["optimiser"], optimiser);
    let augment = serde_json::json!({
        "flips": true, "crop": 0.08, "rotate": 180.0, "shift": 0.0, "gain": 0.0, "offset": 0.0, "hue": 0.0, "worst_of": 0,
        "sampling": "nearest", "fill": "black",
    });
    assert_eq!(recipe["augment"], augment);
    assert_eq!(plain["framing"], "crop");

    let replaced = [
        "--preset",
        "letter-jitter",
        "--batch",
        "4",
        "--framing",
        "squash",
        "--raw-values",
        "false",
        "--sensitivity",
        "0.6",
    ];
    let (jitter, said) = trained("jitter", &replaced);
    let recipe = &jitter["recipe"];
    assert_eq!(recipe["preset"], "letter-jitter");
    assert_eq!(recipe["augment"]["hue"], 0.4);
    assert_eq!((&recipe["batch"], &recipe["lr"]), (&4.into(), &1e-3.into()));
    assert_eq!(recipe["reading"], "converted");
    assert_eq!(jitter["framing"], "squash");
    let point = &jitter["operating_point"];
    assert_eq!(point["wanted"], 0.6);
    let share = point["true_positives"].as_f64().unwrap() / point["melanomas"].as_f64().unwrap();
    assert!(share >= 0.6, "{point}");
    // Beside the threshold, which stays.
    assert_eq!(jitter["threshold"], 0.5);
    assert_eq!(
        jitter["validation"].get("operating_point"),
        None,
        "said once"
    );
    // What is printed is what --threshold takes, to the last digit: rounded up, it would miss a melanoma.
    let printed = said.split("P(melanoma) ").nth(1).unwrap();
    let printed: f32 = printed.split(' ').next().unwrap().parse().unwrap();
    let chosen = point["threshold"].as_f64().unwrap();
    assert_eq!(f64::from(printed), chosen, "{said}");
}

/// The table's own split drawn anew, and the operating point of the training as a study of that split chooses it.
#[test]
fn a_second_split_has_the_sizes_of_the_first_and_a_study_of_it_the_trainings_operating_point() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 16);
    let mut table = vec!["image_id,diagnosis,split".to_owned()];
    for class in ["nevus", "melanoma"] {
        let mut names: Vec<String> = std::fs::read_dir(data.join(class))
            .unwrap()
            .map(|entry| {
                entry
                    .unwrap()
                    .path()
                    .file_stem()
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned()
            })
            .collect();
        names.sort();
        for (at, name) in names.iter().enumerate() {
            let part = ["train", "train", "val", "test"][at % 4];
            table.push(format!("{name},{class},{part}"));
        }
    }
    let labels = data.join("labels.csv");
    std::fs::write(&labels, table.join("\n")).unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let short = [&SMALL[..], &["--epochs", "1"]].concat();
    succeeds(&train(&labels, &first, &short).output().unwrap());
    let anew = [&short[..], &["--resplit", "2"]].concat();
    succeeds(&train(&labels, &second, &anew).output().unwrap());
    let [of_first, of_second] = [&first, &second]
        .map(|out| -> Value { serde_json::from_str(text(&read(out.join("split.json")))).unwrap() });
    assert_eq!(of_first["origin"], serde_json::json!({"by": "table"}));
    assert_eq!(
        of_second["origin"],
        serde_json::json!({"by": "redraw", "seed": 2})
    );
    assert_ne!(of_first["data_hash"], of_second["data_hash"]);
    for part in ["train", "validation", "test"] {
        let count = |split: &Value, label: &str| {
            let members = split["parts"][part].as_array().unwrap().iter();
            members.filter(|member| member["label"] == label).count()
        };
        for label in ["melanoma", "nevus"] {
            assert_eq!(
                count(&of_first, label),
                count(&of_second, label),
                "{part} {label}"
            );
        }
    }
    // Another split than the one in the folder is refused, before anything else is.
    let other = [&short[..], &["--resplit", "3"]].concat();
    let refused = train(&labels, &second, &other).output().unwrap();
    assert!(
        text(&refused.stderr).contains("not the split that --resplit 3 draws"),
        "{}",
        text(&refused.stderr)
    );

    let study = folder.path().join("second.study");
    let (tables, split) = (folder.path().join("tables"), second.join("split.json"));
    let [study, tables, labels, split] =
        [&study, &tables, &labels, &split].map(|path| path.to_str().unwrap());
    let model = best(&second);
    let new = [
        "study",
        "new",
        study,
        "--data",
        labels,
        "--split",
        split,
        "--model",
        &model,
        "--perturb",
        "none",
        "--sensitivity",
        "0.9",
        "--device",
        "cpu",
    ];
    succeeds(&flipscope(&new));
    succeeds(&flipscope(&["study", "run", study, "--device", "cpu"]));
    succeeds(&flipscope(&["study", "export", study, "--out", tables]));
    let rows = read(Path::new(tables).join("evaluation.csv"));
    let mut reader = csv::Reader::from_reader(&rows[..]);
    let header_row = reader.headers().unwrap().clone();
    let at = |name: &str| header_row.iter().position(|column| column == name).unwrap();
    let row = reader
        .records()
        .map(Result::unwrap)
        .find(|row| &row[at("threshold")] == "sensitivity 0.9")
        .unwrap();
    let chosen: f32 = row[at("p_melanoma_at_least")].parse().unwrap();
    let recorded = header(&second)["operating_point"]["threshold"]
        .as_f64()
        .unwrap();
    assert_eq!(chosen, recorded as f32);
}

/// From random weights, with all but the last layer frozen: what is left trains, and the checkpoint is judged as any other.
#[test]
fn a_resnet_is_trained() {
    let folder = tempfile::tempdir().unwrap();
    let (data, out) = (folder.path().join("data"), folder.path().join("out"));
    lesions(&data, 6);
    let recipe = [
        "--arch",
        "resnet50",
        "--init",
        "none",
        "--preset",
        "letter",
        "--epochs",
        "1",
        "--freeze",
        "layer3",
        "--auxiliary",
        "0.4",
    ];
    let output = train(&data, &out, &recipe).output().unwrap();
    succeeds(&output);
    let said = text(&output.stderr);
    assert!(said.contains("resnet50 has no auxiliary head"), "{said}");
    let header = header(&out);
    assert_eq!(header["architecture"], "resnet50");
    assert_eq!(header["recipe"]["auxiliary"], 0.0);
    assert_eq!(header["recipe"]["dropout"], 0.0);
    assert_eq!(header["assumptions"], serde_json::json!([]));
}

/// As a training goes on from a model that lacks the auxiliary head: it is there, and its loss is left out.
#[test]
fn inception_is_trained_without_its_auxiliary_loss() {
    let folder = tempfile::tempdir().unwrap();
    let (data, out) = (folder.path().join("data"), folder.path().join("out"));
    lesions(&data, 6);
    let recipe = [
        "--init",
        "none",
        "--epochs",
        "1",
        "--auxiliary",
        "0",
        "--freeze",
        "Mixed_6d",
    ];
    succeeds(&train(&data, &out, &recipe).output().unwrap());
    assert_eq!(header(&out)["recipe"]["auxiliary"], 0.0);
}

#[test]
fn every_augmentation_and_adamw_train_the_same_whatever_the_threads() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 20);
    for (pose, name) in [("rotate=90,shift=20", "drawn"), ("worst-pose=2", "worst")] {
        let augment = format!(
            "flips,crop=0.5,{pose},gain=0.1,offset=10,hue=0.1,fill=reflect,sampling=bilinear"
        );
        let recipe = [
            &SMALL[..],
            &[
                "--epochs",
                "2",
                "--optimizer",
                "adamw",
                "--schedule",
                "cosine",
                "--warmup",
                "0.5",
                "--smoothing",
                "0.1",
                "--patience",
                "5",
                "--balance",
                "--augment",
                &augment,
            ],
        ]
        .concat();
        let outs = ["1", "2"].map(|threads| {
            let out = folder.path().join(format!("{name}{threads}"));
            let mut command = train(&data, &out, &recipe);
            command.env("RAYON_NUM_THREADS", threads);
            let output = command.output().unwrap();
            succeeds(&output);
            // The default preset asks for nothing that the network does not have.
            let said = text(&output.stderr);
            assert!(!said.contains("auxiliary"), "{said}");
            read(out.join("state.safetensors"))
        });
        assert!(
            outs[0] == outs[1],
            "{pose}: the same recipe gives other weights"
        );
    }
}

#[test]
fn what_is_frozen_stays_to_the_last_bit_and_the_rest_learns() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 20);
    let states = ["1", "2"].map(|epochs| {
        let out = folder.path().join(epochs);
        let more = [
            "--epochs",
            epochs,
            "--freeze",
            "maxpool1",
            "--augment",
            "none",
        ];
        succeeds(
            &train(&data, &out, &[&SMALL[..], &more].concat())
                .output()
                .unwrap(),
        );
        Tensors::read(&out.join("state.safetensors"))
            .unwrap()
            .tensors
    });
    let own = states[0].iter().filter(|(name, _)| !name.contains('/'));
    let same = own.filter(|(name, values)| states[1][*name].values == values.values);
    let same: Vec<&str> = same.map(|(name, _)| name.as_str()).collect();
    let frozen = [
        "bn.bias",
        "bn.running_mean",
        "bn.running_var",
        "bn.weight",
        "conv.weight",
    ];
    assert_eq!(same, frozen.map(|part| format!("conv1.{part}")));
}

#[test]
fn a_loss_that_is_not_finite_ends_it_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 20);
    let out = folder.path().join("out");
    let recipe = [
        &SMALL[..],
        &["--epochs", "3", "--lr", "1e30", "--augment", "none"],
    ]
    .concat();
    let output = train(&data, &out, &recipe).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.contains("at step") && said.contains("lower --lr"),
        "{said}"
    );
}

#[test]
fn flags_that_mean_nothing_are_refused_before_anything_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 10);
    let out = folder.path().join("out");
    for (flags, part, status) in [
        (["--batch", "1"], "--batch is 1", 2),
        (["--lr", "0"], "--lr is 0", 2),
        (["--dropout", "1"], "--dropout is 1", 2),
        (["--sensitivity", "0"], "--sensitivity is 0", 2),
        (["--step-every", "3"], "belong to --schedule step", 2),
        (
            ["--augment", "shift=20,worst-pose=2"],
            "shift=20 means nothing with worst-pose=2",
            2,
        ),
        (["--augment", "shift=1.5"], "a whole number of pixels", 2),
        (["--preset", "custom"], "default, letter, letter-jitter", 2),
        (["--arch", "vgg"], "there is no architecture", 2),
        // Which blocks there are depends on the network.
        (
            ["--freeze", "stem"],
            "no such block; its blocks are Conv2d_1a_3x3, ",
            1,
        ),
    ] {
        let recipe: Vec<&str> = ["--init", "none"].into_iter().chain(flags).collect();
        let output = train(&data, &out, &recipe).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{flags:?}");
        assert!(
            text(&output.stderr).contains(part),
            "{}",
            text(&output.stderr)
        );
    }
    let anew = folder.path().join("anew");
    for (flags, part, status) in [
        (
            &["--optimizer", "adamw", "--momentum", "0.5"][..],
            "--momentum belongs to --optimizer sgd",
            2,
        ),
        // Nothing to divide anew: a folder per class has no split of its own.
        (&["--resplit", "2"], "has none: leave it out", 1),
        (
            &["--resplit", "2", "--split", "split.json"],
            "cannot be used with",
            2,
        ),
    ] {
        let recipe = [&["--init", "none"], flags].concat();
        let output = train(&data, &anew, &recipe).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{flags:?}");
        assert!(
            text(&output.stderr).contains(part),
            "{}",
            text(&output.stderr)
        );
    }
    let output = train(&data, &out, &["--resume"]).output().unwrap();
    assert!(text(&output.stderr).contains("no training to resume"));
    keeps_its_recipe(&data, &out, &["--lr", "1"]);
}

/// A resumed training keeps its recipe: no flag can change it.
fn keeps_its_recipe(data: &Path, out: &Path, flags: &[&str]) {
    let resumed = [&["--resume"], flags].concat();
    let output = train(data, out, &resumed).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{flags:?}");
}

/// In bf16 everything that is kept is f32, the recipe says bf16, and the processor says that it only emulates it; it goes on in bf16.
#[test]
fn it_trains_in_bf16_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (data, out) = (folder.path().join("data"), folder.path().join("out"));
    lesions(&data, 24);
    let recipe = [
        &SMALL[..],
        &["--epochs", "1", "--lr", "0.02", "--precision", "bf16"],
    ]
    .concat();
    let output = train(&data, &out, &recipe).output().unwrap();
    succeeds(&output);
    let said = text(&output.stderr);
    assert!(
        said.contains("the processor emulates training in bf16"),
        "{said}"
    );
    let info = flipscope(&["model", "info", "--json", &best(&out)]);
    let info: Value = serde_json::from_str(succeeds(&info)).unwrap();
    let trained: Value =
        serde_json::from_str(info["metadata"]["recipe"].as_str().unwrap()).unwrap();
    assert_eq!(trained["precision"], "bf16");
    let log = read(out.join("log.jsonl"));
    let first: Value = serde_json::from_str(text(&log).lines().next().unwrap()).unwrap();
    assert_eq!(first["precision"], "bf16");
    // What is saved is not rounded to bf16.
    let tensors = Tensors::read(Path::new(&best(&out))).unwrap().tensors;
    let weights = tensors
        .iter()
        .filter(|(name, _)| name.ends_with("conv.weight"));
    let mut digits = weights.flat_map(|(_, values)| &values.values);
    assert!(digits.any(|value| value.to_bits() & 0xffff != 0));

    keeps_its_recipe(&data, &out, &["--precision", "f32"]);
    let output = train(&data, &out, &["--resume"]).output().unwrap();
    succeeds(&output);
    assert!(text(&output.stderr).contains("emulates training in bf16"));
    // What a network is judged in is more than what one is trained in.
    for precision in ["tf32", "half"] {
        let flags = ["--init", "none", "--precision", precision];
        let refused = train(&data, folder.path(), &flags).output().unwrap();
        assert_eq!(refused.status.code(), Some(2));
        let said = text(&refused.stderr);
        assert!(said.contains("f32 or bf16"), "{said}");
        assert!(!said.contains("write f32, tf32"), "{said}");
    }
}

#[test]
fn the_mean_of_two_models_is_judged_and_kept_without_training() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    lesions(&data, 20);
    let [a, b] = ["1", "2"].map(|seed| {
        let out = folder.path().join(seed);
        let more = ["--epochs", "1", "--seed", seed, "--lr", "0.01"];
        let output = train(&data, &out, &[&SMALL[..], &more].concat()).output();
        succeeds(&output.unwrap());
        out
    });
    let split = a.join("split.json");
    let mean = |name: &str, models: &[&str]| {
        let out = folder.path().join(name);
        let mut flags = vec!["--arch", "small-test", "--epochs", "0"];
        flags.extend(["--split", split.to_str().unwrap()]);
        flags.extend(models.iter().flat_map(|model| ["--init", *model]));
        (train(&data, &out, &flags).output().unwrap(), out)
    };
    let files = [best(&a), best(&b)];
    let (output, out) = mean("mean", &[&files[0], &files[1]]);
    assert!(succeeds(&output).contains("as it starts"));
    assert!(succeeds(&output).contains("operating point: P(melanoma)"));
    let header = header(&out);
    assert_eq!(header["metadata"]["epoch"], "0");
    let from = header["metadata"]["init"].as_str().unwrap();
    assert!(from.starts_with("mean of 2: best.safetensors, sha256 "));
    assert!(header["validation"]["auc"].as_f64().is_some());
    let averaged = header["metadata"]["averaged"].as_str().unwrap();
    let averaged: Value = serde_json::from_str(averaged).unwrap();
    for (part, seed) in [(&averaged[0], 1), (&averaged[1], 2)] {
        assert_eq!(part["recipe"]["seed"], seed);
        assert_eq!(part["epoch"], 1);
        assert!(from.contains(part["sha256"].as_str().unwrap()));
    }

    let [one, other, both] =
        [&files[0], &files[1], &best(&out)].map(|file| Tensors::read(Path::new(file)).unwrap());
    assert_eq!(
        both.tensors.keys().collect::<Vec<_>>(),
        one.tensors.keys().collect::<Vec<_>>()
    );
    for (name, mean) in &both.tensors {
        let pairs = one.tensors[name]
            .values
            .iter()
            .zip(&other.tensors[name].values);
        let expected = pairs.map(|(&a, &b)| f64::midpoint(a.into(), b.into()) as f32);
        assert_eq!(mean.values, expected.collect::<Vec<_>>(), "{name}");
    }

    // Its operating point can be named as the threshold.
    let picture = std::fs::read_dir(data.join("nevus")).unwrap().next();
    let picture = picture.unwrap().unwrap().path();
    let at_point = |model: &str| {
        let point = ["--threshold", "operating-point", "--json"];
        let of = ["classify", picture.to_str().unwrap(), "--model", model];
        flipscope(&[&of[..], &point].concat())
    };
    let said: Value = serde_json::from_str(succeeds(&at_point(&best(&out)))).unwrap();
    let wanted = header["operating_point"]["threshold"].as_f64().unwrap();
    assert_eq!(said["threshold"].as_f64().unwrap() as f32, wanted as f32);

    let before = read(out.join("best.safetensors"));
    succeeds(&train(&data, &out, &["--resume"]).output().unwrap());
    assert!(before == read(out.join("best.safetensors")));

    let changed = |name: &str, change: &dyn Fn(&mut Tensors)| {
        let mut tensors = Tensors::read(Path::new(&files[1])).unwrap();
        change(&mut tensors);
        let file = folder.path().join(format!("{name}.safetensors"));
        tensors.write(&file).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let headless = changed("headless", &|one| {
        one.tensors.retain(|name, _| !name.starts_with("fc."));
    });
    let cropped = changed("cropped", &|one| {
        one.metadata.insert("framing".to_owned(), "crop".to_owned());
    });
    let swapped = changed("swapped", &|one| {
        let classes = r#"["nevus", "melanoma"]"#.to_owned();
        one.metadata.insert("classes".to_owned(), classes);
    });
    for (model, words) in [
        (headless, "has no head"),
        (cropped, "its framing is not that of"),
        (swapped, "its classes are nevus, melanoma"),
    ] {
        let (output, _) = mean("refused", &[&files[0], &model]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(words) && said.contains(&model), "{said}");
    }
    let pointless = changed("pointless", &|one| {
        one.metadata.remove("operating_point");
    });
    let output = at_point(&pointless);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("does not say an operating point"));
    let (output, _) = mean("refused", &["none", &files[0]]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("leave it out"));
}
