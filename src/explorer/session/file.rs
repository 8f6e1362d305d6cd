//! A session's file: JSON with a version. Each noise field and each original frame is written once, however many perturbations
//! and findings share it; an altered frame is rendered again when the file is read.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use flipscope_base::{read, untrusted};
use flipscope_image::perturb::{Noise, Perturbation};
use flipscope_lab::search::{Finding, SearchOutcome};
use flipscope_language::text;

use crate::explorer::search::state::Curve;
use crate::explorer::session::content::{Contents, Session, StoredEdit, StoredFinding};

/// Version of the format.
pub const VERSION: u32 = 1;
/// What marks a file as a session.
const FORMAT: &str = "flipscope session";
/// The most bytes that are read: thousands of findings.
const MOST: u64 = 1 << 30;

/// Why a file is not a session that can be opened. It is said in the thread's language.
#[derive(Debug)]
pub enum SessionError {
    /// It cannot be read.
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is no session.
    NoSession {
        /// The file.
        path: PathBuf,
    },
    /// A newer version wrote it.
    Newer {
        /// The file.
        path: PathBuf,
        /// The format's version.
        found: u32,
    },
    /// It is damaged.
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where, or how.
        why: String,
    },
}

impl fmt::Display for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::Read { path, source } => format!("{}: {source}", untrusted::path(path)),
            Self::NoSession { path } => text!("session-is-none", file = untrusted::path(path)),
            Self::Newer { path, found } => text!(
                "session-is-newer",
                file = untrusted::path(path),
                found = *found,
                known = VERSION
            ),
            Self::Damaged { path, why } => text!(
                "session-is-damaged",
                file = untrusted::path(path),
                why = why.as_str()
            ),
        };
        f.write_str(&words)
    }
}

impl std::error::Error for SessionError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } => Some(source),
            Self::NoSession { .. } | Self::Newer { .. } | Self::Damaged { .. } => None,
        }
    }
}

/// A session as read, and what of it is lost.
#[derive(Clone, Debug)]
pub struct ReadSession {
    /// The session.
    pub session: Session,
    /// One sentence for each finding that cannot be shown.
    pub problems: Vec<String>,
}

/// What is read first.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u32,
}

/// The whole file.
#[derive(Serialize, Deserialize)]
struct Document<'a> {
    format: Cow<'a, str>,
    version: u32,
    /// Version of the program that wrote it.
    program: Cow<'a, str>,
    contents: Cow<'a, Contents>,
    noises: Vec<Cow<'a, Noise>>,
    perturbations: Vec<Written>,
    frames: Vec<String>,
    findings: Vec<WrittenFinding<'a>>,
}

/// A perturbation with its noise in the table of noises.
#[derive(Serialize, Deserialize)]
struct Written {
    values: Perturbation,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    noise: Option<usize>,
}

/// A finding with its original frame in the table of frames.
#[derive(Serialize, Deserialize)]
struct WrittenFinding<'a> {
    number: usize,
    lesion: usize,
    exported: bool,
    frame: usize,
    curve: Cow<'a, Curve>,
    finding: Cow<'a, Finding>,
}

