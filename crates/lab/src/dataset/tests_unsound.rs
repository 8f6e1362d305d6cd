//! Tables that would give wrong numbers without a warning: shifted columns, placeholders for "unknown", and contradictions.

use std::fs;
use std::path::Path;

use super::tests::paint;
use super::*;
use flipscope_language::{Language, within};
use flipscope_model::Label;

/// A table, with a picture for each id.
fn read(table: &str, ids: &[&str]) -> (tempfile::TempDir, Result<Dataset, DatasetError>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("table.csv"), table).unwrap();
    for (number, id) in ids.iter().enumerate() {
        let path = folder.path().join(format!("images/{id}.png"));
        paint(&path, [number as u8, 100, 200]);
    }
    let dataset = Dataset::read(&folder.path().join("table.csv"), None);
    (folder, dataset)
}

fn set(table: &str, ids: &[&str]) -> Dataset {
    read(table, ids).1.unwrap()
}

fn ids(dataset: &Dataset) -> Vec<&str> {
    dataset.examples.iter().map(|one| one.id.as_str()).collect()
}

fn says(dataset: &Dataset, words: &str) {
    let said = &dataset.assumptions;
    assert!(
        said.iter().any(|text| text.contains(words)),
        "{words}: {said:?}"
    );
}

#[test]
fn a_row_with_more_fields_than_the_header_is_named_and_left_out() {
    let table = "image_id,diagnosis,lesion_id\na,melanoma, in situ,L1\nb,nevus,L2\nc,melanoma,L3,\nd,melanoma, in situ,L4\n";
    let dataset = set(table, &["a", "b", "c", "d"]);
    assert_eq!(ids(&dataset), ["b", "c"]);
    says(&dataset, "line 2: a: has 4 fields and the header 3");
    says(&dataset, "line 5: d: has 4 fields");
    // Their pictures are not counted a second time, as ones that no row names.
    assert_eq!(dataset.summary(), "2 rows that cannot be understood");
    // Lesions in a second table are read by the same rule.
    let (folder, _) = read("image_id,dx\na,mel\nb,nv\n", &["a", "b"]);
    let beside = "image,site,lesion_id\na,trunk, upper,L1\nb,trunk,L2\n";
    fs::write(folder.path().join("lesions.csv"), beside).unwrap();
    let dataset = Dataset::read(&folder.path().join("table.csv"), None).unwrap();
    assert_eq!(dataset.find("a").unwrap().lesion, None);
    assert_eq!(dataset.find("b").unwrap().lesion.as_deref(), Some("L2"));
}

#[test]
fn numbers_and_errors_that_stand_for_no_lesion_are_none() {
    for word in [
        "-1",
        "-1.0",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#DIV/0!",
        "k.A.",
        "n.d.",
        "not recorded",
    ] {
        let table = format!(
            "image_id,diagnosis,lesion_id,patient_id\na,melanoma,{word},{word}\nb,nevus,{word},{word}\nc,nevus,L1,P1\n"
        );
        let dataset = set(&table, &["a", "b", "c"]);
        for id in ["a", "b"] {
            let one = dataset.find(id).unwrap();
            assert_eq!((&one.lesion, &one.patient), (&None, &None), "{word}");
        }
        assert_eq!(dataset.find("c").unwrap().lesion.as_deref(), Some("L1"));
        assert_eq!(dataset.assumptions, Vec::<String>::new(), "{word}");
    }
}

#[test]
fn a_lesion_of_both_classes_or_of_most_pictures_is_named() {
    let names = ["a", "b", "c", "d", "e", "f"];
    let of = |lesion: fn(usize) -> String| {
        let rows = names.iter().enumerate();
        let rows = rows.map(|(n, id)| {
            let word = if n % 2 == 0 { "melanoma" } else { "nevus" };
            format!("{id},{word},{}\n", lesion(n))
        });
        format!("image_id,diagnosis,lesion_id\n{}", rows.collect::<String>())
    };
    let dataset = set(&of(|_| "x".to_owned()), &names);
    says(&dataset, "6 of 6 pictures are of one lesion, “x”");
    says(&dataset, "One lesion holds both melanoma and nevus: “x”");
    let dataset = set(&of(|n| format!("L{n}")), &names);
    assert_eq!(dataset.assumptions, Vec::<String>::new());
    let dataset = set(&of(|n| format!("L{}", n / 2)), &names);
    says(
        &dataset,
        "Some lesions hold both melanoma and nevus: “L0”, “L1”, “L2”",
    );
}

