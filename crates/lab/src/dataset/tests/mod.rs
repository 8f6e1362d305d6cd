//! Labelled sets of single-colour pictures, and what is read from them.

mod finding;
mod formats;
mod pictures;

use std::fs;
use std::path::Path;

use super::{Dataset, Example};
use flipscope_image::lesion::Raster;
use flipscope_model::Label;

/// Writes a small PNG of one colour.
pub(crate) fn paint(path: &Path, colour: [u8; 3]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let raster = Raster::from_rgb(4, 3, colour.repeat(12)).unwrap();
    raster.write_png(path).unwrap();
}

/// A table called `table.csv`, with a picture in its own colour for each id in `images/`.
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
