//! The effect of a flipped bit: each export is unchanged, or the damage is named; and damaged results are computed again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::tests::{finish_all, made};
use super::*;
use crate::study::plan::{Plan, Shard, WorkUnit};
use crate::study::tables::tests::study;
use crate::study::tables::{Options, export};

/// The tables of a file by name; an error message if there are none.
fn tables(file: &Path) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let out = tempfile::tempdir().unwrap();
    let options = Options {
        resamples: 100,
        ..Options::default()
    };
    let store = Store::open(file).map_err(|error| error.to_string())?;
    let written = export(&store, out.path(), &options).map_err(|error| error.to_string())?;
    let named = written.iter().map(|path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read(path).unwrap())
    });
    Ok(named.collect())
}

#[test]
fn a_flipped_bit_changes_no_table_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    drop(study(folder.path()));
    let file = folder.path().join("a.study");
    let bytes = std::fs::read(&file).unwrap();
    let right = tables(&file).unwrap();
    let flipped = folder.path().join("flipped.study");
    let (mut same, mut refused) = (0, 0);
    // Every page is hit many times: 2011 is prime, so the hits do not line up with any structure.
    for at in (0..bytes.len() * 8).step_by(2011) {
        let mut changed = bytes.clone();
        changed[at / 8] ^= 1 << (at % 8);
        std::fs::write(&flipped, changed).unwrap();
        match tables(&flipped) {
            Ok(found) => {
                assert!(found == right, "bit {at} changes a table in silence");
                same += 1;
            }
            Err(message) => {
                assert!(message.contains("flipped.study"), "{message}");
                refused += 1;
            }
        }
    }
    assert!(same > 10 && refused > 10, "{same} {refused}");
}

/// The position of the only 8 bytes in a file that hold this number.
fn place(bytes: &[u8], number: f64) -> usize {
    let wanted = number.to_be_bytes();
    let mut found = bytes.windows(8).enumerate();
    let place = found.find(|(_, eight)| *eight == wanted).unwrap().0;
    assert!(found.all(|(_, eight)| eight != wanted));
    place
}

/// A finished study in which one score is this.
fn with_one_score(score: f32) -> (tempfile::TempDir, PathBuf, Plan, WorkUnit) {
    let (folder, path, plan) = made(4);
    let odd = WorkUnit {
        job: 1,
        model: 0,
        image: 2,
    };
    let mut store = Store::open(&path).unwrap();
    let runner = store.enter("test", Shard::WHOLE).unwrap();
    let one = Score {
        unit: odd,
        variant: 3,
        p_melanoma: score,
    };
    store.keep_scores(runner, &[one], &[]).unwrap();
    drop(store);
    finish_all(&path, &plan, Shard::WHOLE, 0.25);
    (folder, path, plan, odd)
}

#[test]
fn a_damaged_score_is_named_and_done_again_and_nothing_else() {
    for damaged in [0.375, f64::INFINITY, -5.0, f64::NAN] {
        let (_folder, path, plan, unit) = with_one_score(0.75);
        let mut bytes = std::fs::read(&path).unwrap();
        let at = place(&bytes, 0.75);
        bytes[at..at + 8].copy_from_slice(&f64::to_be_bytes(damaged));
        std::fs::write(&path, bytes).unwrap();
        let mut store = Store::open(&path).unwrap();
        let message = match store.check(&plan) {
            Err(error) => error.to_string(),
            Ok(()) => panic!("{damaged} is not seen"),
        };
        assert!(message.contains("1 result is damaged"), "{message}");
        assert!(
            message.contains("perturbations of picture 2 by one, jpeg 4"),
            "{message}"
        );
        assert_eq!(tables(&path).unwrap_err(), message);
        let damage = store.damage(&plan).unwrap();
        store.mend(&damage).unwrap();
        assert!(store.check(&plan).is_ok());
        assert_eq!(store.gaps(&plan).unwrap(), [unit]);
        assert_eq!(store.missing(unit, 5).unwrap(), [3]);
        let error = (store.connection)
            .execute("DELETE FROM score", [])
            .unwrap_err();
        assert!(error.to_string().contains("results are never"), "{error}");
    }
}

#[test]
fn a_row_of_another_place_or_study_is_damage() {
    let (_folder, path, plan) = made(4);
    finish_all(&path, &plan, Shard::WHOLE, 0.25);
    let store = Store::open(&path).unwrap();
    let change = |sql: &str| {
        let drop = "DROP TRIGGER IF EXISTS score_stays; DROP TRIGGER IF EXISTS score_remains;";
        store
            .connection
            .execute_batch(&format!("{drop}{sql}"))
            .unwrap();
        store.damage(&plan).unwrap().names
    };
    assert!(change("").is_empty());
    let swapped = change("UPDATE score SET image = 9 WHERE job = 0 AND image = 1");
    assert_eq!(swapped.len(), 2, "{swapped:?}");
    let removed = change("DELETE FROM score WHERE job = 1 AND image = 3 AND variant = 2");
    assert!(
        removed
            .iter()
            .any(|name| name.contains("picture 3") && name.contains("missing")),
        "{removed:?}"
    );
}

