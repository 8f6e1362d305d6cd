//! Whether the processor's engine would gain by what cards do (`lowering/fewer`): 1 × 1 convolutions that read the same as one, and average
//! pooling after a 1 × 1 convolution in place of before. Both ways take turns on one thread; what is printed are medians, and the lowest.
//!
//!   cargo bench -p flipscope-nn --bench fewer

#![allow(clippy::unwrap_used, reason = "benches, like tests, may panic")]
#![allow(clippy::print_stdout, reason = "what it is for")]

use std::time::Instant;

use flipscope_nn::engine::{Isa, Plan};
use flipscope_nn::{Conv, Node};

/// How often both ways take turns.
const TURNS: usize = 61;

/// A block of Inception-v3, and how often there is one like it.
struct Block {
    name: &'static str,
    times: usize,
    side: usize,
    c_in: usize,
    /// What its 1 × 1 convolutions at stride 1 give, that behind the pooling apart.
    merged: &'static [usize],
    pooled: Option<usize>,
}

const fn block(
    name: &'static str,
    times: usize,
    [side, c_in]: [usize; 2],
    merged: &'static [usize],
    pooled: Option<usize>,
) -> Block {
    Block {
        name,
        times,
        side,
        c_in,
        merged,
        pooled,
    }
}

const BLOCKS: [Block; 9] = [
    block("Mixed_5b", 1, [35, 192], &[64, 48, 64], Some(32)),
    block("Mixed_5c", 1, [35, 256], &[64, 48, 64], Some(64)),
    block("Mixed_5d", 1, [35, 288], &[64, 48, 64], Some(64)),
    block("Mixed_6b", 1, [17, 768], &[192, 128, 128], Some(192)),
    block("Mixed_6c, 6d", 2, [17, 768], &[192, 160, 160], Some(192)),
    block("Mixed_6e", 1, [17, 768], &[192, 192, 192], Some(192)),
    block("Mixed_7a", 1, [17, 768], &[192, 192], None),
    block("Mixed_7b", 1, [8, 1280], &[320, 384, 448], Some(192)),
    block("Mixed_7c", 1, [8, 2048], &[320, 384, 448], Some(192)),
];

/// Numbers between −0.5 and 0.5 that are the same every time.
fn numbers(count: usize) -> Vec<f32> {
    let spread = |at: usize| at.wrapping_mul(2_654_435_761) % 1009;
    (0..count)
        .map(|at| spread(at) as f32 / 1009.0 - 0.5)
        .collect()
}

fn one(c_in: usize, c_out: usize) -> Node<Conv> {
    Node::Conv(Conv {
        c_in,
        c_out,
        kernel: [1, 1],
        stride: 1,
        padding: [0, 0],
        weight: numbers(c_in * c_out),
        bias: numbers(c_out),
        relu: true,
    })
}

/// Milliseconds of both ways: medians, and the lowest.
fn compare(ways: [Node<Conv>; 2], input: [usize; 3]) -> ([f64; 2], [f64; 2]) {
    let plans = ways.map(|tree| Plan::new(tree, input, Isa::best()).unwrap());
    let frame = numbers(input.iter().product());
    let mut times = [Vec::new(), Vec::new()];
    for turn in 0..TURNS {
        for at in 0..2 {
            // Either goes first every second time.
            let at = (at + turn) % 2;
            let (Some(plan), Some(times)) = (plans.get(at), times.get_mut(at)) else {
                continue;
            };
            let begun = Instant::now();
            std::hint::black_box(plan.run(std::hint::black_box(&frame)).unwrap());
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
    }
    let sorted = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times
    });
    let at = |place: usize| {
        sorted
            .each_ref()
            .map(|times| times.get(place).copied().unwrap_or(f64::NAN))
    };
    (at(TURNS / 2), at(0))
}

fn print(name: &str, what: &str, ([before, after], [lowest, after_lowest]): ([f64; 2], [f64; 2])) {
    println!(
        "{name:14} {what:8} {before:8.3} {after:8.3} {:5.2}  {lowest:8.3} {after_lowest:8.3} {:5.2}",
        after / before,
        after_lowest / lowest
    );
}

fn main() {
    // Threads' waiting for each other is not measured.
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    pool.install(|| {
        println!("block          what       median    then ratio    lowest     then ratio   (ms)");
        let mut saved = [0.0; 4];
        for block in &BLOCKS {
            let input = [block.c_in, block.side, block.side];
            let separate = block.merged.iter().map(|c_out| one(block.c_in, *c_out));
            let ways = [Node::Branches(separate.collect()), one(block.c_in, block.merged.iter().sum())];
            let merged = compare(ways, input);
            print(block.name, "merged", merged);
            let pooled = block.pooled.map(|c_out| {
                let conv = || one(block.c_in, c_out);
                let ways = [
                    Node::Chain(vec![Node::AvgPool, conv()]),
                    Node::Chain(vec![conv(), Node::AvgPool]),
                ];
                compare(ways, input)
            });
            if let Some(pooled) = pooled {
                print(block.name, "pooled", pooled);
            }
            for (at, compared) in [Some(merged), pooled].into_iter().enumerate() {
                let Some((median, lowest)) = compared else { continue };
                for (kind, [before, after]) in [median, lowest].into_iter().enumerate() {
                    if let Some(saved) = saved.get_mut(2 * at + kind) {
                        *saved += block.times as f64 * (before - after);
                    }
                }
            }
        }
        let [merged, merged_lowest, pooled, pooled_lowest] = saved;
        println!("saved in all: merged {merged:.3} (lowest {merged_lowest:.3}), pooled later {pooled:.3} (lowest {pooled_lowest:.3})");
    });
}
