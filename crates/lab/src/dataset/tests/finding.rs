//! Which table is read of those that lie in a folder and beside it, and what is said where none can be.

use std::fs;

use super::{folder, told};
use crate::dataset::*;

#[test]
fn labels_beside_a_folder_of_pictures_are_found_if_they_name_one_of_them() {
    let folder = folder(
        "image_id,diagnosis\na,melanoma\nb,nevus\nz,nevus\n",
        &["a", "b"],
    );
    let (table, images) = (
        folder.path().join("table.csv"),
        folder.path().join("images"),
    );
    let error = Dataset::read(&images, None).unwrap_err();
    assert!(matches!(error, DatasetError::NoLabels { .. }), "{error}");

    let usual = folder.path().join("Labels.CSV");
    fs::rename(table, &usual).unwrap();
    let dataset = Dataset::read(&images, None).unwrap();
    assert_eq!(told(&dataset), ["a=melanoma/melanoma", "b=nevus/nevus"]);
    assert_eq!(dataset.table.as_deref(), Some(usual.as_path()));
    let found = dataset.found.unwrap();
    assert!(
        found.contains("beside the folder") && found.contains("Labels.CSV"),
        "{found}"
    );
    assert_eq!(Dataset::read(&usual, None).unwrap().found, None);

    // One that names none of them, or is none, belongs to something else, whatever is wrong with it.
    for other in ["image_id,diagnosis\nz,nevus\n", "name,age\na,3\n", ""] {
        fs::write(&usual, other).unwrap();
        let error = Dataset::read(&images, None).unwrap_err();
        assert!(matches!(error, DatasetError::NoLabels { .. }), "{error}");
    }
    // Labels in the folder itself come first, and of several tables the one called so.
    fs::write(&usual, "image_id,diagnosis\na,melanoma\n").unwrap();
    for (name, rows) in [("labels.csv", "a,nevus"), ("more.csv", "a,melanoma")] {
        fs::write(images.join(name), format!("image_id,dx\n{rows}\n")).unwrap();
    }
    let dataset = Dataset::read(&images, None).unwrap();
    assert_eq!(
        (told(&dataset), dataset.found),
        (vec!["a=nevus/nevus".to_owned()], None)
    );
}

#[test]
fn another_file_called_labels_is_in_the_way_only_where_nothing_else_says_the_labels() {
    let folder = folder("", &["melanoma/a", "nevus/b"]);
    let images = folder.path().join("images");
    fs::write(images.join("labels.csv"), "name,age\na,3\n").unwrap();
    let dataset = Dataset::read(&images, None).unwrap();
    assert_eq!(dataset.format, "a folder per class");
    let error = Dataset::read(&images.join("nevus"), None).unwrap_err();
    assert!(matches!(error, DatasetError::NoLabels { .. }), "{error}");
    fs::rename(images.join("labels.csv"), images.join("nevus/labels.csv")).unwrap();
    let error = Dataset::read(&images.join("nevus"), None).unwrap_err();
    assert!(error.to_string().contains("(name, age)"), "{error}");
}

#[test]
fn of_a_table_that_is_none_it_is_said_in_short_what_to_call_the_columns() {
    let folder = folder("name,age\na,3\n", &["a"]);
    let error = Dataset::read(&folder.path().join("table.csv"), None)
        .unwrap_err()
        .to_string();
    for words in [
        "table.csv",
        "(name, age)",
        "photographs image_id",
        "diagnoses diagnosis",
        "HAM10000",
    ] {
        assert!(error.contains(words), "{words}: {error}");
    }
    let path = folder.path().display().to_string();
    assert!(error.len() < path.len() + 280, "{error}");
    let error = Dataset::read(folder.path(), None).unwrap_err().to_string();
    assert!(error.contains("there is images"), "{error}");
    fs::write(folder.path().join("one.csv"), "image_id,dx\na,mel\n").unwrap();
    fs::write(folder.path().join("two.csv"), "image_id,dx\nz,mel\n").unwrap();
    let error = Dataset::read(folder.path(), None).unwrap_err().to_string();
    assert!(error.contains("(one.csv, two.csv)"), "{error}");
    let error = Dataset::read(&folder.path().join("two.csv"), None)
        .unwrap_err()
        .to_string();
    assert!(error.contains("1 row without a picture (z)"), "{error}");
    let many = [
        "image_id,dx",
        "a1,mel",
        "a2,mel",
        "a3,mel",
        "a4,nv",
        "a5,nv",
    ]
    .join("\n");
    fs::write(folder.path().join("two.csv"), many).unwrap();
    let error = Dataset::read(&folder.path().join("two.csv"), None)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("5 rows without a picture (a1, a2, a3 and 2 more)"),
        "{error}"
    );
    let thousands = (1..=2743).map(|row| format!("a{row},mel"));
    let thousands: Vec<String> = ["image_id,dx".to_owned()]
        .into_iter()
        .chain(thousands)
        .collect();
    fs::write(folder.path().join("two.csv"), thousands.join("\n")).unwrap();
    let error = Dataset::read(&folder.path().join("two.csv"), None)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("2,743 rows without a picture (a1, a2, a3 and 2,740 more)"),
        "{error}"
    );
    // Not the table is wrong, but where its pictures are said to be.
    let nowhere = folder.path().join("nowhere");
    let error = Dataset::read(&folder.path().join("two.csv"), Some(&nowhere))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains(&format!("{}: there is no such folder", nowhere.display()))
            && !error.contains("two.csv"),
        "{error}"
    );
    let error = Dataset::read(&folder.path().join("none.csv"), None)
        .unwrap_err()
        .to_string();
    assert!(error.contains("no such file"), "{error}");
}
