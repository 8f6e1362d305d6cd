//! Where the values of an activation lie.

use super::simd::LANES;

/// Blocks of channels, each a plane of pixels with zeros around it: `[block][row][column][lanes]`.
///
/// An activation is made of parts whose channels are stacked (the branches of a block); each part begins a new block of 16.
/// Lanes beyond a part's channels hold zeros. The input of a network with few channels is one block of just that many lanes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Channels of each part.
    pub(crate) parts: Vec<usize>,
    /// Rows of pixels.
    pub(crate) rows: usize,
    /// Columns of pixels.
    pub(crate) columns: usize,
    /// Rows of zeros above and below, columns of zeros left and right.
    pub(crate) border: [usize; 2],
    /// Values of a pixel within a block.
    pub(crate) lanes: usize,
}

impl Layout {
    /// Blocks of 16 channels.
    pub(crate) fn stacked(parts: Vec<usize>, rows: usize, columns: usize) -> Self {
        Self {
            parts,
            rows,
            columns,
            border: [0, 0],
            lanes: LANES,
        }
    }

    /// One block of exactly these channels, as photographs are stored.
    pub(crate) fn interleaved(channels: usize, rows: usize, columns: usize) -> Self {
        Self {
            lanes: channels,
            ..Self::stacked(vec![channels], rows, columns)
        }
    }

    /// Widens the border to hold another one.
    pub(crate) fn pad(&mut self, border: [usize; 2]) {
        for (mine, theirs) in self.border.iter_mut().zip(border) {
            *mine = (*mine).max(theirs);
        }
    }

    /// Number of channels.
    pub(crate) fn channels(&self) -> usize {
        self.parts.iter().sum()
    }

    /// Number of blocks.
    pub(crate) fn blocks(&self) -> usize {
        self.parts
            .iter()
            .map(|channels| channels.div_ceil(self.lanes.max(1)))
            .sum()
    }

    /// Values from one row to the next.
    pub(crate) fn row(&self) -> usize {
        let [_, border] = self.border;
        (self.columns + 2 * border) * self.lanes
    }

    /// Values from one block to the next.
    pub(crate) fn block(&self) -> usize {
        let [border, _] = self.border;
        (self.rows + 2 * border) * self.row()
    }

    /// All values.
    pub(crate) fn len(&self) -> usize {
        self.blocks() * self.block()
    }

    /// Where, in a block, the pixel in the first row and column begins.
    pub(crate) fn origin(&self) -> usize {
        let [rows, columns] = self.border;
        rows * self.row() + columns * self.lanes
    }

    /// The channel that each lane holds, block by block.
    pub(crate) fn lane_channels(&self) -> Vec<Option<usize>> {
        let mut lanes = Vec::with_capacity(self.blocks() * self.lanes);
        let mut first = 0;
        for &channels in &self.parts {
            let padded = channels.next_multiple_of(self.lanes.max(1));
            lanes.extend((0..padded).map(|lane| (lane < channels).then_some(first + lane)));
            first += channels;
        }
        lanes
    }

    /// Zeros the border of some blocks' values.
    pub(crate) fn clear_border(&self, values: &mut [f32]) {
        let [above, left] = self.border;
        if self.border == [0, 0] {
            return;
        }
        let left = left * self.lanes;
        for block in values.chunks_exact_mut(self.block().max(1)) {
            for (row, values) in block.chunks_exact_mut(self.row().max(1)).enumerate() {
                if (above..above + self.rows).contains(&row) {
                    let right = values.len() - left;
                    values.iter_mut().take(left).for_each(|value| *value = 0.0);
                    values.iter_mut().skip(right).for_each(|value| *value = 0.0);
                } else {
                    values.fill(0.0);
                }
            }
        }
    }

