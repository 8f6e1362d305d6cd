//! The kernels by name, and what each is given. A [`Call`] is started on a card, or by tests on the host (`emulate`).

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Pod, Zeroable)]
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

/// A kernel's argument.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Argument {
    /// Where values lie.
    Strided(Strided),
    /// How many they are.
    Extent(Extent),
    /// What a pooling looks at.
    Window(Window),
    /// A whole number.
    Int(i32),
    /// A float of 64 bits.
    Double(f64),
    /// An address.
    Pointer(u64),
}

/// A kernel with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The kernel's name.
    pub kernel: &'static str,
    /// Threads that have something to do.
    pub threads: usize,
    /// What it is given.
    pub arguments: Vec<Argument>,
}

/// Takes the kernel for how values are stored.
macro_rules! kernel {
    ($dtype:expr, $name:literal) => {
        match $dtype {
            Dtype::F32 => concat!($name, "_f32"),
            Dtype::Bf16 => concat!($name, "_bf16"),
        }
    };
}

/// Threads of a channel that make a sum of a batch norm (`PARTS` of `layers.cu`).
const PARTS: usize = 128;

/// Bytes of what a batch norm's sums need, for each channel.
pub const SUMS: usize = PARTS * 2 * 8;

/// Bytes of a batch norm's factors, for each channel (`Factors` of `layers.cu`).
pub const FACTORS: usize = 5 * 4;
const _: () = assert!(FACTORS == 20);

use Argument::{Double, Int, Pointer};

impl Call {
    fn new(kernel: &'static str, threads: usize, arguments: &[Argument]) -> Self {
        Self {
            kernel,
            threads,
            arguments: arguments.to_vec(),
        }
    }

    /// Renders `n` candidates into `out`; the addresses are of candidates, frames, edits, noise and the table of what becomes of
    /// each byte.
    pub fn perturb(dtype: Dtype, out: Strided, n: usize, addresses: [u64; 5]) -> Self {
        let mut arguments = vec![Argument::Strided(out), Int(n as i32)];
        arguments.extend(addresses.map(Pointer));
        Self {
            kernel: kernel!(dtype, "perturb"),
            threads: n * super::render::PIXELS,
            arguments,
        }
    }

    /// Pools `x`, of `size` rows and columns, into `y`: the maximum or the mean of each window.
    pub fn pool(
        dtype: Dtype,
        mean: bool,
        (y, made): (Strided, Extent),
        (x, size): (Strided, Extent),
        window: Window,
    ) -> Self {
        let kernel = if mean {
            kernel!(dtype, "avg_pool")
        } else {
            kernel!(dtype, "max_pool")
        };
        Self::new(
            kernel,
            made.count(),
            &[
                Argument::Strided(y),
                Argument::Extent(made),
                Argument::Strided(x),
                Int(size.rows),
                Int(size.columns),
                Argument::Window(window),
            ],
        )
    }

    /// The gradient of [`Call::pool`] into `dx`, or onto it.
    pub fn pool_back(
        dtype: Dtype,
        mean: bool,
        (dx, size): (Strided, Extent),
        x: Strided,
        (dy, made): (Strided, Extent),
        window: Window,
        accumulate: bool,
    ) -> Self {
        let mut arguments = vec![Argument::Strided(dx), Argument::Extent(size)];
        if !mean {
            arguments.push(Argument::Strided(x));
        }
        arguments.extend([
            Argument::Strided(dy),
            Int(made.rows),
            Int(made.columns),
            Argument::Window(window),
            Int(i32::from(accumulate)),
        ]);
        Self {
            kernel: if mean {
                kernel!(dtype, "avg_pool_back")
            } else {
                kernel!(dtype, "max_pool_back")
            },
            threads: size.count(),
            arguments,
        }
    }

    /// Adds a bias to `y`, then the ReLU where there is one.
    pub fn bias_relu(dtype: Dtype, (y, size): (Strided, Extent), bias: u64, relu: bool) -> Self {
        Self::new(
            kernel!(dtype, "bias_relu"),
            size.count(),
            &[
                Argument::Strided(y),
                Argument::Extent(size),
                Pointer(bias),
                Int(i32::from(relu)),
            ],
        )
    }

    /// Makes the gradient `dy` behind a ReLU, which gave `y`, the one before it.
    pub fn relu_back(dtype: Dtype, (dy, size): (Strided, Extent), y: Strided) -> Self {
        Self::two(kernel!(dtype, "relu_back"), dy, size, y)
    }

    /// Adds `x` to `y`, then the ReLU.
    pub fn add_relu(dtype: Dtype, (y, size): (Strided, Extent), x: Strided) -> Self {
        Self::two(kernel!(dtype, "add_relu"), y, size, x)
    }

    /// Adds.
    pub fn add(dtype: Dtype, (to, size): (Strided, Extent), from: Strided) -> Self {
        Self::two(kernel!(dtype, "add"), to, size, from)
    }

