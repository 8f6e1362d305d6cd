//! A network's steps as kernels and convolutions over one piece of memory: what is written where, forward and backward. It knows
//! nothing of a card, so that tests run the same programs on the host.
//!
//! Activations that are not alive together share memory.

use std::ops::Range;

use super::call::Call;
use super::memory_plan::{ALIGNMENT, Span, place};
use super::operand::{Dtype, Extent, Order, Strided, Window};
use crate::lowering::{Layer, Lowered, Step, Value};

/// What is done on the device, in order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// A kernel of ours.
    Call(Call),
    /// A convolution with its bias and ReLU, `which` of [`Lowered::filters`]; `gap`: its output is some channels of an activation. So may
    /// its input be.
    Convolve {
        which: usize,
        x: (Strided, Extent),
        y: (Strided, Extent),
        gap: bool,
    },
    /// The mean of what a convolution without its bias has given, then the bias and the ReLU of `which`.
    AvgPoolBias {
        which: usize,
        x: (Strided, Extent),
        y: (Strided, Extent),
        relu: bool,
    },
    /// The gradient of a convolution towards its input, from that of its output before the ReLU.
    ConvolveBack {
        which: usize,
        dx: (Strided, Extent),
        dy: (Strided, Extent),
        gap: bool,
        accumulate: bool,
    },
}

/// A network's steps for a number of frames, with addresses.
pub(crate) struct Program {
    /// The network's input.
    pub(crate) input: (Strided, Extent),
    pub(crate) forward: Vec<Action>,
    /// The features that come out: f32, `[frame][feature]`.
    pub(crate) features: u64,
    /// How many of them a frame has.
    pub(crate) width: usize,
    /// Where the last gradient of the features is expected, likewise.
    pub(crate) d_features: u64,
    pub(crate) backward: Vec<Action>,
    /// The gradient of the input that comes out: f32, `[frame][row][column][channel]`.
    pub(crate) d_input: u64,
    /// What each block gives.
    pub(crate) blocks: Vec<(Strided, Extent)>,
    /// Where blocks are written to be read by the host: f32, as `d_input`.
    pub(crate) shown: u64,
    /// As large as any output of a convolution, and where its input has gaps that one behind it.
    pub(crate) scratch: u64,
    /// Bytes of memory in all.
    pub(crate) bytes: u64,
}

/// What a program is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Purpose {
    /// The features, in as little memory as they take.
    Features,
    /// Also the gradient; all activations are kept.
    Gradient,
}

impl Program {
    /// The program for `n` frames, in memory that begins at an address. With gradients: of steps as they were lowered first.
    pub(crate) fn new(
        lowered: &Lowered,
        n: usize,
        purpose: Purpose,
        (order, dtype): (Order, Dtype),
        memory: u64,
    ) -> Self {
        let extents: Vec<Extent> = lowered
            .activations
            .iter()
            .map(|shape| Extent::new(n, shape.channels(), shape.size(), order))
            .collect();
        let bytes = |extent: &Extent| extent.count() as u64 * dtype.bytes();
        let (places, mut bytes) = place(&spans(
            lowered,
            purpose,
            &extents.iter().map(bytes).collect::<Vec<_>>(),
        ));
        let map = MemoryMap {
            lowered,
            dtype,
            addresses: places.into_iter().map(|place| memory + place).collect(),
            extents,
        };
        let mut region = |values: usize, each: u64| {
            let at = memory + bytes;
            bytes += (values as u64 * each).next_multiple_of(ALIGNMENT);
            at
        };
        let gradient = purpose == Purpose::Gradient;
        let if_gradient = |values: usize| if gradient { values } else { 0 };
        let largest = |values: &mut dyn Iterator<Item = Value>| {
            let counts = values.map(|value| map.extent(value).count());
            counts.max().unwrap_or(0)
        };
        let (features_from, features_of) = map.output();
        let width = features_of.channels as usize;
        let scratch = region(map.scratch(), 1);
        let features = region(n * width, 4);
        let d_features = region(if_gradient(n * width), 4);
        let d_input = region(if_gradient(map.extent(0).count()), 4);
        let blocks = &mut lowered.blocks.iter().map(|(_, value)| *value);
        let shown = region(if_gradient(largest(blocks)), 4);

        let mut forward: Vec<Action> = lowered.steps.iter().map(|step| map.forward(step)).collect();
        let output = (features_from, features_of);
        forward.push(Action::Call(Call::mean(dtype, features, output)));
        let mut backward = Vec::new();
        if gradient {
            let d_output = map.gradient(lowered.output);
            backward.push(Action::Call(Call::mean_backward(
                dtype, d_output, d_features,
            )));
            for (step, accumulate) in lowered.steps.iter().zip(lowered.accumulates()).rev() {
                map.backward(step, accumulate, &mut backward);
            }
            let call = Call::interleave(dtype, d_input, map.gradient(0));
            backward.push(Action::Call(call));
        }
        let blocks = lowered.blocks.iter();
        Self {
            input: map.activation(0),
            forward,
            features,
            width,
            d_features,
            backward,
            d_input,
            blocks: blocks.map(|(_, value)| map.activation(*value)).collect(),
            shown,
            scratch,
            bytes,
        }
    }
}

