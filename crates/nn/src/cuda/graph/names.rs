//! What cuDNN's graph API calls things. The names are ours, so that tests need no cuDNN; with it, each is turned into cuDNN's own, and
//! the compiler compares the numbers of those that are handed over as numbers.

use bytemuck::NoUninit;
#[cfg(feature = "cudnn")]
use candle_core::cuda_backend::cudarc::cudnn::sys;

/// Declares names that become cuDNN's.
macro_rules! names {
    ($(#[$about:meta])* $name:ident as $theirs:ident: $($ours:ident = $their:ident,)+) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(in crate::cuda) enum $name {
            $($ours,)+
        }

        #[cfg(feature = "cudnn")]
        impl $name {
            pub(in crate::cuda) fn theirs(self) -> sys::$theirs {
                match self {
                    $(Self::$ours => sys::$theirs::$their,)+
                }
            }
        }
    };
}

/// Declares names that are handed to cuDNN as its numbers.
macro_rules! numbers {
    ($(#[$about:meta])* $name:ident as $theirs:ident: $($(#[$one:meta])* $ours:ident = $number:literal $their:ident,)+) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, NoUninit)]
        #[repr(u32)]
        pub(in crate::cuda) enum $name {
            $($(#[$one])* $ours = $number,)+
        }

        $(
            #[cfg(feature = "cudnn")]
            const _: () = assert!($number == sys::$theirs::$their as u32);
        )+
    };
}

names! {
    /// Kinds of descriptors.
    Kind as cudnnBackendDescriptorType_t:
    Pointwise = CUDNN_BACKEND_POINTWISE_DESCRIPTOR,
    Convolution = CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR,
    Engine = CUDNN_BACKEND_ENGINE_DESCRIPTOR,
    EngineConfig = CUDNN_BACKEND_ENGINECFG_DESCRIPTOR,
    Heuristics = CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR,
    Plan = CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR,
    KnobChoice = CUDNN_BACKEND_KNOB_CHOICE_DESCRIPTOR,
    ConvolutionForward = CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR,
    PointwiseOperation = CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR,
    OperationGraph = CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR,
    VariantPack = CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR,
    Tensor = CUDNN_BACKEND_TENSOR_DESCRIPTOR,
}

names! {
    /// Attributes of descriptors.
    Name as cudnnBackendAttributeName_t:
    TensorDataType = CUDNN_ATTR_TENSOR_DATA_TYPE,
    TensorDimensions = CUDNN_ATTR_TENSOR_DIMENSIONS,
    TensorStrides = CUDNN_ATTR_TENSOR_STRIDES,
    TensorUniqueId = CUDNN_ATTR_TENSOR_UNIQUE_ID,
    TensorByteAlignment = CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT,
    TensorIsVirtual = CUDNN_ATTR_TENSOR_IS_VIRTUAL,
    ConvolutionComputeType = CUDNN_ATTR_CONVOLUTION_COMP_TYPE,
    ConvolutionMode = CUDNN_ATTR_CONVOLUTION_CONV_MODE,
    ConvolutionDilations = CUDNN_ATTR_CONVOLUTION_DILATIONS,
    ConvolutionStrides = CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES,
    ConvolutionPrePaddings = CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS,
    ConvolutionPostPaddings = CUDNN_ATTR_CONVOLUTION_POST_PADDINGS,
    ConvolutionSpatialDimensions = CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS,
    ForwardConvolution = CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC,
    ForwardX = CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X,
    ForwardW = CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W,
    ForwardY = CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y,
    ForwardAlpha = CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA,
    ForwardBeta = CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA,
    PointwiseMode = CUDNN_ATTR_POINTWISE_MODE,
    PointwiseComputeType = CUDNN_ATTR_POINTWISE_MATH_PREC,
    PointwiseNanPropagation = CUDNN_ATTR_POINTWISE_NAN_PROPAGATION,
    PointwiseDescriptor = CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR,
    PointwiseX = CUDNN_ATTR_OPERATION_POINTWISE_XDESC,
    PointwiseB = CUDNN_ATTR_OPERATION_POINTWISE_BDESC,
    PointwiseY = CUDNN_ATTR_OPERATION_POINTWISE_YDESC,
    GraphHandle = CUDNN_ATTR_OPERATIONGRAPH_HANDLE,
    GraphOperations = CUDNN_ATTR_OPERATIONGRAPH_OPS,
    HeuristicsGraph = CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH,
    HeuristicsMode = CUDNN_ATTR_ENGINEHEUR_MODE,
    HeuristicsResults = CUDNN_ATTR_ENGINEHEUR_RESULTS,
    EngineGraph = CUDNN_ATTR_ENGINE_OPERATION_GRAPH,
    EngineIndex = CUDNN_ATTR_ENGINE_GLOBAL_INDEX,
    EngineNotes = CUDNN_ATTR_ENGINE_NUMERICAL_NOTE,
    EngineBehaviour = CUDNN_ATTR_ENGINE_BEHAVIOR_NOTE,
    ConfigEngine = CUDNN_ATTR_ENGINECFG_ENGINE,
    ConfigKnobs = CUDNN_ATTR_ENGINECFG_KNOB_CHOICES,
    KnobType = CUDNN_ATTR_KNOB_CHOICE_KNOB_TYPE,
    KnobValue = CUDNN_ATTR_KNOB_CHOICE_KNOB_VALUE,
    PlanHandle = CUDNN_ATTR_EXECUTION_PLAN_HANDLE,
    PlanConfig = CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG,
    PlanWorkspace = CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE,
    PackIds = CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS,
    PackPointers = CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS,
    PackWorkspace = CUDNN_ATTR_VARIANT_PACK_WORKSPACE,
}

names! {
    /// Types of attributes.
    ValueType as cudnnBackendAttributeType_t:
    Handle = CUDNN_TYPE_HANDLE,
    DataType = CUDNN_TYPE_DATA_TYPE,
    Boolean = CUDNN_TYPE_BOOLEAN,
    Int64 = CUDNN_TYPE_INT64,
    Float = CUDNN_TYPE_FLOAT,
    Pointer = CUDNN_TYPE_VOID_PTR,
    ConvolutionMode = CUDNN_TYPE_CONVOLUTION_MODE,
    HeuristicsMode = CUDNN_TYPE_HEUR_MODE,
    KnobType = CUDNN_TYPE_KNOB_TYPE,
    NanPropagation = CUDNN_TYPE_NAN_PROPOGATION,
    NumericalNote = CUDNN_TYPE_NUMERICAL_NOTE,
    BehaviourNote = CUDNN_TYPE_BEHAVIOR_NOTE,
    PointwiseMode = CUDNN_TYPE_POINTWISE_MODE,
    Descriptor = CUDNN_TYPE_BACKEND_DESCRIPTOR,
}

numbers! {
    /// How values are stored, or computed with.
    DataType as cudnnDataType_t:
    Float = 0 CUDNN_DATA_FLOAT,
    Bfloat16 = 9 CUDNN_DATA_BFLOAT16,
}

numbers! {
    /// Which way a kernel lies.
    ConvolutionMode as cudnnConvolutionMode_t:
    CrossCorrelation = 1 CUDNN_CROSS_CORRELATION,
}

numbers! {
    /// What is done with each value.
    PointwiseMode as cudnnPointwiseMode_t:
    Add = 0 CUDNN_POINTWISE_ADD,
    ReluForward = 100 CUDNN_POINTWISE_RELU_FWD,
}

numbers! {
    /// What a ReLU makes of what is no number.
    NanPropagation as cudnnNanPropagation_t:
    Propagate = 1 CUDNN_PROPAGATE_NAN,
}

numbers! {
    /// Who orders the engines.
    HeuristicsMode as cudnnBackendHeurMode_t:
    /// A quick decision, good for most shapes.
    A = 3 CUDNN_HEUR_MODE_A,
}

numbers! {
    /// What an engine does with numbers.
    NumericalNote as cudnnBackendNumericalNote_t:
    TensorCore = 0 CUDNN_NUMERICAL_NOTE_TENSOR_CORE,
    DownConvertInputs = 1 CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS,
    ReducedPrecisionReduction = 2 CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION,
    Fft = 3 CUDNN_NUMERICAL_NOTE_FFT,
    Nondeterministic = 4 CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC,
    Winograd = 5 CUDNN_NUMERICAL_NOTE_WINOGRAD,
    Winograd4 = 6 CUDNN_NUMERICAL_NOTE_WINOGRAD_TILE_4x4,
    Winograd6 = 7 CUDNN_NUMERICAL_NOTE_WINOGRAD_TILE_6x6,
    Winograd13 = 8 CUDNN_NUMERICAL_NOTE_WINOGRAD_TILE_13x13,
    StrictNanPropagation = 9 CUDNN_NUMERICAL_NOTE_STRICT_NAN_PROP,
}

numbers! {
    /// How an engine does it. Others of cuDNN's notes are about whole numbers, or say what else an engine can do.
    BehaviourNote as cudnnBackendBehaviorNote_t:
    /// It is compiled when a plan is made by it.
    RuntimeCompilation = 0 CUDNN_BEHAVIOR_NOTE_RUNTIME_COMPILATION,
}

impl NumericalNote {
    /// The note of a number; `None` for one that this program does not know.
    pub(super) fn of(number: u32) -> Option<Self> {
        [
            Self::TensorCore,
            Self::DownConvertInputs,
            Self::ReducedPrecisionReduction,
            Self::Fft,
            Self::Nondeterministic,
            Self::Winograd,
            Self::Winograd4,
            Self::Winograd6,
            Self::Winograd13,
            Self::StrictNanPropagation,
        ]
        .into_iter()
        .find(|note| *note as u32 == number)
    }
}
