//! cuDNN's handle and descriptors, owned, and the calls of it that convolutions take ([`calls`]). Sizes and pointers are the caller's
//! care.
//!
//! The bindings' own safe layer fixes types at compile time, and gives one algorithm without saying whether it is deterministic.

mod calls;

use candle_core::cuda_backend::cudarc;
use cudarc::cudnn::result::{self, CudnnError};
use cudarc::cudnn::sys;
use cudarc::driver::CudaStream;

pub(super) use calls::{Workspace, backward_data, backward_filter, forward, forward_bias_relu};

use super::graph::backend::Cudnn;
use super::operand::{Dtype, Extent, Order, Strided};

type Result<T> = std::result::Result<T, CudnnError>;

/// Declares an owner of one of cuDNN's objects.
macro_rules! owner {
    ($(#[$about:meta])* $name:ident, $raw:ty, $destroy:path) => {
        $(#[$about])*
        pub(super) struct $name($raw);

        // SAFETY: cuDNN's objects belong to no thread; that no two use one at a time is held by the card's lock.
        unsafe impl Send for $name {}

        impl Drop for $name {
            fn drop(&mut self) {
                // SAFETY: made by cuDNN, and destroyed here only. If it fails there is nobody to tell.
                unsafe { $destroy(self.0) }.ok();
            }
        }
    };
}

owner!(
    /// cuDNN on one stream.
    Handle,
    sys::cudnnHandle_t,
    result::destroy_handle
);
owner!(
    /// The shape of an activation.
    Tensor,
    sys::cudnnTensorDescriptor_t,
    result::destroy_tensor_descriptor
);
owner!(
    /// The shape of a convolution's weights.
    Filter,
    sys::cudnnFilterDescriptor_t,
    result::destroy_filter_descriptor
);
owner!(
    /// Stride, padding, and how products are made.
    Convolution,
    sys::cudnnConvolutionDescriptor_t,
    result::destroy_convolution_descriptor
);
owner!(
    /// The ReLU.
    Relu,
    sys::cudnnActivationDescriptor_t,
    destroy_activation
);

/// # Safety
/// The descriptor must be alive, and is not used afterwards.
unsafe fn destroy_activation(raw: sys::cudnnActivationDescriptor_t) -> Result<()> {
    // SAFETY: this function's contract.
    unsafe { sys::cudnnDestroyActivationDescriptor(raw) }.result()
}

fn data_type(dtype: Dtype) -> sys::cudnnDataType_t {
    match dtype {
        Dtype::F32 => sys::cudnnDataType_t::CUDNN_DATA_FLOAT,
        Dtype::Bf16 => sys::cudnnDataType_t::CUDNN_DATA_BFLOAT16,
    }
}

fn format(order: Order) -> sys::cudnnTensorFormat_t {
    match order {
        Order::Planes => sys::cudnnTensorFormat_t::CUDNN_TENSOR_NCHW,
        Order::Pixels => sys::cudnnTensorFormat_t::CUDNN_TENSOR_NHWC,
    }
}

impl Handle {
    pub(super) fn new(stream: &CudaStream) -> Result<Self> {
        let handle = Self(result::create_handle()?);
        // SAFETY: both are alive.
        unsafe { result::set_stream(handle.0, stream.cu_stream().cast()) }?;
        Ok(handle)
    }

    /// For the graph API.
    pub(super) fn graph(&self) -> Cudnn {
        Cudnn::new(self.0)
    }
}

impl Tensor {
    pub(super) fn new((strided, extent): (Strided, Extent), dtype: Dtype) -> Result<Self> {
        let tensor = Self(result::create_tensor_descriptor()?);
        let dims = [extent.frames, extent.channels, extent.rows, extent.columns];
        let strides =
            [strided.frame, strided.channel, strided.row, strided.column].map(|v| v as i32);
        // SAFETY: just made.
        unsafe { result::set_tensor4d_descriptor_ex(tensor.0, data_type(dtype), dims, strides) }?;
        Ok(tensor)
    }

    /// One value a channel.
    pub(super) fn of_channels(channels: usize, order: Order, dtype: Dtype) -> Result<Self> {
        let tensor = Self(result::create_tensor_descriptor()?);
        let dims = [1, channels as i32, 1, 1];
        // SAFETY: just made.
        unsafe {
            result::set_tensor4d_descriptor(tensor.0, format(order), data_type(dtype), dims)
        }?;
        Ok(tensor)
    }
}

impl Filter {
    /// Output channels, input channels, rows, columns; in memory in the order of the activations.
    pub(super) fn new(dims: [usize; 4], order: Order, dtype: Dtype) -> Result<Self> {
        let filter = Self(result::create_filter_descriptor()?);
        let dims = dims.map(|v| v as i32);
        // SAFETY: just made.
        unsafe {
            result::set_filter4d_descriptor(filter.0, data_type(dtype), format(order), dims)
        }?;
        Ok(filter)
    }
}

/// How products are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Math {
    /// In f32, by the card's ordinary units.
    F32,
    /// By tensor cores where they take the type as it is: f32 cut to TF32, bf16.
    TensorCores,
}

impl Math {
    fn requested(self) -> sys::cudnnMathType_t {
        match self {
            Self::F32 => sys::cudnnMathType_t::CUDNN_FMA_MATH,
            Self::TensorCores => sys::cudnnMathType_t::CUDNN_TENSOR_OP_MATH,
        }
    }

    /// How an algorithm of the given kind is used; `None` where it is not. f32 must be f32, whatever cuDNN would like (its default
    /// takes tensor cores), and nothing is converted to a smaller type unasked.
    fn accepted(self, given: sys::cudnnMathType_t) -> Option<sys::cudnnMathType_t> {
        use sys::cudnnMathType_t::{
            CUDNN_DEFAULT_MATH, CUDNN_FMA_MATH, CUDNN_TENSOR_OP_MATH,
            CUDNN_TENSOR_OP_MATH_ALLOW_CONVERSION,
        };
        match (self, given) {
            (Self::F32, CUDNN_FMA_MATH | CUDNN_DEFAULT_MATH) => Some(CUDNN_FMA_MATH),
            (Self::TensorCores, CUDNN_FMA_MATH | CUDNN_DEFAULT_MATH | CUDNN_TENSOR_OP_MATH) => {
                Some(given)
            }
            (Self::F32, CUDNN_TENSOR_OP_MATH) | (_, CUDNN_TENSOR_OP_MATH_ALLOW_CONVERSION) => None,
        }
    }
}

impl Convolution {
    pub(super) fn new(padding: [usize; 2], stride: usize, math: Math) -> Result<Self> {
        let convolution = Self(result::create_convolution_descriptor()?);
        let [rows, columns] = padding.map(|v| v as i32);
        let stride = stride as i32;
        // SAFETY: just made. Sums are f32 whatever is stored.
        unsafe {
            result::set_convolution2d_descriptor(
                convolution.0,
                rows,
                columns,
                stride,
                stride,
                1,
                1,
                sys::cudnnConvolutionMode_t::CUDNN_CROSS_CORRELATION,
                sys::cudnnDataType_t::CUDNN_DATA_FLOAT,
            )?;
        }
        convolution.set(math.requested())?;
        Ok(convolution)
    }

    fn set(&self, math: sys::cudnnMathType_t) -> Result<()> {
        // SAFETY: alive.
        unsafe { result::set_convolution_math_type(self.0, math) }
    }
}

impl Relu {
    pub(super) fn new() -> Result<Self> {
        let relu = Self(result::create_activation_descriptor()?);
        // SAFETY: just made. What is not a number stays so.
        unsafe {
            result::set_activation_descriptor(
                relu.0,
                sys::cudnnActivationMode_t::CUDNN_ACTIVATION_RELU,
                sys::cudnnNanPropagation_t::CUDNN_PROPAGATE_NAN,
                0.0,
            )
        }?;
        Ok(relu)
    }
}

/// A way to compute a convolution, and what it needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Algorithm<A> {
    kind: A,
    math: sys::cudnnMathType_t,
    /// Bytes.
    pub(super) workspace: usize,
}

