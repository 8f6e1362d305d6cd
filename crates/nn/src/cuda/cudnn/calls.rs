//! The convolutions themselves: forward, and both gradients.

use std::ffi::c_void;
use std::ptr;

use candle_core::cuda_backend::cudarc::cudnn::{result, sys};

use super::{
    Algorithm, BackwardData, BackwardFilter, Convolution, Filter, Forward, Handle, Relu, Result,
    Tensor,
};

/// An address on the card as the calls take it.
fn address(at: u64) -> *mut c_void {
    ptr::with_exposed_provenance_mut(at as usize)
}

fn scalar(value: &f32) -> *const c_void {
    ptr::from_ref(value).cast()
}

/// A descriptor with where its values are.
pub(in crate::cuda) type At<'a, D> = (&'a D, u64);

/// The workspace: where, and bytes.
pub(in crate::cuda) type Workspace = (u64, usize);

/// What cuDNN calls a convolution in each direction: handle, factor, two operands, convolution, algorithm, workspace, how much of what
/// is there counts, and the result; an operand is its descriptor and address.
type Function<A, B, C, K> = unsafe fn(
    sys::cudnnHandle_t,
    *const c_void,
    A,
    *const c_void,
    B,
    *const c_void,
    sys::cudnnConvolutionDescriptor_t,
    K,
    *mut c_void,
    usize,
    *const c_void,
    C,
    *mut c_void,
) -> Result<()>;

/// Computes `to` from two operands, added to what is there if `accumulate`.
///
/// # Safety
/// As [`forward`], of a function and the descriptors that it takes.
unsafe fn call<A, B, C, K>(
    function: Function<A, B, C, K>,
    (handle, convolution): (&Handle, &Convolution),
    algorithm: Algorithm<K>,
    (workspace, bytes): Workspace,
    ((a, a_at), (b, b_at)): ((A, u64), (B, u64)),
    (to, to_at): (C, u64),
    accumulate: bool,
) -> Result<()> {
    convolution.set(algorithm.math)?;
    // SAFETY: this function's contract says so of the addresses; the descriptors are alive.
    unsafe {
        function(
            handle.0,
            scalar(&1.0),
            a,
            address(a_at),
            b,
            address(b_at),
            convolution.0,
            algorithm.kind,
            address(workspace),
            bytes,
            scalar(if accumulate { &1.0 } else { &0.0 }),
            to,
            address(to_at),
        )
    }
}

/// y = convolution of x.
///
/// # Safety
/// The addresses must hold what the descriptors say, on the handle's card.
pub(in crate::cuda) unsafe fn forward(
    handle: &Handle,
    convolution: &Convolution,
    algorithm: Forward,
    workspace: Workspace,
    (x, x_at): At<'_, Tensor>,
    (w, w_at): At<'_, Filter>,
    (y, y_at): At<'_, Tensor>,
) -> Result<()> {
    let (on, from) = ((handle, convolution), ((x.0, x_at), (w.0, w_at)));
    let function = result::convolution_forward;
    // SAFETY: as the caller says.
    unsafe { call(function, on, algorithm, workspace, from, (y.0, y_at), false) }
}

/// y = ReLU of the convolution of x and a bias, in one.
///
/// # Safety
/// As [`forward`].
#[expect(
    clippy::too_many_arguments,
    reason = "each is one of the layer's parts"
)]
pub(in crate::cuda) unsafe fn forward_bias_relu(
    handle: &Handle,
    convolution: &Convolution,
    relu: &Relu,
    algorithm: Forward,
    (workspace, bytes): Workspace,
    (x, x_at): At<'_, Tensor>,
    (w, w_at): At<'_, Filter>,
    (bias, bias_at): At<'_, Tensor>,
    (y, y_at): At<'_, Tensor>,
) -> Result<()> {
    convolution.set(algorithm.math)?;
    // SAFETY: as the caller says. Nothing is added to the output beside the bias: z counts zero times.
    unsafe {
        result::convolution_bias_activation_forward(
            handle.0,
            scalar(&1.0),
            x.0,
            address(x_at),
            w.0,
            address(w_at),
            convolution.0,
            algorithm.kind,
            address(workspace),
            bytes,
            scalar(&0.0),
            y.0,
            address(y_at),
            bias.0,
            address(bias_at),
            relu.0,
            y.0,
            address(y_at),
        )
    }
}

/// dx = the gradient towards the input, added to what is there if `accumulate`.
///
/// # Safety
/// As [`forward`].
#[expect(
    clippy::too_many_arguments,
    reason = "each is one of the layer's parts"
)]
pub(in crate::cuda) unsafe fn backward_data(
    handle: &Handle,
    convolution: &Convolution,
    algorithm: BackwardData,
    workspace: Workspace,
    (w, w_at): At<'_, Filter>,
    (dy, dy_at): At<'_, Tensor>,
    (dx, dx_at): At<'_, Tensor>,
    accumulate: bool,
) -> Result<()> {
    let (on, from) = ((handle, convolution), ((w.0, w_at), (dy.0, dy_at)));
    let (function, to) = (result::convolution_backward_data, (dx.0, dx_at));
    // SAFETY: as the caller says.
    unsafe { call(function, on, algorithm, workspace, from, to, accumulate) }
}

/// dw = the gradient towards the weights.
///
/// # Safety
/// As [`forward`].
pub(in crate::cuda) unsafe fn backward_filter(
    handle: &Handle,
    convolution: &Convolution,
    algorithm: BackwardFilter,
    workspace: Workspace,
    (x, x_at): At<'_, Tensor>,
    (dy, dy_at): At<'_, Tensor>,
    (dw, dw_at): At<'_, Filter>,
) -> Result<()> {
    let (on, from) = ((handle, convolution), ((x.0, x_at), (dy.0, dy_at)));
    let (function, to) = (result::convolution_backward_filter, (dw.0, dw_at));
    // SAFETY: as the caller says.
    unsafe { call(function, on, algorithm, workspace, from, to, false) }
}
