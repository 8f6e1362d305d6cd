//! A hundred damaged or hostile checkpoints: an error each time that names the file, never a panic, a hang or a gigabyte.
//!
//! The damage is drawn from a seeded generator, so that a failure can be run again; every kind of damage occurs several times.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::too_many_lines,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "clippy.toml allows them in tests, but not in what tests call"
)]

mod formula;

use std::io::{Cursor, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use flipscope_model::{Classifier, DeviceChoice, ModelSource};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

/// Loading must fail, quickly, and say which file.
fn must_refuse(file: &Path, what: &str) -> String {
    let start = Instant::now();
    let error = match Classifier::load(&ModelSource::File(file.to_owned()), DeviceChoice::Cpu) {
        Ok(_) => panic!("{what}: it was loaded"),
        Err(error) => error.to_string(),
    };
    // Only bounds what would read or unpack without end: the files are small.
    assert!(
        start.elapsed() < Duration::from_mins(2),
        "{what} took {:?}",
        start.elapsed()
    );
    let name = file.file_name().unwrap().to_string_lossy();
    assert!(
        error.contains(&*name),
        "{what}: {error:?} does not name {name}"
    );
    assert!(
        error.len() < 2000,
        "{what}: a message of {} bytes",
        error.len()
    );
    error
}

/// A sound file in bf16, which the mutations start from: header and values apart.
fn sound() -> (serde_json::Map<String, Value>, Vec<u8>) {
    let mut header = serde_json::Map::new();
    let mut bytes = Vec::new();
    for (name, (shape, values)) in formula::state_dict(2, false) {
        let start = bytes.len();
        bytes.extend(values.iter().flat_map(|&value| bf16(value)));
        let entry = json!({"dtype": "BF16", "shape": shape, "data_offsets": [start, bytes.len()]});
        header.insert(name, entry);
    }
    (header, bytes)
}

/// The upper half of the f32.
fn bf16(value: f32) -> [u8; 2] {
    let [.., low, high] = value.to_le_bytes();
    [low, high]
}

fn join(header: &serde_json::Map<String, Value>, values: &[u8]) -> Vec<u8> {
    let header = serde_json::to_vec(header).unwrap();
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header);
    bytes.extend(values);
    bytes
}

fn any_tensor(header: &serde_json::Map<String, Value>, rng: &mut ChaCha8Rng) -> String {
    let names: Vec<&String> = header
        .keys()
        .filter(|name| *name != "__metadata__")
        .collect();
    names[rng.random_range(0..names.len())].clone()
}

fn span(header: &serde_json::Map<String, Value>, name: &str) -> (usize, usize) {
    serde_json::from_value(header[name]["data_offsets"].clone()).unwrap()
}

const KINDS: usize = 20;

