//! What a file that is not a checkpoint is instead, by its first bytes, and what to do about it.

use super::directory::few;
use super::pickle::REMEDY;

/// What a file is that starts neither like a `.safetensors` nor like a `.pth`.
pub(crate) fn file(data: &[u8]) -> String {
    let start = data.get(..data.len().min(1024)).unwrap_or_default();
    let text = String::from_utf8_lossy(start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start));
    let lower = text.trim_start().to_lowercase();
    if lower.starts_with("version https://git-lfs.github.com/spec/") {
        let size = lower.lines().find_map(|line| line.strip_prefix("size "));
        let size = size.map_or(String::new(), |size| {
            format!(" (the file itself has {} bytes)", size.trim())
        });
        return format!(
            "this is a Git LFS pointer, a note of where the weights are, not the weights{size}: get them with `git lfs pull`, or \
             download the file itself"
        );
    }
    if lower.contains("/annex/objects/") && data.len() < 1024 {
        return "this is a git-annex pointer, a note of where the weights are, not the weights: get them with `git annex get`"
            .to_owned();
    }
    if ["<!doctype html", "<html", "<head", "<body", "<script"]
        .iter()
        .any(|tag| lower.starts_with(tag))
        || (lower.starts_with("<?xml") || lower.starts_with("<!--")) && lower.contains("<html")
    {
        return "this is a web page (HTML), not a checkpoint: the download gave a page instead, perhaps one that asks you to log \
                in or to confirm; download the file itself"
            .to_owned();
    }
    if lower.starts_with("<?xml") {
        return "this is an XML file, perhaps a server's error message, not a checkpoint: download the file itself"
            .to_owned();
    }
    if lower.starts_with(['{', '[']) {
        return "this is a JSON text, not a checkpoint: download the file itself, and name the file with the weights (facts about \
                a checkpoint belong in NAME.json next to NAME.pth)"
            .to_owned();
    }
    for (magic, what) in MAGIC {
        if data.starts_with(magic) {
            return format!("this is {what}");
        }
    }
    if data.get(4..8) == Some(b"TFL3") {
        return format!("this is a TensorFlow Lite model: {CONVERT}");
    }
    if data.get(257..262) == Some(b"ustar") {
        return "this is a tar archive: unpack it, and name the checkpoint in it".to_owned();
    }
    "by its first bytes neither a .safetensors nor a .pth file: name a checkpoint in one of these formats".to_owned()
}

const CONVERT: &str = "convert it to torchvision's names and save it as safetensors";

/// First bytes of other files, and what they are.
const MAGIC: [(&[u8], &str); 13] = [
    (
        b"\x89HDF\r\n\x1a\n",
        "an HDF5 file (Keras): convert it to torchvision's names and save it as safetensors",
    ),
    (
        b"\x1f\x8b",
        "a gzip archive: unpack it (gunzip, or tar -xzf), and name the checkpoint in it",
    ),
    (
        b"BZh",
        "a bzip2 archive: unpack it, and name the checkpoint in it",
    ),
    (
        b"\xfd7zXZ\0",
        "an xz archive: unpack it, and name the checkpoint in it",
    ),
    (
        b"\x28\xb5\x2f\xfd",
        "a Zstandard archive: unpack it, and name the checkpoint in it",
    ),
    (
        b"7z\xbc\xaf\x27\x1c",
        "a 7-Zip archive: unpack it, and name the checkpoint in it",
    ),
    (
        b"Rar!",
        "a RAR archive: unpack it, and name the checkpoint in it",
    ),
    (
        b"\x93NUMPY",
        "a NumPy array, not a network's weights under their names: save a state dict",
    ),
    (
        b"GGUF",
        "a GGUF file, which holds language models: name a checkpoint of an image classifier",
    ),
    (
        b"\x08\x03\x12",
        "by its first bytes not a checkpoint, perhaps an ONNX model: save the state dict that it was exported from",
    ),
    (
        b"\xff\xd8\xff",
        "a picture (JPEG), not a checkpoint: name a .safetensors or .pth file",
    ),
    (
        b"\x89PNG",
        "a picture (PNG), not a checkpoint: name a .safetensors or .pth file",
    ),
    (
        b"%PDF",
        "a PDF document, not a checkpoint: name a .safetensors or .pth file",
    ),
];

/// What a zip without `data.pkl` is, by the files in it.
pub(crate) fn zip(names: &[String]) -> String {
    let ends = |endings: &[&str]| {
        let has = |name: &&String| {
            let name = name.to_lowercase();
            endings.iter().any(|ending| name.ends_with(ending))
        };
        names.iter().find(has)
    };
    if let Some(inside) = ends(&[".pth", ".pt", ".safetensors", ".ckpt", ".bin", ".pth.tar"]) {
        return format!(
            "this zip is not a PyTorch checkpoint but an archive with one, `{inside}`: unpack it, and name that file"
        );
    }
    if ends(&["model.weights.h5", ".keras"]).is_some() {
        return format!("this zip is not a PyTorch checkpoint but a Keras model: {CONVERT}");
    }
    let is_array = |name: &String| name.to_lowercase().ends_with(".npy");
    if !names.is_empty() && names.iter().all(is_array) {
        return format!("this zip is not a PyTorch checkpoint but NumPy arrays (.npz): {CONVERT}");
    }
    let shown: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let holds = if shown.is_empty() {
        "it is empty".to_owned()
    } else {
        format!("it has {} and no data.pkl", few(&shown))
    };
    format!("this zip is not a PyTorch checkpoint ({holds}): {REMEDY}")
}
