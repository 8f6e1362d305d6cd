//! From a tree of layers to steps over activations, with as few buffers as can be.

use std::sync::{Arc, Mutex, OnceLock};

use super::EngineError;
use super::buffers::share;
use super::convolution::Convolution;
use super::isa::Isa;
use super::layout::Layout;
use super::scratch::{Backward, Scratch};
use super::shape::{Shape, blocks_of, output_shape};
use super::step::{Step, StepKind, Value};
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
        let [channels, rows, columns] = input;
        if channels == 0 || rows == 0 || columns == 0 {
            return Err(EngineError::Shape(format!(
                "an input of {channels} channels and {rows} × {columns} pixels is empty"
            )));
        }
        let mut builder = Builder::default();
        let first = if reads_interleaved(&tree, channels) {
            Layout::interleaved(channels, rows, columns)
        } else {
            Layout::stacked(vec![channels], rows, columns)
        };
        let first = builder.value(first);
        let output = builder.piece(&tree, first, None)?;
        let Builder {
            mut layouts,
            drafts,
            pieces,
        } = builder;

        for draft in &drafts {
            if let Some(layout) = layouts.get_mut(draft.from) {
                layout.pad(draft.padding());
            }
        }
        let mut steps = Vec::with_capacity(drafts.len());
        let mut convolutions = 0;
        for draft in drafts {
            let source = layouts
                .get(draft.from)
                .ok_or(EngineError::Internal("a step reads nothing"))?;
            let kind = match draft.layer {
                Layer::Conv(conv) => {
                    convolutions += 1;
                    let packed = match precision {
                        Precision::Bf16 => Convolution::narrow(conv.view(), source),
                        Precision::F32 | Precision::Tf32 => Convolution::new(conv.view(), source),
                    };
                    StepKind::Conv(Arc::new(packed?), convolutions - 1)
                }
                Layer::MaxPool(padding) => StepKind::MaxPool(padding),
                Layer::AvgPool => StepKind::AvgPool,
                Layer::AddRelu => StepKind::AddRelu,
            };
            steps.push(Step {
                from: draft.from,
                to: draft.to,
                block: draft.block,
                blocks: draft.blocks,
                kind,
            });
        }
        let (slots, slot_lengths) = share(&layouts, &steps, output);
        Ok(Self {
            isa,
            input,
            layouts,
            steps,
            output,
            pieces,
            slots,
            slot_lengths,
            scratch: Mutex::new(Vec::new()),
            convs: tree.into_convs(),
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

/// Whether all that reads the input are convolutions that can read few channels as they are stored.
fn reads_interleaved(tree: &Node<Conv>, channels: usize) -> bool {
    match tree {
        Node::Conv(_) => channels < super::simd::LANES,
        Node::Chain(nodes) => nodes
            .first()
            .is_some_and(|first| reads_interleaved(first, channels)),
        Node::MaxPool { .. } | Node::AvgPool | Node::Branches(_) | Node::Residual { .. } => false,
    }
}

/// A layer that is not packed yet.
enum Layer<'a> {
    Conv(&'a Conv),
    MaxPool(usize),
    AvgPool,
    AddRelu,
}

struct Draft<'a> {
    from: Value,
    to: Value,
    block: usize,
    blocks: usize,
    layer: Layer<'a>,
}

impl Draft<'_> {
    /// Zeros that it needs around its input.
    fn padding(&self) -> [usize; 2] {
        match &self.layer {
            Layer::Conv(conv) => conv.padding,
            Layer::MaxPool(_) | Layer::AddRelu => [0, 0],
            Layer::AvgPool => [1, 1],
        }
    }
}

/// Where a piece of the tree is to write: from this block of this activation on.
type Target = (Value, usize);

#[derive(Default)]
struct Builder<'a> {
    layouts: Vec<Layout>,
    drafts: Vec<Draft<'a>>,
    pieces: Vec<(usize, Value)>,
}

impl<'a> Builder<'a> {
    fn value(&mut self, layout: Layout) -> Value {
        self.layouts.push(layout);
        self.layouts.len() - 1
    }

