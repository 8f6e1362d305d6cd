//! A network as a list of steps over buffers in one piece of memory: what is written where, forward and backward. Knows nothing
//! of a card, so that tests run the same steps on the host.
//!
//! The branches of a block write straight into their channels of its output. A buffer's memory is taken by another once nothing
//! reads it any more.

use super::call::{Call, Dtype, Extent, Order, Strided, Window};
use super::memory::{ALIGNMENT, Span, place};
use super::shape::{AVG_POOL, Misfit, Shape, max_pool, shape_of};
use crate::{Conv, Node};

/// Some channels of a buffer.
#[derive(Clone, Copy, Debug)]
struct Part {
    buffer: usize,
    from: usize,
    channels: usize,
}

#[derive(Clone, Copy, Debug)]
enum CardStepKind {
    /// By its place among the convolutions.
    Conv {
        which: usize,
        relu: bool,
    },
    Pool {
        mean: bool,
        window: Window,
    },
    /// Added to what the output holds, and then the ReLU.
    AddRelu,
}

/// One layer: reads a whole buffer, writes some channels of another (or changes them, in a sum).
#[derive(Clone, Copy, Debug)]
struct Step {
    kind: CardStepKind,
    input: usize,
    output: Part,
}

/// A network's steps, for any number of frames.
pub(crate) struct Steps {
    buffers: Vec<Shape>,
    layers: Vec<Step>,
    /// The buffer that each block ends in.
    ends: Vec<usize>,
}

