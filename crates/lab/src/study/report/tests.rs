//! The report of the study whose tables are computed by hand in the tables' tests.

use super::*;
use crate::study::tables::tests::study;

fn report(folder: &Path) -> String {
    let store = study(folder);
    let out = folder.join("report");
    std::fs::create_dir(&out).unwrap();
    let page = write(&store, &out, &Options::default()).unwrap();
    std::fs::read_to_string(page).unwrap()
}

#[test]
fn the_page_stands_alone_and_says_what_the_tables_say() {
    let folder = tempfile::tempdir().unwrap();
    let page = report(folder.path());
    // Nothing is fetched, nothing is run.
    let elsewhere = page.replace("http://www.w3.org/2000/svg", "");
    for part in [
        "http:", "https:", "<script", "<link", "<img", "@import", "url(",
    ] {
        assert!(!elsewhere.contains(part), "{part}");
    }
    // For the first model: one of two melanomas and one of two nevi, with Wilson's interval (statsmodels).
    for words in [
        "<td>1 of 2</td><td>0.500 (0.095 to 0.905)</td>",
        "2 melanomas and 2 nevi",
        "<td>pose</td><td>one</td>",
        "mBCE",
        "McNemar, exact",
        "model_1_sha256",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(!page.contains("Incomplete"));
    for name in [
        "roc",
        "reliability",
        "perturbation-jpeg",
        "perturbation-offset-green",
    ] {
        let file = folder.path().join(format!("report/figures/{name}.svg"));
        let svg = std::fs::read_to_string(&file).unwrap();
        assert!(page.contains(&svg), "{name}");
        assert!(file.with_extension("png").exists());
        let pdf = std::fs::read(file.with_extension("pdf")).unwrap();
        assert!(
            pdf.starts_with(b"%PDF-") && pdf.ends_with(b"%%EOF"),
            "{name}"
        );
        // Vectors, not a raster image of them.
        let image: &[u8] = b"/Subtype /Image";
        assert!(
            !pdf.windows(image.len()).any(|part| part == image),
            "{name}"
        );
    }
    assert!(folder.path().join("report/tables/evaluation.csv").exists());
}

#[test]
fn the_same_results_give_the_same_page() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [one, two] = folders.each_ref().map(|folder| report(folder.path()));
    assert_eq!(one, two);
    let [one, two] = folders.each_ref().map(|folder| {
        let figure = folder.path().join("report/figures/roc.pdf");
        std::fs::read(figure).unwrap()
    });
    assert!(one == two, "the same figure as PDF");
}