/// Damage of one kind: the file's bytes, what was done, and words that the message must have.
fn damage(
    kind: usize,
    header: &serde_json::Map<String, Value>,
    values: &[u8],
    rng: &mut ChaCha8Rng,
) -> (Vec<u8>, String, Vec<String>) {
    let mut changed = header.clone();
    let name = any_tensor(header, rng);
    let (start, end) = span(header, &name);
    let with_name = |what: &str| (format!("{what} {name}"), vec![name.clone()]);
    let metadata = |key: &str, value: &str, word: &str| {
        let mut changed = header.clone();
        changed.insert("__metadata__".to_owned(), json!({ key: value }));
        (
            join(&changed, values),
            format!("{key} {value}"),
            vec![word.to_owned()],
        )
    };
    match kind {
        0 => {
            let whole = join(header, values);
            let cut = rng.random_range(0..whole.len());
            (whole[..cut].to_vec(), format!("cut at {cut}"), vec![])
        }
        1 => {
            let mut whole = join(header, values);
            let more = rng.random_range(1..5000);
            whole.extend(std::iter::repeat_n(7, more));
            (
                whole,
                format!("{more} bytes more"),
                vec!["longer".to_owned()],
            )
        }
        2 => {
            let mut whole = join(header, values);
            let length = serde_json::to_vec(header).unwrap().len();
            for _ in 0..30 {
                whole[rng.random_range(8..8 + length)] = rng.random();
            }
            (whole, "garbage in the header".to_owned(), vec![])
        }
        3 => {
            changed[&name]["shape"] = json!([(end - start) / 2]);
            if header[&name]["shape"] == changed[&name]["shape"] {
                changed[&name]["shape"] = json!([(end - start) / 4, 2]);
            }
            let (what, words) = with_name("shape of");
            (join(&changed, values), what, words)
        }
        4 => {
            // Removed with its values, so that nothing but the name is missing.
            let length = end - start;
            changed.remove(&name);
            for (_, entry) in &mut changed {
                let offsets = entry["data_offsets"].as_array_mut().unwrap();
                for offset in offsets {
                    let at = offset.as_u64().unwrap() as usize;
                    if at >= end {
                        *offset = json!(at - length);
                    }
                }
            }
            let mut less = values.to_vec();
            less.drain(start..end);
            let (what, words) = with_name("removed");
            (join(&changed, &less), what, words)
        }
        5 => {
            let length = values.len();
            changed.insert(
                "layer9.surplus".to_owned(),
                json!({"dtype": "F32", "shape": [1], "data_offsets": [length, length + 4]}),
            );
            let mut more = values.to_vec();
            more.extend(1.0_f32.to_le_bytes());
            (
                join(&changed, &more),
                "one tensor more".to_owned(),
                vec!["layer9.surplus".to_owned()],
            )
        }
        6 | 7 => {
            let bad = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY][rng.random_range(0..3)];
            let at = start + 2 * rng.random_range(0..(end - start) / 2);
            let mut worse = values.to_vec();
            worse[at..at + 2].copy_from_slice(&bf16(bad));
            let (what, words) = with_name(&format!("{bad} in"));
            (join(header, &worse), what, words)
        }
        8 => {
            let name = name
                .rsplit_once('.')
                .map_or(String::new(), |(layer, _)| layer.to_owned());
            let name = if name.ends_with(".bn") {
                name
            } else {
                "Mixed_6b.branch7x7_2.bn".to_owned()
            } + ".running_var";
            let (start, _) = span(header, &name);
            let mut worse = values.to_vec();
            worse[start..start + 2].copy_from_slice(&bf16(-0.5));
            (
                join(header, &worse),
                format!("negative {name}"),
                vec![name, "-0.5".to_owned()],
            )
        }
        9 => {
            let dtype = ["I16", "U16"][rng.random_range(0..2)];
            changed[&name]["dtype"] = json!(dtype);
            let (what, words) = with_name(dtype);
            (join(&changed, values), what, words)
        }
        10 => {
            let mut whole = join(header, values);
            let length =
                [u64::MAX, u64::MAX - 7, 1 << 62, 1 << 40, 200_000_000][rng.random_range(0..5)];
            whole[..8].copy_from_slice(&length.to_le_bytes());
            (whole, format!("a header of {length} bytes"), vec![])
        }
        11 => {
            let far = rng.random_range(1..u64::MAX / 2);
            changed[&name]["data_offsets"] = json!([far, far + (end - start) as u64]);
            (join(&changed, values), format!("{name} at {far}"), vec![])
        }
        12 => {
            changed[&name]["shape"] = json!([u64::MAX, u64::MAX]);
            (
                join(&changed, values),
                format!("{name} of endless shape"),
                vec![],
            )
        }
        13 => {
            changed[&name]["dtype"] = json!("F32");
            (join(&changed, values), format!("{name} called F32"), vec![])
        }
        14 => metadata(
            "std",
            ["[0.229,0,0.225]", "[1,2]", "three", "[1e400,1,1]"][rng.random_range(0..4)],
            "std",
        ),
        15 => metadata(
            "threshold",
            ["1.5", "-0.1", "NaN", "half"][rng.random_range(0..4)],
            "threshold",
        ),
        16 => metadata(
            "melanoma_classes",
            ["[\"mole\"]", "[]", "[\"melanoma\",\"nevus\"]", "7"][rng.random_range(0..4)],
            "melanoma",
        ),
        17 => metadata(
            "classes",
            [
                "[\"a\",\"b\",\"c\"]",
                "[\"melanoma\"]",
                "[\"a\",\"a\"]",
                "{",
            ][rng.random_range(0..4)],
            "classes",
        ),
        18 => metadata(
            "architecture",
            ["resnet152", "", "inception_v4"][rng.random_range(0..3)],
            "architecture",
        ),
        _ => {
            let depth = rng.random_range(1000..100_000);
            let header = "[".repeat(depth);
            let mut whole = ((header.len() + 5) as u64).to_le_bytes().to_vec();
            whole.extend(b"{\"a\":");
            whole.extend(header.as_bytes());
            (whole, format!("{depth} brackets"), vec![])
        }
    }
}

