//! A network's steps made ready for the processor: weights packed, layouts with their borders, as few buffers as can be.

use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

use super::EngineError;
use super::buffers::share;
use super::convolution::Convolution;
use super::isa::Isa;
use super::layout::Layout;
use super::scratch::{Backward, Scratch};
use super::simd::LANES;
use super::step::{Step, StepKind};
use crate::lowering::{self, Layer, Lowered, Value};
use crate::{Conv, Node, Precision};

/// A network made ready for one size of input and one processor.
///
/// A run borrows buffers from the plan and gives them back, so that several threads may run one plan.
#[derive(Debug)]
pub struct Plan {
    pub(crate) isa: Isa,
    pub(crate) input: [usize; 3],
    pub(crate) layouts: Vec<Layout>,
    pub(crate) steps: Vec<Step>,
    /// The activation that the whole tree gives.
    pub(crate) output: Value,
    /// For each top-level piece of the tree, the number of steps after which its output is there, and which one that is.
    pub(crate) pieces: Vec<(usize, Value)>,
    /// The buffer of each activation; activations that are not alive together share one.
    pub(crate) slots: Vec<usize>,
    /// Values of each buffer.
    pub(crate) slot_lengths: Vec<usize>,
    pub(crate) scratch: Mutex<Vec<Scratch>>,
    /// The convolutions, for the backward pass, which is made when it is first asked for.
    pub(crate) convs: Vec<Conv>,
    pub(crate) backward: OnceLock<Backward>,
}

impl Plan {
    /// Plans a tree for inputs `[channels, rows, columns]`, in f32.
    ///
    /// # Errors
    /// If the tree does not fit together or not on this input: the message says which layer and why.
    pub fn new(tree: Node<Conv>, input: [usize; 3], isa: Isa) -> Result<Self, EngineError> {
        Self::with(tree, input, isa, Precision::F32)
    }

    /// Plans a tree for inputs `[channels, rows, columns]`.
    ///
    /// In bf16 the weights and the inputs of convolutions are rounded, but for the first one's and for those of 3 × 3 at stride 1
    /// onto 256 pixels and more, which go by Winograd in f32; sums are f32. It takes about half the time where the processor
    /// has AVX512-BF16. A gradient is made in f32, at the activations of that.
    ///
    /// # Errors
    /// As [`Plan::new`], and if the processor does not compute in this type.
    pub fn with(
        tree: Node<Conv>,
        input: [usize; 3],
        isa: Isa,
        precision: Precision,
    ) -> Result<Self, EngineError> {
        isa.computes_in(precision)?;
        let lowered = Lowered::of_tree(&tree, input)?;
        let layouts = layouts(&lowered);
        let convs = tree.into_convs();
        let mut steps = Vec::with_capacity(lowered.steps.len());
        for (step, accumulates) in lowered.steps.iter().zip(lowered.accumulates()) {
            let source = layouts
                .get(step.input)
                .ok_or(EngineError::Internal("a step reads nothing"))?;
            let kind = match step.layer {
                Layer::Conv { index, .. } => {
                    let conv = convs
                        .get(index)
                        .ok_or(EngineError::Internal("there is no such convolution"))?;
                    let packed = match precision {
                        Precision::Bf16 => Convolution::bf16(conv.view(), source),
                        Precision::F32 | Precision::Tf32 => Convolution::new(conv.view(), source),
                    };
                    StepKind::Conv(Arc::new(packed?), index)
                }
                Layer::MaxPool { padding } => StepKind::MaxPool(padding),
                Layer::AvgPool => StepKind::AvgPool,
                Layer::AddRelu => StepKind::AddRelu,
                Layer::AvgPoolBias { .. } => {
                    return Err(EngineError::Internal("a step is only for other devices"));
                }
            };
            let blocks = lowered.blocks_of(step);
            steps.push(Step {
                from: step.input,
                to: step.output,
                block: blocks.start,
                blocks: blocks.len(),
                accumulates,
                kind,
            });
        }
        let (slots, slot_lengths) = share(&layouts, &lowered);
        let Lowered { blocks, output, .. } = lowered;
        Ok(Self {
            isa,
            input,
            layouts,
            steps,
            output,
            pieces: blocks,
            slots,
            slot_lengths,
            scratch: Mutex::new(Vec::new()),
            convs,
            backward: OnceLock::new(),
        })
    }

    /// Features that a run gives for each frame: the channels of the last activation.
    #[must_use]
    pub fn features(&self) -> usize {
        self.layouts.get(self.output).map_or(0, Layout::channels)
    }

    /// Values of one frame, `channels · rows · columns`.
    #[must_use]
    pub fn frame_len(&self) -> usize {
        self.input.iter().product()
    }
}

/// Where the values of each activation lie, with the zeros around them that their readers need.
fn layouts(lowered: &Lowered) -> Vec<Layout> {
    let mut layouts: Vec<Layout> = lowered
        .activations
        .iter()
        .map(|shape| Layout::stacked(shape.parts.clone(), shape.rows, shape.columns))
        .collect();
    if let (Some(first), Some(input)) = (layouts.first_mut(), lowered.activations.first())
        && reads_interleaved(lowered, input.channels())
    {
        *first = Layout::interleaved(input.channels(), input.rows, input.columns);
    }
    for step in &lowered.steps {
        let padding = match step.layer {
            Layer::Conv { padding, .. } => padding,
            Layer::MaxPool { .. } | Layer::AddRelu => [0, 0],
            Layer::AvgPool | Layer::AvgPoolBias { .. } => [1, 1],
        };
        if let Some(layout) = layouts.get_mut(step.input) {
            layout.pad(padding);
        }
    }
    layouts
}

/// Whether the input is read by one convolution alone, which can read few channels as they are stored.
fn reads_interleaved(lowered: &Lowered, channels: usize) -> bool {
    let mut readers = lowered.steps.iter().filter(|step| step.input == 0);
    let convolution = |step: &lowering::Step| matches!(step.layer, Layer::Conv { .. });
    channels < LANES && readers.next().is_some_and(convolution) && readers.next().is_none()
}

impl Lowered {
    /// The blocks of the output's layout that a step writes.
    fn blocks_of(&self, step: &lowering::Step) -> Range<usize> {
        let parts = self
            .shape(step.output)
            .map_or(&[][..], |shape| &shape.parts);
        let blocks = |end: usize| {
            let parts = parts.iter().take(end);
            parts.map(|channels| channels.div_ceil(LANES)).sum()
        };
        blocks(step.parts.start)..blocks(step.parts.end)
    }
}
