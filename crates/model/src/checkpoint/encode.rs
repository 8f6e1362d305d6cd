//! Encodes tensors for a new checkpoint, and builds the file.

use std::collections::BTreeMap;

use half::f16;
use serde_json::json;

use super::activation_stats::Input;
use super::formats::stored::Part;
use super::quantise::{self, BLOCK};
use super::weight_format::Format;
use flipscope_nn::ConvSpec;

/// One tensor to write.
pub(crate) struct Entry {
    dtype: &'static str,
    shape: Vec<usize>,
    data: Vec<u8>,
}

/// Collects the tensors of the new file.
pub(crate) struct Writer {
    pub(crate) format: Format,
    pub(crate) entries: BTreeMap<String, Entry>,
    pub(crate) largest_change: Option<(String, f64)>,
}

impl Writer {
    /// A convolution of the body and its batch norm, removed from `values`. In 8 bits, the mean error that rounding adds to
    /// each output channel is added to the batch norm's running mean, which cancels it.
    pub(crate) fn convolution(
        &mut self,
        conv: &ConvSpec,
        values: &mut BTreeMap<String, Vec<f32>>,
        input: &Input,
    ) -> Result<(), String> {
        let mut take = |name: String| {
            let taken = values.remove(&name);
            taken
                .map(|values| (name.clone(), values))
                .ok_or_else(|| format!("`{name}` is missing"))
        };
        let (name, weight) = take(conv.weight_name())?;
        let (mean_name, mut mean) = take(conv.norm_name("running_mean"))?;
        let shape = conv.weight_shape().to_vec();
        if self.format == Format::Int8 {
            let written = self.int8(&name, conv.c_out, &weight, input);
            let row = weight.len() / conv.c_out.max(1);
            for ((mean, old), new) in mean
                .iter_mut()
                .zip(weight.chunks(row))
                .zip(written.chunks(row))
            {
                *mean = (f64::from(*mean) + added_mean(old, new, input)) as f32;
            }
        } else {
            self.plain(&name, shape, &weight)?;
        }
        self.entries
            .insert(mean_name, Entry::f32(vec![conv.c_out], &mean));
        for part in ["weight", "bias", "running_var"] {
            let (name, values) = take(conv.norm_name(part))?;
            self.entries
                .insert(name, Entry::f32(vec![conv.c_out], &values));
        }
        Ok(())
    }

    /// Weights in codes of about 8 bits, with their parts; returns them as they will be read.
    fn int8(&mut self, name: &str, channels: usize, values: &[f32], input: &Input) -> Vec<f32> {
        let bits = quantise::code_bits(name);
        let cost: Vec<f32> = input
            .squares
            .iter()
            .flat_map(|&square| std::iter::repeat_n(square as f32, input.inside.len()))
            .collect();
        let made = quantise::quantise(values, channels, bits, &cost);
        let written = quantise::weights(&made.codes, &made.scales, &made.multipliers);
        let packed = quantise::pack(&made.codes, bits);
        let blocks = (values.len() / channels.max(1)).div_ceil(BLOCK);
        let mut add = |part: Part, shape, data| {
            let dtype = "U8";
            self.entries
                .insert(part.name(name), Entry { dtype, shape, data });
        };
        add(Part::Codes, vec![packed.len()], packed);
        add(Part::Block, vec![channels, blocks], made.multipliers);
        self.entries.insert(
            Part::Scale.name(name),
            Entry::f32(vec![channels], &made.scales),
        );
        self.note(name, values, &written);
        written
    }

    /// A tensor in floating point: weights of convolutions and heads f16 if the format says so, everything else f32.
    pub(crate) fn plain(
        &mut self,
        name: &str,
        shape: Vec<usize>,
        values: &[f32],
    ) -> Result<(), String> {
        // Only weights of convolutions and heads have more than one axis.
        if shape.len() < 2 || self.format != Format::F16 {
            self.entries
                .insert(name.to_owned(), Entry::f32(shape, values));
            return Ok(());
        }
        let halves: Vec<f16> = values.iter().map(|&value| f16::from_f32(value)).collect();
        if halves.iter().any(|half| !half.is_finite()) {
            return Err(format!(
                "`{name}` has weights beyond ±65504, which f16 does not hold: convert it to f32"
            ));
        }
        let written: Vec<f32> = halves.iter().map(|half| half.to_f32()).collect();
        self.note(name, values, &written);
        let data = halves.iter().flat_map(|half| half.to_le_bytes()).collect();
        let dtype = "F16";
        self.entries
            .insert(name.to_owned(), Entry { dtype, shape, data });
        Ok(())
    }

    /// Records the weights that changed most.
    fn note(&mut self, name: &str, old: &[f32], new: &[f32]) {
        if let Some(change) = relative_change(old, new)
            && self
                .largest_change
                .as_ref()
                .is_none_or(|(_, largest)| change > *largest)
        {
            self.largest_change = Some((name.to_owned(), change));
        }
    }
}

impl Entry {
    pub(crate) fn f32(shape: Vec<usize>, values: &[f32]) -> Self {
        Self {
            dtype: "F32",
            shape,
            data: values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect(),
        }
    }
}

/// How much the change of one output channel's weights adds to its mean.
fn added_mean(old: &[f32], new: &[f32], input: &Input) -> f64 {
    let taps = input.inside.len().max(1);
    old.chunks(taps)
        .zip(new.chunks(taps))
        .zip(&input.means)
        .map(|((old, new), mean)| {
            let change: f64 = old
                .iter()
                .zip(new)
                .zip(&input.inside)
                .map(|((&old, &new), inside)| (f64::from(new) - f64::from(old)) * inside)
                .sum();
            change * mean
        })
        .sum()
}

/// √(Σ(new − old)² / Σ old²), if anything changed.
fn relative_change(old: &[f32], new: &[f32]) -> Option<f64> {
    let (change, size) = old
        .iter()
        .zip(new)
        .fold((0.0, 0.0), |(change, size), (&old, &new)| {
            (
                change + (f64::from(new) - f64::from(old)).powi(2),
                size + f64::from(old).powi(2),
            )
        });
    (change > 0.0 && size > 0.0).then(|| (change / size).sqrt())
}

/// The bytes of a `.safetensors`. Written here because the crate of that name writes the metadata in an order that changes from
/// run to run; here the same input gives the same file.
pub(crate) fn serialise(
    metadata: &BTreeMap<String, String>,
    entries: BTreeMap<String, Entry>,
) -> Vec<u8> {
    // Wider types first, so that every tensor starts at a multiple of its own width.
    let mut entries: Vec<_> = entries.into_iter().collect();
    entries.sort_by_key(|(_, entry)| match entry.dtype {
        "F32" => 0,
        "F16" => 1,
        _ => 2,
    });
    let mut header = serde_json::Map::new();
    header.insert("__metadata__".to_owned(), json!(metadata));
    let mut end = 0;
    for (name, entry) in &entries {
        let start = end;
        end += entry.data.len();
        header.insert(
            name.clone(),
            json!({"dtype": entry.dtype, "shape": entry.shape, "data_offsets": [start, end]}),
        );
    }
    let mut header = serde_json::Value::Object(header).to_string().into_bytes();
    header.resize(header.len().next_multiple_of(8), b' ');
    let mut bytes = Vec::with_capacity(8 + header.len() + end);
    bytes.extend((header.len() as u64).to_le_bytes());
    bytes.append(&mut header);
    for (_, mut entry) in entries {
        bytes.append(&mut entry.data);
    }
    bytes
}