#[test]
fn what_a_row_or_two_rows_contradict_is_named_and_left_out() {
    for (table, said) in [
        (
            "image_id,diagnosis,diagnosis\na,melanoma,nevus\nb,nevus,nevus\n",
            "line 2: a is melanoma and nevus, in two columns called diagnosis,",
        ),
        (
            "image_id,diagnosis,lesion_id,Lesion_ID\na,melanoma,L1,L2\nb,nevus,L3,L3\n",
            "a is L1 and L2, in two columns called Lesion_ID,",
        ),
        (
            "image_name,diagnosis,benign_malignant,target\na,melanoma,benign,1\nb,nevus,benign,0\n",
            "line 2: a is melanoma and benign (benign_malignant) at once",
        ),
        (
            "image_name,diagnosis,benign_malignant,target\na,nevus,benign,1\nb,nevus,benign,0\n",
            "a is nevus and target 1 at once",
        ),
        (
            "image_name,diagnosis,benign_malignant,target\na,unknown,benign,1\nb,nevus,benign,0\n",
            "a is benign (benign_malignant) and target 1 at once",
        ),
        (
            "isic_id,diagnosis_1,diagnosis_2,diagnosis_3\na,Benign,,\"Melanoma, NOS\"\nb,Benign,Benign melanocytic proliferations,Nevus\n",
            "a is Melanoma, NOS and Benign (diagnosis_1) at once",
        ),
        (
            "image_id,dx,diagnosis\na,mel,nevus\nb,nv,nevus\n",
            "a is mel and nevus (diagnosis) at once",
        ),
        (
            "image_id,diagnosis,lesion_id\na,melanoma,L1\nb,nevus,L2\na,melanoma,L2\n",
            "lines 2 and 4: a is of lesion L1 and of lesion L2 at once",
        ),
    ] {
        let dataset = set(table, &["a", "b"]);
        assert_eq!(ids(&dataset), ["b"], "{table}");
        says(&dataset, said);
        assert!(
            dataset
                .summary()
                .contains("1 picture with contradicting rows")
        );
    }
    // In German there is no English between what the table says.
    let said = within(Language::German, || {
        let twice = "image_id,diagnosis,lesion_id\na,melanoma,L1\nb,nevus,L2\na,nevus,L1\n";
        set(twice, &["a", "b"]).assumptions.join("\n")
    });
    assert!(
        said.contains("melanoma und nevus") && !said.contains(" and "),
        "{said}"
    );
    // The same term in two columns is no contradiction, nor is another malignant growth.
    let agree = "image_name,diagnosis,diagnosis,benign_malignant,target\na,melanoma,Melanoma,malignant,1\nb,nevus,NA,benign,0\nc,bcc,bcc,malignant,0\n";
    let dataset = set(agree, &["a", "b", "c"]);
    assert_eq!(
        (ids(&dataset), dataset.assumptions.len()),
        (vec!["a", "b", "c"], 0)
    );
    // A second table of lesions that contradicts itself.
    let (folder, _) = read("image_id,dx\na,mel\nb,nv\n", &["a", "b"]);
    fs::write(
        folder.path().join("lesions.csv"),
        "image,lesion_id\na,L1\nb,L2\na,L3\n",
    )
    .unwrap();
    let dataset = Dataset::read(&folder.path().join("table.csv"), None).unwrap();
    assert_eq!(ids(&dataset), ["b"]);
    says(
        &dataset,
        "a is of lesion L1 and of lesion L3, in lesions.csv, at once",
    );
}

#[test]
fn a_diagnosis_in_doubt_is_counted_and_named() {
    let table = "image_id,diagnosis\na,melanoma?\nb,nevus with melanoma\nc,nevus-associated melanoma\nd,nevus\n";
    let dataset = set(table, &["a", "b", "c", "d"]);
    let labels: Vec<_> = dataset
        .labelled()
        .map(|(one, label)| (one.id.as_str(), label))
        .collect();
    assert_eq!(labels, [("c", Label::Melanoma), ("d", Label::Nevus)]);
    says(
        &dataset,
        "a: “melanoma?” leaves open whether it is melanoma or nevus",
    );
    says(&dataset, "b: “nevus with melanoma” leaves open");
    assert_eq!(dataset.summary(), "2 diagnoses in doubt");
    let one = set("image_id,diagnosis\na,melanoma?\nd,nevus\n", &["a", "d"]);
    assert_eq!(one.summary(), "1 diagnosis in doubt");
}