/// What is done on the device, in order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// A kernel of ours.
    Call(Call),
    /// A convolution with its bias and ReLU; `gap`: its output is some channels of an activation.
    Convolve {
        which: usize,
        x: (Strided, Extent),
        y: (Strided, Extent),
        gap: bool,
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

/// The steps for some frames, with addresses.
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
    /// As large as any output of a convolution.
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

impl Steps {
    /// The steps of blocks that follow each other on an input `[channels, rows, columns]`. Convolutions are counted in the
    /// order of [`Node::for_each`].
    pub(crate) fn new(
        blocks: &[Node<Conv>],
        [channels, rows, columns]: [usize; 3],
    ) -> Result<Self, Misfit> {
        let mut steps = Self {
            buffers: vec![(channels, [rows, columns])],
            layers: Vec::new(),
            ends: Vec::new(),
        };
        let mut convs = 0;
        let mut x = 0;
        for block in blocks {
            x = steps.lower(block, x, None, &mut convs)?;
            steps.ends.push(x);
        }
        Ok(steps)
    }

    fn shape(&self, buffer: usize) -> Shape {
        self.buffers.get(buffer).copied().unwrap_or_default()
    }

    /// Adds a node that reads a buffer; gives the buffer that it writes, or writes a part of.
    fn lower(
        &mut self,
        node: &Node<Conv>,
        input: usize,
        into: Option<Part>,
        convs: &mut usize,
    ) -> Result<usize, Misfit> {
        let made = shape_of(node, self.shape(input))?;
        if let Node::Chain(nodes) = node {
            let mut x = input;
            for (at, node) in nodes.iter().enumerate() {
                let into = into.filter(|_| at + 1 == nodes.len());
                x = self.lower(node, x, into, convs)?;
            }
            return Ok(x);
        }
        let output = into.unwrap_or_else(|| {
            self.buffers.push(made);
            Part {
                buffer: self.buffers.len() - 1,
                from: 0,
                channels: made.0,
            }
        });
        let kind = match node {
            Node::Conv(conv) => {
                *convs += 1;
                CardStepKind::Conv {
                    which: *convs - 1,
                    relu: conv.relu,
                }
            }
            Node::MaxPool { padding } => CardStepKind::Pool {
                mean: false,
                window: max_pool(*padding),
            },
            Node::AvgPool => CardStepKind::Pool {
                mean: true,
                window: AVG_POOL,
            },
            Node::Chain(_) => return Ok(output.buffer),
            Node::Residual { main, shortcut } => {
                self.lower(main, input, Some(output), convs)?;
                let added = match shortcut {
                    Some(shortcut) => self.lower(shortcut, input, None, convs)?,
                    None => input,
                };
                self.layers.push(Step {
                    kind: CardStepKind::AddRelu,
                    input: added,
                    output,
                });
                return Ok(output.buffer);
            }
            Node::Branches(nodes) => {
                let mut from = output.from;
                for node in nodes {
                    let (channels, _) = shape_of(node, self.shape(input))?;
                    let part = Part {
                        from,
                        channels,
                        ..output
                    };
                    self.lower(node, input, Some(part), convs)?;
                    from += channels;
                }
                return Ok(output.buffer);
            }
        };
        self.layers.push(Step {
            kind,
            input,
            output,
        });
        Ok(output.buffer)
    }

    /// The steps for `n` frames, in memory that begins at an address.
    pub(crate) fn program(
        &self,
        n: usize,
        purpose: Purpose,
        (order, dtype): (Order, Dtype),
        memory: u64,
    ) -> Program {
        let last = self.ends.last().copied().unwrap_or(0);
        let extent = |buffer: usize| {
            let (channels, size) = self.shape(buffer);
            Extent::new(n, channels, size, order)
        };
        let spans = self.spans(purpose, last, &|buffer| {
            extent(buffer).count() as u64 * dtype.bytes()
        });
        let (places, total) = place(&spans);
        let mut bytes = total;
        let mut region = |values: usize, each: u64| {
            let at = memory + bytes;
            bytes += (values as u64 * each).next_multiple_of(ALIGNMENT);
            at
        };
        let (width, _) = self.shape(last);
        let gradient = purpose == Purpose::Gradient;
        let if_gradient = |values: usize| if gradient { values } else { 0 };
        let largest = |of: &mut dyn Iterator<Item = Extent>| of.map(Extent::count).max();
        let outputs = &mut self.layers.iter().map(|step| extent(step.output.buffer));
        let scratch = region(largest(outputs).unwrap_or(0), dtype.bytes());
        let features = region(n * width, 4);
        let d_features = region(if_gradient(n * width), 4);
        let d_input = region(if_gradient(extent(0).count()), 4);
        let ends = &mut self.ends.iter().map(|end| extent(*end));
        let shown = region(if_gradient(largest(ends).unwrap_or(0)), 4);

        let whole = |buffer: usize, offset: usize| {
            let at = memory + places.get(buffer + offset).copied().unwrap_or(0);
            (Strided::whole(at, extent(buffer)), extent(buffer))
        };
        let part = |part: Part, offset: usize| {
            let (strided, extent) = whole(part.buffer, offset);
            let extent = Extent {
                channels: part.channels as i32,
                ..extent
            };
            (strided.skipping(part.from, dtype), extent)
        };
        let writer = Writer {
            steps: self,
            dtype,
            activation: &|buffer| whole(buffer, 0),
            part: &part,
            gradients: self.buffers.len(),
        };
        let mut forward = writer.forward();
        forward.push(Action::Call(Call::mean(dtype, features, whole(last, 0))));
        let mut backward = Vec::new();
        if gradient {
            let behind = whole(last, self.buffers.len());
            backward.push(Action::Call(Call::mean_back(dtype, behind, d_features)));
            writer.backward(&mut backward);
            let before = whole(0, self.buffers.len());
            backward.push(Action::Call(Call::interleave(dtype, d_input, before)));
        }
        Program {
            input: whole(0, 0),
            forward,
            features,
            width,
            d_features,
            backward,
            d_input,
            blocks: self.ends.iter().map(|end| whole(*end, 0)).collect(),
            shown,
            scratch,
            bytes,
        }
    }

    /// From when to when each buffer is needed, then the gradient of each. Step `i` happens at time `i + 1`, its backward form at
    /// `2 · steps − i`.
    fn spans(&self, purpose: Purpose, last: usize, bytes: &dyn Fn(usize) -> u64) -> Vec<Span> {
        let steps = self.layers.len();
        let gradient = purpose == Purpose::Gradient;
        let mut activations: Vec<Span> = (0..self.buffers.len())
            .map(|buffer| Span {
                bytes: bytes(buffer),
                first: usize::MAX,
                last: 0,
            })
            .collect();
        let mut gradients = if gradient {
            activations.clone()
        } else {
            Vec::new()
        };
        let touch = |spans: &mut [Span], buffer: usize, time: usize| {
            if let Some(span) = spans.get_mut(buffer) {
                span.first = span.first.min(time);
                span.last = span.last.max(time);
            }
        };
        touch(&mut activations, 0, 0);
        touch(&mut activations, last, steps + 1);
        touch(&mut gradients, last, steps);
        touch(&mut gradients, 0, 2 * steps + 1);
        for (at, step) in self.layers.iter().enumerate() {
            let (forward, backward) = (at + 1, 2 * steps - at);
            touch(&mut activations, step.input, forward);
            touch(&mut activations, step.output.buffer, forward);
            if gradient {
                touch(&mut activations, step.input, backward);
                touch(&mut activations, step.output.buffer, backward);
            }
            touch(&mut gradients, step.input, backward);
            touch(&mut gradients, step.output.buffer, backward);
        }
        activations.append(&mut gradients);
        activations
    }
}

/// Turns steps into actions.
struct Writer<'a> {
    steps: &'a Steps,
    dtype: Dtype,
    activation: &'a dyn Fn(usize) -> (Strided, Extent),
    /// Channels of an activation (0) or of its gradient (`gradients`).
    part: &'a dyn Fn(Part, usize) -> (Strided, Extent),
    gradients: usize,
}

