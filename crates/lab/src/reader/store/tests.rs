//! What the file guarantees: no answer is lost, none is asked twice, none is changed.

use std::path::PathBuf;

use super::*;
use crate::reader::plan::Settings;
use crate::reader::plan::tests::{made, small};
use crate::reader::{Answer, ReadingSession};
use flipscope_language::{Language, within};
use flipscope_model::Label;

pub(in crate::reader) fn file(settings: &Settings) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.readers");
    Store::create(&path, &made(settings, 24, 6)).unwrap();
    (folder, path)
}

fn melanoma() -> Answer {
    Answer {
        call: Label::Melanoma,
        confidence: None,
        biopsy: None,
    }
}

/// Answers this many cases, including practice.
fn answer(session: &mut ReadingSession, count: usize) {
    for _ in 0..count {
        session.answer(melanoma(), 1000).unwrap();
    }
}

#[test]
fn a_plan_is_read_as_it_was_written_and_a_changed_one_is_refused() {
    let made = made(&small(), 24, 6);
    let (_folder, path) = file(&small());
    assert!(matches!(
        Store::create(&path, &made),
        Err(ReaderError::Exists { .. })
    ));
    let store = Store::open(&path).unwrap();
    assert_eq!(store.plan(), &made.plan);
    let (png, frame) = store.picture(0, Form::Unmodified).unwrap();
    assert_eq!(png, made.pictures[0].unmodified);
    assert_eq!(frame.sha256(), made.plan.lesions[0].frame_sha256);
    store
        .connection
        .execute_batch("DROP TRIGGER picture_stays; DROP TRIGGER fact_stays")
        .unwrap();
    let change = "UPDATE picture SET png = (SELECT png FROM picture WHERE lesion = 1 AND form = 0) WHERE lesion = 0";
    store.connection.execute(change, []).unwrap();
    let error = store.picture(0, Form::Unmodified).unwrap_err().to_string();
    assert!(
        error.contains("picture of lesion 1, unmodified,"),
        "{error}"
    );
    let change = "UPDATE fact SET value = replace(value, 'melanoma', 'nevus') WHERE key = 'plan'";
    store.connection.execute(change, []).unwrap();
    assert!(matches!(
        Store::open(&path),
        Err(ReaderError::Changed { .. })
    ));
}

#[test]
fn a_file_that_may_not_be_written_says_so_with_the_remedy_and_not_in_the_words_of_sqlite() {
    let (_folder, path) = file(&small());
    let mut store = Store::open(&path).unwrap();
    // What SQLite says of a file without permission to write; the test may run as root, who may write any.
    store
        .connection
        .pragma_update(None, "query_only", true)
        .unwrap();
    let error = store.join("owl", None).unwrap_err();
    let said = error.to_string();
    assert!(
        said.contains(" may not be written, so nothing can be saved in it: allow writing"),
        "{said}"
    );
    assert!(!said.contains("database"), "{said}");
    let of_folder = ReaderError::of(&path)(rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_READONLY_DIRECTORY),
        None,
    ));
    let folder = path.parent().unwrap().display();
    let said = of_folder.to_string();
    assert!(
        said.contains(&format!("the folder {folder} may not be written to")),
        "{said}"
    );
    let german = within(Language::German, || of_folder.to_string());
    assert!(german.contains("darf nicht geschrieben werden"), "{german}");
}

#[test]
fn what_is_no_reader_study_is_told_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.readers");
    assert!(matches!(Store::open(&path), Err(ReaderError::Io { .. })));
    let said = |path| Store::open(path).err().unwrap().to_string();
    let of_folder = said(folder.path());
    assert!(
        of_folder.contains("name the study's file itself")
            && of_folder.contains("`flipscope reader new`"),
        "{of_folder}"
    );
    for text in [
        "",
        "some text that is longer than the head of a database file, so that it is read as one, and is none",
    ] {
        std::fs::write(&path, text).unwrap();
        assert!(matches!(
            Store::open(&path),
            Err(ReaderError::NoStudy { .. })
        ));
        let said = said(&path);
        assert!(
            said.contains("or make one with `flipscope reader new`"),
            "{said}"
        );
    }
    let (_folder, path) = file(&small());
    let store = Store::open(&path).unwrap();
    store
        .connection
        .pragma_update(None, "user_version", 9)
        .unwrap();
    assert!(matches!(
        Store::open(&path),
        Err(ReaderError::Schema { found: 9, .. })
    ));
}

