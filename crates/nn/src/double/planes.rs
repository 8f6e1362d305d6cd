//! Activations.

use candle_core::Result;

/// An activation of one frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Planes {
    /// Channels.
    pub channels: usize,
    /// Rows of each channel.
    pub rows: usize,
    /// Columns of each channel.
    pub columns: usize,
    /// `[channel][row][column]`.
    pub values: Vec<f64>,
}

impl Planes {
    /// The channels, in order.
    pub(super) fn planes(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact((self.rows * self.columns).max(1))
    }

    /// Other values in the same shape.
    pub(super) fn like(&self, values: Vec<f64>) -> Self {
        Self { values, ..*self }
    }

    /// The channels of several, one after another.
    pub(super) fn stacked(all: Vec<Self>) -> Result<Self> {
        let mut all = all.into_iter();
        let Some(mut stacked) = all.next() else {
            candle_core::bail!("there are no branches");
        };
        for one in all {
            if [one.rows, one.columns] != [stacked.rows, stacked.columns] {
                candle_core::bail!(
                    "branches end in {} × {} and in {} × {} pixels",
                    stacked.rows,
                    stacked.columns,
                    one.rows,
                    one.columns
                );
            }
            stacked.channels += one.channels;
            stacked.values.extend(one.values);
        }
        Ok(stacked)
    }

    /// Some of the channels.
    pub(super) fn part(&self, from: usize, channels: usize) -> Result<Self> {
        let area = self.rows * self.columns;
        match self.values.get(from * area..(from + channels) * area) {
            Some(values) => Ok(Self {
                channels,
                values: values.to_vec(),
                ..*self
            }),
            None => candle_core::bail!(
                "channels {from} to {} of {}",
                from + channels,
                self.channels
            ),
        }
    }

    pub(super) fn add(&mut self, other: &Self) -> Result<()> {
        self.same_shape(other)?;
        for (value, more) in self.values.iter_mut().zip(&other.values) {
            *value += more;
        }
        Ok(())
    }

    pub(super) fn relu(&mut self) {
        for value in &mut self.values {
            *value = value.max(0.0);
        }
    }

    /// Where a ReLU gave 0, no gradient passes.
    pub(super) fn mask(&mut self, y: &Self) -> Result<()> {
        self.same_shape(y)?;
        for (value, y) in self.values.iter_mut().zip(&y.values) {
            if *y <= 0.0 {
                *value = 0.0;
            }
        }
        Ok(())
    }

    fn same_shape(&self, other: &Self) -> Result<()> {
        let shape = |one: &Self| [one.channels, one.rows, one.columns];
        if shape(self) == shape(other) && self.values.len() == other.values.len() {
            return Ok(());
        }
        candle_core::bail!("{:?} and {:?}", shape(self), shape(other))
    }
}
