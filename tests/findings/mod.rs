//! A reader study of synthetic lesions and of findings on the network of three convolutions, made as a person would.

use std::path::Path;
use std::process::Command;

use crate::lesions::lesions;

/// Makes a reader study in `file`, with what `flags` say; its material goes into `folder`.
pub(crate) fn study(folder: &Path, file: &Path, flags: &[&str]) {
    let at = |name: &str| {
        let path = folder.join(name);
        path.to_str().expect("a path").to_owned()
    };
    lesions(Path::new(&at("data")), 12);
    let (data, training, findings) = (at("data"), at("training"), at("findings"));
    let recipe = "--device cpu --arch small-test --init none --batch 8 --dropout 0 --epochs 2 --lr 0.02 --augment none --seed 1";
    let mut train = vec!["train", "--data", &data, "--out", &training];
    train.extend(recipe.split(' '));
    succeeds(&train);
    let model = format!("{training}/best.safetensors");
    for (class, direction) in [
        ("melanoma", "melanoma-to-nevus"),
        ("nevus", "nevus-to-melanoma"),
    ] {
        let photographs = format!("{data}/{class}");
        let mut attack = vec!["attack", "fgsm", &photographs, "--out", &findings];
        attack.extend(["--epsilon", "24", "--direction", direction]);
        attack.extend(["--model", &model, "--device", "cpu"]);
        succeeds(&attack);
    }
    let mut new = vec!["reader", "new", file.to_str().expect("a path"), &findings];
    new.extend([
        "--data", &data, "--model", &model, "--device", "cpu", "--gap", "1",
    ]);
    new.extend(flags);
    succeeds(&new);
}

fn succeeds(arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_flipscope"))
        .args(arguments)
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
}