#[test]
fn yes_and_no_of_a_column_are_read_in_every_spelling_and_what_is_not_gives_its_reason() {
    for [yes, no] in [
        ["True", "False"],
        ["TRUE", "false"],
        ["1,0", "0,0"],
        ["1.0", "0"],
    ] {
        let table = format!("image;MEL;NV\na;{yes};{no}\nb;{no};{yes}\n");
        let dataset = set(&table, &["a", "b"]);
        let labels: Vec<_> = dataset.labelled().map(|(_, label)| label).collect();
        assert_eq!(labels, [Label::Melanoma, Label::Nevus], "{yes}");
    }
    let table = "image,MEL,NV\na,0.7,0.3\nb,0.2,0.8\n";
    let error = read(table, &["a", "b"]).1.unwrap_err().to_string();
    assert!(
        error.contains("line 2: a: `0.7` in column MEL is neither 0 nor 1"),
        "{error}"
    );
}

#[test]
fn the_line_of_a_quote_that_swallows_rows_is_named() {
    let names = ["a", "b", "c", "d"];
    for (table, said, left) in [
        (
            "image_id,note,diagnosis\na,x,melanoma\nb,\"5mm,nevus\nc,x,nevus\nd,x,nevus\n",
            "a quote opens in line 3 and is never closed",
            vec!["a"],
        ),
        (
            "image_id,note,diagnosis\na,x,melanoma\nb,x,nevus\nc,x,nevus\nd,\"5mm,nevus",
            "a quote opens in line 5 and is never closed",
            vec!["a", "b", "c"],
        ),
        (
            "image_id,note,diagnosis\na,\"5mm,melanoma\nb,x,nevus\nc,5mm\" x,nevus\nd,x,nevus\n",
            "a quote opens in line 2 and is closed only after further rows",
            vec!["d"],
        ),
    ] {
        let dataset = set(table, &names);
        assert_eq!(ids(&dataset), left, "{table}");
        says(&dataset, said);
    }
    let sound = "image_id,note,diagnosis\na,\"one, two\nthree\",melanoma\nb,\"5\"\" wide\",nevus\nc,5\" wide,nevus\nd,\"\n\",nevus\n";
    let dataset = set(sound, &names);
    assert_eq!(
        (ids(&dataset), dataset.assumptions.len()),
        (names.to_vec(), 0)
    );
}

#[test]
fn files_that_are_no_tables_are_named_as_what_they_are() {
    let utf32: Vec<u8> = "\u{feff}image_id,dx\n"
        .chars()
        .flat_map(|c| (c as u32).to_le_bytes())
        .collect();
    for (bytes, words) in [
        (&b"PK\x03\x04\0\0\0\0"[..], "xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "workbook"),
        (b"\n<!DOCTYPE html><html><table>", "web page"),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
            "git lfs pull",
        ),
        (&utf32, "UTF-32"),
        (b"%PDF-1.4\n", "PDF"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "is a picture, not a table"),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR",
            "is a picture, not a table",
        ),
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (b"SQLite format 3\0\x10\0", "is a study or another database"),
        (b"\x93NUMPY\x01\0v\0", "is not text"),
    ] {
        let (folder, _) = read("", &["a"]);
        let path = folder.path().join("table.csv");
        fs::write(&path, bytes).unwrap();
        let error = Dataset::read(&path, None).unwrap_err().to_string();
        assert!(
            error.contains(words) && error.contains("table.csv"),
            "{error}"
        );
    }
}

#[test]
fn pictures_of_kinds_that_are_not_read_are_counted_beside_a_table_and_in_a_class() {
    let (folder, _) = read("image_id,dx\na,mel\nb,nv\n", &["a", "b"]);
    fs::write(folder.path().join("images/c.HEIC"), b"").unwrap();
    let dataset = Dataset::read(&folder.path().join("table.csv"), None).unwrap();
    says(
        &dataset,
        "1 HEIC file was left out (images/c.HEIC): convert it to JPEG or PNG",
    );
    let folder = tempfile::tempdir().unwrap();
    for path in ["melanoma/a.png", "nevus/b.png"] {
        paint(&folder.path().join(path), [1, 2, 3]);
    }
    fs::write(folder.path().join("nevus/c.dcm"), b"").unwrap();
    let dataset = Dataset::read(Path::new(folder.path()), None).unwrap();
    let said: Vec<String> = dataset.problems.iter().map(Problem::to_string).collect();
    assert!(said[0].contains("1 DICOM file was left out"), "{said:?}");
}
