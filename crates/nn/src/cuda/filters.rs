//! What convolutions multiply by, in memory: weights in the order of the activations, biases; convolutions that may be computed as one
//! behind each other, so that one of them is some of the numbers of all, and nothing is there twice.

use half::bf16;

use super::operand::{Dtype, Order};
use crate::Conv;
use crate::lowering::Filters;

/// A convolution's shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Shape {
    /// Output channels, input channels, rows, columns.
    pub(crate) weight: [usize; 4],
    pub(crate) stride: usize,
    pub(crate) padding: [usize; 2],
}

/// A convolution with where its numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) shape: Shape,
    pub(super) relu: bool,
    pub(super) weight: u64,
    pub(super) bias: u64,
}

/// Puts the numbers of a tree's convolutions into memory, and says for each of `filters` where they are. `put`: brings numbers as they are
/// stored into memory; gives their address.
pub(super) fn place<E>(
    convs: &[&Conv],
    filters: &[Filters],
    (order, dtype): (Order, Dtype),
    mut put: impl FnMut(&[u8]) -> Result<u64, E>,
) -> Result<Vec<Placed>, E> {
    let mut alone: Vec<Option<Placed>> = vec![None; convs.len()];
    let merged = filters.iter().filter(|filters| filters.of.len() > 1);
    let singles = filters.iter().filter(|filters| filters.of.len() == 1);
    // The merged ones first: theirs are the places of those that they are made of.
    for filters in merged.chain(singles) {
        let known = |at: &usize| alone.get(*at).is_some_and(Option::is_some);
        if filters.of.iter().any(known) {
            continue;
        }
        let of: Vec<&Conv> = filters
            .of
            .iter()
            .filter_map(|at| convs.get(*at).copied())
            .collect();
        let all = |numbers: &dyn Fn(&Conv) -> Vec<f32>| {
            let numbers: Vec<f32> = of.iter().flat_map(|conv| numbers(conv)).collect();
            stored(&numbers, dtype)
        };
        let mut weight = put(&all(&|conv| ordered(conv, order)))?;
        let mut bias = put(&all(&|conv| conv.bias.clone()))?;
        for (at, conv) in filters.of.iter().zip(of) {
            if let Some(place) = alone.get_mut(*at) {
                *place = Some(placed(conv, weight, bias));
            }
            weight += conv.weight.len() as u64 * dtype.bytes();
            bias += conv.bias.len() as u64 * dtype.bytes();
        }
    }
    let bare = filters.iter().filter(|filters| filters.bare);
    let channels = bare.map(|filters| -> usize {
        let of = filters.of.iter().filter_map(|at| convs.get(*at));
        of.map(|conv| conv.c_out).sum()
    });
    let zeros = match channels.max() {
        Some(most) => put(&stored(&vec![0.0; most], dtype))?,
        None => 0,
    };
    let all = filters.iter().filter_map(|filters| {
        let mut parts = filters.of.iter().filter_map(|at| alone.get(*at).copied()?);
        let mut all = parts.next()?;
        for part in parts {
            let ([more, ..], [channels, ..]) = (part.shape.weight, &mut all.shape.weight);
            *channels += more;
        }
        if filters.bare {
            all.bias = zeros;
            all.relu = false;
        }
        Some(all)
    });
    Ok(all.collect())
}

fn placed(conv: &Conv, weight: u64, bias: u64) -> Placed {
    let [rows, columns] = conv.kernel;
    Placed {
        shape: Shape {
            weight: [conv.c_out, conv.c_in, rows, columns],
            stride: conv.stride,
            padding: conv.padding,
        },
        relu: conv.relu,
        weight,
        bias,
    }
}

/// A convolution's weights in the order of the activations.
fn ordered(conv: &Conv, order: Order) -> Vec<f32> {
    if order == Order::Planes {
        return conv.weight.clone();
    }
    // Channels last.
    let [rows, columns] = conv.kernel;
    let area = rows * columns;
    let per_filter = conv.c_in * area;
    let mut weight = Vec::with_capacity(conv.weight.len());
    for filter in conv.weight.chunks_exact(per_filter.max(1)) {
        for at in 0..area {
            weight.extend(filter.iter().skip(at).step_by(area.max(1)));
        }
    }
    weight
}

/// Numbers as they are stored.
fn stored(numbers: &[f32], dtype: Dtype) -> Vec<u8> {
    match dtype {
        Dtype::F32 => bytemuck::cast_slice(numbers).to_vec(),
        Dtype::Bf16 => {
            let bits = numbers.iter().map(|v| bf16::from_f32(*v).to_bits());
            bytemuck::cast_slice(&bits.collect::<Vec<u16>>()).to_vec()
        }
    }
}
