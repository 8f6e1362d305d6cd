//! Which pictures are found: masks, names, folders, links; and the same pixels in other files.

use std::fs;
use std::path::Path;

use super::{folder, paint, told};
use crate::dataset::*;
use flipscope_base::cancel::Cancel;
use flipscope_model::Label;

#[test]
fn a_mask_is_never_taken_for_the_photograph_of_its_name() {
    for mask in [
        "Annotations/a.png",
        "masks/a.png",
        "0/segmentation/a.png",
        "superpixels/a.png",
        "GroundTruth/a.png",
        "zz/a.png",
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join("labels.csv"),
            "image_id,dx\na,mel\nb,nv\n",
        )
        .unwrap();
        for (path, colour) in [("images/a.png", 1), ("b.png", 2), (mask, 255)] {
            paint(&folder.path().join(path), [colour; 3]);
        }
        let dataset = Dataset::read(folder.path(), None).unwrap();
        let a = dataset.find("a").unwrap();
        assert!(a.path.ends_with("images/a.png"), "{mask}: {:?}", a.path);
        let taken = format!("a: {} is used; of the same name,", a.path.display());
        let said = dataset
            .assumptions
            .iter()
            .any(|text| text.contains(&taken) && text.contains(mask));
        assert!(said, "{:?}", dataset.assumptions);
        // The photograph is gone, and the mask does not replace it.
        fs::remove_file(&a.path).unwrap();
        paint(&folder.path().join("c.png"), [9; 3]);
        fs::write(
            folder.path().join("labels.csv"),
            "image_id,dx\na,mel\nb,nv\nc,mel\n",
        )
        .unwrap();
        let dataset = Dataset::read(folder.path(), None).unwrap();
        if mask.starts_with("zz") {
            continue;
        }
        assert!(dataset.find("a").is_none(), "{mask}");
        assert!(
            dataset
                .summary()
                .contains("1 row with no picture but a mask"),
            "{}",
            dataset.summary()
        );
    }
}

#[test]
fn masks_beside_the_photographs_of_a_class_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    for path in [
        "melanoma/a.png",
        "melanoma/a_segmentation.png",
        "melanoma/a_mask.png",
        "nevus/b.png",
        "nevus/masks/b.png",
    ] {
        paint(&folder.path().join(path), [3; 3]);
    }
    let dataset = Dataset::read(folder.path(), None).unwrap();
    assert_eq!(
        told(&dataset),
        [
            "melanoma/a.png=melanoma/melanoma",
            "nevus/b.png=nevus/nevus"
        ]
    );
    assert_eq!(dataset.summary(), "3 masks");
}

#[test]
fn a_name_with_folder_or_ending_finds_its_own_picture() {
    let folder = tempfile::tempdir().unwrap();
    let table = "image_id,dx\ntrain/1.png,mel\nval/1.png,nv\nx.bmp,nv\nx.png,mel\n";
    fs::write(folder.path().join("t.csv"), table).unwrap();
    for path in ["train/1.png", "val/1.png", "x.png"] {
        paint(&folder.path().join(path), [3; 3]);
    }
    fs::copy(folder.path().join("x.png"), folder.path().join("x.bmp")).unwrap();
    let dataset = Dataset::read(folder.path(), None).unwrap();
    assert_eq!(dataset.problems, []);
    assert_eq!(dataset.examples.len(), 4);
    for example in &dataset.examples {
        assert!(example.path.ends_with(&example.id), "{example:?}");
    }
}

#[test]
fn contradicting_rows_are_named_and_the_same_row_twice_is_one() {
    let table = "image_id,diagnosis,split,lesion_id\na,melanoma,train,L1\nb,nevus,train,\nc,nevus,train,\nd,melanoma,train,\n\
        A.PNG,nevus,train,L1\nb.png,nevus,,L2\nimages/c,nevus,test,\n";
    let folder = folder(table, &["a", "b", "c", "d"]);
    let dataset = Dataset::read(folder.path(), None).unwrap();
    assert_eq!(told(&dataset), ["b=nevus/nevus", "d=melanoma/melanoma"]);
    assert_eq!(dataset.find("b").unwrap().lesion.as_deref(), Some("L2"));
    for said in [
        "lines 2 and 6: a is melanoma and nevus at once",
        "lines 4 and 8: c is train and test at once",
    ] {
        assert!(
            dataset.assumptions.iter().any(|text| text.contains(said)),
            "{:?}",
            dataset.assumptions
        );
    }
    assert!(
        dataset
            .summary()
            .contains("2 pictures with contradicting rows")
    );
    assert!(dataset.summary().contains("1 repeated row"));
}

