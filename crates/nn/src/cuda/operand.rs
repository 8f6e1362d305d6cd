//! What kernels work on, laid out as `common.h` and `layers.cu` lay it out: activations by address and strides, their sizes, pooling
//! windows; the order and the type of values.

use std::mem::{offset_of, size_of};

use bytemuck::{Pod, Zeroable};

/// An activation in a device's memory, or some of its channels (`Strided` of `common.h`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Pod, Zeroable)]
#[repr(C)]
pub struct Strided {
    /// Where it begins.
    pub at: u64,
    /// Values from one frame to the next.
    pub frame: i64,
    /// Values from one channel to the next.
    pub channel: i64,
    /// Values from one row to the next.
    pub row: i64,
    /// Values from one column to the next.
    pub column: i64,
}

/// How many frames, channels, rows and columns an activation has (`Extent` of `common.h`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Pod, Zeroable)]
#[repr(C)]
pub struct Extent {
    /// Frames.
    pub frames: i32,
    /// Channels.
    pub channels: i32,
    /// Rows.
    pub rows: i32,
    /// Columns.
    pub columns: i32,
    /// 1 in [`Order::Pixels`].
    pub pixels: i32,
}

/// A square window (`Window` of `layers.cu`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Pod, Zeroable)]
#[repr(C)]
pub struct Window {
    /// Its side.
    pub kernel: i32,
    /// Its step.
    pub stride: i32,
    /// Places around the input.
    pub padding: i32,
}

// The other side of these is in common.h and layers.cu, under the same numbers.
const _: () = assert!(size_of::<Strided>() == 40 && offset_of!(Strided, frame) == 8);
const _: () = assert!(offset_of!(Strided, channel) == 16 && offset_of!(Strided, row) == 24);
const _: () = assert!(offset_of!(Strided, column) == 32);
const _: () = assert!(size_of::<Extent>() == 20 && offset_of!(Extent, channels) == 4);
const _: () = assert!(offset_of!(Extent, rows) == 8 && offset_of!(Extent, columns) == 12);
const _: () = assert!(offset_of!(Extent, pixels) == 16);
const _: () = assert!(size_of::<Window>() == 12 && offset_of!(Window, stride) == 4);
const _: () = assert!(offset_of!(Window, padding) == 8);

/// How an activation's values follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// `[frame][channel][row][column]`.
    Planes,
    /// `[frame][row][column][channel]`: what tensor cores want.
    Pixels,
}

/// How a value is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dtype {
    /// 32-bit floats.
    F32,
    /// The upper half of these.
    Bf16,
}

impl Dtype {
    /// Bytes of a value.
    pub fn bytes(self) -> u64 {
        match self {
            Self::F32 => 4,
            Self::Bf16 => 2,
        }
    }
}

impl Extent {
    /// Of so many frames and channels, in an order.
    pub fn new(n: usize, channels: usize, [rows, columns]: [usize; 2], order: Order) -> Self {
        Self {
            frames: n as i32,
            channels: channels as i32,
            rows: rows as i32,
            columns: columns as i32,
            pixels: i32::from(order == Order::Pixels),
        }
    }

    /// Values.
    pub fn count(self) -> usize {
        self.channels as usize * self.frames as usize * self.rows as usize * self.columns as usize
    }

    fn order(self) -> Order {
        if self.pixels == 0 {
            Order::Planes
        } else {
            Order::Pixels
        }
    }
}

impl Strided {
    /// All of an activation without gaps.
    pub fn whole(at: u64, extent: Extent) -> Self {
        let [c, h, w] = [extent.channels, extent.rows, extent.columns].map(i64::from);
        let (channel, row, column) = match extent.order() {
            Order::Planes => (h * w, w, 1),
            Order::Pixels => (1, w * c, c),
        };
        Self {
            at,
            frame: c * h * w,
            channel,
            row,
            column,
        }
    }

    /// Whether other channels lie between these.
    #[cfg(any(test, feature = "cudnn"))]
    pub(super) fn has_gaps(self, extent: Extent) -> bool {
        self != Self::whole(self.at, extent)
    }

    /// From a later channel on.
    #[must_use]
    pub fn skipping(self, channel: usize, dtype: Dtype) -> Self {
        let skipped = channel as u64 * self.channel as u64 * dtype.bytes();
        Self {
            at: self.at + skipped,
            ..self
        }
    }
}
