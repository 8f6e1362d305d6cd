//! The values that occur in a frame: two tables of colours make the same frame exactly if they agree on these.

use flipscope_image::lesion::Frame;
use flipscope_image::perturb::{Perturbation, colour_tables};

/// What the values of each channel become.
pub(super) type Tables = [[u8; 256]; 3];

/// Which values occur in which channel of a frame.
pub(super) struct Present([[bool; 256]; 3]);

impl Present {
    pub(super) fn of(frame: &Frame) -> Self {
        let mut present = [[false; 256]; 3];
        let (pixels, _) = frame.pixels().as_chunks::<3>();
        for pixel in pixels {
            for (channel, &value) in present.iter_mut().zip(pixel) {
                if let Some(known) = channel.get_mut(usize::from(value)) {
                    *known = true;
                }
            }
        }
        Self(present)
    }

    /// The tables of a perturbation, with 0 for values that do not occur.
    pub(super) fn tables(&self, p: &Perturbation) -> Tables {
        let mut tables = colour_tables(p);
        for (table, present) in tables.iter_mut().zip(&self.0) {
            for (entry, &present) in table.iter_mut().zip(present) {
                if !present {
                    *entry = 0;
                }
            }
        }
        tables
    }
}

/// The sum of the differences of all entries.
pub(super) fn steps(a: &Tables, b: &Tables) -> u64 {
    (a.as_flattened().iter().zip(b.as_flattened()))
        .map(|(a, b)| u64::from(a.abs_diff(*b)))
        .sum()
}
