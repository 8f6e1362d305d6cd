//! One tensor as stored in a file.

use flipscope_language::{as_text, text};
use std::fmt;

use half::{bf16, f16};

/// Types of values. Only floating point and our 8-bit format are ever converted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Dtype {
    F16,
    BF16,
    F32,
    F64,
    /// 8-bit weights, with one scale for every output channel stored separately.
    I8,
    /// Parts of 8-bit weights.
    U8,
    /// Any other, by its name in the file.
    Other(String),
}

impl fmt::Display for Dtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::F16 => "f16",
            Self::BF16 => "bf16",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::I8 => "i8",
            Self::U8 => "u8",
            Self::Other(name) => name,
        })
    }
}

/// Where a tensor is in the file.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) dtype: Dtype,
    pub(crate) shape: Vec<usize>,
    /// First byte, counted from the start of the file.
    pub(crate) start: usize,
    /// Strides in values, if they are not row-major.
    pub(crate) strides: Option<Vec<usize>>,
    /// A row of zeros that is not in the file but counted in the shape: this makes two logits of one.
    pub(crate) zeros: Option<Zeros>,
}

/// Where the row of zeros is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zeros {
    /// Before the file's own row.
    Before,
    /// After it.
    After,
}

impl fmt::Display for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.dtype, self.shape)
    }
}

impl Stored {
    /// The values in f32, row-major.
    ///
    /// # Errors
    /// If the type is not converted, or the values lie outside the file.
    pub(crate) fn values(&self, file: &[u8]) -> Result<Vec<f32>, String> {
        let Some(zeros) = self.zeros else {
            return self.own_values(file);
        };
        let mut own = self.clone();
        own.zeros = None;
        if let Some(rows) = own.shape.first_mut() {
            *rows = rows.saturating_sub(1);
        }
        let mut values = own.own_values(file)?;
        let row = vec![0.0; values.len()];
        match zeros {
            Zeros::Before => drop(values.splice(0..0, row)),
            Zeros::After => values.extend(row),
        }
        Ok(values)
    }

    /// As [`Self::values`], without the row of zeros.
    fn own_values(&self, file: &[u8]) -> Result<Vec<f32>, String> {
        match &self.dtype {
            Dtype::F16 => self.convert(file, |bytes| f16::from_le_bytes(bytes).to_f32()),
            Dtype::BF16 => self.convert(file, |bytes| bf16::from_le_bytes(bytes).to_f32()),
            Dtype::F32 => self.convert(file, f32::from_le_bytes),
            Dtype::F64 => self.convert(file, |bytes| f64::from_le_bytes(bytes) as f32),
            Dtype::I8 => self.convert(file, |bytes| f32::from(i8::from_le_bytes(bytes))),
            Dtype::U8 | Dtype::Other(_) => Err(text!(
                "checkpoint-type-weights-f16-bf16",
                dtype = as_text(&self.dtype)
            )),
        }
    }

    /// The bytes of an I8 or U8 tensor, row-major.
    pub(crate) fn bytes<'a>(&self, file: &'a [u8]) -> Option<&'a [u8]> {
        let count = self
            .shape
            .iter()
            .try_fold(1_usize, |product, &side| product.checked_mul(side))?;
        if !matches!(self.dtype, Dtype::I8 | Dtype::U8) || self.strides.is_some() {
            return None;
        }
        file.get(self.start..self.start.checked_add(count)?)
    }

    fn convert<const N: usize>(
        &self,
        file: &[u8],
        convert: impl Fn([u8; N]) -> f32,
    ) -> Result<Vec<f32>, String> {
        let outside = || text!("checkpoint-values-outside-file").to_owned();
        let count = self
            .shape
            .iter()
            .try_fold(1_usize, |product, &side| product.checked_mul(side))
            .ok_or_else(outside)?;
        let file = file.get(self.start..).ok_or_else(outside)?;
        let (file, _) = file.as_chunks::<N>();
        let Some(strides) = &self.strides else {
            let file = file.get(..count).ok_or_else(outside)?;
            return Ok(file.iter().map(|&bytes| convert(bytes)).collect());
        };
        let mut values = Vec::with_capacity(count.min(file.len()));
        let mut index = vec![0; self.shape.len()];
        for _ in 0..count {
            let at = index
                .iter()
                .zip(strides)
                .try_fold(0_usize, |sum, (&i, &stride)| {
                    sum.checked_add(usize::checked_mul(i, stride)?)
                })
                .ok_or_else(outside)?;
            values.push(convert(*file.get(at).ok_or_else(outside)?));
            for (i, &side) in index.iter_mut().zip(&self.shape).rev() {
                *i += 1;
                if *i < side {
                    break;
                }
                *i = 0;
            }
        }
        Ok(values)
    }
}

/// The parts of weights in codes. Codes of 8 bits may also be in an I8 tensor with the weights' own name and shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// U8, the codes, packed; their shape is that of the architecture.
    Codes,
    /// F32, one for every output channel; always present.
    Scale,
    /// U8, one for every block of a channel's weights, in 1/255; absent: all 255.
    Block,
}

impl Part {
    pub(crate) const ALL: [Self; 3] = [Self::Codes, Self::Scale, Self::Block];

    fn suffix(self) -> &'static str {
        match self {
            Self::Codes => "_codes",
            Self::Scale => "_scale",
            Self::Block => "_block",
        }
    }

    /// The part's name, from that of the weights.
    pub(crate) fn name(self, weight: &str) -> String {
        format!("{weight}{}", self.suffix())
    }

    /// The name of the weights, from that of the part.
    pub(crate) fn weight(self, part: &str) -> Option<&str> {
        part.strip_suffix(self.suffix())
    }
}
