//! Poolings of 3 × 3: the maximum at stride 2, and the mean at stride 1 whose padding counts.

use candle_core::Result;
use rayon::prelude::*;

use super::Planes;
use crate::conv::output_size;

/// The maximum over each window at stride 2; the padding is less than anything.
pub(super) fn max_pool(x: &Planes, padding: usize) -> Result<Planes> {
    let [rows, columns] = pooled(x, padding)?;
    let values = x.planes().flat_map(|plane| {
        maxima(plane, [x.rows, x.columns], [rows, columns], padding).map(|(_, value)| value)
    });
    Ok(Planes {
        channels: x.channels,
        rows,
        columns,
        values: values.collect(),
    })
}

/// The gradient of [`max_pool`]: it goes to the first place of the maximum, row by row, as PyTorch's.
pub(super) fn max_pool_backward(x: &Planes, dy: &Planes, padding: usize) -> Result<Planes> {
    let output = pooled(x, padding)?;
    if output != [dy.rows, dy.columns] {
        candle_core::bail!(
            "a gradient of {output:?} pixels has {:?}",
            [dy.rows, dy.columns]
        );
    }
    let mut dx = x.like(vec![0.0; x.values.len()]);
    let area = (x.rows * x.columns).max(1);
    let all = dx.values.chunks_exact_mut(area).zip(x.planes());
    for ((dx, x_plane), dy) in all.zip(dy.planes()) {
        let places = maxima(x_plane, [x.rows, x.columns], output, padding);
        for ((place, _), dy) in places.zip(dy) {
            if let Some(dx) = dx.get_mut(place) {
                *dx += dy;
            }
        }
    }
    Ok(dx)
}

/// Rows and columns of [`max_pool`]'s output.
fn pooled(x: &Planes, padding: usize) -> Result<[usize; 2]> {
    let size = output_size([3, 3], 2, [padding; 2], [x.rows, x.columns]);
    size.ok_or_else(|| {
        candle_core::Error::Msg(format!(
            "a window of 3 × 3 does not fit into {} × {} pixels",
            x.rows, x.columns
        ))
    })
}

/// Place and value of each window's maximum, row by row.
fn maxima(
    plane: &[f64],
    [rows, columns]: [usize; 2],
    [out_rows, out_columns]: [usize; 2],
    padding: usize,
) -> impl Iterator<Item = (usize, f64)> {
    let span = move |at: usize, length: usize| {
        (2 * at).saturating_sub(padding)..(2 * at + 3 - padding).min(length)
    };
    (0..out_rows * out_columns).map(move |window| {
        let (y, x) = (window / out_columns, window % out_columns);
        let mut best = (0, f64::NEG_INFINITY);
        for row in span(y, rows) {
            for column in span(x, columns) {
                let place = row * columns + column;
                if let Some(&value) = plane.get(place).filter(|value| **value > best.1) {
                    best = (place, value);
                }
            }
        }
        best
    })
}

/// The mean over each window at stride 1 with a pixel of zeros around, which count.
pub(super) fn avg_pool(x: &Planes) -> Planes {
    let (rows, columns) = (x.rows, x.columns);
    let area = (rows * columns).max(1);
    let mut y = x.like(vec![0.0; x.values.len()]);
    y.values
        .par_chunks_exact_mut(area)
        .zip(x.values.par_chunks_exact(area))
        .for_each(|(y, x)| {
            for (at, y) in y.iter_mut().enumerate() {
                let (row, column) = (at / columns, at % columns);
                let mut sum = 0.0;
                for row in row.saturating_sub(1)..(row + 2).min(rows) {
                    let from = row * columns + column.saturating_sub(1);
                    let to = row * columns + (column + 2).min(columns);
                    sum += x.get(from..to).unwrap_or_default().iter().sum::<f64>();
                }
                *y = sum / 9.0;
            }
        });
    y
}
