//! What cuDNN's documentation says of attributes: which a descriptor has, of which type, how many values, and whether it must be set.
//! Written from the documentation (Graph API, "Backend Descriptor Types") and not from the code that it checks.

use super::super::names::{Kind, Name, ValueType};

/// An attribute that can be set.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    pub(super) kind: Kind,
    pub(super) name: Name,
    pub(super) value: ValueType,
    /// The fewest and the most values.
    pub(super) count: [i64; 2],
    pub(super) required: bool,
    /// Of which kind the descriptors are that it takes.
    pub(super) takes: &'static [Kind],
}

const fn rule(kind: Kind, name: Name, value: ValueType, count: [i64; 2], required: bool) -> Rule {
    Rule {
        kind,
        name,
        value,
        count,
        required,
        takes: &[],
    }
}

/// An attribute that takes descriptors.
const fn taking(
    kind: Kind,
    name: Name,
    count: [i64; 2],
    required: bool,
    takes: &'static [Kind],
) -> Rule {
    Rule {
        takes,
        ..rule(kind, name, ValueType::Descriptor, count, required)
    }
}

const ONE: [i64; 2] = [1, 1];
/// `CUDNN_DIM_MAX`.
const DIMENSIONS: [i64; 2] = [1, 8];
const MANY: [i64; 2] = [1, i64::MAX];
const OPERATIONS: &[Kind] = &[Kind::ConvolutionForward, Kind::PointwiseOperation];

pub(super) const RULES: &[Rule] = &[
    rule(
        Kind::Tensor,
        Name::TensorDataType,
        ValueType::DataType,
        ONE,
        true,
    ),
    rule(
        Kind::Tensor,
        Name::TensorDimensions,
        ValueType::Int64,
        DIMENSIONS,
        true,
    ),
    rule(
        Kind::Tensor,
        Name::TensorStrides,
        ValueType::Int64,
        DIMENSIONS,
        true,
    ),
    rule(
        Kind::Tensor,
        Name::TensorUniqueId,
        ValueType::Int64,
        ONE,
        true,
    ),
    rule(
        Kind::Tensor,
        Name::TensorByteAlignment,
        ValueType::Int64,
        ONE,
        true,
    ),
    rule(
        Kind::Tensor,
        Name::TensorIsVirtual,
        ValueType::Boolean,
        ONE,
        false,
    ),
    rule(
        Kind::Convolution,
        Name::ConvolutionComputeType,
        ValueType::DataType,
        ONE,
        true,
    ),
    rule(
        Kind::Convolution,
        Name::ConvolutionMode,
        ValueType::ConvolutionMode,
        ONE,
        true,
    ),
    rule(
        Kind::Convolution,
        Name::ConvolutionDilations,
        ValueType::Int64,
        DIMENSIONS,
        true,
    ),
    rule(
        Kind::Convolution,
        Name::ConvolutionStrides,
        ValueType::Int64,
        DIMENSIONS,
        true,
    ),
    rule(
        Kind::Convolution,
        Name::ConvolutionPrePaddings,
        ValueType::Int64,
        DIMENSIONS,
        true,
    ),
    rule(
        Kind::Convolution,
        Name::ConvolutionPostPaddings,
        ValueType::Int64,
        DIMENSIONS,
        true,
    ),
    rule(
        Kind::Convolution,
        Name::ConvolutionSpatialDimensions,
        ValueType::Int64,
        ONE,
        true,
    ),
    taking(
        Kind::ConvolutionForward,
        Name::ForwardConvolution,
        ONE,
        true,
        &[Kind::Convolution],
    ),
    taking(
        Kind::ConvolutionForward,
        Name::ForwardX,
        ONE,
        true,
        &[Kind::Tensor],
    ),
    taking(
        Kind::ConvolutionForward,
        Name::ForwardW,
        ONE,
        true,
        &[Kind::Tensor],
    ),
    taking(
        Kind::ConvolutionForward,
        Name::ForwardY,
        ONE,
        true,
        &[Kind::Tensor],
    ),
    rule(
        Kind::ConvolutionForward,
        Name::ForwardAlpha,
        ValueType::Float,
        ONE,
        true,
    ),
    rule(
        Kind::ConvolutionForward,
        Name::ForwardBeta,
        ValueType::Float,
        ONE,
        true,
    ),
    rule(
        Kind::Pointwise,
        Name::PointwiseMode,
        ValueType::PointwiseMode,
        ONE,
        true,
    ),
    rule(
        Kind::Pointwise,
        Name::PointwiseComputeType,
        ValueType::DataType,
        ONE,
        true,
    ),
    rule(
        Kind::Pointwise,
        Name::PointwiseNanPropagation,
        ValueType::NanPropagation,
        ONE,
        false,
    ),
    taking(
        Kind::PointwiseOperation,
        Name::PointwiseDescriptor,
        ONE,
        true,
        &[Kind::Pointwise],
    ),
    taking(
        Kind::PointwiseOperation,
        Name::PointwiseX,
        ONE,
        true,
        &[Kind::Tensor],
    ),
    taking(
        Kind::PointwiseOperation,
        Name::PointwiseB,
        ONE,
        false,
        &[Kind::Tensor],
    ),
    taking(
        Kind::PointwiseOperation,
        Name::PointwiseY,
        ONE,
        true,
        &[Kind::Tensor],
    ),
    rule(
        Kind::OperationGraph,
        Name::GraphHandle,
        ValueType::Handle,
        ONE,
        true,
    ),
    taking(
        Kind::OperationGraph,
        Name::GraphOperations,
        MANY,
        true,
        OPERATIONS,
    ),
    taking(
        Kind::Heuristics,
        Name::HeuristicsGraph,
        ONE,
        true,
        &[Kind::OperationGraph],
    ),
    rule(
        Kind::Heuristics,
        Name::HeuristicsMode,
        ValueType::HeuristicsMode,
        ONE,
        true,
    ),
    taking(
        Kind::Engine,
        Name::EngineGraph,
        ONE,
        true,
        &[Kind::OperationGraph],
    ),
    rule(Kind::Engine, Name::EngineIndex, ValueType::Int64, ONE, true),
    taking(
        Kind::EngineConfig,
        Name::ConfigEngine,
        ONE,
        true,
        &[Kind::Engine],
    ),
    taking(
        Kind::EngineConfig,
        Name::ConfigKnobs,
        MANY,
        false,
        &[Kind::KnobChoice],
    ),
    rule(
        Kind::KnobChoice,
        Name::KnobType,
        ValueType::KnobType,
        ONE,
        true,
    ),
    rule(
        Kind::KnobChoice,
        Name::KnobValue,
        ValueType::Int64,
        ONE,
        true,
    ),
    rule(Kind::Plan, Name::PlanHandle, ValueType::Handle, ONE, true),
    taking(
        Kind::Plan,
        Name::PlanConfig,
        ONE,
        true,
        &[Kind::EngineConfig],
    ),
    rule(
        Kind::VariantPack,
        Name::PackIds,
        ValueType::Int64,
        MANY,
        true,
    ),
    rule(
        Kind::VariantPack,
        Name::PackPointers,
        ValueType::Pointer,
        MANY,
        true,
    ),
    rule(
        Kind::VariantPack,
        Name::PackWorkspace,
        ValueType::Pointer,
        ONE,
        false,
    ),
];