/// cuDNN's version.
pub(super) fn version() -> usize {
    // SAFETY: takes nothing.
    unsafe { sys::cudnnGetVersion() }
}

/// Whether an error only says that cuDNN does not do this in this way.
pub(super) fn unsupported(error: CudnnError) -> bool {
    // As cuDNN 9 numbers them: 2xxx is a bad parameter, 3xxx not supported.
    matches!(error.0 as u32 / 1000, 2 | 3)
}

/// Declares the question for algorithms: those that give the same bits every time, in the order in which cuDNN expects them to
/// be fast.
macro_rules! algorithms {
    ($name:ident, $count:expr, $kind:ty, $perf:ty, $ask:path, $size:path,
     ($handle:ident, $convolution:ident, $($arg:ident: $type:ty),+), ($($raw:expr),+)) => {
        pub(super) fn $name(
            $handle: &Handle,
            $convolution: &Convolution,
            $($arg: &$type,)+
            math: Math,
        ) -> Result<Vec<Algorithm<$kind>>> {
            $convolution.set(math.requested())?;
            let mut count = 0;
            // SAFETY: the struct holds integers and C enums only, and 0 is a variant of each.
            let mut found: [$perf; $count as usize] = unsafe { std::mem::zeroed() };
            // SAFETY: all are alive, and there is room for so many.
            unsafe { $ask($handle.0, $($raw,)+ $count as i32, &raw mut count, found.as_mut_ptr()) }?;
            let mut usable = Vec::new();
            for one in found.iter().take(count.max(0) as usize) {
                let deterministic = one.determinism == sys::cudnnDeterminism_t::CUDNN_DETERMINISTIC;
                let used = math.accepted(one.mathType).filter(|_| deterministic);
                let Some(math) = used.filter(|_| one.status.result().is_ok()) else {
                    continue;
                };
                $convolution.set(math)?;
                // SAFETY: all are alive.
                let size = unsafe { $size($handle.0, $($raw,)+ one.algo) };
                if let Ok(workspace) = size {
                    usable.push(Algorithm { kind: one.algo, math, workspace });
                }
            }
            Ok(usable)
        }
    };
}

