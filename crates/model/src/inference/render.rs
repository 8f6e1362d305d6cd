//! Candidates in the form that a card takes: parameters instead of pixels.
//!
//! What the kernel cannot do (a shift whose rounded sums are not evenly spaced, more than a few edited pixels) is rendered here
//! and sent as a separate frame: rare, and with the same pixels.

use std::sync::Arc;

use rayon::prelude::*;

use super::input::{Batch, Pictures};
use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{
    self, Fill, NearestStep, Perturbation, PoseResampling, Step, lamp_table, mean_skin,
};
use flipscope_nn::cuda::render::{self, Edit, Outside, Resampling};

/// The most edited pixels of one candidate; the kernel searches them for every pixel.
const MOST_EDITS: usize = 64;

/// Makes batches, and tracks which frames are already on the card.
#[derive(Default)]
pub(crate) struct Packer {
    resident: Vec<Arc<Frame>>,
}

impl Packer {
    /// A batch in the form sent to the card.
    pub(crate) fn pack(&mut self, batch: &Batch<'_>) -> render::Batch {
        let mut packed = render::Batch::default();
        match batch.pictures {
            // They are no bytes, and are refused before (`Network`).
            Pictures::Probes(_) => {}
            Pictures::Frames(frames) => {
                self.resident.clear();
                packed.candidates = (0..frames.len()).map(render::Candidate::new).collect();
                packed.frames = Some(joined(frames, |frame| frame));
            }
            Pictures::Candidates(candidates) => {
                let mut frames: Vec<Arc<Frame>> = Vec::new();
                for one in candidates {
                    let (frame, mut candidate) =
                        match described(&one.frame, &one.perturbation, &mut packed) {
                            Some(candidate) => (Arc::clone(&one.frame), candidate),
                            None => (
                                Arc::new(perturb::render(&one.frame, &one.perturbation)),
                                render::Candidate::new(0),
                            ),
                        };
                    let known = frames.iter().rposition(|known| Arc::ptr_eq(known, &frame));
                    let at = known.unwrap_or_else(|| {
                        frames.push(frame);
                        frames.len() - 1
                    });
                    candidate.frame = at as i32;
                    packed.candidates.push(candidate);
                }
                let same = frames.len() == self.resident.len()
                    && frames
                        .iter()
                        .zip(&self.resident)
                        .all(|(a, b)| Arc::ptr_eq(a, b));
                if !same {
                    packed.frames = Some(joined(&frames, |frame| &**frame));
                    self.resident = frames;
                }
            }
        }
        packed
    }

    /// Forgets what is on the card: after an error it is unknown.
    #[cfg(feature = "cudnn")]
    pub(crate) fn forget(&mut self) {
        self.resident.clear();
    }
}

/// The bytes of some frames, one after another.
fn joined<T: Sync>(frames: &[T], frame: impl Fn(&T) -> &Frame + Sync) -> Vec<u8> {
    let mut bytes = vec![0; frames.len() * Frame::BYTES];
    (bytes.par_chunks_exact_mut(Frame::BYTES))
        .zip(frames)
        .for_each(|(to, one)| to.copy_from_slice(frame(one).pixels()));
    bytes
}

/// A candidate as parameters, with its edits and noise among the batch's; `None` if the kernel cannot do it.
fn described(
    frame: &Frame,
    p: &Perturbation,
    batch: &mut render::Batch,
) -> Option<render::Candidate> {
    if p.pixels.len() > MOST_EDITS {
        return None;
    }
    let pose = PoseResampling::new(p);
    let step = |step: Option<&Step>| match step {
        None => Some(Resampling::None),
        Some(Step::Linear(step)) => Some(Resampling::Linear(step.matrix)),
        Some(Step::Nearest(step)) => even(step).map(Resampling::Nearest),
    };
    let (shift, rotation) = (step(pose.shift.as_ref())?, step(pose.rotation.as_ref())?);
    let moves = pose.shift.is_some() || pose.rotation.is_some();
    let (outside, colour) = match p.fill {
        Fill::Edge => (Outside::Clamped, [0; 3]),
        Fill::Reflect => (Outside::Mirrored, [0; 3]),
        Fill::MeanSkin if moves => (Outside::Colour, mean_skin(frame)),
        Fill::Black | Fill::MeanSkin => (Outside::Colour, [0; 3]),
    };
    let mut candidate = render::Candidate::new(0).posed(shift, rotation, outside, colour);
    candidate.field_of_view = i32::from(p.field_of_view);
    candidate.first_edit = batch.edits.len() as i32;
    candidate.edits = p.pixels.len() as i32;
    if p.noise.is_some() {
        candidate.noise = (batch.noise.len() / Frame::BYTES) as i32;
    }
    if !p.keeps_lamp() {
        candidate.lamp = batch.lamps.len() as i32;
        batch.lamps.push(lamp_table(p.kelvin, p.tint));
    }
    (candidate.gain, candidate.offset) = (p.gain, p.offset);
    let edits = p
        .pixels
        .iter()
        .map(|edit| Edit::new(edit.x, edit.y, edit.rgb));
    batch.edits.extend(edits);
    if let Some(noise) = &p.noise {
        batch.noise.extend_from_slice(&noise.field);
    }
    Some(candidate)
}

/// The numbers a, b, c, d, e, f if both tables are evenly spaced; `None` if they are not.
fn even(step: &NearestStep) -> Option<[i32; 6]> {
    let (columns, rows) = (&step.columns, &step.rows);
    let [[cx, cy], [rx, ry]] = [*columns.first()?, *rows.first()?];
    let ([next_x, next_y], [below_x, below_y]) = (*columns.get(1)?, *rows.get(1)?);
    let [a, d, b, e] = [next_x - cx, next_y - cy, below_x - rx, below_y - ry];
    let columns_are = (0..)
        .zip(columns)
        .all(|(x, at)| *at == [cx + x * a, cy + x * d]);
    let rows_are = (0..)
        .zip(rows)
        .all(|(y, at)| *at == [rx + y * b, ry + y * e]);
    (columns_are && rows_are).then_some([a, b, cx + rx, d, e, cy + ry])
}

#[cfg(test)]
#[path = "render_tests.rs"]
mod tests;
