//! Walks a tree of layers and appends its steps.

use std::ops::Range;

use super::shape::output_shape;
use super::{Filters, Layer, Lowered, Shape, ShapeError, Step, Value};
use crate::{Conv, Node};

/// Where a node is to write: parts of this activation from this one on.
type Target = (Value, usize);

impl Lowered {
    /// Lowers blocks that follow each other, on an input `[channels, rows, columns]`.
    ///
    /// # Errors
    /// If the layers do not fit together or not on this input: the message says which and why.
    pub(crate) fn new(
        blocks: &[Node<Conv>],
        [channels, rows, columns]: [usize; 3],
    ) -> Result<Self, ShapeError> {
        if channels == 0 || rows == 0 || columns == 0 {
            return Err(ShapeError(format!(
                "an input of {channels} channels and {rows} × {columns} pixels is empty"
            )));
        }
        if blocks.is_empty() {
            return Err(ShapeError("a chain has no layers".to_owned()));
        }
        let mut lowered = Self {
            activations: vec![Shape {
                parts: vec![channels],
                rows,
                columns,
            }],
            steps: Vec::new(),
            blocks: Vec::new(),
            output: 0,
            output_parts: 0..0,
            filters: Vec::new(),
        };
        for block in blocks {
            lowered.output = lowered.add(block, lowered.output, None)?;
            lowered.blocks.push((lowered.steps.len(), lowered.output));
        }
        lowered.output_parts = lowered.all_parts(lowered.output);
        Ok(lowered)
    }

    /// As [`Lowered::new`], of a tree whose blocks are the links of its outermost chain.
    ///
    /// # Errors
    /// As [`Lowered::new`].
    pub(crate) fn of_tree(tree: &Node<Conv>, input: [usize; 3]) -> Result<Self, ShapeError> {
        match tree {
            Node::Chain(blocks) => Self::new(blocks, input),
            block => Self::new(std::slice::from_ref(block), input),
        }
    }

    /// Appends the steps of a node that reads `input`; gives the activation that it writes, or writes parts of.
    fn add(
        &mut self,
        node: &Node<Conv>,
        input: Value,
        target: Option<Target>,
    ) -> Result<Value, ShapeError> {
        let layer = match node {
            Node::Chain(nodes) => return self.add_chain(nodes, input, target),
            Node::Branches(nodes) => {
                let (output, _) = self.place(node, input, target)?;
                self.add_branches(nodes, input, output)?;
                return Ok(output.0);
            }
            Node::Residual { main, shortcut } => {
                let (output, parts) = self.place(node, input, target)?;
                self.add(main, input, Some(output))?;
                let added = match shortcut {
                    Some(shortcut) => self.add(shortcut, input, None)?,
                    None => input,
                };
                self.push(Layer::AddRelu, added, output, parts);
                return Ok(output.0);
            }
            Node::Conv(conv) => {
                let index = self.filters.len();
                self.filters.push(Filters {
                    of: vec![index],
                    bare: false,
                });
                Layer::Conv {
                    index,
                    padding: conv.padding,
                    relu: conv.relu,
                    pointwise: (conv.kernel, conv.stride, conv.padding) == ([1, 1], 1, [0, 0]),
                }
            }
            Node::MaxPool { padding } => Layer::MaxPool { padding: *padding },
            Node::AvgPool => Layer::AvgPool,
        };
        let (output, parts) = self.place(node, input, target)?;
        self.push(layer, input, output, parts);
        Ok(output.0)
    }

    /// Where a node writes, and how many parts: a new activation if there is no target.
    fn place(
        &mut self,
        node: &Node<Conv>,
        input: Value,
        target: Option<Target>,
    ) -> Result<(Target, usize), ShapeError> {
        let shape = self.output_of(node, input)?;
        let parts = shape.parts.len();
        let output = target.unwrap_or_else(|| {
            self.activations.push(shape);
            (self.activations.len() - 1, 0)
        });
        Ok((output, parts))
    }

    fn add_branches(
        &mut self,
        nodes: &[Node<Conv>],
        input: Value,
        (output, mut first): Target,
    ) -> Result<(), ShapeError> {
        for node in nodes {
            let parts = self.output_of(node, input)?.parts.len();
            self.add(node, input, Some((output, first)))?;
            first += parts;
        }
        Ok(())
    }

    /// As [`Self::add`], for nodes one after another, of which the last writes the target.
    fn add_chain(
        &mut self,
        nodes: &[Node<Conv>],
        input: Value,
        target: Option<Target>,
    ) -> Result<Value, ShapeError> {
        let (last, others) = nodes
            .split_last()
            .ok_or_else(|| ShapeError("a chain has no layers".to_owned()))?;
        let mut value = input;
        for node in others {
            value = self.add(node, value, None)?;
        }
        self.add(last, value, target)
    }

    fn push(&mut self, layer: Layer, input: Value, (output, first): Target, parts: usize) {
        self.steps.push(Step {
            layer,
            input,
            reads: self.all_parts(input),
            output,
            parts: first..first + parts,
        });
    }

    fn all_parts(&self, value: Value) -> Range<usize> {
        0..self.shape(value).map_or(0, |shape| shape.parts.len())
    }

    fn output_of(&self, node: &Node<Conv>, input: Value) -> Result<Shape, ShapeError> {
        let input = self.activations.get(input).cloned().unwrap_or_default();
        output_shape(node, &input)
    }
}
