//! Tests that a card's kernels, compiled for the host, render what the processor does.

use proptest::prelude::*;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::inference::candidate::Candidate;
use crate::inference::input::Normalisation;
use flipscope_image::perturb::{NEUTRAL_KELVIN, Noise, PixelEdit, Sampling};
use flipscope_nn::cuda::batch_layout::Layout;
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
    // As it is sent: one piece, and the frames behind it.
    let layout = Layout::of(packed);
    let mut piece = vec![0; layout.bytes()];
    assert!(layout.write(packed, &mut piece));
    let addresses = layout.addresses(
        card.put(&piece[..layout.numbers]),
        card.put(frames),
        card.put(&table),
    );
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
