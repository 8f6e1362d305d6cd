//! A convolution made ready for its input, in one of three forms.

use super::EngineError;
use super::bf16::Bf16Direct;
use super::direct::Direct;
use super::isa::Isa;
use super::layout::Layout;
use super::simd::LANES;
use super::winograd::Winograd;
use crate::conv_view::ConvView;

/// A convolution from one layout to some blocks of another.
#[derive(Debug)]
pub(crate) enum Convolution {
    /// Product by product.
    Direct(Direct),
    /// Product by product, of numbers rounded to bf16.
    Bf16(Bf16Direct),
    /// By Winograd, for 3 × 3 at stride 1.
    Winograd(Winograd),
}

impl Convolution {
    /// Packs a convolution that reads `source`. Which form it takes depends on shapes alone, so that a network gives the same
    /// numbers with any number of threads.
    pub(crate) fn new(conv: ConvView<'_>, source: &Layout) -> Result<Self, EngineError> {
        let size = conv.output(source.rows, source.columns)?;
        if Winograd::is_profitable(conv.kernel, conv.stride, size) && source.lanes == LANES {
            let first = first_tap(conv, source)?;
            let lanes = source.lane_channels();
            let weight = |out: usize, lane: usize, row: usize, column: usize| match lanes
                .get(lane)
                .copied()
                .flatten()
            {
                Some(channel) if out < conv.c_out => conv.at(out, channel, row, column),
                _ => 0.0,
            };
            let blocks = conv.c_out.div_ceil(LANES);
            let winograd = Winograd::new(&weight, blocks, source, first, size);
            return Ok(Self::Winograd(
                winograd.epilogue(Some(padded_bias(conv)), conv.relu),
            ));
        }
        Self::direct(conv, source)
    }

    /// The same product by product, whatever its shape: it rounds least.
    pub(crate) fn direct(conv: ConvView<'_>, source: &Layout) -> Result<Self, EngineError> {
        packed(conv, source).map(Self::Direct)
    }

    /// The same in bf16, but where Winograd in f32 saves more, and where the input has few channels: what that would save is
    /// little, and its pixels would be rounded.
    pub(crate) fn bf16(conv: ConvView<'_>, source: &Layout) -> Result<Self, EngineError> {
        let size = conv.output(source.rows, source.columns)?;
        if source.lanes != LANES || Winograd::is_profitable(conv.kernel, conv.stride, size) {
            return Self::new(conv, source);
        }
        packed(conv, source).map(|direct| Self::Bf16(Bf16Direct::new(direct)))
    }

    /// Whether negative results become 0.
    pub(crate) fn relu(&self) -> bool {
        match self {
            Self::Direct(direct) => direct.relu,
            Self::Bf16(direct) => direct.relu(),
            Self::Winograd(winograd) => winograd.relu,
        }
    }

    /// Runs it into some blocks of an output.
    pub(crate) fn run(
        &self,
        isa: Isa,
        x: &[f32],
        output: &mut [f32],
        layout: &Layout,
        threads: usize,
    ) -> Result<(), EngineError> {
        match self {
            Self::Direct(direct) => direct.run(isa, x, output, layout, threads),
            Self::Bf16(direct) => direct.run(isa, x, output, layout, threads),
            Self::Winograd(winograd) => winograd.run(isa, x, output, layout, threads),
        }
    }
}

/// A convolution's weights in the direct form.
fn packed(conv: ConvView<'_>, source: &Layout) -> Result<Direct, EngineError> {
    let size = conv.output(source.rows, source.columns)?;
    let first = first_tap(conv, source)?;
    Ok(Direct::new(conv, source, first, padded_bias(conv), size))
}

/// Where in a block of the input the first tap of the first pixel lies.
fn first_tap(conv: ConvView<'_>, source: &Layout) -> Result<usize, EngineError> {
    let ([above, left], [pad_rows, pad_columns]) = (source.border, conv.padding);
    match (above.checked_sub(pad_rows), left.checked_sub(pad_columns)) {
        (Some(row), Some(column)) => Ok(row * source.row() + column * source.lanes),
        _ => Err(EngineError::Internal(
            "a border is narrower than the padding",
        )),
    }
}

/// Whole blocks of bias.
fn padded_bias(conv: ConvView<'_>) -> Vec<f32> {
    let mut bias = conv.bias.to_vec();
    bias.resize(conv.c_out.div_ceil(LANES) * LANES, 0.0);
    bias
}