#[test]
fn answers_readers_and_pictures_are_never_changed_nor_removed() {
    let (_folder, path) = file(&small());
    answer(&mut ReadingSession::open(&path, "owl").unwrap(), 5);
    let store = Store::open(&path).unwrap();
    for table in [
        "answer",
        "practice_answer",
        "reader",
        "event",
        "fact",
        "picture",
    ] {
        let column = match table {
            "fact" => "key",
            "picture" => "lesion",
            "reader" => "slot",
            _ => "at",
        };
        for change in [
            format!("UPDATE {table} SET {column} = 1"),
            format!("DELETE FROM {table}"),
        ] {
            let error = store.connection.execute(&change, []).unwrap_err();
            assert!(error.to_string().contains("never"), "{change}: {error}");
        }
    }
}

#[test]
fn pseudonyms_get_the_next_slot_and_keep_it() {
    let (_folder, path) = file(&small());
    let mut store = Store::open(&path).unwrap();
    let slots = ["owl", "fox", " owl ", "elk"].map(|name| store.join(name, None).unwrap().slot);
    assert_eq!(slots, [0, 1, 0, 2]);
    assert_eq!(store.join("bee", Some(5)).unwrap().slot, 5);
    assert_eq!(store.join("ant", None).unwrap().slot, 3);
    assert_eq!(store.join("bee", Some(5)).unwrap().number, 4);
    let error = store.join("bee", Some(1)).unwrap_err().to_string();
    assert!(error.contains("slot 6, not slot 2"), "{error}");
    for name in ["", "  ", "a\nb", &"x".repeat(41)] {
        assert!(matches!(
            store.join(name, None),
            Err(ReaderError::Pseudonym { .. })
        ));
    }
    assert_eq!(store.readers().unwrap().len(), 5);
}

#[test]
fn a_full_disk_costs_the_answer_in_flight_and_nothing_else() {
    let (_folder, path) = file(&small());
    let mut store = Store::open(&path).unwrap();
    let reader = store.join("owl", None).unwrap().number;
    let pages = store
        .connection
        .pragma_query_value(None, "page_count", |row| row.get::<_, i64>(0));
    store
        .connection
        .pragma_update(None, "max_page_count", pages.unwrap())
        .unwrap();
    let given = |position: u32| AnswerRecord {
        reader,
        position,
        case: position,
        reply: Reply {
            call: Some(Label::Nevus),
            ..Reply::default()
        },
        at: 0,
    };
    let mut kept = 0;
    let error = loop {
        match store.keep(Phase::Reading, &given(kept), &[]) {
            Ok(fresh) => assert!(fresh),
            Err(error) => break error,
        }
        kept += 1;
    };
    assert!(matches!(error, ReaderError::Full { .. }), "{error}");
    assert_eq!(
        Store::open(&path)
            .unwrap()
            .answered(Phase::Reading, reader)
            .unwrap(),
        kept
    );
}

#[test]
fn copies_are_merged_and_contradictions_are_named() {
    let (folder, path) = file(&small());
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|name| folder.path().join(format!("{name}.copy")));
    std::fs::copy(&path, &a).unwrap();
    std::fs::copy(&path, &b).unwrap();
    let mut owl = ReadingSession::open(&a, "owl").unwrap();
    answer(&mut owl, 7);
    // Another copy is made half-way, and owl continues in it.
    std::fs::copy(&a, &c).unwrap();
    answer(&mut ReadingSession::open(&c, "owl").unwrap(), 15);
    answer(
        &mut ReadingSession::open_in_slot(&b, "fox", Some(1)).unwrap(),
        22,
    );
    let out = folder.path().join("all.readers");
    let merged = merge(&out, &[a.clone(), b.clone(), c.clone()], false).unwrap();
    assert_eq!((merged.files, merged.readers, merged.answers), (3, 2, 40));
    let all = Store::open(&out).unwrap();
    assert_eq!(all.readers().unwrap()[1].slot, 1);
    assert_eq!(
        all.picture(3, Form::Unmodified).unwrap(),
        Store::open(&a)
            .unwrap()
            .picture(3, Form::Unmodified)
            .unwrap()
    );
    assert!(ReadingSession::open(&out, "owl").unwrap().is_finished());
    assert!(matches!(
        merge(&out, std::slice::from_ref(&a), false),
        Err(ReaderError::Exists { .. })
    ));
    // The same pseudonym, another answer.
    std::fs::copy(&path, &d).unwrap();
    let mut other = ReadingSession::open(&d, "owl").unwrap();
    for _ in 0..3 {
        other
            .answer(
                Answer {
                    call: Label::Nevus,
                    ..melanoma()
                },
                500,
            )
            .unwrap();
    }
    let out = folder.path().join("none.readers");
    let error = merge(&out, &[a.clone(), d], false).unwrap_err().to_string();
    assert!(
        error.contains("owl (practice case 1)") && error.contains("d.copy"),
        "{error}"
    );
    assert!(!out.exists());
    let (_other, stranger) = file(&Settings { seed: 9, ..small() });
    let error = merge(&out, &[a, stranger], false).unwrap_err();
    assert!(matches!(error, ReaderError::OtherStudy { .. }), "{error}");
}