/// Attributes that can be read, and of which type they are.
pub(super) const READABLE: &[(Kind, Name, ValueType)] = &[
    (
        Kind::Heuristics,
        Name::HeuristicsResults,
        ValueType::Descriptor,
    ),
    (Kind::Engine, Name::EngineIndex, ValueType::Int64),
    (Kind::Engine, Name::EngineNotes, ValueType::NumericalNote),
    (
        Kind::EngineConfig,
        Name::ConfigEngine,
        ValueType::Descriptor,
    ),
    (Kind::EngineConfig, Name::ConfigKnobs, ValueType::Descriptor),
    (Kind::KnobChoice, Name::KnobType, ValueType::KnobType),
    (Kind::KnobChoice, Name::KnobValue, ValueType::Int64),
    (Kind::Plan, Name::PlanWorkspace, ValueType::Int64),
];

/// Bytes of a value (`cudnn_graph.h`: enums are ints, booleans are `bool`).
pub(super) fn width(value: ValueType) -> usize {
    match value {
        ValueType::Handle | ValueType::Pointer | ValueType::Descriptor | ValueType::Int64 => 8,
        ValueType::Boolean => 1,
        ValueType::DataType
        | ValueType::Float
        | ValueType::ConvolutionMode
        | ValueType::HeuristicsMode
        | ValueType::KnobType
        | ValueType::NanPropagation
        | ValueType::NumericalNote
        | ValueType::PointwiseMode => 4,
    }
}
