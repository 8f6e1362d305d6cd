//! Whole programs, run on the host.

use super::super::call::{Argument, Call};
use super::super::emulate::Emulated;
use super::super::filters::{Placed, place};
use super::super::operand::{Dtype, Extent, Order, Strided};
use super::super::program::{AVG_POOL, Action, Program, Purpose, behind_output};
use super::ordered;
use crate::lowering::Lowered;
use crate::{Conv, Node};

/// A convolution without its bias as the emulator's kernel; `back`: its gradient towards `to`, and whether it is added.
fn convolution(
    placed: &Placed,
    (to, made): (Strided, Extent),
    (from, taken): (Strided, Extent),
    dtype: Dtype,
    back: Option<bool>,
) -> Call {
    let mut arguments = vec![
        Argument::Strided(to),
        Argument::Extent(made),
        Argument::Strided(from),
        Argument::Extent(taken),
        Argument::Pointer(placed.weight),
    ];
    let ([c_out, c_in, rows, columns], [pad_rows, pad_columns]) =
        (placed.shape.weight, placed.shape.padding);
    let (x, y) = if back.is_some() {
        (made, taken)
    } else {
        (taken, made)
    };
    assert_eq!([x.channels, y.channels], [c_in as i32, c_out as i32]);
    let geometry = [rows, columns, placed.shape.stride, pad_rows, pad_columns];
    arguments.extend(geometry.map(|v| Argument::Int(v as i32)));
    arguments.push(Argument::Int(made.pixels));
    arguments.extend(back.map(|add| Argument::Int(i32::from(add))));
    let kernel = match (back, dtype) {
        (None, Dtype::F32) => "convolve_f32",
        (None, Dtype::Bf16) => "convolve_bf16",
        (Some(_), Dtype::F32) => "convolve_backward_f32",
        (Some(_), Dtype::Bf16) => "convolve_backward_bf16",
    };
    Call {
        kernel,
        threads: made.count(),
        arguments,
    }
}

/// A program to be run.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) network: &'a [Node<Conv>],
    /// How it is lowered.
    pub(super) lowered: &'a Lowered,
    /// How many frames.
    pub(super) n: usize,
    pub(super) format: (Order, Dtype),
    pub(super) purpose: Purpose,
    /// Whether what has gaps goes through a copy, as on a card where cuDNN leaves none, or is read and written where it is.
    pub(super) packed: bool,
}

/// What a program gives on the host.
pub(super) struct Given {
    pub(super) features: Vec<f32>,
    pub(super) gradient: Vec<f32>,
    /// Interleaved.
    pub(super) blocks: Vec<Vec<f32>>,
}

/// Runs a program on the host: convolutions as they are defined, everything else by its kernel. `frames`: planes.
pub(super) fn emulate(case: Case<'_>, frames: &[f32], by_feature: &[f32]) -> Given {
    let Case {
        lowered,
        n,
        format,
        purpose,
        ..
    } = case;
    let (_, dtype) = format;
    let mut convs = Vec::new();
    for block in case.network {
        block.for_each(&mut |conv| convs.push(conv));
    }
    let mut card = Emulated::default();
    // As on a card, where the same numbers are for all purposes.
    let filters = if purpose == Purpose::Gradient {
        lowered.in_fewer().filters
    } else {
        lowered.filters.clone()
    };
    let placed = place(&convs, &filters, format, |bytes| {
        Ok::<_, std::convert::Infallible>(card.put(bytes))
    });
    let placed = placed.unwrap();
    let bytes = Program::new(lowered, n, purpose, format, 0).bytes;
    let memory = card.room(bytes as usize);
    let program = Program::new(lowered, n, purpose, format, memory);
    let (input, extent) = program.input;
    let values = ordered(frames, extent);
    let pixels = match dtype {
        Dtype::F32 => card.put(&values),
        Dtype::Bf16 => {
            let bits = values.iter().map(|v| half::bf16::from_f32(*v).to_bits());
            card.put(&bits.collect::<Vec<u16>>())
        }
    };
    card.call([Call::copy(
        dtype,
        (input, extent),
        Strided::whole(pixels, extent),
    )]);
    for action in &program.forward {
        act(&mut card, action, case, &program, &placed);
    }
    card.run();
    let mut given = Given {
        features: card.get(program.features, n * program.width),
        gradient: Vec::new(),
        blocks: Vec::new(),
    };
    if purpose == Purpose::Features {
        return given;
    }
    for block in &program.blocks {
        card.call([Call::interleave(dtype, program.shown, *block)]);
        card.run();
        given.blocks.push(card.get(program.shown, block.1.count()));
    }
    card.set(program.d_features, by_feature);
    for action in &program.backward {
        act(&mut card, action, case, &program, &placed);
    }
    card.run();
    given.gradient = card.get(program.d_input, extent.count());
    given
}

fn act(card: &mut Emulated, action: &Action, case: Case<'_>, program: &Program, placed: &[Placed]) {
    let (_, dtype) = case.format;
    match *action {
        Action::Call(ref call) => card.call([call.clone()]),
        Action::AvgPoolBias { which, x, y, relu } => {
            let bias = (placed[which].bias, relu);
            card.call([Call::avg_pool_bias(dtype, y, x, AVG_POOL, bias)]);
        }
        Action::Convolve { which, x, y, gap } => {
            let placed = &placed[which];
            let copies_x = case.packed && x.0.has_gaps(x.1);
            let behind = Strided::whole(behind_output(program.scratch, y.1, dtype), x.1);
            let from = if copies_x { (behind, x.1) } else { x };
            card.call(copies_x.then(|| Call::copy(dtype, from, x.0)));
            let copies_y = case.packed && gap;
            let scratch = (Strided::whole(program.scratch, y.1), y.1);
            let to = if copies_y { scratch } else { y };
            card.call([
                convolution(placed, to, from, dtype, None),
                Call::bias_relu(dtype, to, placed.bias, placed.relu),
            ]);
            card.call(copies_y.then(|| Call::copy(dtype, y, scratch.0)));
        }
        Action::ConvolveBack {
            which,
            dx,
            dy,
            gap,
            accumulate,
        } => {
            let through = case.packed && gap;
            let scratch = (Strided::whole(program.scratch, dy.1), dy.1);
            card.call(through.then(|| Call::copy(dtype, scratch, dy.0)));
            let from = if through { scratch } else { dy };
            let back = Some(accumulate);
            card.call([convolution(&placed[which], dx, from, dtype, back)]);
        }
    }
}