pub(super) type Forward = Algorithm<sys::cudnnConvolutionFwdAlgo_t>;
pub(super) type BackwardData = Algorithm<sys::cudnnConvolutionBwdDataAlgo_t>;
pub(super) type BackwardFilter = Algorithm<sys::cudnnConvolutionBwdFilterAlgo_t>;

algorithms!(
    forward_algorithms, sys::cudnnConvolutionFwdAlgo_t::CUDNN_CONVOLUTION_FWD_ALGO_COUNT, sys::cudnnConvolutionFwdAlgo_t, sys::cudnnConvolutionFwdAlgoPerf_t,
    result::get_convolution_forward_algorithm, result::get_convolution_forward_workspace_size,
    (handle, convolution, x: Tensor, w: Filter, y: Tensor), (x.0, w.0, convolution.0, y.0)
);
algorithms!(
    backward_data_algorithms, sys::cudnnConvolutionBwdDataAlgo_t::CUDNN_CONVOLUTION_BWD_DATA_ALGO_COUNT, sys::cudnnConvolutionBwdDataAlgo_t, sys::cudnnConvolutionBwdDataAlgoPerf_t,
    result::get_convolution_backward_data_algorithm, result::get_convolution_backward_data_workspace_size,
    (handle, convolution, w: Filter, dy: Tensor, dx: Tensor), (w.0, dy.0, convolution.0, dx.0)
);
algorithms!(
    backward_filter_algorithms, sys::cudnnConvolutionBwdFilterAlgo_t::CUDNN_CONVOLUTION_BWD_FILTER_ALGO_COUNT, sys::cudnnConvolutionBwdFilterAlgo_t, sys::cudnnConvolutionBwdFilterAlgoPerf_t,
    result::get_convolution_backward_filter_algorithm, result::get_convolution_backward_filter_workspace_size,
    (handle, convolution, x: Tensor, dy: Tensor, dw: Filter), (x.0, dy.0, convolution.0, dw.0)
);