    /// The pixels of each row of some blocks' values, without the border.
    pub(crate) fn rows_of<'a>(&self, values: &'a [f32]) -> impl Iterator<Item = &'a [f32]> {
        let (left, width) = (self.origin() % self.row().max(1), self.columns * self.lanes);
        let ([above, _], rows) = (self.border, self.rows);
        values
            .chunks_exact(self.block().max(1))
            .zip(std::iter::repeat(self.row().max(1)))
            .flat_map(move |(block, row)| block.chunks_exact(row).skip(above).take(rows))
            .filter_map(move |row| row.get(left..left + width))
    }

    /// As [`Layout::rows_of`], to be written.
    pub(crate) fn rows_of_mut<'a>(
        &self,
        values: &'a mut [f32],
    ) -> impl Iterator<Item = &'a mut [f32]> {
        let (left, width) = (self.origin() % self.row().max(1), self.columns * self.lanes);
        let ([above, _], rows) = (self.border, self.rows);
        values
            .chunks_exact_mut(self.block().max(1))
            .zip(std::iter::repeat(self.row().max(1)))
            .flat_map(move |(block, row)| block.chunks_exact_mut(row).skip(above).take(rows))
            .filter_map(move |row| row.get_mut(left..left + width))
    }

    /// Takes interleaved pixels, `[row][column][channel]`, into this layout. Borders stay as they are.
    pub(crate) fn fill_from_interleaved(&self, pixels: &[f32], values: &mut [f32]) {
        let channels = self.channels();
        let lanes = self.lane_channels();
        for (block, lanes) in values
            .chunks_exact_mut(self.block().max(1))
            .zip(lanes.chunks(self.lanes.max(1)))
        {
            let rows = pixels.chunks_exact((self.columns * channels).max(1));
            for (row, pixels) in self.rows_of_mut(block).zip(rows) {
                let pixels = pixels.chunks_exact(channels.max(1));
                for (to, pixel) in row.chunks_exact_mut(self.lanes.max(1)).zip(pixels) {
                    for (to, channel) in to.iter_mut().zip(lanes) {
                        *to = channel
                            .and_then(|channel| pixel.get(channel).copied())
                            .unwrap_or(0.0);
                    }
                }
            }
        }
    }

    /// The values as interleaved pixels, `[row][column][channel]`.
    pub(crate) fn to_interleaved(&self, values: &[f32]) -> Vec<f32> {
        let channels = self.channels();
        let mut pixels = vec![0.0; self.rows * self.columns * channels];
        let lanes = self.lane_channels();
        for (block, lanes) in values
            .chunks_exact(self.block().max(1))
            .zip(lanes.chunks(self.lanes.max(1)))
        {
            let rows = pixels.chunks_exact_mut((self.columns * channels).max(1));
            for (row, pixels) in self.rows_of(block).zip(rows) {
                let pixels = pixels.chunks_exact_mut(channels.max(1));
                for (from, pixel) in row.chunks_exact(self.lanes.max(1)).zip(pixels) {
                    for (from, channel) in from.iter().zip(lanes) {
                        if let Some(to) = channel.and_then(|channel| pixel.get_mut(channel)) {
                            *to = *from;
                        }
                    }
                }
            }
        }
        pixels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_begin_new_blocks_and_borders_stay_zero() {
        let mut layout = Layout::stacked(vec![3, 17], 2, 3);
        layout.pad([1, 2]);
        assert_eq!(
            (
                layout.channels(),
                layout.blocks(),
                layout.row(),
                layout.block()
            ),
            (20, 3, 7 * 16, 4 * 7 * 16)
        );
        let lanes = layout.lane_channels();
        assert_eq!(
            (lanes[2], lanes[3], lanes[16], lanes[32], lanes[33]),
            (Some(2), None, Some(3), Some(19), None)
        );

        let pixels: Vec<f32> = (0..2 * 3 * 20).map(|n| n as f32 + 1.0).collect();
        let mut values = vec![f32::NAN; layout.len()];
        layout.fill_from_interleaved(&pixels, &mut values);
        layout.clear_border(&mut values);
        assert!(values.iter().all(|value| value.is_finite()));
        assert_eq!(values.iter().sum::<f32>(), pixels.iter().sum::<f32>());
        assert_eq!(layout.to_interleaved(&values), pixels);
        assert_eq!(
            values[layout.block() + layout.origin()],
            4.0,
            "channel 3 of the first pixel"
        );
    }
}
