//! Each format with its real header, on pictures of one colour.

use std::fs;
use std::path::Path;

use super::*;
use crate::lesion::Raster;
use crate::search::Cancel;

/// Writes a small PNG of one colour.
pub(in crate::study) fn paint(path: &Path, colour: [u8; 3]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let raster = Raster::from_rgb(4, 3, colour.repeat(12)).unwrap();
    raster.write_png(path).unwrap();
}

/// A table called `table.csv`, with a picture of its own colour for each id in `images/`.
fn folder(table: &str, ids: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("table.csv"), table).unwrap();
    for (number, id) in ids.iter().enumerate() {
        let path = folder.path().join(format!("images/{id}.png"));
        paint(&path, [number as u8, 100, 200]);
    }
    folder
}

/// `id=label/text` of every example.
fn told(dataset: &Dataset) -> Vec<String> {
    dataset
        .examples
        .iter()
        .map(|Example { id, diagnosis, .. }| {
            let label = diagnosis.label.map_or("other", Label::name);
            format!("{id}={label}/{}", diagnosis.text)
        })
        .collect()
}

#[test]
fn every_table_is_told_by_its_header() {
    for (format, table, expected) in [
        (
            "ISIC archive",
            "isic_id,attribution,benign_malignant,diagnosis\na,x,malignant,melanoma\nb,\"y, z\",benign,nevus\nc,,benign,\n",
            ["a=melanoma/melanoma", "b=nevus/nevus", "c=other/benign"],
        ),
        (
            "ISIC archive",
            "isic_id,diagnosis_1,diagnosis_2,diagnosis_3,diagnosis_4,diagnosis_5\n\
             a,Malignant,Malignant melanocytic proliferations (Melanoma),Melanoma in situ,,\n\
             b,Benign,Benign melanocytic proliferations,Nevus,\"Nevus, Atypical, Dysplastic, or Clark\",\n\
             c,Indeterminate,Indeterminate melanocytic proliferations,,,\n",
            [
                "a=melanoma/Melanoma in situ",
                "b=nevus/Nevus, Atypical, Dysplastic, or Clark",
                "c=other/Indeterminate melanocytic proliferations",
            ],
        ),
        (
            "ISIC-2016",
            "a,malignant\nb,benign\nc,benign\n",
            ["a=melanoma/malignant", "b=nevus/benign", "c=nevus/benign"],
        ),
        (
            "ISIC-2016",
            "a,1.0\nb,0.0\nc,0.0\n",
            ["a=melanoma/malignant", "b=nevus/benign", "c=nevus/benign"],
        ),
        (
            "ISIC-2017",
            "image_id,melanoma,seborrheic_keratosis\na,1.0,0.0\nb,0.0,0.0\nc,0.0,1.0\n",
            [
                "a=melanoma/melanoma",
                "b=nevus/nevus",
                "c=other/seborrheic keratosis",
            ],
        ),
        (
            "ISIC-2018",
            "image,MEL,NV,BCC,AKIEC,BKL,DF,VASC\na,1.0,0.0,0.0,0.0,0.0,0.0,0.0\nb,0.0,1.0,0.0,0.0,0.0,0.0,0.0\nc,0.0,0.0,0.0,0.0,1.0,0.0,0.0\n",
            ["a=melanoma/MEL", "b=nevus/NV", "c=other/BKL"],
        ),
        (
            "ISIC-2019",
            "image,MEL,NV,BCC,AK,BKL,DF,VASC,SCC,UNK,score_weight\na,1,0,0,0,0,0,0,0,0,0.5\nb,0,1,0,0,0,0,0,0,0,1\nc,0,0,0,0,0,0,0,0,1,1\n",
            ["a=melanoma/MEL", "b=nevus/NV", "c=other/UNK"],
        ),
        (
            "ISIC-2020",
            "image_name,patient_id,sex,age_approx,anatom_site_general_challenge,diagnosis,benign_malignant,target\n\
             a,IP_1,male,45,head/neck,melanoma,malignant,1\nb,IP_2,female,45,torso,nevus,benign,0\nc,IP_3,male,45,torso,unknown,benign,0\n",
            ["a=melanoma/melanoma", "b=nevus/nevus", "c=other/unknown"],
        ),
        (
            "HAM10000",
            "lesion_id,image_id,dx,dx_type,age,sex,localization\nHAM_1,a,mel,histo,80,male,scalp\nHAM_2,b,nv,histo,80,male,ear\nHAM_2,c,bkl,histo,80,male,ear\n",
            ["a=melanoma/mel", "b=nevus/nv", "c=other/bkl"],
        ),
        (
            "plain labels",
            "\u{feff}image_id;diagnosis;split;duplicate_of\r\na;melanoma;train;\r\nb;nevus;val;a\r\nc;seborrheic_keratosis;test;\r\n",
            [
                "a=melanoma/melanoma",
                "b=nevus/nevus",
                "c=other/seborrheic_keratosis",
            ],
        ),
    ] {
        let folder = folder(table, &["a", "b", "c"]);
        let dataset = Dataset::read(folder.path(), None).unwrap();
        assert_eq!(
            (dataset.format, told(&dataset)),
            (format, expected.map(str::to_owned).to_vec())
        );
        assert_eq!(dataset.assumptions.is_empty(), format != "ISIC-2016");
        let others = expected
            .iter()
            .filter(|text| text.contains("=other"))
            .count();
        assert_eq!(
            dataset.problems.len(),
            others,
            "{format}: {:?}",
            dataset.problems
        );
    }
}