/// From when to when each activation is needed, then the gradient of each. Step `i` happens at time `i + 1`, its backward form at
/// `2 · steps − i`. `bytes`: of each activation.
pub(super) fn spans(lowered: &Lowered, purpose: Purpose, bytes: &[u64]) -> Vec<Span> {
    let steps = lowered.steps.len();
    let lifetimes = || lowered.lifetimes().into_iter().zip(bytes).enumerate();
    let gradient = purpose == Purpose::Gradient;
    let mut spans = Vec::with_capacity(2 * bytes.len());
    spans.extend(lifetimes().map(|(value, (alive, &bytes))| {
        let mut last = alive.last + 1;
        if gradient {
            last = 2 * steps - alive.first;
        }
        // The mean over the output follows the last step.
        if value == lowered.output {
            last = last.max(steps + 1);
        }
        Span {
            bytes,
            first: if value == 0 { 0 } else { alive.first + 1 },
            last,
        }
    }));
    if gradient {
        spans.extend(lifetimes().map(|(value, (alive, &bytes))| Span {
            bytes,
            // The gradient of the mean comes before the first step backward; the input's is read after the last.
            first: if value == lowered.output {
                steps
            } else {
                2 * steps - alive.last
            },
            last: if value == 0 {
                2 * steps + 1
            } else {
                2 * steps - alive.first
            },
        }));
    }
    spans
}

/// Where the input of a convolution is copied to without its gaps: behind the output, which begins at `scratch`.
pub(crate) fn behind_output(scratch: u64, y: Extent, dtype: Dtype) -> u64 {
    scratch + (y.count() as u64 * dtype.bytes()).next_multiple_of(ALIGNMENT)
}

/// The window of [`Layer::MaxPool`].
fn max_pool(padding: usize) -> Window {
    Window {
        kernel: 3,
        stride: 2,
        padding: padding as i32,
    }
}

/// The window of [`Layer::AvgPool`] and [`Layer::AvgPoolBias`].
pub(crate) const AVG_POOL: Window = Window {
    kernel: 3,
    stride: 1,
    padding: 1,
};

/// Where the activations and then their gradients lie.
struct MemoryMap<'a> {
    lowered: &'a Lowered,
    dtype: Dtype,
    addresses: Vec<u64>,
    extents: Vec<Extent>,
}

