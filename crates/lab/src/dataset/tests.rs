//! Each format with its real header, on pictures of one colour.

use std::fs;
use std::path::Path;

use super::*;
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::Raster;

/// Writes a small PNG of one colour.
pub(crate) fn paint(path: &Path, colour: [u8; 3]) {
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

/// The name of a form of table, a table of it, and what its three rows are.
const TABLES: &[(&str, &str, [&str; 3])] = &[
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
        "BCN20000",
        "bcn_filename,age_approximately,anatom_site_general,diagnosis,lesion_id,capture_date,sex,split\n\
             a.jpg,55.0,anterior torso,MEL,BCN_0,2012-05-01,male,train\nb.jpg,55.0,,NV,BCN_1,2012-05-01,male,train\nc.jpg,55.0,,BKL,,2012-05-01,male,test\n",
        ["a.jpg=melanoma/MEL", "b.jpg=nevus/NV", "c.jpg=other/BKL"],
    ),
    (
        "Derm7pt",
        "case_num,diagnosis,seven_point_score,pigment_network,elevation,location,sex,clinic,derm,case_id,notes\n\
             1,melanoma (in situ),2,absent,flat,back,male,Aal001.jpg,NEL/a.jpg,,\n2,reed or spitz nevus,2,absent,flat,back,male,B.jpg,b.jpg,,\n3,lentigo,2,absent,flat,back,male,c1.jpg,c.jpg,,\n",
        [
            "NEL/a.jpg=melanoma/melanoma (in situ)",
            "b.jpg=nevus/reed or spitz nevus",
            "c.jpg=other/lentigo",
        ],
    ),
    (
        "PAD-UFES-20",
        "patient_id,lesion_id,smoke,drink,background_father,background_mother,age,pesticide,gender,skin_cancer_history,cancer_history,\
             has_piped_water,has_sewage_system,fitspatrick,region,diameter_1,diameter_2,diagnostic,itch,grew,hurt,changed,bleed,elevation,img_id,biopsed\n\
             PAT_1,11,,,,,8,,,,,,,,ARM,,,MEL,F,F,F,F,F,F,a.png,True\nPAT_2,12,,,,,8,,,,,,,,ARM,,,NEV,F,F,F,F,F,F,b.png,False\nPAT_2,13,,,,,8,,,,,,,,ARM,,,ACK,F,F,F,F,F,F,c.png,True\n",
        ["a.png=melanoma/MEL", "b.png=nevus/NEV", "c.png=other/ACK"],
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
];

#[test]
fn every_table_is_told_by_its_header() {
    for &(format, table, expected) in TABLES {
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
    paint(&folder.path().join("small/b.png"), [9, 9, 9]);
    fs::write(
        folder.path().join("images/broken.jpg"),
        b"\xff\xd8\xff\xe0 and no more",
    )
    .unwrap();
    let dataset = Dataset::read(folder.path(), None).unwrap();
    let ids: Vec<&str> = dataset.examples.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(ids, ["b.PNG", "broken", "keratosis"]);
    let texts: Vec<String> = dataset.problems.iter().map(Problem::to_string).collect();
    for (at, words) in [
        (
            0,
            "line 6: both: is melanoma and seborrheic keratosis at once",
        ),
        (
            1,
            "line 7: odd: `maybe` in column melanoma is neither 0 nor 1",
        ),
        (2, "line 8: has 2 of 3 fields"),
        (3, "line 9: names no picture"),
        (4, "lines 2 and 4: a is melanoma and nevus at once"),
        (5, "images/B.png is taken, and of the same name"),
        (6, "missing: no picture"),
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
        summary.starts_with("4 rows that cannot be understood, 1 "),
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
fn what_is_not_known_is_no_group() {
    let words = [
        "NA", "n/a", " nan ", "NULL", "None", "-", "?", "unknown", "",
    ];
    let ids: Vec<String> = (0..words.len()).map(|n| format!("p{n}")).collect();
    let rows = ids.iter().zip(words);
    let rows = rows.map(|(id, word)| format!("{id},nevus,{word},{word},{word},{word}\n"));
    let rows: String = rows.collect();
    let known = "q0,melanoma,train,q0,0.0,1.0\nq1,nevus,train,q0,0.0,2.0\n";
    let table =
        format!("image_id,diagnosis,split,duplicate_of,lesion_id,patient_id\n{rows}{known}");
    let names: Vec<&str> = ids.iter().map(String::as_str).chain(["q0", "q1"]).collect();
    let folder = folder(&table, &names);
    let dataset = Dataset::read(folder.path(), None).unwrap();
    assert_eq!(dataset.problems, []);
    for id in &ids {
        let one = dataset.find(id).unwrap();
        let told = (&one.lesion, &one.patient, &one.duplicate_of, one.part);
        assert_eq!(told, (&None, &None, &None, None), "{id}");
    }
    let [q0, q1] = ["q0", "q1"].map(|id| dataset.find(id).unwrap());
    assert_eq!(
        (
            q0.lesion.as_deref(),
            q0.patient.as_deref(),
            &q0.duplicate_of
        ),
        (Some("0.0"), Some("1.0"), &None)
    );
    assert_eq!(q1.duplicate_of.as_deref(), Some("q0"));
    let labelled: Vec<_> = dataset.labelled().collect();
    // Every picture of which nothing is known is a group of its own; the two of the lesion 0.0 are one.
    let groups = crate::dataset::split::groups_of(&labelled);
    assert_eq!(groups.len(), words.len() + 1);
}

#[test]
fn groups_beside_the_table_that_are_not_known_are_none() {
    let folder = folder("image_id,dx\na,mel\nb,nv\n", &["a", "b"]);
    let beside = "image,lesion_id,patient_id\na.jpg,NA,IP_1\nb,nan,n/a\n";
    fs::write(folder.path().join("lesions.csv"), beside).unwrap();
    let dataset = Dataset::read(&folder.path().join("table.csv"), None).unwrap();
    let [a, b] = ["a", "b"].map(|id| dataset.find(id).unwrap());
    assert_eq!((&a.lesion, a.patient.as_deref()), (&None, Some("IP_1")));
    assert_eq!((&b.lesion, &b.patient), (&None, &None));
}

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
        let taken = format!("a: {} is taken, and of the same name", a.path.display());
        let said = dataset
            .assumptions
            .iter()
            .any(|text| text.contains(&taken) && text.contains(mask));
        assert!(said, "{:?}", dataset.assumptions);
        // The photograph is gone, and the mask does not stand for it.
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
                .contains("1 rows with no picture but a mask"),
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
    assert!(dataset.summary().contains("1 repeated rows"));
}

#[test]
fn tables_of_a_spreadsheet_are_read_and_lines_counted_with_the_first() {
    let rows = "image_id\tdiagnosis\r\na\tmelanoma\r\nb\tnevus\r\n\tnevus\r\n";
    let sep = format!("sep=;\r\n{}", rows.replace('\t', ";"));
    let pipes = format!("\"sep=|\"\n{}", rows.replace('\t', "|"));
    let units = |of: fn(u16) -> [u8; 2]| -> Vec<u8> { rows.encode_utf16().flat_map(of).collect() };
    for (bytes, line) in [
        (units(u16::to_le_bytes), 4),
        (units(u16::to_be_bytes), 4),
        ([&[0xff, 0xfe][..], &units(u16::to_le_bytes)].concat(), 4),
        ([&[0xfe, 0xff][..], &units(u16::to_be_bytes)].concat(), 4),
        (sep.into_bytes(), 5),
        (pipes.into_bytes(), 5),
    ] {
        let folder = folder("", &["a", "b"]);
        fs::write(folder.path().join("table.csv"), bytes).unwrap();
        let dataset = Dataset::read(folder.path(), None).unwrap();
        assert_eq!(told(&dataset), ["a=melanoma/melanoma", "b=nevus/nevus"]);
        let reason = "names no picture".to_owned();
        assert_eq!(dataset.problems, [Problem::Row { line, reason }]);
    }
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