/// The bytes of a session's file.
///
/// # Errors
/// If a number is not finite, which none of a session is.
pub fn encode(session: &Session) -> io::Result<Vec<u8>> {
    let mut noises: Vec<&Noise> = Vec::new();
    let perturbations = (session.perturbations.iter())
        .map(|perturbation| {
            let noise = perturbation.noise.as_ref().map(|noise| {
                let known = noises.iter().position(|known| *known == noise);
                known.unwrap_or_else(|| {
                    noises.push(noise);
                    noises.len() - 1
                })
            });
            Written {
                values: without_noise(perturbation),
                noise,
            }
        })
        .collect();
    let mut frames = Vec::new();
    let mut known = HashMap::new();
    let findings = (session.findings.iter())
        .map(|one| {
            let found = &*one.found;
            let frame = *known
                .entry(found.finding.frame_sha256.as_str())
                .or_insert_with(|| {
                    frames.push(STANDARD.encode(&found.original.png));
                    frames.len() - 1
                });
            WrittenFinding {
                number: one.number,
                lesion: one.lesion,
                exported: one.exported,
                frame,
                curve: Cow::Borrowed(&one.curve),
                finding: Cow::Borrowed(&found.finding),
            }
        })
        .collect();
    let document = Document {
        format: FORMAT.into(),
        version: VERSION,
        program: env!("CARGO_PKG_VERSION").into(),
        contents: Cow::Borrowed(&session.contents),
        noises: noises.into_iter().map(Cow::Borrowed).collect(),
        perturbations,
        frames,
        findings,
    };
    let mut bytes = serde_json::to_vec_pretty(&document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Reads a session.
///
/// # Errors
/// If it cannot be read, is no session, is of a newer version, or is damaged.
pub fn open(path: &Path) -> Result<ReadSession, SessionError> {
    let bytes = read::bytes(path, MOST).map_err(|source| SessionError::Read {
        path: path.to_owned(),
        source,
    })?;
    decode(path, &bytes)
}

fn decode(path: &Path, bytes: &[u8]) -> Result<ReadSession, SessionError> {
    let damaged = |why: String| SessionError::Damaged {
        path: path.to_owned(),
        why,
    };
    let header: Header = serde_json::from_slice(bytes).map_err(|error| {
        if error.is_data() {
            SessionError::NoSession {
                path: path.to_owned(),
            }
        } else {
            damaged(error.to_string())
        }
    })?;
    if header.format != FORMAT {
        return Err(SessionError::NoSession {
            path: path.to_owned(),
        });
    }
    if header.version != VERSION {
        return Err(SessionError::Newer {
            path: path.to_owned(),
            found: header.version,
        });
    }
    let document: Document<'_> =
        serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))?;
    let read = assemble(document).map_err(&damaged)?;
    read.session.check().map_err(&damaged)?;
    Ok(read)
}

fn assemble(document: Document<'_>) -> Result<ReadSession, String> {
    let noises: Vec<Noise> = (document.noises.into_iter()).map(Cow::into_owned).collect();
    let perturbations = (document.perturbations.into_iter())
        .map(|Written { values, noise }| {
            let noise = match noise {
                None => None,
                Some(at) => Some(noises.get(at).ok_or(text!("session-no-such-noise"))?),
            };
            Ok(Arc::new(Perturbation {
                noise: noise.cloned(),
                ..values
            }))
        })
        .collect::<Result<_, String>>()?;
    let mut problems = Vec::new();
    let mut findings = Vec::new();
    // Where each finding of the file is now; none for one that is lost.
    let mut places = Vec::new();
    for one in document.findings {
        let (number, lesion) = (one.number, one.lesion);
        let (exported, curve) = (one.exported, one.curve.into_owned());
        let finding = one.finding.into_owned();
        let image = finding.subject.image.clone();
        let png = (document.frames.get(one.frame))
            .ok_or(text!("session-no-such-frame"))
            .and_then(|frame| {
                STANDARD
                    .decode(frame)
                    .map_err(|_| text!("session-no-base64"))
            })?;
        let found = match SearchOutcome::reopen(finding, png) {
            Ok(found) => Arc::new(found),
            Err(error) => {
                let image = untrusted::printable(&image).into_owned();
                problems.push(text!(
                    "session-finding-lost",
                    number = number.to_string(),
                    image = image,
                    error = error.to_string()
                ));
                places.push(None);
                continue;
            }
        };
        places.push(Some(findings.len()));
        findings.push(StoredFinding {
            number,
            lesion,
            curve,
            exported,
            found,
        });
    }
    let mut contents = document.contents.into_owned();
    move_findings(&mut contents, &places);
    Ok(ReadSession {
        session: Session {
            contents,
            perturbations,
            findings,
        },
        problems,
    })
}

/// Names the findings by their new places; steps and entries of those that are lost are left out.
fn move_findings(contents: &mut Contents, places: &[Option<usize>]) {
    let place = |at: usize| match places.get(at) {
        Some(place) => *place,
        // Not there at all: the check says so.
        None => Some(at),
    };
    contents.tray = (contents.tray.iter()).filter_map(|&at| place(at)).collect();
    for edits in [&mut contents.done, &mut contents.undone] {
        edits.retain_mut(|edit| match edit {
            StoredEdit::DeleteFinding { finding, .. } => match place(*finding) {
                Some(at) => {
                    *finding = at;
                    true
                }
                None => false,
            },
            StoredEdit::Close { findings, .. } => {
                let there = |&(index, at): &(usize, usize)| Some((index, place(at)?));
                *findings = findings.iter().filter_map(there).collect();
                true
            }
            StoredEdit::Alter { .. } | StoredEdit::AlterMany { .. } => true,
        });
    }
}

fn without_noise(perturbation: &Perturbation) -> Perturbation {
    Perturbation {
        noise: None,
        pixels: perturbation.pixels.clone(),
        ..*perturbation
    }
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
