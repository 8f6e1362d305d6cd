//! A class order that had to be assumed stands before every verdict.

use std::path::{Path, PathBuf};

use egui::Theme;
use egui_kittest::kittest::Queryable as _;
use flipscope::explorer::Launch;
use flipscope_model::ModelSource;

use super::support::{LECTURE_HALL, launch};

/// The demo model without its class names.
fn nameless(folder: &Path) -> PathBuf {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo-model.safetensors");
    let bytes = std::fs::read(demo).expect("the demo model");
    let length: [u8; 8] = bytes[..8].try_into().expect("eight bytes");
    let end = 8 + u64::from_le_bytes(length) as usize;
    let mut header: serde_json::Value = serde_json::from_slice(&bytes[8..end]).expect("a header");
    let metadata = header["__metadata__"].as_object_mut().expect("metadata");
    metadata.remove("classes");
    metadata.remove("melanoma_classes");
    let header = serde_json::to_vec(&header).expect("JSON");
    let mut changed = (header.len() as u64).to_le_bytes().to_vec();
    changed.extend(&header);
    changed.extend(&bytes[end..]);
    let path = folder.join("nameless.safetensors");
    std::fs::write(&path, changed).expect("written");
    path
}

#[test]
fn an_assumed_class_order_is_said_beside_the_verdict() {
    let folder = tempfile::tempdir().expect("a folder");
    let start = Launch {
        model: ModelSource::File(nameless(folder.path())),
        ..Launch::default()
    };
    let Some(mut window) = launch(start, LECTURE_HALL, Theme::Light) else {
        return;
    };
    window.get_by_label("Start with Synthetic 1").click();
    window.step();
    window.verdict();
    let warning = window.get_by_label_contains("Class order assumed: melanoma, nevus");
    let verdict = window.get_by_label_contains("Original: P(melanoma)");
    assert!(
        warning.rect().bottom() <= verdict.rect().top(),
        "the warning stands first"
    );
}
