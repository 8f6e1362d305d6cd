//! Candidates in the form that a card takes: parameters instead of pixels.
//!
//! What the kernel cannot do (a shift whose rounded sums are not evenly spaced, more than a few edited pixels) is rendered here
//! and sent as a separate frame: rare, and with the same pixels.

use std::sync::Arc;

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
                let bytes = frames.iter().flat_map(Frame::pixels);
                packed.frames = Some(bytes.copied().collect());
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
                    let bytes = frames.iter().flat_map(|frame| frame.pixels());
                    packed.frames = Some(bytes.copied().collect());
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

#[cfg(feature = "cudnn")]
pub(crate) use on_card::OnCard;

#[cfg(feature = "cudnn")]
mod on_card {
    use std::sync::{Mutex, PoisonError};

    use candle_core::Result;

    use super::{Batch, Packer};
    use crate::inference::device::OpenDevice;
    use crate::inference::input::Normalisation;
    use flipscope_nn::cuda::CardNetwork;
    use flipscope_nn::engine::Activation;
    use flipscope_nn::{Conv, Node};

    /// A network on an NVIDIA card, with the frames that it has to judge.
    pub(crate) struct OnCard {
        network: CardNetwork,
        packer: Mutex<Packer>,
    }

    impl OnCard {
        pub(crate) fn new(
            blocks: &[Node<Conv>],
            side: usize,
            open: &OpenDevice,
            normalisation: &Normalisation,
        ) -> Result<Self> {
            let (input, table) = ([3, side, side], normalisation.table());
            Ok(Self {
                network: CardNetwork::new(blocks, input, table, &open.device, open.precision)?,
                packer: Mutex::new(Packer::default()),
            })
        }

        fn with<T>(
            &self,
            batch: &Batch<'_>,
            run: impl FnOnce(&flipscope_nn::cuda::render::Batch) -> Result<T>,
        ) -> Result<T> {
            // Locked to the end: the frames on the card must match the packer's record.
            let mut packer = self.packer.lock().unwrap_or_else(PoisonError::into_inner);
            let made = run(&packer.pack(batch));
            if made.is_err() {
                packer.forget();
            }
            made
        }

        pub(crate) fn features(&self, batch: &Batch<'_>) -> Result<Vec<f32>> {
            self.with(batch, |packed| self.network.features(packed))
        }

        pub(crate) fn gradient(
            &self,
            batch: &Batch<'_>,
            towards: &dyn Fn(usize, &[f32]) -> Vec<f32>,
        ) -> Result<(Vec<f32>, Vec<f32>)> {
            self.with(batch, |packed| self.network.gradient(packed, towards))
        }

        pub(crate) fn activations(&self, batch: &Batch<'_>) -> Result<Vec<Activation>> {
            self.with(batch, |packed| self.network.activations(packed))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::SeedableRng as _;
    use rand_chacha::ChaCha8Rng;

    use super::*;
    use crate::inference::candidate::Candidate;
    use crate::inference::input::Normalisation;
    use flipscope_image::perturb::{NEUTRAL_KELVIN, Noise, PixelEdit, Sampling};
    use flipscope_nn::cuda::call::Call;
    use flipscope_nn::cuda::emulate::Emulated;
    use flipscope_nn::cuda::operand::{Dtype, Extent, Order, Strided};

    fn frame(seed: u64) -> Arc<Frame> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        Arc::new(Frame::from_rgb((0..Frame::BYTES).map(|_| rng.random()).collect()).unwrap())
    }

    /// The kernel's result for a batch, on the host, as bytes.
    fn kernels(packed: &render::Batch, frames: &[u8], order: Order, store: Dtype) -> Vec<f32> {
        let n = packed.candidates.len();
        let extent = Extent::new(n, 3, [299, 299], order);
        let mut card = Emulated::default();
        let table: Vec<f32> = (0..3).flat_map(|_| (0_u8..=255).map(f32::from)).collect();
        let addresses = [
            card.put(&packed.candidates),
            card.put(frames),
            card.put(&packed.edits),
            card.put(&packed.noise),
            card.put(packed.lamps.as_flattened().as_flattened()),
            card.put(&table),
        ];
        let out = card.room(extent.count() * store.bytes() as usize);
        let shown = card.room(extent.count() * 4);
        let whole = Strided::whole(out, extent);
        card.call([
            Call::perturb(store, whole, n, addresses),
            Call::interleave(store, shown, (whole, extent)),
        ]);
        card.run();
        card.get(shown, extent.count())
    }

