//! What a file that is not a checkpoint is instead, by its first bytes, and what to do about it.

use super::contents::few;
use super::pickle::REMEDY;
use flipscope_language::{Text, as_text, id, text};

/// What a file is that starts neither like a `.safetensors` nor like a `.pth`.
pub(crate) fn file(data: &[u8]) -> String {
    let start = data.get(..data.len().min(1024)).unwrap_or_default();
    let text = String::from_utf8_lossy(start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start));
    let lower = text.trim_start().to_lowercase();
    if lower.starts_with("version https://git-lfs.github.com/spec/") {
        let size = lower.lines().find_map(|line| line.strip_prefix("size "));
        let size = size.map_or(String::new(), |size| {
            text!(
                "checkpoint-file-itself-has-bytes",
                trim = as_text(&size.trim())
            )
        });
        return text!("checkpoint-this-git-lfs-pointer", size = as_text(&size));
    }
    if lower.contains("/annex/objects/") && data.len() < 1024 {
        return text!("checkpoint-this-git-annex-pointer").to_owned();
    }
    if ["<!doctype html", "<html", "<head", "<body", "<script"]
        .iter()
        .any(|tag| lower.starts_with(tag))
        || (lower.starts_with("<?xml") || lower.starts_with("<!--")) && lower.contains("<html")
    {
        return text!("checkpoint-this-web-page-html").to_owned();
    }
    if lower.starts_with("<?xml") {
        return text!("checkpoint-this-xml-file-perhaps").to_owned();
    }
    if lower.starts_with(['{', '[']) {
        return text!("checkpoint-this-json-text-not").to_owned();
    }
    for (magic, what) in MAGIC {
        if data.starts_with(magic) {
            return text!("checkpoint-this", what = as_text(&what));
        }
    }
    if data.get(4..8) == Some(b"TFL3") {
        return text!(
            "checkpoint-this-tensorflow-lite-model",
            convert = as_text(&CONVERT)
        );
    }
    if data.get(257..262) == Some(b"ustar") {
        return text!("checkpoint-this-tar-archive-unpack").to_owned();
    }
    text!("checkpoint-by-first-bytes-neither").to_owned()
}

const CONVERT: Text = id!("checkpoint-convert-torchvision-names-save");

/// First bytes of other files, and what they are.
const MAGIC: [(&[u8], Text); 13] = [
    (
        b"\x89HDF\r\n\x1a\n",
        id!("checkpoint-hdf5-file-keras-convert"),
    ),
    (b"\x1f\x8b", id!("checkpoint-gzip-archive-unpack-gunzip")),
    (b"BZh", id!("checkpoint-bzip2-archive-unpack-name")),
    (b"\xfd7zXZ\0", id!("checkpoint-xz-archive-unpack-name")),
    (
        b"\x28\xb5\x2f\xfd",
        id!("checkpoint-zstandard-archive-unpack-name"),
    ),
    (
        b"7z\xbc\xaf\x27\x1c",
        id!("checkpoint-7-zip-archive-unpack"),
    ),
    (b"Rar!", id!("checkpoint-rar-archive")),
    (b"\x93NUMPY", id!("checkpoint-numpy-array-not-network")),
    (b"GGUF", id!("checkpoint-gguf-file-which-holds")),
    (b"\x08\x03\x12", id!("checkpoint-by-first-bytes-not")),
    (
        b"\xff\xd8\xff",
        id!("checkpoint-picture-jpeg-not-checkpoint"),
    ),
    (b"\x89PNG", id!("checkpoint-picture-png-not-checkpoint")),
    (b"%PDF", id!("checkpoint-pdf-document-not-checkpoint")),
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
        return text!(
            "checkpoint-zip-around-checkpoint",
            inside = as_text(&inside)
        );
    }
    if ends(&["model.weights.h5", ".keras"]).is_some() {
        return text!("checkpoint-zip-of-keras", convert = as_text(&CONVERT));
    }
    let is_array = |name: &String| name.to_lowercase().ends_with(".npy");
    if !names.is_empty() && names.iter().all(is_array) {
        return text!(
            "checkpoint-zip-of-numpy-arrays",
            convert = as_text(&CONVERT)
        );
    }
    let shown: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let holds = if shown.is_empty() {
        text!("checkpoint-empty").to_owned()
    } else {
        text!("checkpoint-has-no-data-pkl", shown = as_text(&few(&shown)))
    };
    text!(
        "checkpoint-zip-of-something-else",
        holds = as_text(&holds),
        remedy = as_text(&REMEDY)
    )
}
