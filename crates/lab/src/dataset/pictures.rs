//! Finds the pictures that the rows of a table name.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::problem::Problem;
use flipscope_base::natural;
use flipscope_image::lesion;

/// The most pictures that one set may have: the whole ISIC archive has about half a million.
const MOST: usize = 2_000_000;

/// The pictures in a folder and below it, by name.
pub(super) struct Pictures {
    folder: PathBuf,
    /// By [`key`], each list sorted by path.
    by_name: HashMap<String, Vec<PathBuf>>,
    /// Pictures that a row has named, or that share their name with one.
    named: HashSet<PathBuf>,
    /// Folders that could not be listed.
    pub(super) problems: Vec<Problem>,
}

/// What was found for the name that a row gives.
pub(super) enum Hit {
    /// The picture, and others with the same name.
    Picture {
        path: PathBuf,
        others: Vec<PathBuf>,
    },
    /// Only a mask.
    Mask(PathBuf),
    Nothing,
}

impl Pictures {
    pub(super) fn beneath(folder: &Path) -> Self {
        let listing = lesion::pictures_beneath(folder, MOST);
        let mut by_name: HashMap<String, Vec<PathBuf>> = HashMap::new();
        for path in listing.files {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            by_name.entry(key(&name)).or_default().push(path);
        }
        Self {
            folder: folder.to_owned(),
            by_name,
            named: HashSet::new(),
            problems: Problem::of_listing(listing.problems, listing.left_out),
        }
    }

    /// Finds the picture of an id, which is a name with or without extension, or a path that ends with one. If there are
    /// several, it is the one that matches the id's folders and extension; else the one next to the table or in a folder for
    /// pictures; else the first by path. Masks are never taken, unless the id names their folder.
    pub(super) fn find(&mut self, id: &str) -> Hit {
        let Some(found) = self.by_name.get(&key(id)) else {
            return Hit::Nothing;
        };
        let id = id.replace('\\', "/").to_lowercase();
        let id = id.trim_start_matches("./");
        let named = |path: &PathBuf| {
            let path = path.to_string_lossy().replace('\\', "/").to_lowercase();
            let end = |path: &str| path == id || path.ends_with(&format!("/{id}"));
            end(&path)
                || end(path
                    .rsplit_once('.')
                    .map_or(path.as_str(), |(stem, _)| stem))
        };
        let with_folder = id.contains('/');
        let rank = |path: &&PathBuf| {
            let below = path.strip_prefix(&self.folder).unwrap_or(path);
            let folders: Vec<String> = (below.parent().into_iter().flatten())
                .map(|part| squeezed(&part.to_string_lossy()))
                .collect();
            let for_pictures = folders.last().is_some_and(|folder| is_for_pictures(folder));
            let small = folders.iter().any(|folder| folder.contains("thumb"));
            (
                Reverse(named(path)),
                small,
                Reverse(folders.is_empty() || for_pictures),
                folders.len(),
                has_colours_usually(path),
                (*path).clone(),
            )
        };
        let fits = |path: &&PathBuf| {
            let below = path.strip_prefix(&self.folder).unwrap_or(path);
            !is_mask(below) || with_folder && named(path)
        };
        let best = found.iter().filter(fits).min_by_key(rank);
        let hit = match (best, found.first()) {
            (Some(best), _) => {
                // Pictures that match the id's folders or extension less well are ignored.
                let others = found.iter().filter(|path| *path != best);
                let meant = others.filter(|path| named(path) || !named(best));
                Hit::Picture {
                    path: best.clone(),
                    others: meant.cloned().collect(),
                }
            }
            (None, Some(mask)) => Hit::Mask(mask.clone()),
            (None, None) => Hit::Nothing,
        };
        match &hit {
            // Others may have rows of their own, which name their folders.
            Hit::Picture { path, .. } if with_folder => {
                self.named.insert(path.clone());
            }
            _ => self.named.extend(found.iter().cloned()),
        }
        hit
    }

    /// Pictures that no row has named, in natural order.
    pub(super) fn left(self) -> Vec<PathBuf> {
        let all = self.by_name.into_values().flatten();
        let mut left: Vec<PathBuf> = all.filter(|path| !self.named.contains(path)).collect();
        left.sort_by(|a, b| natural::order_of_paths(a, b));
        left
    }
}

/// Whether a path below the searched folder is named like a mask: by a folder, or by the end of its name.
pub(super) fn is_mask(below: &Path) -> bool {
    let of_masks = |name: &str| {
        let exactly = [
            "gt", "seg", "segs", "label", "labels", "contour", "contours",
        ];
        let within = [
            "mask",
            "segment",
            "annotation",
            "groundtruth",
            "superpixel",
            "attribute",
            "saliency",
        ];
        exactly.contains(&name)
            || within.iter().any(|word| name.contains(word)) && !name.contains("unmask")
    };
    let folders = below.parent().into_iter().flatten();
    let by_folder = folders
        .into_iter()
        .any(|folder| of_masks(&squeezed(&folder.to_string_lossy())));
    let stem = below
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let last = stem
        .rsplit(['_', '-', '.', ' '])
        .next()
        .filter(|last| last.len() < stem.len());
    let by_name = last.is_some_and(|last| {
        matches!(
            last,
            "mask"
                | "masks"
                | "segmentation"
                | "seg"
                | "superpixels"
                | "superpixel"
                | "groundtruth"
                | "gt"
                | "annotation"
        )
    });
    by_folder || by_name
}

/// Lower case without separators between words.
fn squeezed(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether a folder's name is one used for pictures.
fn is_for_pictures(folder: &str) -> bool {
    [
        "image",
        "img",
        "photo",
        "picture",
        "jpeg",
        "jpg",
        "dermoscop",
    ]
    .iter()
    .any(|word| folder.contains(word))
}

/// How unlike a photograph a file's extension is: masks are PNG or BMP, cameras write the others.
fn has_colours_usually(path: &Path) -> u8 {
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    u8::from(matches!(ending.as_str(), "png" | "bmp" | "dib"))
}

/// The name without folders and without a picture's extension, in lower case.
pub(super) fn key(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let path = Path::new(name);
    let stem = if lesion::has_picture_ending(path) {
        path.file_stem().and_then(|stem| stem.to_str())
    } else {
        None
    };
    stem.unwrap_or(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_are_told_by_their_folders_and_names() {
        for path in [
            "Annotations/a.png",
            "masks/a.png",
            "x/Lesion_Masks/y/a.jpg",
            "ISIC2018_Task1_Training_GroundTruth/a.png",
            "segmentation/a.png",
            "GT/a.png",
            "superpixels/a.png",
            "images/a_segmentation.png",
            "a_mask.png",
            "a-Mask.JPG",
            "a_superpixels.png",
        ] {
            assert!(is_mask(Path::new(path)), "{path}");
        }
        for path in [
            "images/a.png",
            "a.jpg",
            "unmasked/a.png",
            "mask.jpg",
            "gta/a.jpg",
            "masquerade.jpg",
            "legs/a.jpg",
        ] {
            assert!(!is_mask(Path::new(path)), "{path}");
        }
    }
}