    fn assert_rendered(candidates: &[Candidate], order: Order, store: Dtype) {
        let normalisation = Normalisation::new([0.0; 3], [1.0; 3], false);
        let batch = Batch {
            pictures: Pictures::Candidates(candidates),
            normalisation: &normalisation,
        };
        let packed = Packer::default().pack(&batch);
        let made = kernels(&packed, packed.frames.as_ref().unwrap(), order, store);
        for (one, made) in candidates.iter().zip(made.chunks_exact(Frame::BYTES)) {
            let wanted = perturb::render(&one.frame, &one.perturbation);
            for (at, (made, wanted)) in made.iter().zip(wanted.pixels()).enumerate() {
                assert_eq!(
                    *made,
                    f32::from(*wanted),
                    "value {at} of {:?}",
                    one.perturbation
                );
            }
        }
    }

    prop_compose! {
        fn candidate()(
            shift in prop_oneof![Just([0.0; 2]), prop::array::uniform2(-60.0..60.0), prop::array::uniform2((-60_i32..60).prop_map(f64::from)), prop::array::uniform2(-1000.0..1000.0)],
            rotate in prop_oneof![Just(0.0), -400.0..400.0, (-4_i32..9).prop_map(|quarters| f64::from(quarters) * 90.0), Just(1e-14), Just(180.0 + 3e-14)],
            bilinear: bool, fill in 0..4_usize, field_of_view: bool,
            kelvin in prop_oneof![Just(NEUTRAL_KELVIN), 1700.0..25_000.0],
            tint in prop_oneof![Just(0.0), -0.05..0.05],
            gain in prop_oneof![Just([1.0; 3]), prop::array::uniform3(0.0..2.0)],
            offset in prop_oneof![Just([0.0; 3]), prop::array::uniform3(-255.0..255.0)],
            edits in prop::collection::vec((0..299_u32, 0..299_u32, any::<[u8; 3]>()), 0..5),
            noise in prop::option::of(any::<u64>()), seed: u64,
        ) -> Candidate {
            let noise = noise.map(|seed| {
                let mut rng = ChaCha8Rng::seed_from_u64(seed);
                Noise { field: (0..Frame::BYTES).map(|_| rng.random_range(-255..=255)).collect() }
            });
            Candidate {
                frame: frame(seed),
                perturbation: Arc::new(Perturbation {
                    shift, rotate, field_of_view, kelvin, tint, gain, offset, noise,
                    sampling: if bilinear { Sampling::Bilinear } else { Sampling::Nearest },
                    fill: [Fill::Black, Fill::Edge, Fill::Reflect, Fill::MeanSkin][fill],
                    pixels: edits.into_iter().map(|(x, y, rgb)| PixelEdit { x, y, rgb }).collect(),
                }),
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20))]

        #[test]
        fn the_kernel_renders_the_processors_pixels(candidates in prop::collection::vec(candidate(), 1..4), by_pixels: bool, narrow: bool) {
            let order = if by_pixels { Order::Pixels } else { Order::Planes };
            // Bytes are exact in 16 bits too.
            assert_rendered(&candidates, order, if narrow { Dtype::Bf16 } else { Dtype::F32 });
        }
    }

    #[test]
    fn a_population_shares_its_frame_and_crosses_as_numbers() {
        let original = frame(1);
        let pose = |at: u32, edits: usize| Candidate {
            frame: Arc::clone(&original),
            perturbation: Arc::new(Perturbation {
                rotate: f64::from(at) * 7.3,
                shift: [f64::from(at) * -0.37, 3.0],
                pixels: vec![
                    PixelEdit {
                        x: 1,
                        y: 2,
                        rgb: [9; 3]
                    };
                    edits
                ],
                ..Perturbation::default()
            }),
        };
        let normalisation = Normalisation::new([0.0; 3], [1.0; 3], false);
        let batch = |candidates| Batch {
            pictures: Pictures::Candidates(candidates),
            normalisation: &normalisation,
        };
        let population: Vec<Candidate> = (0..300).map(|at| pose(at, 0)).collect();
        let mut packer = Packer::default();
        let first = packer.pack(&batch(&population));
        assert_eq!(
            first.frames.as_ref().map(Vec::len),
            Some(Frame::BYTES),
            "one frame for all"
        );
        assert!(
            packer.pack(&batch(&population)).frames.is_none(),
            "the card still has it"
        );
        assert_eq!(size_of::<render::Candidate>() * 300, 69_600);
        // More edits than the kernel handles: the frame is rendered here.
        let many = [pose(3, 65), pose(4, 64)];
        let packed = packer.pack(&batch(&many));
        assert_eq!(
            packed.frames.map(|frames| frames.len()),
            Some(2 * Frame::BYTES)
        );
        assert_eq!(packed.edits.len(), 64);
        assert_rendered(&many, Order::Planes, Dtype::F32);
    }
}
