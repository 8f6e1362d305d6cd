//! What a reader study is made from, made as a person would: synthetic lesions, a network of three convolutions, findings of it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::lesions::lesions;

/// Labelled lesions, a model, and findings of it, in a folder.
pub(crate) struct Material {
    folder: PathBuf,
}

impl Material {
    /// Makes it, with so many lesions of each class.
    pub(crate) fn new(folder: &Path, each: u64) -> Self {
        let material = Self {
            folder: folder.to_owned(),
        };
        let training = material.at("training");
        let (data, model, findings) = (material.data(), material.model(), material.findings());
        lesions(&data, each);
        let recipe = "--device cpu --arch small-test --init none --batch 8 --dropout 0 --epochs 2 --lr 0.02 --augment none --seed 1";
        let mut train = vec!["train", "--data", arg(&data), "--out", arg(&training)];
        train.extend(recipe.split(' '));
        succeeds(&run(&train));
        std::fs::copy(training.join("best.safetensors"), &model).expect("a copy");
        for (class, direction) in [
            ("melanoma", "melanoma-to-nevus"),
            ("nevus", "nevus-to-melanoma"),
        ] {
            let photographs = data.join(class);
            let mut attack = vec!["attack", "fgsm", arg(&photographs), "--out", arg(&findings)];
            attack.extend(["--epsilon", "24", "--direction", direction]);
            attack.extend(["--model", arg(&model), "--device", "cpu"]);
            succeeds(&run(&attack));
        }
        material
    }

    /// A file or folder of it.
    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The labelled lesions: a folder per class.
    pub(crate) fn data(&self) -> PathBuf {
        self.at("data")
    }

    /// The model.
    pub(crate) fn model(&self) -> PathBuf {
        self.at("model.safetensors")
    }

    /// The folder of findings.
    pub(crate) fn findings(&self) -> PathBuf {
        self.at("findings")
    }

    /// Asks for a reader study of all of it in `file`, with what `flags` say.
    pub(crate) fn study(&self, file: &Path, flags: &[&str]) -> Output {
        let (data, model, findings) = (self.data(), self.model(), self.findings());
        let mut new = vec!["reader", "new", arg(file), arg(&findings)];
        new.extend(["--data", arg(&data), "--model", arg(&model)]);
        new.extend(["--device", "cpu"]);
        new.extend(flags);
        run(&new)
    }
}

fn arg(path: &Path) -> &str {
    path.to_str().expect("a path in Unicode")
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flipscope"))
        .args(arguments)
        .output()
        .expect("the program")
}

/// Fails with what a program said that failed.
pub(crate) fn succeeds(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