    /// Copies.
    pub fn copy(dtype: Dtype, (to, size): (Strided, Extent), from: Strided) -> Self {
        Self::two(kernel!(dtype, "copy"), to, size, from)
    }

    fn two(kernel: &'static str, to: Strided, size: Extent, from: Strided) -> Self {
        Self::new(
            kernel,
            size.count(),
            &[
                Argument::Strided(to),
                Argument::Extent(size),
                Argument::Strided(from),
            ],
        )
    }

    /// Writes f32, `[frame][row][column][channel]`.
    pub fn interleave(dtype: Dtype, to: u64, (from, size): (Strided, Extent)) -> Self {
        Self::new(
            kernel!(dtype, "interleave"),
            size.count(),
            &[Pointer(to), Argument::Extent(size), Argument::Strided(from)],
        )
    }

    /// Writes each channel's mean, f32, `[frame][channel]`.
    pub fn mean(dtype: Dtype, means: u64, (x, size): (Strided, Extent)) -> Self {
        Self::new(
            kernel!(dtype, "mean"),
            size.frames as usize * size.channels as usize,
            &[Pointer(means), Argument::Extent(size), Argument::Strided(x)],
        )
    }

    /// The gradient of [`Call::mean`].
    pub fn mean_back(dtype: Dtype, (dx, size): (Strided, Extent), d_means: u64) -> Self {
        Self::new(
            kernel!(dtype, "mean_back"),
            size.count(),
            &[
                Argument::Strided(dx),
                Argument::Extent(size),
                Pointer(d_means),
            ],
        )
    }

    /// Mean and variance of each channel of a batch, `[mean; c][variance; c]`; in two calls, by way of `sums`.
    pub fn norm_statistics((x, size): (Strided, Extent), sums: u64, statistics: u64) -> [Self; 2] {
        let channels = size.channels as usize;
        [
            Self::new(
                "norm_moments",
                channels * PARTS,
                &[Pointer(sums), Argument::Extent(size), Argument::Strided(x)],
            ),
            Self::new(
                "norm_statistics",
                channels,
                &[Pointer(statistics), Argument::Extent(size), Pointer(sums)],
            ),
        ]
    }

    /// Batch norm by given statistics, and the ReLU where there is one; in two calls, by way of `factors`.
    pub fn norm(
        (y, size): (Strided, Extent),
        x: Strided,
        norm: NormAddresses,
        relu: bool,
    ) -> [Self; 2] {
        [
            Self::new(
                "norm_factors",
                size.channels as usize,
                &[
                    Pointer(norm.factors),
                    Int(size.channels),
                    Pointer(norm.statistics),
                    Pointer(norm.weight),
                    Pointer(norm.bias),
                    Double(norm.eps),
                ],
            ),
            Self::new(
                "norm_forward",
                size.count(),
                &[
                    Argument::Strided(y),
                    Argument::Extent(size),
                    Argument::Strided(x),
                    Pointer(norm.factors),
                    Int(i32::from(relu)),
                ],
            ),
        ]
    }

    /// The gradients of [`Call::norm`], whose factors are still there, towards x, weight and bias; in three calls. `of_batch`: the
    /// statistics move with x.
    pub fn norm_back(
        (dx, size): (Strided, Extent),
        x: Strided,
        dy: Strided,
        norm: NormAddresses,
        [d_weight, d_bias, sums]: [u64; 3],
        [relu, of_batch]: [bool; 2],
    ) -> [Self; 3] {
        let channels = size.channels as usize;
        let relu = Int(i32::from(relu));
        [
            Self::new(
                "norm_products",
                channels * PARTS,
                &[
                    Pointer(sums),
                    Argument::Extent(size),
                    Argument::Strided(x),
                    Argument::Strided(dy),
                    Pointer(norm.factors),
                    Pointer(norm.statistics),
                    relu,
                ],
            ),
            Self::new(
                "norm_gradient",
                channels,
                &[
                    Pointer(norm.factors),
                    Pointer(d_weight),
                    Pointer(d_bias),
                    Argument::Extent(size),
                    Pointer(sums),
                    Pointer(norm.statistics),
                    Pointer(norm.weight),
                    Double(norm.eps),
                    Int(i32::from(of_batch)),
                ],
            ),
            Self::new(
                "norm_back",
                size.count(),
                &[
                    Argument::Strided(dx),
                    Argument::Extent(size),
                    Argument::Strided(x),
                    Argument::Strided(dy),
                    Pointer(norm.factors),
                    relu,
                ],
            ),
        ]
    }
}

/// Where a batch norm's numbers are, f32 a channel.
#[derive(Clone, Copy, Debug)]
pub struct NormAddresses {
    /// The scales.
    pub weight: u64,
    /// The shifts.
    pub bias: u64,
    /// Means, then variances.
    pub statistics: u64,
    /// [`FACTORS`] bytes a channel.
    pub factors: u64,
    /// Added to the variance.
    pub eps: f64,
}
