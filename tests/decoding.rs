//! Decoding against Pillow: every format, orientation, profile, refusal and cut.
//!
//! The pictures and what Pillow reads from them are made by `golden/decoding/make_decoding_goldens.py`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first fault"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use flipscope_image::lesion::{ColorHandling, Photograph, Problem, decode, open};
use proptest::prelude::*;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

#[derive(Deserialize)]
struct Golden {
    width: u32,
    height: u32,
    rgb_sha256: String,
    orientation: u8,
    profile: bool,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/decoding")
}

fn goldens() -> BTreeMap<String, Golden> {
    serde_json::from_slice(&fs::read(folder().join("decoding.json")).unwrap()).unwrap()
}

/// The names of the JPEG files among them.
fn jpegs() -> Vec<String> {
    let is_jpeg = |name: &String| Path::new(name).extension().is_some_and(|e| e == "jpg");
    goldens().into_keys().filter(is_jpeg).collect()
}

fn bytes_of(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn read(name: &str, color_handling: ColorHandling) -> Photograph {
    open(folder().join(name), color_handling).unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn problem(bytes: &[u8]) -> Problem {
    decode(bytes, "test file", ColorHandling::Converted)
        .unwrap_err()
        .problem
}

/// Largest difference and share of values that differ.
fn difference(a: &Photograph, b: &Photograph) -> (u8, f64) {
    assert_eq!(
        (a.raster.width(), a.raster.height()),
        (b.raster.width(), b.raster.height())
    );
    let pairs = || a.raster.pixels().iter().zip(b.raster.pixels());
    let largest = pairs().map(|(a, b)| a.abs_diff(*b)).max().unwrap();
    let share = pairs().filter(|(a, b)| a != b).count() as f64 / a.raster.pixels().len() as f64;
    (largest, share)
}

#[test]
fn raw_values_are_pillows() {
    let goldens = goldens();
    let mut wrong = Vec::new();
    for (name, golden) in &goldens {
        let photograph = open(folder().join(name), ColorHandling::Raw).unwrap();
        let raster = &photograph.raster;
        assert_eq!(
            (raster.width(), raster.height()),
            (golden.width, golden.height),
            "{name}"
        );
        assert_eq!(photograph.exif_orientation, golden.orientation, "{name}");
        assert_eq!(
            photograph.colour_profile.is_some(),
            golden.profile,
            "{name}"
        );
        if sha256(raster.pixels()) != golden.rgb_sha256 {
            wrong.push(name.as_str());
        }
    }
    println!(
        "{} of {} files as Pillow reads them",
        goldens.len() - wrong.len(),
        goldens.len()
    );
    assert!(wrong.is_empty(), "not as Pillow reads them: {wrong:?}");
}

#[test]
fn photographs_turn_upright() {
    let upright = read("upright.png", ColorHandling::Raw);
    let lossless = (1..=8).map(|n| (format!("orientation_{n}.png"), n));
    let others = [
        ("orientation_8.webp".to_owned(), 8),
        ("orientation_3.tif".to_owned(), 3),
    ];
    for (name, orientation) in lossless.chain(others) {
        let photograph = read(&name, ColorHandling::Converted);
        assert_eq!(photograph.exif_orientation, orientation, "{name}");
        assert_eq!(photograph.raster, upright.raster, "{name}");
        if orientation > 1 {
            let raw = read(&name, ColorHandling::Raw);
            assert_eq!(raw.exif_orientation, orientation, "{name}");
            assert_ne!(
                raw.raster, upright.raster,
                "{name}: raw values are turned, too"
            );
        }
    }
    let jpeg = read("orientation_6.jpg", ColorHandling::Converted);
    assert_eq!(jpeg.exif_orientation, 6);
    let pairs = jpeg.raster.pixels().iter().zip(upright.raster.pixels());
    let mean = pairs.map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>()
        / jpeg.raster.pixels().len() as f64;
    assert!(
        mean < 6.0,
        "a JPEG of quality 95 is near its source, not {mean:.1} off"
    );
}

#[test]
fn embedded_profiles_become_srgb() {
    let expected = read("wide_gamut.expected.png", ColorHandling::Raw);
    for name in ["wide_gamut.png", "wide_gamut.webp", "wide_gamut.tif"] {
        let photograph = read(name, ColorHandling::Converted);
        let (largest, share) = difference(&photograph, &expected);
        println!(
            "{name}: at most {largest} of 255 from lcms2, {:.2} % of values differ",
            100.0 * share
        );
        assert!(largest <= 1, "{name}: {largest}");
        assert_eq!(
            photograph.colour_profile.as_deref(),
            Some("Wide test gamut"),
            "{name}"
        );
        assert_eq!(photograph.notes, ["colours converted to sRGB"], "{name}");
        let (untouched, _) = difference(&read(name, ColorHandling::Raw), &expected);
        assert!(
            untouched > 20,
            "{name}: the profile would change nothing, so this test shows nothing"
        );
    }
    let jpeg = read("wide_gamut.jpg", ColorHandling::Converted);
    assert_eq!(jpeg.colour_profile.as_deref(), Some("Wide test gamut"));
    assert_ne!(
        jpeg.raster,
        read("wide_gamut.jpg", ColorHandling::Raw).raster
    );
}

#[test]
fn an_srgb_profile_leaves_the_values_exact() {
    let photograph = read("srgb_profile.png", ColorHandling::Converted);
    assert_eq!(
        photograph.raster,
        read("upright.png", ColorHandling::Raw).raster
    );
    assert!(photograph.colour_profile.unwrap().contains("sRGB"));
    assert!(photograph.notes.is_empty());
}

#[test]
fn an_unusable_profile_is_said_and_not_applied() {
    for name in [
        "broken_profile.png",
        "broken_profile.jpg",
        "lab_profile.png",
    ] {
        let photograph = read(name, ColorHandling::Converted);
        assert!(
            photograph
                .notes
                .iter()
                .any(|n| n.contains("profile is unusable")),
            "{name}: {:?}",
            photograph.notes
        );
        assert_eq!(
            photograph.raster,
            read(name, ColorHandling::Raw).raster,
            "{name}"
        );
        assert!(photograph.colour_profile.is_some(), "{name}");
    }
}

#[test]
fn what_is_lost_is_noted() {
    for (name, note) in [
        ("rgba.png", "transparency dropped"),
        ("rgb16.png", "16 bits"),
        ("rgb16.tif", "16 bits"),
        ("cmyk.jpg", "CMYK"),
    ] {
        let photograph = read(name, ColorHandling::Converted);
        assert!(
            photograph.notes.iter().any(|n| n.contains(note)),
            "{name}: {:?}",
            photograph.notes
        );
    }
    assert!(read("rgb.png", ColorHandling::Converted).notes.is_empty());
}

#[test]
fn where_it_came_from_is_recorded() {
    let photograph = read("rgb.png", ColorHandling::Raw);
    assert_eq!(photograph.format, Some("PNG"));
    assert_eq!(photograph.source.name(), "rgb.png");
    let flipscope_image::lesion::Source::File { sha256: hash, .. } = &photograph.source else {
        panic!("{:?}", photograph.source)
    };
    assert_eq!(*hash, sha256(&bytes_of("rgb.png")));
}

#[test]
fn other_files_are_refused_by_name_with_a_remedy() {
    let mut dicom = vec![0; 200];
    dicom[128..132].copy_from_slice(b"DICM");
    let cases: &[(&[u8], &str)] = &[
        (b"", "empty (0 bytes)"),
        (b"\xff\xd8", "truncated"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "web page"),
        (b"just a note", "text"),
        (b"\x01\x02\x03\x04\x05\x06", "01 02 03 04"),
        (b"GIF89a\x01\0\x01\0", "GIF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"<svg xmlns='x'/>", "SVG"),
        (&dicom, "DICOM"),
    ];
    for (bytes, word) in cases {
        let error = decode(bytes, "mole.jpg", ColorHandling::Converted).unwrap_err();
        let text = error.to_string();
        assert!(
            text.starts_with("mole.jpg: ") && text.contains(word),
            "{text}"
        );
        assert!(
            ["export", "choose", "copy"]
                .iter()
                .any(|remedy| text.contains(remedy)),
            "no remedy: {text}"
        );
    }
    for name in ["refused.gif", "refused_float.tif", "refused_palette.tif"] {
        assert!(
            matches!(problem(&bytes_of(name)), Problem::Unsupported(_)),
            "{name}"
        );
    }
}

#[test]
fn what_is_no_file_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |path: &Path| open(path, ColorHandling::Raw).unwrap_err().problem;
    assert!(matches!(
        refused(&folder.path().join("missing.jpg")),
        Problem::Io(_)
    ));
    assert!(matches!(
        refused(folder.path()),
        Problem::NotAFile("a folder")
    ));
    let large = folder.path().join("large.jpg");
    fs::File::create(&large)
        .unwrap()
        .set_len(200_000_001)
        .unwrap();
    assert!(matches!(
        refused(&large),
        Problem::FileTooLarge(200_000_001)
    ));
    #[cfg(unix)]
    {
        assert!(matches!(
            refused(Path::new("/dev/zero")),
            Problem::NotAFile(_)
        ));
        let pipe = folder.path().join("pipe.jpg");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if made.is_ok_and(|status| status.success()) {
            assert!(matches!(refused(&pipe), Problem::NotAFile(_)));
        }
    }
}

/// A PNG's header with another size, its checksum made right again.
fn png_of_size(mut png: Vec<u8>, width: u32, height: u32) -> Vec<u8> {
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(&png[12..29]);
    png[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    png
}

#[test]
fn absurd_sizes_are_refused_before_they_are_allocated() {
    let png = png_of_size(bytes_of("rgb.png"), 1 << 30, 1 << 30);
    assert!(matches!(problem(&png), Problem::TooManyPixels { .. }));
    let mut jpeg = bytes_of("sampling_420.jpg");
    let frame = jpeg.windows(2).position(|m| m == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    assert!(matches!(
        problem(&jpeg),
        Problem::TooManyPixels {
            width: 65535,
            height: 65535
        }
    ));
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x20, 0, 0x20, 0]);
    assert!(
        matches!(problem(&jpeg), Problem::Truncated(_)),
        "8192 × 8192 in 3 kB"
    );
    let png = png_of_size(bytes_of("rgb16.png"), 19_000, 10_000);
    assert!(
        matches!(problem(&png), Problem::Truncated(_)),
        "190 megapixels in 15 kB"
    );
    // 196 megapixels are allowed, but not the 1.4 GB that a lossless WebP takes to unpack them.
    let mut webp = bytes_of("lossless.webp");
    let size: u32 = 16_382 + (11_999 << 14);
    webp[21..25].copy_from_slice(&size.to_le_bytes());
    assert!(matches!(problem(&webp), Problem::TooMuchMemory(_)));
}

#[test]
fn a_header_that_states_too_small_a_picture_is_damage() {
    assert!(matches!(
        problem(&png_of_size(bytes_of("rgb.png"), 61, 42)),
        Problem::Damaged(_)
    ));
    let mut jpeg = bytes_of("large.jpg");
    let frame = jpeg.windows(2).position(|m| m == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 7].copy_from_slice(&300u16.to_be_bytes());
    assert!(matches!(problem(&jpeg), Problem::Damaged(_)));
    let mut bmp = bytes_of("rgb.bmp");
    bmp[22] -= 1;
    assert!(matches!(problem(&bmp), Problem::Damaged(_)));
}

fn is_png(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "png")
}

#[test]
fn every_cut_is_an_error_and_none_a_grey_picture() {
    let mut cuts = 0;
    let mut called_truncated = 0;
    let mut without_end = 0;
    let jpegs = jpegs();
    for name in goldens().keys() {
        let whole = bytes_of(name);
        let step = (whole.len() / 150).max(1);
        let ends = (1..whole.len()).filter(|n| n % step == 0 || whole.len() - n <= 40);
        for end in ends {
            cuts += 1;
            // A JPEG that lacks no more than its end marker has all its rows, and a PNG without its end chunk all its pixels.
            let png = is_png(name);
            let only_the_end =
                jpegs.contains(name) && whole.len() - end <= 2 || png && whole.len() - end <= 12;
            match decode(&whole[..end], name, ColorHandling::Converted) {
                Ok(photograph) if only_the_end => {
                    without_end += 1;
                    let right = read(name, ColorHandling::Converted);
                    assert!(photograph.raster == right.raster, "{name} cut to {end}");
                    let said = |note: &String| note.contains("lacks its end ");
                    assert!(photograph.notes.iter().any(said), "{name} cut to {end}");
                }
                _ if only_the_end => panic!("{name} lacks only its end, and is refused"),
                Err(error) if matches!(error.problem, Problem::Truncated(_)) => {
                    called_truncated += 1;
                }
                Err(_) => {}
                Ok(_) => panic!("{name} cut to {end} of {} bytes still opens", whole.len()),
            }
        }
    }
    let goldens = goldens();
    let pngs = goldens.keys().filter(|name| is_png(name)).count();
    assert_eq!(without_end, 2 * jpegs.len() + 12 * pngs);
    let cuts = cuts - without_end;
    println!("{cuts} cuts refused, {called_truncated} of them called truncated");
    assert!(
        called_truncated * 10 > cuts * 9,
        "{called_truncated} of {cuts} called truncated"
    );
}

#[test]
fn a_cut_jpeg_with_an_end_marker_is_still_truncated() {
    let mut cuts = 0;
    for name in &jpegs() {
        let whole = bytes_of(name);
        // The last two bytes are the end marker itself.
        for end in (3..whole.len() - 2).step_by((whole.len() / 300).max(1)) {
            cuts += 1;
            let mut bytes = whole[..end].to_vec();
            bytes.extend_from_slice(&[0xff, 0xd9]);
            if let Ok(photograph) = decode(&bytes, name, ColorHandling::Raw) {
                panic!(
                    "{name} cut to {end} of {} bytes opens: {:?}",
                    whole.len(),
                    photograph.notes
                );
            }
        }
    }
    println!("{cuts} cuts with an end marker refused");
}

#[test]
fn a_progressive_jpeg_without_its_last_scans_is_truncated() {
    let whole = bytes_of("progressive_75.jpg");
    let scans: Vec<usize> = (0..whole.len() - 1)
        .filter(|i| whole[*i..*i + 2] == [0xff, 0xda])
        .collect();
    assert!(scans.len() > 5);
    for start in &scans[1..] {
        let mut bytes = whole[..*start].to_vec();
        bytes.extend_from_slice(&[0xff, 0xd9]);
        assert!(matches!(problem(&bytes), Problem::Truncated(_)));
    }
}

#[test]
fn stray_bytes_after_the_end_are_no_fault() {
    for name in [
        "sampling_420.jpg",
        "rgb.png",
        "lossy.webp",
        "lzw.tif",
        "rgb.bmp",
    ] {
        let mut bytes = bytes_of(name);
        bytes.extend_from_slice(&[7; 5000]);
        let photograph = decode(&bytes, name, ColorHandling::Raw).unwrap();
        assert_eq!(
            photograph.raster,
            read(name, ColorHandling::Raw).raster,
            "{name}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Noise behind the signature of a format is refused, and no decoder has to be caught falling.
    #[test]
    fn noise_behind_a_signature_is_refused(format in 0usize..6, noise in prop::collection::vec(any::<u8>(), 0..400)) {
        let signatures: [&[u8]; 6] = [
            b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\x08\0\x08\x03\x01\x11\0\x02\x11\0\x03\x11\0",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            b"II*\0\x08\0\0\0",
            b"MM\0*\0\0\0\x08",
            b"RIFF\0\x01\0\0WEBPVP8 ",
            b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x08\0\0\0\x08\0\0\0\x01\0",
        ];
        let mut bytes = signatures[format].to_vec();
        bytes.extend(noise);
        match decode(&bytes, "noise", ColorHandling::Converted) {
            Err(error) => prop_assert!(!error.to_string().contains("gave up"), "{error}"),
            // A bitmap needs no more than its header and 64 pixels.
            Ok(photograph) => prop_assert_eq!((format, photograph.raster.width(), photograph.raster.height()), (5, 8, 8)),
        }
    }
}
