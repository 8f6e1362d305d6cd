//! The examples' pictures, decoded once before the first step.
//!
//! For each example its frame is kept, or, if crops are taken of it, the photograph with its shorter side at most [`SHORTEST`]
//! pixels. Above [`MOST_BYTES`] nothing more is kept, and pictures are decoded whenever they are needed.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::{self, ColorHandling, Frame, Framing, LesionError, Raster, Source};

/// The shorter side of photographs from which crops are taken: a crop of half the area still has the frame's size.
const SHORTEST: u32 = 423;

/// Memory for decoded pictures.
const MOST_BYTES: usize = 6 << 30;

/// Pictures that are decoded between two progress reports.
const READ_TOGETHER: usize = 64;

/// A labelled picture file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The file.
    pub path: PathBuf,
    /// Index into the classes.
    pub class: u32,
}

/// What augmentations start from.
#[derive(Clone, Debug)]
pub(super) enum Picture {
    /// The frame.
    Frame(Arc<Frame>),
    /// The whole photograph, or a smaller copy.
    Whole(Arc<Raster>),
}

/// How pictures are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    pub(super) framing: Framing,
    pub(super) color_handling: ColorHandling,
    /// Whether the whole photograph is needed.
    pub(super) whole: bool,
}

/// An example that can be read.
pub(super) struct Member {
    pub(super) class: u32,
    /// SHA-256 of the file, or of the frame, if it does not come from a photograph.
    pub(super) sha256: String,
    held: Held,
}

enum Held {
    Picture(Picture),
    File(PathBuf),
}

/// Examples with their pictures.
pub(super) struct Pictures {
    pub(super) members: Vec<Member>,
    how: How,
}

impl How {
    fn open(self, path: &Path) -> Result<(Picture, String), LesionError> {
        lesion::open_with(path, self.color_handling, |photograph| {
            let sha256 = match &photograph.source {
                Source::File { sha256, .. } => sha256.clone(),
                Source::Synthetic { name, .. } => name.clone(),
            };
            let picture = if self.whole {
                Picture::Whole(Arc::new(lesion::shrink(&photograph.raster, SHORTEST)))
            } else {
                Picture::Frame(Arc::new(self.framing.apply(&photograph.raster)))
            };
            (picture, sha256)
        })
    }
}

impl Picture {
    fn bytes(&self) -> usize {
        match self {
            Self::Frame(_) => Frame::BYTES,
            Self::Whole(raster) => raster.pixels().len(),
        }
    }
}

impl Pictures {
    /// Decodes all examples, in parallel, and reports how many are done. Returns those that could be read, in the order of the
    /// examples, and a sentence for each file that could not; `None` if it was cancelled.
    pub(super) fn read(
        examples: &[Example],
        how: How,
        cancel: &Cancel,
        done: &mut dyn FnMut(usize),
    ) -> Option<(Self, Vec<String>)> {
        let bytes = AtomicUsize::new(0);
        let mut read: Vec<Option<Result<Member, LesionError>>> = Vec::new();
        let mut some = Vec::new();
        for part in examples.chunks(READ_TOGETHER) {
            part.par_iter()
                .map(|example| {
                    if cancel.is_requested() {
                        return None;
                    }
                    let read = how.open(&example.path).map(|(picture, sha256)| {
                        let size = picture.bytes();
                        let fits = bytes.fetch_add(size, Ordering::Relaxed) + size <= MOST_BYTES;
                        Member {
                            class: example.class,
                            sha256,
                            held: if fits {
                                Held::Picture(picture)
                            } else {
                                Held::File(example.path.clone())
                            },
                        }
                    });
                    Some(read)
                })
                .collect_into_vec(&mut some);
            read.append(&mut some);
            done(read.len());
        }
        let mut members = Vec::with_capacity(read.len());
        let mut problems = Vec::new();
        for one in read {
            match one? {
                Ok(member) => members.push(member),
                Err(error) => problems.push(error.to_string()),
            }
        }
        Some((Self { members, how }, problems))
    }

    #[cfg(test)]
    pub(super) fn none() -> Self {
        let how = How {
            framing: Framing::Squash,
            color_handling: ColorHandling::Raw,
            whole: false,
        };
        let members = Vec::new();
        Self { members, how }
    }

    /// Adds a frame that does not come from a file.
    pub(super) fn add(&mut self, frame: Frame, class: u32) {
        self.members.push(Member {
            class,
            sha256: frame.sha256(),
            held: Held::Picture(Picture::Frame(Arc::new(frame))),
        });
    }

    /// The classes of all members.
    pub(super) fn classes(&self) -> Vec<u32> {
        self.members.iter().map(|member| member.class).collect()
    }

    /// The class of a member, and its picture; decoded again if it is not kept.
    pub(super) fn get(&self, at: usize) -> Result<Option<(u32, Picture)>, LesionError> {
        let Some(member) = self.members.get(at) else {
            return Ok(None);
        };
        let picture = match &member.held {
            Held::Picture(picture) => picture.clone(),
            Held::File(path) => self.how.open(path)?.0,
        };
        Ok(Some((member.class, picture)))
    }

    /// SHA-256 over the class and the hash of every member, ordered by these: the same pictures under other names or in another
    /// order have the same hash.
    pub(super) fn sha256(&self) -> String {
        let mut lines: Vec<String> = self
            .members
            .iter()
            .map(|member| format!("{} {}\n", member.class, member.sha256))
            .collect();
        lines.sort_unstable();
        lesion::hex(Sha256::digest(lines.concat()))
    }
}
