//! Reads findings from their files on a thread: each with its pictures, and with the photograph that it was found on.
//!
//! The photograph is the open one, or the one next to the finding or a folder above, that has the finding's name and hash. If there
//! is none, the frame that was searched stands for it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use flipscope_base::{hex, read, untrusted};
use flipscope_image::lesion::synthetic;
use flipscope_lab::search::{Finding, SearchOutcome};
use flipscope_language::text;

use crate::explorer::explore::lesion::Origin;
use crate::explorer::search::request::{OpenedFinding, OpenedFindings, SearchAnswer};
use crate::explorer::worker::{Answer, Outbox};

/// Findings that are opened at once: each takes about a megabyte.
const MOST: usize = 200;
/// The largest photograph that is compared with a finding, in bytes.
const LARGEST: u64 = 1 << 30;
/// The largest frame, in bytes.
const FRAME: u64 = 1 << 24;

/// Opens findings; the answer comes from the outbox. `photographs` are those that are open.
///
/// # Errors
/// If the system cannot start a thread.
pub(crate) fn open(
    findings: Vec<PathBuf>,
    photographs: Vec<PathBuf>,
    outbox: Outbox,
) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("findings".to_owned())
        .spawn(flipscope_language::carried(move || {
            let opened = read_all(&findings, &photographs);
            outbox.send(Answer::Search(SearchAnswer::Opened(opened)));
        }))?;
    Ok(())
}

fn read_all(findings: &[PathBuf], photographs: &[PathBuf]) -> OpenedFindings {
    let mut photographs = Photographs {
        open: photographs,
        hashes: HashMap::new(),
        frames: HashMap::new(),
    };
    let mut opened = OpenedFindings::default();
    for path in findings {
        if opened.findings.len() == MOST {
            opened.problems.push(text!(
                "search-only-opened",
                most = MOST,
                count = findings.len()
            ));
            break;
        }
        match one(path, &mut photographs) {
            Ok(finding) => opened.findings.push(finding),
            Err(why) => (opened.problems).push(format!("{}: {why}", untrusted::path(path))),
        }
    }
    opened
}

fn one(path: &Path, photographs: &mut Photographs<'_>) -> Result<OpenedFinding, String> {
    let text = read::text(path, read::MAX_JSON).map_err(|error| error.to_string())?;
    let finding = Finding::from_json(&text).map_err(|error| error.to_string())?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let frame = within(folder, &finding.frame_png).ok_or(text!("search-no-frame-named"))?;
    let png = read::bytes(&frame, FRAME).map_err(|error| {
        text!(
            "search-frame-unreadable",
            file = untrusted::path(&frame),
            error = error.to_string()
        )
    })?;
    let found = SearchOutcome::reopen(finding, png).map_err(|error| error.to_string())?;
    let (origin, frame_only) = photographs.of(&found.finding, folder, frame);
    Ok(OpenedFinding {
        file: path.to_owned(),
        found: Box::new(found),
        origin,
        frame_only,
    })
}

/// A file in a folder by its name; none if it is no name of a file.
fn within(folder: &Path, name: &str) -> Option<PathBuf> {
    let plain = Path::new(name).file_name().is_some_and(|own| own == name);
    plain.then(|| folder.join(name))
}

/// The photographs that findings may have been found on.
struct Photographs<'a> {
    open: &'a [PathBuf],
    /// SHA-256 of the files that were compared.
    hashes: HashMap<PathBuf, Option<String>>,
    /// What stands for the photographs that are missing, by the hash of their frame.
    frames: HashMap<String, PathBuf>,
}

impl Photographs<'_> {
    /// Where the lesion of a finding is read from, and whether that is only its frame.
    fn of(&mut self, finding: &Finding, folder: &Path, frame: PathBuf) -> (Origin, bool) {
        let image = &finding.subject.image;
        match &finding.subject.image_sha256 {
            None => {
                let mut samples = synthetic::samples().iter();
                if let Some(index) = samples.position(|sample| sample.name == image) {
                    return (Origin::Sample(index), false);
                }
            }
            Some(sha256) => {
                let named = |path: &&PathBuf| path.file_name().is_some_and(|name| *name == **image);
                let open = self.open.iter().filter(named).cloned();
                let beside = [Some(folder), folder.parent()].into_iter().flatten();
                let beside = beside.filter_map(|folder| within(folder, image));
                let candidates: Vec<PathBuf> = open.chain(beside).collect();
                for path in candidates {
                    if self.hash(&path) == Some(sha256) {
                        return (Origin::File(path), false);
                    }
                }
            }
        }
        let known = self.frames.entry(finding.frame_sha256.clone());
        (Origin::File(known.or_insert(frame).clone()), true)
    }

    fn hash(&mut self, path: &Path) -> Option<&String> {
        let hash = || {
            let bytes = read::bytes(path, LARGEST).ok()?;
            Some(hex(Sha256::digest(bytes)))
        };
        let known = self.hashes.entry(path.to_owned());
        known.or_insert_with(hash).as_ref()
    }
}
