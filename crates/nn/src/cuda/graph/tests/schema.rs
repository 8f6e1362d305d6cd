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

/// Declares the attributes of a kind: name, type, how many, whether it must be set; of descriptors, which it takes.
macro_rules! rules {
    ($($kind:ident: $($name:ident $value:ident $count:ident $required:literal $([$($takes:ident)+])?,)+;)+) => {
        &[$($(Rule {
            kind: Kind::$kind,
            name: Name::$name,
            value: ValueType::$value,
            count: $count,
            required: $required,
            takes: &[$($(Kind::$takes),+)?],
        },)+)+]
    };
}

const ONE: [i64; 2] = [1, 1];
/// `CUDNN_DIM_MAX`.
const AXES: [i64; 2] = [1, 8];
const MANY: [i64; 2] = [1, i64::MAX];

pub(super) const RULES: &[Rule] = rules! {
    Tensor:
        TensorDataType DataType ONE true,
        TensorDimensions Int64 AXES true,
        TensorStrides Int64 AXES true,
        TensorUniqueId Int64 ONE true,
        TensorByteAlignment Int64 ONE true,
        TensorIsVirtual Boolean ONE false,;
    Convolution:
        ConvolutionComputeType DataType ONE true,
        ConvolutionMode ConvolutionMode ONE true,
        ConvolutionDilations Int64 AXES true,
        ConvolutionStrides Int64 AXES true,
        ConvolutionPrePaddings Int64 AXES true,
        ConvolutionPostPaddings Int64 AXES true,
        ConvolutionSpatialDimensions Int64 ONE true,;
    ConvolutionForward:
        ForwardConvolution Descriptor ONE true [Convolution],
        ForwardX Descriptor ONE true [Tensor],
        ForwardW Descriptor ONE true [Tensor],
        ForwardY Descriptor ONE true [Tensor],
        ForwardAlpha Float ONE true,
        ForwardBeta Float ONE true,;
    Pointwise:
        PointwiseMode PointwiseMode ONE true,
        PointwiseComputeType DataType ONE true,
        PointwiseNanPropagation NanPropagation ONE false,;
    PointwiseOperation:
        PointwiseDescriptor Descriptor ONE true [Pointwise],
        PointwiseX Descriptor ONE true [Tensor],
        PointwiseB Descriptor ONE false [Tensor],
        PointwiseY Descriptor ONE true [Tensor],;
    OperationGraph:
        GraphHandle Handle ONE true,
        GraphOperations Descriptor MANY true [ConvolutionForward PointwiseOperation],;
    Heuristics:
        HeuristicsGraph Descriptor ONE true [OperationGraph],
        HeuristicsMode HeuristicsMode ONE true,;
    Engine:
        EngineGraph Descriptor ONE true [OperationGraph],
        EngineIndex Int64 ONE true,;
    EngineConfig:
        ConfigEngine Descriptor ONE true [Engine],
        ConfigKnobs Descriptor MANY false [KnobChoice],;
    KnobChoice:
        KnobType KnobType ONE true,
        KnobValue Int64 ONE true,;
    Plan:
        PlanHandle Handle ONE true,
        PlanConfig Descriptor ONE true [EngineConfig],;
    VariantPack:
        PackIds Int64 MANY true,
        PackPointers Pointer MANY true,
        PackWorkspace Pointer ONE false,;
};

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
        Kind::Engine,
        Name::EngineBehaviour,
        ValueType::BehaviourNote,
    ),
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
        ValueType::BehaviourNote
        | ValueType::DataType
        | ValueType::Float
        | ValueType::ConvolutionMode
        | ValueType::HeuristicsMode
        | ValueType::KnobType
        | ValueType::NanPropagation
        | ValueType::NumericalNote
        | ValueType::PointwiseMode => 4,
    }
}