#[test]
fn a_folder_per_class_needs_no_table() {
    let folder = tempfile::tempdir().unwrap();
    for path in [
        "train/melanoma/1.png",
        "train/nevus/1.png",
        "val/nevus/deeper/2.png",
        "bcc/3.png",
    ] {
        paint(&folder.path().join(path), [1, 2, 3]);
    }
    let dataset = Dataset::read(folder.path(), None).unwrap();
    assert_eq!(
        told(&dataset),
        [
            "bcc/3.png=other/bcc",
            "train/melanoma/1.png=melanoma/melanoma",
            "train/nevus/1.png=nevus/nevus",
            "val/nevus/deeper/2.png=nevus/nevus",
        ]
    );
    let parts: Vec<_> = dataset
        .examples
        .iter()
        .map(|example| example.part)
        .collect();
    assert_eq!(
        parts,
        [
            None,
            Some(Part::Train),
            Some(Part::Train),
            Some(Part::Validation)
        ]
    );
    assert_eq!(dataset.summary(), "1 bcc");
}

#[test]
fn the_same_pixels_are_found_in_other_files() {
    let folder = folder("image_id,dx\na,mel\nb,nv\nc,nv\n", &["a", "b"]);
    // The same pixels as `a`, in a file with one more chunk.
    let mut png = fs::read(folder.path().join("images/a.png")).unwrap();
    let text = [
        0, 0, 0, 3, b't', b'E', b'X', b't', b'a', 0, b'b', 0xb7, 0xf7, 0xc2, 0x06,
    ];
    png.splice(33..33, text);
    fs::write(folder.path().join("images/c.png"), png).unwrap();
    let dataset = Dataset::read(folder.path(), None).unwrap();
    let fingerprints = dataset.fingerprint(&|_, _| (), &Cancel::default()).unwrap();
    assert_eq!(fingerprints.problems, []);
    assert_ne!(
        fingerprints.get("a").unwrap().file,
        fingerprints.get("c").unwrap().file
    );
    assert_eq!(fingerprints.duplicates(), [["a", "c"]]);

    let cancel = Cancel::default();
    cancel.request();
    assert!(matches!(
        dataset.fingerprint(&|_, _| (), &cancel),
        Err(DatasetError::Cancelled)
    ));
}

#[test]
fn the_isic_2017_set_at_hand_is_read() {
    let shared = Path::new("../shared/data");
    if !shared.is_dir() {
        println!("../shared/data is absent: not tried");
        return;
    }
    let dataset = Dataset::read(&shared.join("isic2017"), None).unwrap();
    assert_eq!(
        (dataset.name.as_str(), dataset.format),
        ("isic2017", "plain labels")
    );
    assert_eq!(dataset.examples.len(), 2750);
    assert_eq!(
        (dataset.count(Label::Melanoma), dataset.count(Label::Nevus)),
        (521, 1843)
    );
    assert_eq!(dataset.summary(), "386 seborrheic_keratosis");
    let uda = Dataset::read(&shared.join("uda"), None).unwrap();
    assert_eq!((uda.examples.len(), uda.problems.len()), (12, 0));
}

#[cfg(unix)]
#[test]
fn a_set_of_links_to_pictures_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().join("elsewhere.png");
    paint(&real, [1, 2, 3]);
    for class in ["set/melanoma", "set/nevus"] {
        let class = folder.path().join(class);
        fs::create_dir_all(&class).unwrap();
        std::os::unix::fs::symlink(&real, class.join("linked.png")).unwrap();
        // A link to a folder above forms a circle, and is not followed.
        std::os::unix::fs::symlink(folder.path(), class.join("circle")).unwrap();
        std::os::unix::fs::symlink("nowhere.png", class.join("dangling.png")).unwrap();
    }
    let dataset = Dataset::read(&folder.path().join("set"), None).unwrap();
    let expected = [
        "melanoma/linked.png=melanoma/melanoma",
        "nevus/linked.png=nevus/nevus",
    ];
    assert_eq!(told(&dataset), expected);
}

#[cfg(unix)]
#[test]
fn of_folders_that_are_links_to_nothing_it_is_said_where_they_lead() {
    let folder = tempfile::tempdir().unwrap();
    let [table, link] = ["labels.csv", "images"].map(|name| folder.path().join(name));
    fs::write(&table, "image_id,diagnosis\na,melanoma\n").unwrap();
    std::os::unix::fs::symlink("gone/away", &link).unwrap();
    for error in [
        Dataset::read(&table, Some(&link)).unwrap_err(),
        Dataset::read(&link, None).unwrap_err(),
    ] {
        let said = error.to_string();
        let words = "images: cannot be read: it is a link to gone/away, where nothing is";
        assert!(said.contains(words), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_linked_folder_of_photographs_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let [real, beside] = ["real", "set"].map(|name| folder.path().join(name));
    for path in [&real, &beside] {
        fs::create_dir(path).unwrap();
    }
    paint(&real.join("a.png"), [1, 2, 3]);
    std::os::unix::fs::symlink(&real, beside.join("images")).unwrap();
    let table = beside.join("labels.csv");
    fs::write(&table, "image_id,diagnosis\na,melanoma\n").unwrap();
    let error = Dataset::read(&table, None).unwrap_err().to_string();
    assert!(
        error.contains("images is a link to a folder") && error.contains("--images"),
        "{error}"
    );
    assert_eq!(
        Dataset::read(&table, Some(&real)).unwrap().examples.len(),
        1
    );
}