    fn shape_of(&self, value: Value) -> Shape {
        self.layouts.get(value).map_or(
            Shape {
                parts: Vec::new(),
                rows: 0,
                columns: 0,
            },
            |layout| Shape {
                parts: layout.parts.clone(),
                rows: layout.rows,
                columns: layout.columns,
            },
        )
    }

    /// The whole tree: its top-level pieces are noted.
    fn piece(
        &mut self,
        tree: &'a Node<Conv>,
        from: Value,
        target: Option<Target>,
    ) -> Result<Value, EngineError> {
        let Node::Chain(nodes) = tree else {
            let value = self.add(tree, from, target)?;
            self.pieces.push((self.drafts.len(), value));
            return Ok(value);
        };
        let mut value = from;
        for node in nodes {
            value = self.add(node, value, None)?;
            self.pieces.push((self.drafts.len(), value));
        }
        if nodes.is_empty() {
            return Err(EngineError::Shape("a chain has no layers".to_owned()));
        }
        Ok(value)
    }

    /// Adds the steps of a piece that reads `from`; where its output is.
    fn add(
        &mut self,
        node: &'a Node<Conv>,
        from: Value,
        target: Option<Target>,
    ) -> Result<Value, EngineError> {
        let layer = match node {
            Node::Conv(conv) => Layer::Conv(conv),
            Node::MaxPool { padding } => Layer::MaxPool(*padding),
            Node::AvgPool => Layer::AvgPool,
            Node::Chain(nodes) => {
                let (last, others) = nodes
                    .split_last()
                    .ok_or_else(|| EngineError::Shape("a chain has no layers".to_owned()))?;
                let mut value = from;
                for node in others {
                    value = self.add(node, value, None)?;
                }
                return self.add(last, value, target);
            }
            Node::Branches(nodes) => return self.add_branches(nodes, from, target),
            Node::Residual { main, shortcut } => {
                let shape = output_shape(node, self.shape_of(from))?;
                let (to, block) = self.place(&shape, target);
                self.add(main, from, Some((to, block)))?;
                let added = match shortcut {
                    Some(shortcut) => self.add(shortcut, from, None)?,
                    None => from,
                };
                self.drafts.push(Draft {
                    from: added,
                    to,
                    block,
                    blocks: blocks_of(&shape.parts),
                    layer: Layer::AddRelu,
                });
                return Ok(to);
            }
        };
        let shape = output_shape(node, self.shape_of(from))?;
        let blocks = blocks_of(&shape.parts);
        let (to, block) = self.place(&shape, target);
        self.drafts.push(Draft {
            from,
            to,
            block,
            blocks,
            layer,
        });
        Ok(to)
    }

    /// Where a piece of this shape is to write: a new activation if nothing else is said.
    fn place(&mut self, shape: &Shape, target: Option<Target>) -> Target {
        target.unwrap_or_else(|| {
            let layout = Layout::stacked(shape.parts.clone(), shape.rows, shape.columns);
            (self.value(layout), 0)
        })
    }

    fn add_branches(
        &mut self,
        nodes: &'a [Node<Conv>],
        from: Value,
        target: Option<Target>,
    ) -> Result<Value, EngineError> {
        let mut parts = Vec::new();
        let mut size = None;
        let mut firsts = Vec::new();
        for node in nodes {
            let shape = output_shape(node, self.shape_of(from))?;
            let here = [shape.rows, shape.columns];
            if *size.get_or_insert(here) != here {
                return Err(EngineError::Shape(
                    "branches give pictures of different sizes".to_owned(),
                ));
            }
            firsts.push(blocks_of(&parts));
            parts.extend(shape.parts);
        }
        let Some([rows, columns]) = size else {
            return Err(EngineError::Shape("there are no branches".to_owned()));
        };
        let (to, block) =
            target.unwrap_or_else(|| (self.value(Layout::stacked(parts, rows, columns)), 0));
        for (node, first) in nodes.iter().zip(firsts) {
            self.add(node, from, Some((to, block + first)))?;
        }
        Ok(to)
    }
}
