//! Proofs with a formula in the place of the network, so that what they must find is known.

mod counting;
mod proving;
mod replaying;
#[path = "../../../tests/stand_in_info/mod.rs"]
mod stand_in_info;

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Channels, Draws, Proof, ProofBox, ProofRecord, Proved, prove};
use crate::search::{Answering, Scorer, Subject};
use flipscope_base::cancel::Cancel;
use flipscope_image::lesion::{ColorHandling, Frame, Framing};
use flipscope_image::perturb;
use flipscope_model::{Candidate, ClassifierError, ModelInfo, Verdict};

/// P(melanoma) of a frame, by its first pixel.
type Formula = fn([u8; 3]) -> f64;

/// A network of one formula, which judges in batches of seven.
struct StandIn {
    info: ModelInfo,
    formula: Formula,
    /// Added to P(melanoma) of frames that are proposed, as a coarser type would.
    off: f64,
    screens: bool,
}

impl StandIn {
    fn new(formula: Formula) -> Self {
        Self {
            info: stand_in_info::info("stand-in", 1),
            formula,
            off: 0.0,
            screens: false,
        }
    }

    fn of(&self, candidate: &Candidate, off: f64) -> Verdict {
        let (frame, change) = (&candidate.frame, &candidate.perturbation);
        assert_eq!(change.rotate, 0.0, "only colours are changed here");
        // A change of colour is three tables, so that the other 89,400 pixels need no rendering.
        let tables = perturb::colour_tables(change);
        let first = [0, 1, 2].map(|at| tables[at][usize::from(frame.pixels()[at])]);
        let p = ((self.formula)(first) + off).clamp(0.0, 1.0) as f32;
        Verdict {
            probabilities: vec![1.0 - p, p],
            p_melanoma: p,
        }
    }
}

impl Scorer for StandIn {
    fn answering(&self) -> Answering<'_> {
        Answering {
            info: &self.info,
            device: "a formula",
            precision: "f32",
            proposal_precision: self.screens.then_some("bf16"),
        }
    }

    fn score(
        &self,
        candidates: &[Candidate],
        on_batch: &mut dyn FnMut(&[Verdict]) -> ControlFlow<()>,
    ) -> Result<(), ClassifierError> {
        for batch in candidates.chunks(7) {
            let verdicts: Vec<Verdict> = batch.iter().map(|one| self.of(one, self.off)).collect();
            if on_batch(&verdicts).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn gradient(
        &self,
        candidate: &Candidate,
        _class: usize,
    ) -> Result<(Verdict, Vec<f32>), ClassifierError> {
        Ok((self.of(candidate, 0.0), vec![0.0; Frame::BYTES]))
    }

    fn verdict(&self, frame: &Frame) -> Result<Verdict, ClassifierError> {
        let candidate = Candidate {
            frame: Arc::new(frame.clone()),
            perturbation: Arc::default(),
        };
        Ok(self.of(&candidate, 0.0))
    }
}

/// A frame of a few colours, in stripes.
fn striped(colours: &[[u8; 3]]) -> Arc<Frame> {
    let side = Frame::SIDE as usize;
    let pixels = (0..side * side).flat_map(|at| colours[at / side % colours.len()]);
    Arc::new(Frame::from_rgb(pixels.collect()).unwrap())
}

fn offsets(radius: f64) -> ProofBox {
    ProofBox::Offset {
        radius,
        channels: Channels::Each,
    }
}

fn proof(frame: &Arc<Frame>, region: ProofBox) -> Proof {
    Proof {
        subject: Subject {
            image: "lesion.png".to_owned(),
            image_sha256: None,
            framing: Framing::Squash,
            color_handling: ColorHandling::Converted,
        },
        frame: Arc::clone(frame),
        region,
        draws: Draws { count: 50, seed: 3 },
        sample: false,
        threshold: 0.5,
        seconds: None,
        most: None,
    }
}

/// Proves to the end.
fn run(scorer: &StandIn, proof: &Proof) -> Proved {
    let plan = proof.plan().unwrap();
    prove(scorer, proof, &plan, None, &Cancel::default(), &mut |_| {}).unwrap()
}

/// As it would be written, without its time field.
fn timeless(record: &ProofRecord) -> String {
    let record = ProofRecord {
        seconds: 0.0,
        ..record.clone()
    };
    record.to_json().unwrap()
}

/// Redder is safer: P(melanoma) falls by 0.02 for each unit of red above 100, and rises by 0.001 for each of blue.
fn redder_is_safer(first: [u8; 3]) -> f64 {
    let [red, _, blue] = first.map(f64::from);
    0.6 - 0.02 * (red - 100.0) + 0.001 * (blue - 100.0)
}
