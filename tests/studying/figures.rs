//! The pages of flipped lesions in a report, and what is said where they cannot be shown.

use super::*;

pub(super) fn report(file: &Path, folder: &Path) -> String {
    let asked = [
        "study",
        "report",
        arg(file),
        "--out",
        arg(folder),
        "--resamples",
        "100",
    ];
    succeeds(&flipscope(&asked));
    std::fs::read_to_string(folder.join("report.html")).unwrap()
}

#[test]
fn flipped_lesions_are_shown_as_long_as_their_photographs_are_there() {
    let fixture = Fixture::get();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let data = at("lesions");
    for class in ["melanoma", "nevus"] {
        std::fs::create_dir_all(data.join(class)).unwrap();
        let mut paths: Vec<_> = std::fs::read_dir(fixture.data().join(class))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        for path in paths.iter().take(4) {
            std::fs::copy(path, data.join(class).join(path.file_name().unwrap())).unwrap();
        }
    }
    let (file, model) = (at("mine.study"), fixture.model("1"));
    let mut new = vec!["study", "new", arg(&file), "--data", arg(&data)];
    new.extend([
        "--model",
        arg(&model),
        "--device",
        "cpu",
        "--perturb",
        "flip",
    ]);
    new.extend(["--attack", "fgsm,colour,pose", "--nevi", "--budget", "60"]);
    succeeds(&flipscope(&new));
    succeeds(&run(&file, &[]).output().unwrap());

    let page = report(&file, &at("with"));
    let attacks = std::fs::read_to_string(at("with/tables/attacks.csv")).unwrap();
    let mut shown = 0;
    for (number, row) in (3..).zip(rows(&attacks)) {
        let flipped: usize = row["flipped"].parse().unwrap();
        let figure = at(&format!(
            "with/figures/flipped-{}-{number}-1.svg",
            row["attack"]
        ));
        if row["attack"] == "fgsm" {
            assert!(!figure.exists());
            let said = page.contains("does not keep the noise");
            assert_eq!(
                said,
                rows(&attacks)
                    .iter()
                    .any(|row| { row["attack"] == "fgsm" && row["flipped"] != "0" })
            );
        } else if flipped > 0 {
            let svg = std::fs::read_to_string(&figure).unwrap();
            assert_eq!(svg.matches("<image").count(), 3 * flipped.min(8));
            assert!(page.contains(&svg) && svg.contains(" → "));
            for ending in ["png", "pdf"] {
                assert!(figure.with_extension(ending).exists());
            }
            shown += 1;
        }
    }
    assert!(shown > 0, "no attack flipped anything: {attacks}");

    std::fs::rename(&data, at("elsewhere")).unwrap();
    let page = report(&file, &at("without"));
    assert!(page.contains("their photographs are neither where they were"));
    assert!(!page.contains("<image"));
}
