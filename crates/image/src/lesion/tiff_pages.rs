//! Which of a TIFF's pages is the photograph: thumbnails, smaller copies and masks are in the same file, often first.

use flipscope_language::{as_text, text};
use std::collections::HashSet;

use super::error::Problem;
use super::ifd::{Directory, Structure};

/// The most pages that are examined; directories within a page count as well.
const MOST: usize = 1000;

/// `NewSubfileType`.
const NEW_SUBFILE_TYPE: u16 = 254;
/// `SubfileType` of TIFF 5.0.
const SUBFILE_TYPE: u16 = 255;
const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const PHOTOMETRIC: u16 = 262;
const SUB_DIRECTORIES: u16 = 330;

/// The page to be read.
#[derive(Debug)]
pub(super) struct Chosen {
    /// The file's header with this page as its first.
    pub(super) header: Vec<u8>,
    /// What a person should know about the other pages.
    pub(super) notes: Vec<String>,
}

/// A page that holds a picture.
struct Page {
    at: u64,
    pixels: u64,
    /// It is marked as a smaller copy of another.
    reduced: bool,
}

/// Chooses the photograph's page: of the pages not marked as smaller copies, the first that has more than half the pixels of
/// the largest.
///
/// # Errors
/// [`Problem::Truncated`] if a page lies outside the file: it may be the photograph's.
pub(super) fn choose(bytes: &[u8]) -> Result<Chosen, Problem> {
    let lost = || Problem::Truncated(text!("photo-tiff-list-pages-leads").to_owned());
    let structure = Structure::open(bytes).ok_or_else(lost)?;
    let pages = pages(structure).ok_or_else(lost)?;
    let all_reduced = pages.iter().all(|page| page.reduced);
    let whole = |page: &&(usize, &Page)| all_reduced || !page.1.reduced;
    let numbered: Vec<(usize, &Page)> = (1..).zip(&pages).collect();
    let largest = (numbered.iter().filter(whole))
        .map(|(_, page)| page.pixels)
        .max()
        .unwrap_or(0);
    let full: Vec<_> = (numbered.iter().filter(whole))
        .filter(|(_, page)| 2 * u128::from(page.pixels) > u128::from(largest))
        .collect();
    let Some((number, page)) = full.first() else {
        return Err(Problem::Damaged(
            text!("photo-tiff-holds-no-page").to_owned(),
        ));
    };
    let mut notes = Vec::new();
    if *number > 1 {
        notes.push(text!(
            "photo-page-tiff-read-what",
            number = as_text(&number),
            pages = as_text(&pages.len())
        ));
    }
    if full.len() > 1 {
        notes.push(text!(
            "photo-tiff-holds-pages-full",
            full = as_text(&full.len())
        ));
    }
    if page.reduced {
        notes.push(text!("photo-tiff-calls-only-picture").to_owned());
    }
    let header = structure.header_for(page.at).ok_or_else(lost)?;
    Ok(Chosen { header, notes })
}

/// The pages with pictures, in the file's order, each followed by those within it; masks are skipped. `None` if one is outside
/// the file.
fn pages(structure: Structure<'_>) -> Option<Vec<Page>> {
    let mut pages = Vec::new();
    let mut seen = HashSet::new();
    let mut at = structure.first()?;
    // A list that leads back to itself ends there.
    while at != 0 && seen.len() < MOST && seen.insert(at) {
        let directory = structure.directory(at)?;
        pages.extend(page(at, &directory));
        for within in directory.numbers(SUB_DIRECTORIES, MOST) {
            if seen.len() < MOST && seen.insert(within) {
                pages.extend(page(within, &structure.directory(within)?));
            }
        }
        at = directory.next;
    }
    Some(pages)
}

/// The page of a directory; none if it has no size or is a mask.
fn page(at: u64, directory: &Directory<'_>) -> Option<Page> {
    let kind = directory.number(NEW_SUBFILE_TYPE).unwrap_or(0);
    let mask = kind & 4 != 0 || directory.number(PHOTOMETRIC) == Some(4);
    let (width, height) = (directory.number(WIDTH)?, directory.number(HEIGHT)?);
    (!mask).then_some(Page {
        at,
        pixels: width.saturating_mul(height),
        reduced: kind & 1 != 0 || directory.number(SUBFILE_TYPE) == Some(2),
    })
}
