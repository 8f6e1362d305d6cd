//! A lesion that can be shown, and its pictures.

use flipscope_language::{as_text, text};
use std::path::{Path, PathBuf};

use super::case::{Altered, ReferenceModel};
use crate::reader::error::ReaderError;
use crate::search::replay::read as read_frame;
use flipscope_image::lesion::{self, Frame};
use flipscope_image::perturb;
use flipscope_model::Label;

/// A lesion that can be shown.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Its truth, and where it comes from.
    pub(super) truth: Label,
    pub(super) truth_from: String,
    /// The key that pictures of one lesion share.
    pub(super) key: String,
    pub(super) image: String,
    pub(super) image_sha256: Option<String>,
    pub(super) kind: Kind,
}

/// Where the pictures of a lesion come from.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A finding's file, and what it says.
    Finding {
        path: PathBuf,
        frame_png: String,
        altered_png: String,
        frame_sha256: String,
        p_before: f32,
        altered: Box<Altered>,
    },
    /// A photograph, to be framed and judged.
    Photograph(PathBuf),
}

/// The two frames of a finding, read from the PNGs next to it.
pub(super) fn frames(
    path: &Path,
    [frame_png, altered_png]: [&str; 2],
    [frame_sha256, altered_sha256]: [&str; 2],
) -> Result<(Frame, Frame), ReaderError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let one = |name: &str, sha256: &str| -> Result<Frame, ReaderError> {
        let refuse = |why: &str| ReaderError::Finding {
            path: path.to_owned(),
            reason: text!(
                "readers-search-again-leave-this",
                name = as_text(&name),
                why = as_text(&why)
            ),
        };
        let frame = read_frame(folder, name)?.map_err(|why| refuse(&why))?;
        if frame.sha256() != sha256 {
            return Err(refuse(text!("readers-holds-other-pixels-than")));
        }
        Ok(frame)
    };
    Ok((
        one(frame_png, frame_sha256)?,
        one(altered_png, altered_sha256)?,
    ))
}

/// A source with its pictures.
pub(super) struct Loaded {
    pub(super) image_sha256: Option<String>,
    pub(super) original: Frame,
    pub(super) altered: Option<Frame>,
    /// Known for findings.
    pub(super) p_melanoma: Option<f32>,
}

impl Source {
    /// The alteration, if it is a finding.
    pub(super) fn altered(&self) -> Option<&Altered> {
        match &self.kind {
            Kind::Finding { altered, .. } => Some(altered),
            Kind::Photograph(_) => None,
        }
    }

    /// Reads its pictures.
    pub(super) fn load(&self, network: &ReferenceModel) -> Result<Loaded, ReaderError> {
        match &self.kind {
            Kind::Finding {
                path,
                frame_png,
                altered_png,
                frame_sha256,
                p_before,
                altered,
            } => {
                let hashes = [frame_sha256.as_str(), &altered.frame_sha256];
                let (original, changed) = frames(path, [frame_png, altered_png], hashes)?;
                Ok(Loaded {
                    image_sha256: self.image_sha256.clone(),
                    original,
                    altered: Some(changed),
                    p_melanoma: Some(*p_before),
                })
            }
            Kind::Photograph(path) => photograph(path, network),
        }
    }
}

fn photograph(path: &Path, network: &ReferenceModel) -> Result<Loaded, ReaderError> {
    let photograph = lesion::open(path, network.color_handling)?;
    let framed = network.framing.apply(&photograph.raster);
    let view = perturb::Perturbation {
        field_of_view: network.field_of_view,
        ..Default::default()
    };
    Ok(Loaded {
        image_sha256: photograph.source.sha256().map(str::to_owned),
        original: perturb::apply(&framed, &view)?,
        altered: None,
        p_melanoma: None,
    })
}
