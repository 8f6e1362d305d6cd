//! Each table format with its real header.

use std::fs;

use super::{folder, paint, told};
use crate::dataset::*;
use flipscope_base::cancel::Cancel;
use flipscope_model::Label;

/// The name of a table format, a table in it, and what its three rows are.
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
    (
        "plain labels",
        "Image,Label\na.png,melanoma\nb.png,nevus\nc.png,keratosis\n",
        [
            "a.png=melanoma/melanoma",
            "b.png=nevus/nevus",
            "c.png=other/keratosis",
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
fn a_table_that_cannot_be_used_says_what_to_write_and_where_pictures_are_named() {
    let folder = folder("picture,class\na,melanoma\n", &["a"]);
    let table = folder.path().join("table.csv");
    let error = Dataset::read(&table, None).unwrap_err().to_string();
    assert!(
        error.contains("(picture, class)")
            && error.contains("call the column of photographs image_id"),
        "{error}"
    );
    let error = Dataset::read(folder.path(), None).unwrap_err().to_string();
    assert!(error.contains("name the table itself"), "{error}");

    // The table fits, and its pictures are elsewhere.
    let away = tempfile::tempdir().unwrap();
    let table = away.path().join("table.csv");
    std::fs::write(&table, "image_id,diagnosis\na,melanoma\n").unwrap();
    let error = Dataset::read(&table, None).unwrap_err().to_string();
    assert!(error.contains("name it (--images)"), "{error}");
    assert_eq!(
        Dataset::read(&table, Some(folder.path()))
            .unwrap()
            .examples
            .len(),
        1
    );
    // Whoever has named the folder is not told to.
    let error = Dataset::read(&table, Some(away.path()))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("1 row without a picture") && !error.contains("--images"),
        "{error}"
    );
}

#[test]
fn a_table_with_diagnoses_in_a_folder_says_which_column_is_called_wrong() {
    let folder = folder("picture,diagnosis\na,melanoma\n", &["a"]);
    let error = Dataset::read(folder.path(), None).unwrap_err().to_string();
    assert!(
        error.contains("table.csv: its first line (picture, diagnosis)")
            && error.contains("call the column of photographs image_id"),
        "{error}"
    );
}

#[test]
fn a_column_that_is_named_nearly_right_is_reported_and_not_read() {
    let table = "image_id,diagnosis,Lesion,patient id,part,duplicate\na,melanoma,L1,P1,train,\nb,nevus,L2,P2,test,a\n";
    let nearly = folder(table, &["a", "b"]);
    let dataset = Dataset::read(nearly.path(), None).unwrap();
    let said = dataset.assumptions.join("\n");
    for (found, expected) in [
        ("“Lesion” is not read", "call it lesion_id"),
        ("“patient id” is not read", "call it patient_id"),
        ("“part” is not read", "call it split"),
        ("“duplicate” is not read", "call it duplicate_of"),
    ] {
        assert!(said.contains(found) && said.contains(expected), "{said}");
    }
    assert_eq!(dataset.assumptions.len(), 4, "{said}");
    // Where the right one is there as well, the other is something else.
    let both = "image_id,diagnosis,part,split\na,melanoma,arm,train\nb,nevus,leg,test\n";
    let dataset = Dataset::read(folder(both, &["a", "b"]).path(), None).unwrap();
    assert_eq!(dataset.assumptions, Vec::<String>::new());
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
        (5, "images/B.png is used; of the same name,"),
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
    // Every picture without a known lesion is a group of its own; the two of lesion 0.0 are one group.
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
        (rows.replace('\t', ";").into_bytes(), 4),
        (rows.as_bytes().to_vec(), 4),
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