impl Writer<'_> {
    /// Whether a part is not all of its buffer.
    fn gap(&self, part: Part) -> bool {
        self.steps.shape(part.buffer).0 != part.channels
    }

    fn forward(&self) -> Vec<Action> {
        let actions = self.steps.layers.iter().map(|step| {
            let x = (self.activation)(step.input);
            let y = (self.part)(step.output, 0);
            match step.kind {
                CardStepKind::Conv { which, .. } => Action::Convolve {
                    which,
                    x,
                    y,
                    gap: self.gap(step.output),
                },
                CardStepKind::Pool { mean, window } => {
                    Action::Call(Call::pool(self.dtype, mean, y, x, window))
                }
                CardStepKind::AddRelu => Action::Call(Call::add_relu(self.dtype, y, x.0)),
            }
        });
        actions.collect()
    }

    fn backward(&self, actions: &mut Vec<Action>) {
        // The first that reaches a buffer's gradient writes it, and later ones add to it.
        let mut written = vec![false; self.steps.buffers.len()];
        for step in self.steps.layers.iter().rev() {
            let (x, size) = (self.activation)(step.input);
            let (y, _) = (self.part)(step.output, 0);
            let dy = (self.part)(step.output, self.gradients);
            let all = Part {
                buffer: step.input,
                from: 0,
                channels: size.channels as usize,
            };
            let dx = (self.part)(all, self.gradients);
            let accumulate = match written.get_mut(step.input) {
                Some(written) => std::mem::replace(written, true),
                None => false,
            };
            match step.kind {
                CardStepKind::Conv { which, relu } => {
                    if relu {
                        actions.push(Action::Call(Call::relu_back(self.dtype, dy, y)));
                    }
                    actions.push(Action::ConvolveBack {
                        which,
                        dx,
                        dy,
                        gap: self.gap(step.output),
                        accumulate,
                    });
                }
                CardStepKind::Pool { mean, window } => actions.push(Action::Call(Call::pool_back(
                    self.dtype, mean, dx, x, dy, window, accumulate,
                ))),
                CardStepKind::AddRelu => {
                    actions.push(Action::Call(Call::relu_back(self.dtype, dy, y)));
                    actions.push(Action::Call(if accumulate {
                        Call::add(self.dtype, dx, dy.0)
                    } else {
                        Call::copy(self.dtype, dx, dy.0)
                    }));
                }
            }
        }
    }
}
