//! The cases at hand (`../shared/cases`): people's own tables and pictures, with the right answers. Where they are absent, nothing is tried;
//! the same kinds, made by the suite itself, are in `tests/pictures.rs` and `crates/lab/src/dataset/tests/`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops at the first fault"
)]

mod shared;

use std::path::PathBuf;

use flipscope_image::lesion::{ColorHandling, Photograph, Problem, find_pictures, open};
use flipscope_lab::dataset::Dataset;
use flipscope_model::Label;

fn cases(folder: &str) -> Option<PathBuf> {
    shared::part(&format!("cases/{folder}"))
}

/// Largest and mean difference of two pictures of one size.
fn difference(a: &Photograph, b: &Photograph) -> (u8, f64) {
    let (a, b) = (&a.raster, &b.raster);
    assert_eq!((a.width(), a.height()), (b.width(), b.height()));
    let off: Vec<u8> = (a.pixels().iter().zip(b.pixels()))
        .map(|(a, b)| a.abs_diff(*b))
        .collect();
    let mean = off.iter().map(|v| f64::from(*v)).sum::<f64>() / off.len() as f64;
    (off.into_iter().max().unwrap(), mean)
}

#[test]
fn pictures_are_read_as_what_they_show() {
    let Some(folder) = cases("pictures") else {
        return;
    };
    let read = |name: &str| open(folder.join(name), ColorHandling::Converted).unwrap();
    let says = |name: &str, words: &str| {
        let notes = read(name).notes;
        assert!(notes.iter().any(|n| n.contains(words)), "{name}: {notes:?}");
    };
    let lesion = read("lesion.png");
    for name in ["thumb_first.tif", "fourbands.tif"] {
        assert!(read(name).raster == lesion.raster, "{name}");
    }
    says("thumb_first.tif", "page 2 of 2");
    says("fourbands.tif", "1 of the TIFF's 4 bands ignored");
    says("no-end-marker.jpg", "lacks its end marker");
    let (_, mean) = difference(&read("no-end-marker.jpg"), &lesion);
    assert!(mean < 3.0, "{mean}");

    let (converted, right) = (
        read("adobe-rgb-by-exif-only.jpg"),
        read("adobe-rgb-converted.png"),
    );
    says("adobe-rgb-by-exif-only.jpg", "converted to sRGB");
    let (largest, mean) = difference(&converted, &right);
    println!("Adobe RGB by EXIF: at most {largest}, {mean:.3} on average from the conversion");
    assert!(largest <= 2 && mean < 0.2, "{largest}, {mean}");
    let raw = open(
        folder.join("adobe-rgb-by-exif-only.jpg"),
        ColorHandling::Raw,
    )
    .unwrap();
    assert!(difference(&raw, &right).1 > 2.0);

    let refused = |name: &str| {
        open(folder.join(name), ColorHandling::Converted)
            .unwrap_err()
            .problem
    };
    assert!(matches!(
        refused("thin-1x150000000.png"),
        Problem::TooLong { .. }
    ));
    assert!(matches!(
        refused("animated-1200MB.webp"),
        Problem::TooLong { .. } | Problem::Unsupported(_)
    ));
    let listed = find_pictures(std::slice::from_ref(&folder)).files;
    assert!(listed.contains(&folder.join("browser.jfif")));
}

#[test]
fn tables_are_read_as_they_are_meant() {
    let Some(folder) = cases("tables") else {
        return;
    };
    let photographs = folder.join("photographs");
    // Each table in a folder of its own: lesions that it does not name would be taken from another table beside it.
    let read = |name: &str| {
        let alone = tempfile::tempdir().unwrap();
        let table = alone.path().join(name);
        std::fs::copy(folder.join(name), &table).unwrap();
        Dataset::read(&table, Some(&photographs)).unwrap()
    };
    for (name, format) in [
        ("na-in-lesion-id.csv", "plain labels"),
        ("na-in-duplicate-of.csv", "plain labels"),
        ("excel-sep-line.csv", "plain labels"),
        ("utf16-tabs.txt", "plain labels"),
        ("bcn20000.csv", "BCN20000"),
        ("derm7pt.csv", "Derm7pt"),
    ] {
        let set = read(name);
        assert_eq!(set.format, format, "{name}");
        let counts = [Label::Melanoma, Label::Nevus].map(|label| set.count(label));
        assert_eq!(counts, [4, 4], "{name}: {:?}", set.problems);
        assert_eq!(set.problems, [], "{name}");
        assert!(
            set.examples
                .iter()
                .all(|e| e.duplicate_of.is_none() && e.patient.is_none())
        );
        let lesions = set.examples.iter().filter(|e| e.lesion.is_some()).count();
        assert_eq!(
            lesions,
            if format == "plain labels" { 0 } else { 8 },
            "{name}"
        );
    }
    let set = read("contradicting-rows.csv");
    let counts = [Label::Melanoma, Label::Nevus].map(|label| set.count(label));
    assert_eq!(counts, [3, 3]);
    for lines in [
        "lines 2 and 10: ISIC_0012258",
        "lines 6 and 11: ISIC_0012092",
    ] {
        assert!(
            set.assumptions.iter().any(|t| t.contains(lines)),
            "{:?}",
            set.assumptions
        );
    }
    let set = Dataset::read(&folder.join("mask-of-the-same-name"), None).unwrap();
    assert_eq!(set.examples.len(), 8);
    let studied = set.find("ISIC_0012258").unwrap();
    assert!(
        studied
            .path
            .ends_with("mask-of-the-same-name/ISIC_0012258.jpg")
    );
    let said = |t: &String| t.contains("ISIC_0012258.jpg is used") && t.contains("Annotations");
    assert!(set.assumptions.iter().any(said), "{:?}", set.assumptions);
}
