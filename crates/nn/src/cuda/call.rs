//! The kernels by name, and what each is given. A [`Call`] is started on a card, or by tests on the host (`emulate`).

use super::operand::{Dtype, Extent, Strided, Window};

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

use Argument::{Int, Pointer};

impl Call {
    pub(super) fn new(kernel: &'static str, threads: usize, arguments: &[Argument]) -> Self {
        Self {
            kernel,
            threads,
            arguments: arguments.to_vec(),
        }
    }

    /// Renders `n` candidates into `out`; the addresses are of candidates, frames, edits, noise, lamps and the table of what
    /// becomes of each byte.
    pub fn perturb(dtype: Dtype, out: Strided, n: usize, addresses: [u64; 6]) -> Self {
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

    /// The mean of each window of `x`, of `size` rows and columns, then a bias, then the ReLU where there is one.
    pub fn avg_pool_bias(
        dtype: Dtype,
        (y, made): (Strided, Extent),
        (x, size): (Strided, Extent),
        window: Window,
        (bias, relu): (u64, bool),
    ) -> Self {
        Self::new(
            kernel!(dtype, "avg_pool_bias"),
            made.count(),
            &[
                Argument::Strided(y),
                Argument::Extent(made),
                Argument::Strided(x),
                Int(size.rows),
                Int(size.columns),
                Argument::Window(window),
                Pointer(bias),
                Int(i32::from(relu)),
            ],
        )
    }

    /// The gradient of [`Call::pool`] into `dx`, or onto it.
    pub fn pool_backward(
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
                kernel!(dtype, "avg_pool_backward")
            } else {
                kernel!(dtype, "max_pool_backward")
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
    pub fn relu_backward(dtype: Dtype, (dy, size): (Strided, Extent), y: Strided) -> Self {
        Self::two(kernel!(dtype, "relu_backward"), dy, size, y)
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
    pub fn mean_backward(dtype: Dtype, (dx, size): (Strided, Extent), d_means: u64) -> Self {
        Self::new(
            kernel!(dtype, "mean_backward"),
            size.count(),
            &[
                Argument::Strided(dx),
                Argument::Extent(size),
                Pointer(d_means),
            ],
        )
    }
}