/// The errors of both tables and merging for a file.
fn refused(path: &std::path::Path) -> Result<Vec<u8>, String> {
    let out = tempfile::tempdir().unwrap();
    let store = Store::open(path).map_err(|error| error.to_string())?;
    let written = crate::reader::tables::export(&store, out.path());
    let written = written.map_err(|error| error.to_string())?;
    store.check_pictures().map_err(|error| error.to_string())?;
    Ok(written
        .iter()
        .flat_map(|path| std::fs::read(path).unwrap())
        .collect())
}

#[test]
fn a_flipped_bit_changes_no_answer_in_silence() {
    let (folder, store) = crate::reader::tables::tests::study();
    let path = store.path().to_owned();
    drop(store);
    let bytes = std::fs::read(&path).unwrap();
    let right = refused(&path).unwrap();
    let flipped = folder.path().join("flipped.readers");
    let (mut same, mut other) = (0, 0);
    for at in (0..bytes.len() * 8).step_by(bytes.len() * 8 / 199) {
        let mut changed = bytes.clone();
        changed[at / 8] ^= 1 << (at % 8);
        std::fs::write(&flipped, changed).unwrap();
        match refused(&flipped) {
            Ok(found) => {
                assert!(found == right, "bit {at} changes a table in silence");
                same += 1;
            }
            Err(_) => other += 1,
        }
    }
    assert!(same + other >= 199 && other > 0, "{same} {other}");
}

#[test]
fn a_damaged_answer_is_named_and_asked_again() {
    let (folder, path) = file(&small());
    let mut session = ReadingSession::open(&path, "anna").unwrap();
    answer(&mut session, 6);
    let practice = session.progress().practice.1;
    assert!(practice < 5);
    drop(session);
    let store = Store::open(&path).unwrap();
    store.check().unwrap();
    let change = "DROP TRIGGER answer_stays; UPDATE answer SET call = 'nevus' WHERE position = 1";
    store.connection.execute_batch(change).unwrap();
    let error = store.check().unwrap_err().to_string();
    assert!(
        error.contains("reading case 2 of anna") && error.contains("merge FILE --partial"),
        "{error}"
    );
    assert!(
        refused(&path)
            .unwrap_err()
            .contains("reading case 2 of anna")
    );
    drop(store);
    let out = folder.path().join("mended.readers");
    let files = std::slice::from_ref(&path);
    let error = merge(&out, files, false).unwrap_err().to_string();
    assert!(
        error.contains("reading case 2 of anna") && !out.exists(),
        "{error}"
    );
    let merged = merge(&out, files, true).unwrap();
    assert_eq!(merged.damaged, ["reading case 2 of anna"]);
    let mut session = ReadingSession::open(&out, "anna").unwrap();
    // The case is asked again, and then it resumes where it left off.
    assert_eq!(session.current().unwrap().position, 2);
    answer(&mut session, 1);
    assert_eq!(session.current().unwrap().position, 6 - practice + 1);
    Store::open(&out).unwrap().check().unwrap();
}

#[test]
fn files_without_checksums_are_read_and_merged() {
    let made = made(&small(), 24, 6);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.readers");
    std::fs::write(&path, "").unwrap();
    begin_file(&path, &path, &made.plan, OLDEST, |transaction| {
        for (pictures, lesion) in made.pictures.iter().zip(0_u32..) {
            let forms = [Some(&pictures.unmodified), pictures.adversarial.as_ref()];
            for (png, form) in forms.into_iter().zip(0_u32..) {
                let Some(png) = png else { continue };
                transaction.execute(
                    "INSERT INTO picture VALUES (?1, ?2, ?3)",
                    params![lesion, form, png],
                )?;
            }
        }
        Ok(())
    })
    .unwrap();
    let mut session = ReadingSession::open(&path, "anna").unwrap();
    answer(&mut session, 6);
    drop(session);
    let store = Store::open(&path).unwrap();
    assert!(!store.has_checksums());
    refused(&path).unwrap();
    let out = folder.path().join("out.readers");
    merge(&out, std::slice::from_ref(&path), false).unwrap();
    assert!(!Store::open(&out).unwrap().has_checksums());
    // An invalid value is found without checksums too.
    let change = "PRAGMA ignore_check_constraints = 1; DROP TRIGGER answer_stays; UPDATE answer SET call = 'ngvus' WHERE position = 1";
    store.connection.execute_batch(change).unwrap();
    let error = store.check().unwrap_err().to_string();
    assert!(error.contains("reading case 2 of anna"), "{error}");
}