impl MemoryMap<'_> {
    fn extent(&self, value: Value) -> Extent {
        self.extents.get(value).copied().unwrap_or_default()
    }

    fn activation(&self, value: Value) -> (Strided, Extent) {
        let at = self.addresses.get(value).copied().unwrap_or(0);
        (Strided::whole(at, self.extent(value)), self.extent(value))
    }

    fn gradient(&self, value: Value) -> (Strided, Extent) {
        let at = self.addresses.get(self.extents.len() + value);
        let at = at.copied().unwrap_or(0);
        (Strided::whole(at, self.extent(value)), self.extent(value))
    }

    /// Some parts of an activation, or of its gradient, which lies there.
    fn parts(
        &self,
        value: Value,
        parts: &Range<usize>,
        (whole, extent): (Strided, Extent),
    ) -> (Strided, Extent) {
        let shape = self.lowered.shape(value);
        let channels = shape.map_or(0..0, |shape| shape.channels_of(parts));
        let extent = Extent {
            channels: channels.len() as i32,
            ..extent
        };
        (whole.skipping(channels.start, self.dtype), extent)
    }

    /// The channels that a step reads.
    fn read(&self, step: &Step) -> (Strided, Extent) {
        self.parts(step.input, &step.reads, self.activation(step.input))
    }

    /// The channels that a step writes, of an activation or of its gradient.
    fn part(&self, step: &Step, place: (Strided, Extent)) -> (Strided, Extent) {
        self.parts(step.output, &step.parts, place)
    }

    /// What the last block gives.
    fn output(&self) -> (Strided, Extent) {
        let Lowered {
            output,
            output_parts,
            ..
        } = self.lowered;
        self.parts(*output, output_parts, self.activation(*output))
    }

    /// Whether a step writes some channels of its output alone.
    fn gap(&self, step: &Step) -> bool {
        let (_, part) = self.part(step, self.activation(step.output));
        part.channels != self.extent(step.output).channels
    }

    /// Bytes of what a convolution's output takes without gaps, and its input behind it.
    fn scratch(&self) -> usize {
        let needed = self.lowered.steps.iter().map(|step| {
            let (_, y) = self.part(step, self.activation(step.output));
            let (x, size) = self.read(step);
            let input = if x.has_gaps(size) { size.count() } else { 0 };
            behind_output(0, y, self.dtype) + input as u64 * self.dtype.bytes()
        });
        needed.max().unwrap_or(0) as usize
    }

    fn forward(&self, step: &Step) -> Action {
        let x = self.read(step);
        let y = self.part(step, self.activation(step.output));
        Action::Call(match step.layer {
            Layer::Conv { index, .. } => {
                return Action::Convolve {
                    which: index,
                    x,
                    y,
                    gap: self.gap(step),
                };
            }
            Layer::MaxPool { padding } => Call::pool(self.dtype, false, y, x, max_pool(padding)),
            Layer::AvgPool => Call::pool(self.dtype, true, y, x, AVG_POOL),
            Layer::AvgPoolBias { index, relu } => {
                return Action::AvgPoolBias {
                    which: index,
                    x,
                    y,
                    relu,
                };
            }
            Layer::AddRelu => Call::add_relu(self.dtype, y, x.0),
        })
    }

    fn backward(&self, step: &Step, accumulate: bool, actions: &mut Vec<Action>) {
        let (x, _) = self.activation(step.input);
        let (y, _) = self.part(step, self.activation(step.output));
        let dx = self.gradient(step.input);
        let dy = self.part(step, self.gradient(step.output));
        let masked = matches!(step.layer, Layer::Conv { relu: true, .. } | Layer::AddRelu);
        if masked {
            actions.push(Action::Call(Call::relu_backward(self.dtype, dy, y)));
        }
        let pool_backward = |mean, window| {
            Action::Call(Call::pool_backward(
                self.dtype, mean, dx, x, dy, window, accumulate,
            ))
        };
        actions.push(match step.layer {
            Layer::Conv { index, .. } => Action::ConvolveBack {
                which: index,
                dx,
                dy,
                gap: self.gap(step),
                accumulate,
            },
            Layer::MaxPool { padding } => pool_backward(false, max_pool(padding)),
            Layer::AvgPool => pool_backward(true, AVG_POOL),
            // Not in programs with gradients (`Lowered::in_fewer`).
            Layer::AvgPoolBias { .. } => return,
            Layer::AddRelu if accumulate => Action::Call(Call::add(self.dtype, dx, dy.0)),
            Layer::AddRelu => Action::Call(Call::copy(self.dtype, dx, dy.0)),
        });
    }
}