#[test]
fn eighty_damaged_safetensors_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let (header, values) = sound();
    let file = folder.path().join("sound.safetensors");
    std::fs::write(&file, join(&header, &values)).unwrap();
    Classifier::load(&ModelSource::File(file.clone()), DeviceChoice::Cpu)
        .expect("without damage it is loaded");
    std::fs::remove_file(&file).unwrap();
    let mut rng = ChaCha8Rng::seed_from_u64(2020);
    for n in 0..80 {
        let (bytes, what, words) = damage(n % KINDS, &header, &values, &mut rng);
        let file = folder.path().join(format!("mutation {n}.safetensors"));
        std::fs::write(&file, bytes).unwrap();
        let error = must_refuse(&file, &format!("{n}: {what}"));
        for word in words {
            assert!(
                error.contains(&word),
                "{n}: {what}: no {word:?} in {error:?}"
            );
        }
        std::fs::remove_file(&file).unwrap();
    }
}

/// A zip as `torch.save` makes it, with this pickle.
fn pth(pickle: &[u8], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [("archive/data.pkl", pickle)].iter().chain(files) {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// `{"Conv2d_1a_3x3.conv.weight": tensor}` whose storage, offset, size and stride are written by `arguments`.
fn one_tensor(arguments: &[u8]) -> Vec<u8> {
    let mut pickle =
        b"\x80\x02}X\x1b\0\0\0Conv2d_1a_3x3.conv.weight\0\0ctorch._utils\n_rebuild_tensor_v2\n("
            .to_vec();
    pickle.extend(b"(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\0");
    pickle.extend(b"0X\x03\0\0\0cpuK\x10tQ");
    pickle.extend(arguments);
    pickle.extend(b"\x89ccollections\nOrderedDict\n)RtRs.");
    pickle
}

#[test]
fn twenty_hostile_pickles_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let refuse = |n: usize, bytes: &[u8], what: &str, words: &[&str]| {
        let file = folder.path().join(format!("pickle {n}.pth"));
        std::fs::write(&file, bytes).unwrap();
        let error = must_refuse(&file, what);
        for word in words {
            assert!(error.contains(word), "{what}: no {word:?} in {error:?}");
        }
    };
    let zeros = [0_u8; 64];
    let storage: &[(&str, &[u8])] = &[("archive/data/0", &zeros)];
    let marker = folder.path().join("executed");
    let command = format!("touch '{}'", marker.display());
    let system = |module: &str| {
        let mut pickle = format!("\u{80}\u{2}c{module}\nsystem\n")
            .chars()
            .map(|c| c as u8)
            .collect::<Vec<_>>();
        pickle.push(b'X');
        pickle.extend((command.len() as u32).to_le_bytes());
        pickle.extend(command.as_bytes());
        pickle.extend(b"\x85R.");
        pickle
    };
    refuse(
        0,
        &pth(&system("os"), &[]),
        "os.system",
        &["os.system", "neither imported nor run"],
    );
    refuse(
        1,
        &pth(&system("posix"), &[]),
        "posix.system",
        &["posix.system"],
    );
    refuse(
        2,
        &pth(
            b"\x80\x04\x8c\x08builtins\x8c\x04eval\x93\x8c\x011\x85R.",
            &[],
        ),
        "eval",
        &["builtins.eval"],
    );
    refuse(
        3,
        &pth(b"cbuiltins\nexec\n.", &[]),
        "exec",
        &["builtins.exec"],
    );
    refuse(
        4,
        &pth(b"cnumpy.core.multiarray\n_reconstruct\n.", &[]),
        "numpy",
        &["numpy.core.multiarray._reconstruct"],
    );
    refuse(
        5,
        &pth(b"\x80\x02i__main__\nModel\n.", &[]),
        "INST",
        &["more than tensors"],
    );
    refuse(
        6,
        &pth(b"\x80\x02X\xff\xff\xff\xffabc.", &[]),
        "a text of 4 GB",
        &["damaged"],
    );
    refuse(
        7,
        &pth(&b"\x85".repeat(100_000), &[]),
        "tuples of nothing",
        &["damaged"],
    );
    let mut deep = b"\x80\x02N".to_vec();
    deep.extend(b"\x85".repeat(1_000_000));
    deep.push(b'.');
    refuse(
        8,
        &pth(&deep, &[]),
        "a million tuples in each other",
        &["no dictionary"],
    );
    // A pair of the pair before, sixty times over: 2^60 values if they were copied.
    let mut doubling = b"\x80\x02K\x01q\0".to_vec();
    for _ in 0..60 {
        doubling.extend(b"h\0h\0\x86q\0");
    }
    doubling.push(b'.');
    refuse(9, &pth(&doubling, &[]), "doubling", &["no dictionary"]);
    refuse(
        10,
        &pth(b"\x80\x02}q\0X\x05\0\0\0modelh\0s.", &[]),
        "a dictionary in itself",
        &["nest"],
    );
    refuse(11, &pth(b"", &[]), "an empty pickle", &["damaged"]);
    refuse(
        12,
        &pth(&b"N".repeat(5 << 20), &[]),
        "a pickle of 5 MB",
        &["pickle takes"],
    );
    // Offset, size, stride.
    refuse(
        13,
        &pth(&one_tensor(b"K\x08K\x10\x85K\x01\x85"), storage),
        "beyond its storage",
        &["outside its storage", "Conv2d_1a_3x3"],
    );
    refuse(
        14,
        &pth(
            &one_tensor(b"K\0(J\xff\xff\xff\x7fJ\xff\xff\xff\x7ftK\0K\0\x86"),
            storage,
        ),
        "endless by stride 0",
        &["not the tensors"],
    );
    refuse(
        15,
        &pth(&one_tensor(b"J\xff\xff\xff\xffK\x01\x85K\x01\x85"), storage),
        "a negative offset",
        &["never does"],
    );
    refuse(
        16,
        &pth(&one_tensor(b"K\0K\x01\x85)"), storage),
        "no strides",
        &["never does"],
    );
    refuse(
        17,
        &pth(&one_tensor(b"K\0K\x10\x85K\x01\x85"), &[]),
        "no storage",
        &["archive/data/0"],
    );
    // Values damaged after the checksum was made.
    let mut bytes = pth(
        &one_tensor(b"K\0K\x10\x85K\x01\x85"),
        &[("archive/data/0", &[9; 64])],
    );
    let at = bytes
        .windows(64)
        .position(|window| window == [9; 64])
        .unwrap();
    bytes[at + 5] = 8;
    refuse(
        18,
        &bytes,
        "a wrong checksum",
        &["archive/data/0", "damaged"],
    );
    // A directory that claims four gigabytes for a storage of 64 bytes.
    let mut bytes = pth(&one_tensor(b"K\0K\x10\x85K\x01\x85"), storage);
    for signature in [b"PK\x03\x04", b"PK\x01\x02"] {
        let at = bytes
            .windows(4)
            .rposition(|window| window == signature)
            .unwrap();
        let sizes = if signature[2] == 3 { at + 18 } else { at + 20 };
        bytes[sizes..sizes + 8].copy_from_slice(&[0xf0, 0xff, 0xff, 0xff, 0xf0, 0xff, 0xff, 0xff]);
    }
    refuse(19, &bytes, "a bomb", &[]);
    assert!(!marker.exists(), "a pickle's command was executed");
}

#[test]
fn what_is_no_file_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nowhere.safetensors");
    assert!(must_refuse(&nowhere, "no file").contains("there is no such file") || cfg!(not(unix)));
    let directory = folder.path().join("directory.pth");
    std::fs::create_dir(&directory).unwrap();
    assert!(must_refuse(&directory, "a directory").contains("not a regular file"));
    // Sparse: 3 GB that take no space, refused by their size alone.
    let large = folder.path().join("large.safetensors");
    std::fs::File::create(&large)
        .unwrap()
        .set_len(3 << 30)
        .unwrap();
    assert!(must_refuse(&large, "a file of 3 GB").contains("1073741824"));
    let empty = folder.path().join("empty.safetensors");
    std::fs::write(&empty, "").unwrap();
    assert!(must_refuse(&empty, "an empty file").contains("empty"));
}