#[test]
fn lesions_patients_parts_and_duplicates_are_read() {
    let table = "image_id,diagnosis,split,duplicate_of,lesion_id,patient_id\na,melanoma,train,,L1,P1\nb,nevus,valid,a,L2,P1\nc,nevus,TEST,,,\n";
    let folder = folder(table, &["a", "b", "c"]);
    let dataset = Dataset::read(&folder.path().join("table.csv"), None).unwrap();
    let [a, b, c] = dataset.examples.as_slice() else {
        panic!("three examples")
    };
    assert_eq!(
        (a.lesion.as_deref(), a.patient.as_deref()),
        (Some("L1"), Some("P1"))
    );
    assert_eq!(
        (a.part, b.part, c.part),
        (Some(Part::Train), Some(Part::Validation), Some(Part::Test))
    );
    assert_eq!(
        (b.duplicate_of.as_deref(), c.lesion.as_deref()),
        (Some("a"), None)
    );
    assert_eq!(dataset.find("b"), Some(b));
    assert_eq!(dataset.find("d"), None);
    assert_eq!(
        (dataset.count(Label::Melanoma), dataset.count(Label::Nevus)),
        (1, 2)
    );
}

#[test]
fn lesions_come_from_the_table_beside() {
    let folder = folder(
        "image,MEL,NV,BCC,AKIEC,BKL,DF,VASC\na,1,0,0,0,0,0,0\nb,0,1,0,0,0,0,0\n",
        &["a", "b"],
    );
    let beside = folder
        .path()
        .join("ISIC2018_Task3_Training_LesionGroupings.csv");
    fs::write(
        beside,
        "image,lesion_id,diagnosis_confirm_type\na,HAM_7,histopathology\n",
    )
    .unwrap();
    let dataset = Dataset::read(folder.path(), None).unwrap();
    let lesions: Vec<_> = dataset
        .examples
        .iter()
        .map(|e| e.lesion.as_deref())
        .collect();
    assert_eq!(lesions, [Some("HAM_7"), None]);
    assert!(
        dataset.assumptions[0].contains("LesionGroupings"),
        "{:?}",
        dataset.assumptions
    );
}

#[test]
fn what_cannot_be_used_is_listed_and_counted() {
    let table = "image_id,melanoma,seborrheic_keratosis\n\
        a,1,0\nb.PNG,0,0\na,0,0\nmissing,0,0\nboth,1,1\nodd,maybe,0\nshort,1\n,0,0\nkeratosis,0,1\nbroken,0,0\n";
    let folder = folder(table, &["a", "B", "stray", "keratosis"]);
    paint(&folder.path().join("small/a.png"), [9, 9, 9]);
    fs::write(
        folder.path().join("images/broken.jpg"),
        b"\xff\xd8\xff\xe0 and no more",
    )
    .unwrap();
    let dataset = Dataset::read(folder.path(), None).unwrap();
    let ids: Vec<&str> = dataset.examples.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(ids, ["a", "b.PNG", "broken", "keratosis"]);
    let texts: Vec<String> = dataset.problems.iter().map(Problem::to_string).collect();
    for (at, words) in [
        (0, "images/a.png is taken, and 1 more"),
        (1, "line 4: a was named by an earlier row"),
        (2, "missing: no picture"),
        (
            3,
            "line 6: both: is melanoma and seborrheic keratosis at once",
        ),
        (
            4,
            "line 7: odd: `maybe` in column melanoma is neither 0 nor 1",
        ),
        (5, "line 8: has 2 of 3 fields"),
        (6, "line 9: names no picture"),
        (
            7,
            "keratosis: seborrheic keratosis is neither melanoma nor nevus",
        ),
        (8, "stray.png: no row names it"),
    ] {
        assert!(texts[at].contains(words), "{words}: {texts:?}");
    }
    assert_eq!(texts.len(), 9, "{texts:?}");
    let summary = dataset.summary();
    assert!(
        summary.starts_with("4 rows that cannot be understood, 1 names"),
        "{summary}"
    );

    let fingerprints = dataset.fingerprint(&|_, _| (), &Cancel::default()).unwrap();
    assert!(fingerprints.get("broken").is_none());
    assert!(fingerprints.get("keratosis").is_none(), "it has no label");
    assert!(matches!(
        fingerprints.problems.as_slice(),
        [Problem::Unreadable { id, reason }] if id == "broken" && reason.contains("broken.jpg")
    ));
}

#[test]
fn a_table_that_is_none_names_the_columns_looked_for() {
    let folder = folder("name,age\na,3\n", &["a"]);
    let error = Dataset::read(&folder.path().join("table.csv"), None)
        .unwrap_err()
        .to_string();
    for words in [
        "table.csv",
        "(name, age)",
        "isic_id",
        "image_id, dx",
        "MEL, NV",
        "target",
    ] {
        assert!(error.contains(words), "{words}: {error}");
    }
    let error = Dataset::read(folder.path(), None).unwrap_err().to_string();
    assert!(error.contains("there is images"), "{error}");
    fs::write(folder.path().join("one.csv"), "image_id,dx\na,mel\n").unwrap();
    fs::write(folder.path().join("two.csv"), "image_id,dx\nz,mel\n").unwrap();
    let error = Dataset::read(folder.path(), None).unwrap_err().to_string();
    assert!(error.contains("(one.csv, two.csv)"), "{error}");
    let error = Dataset::read(&folder.path().join("two.csv"), None)
        .unwrap_err()
        .to_string();
    assert!(error.contains("1 rows without a picture"), "{error}");
    let error = Dataset::read(&folder.path().join("none.csv"), None)
        .unwrap_err()
        .to_string();
    assert!(error.contains("no such file"), "{error}");
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
    // The same pixels as `a`, in a file with a chunk more.
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