#[test]
fn a_network_that_gives_no_probability_is_refused() {
    let (_folder, path, plan) = made(2);
    let mut store = Store::open(&path).unwrap();
    let runner = store.enter("test", Shard::WHOLE).unwrap();
    let unit = plan.all_units(Shard::WHOLE).next().unwrap();
    for p_melanoma in [f32::NAN, f32::INFINITY, -0.5, 1.5] {
        let score = Score {
            unit,
            variant: 0,
            p_melanoma,
        };
        let error = store
            .keep_scores(runner, &[score], &[(unit, 1)])
            .unwrap_err();
        assert!(matches!(error, StudyError::Score(_)), "{error}");
        assert!(store.is_untouched(unit));
    }
}

#[test]
fn what_is_sound_of_a_broken_file_is_put_into_a_new_one() {
    let (folder, path, plan, unit) = with_one_score(0.75);
    let out = folder.path().join("out.study");
    let mut bytes = std::fs::read(&path).unwrap();
    let at = place(&bytes, 0.75);
    bytes[at] ^= 1;
    // A page that belongs to no table: SQLite calls the file damaged.
    let size = 4096;
    let pages = (bytes.len() / size) as u32 + 1;
    bytes.extend(vec![7; size]);
    bytes[28..32].copy_from_slice(&pages.to_be_bytes());
    std::fs::write(&path, bytes).unwrap();
    let store = Store::open(&path).unwrap();
    let error = store.check(&plan).unwrap_err();
    assert!(matches!(error, StudyError::Broken { .. }), "{error}");
    let message = error.to_string();
    assert!(
        message.contains("picture 2") && message.contains("merge FILE --partial"),
        "{message}"
    );
    let files = std::slice::from_ref(&path);
    assert!(merge(&out, files, false).is_err() && !out.exists());
    let merged = merge(&out, files, true).unwrap();
    assert_eq!((merged.done, merged.total), (7, 8));
    assert!(merged.damaged.iter().any(|name| name.contains("picture 2")));
    let store = Store::open(&out).unwrap();
    store.check(&plan).unwrap();
    assert_eq!(store.gaps(&plan).unwrap(), [unit]);
}

/// A file as the first versions wrote it.
fn old(path: &Path, plan: &Plan) {
    std::fs::write(path, "").unwrap();
    let mut store = Store::connect(path).unwrap();
    store.begin_file(plan, OLDEST).unwrap();
}

#[test]
fn files_without_checksums_are_read_continued_and_merged() {
    let (folder, new, plan) = made(4);
    let path = folder.path().join("old.study");
    old(&path, &plan);
    finish_all(&path, &plan, "1/2".parse().unwrap(), 0.25);
    let store = Store::open(&path).unwrap();
    assert!(!store.has_checksums());
    store.check(&plan).unwrap();
    let change =
        "DROP TRIGGER score_stays; UPDATE score SET p_melanoma = -5 WHERE job = 0 AND image = 2";
    let columns = "SELECT count(*) FROM pragma_table_info('score') WHERE name = 'checksum'";
    let count: i64 = (store.connection)
        .query_row(columns, [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 0);
    finish_all(&new, &plan, "2/2".parse().unwrap(), 0.25);
    let out = folder.path().join("out.study");
    let merged = merge(&out, &[new, path.clone()], false).unwrap();
    assert_eq!((merged.done, merged.total), (8, 8));
    assert!(!Store::open(&out).unwrap().has_checksums());
    tables(&out).unwrap();
    store.connection.execute_batch(change).unwrap();
    let names = store.damage(&plan).unwrap().names;
    assert!(
        names.len() == 1 && names[0].contains("not a probability"),
        "{names:?}"
    );
}

#[test]
fn places_are_written_from_the_folder_of_the_study_on() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    for one in [&here, &there] {
        std::fs::create_dir_all(one.join("studies")).unwrap();
    }
    let mut plan = super::tests::plan(2);
    plan.root = here.join("pictures");
    plan.models[0].file = Some(here.join("model.safetensors"));
    let path = here.join("studies/a.study");
    Store::create(&path, &plan).unwrap();
    assert_eq!(Store::open(&path).unwrap().plan().unwrap(), plan);
    let bytes = std::fs::read(&path).unwrap();
    let machine = folder.path().to_str().unwrap().as_bytes();
    assert!(!bytes.windows(machine.len()).any(|part| part == machine));
    let moved = there.join("studies/a.study");
    std::fs::rename(&path, &moved).unwrap();
    let plan = Store::open(&moved).unwrap().plan().unwrap();
    assert_eq!(plan.root, there.join("pictures"));
    let file = |plan: &Plan| plan.models[0].file.clone().unwrap();
    assert_eq!(file(&plan), there.join("model.safetensors"));
    // The checkpoint has been moved along with the study.
    let beside = there.join("studies/model.safetensors");
    std::fs::write(&beside, "").unwrap();
    assert_eq!(file(&Store::open(&moved).unwrap().plan().unwrap()), beside);
}
