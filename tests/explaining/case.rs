//! A lesion and a tiny network in a folder, and `flipscope explain` run on them.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;

use flipscope_image::lesion::{self, ColorHandling, Frame, Framing};
use flipscope_model::{Change, Classifier, DeviceChoice, ModelSource, Probe};
use serde_json::Value;

use crate::program::{flipscope, text};
use crate::tiny;

/// A folder with a lesion and a tiny network.
pub(crate) struct Case {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) photograph: PathBuf,
    pub(crate) model: PathBuf,
}

impl Case {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (photograph, model) = (
            folder.path().join("mole.png"),
            folder.path().join("tiny.safetensors"),
        );
        tiny::lesion().write_png(&photograph).unwrap();
        tiny::checkpoint(3).write(&model).unwrap();
        Self {
            folder,
            photograph,
            model,
        }
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// `flipscope explain METHOD` with a figure and a table; the JSON line.
    pub(crate) fn explain(&self, method: &str, more: &[&str]) -> Value {
        let output = self.run(method, more);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let said: Value = serde_json::from_str(text(&output.stdout)).unwrap();
        assert_eq!(said["remedy"], "none", "{said}");
        said
    }

    pub(crate) fn run(&self, method: &str, more: &[&str]) -> Output {
        let (out, csv) = (self.path("map.svg"), self.path("map.csv"));
        let fixed = [
            "explain",
            method,
            self.photograph.to_str().unwrap(),
            "--model",
            self.model.to_str().unwrap(),
            "--device",
            "cpu",
            "--out",
            &out,
            "--csv",
            &csv,
            "--force",
            "--json",
        ];
        flipscope(&[&fixed[..], more].concat())
    }

    pub(crate) fn csv(&self) -> Vec<Vec<f32>> {
        let text = std::fs::read_to_string(self.path("map.csv")).unwrap();
        let row = |line: &str| line.split(',').map(|cell| cell.parse().unwrap()).collect();
        text.lines().map(row).collect()
    }

    pub(crate) fn svg(&self) -> String {
        std::fs::read_to_string(self.path("map.svg")).unwrap()
    }

    pub(crate) fn classifier(&self) -> Classifier {
        let source = ModelSource::File(self.model.clone());
        Classifier::load(&source, DeviceChoice::Cpu).unwrap()
    }

    pub(crate) fn frame(&self) -> Arc<Frame> {
        frame(&self.photograph)
    }
}

pub(crate) fn frame(photograph: &Path) -> Arc<Frame> {
    let photograph = lesion::open(photograph, ColorHandling::Converted).unwrap();
    Arc::new(Framing::Squash.apply(&photograph.raster))
}

pub(crate) fn probe(frame: &Arc<Frame>, change: Change) -> Probe {
    Probe {
        frame: Arc::clone(frame),
        change,
    }
}
