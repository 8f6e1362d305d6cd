//! A convolution made ready for its input, in one of three forms.

use super::EngineError;
use super::direct::Direct;
use super::isa::Isa;
use super::layout::Layout;
use super::narrow::Narrow;
use super::simd::LANES;
use super::winograd::Winograd;
use crate::Conv;
use crate::conv::output_size;

/// A convolution whose weights lie elsewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConvView<'a> {
    pub(crate) c_in: usize,
    pub(crate) c_out: usize,
    pub(crate) kernel: [usize; 2],
    pub(crate) stride: usize,
    pub(crate) padding: [usize; 2],
    /// `[c_out][c_in][row][column]`.
    pub(crate) weight: &'a [f32],
    /// `[c_out]`.
    pub(crate) bias: &'a [f32],
    pub(crate) relu: bool,
}

impl Conv {
    /// The same without owning the weights.
    pub(crate) fn view(&self) -> ConvView<'_> {
        ConvView {
            c_in: self.c_in,
            c_out: self.c_out,
            kernel: self.kernel,
            stride: self.stride,
            padding: self.padding,
            weight: &self.weight,
            bias: &self.bias,
            relu: self.relu,
        }
    }
}

impl ConvView<'_> {
    /// Rows and columns of the output.
    ///
    /// # Errors
    /// If the numbers of weights and channels do not fit each other, or the padded input holds no kernel.
    pub(crate) fn output(&self, rows: usize, columns: usize) -> Result<[usize; 2], EngineError> {
        let [kernel_rows, kernel_columns] = self.kernel;
        let weights = self.c_out * self.c_in * kernel_rows * kernel_columns;
        if self.weight.len() != weights || self.bias.len() != self.c_out || weights == 0 {
            return Err(EngineError::Shape(format!(
                "a convolution from {} to {} channels over {kernel_rows} × {kernel_columns} has {} weights and {} biases",
                self.c_in,
                self.c_out,
                self.weight.len(),
                self.bias.len()
            )));
        }
        output_size(self.kernel, self.stride, self.padding, [rows, columns]).ok_or_else(|| {
            EngineError::Shape(format!(
                "a kernel of {kernel_rows} × {kernel_columns} does not fit into {rows} × {columns} pixels"
            ))
        })
    }

    /// One weight.
    pub(crate) fn at(&self, out: usize, channel: usize, row: usize, column: usize) -> f32 {
        let [rows, columns] = self.kernel;
        let at = ((out * self.c_in + channel) * rows + row) * columns + column;
        self.weight.get(at).copied().unwrap_or(0.0)
    }
}

/// Where a convolution's pixels lie in its output: every `step`-th row and column, from `first` on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Raster {
    pub(crate) first: [usize; 2],
    pub(crate) step: usize,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

/// A convolution from one layout to some blocks of another.
#[derive(Debug)]
pub(crate) enum Convolution {
    /// Product by product.
    Direct(Direct),
    /// Product by product, of numbers rounded to bf16.
    Narrow(Narrow),
    /// With fewer products, for 3 × 3 at stride 1.
    Winograd(Winograd),
}

impl Convolution {
    /// Packs a convolution that reads `source`. Which form it takes depends on shapes alone, so that a network gives the same
    /// numbers with any number of threads.
    pub(crate) fn new(conv: ConvView<'_>, source: &Layout) -> Result<Self, EngineError> {
        let size = conv.output(source.rows, source.columns)?;
        if Winograd::pays(conv.kernel, conv.stride, size) && source.lanes == LANES {
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
                winograd.ending(Some(padded_bias(conv)), conv.relu),
            ));
        }
        Self::direct(conv, source)
    }

    /// The same product by product, whatever its shape: it rounds least.
    pub(crate) fn direct(conv: ConvView<'_>, source: &Layout) -> Result<Self, EngineError> {
        packed(conv, source).map(Self::Direct)
    }

    /// The same in bf16, but where fewer products in f32 save more, and where the input has few channels: what that would save is
    /// little, and its pixels would be rounded.
    pub(crate) fn narrow(conv: ConvView<'_>, source: &Layout) -> Result<Self, EngineError> {
        let size = conv.output(source.rows, source.columns)?;
        if source.lanes != LANES || Winograd::pays(conv.kernel, conv.stride, size) {
            return Self::new(conv, source);
        }
        packed(conv, source).map(|direct| Self::Narrow(Narrow::new(direct)))
    }

    /// Whether negative results become 0.
    pub(crate) fn relu(&self) -> bool {
        match self {
            Self::Direct(direct) => direct.relu,
            Self::Narrow(narrow) => narrow.relu(),
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
            Self::Narrow(narrow) => narrow.run(isa, x, output, layout, threads),
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

/// Cuts blocks of an output into bands of rows: for each band, its part of each block. A band's part goes from its first
/// row's beginning to the next band's; `rows` counts what `step` rows of the layout stand for each.
pub(crate) fn cut<'a>(
    blocks: Vec<&'a mut [f32]>,
    layout: &Layout,
    step: usize,
    firsts: &[usize],
) -> Result<Vec<Vec<&'a mut [f32]>>, EngineError> {
    let [above, _] = layout.border;
    let mut bands: Vec<Vec<&mut [f32]>> = firsts.iter().map(|_| Vec::new()).collect();
    for block in blocks {
        let mut rest = block;
        // From the last band on, so that each takes what lies behind its first row.
        for (first, band) in firsts.iter().zip(&mut bands).rev() {
            let begin = (above + first * step) * layout.row();
            let (before, part) = rest
                .split_at_mut_checked(begin)
                .ok_or(EngineError::Internal("a band lies outside its block"))?;
            band.push(part);
            rest = before;
        }
    }
    Ok(bands)
}
